/** A person's word for a proof: what is written down with it, and at a key step the word of the watching post beside it (V.2). */
import { useContext, useId, useState } from 'react';
import type { ProofView } from '../../../contract/view.ts';
import { useCommand, useDraft, useNow, useSection } from '../../store/console-context.ts';
import { CommandAnswer } from '../../ui/CommandAnswer.tsx';
import { TextField } from '../../ui/Field.tsx';
import { formatNumber, unitSign } from '../../ui/format.ts';
import { SignedAction, SigningContext } from '../../ui/SignatureForm.tsx';
import { useWords } from '../../ui/words.ts';
import { evidenceOfFields } from './evidence-fields.ts';
import { EvidenceForm } from './EvidenceForm.tsx';

export type SignFor = { instance: string; step: string; takesWitness?: boolean };

export function SignProof({ instance, step, proof, takesWitness = false, isAgain = false }: SignFor & { proof: ProofView; isAgain?: boolean }) {
  const { t } = useWords();
  const { status, run } = useCommand('procedure.confirm');
  const { fields, setField, clear } = useDraft(`confirm/${instance}/${proof.id}`);
  const watch = useSection('people')?.watch ?? null;
  const { prefilledSecret } = useContext(SigningContext);
  // The secret lives in this form and nowhere else.
  const [secret, setSecret] = useState(prefilledSecret);
  const nowMs = useNow(1_000);
  const { figure } = proof;
  const asksPoints = proof.asks.some(({ field }) => field === 'points');
  return (
    <div className="proof-sign">
      <SignedAction
        label={t(isAgain ? 'work.signAgain' : 'proof.sign')} testId={`confirm-${proof.id}`} busy={status.phase === 'busy'} answer={<CommandAnswer status={status} />}
        onSign={async (signature) => {
          const evidence = evidenceOfFields(proof, fields, Math.round(nowMs));
          const accepted = await run({
            instance, step, proof: proof.id, note: fields['note'] ?? '', ...(figure === null || asksPoints ? {} : { figure: Number(fields['figure']) }), ...(evidence === undefined ? {} : { evidence }),
            ...(takesWitness && watch !== null ? { witness: { user: watch.user, secret } } : {}), signature,
          });
          setSecret(prefilledSecret);
          if (accepted) clear();
          return accepted;
        }}
      >
        <EvidenceForm proof={proof} fields={fields} setField={setField} />
        {figure === null || asksPoints ? null : <TextField type="number" label={t('proof.figure', { low: formatNumber(figure.low), high: formatNumber(figure.high), unit: unitSign(figure.unit) })} value={fields['figure'] ?? ''} onChange={(value) => setField('figure', value)} testId={`figure-${proof.id}`} />}
        <TextField label={t('proof.note')} value={fields['note'] ?? ''} required={false} maxLength={500} onChange={(value) => setField('note', value)} />
        {takesWitness ? <Witness name={watch?.name ?? null} secret={secret} setSecret={setSecret} /> : null}
      </SignedAction>
    </div>
  );
}

/** The watching post acknowledges by its own secret. Where nobody holds the watch the station refuses, and says so. */
function Witness({ name, secret, setSecret }: { name: string | null; secret: string; setSecret: (secret: string) => void }) {
  const { t } = useWords();
  const id = useId();
  return (
    <div className="witness" data-testid="witness">
      <p>{t('work.witness')} <strong>{name ?? t('work.noWatch')}</strong></p>
      {name === null ? null : <div className="signature-row"><label htmlFor={id}>{t('work.witnessSecret')}</label><input id={id} data-testid="witness-secret" type="password" autoComplete="off" required maxLength={200} value={secret} onChange={(event) => setSecret(event.target.value)} /></div>}
    </div>
  );
}
