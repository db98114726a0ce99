/** Finds in a journal what exercises left behind: one exercise with its records and its rules, or the records per person. One pass, bounded. */
import type { CompetenceRecord } from '../../contract/drill.ts';
import { competenceRecordSchema, scoreSchema } from '../../contract/drill.ts';
import type { ScoredExercise } from '../../domain/drills/competence.ts';
import { PackReader } from '../../domain/packs/recorded-pack.ts';
import type { RecordedPack } from '../../domain/packs/recorded-pack.ts';
import type { NumberedFact } from '../../domain/report/incident.ts';
import { makePlant } from '../../domain/station/plant.ts';
import type { Plant } from '../../domain/station/plant.ts';
import { readRecords } from '../journal/read.ts';
import type { ReadRecord } from '../journal/read.ts';
import { toFact } from '../station/core.ts';

/** Of one exercise. */
const RECORDS_MAX = 200_000;
const EXERCISES_NAMED_MAX = 20;
const COMPETENCE_MAX = 100_000;

export interface KnownExercise { readonly id: string; readonly scenario: string; readonly startedMs: number; readonly endedMs: number; readonly total: number; readonly passed: boolean }
export interface FoundExercise { readonly scored: ScoredExercise; readonly record: number; readonly plant: Plant; readonly packHash: string; readonly recorded: RecordedPack; readonly records: readonly NumberedFact[] }
export type ReadExercise = { readonly ok: true; readonly value: FoundExercise } | { readonly ok: false; readonly reason: string };

/** Every exercise that was scored, oldest first. Throws when the journal cannot be read. */
export function exercisesOf(journal: string): KnownExercise[] {
  const known = new Map<string, KnownExercise>();
  for (const record of readRecords(journal)) {
    if (record.type !== 'training.scored') continue;
    const scored = scoredIn(record.data);
    if (scored !== null) known.set(scored.score.exercise, { id: scored.score.exercise, scenario: scored.score.scenario, startedMs: scored.startedMs, endedMs: scored.endedMs, total: scored.score.total, passed: scored.score.passed });
  }
  return [...known.values()];
}

/** The last score of the exercise, the records of its time, the notes pinned to it, and the rules it was lived through by. */
export function readExercise(journal: string, exercise: string): ReadExercise {
  const packs = new PackReader();
  let [rules, found] = [null as { hash: string; recorded: RecordedPack } | null, null as { scored: ScoredExercise; record: number; rules: { hash: string; recorded: RecordedPack } | null } | null];
  // What comes before the score is not known to be of this exercise until its end: the records since the last exercise began.
  let since: NumberedFact[] = [];
  let kept: readonly NumberedFact[] = [];
  const notes: NumberedFact[] = [];
  for (const record of readRecords(journal)) {
    const fact = toFact(record);
    if (fact === null) continue;
    if (fact.type === 'pack.recorded') rules = packs.add(fact.data) ?? rules;
    const numbered: NumberedFact = { n: record.n, wallMs: record.wallMs, fact };
    if (fact.type === 'training.started') since = [];
    if (since.length < RECORDS_MAX && fact.type !== 'pack.recorded') since.push(numbered);
    if (fact.type === 'training.noted' && fact.data.exercise === exercise) notes.push(numbered);
    if (fact.type !== 'training.scored') continue;
    const scored = scoredIn(fact.data);
    if (scored === null || scored.score.exercise !== exercise) continue;
    // Scored again after its end: its records are those of the first time.
    if (found === null && rangeOf(scored) === null) kept = since.filter(({ fact: { atMs } }) => atMs >= scored.startedMs && atMs <= scored.endedMs);
    found = { scored, record: record.n, rules };
  }
  if (found === null) return { ok: false, reason: noSuch(journal, exercise) };
  if (found.rules === null) return { ok: false, reason: 'the journal holds no rules and procedures of that time' };
  const range = rangeOf(found.scored);
  if (range !== null) kept = factsBetween(journal, range);
  try {
    const numbers = new Set(kept.map(({ n }) => n));
    return { ok: true, value: { scored: found.scored, record: found.record, plant: makePlant(found.rules.recorded.pack), packHash: found.rules.hash, recorded: found.rules.recorded, records: [...kept, ...notes.filter(({ n }) => !numbers.has(n))] } };
  } catch (error) {
    return { ok: false, reason: `the rules of that time are of a version that this one cannot read: ${error instanceof Error ? error.message : ''}` };
  }
}

const rangeOf = ({ records }: ScoredExercise): { readonly fromN: number; readonly toN: number } | null => (records !== undefined && Number.isSafeInteger(records.fromN) && Number.isSafeInteger(records.toN) ? records : null);

/** Records of one stretch as facts; what is too long is read as far as the bound. */
function factsBetween(journal: string, { fromN, toN }: { readonly fromN: number; readonly toN: number }): NumberedFact[] {
  const found: NumberedFact[] = [];
  for (const record of readRecords(journal, fromN)) {
    if (record.n > toN || found.length >= RECORDS_MAX) break;
    const fact = toFact(record);
    if (fact !== null && fact.type !== 'pack.recorded') found.push({ n: record.n, wallMs: record.wallMs, fact });
  }
  return found;
}

function noSuch(journal: string, exercise: string): string {
  const ids = exercisesOf(journal).map(({ id }) => id);
  return ids.length === 0 ? `there is no exercise '${exercise}' in the journal; none was scored` : `there is no exercise '${exercise}' in the journal; expected one of ${ids.slice(-EXERCISES_NAMED_MAX).join(', ')}`;
}

/** A record of the journal is data from outside: only the score is looked at, the rest was written with it. */
function scoredIn(data: unknown): ScoredExercise | null {
  if (typeof data !== 'object' || data === null || !('score' in data)) return null;
  return scoreSchema.safeParse(data.score).success ? (data as unknown as ScoredExercise) : null;
}

export interface SignedRecord { readonly record: CompetenceRecord; /** Of the journal. */ readonly n: number; readonly recordedMs: number; /** Account of the instructor. */ readonly by: string }

/** Records per person, oldest first; of one person where named. Throws when the journal cannot be read. */
export const competenceIn = (journal: string, user: string | null): SignedRecord[] => competenceOf(readRecords(journal), user);

/** The same of records that are read already: of a station's own journal. */
export function competenceOf(records: Iterable<ReadRecord>, user: string | null): SignedRecord[] {
  const found: SignedRecord[] = [];
  for (const { n, type, atMs, by, data } of records) {
    if (type !== 'competence.recorded' || typeof data !== 'object' || data === null || !('record' in data)) continue;
    const record = competenceRecordSchema.safeParse(data['record']);
    if (record.success && (user === null || record.data.user === user) && found.length < COMPETENCE_MAX) found.push({ record: record.data, n, recordedMs: atMs, by: by ?? '' });
  }
  return found;
}
