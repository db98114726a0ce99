/** A worker of `haven drill`: keeps the packs and one headless plant, and does one exercise after the other. Ends with whoever started it. */
import { loadPacks } from '../packs/load.ts';
import type { LoadedPacks } from '../packs/load.ts';
import { doTask } from './do-task.ts';
import { HeadlessPlant } from './headless-plant.ts';
import type { DrillTask, FromWorker, ToWorker } from './job.ts';

let loaded: LoadedPacks | null = null;
let plant: HeadlessPlant | null = null;

const tell = (message: FromWorker): void => { if (process.connected) process.send?.(message); };

process.on('disconnect', () => {
  plant?.close();
  process.exit(0);
});
process.on('message', (message: ToWorker) => {
  if (message.kind === 'options') {
    loaded = loadPacks(message.options);
    tell({ kind: 'ready' });
  } else void work(message.task);
});

async function work(task: DrillTask): Promise<void> {
  const startedMs = performance.now();
  try {
    if (loaded === null) throw new Error('no packs were loaded');
    plant ??= HeadlessPlant.start();
    const { summary } = await doTask(task, { packs: loaded, plant });
    tell({ kind: 'done', n: task.n, summary, tookMs: performance.now() - startedMs });
  } catch (error) {
    // A plant that failed is not gone on with.
    plant?.close();
    plant = null;
    tell({ kind: 'failed', n: task.n, message: error instanceof Error ? error.message : String(error) });
  }
}
