import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['tests/**/*.test.ts'],
    // Real processes, compilers and sockets: a slow machine must not turn a test red.
    testTimeout: 60_000,
    hookTimeout: 120_000,
    pool: 'forks',
  },
});
