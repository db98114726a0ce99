/** The instructor's desk: faults, deceived transmitters, people and hands in the field, the line, what is seen, notes; and the truth behind the transmitters. */
import type { TrainingSection } from '../../../contract/training.ts';
import { useAnswer, useLoggedOn } from '../../store/console-context.ts';
import { EmptyState } from '../../ui/Panel.tsx';
import { useWords } from '../../ui/words.ts';
import { CommsForm, FieldForm, NoteForm, ObserveForm } from './FieldForms.tsx';
import { DeceptionForm } from './DeceptionForm.tsx';
import { FaultForm } from './FaultForm.tsx';
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
  return (
    <div className="desk">
      <FaultForm faults={output?.faults ?? []} />
      <DeceptionForm />
      <FieldForm />
      <ObserveForm />
      <CommsForm />
      <NoteForm />
      <TruthPanel training={training} />
    </div>
  );
}
