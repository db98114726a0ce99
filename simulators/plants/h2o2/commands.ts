/**
 * What may be written to the plant. Momentary buttons act on a rising edge; levels hold.
 * The forbidden actions are here on purpose: a violation that cannot be committed cannot be trained (research/simulators.md 6.3).
 */
import type { DeviceId } from './devices.ts';
import { FUNCTION_IDS } from './safety-system.ts';
import { VIDEO_COMMANDS } from './video.ts';

export type CommandKind = 'momentary' | 'level';
export interface CommandDefinition {
  readonly id: string;
  readonly kind: CommandKind;
  readonly zh: string;
  readonly en: string;
}

const BUTTONS: readonly CommandDefinition[] = [
  { id: 'HS-4001', kind: 'momentary', zh: '紧急停车', en: 'Emergency stop' },
  { id: 'HS-4002', kind: 'momentary', zh: '撤离', en: 'Evacuate' },
  { id: 'HS-4003', kind: 'momentary', zh: 'SIS复位', en: 'SIS reset' },
  { id: 'HS-4004', kind: 'momentary', zh: 'SIS强制复位（禁止）', en: 'SIS forced reset (forbidden by 3.5)' },
  { id: 'HS-4005', kind: 'momentary', zh: '恢复正常运行', en: 'Restart to normal running' },
];

/** level commands that drive a device: true = the forbidden position */
export const DEVICE_COMMANDS: Readonly<Record<string, { device: DeviceId; position: 0 | 1; zh: string; en: string }>> = {
  'HS-XV-4505': { device: 'XV-4505', position: 1, zh: '向配制釜加水（A4-5禁止）', en: 'Open water into the preparation vessel (forbidden by A4-5)' },
  'HS-ZS-4502': { device: 'ZS-4502', position: 0, zh: '关闭配制釜放空阀（A4-5禁止）', en: 'Close the vent of the preparation vessel (forbidden by A4-5)' },
  'HS-XV-4403': { device: 'XV-4403', position: 1, zh: '向白土床通空气（A4-9禁止）', en: 'Open air to the clay bed (forbidden by A4-9)' },
  'HS-XV-4902': { device: 'XV-4902', position: 1, zh: '人工加酸（A4-7禁止）', en: 'Add acid by hand (forbidden by A4-7)' },
};

export const COMMANDS: readonly CommandDefinition[] = [
  ...BUTTONS,
  ...FUNCTION_IDS.map((id): CommandDefinition => ({ id: `HS-${id}-BYP`, kind: 'level', zh: `联锁 ${id} 旁路钥匙`, en: `Bypass key of ${id}` })),
  ...FUNCTION_IDS.map((id): CommandDefinition => ({ id: `HS-${id}-FRC`, kind: 'level', zh: `联锁 ${id} 输入强制（3.3禁止）`, en: `Inputs of ${id} forced healthy (forbidden by 3.3)` })),
  ...Object.entries(DEVICE_COMMANDS).map(([id, c]): CommandDefinition => ({ id, kind: 'level', zh: c.zh, en: c.en })),
  ...VIDEO_COMMANDS.map((c): CommandDefinition => ({ ...c, kind: 'level' })),
];
export const COMMAND_BY_ID: ReadonlyMap<string, CommandDefinition> = new Map(COMMANDS.map((c) => [c.id, c]));
