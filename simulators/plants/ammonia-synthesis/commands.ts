/** What may be written to this plant beside buttons, keys and cameras. The forbidden actions are commands on purpose (research/simulators.md 6.3). */
import type { CommandDefinition } from '../../machine/definition.ts';

const level = (id: string, zh: string, en: string): CommandDefinition => ({ id, kind: 'level', zh, en });
export const COMMANDS: readonly CommandDefinition[] = [
  { id: 'HS-3114', kind: 'momentary', zh: '置换取样合格确认', en: 'Purge sample accepted' },
  level('HS-3116', '气化区能量隔离完成确认', 'Energy isolation of the gasifier confirmed'),
  level('HS-3209', '变换升温还原投用', 'Shift being heated and reduced'),
  level('HS-3507', '合成塔升温还原投用', 'Converter being heated and reduced'),
  level('HS-3408', '备用压缩机退出检修', 'Standby compressor out for repair'),
];
