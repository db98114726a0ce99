/** What a kind of step needs beside its text: a way to choose, a button to say "told", a permit, a link, a time. */
import type { ProcedureView, StepView } from '../../../contract/view.ts';
import { useCommand, useSection, useTag } from '../../store/console-context.ts';
import { CommandAnswer } from '../../ui/CommandAnswer.tsx';
import { clockTime } from '../../ui/format.ts';
import { RefusalNote } from '../../ui/RefusalNote.tsx';
import { SignedAction } from '../../ui/SignatureForm.tsx';
import { valueWords } from '../../ui/Value.tsx';
import { useWords } from '../../ui/words.ts';
import { Elapsed, TimeLeft } from './Clock.tsx';
import { Options } from './Options.tsx';

type Props = { procedure: ProcedureView; step: StepView; choose: (instance: string) => void };

export function StepBody({ procedure, step, choose }: Props) {
  return (
    <>
      {step.permit === null ? null : <Permit instance={procedure.instance} step={step} permit={step.permit} />}
      <OfKind procedure={procedure} step={step} choose={choose} />
    </>
  );
}

function OfKind({ procedure, step, choose }: Props) {
  const { t } = useWords();
  switch (step.kind) {
    case 'decide': return <Options instance={procedure.instance} step={step} />;
    case 'warn': return <Warned instance={procedure.instance} step={step.id} />;
    case 'goto': return <Goes step={step} choose={choose} />;
    case 'wait': return <p className="now-hint">{t('kind.waitHint')} {step.startedMs === null ? null : <Elapsed sinceMs={step.startedMs} />}</p>;
    case 'hold': return <p className="now-hint">{t('kind.holdHint')}</p>;
    case 'record': return <p className="now-hint">{t('kind.recordHint')}</p>;
    case 'command': case 'verify': return null;
  }
}

function Warned({ instance, step }: { instance: string; step: string }) {
  const { t } = useWords();
  const { status, run } = useCommand('procedure.acknowledge');
  return (
    <div>
      <button type="button" className="button button-strong button-large" data-testid={`warned-${step}`} disabled={status.phase === 'busy'} onClick={() => void run({ instance, items: [step] })}>{t('kind.warned')}</button>
      <CommandAnswer status={status} done={t('command.done')} />
    </div>
  );
}

function Goes({ step, choose }: { step: StepView; choose: (instance: string) => void }) {
  const { t, text } = useWords();
  const running = (useSection('upset')?.procedures ?? []).find(({ id }) => id === step.raises?.id);
  if (step.raises === null) return null;
  return (
    <p className="now-goes" data-testid="goes-to">
      {t('kind.raises')} <strong>{step.raises.id} {text(step.raises.title)}</strong>{' '}
      {running === undefined ? <span className="hint">{t('kind.raisesSoon')}</span> : <button type="button" className="button" data-testid={`open-${step.raises.id}`} onClick={() => choose(running.instance)}>{t('kind.openRaised')}</button>}
    </p>
  );
}

/** A step that sends people in: the station's verdict stands here before anybody presses, and a refusal says why (hmi rule 5). */
function Permit({ instance, step, permit }: { instance: string; step: StepView; permit: NonNullable<StepView['permit']> }) {
  const { t } = useWords();
  const { status, run } = useCommand('procedure.permit');
  const state = permit.given !== null ? 'given' : permit.verdict.allowed ? 'allowed' : 'refused';
  return (
    <section className={`permit permit-${state}`} data-testid="permit" data-state={state} aria-label={t('permit.title')}>
      <p className="permit-head">
        <span className="permit-sign" aria-hidden="true">{state === 'given' ? '✓' : state === 'allowed' ? '○' : '⊘'}</span>
        <strong>{t(`permit.${state}`)}</strong>{permit.given === null ? null : <span>{t('permit.by', { who: permit.given.by, at: clockTime(permit.given.atMs) })}</span>}
      </p>
      {step.workPermit === null ? null : <WorkPermitLine workPermit={step.workPermit} />}
      {permit.verdict.allowed ? null : <RefusalNote refusal={permit.verdict.refusal} compact />}
      {permit.given !== null ? null : <SignedAction label={t('permit.give')} testId={`permit-${step.id}`} busy={status.phase === 'busy'} onSign={(signature) => run({ instance, step: step.id, signature })} answer={<CommandAnswer status={status} done={t('command.done')} />} strong={permit.verdict.allowed} />}
    </section>
  );
}

/** The work permit that the step waits for (3.7). Why there is none stands among the obstacles below it. */
function WorkPermitLine({ workPermit: { title, number, untilMs } }: { workPermit: NonNullable<StepView['workPermit']> }) {
  const { t, text } = useWords();
  return (
    <p className="permit-work" data-testid="work-permit" data-number={number ?? ''}>
      {text(title)} <strong>{number ?? t('work.none')}</strong>{untilMs === null ? null : <> · {t('work.until')} {clockTime(untilMs)} <TimeLeft dueMs={untilMs} /></>}
      {number === null ? <> <a href="#/permits">{t('work.toPermits')}</a></> : null}
    </p>
  );
}

/** Another running procedure commands the opposite and is followed: do not do this now. */
export function GivesWayBar({ step, choose }: { step: StepView; choose: (instance: string) => void }) {
  const words = useWords();
  const { t, text } = words;
  const tag = useTag(step.givesWay?.tag ?? '');
  if (step.givesWay === null) return null;
  const { instance, title, item } = step.givesWay;
  const state = valueWords(step.givesWay.state, words, { states: tag?.states });
  return (
    <div className="gives-way" data-testid="gives-way">
      <span className="prohibition-sign" aria-hidden="true" />
      <p><strong className="gives-way-not">{t('givesWay.not')}</strong> {t('givesWay.because', { title: text(title), item: text(item) })} <strong>{step.givesWay.tag} → {state}</strong>{t('givesWay.followed')}</p>
      <button type="button" className="button" data-testid="gives-way-open" onClick={() => choose(instance)}>{t('givesWay.open')}</button>
    </div>
  );
}
