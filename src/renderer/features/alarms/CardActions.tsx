/**
 * What may be done with one alarm. Each button shows the station's standing answer; a refusal stands under the button it belongs to,
 * and a refused button can still be asked anew (hmi rule 5). Forms are panels in the card, never dialogs.
 */
import { useEffect, useRef } from 'react';
import type { FormEvent, ReactNode } from 'react';
import type { Verdict } from '../../../contract/refusal.ts';
import type { AlarmView } from '../../../contract/view.ts';
import type { CommandStatus } from '../../store/console-context.ts';
import { useCommand, useDraft, useLoggedOn } from '../../store/console-context.ts';
import { CommandAnswer } from '../../ui/CommandAnswer.tsx';
import { AreaField, SelectField, TextField } from '../../ui/Field.tsx';
import { clockTime, shortDuration } from '../../ui/format.ts';
import { RefusalNote } from '../../ui/RefusalNote.tsx';
import { SignatureForm, SignedAction } from '../../ui/SignatureForm.tsx';
import { useWords } from '../../ui/words.ts';

export type CardForm = 'shelve' | 'outOfService' | 'inService' | 'cause' | 'confirm';
type Props = { alarm: AlarmView; form: CardForm | null; setForm(form: CardForm | null): void; answer: CommandStatus<'alarm.acknowledge'> | undefined; acknowledge(id: string): void; leave(): void };
type FormProps = { alarm: AlarmView; isOpen: boolean; toggle(): void; leave(): void };

const MINUTE_MS = 60_000;
const SHELVE_TIMES_MS = [5, 15, 30, 60, 120, 240, 480].map((minutes) => minutes * MINUTE_MS);

export function CardActions({ alarm, form, setForm, answer, acknowledge, leave }: Props) {
  const { t } = useWords();
  const of = (name: CardForm): FormProps => ({ alarm, isOpen: form === name, toggle: () => setForm(form === name ? null : name), leave });
  return (
    <div className="card-actions" onKeyDown={(event) => { if (event.key === 'Escape') { event.stopPropagation(); leave(); } }}>
      {alarm.acknowledged ? null : <div className="card-act"><button type="button" className="button button-strong" data-testid="card-ack" onClick={() => acknowledge(alarm.id)}>{t('alarm.acknowledge')}</button><CommandAnswer status={answer ?? { phase: 'idle' }} /></div>}
      {alarm.clearing === null ? null : <Clearing key={alarm.id} alarm={alarm} cause={of('cause')} confirm={of('confirm')} />}
      {alarm.may.reset === null ? null : <Reset key={`reset ${alarm.id}`} alarm={alarm} />}
      {alarm.shelved === null ? <Shelve key={`shelve ${alarm.id}`} {...of('shelve')} /> : <Unshelve key={`unshelve ${alarm.id}`} alarm={alarm} />}
      {alarm.outOfService === null ? <OutOfService key={`out ${alarm.id}`} {...of('outOfService')} /> : <InService key={`in ${alarm.id}`} {...of('inService')} />}
    </div>
  );
}

/** A button with its form, the station's standing refusal under it, and the answer to what was asked last. */
function Act({ label, testId, verdict, isOpen, toggle, children, answer, isStrong = false }: { label: string; testId: string; verdict: Verdict | null; isOpen: boolean; toggle(): void; children: ReactNode; answer: ReactNode; isStrong?: boolean }) {
  const host = useRef<HTMLDivElement | null>(null);
  useEffect(() => { if (isOpen) host.current?.querySelector<HTMLElement>('input, textarea, select')?.focus(); }, [isOpen]);
  const refused = verdict !== null && !verdict.allowed ? verdict.refusal : null;
  return (
    <div className="card-act" ref={host} data-testid={`${testId}-act`} data-allowed={refused === null}>
      <button type="button" className={`button${isStrong ? ' button-strong' : ''}`} data-testid={testId} aria-expanded={isOpen} onClick={toggle}>{label}</button>
      {refused === null ? null : isOpen ? <RefusalNote refusal={refused} /> : <p className="act-refused">{refused.obstacles[0]?.clause} · <RefusedFact refusal={refused} /></p>}
      {isOpen ? children : null}
      {answer}
    </div>
  );
}

function RefusedFact({ refusal }: { refusal: { obstacles: readonly { fact: { zh: string; en: string } }[] } }) {
  const { text } = useWords();
  const first = refusal.obstacles[0];
  return <>{first === undefined ? '' : text(first.fact)}</>;
}

function Shelve({ alarm, isOpen, toggle, leave }: FormProps) {
  const { t } = useWords();
  const { status, run } = useCommand('alarm.shelve');
  const draft = useDraft(`shelve/${alarm.id}`);
  const session = useLoggedOn();
  const longest = alarm.shelveMaxMs ?? 0;
  const times = [...new Set([...SHELVE_TIMES_MS.filter((ms) => ms < longest), ...(longest > 0 ? [longest] : [])])];
  const first = times.find((ms) => ms >= 15 * MINUTE_MS) ?? times[0] ?? MINUTE_MS;
  const forMs = Number(draft.fields['forMs'] ?? first);
  const send = (signature?: { user: string; secret: string }): void => {
    void run({ alarms: [alarm.id], reason: draft.fields['reason'] ?? '', forMs, ...(signature === undefined ? {} : { signature }) }).then((accepted) => { if (accepted) { draft.clear(); leave(); } });
  };
  const fields = (
    <>
      <TextField label={t('alarm.shelve.reason')} value={draft.fields['reason'] ?? ''} maxLength={500} testId="shelve-reason" onChange={(value) => draft.setField('reason', value)} />
      <SelectField label={t('alarm.shelve.for')} value={String(forMs)} testId="shelve-for" onChange={(value) => draft.setField('forMs', value)}>{(times.length === 0 ? [first] : times).map((ms) => <option key={ms} value={String(ms)}>{shortDuration(ms)}</option>)}</SelectField>
      <p className="hint">{longest === 0 ? t('alarm.shelve.never') : t('alarm.shelve.longest', { max: shortDuration(longest) })}</p>
    </>
  );
  return (
    <Act label={`${t('alarm.shelve.do')} (S)`} testId="shelve" verdict={alarm.may.shelve} isOpen={isOpen} toggle={toggle} answer={<CommandAnswer status={status} done={t('alarm.shelve.done')} />}>
      {session?.locked !== false ? <SignatureForm label={t('alarm.shelve.do')} submit={t('alarm.shelve.do')} busy={status.phase === 'busy'} onSign={send} onCancel={leave}>{fields}</SignatureForm> : (
        <form className="signature-form" aria-label={t('alarm.shelve.do')} onSubmit={(event: FormEvent) => { event.preventDefault(); send(); }}>
          {fields}
          <p className="hint">{t('alarm.shelve.byPerson', { who: session.name })}</p>
          <div className="button-row"><button type="submit" className="button button-strong" data-testid="shelve-submit" disabled={status.phase === 'busy'}>{t('alarm.shelve.do')}</button><button type="button" className="button" onClick={leave}>{t('sign.cancel')}</button></div>
        </form>
      )}
    </Act>
  );
}

function Unshelve({ alarm }: { alarm: AlarmView }) {
  const { t } = useWords();
  const { status, run } = useCommand('alarm.unshelve');
  return <div className="card-act"><button type="button" className="button" data-testid="unshelve" onClick={() => void run({ alarms: [alarm.id] })}>{t('alarm.unshelve')}</button><CommandAnswer status={status} done={t('command.done')} /></div>;
}

function OutOfService({ alarm, isOpen, toggle, leave }: FormProps) {
  const { t } = useWords();
  const { status, run } = useCommand('alarm.outOfService');
  const draft = useDraft(`out-of-service/${alarm.id}`);
  return (
    <Act label={t('alarm.outOfService.do')} testId="out-of-service" verdict={alarm.may.outOfService} isOpen={isOpen} toggle={toggle} answer={<CommandAnswer status={status} done={t('command.done')} />}>
      <SignatureForm label={t('alarm.outOfService.do')} submit={t('alarm.outOfService.do')} busy={status.phase === 'busy'} onCancel={leave} onSign={(signature) => { void run({ alarm: alarm.id, permit: draft.fields['permit'] ?? '', reason: draft.fields['reason'] ?? '', signature }).then((accepted) => { if (accepted) { draft.clear(); leave(); } }); }}>
        <TextField label={t('alarm.outOfService.permit')} value={draft.fields['permit'] ?? ''} maxLength={80} testId="out-permit" onChange={(value) => draft.setField('permit', value)} />
        <TextField label={t('alarm.shelve.reason')} value={draft.fields['reason'] ?? ''} maxLength={500} testId="out-reason" onChange={(value) => draft.setField('reason', value)} />
      </SignatureForm>
    </Act>
  );
}

function InService({ alarm, isOpen, toggle, leave }: FormProps) {
  const { t } = useWords();
  const { status, run } = useCommand('alarm.inService');
  return (
    <Act label={t('alarm.outOfService.back')} testId="in-service" verdict={null} isOpen={isOpen} toggle={toggle} answer={<CommandAnswer status={status} done={t('command.done')} />}>
      <SignatureForm label={t('alarm.outOfService.back')} submit={t('alarm.outOfService.back')} busy={status.phase === 'busy'} onCancel={leave} onSign={(signature) => { void run({ alarm: alarm.id, signature }).then((accepted) => { if (accepted) leave(); }); }} />
    </Act>
  );
}

function Reset({ alarm }: { alarm: AlarmView }) {
  const { t } = useWords();
  const { status, run } = useCommand('alarm.reset');
  const session = useLoggedOn();
  const verdict = alarm.may.reset;
  return (
    <div className="card-act" data-testid="reset-act" data-allowed={verdict?.allowed === true}>
      {session?.locked === false
        ? <button type="button" className="button" data-testid="reset" onClick={() => void run({ alarms: [alarm.id] })}>{t('alarm.reset')}</button>
        : <SignedAction label={t('alarm.reset')} testId="reset" busy={status.phase === 'busy'} onSign={(signature) => run({ alarms: [alarm.id], signature })} />}
      {verdict !== null && !verdict.allowed && status.phase !== 'refused' ? <RefusalNote refusal={verdict.refusal} /> : null}
      <CommandAnswer status={status} done={t('command.done')} />
    </div>
  );
}

/** Gas and fire (3.6): the cause analysed and somebody who was there, both signed, both before the reset. */
function Clearing({ alarm, cause, confirm }: { alarm: AlarmView; cause: FormProps; confirm: FormProps }) {
  const { t } = useWords();
  return (
    <div className="card-clearing" data-testid="clearing">
      <h3>{t('alarm.clearing.title')}</h3>
      <SignedWord {...cause} command="alarm.cause" word={alarm.clearing?.cause ?? null} label={t('alarm.clearing.cause')} verdict={null} testId="clearing-cause" />
      <SignedWord {...confirm} command="alarm.confirmOnSite" word={alarm.clearing?.confirmation ?? null} label={t('alarm.clearing.confirm')} verdict={alarm.may.confirmOnSite} testId="clearing-confirm" />
    </div>
  );
}

function SignedWord({ alarm, command, word, label, verdict, testId, isOpen, toggle, leave }: FormProps & { command: 'alarm.cause' | 'alarm.confirmOnSite'; word: { text: string; by: string; atMs: number } | null; label: string; verdict: Verdict | null; testId: string }) {
  const { t } = useWords();
  const { status, run } = useCommand(command);
  const draft = useDraft(`${command}/${alarm.id}`);
  return (
    <>
      <p className={`clearing-part${word === null ? '' : ' clearing-done'}`}><span className={`tick ${word === null ? 'tick-false' : 'tick-true'}`} aria-hidden="true">{word === null ? '' : '✓'}</span> <strong>{label}</strong>{t('list.colon')}{word === null ? t('alarm.clearing.missing') : `${word.text} · ${word.by} ${clockTime(word.atMs)}`}</p>
      <Act label={t(word === null ? 'alarm.clearing.sign' : 'alarm.clearing.signAgain', { what: label })} testId={testId} verdict={verdict} isOpen={isOpen} toggle={toggle} answer={<CommandAnswer status={status} done={t('command.done')} />}>
        <SignatureForm label={label} submit={t('alarm.clearing.submit')} busy={status.phase === 'busy'} onCancel={leave} onSign={(signature) => { void run({ alarm: alarm.id, text: draft.fields['text'] ?? '', signature }).then((accepted) => { if (accepted) { draft.clear(); leave(); } }); }}>
          <AreaField label={label} value={draft.fields['text'] ?? ''} testId={`${testId}-text`} onChange={(value) => draft.setField('text', value)} />
        </SignatureForm>
      </Act>
    </>
  );
}
