/** Issuing a work permit. Who signs approves it; what speaks against it the station says, here. */
import { ISOLATIONS } from '../../../contract/work-permits.ts';
import type { WorkSection } from '../../../contract/view.ts';
import { useCommand, useDraft, useNow, useSection } from '../../store/console-context.ts';
import { CommandAnswer } from '../../ui/CommandAnswer.tsx';
import { SelectField, TextField } from '../../ui/Field.tsx';
import { localInputTime } from '../../ui/format.ts';
import { SignedAction } from '../../ui/SignatureForm.tsx';
import { useWords } from '../../ui/words.ts';
import { ISOLATION_ROWS, isolationFields, kindOf, requestOf } from './permit-fields.ts';

const USUAL_MS = 4 * 3_600_000;
type Fields = Readonly<Record<string, string>>;
type SetField = (name: string, value: string) => void;

export function PermitForm({ kinds }: { kinds: WorkSection['kinds'] }) {
  const { t, text } = useWords();
  const { status, run } = useCommand('permit.issue');
  const { fields, setField, clear } = useDraft('permit-issue');
  const zones = useSection('people')?.zones ?? [];
  const nowMs = useNow(60_000);
  const kind = kindOf(fields);
  const spec = kinds.find((each) => each.kind === kind);
  const zone = fields['zone'] ?? '';
  const from = fields['from'] ?? localInputTime(nowMs);
  const until = fields['until'] ?? localInputTime(nowMs + Math.min(USUAL_MS, spec?.longestMs ?? USUAL_MS));
  return (
    <SignedAction
      label={t('work.issue')} testId="permit-issue" busy={status.phase === 'busy'} answer={<CommandAnswer status={status} done={t('work.issued')} />}
      onSign={async (signature) => {
        const accepted = await run({ ...requestOf(fields, zone, new Date(from).getTime(), new Date(until).getTime()), signature });
        if (accepted) clear();
        return accepted;
      }}
    >
      <div className="permit-form">
        <TextField label={t('work.number')} value={fields['number'] ?? ''} maxLength={40} onChange={(value) => setField('number', value)} testId="permit-number" />
        <SelectField label={t('work.kind')} value={kind} onChange={(value) => setField('kind', value)} testId="permit-kind">{kinds.map((each) => <option key={each.kind} value={each.kind}>{text(each.title)}</option>)}</SelectField>
        <TextField label={t('work.scope')} value={fields['scope'] ?? ''} maxLength={500} onChange={(value) => setField('scope', value)} testId="permit-scope" />
        <SelectField label={t('work.zone')} value={zone} onChange={(value) => setField('zone', value)} testId="permit-zone"><option value="">{t('sign.choose')}</option>{zones.map(({ id, title }) => <option key={id} value={id}>{text(title)}</option>)}</SelectField>
        <TextField label={t('work.holder')} value={fields['holder'] ?? ''} maxLength={80} onChange={(value) => setField('holder', value)} testId="permit-holder" />
        <TextField label={t('work.from')} type="datetime-local" value={from} onChange={(value) => setField('from', value)} testId="permit-from" />
        <TextField label={t('work.untilAtMost', { hours: Math.round((spec?.longestMs ?? 0) / 3_600_000) })} type="datetime-local" value={until} onChange={(value) => setField('until', value)} testId="permit-until" />
      </div>
      <IsolationRows fields={fields} setField={setField} needed={spec?.isolated === true} />
      {kind === 'pressure-work' ? <PressureFields fields={fields} setField={setField} /> : null}
    </SignedAction>
  );
}

function IsolationRows({ fields, setField, needed }: { fields: Fields; setField: SetField; needed: boolean }) {
  const { t } = useWords();
  return (
    <fieldset className="evidence-form isolation-rows">
      <legend>{t(needed ? 'work.isolationNeeded' : 'work.isolation')}</legend>
      {Array.from({ length: ISOLATION_ROWS }, (_, row) => {
        const [by, number] = isolationFields(row);
        const isFirst = needed && row === 0;
        return (
          <div key={by} className="isolation-row" role="group" aria-label={`${t('work.isolation')} ${row + 1}`}>
            <SelectField label={t('work.isolatedBy')} value={fields[by] ?? ''} required={isFirst} onChange={(value) => setField(by, value)} testId={`isolation-by-${row}`}><option value="">{t('sign.choose')}</option>{ISOLATIONS.map((each) => <option key={each} value={each}>{t(`work.by.${each}`)}</option>)}</SelectField>
            <TextField label={t('work.isolationNumber')} value={fields[number] ?? ''} required={isFirst} maxLength={40} onChange={(value) => setField(number, value)} testId={`isolation-number-${row}`} />
          </div>
        );
      })}
    </fieldset>
  );
}

const TEXTS = ['necessity', 'survey', 'plan'] as const;
const FIGURES = ['thicknessMm', 'requiredMm'] as const;
const QUESTIONS = ['extremelyHazardous', 'cracksCanGrow', 'strengthSuffices', 'safeguardsInPlace'] as const;

/** 4.4.2, 4.4.3. Nothing here is required by the form: what is left open the station answers with the clause. */
function PressureFields({ fields, setField }: { fields: Fields; setField: SetField }) {
  const { t } = useWords();
  return (
    <fieldset className="evidence-form" data-testid="pressure-fields">
      <legend>{t('work.pressure.title')}</legend>
      {TEXTS.map((name) => <TextField key={name} label={t(`work.pressure.${name}`)} value={fields[name] ?? ''} required={false} maxLength={name === 'plan' ? 40 : 500} onChange={(value) => setField(name, value)} testId={`pressure-${name}`} />)}
      {FIGURES.map((name) => <TextField key={name} type="number" label={t(`work.pressure.${name}`)} value={fields[name] ?? ''} required={false} onChange={(value) => setField(name, value)} testId={`pressure-${name}`} />)}
      {QUESTIONS.map((name) => <SelectField key={name} label={t(`work.pressure.${name}`)} value={fields[name] ?? ''} required={false} onChange={(value) => setField(name, value)} testId={`pressure-${name}`}><option value="">{t('work.pressure.open')}</option><option value="yes">{t('work.pressure.yes')}</option><option value="no">{t('work.pressure.no')}</option></SelectField>)}
    </fieldset>
  );
}
