/** The end of an analysis: each procedure that was used is to be updated or stays, and an engineer and a supervisor sign. */
import { REVIEW_OUTCOMES } from '../../../contract/aftermath.ts';
import type { AnalysisView } from '../../../contract/aftermath.ts';
import { useCommand, useDraft } from '../../store/console-context.ts';
import { CommandAnswer } from '../../ui/CommandAnswer.tsx';
import { AreaField, SelectField, TextField } from '../../ui/Field.tsx';
import { dateTime } from '../../ui/format.ts';
import { SignedAction } from '../../ui/SignatureForm.tsx';
import { TwoSignaturesAction } from '../../ui/TwoSignatures.tsx';
import { useWords } from '../../ui/words.ts';
import { noteField, outcomeField, reviewsOf } from './analysis-fields.ts';

export function CauseAnalysisConclusion({ analysis }: { analysis: AnalysisView }) {
  const { t } = useWords();
  return <><h3>{t('analysis.conclusion')}</h3>{analysis.concluded === null ? <Conclude analysis={analysis} /> : <Concluded analysis={analysis} concluded={analysis.concluded} />}</>;
}

function Conclude({ analysis }: { analysis: AnalysisView }) {
  const { t } = useWords();
  const { incident } = analysis;
  const { status, run } = useCommand('analysis.conclude');
  const { fields, setField, clear } = useDraft(`analysis-conclude/${incident}`);
  return (
    <TwoSignaturesAction
      label={t('analysis.conclude')} formLabel={`${t('analysis.conclude')} ${incident}`} labels={[t('analysis.engineer'), t('analysis.supervisor')]} testId="analysis-conclude" busy={status.phase === 'busy'} answer={<CommandAnswer status={status} done={t('command.done')} />}
      onSign={async ({ first, second }) => {
        const accepted = await run({ incident, text: fields['text'] ?? '', reviews: reviewsOf(fields, analysis), engineer: first, supervisor: second });
        if (accepted) clear();
        return accepted;
      }}
    >
      <p className="hint">{t('analysis.concludeHint')}</p>
      <Reviews analysis={analysis} fields={fields} setField={setField} />
      <AreaField label={t('analysis.conclusion')} value={fields['text'] ?? ''} maxLength={2_000} onChange={(value) => setField('text', value)} testId="analysis-conclusion-text" />
    </TwoSignaturesAction>
  );
}

function Reviews({ analysis: { procedures }, fields, setField }: { analysis: AnalysisView } & Pick<ReturnType<typeof useDraft>, 'fields' | 'setField'>) {
  const { t, text } = useWords();
  return (
    <fieldset className="analysis-reviews">
      <legend>{t('analysis.reviews')}</legend>
      {procedures.length === 0 ? <p className="hint">{t('analysis.noProcedures')}</p> : procedures.map(({ id, title, followUps }) => (
        <div key={id} className="analysis-review" data-testid={`review-${id}`}>
          <SelectField label={`${id} ${text(title)}`} value={fields[outcomeField(id)] ?? ''} onChange={(value) => setField(outcomeField(id), value)} testId={`review-outcome-${id}`}>
            <option value="">{t('sign.choose')}</option>
            {REVIEW_OUTCOMES.map((outcome) => <option key={outcome} value={outcome}>{t(`analysis.review.${outcome}`)}</option>)}
          </SelectField>
          <TextField label={t('analysis.reviewNote')} value={fields[noteField(id)] ?? ''} maxLength={500} required={fields[outcomeField(id)] === 'stays'} onChange={(value) => setField(noteField(id), value)} testId={`review-note-${id}`} />
          <p className="hint">{followUps.length === 0 ? t('analysis.noRevision') : t('analysis.revisedBy', { ids: followUps.join(t('list.or')) })}</p>
        </div>
      ))}
    </fieldset>
  );
}

function Concluded({ analysis, concluded }: { analysis: AnalysisView; concluded: NonNullable<AnalysisView['concluded']> }) {
  const { t, text } = useWords();
  const { status, run } = useCommand('analysis.reopen');
  const { fields, setField, clear } = useDraft(`analysis-reopen/${analysis.incident}`);
  const titleOf = (id: string): string => { const found = analysis.procedures.find((each) => each.id === id); return found === undefined ? id : `${id} ${text(found.title)}`; };
  return (
    <div className="analysis-concluded" data-testid="analysis-concluded">
      <p className="entry-words">{concluded.text}</p>
      <ul className="cause-answers">{concluded.reviews.map(({ procedure, outcome, note }) => <li key={procedure}>{titleOf(procedure)}{t('list.colon')} <strong>{t(`analysis.review.${outcome}`)}</strong> {note}</li>)}</ul>
      <p><strong>{t('analysis.concludedAt', { at: dateTime(concluded.atMs), engineer: concluded.engineer, supervisor: concluded.supervisor })}</strong></p>
      <SignedAction
        label={t('analysis.reopen')} testId="analysis-reopen" busy={status.phase === 'busy'} answer={<CommandAnswer status={status} done={t('command.done')} />}
        onSign={async (signature) => {
          const accepted = await run({ incident: analysis.incident, reason: fields['reason'] ?? '', signature });
          if (accepted) clear();
          return accepted;
        }}
      >
        <TextField label={t('analysis.reopenReason')} value={fields['reason'] ?? ''} maxLength={500} onChange={(value) => setField('reason', value)} testId="analysis-reopen-reason" />
      </SignedAction>
    </div>
  );
}
