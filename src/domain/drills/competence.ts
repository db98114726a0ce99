/**
 * The record per person (H.2): what somebody has shown in an exercise, until when it counts, and when to train again. Pure.
 *
 * A record is made for each participant of an exercise that has ended and was scored, signed by an instructor who did not take part. Of a
 * person and a scenario the latest exercise is the one that counts: one that was failed takes an earlier pass away.
 */
import type { CompetenceRecord, Score } from '../../contract/drill.ts';
import type { Text } from '../../contract/text.ts';

export interface Participant { readonly user: string; readonly name: string; readonly post: string }

/** What `training.scored` says. */
export interface ScoredExercise {
  readonly score: Score;
  readonly title: Text;
  readonly clauses: readonly string[];
  /** Of these clauses, as the register has them: how long a pass counts depends on them. */
  readonly kinds: readonly string[];
  /** Procedures that were carried out to the safe state in it. */
  readonly procedures: readonly string[];
  readonly participants: readonly Participant[];
  readonly startedMs: number;
  readonly endedMs: number;
  /** The truth track beside the journal, and what vouches for it. */
  readonly truth: { readonly file: string; readonly sha256: string; readonly bytes: number } | null;
  /** First and last record of its time; left out by older versions. The score may come when another exercise runs already. */
  readonly records?: { readonly fromN: number; readonly toN: number };
}

/** What the state keeps of an exercise: enough to sign for it. The whole score is in the journal. */
export interface PastExercise {
  readonly exercise: string;
  readonly scenario: string;
  readonly title: Text;
  readonly clauses: readonly string[];
  readonly kinds: readonly string[];
  readonly procedures: readonly string[];
  readonly participants: readonly Participant[];
  /** Left out by older versions. */
  readonly startedMs?: number;
  readonly endedMs: number;
  readonly total: number;
  readonly passed: boolean;
  /** By a limit; left out by older versions. */
  readonly isAborted?: boolean;
  readonly breaches: readonly string[];
}
export interface CompetenceRegister {
  /** Newest first, bounded. */
  readonly exercises: readonly PastExercise[];
  /** Newest first, bounded; the journal keeps all. */
  readonly records: readonly CompetenceRecord[];
  /** How many were ever made: numbers are not given twice. */
  readonly made: number;
}

export const NO_COMPETENCE: CompetenceRegister = { exercises: [], records: [], made: 0 };
export const EXERCISES_MAX = 100;
/** In memory: what counts of a crew of 30 with 33 scenarios; what no longer counts goes first. */
export const RECORDS_MAX = 1_000;

const DAY_MS = 86_400_000;

interface Validity {
  readonly validDays: number;
  /** To be trained again so many days before it ends. */
  readonly aheadDays: number;
  readonly reason: Text;
}

/** By the kind of the clauses that the scenario is about; of several the shortest counts. Engineering defaults: the notice says that drills are held, not how often. */
export const VALIDITY: Readonly<Record<string, Validity>> = {
  trigger: { validDays: 365, aheadDays: 30, reason: { zh: '识别异常并退守：按年度演练', en: 'recognising and retreating: a drill each year' } },
  action: { validDays: 365, aheadDays: 30, reason: { zh: '退守动作：按年度演练', en: 'the actions of a retreat: a drill each year' } },
  limit: { validDays: 365, aheadDays: 30, reason: { zh: '限值：按年度演练', en: 'limits: a drill each year' } },
  never: { validDays: 180, aheadDays: 30, reason: { zh: '禁令：一次违反就会伤人，半年一次', en: 'prohibitions: one breach hurts somebody, so twice a year' } },
  confirm: { validDays: 180, aheadDays: 30, reason: { zh: '证实方法：少用易忘，半年一次', en: 'ways of proving: seldom used and soon forgotten, so twice a year' } },
  govern: { validDays: 730, aheadDays: 60, reason: { zh: '职责和程序：两年一次', en: 'duties and order: every two years' } },
};
const UNKNOWN_KIND: Validity = { validDays: 180, aheadDays: 30, reason: { zh: '条款种类不明：取最短', en: 'of no known kind: the shortest' } };

/** Until when a pass counts and when to train again. What was not passed never counts, and is to be trained at once. */
export function validityOf(kinds: readonly string[], passed: boolean, atMs: number): { readonly validUntilMs: number | null; readonly retrainByMs: number; readonly reason: Text } {
  if (!passed) return { validUntilMs: null, retrainByMs: atMs, reason: { zh: '不合格：立即再训练', en: 'not passed: to be trained again at once' } };
  const rows = kinds.map((kind) => (Object.hasOwn(VALIDITY, kind) ? (VALIDITY[kind] ?? UNKNOWN_KIND) : UNKNOWN_KIND));
  const shortest = rows.toSorted((a, b) => a.validDays - b.validDays)[0] ?? UNKNOWN_KIND;
  const validUntilMs = atMs + shortest.validDays * DAY_MS;
  return { validUntilMs, retrainByMs: validUntilMs - shortest.aheadDays * DAY_MS, reason: shortest.reason };
}

export const pastExerciseOf = ({ score, title, clauses, kinds, procedures, participants, startedMs, endedMs }: ScoredExercise): PastExercise => ({
  exercise: score.exercise, scenario: score.scenario, title, clauses, kinds, procedures, participants, startedMs, endedMs, total: score.total, passed: score.passed, isAborted: score.aborted !== null, breaches: [...new Set(score.breaches.map(({ clause }) => clause))],
});

/** What counts: of each person and scenario the latest exercise, and of that one the later word. An exercise that is signed late takes nothing from a newer one. */
export function currentRecords({ records }: Pick<CompetenceRegister, 'records'>): readonly CompetenceRecord[] {
  const latest = new Map<string, CompetenceRecord>();
  for (const record of records) {
    const known = latest.get(keyOf(record));
    // They come newest first: of one exercise the first that comes is the later word.
    if (known === undefined || record.atMs > known.atMs) latest.set(keyOf(record), record);
  }
  return records.filter((record) => latest.get(keyOf(record)) === record);
}
const keyOf = ({ user, scenario }: CompetenceRecord): string => `${user} ${scenario}`;

export const STANDINGS = ['valid', 'due', 'expired', 'failed'] as const;
export type Standing = (typeof STANDINGS)[number];

export function standingOf({ passed, validUntilMs, retrainByMs }: Pick<CompetenceRecord, 'passed' | 'validUntilMs' | 'retrainByMs'>, nowMs: number): Standing {
  if (!passed || validUntilMs === null) return 'failed';
  if (nowMs >= validUntilMs) return 'expired';
  return retrainByMs !== null && nowMs >= retrainByMs ? 'due' : 'valid';
}

/** Who has to train again by now: expired and failed first. */
export const overdueTraining = (register: CompetenceRegister, nowMs: number): readonly CompetenceRecord[] =>
  currentRecords(register).filter(({ retrainByMs }) => retrainByMs !== null && nowMs >= retrainByMs).toSorted((a, b) => STANDINGS.indexOf(standingOf(b, nowMs)) - STANDINGS.indexOf(standingOf(a, nowMs)) || (a.retrainByMs ?? 0) - (b.retrainByMs ?? 0));

/** When the next one falls due; null = none will. For whoever sets an alarm clock. */
export function nextRetrainMs(register: CompetenceRegister, nowMs: number): number | null {
  const times = currentRecords(register).flatMap(({ retrainByMs }) => (retrainByMs !== null && retrainByMs > nowMs ? [retrainByMs] : []));
  return times.length === 0 ? null : Math.min(...times);
}
