/** Terms of the standing authority matrix: days of the station's calendar as moments. */
import { RETREAT } from '../../domain/authority/granted.ts';
import type { Grant } from '../../domain/authority/grant.ts';
import type { AuthoritySource } from '../../domain/packs/schema.ts';

/** Start of a day, ms; null when the calendar has no such day (30 February). */
export function dayStartMs(day: string, plusDays = 0): number | null {
  const [year, month, date] = day.split('-').map(Number);
  if (year === undefined || month === undefined || date === undefined) return null;
  const start = new Date(year, month - 1, date);
  if (start.getFullYear() !== year || start.getMonth() !== month - 1 || start.getDate() !== date) return null;
  return plusDays === 0 ? start.getTime() : new Date(year, month - 1, date + plusDays).getTime();
}

/** From the start of the first day up to the end of the last one; null where a day is missing or is none. */
export function termOf({ validFrom, validUntil }: AuthoritySource): { readonly fromMs: number; readonly untilMs: number } | null {
  const fromMs = validFrom === undefined ? null : dayStartMs(validFrom);
  const untilMs = validUntil === undefined ? null : dayStartMs(validUntil, 1);
  return fromMs === null || untilMs === null ? null : { fromMs, untilMs };
}

/** As it is run. The entry for retreat is no grant: it takes nothing away, and nobody asks it. One without a term grants nothing. */
export function grantOf(entry: AuthoritySource): Grant[] {
  const term = termOf(entry);
  if (entry.operation === RETREAT || term === null) return [];
  const { id, operation, criticality, roles, people, signatures } = entry;
  return [{ id, operation, criticality: criticality ?? null, roles, people: people ?? null, signatures: signatures ?? 1, ...term }];
}
