/** The jobs that run the model ahead: each mode of retreat in a worker thread, so many at once, with progress, and cancellable. */
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { Checked } from '../kernel/fault-envelope.ts';
import { no } from '../kernel/fault-envelope.ts';
import type { AheadMode, AheadQuestion, AheadResult } from '../machine/ahead.ts';
import type { PlantDefinition, PlantId, Words } from '../machine/definition.ts';

export const JOB_LIMITS = { kept: 10, running: 3 } as const;

export interface WorkerQuestion { readonly plant: PlantId; /** tells the designs of a plant apart */ readonly model: string; readonly snapshot: unknown; readonly mode: AheadMode; readonly tags: readonly string[]; readonly endS: number }
export type WorkerAnswer = { readonly kind: 'progress'; readonly share: number } | { readonly kind: 'done'; readonly result: AheadResult } | { readonly kind: 'failed'; readonly message: Words };

interface Job {
  readonly id: number;
  readonly fromTimeS: number;
  readonly modes: readonly AheadMode[];
  readonly shares: number[];
  readonly results: (AheadResult | null)[];
  readonly workers: Set<Worker>;
  state: 'running' | 'done' | 'cancelled' | 'failed';
  message: Words | null;
}
export interface JobFacts { readonly job: number; readonly state: Job['state']; readonly progress: number; readonly message: Words | null; readonly fromTimeS: number; readonly results: readonly AheadResult[] }

export class AheadDesk {
  readonly #definition: PlantDefinition;
  readonly #atOnce = Math.max(1, availableParallelism() - 1);
  #jobs = new Map<number, Job>();
  #next = 1;

  constructor(definition: PlantDefinition) {
    this.#definition = definition;
  }

  start(question: AheadQuestion, snapshot: unknown, fromTimeS: number): Checked<{ job: number }> {
    const running = [...this.#jobs.values()].filter(({ state }) => state === 'running').length;
    if (running >= JOB_LIMITS.running) return no(`还有 ${running} 个推演在进行：请等待，或取消一个。`, `${running} questions are still being run: wait, or cancel one.`);
    const job: Job = { id: this.#next, fromTimeS, modes: question.modes, shares: question.modes.map(() => 0), results: question.modes.map(() => null), workers: new Set(), state: 'running', message: null };
    this.#next += 1;
    this.#jobs.set(job.id, job);
    for (const id of [...this.#jobs.keys()].slice(0, -JOB_LIMITS.kept)) this.#jobs.delete(id);
    let next = 0;
    const goOn = (): void => {
      while (job.state === 'running' && job.workers.size < this.#atOnce && next < job.modes.length) {
        this.#run(job, next, question, snapshot, goOn);
        next += 1;
      }
    };
    goOn();
    return { ok: true, value: { job: job.id } };
  }

  result(id: number): Checked<JobFacts> {
    const job = this.#jobs.get(id);
    if (!job) return no(`没有推演 ${id}；只保留最近 ${JOB_LIMITS.kept} 个。`, `There is no question ${id}; the last ${JOB_LIMITS.kept} are kept.`);
    const progress = job.shares.reduce((sum, share) => sum + share, 0) / job.shares.length;
    return { ok: true, value: { job: id, state: job.state, progress, message: job.message, fromTimeS: job.fromTimeS, results: job.results.filter((result) => result !== null) } };
  }

  cancel(id: number): Checked<JobFacts> {
    const job = this.#jobs.get(id);
    if (job?.state === 'running') this.#end(job, 'cancelled', null);
    return this.result(id);
  }

  close(): void {
    for (const job of this.#jobs.values()) if (job.state === 'running') this.#end(job, 'cancelled', null);
  }

  #run(job: Job, index: number, question: AheadQuestion, snapshot: unknown, goOn: () => void): void {
    const mode = job.modes[index];
    if (mode === undefined) return;
    const data: WorkerQuestion = { plant: this.#definition.id, model: this.#definition.model, snapshot, mode, tags: question.tags, endS: question.endS };
    const worker = new Worker(new URL('./ahead-worker.ts', import.meta.url), { workerData: data });
    job.workers.add(worker);
    worker.on('message', (answer: WorkerAnswer) => {
      switch (answer.kind) {
        case 'progress': job.shares[index] = answer.share; return;
        case 'failed': this.#end(job, 'failed', answer.message); return;
        case 'done':
          job.results[index] = answer.result;
          job.shares[index] = 1;
          if (job.results.every((result) => result !== null)) this.#end(job, 'done', null);
      }
    });
    worker.on('error', (error) => {
      const reason = error instanceof Error ? error.message : String(error);
      this.#end(job, 'failed', { zh: `推演线程出错：${reason}`, en: `The thread of the run has failed: ${reason}` });
    });
    worker.on('exit', () => {
      job.workers.delete(worker);
      goOn();
    });
    worker.unref();
  }

  #end(job: Job, state: Job['state'], message: Words | null): void {
    if (job.state !== 'running') return;
    job.state = state;
    job.message = message;
    for (const worker of job.workers) void worker.terminate();
  }
}
