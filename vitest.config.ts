import { defineConfig } from 'vitest/config';

/** They start processes, change the environment, or catch what the process would warn of: one process per file. */
const APART = ['tests/e2e/**/*.test.ts', 'tests/unit/rpc/*.test.ts', 'tests/unit/tls/*.test.ts'];
const { H5SM_TEST_TIMES = '1' } = process.env;
const ALL = ['tests/**/*.test.ts'];

export default defineConfig({
  test: {
    // Real processes, compilers and sockets: a slow machine must not turn a test red.
    testTimeout: 60_000 * Number(H5SM_TEST_TIMES),
    hookTimeout: 120_000,
    pool: 'forks',
    // Vitest would leave a core to itself.
    maxWorkers: '100%',
    projects: [
      { extends: true, test: { name: 'apart', include: APART } },
      // Loading the emulator takes longer than most files' tests: these share it.
      { extends: true, test: { name: 'together', include: ALL, exclude: APART, isolate: false } },
    ],
  },
});
