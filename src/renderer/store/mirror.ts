/**
 * A local copy of what was last shown, so that a console that starts while its station is dead still has the running
 * procedure to read out (architecture rule 7). Everything recalled from here is shown as stale.
 */
import type { SectionName, View } from '../../contract/view.ts';
import { viewSchemas } from '../../contract/view.ts';
import { mirrorDatabase, mirrorGeneration, withDatabase } from './database.ts';
import type { ConsoleModel } from './model.ts';

const WRITE_EVERY_MS = 2_000;
const ROWS_MAX = 5_000;
/** A long alarm list is written whole, so not at every turn: what the station can send again must not cost the screen its time. */
const ALARMS_LONG = 500;
const LONG_ALARMS_EVERY_MS = 60_000;
const SECTION_NAMES = Object.keys(viewSchemas) as SectionName[];

/** Reads the mirrored sections; anything that no longer parses is left out. */
export async function recallSections(): Promise<Partial<View>> {
  const rows = await withDatabase(() => mirrorDatabase().sections.toArray(), []);
  const sections: Record<string, unknown> = {};
  for (const row of rows) {
    const name = SECTION_NAMES.find((known) => known === row.name);
    if (name === undefined) continue;
    const parsed = viewSchemas[name].safeParse(row.section);
    if (parsed.success) sections[name] = parsed.data;
  }
  return sections as Partial<View>;
}

export function keepMirror(model: ConsoleModel): void {
  const written = new Map<SectionName, unknown>();
  let alarmsVersion = -1, alarmsAtMs = -Infinity, generation = mirrorGeneration();
  const alarmsAreDue = (): boolean => model.alarms.currentVersion() !== alarmsVersion
    && ((model.alarms.currentHead()?.counts.active ?? 0) < ALARMS_LONG || model.nowMs() - alarmsAtMs >= LONG_ALARMS_EVERY_MS);
  setInterval(() => {
    if (!model.linkToStation().connected) return;
    // A store that was lost meanwhile has nothing of what was written.
    if (generation !== mirrorGeneration()) { generation = mirrorGeneration(); written.clear(); alarmsVersion = -1; alarmsAtMs = -Infinity; }
    const isDue = (name: SectionName): boolean => (name === 'alarms' ? alarmsAreDue() : written.get(name) !== model.section(name));
    const fresh = SECTION_NAMES.filter((name) => isDue(name) && model.section(name) !== undefined);
    for (const name of fresh) {
      if (name === 'alarms') { alarmsVersion = model.alarms.currentVersion(); alarmsAtMs = model.nowMs(); }
      else written.set(name, model.section(name));
    }
    if (fresh.length > 0) void withDatabase(() => writeSections(model, fresh), undefined, WRITE_EVERY_MS);
  }, WRITE_EVERY_MS);
}

async function writeSections(model: ConsoleModel, names: SectionName[]): Promise<void> {
  const database = mirrorDatabase();
  await database.sections.bulkPut(names.map((name) => ({ name, section: model.section(name), atMs: model.nowMs() })));
  if (names.includes('journal')) {
    await database.journal.bulkPut(model.section('journal')?.tail ?? []);
    await trim(database.journal);
  }
  if (names.includes('alarms')) {
    const events = model.section('alarms')?.history ?? [];
    await database.alarmEvents.bulkPut(events.map((event) => ({ key: `${event.atMs}/${event.id}/${event.change}`, atMs: event.atMs, id: event.id, zh: event.title.zh, en: event.title.en, priority: event.priority, change: event.change, by: event.by })));
    await trim(database.alarmEvents);
  }
}

async function trim(table: { count(): PromiseLike<number>; orderBy(index: 'atMs'): { limit(rows: number): { delete(): PromiseLike<number> } } }): Promise<void> {
  const rows = await table.count();
  if (rows > ROWS_MAX) await table.orderBy('atMs').limit(rows - ROWS_MAX).delete();
}
