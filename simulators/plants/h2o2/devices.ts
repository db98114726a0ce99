/**
 * Valves and machines with their travel times and their normal position. Source: research/simulators.md 1.2 (safety valves 2-3 s), 5.4.
 * XV-4214/4215 water into and withdrawal from the residue vessels, XV-4601/4602 steam and water of the concentrator, HV-4702 pure water of the resin column.
 * Without a tag: HV-4703 nitrogen to the resin column, P-4903 standby pure-water pump, HV-4106 lines both drains up into one tank, MH-4100 a manhole of
 * hydrogenation, P-4103 feeds the oxidiser and stops with P-4109.
 */
import type { ActuatorSettings } from '../../kernel/actuator.ts';
import type { DeviceDefinition } from '../../machine/definition.ts';

const CUT_OFF: ActuatorSettings = { openingTimeS: 4, closingTimeS: 2.5, deadBand: 0 };
const MANUAL: ActuatorSettings = { openingTimeS: 6, closingTimeS: 6, deadBand: 0 };

export const DEVICES = {
  'XV-4101': { settings: CUT_OFF, normal: 1, machine: false },
  'XV-4102': { settings: { openingTimeS: 2.5, closingTimeS: 4, deadBand: 0 }, normal: 0, machine: false },
  'XV-4104': { settings: CUT_OFF, normal: 0, machine: false },
  'XV-4105': { settings: MANUAL, normal: 0, machine: false },
  'XV-4203': { settings: CUT_OFF, normal: 1, machine: false },
  'XV-4205': { settings: { openingTimeS: 3, closingTimeS: 6, deadBand: 0 }, normal: 0, machine: false },
  'XV-4206': { settings: MANUAL, normal: 0, machine: false },
  'ZS-4211': { settings: MANUAL, normal: 1, machine: false },
  'ZS-4212': { settings: MANUAL, normal: 1, machine: false },
  'XV-4301': { settings: CUT_OFF, normal: 1, machine: false },
  'XV-4302': { settings: CUT_OFF, normal: 1, machine: false },
  'XV-4401': { settings: CUT_OFF, normal: 0, machine: false },
  'XV-4402': { settings: { openingTimeS: 2.5, closingTimeS: 4, deadBand: 0 }, normal: 0, machine: false },
  'XV-4403': { settings: MANUAL, normal: 0, machine: false },
  'ZS-4502': { settings: MANUAL, normal: 1, machine: false },
  'XV-4502': { settings: CUT_OFF, normal: 1, machine: false },
  'XV-4503': { settings: { openingTimeS: 3, closingTimeS: 6, deadBand: 0 }, normal: 0, machine: false },
  'XV-4504': { settings: { openingTimeS: 3, closingTimeS: 6, deadBand: 0 }, normal: 0, machine: false },
  'XV-4505': { settings: MANUAL, normal: 0, machine: false },
  'XV-4801': { settings: { openingTimeS: 3, closingTimeS: 6, deadBand: 0 }, normal: 0, machine: false },
  'XV-4802': { settings: { openingTimeS: 3, closingTimeS: 6, deadBand: 0 }, normal: 0, machine: false },
  'XV-4803': { settings: { openingTimeS: 3, closingTimeS: 6, deadBand: 0 }, normal: 0, machine: false },
  'HV-4106': { settings: MANUAL, normal: 0, machine: false },
  'MH-4100': { settings: { openingTimeS: 20, closingTimeS: 60, deadBand: 0 }, normal: 0, machine: false },
  'XV-4214': { settings: CUT_OFF, normal: 0, machine: false },
  'XV-4215': { settings: MANUAL, normal: 0, machine: false },
  'XV-4601': { settings: CUT_OFF, normal: 1, machine: false },
  'XV-4602': { settings: { openingTimeS: 3, closingTimeS: 6, deadBand: 0 }, normal: 0, machine: false },
  'P-4903': { settings: { openingTimeS: 5, closingTimeS: 5, deadBand: 0 }, normal: 0, machine: true },
  'HV-4702': { settings: MANUAL, normal: 0, machine: false },
  'HV-4703': { settings: MANUAL, normal: 0, machine: false },
  'XV-4902': { settings: MANUAL, normal: 0, machine: false },
  'P-4109': { settings: { openingTimeS: 20, closingTimeS: 15, deadBand: 0 }, normal: 1, machine: true },
  'P-4103': { settings: { openingTimeS: 20, closingTimeS: 15, deadBand: 0 }, normal: 1, machine: true },
  'K-4201': { settings: { openingTimeS: 30, closingTimeS: 10, deadBand: 0 }, normal: 1, machine: true },
  'P-4901': { settings: { openingTimeS: 2, closingTimeS: 2, deadBand: 0 }, normal: 1, machine: true },
  // counter-current only
  'XV-4207': { settings: CUT_OFF, normal: 1, machine: false },
  'XV-4208': { settings: CUT_OFF, normal: 0, machine: false },
} as const satisfies Record<string, DeviceDefinition>;

const COUNTER_CURRENT_ONLY: readonly string[] = ['XV-4207', 'XV-4208'];
/** What stands in the co-current plant. */
export const DEVICES_CO_CURRENT = Object.fromEntries(Object.entries(DEVICES).filter(([id]) => !COUNTER_CURRENT_ONLY.includes(id))) as Record<DeviceId, DeviceDefinition>;

export type DeviceId = keyof typeof DEVICES;
export type Orders = Record<DeviceId, number>;
