/** What happens outside the control room: people and hands in the field, what there is to be seen, the line to the DCS, and notes on the time line. */
import { useState } from 'react';
import { useCommand, useSection } from '../../store/console-context.ts';
import { CommandAnswer } from '../../ui/CommandAnswer.tsx';
import { AreaField, SelectField, TextField } from '../../ui/Field.tsx';
import { Panel } from '../../ui/Panel.tsx';
import { useWords } from '../../ui/words.ts';

export function FieldForm() {
  const { t, text } = useWords();
  const { status, run } = useCommand('instructor.field');
  const zones = useSection('people')?.zones ?? [];
  const [zone, setZone] = useState('');
  const [count, setCount] = useState('2');
  const [device, setDevice] = useState('');
  return (
    <Panel title={t('training.field.title')}>
      <form className="desk-form" onSubmit={(event) => { event.preventDefault(); void run({ kind: 'people', zone, count: Math.max(0, Math.min(50, Math.trunc(Number(count) || 0))) }); }}>
        <SelectField label={t('training.field.zone')} value={zone} onChange={setZone} testId="field-zone">
          <option value="">{t('training.choose')}</option>
          {zones.map(({ id, title }) => <option key={id} value={id}>{text(title)} · {id}</option>)}
        </SelectField>
        <TextField label={t('training.field.count')} type="number" value={count} onChange={setCount} testId="field-count" />
        <div className="button-row"><button type="submit" className="button button-strong" data-testid="field-place">{t('training.field.place')}</button></div>
      </form>
      <form className="desk-form" onSubmit={(event) => { event.preventDefault(); void run({ kind: 'stick', device }); }}>
        <TextField label={t('training.field.device')} value={device} onChange={setDevice} maxLength={40} testId="field-device" />
        <div className="button-row">
          <button type="button" className="button" disabled={device === ''} data-testid="field-open" onClick={() => void run({ kind: 'device', device, position: 1 })}>{t('training.field.open')}</button>
          <button type="button" className="button" disabled={device === ''} data-testid="field-close" onClick={() => void run({ kind: 'device', device, position: 0 })}>{t('training.field.close')}</button>
          <button type="submit" className="button" data-testid="field-stick">{t('training.field.stick')}</button>
          <button type="button" className="button" disabled={device === ''} data-testid="field-unstick" onClick={() => void run({ kind: 'unstick', device })}>{t('training.field.unstick')}</button>
        </div>
      </form>
      <CommandAnswer status={status} done={t('training.done')} />
    </Panel>
  );
}

export function ObserveForm() {
  const { t, text } = useWords();
  const { status, run } = useCommand('instructor.observe');
  const observations = useSection('plant')?.observations ?? [];
  const [observation, setObservation] = useState('');
  return (
    <Panel title={t('training.observe.title')}>
      <form className="desk-form" onSubmit={(event) => { event.preventDefault(); void run({ observation, present: true }); }}>
        <SelectField label={t('training.observe.which')} value={observation} onChange={setObservation} testId="observe-which">
          <option value="">{t('training.choose')}</option>
          {observations.map(({ id, title }) => <option key={id} value={id}>{text(title)}</option>)}
        </SelectField>
        <div className="button-row">
          <button type="submit" className="button button-strong" data-testid="observe-present">{t('training.observe.present')}</button>
          <button type="button" className="button" disabled={observation === ''} data-testid="observe-absent" onClick={() => void run({ observation, present: false })}>{t('training.observe.absent')}</button>
        </div>
      </form>
      <CommandAnswer status={status} done={t('training.done')} />
    </Panel>
  );
}

export function CommsForm({ failures }: { failures: readonly string[] }) {
  const { t } = useWords();
  const { status, run } = useCommand('instructor.comms');
  const [failure, setFailure] = useState('');
  const [seconds, setSeconds] = useState('30');
  return (
    <Panel title={t('training.comms.title')}>
      <form className="desk-form" onSubmit={(event) => { event.preventDefault(); void run({ failure, durationS: Math.max(0, Math.min(86_400, Number(seconds) || 0)) }); }}>
        <SelectField label={t('training.comms.which')} value={failure} onChange={setFailure} testId="comms-which">
          <option value="">{t('training.choose')}</option>
          {failures.map((each) => <option key={each} value={each}>{t(`training.comms.${each}`)}</option>)}
        </SelectField>
        <TextField label={t('training.comms.duration')} type="number" value={seconds} onChange={setSeconds} testId="comms-duration" />
        <div className="button-row">
          <button type="submit" className="button button-strong" data-testid="comms-begin">{t('training.comms.begin')}</button>
          <button type="button" className="button" data-testid="comms-end" onClick={() => void run({ failure: 'none', durationS: 0 })}>{t('training.comms.end')}</button>
        </div>
      </form>
      <CommandAnswer status={status} done={t('training.done')} />
    </Panel>
  );
}

export function NoteForm() {
  const { t } = useWords();
  const { status, run } = useCommand('instructor.note');
  const [note, setNote] = useState('');
  return (
    <Panel title={t('training.note.title')}>
      <form className="desk-form" onSubmit={(event) => { event.preventDefault(); void run({ text: note }).then((taken) => { if (taken) setNote(''); }); }}>
        <AreaField label={t('training.note.text')} value={note} onChange={setNote} maxLength={500} testId="note-text" />
        <div className="button-row"><button type="submit" className="button button-strong" data-testid="note-pin">{t('training.note.pin')}</button></div>
      </form>
      <CommandAnswer status={status} done={t('training.done')} />
    </Panel>
  );
}
