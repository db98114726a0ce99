/** Crews in the field: sent to a device or to look at something, seen on their way, called back. The hand of the field's post, and the instructor's. */
import { useState } from 'react';
import type { CommandOutput } from '../../../contract/commands.ts';
import { CREW_MAX, FIELD_DEEDS, PROTECTIONS } from '../../../contract/training.ts';
import type { DeviceView } from '../../../contract/training.ts';
import { useAnswer, useCommand, useSection } from '../../store/console-context.ts';
import { CommandAnswer } from '../../ui/CommandAnswer.tsx';
import { SelectField, TextField } from '../../ui/Field.tsx';
import { countdown } from '../../ui/format.ts';
import { EmptyState, Panel } from '../../ui/Panel.tsx';
import { useWords } from '../../ui/words.ts';
import { typed } from './figures.ts';

const CREWS_EVERY_MS = 2_000;
const WALK_MAX_S = 3_600;
type Crew = CommandOutput<'training.crews'>['crews'][number];
/** Not yet on the way back. */
const CAN_BE_CALLED: ReadonlySet<Crew['phase']> = new Set<Crew['phase']>(['dressing', 'walking-in', 'there']);

export function CrewPanel({ devices }: { devices: readonly DeviceView[] }) {
  const { t } = useWords();
  return <Panel title={t('training.crew.title')}><SendForm devices={devices} /><Crews /></Panel>;
}

function SendForm({ devices }: { devices: readonly DeviceView[] }) {
  const { t, text } = useWords();
  const { status, run } = useCommand('instructor.field');
  const zones = useSection('people')?.zones ?? [];
  const observations = useSection('plant')?.observations ?? [];
  const [fields, setFields] = useState({ action: 'check', subject: '', zone: '', crew: '2', protection: 'basic', walkS: '120', staysS: '60' });
  const set = (name: keyof typeof fields) => (value: string): void => setFields({ ...fields, [name]: value });
  const action = FIELD_DEEDS.find((each) => each === fields.action) ?? 'check';
  const protection = PROTECTIONS.find((each) => each === fields.protection) ?? 'basic';
  const subjects = action === 'observe' ? observations.map(({ id, title }) => ({ id, name: text(title) })) : devices.map(({ device, title }) => ({ id: device, name: text(title) === device ? device : `${device} · ${text(title)}` }));
  const subject = subjects.some(({ id }) => id === fields.subject) ? fields.subject : '';
  return (
    <>
      <form className="desk-form" onSubmit={(event) => { event.preventDefault(); void run({ kind: 'crew', action, subject, zone: fields.zone, crew: typed(fields.crew) ?? 0, protection, walkS: typed(fields.walkS) ?? 0, staysS: typed(fields.staysS) ?? 0 }); }}>
        <SelectField label={t('training.field.action')} value={action} onChange={set('action')} testId="field-action">{FIELD_DEEDS.map((each) => <option key={each} value={each}>{t(`training.field.deed.${each}`)}</option>)}</SelectField>
        <SelectField label={t(action === 'observe' ? 'training.observe.which' : 'training.device.which')} value={subject} onChange={set('subject')} testId="field-device">
          <option value="">{t('training.choose')}</option>
          {subjects.map(({ id, name }) => <option key={id} value={id}>{name}</option>)}
        </SelectField>
        <SelectField label={t('training.field.zone')} value={fields.zone} onChange={set('zone')} testId="field-zone">
          <option value="">{t('training.choose')}</option>
          {zones.map(({ id, title }) => <option key={id} value={id}>{text(title)} · {id}</option>)}
        </SelectField>
        <TextField label={t('training.field.count')} type="number" min={1} max={CREW_MAX} value={fields.crew} onChange={set('crew')} testId="field-crew" />
        <SelectField label={t('training.field.protection')} value={protection} onChange={set('protection')} testId="field-protection">{PROTECTIONS.map((each) => <option key={each} value={each}>{t(`training.field.wear.${each}`)}</option>)}</SelectField>
        <TextField label={t('training.field.walk')} type="number" min={0} max={WALK_MAX_S} value={fields.walkS} onChange={set('walkS')} testId="field-walk" />
        <TextField label={t('training.field.stays')} type="number" min={0} max={WALK_MAX_S} value={fields.staysS} onChange={set('staysS')} testId="field-stays" />
        <div className="button-row"><button type="submit" className="button button-strong" data-testid="field-send">{t('training.field.send')}</button></div>
      </form>
      <CommandAnswer status={status} done={t('training.done')} />
    </>
  );
}

function Crews() {
  const { t } = useWords();
  const { output } = useAnswer('training.crews', {}, CREWS_EVERY_MS);
  const { status, run } = useCommand('instructor.field');
  const crews = output?.crews ?? [];
  return (
    <>
      <h3>{t('training.crew.out')}</h3>
      {crews.length === 0 ? <EmptyState>{t('training.crew.none')}</EmptyState> : (
        <ul className="plain-list" data-testid="crews">{crews.map((crew) => (
          <li key={crew.mission} className="on-now" data-testid={`crew-${crew.mission}`} data-phase={crew.phase}>
            <CrewWords crew={crew} />
            {CAN_BE_CALLED.has(crew.phase) ? <button type="button" className="button" data-testid={`crew-recall-${crew.mission}`} onClick={() => void run({ kind: 'recall', mission: crew.mission })}>{t('training.crew.recall')}</button> : null}
          </li>
        ))}</ul>
      )}
      <CommandAnswer status={status} done={t('training.crew.recalled')} />
    </>
  );
}

function CrewWords({ crew: { mission, action, subject, zone, crew, protection, phase, leftS, report } }: { crew: Crew }) {
  const { t, text } = useWords();
  const observation = useSection('plant')?.observations.find(({ id }) => id === subject);
  const place = useSection('people')?.zones.find(({ id }) => id === zone);
  return (
    <span>
      <strong>{t('training.crew.number', { n: mission })}</strong> {t('training.crew.errand', { n: crew, zone: place === undefined ? zone : text(place.title), deed: t(`training.field.deed.${action}`), subject: observation === undefined ? subject : text(observation.title), wear: t(`training.field.wear.${protection}`) })}
      {' · '}<strong>{t(`training.crew.phase.${phase}`)}</strong>{phase === 'home' ? '' : ` ${countdown(leftS * 1_000)}`}{report === null ? '' : ` · ${t('training.crew.report')}${text(report)}`}
    </span>
  );
}
