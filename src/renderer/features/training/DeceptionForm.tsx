/** A transmitter that does not tell the truth: frozen, offset, drifting, saturated. The trainee is not told. */
import { useState } from 'react';
import { DECEPTIONS, DECEPTIONS_BY_SIZE } from '../../../contract/training.ts';
import { useCommand, useSection } from '../../store/console-context.ts';
import { CommandAnswer } from '../../ui/CommandAnswer.tsx';
import { SelectField, TextField } from '../../ui/Field.tsx';
import { unitSign } from '../../ui/format.ts';
import { Panel } from '../../ui/Panel.tsx';
import { useWords } from '../../ui/words.ts';
import { typed } from './figures.ts';

/** What a size means, and what it is where none is given; those that are not here have none. */
const OWN_SIZE: ReadonlyMap<string, string> = new Map([['bias', ''], ['drift', ''], ['spike', ''], ['saturated', ''], ['span', ' (0.5)'], ['noise', ' (5)'], ['plugged', ' (3600)'], ['delayed', ' (300)']]);

export function DeceptionForm() {
  const { t, text } = useWords();
  const { status, run } = useCommand('instructor.deceive');
  const tags = (useSection('plant')?.tags ?? []).filter(({ kind }) => kind === 'analog');
  const [tag, setTag] = useState('');
  const [how, setHow] = useState('');
  const [size, setSize] = useState('');
  const malfunction = DECEPTIONS.find((each) => each === how);
  const own = OWN_SIZE.get(how);
  const unit = unitSign(tags.find(({ id }) => id === tag)?.unit);
  return (
    <Panel title={t('training.deceive.title')}>
      <form className="desk-form" onSubmit={(event) => { event.preventDefault(); const figure = own === undefined ? undefined : typed(size); if (malfunction !== undefined) void run({ tag, malfunction, ...(figure === undefined ? {} : { size: figure }) }); }}>
        <SelectField label={t('training.deceive.tag')} value={tag} onChange={setTag} testId="deceive-tag">
          <option value="">{t('training.choose')}</option>
          {tags.map(({ id, title }) => <option key={id} value={id}>{id} · {text(title)}</option>)}
        </SelectField>
        <SelectField label={t('training.deceive.how')} value={how} onChange={setHow} testId="deceive-how">
          <option value="">{t('training.choose')}</option>
          {DECEPTIONS.map((each) => <option key={each} value={each}>{t(`training.malfunction.${each}`)}</option>)}
        </SelectField>
        {own === undefined ? null : <TextField label={`${t(`training.deceive.sizeOf.${how}`, { unit: unit === '' ? t('training.deceive.unit') : unit })}${own}`} type="number" required={DECEPTIONS_BY_SIZE.has(how)} value={size} onChange={setSize} testId="deceive-size" />}
        <div className="button-row">
          <button type="submit" className="button button-strong" data-testid="deceive-begin">{t('training.deceive.begin')}</button>
          <button type="button" className="button" data-testid="deceive-end" disabled={tag === ''} onClick={() => void run({ tag, malfunction: null })}>{t('training.deceive.end')}</button>
        </div>
      </form>
      <CommandAnswer status={status} done={t('training.done')} />
    </Panel>
  );
}
