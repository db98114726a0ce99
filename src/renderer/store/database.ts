/**
 * IndexedDB, through Dexie, in two databases because durability is set per database: what a person typed is `strict`,
 * what the station can send again is relaxed. Losing either loses nothing that counts: every call here may fail, and
 * the console goes on from memory.
 */
import Dexie from 'dexie';
import type { EntityTable, Table } from 'dexie';
import type { JournalEntryView } from '../../contract/view.ts';

export type PreferenceRow = { key: string; value: string };
export type DraftRow = { key: string; fields: Record<string, string>; atMs: number };
export type SectionRow = { name: string; section: unknown; atMs: number };
export type AlarmEventRow = { key: string; atMs: number; id: string; zh: string; en: string; priority: number; change: string; by: string | null };
/** Of one incident as the list shows it. `row` is looked at anew when it is read: what is in a browser's store may have been changed. */
export type IncidentStoreRow = { id: string; openedMs: number; row: unknown };
export type IncidentEventRow = { incident: string; n: number; event: unknown };
/** How far the time line of an incident is kept: all its records up to `upTo`, which made `count` events. */
export type IncidentPartRow = { incident: string; upTo: number; count: number; usedMs: number };
/** Whose incidents these are, and how far that journal had come when the station last spoke. `next`: where the list goes on. */
export type IncidentJournalRow = { key: 'journal'; identity: string; records: number; next: number | null; atMs: number };
export type TrendRow = { tag: string; points: [number, number | null][]; atMs: number };

const MIRROR_NAME = 'haven-mirror';

class OwnDatabase extends Dexie {
  declare readonly preferences: EntityTable<PreferenceRow, 'key'>;
  declare readonly drafts: EntityTable<DraftRow, 'key'>;
  constructor() {
    super('haven-own', { chromeTransactionDurability: 'strict' });
    this.version(1).stores({ preferences: 'key', drafts: 'key' });
  }
}

class MirrorDatabase extends Dexie {
  declare readonly sections: EntityTable<SectionRow, 'name'>;
  declare readonly journal: EntityTable<JournalEntryView, 'n'>;
  declare readonly alarmEvents: EntityTable<AlarmEventRow, 'key'>;
  declare readonly trends: EntityTable<TrendRow, 'tag'>;
  declare readonly incidents: EntityTable<IncidentStoreRow, 'id'>;
  declare readonly incidentEvents: Table<IncidentEventRow, [string, number]>;
  declare readonly incidentParts: EntityTable<IncidentPartRow, 'incident'>;
  declare readonly incidentJournal: EntityTable<IncidentJournalRow, 'key'>;
  constructor() {
    super(MIRROR_NAME);
    this.version(1).stores({ sections: 'name', journal: 'n, atMs', alarmEvents: 'key, atMs', trends: 'tag' });
    this.version(2).stores({ incidents: 'id, openedMs', incidentEvents: '[incident+n], incident', incidentParts: 'incident, usedMs', incidentJournal: 'key' });
  }
}

let own: OwnDatabase | null = null;
let mirror: MirrorDatabase | null = null;
export const ownDatabase = (): OwnDatabase => (own ??= new OwnDatabase());
let generation = 0;

export function mirrorDatabase(): MirrorDatabase {
  if (mirror !== null) return mirror;
  mirror = new MirrorDatabase();
  // Somebody deletes it or the browser takes it away: Dexie lets go of it, and opens an empty one at the next call.
  const isLost = (): void => { generation += 1; };
  mirror.on('versionchange', isLost);
  mirror.on('close', isLost);
  return mirror;
}

/** Goes up when the mirror was lost while the console ran: whoever keeps something in it writes it anew. */
export const mirrorGeneration = (): number => generation;

/** A mirror that cannot be opened or written (broken, full, of a version to come) is thrown away: the station can send everything again. */
export async function rebuildMirror(): Promise<boolean> {
  const broken = mirror;
  mirror = null;
  generation += 1;
  return withDatabase(async () => {
    broken?.close();
    await Dexie.delete(MIRROR_NAME);
    return true;
  }, false);
}

/** Runs against IndexedDB if it is there, within the time given; otherwise the fallback. Never throws, never waits long. */
export async function withDatabase<T>(work: () => PromiseLike<T>, fallback: T, timeoutMs = 1_000): Promise<T> {
  try {
    return await Promise.race([work(), new Promise<T>((resolve) => setTimeout(() => resolve(fallback), timeoutMs))]);
  } catch {
    return fallback;
  }
}
