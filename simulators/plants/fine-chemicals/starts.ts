/** Moments in which an exercise can begin, beside `normal` (an hour into dosing). */
import type { StartDefinition } from '../../machine/definition.ts';
import { INTEGRAL_AT_START, r1101States, r1301States, stillStates } from './initial.ts';
import { P } from './parameters.ts';

export const STARTS: readonly StartDefinition[] = [
  { id: 'dosing-begins', zh: 'R-1101 滴加刚开始', en: 'Dosing of R-1101 begins', states: r1101States({ kg: P.batchBKg, a: 0, b: 12, tempC: 60, jacketC: 57.86 }), memory: { integral1101: INTEGRAL_AT_START, meanC: 60 } },
  {
    id: 'late-dosing', zh: 'R-1101 滴加将结束', en: 'Dosing of R-1101 nearly over', settleS: 60,
    states: r1101States({ kg: 4930, a: 1.5, b: 12 - (11.16 - 1.5), tempC: 59.2, jacketC: 33 }), memory: { integral1101: 24, meanC: 59.2 },
  },
  {
    id: 'charge-stands', zh: 'R-1101 停车后带料停着，温度 69 ℃', en: 'R-1101 stands with its charge after a stop, at 69 degC',
    states: r1101States({ kg: 4500, a: 0.8, b: 12 - (6 - 0.8), tempC: 69, jacketC: 50 }), memory: { r1101Stage: 'holding', integral1101: 62, meanC: 69 }, orders: { 'XV-1107': 0 },
  },
  {
    id: 'grignard-initiator-in', zh: 'R-1301 刚投引发剂', en: 'Initiator of R-1301 just added',
    states: r1301States({ percent: 5, reacted: 0, tempC: 45, jacketC: 45, z: 0.05, w: 0 }), memory: { r1301Stage: 'initiating', integral1301: 45 },
  },
  {
    id: 'grignard-not-initiated', zh: 'R-1301 带水未引发，卤代烃已加 9.4 %', en: 'R-1301 with water, not initiated, 9.4 % of the halide in',
    states: r1301States({ percent: 9.4, reacted: 0, tempC: 45, jacketC: 45, z: 0.001, w: 1 }), memory: { r1301Stage: 'dosing', integral1301: 45 },
  },
  {
    id: 'grignard-9-cold', zh: 'R-1301 未引发，卤代烃已加 8.9 %', en: 'R-1301 not initiated, 8.9 % of the halide in',
    states: r1301States({ percent: 8.9, reacted: 0, tempC: 45, jacketC: 45, z: 0.001, w: 1 }), memory: { r1301Stage: 'dosing', integral1301: 45 },
  },
  {
    id: 'grignard-30-cold', zh: 'R-1301 未引发，卤代烃已加 30 %', en: 'R-1301 not initiated, 30 % of the halide in',
    states: r1301States({ percent: 30, reacted: 0, tempC: 45, jacketC: 45, z: 0.001, w: 1 }), memory: { r1301Stage: 'dosing', integral1301: 45 },
  },
  { id: 'still-low', zh: 'C-1401 蒸馏将到终点', en: 'C-1401 near the end of its batch', states: stillStates(24, 0.9), settleS: 60 },
  { id: 'caustic-weak', zh: '碱液较弱（pH 9.8）', en: 'Caustic weak (pH 9.8)', states: { tAlkA: 0.51 } },
  { id: 'r1103-charged', zh: 'R-1103 带热料', en: 'R-1103 with a hot charge', states: { sKg: 3000, sA: 0.6, sB: 3, sMJ: 55 * (3000 * P.chargeMJKgK + P.reactorWallMJK) } },
];
