/** Signing a person in: name, task, part, detector, and every item of equipment confirmed by its name. What is missing the station says, not this form. */
import type { ZoneView } from '../../../contract/people-view.ts';
import { useCommand, useDraft } from '../../store/console-context.ts';
import { CommandAnswer } from '../../ui/CommandAnswer.tsx';
import { TextField } from '../../ui/Field.tsx';
import { SignedAction } from '../../ui/SignatureForm.tsx';
import { useWords } from '../../ui/words.ts';

const CONFIRMED = 'yes';
const keyOf = (item: string): string => `worn/${item}`;

export function EntryForm({ zone }: { zone: ZoneView }) {
  const { t, text } = useWords();
  const { status, run } = useCommand('people.enter');
  const { fields, setField, clear } = useDraft(`enter/${zone.id}`);
  const confirmed = zone.protection.filter(({ id }) => fields[keyOf(id)] === CONFIRMED).map(({ id }) => id);
  const field = (name: string, maxLength: number, required: boolean) => (
    <TextField label={t(`zone.entry.${name}`)} value={fields[name] ?? ''} maxLength={maxLength} required={required} onChange={(value) => setField(name, value)} testId={`enter-${name}`} />
  );
  return (
    <SignedAction
      label={t('people.enter')} testId={`enter-${zone.id}`} busy={status.phase === 'busy'} answer={<CommandAnswer status={status} done={t('people.entered')} />}
      onSign={async (signature) => {
        const accepted = await run({ zone: zone.id, name: fields['name'] ?? '', task: fields['task'] ?? '', part: fields['part'] ?? '', gasDetector: fields['gasDetector'] ?? '', confirmed, signature });
        if (accepted) clear();
        return accepted;
      }}
    >
      {field('name', 80, true)}
      {field('task', 200, false)}
      {field('part', 120, true)}
      {field('gasDetector', 40, false)}
      {zone.protection.length === 0 ? null : (
        <fieldset className="equipment" data-testid="enter-protection">
          <legend>{t(zone.protectionDemanded ? 'zone.equipmentDemanded' : 'zone.equipmentRecorded')}</legend>
          {zone.protection.map(({ id, title }) => (
            <label key={id} className="equipment-item"><input type="checkbox" checked={fields[keyOf(id)] === CONFIRMED} data-testid={`worn-${id}`} onChange={(event) => setField(keyOf(id), event.target.checked ? CONFIRMED : '')} />{text(title)}</label>
          ))}
        </fieldset>
      )}
    </SignedAction>
  );
}
