/**
 * What of the journal the KPIs are computed from. Reads records as they stand, of this version or an older one: what is not about
 * alarms, upsets or the station's own running tells only that the station was alive.
 */
import type { JournalEntry } from '../journal/record.ts';

/** Ways in which an alarm may be raised and not annunciated. */
export type HiddenBy = 'shelved' | 'suppressed' | 'outOfService';

export type KpiEvent =
  | { readonly kind: 'raised'; readonly atMs: number; readonly id: string; readonly priority: 1 | 2 | 3 | 4; /** Raised while shelved, suppressed or out of service: on record, not put before the operator. */ readonly isHidden: boolean }
  | { readonly kind: 'again' | 'returned' | 'cleared' | 'acknowledged' | 'overdue'; readonly atMs: number; readonly id: string }
  | { readonly kind: 'hidden'; readonly atMs: number; readonly id: string; readonly by: HiddenBy; readonly isHidden: boolean; readonly isAuthorised: boolean }
  | { readonly kind: 'upset' | 'started' | 'stopped' | 'alive'; readonly atMs: number };

const SIMPLE: Readonly<Record<string, 'again' | 'returned' | 'cleared' | 'acknowledged' | 'overdue'>> = {
  'alarm.raised-again': 'again', 'alarm.returned': 'returned', 'alarm.cleared': 'cleared', 'alarm.reset': 'cleared', 'alarm.acknowledged': 'acknowledged', 'alarm.overdue': 'overdue',
};
const HIDING: Readonly<Record<string, readonly [HiddenBy, boolean]>> = {
  'alarm.shelved': ['shelved', true], 'alarm.unshelved': ['shelved', false],
  'alarm.suppressed': ['suppressed', true], 'alarm.unsuppressed': ['suppressed', false],
  'alarm.out-of-service': ['outOfService', true], 'alarm.in-service': ['outOfService', false],
};
const STATION: Readonly<Record<string, 'upset' | 'started' | 'stopped'>> = { 'incident.opened': 'upset', 'station.started': 'started', 'station.stopped': 'stopped' };

const own = <T>(table: Readonly<Record<string, T>>, key: string): T | undefined => (Object.hasOwn(table, key) ? table[key] : undefined);

/** The event in a journal record. Never throws: a record of a strange shape only says that the station was alive. */
export function kpiEventOf({ type, atMs, by, data }: Pick<JournalEntry, 'type' | 'atMs' | 'by' | 'data'>): KpiEvent {
  const station = own(STATION, type);
  if (station !== undefined) return { kind: station, atMs };
  const id = textOf(data, 'id');
  if (id === null) return { kind: 'alive', atMs };
  if (type === 'alarm.raised') return { kind: 'raised', atMs, id, priority: priorityOf(data), isHidden: own(data as Readonly<Record<string, unknown>>, 'hidden') === true };
  const simple = own(SIMPLE, type);
  if (simple !== undefined) return { kind: simple, atMs, id };
  const hiding = own(HIDING, type);
  if (hiding === undefined) return { kind: 'alive', atMs };
  const [hiddenBy, isHidden] = hiding;
  // Suppression by design is the pack's doing; shelving and out of service are a person's, with a reason, or they are unauthorised.
  const isAuthorised = !isHidden || hiddenBy === 'suppressed' || (by !== null && (textOf(data, 'reason') ?? '').trim() !== '');
  return { kind: 'hidden', atMs, id, by: hiddenBy, isHidden, isAuthorised };
}

function textOf(data: unknown, key: string): string | null {
  if (typeof data !== 'object' || data === null || !Object.hasOwn(data, key)) return null;
  const value: unknown = (data as Record<string, unknown>)[key];
  return typeof value === 'string' && value !== '' ? value : null;
}

/** What has no readable priority counts as the highest: nothing is made harmless by being illegible. */
function priorityOf(data: unknown): 1 | 2 | 3 | 4 {
  const value: unknown = typeof data === 'object' && data !== null ? (data as Record<string, unknown>)['priority'] : null;
  return value === 2 || value === 3 || value === 4 ? value : 1;
}
