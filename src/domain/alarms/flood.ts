/**
 * The flood (EEMUA 191, ISA-18.2): in above 10 alarms in 10 minutes for one operator, out below 5. It groups and pins and hides
 * nothing. The station has one post, so all alarms are one operator's.
 */
export const FLOOD_WINDOW_MS = 600_000;
export const FLOOD_BEGINS_ABOVE = 10;
export const FLOOD_ENDS_BELOW = 5;
const BUCKET_MS = 10_000;

/** What was put before the operator lately. The last ones exactly, for the flood; the rest counted by ten seconds, for the rate. */
export interface RaiseLog {
  /** Times of the last raises, oldest first: as many as decide the flood. */
  readonly recent: readonly number[];
  readonly buckets: readonly (readonly [startMs: number, count: number])[];
}

export const NO_RAISES: RaiseLog = { recent: [], buckets: [] };

export function withRaise({ recent, buckets }: RaiseLog, atMs: number): RaiseLog {
  const startMs = atMs - (atMs % BUCKET_MS);
  const kept = buckets.filter(([start]) => start > atMs - FLOOD_WINDOW_MS - BUCKET_MS);
  const last = kept.at(-1);
  return {
    recent: [...recent, atMs].slice(-FLOOD_BEGINS_ABOVE - 1),
    buckets: last?.[0] === startMs ? [...kept.slice(0, -1), [startMs, last[1] + 1]] : [...kept, [startMs, 1]],
  };
}

/** Raises in the last ten minutes: exact up to 11, above that to ten seconds. */
export function raisedWithin({ recent, buckets }: RaiseLog, nowMs: number): number {
  const exact = recent.filter((atMs) => atMs > nowMs - FLOOD_WINDOW_MS).length;
  if (exact <= FLOOD_BEGINS_ABOVE) return exact;
  return Math.max(exact, buckets.filter(([start]) => start + BUCKET_MS > nowMs - FLOOD_WINDOW_MS).reduce((sum, [, count]) => sum + count, 0));
}

export function isFlood(wasFlood: boolean, raisedInWindow: number): boolean {
  return wasFlood ? raisedInWindow >= FLOOD_ENDS_BELOW : raisedInWindow > FLOOD_BEGINS_ABOVE;
}

/** When the flood ends if nothing more is raised: by time, not only by the next alarm. */
export function floodEndsMs({ recent }: RaiseLog): number {
  return (recent.at(-FLOOD_ENDS_BELOW) ?? 0) + FLOOD_WINDOW_MS;
}
