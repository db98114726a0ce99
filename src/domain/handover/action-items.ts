/** H.1: corrective actions that are open, the overdue ones first. */
import { isOverdue } from '../incidents/corrective-actions.ts';
import type { OpenThings } from './open-thing.ts';

export const actions: OpenThings = (_plant, state, nowMs) => state.actions.open.map((action) => {
  const worst = isOverdue(action, nowMs);
  const now = worst ? 'overdue' : action.extended.length > 0 ? 'rescheduled' : 'open';
  return {
    id: `${action.id}/${now}`, sinceMs: action.openedMs, untilMs: action.dueMs, worst,
    text: { zh: `${action.id}${worst ? '（已逾期）' : ''}，${action.responsible}：${action.measure}`, en: `${action.id}${worst ? ' (overdue)' : ''}, ${action.responsible}: ${action.measure}` },
  };
});
