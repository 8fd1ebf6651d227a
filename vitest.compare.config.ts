import { defineConfig } from 'vitest/config';

// For files given by hand, so it is not part of `npm test`.
export default defineConfig({
  test: {
    include: ['test/compare/**/*.test.ts'],
    testTimeout: 1_800_000,
  },
});
