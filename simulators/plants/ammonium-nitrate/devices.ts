/**
 * Valves and machines with their travel times and normal position. Source: research/simulators.md 1.2 (safety valves 2-3 s), 3.4; times [A].
 * ZS-2530 (0 runs, 1 locked) and JS-2520 (0 on, 1 off) show the words of a machine.
 */
import type { ActuatorSettings } from '../../kernel/actuator.ts';
import type { DeviceDefinition } from '../../machine/definition.ts';

const CUT_OFF: ActuatorSettings = { openingTimeS: 4, closingTimeS: 2.5, deadBand: 0 };
const WATER: ActuatorSettings = { openingTimeS: 3, closingTimeS: 5, deadBand: 0 };
const PUMP: ActuatorSettings = { openingTimeS: 6, closingTimeS: 4, deadBand: 0 };
const open: DeviceDefinition = { settings: CUT_OFF, normal: 1, machine: false };
const shut: DeviceDefinition = { settings: WATER, normal: 0, machine: false };
const runs: DeviceDefinition = { settings: PUMP, normal: 1, machine: true };
const stands: DeviceDefinition = { settings: PUMP, normal: 0, machine: true };

export const DEVICES = {
  'XV-2101': open, 'XV-2102': open, 'XV-2201': open, 'XV-2202': open, 'XV-2203': shut,
  'XV-2301': open, 'XV-2302': shut, 'XV-2303': shut, 'P-2301A': runs, 'P-2301B': stands, 'XV-2311': open,
  'XV-2401': open, 'XV-2402': open, 'XV-2403': open, 'XV-2404': shut, 'P-2402': runs,
  'P-2405': runs, 'XV-2411': open, 'XV-2412': open, 'XV-2413': open, 'XV-2415': shut, 'XV-2416': shut,
  'MS-2501': runs, 'XV-2501A': shut, 'XV-2501B': shut, 'XV-2501C': open,
  'MS-2502': runs, 'XV-2502A': shut, 'XV-2502B': shut, 'XV-2502C': open,
  'ZS-2530': stands, 'XV-2520': open, 'XV-2521': shut, 'XV-2522': open, 'JS-2520': stands,
} as const satisfies Record<string, DeviceDefinition>;

export type DeviceId = keyof typeof DEVICES;
export type Orders = Record<DeviceId, number>;
