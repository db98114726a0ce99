/** What may be written beside buttons, keys and cameras: process stops, hard-wired buttons, and what people do that the clauses forbid (research/simulators.md 6.3). */
import type { CommandDefinition } from '../../machine/definition.ts';

const level = (id: string, zh: string, en: string): CommandDefinition => ({ id, kind: 'level', zh, en });

export const PLANT_COMMANDS: readonly CommandDefinition[] = [
  level('HS-2007', '硬按钮：紧急卸料、紧急水', 'Hard-wired: discharge and emergency water'),
  level('HS-2008', '硬按钮：造粒塔停', 'Hard-wired: tower stop'),
  level('HS-2500', '造粒停', 'Prilling stopped'),
  level('HS-2501', '硝硫基混合槽短停', 'Nitro-sulfur mixing tank in a short stop'),
  level('HS-2502', '硝氯基混合槽短停', 'Nitro-chlorine mixing tank in a short stop'),
  level('HS-2602', '仓库远程水炮', 'Remote water monitors of the store'),
  level('HS-METAL-TOOLS', '用金属物品敲击泵和管道（A2.8禁止）', 'Knocking at pump and line with metal (forbidden by A2.8)'),
  level('HS-HOT-WORK', '中和区动火（A2.5禁止）', 'Hot work at the neutraliser (forbidden by A2.5)'),
  level('HS-LIFT-USED', '乘电梯撤离（A2.11禁止）', 'Leaving by lift (forbidden by A2.11)'),
  level('HS-CLIMBING-UP', '向塔上层避烟（A2.11禁止）', 'Climbing up from the smoke (forbidden by A2.11)'),
];
