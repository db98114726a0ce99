/** What happens outside the control room: people and hands in the field, what there is to be seen, the line to the DCS, and notes on the time line. */
import { useState } from 'react';
import { COMMS_FAILURES, FIELD_DEEDS, PROTECTIONS } from '../../../contract/training.ts';
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
  const [action, setAction] = useState<(typeof FIELD_DEEDS)[number]>('check');
  const [protection, setProtection] = useState<(typeof PROTECTIONS)[number]>('basic');
  const [walk, setWalk] = useState('120');
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
      <form className="desk-form" onSubmit={(event) => { event.preventDefault(); void run({ kind: 'crew', action, subject: device, zone, crew: Math.max(1, Math.min(10, Math.trunc(Number(count) || 2))), protection, walkS: Math.max(0, Math.min(3_600, Number(walk) || 0)) }); }}>
        <SelectField label={t('training.field.action')} value={action} onChange={(value) => setAction(FIELD_DEEDS.find((each) => each === value) ?? 'check')} testId="field-action">{FIELD_DEEDS.map((each) => <option key={each} value={each}>{t(`training.field.deed.${each}`)}</option>)}</SelectField>
        <TextField label={t('training.field.device')} value={device} onChange={setDevice} maxLength={40} testId="field-device" />
        <SelectField label={t('training.field.protection')} value={protection} onChange={(value) => setProtection(PROTECTIONS.find((each) => each === value) ?? 'basic')} testId="field-protection">{PROTECTIONS.map((each) => <option key={each} value={each}>{t(`training.field.wear.${each}`)}</option>)}</SelectField>
        <TextField label={t('training.field.walk')} type="number" value={walk} onChange={setWalk} testId="field-walk" />
        <div className="button-row">
          <button type="submit" className="button button-strong" data-testid="field-send">{t('training.field.send')}</button>
          <button type="button" className="button" disabled={device === ''} data-testid="field-stick" onClick={() => void run({ kind: 'stick', device })}>{t('training.field.stick')}</button>
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
      <form className="desk-form" onSubmit={(event) => { event.preventDefault(); void run({ failure, durationS: Math.max(0, Math.min(86_400, Number(seconds) || 0)) }); }}>
        <SelectField label={t('training.comms.which')} value={failure} onChange={(value) => setFailure(COMMS_FAILURES.find((each) => each === value) ?? 'still')} testId="comms-which">
          {COMMS_FAILURES.filter((each) => each !== 'none').map((each) => <option key={each} value={each}>{t(`training.comms.${each}`)}</option>)}
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
