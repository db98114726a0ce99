import { defineConfig } from 'vitest/config';

/** Three speeds: `fast` is pure and runs in seconds; `real` starts real processes and ports, so one file at a time. */
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
          testTimeout: 120_000,
          hookTimeout: 120_000,
          fileParallelism: false,
          maxWorkers: 1,
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
});
