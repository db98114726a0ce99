/** Filter of the alarm list: what somebody chose not to look at now. The screen always says how many are left out. */
import type { AlarmView, Priority } from '../../../contract/view.ts';

export const STATE_FILTERS = ['unacknowledged', 'acknowledged', 'returned', 'latched', 'overdue', 'firstOut', 'unknown'] as const;
export type StateFilter = (typeof STATE_FILTERS)[number];
export type AlarmFilter = { priorities: readonly Priority[]; area: string; state: StateFilter | ''; class: AlarmView['class'] | ''; text: string };

export const NO_FILTER: AlarmFilter = { priorities: [], area: '', state: '', class: '', text: '' };
/** Area filter for alarms that come from no unit of the plant. */
export const NO_AREA = '-';

export const isFiltering = (filter: AlarmFilter): boolean =>
  filter.priorities.length > 0 || filter.area !== '' || filter.state !== '' || filter.class !== '' || filter.text.trim() !== '';

const STATES: Record<StateFilter, (alarm: AlarmView) => boolean> = {
  unacknowledged: (alarm) => alarm.state === 'unacknowledged',
  acknowledged: (alarm) => alarm.state === 'acknowledged',
  returned: (alarm) => alarm.state === 'returned',
  latched: (alarm) => alarm.latched,
  overdue: (alarm) => alarm.overdueMs !== null,
  firstOut: (alarm) => alarm.firstOut !== null,
  unknown: (alarm) => alarm.condition === 'unknown',
};

export function matches(alarm: AlarmView, filter: AlarmFilter): boolean {
  const wanted = filter.text.trim().toLowerCase();
  return (filter.priorities.length === 0 || filter.priorities.includes(alarm.priority))
    && (filter.area === '' || (alarm.area?.id ?? NO_AREA) === filter.area)
    && (filter.state === '' || STATES[filter.state](alarm))
    && (filter.class === '' || alarm.class === filter.class)
    && (wanted === '' || [alarm.id, alarm.title.zh, alarm.title.en, alarm.reading?.tag ?? '', ...alarm.clauses, ...alarm.procedures].some((words) => words.toLowerCase().includes(wanted)));
}
