/** The section `actions`: corrective actions by urgency, with the titles of the procedures that they concern. */
import { CLOSED_SHOWN_MAX } from '../../contract/actions.ts';
import type { ActionView } from '../../contract/actions.ts';
import type { ActionsSection } from '../../contract/view.ts';
import { isOverdue, overdueOf, RESCHEDULES_MAX } from '../../domain/incidents/corrective-actions.ts';
import type { CorrectiveAction } from '../../domain/incidents/corrective-actions.ts';
import type { Plant } from '../../domain/station/plant.ts';
import type { StationState } from '../../domain/station/state.ts';

export function actionsSection(plant: Plant, { actions }: StationState, nowMs: number): ActionsSection {
  const view = (action: CorrectiveAction): ActionView => ({
    ...action, overdue: isOverdue(action, nowMs), movable: action.closed === null && action.extended.length < RESCHEDULES_MAX,
    // A procedure that these packs no longer have goes by its id.
    procedures: action.procedures.map((id) => ({ id, title: plant.procedures.get(id)?.title ?? { zh: id, en: id } })),
    extended: action.extended.map((each) => ({ ...each })),
  });
  return {
    // The nearest deadline first: those that have passed stand before all others.
    open: actions.open.toSorted((a, b) => a.dueMs - b.dueMs || a.openedMs - b.openedMs).map(view),
    closed: actions.closed.slice(0, CLOSED_SHOWN_MAX).map(view),
    overdue: overdueOf(actions, nowMs).length,
  };
}
