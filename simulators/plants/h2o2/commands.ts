/** The forbidden actions of this plant beside the buttons and keys that every plant has (research/simulators.md 6.3). */
import type { CommandDefinition } from '../../machine/definition.ts';
import type { DeviceId } from './devices.ts';

/** level commands that drive a device: true = the forbidden position */
export const DEVICE_COMMANDS: readonly (CommandDefinition & { readonly drives: { readonly device: DeviceId; readonly position: number } })[] = [
  { id: 'HS-XV-4505', kind: 'level', zh: '向配制釜加水（A4-5禁止）', en: 'Open water into the preparation vessel (forbidden by A4-5)', drives: { device: 'XV-4505', position: 1 } },
  { id: 'HS-ZS-4502', kind: 'level', zh: '关闭配制釜放空阀（A4-5禁止）', en: 'Close the vent of the preparation vessel (forbidden by A4-5)', drives: { device: 'ZS-4502', position: 0 } },
  { id: 'HS-XV-4403', kind: 'level', zh: '向白土床通空气（A4-9禁止）', en: 'Open air to the clay bed (forbidden by A4-9)', drives: { device: 'XV-4403', position: 1 } },
  { id: 'HS-XV-4902', kind: 'level', zh: '人工加酸（A4-7禁止）', en: 'Add acid by hand (forbidden by A4-7)', drives: { device: 'XV-4902', position: 1 } },
];
