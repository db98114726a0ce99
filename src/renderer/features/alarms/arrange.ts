/** Order and filter of the alarm list. Filtering hides rows here only; the banner always counts all. */
import type { AlarmView } from '../../../contract/view.ts';

export const ALARM_SORTS = ['priority', 'time', 'state'] as const;
export type AlarmSort = (typeof ALARM_SORTS)[number];

const STATE_ORDER = { unacknowledged: 0, acknowledged: 1, returned: 2 } as const;

export function arrange(alarms: readonly AlarmView[], sort: AlarmSort, filter: string): AlarmView[] {
  const wanted = filter.trim().toLowerCase();
  const matching = wanted === '' ? [...alarms] : alarms.filter((alarm) => [alarm.id, alarm.title.zh, alarm.title.en, alarm.reading?.tag ?? '', ...alarm.clauses].some((text) => text.toLowerCase().includes(wanted)));
  return matching.sort(ORDERS[sort]);
}

const newest = (a: AlarmView, b: AlarmView): number => b.raisedMs - a.raisedMs;
const byState = (a: AlarmView, b: AlarmView): number => STATE_ORDER[a.state] - STATE_ORDER[b.state];
const ORDERS: Record<AlarmSort, (a: AlarmView, b: AlarmView) => number> = {
  priority: (a, b) => a.priority - b.priority || byState(a, b) || newest(a, b),
  time: newest,
  state: (a, b) => byState(a, b) || a.priority - b.priority || newest(a, b),
};
