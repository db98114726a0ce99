/** Puts a delta of alarms on a section. Part of the contract, because it is what a delta means. Pure. */
import { ALARM_EVENTS_MAX } from './view.ts';
import type { AlarmsDelta, AlarmsSection, AlarmView } from './view.ts';

const LISTS = ['active', 'shelved', 'suppressed', 'outOfService'] as const;

/**
 * The section after the delta; rows in no order. Null when the delta stands on another version: ask for a snapshot.
 * A list that did not change is the same array as before.
 */
export function foldAlarms(section: AlarmsSection, delta: AlarmsDelta): AlarmsSection | null {
  if (delta.from !== section.version) return null;
  const gone = new Set([...delta.removed, ...delta.changed.map(({ id }) => id)]);
  const lists = Object.fromEntries(LISTS.map((list) => [list, foldList(section[list], delta.changed.filter((row) => row.list === list), gone)])) as Record<typeof LISTS[number], AlarmView[]>;
  return { ...delta.head, ...lists, version: delta.version, history: [...delta.history, ...section.history].slice(0, ALARM_EVENTS_MAX) };
}

/** Rows keep their place; new ones come last. */
function foldList(rows: AlarmView[], changed: readonly AlarmView[], gone: ReadonlySet<string>): AlarmView[] {
  if (changed.length === 0 && !rows.some(({ id }) => gone.has(id))) return rows;
  const news = new Map(changed.map((row) => [row.id, row]));
  const kept = rows.flatMap((row) => {
    const now = news.get(row.id);
    news.delete(row.id);
    return now === undefined ? (gone.has(row.id) ? [] : [row]) : [now];
  });
  return [...kept, ...news.values()];
}
