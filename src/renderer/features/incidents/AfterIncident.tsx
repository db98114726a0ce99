/**
 * After it (4.5.3, H.1): causes, what is to be changed, corrective actions. Each part is a panel of its own below the other; the causes
 * and the follow-ups of the chosen incident stand before the corrective actions, which are of all incidents.
 */
import type { IncidentRow } from '../../../contract/incidents.ts';
import { CorrectiveActions } from './CorrectiveActions.tsx';

/** `row`: the incident that is chosen; undefined = there is none yet. */
export function AfterIncident({ row }: { row: IncidentRow | undefined }) {
  return (
    <div className="incident-after" data-testid="incident-after" data-incident={row?.id}>
      {/* The causes and the follow-ups of `row` go here. */}
      <CorrectiveActions />
    </div>
  );
}
