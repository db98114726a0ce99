/** A fault with severity, ramp, delay, duration, a trigger over tags, and a common cause. Empty fields are the fault's own. */
import { useState } from 'react';
import type { CommandInput, CommandOutput } from '../../../contract/commands.ts';
import { useCommand } from '../../store/console-context.ts';
import { CommandAnswer } from '../../ui/CommandAnswer.tsx';
import { SelectField, TextField } from '../../ui/Field.tsx';
import { Panel } from '../../ui/Panel.tsx';
import { useWords } from '../../ui/words.ts';

type Fault = CommandOutput<'instructor.catalogue'>['faults'][number];
const NUMBERS = ['severity', 'rampS', 'delayS', 'durationS'] as const;
const EMPTY = { severity: '', rampS: '', delayS: '', durationS: '', when: '', group: '' };

export function faultOrder(fault: string, fields: typeof EMPTY): CommandInput<'instructor.inject'> {
  const numbers = NUMBERS.flatMap((name) => (fields[name].trim() === '' || !Number.isFinite(Number(fields[name])) ? [] : [[name, Number(fields[name])] as const]));
  return { fault, ...Object.fromEntries(numbers), ...(fields.when.trim() === '' ? {} : { when: fields.when.trim() }), ...(fields.group.trim() === '' ? {} : { group: fields.group.trim() }) };
}

export function FaultForm({ faults }: { faults: readonly Fault[] }) {
  const { t, text } = useWords();
  const inject = useCommand('instructor.inject');
  const clear = useCommand('instructor.clear');
  const [fault, setFault] = useState('');
  const [fields, setFields] = useState(EMPTY);
  const defaults = faults.find(({ id }) => id === fault)?.defaults;
  const placeholder = (name: (typeof NUMBERS)[number]): string => (defaults?.[name] == null ? '' : ` (${defaults[name]})`);
  return (
    <Panel title={t('training.fault.title')}>
      <form className="desk-form" onSubmit={(event) => { event.preventDefault(); void inject.run(faultOrder(fault, fields)); }}>
        <SelectField label={t('training.fault.which')} value={fault} onChange={setFault} testId="fault-which">
          <option value="">{t('training.choose')}</option>
          {faults.map(({ id, clause, title }) => <option key={id} value={id}>{id} · {text(title)} · {clause}</option>)}
        </SelectField>
        {NUMBERS.map((name) => <TextField key={name} label={`${t(`training.fault.${name}`)}${placeholder(name)}`} type="number" required={false} value={fields[name]} onChange={(value) => setFields({ ...fields, [name]: value })} testId={`fault-${name}`} />)}
        <TextField label={t('training.fault.when')} required={false} maxLength={500} value={fields.when} onChange={(when) => setFields({ ...fields, when })} testId="fault-when" />
        <TextField label={t('training.fault.group')} required={false} maxLength={40} value={fields.group} onChange={(group) => setFields({ ...fields, group })} testId="fault-group" />
        <div className="button-row">
          <button type="submit" className="button button-strong" data-testid="fault-inject">{t('training.fault.inject')}</button>
          <button type="button" className="button" data-testid="fault-clear" disabled={fault === ''} onClick={() => void clear.run({ fault })}>{t('training.fault.clear')}</button>
          <button type="button" className="button" data-testid="fault-clear-all" onClick={() => void clear.run({ fault: null })}>{t('training.fault.clearAll')}</button>
        </div>
      </form>
      <CommandAnswer status={inject.status} done={t('training.done')} /><CommandAnswer status={clear.status} done={t('training.done')} />
    </Panel>
  );
}
