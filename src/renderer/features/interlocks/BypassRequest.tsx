/** Asking for a bypass (3.3): why, against what, what stands in meanwhile and who owns it, how wide the process may go, until when. */
import type { InterlockView } from '../../../contract/view.ts';
import { useCommand, useDraft, useNow, useSection } from '../../store/console-context.ts';
import { CommandAnswer } from '../../ui/CommandAnswer.tsx';
import { AreaField, SelectField, TextField } from '../../ui/Field.tsx';
import { localInputTime } from '../../ui/format.ts';
import { RefusalNote } from '../../ui/RefusalNote.tsx';
import { SignedAction } from '../../ui/SignatureForm.tsx';
import { useWords } from '../../ui/words.ts';
import { BYPASS_KINDS } from '../../../contract/commands.ts';
import { Weakened } from './Weakened.tsx';
import { fieldOf, HOW, LIMITS_MAX, limitsOf, MEASURES_MAX, measuresOf, rowCount } from './measure-draft.ts';

const USUAL_BYPASS_MS = 2 * 3_600_000;

type Draft = Pick<ReturnType<typeof useDraft>, 'fields' | 'setField'>;

export function BypassRequest({ interlock }: { interlock: InterlockView }) {
  const { id } = interlock;
  const { t } = useWords();
  const { status, run } = useCommand('bypass.request');
  const { fields, setField, clear } = useDraft(`bypass/${id}`);
  const nowMs = useNow(60_000);
  const tags = useSection('plant')?.tags ?? [];
  const element = interlock.elements.find(({ tag }) => tag === fields['element']);
  const workOrder = (fields['workOrder'] ?? '').trim();
  const until = fields['until'] ?? localInputTime(nowMs + Math.min(USUAL_BYPASS_MS, interlock.maxBypassMs));
  return (
    <SignedAction
      label={t('bypass.request')} testId={`bypass-request-${id}`} formLabel={`${t('bypass.request')} ${id}`} busy={status.phase === 'busy'}
      answer={<CommandAnswer status={status} done={t('bypass.requested', { id: status.phase === 'done' ? status.output.bypass : '' })} />}
      onSign={async (signature) => {
        const kind = BYPASS_KINDS.find((each) => each === fields['kind']);
        const accepted = await run({
          interlock: id, ...(element === undefined ? {} : { element: element.tag }), ...(workOrder === '' ? {} : { workOrder }), ...(kind === undefined ? {} : { kind }), reason: fields['reason'] ?? '', hazard: fields['hazard'] ?? '', measures: measuresOf(fields, (tag) => tags.find((each) => each.id === tag)?.kind === 'boolean'),
          limits: limitsOf(fields), ...(fields['start'] === undefined || fields['start'] === '' ? {} : { startMs: new Date(fields['start']).getTime() }), untilMs: new Date(until).getTime(), signature,
        });
        if (accepted) clear();
        return accepted;
      }}
    >
      {interlock.request.allowed ? null : <RefusalNote refusal={interlock.request.refusal} compact />}
      <SelectField label={t('bypass.kindOf')} value={fields['kind'] ?? 'maintenance'} onChange={(value) => setField('kind', value)} testId="bypass-kind">{BYPASS_KINDS.map((kind) => <option key={kind} value={kind}>{t(`bypass.kind.${kind}`)}</option>)}</SelectField>
      {interlock.elements.length === 0 ? null : (
        <SelectField label={t('bypassElement.scope')} value={element?.tag ?? ''} onChange={(value) => setField('element', value)} testId="bypass-element" required={false}>
          <option value="">{t('bypassElement.whole')}</option>
          {interlock.elements.map(({ tag, weakens }) => <option key={tag} value={tag}>{tag} · {weakens.map(({ voting, left }) => `${voting} → ${left ?? t('bypassElement.none')}`).join(' · ')}</option>)}
        </SelectField>
      )}
      {element === undefined ? null : <Weakened weakened={element.weakens} />}
      <p className="hint">{t('bypassElement.credit', { n: interlock.lopaCredit })}</p>
      <TextField label={t('bypassElement.workOrder')} required={false} maxLength={80} value={fields['workOrder'] ?? ''} onChange={(value) => setField('workOrder', value)} testId="bypass-work-order" />
      <AreaField label={t('bypass.reason')} value={fields['reason'] ?? ''} onChange={(value) => setField('reason', value)} testId="bypass-reason" />
      <AreaField label={t('bypass.hazard')} value={fields['hazard'] ?? ''} onChange={(value) => setField('hazard', value)} testId="bypass-hazard" />
      <Rows what="measure" fields={fields} setField={setField} />
      <Rows what="limit" fields={fields} setField={setField} />
      <TextField label={t('bypass.start')} type="datetime-local" required={false} value={fields['start'] ?? ''} onChange={(value) => setField('start', value)} testId="bypass-start" />
      <TextField label={t('bypass.until')} type="datetime-local" value={until} onChange={(value) => setField('until', value)} testId="bypass-until" />
      <p className="hint">{t('bypass.longest', { n: Math.round(interlock.maxBypassMs / 60_000) })}</p>
    </SignedAction>
  );
}

function Rows({ what, fields, setField }: Draft & { what: 'measure' | 'limit' }) {
  const { t } = useWords();
  const count = rowCount(fields, what);
  const max = what === 'measure' ? MEASURES_MAX : LIMITS_MAX;
  return (
    <fieldset className="bypass-draft-rows">
      <legend>{t(`bypass.${what}s`)}</legend>
      {Array.from({ length: count }, (_, index) => (what === 'measure' ? <MeasureRow key={index} index={index} fields={fields} setField={setField} /> : <LimitRow key={index} index={index} fields={fields} setField={setField} />))}
      <div className="button-row">
        <button type="button" className="button" disabled={count >= max} data-testid={`bypass-${what}-add`} onClick={() => setField(`${what}s`, String(count + 1))}>{t(`bypass.${what}Add`)}</button>
        <button type="button" className="button" disabled={count <= (what === 'measure' ? 1 : 0)} onClick={() => setField(`${what}s`, String(count - 1))}>{t(`bypass.${what}Remove`)}</button>
      </div>
    </fieldset>
  );
}

function MeasureRow({ index, fields, setField }: Draft & { index: number }) {
  const { t } = useWords();
  const value = (name: string): string => fieldOf(fields, 'measure', index, name);
  const set = (name: string) => (next: string): void => setField(`measure${index}.${name}`, next);
  const how = value('how');
  return (
    <div className="bypass-draft-row">
      <TextField label={t('bypass.measure')} maxLength={500} value={value('text')} onChange={set('text')} testId={`bypass-measure-${index}-text`} />
      <TextField label={t('bypass.owner')} maxLength={80} value={value('owner')} onChange={set('owner')} testId={`bypass-measure-${index}-owner`} />
      <SelectField label={t('bypass.how')} value={how} onChange={set('how')} testId={`bypass-measure-${index}-how`}>{HOW.map((each) => <option key={each} value={each}>{t(`bypass.how_${each}`)}</option>)}</SelectField>
      {how === 'walk' ? <TextField label={t('bypass.every')} type="number" value={value('every')} onChange={set('every')} testId={`bypass-measure-${index}-every`} /> : (
        <>
          <TextField label={t('bypass.tag')} maxLength={80} value={value('tag')} onChange={set('tag')} testId={`bypass-measure-${index}-tag`} />
          <TextField label={t('bypass.value')} type={how === 'is' ? 'text' : 'number'} maxLength={40} value={value('value')} onChange={set('value')} testId={`bypass-measure-${index}-value`} />
        </>
      )}
    </div>
  );
}

function LimitRow({ index, fields, setField }: Draft & { index: number }) {
  const { t } = useWords();
  const field = (name: 'tag' | 'low' | 'high') => <TextField label={t(`bypass.${name}`)} type={name === 'tag' ? 'text' : 'number'} required={name === 'tag'} maxLength={80} value={fieldOf(fields, 'limit', index, name)} onChange={(next) => setField(`limit${index}.${name}`, next)} testId={`bypass-limit-${index}-${name}`} />;
  return <div className="bypass-draft-row">{field('tag')}{field('low')}{field('high')}</div>;
}
