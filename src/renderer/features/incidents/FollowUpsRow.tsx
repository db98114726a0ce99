/** One follow-up: what it is, whether it is late, and what showed that it is done. */
import { DOCUMENT_KINDS } from '../../../contract/aftermath.ts';
import type { FollowUpView } from '../../../contract/aftermath.ts';
import { useCommand, useConnected, useDraft } from '../../store/console-context.ts';
import { CommandAnswer } from '../../ui/CommandAnswer.tsx';
import { AreaField, TextField } from '../../ui/Field.tsx';
import { dateTime } from '../../ui/format.ts';
import { PrioritySymbol } from '../../ui/PrioritySymbol.tsx';
import { SignedAction } from '../../ui/SignatureForm.tsx';
import { useWords } from '../../ui/words.ts';

export function FollowUpsRow({ followUp }: { followUp: FollowUpView }) {
  const { t, text } = useWords();
  const connected = useConnected();
  const state = followUp.done !== null ? 'done' : followUp.withdrawn !== null ? 'withdrawn' : followUp.overdue ? 'overdue' : 'open';
  const isOver = state === 'done' || state === 'withdrawn';
  return (
    <li className={`action action-${isOver ? 'closed' : state}`} data-testid={`follow-up-${followUp.id}`} data-state={state}>
      <p className="action-head">
        <strong>{followUp.id}</strong>
        <span className="action-state">{state === 'overdue' ? <PrioritySymbol priority={3} /> : null}{t(`followUp.state.${state}`)}</span>
        <span>{t(`followUp.kind.${followUp.kind}`)}</span>
        <span>{t('followUp.dueAt', { at: dateTime(followUp.dueMs) })}</span>
        <span className="hint">{followUp.incident ?? t('corrective.noIncident')}{connected ? '' : ` · ${t('link.unknownData')}`}</span>
      </p>
      <dl className="card-facts">
        <dt>{t('followUp.titleLabel')}</dt><dd>{followUp.title}</dd>
        <dt>{t('followUp.responsible')}</dt><dd>{followUp.responsible}</dd>
        <dt>{t('followUp.procedures')}</dt><dd>{followUp.procedures.map(({ id, title }) => `${id} ${text(title)}`).join(t('list.and'))}</dd>
        <dt>{t('followUp.openedBy')}</dt><dd>{followUp.openedBy} · {dateTime(followUp.openedMs)}</dd>
        {followUp.done === null ? null : <><dt>{t('followUp.evidence')}</dt><dd>{[followUp.done.document, followUp.done.revision, dateTime(followUp.done.heldMs), followUp.done.participants].filter((each) => each !== '').join(' · ')}</dd><dt>{t('followUp.doneBy')}</dt><dd>{followUp.done.by} · {dateTime(followUp.done.atMs)}</dd></>}
        {followUp.withdrawn === null ? null : <><dt>{t('followUp.withdraw')}</dt><dd>{followUp.withdrawn.by} · {dateTime(followUp.withdrawn.atMs)} · {followUp.withdrawn.reason}</dd></>}
      </dl>
      {isOver ? null : <div className="button-row"><Done followUp={followUp} /><Withdraw id={followUp.id} /></div>}
    </li>
  );
}

/** A document has a revision, an event has people; each is asked for what shows it. */
function Done({ followUp: { id, kind } }: { followUp: FollowUpView }) {
  const { t } = useWords();
  const { status, run } = useCommand('followUp.done');
  const { fields, setField, clear } = useDraft(`follow-up-done/${id}`);
  const isDocument = DOCUMENT_KINDS.includes(kind);
  return (
    <SignedAction
      label={t('followUp.done')} testId={`follow-up-done-${id}`} formLabel={`${t('followUp.done')} ${id}`} busy={status.phase === 'busy'} answer={<CommandAnswer status={status} done={t('command.done')} />}
      onSign={async (signature) => {
        const accepted = await run({ followUp: id, document: fields['document'] ?? '', revision: fields['revision'] ?? '', heldMs: new Date(fields['held'] ?? '').getTime(), participants: fields['participants'] ?? '', signature });
        if (accepted) clear();
        return accepted;
      }}
    >
      <p className="hint">{t('followUp.doneHint')}</p>
      <div className="action-form">
        <TextField label={t(isDocument ? 'followUp.document' : 'followUp.recordNumber')} value={fields['document'] ?? ''} maxLength={120} onChange={(value) => setField('document', value)} testId="follow-up-document" />
        {isDocument ? <TextField label={t('followUp.revision')} value={fields['revision'] ?? ''} maxLength={40} onChange={(value) => setField('revision', value)} testId="follow-up-revision" /> : null}
        <TextField label={t('followUp.held')} type="datetime-local" value={fields['held'] ?? ''} onChange={(value) => setField('held', value)} testId="follow-up-held" />
      </div>
      {isDocument ? null : <AreaField label={t('followUp.participants')} value={fields['participants'] ?? ''} maxLength={1_000} onChange={(value) => setField('participants', value)} testId="follow-up-participants" />}
    </SignedAction>
  );
}

function Withdraw({ id }: { id: string }) {
  const { t } = useWords();
  const { status, run } = useCommand('followUp.withdraw');
  const { fields, setField, clear } = useDraft(`follow-up-withdraw/${id}`);
  return (
    <SignedAction
      label={t('followUp.withdraw')} testId={`follow-up-withdraw-${id}`} formLabel={`${t('followUp.withdraw')} ${id}`} busy={status.phase === 'busy'} answer={<CommandAnswer status={status} done={t('command.done')} />}
      onSign={async (signature) => {
        const accepted = await run({ followUp: id, reason: fields['reason'] ?? '', signature });
        if (accepted) clear();
        return accepted;
      }}
    >
      <TextField label={t('followUp.reason')} value={fields['reason'] ?? ''} maxLength={500} onChange={(value) => setField('reason', value)} testId="follow-up-reason" />
    </SignedAction>
  );
}
