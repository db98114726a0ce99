/**
 * Valves and machines with their travel times and their normal position. Source: research/simulators.md 1.2 (safety valves 2-3 s), 4.4.
 * HV- and FV- valves and the standby machine have no tag of their own: an operator reaches them by the faceplate.
 */
import type { ActuatorSettings } from '../../kernel/actuator.ts';
import type { DeviceDefinition } from '../../machine/definition.ts';

const CUT_OFF: ActuatorSettings = { openingTimeS: 4, closingTimeS: 2, deadBand: 0 };
const OPENS_FAST: ActuatorSettings = { openingTimeS: 2.5, closingTimeS: 4, deadBand: 0 };
const MANUAL: ActuatorSettings = { openingTimeS: 6, closingTimeS: 6, deadBand: 0 };
const valve = (settings: ActuatorSettings, normal: number): DeviceDefinition => ({ settings, normal, machine: false });
const machine = (openingTimeS: number, closingTimeS: number, normal: number): DeviceDefinition => ({ settings: { openingTimeS, closingTimeS, deadBand: 0 }, normal, machine: true });

export const DEVICES = {
  'P-3101': machine(15, 15, 1),
  /** slower than the oxygen valves: oxygen first, slurry after it */
  'XV-3101': valve({ openingTimeS: 4, closingTimeS: 8, deadBand: 0 }, 1),
  'XV-3102A': valve(CUT_OFF, 1),
  'XV-3102B': valve(CUT_OFF, 1),
  'XV-3103': valve(OPENS_FAST, 0),
  'XV-3104': valve(OPENS_FAST, 0),
  'XV-3105': valve(OPENS_FAST, 0),
  'XV-3601': valve(CUT_OFF, 1),
  'XV-3602': valve(CUT_OFF, 1),
  'XV-3201': valve(CUT_OFF, 0),
  'XV-3202': valve(OPENS_FAST, 0),
  'XV-3301': valve(CUT_OFF, 1),
  'XV-3302': valve(OPENS_FAST, 0),
  'K-3401': machine(30, 10, 1),
  'K-3402': machine(30, 3, 1),
  'XV-3508': valve(OPENS_FAST, 0),
  'XV-3543': valve(CUT_OFF, 1),
  /** standby machine K-3401S */
  'K-3401S': machine(40, 10, 0),
  /** to the flare: shift and header, methanation, synthesis loop, chiller gas; and the steam drum to atmosphere */
  'HV-3203': valve(MANUAL, 0),
  'HV-3303': valve(MANUAL, 0),
  'HV-3544': valve(MANUAL, 0),
  'HV-3572': valve(MANUAL, 0),
  'HV-3563': valve(MANUAL, 0),
  /** quench valves of the three beds, 1 = normal */
  'FV-3511': valve(MANUAL, 1),
  'FV-3512': valve(MANUAL, 1),
  'FV-3513': valve(MANUAL, 1),
  /** drain of the suction drum */
  'LV-3405': valve(MANUAL, 0),
  /** ignition sequence of the gasifier: 1 = on (forbidden before purge and analysis, A3.6) */
  'BS-3113': valve({ openingTimeS: 1, closingTimeS: 1, deadBand: 0 }, 0),
  /** a flange of the methanation section, and at the slag tap: 1 = opened (A3.3, A3.4; forbidden under pressure) */
  'FL-3301': valve(MANUAL, 0),
  'FL-3101': valve(MANUAL, 0),
} as const satisfies Record<string, DeviceDefinition>;

export type DeviceId = keyof typeof DEVICES;
export type Orders = Record<DeviceId, number>;
