/** Alarm events out of the journal, newest first, page by page. A call reads a bounded number of records, however long the journal. */
import type { CommandInput, CommandOutput } from '../../contract/commands.ts';
import type { AlarmEventView } from '../../contract/view.ts';
import type { JournalRecord } from '../../domain/journal/record.ts';
import { alarmChangeOf } from '../../domain/station/evolve-alarm.ts';
import type { AlarmFact } from '../../domain/station/evolve-alarm.ts';
import type { Plant } from '../../domain/station/plant.ts';
import type { Journal } from '../journal/journal.ts';
import { toFact } from './core.ts';

type Query = CommandInput<'alarm.history'>;

/** Records in one step back, and most records that one call looks at. */
const STEP = 1_000;
export const LOOKED_AT_MAX = 20_000;

export function readAlarmHistory(journal: Pick<Journal, 'records' | 'status'>, plant: Plant, query: Query): CommandOutput<'alarm.history'> {
  const events: AlarmEventView[] = [];
  // Records stand in the order of their times: the station's clock never steps back.
  let before = query.cursor === undefined ? firstAfter(journal, query.toMs) : Math.min(query.cursor, journal.status().records + 1);
  for (let looked = 0; before > 1 && looked < LOOKED_AT_MAX;) {
    const from = Math.max(1, before - STEP);
    const records = take(journal, from, before);
    looked += records.length;
    for (const record of records.reverse()) {
      if (record.atMs < query.fromMs) return { events, next: null };
      before = record.n;
      const event = record.atMs > query.toMs ? null : eventOf(plant, record);
      if (event === null || !matches(plant, event, query.filter)) continue;
      events.push(event);
      if (events.length === query.limit) return { events, next: before > 1 ? before : null };
    }
    before = from;
  }
  return { events, next: before > 1 ? before : null };
}

function take(journal: Pick<Journal, 'records'>, from: number, before: number): JournalRecord[] {
  const records: JournalRecord[] = [];
  for (const record of journal.records(from)) {
    if (record.n >= before) break;
    records.push(record);
  }
  return records;
}

/** Number of the first record later than `atMs`, by halving. */
function firstAfter(journal: Pick<Journal, 'records' | 'status'>, atMs: number): number {
  let [low, high] = [1, journal.status().records + 1];
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    const [record] = take(journal, middle, middle + 1);
    if (record !== undefined && record.atMs <= atMs) low = middle + 1;
    else high = middle;
  }
  return low;
}

function eventOf(plant: Plant, record: JournalRecord): AlarmEventView | null {
  const found = toFact(record);
  if (found === null || !isAlarmFact(found)) return null;
  const id = found.type === 'alarm.first-out' ? (found.data.first ?? found.data.possible[0] ?? found.data.group) : found.data.id;
  const def = plant.alarms.get(id);
  return { n: record.n, atMs: found.atMs, id, title: def?.title ?? { zh: id, en: id }, priority: def?.priority ?? 1, change: alarmChangeOf(found.type), by: found.by };
}

const isAlarmFact = (f: { readonly type: string }): f is AlarmFact => f.type.startsWith('alarm.');

function matches(plant: Plant, { id, priority, change, by }: AlarmEventView, filter: Query['filter']): boolean {
  return (filter.id === undefined || filter.id === id)
    && (filter.priority === undefined || filter.priority.includes(priority))
    && (filter.change === undefined || filter.change.includes(change))
    && (filter.by === undefined || filter.by === by)
    && (filter.area === undefined || plant.alarms.get(id)?.area === filter.area);
}
