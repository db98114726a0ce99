/** One piece of evidence: proved or not, what is expected, what is there, how old; or the form to sign for it. */
import type { ProofView } from '../../../contract/view.ts';
import { useCommand, useConnected, useDraft, useReading, useTag } from '../../store/console-context.ts';
import { CommandAnswer } from '../../ui/CommandAnswer.tsx';
import { TextField } from '../../ui/Field.tsx';
import { formatNumber, unitSign } from '../../ui/format.ts';
import { SignedAction } from '../../ui/SignatureForm.tsx';
import { Tick } from '../../ui/Tick.tsx';
import { Age, Value } from '../../ui/Value.tsx';
import { useWords } from '../../ui/words.ts';
import { Assess, Judged } from './Assessment.tsx';

type SignFor = { instance: string; step: string };

export function ProofRow({ proof, signFor }: { proof: ProofView; signFor?: SignFor }) {
  const { t, text } = useWords();
  const connected = useConnected();
  // What a person signed stays signed; what a tag proved is unknown while nobody hears the tag.
  const state = connected || (proof.kind !== 'tag' && proof.state === 'true') ? proof.state : 'unknown';
  const signable = proof.kind !== 'tag' && proof.state !== 'true' && signFor !== undefined;
  return (
    <li className="proof" data-testid={`proof-${proof.id}`} data-state={state}>
      <Tick state={state} />
      <span className="proof-words">
        <span>{text(proof.text)}{proof.kind === 'sensory' ? <span className="hint"> {t('proof.sensory')}</span> : null}{proof.shows === null ? null : <span className="hint"> {t(`proof.shows.${proof.shows}`)}</span>}</span>{' '}
        <span className="proof-expected">{t('proof.expected')} {text(proof.expected)}</span>
      </span>
      {proof.reading !== null ? <Evidence reading={proof.reading} /> : signable ? <Sign proof={proof} {...signFor} /> : <span className="proof-value">{said(proof, t)}</span>}
      {signFor === undefined ? null : <Assess proof={proof} instance={signFor.instance} />}
      <Judged proof={proof} machine={connected ? proof.machine : 'unknown'} />
      {signable && proof.reading !== null ? <Sign proof={proof} {...signFor} /> : null}
    </li>
  );
}

function said(proof: ProofView, t: (key: string, values?: Record<string, string>) => string): string {
  const figure = proof.figure?.value == null ? '' : `${formatNumber(proof.figure.value)} ${unitSign(proof.figure.unit)} · `;
  return proof.signedBy === null ? (proof.kind === 'tag' ? '—' : t('proof.unsigned')) : `${figure}${t('proof.signedBy', { who: proof.signedBy })}`;
}

function Evidence({ reading }: { reading: NonNullable<ProofView['reading']> }) {
  const current = useReading(reading);
  const tag = useTag(reading.tag);
  return <span className="proof-value"><Value reading={current} states={tag?.states} span={tag?.low === undefined || tag.high === undefined ? undefined : tag.high - tag.low} /> <Age sourceMs={current.sourceMs} /></span>;
}

function Sign({ instance, step, proof }: SignFor & { proof: ProofView }) {
  const { t } = useWords();
  const { status, run } = useCommand('procedure.confirm');
  const { fields, setField, clear } = useDraft(`confirm/${instance}/${proof.id}`);
  const { figure } = proof;
  return (
    <div className="proof-sign">
      <SignedAction
        label={t('proof.sign')} testId={`confirm-${proof.id}`} busy={status.phase === 'busy'} answer={<CommandAnswer status={status} />}
        onSign={async (signature) => {
          const accepted = await run({ instance, step, proof: proof.id, note: fields['note'] ?? '', ...(figure === null ? {} : { figure: Number(fields['figure']) }), signature });
          if (accepted) clear();
          return accepted;
        }}
      >
        {figure === null ? null : <TextField type="number" label={t('proof.figure', { low: formatNumber(figure.low), high: formatNumber(figure.high), unit: unitSign(figure.unit) })} value={fields['figure'] ?? ''} onChange={(value) => setField('figure', value)} testId={`figure-${proof.id}`} />}
        <TextField label={t('proof.note')} value={fields['note'] ?? ''} required={false} maxLength={500} onChange={(value) => setField('note', value)} />
      </SignedAction>
    </div>
  );
}
