import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  root: fileURLToPath(new URL('..', import.meta.url)),
  oxc: { jsx: { runtime: 'automatic', importSource: 'hono/jsx' } },
  test: {
    include: ['test/**/*.test.ts', 'test/**/*.test.tsx'],
    exclude: ['test/browser/**', 'test/crash/**', 'test/bench/**'],
    // By default one core is left idle; the smallest machine this runs on has two.
    maxWorkers: '100%',
    // Our modules keep no state between callers, so files share a worker's loaded modules: the language model, PGlite and zod load twice, not 118 times.
    isolate: false,
    testTimeout: 20_000,
    hookTimeout: 30_000,
  },
});
