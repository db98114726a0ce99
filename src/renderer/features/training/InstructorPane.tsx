/** The instructor's desk: what is on the plant now, faults, deceived transmitters, devices that fail, people and crews in the field, the line, what is seen, notes; and the truth behind the transmitters. */
import type { TrainingSection } from '../../../contract/training.ts';
import { useAnswer, useLoggedOn } from '../../store/console-context.ts';
import { EmptyState } from '../../ui/Panel.tsx';
import { useWords } from '../../ui/words.ts';
import { CrewPanel } from './CrewPanel.tsx';
import { CommsForm, NoteForm, ObserveForm, PeopleForm } from './FieldForms.tsx';
import { DeceptionForm } from './DeceptionForm.tsx';
import { DeviceForm } from './DeviceForm.tsx';
import { FaultForm } from './FaultForm.tsx';
import { NowPanel } from './NowPanel.tsx';
import { TruthPanel } from './TruthPanel.tsx';

const CATALOGUE_EVERY_MS = 60_000;

/** Whether this console leads: nobody is apart, or an instructor is logged on here. The station decides; this only says what to show. */
export function useLeads({ apart }: Pick<TrainingSection, 'apart'>): boolean {
  const session = useLoggedOn();
  return apart === null || (session !== null && !session.locked && session.roles.includes('instructor'));
}

export function InstructorPane({ training }: { training: TrainingSection }) {
  const { t } = useWords();
  const leads = useLeads(training);
  if (!training.available) return <EmptyState>{t('training.whatToDo')}</EmptyState>;
  if (!leads) return <EmptyState>{t('training.apart.note')}</EmptyState>;
  return <Desk training={training} />;
}

function Desk({ training }: { training: TrainingSection }) {
  const { output } = useAnswer('instructor.catalogue', {}, CATALOGUE_EVERY_MS);
  const devices = useAnswer('training.devices', {}, CATALOGUE_EVERY_MS).output?.devices ?? [];
  return (
    <div className="desk">
      <NowPanel training={training} faults={output?.faults ?? []} devices={devices} />
      <FaultForm faults={output?.faults ?? []} />
      <CrewPanel devices={devices} />
      <DeceptionForm />
      <DeviceForm devices={devices} />
      <PeopleForm />
      <ObserveForm />
      <CommsForm />
      <NoteForm />
      <TruthPanel training={training} />
    </div>
  );
}
