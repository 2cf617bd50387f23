import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/e2e/**/*.test.ts'],
    globalSetup: ['test/setUp.ts'],
    // One window is enough for two cores.
    fileParallelism: false,
    // Each test goes on where the one before it ended.
    bail: 1,
    testTimeout: 240_000,
    hookTimeout: 240_000,
  },
});
