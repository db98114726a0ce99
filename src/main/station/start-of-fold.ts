/** Where the fold of the journal begins at a start: behind the newest state that a segment carries and that this version can go on with. */
import { CarriedReader, isUsable } from '../../domain/station/carried-state.ts';
import type { Machines } from '../../domain/station/evolve.ts';
import { EMPTY_STATE } from '../../domain/station/state.ts';
import type { StationState } from '../../domain/station/state.ts';
import type { JournalRecord } from '../../domain/journal/record.ts';
import { CARRIED_TYPE, CONTINUED_TYPE, continuedSchema } from '../../domain/journal/record.ts';
import type { Journal } from '../journal/journal.ts';

export interface StartOfFold {
  readonly state: StationState;
  readonly fromN: number;
  readonly isCarried: boolean;
  /** The segment that is being written holds nothing but its first record. */
  readonly isActiveBare: boolean;
}

/** The newest in the segment that is being written; then those that older segments begin with. Throws when it comes to one that is not there: half a fold is no state. */
export function startOfFold(journal: Pick<Journal, 'records' | 'status'>, machines: Machines): StartOfFold {
  const { records, segmentStart, carriedAt: newest } = journal.status();
  const isActiveBare = segmentStart > 1 && records === segmentStart;
  const found = newest === null ? null : carriedAt(journal, newest);
  if (found !== null && isUsable(found.state, machines)) return { ...found, isCarried: true, isActiveBare };
  for (let start: number | null = segmentStart; start !== null && start > 1; start = startBefore(journal, start)) {
    const older = carriedAt(journal, start + 1);
    if (older !== null && isUsable(older.state, machines)) return { ...older, isCarried: true, isActiveBare };
  }
  return { state: EMPTY_STATE, fromN: 1, isCarried: false, isActiveBare };
}

/** The state whose first part is record `at`. */
function carriedAt(journal: Pick<Journal, 'records'>, at: number): { readonly state: StationState; readonly fromN: number } | null {
  const reader = new CarriedReader();
  for (const { n, type, data } of journal.records(at)) {
    if (type !== CARRIED_TYPE) return null;
    const state = reader.add(data);
    if (state !== null) return { state, fromN: n + 1 };
  }
  return null;
}

/** First record of the segment before. */
export function startBefore(journal: Pick<Journal, 'records'>, start: number): number | null {
  const first = firstOf(journal, start);
  if (first?.type !== CONTINUED_TYPE) return null;
  return continuedSchema.safeParse(first.data).data?.previousSegment.firstRecord ?? null;
}

export function firstOf(journal: Pick<Journal, 'records'>, n: number): JournalRecord | undefined {
  for (const record of journal.records(n)) return record;
  return undefined;
}
