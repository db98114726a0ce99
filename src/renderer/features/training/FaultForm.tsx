/** A fault with severity, ramp, delay, duration, chance, repetition, a trigger over tags, and others of the same cause. Empty fields are the fault's own. */
import { useState } from 'react';
import type { CommandInput, CommandOutput } from '../../../contract/commands.ts';
import { useCommand } from '../../store/console-context.ts';
import { CommandAnswer } from '../../ui/CommandAnswer.tsx';
import { SelectField, TextField } from '../../ui/Field.tsx';
import { Panel } from '../../ui/Panel.tsx';
import { useWords } from '../../ui/words.ts';
import { typed } from './figures.ts';

type Fault = CommandOutput<'instructor.catalogue'>['faults'][number];
const DAY_S = 86_400;
/** Figures with their bounds (contract/training.ts); `chance` in per cent. */
const FIGURES = { severity: [0, 2], rampS: [0, DAY_S], delayS: [0, DAY_S], durationS: [0, DAY_S], chance: [0, 100], repeatS: [0.25, DAY_S], repeats: [1, 1_000] } as const;
type Figure = keyof typeof FIGURES;
const PACE: readonly Figure[] = ['severity', 'rampS', 'delayS', 'durationS'];
const MORE: readonly Figure[] = ['chance', 'repeatS', 'repeats'];
const TOGETHER_MAX = 9;
const EMPTY: Readonly<Record<Figure | 'when' | 'group', string>> = { severity: '', rampS: '', delayS: '', durationS: '', chance: '', repeatS: '', repeats: '', when: '', group: '' };

export function faultOrder(fault: string, fields: typeof EMPTY, together: readonly string[] = []): CommandInput<'instructor.inject'> {
  const figures = (Object.keys(FIGURES) as Figure[]).flatMap((name) => {
    const figure = typed(fields[name]);
    if (figure === undefined) return [];
    return [name === 'chance' ? ['probability', figure / 100] as const : [name, figure] as const];
  });
  const [when, group] = [fields.when.trim(), fields.group.trim()];
  return { fault, ...Object.fromEntries(figures), ...(together.length === 0 ? {} : { together: [...together] }), ...(when === '' ? {} : { when }), ...(group === '' ? {} : { group }) };
}

export function FaultForm({ faults }: { faults: readonly Fault[] }) {
  const { t, text } = useWords();
  const inject = useCommand('instructor.inject');
  const [fault, setFault] = useState('');
  const [fields, setFields] = useState(EMPTY);
  const [together, setTogether] = useState<readonly string[]>([]);
  const defaults = faults.find(({ id }) => id === fault)?.defaults;
  const own = (name: Figure): string => { const figure = name === 'chance' ? 100 : name === 'repeatS' || name === 'repeats' ? null : defaults?.[name]; return figure == null ? '' : ` (${figure})`; };
  const field = (name: Figure) => <TextField key={name} label={`${t(`training.fault.${name}`)}${own(name)}`} type="number" required={false} min={FIGURES[name][0]} max={FIGURES[name][1]} value={fields[name]} onChange={(value) => setFields({ ...fields, [name]: value })} testId={`fault-${name}`} />;
  const others = together.filter((id) => id !== fault);
  const named = (id: string): string => { const known = faults.find((each) => each.id === id); return known === undefined ? id : `${id} · ${text(known.title)}`; };
  return (
    <Panel title={t('training.fault.title')}>
      <form className="desk-form" onSubmit={(event) => { event.preventDefault(); void inject.run(faultOrder(fault, fields, others)); }}>
        <SelectField label={t('training.fault.which')} value={fault} onChange={setFault} testId="fault-which">
          <option value="">{t('training.choose')}</option>
          {faults.map(({ id, clause }) => <option key={id} value={id}>{named(id)} · {clause}</option>)}
        </SelectField>
        {PACE.map(field)}
        <TextField label={t('training.fault.when')} required={false} maxLength={500} value={fields.when} onChange={(when) => setFields({ ...fields, when })} testId="fault-when" />
        <p className="hint">{t('training.fault.whenHint')}</p>
        {MORE.map(field)}
        <SelectField label={t('training.fault.together')} value="" required={false} onChange={(id) => { if (id !== '' && !together.includes(id)) setTogether([...together, id].slice(-TOGETHER_MAX)); }} testId="fault-together">
          <option value="">{t('training.choose')}</option>
          {faults.filter(({ id }) => id !== fault && !together.includes(id)).map(({ id }) => <option key={id} value={id}>{named(id)}</option>)}
        </SelectField>
        {others.length === 0 ? null : (
          <ul className="plain-list" data-testid="fault-others">{others.map((id) => <li key={id} className="on-now"><span>{named(id)}</span><button type="button" className="button" data-testid={`fault-without-${id}`} onClick={() => setTogether(together.filter((each) => each !== id))}>{t('training.fault.without')}</button></li>)}</ul>
        )}
        <TextField label={t('training.fault.group')} required={false} maxLength={40} value={fields.group} onChange={(group) => setFields({ ...fields, group })} testId="fault-group" />
        <div className="button-row"><button type="submit" className="button button-strong" data-testid="fault-inject">{t('training.fault.inject')}</button></div>
      </form>
      <CommandAnswer status={inject.status} done={t('training.done')} />
    </Panel>
  );
}
