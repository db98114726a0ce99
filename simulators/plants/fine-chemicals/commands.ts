/** Push-buttons of 2.4 and the forbidden actions of this plant (research/simulators.md 6.3), beside the buttons and keys that every plant has. */
import type { CommandDefinition } from '../../machine/definition.ts';
import type { DeviceId } from './devices.ts';

const level = (id: string, zh: string, en: string): CommandDefinition => ({ id, kind: 'level', zh, en });
/** a level that holds a device: the hand valves have no tag, and are moved on the spot */
const drive = (device: DeviceId, position: number, zh: string, en: string): CommandDefinition => ({ id: `HS-${device}`, kind: 'level', zh, en, drives: { device, position } });

export const COMMANDS: readonly CommandDefinition[] = [
  level('HS-1101', 'R-1101 紧急停车按钮', 'R-1101 emergency stop button'),
  level('HS-1102A', 'R-1101 泄放按钮（左手）', 'Dump R-1101, left hand'),
  level('HS-1102B', 'R-1101 泄放按钮（右手）', 'Dump R-1101, right hand'),
  level('HS-1104', 'R-1101 转料至 R-1103 顺控', 'Transfer sequence R-1101 to R-1103'),
  level('HS-1105', 'R-1101 爆破片前切断阀关（3.3禁止）', 'Block valve before the disc of R-1101 shut (forbidden by 3.3)'),
  drive('XV-1115', 1, 'R-1101 就地排放（A1-2禁止）', 'R-1101 discharged on the spot (forbidden by A1-2)'),
  drive('HV-1206', 1, 'R-1201 就地排放（A1-2禁止）', 'R-1201 discharged on the spot (forbidden by A1-2)'),
  drive('HV-1310', 1, 'R-1301 就地排放（A1-2禁止）', 'R-1301 discharged on the spot (forbidden by A1-2)'),
  drive('XV-1304', 1, '对未引发的R-1301加热（A1-4禁止）', 'Heat R-1301 that has not initiated (forbidden by A1-4)'),
  drive('XV-1305', 1, '向R-1301再加引发剂（A1-4禁止）', 'More initiator into R-1301 (forbidden by A1-4)'),
  drive('HV-1306', 1, '人工投加引发剂（A1-4禁止）', 'Initiator added by hand (forbidden by A1-4)'),
  drive('HV-1402', 1, '打开C-1401蒸汽旁路手阀（A1-6禁止）', 'Steam by-pass of C-1401 opened by hand (forbidden by A1-6)'),
];
