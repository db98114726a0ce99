/** Valves and machines with their travel times and their normal position. Source: research/simulators.md 1.2 (safety valves 2-3 s), 2.4. */
import type { ActuatorSettings } from '../../kernel/actuator.ts';
import type { DeviceDefinition } from '../../machine/definition.ts';

/** closes when it is made safe */
const CUT_OFF: ActuatorSettings = { openingTimeS: 4, closingTimeS: 2.5, deadBand: 0 };
/** opens when it is made safe */
const OPENING: ActuatorSettings = { openingTimeS: 2.5, closingTimeS: 4, deadBand: 0 };
const MANUAL: ActuatorSettings = { openingTimeS: 6, closingTimeS: 6, deadBand: 0 };
const MOTOR: ActuatorSettings = { openingTimeS: 5, closingTimeS: 3, deadBand: 0 };
const valve = (settings: ActuatorSettings, normal = 0): DeviceDefinition => ({ settings, normal, machine: false });
const motor = (normal: number, settings = MOTOR): DeviceDefinition => ({ settings, normal, machine: true });

export const DEVICES = {
  'XV-1107': valve(CUT_OFF, 1), 'XV-1108': valve(CUT_OFF), 'XV-1109': valve(OPENING), 'XV-1110': valve(OPENING), 'XV-1111': valve(OPENING),
  'XV-1113': valve(MANUAL), 'XV-1115': valve(MANUAL), 'XV-1116': valve(OPENING), 'M-1105': motor(1), 'M-1135': motor(1), 'P-1104': motor(1),
  'XV-1201': valve(CUT_OFF, 1), 'XV-1202': valve(OPENING), 'XV-1203': valve(OPENING), 'M-1205': motor(1),
  'XV-1303': valve(CUT_OFF, 1), 'XV-1304': valve(CUT_OFF), 'XV-1305': valve(MANUAL), 'XV-1306': valve(OPENING), 'XV-1307': valve(OPENING), 'XV-1308': valve(OPENING),
  'XV-1309': valve(MANUAL), 'M-1305': motor(1),
  'XV-1401': valve(CUT_OFF, 1),
  // fans: a standby restores suction in 4 to 6 s (2.5 F1-14)
  'K-1501A': motor(1, { openingTimeS: 4.5, closingTimeS: 0.75, deadBand: 0 }), 'K-1501B': motor(0, { openingTimeS: 4.5, closingTimeS: 0.75, deadBand: 0 }),
  // the packing runs dry over most of a minute
  'P-1506A': motor(1, { openingTimeS: 5, closingTimeS: 40, deadBand: 0 }), 'P-1506B': motor(0, { openingTimeS: 5, closingTimeS: 40, deadBand: 0 }),
  // 0 = tower A, 1 = tower B; a change-over takes 20 s
  'ZS-1501': valve({ openingTimeS: 20, closingTimeS: 20, deadBand: 0 }), 'XV-1502': valve(CUT_OFF, 1),
  // by hand on the spot, without tags: local drains, hand hole for initiator, steam by-pass
  'HV-1206': valve(MANUAL), 'HV-1310': valve(MANUAL), 'HV-1306': valve(MANUAL), 'HV-1402': valve(MANUAL),
} as const satisfies Record<string, DeviceDefinition>;

export type DeviceId = keyof typeof DEVICES;
export type Orders = Record<DeviceId, number>;
