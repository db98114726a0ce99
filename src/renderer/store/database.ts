/**
 * IndexedDB, through Dexie, in two databases because durability is set per database: what a person typed is `strict`,
 * what the station can send again is relaxed. Losing either loses nothing that counts: every call here may fail, and
 * the console goes on from memory.
 */
import Dexie from 'dexie';
import type { EntityTable } from 'dexie';
import type { JournalEntryView } from '../../contract/view.ts';

export type PreferenceRow = { key: string; value: string };
export type DraftRow = { key: string; fields: Record<string, string>; atMs: number };
export type SectionRow = { name: string; section: unknown; atMs: number };
export type AlarmEventRow = { key: string; atMs: number; id: string; zh: string; en: string; priority: number; change: string; by: string | null };
export type TrendRow = { tag: string; points: [number, number | null][]; atMs: number };

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
  constructor() {
    super('haven-mirror');
    this.version(1).stores({ sections: 'name', journal: 'n, atMs', alarmEvents: 'key, atMs', trends: 'tag' });
  }
}

let own: OwnDatabase | null = null;
let mirror: MirrorDatabase | null = null;
export const ownDatabase = (): OwnDatabase => (own ??= new OwnDatabase());
export const mirrorDatabase = (): MirrorDatabase => (mirror ??= new MirrorDatabase());

/** Runs against IndexedDB if it is there, within the time given; otherwise the fallback. Never throws, never waits long. */
export async function withDatabase<T>(work: () => PromiseLike<T>, fallback: T, timeoutMs = 1_000): Promise<T> {
  try {
    return await Promise.race([work(), new Promise<T>((resolve) => setTimeout(() => resolve(fallback), timeoutMs))]);
  } catch {
    return fallback;
  }
}
