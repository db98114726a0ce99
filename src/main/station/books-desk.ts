/**
 * Where a station has the work on the books of exercises done: elsewhere (`KeeperRunner`), one job at a time, the urgent ones first. Here are only
 * orders and answers, so that a retreat never waits for a score. A process that dies is told in words, and what it was at is done once more.
 */
import type { Text } from '../../contract/text.ts';
import type { BooksAnswer, BooksAnswers, BooksJob, BooksJobKind, Keeper, KeeperRunner } from '../drill-report/books-job.ts';

/** The lowest first. A score is owed to the record; what would have been is for later. */
const RANK: Readonly<Record<BooksJobKind, number>> = { score: 0, left: 1, export: 2, debrief: 3, live: 4 };
const PATIENT_RANK = 5;
const WAITING_MAX = 20;
/** A job takes seconds; with a simulator asked some minutes. Beyond this something hangs. */
const WITHIN_MS = 600_000;
/** Without work for so long it is let go: its memory is the plant's. */
const IDLE_MS = 60_000;
/** Runs that a job has before it is given up. */
const RUNS_MAX = 2;

export type Done<K extends BooksJobKind> = { readonly ok: true; readonly value: BooksAnswers[K] } | { readonly ok: false; readonly reason: Text };
export interface Ordered<K extends BooksJobKind> {
  readonly done: Promise<Done<K>>;
  /** No answer is wanted any more; it is answered as cancelled. */
  cancel(): void;
}
export interface BooksDeskOptions {
  readonly runner: KeeperRunner;
  readonly withinMs?: number;
  readonly idleMs?: number;
}

interface Task { readonly number: number; readonly job: BooksJob; readonly rank: number; readonly settle: (answer: BooksAnswer | { readonly ok: false; readonly reason: Text }) => void; runs: number }

const CANCELLED: Text = { zh: '已取消', en: 'Cancelled' };
const TOO_LONG: Text = { zh: '超时，已停止', en: 'It took too long and was stopped' };
const TOO_MANY: Text = { zh: '等待处理的事项过多，请稍后再试', en: 'Too much is waiting to be made; try again later' };
const STOPPED: Text = { zh: '站点正在停止', en: 'The station is stopping' };
const diedText = (how: string): Text => ({ zh: `处理演练记录的进程意外结束：${how}`, en: `The process that keeps the books of exercises died: ${how}` });

const isPatient = (job: BooksJob): boolean => job.kind === 'debrief' && job.minutes.length > 0;

export class BooksDesk {
  readonly #options: BooksDeskOptions;
  #keeper: Keeper | null = null;
  #running: Task | null = null;
  #waiting: Task[] = [];
  #timer: NodeJS.Timeout | undefined;
  #count = 0;
  #isStopped = false;

  constructor(options: BooksDeskOptions) {
    this.#options = options;
  }

  /** Jobs that are being done or wait. */
  get busy(): number {
    return this.#waiting.length + (this.#running === null ? 0 : 1);
  }

  order<K extends BooksJobKind>(job: Extract<BooksJob, { readonly kind: K }>): Ordered<K> {
    this.#count += 1;
    const number = this.#count;
    const done = new Promise<Done<K>>((resolve) => {
      const settle: Task['settle'] = (answer) => {
        if ('ok' in answer) resolve(answer);
        else if (answer.kind === job.kind) resolve(answer.answered as Done<K>);
        else resolve({ ok: false, reason: diedText('another answer than was asked for') });
      };
      const task: Task = { number, job, rank: isPatient(job) ? PATIENT_RANK : RANK[job.kind], settle, runs: 0 };
      if (this.#isStopped) settle({ ok: false, reason: STOPPED });
      // A score is never turned away: it is one for each exercise, and nothing else makes it.
      else if (this.#waiting.length >= WAITING_MAX && job.kind !== 'score') settle({ ok: false, reason: TOO_MANY });
      else this.#take(task);
    });
    return { done, cancel: () => this.#cancel(number) };
  }

  /** What is being made is made no further; what it is made of stays. */
  stop(): void {
    this.#isStopped = true;
    const all = [...(this.#running === null ? [] : [this.#running]), ...this.#waiting];
    this.#waiting = [];
    this.#letGo();
    for (const task of all) task.settle({ ok: false, reason: STOPPED });
  }

  #take(task: Task): void {
    this.#put(task);
    // Minutes of a simulator are not waited for by what is owed to the record or to a person: it is asked again afterwards.
    const running = this.#running;
    if (task.rank < RANK.live && running !== null && isPatient(running.job)) {
      this.#letGo();
      running.runs -= 1;
      this.#put(running);
    }
    this.#next();
  }

  #put(task: Task): void {
    this.#waiting = [...this.#waiting, task].sort((a, b) => a.rank - b.rank || a.number - b.number);
  }

  #cancel(number: number): void {
    const waiting = this.#waiting.find((task) => task.number === number);
    if (waiting !== undefined) {
      this.#waiting = this.#waiting.filter((task) => task !== waiting);
      waiting.settle({ ok: false, reason: CANCELLED });
    }
    const running = this.#running;
    if (running?.number !== number) return;
    this.#letGo();
    running.settle({ ok: false, reason: CANCELLED });
    this.#next();
  }

  #next(): void {
    if (this.#running !== null || this.#isStopped) return;
    clearTimeout(this.#timer);
    const [task, ...rest] = this.#waiting;
    if (task === undefined) {
      this.#timer = setTimeout(() => this.#letGo(), this.#options.idleMs ?? IDLE_MS).unref();
      return;
    }
    this.#waiting = rest;
    this.#running = task;
    task.runs += 1;
    this.#timer = setTimeout(() => { if (this.#running === task) this.#giveUp(task, TOO_LONG); }, this.#options.withinMs ?? WITHIN_MS).unref();
    this.#keeper ??= this.#begin();
    this.#keeper.do(task.number, task.job);
  }

  #begin(): Keeper {
    const keeper = this.#options.runner.start({
      done: (number, answer) => {
        const task = this.#running;
        if (task?.number !== number) return;
        this.#running = null;
        task.settle(answer);
        this.#next();
      },
      // One that we let go of ourselves says nothing more.
      died: (how) => {
        if (this.#keeper !== keeper) return;
        this.#keeper = null;
        const task = this.#running;
        this.#running = null;
        if (task === null) return;
        if (task.runs < RUNS_MAX) this.#put(task);
        else task.settle({ ok: false, reason: diedText(how) });
        this.#next();
      },
    });
    return keeper;
  }

  #giveUp(task: Task, reason: Text): void {
    this.#letGo();
    task.settle({ ok: false, reason });
    this.#next();
  }

  #letGo(): void {
    clearTimeout(this.#timer);
    this.#keeper?.kill();
    this.#keeper = null;
    this.#running = null;
  }
}
