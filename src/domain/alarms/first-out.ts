/**
 * First-out: which alarm of a group began it - by the source time of its value, not by its arrival, and only as surely as the
 * clocks allow. Where two began within the uncertainty, nobody can say which was first: both are `possible`.
 */
export type FirstOut = 'first' | 'possible' | null;
export type SourceClock = 'plant' | 'station';

/** An alarm that may have been the first of the present episode: since last no alarm of the group was active. */
export interface Candidate {
  readonly id: string;
  readonly sourceMs: number;
  readonly clock: SourceClock;
  /** How exact its own time is, ms. */
  readonly withinMs: number;
}

export interface Episode {
  readonly candidates: readonly Candidate[];
  /** Alarms of the group that are active now. */
  readonly active: number;
}

/** Within one scan of a controller, values get the same time or any order. Engineering default. */
export const SOURCE_WITHIN_MS = 50;
/** Known by its arrival only (an on-delay that ran out, a combination of conditions): the way from the server to here. Engineering default. */
export const ARRIVAL_WITHIN_MS = 500;
/** Between two clocks whose difference was never measured. Engineering default: console and DCS are kept within it. */
export const UNKNOWN_SKEW_MS = 1_000;
/** More than so many at one moment say no more than that nobody knows. */
const CANDIDATES_MAX = 20;

/** How far apart the source times of two alarms must lie for one to be earlier. @param skewMs measured between server and station; null = never measured */
export function uncertaintyOf(a: Candidate, b: Candidate, skewMs: number | null): number {
  return a.withinMs + b.withinMs + (a.clock === b.clock ? 0 : Math.abs(skewMs ?? UNKNOWN_SKEW_MS));
}

/** With one more; one that is there already keeps its earlier time. The earliest are kept. */
export function withCandidate(candidates: readonly Candidate[], added: Candidate): readonly Candidate[] {
  const known = candidates.find(({ id }) => id === added.id);
  if (known !== undefined && known.sourceMs <= added.sourceMs) return candidates;
  return [...candidates.filter(({ id }) => id !== added.id), added].sort((a, b) => a.sourceMs - b.sourceMs || (a.id < b.id ? -1 : 1)).slice(0, CANDIDATES_MAX);
}

export interface Marks {
  /** The one that was certainly first, or all that may have been. */
  readonly first: string | null;
  readonly possible: readonly string[];
  readonly uncertaintyMs: number;
}

/** Independent of the order in which the candidates arrived. */
export function marksOf(candidates: readonly Candidate[], skewMs: number | null): Marks {
  const [earliest, ...others] = candidates;
  if (earliest === undefined) return { first: null, possible: [], uncertaintyMs: 0 };
  const rivals = others.filter((other) => other.sourceMs - earliest.sourceMs <= uncertaintyOf(earliest, other, skewMs));
  const uncertaintyMs = Math.max(2 * earliest.withinMs, ...rivals.map((rival) => uncertaintyOf(earliest, rival, skewMs)));
  return rivals.length === 0 ? { first: earliest.id, possible: [], uncertaintyMs } : { first: null, possible: [earliest, ...rivals].map(({ id }) => id), uncertaintyMs };
}

export const markOf = (marks: Marks, id: string): FirstOut => (marks.first === id ? 'first' : marks.possible.includes(id) ? 'possible' : null);
