/** Who answers for a procedure, whether it was put aside, what it has raised, and which revision runs. */
import { useState } from 'react';
import type { FormEvent } from 'react';
import type { ProcedureView } from '../../../contract/view.ts';
import { useCommand, useDraft, useSection } from '../../store/console-context.ts';
import { CommandAnswer } from '../../ui/CommandAnswer.tsx';
import { TextField } from '../../ui/Field.tsx';
import { clockTime } from '../../ui/format.ts';
import { SignedAction } from '../../ui/SignatureForm.tsx';
import { useWords } from '../../ui/words.ts';

export function Ownership({ procedure, choose }: { procedure: ProcedureView; choose: (instance: string) => void }) {
  const { t, text } = useWords();
  const own = useCommand('procedure.own');
  const { owner, instance } = procedure;
  return (
    <section className="ownership" aria-label={t('owner.title')} data-testid="ownership">
      <p><span className="hint">{t('owner.title')}</span> {owner === null ? <strong>{t('owner.none')}</strong> : <><strong>{owner.name}</strong> <span className="hint">{t('post.since', { at: clockTime(owner.atMs) })}</span></>}</p>
      <SignedAction label={t('owner.take')} testId="take-ownership" busy={own.status.phase === 'busy'} onSign={(signature) => own.run({ instance, signature })} answer={<CommandAnswer status={own.status} />} />
      {procedure.suspended === null ? <Suspend instance={instance} /> : null}
      <p className="ownership-revision"><span className="hint">{procedure.id} v{procedure.version} · {t('upset.revision')} {procedure.revision} · {t('upset.priority')} {procedure.priority} · {procedure.clauses.join(' · ')}</span></p>
      <Led procedure={procedure} choose={choose} />
      {procedure.applies === null ? null : <p className="hint">{t('upset.applies')}{text(procedure.applies)}</p>}
    </section>
  );
}

function Led({ procedure, choose }: { procedure: ProcedureView; choose: (instance: string) => void }) {
  const { t, text } = useWords();
  const running = useSection('upset')?.procedures ?? [];
  const by = running.flatMap((each) => each.led.filter((led) => led.procedure === procedure.id).map((led) => ({ ...led, title: each.title, instance: each.instance })));
  if (procedure.led.length + by.length === 0) return null;
  const link = (instance: string | undefined, title: string) => (instance === undefined ? title : <button type="button" className="link-button" onClick={() => choose(instance)}>{title}</button>);
  return (
    <ul className="led" data-testid="led">
      {by.map((each) => <li key={`${each.instance}/${each.from}`}>{t('upset.raisedBy')} {link(each.instance, text(each.title))} <span className="hint">{clockTime(each.atMs)}</span></li>)}
      {procedure.led.map((each) => <li key={each.from}>{t('upset.hasRaised')} {link(running.find(({ id }) => id === each.procedure)?.instance, text(each.title))} <span className="hint">{clockTime(each.atMs)}</span></li>)}
    </ul>
  );
}

function Suspend({ instance }: { instance: string }) {
  const { t } = useWords();
  const { status, run } = useCommand('procedure.suspend');
  const { fields, setField, clear } = useDraft(`suspend/${instance}`);
  const [open, setOpen] = useState(false);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    void run({ instance, reason: fields['reason'] ?? '' }).then((accepted) => { if (accepted) { clear(); setOpen(false); } });
  };
  return (
    <div className="signed-action">
      <button type="button" className="button" aria-expanded={open} data-testid="suspend" onClick={() => setOpen(!open)}>{t('suspend.button')}</button>
      {open ? (
        <form className="signature-form" aria-label={t('suspend.button')} onSubmit={submit}>
          <p className="hint">{t('suspend.hint')}</p>
          <TextField label={t('suspend.reason')} value={fields['reason'] ?? ''} maxLength={500} onChange={(value) => setField('reason', value)} testId="suspend-reason" />
          <div className="button-row"><button type="submit" className="button button-strong" data-testid="suspend-submit" disabled={status.phase === 'busy'}>{t('suspend.button')}</button><button type="button" className="button" onClick={() => setOpen(false)}>{t('sign.cancel')}</button></div>
        </form>
      ) : null}
      <CommandAnswer status={status} />
    </div>
  );
}

/** Above the card of a procedure that was put aside: by whom, why, and the way to go on. */
export function SuspendedBar({ procedure }: { procedure: ProcedureView }) {
  const { t } = useWords();
  const { status, run } = useCommand('procedure.resume');
  const { suspended, instance } = procedure;
  if (suspended === null) return null;
  return (
    <div className="suspended" data-testid="suspended">
      <p><strong>‖ {t('upset.suspended')}</strong> {suspended.by} {clockTime(suspended.atMs)}{t('list.colon')}{suspended.reason} <span className="hint">{t('suspend.hint')}</span></p>
      <button type="button" className="button button-strong" data-testid="resume" onClick={() => void run({ instance })}>{t('suspend.resume')}</button>
      <CommandAnswer status={status} />
    </div>
  );
}
