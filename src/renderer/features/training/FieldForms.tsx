/** What happens outside the control room: people in the field, what there is to be seen, the line to the DCS, and notes on the time line. */
import { useState } from 'react';
import { COMMS_FAILURES, PEOPLE_PLACED_MAX } from '../../../contract/training.ts';
import { useCommand, useSection } from '../../store/console-context.ts';
import { CommandAnswer } from '../../ui/CommandAnswer.tsx';
import { AreaField, SelectField, TextField } from '../../ui/Field.tsx';
import { Panel } from '../../ui/Panel.tsx';
import { useWords } from '../../ui/words.ts';
import { typed } from './figures.ts';

const DAY_S = 86_400;

export function PeopleForm() {
  const { t, text } = useWords();
  const { status, run } = useCommand('instructor.people');
  const zones = useSection('people')?.zones ?? [];
  const [zone, setZone] = useState('');
  const [count, setCount] = useState('2');
  return (
    <Panel title={t('training.people.title')}>
      <form className="desk-form" onSubmit={(event) => { event.preventDefault(); void run({ zone, count: typed(count) ?? 0 }); }}>
        <SelectField label={t('training.field.zone')} value={zone} onChange={setZone} testId="people-zone">
          <option value="">{t('training.choose')}</option>
          {zones.map(({ id, title }) => <option key={id} value={id}>{text(title)} · {id}</option>)}
        </SelectField>
        <TextField label={t('training.field.count')} type="number" min={0} max={PEOPLE_PLACED_MAX} value={count} onChange={setCount} testId="people-count" />
        <div className="button-row"><button type="submit" className="button button-strong" data-testid="people-place">{t('training.field.place')}</button></div>
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
          <button type="button" className="button" disabled={observation === ''} data-testid="observe-model" onClick={() => void run({ observation, present: null })}>{t('training.observe.model')}</button>
        </div>
      </form>
      <CommandAnswer status={status} done={t('training.done')} />
    </Panel>
  );
}

export function CommsForm() {
  const { t } = useWords();
  const { status, run } = useCommand('instructor.comms');
  const [failure, setFailure] = useState<(typeof COMMS_FAILURES)[number]>('still');
  const [seconds, setSeconds] = useState('30');
  return (
    <Panel title={t('training.comms.title')}>
      <form className="desk-form" onSubmit={(event) => { event.preventDefault(); void run({ failure, durationS: typed(seconds) ?? 0 }); }}>
        <SelectField label={t('training.comms.which')} value={failure} onChange={(value) => setFailure(COMMS_FAILURES.find((each) => each === value) ?? 'still')} testId="comms-which">
          {COMMS_FAILURES.filter((each) => each !== 'none').map((each) => <option key={each} value={each}>{t(`training.comms.${each}`)}</option>)}
        </SelectField>
        <TextField label={t('training.comms.duration')} type="number" min={0} max={DAY_S} value={seconds} onChange={setSeconds} testId="comms-duration" />
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
