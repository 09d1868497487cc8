import tseslint from 'typescript-eslint';

export default tseslint.config(
  { ignores: ['node_modules/', '.viva/', 'coverage/', 'src/viva.js', 'src/compile.js', 'test/*.cjs'] },
  ...tseslint.configs.recommendedTypeChecked,
  {
    languageOptions: { parserOptions: { projectService: { allowDefaultProject: ['eslint.config.js'] } } },
    rules: {
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-non-null-assertion': 'error',
      '@typescript-eslint/consistent-type-assertions': [
        'error',
        { assertionStyle: 'as', objectLiteralTypeAssertions: 'never' },
      ],
      '@typescript-eslint/explicit-module-boundary-types': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', ignoreRestSiblings: true }],
      'no-restricted-syntax': [
        'error',
        { selector: 'ExportDefaultDeclaration', message: 'Export by name: a default export can be called anything.' },
        { selector: 'ExportAllDeclaration', message: 'No barrels: import from the file that owns the name.' },
        { selector: 'TSEnumDeclaration', message: 'Use a zod enum or a union of literals.' },
      ],
    },
  },
  {
    files: [
      'src/core/**',
      'src/calibration/**',
      'src/bank/**',
      'src/judge/**',
      'src/report/**',
      'src/store/**',
      'src/queue/**',
      'src/tutor/**',
      'src/web/**',
    ],
    rules: { 'no-console': ['error'] },
  },
  {
    files: ['src/core/**', 'src/calibration/**'],
    rules: {
      'no-restricted-globals': [
        'error',
        { name: 'process', message: 'Pure layer: take it as a parameter.' },
        { name: 'fetch', message: 'Pure layer: no network.' },
      ],
      'no-restricted-properties': [
        'error',
        { object: 'Math', property: 'random', message: 'Pure layer: take a seeded generator as a parameter.' },
        { object: 'Date', property: 'now', message: 'Pure layer: take the time as a parameter.' },
      ],
    },
  },
  // A test that reaches into its own fixture should fail loudly where the fixture changed; `!` does.
  {
    files: ['test/**'],
    rules: {
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/explicit-module-boundary-types': 'off',
    },
  },
  { files: ['**/*.config.ts', 'eslint.config.js'], rules: { 'no-restricted-syntax': 'off' } },
);
