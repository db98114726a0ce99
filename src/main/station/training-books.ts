/**
 * The books of exercises: the live score, the score and the debrief when one has ended, and the record per person (H.2). Nothing is reckoned here:
 * a process of its own reads the journal and the truth that the exercise left on the disk (`books-desk.ts`, decision 0028); the station orders,
 * and puts on record what comes back. Nothing here acts on the plant.
 */
import { dirname } from 'node:path';
import type { CommandInput, CommandOutput } from '../../contract/commands.ts';
import type { Debrief, Score } from '../../contract/drill.ts';
import type { Text } from '../../contract/text.ts';
import type { Participant, TrainingSection } from '../../contract/training.ts';
import { currentRecords, standingOf } from '../../domain/drills/competence.ts';
import { fact } from '../../domain/station/facts.ts';
import type { BegunExercise, ExerciseOver } from '../drill-report/truth-spool.ts';
import { dropSpool, hasSpools, TruthSpool } from '../drill-report/truth-spool.ts';
import type { KeeperRunner, RanAgain } from '../drill-report/books-job.ts';
import type { Journal } from '../journal/journal.ts';
import { exerciseIdAt } from '../training/exercise.ts';
import type { Exercise } from '../training/exercise.ts';
import type { Asked } from '../training/line.ts';
import type { Scenario } from '../training/scenario.ts';
import type { TruthTold } from '../training/truth-course.ts';
import { BooksDesk } from './books-desk.ts';
import type { Ordered } from './books-desk.ts';
import type { StationCore } from './core.ts';

export interface TrainingBooks {
  /** An exercise begins: who writes down its truth as it comes. */
  begun(scenario: Scenario, startedMs: number): (told: TruthTold) => void;
  hinted(exercise: Exercise, hint: Text, by: string, nowMs: number): void;
  /** At once: the last score that was made, and how old it is. */
  live(exercise: Exercise, nowMs: number): CommandOutput<'instructor.score'>;
  /** Has it scored and its truth kept beside the journal, and records both when that has come. Never throws; nothing waits for it. */
  ended(exercise: Exercise, participants: readonly Participant[], nowMs: number): Promise<void>;
  /** At once: what there is of it. */
  debrief(exercise: string): CommandOutput<'training.debrief'>;
  records(nowMs: number): CommandOutput<'training.records'>;
  export(what: CommandInput<'training.export'>, nowMs: number): Promise<Asked<CommandOutput<'training.export'>>>;
  past(): TrainingSection['past'];
}

interface Parts {
  readonly core: StationCore;
  readonly journal: Pick<Journal, 'status'>;
  readonly runner: KeeperRunner;
  readonly version: string;
  /** Something in the section changed. */
  readonly onChanged: () => void;
}

interface Running { readonly begun: BegunExercise; readonly spool: TruthSpool }
/** Ended and without a score: it is being made (`reason` null), or why there is none. */
interface Owed { readonly begun: BegunExercise; readonly endedMs: number; readonly reason: Text | null }
interface Live { readonly exercise: string; score: Score | null; reason: Text | null; asOfMs: number; tookMs: number; order: Ordered<'live'> | null }
interface Told { debrief: Debrief | null; reason: Text | null; atMs: number }

const DEBRIEFS_MAX = 10;
const OWED_MAX = 20;
const PAST_MAX = 50;
const REASON_MAX_LENGTH = 500;
/** A live score is looked at, not waited for; and its maker has the processor for a quarter of the time at most. */
const LIVE_EVERY_MS = 3_000;
const LIVE_SHARE = 4;
/** What could not be made is tried again when it is asked for after this. */
const AGAIN_MS = 60_000;
/** The stop so many minutes of plant time earlier and later. */
const WHAT_IF_MINUTES = [-2, 2, 5] as const;
const NOT_KEPT: Text = { zh: '没有这次演练的评分', en: 'This exercise was not scored' };
const MAKING: Text = { zh: '评分正在生成 ……', en: 'The score is being made …' };
const DEBRIEF_MAKING: Text = { zh: '讲评正在生成 ……', en: 'The debrief is being made …' };
const RUN_AGAIN: Text = { zh: '正在推演早停和晚停 ……', en: 'Earlier and later stops are being run …' };
const BEGUN_ANEW: Text = { zh: '没有结束就开始了另一场演练，未评分', en: 'Another exercise was begun before it was ended: it was not scored' };
const BROKEN_OFF: Text = { zh: '演练进行中站点重新启动，未评分', en: 'The station was started again in the midst of it: it was not scored' };

export class StationBooks implements TrainingBooks {
  readonly #parts: Parts;
  readonly #desk: BooksDesk;
  readonly #debriefs = new Map<string, Told>();
  readonly #owed = new Map<string, Owed>();
  #running: Running | null = null;
  #live: Live | null = null;
  #isStopped = false;

  constructor(parts: Parts) {
    this.#parts = parts;
    this.#desk = new BooksDesk({ runner: parts.runner });
  }

  /** Takes up what an earlier life of the station left without a score. In the background; never throws. */
  async start(): Promise<void> {
    if (!(await hasSpools(this.#dir))) return;
    const left = await this.#desk.order({ kind: 'left', journal: this.#journal }).done;
    if (this.#isStopped) return;
    if (!left.ok) return this.#failed('score', left.reason);
    for (const { begun, over } of left.value) {
      if (this.#isScored(begun.exercise)) void dropSpool(this.#dir, begun.exercise);
      else if (over !== null) void this.#score(begun, over);
      else {
        this.#owe({ begun, endedMs: this.#parts.core.context().nowMs, reason: BROKEN_OFF });
        this.#failed('score', { zh: `${begun.exercise}：${BROKEN_OFF.zh}`, en: `${begun.exercise}: ${BROKEN_OFF.en}` });
        void dropSpool(this.#dir, begun.exercise);
      }
    }
  }

  /** What is being made is made no further; a score that is owed is made when the station is there again. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    this.#desk.stop();
    await this.#running?.spool.end(null);
  }

  begun({ id, title, clauses, expect, scoring }: Scenario, startedMs: number): (told: TruthTold) => void {
    const old = this.#running;
    if (old !== null) this.#begunAnew(old);
    const begun: BegunExercise = { exercise: exerciseIdAt(startedMs), scenario: { id, title, clauses, expect, scoring }, startedMs, fromN: this.#parts.journal.status().records + 1 };
    const spool = new TruthSpool(this.#dir, begun);
    this.#running = { begun, spool };
    return (told) => spool.tell(told);
  }

  /** One that was never ended has no score to come, and that is said: nobody is to look for it. */
  #begunAnew({ begun, spool }: Running): void {
    this.#owe({ begun, endedMs: this.#parts.core.context().nowMs, reason: BEGUN_ANEW });
    this.#failed('score', { zh: `${begun.exercise}：${BEGUN_ANEW.zh}`, en: `${begun.exercise}: ${BEGUN_ANEW.en}` });
    void spool.end(null).then(() => dropSpool(this.#dir, begun.exercise));
  }

  hinted(exercise: Exercise, hint: Text, by: string, nowMs: number): void {
    this.#parts.core.record([fact('training.hinted', nowMs, by, { exercise: exercise.begun.id, hint })]);
  }

  live({ begun: { id } }: Exercise, nowMs: number): CommandOutput<'instructor.score'> {
    if (this.#running?.begun.exercise !== id) return { score: null, because: NOT_KEPT };
    if (this.#live?.exercise !== id) this.#live = { exercise: id, score: null, reason: null, asOfMs: 0, tookMs: 0, order: null };
    const live = this.#live;
    if (live.order === null && nowMs - live.asOfMs >= Math.max(LIVE_EVERY_MS, live.tookMs * LIVE_SHARE)) void this.#makeLive(live, this.#running.begun, nowMs);
    return { score: live.score, because: live.reason ?? (live.score === null ? MAKING : null), ageS: live.score === null ? null : Math.max(0, (nowMs - live.asOfMs) / 1_000) };
  }

  async ended(exercise: Exercise, participants: readonly Participant[], nowMs: number): Promise<void> {
    const { id } = exercise.begun;
    const running = this.#running;
    if (running?.begun.exercise !== id) return;
    const over: ExerciseOver = { endedMs: nowMs, toN: this.#parts.journal.status().records, participants: participants.map(({ user, name, post }) => ({ user, name, post })) };
    this.#running = null;
    this.#live?.order?.cancel();
    this.#live = null;
    this.#owe({ begun: running.begun, endedMs: nowMs, reason: null });
    // Notes come to the record when it is over: pinned while it ran they would have told the trainees.
    this.#parts.core.record(exercise.notes.map(({ atS, by, text }) => fact('training.noted', nowMs, by, { exercise: id, atS, text })));
    const lost = await running.spool.end(over);
    if (lost !== null && !this.#isStopped) this.#failed('truth', { zh: lost, en: lost });
    await this.#score(running.begun, over);
  }

  debrief(exercise: string): CommandOutput<'training.debrief'> {
    if (!this.#isScored(exercise)) {
      const owed = this.#owed.get(exercise);
      return { debrief: null, because: owed === undefined ? NOT_KEPT : (owed.reason ?? MAKING) };
    }
    const { nowMs } = this.#parts.core.context();
    const known = this.#debriefs.get(exercise);
    if (known !== undefined && (known.reason === null || nowMs - known.atMs < AGAIN_MS)) return { debrief: known.debrief, because: known.debrief === null ? (known.reason ?? DEBRIEF_MAKING) : null };
    const told: Told = { debrief: null, reason: null, atMs: nowMs };
    this.#debriefs.set(exercise, told);
    for (const old of [...this.#debriefs.keys()].slice(0, -DEBRIEFS_MAX)) this.#debriefs.delete(old);
    void this.#makeDebrief(exercise, told);
    return { debrief: null, because: DEBRIEF_MAKING };
  }

  records(nowMs: number): CommandOutput<'training.records'> {
    const { competence } = this.#parts.core.state;
    const people = new Map<string, { user: string; name: string; valid: number; due: number; lapsed: number }>();
    for (const record of currentRecords(competence)) {
      const person = people.get(record.user) ?? { user: record.user, name: record.name, valid: 0, due: 0, lapsed: 0 };
      const standing = standingOf(record, nowMs);
      person[standing === 'valid' ? 'valid' : standing === 'due' ? 'due' : 'lapsed'] += 1;
      people.set(record.user, person);
    }
    return { records: competence.records.slice(0, 1_000), people: [...people.values()].slice(0, 200) };
  }

  async export(wanted: CommandInput<'training.export'>, nowMs: number): Promise<Asked<CommandOutput<'training.export'>>> {
    const { core, version } = this.#parts;
    const made = await this.#desk.order({ kind: 'export', journal: this.#journal, wanted, plant: core.plant.pack.title, version, nowMs, minutes: WHAT_IF_MINUTES, ranAgain: this.#ranAgain(wanted) }).done;
    return made.ok ? made : { ok: false, reason: made.reason.en, zh: made.reason.zh };
  }

  /** What would have been stands on paper as it stands on the screen; what is still being run there is run for the paper. */
  #ranAgain({ what }: CommandInput<'training.export'>): RanAgain | null {
    const debrief = what.kind === 'debrief' ? this.#debriefs.get(what.exercise)?.debrief : null;
    return debrief == null || debrief.noCounterfactuals === RUN_AGAIN ? null : { counterfactuals: debrief.counterfactuals, noCounterfactuals: debrief.noCounterfactuals ?? null, ...(debrief.fidelity === undefined ? {} : { fidelity: debrief.fidelity }) };
  }

  past(): TrainingSection['past'] {
    const owed = [...this.#owed.values()].reverse().map(({ begun: { exercise, scenario: { id, title } }, endedMs }) => ({ exercise, scenario: id, title, endedMs, total: null, passed: null }));
    return [...owed, ...this.#parts.core.state.competence.exercises.map(({ exercise, scenario, title, endedMs, total, passed }) => ({ exercise, scenario, title, endedMs, total, passed }))].slice(0, PAST_MAX);
  }

  get #journal(): string { return this.#parts.journal.status().path; }
  get #dir(): string { return dirname(this.#journal); }

  #isScored(id: string): boolean {
    return this.#parts.core.state.competence.exercises.some(({ exercise }) => exercise === id);
  }

  #owe(owed: Owed): void {
    this.#owed.set(owed.begun.exercise, owed);
    for (const old of [...this.#owed.keys()].slice(0, -OWED_MAX)) this.#owed.delete(old);
    this.#parts.onChanged();
  }

  /** What it is made of stays on the disk until the score is on record. */
  async #score(begun: BegunExercise, over: ExerciseOver): Promise<void> {
    this.#owe({ begun, endedMs: over.endedMs, reason: null });
    const made = await this.#desk.order({ kind: 'score', journal: this.#journal, begun, over }).done;
    if (this.#isStopped) return;
    if (!made.ok) {
      this.#owe({ begun, endedMs: over.endedMs, reason: made.reason });
      return this.#failed('score', { zh: `${begun.exercise}：${made.reason.zh}`, en: `${begun.exercise}: ${made.reason.en}` });
    }
    const { scored, notKept } = made.value;
    this.#parts.core.record([fact('training.scored', this.#parts.core.context().nowMs, null, scored)]);
    if (notKept !== null) this.#failed('truth', { zh: notKept, en: notKept });
    this.#owed.delete(begun.exercise);
    this.#parts.onChanged();
    await dropSpool(this.#dir, begun.exercise);
  }

  async #makeLive(live: Live, begun: BegunExercise, nowMs: number): Promise<void> {
    const order = this.#desk.order({ kind: 'live', journal: this.#journal, begun, over: { endedMs: nowMs, toN: this.#parts.journal.status().records, participants: [] } });
    live.order = order;
    const made = await order.done;
    live.order = null;
    live.tookMs = this.#parts.core.context().nowMs - nowMs;
    live.asOfMs = made.ok || live.score === null ? nowMs : live.asOfMs;
    live.reason = made.ok ? null : made.reason;
    if (made.ok) live.score = made.value;
  }

  /** First without what would have been: that is run by the simulator and takes its time. */
  async #makeDebrief(exercise: string, told: Told): Promise<void> {
    const order = { kind: 'debrief', journal: this.#journal, exercise } as const;
    const first = await this.#desk.order({ ...order, minutes: [] }).done;
    if (!first.ok) {
      told.reason = first.reason;
      return;
    }
    told.debrief = { ...first.value, noCounterfactuals: RUN_AGAIN };
    const whole = await this.#desk.order({ ...order, minutes: WHAT_IF_MINUTES }).done;
    told.debrief = whole.ok ? whole.value : { ...first.value, noCounterfactuals: whole.reason };
  }

  #failed(effect: 'score' | 'truth', { en }: Text): void {
    this.#parts.core.record([fact('effect.failed', this.#parts.core.context().nowMs, null, { effect, reason: en.slice(0, REASON_MAX_LENGTH) })]);
  }
}

export const NO_BOOKS: TrainingBooks = {
  begun: () => () => undefined, hinted: () => undefined, ended: () => Promise.resolve(), past: () => [],
  live: () => ({ score: null, because: NOT_KEPT }), debrief: () => ({ debrief: null, because: NOT_KEPT }), records: () => ({ records: [], people: [] }),
  export: () => Promise.resolve({ ok: false, reason: 'no records of exercises are kept here', zh: '这里不保存演练记录' }),
};
