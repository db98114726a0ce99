/** How long to wait before the next attempt. Pure; no jitter: one station, one server, nobody to stampede. */

const FIRST_MS = 250;
const MAX_MS = 2000;
/** A refusal that a person has to mend is asked less often: every attempt leaves a line in the server's log. */
const REFUSED_MS = 5000;

/** Wait after the n-th failure in a row, n from 1. */
export function backoffMs(failures: number, needsPerson: boolean): number {
  if (needsPerson) return REFUSED_MS;
  return Math.min(MAX_MS, FIRST_MS * 2 ** Math.min(Math.max(failures, 1) - 1, 10));
}
