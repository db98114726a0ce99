/**
 * The books of exercises: the live score, the score and the debrief when one has ended, and the record per person (H.2). Everything is read from the
 * journal and the truth that the exercise collected; nothing here acts on the plant.
 */
import { dirname } from 'node:path';
import type { CommandInput, CommandOutput } from '../../contract/commands.ts';
import { competenceRecordSchema } from '../../contract/drill.ts';
import type { Debrief } from '../../contract/drill.ts';
import type { Text } from '../../contract/text.ts';
import type { Participant, TrainingSection } from '../../contract/training.ts';
import { currentRecords, standingOf } from '../../domain/drills/competence.ts';
import type { ScoredExercise } from '../../domain/drills/competence.ts';
import { openExercise } from '../../domain/drills/exercise.ts';
import type { ExerciseRecords } from '../../domain/drills/exercise.ts';
import { scoreCase, scoreExercise } from '../../domain/drills/score.ts';
import type { RecordedClause } from '../../domain/packs/recorded-pack.ts';
import type { NumberedFact } from '../../domain/report/incident.ts';
import { fact } from '../../domain/station/facts.ts';
import type { StationState } from '../../domain/station/state.ts';
import { makeDebrief } from '../drill-report/make-debrief.ts';
import type { SignedRecord } from '../drill-report/read-exercise.ts';
import { TruthKeeper } from '../drill-report/truth-keeper.ts';
import type { Journal } from '../journal/journal.ts';
import type { Exercise } from '../training/exercise.ts';
import type { Asked } from '../training/line.ts';
import { scoredScenario } from '../training/scored-scenario.ts';
import type { StationCore } from './core.ts';
import { toFact } from './core.ts';
import { recordText } from './record-text.ts';
import { exportOf } from './training-exports.ts';

export interface TrainingBooks {
  /** An exercise begins: how the station stood before it. */
  begun(before: StationState): void;
  hinted(exercise: Exercise, hint: Text, by: string, nowMs: number): void;
  live(exercise: Exercise, nowMs: number): CommandOutput<'instructor.score'>;
  /** Scores it, keeps its truth beside the journal, and records both. */
  ended(exercise: Exercise, participants: readonly Participant[], nowMs: number): Promise<void>;
  debrief(exercise: string): Promise<CommandOutput<'training.debrief'>>;
  records(nowMs: number): CommandOutput<'training.records'>;
  export(what: CommandInput<'training.export'>, nowMs: number): Promise<Asked<CommandOutput<'training.export'>>>;
  past(): TrainingSection['past'];
}

interface Parts {
  readonly core: StationCore;
  readonly journal: Pick<Journal, 'records' | 'status'>;
  readonly clauses: readonly RecordedClause[];
  readonly version: string;
}

/** An exercise never has more records than this read at once; a longer one is scored by its first ones. */
const RECORDS_MAX = 100_000;
const DEBRIEFS_MAX = 10;
/** The stop so many minutes of plant time earlier and later. */
const WHAT_IF_MINUTES = [-2, 2, 5] as const;
const SAFE_PLACES: ReadonlySet<string> = new Set(['safe', 'investigating', 'readyToReturn', 'returned', 'closed']);
const NOT_KEPT: Text = { zh: '没有这次演练的评分', en: 'This exercise was not scored' };

export class StationBooks implements TrainingBooks {
  readonly #parts: Parts;
  readonly #truths: TruthKeeper;
  readonly #debriefs = new Map<string, Promise<Debrief | null>>();
  #before: StationState;
  #fromN = 1;

  constructor(parts: Parts) {
    this.#parts = parts;
    this.#before = parts.core.state;
    this.#truths = new TruthKeeper(dirname(parts.journal.status().path));
  }

  begun(before: StationState): void {
    this.#before = before;
    this.#fromN = this.#parts.journal.status().records;
  }

  hinted(exercise: Exercise, hint: Text, by: string, nowMs: number): void {
    this.#parts.core.record([fact('training.hinted', nowMs, by, { exercise: exercise.begun.id, hint })]);
  }

  live(exercise: Exercise, nowMs: number): CommandOutput<'instructor.score'> {
    return { score: scoreExercise(this.#recordsOf(exercise, nowMs)), because: null };
  }

  async ended(exercise: Exercise, participants: readonly Participant[], nowMs: number): Promise<void> {
    const { core, clauses: register } = this.#parts;
    const { id, scenario: { title, clauses }, startedMs } = exercise.begun;
    const file = openExercise(this.#recordsOf(exercise, nowMs));
    const score = scoreCase(file);
    const kept = file.truth === null ? null : await this.#truths.keep(id, file.truth);
    const kinds = [...new Set(clauses.flatMap((clause) => register.filter((each) => each.id === clause).map(({ kind }) => kind)))];
    const procedures = [...new Set(file.draft.procedures.filter(({ places }) => places.some(({ place }) => SAFE_PLACES.has(place))).map((procedure) => procedure.id))];
    // Notes come to the record when it is over: pinned while it ran they would have told the trainees.
    const notes = exercise.notes.map(({ atS, by, text }) => fact('training.noted', nowMs, by, { exercise: id, atS, text }));
    core.record([...notes, fact('training.scored', nowMs, null, {
      score, title, clauses, kinds, procedures, participants: participants.map(({ user, name, post }) => ({ user, name, post })), startedMs, endedMs: nowMs, truth: kept !== null && kept.ok ? kept.value : null,
    })]);
    if (kept !== null && !kept.ok) core.record([fact('effect.failed', nowMs, null, { effect: 'truth', reason: kept.reason })]);
  }

  /** At once without what would have been; that is run in a process of its own and stands there when it is asked for again. */
  async debrief(exercise: string): Promise<CommandOutput<'training.debrief'>> {
    const { core, journal } = this.#parts;
    if (!core.state.competence.exercises.some((each) => each.exercise === exercise)) return { debrief: null, because: NOT_KEPT };
    const whole = this.#debriefs.get(exercise);
    const ready = whole === undefined ? null : await Promise.race([whole, new Promise<null>((later) => { setImmediate(() => later(null)); })]);
    if (ready !== null) return { debrief: ready, because: null };
    const found = this.#found(exercise);
    if (found === null) return { debrief: null, because: NOT_KEPT };
    const { plant } = core;
    const order = { journalDir: dirname(journal.status().path) };
    const make = (minutes: readonly number[]): Promise<Debrief> => makeDebrief({ ...found, plant }, { ...order, minutes }).then(({ debrief }) => debrief);
    if (whole === undefined) {
      this.#debriefs.set(exercise, make(WHAT_IF_MINUTES).catch(() => null));
      for (const old of [...this.#debriefs.keys()].slice(0, -DEBRIEFS_MAX)) this.#debriefs.delete(old);
    }
    return { debrief: { ...await make([]), noCounterfactuals: { zh: '正在推演早停和晚停 ……', en: 'Earlier and later stops are being run …' } }, because: null };
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

  async export({ format, what, language }: CommandInput<'training.export'>, nowMs: number): Promise<Asked<CommandOutput<'training.export'>>> {
    const { core, version } = this.#parts;
    const debrief = what.kind === 'debrief' && format === 'pdf' ? (await this.debrief(what.exercise)).debrief : null;
    return exportOf({ format, what, language }, { signed: this.#signed(), debrief, plant: core.plant.pack.title, version, nowMs });
  }

  past(): TrainingSection['past'] {
    return this.#parts.core.state.competence.exercises.slice(0, 50).map(({ exercise, scenario, title, endedMs, total, passed }) => ({ exercise, scenario, title, endedMs, total, passed }));
  }

  /**
   * Its score and its records, by the station's own handle of the journal: a second one in this process would let go of its locks when it closes
   * (decision 0016).
   */
  #found(exercise: string): { scored: ScoredExercise; records: readonly NumberedFact[] } | null {
    let since: NumberedFact[] = [];
    let found: { scored: ScoredExercise; records: readonly NumberedFact[] } | null = null;
    for (const record of this.#parts.journal.records()) {
      const told = toFact(record);
      if (told === null) continue;
      if (told.type === 'training.started') since = [];
      if (since.length < RECORDS_MAX) since.push({ n: record.n, wallMs: record.wallMs, fact: told });
      if (told.type === 'training.scored' && told.data.score.exercise === exercise) {
        const { startedMs } = told.data;
        found = { scored: told.data, records: since.filter(({ fact: { atMs } }) => atMs >= startedMs) };
      }
    }
    return found;
  }

  /** What instructors signed, oldest first, with the numbers of the records. */
  #signed(): SignedRecord[] {
    const signed: SignedRecord[] = [];
    for (const { n, atMs, by, type, data } of this.#parts.journal.records()) {
      if (type !== 'competence.recorded') continue;
      const told = competenceRecordSchema.safeParse((data as { readonly record?: unknown }).record);
      if (told.success) signed.push({ record: told.data, n, recordedMs: atMs, by: by ?? '' });
    }
    return signed;
  }

  #recordsOf({ begun, track }: Exercise, endedMs: number): ExerciseRecords {
    const { core, journal, clauses } = this.#parts;
    const records: NumberedFact[] = [];
    for (const record of journal.records(this.#fromN)) {
      const found = toFact(record);
      if (found !== null) records.push({ n: record.n, wallMs: record.wallMs, fact: found });
      if (records.length >= RECORDS_MAX) break;
    }
    return { exercise: begun.id, scenario: scoredScenario(begun.scenario), plant: core.plant, clauses, records, before: this.#before, startedMs: begun.startedMs, endedMs, truth: track.samples.length === 0 ? null : track, tell: (each) => recordText(each, core.plant) };
  }
}

export const NO_BOOKS: TrainingBooks = {
  begun: () => undefined, hinted: () => undefined, ended: () => Promise.resolve(), past: () => [],
  live: () => ({ score: null, because: NOT_KEPT }), debrief: () => Promise.resolve({ debrief: null, because: NOT_KEPT }), records: () => ({ records: [], people: [] }),
  export: () => Promise.resolve({ ok: false, reason: 'no records of exercises are kept here' }),
};
