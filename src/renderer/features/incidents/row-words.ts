/** Between the row of an incident and its words. */
import type { Priority } from '../../../contract/view.ts';

const PRIORITIES: readonly Priority[] = [1, 2, 3, 4];
export const priorityOf = (worst: number | null | undefined): Priority | null => PRIORITIES.find((each) => each === worst) ?? null;

/** What is kept of the record chosen in a time line: of which incident it is, and its number. */
export const recordKept = (incident: string, n: number): string => `${incident}/${String(n)}`;

/** The record that was chosen in this incident's time line; null = none, or one of another incident. */
export function recordOf(kept: string, incident: string): number | null {
  const n = kept.startsWith(`${incident}/`) ? Number(kept.slice(incident.length + 1)) : Number.NaN;
  return Number.isSafeInteger(n) && n > 0 ? n : null;
}
