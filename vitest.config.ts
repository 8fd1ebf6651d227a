import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    exclude: ['test/nodes/**', 'test/jest/**', 'test/compare/**'],
    testTimeout: 300_000,
    hookTimeout: 120_000,
    // Most tests start processes and wait for them: one file at a time would leave a machine of two cores idle for a third of the time.
    maxWorkers: 2,
    reporters: ['default'],
  },
});
