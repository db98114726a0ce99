/**
 * The books of exercises: the live score, the score and the debrief when one has ended, and the record per person (H.2). Everything is read from the
 * journal and the truth that the exercise collected; nothing here acts on the plant.
 */
import type { CommandInput, CommandOutput } from '../../contract/commands.ts';
import type { Problem } from '../../contract/envelope.ts';
import type { Debrief, TruthTrack } from '../../contract/drill.ts';
import type { Text } from '../../contract/text.ts';
import type { Participant, TrainingSection } from '../../contract/training.ts';
import { currentRecords, standingOf } from '../../domain/drills/competence.ts';
import type { ExerciseRecords } from '../../domain/drills/exercise.ts';
import { scoreExercise } from '../../domain/drills/score.ts';
import type { RecordedClause } from '../../domain/packs/recorded-pack.ts';
import type { NumberedFact } from '../../domain/report/incident.ts';
import { fact } from '../../domain/station/facts.ts';
import type { StationState } from '../../domain/station/state.ts';
import type { Journal } from '../journal/journal.ts';
import type { Exercise } from '../training/exercise.ts';
import type { Asked } from '../training/line.ts';
import { scoredScenario } from '../training/scored-scenario.ts';
import type { Account } from '../users/users.ts';
import type { StationCore } from './core.ts';
import { toFact } from './core.ts';
import { recordText } from './record-text.ts';

export interface TrainingBooks {
  /** An exercise begins: how the station stood before it. */
  begun(before: StationState, startedMs: number): void;
  hinted(exercise: Exercise, hint: Text, by: string): void;
  live(exercise: Exercise, nowMs: number): CommandOutput<'instructor.score'>;
  ended(exercise: Exercise, participants: readonly Participant[], nowMs: number): void;
  debrief(exercise: string): Promise<CommandOutput<'training.debrief'>>;
  records(nowMs: number): CommandOutput<'training.records'>;
  assess(input: Omit<CommandInput<'instructor.assess'>, 'signature'>, signer: Account, nowMs: number): { outcome: 'done'; output: Record<string, never> } | { outcome: 'failed'; problem: Problem };
  export(what: CommandInput<'training.export'>, nowMs: number): Promise<Asked<CommandOutput<'training.export'>>>;
  past(): TrainingSection['past'];
}

interface Parts {
  readonly core: StationCore;
  readonly journal: Pick<Journal, 'records' | 'status'>;
  readonly clauses: readonly RecordedClause[];
}

/** An exercise never has more records than this read at once; a longer one is scored by its first ones. */
const RECORDS_MAX = 100_000;
const DEBRIEFS_MAX = 20;
const failed = (code: Problem['code'], message: string): { outcome: 'failed'; problem: Problem } => ({ outcome: 'failed', problem: { code, message } });
const NOT_KEPT: Text = { zh: '没有这次演练的讲评（只保留最近的）', en: 'There is no debrief of this exercise; only the latest are kept' };

export class StationBooks implements TrainingBooks {
  readonly #parts: Parts;
  #before: StationState;
  #fromN = 1;
  readonly #debriefs = new Map<string, Debrief>();

  constructor(parts: Parts) {
    this.#parts = parts;
    this.#before = parts.core.state;
  }

  begun(before: StationState): void {
    this.#before = before;
    this.#fromN = this.#parts.journal.status().records;
  }

  hinted(exercise: Exercise, hint: Text, by: string): void {
    this.#parts.core.record([fact('training.hinted', this.#parts.core.context().nowMs, by, { exercise: exercise.begun.id, hint })]);
  }

  live(exercise: Exercise, nowMs: number): CommandOutput<'instructor.score'> {
    return { score: scoreExercise(this.#recordsOf(exercise, exercise.track, nowMs)), because: null };
  }

  ended(exercise: Exercise, participants: readonly Participant[], nowMs: number): void {
    void exercise; void participants; void nowMs; void this.#debriefs; void DEBRIEFS_MAX;
  }

  debrief(exercise: string): Promise<CommandOutput<'training.debrief'>> {
    const found = this.#debriefs.get(exercise) ?? null;
    return Promise.resolve({ debrief: found, because: found === null ? NOT_KEPT : null });
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

  assess(): ReturnType<TrainingBooks['assess']> {
    return failed('not-found', 'no such exercise');
  }

  export(): ReturnType<TrainingBooks['export']> {
    return Promise.resolve({ ok: false, reason: 'nothing to export' });
  }

  past(): TrainingSection['past'] {
    return this.#parts.core.state.competence.exercises.slice(0, 50).map(({ exercise, scenario, title, endedMs, total, passed }) => ({ exercise, scenario, title, endedMs, total, passed }));
  }

  #recordsOf({ begun }: Exercise, truth: TruthTrack, endedMs: number): ExerciseRecords {
    const { core, journal, clauses } = this.#parts;
    const records: NumberedFact[] = [];
    for (const record of journal.records(this.#fromN)) {
      const found = toFact(record);
      if (found !== null) records.push({ n: record.n, wallMs: record.wallMs, fact: found });
      if (records.length >= RECORDS_MAX) break;
    }
    return { exercise: begun.id, scenario: scoredScenario(begun.scenario), plant: core.plant, clauses, records, before: this.#before, startedMs: begun.startedMs, endedMs, truth: truth.samples.length === 0 ? null : truth, tell: (each) => recordText(each, core.plant) };
  }
}

const NO_BOOKS_REASON = 'no records of exercises are kept here';
export const NO_BOOKS: TrainingBooks = {
  begun: () => undefined, hinted: () => undefined, ended: () => undefined, past: () => [],
  live: () => ({ score: null, because: NOT_KEPT }), debrief: () => Promise.resolve({ debrief: null, because: NOT_KEPT }), records: () => ({ records: [], people: [] }),
  assess: () => failed('not-found', NO_BOOKS_REASON), export: () => Promise.resolve({ ok: false, reason: NO_BOOKS_REASON }),
};
