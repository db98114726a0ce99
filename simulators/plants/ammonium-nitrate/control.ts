/** The control loops that keep normal running. Measurement and set point in the unit of the tag, output 0..1. Source: [A], tuned on this model. */
import { Pid } from '../../kernel/pid.ts';
import type { PidSettings } from '../../kernel/pid.ts';
import { P } from './parameters.ts';

const pid = (gain: number, integralTimeS: number, setPoint: number, output: number, range: Partial<PidSettings> = {}): Pid =>
  new Pid({ gain, integralTimeS, derivativeTimeS: 0, outputLow: 0, outputHigh: 1, ...range }, setPoint, output);

const LOOPS = {
  'PIC-2101': () => pid(8, 120, 0.52, 0.5),
  'LIC-2101': () => pid(0.01, 600, 50, 0.49),
  'FFIC-2203': () => pid(0.3, 10, P.ratio, 0.5),
  'PIC-2206': () => pid(-3, 100, 0.3, 0.5),
  'LIC-2207': () => pid(-0.01, 300, 50, 0.5),
  'TIC-2301': () => pid(0.02, 7200, 132, 0.12),
  'LIC-2301': () => pid(-0.01, 7200, 60, 1, { outputLow: 0.8, outputHigh: 1.1 }),
  'TIC-2401': () => pid(0.02, 50, 122, 0.48),
  'TIC-2402': () => pid(0.02, 50, 175, 0.48),
  'TIC-2411': () => pid(0.05, 600, 174, 0.02),
  'TIC-2412': () => pid(0.05, 600, 173, 0.05),
  'LIC-2412': () => pid(-0.02, 600, 50, 0.5, { outputLow: 0.1 }),
  'TIC-2501': () => pid(0.01, 600, 165, 0.15),
  'TIC-2502': () => pid(0.01, 600, 138, 0.15),
} as const;

export type LoopId = keyof typeof LOOPS;

export function createLoops(): Record<LoopId, Pid> {
  return Object.fromEntries(Object.entries(LOOPS).map(([id, make]) => [id, make()])) as Record<LoopId, Pid>;
}
