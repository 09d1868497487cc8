import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

// These swap the process's fetch or clock, so each gets modules of its own.
const alone = ['test/judge/openai/**/*.test.ts', 'test/serve.test.ts'];

export default defineConfig({
  root: fileURLToPath(new URL('..', import.meta.url)),
  oxc: { jsx: { runtime: 'automatic', importSource: 'hono/jsx' } },
  test: {
    // By default one core is left idle; the smallest machine this runs on has two.
    maxWorkers: '100%',
    testTimeout: 20_000,
    hookTimeout: 30_000,
    projects: [
      {
        extends: true,
        test: {
          name: 'shared',
          include: ['test/**/*.test.ts', 'test/**/*.test.tsx'],
          exclude: ['test/browser/**', 'test/crash/**', 'test/bench/**', ...alone],
          // Our modules keep no state between callers, so files share a worker's loaded modules: the language model, PGlite and zod load twice, not 118 times.
          isolate: false,
        },
      },
      { extends: true, test: { name: 'alone', include: alone } },
    ],
  },
});
