/** What the board operator asks others for: a sample of the laboratory, whose value comes after its turnaround, and what the field sees. */
import { useState } from 'react';
import { useCommand, useSection } from '../../store/console-context.ts';
import { CommandAnswer } from '../../ui/CommandAnswer.tsx';
import { SelectField } from '../../ui/Field.tsx';
import { formatNumber, shortDuration } from '../../ui/format.ts';
import { Panel } from '../../ui/Panel.tsx';
import { useWords } from '../../ui/words.ts';

export function AskOutside() {
  const { t, text } = useWords();
  const plant = useSection('plant');
  const sample = useCommand('training.laboratory');
  const look = useCommand('training.look');
  const [lab, setLab] = useState('');
  const [observation, setObservation] = useState('');
  const answer = sample.status;
  return (
    <Panel title={t('training.ask.title')}>
      <form className="toolbar" onSubmit={(event) => { event.preventDefault(); void sample.run({ lab }); }}>
        <SelectField label={t('training.ask.lab')} value={lab} onChange={setLab} testId="ask-lab"><option value="">{t('training.choose')}</option>{(plant?.labs ?? []).map(({ id, title, unit }) => <option key={id} value={id}>{text(title)} {unit}</option>)}</SelectField>
        <button type="submit" className="button" data-testid="ask-lab-go">{t('training.ask.sample')}</button>
        {answer.phase === 'done' ? <p role="status" data-testid="ask-lab-answer">{answer.output.value === null ? t('training.ask.later', { at: shortDuration(answer.output.knownInS * 1_000) }) : t('training.ask.value', { value: formatNumber(answer.output.value) })}</p> : <CommandAnswer status={answer} />}
      </form>
      <form className="toolbar" onSubmit={(event) => { event.preventDefault(); void look.run({ observation }); }}>
        <SelectField label={t('training.ask.field')} value={observation} onChange={setObservation} testId="ask-field"><option value="">{t('training.choose')}</option>{(plant?.observations ?? []).map(({ id, title }) => <option key={id} value={id}>{text(title)}</option>)}</SelectField>
        <button type="submit" className="button" data-testid="ask-field-go">{t('training.ask.look')}</button>
        {look.status.phase === 'done' ? <p role="status" data-testid="ask-field-answer">{t(look.status.output.present ? 'training.ask.seen' : 'training.ask.notSeen')}</p> : <CommandAnswer status={look.status} />}
      </form>
    </Panel>
  );
}
