/** The control loops that keep normal running. Source: [A], tuned on this model. Set points are the normal values of research/simulators.md 4.3. */
import { Pid } from '../../kernel/pid.ts';
import type { Scan } from '../../machine/definition.ts';
import { MACRO_STEP_S } from '../../machine/machine.ts';
import type { DeviceId } from './devices.ts';
import type { Effects } from './faults.ts';
import type { Inputs } from './inputs.ts';
import type { PlantMemory } from './memory.ts';
import { P } from './parameters.ts';
import type { FunctionId } from './safety-system.ts';

export type LoopId = 'PIC-3105' | 'LIC-3107' | 'PIC-3401' | 'PIC-3501' | 'LIC-3541' | 'PIC-3551' | 'LIC-3552' | 'PIC-3561' | 'LIC-3562' | 'PIC-3571';
export type AmmoniaScan = Scan<Inputs, Effects, DeviceId, FunctionId, LoopId, PlantMemory>;

export function createLoops(): Record<LoopId, Pid> {
  const range = { derivativeTimeS: 0, outputLow: 0, outputHigh: 1 };
  return {
    'PIC-3105': new Pid({ ...range, gain: -1.2, integralTimeS: 25 }, P.gasifierMPa, 0.5),
    'LIC-3107': new Pid({ ...range, gain: 0.02, integralTimeS: 300 }, 60, 0.5),
    'PIC-3401': new Pid({ ...range, gain: -1.5, integralTimeS: 20 }, P.suctionMPa, 0.5),
    'PIC-3501': new Pid({ ...range, gain: 0.4, integralTimeS: 240, outputHigh: 1.25 }, P.loopMPa, 1),
    'LIC-3541': new Pid({ ...range, gain: -0.01, integralTimeS: 600 }, 50, 0.5),
    'PIC-3551': new Pid({ ...range, gain: -2, integralTimeS: 60 }, P.flashMPa, 0.5),
    'LIC-3552': new Pid({ ...range, gain: -0.01, integralTimeS: 600 }, 50, 0.5),
    'PIC-3561': new Pid({ ...range, gain: -0.5, integralTimeS: 600 }, P.drumMPa, 0.5),
    'LIC-3562': new Pid({ ...range, gain: 0.01, integralTimeS: 400 }, 50, 0.5),
    'PIC-3571': new Pid({ ...range, gain: -1, integralTimeS: 1200 }, P.chillerMPa, 0.5),
  };
}

const FALL_MPA = 3;

export function control({ u, loops, effects, m, position, analog }: AmmoniaScan): void {
  // a loop whose process stands is held where it is: no wind-up
  const hold = (id: LoopId, live: boolean, tag: string): number => (live ? loops[id].step(analog(tag), MACRO_STEP_S) : loops[id].state.output);
  const gasifying = position('XV-3102B') > 0.5 && m.mode === 2;
  const circulating = position('K-3402') > 0.3;
  const compressing = position('K-3401') + position('K-3401S') > 0.5;
  u.crudeValve = hold('PIC-3105', gasifying, 'PI-3105A') * Math.max(0, 1 - effects.crudeBlocked) * (gasifying ? 1 : 0);
  u.quenchIn = hold('LIC-3107', effects.quenchLoss === 0, 'LI-3107A') * Math.max(0, 1 - effects.quenchLoss);
  u.exportValve = hold('PIC-3401', true, 'PI-3401');
  loops['PIC-3501'].state.setPoint = P.loopMPa - FALL_MPA * effects.loopPressure;
  u.capacity = hold('PIC-3501', compressing, 'PI-3501');
  // F3-10: the loop loses what it has too much over the lower set point within minutes
  u.extraPurge = effects.loopPressure > 0 ? Math.max(0, Math.min(0.6, 0.6 * (analog('PI-3501') - loops['PIC-3501'].state.setPoint))) : 0;
  u.letdown = effects.levelStuck > 0 ? Math.min(1, 0.5 + 0.5 * effects.levelStuck) : hold('LIC-3541', circulating, 'LI-3541A');
  u.flashGas = hold('PIC-3551', true, 'PI-3551A');
  u.flashLiquid = hold('LIC-3552', true, 'LI-3552');
  u.steamValve = hold('PIC-3561', circulating, 'PI-3561') * (circulating ? 1 : 0);
  u.feedWater = hold('LIC-3562', circulating, 'LI-3562') * (circulating ? 1 : 0);
  u.chillerCompressor = hold('PIC-3571', circulating && effects.power === 0, 'PI-3571') * (circulating ? 1 : 0);
}
