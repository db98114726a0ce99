/** The orders of the alarm list. Every order ends with the id, so that no two rows are equal and a place is never in doubt. */
import type { AlarmView } from '../../../contract/view.ts';

export const ALARM_SORTS = ['priority', 'time', 'state', 'left', 'title', 'area'] as const;
export type AlarmSort = (typeof ALARM_SORTS)[number];
export type AlarmOrder = { sort: AlarmSort; reversed: boolean };
type Compare = (a: AlarmView, b: AlarmView) => number;

const STATE_ORDER = { unacknowledged: 0, returned: 1, acknowledged: 2 } as const;

const text = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
const byId: Compare = (a, b) => text(a.id, b.id);
const newest: Compare = (a, b) => b.raisedMs - a.raisedMs;
const byState: Compare = (a, b) => STATE_ORDER[a.state] - STATE_ORDER[b.state];
/** An answered alarm waits for nobody; it comes after all that wait. */
const soonest: Compare = (a, b) => Number(a.acknowledged) - Number(b.acknowledged) || a.answerByMs - b.answerByMs;

/** What each column sorts by when it is chosen first; reversed turns the first word round and keeps the rest. */
const FIRST: Record<AlarmSort, Compare> = {
  priority: (a, b) => a.priority - b.priority,
  time: newest,
  state: byState,
  left: soonest,
  title: (a, b) => text(a.reading?.tag ?? a.id, b.reading?.tag ?? b.id),
  area: (a, b) => text(a.area?.id ?? '', b.area?.id ?? ''),
};

export function compareBy({ sort, reversed }: AlarmOrder): Compare {
  const first = FIRST[sort];
  const sign = reversed ? -1 : 1;
  return (a, b) => sign * first(a, b) || a.priority - b.priority || byState(a, b) || newest(a, b) || byId(a, b);
}

/** As a preference: `time`, `time!` (reversed). */
export const orderText = ({ sort, reversed }: AlarmOrder): string => `${sort}${reversed ? '!' : ''}`;
export function orderOf(words: string): AlarmOrder {
  const reversed = words.endsWith('!');
  return { sort: ALARM_SORTS.find((sort) => sort === (reversed ? words.slice(0, -1) : words)) ?? 'priority', reversed };
}
