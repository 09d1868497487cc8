// Dead code: a file of src that no entry point reaches. Unused names inside a file are the type checker's.
const entryPoints = [
  '^src/viva[.]js$',
  '^src/main[.]ts$',
  '^src/docs[.]ts$',
  '^src/store/(build-cluster-template|drizzle[.]config)[.]ts$',
  // Served to browsers, not imported.
  '^src/web/assets/',
];
module.exports = {
  forbidden: [
    {
      name: 'nothing-reaches-it',
      comment: 'Delete the file, or import it where it is needed.',
      severity: 'error',
      from: { path: entryPoints.join('|') },
      to: { path: '^src/', pathNot: entryPoints, reachable: false },
    },
    {
      name: 'not-there',
      comment: 'The imported file does not exist.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'types', 'default'] },
  },
};
