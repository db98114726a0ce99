/**
 * Incidents and their time lines in IndexedDB: a copy of what the station read out of its journal, so that they are there at once and also
 * without a connection. It belongs to one journal; that of another one is thrown away. Whatever is broken in it is taken for not there.
 */
import Dexie from 'dexie';
import { incidentEventSchema, incidentRowSchema } from '../../contract/incidents.ts';
import type { IncidentEvent, IncidentRow } from '../../contract/incidents.ts';
import { mirrorDatabase, mirrorGeneration, rebuildMirror, withDatabase } from './database.ts';
import type { IncidentJournalRow } from './database.ts';

/** Bounds of what is kept: incidents, and events of all time lines together. */
export const INCIDENTS_KEPT_MAX = 1_000;
export const EVENTS_KEPT_MAX = 100_000;
/** After a failure the store is left alone for so long: a store that does not answer must not hold up the screen each time. */
const AGAIN_MS = 10_000;
/** How long the screen waits for the store before it goes to the station, and how long a long time line may take to be written. */
const READ_TIMEOUT_MS = 1_000;
const WRITE_TIMEOUT_MS = 5_000;
const FAILED = Symbol('failed');

export type KeptStory = { events: IncidentEvent[]; upTo: number };

export class IncidentMirror {
  private failedAtMs: number | null = null;
  private failures = 0;
  private failuresEver = 0;

  /** False while it does not work; everything then comes from the station. */
  get isAvailable(): boolean { return this.failedAtMs === null; }
  /** Goes up when what was written may be gone: the store was lost, or a write did not come through. */
  get generation(): number { return mirrorGeneration() + this.failuresEver; }

  journal(): Promise<IncidentJournalRow | undefined> {
    return this.attempt(() => mirrorDatabase().incidentJournal.get('journal'), undefined);
  }

  /** Makes it the mirror of this journal. What is in it of another one, or of more records than this one has, is thrown away. */
  async settle(identity: string, records: number, atMs: number): Promise<void> {
    await this.attempt(async () => {
      const database = mirrorDatabase();
      await database.transaction('rw', [database.incidents, database.incidentEvents, database.incidentParts, database.incidentJournal], async () => {
        const known = await database.incidentJournal.get('journal');
        const isSame = known?.identity === identity && known.records <= records;
        if (!isSame) await Promise.all([database.incidents.clear(), database.incidentEvents.clear(), database.incidentParts.clear()]);
        await database.incidentJournal.put({ key: 'journal', identity, records, next: isSame ? known.next : null, atMs });
      });
    }, undefined);
  }

  /** Newest first; a row that is not one is taken out. */
  async rows(): Promise<IncidentRow[]> {
    const kept = await this.attempt(() => mirrorDatabase().incidents.orderBy('openedMs').reverse().limit(INCIDENTS_KEPT_MAX).toArray(), []);
    return kept.flatMap(({ row }) => incidentRowSchema.safeParse(row).data ?? []);
  }

  /** False = nobody knows whether they are there, and whoever has them brings them again. */
  async keepRows(rows: readonly IncidentRow[], left: readonly string[], journal: Omit<IncidentJournalRow, 'key'>): Promise<boolean> {
    return this.attempt(async () => {
      const database = mirrorDatabase();
      await database.transaction('rw', [database.incidents, database.incidentJournal], async () => {
        await database.incidents.bulkDelete([...left]);
        await database.incidents.bulkPut(rows.slice(0, INCIDENTS_KEPT_MAX).map((row) => ({ id: row.id, openedMs: row.openedMs, row })));
        await database.incidentJournal.put({ key: 'journal', ...journal });
      });
      return true;
    }, false, WRITE_TIMEOUT_MS);
  }

  /** Null when it is not there whole: then all of it comes from the station, and what is there of it goes. */
  async story(incident: string, nowMs: number): Promise<KeptStory | null> {
    const kept = await this.attempt(async () => {
      const database = mirrorDatabase();
      const part = await database.incidentParts.get(incident);
      if (part === undefined) return null;
      await database.incidentParts.update(incident, { usedMs: nowMs });
      return { part, rows: await database.incidentEvents.where('[incident+n]').between([incident, Dexie.minKey], [incident, Dexie.maxKey]).toArray() };
    }, null);
    if (kept === null) return null;
    const events: IncidentEvent[] = [];
    for (const { event, n } of kept.rows) {
      const parsed = incidentEventSchema.safeParse(event);
      if (parsed.success && parsed.data.n === n && n <= kept.part.upTo) events.push(parsed.data);
    }
    if (events.length === kept.rows.length && events.length === kept.part.count) return { events, upTo: kept.part.upTo };
    await this.dropStory(incident);
    return null;
  }

  /** Adds a page. All of it is there afterwards, or none of it; false = nobody knows, and whoever has it brings it again. */
  async keepStory(incident: string, page: readonly IncidentEvent[], part: { upTo: number; count: number; usedMs: number }): Promise<boolean> {
    return this.attempt(async () => {
      const database = mirrorDatabase();
      await database.transaction('rw', [database.incidentEvents, database.incidentParts], async () => {
        await database.incidentEvents.bulkPut(page.map((event) => ({ incident, n: event.n, event })));
        await database.incidentParts.put({ incident, ...part });
      });
      await this.makeRoom(incident);
      return true;
    }, false, WRITE_TIMEOUT_MS);
  }

  async dropStory(incident: string): Promise<void> {
    await this.attempt(() => dropStory(incident), undefined);
  }

  /** The time lines that nobody has looked at for longest go first. */
  private async makeRoom(incident: string): Promise<void> {
    const parts = await mirrorDatabase().incidentParts.orderBy('usedMs').toArray();
    let total = parts.reduce((sum, { count }) => sum + count, 0);
    for (const part of parts) {
      if (total <= EVENTS_KEPT_MAX || part.incident === incident) continue;
      await dropStory(part.incident);
      total -= part.count;
    }
  }

  /** At the second failure in a row the store is thrown away and begun anew; meanwhile the console goes on without it. */
  private async attempt<T>(work: () => PromiseLike<T>, fallback: T, timeoutMs = READ_TIMEOUT_MS): Promise<T> {
    if (this.failedAtMs !== null && performance.now() - this.failedAtMs < AGAIN_MS) return fallback;
    const outcome = await withDatabase<T | typeof FAILED>(work, FAILED, timeoutMs);
    if (outcome !== FAILED) {
      this.failedAtMs = null;
      this.failures = 0;
      return outcome;
    }
    this.failedAtMs = performance.now();
    this.failures += 1;
    this.failuresEver += 1;
    if (this.failures % 2 === 0) void rebuildMirror();
    return fallback;
  }
}

async function dropStory(incident: string): Promise<void> {
  const database = mirrorDatabase();
  await database.transaction('rw', [database.incidentEvents, database.incidentParts], async () => {
    await database.incidentEvents.where('[incident+n]').between([incident, Dexie.minKey], [incident, Dexie.maxKey]).delete();
    await database.incidentParts.delete(incident);
  });
}
