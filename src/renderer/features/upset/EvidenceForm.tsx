/** The fields of one piece of evidence, as the station asks for them. */
import type { Gas } from '../../../contract/evidence.ts';
import { GASES } from '../../../contract/evidence.ts';
import type { ProofView } from '../../../contract/view.ts';
import { useNow, useSection } from '../../store/console-context.ts';
import { SelectField, TextField } from '../../ui/Field.tsx';
import { localInputTime, unitSign } from '../../ui/format.ts';
import { useWords } from '../../ui/words.ts';
import { gasesOf, placeField, POINTS_MAX, pointsOf, USUAL_VALID_MIN, valueField } from './evidence-fields.ts';
import type { Fields } from './evidence-fields.ts';

type Form = { proof: ProofView; fields: Fields; setField: (name: string, value: string) => void };
type Asked = ProofView['asks'][number];

export function EvidenceForm({ proof, fields, setField }: Form) {
  const { t } = useWords();
  if (proof.asks.length === 0) return null;
  return (
    <fieldset className="evidence-form" data-testid={`evidence-${proof.id}`}>
      <legend>{t(`work.evidence.${proof.evidence ?? 'none'}`)}</legend>
      {proof.asks.map((asked) => <Field key={asked.field} asked={asked} proof={proof} fields={fields} setField={setField} />)}
    </fieldset>
  );
}

function Field({ asked: { field, needed }, proof, fields, setField }: Form & { asked: Asked }) {
  const { t } = useWords();
  const nowMs = useNow(60_000);
  const common = { label: t(`work.field.${field}`), required: needed, testId: `evidence-${field}-${proof.id}`, onChange: (value: string) => setField(field, value) };
  switch (field) {
    case 'points': return <Points proof={proof} fields={fields} setField={setField} />;
    case 'result': return (
      <SelectField {...common} value={fields['result'] ?? ''}>
        <option value="">{t('sign.choose')}</option><option value="good">{t(`work.result.good.${proof.evidence ?? 'try-start'}`)}</option><option value="bad">{t('work.result.bad')}</option>
      </SelectField>
    );
    case 'sampledMs': return <TextField {...common} type="datetime-local" value={fields['sampledMs'] ?? localInputTime(nowMs)} />;
    case 'validForMs': return <TextField {...common} type="number" value={fields['validForMs'] ?? String(USUAL_VALID_MIN)} />;
    case 'numbers': case 'lock': case 'tag': case 'instrument': case 'sample': case 'place': return <TextField {...common} value={fields[field] ?? ''} />;
  }
}

/** A row for each point, a column for each gas. The gas that the proof is about cannot be left out. */
function Points({ proof, fields, setField }: Form) {
  const { t } = useWords();
  const limits = useSection('work')?.gases ?? [];
  const own = proof.figure?.gas ?? null;
  const gases = gasesOf(fields, own);
  const count = pointsOf(fields);
  const addGas = (gas: string): void => setField('gases', [...gases, gas].join(','));
  return (
    <div className="evidence-points">
      {Array.from({ length: count }, (_, point) => (
        <div key={point} className="evidence-point" role="group" aria-label={t('work.point', { n: point + 1 })}>
          <TextField label={t('work.pointPlace', { n: point + 1 })} value={fields[placeField(point)] ?? ''} maxLength={100} onChange={(value) => setField(placeField(point), value)} testId={`point-${point}-place`} />
          {gases.map((gas) => <TextField key={gas} type="number" required={gas === own || own === null} label={gasLabel(gas, limits, t)} value={fields[valueField(point, gas)] ?? ''} onChange={(value) => setField(valueField(point, gas), value)} testId={`point-${point}-${gas}`} />)}
        </div>
      ))}
      <div className="evidence-more">
        <button type="button" className="button button-small" data-testid="point-add" disabled={count >= POINTS_MAX} onClick={() => setField('points', String(count + 1))}>{t('work.addPoint')}</button>
        {count === 1 ? null : <button type="button" className="button button-small" onClick={() => setField('points', String(count - 1))}>{t('work.dropPoint')}</button>}
        <SelectField label={t('work.addGas')} value="" required={false} onChange={(gas) => { if (gas !== '') addGas(gas); }} testId="gas-add">
          <option value="">{t('sign.choose')}</option>
          {GASES.filter((gas) => !gases.includes(gas)).map((gas) => <option key={gas} value={gas}>{t(`work.gas.${gas}`)}</option>)}
        </SelectField>
      </div>
    </div>
  );
}

type Limits = readonly { readonly gas: Gas; readonly unit: string }[];
const gasLabel = (gas: Gas, limits: Limits, t: (key: string) => string): string => `${t(`work.gas.${gas}`)} ${unitSign(limits.find((each) => each.gas === gas)?.unit)}`;
