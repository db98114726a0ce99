/** The forbidden actions of this plant beside the buttons and keys that every plant has (research/simulators.md 6.3). */
import type { CommandDefinition } from '../../machine/definition.ts';
import type { DeviceId } from './devices.ts';

/** What people do that moves no device. */
export const PLANT_COMMANDS: readonly CommandDefinition[] = [
  { id: 'HS-PLUG-STRUCK', kind: 'level', zh: '敲击堵塞物（4.3.2禁止）', en: 'Striking the plug (forbidden by 4.3.2)' },
  { id: 'HS-PLUG-FORCED', kind: 'level', zh: '强行疏通堵塞物（4.3.2禁止）', en: 'Forcing the plug (forbidden by 4.3.2)' },
];

/** level commands that drive a device: true = the forbidden position */
export const DEVICE_COMMANDS: readonly (CommandDefinition & { readonly drives: { readonly device: DeviceId; readonly position: number } })[] = [
  { id: 'HS-XV-4505', kind: 'level', zh: '向配制釜加水（A4-5禁止）', en: 'Open water into the preparation vessel (forbidden by A4-5)', drives: { device: 'XV-4505', position: 1 } },
  { id: 'HS-ZS-4502', kind: 'level', zh: '关闭配制釜放空阀（A4-5禁止）', en: 'Close the vent of the preparation vessel (forbidden by A4-5)', drives: { device: 'ZS-4502', position: 0 } },
  { id: 'HS-XV-4403', kind: 'level', zh: '向白土床通空气（A4-9禁止）', en: 'Open air to the clay bed (forbidden by A4-9)', drives: { device: 'XV-4403', position: 1 } },
  { id: 'HS-XV-4902', kind: 'level', zh: '人工加酸（A4-7禁止）', en: 'Add acid by hand (forbidden by A4-7)', drives: { device: 'XV-4902', position: 1 } },
  { id: 'HS-ZS-4211', kind: 'level', zh: '关闭残液分离器放空阀（A4-8禁止）', en: 'Close the vent of the residue separator (forbidden by A4-8)', drives: { device: 'ZS-4211', position: 0 } },
  { id: 'HS-ZS-4212', kind: 'level', zh: '关闭残液储槽放空阀（A4-8禁止）', en: 'Close the vent of the residue tank (forbidden by A4-8)', drives: { device: 'ZS-4212', position: 0 } },
  { id: 'HS-XV-4105', kind: 'level', zh: '打开氢化塔退料阀（效率≥1 g/L时A4-3禁止）', en: 'Open the drain of the hydrogenation tower (forbidden by A4-3 at 1 g/L and more)', drives: { device: 'XV-4105', position: 1 } },
  { id: 'HS-XV-4206', kind: 'level', zh: '打开氧化塔退料阀（效率≥1 g/L时A4-3禁止）', en: 'Open the drain of the oxidation tower (forbidden by A4-3 at 1 g/L and more)', drives: { device: 'XV-4206', position: 1 } },
  { id: 'HS-HV-4703', kind: 'level', zh: '仅用氮气压空树脂塔（A4-10禁止）', en: 'Press the resin column empty by nitrogen alone (forbidden by A4-10)', drives: { device: 'HV-4703', position: 1 } },
  { id: 'HS-DRAINS-MIXED', kind: 'level', zh: '两股工作液退入同一储槽（A4-3禁止）', en: 'Both drains lined up into one tank (forbidden by A4-3)', drives: { device: 'HV-4106', position: 1 } },
  { id: 'HS-WORK-4100', kind: 'level', zh: '打开氢化系统检修（置换前A4-6禁止）', en: 'Hydrogenation opened for repair (forbidden by A4-6 before the purge)', drives: { device: 'MH-4100', position: 1 } },
];
