/**
 * The way back, with its refusals standing where the buttons are (hmi rule 5). The verdict is the station's; pressing a
 * refused button is allowed and gets the refusal anew, because the facts may have changed.
 */
import { useState } from 'react';
import type { ProcedureView } from '../../../contract/view.ts';
import { useCommand, useConnected, useSection } from '../../store/console-context.ts';
import { CommandAnswer } from '../../ui/CommandAnswer.tsx';
import { SelectField } from '../../ui/Field.tsx';
import { clockTime } from '../../ui/format.ts';
import { RefusalNote } from '../../ui/RefusalNote.tsx';
import { SignedAction } from '../../ui/SignatureForm.tsx';
import { useWords } from '../../ui/words.ts';
import { ProofRow } from './ProofRow.tsx';

type Way = ProcedureView['wayBack'][number];

export function WayBack({ procedure }: { procedure: ProcedureView }) {
  const { t } = useWords();
  const connected = useConnected();
  if (procedure.wayBack.length === 0) return null;
  const refused = procedure.wayBack.filter(({ verdict }) => !verdict.allowed).length;
  return (
    <section className="way-back" aria-label={t('wayBack.title')}>
      <h3 className="way-back-title"><span>{t('wayBack.title')}{t('list.colon')}{!connected ? t('link.unknownData') : refused === procedure.wayBack.length ? t('wayBack.allRefused') : refused === 0 ? t('wayBack.allAllowed') : t('wayBack.someRefused', { n: refused })}</span><span className="hint">{t('wayBack.retreatAlways')}</span></h3>
      {procedure.wayBack.map((way) => (
        <div key={way.operation} className={`way way-${way.verdict.allowed ? 'allowed' : 'refused'}`} data-testid={`wayback-${way.operation}`} data-allowed={connected && way.verdict.allowed}>
          <WayAction procedure={procedure} way={way} />
          {way.verdict.allowed ? <span className="way-allowed">{t('wayBack.allowed')}</span> : <RefusalNote refusal={way.verdict.refusal} compact />}
        </div>
      ))}
      <Proofs title={t('wayBack.safeState')} proofs={procedure.safeState} signFor={{ instance: procedure.instance, step: 'safeState' }} />
      <Proofs title={t('wayBack.conditions')} proofs={procedure.returnConditions} signFor={{ instance: procedure.instance, step: 'returnConditions' }} />
    </section>
  );
}

function WayAction({ procedure, way }: { procedure: ProcedureView; way: Way }) {
  const { text } = useWords();
  switch (way.operation) {
    case 'interlock.reset': return <Reset procedure={procedure} title={text(way.title)} />;
    case 'people.enter': return <a className="button" href="#/people">{text(way.title)}</a>;
    case 'procedure.return': return <Return procedure={procedure} title={text(way.title)} />;
  }
}

function Reset({ procedure, title }: { procedure: ProcedureView; title: string }) {
  const { t, text } = useWords();
  const { status, run } = useCommand('interlock.reset');
  const interlocks = (useSection('interlocks')?.interlocks ?? []).filter(({ id }) => procedure.interlocks.includes(id));
  const [chosen, choose] = useState('');
  const interlock = interlocks.find(({ id }) => id === chosen) ?? interlocks.find(({ state }) => state === 'tripped') ?? interlocks[0];
  return (
    <SignedAction label={title} testId="reset-interlock" busy={status.phase === 'busy'} onSign={(signature) => run({ interlock: interlock?.id ?? '-', signature })} answer={<CommandAnswer status={status} done={status.phase === 'done' && !status.output.reset ? t('wayBack.oneMore') : t('command.done')} />}>
      <SelectField label={t('interlock.one')} value={interlock?.id ?? ''} onChange={choose}>{interlocks.map((each) => <option key={each.id} value={each.id}>{each.id} {text(each.title)} · {t(`interlock.state.${each.state}`)}</option>)}</SelectField>
    </SignedAction>
  );
}

function Return({ procedure, title }: { procedure: ProcedureView; title: string }) {
  const { t } = useWords();
  const { status, run } = useCommand('procedure.return');
  const done = status.phase === 'done' && status.output.closed ? t('wayBack.closed') : t('wayBack.oneMore');
  return (
    <>
      <SignedAction label={title} testId="return-approve" busy={status.phase === 'busy'} onSign={(signature) => run({ instance: procedure.instance, signature })} answer={<CommandAnswer status={status} done={done} />} />
      {procedure.approvals.length === 0 ? null : <p className="hint">{t('wayBack.approvedBy')} {procedure.approvals.map(({ user, role, atMs }) => `${user} (${t(`role.${role}`)}) ${clockTime(atMs)}`).join(t('list.and'))}</p>}
    </>
  );
}

function Proofs({ title, proofs, signFor }: { title: string; proofs: ProcedureView['safeState']; signFor: { instance: string; step: string } }) {
  if (proofs.length === 0) return null;
  return (
    <details className="way-proofs" data-testid={`way-${signFor.step}`}>
      <summary>{title} · {proofs.filter(({ state }) => state === 'true').length} / {proofs.length}</summary>
      <ul className="proofs proofs-small">{proofs.map((proof) => <ProofRow key={proof.id} proof={proof} signFor={signFor} />)}</ul>
    </details>
  );
}
