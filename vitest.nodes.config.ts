import { defineConfig } from 'vitest/config';

// Installs Node versions and Jest on demand, so it is not part of `npm test`.
export default defineConfig({
  test: {
    include: ['test/nodes/**/*.test.ts', 'test/jest/**/*.test.ts'],
    testTimeout: 600_000,
    hookTimeout: 600_000,
  },
});
