/** One mode of retreat in a thread of its own: gets its question at birth, tells its progress, then its answer, and ends. */
import { parentPort, workerData } from 'node:worker_threads';
import { wordsOf } from '../kernel/fault-envelope.ts';
import { runAhead } from '../machine/ahead.ts';
import { designsOf, PLANTS, plantOf } from '../plants/index.ts';
import type { WorkerAnswer, WorkerQuestion } from './ahead.ts';

const { plant, model, snapshot, mode, tags, endS } = workerData as WorkerQuestion;
const tell = (answer: WorkerAnswer): void => parentPort?.postMessage(answer);
const definition = [PLANTS[plant], ...designsOf(plant).map((design) => plantOf(plant, design))].find((each) => each?.model === model);
if (definition === undefined) tell({ kind: 'failed', message: { zh: `装置“${plant}”没有模型 ${model}。`, en: `There is no model ${model} of the plant "${plant}".` } });
else {
  const run = runAhead(definition, snapshot, mode, { tags, endS }, (share) => tell({ kind: 'progress', share }));
  tell(run.ok ? { kind: 'done', result: run.value } : { kind: 'failed', message: wordsOf(run) });
}
