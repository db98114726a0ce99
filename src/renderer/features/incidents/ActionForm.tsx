/** Opening a corrective action: the five parts of H.1, for which incident, and which procedures it concerns. */
import { ACTION_PROCEDURES_MAX } from '../../../contract/actions.ts';
import { useAnswer, useCommand, useDraft, useSection } from '../../store/console-context.ts';
import { CommandAnswer } from '../../ui/CommandAnswer.tsx';
import { AreaField, SelectField, TextField } from '../../ui/Field.tsx';
import { dateTime } from '../../ui/format.ts';
import { SignedAction } from '../../ui/SignatureForm.tsx';
import { useWords } from '../../ui/words.ts';
import { chosenProcedures, incidentOf, NO_INCIDENT, PROCEDURE_CHOSEN, procedureField } from './action-fields.ts';

/** The list of procedures is the plant's and hardly ever changes. */
const REFRESH_MS = 60_000;
/** A4-2 before A4-11. */
const byNumber = new Intl.Collator('en', { numeric: true });
type Draft = Pick<ReturnType<typeof useDraft>, 'fields' | 'setField'>;

export function ActionForm() {
  const { t } = useWords();
  const { status, run } = useCommand('action.open');
  const { fields, setField, clear } = useDraft('action-open');
  const incidents = useSection('incident');
  const newest = incidents?.current?.id ?? incidents?.past[0]?.id ?? NO_INCIDENT;
  const chosen = fields['incident'] ?? newest;
  return (
    <SignedAction
      label={t('corrective.open')} testId="action-open" busy={status.phase === 'busy'} answer={<CommandAnswer status={status} done={t('corrective.opened', { id: status.phase === 'done' ? status.output.action : '' })} />}
      onSign={async (signature) => {
        const accepted = await run({
          incident: incidentOf(chosen), measure: fields['measure'] ?? '', responsible: fields['responsible'] ?? '', funding: fields['funding'] ?? '', dueMs: new Date(fields['due'] ?? '').getTime(), contingency: fields['contingency'] ?? '', procedures: chosenProcedures(fields), signature,
        });
        if (accepted) clear();
        return accepted;
      }}
    >
      <div className="action-form">
        <SelectField label={t('corrective.incident')} value={chosen} onChange={(value) => setField('incident', value)} testId="action-incident">
          {incidents?.current == null ? null : <option value={incidents.current.id}>{t('corrective.present', { id: incidents.current.id })}</option>}
          {(incidents?.past ?? []).map(({ id, openedMs }) => <option key={id} value={id}>{id} · {dateTime(openedMs)}</option>)}
          <option value={NO_INCIDENT}>{t('corrective.noIncident')}</option>
        </SelectField>
        <TextField label={t('corrective.responsible')} value={fields['responsible'] ?? ''} maxLength={80} onChange={(value) => setField('responsible', value)} testId="action-responsible" />
        <TextField label={t('corrective.funding')} value={fields['funding'] ?? ''} maxLength={200} onChange={(value) => setField('funding', value)} testId="action-funding" />
        <TextField label={t('corrective.due')} type="datetime-local" value={fields['due'] ?? ''} onChange={(value) => setField('due', value)} testId="action-due" />
        <AreaField label={t('corrective.measure')} value={fields['measure'] ?? ''} maxLength={500} onChange={(value) => setField('measure', value)} testId="action-measure" />
        <AreaField label={t('corrective.contingency')} value={fields['contingency'] ?? ''} maxLength={500} onChange={(value) => setField('contingency', value)} testId="action-contingency" />
      </div>
      <Procedures fields={fields} setField={setField} legend={t('corrective.concerns')} testId="action-procedure" />
    </SignedAction>
  );
}

export function Procedures({ fields, setField, legend, testId }: Draft & { legend: string; testId: string }) {
  const { t, text } = useWords();
  const { output } = useAnswer('procedure.advice', {}, REFRESH_MS);
  const isFull = chosenProcedures(fields).length >= ACTION_PROCEDURES_MAX;
  return (
    <fieldset className="action-procedures">
      <legend>{legend}</legend>
      {output === undefined ? <p className="hint">{t('link.unknownData')}</p> : null}
      {(output?.procedures ?? []).toSorted((a, b) => byNumber.compare(a.procedure, b.procedure)).map(({ procedure, title }) => {
        const on = fields[procedureField(procedure)] === PROCEDURE_CHOSEN;
        return <label key={procedure} className="action-procedure"><input type="checkbox" checked={on} disabled={!on && isFull} data-testid={`${testId}-${procedure}`} onChange={(event) => setField(procedureField(procedure), event.target.checked ? PROCEDURE_CHOSEN : '')} /><span>{procedure} {text(title)}</span></label>;
      })}
    </fieldset>
  );
}
