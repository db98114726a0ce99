/** Opening a follow-up: what kind, what, who, until when, for which incident, and which procedures it concerns. */
import { FOLLOW_UP_KINDS } from '../../../contract/aftermath.ts';
import { useCommand, useDraft, useSection } from '../../store/console-context.ts';
import { CommandAnswer } from '../../ui/CommandAnswer.tsx';
import { AreaField, SelectField, TextField } from '../../ui/Field.tsx';
import { dateTime } from '../../ui/format.ts';
import { SignedAction } from '../../ui/SignatureForm.tsx';
import { useWords } from '../../ui/words.ts';
import { chosenProcedures, incidentOf, NO_INCIDENT } from './action-fields.ts';
import { Procedures } from './ActionForm.tsx';

export function FollowUpsForm() {
  const { t } = useWords();
  const { status, run } = useCommand('followUp.open');
  const { fields, setField, clear } = useDraft('follow-up-open');
  const incidents = useSection('incident');
  const chosen = fields['incident'] ?? incidents?.current?.id ?? incidents?.past[0]?.id ?? NO_INCIDENT;
  const kind = FOLLOW_UP_KINDS.find((each) => each === fields['kind']) ?? 'emergency-procedure';
  return (
    <SignedAction
      label={t('followUp.open')} testId="follow-up-open" busy={status.phase === 'busy'} answer={<CommandAnswer status={status} done={t('followUp.opened', { id: status.phase === 'done' ? status.output.followUp : '' })} />}
      onSign={async (signature) => {
        const accepted = await run({ kind, title: fields['title'] ?? '', responsible: fields['responsible'] ?? '', dueMs: new Date(fields['due'] ?? '').getTime(), incident: incidentOf(chosen), procedures: chosenProcedures(fields), signature });
        if (accepted) clear();
        return accepted;
      }}
    >
      <div className="action-form">
        <SelectField label={t('followUp.kindLabel')} value={kind} onChange={(value) => setField('kind', value)} testId="follow-up-kind">{FOLLOW_UP_KINDS.map((each) => <option key={each} value={each}>{t(`followUp.kind.${each}`)}</option>)}</SelectField>
        <SelectField label={t('corrective.incident')} value={chosen} onChange={(value) => setField('incident', value)} testId="follow-up-incident">
          {incidents?.current == null ? null : <option value={incidents.current.id}>{t('corrective.present', { id: incidents.current.id })}</option>}
          {(incidents?.past ?? []).map(({ id, openedMs }) => <option key={id} value={id}>{id} · {dateTime(openedMs)}</option>)}
          <option value={NO_INCIDENT}>{t('corrective.noIncident')}</option>
        </SelectField>
        <TextField label={t('followUp.responsible')} value={fields['responsible'] ?? ''} maxLength={80} onChange={(value) => setField('responsible', value)} testId="follow-up-responsible" />
        <TextField label={t('followUp.due')} type="datetime-local" value={fields['due'] ?? ''} onChange={(value) => setField('due', value)} testId="follow-up-due" />
        <AreaField label={t('followUp.titleLabel')} value={fields['title'] ?? ''} maxLength={200} onChange={(value) => setField('title', value)} testId="follow-up-title" />
      </div>
      <Procedures fields={fields} setField={setField} legend={t('followUp.procedures')} testId="follow-up-procedure" />
    </SignedAction>
  );
}
