/**
 * The step to do now. Prohibitions and cautions stand before the instruction they guard, never after, never in a
 * tooltip (hmi rule 7). Steps that tags can prove tick themselves; a person's word is signed here, in place (rule 8).
 */
import type { ProcedureView, StepView } from '../../../contract/view.ts';
import { SKIP_REASONS } from '../../../contract/commands.ts';
import { useCommand, useDraft } from '../../store/console-context.ts';
import { CommandAnswer } from '../../ui/CommandAnswer.tsx';
import { SelectField, TextField } from '../../ui/Field.tsx';
import { SignedAction } from '../../ui/SignatureForm.tsx';
import { useWords } from '../../ui/words.ts';
import { Cautions } from './Cautions.tsx';
import { Elapsed, TimeLeft } from './Clock.tsx';
import { Earlier } from './Earlier.tsx';
import { GivesWayBar, StepBody } from './StepBody.tsx';
import { NOW_CARD_ID } from './keys.ts';
import { legOf } from './procedure-facts.ts';
import { Prohibitions } from './Prohibitions.tsx';
import { ProofRow } from './ProofRow.tsx';

/** In the card; all of them stand beside the owner and on paper. */
const CLAUSES_SHOWN = 2;

export function NowCard({ procedure, step, choose }: { procedure: ProcedureView; step: StepView; choose: (instance: string) => void }) {
  const { t, text } = useWords();
  const { instance } = procedure;
  return (
    <article className={`now-card now-${step.kind}`} id={NOW_CARD_ID} tabIndex={-1} data-testid="now-card" data-step={step.id} data-kind={step.kind} aria-label={t('upset.now')}>
      <p className="now-meta">
        <span>{procedure.clauses.slice(0, CLAUSES_SHOWN).join(' · ')}{procedure.clauses.length > CLAUSES_SHOWN ? ' …' : ''}</span>
        <span>{t('upset.step')} <strong>{step.number} / {legOf(procedure).steps.length}</strong> {t(`kind.${step.kind}`)}</span>
        <span>{t('upset.who')} <strong>{t(`role.${step.who}`)}</strong></span>
        {step.dueMs !== null ? <TimeLeft dueMs={step.dueMs} overdue={step.overdue} className="now-clock" /> : step.startedMs === null ? null : <Elapsed sinceMs={step.startedMs} className="now-clock" />}
      </p>
      <Prohibitions procedure={procedure} only={step.prohibitions} />
      <Cautions instance={instance} cautions={step.cautions} />
      <GivesWayBar step={step} choose={choose} />
      <h2 className={step.givesWay === null ? 'now-instruction' : 'now-instruction now-instruction-not'}>{text(step.text)}</h2>
      <StepBody procedure={procedure} step={step} choose={choose} />
      {step.proofs.length === 0 ? null : <ul className="proofs" aria-label={t('upset.proofs')}>{step.proofs.map((proof) => <ProofRow key={proof.id} proof={proof} signFor={{ instance, step: step.id, takesWitness: step.takesWitness }} />)}</ul>}
      <Earlier instance={instance} earlier={step.earlier} />
      {step.otherwise === null && !step.maySkip ? null : (
        <div className="now-foot">
          {step.otherwise === null ? <span /> : <p className="now-otherwise"><span>{t('upset.otherwise')}</span> <strong>{text(step.otherwise)}</strong></p>}
          {step.maySkip ? <Skip procedure={procedure} step={step} /> : null}
        </div>
      )}
    </article>
  );
}

function Skip({ procedure, step }: { procedure: ProcedureView; step: StepView }) {
  const { t } = useWords();
  const { status, run } = useCommand('procedure.skip');
  const { fields, setField, clear } = useDraft(`skip/${procedure.instance}/${step.id}`);
  const reason = SKIP_REASONS.find((each) => each === fields['reason']) ?? SKIP_REASONS[0];
  return (
    <SignedAction
      label={t('upset.skip')} testId={`skip-${step.id}`} busy={status.phase === 'busy'} answer={<CommandAnswer status={status} />}
      onSign={async (signature) => {
        const accepted = await run({ instance: procedure.instance, step: step.id, reason, note: fields['note'] ?? '', signature });
        if (accepted) clear();
        return accepted;
      }}
    >
      <SelectField label={t('upset.skipReason')} value={reason} onChange={(value) => setField('reason', value)}>{SKIP_REASONS.map((each) => <option key={each} value={each}>{t(`skip.${each}`)}</option>)}</SelectField>
      <TextField label={t('upset.skipNote')} value={fields['note'] ?? ''} maxLength={300} onChange={(value) => setField('note', value)} />
    </SignedAction>
  );
}
