import { defineConfig } from 'vitest/config';

/** What writes into folders that all share: the built console, the packaged program. */
const ALONE = ['tests/integration/start/**/*.test.ts', 'tests/integration/forge-stub.test.ts'];

/** Three kinds: `fast` is pure; `real` starts real processes, each with ports and folders of its own, and mostly waits, so two files at a time; `alone` builds or starts the whole program, one file at a time. */
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'fast',
          include: ['tests/{unit,property,contract,architecture,simulation}/**/*.test.{ts,tsx}'],
          setupFiles: ['tests/support/property-seed.ts'],
          testTimeout: 60_000,
          // Vitest leaves one of the two cores idle by itself. `npm test` runs both kinds beside each other, each in a vitest of its own.
          maxWorkers: 2,
          // Pure tests share their modules: the packs are read once a worker, not once a file. Nothing here may keep state between files.
          isolate: false,
          sequence: { groupOrder: 0 },
        },
      },
      {
        test: {
          name: 'real',
          include: ['tests/integration/**/*.test.ts'],
          exclude: ALONE,
          testTimeout: 120_000,
          hookTimeout: 120_000,
          maxWorkers: 2,
          sequence: { groupOrder: 1 },
        },
      },
      {
        test: {
          name: 'alone',
          include: ALONE,
          testTimeout: 120_000,
          hookTimeout: 120_000,
          fileParallelism: false,
          maxWorkers: 1,
          sequence: { groupOrder: 2 },
        },
      },
    ],
  },
});
