/** Evidence by number, kind, person, time and validity; blinds and locks first while they stand on the spot. */
import type { EvidenceRecordView } from '../../../contract/work.ts';
import { useCommand, useConnected, useNow } from '../../store/console-context.ts';
import { CommandAnswer } from '../../ui/CommandAnswer.tsx';
import { countdown, dateTime } from '../../ui/format.ts';
import { EmptyState, Panel } from '../../ui/Panel.tsx';
import { SignedAction } from '../../ui/SignatureForm.tsx';
import { useWords } from '../../ui/words.ts';

const keyOf = ({ instance, proof, number, atMs }: EvidenceRecordView): string => `${instance}/${proof.id}/${number ?? ''}/${atMs}`;

export function EvidenceRegister({ evidence }: { evidence: readonly EvidenceRecordView[] }) {
  const { t } = useWords();
  const inPlace = evidence.filter((record) => record.inPlace === true);
  const others = evidence.filter((record) => record.inPlace !== true);
  return (
    <>
      <Panel title={t('work.inPlace')} aside={inPlace.length} testId="in-place">
        {inPlace.length === 0 ? <EmptyState>{t('work.nothingInPlace')}</EmptyState> : <ul className="permit-rows">{inPlace.map((record) => <Row key={keyOf(record)} record={record} />)}</ul>}
      </Panel>
      <Panel title={t('work.register')} aside={others.length} testId="evidence-register">
        {others.length === 0 ? <EmptyState>{t('work.noEvidence')}</EmptyState> : <ul className="permit-rows">{others.map((record) => <Row key={keyOf(record)} record={record} />)}</ul>}
      </Panel>
    </>
  );
}

function Row({ record }: { record: EvidenceRecordView }) {
  const { t, text } = useWords();
  const { evidence, number } = record;
  const words = [evidence.instrument, evidence.sample, evidence.tag, evidence.place].filter((each) => each !== undefined);
  return (
    <li className={`evidence-row${record.inPlace === true ? ' evidence-in-place' : ''}`} data-testid={`evidence-row-${record.proof.id}-${number ?? 'none'}`} data-in-place={record.inPlace ?? 'none'}>
      <p className="work-permit-head">{number === null ? null : <strong>{number}</strong>}<span>{t(`work.evidence.${record.kind}`)}</span><span>{words.join(' · ')}</span><Validity record={record} /></p>
      {evidence.points === undefined ? null : <ul className="evidence-values">{evidence.points.map(({ place, values }) => <li key={place}>{place}{t('list.colon')}{values.map(({ gas, value }) => `${t(`work.gas.${gas}`)} ${value}`).join(t('list.and'))}</li>)}</ul>}
      <p className="hint">{text(record.procedure)}{record.step === null ? '' : ` · ${text(record.step.text)}`} · {text(record.proof.text)} · {t('proof.signedBy', { who: record.by })} {dateTime(record.atMs)}{record.witness === null ? '' : ` · ${t('work.witnessedBy', { who: record.witness })}`}</p>
      {record.removed === null ? null : <p className="hint">{t('work.removedBy', { who: record.removed.by, at: dateTime(record.removed.atMs) })}</p>}
      {record.inPlace === true && number !== null ? <div className="button-row"><Remove record={record} number={number} /></div> : null}
    </li>
  );
}

function Validity({ record: { untilMs } }: { record: EvidenceRecordView }) {
  const { t } = useWords();
  const nowMs = useNow();
  const connected = useConnected();
  if (untilMs === null) return null;
  const leftMs = untilMs - nowMs;
  return <span className={leftMs <= 0 ? 'work-permit-state' : undefined}>{leftMs <= 0 ? t('work.ranOut') : <>{t('work.holds')} <span role="timer">{countdown(leftMs)}</span></>}{connected ? null : ` ${t('link.unknownData')}`}</span>;
}

/** Telling that it is out: never refused, and what it proved is proved no longer. */
function Remove({ record, number }: { record: EvidenceRecordView; number: string }) {
  const { t } = useWords();
  const { status, run } = useCommand('evidence.remove');
  return (
    <SignedAction label={t('work.remove')} testId={`remove-${number}`} formLabel={`${t('work.remove')} ${number}`} busy={status.phase === 'busy'} onSign={(signature) => run({ instance: record.instance, proof: record.proof.id, number, signature })} answer={<CommandAnswer status={status} done={t('command.done')} />}>
      <p className="hint">{t('work.removeHint')}</p>
    </SignedAction>
  );
}
