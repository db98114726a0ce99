/** The hands of the posts: the faceplates of the simulated DCS, what others are asked for, and crews in the field. A stop or a trip is stronger than any hand. */
import { useState } from 'react';
import type { CommandOutput } from '../../../contract/commands.ts';
import type { DeviceView, TrainingSection } from '../../../contract/training.ts';
import { useAnswer, useCommand } from '../../store/console-context.ts';
import { CommandAnswer } from '../../ui/CommandAnswer.tsx';
import { TextField } from '../../ui/Field.tsx';
import { AskOutside } from './AskOutside.tsx';
import { CrewPanel } from './CrewPanel.tsx';
import { EmptyState, Panel } from '../../ui/Panel.tsx';
import { useWords } from '../../ui/words.ts';

const DEVICES_EVERY_MS = 1_500;
/** Beyond it a valve counts as on its way. */
const AT_END = 0.02;

/** Which word of a device's state: `travelling` between the ends. */
export function stateWord({ machine, position }: Pick<DeviceView, 'machine' | 'position'>): string {
  if (position === null) return 'unknown';
  if (position <= AT_END) return machine ? 'stopped' : 'closed';
  if (position >= 1 - AT_END) return machine ? 'running' : 'open';
  return 'travelling';
}

export function BoardPane({ training }: { training: TrainingSection }) {
  const { t } = useWords();
  return training.available ? <Hands /> : <EmptyState>{t('training.whatToDo')}</EmptyState>;
}

function Hands() {
  const { output } = useAnswer('training.devices', {}, DEVICES_EVERY_MS);
  return <><Devices output={output} /><AskOutside /><CrewPanel devices={output?.devices ?? []} /></>;
}

function Devices({ output }: { output: CommandOutput<'training.devices'> | undefined }) {
  const { t, text } = useWords();
  const [query, setQuery] = useState('');
  const { status, run } = useCommand('training.order');
  const words = query.toLowerCase();
  const devices = (output?.devices ?? []).filter(({ device, title }) => `${device} ${title.zh} ${title.en}`.toLowerCase().includes(words));
  return (
    <Panel title={t('training.board.title')} aside={output?.devices.length}>
      <div className="toolbar"><TextField label={t('training.board.find')} value={query} onChange={setQuery} type="search" required={false} testId="device-find" /></div>
      <p className="hint">{t('training.board.hint')}</p>
      <CommandAnswer status={status} />
      {devices.length === 0 ? <EmptyState>{t('training.board.none')}</EmptyState> : (
        <ul className="devices">{devices.map(({ device, title, machine, position, ordered }) => (
          <li key={device} className="device" data-testid={`device-${device}`} data-state={stateWord({ machine, position })}>
            <p><strong>{device}</strong>{text(title) === device ? '' : ` ${text(title)}`}</p>
            <p className="device-state">{stateWord({ machine, position }) === 'unknown' ? t('mode.unknown') : t(`state.${stateWord({ machine, position })}`)}{ordered === null ? '' : ` · ${t('training.board.ordered')}`}</p>
            <div className="button-row">
              <button type="button" className="button" aria-pressed={ordered !== null && ordered >= 0.5} data-testid={`order-${device}-1`} onClick={() => void run({ device, position: 1 })}>{t(machine ? 'training.board.run' : 'training.board.open')}</button>
              <button type="button" className="button" aria-pressed={ordered !== null && ordered < 0.5} data-testid={`order-${device}-0`} onClick={() => void run({ device, position: 0 })}>{t(machine ? 'training.board.stop' : 'training.board.close')}</button>
              <button type="button" className="button" disabled={ordered === null} data-testid={`order-${device}-none`} onClick={() => void run({ device, position: null })}>{t('training.board.release')}</button>
            </div>
          </li>
        ))}</ul>
      )}
    </Panel>
  );
}
