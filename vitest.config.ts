import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/unit/**/*.test.ts'],
    globalSetup: ['test/setUp.ts'],
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
});
