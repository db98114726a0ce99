/** Exercises over several processes: each takes the next task when it has done one. Cancelled, all of them end at once. */
import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import type { DrillTask, FromWorker, ToWorker, WorkerOptions } from './job.ts';
import type { DrillSummary } from './summary.ts';

const WORKER = join(import.meta.dirname, 'drill.process.ts');
const WORKERS_MAX = 16;
/** A worker that needs more is broken. */
const MEMORY_MAX_MB = 2_048;

export type TaskResult = { readonly task: DrillTask } & ({ readonly ok: true; readonly summary: DrillSummary; readonly tookMs: number } | { readonly ok: false; readonly message: string });

export interface PoolOptions extends WorkerOptions {
  readonly workers?: number;
  readonly signal?: AbortSignal;
  readonly onResult?: (result: TaskResult, done: number) => void;
}

/** In the order of the tasks; those that were not begun when it was cancelled are missing. */
export async function runTasks(tasks: readonly DrillTask[], options: PoolOptions): Promise<TaskResult[]> {
  const count = Math.max(1, Math.min(options.workers ?? availableParallelism(), WORKERS_MAX, tasks.length));
  const results: TaskResult[] = [];
  const waiting = [...tasks];
  const tell = (result: TaskResult): void => {
    results.push(result);
    options.onResult?.(result, results.length);
  };
  await Promise.all(Array.from({ length: count }, () => work(waiting, options, tell)));
  return results.sort((a, b) => a.task.n - b.task.n);
}

function work(waiting: DrillTask[], { rulesDir, proceduresDir, signal }: PoolOptions, tell: (result: TaskResult) => void): Promise<void> {
  if (waiting.length === 0 || signal?.aborted === true) return Promise.resolve();
  return new Promise((resolve) => {
    const child = fork(WORKER, [], { execArgv: [`--max-old-space-size=${String(MEMORY_MAX_MB)}`], stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
    let now: DrillTask | null = null;
    const next = (): void => {
      now = signal?.aborted === true ? null : (waiting.shift() ?? null);
      if (now === null) end(child);
      else send(child, { kind: 'task', task: now });
    };
    const onAbort = (): void => { child.kill(); };
    signal?.addEventListener('abort', onAbort, { once: true });
    child.on('message', (message: FromWorker) => {
      if (message.kind !== 'ready' && now !== null) tell(message.kind === 'done' ? { task: now, ok: true, summary: message.summary, tookMs: message.tookMs } : { task: now, ok: false, message: message.message });
      next();
    });
    child.once('error', () => child.kill());
    child.once('exit', (code, killed) => {
      signal?.removeEventListener('abort', onAbort);
      if (now !== null && signal?.aborted !== true) tell({ task: now, ok: false, message: `its process ended with ${killed ?? String(code)}` });
      // What it did not come to, another does.
      resolve(now === null || signal?.aborted === true ? undefined : work(waiting, { rulesDir, proceduresDir, ...(signal === undefined ? {} : { signal }) }, tell));
    });
    send(child, { kind: 'options', options: { rulesDir, proceduresDir } });
  });
}

function send(child: ChildProcess, message: ToWorker): void {
  if (child.connected) child.send(message, () => undefined);
}

function end(child: ChildProcess): void {
  if (child.connected) child.disconnect();
}
