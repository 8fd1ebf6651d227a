import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    exclude: ['test/nodes/**', 'test/jest/**', 'test/compare/**'],
    testTimeout: 300_000,
    hookTimeout: 120_000,
    reporters: ['default'],
  },
});
