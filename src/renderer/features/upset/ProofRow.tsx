/** One piece of evidence: proved or not, what is expected, what is there, how old; or the form to sign for it. */
import type { ProofView } from '../../../contract/view.ts';
import { useCommand, useConnected, useDraft, useReading, useSection } from '../../store/console-context.ts';
import { CommandAnswer } from '../../ui/CommandAnswer.tsx';
import { TextField } from '../../ui/Field.tsx';
import { SignedAction } from '../../ui/SignatureForm.tsx';
import { Tick } from '../../ui/Tick.tsx';
import { Age, Value } from '../../ui/Value.tsx';
import { useWords } from '../../ui/words.ts';

export function ProofRow({ proof, signFor }: { proof: ProofView; signFor?: { instance: string; step: string } }) {
  const { t, text } = useWords();
  const connected = useConnected();
  // What a person signed stays signed; what a tag proved is unknown while nobody hears the tag.
  const state = connected || (proof.kind !== 'tag' && proof.state === 'true') ? proof.state : 'unknown';
  const signable = proof.kind !== 'tag' && proof.state !== 'true' && signFor !== undefined;
  return (
    <li className="proof" data-testid={`proof-${proof.id}`} data-state={state}>
      <Tick state={state} />
      <span className="proof-words">
        <span>{text(proof.text)}{proof.kind === 'sensory' ? <span className="hint"> {t('proof.sensory')}</span> : null}</span>{' '}
        <span className="proof-expected">{t('proof.expected')} {text(proof.expected)}</span>
      </span>
      {proof.reading === null ? (signable ? null : <span className="proof-value">{proof.signedBy === null ? (proof.kind === 'tag' ? '—' : t('proof.unsigned')) : t('proof.signedBy', { who: proof.signedBy })}</span>) : <Evidence reading={proof.reading} />}
      {signable ? <Sign proof={proof.id} {...signFor} /> : null}
    </li>
  );
}

function Evidence({ reading }: { reading: NonNullable<ProofView['reading']> }) {
  const current = useReading(reading);
  const tag = useSection('plant')?.tags.find(({ id }) => id === reading.tag);
  return <span className="proof-value"><Value reading={current} states={tag?.states} span={tag?.low === undefined || tag.high === undefined ? undefined : tag.high - tag.low} /> <Age sourceMs={current.sourceMs} /></span>;
}

function Sign({ instance, step, proof }: { instance: string; step: string; proof: string }) {
  const { t } = useWords();
  const { status, run } = useCommand('procedure.confirm');
  const { fields, setField, clear } = useDraft(`confirm/${instance}/${proof}`);
  return (
    <div className="proof-sign">
      <SignedAction
        label={t('proof.sign')} testId={`confirm-${proof}`} busy={status.phase === 'busy'} answer={<CommandAnswer status={status} />}
        onSign={async (signature) => {
          const accepted = await run({ instance, step, proof, note: fields['note'] ?? '', signature });
          if (accepted) clear();
          return accepted;
        }}
      >
        <TextField label={t('proof.note')} value={fields['note'] ?? ''} required={false} maxLength={500} onChange={(value) => setField('note', value)} />
      </SignedAction>
    </div>
  );
}
