/** The control loops that keep normal running: pressure of the tower, three levels, temperature of the oxidiser. Source: [A], tuned on this model. */
import { Pid } from '../../kernel/pid.ts';
import * as D from './design-point.ts';

export type LoopId = 'PIC-4104' | 'LIC-4108' | 'LIC-4204' | 'LDIC-4304' | 'TIC-4203' | 'LIC-4205' | 'LIC-4206';

export function createLoops(): Record<LoopId, Pid> {
  const range = { derivativeTimeS: 0, outputLow: 0, outputHigh: 1 };
  return {
    'PIC-4104': new Pid({ ...range, gain: 4, integralTimeS: 200 }, D.HYDROGENATOR_MPA, 0.5),
    'LIC-4108': new Pid({ ...range, gain: -0.01, integralTimeS: 400 }, 50, 0.5),
    'LIC-4204': new Pid({ ...range, gain: -0.01, integralTimeS: 400 }, 50, 0.5),
    'LDIC-4304': new Pid({ ...range, gain: -0.02, integralTimeS: 3600 }, 50, 0.5),
    'TIC-4203': new Pid({ ...range, gain: -0.03, integralTimeS: 900, outputLow: 0.1 }, D.SECTION_C[2], D.COOLING_M3H / COOLING_FULL_M3H),
    // counter-current only
    'LIC-4205': new Pid({ ...range, gain: -0.01, integralTimeS: 400 }, 60, 0.5),
    'LIC-4206': new Pid({ ...range, gain: -0.02, integralTimeS: 600 }, 25, 0.2),
  };
}

export const COOLING_FULL_M3H = 1500;
export const EMERGENCY_FULL_M3H = 900;
