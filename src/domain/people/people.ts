/**
 * People in the field, by zone, against the limits of clauses 4.2.1 and 4.2.3.
 *
 * Two sources count: positioning tags and signed entries by name; the larger counts. A count that is not known is not
 * zero. Limits: 0 while the situation is unclear, at most 2 for reconnaissance, never more than 6, and less where the
 * running procedure says so.
 */

export type ZoneStage = 'normal' | 'unclear' | 'reconnaissance' | 'handling';
export type ZoneState = 'within' | 'exceeded' | 'unknown';

export interface Entry {
  readonly id: string;
  readonly name: string;
  readonly task: string;
  /** In words, from journals before equipment was confirmed item by item. */
  readonly protection: string;
  /** Where the person works; empty in older journals. */
  readonly part: string;
  /** Number of the gas detector; empty = none. */
  readonly gasDetector: string;
  /** Protective equipment confirmed, by the ids of the plant's catalogue (4.3.4). */
  readonly confirmed: readonly string[];
  readonly atMs: number;
}

/** Most people each stage allows (4.2.1, 4.2.3). In normal running the guideline sets no figure. */
export const STAGE_LIMIT: Readonly<Record<ZoneStage, number | null>> = { normal: null, unclear: 0, reconnaissance: 2, handling: 6 };

/** The limit that holds now: the stage's, lowered by every running procedure that concerns the zone. Null = none holds. */
export function zoneLimit(stage: ZoneStage, procedureLimits: readonly number[]): number | null {
  const stageLimit = STAGE_LIMIT[stage];
  return stageLimit === null ? null : Math.min(stageLimit, ...procedureLimits);
}

/** Most people signed in at one zone: a limit on everything; the guideline's own are far below. */
export const ENTRIES_MAX = 50;

/** The two counts may differ for so long while people pass the gate, ms; after that it is an alarm. Engineering default. */
export const DIFFER_MS = 60_000;

/** Head count from both sources. Null = not known, which is not zero. */
export function headCount(tagCount: number | null, entries: readonly unknown[]): number | null {
  return tagCount === null ? null : Math.max(Math.max(0, Math.round(tagCount)), entries.length);
}

/** Too many is too many even when the positioning is not known: the names alone may already tell. */
export function zoneState(tagCount: number | null, entries: readonly unknown[], limit: number | null): ZoneState {
  if (limit === null) return 'within';
  if (entries.length > limit) return 'exceeded';
  const count = headCount(tagCount, entries);
  return count === null ? 'unknown' : count > limit ? 'exceeded' : 'within';
}

