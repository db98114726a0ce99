/** Which incidents a journal holds, in one pass. */
import { readRecords } from '../journal/read.ts';

export interface KnownIncident {
  readonly id: string;
  readonly openedMs: number;
  /** null: still open. */
  readonly closedMs: number | null;
  readonly firstCondition: string | null;
  /** The record that opened it. */
  readonly record: number;
}

/** More than any plant has; of a longer list the newest. */
const INCIDENTS_MAX = 10_000;

/** Oldest first. Throws when the file cannot be read. */
export function incidentsOf(journal: string): KnownIncident[] {
  const known = new Map<string, KnownIncident>();
  for (const { n, type, atMs, data } of readRecords(journal)) {
    if (type !== 'incident.opened' && type !== 'incident.closed') continue;
    const { incident, firstCondition } = data as { incident?: unknown; firstCondition?: unknown };
    if (typeof incident !== 'string') continue;
    const before = known.get(incident);
    if (type === 'incident.opened') known.set(incident, { id: incident, openedMs: atMs, closedMs: null, firstCondition: typeof firstCondition === 'string' ? firstCondition : null, record: n });
    else if (before !== undefined) known.set(incident, { ...before, closedMs: atMs });
    const [oldest] = known.keys();
    if (known.size > INCIDENTS_MAX && oldest !== undefined) known.delete(oldest);
  }
  return [...known.values()];
}
