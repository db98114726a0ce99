/** One corrective action: its five parts, whether it is late, how its deadline was moved, and what shows that it is done. */
import type { ActionView } from '../../../contract/actions.ts';
import { useCommand, useConnected, useDraft } from '../../store/console-context.ts';
import { CommandAnswer } from '../../ui/CommandAnswer.tsx';
import { AreaField, TextField } from '../../ui/Field.tsx';
import { dateTime } from '../../ui/format.ts';
import { PrioritySymbol } from '../../ui/PrioritySymbol.tsx';
import { SignedAction } from '../../ui/SignatureForm.tsx';
import { useWords } from '../../ui/words.ts';

export function ActionRow({ action }: { action: ActionView }) {
  const { t, text } = useWords();
  const connected = useConnected();
  const state = action.closed !== null ? 'closed' : action.overdue ? 'overdue' : 'open';
  return (
    <li className={`action action-${state}`} data-testid={`action-${action.id}`} data-state={state}>
      <p className="action-head">
        <strong>{action.id}</strong>
        <span className="action-state">{state === 'overdue' ? <PrioritySymbol priority={3} /> : null}{t(`corrective.state.${state}`)}</span>
        <span>{t('corrective.dueAt', { at: dateTime(action.dueMs) })}</span>
        <span className="hint">{action.incident ?? t('corrective.noIncident')}{connected ? '' : ` · ${t('link.unknownData')}`}</span>
      </p>
      <dl className="card-facts">
        <dt>{t('corrective.measure')}</dt><dd>{action.measure}</dd>
        <dt>{t('corrective.responsible')}</dt><dd>{action.responsible}</dd>
        <dt>{t('corrective.funding')}</dt><dd>{action.funding}</dd>
        <dt>{t('corrective.contingency')}</dt><dd>{action.contingency}</dd>
        {action.procedures.length === 0 ? null : <><dt>{t('corrective.procedures')}</dt><dd>{action.procedures.map(({ id, title }) => `${id} ${text(title)}`).join(t('list.and'))}</dd></>}
        <dt>{t('corrective.openedBy')}</dt><dd>{action.openedBy} · {dateTime(action.openedMs)}</dd>
        {action.extended.map((each) => <Moved key={each.atMs} moved={each} />)}
        {action.closed === null ? null : <><dt>{t('corrective.evidence')}</dt><dd>{action.closed.evidence}</dd><dt>{t('corrective.closedBy')}</dt><dd>{action.closed.by} · {dateTime(action.closed.atMs)}</dd></>}
      </dl>
      {action.closed !== null ? null : <div className="button-row"><Close id={action.id} />{action.movable ? <Move id={action.id} /> : null}</div>}
    </li>
  );
}

function Moved({ moved }: { moved: ActionView['extended'][number] }) {
  const { t } = useWords();
  return <><dt>{t('corrective.moved')}</dt><dd>{t('corrective.movedFromTo', { from: dateTime(moved.fromMs), to: dateTime(moved.toMs) })} · {moved.by} · {moved.reason}</dd></>;
}

function Close({ id }: { id: string }) {
  const { t } = useWords();
  const { status, run } = useCommand('action.close');
  const { fields, setField, clear } = useDraft(`action-close/${id}`);
  return (
    <SignedAction
      label={t('corrective.close')} testId={`action-close-${id}`} formLabel={`${t('corrective.close')} ${id}`} busy={status.phase === 'busy'} answer={<CommandAnswer status={status} done={t('command.done')} />}
      onSign={async (signature) => {
        const accepted = await run({ action: id, evidence: fields['evidence'] ?? '', signature });
        if (accepted) clear();
        return accepted;
      }}
    >
      <p className="hint">{t('corrective.closeHint')}</p>
      <AreaField label={t('corrective.evidence')} value={fields['evidence'] ?? ''} maxLength={1_000} onChange={(value) => setField('evidence', value)} testId="action-evidence" />
    </SignedAction>
  );
}

function Move({ id }: { id: string }) {
  const { t } = useWords();
  const { status, run } = useCommand('action.reschedule');
  const { fields, setField, clear } = useDraft(`action-move/${id}`);
  return (
    <SignedAction
      label={t('corrective.move')} testId={`action-move-${id}`} formLabel={`${t('corrective.move')} ${id}`} busy={status.phase === 'busy'} answer={<CommandAnswer status={status} done={t('command.done')} />}
      onSign={async (signature) => {
        const accepted = await run({ action: id, dueMs: new Date(fields['due'] ?? '').getTime(), reason: fields['reason'] ?? '', signature });
        if (accepted) clear();
        return accepted;
      }}
    >
      <p className="hint">{t('corrective.moveHint')}</p>
      <TextField label={t('corrective.newDue')} type="datetime-local" value={fields['due'] ?? ''} onChange={(value) => setField('due', value)} testId="action-new-due" />
      <TextField label={t('corrective.reason')} value={fields['reason'] ?? ''} maxLength={500} onChange={(value) => setField('reason', value)} testId="action-reason" />
    </SignedAction>
  );
}
