/**
 * After it (3.1, 4.5.3, H.1): why it happened, what is to be changed for it, and what holds in readiness. The causes are those of the chosen
 * incident; corrective actions, follow-ups and readiness are of all. A record chosen in the time line is where a chain of why begins.
 */
import type { IncidentRow } from '../../../contract/incidents.ts';
import { usePreference } from '../../store/console-context.ts';
import { CauseAnalyses } from './CauseAnalyses.tsx';
import { CorrectiveActions } from './CorrectiveActions.tsx';
import { FollowUps } from './FollowUps.tsx';
import { Readiness } from './Readiness.tsx';
import { recordOf } from './row-words.ts';

/** `row`: the incident that is chosen; undefined = there is none yet. */
export function AfterIncident({ row }: { row: IncidentRow | undefined }) {
  const [kept] = usePreference('incident-record', '');
  return (
    <div className="incident-after" data-testid="incident-after" data-incident={row?.id}>
      <CauseAnalyses key={row?.id ?? ''} incident={row?.id ?? null} record={row === undefined ? null : recordOf(kept, row.id)} />
      <CorrectiveActions />
      <FollowUps />
      <Readiness />
    </div>
  );
}
