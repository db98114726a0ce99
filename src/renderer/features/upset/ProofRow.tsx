/** One piece of evidence: proved or not, what is expected, what is there, how old; or the form to sign for it. */
import type { ReactNode } from 'react';
import type { ProofView } from '../../../contract/view.ts';
import { useConnected, useReading, useTag } from '../../store/console-context.ts';
import { clockTime, formatNumber, unitSign } from '../../ui/format.ts';
import { Tick } from '../../ui/Tick.tsx';
import { Age, Value } from '../../ui/Value.tsx';
import { useWords } from '../../ui/words.ts';
import { Assess, Judged } from './Assessment.tsx';
import { TimeLeft } from './Clock.tsx';
import { SignProof } from './SignProof.tsx';
import type { SignFor } from './SignProof.tsx';

export function ProofRow({ proof, signFor, children }: { proof: ProofView; signFor?: SignFor; children?: ReactNode }) {
  const { t, text } = useWords();
  const connected = useConnected();
  // What a person signed stays signed, unless it has an end; what a tag proved is unknown while nobody hears the tag.
  const state = connected || (proof.kind !== 'tag' && proof.state === 'true' && proof.record?.untilMs == null) ? proof.state : 'unknown';
  const signable = proof.kind !== 'tag' && proof.state !== 'true' && signFor !== undefined;
  return (
    <li className="proof" data-testid={`proof-${proof.id}`} data-state={state}>
      <Tick state={state} />
      <span className="proof-words">
        <span>{text(proof.text)}{proof.kind === 'sensory' ? <span className="hint"> {t('proof.sensory')}</span> : null}{proof.shows === null ? null : <span className="hint"> {t(`proof.shows.${proof.shows}`)}</span>}</span>{' '}
        <span className="proof-expected">{t('proof.expected')} {text(proof.expected)}</span>
      </span>
      {proof.reading !== null ? <Evidence reading={proof.reading} /> : signable ? <SignProof proof={proof} {...signFor} /> : <span className="proof-value">{said(proof, t)}</span>}
      {signFor === undefined ? null : <Assess proof={proof} instance={signFor.instance} />}
      <Judged proof={proof} machine={connected ? proof.machine : 'unknown'} />
      {signable && proof.reading !== null ? <SignProof proof={proof} {...signFor} /> : null}
      {proof.record === null ? null : <Record record={proof.record} />}
      {children}
    </li>
  );
}

/** What was written down, until when it holds, and what of it was taken away. */
function Record({ record: { evidence, untilMs, witness, removed } }: { record: NonNullable<ProofView['record']> }) {
  const { t } = useWords();
  const words = [evidence.numbers?.join(' '), evidence.lock, evidence.tag, evidence.instrument, evidence.sample, evidence.place].filter((each) => each !== undefined);
  return (
    <p className="proof-record hint">
      {words.join(' · ')}{witness === null ? null : <> · {t('work.witnessedBy', { who: witness })}</>}
      {removed.length === 0 ? null : <strong> · {t('work.removed', { numbers: removed.join(' ') })}</strong>}
      {untilMs === null ? null : <> · {t('work.holdsUntil', { at: clockTime(untilMs) })} <TimeLeft dueMs={untilMs} /></>}
    </p>
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
