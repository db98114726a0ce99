/**
 * The control loops that keep normal running: jacket inlet of three reactors, hydrogen pressure. Outputs are jacket inlet temperatures in degC and a valve 0..1.
 * Gain and integral time of TIC-1101 belong to R-1101-REF: fitted with V07/V08 (T 63 degC at 60 min, peak 67, 58.8 at 180 min) [C]; the others [A].
 */
import type { Scan } from '../../machine/definition.ts';
import { Pid } from '../../kernel/pid.ts';
import { MACRO_STEP_S } from '../../machine/machine.ts';
import type { DeviceId } from './devices.ts';
import type { Effects } from './faults.ts';
import { INTEGRAL_AT_60 } from './initial.ts';
import type { Inputs } from './inputs.ts';
import type { PlantMemory } from './memory.ts';
import { NM3_KMOL, P } from './parameters.ts';
import { jacketC } from './reactor.ts';
import { hydrogenatorJacketC } from './hydrogenator.ts';
import type { FunctionId } from './safety-system.ts';

export type LoopId = 'TIC-1101' | 'TIC-1201' | 'PIC-1201' | 'TIC-1301';
export type PlantScan = Scan<Inputs, Effects, DeviceId, FunctionId, LoopId, PlantMemory>;

export function createLoops(): Record<LoopId, Pid> {
  const loops = {
    'TIC-1101': new Pid({ gain: 3.278, integralTimeS: 3038, derivativeTimeS: 0, outputLow: P.chilledC, outputHigh: P.jacketHighC }, 60, 28),
    'TIC-1201': new Pid({ gain: 2, integralTimeS: 1500, derivativeTimeS: 0, outputLow: 15, outputHigh: 95 }, 90, 51.9),
    'PIC-1201': new Pid({ gain: 3, integralTimeS: 120, derivativeTimeS: 0, outputLow: 0, outputHigh: 1 }, 0.8, 0.3),
    'TIC-1301': new Pid({ gain: 3, integralTimeS: 1500, derivativeTimeS: 0, outputLow: -10, outputHigh: 60 }, 45, 35.2),
  };
  loops['TIC-1101'].state.integral = INTEGRAL_AT_60;
  return loops;
}

export const middle = (a: number, b: number, c: number): number => Math.max(Math.min(a, b), Math.min(Math.max(a, b), c));
const XV1203_C = 20;
const BRINE_C = -10;

export function control(scan: PlantScan): void {
  const { u, m, loops, x, position, analog, effects } = scan;
  // a start brings the integrals of its moment
  if (m.integral1101 !== null) loops['TIC-1101'].state.integral = m.integral1101;
  if (m.integral1301 !== null) loops['TIC-1301'].state.integral = m.integral1301;
  m.integral1101 = null;
  m.integral1301 = null;
  const water = Math.max(0, 1 - effects.waterHeader);
  const inlet = loops['TIC-1101'].step(middle(analog('TI-1101A'), analog('TI-1101B'), analog('TI-1101C')), MACRO_STEP_S);
  const full = position('XV-1110');
  const cold = inlet + (P.chilledC - inlet) * full;
  // without the header nothing takes the heat out of the circulating water
  u.jacketInC = cold * water + jacketC(x) * (1 - water);
  u.circulationM3h = (P.circulationM3h + (P.circulationFullM3h - P.circulationM3h) * full) * position('P-1104') * Math.max(0, 1 - effects.coolingLoss);
  u.backupM3h = P.backupM3h * position('XV-1111') * Math.max(0, 1 - effects.backupLost);
  const open = position('XV-1203');
  const tempered = loops['TIC-1201'].step(analog('TI-1201'), MACRO_STEP_S);
  const inC = tempered + (XV1203_C - tempered) * open;
  u.hydrogenJacketInC = inC * water + hydrogenatorJacketC(x) * (1 - water);
  u.hydrogenJacketKgS = 5.5 * (1 + open);
  const feeding = position('XV-1201');
  const valve = feeding > 0.5 ? loops['PIC-1201'].step(analog('PIC-1201'), MACRO_STEP_S) : loops['PIC-1201'].state.output;
  u.hydrogenKmolS = ((effects.hydrogenOpen > 0 ? Math.max(valve, Math.min(1, effects.hydrogenOpen)) : valve) * feeding * P.hydrogenValveNm3h) / 3600 / NM3_KMOL;
  const brine = loops['TIC-1301'].step(analog('TI-1301'), MACRO_STEP_S);
  const chilled = position('XV-1308');
  u.grignardJacketInC = brine + (BRINE_C - brine) * chilled;
  // the jacket is heated or cooled, not both
  u.grignardJacketKgS = (4 + 3 * chilled) * (1 - position('XV-1304'));
}
