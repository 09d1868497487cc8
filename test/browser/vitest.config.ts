import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

// A real browser on a real server. Run by `npm run test:browser`; needs Chromium (CHROMIUM names it, /usr/bin/chromium else).
export default defineConfig({
  root: fileURLToPath(new URL('../..', import.meta.url)),
  oxc: { jsx: { runtime: 'automatic', importSource: 'hono/jsx' } },
  test: {
    include: ['test/browser/**/*.test.ts'],
    testTimeout: 120_000,
    hookTimeout: 60_000,
    retry: 1,
    // One browser at a time: two would time each other out on a small machine.
    fileParallelism: false,
  },
});
