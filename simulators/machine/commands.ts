/**
 * What may be written to a plant. Momentary buttons act on a rising edge; levels hold.
 * The forbidden actions are commands on purpose: a violation that cannot be committed cannot be trained (research/simulators.md 6.3).
 */
import type { CommandDefinition, PlantDefinition } from './definition.ts';
import { videoCommands } from './video.ts';

export const BUTTONS = ['stop', 'evacuate', 'reset', 'forcedReset', 'restart'] as const;
export type Button = (typeof BUTTONS)[number];
const BUTTON_WORDS: Readonly<Record<Button, readonly [string, string]>> = {
  stop: ['紧急停车', 'Emergency stop'],
  evacuate: ['撤离', 'Evacuate'],
  reset: ['SIS复位', 'SIS reset'],
  forcedReset: ['SIS强制复位（禁止）', 'SIS forced reset (forbidden by 3.5)'],
  restart: ['恢复正常运行', 'Restart to normal running'],
};

export const buttonId = (digit: string, button: Button): string => `HS-${digit}00${BUTTONS.indexOf(button) + 1}`;
export const bypassKeyOf = (functionId: string): string => `HS-${functionId}-BYP`;
export const forceOf = (functionId: string): string => `HS-${functionId}-FRC`;

export function commandsOf(plant: Pick<PlantDefinition, 'digit' | 'functions' | 'zones' | 'commands'>): CommandDefinition[] {
  const functions = Object.keys(plant.functions);
  return [
    ...BUTTONS.map((button): CommandDefinition => ({ id: buttonId(plant.digit, button), kind: 'momentary', zh: BUTTON_WORDS[button][0], en: BUTTON_WORDS[button][1] })),
    ...functions.map((id): CommandDefinition => ({ id: bypassKeyOf(id), kind: 'level', zh: `联锁 ${id} 旁路钥匙`, en: `Bypass key of ${id}` })),
    ...functions.map((id): CommandDefinition => ({ id: forceOf(id), kind: 'level', zh: `联锁 ${id} 输入强制（3.3禁止）`, en: `Inputs of ${id} forced healthy (forbidden by 3.3)` })),
    ...plant.commands,
    ...videoCommands(Object.keys(plant.zones)),
  ];
}
