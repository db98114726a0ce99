/** How long to wait before the next attempt, and how much patience an answer asks for. Pure. */

/** Longest that a platform may keep us waiting by Retry-After: an answer from the outside must not switch handing on off. */
export const RETRY_AFTER_MAX_MS = 60 * 60_000;

export interface Retry { readonly firstMs: number; readonly mostMs: number }

/**
 * After the n-th failure in a row, n from 1: doubled each time up to the limit, of which a random part up to a half is taken off, so that
 * the stations of a whole province do not all come back in the same second as their platform.
 * @param random from 0 to less than 1
 */
export function waitMs(failures: number, needsPerson: boolean, retryAfterMs: number | null, { firstMs, mostMs }: Retry, random: number): number {
  const wholeMs = needsPerson ? mostMs : Math.min(mostMs, firstMs * 2 ** Math.min(Math.max(failures, 1) - 1, 30));
  const ownMs = Math.ceil(wholeMs * (1 - random / 2));
  return retryAfterMs === null ? ownMs : Math.max(ownMs, Math.min(retryAfterMs, RETRY_AFTER_MAX_MS));
}

/** Retry-After in seconds or as a date; null when it is neither. */
export function retryAfterMs(header: string | undefined, nowMs: number): number | null {
  if (header === undefined) return null;
  if (/^\d{1,9}$/u.test(header.trim())) return Number(header.trim()) * 1_000;
  const atMs = Date.parse(header);
  return Number.isFinite(atMs) ? Math.max(0, atMs - nowMs) : null;
}
