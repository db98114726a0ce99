/**
 * The step to do now. Prohibitions and cautions stand before the instruction they guard, never after, never in a
 * tooltip (hmi rule 7). Steps that tags can prove tick themselves; a person's word is signed here, in place (rule 8).
 */
import type { ProcedureView, StepView } from '../../../contract/view.ts';
import { SKIP_REASONS } from '../../../contract/commands.ts';
import { useCommand, useConnected, useDraft, useNow } from '../../store/console-context.ts';
import { CommandAnswer } from '../../ui/CommandAnswer.tsx';
import { SelectField, TextField } from '../../ui/Field.tsx';
import { countdown } from '../../ui/format.ts';
import { SignedAction } from '../../ui/SignatureForm.tsx';
import { useWords } from '../../ui/words.ts';
import { Prohibitions } from './Prohibitions.tsx';
import { ProofRow } from './ProofRow.tsx';

export function NowCard({ procedure, step }: { procedure: ProcedureView; step: StepView }) {
  const { t, text } = useWords();
  return (
    <article className="now-card" data-testid="now-card" data-step={step.id} aria-label={t('upset.now')}>
      <p className="now-meta">
        <span>{procedure.clauses.join(' · ')}</span>
        <span>{t('upset.step')} <strong>{step.number} / {procedure.steps.length}</strong></span>
        <span>{t('upset.who')} <strong>{t(`role.${step.who}`)}</strong></span>
        <Clock step={step} />
      </p>
      <Prohibitions procedure={procedure} only={step.prohibitions} />
      {step.cautions.length === 0 ? null : <ul className="cautions">{step.cautions.map((caution) => <li key={caution.id}><strong>{t('upset.caution')}</strong>{text(caution.text)}</li>)}</ul>}
      <h2 className="now-instruction">{text(step.text)}</h2>
      {step.proofs.length === 0 ? null : <ul className="proofs" aria-label={t('upset.proofs')}>{step.proofs.map((proof) => <ProofRow key={proof.id} proof={proof} signFor={{ instance: procedure.instance, step: step.id }} />)}</ul>}
      <div className="now-foot">
        {step.otherwise === null ? <span /> : <p className="now-otherwise"><span>{t('upset.otherwise')}</span> <strong>{text(step.otherwise)}</strong></p>}
        <Skip procedure={procedure} step={step} />
      </div>
    </article>
  );
}

function Clock({ step }: { step: StepView }) {
  const { t } = useWords();
  const nowMs = useNow();
  const connected = useConnected();
  if (step.dueMs === null) return step.startedMs === null ? null : <span className="now-clock">{t('upset.elapsed')} <strong>{countdown(nowMs - step.startedMs)}</strong></span>;
  const leftMs = step.dueMs - nowMs;
  const over = step.overdue || leftMs < 0;
  return <span className={`now-clock${over ? ' now-clock-over' : ''}`} role="timer">{t(over ? 'upset.overdue' : 'upset.left')} <strong>{countdown(over ? Math.abs(leftMs) : leftMs)}</strong>{connected ? null : <span className="hint"> {t('link.unknownData')}</span>}</span>;
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
