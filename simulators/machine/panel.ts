/** The hands of the control room on the plant: push buttons, keys and switches, and the faceplates of devices. */
import type { Checked } from '../kernel/fault-envelope.ts';
import { no } from '../kernel/fault-envelope.ts';
import type { Button } from './commands.ts';
import type { Rig } from './rig.ts';
import { percent } from './rig.ts';

/** a forced reset holds the functions down for so long (3.5) */
const FORCED_RESET_S = 60;

export class Panel {
  readonly #rig: Rig;

  constructor(rig: Rig) {
    this.#rig = rig;
  }

  command(id: string, value: boolean): Checked<boolean> {
    const rig = this.#rig;
    const definition = rig.commandById.get(id);
    if (!definition) return no(`本装置没有命令“${id}”；有 ${[...rig.commandById.keys()].join('、')}。`, `This plant has no command "${id}"; it has ${[...rig.commandById.keys()].join(', ')}.`);
    const before = rig.commandState(id);
    rig.commandStates.set(id, value);
    if (value !== before) rig.note('command', id, value ? { zh: `${definition.zh}：动作`, en: `${definition.en}: on` } : { zh: `${definition.zh}：复位`, en: `${definition.en}: off` }, [], { command: { name: id, value } });
    const button = rig.buttons.get(id);
    if (button !== undefined && value && !before) return this.#press(button);
    return { ok: true, value };
  }

  /**
   * Lets go of every push button. A snapshot may have been taken while one was pressed; whoever goes back to it does not press it, and a button that stays
   * in would make the next press, the stop's too, no press at all.
   */
  releaseButtons(): void {
    for (const { id, kind } of this.#rig.commands) if (kind === 'momentary') this.#rig.commandStates.set(id, false);
  }

  /** A hand on the DCS faceplate: the device goes to `position` (0 closed or stopped .. 1 open or running) and stays; null gives it back to its loop. A stop or a trip is stronger. A crew's hand is told with its errand. */
  order(device: string, position: number | null, isErrand = false): Checked<null> {
    const rig = this.#rig;
    if (!Object.hasOwn(rig.devices, device)) return no(`本装置没有设备“${device}”。`, `This plant has no device "${device}".`);
    if (position !== null && !(position >= 0 && position <= 1)) return no(`${device} 的开度须为 0 至 1，或为 null（自动）。`, `The position of ${device} must be from 0 to 1, or null.`);
    if (position === null) rig.orders.delete(device);
    else rig.orders.set(device, position);
    rig.note('order', device, position === null ? { zh: `${device} 交回自动`, en: `${device} back to automatic` } : { zh: `${device} 手动至 ${percent(position)}`, en: `${device} by hand to ${percent(position)}` }, [], isErrand ? undefined : { order: { device, position } });
    return { ok: true, value: null };
  }

  #press(button: Button): Checked<boolean> {
    const rig = this.#rig;
    const m = rig.machine;
    switch (button) {
      case 'stop':
        m.emergencyStop = true;
        m.running = false;
        return { ok: true, value: true };
      case 'evacuate':
        rig.people.evacuate(m.timeS);
        return { ok: true, value: true };
      case 'reset': {
        m.emergencyStop = false;
        rig.definition.onReset?.(rig.memory);
        const stillDemanding = rig.watched.filter(({ id }) => !rig.functions[id]!.reset()).map(({ id }) => id);
        if (stillDemanding.length === 0) return { ok: true, value: true };
        return no(`复位被拒绝：${stillDemanding.join('、')} 的联锁条件仍在。`, `The reset was refused: ${stillDemanding.join(', ')} still see their trip condition.`);
      }
      case 'forcedReset':
        m.emergencyStop = false;
        m.forcedUntilS = m.timeS + FORCED_RESET_S;
        for (const { id } of rig.watched) rig.functions[id]!.forceReset(FORCED_RESET_S);
        return { ok: true, value: true };
      case 'restart': return this.#restart();
    }
  }

  #restart(): Checked<boolean> {
    const rig = this.#rig;
    const standing = rig.tripped();
    if (rig.machine.emergencyStop) return no('恢复运行被拒绝：紧急停车仍在锁定。', 'The restart was refused: the emergency stop is latched.');
    if (standing.length > 0) return no(`恢复运行被拒绝：${standing.join('、')} 联锁已动作。`, `The restart was refused: ${standing.join(', ')} are tripped.`);
    rig.machine.running = true;
    rig.orders.clear();
    rig.definition.onRestart?.(rig.memory);
    return { ok: true, value: true };
  }
}
