import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  root: fileURLToPath(new URL('../..', import.meta.url)),
  test: {
    include: ['test/crash/**/*.test.ts'],
    testTimeout: 180_000,
    hookTimeout: 60_000,
    // Each test owns server processes; two at once would measure each other.
    fileParallelism: false,
  },
});
