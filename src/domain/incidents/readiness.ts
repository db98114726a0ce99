/**
 * What stands ready for an abnormal condition (3.1): risk assessment, written procedure, training, drill, and when each was last shown.
 * It is derived from follow-ups that were done and from procedures that an analysis read through: where neither is on record, nothing is
 * known, and nothing known is never good. A drill that was passed and signed (H.2) counts on the station in whose journal it stands, which is that
 * of TRAINING; for the plant's own station a follow-up names its record as the document. Pure.
 */
import type { FollowUpKind } from './follow-ups.ts';

export const MARKS = ['riskAssessment', 'procedure', 'training', 'drill'] as const;
export type Mark = (typeof MARKS)[number];

export const MARK_OF: Readonly<Record<FollowUpKind, Mark>> = {
  'operating-procedure': 'procedure', 'emergency-procedure': 'procedure', 'risk-assessment': 'riskAssessment', training: 'training', drill: 'drill',
};

/** Engineering default: what was last shown longer ago is due again. */
export const SHOWN_AGAIN_MS = 365 * 86_400_000;
/** Procedures remembered, of whatever packs this station has run by. */
export const READY_PROCEDURES_MAX = 1_000;

/** By which record it was shown: a follow-up, or the analysis of an incident that left the procedure as it is. */
export interface Shown {
  readonly atMs: number;
  readonly source: string;
  readonly document: string;
  readonly revision: string;
}
export type ProcedureMarks = Readonly<Partial<Record<Mark, Shown>>>;
export type Readiness = Readonly<Record<string, ProcedureMarks>>;

/** `absent`: a condition that no procedure answers has none that could be reviewed. */
export const MARK_STATES = ['absent', 'never', 'due', 'current'] as const;
export type MarkState = (typeof MARK_STATES)[number];
export interface MarkNow {
  readonly state: MarkState;
  readonly shown: Shown | null;
}

export const marksOf = (readiness: Readiness, procedure: string): ProcedureMarks => (Object.hasOwn(readiness, procedure) ? (readiness[procedure] ?? {}) : {});

/** The latest counts: one that was held earlier and written down later changes nothing. */
export function withShown(readiness: Readiness, procedures: readonly string[], mark: Mark, shown: Shown): Readiness {
  let next = readiness;
  for (const procedure of procedures) {
    const marks = marksOf(next, procedure);
    if ((marks[mark]?.atMs ?? -1) > shown.atMs || (!Object.hasOwn(next, procedure) && Object.keys(next).length >= READY_PROCEDURES_MAX)) continue;
    next = { ...next, [procedure]: { ...marks, [mark]: shown } };
  }
  return next;
}

export function markOf(readiness: Readiness, procedure: string, mark: Mark, nowMs: number): MarkNow {
  const shown = marksOf(readiness, procedure)[mark] ?? null;
  return { state: shown === null ? 'never' : nowMs - shown.atMs > SHOWN_AGAIN_MS ? 'due' : 'current', shown };
}

/** A condition is as ready as the least ready of the procedures that answer it, and of two alike the older one speaks. */
export function conditionMark(readiness: Readiness, procedures: readonly string[], mark: Mark, nowMs: number): MarkNow {
  const marks = procedures.map((procedure) => markOf(readiness, procedure, mark, nowMs));
  const [worst] = marks.toSorted((a, b) => MARK_STATES.indexOf(a.state) - MARK_STATES.indexOf(b.state) || (a.shown?.atMs ?? 0) - (b.shown?.atMs ?? 0));
  return worst ?? { state: mark === 'procedure' ? 'absent' : 'never', shown: null };
}

/** The next moment at which something shown becomes due again; null = none will. */
export function nextDueMs(readiness: Readiness, nowMs: number): number | null {
  const times = Object.values(readiness).flatMap((marks) => Object.values(marks).map(({ atMs }) => atMs + SHOWN_AGAIN_MS + 1)).filter((atMs) => atMs > nowMs);
  return times.length === 0 ? null : Math.min(...times);
}
