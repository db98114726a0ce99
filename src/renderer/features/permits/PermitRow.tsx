/** One work permit: number, scope, who approved it, how long it lasts, what it carries now. */
import type { WorkPermitView } from '../../../contract/work.ts';
import { useCommand, useConnected, useDraft, useNow } from '../../store/console-context.ts';
import { CommandAnswer } from '../../ui/CommandAnswer.tsx';
import { TextField } from '../../ui/Field.tsx';
import { countdown, dateTime } from '../../ui/format.ts';
import { PrioritySymbol } from '../../ui/PrioritySymbol.tsx';
import { SignedAction } from '../../ui/SignatureForm.tsx';
import { useWords } from '../../ui/words.ts';

export function PermitRow({ permit }: { permit: WorkPermitView }) {
  const { t, text } = useWords();
  const nowMs = useNow();
  const connected = useConnected();
  const { state } = permit;
  return (
    <li className={`work-permit work-permit-${state}`} data-testid={`permit-row-${permit.number}`} data-state={state}>
      <p className="work-permit-head">
        <strong>{permit.number}</strong><span>{text(permit.title)}</span>
        <span className="work-permit-state">{state === 'expired' ? <PrioritySymbol priority={1} /> : null}{t(`work.state.${state}`)}</span>
        <span>{dateTime(permit.fromMs)} – {dateTime(permit.untilMs)}{state === 'valid' ? <> (<span role="timer">{countdown(permit.untilMs - nowMs)}</span>)</> : null}{connected ? null : <span className="hint"> {t('link.unknownData')}</span>}</span>
      </p>
      <dl className="card-facts">
        <dt>{t('work.scope')}</dt><dd>{permit.scope}</dd>
        <dt>{t('work.zone')}</dt><dd>{text(permit.zone.title)}</dd>
        <dt>{t('work.holder')}</dt><dd>{permit.holder}</dd>
        <dt>{t('work.approver')}</dt><dd>{permit.approver.name} · {dateTime(permit.issuedMs)}</dd>
        {permit.isolation.length === 0 ? null : <><dt>{t('work.isolation')}</dt><dd>{permit.isolation.map(({ by, number }) => `${t(`work.by.${by}`)} ${number}`).join(t('list.and'))}</dd></>}
        {permit.carries.length === 0 ? null : <><dt>{t('work.carries')}</dt><dd>{permit.carries.map(({ instance, procedure, step }) => <p key={instance}>{text(procedure)}{t('list.colon')}{text(step)}</p>)}</dd></>}
        {permit.closed === null ? null : <><dt>{t('work.closedBy')}</dt><dd>{permit.closed.by} · {dateTime(permit.closed.atMs)} · {permit.closed.reason}</dd></>}
      </dl>
      {state === 'closed' ? null : <div className="button-row"><Close permit={permit.number} /></div>}
    </li>
  );
}

function Close({ permit }: { permit: string }) {
  const { t } = useWords();
  const { status, run } = useCommand('permit.close');
  const { fields, setField, clear } = useDraft(`permit-close/${permit}`);
  return (
    <SignedAction
      label={t('work.close')} testId={`permit-close-${permit}`} formLabel={`${t('work.close')} ${permit}`} busy={status.phase === 'busy'} answer={<CommandAnswer status={status} done={t('command.done')} />}
      onSign={async (signature) => {
        const accepted = await run({ permit, reason: fields['reason'] ?? '', signature });
        if (accepted) clear();
        return accepted;
      }}
    >
      <TextField label={t('work.closeReason')} value={fields['reason'] ?? ''} maxLength={500} onChange={(value) => setField('reason', value)} testId="permit-close-reason" />
    </SignedAction>
  );
}
