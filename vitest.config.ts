import { defineConfig } from 'vitest/config';
import { BaseSequencer } from 'vitest/node';
import type { TestSpecification } from 'vitest/node';

/** What writes into folders that all share: the built console, the packaged program. */
const ALONE = ['tests/integration/start/**/*.test.ts', 'tests/integration/forge-stub.test.ts'];

/** Half a minute and more, the longest first: begun late, one of them is left alone at the end while a core stands idle. */
const LONG = [
  'integration/drills', 'integration/dcs-client', 'integration/drill-command', 'integration/platform-training', 'integration/training-courses', 'integration/recorder-station', 'integration/paper', 'integration/simulator-server', 'integration/platform-faults',
  'integration/journal-kill', 'integration/station-journal-faults', 'integration/recorder', 'unit/domain/live-prohibitions', 'property/course-equivalence', 'simulation/fine-chemicals', 'contract/cli-packs', 'unit/domain/gates-decide', 'contract/abuse-bypass', 'contract/abuse-fuzz', 'contract/replay-cli', 'simulation/ammonium-nitrate',
].map((name) => `tests/${name}.test.ts`);

class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const place = ({ moduleId }: TestSpecification): number => (LONG.findIndex((name) => moduleId.endsWith(name)) + LONG.length + 1) % (LONG.length + 1);
    return (await super.sort(files)).toSorted((a, b) => place(a) - place(b));
  }
}

/** Three kinds: `fast` is pure; `real` starts real processes, each with ports and folders of its own, and mostly waits, so three files at a time; `alone` builds or starts the whole program, one file at a time. */
export default defineConfig({
  test: {
    sequence: { sequencer: LongestFirst },
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
          maxWorkers: 3,
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
