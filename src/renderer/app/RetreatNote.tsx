/** What came of a stop or an evacuation, with its time; and the paper card when the station is silent (architecture rule 7). */
import { useSection } from '../store/console-context.ts';
import { clockTime } from '../ui/format.ts';
import { useWords } from '../ui/words.ts';

export type Retreat = { key: number; kind: 'stop' | 'evacuate'; calledMs: number; phase: 'tooShort' | 'sent' | 'done' | 'unanswered'; actedOn: 'simulator' | 'people' | null };

const FALLBACK_STEPS_MAX = 8;

export function RetreatNote({ retreat, onClose }: { retreat: Retreat; onClose(): void }) {
  const { t } = useWords();
  return (
    <div className={`retreat-note retreat-note-${retreat.phase}`} data-testid="retreat-note" data-kind={retreat.kind} data-phase={retreat.phase}>
      <p className="retreat-note-line"><strong>{t(`retreat.${retreat.kind}`)}</strong> <span>{t(`retreat.phase.${retreat.phase}`, { at: clockTime(retreat.calledMs) })}</span></p>
      {retreat.phase === 'done' && retreat.actedOn !== null ? <p className="retreat-note-line">{t(`retreat.actedOn.${retreat.actedOn}.${retreat.kind}`)}</p> : null}
      {retreat.phase === 'unanswered' ? <Fallback kind={retreat.kind} /> : null}
      {retreat.phase === 'tooShort' ? null : <button type="button" className="button" onClick={onClose}>{t('retreat.close')}</button>}
    </div>
  );
}

function Fallback({ kind }: { kind: 'stop' | 'evacuate' }) {
  const { t, text } = useWords();
  const procedure = useSection('upset')?.procedures[0];
  const steps = procedure?.steps.filter((step) => step.direction === 'retreat' && step.state !== 'done').slice(0, FALLBACK_STEPS_MAX) ?? [];
  return (
    <div className="retreat-fallback">
      <p className="retreat-fallback-first">{t(`retreat.fallback.${kind}`)}</p>
      {procedure === undefined || steps.length === 0 ? null : (
        <>
          <p>{t('retreat.lastProcedure', { title: text(procedure.title) })}</p>
          <ol>{steps.map((step) => <li key={step.id} value={step.number}>{text(step.text)}</li>)}</ol>
        </>
      )}
      <p>{t('retreat.paper')}</p>
      <p className="hint">{t('retreat.queued')}</p>
    </div>
  );
}
