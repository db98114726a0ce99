/** A valve or a machine that does not obey: stuck, failed, slow, passing; a machine that trips, runs on or is worn. The trainee is not told. */
import { useState } from 'react';
import { DEVICE_FAILURES } from '../../../contract/training.ts';
import type { DeviceFailure, DeviceView } from '../../../contract/training.ts';
import { useCommand } from '../../store/console-context.ts';
import { CommandAnswer } from '../../ui/CommandAnswer.tsx';
import { SelectField, TextField } from '../../ui/Field.tsx';
import { Panel } from '../../ui/Panel.tsx';
import { useWords } from '../../ui/words.ts';
import { typed } from './figures.ts';

/** Sizes that are asked for, with their bounds; shares in per cent. */
const SIZES: Readonly<Partial<Record<DeviceFailure, { readonly own: number; readonly max: number; readonly share: boolean }>>> = { slow: { own: 5, max: 1_000, share: false }, passing: { own: 5, max: 100, share: true }, degraded: { own: 50, max: 100, share: true } };
const NOT_OF = { valve: 'degraded', machine: 'passing' } as const;
/** A machine trips where a valve fails closed. */
export const failureKey = (failure: DeviceFailure, machine: boolean): string => `training.device.${machine ? 'machine' : 'valve'}.${failure}`;

export function DeviceForm({ devices }: { devices: readonly DeviceView[] }) {
  const { t, text } = useWords();
  const { status, run } = useCommand('instructor.device');
  const [device, setDevice] = useState('');
  const [chosen, setFailure] = useState<DeviceFailure>('stuck');
  const [size, setSize] = useState('');
  const machine = devices.find((each) => each.device === device)?.machine === true;
  const offered = DEVICE_FAILURES.filter((each) => each !== NOT_OF[machine ? 'machine' : 'valve']);
  const failure = offered.find((each) => each === chosen) ?? 'stuck';
  const sized = SIZES[failure];
  const send = (): void => {
    const figure = sized === undefined ? undefined : typed(size);
    void run({ device, failure, ...(figure === undefined ? {} : { size: sized?.share === true ? figure / 100 : figure }) });
  };
  return (
    <Panel title={t('training.device.title')}>
      <form className="desk-form" onSubmit={(event) => { event.preventDefault(); send(); }}>
        <SelectField label={t('training.device.which')} value={device} onChange={setDevice} testId="device-which">
          <option value="">{t('training.choose')}</option>
          {devices.map(({ device: id, title }) => <option key={id} value={id}>{id}{text(title) === id ? '' : ` · ${text(title)}`}</option>)}
        </SelectField>
        <SelectField label={t('training.device.how')} value={failure} onChange={(value) => setFailure(DEVICE_FAILURES.find((each) => each === value) ?? 'stuck')} testId="device-how">
          {offered.map((each) => <option key={each} value={each}>{t(failureKey(each, machine))}</option>)}
        </SelectField>
        {sized === undefined ? null : <TextField label={`${t(`training.device.sizeOf.${failure}`)} (${sized.own})`} type="number" required={false} min={0} max={sized.max} value={size} onChange={setSize} testId="device-size" />}
        <div className="button-row">
          <button type="submit" className="button button-strong" data-testid="device-fail">{t('training.device.fail')}</button>
          <button type="button" className="button" data-testid="device-heal" disabled={device === ''} onClick={() => void run({ device, failure: null })}>{t('training.device.heal')}</button>
        </div>
      </form>
      <CommandAnswer status={status} done={t('training.done')} />
    </Panel>
  );
}
