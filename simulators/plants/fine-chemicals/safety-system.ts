/**
 * The SIS of the plant: initiators and effects by the matrix of research/simulators.md 2.4. Sees only what the transmitters show.
 * Effects are orders to devices; a trip is stronger than a hand.
 */
import type { BlindChoice, Watch } from '../../machine/definition.ts';
import { above, below, BLIND_TRIPS } from '../../machine/definition.ts';
import type { DeviceId, Orders } from './devices.ts';

export const FUNCTION_IDS = ['I-1101', 'I-1102', 'I-1103', 'I-1104', 'I-1201', 'I-1202', 'I-1301', 'I-1302', 'I-1401', 'I-1501', 'I-1502'] as const;
export type FunctionId = (typeof FUNCTION_IDS)[number];

/** halide in a batch that gives no heat, % of the batch; 0 while it gives heat or none is being fed */
export const COLD_HALIDE = 'R-1301 cold halide';

const TEMPERATURES = ['TI-1101A', 'TI-1101B', 'TI-1101C'];
const QUENCH_READY = { tag: 'LI-1112', side: 'above', limit: 35 } as const;

export const WATCHES: Readonly<Record<FunctionId, readonly Watch[]>> = {
  'I-1101': [above(TEMPERATURES, 80, 2), { ...above(['TRC-1101'], 2, 1, 2), while: { tag: 'TI-1101B', side: 'above', limit: 65 } }],
  'I-1102': [{ ...above(TEMPERATURES, 100, 2), while: QUENCH_READY }, { ...above(['PI-1101A', 'PI-1101B'], 0.2), while: QUENCH_READY }],
  'I-1103': [below(['FI-1104'], 15, 1, 10), below(['PI-1901'], 0.24, 1, 5)],
  'I-1104': [below(['SI-1105'], 30, 1, 5), below(['II-1105'], 12, 1, 5)],
  'I-1201': [above(['AI-1203A', 'AI-1203B'], 1)],
  'I-1202': [above(['TI-1201'], 115), above(['PIC-1201'], 1.05), below(['SI-1205'], 100, 1, 3)],
  'I-1301': [above([COLD_HALIDE], 10, 1, 1200)],
  'I-1302': [above(['TI-1301'], 66), above(['PI-1301'], 0.1)],
  'I-1401': [below(['LI-1401'], 12, 1, 10), { ...below(['FI-1403'], 30, 1, 300), while: { tag: 'FI-1405', side: 'above', limit: 0.2 } }, above(['TI-1401'], 138)],
  // a machine shows 2 when it has tripped
  'I-1501': [above(['PI-1501A', 'PI-1501B'], -150, 1, 2), above(['K-1501A'], 2, 1, 0)],
  'I-1502': [above(['PI-1501A', 'PI-1501B'], -50, 1, 5), above(['GD-1507'], 1)],
};

/** While an initiator is blind. Source of the choices: IEC 61511-1 11.3 [L]; the research note says nothing about it. */
export const WHEN_BLIND: Readonly<Record<FunctionId, BlindChoice>> = {
  'I-1101': BLIND_TRIPS,
  'I-1102': { does: 'hold', why: 'A dump cannot be taken back and would be made on nothing but lost transmitters; I-1101, blind by the same, has stopped and cools.' },
  'I-1103': BLIND_TRIPS, 'I-1104': BLIND_TRIPS, 'I-1201': BLIND_TRIPS, 'I-1202': BLIND_TRIPS, 'I-1301': BLIND_TRIPS, 'I-1302': BLIND_TRIPS, 'I-1401': BLIND_TRIPS, 'I-1501': BLIND_TRIPS, 'I-1502': BLIND_TRIPS,
};

type Sets = Readonly<Partial<Record<DeviceId, number>>>;
/** what each function does; a test holds it against `sets` of rules/fine-chemicals/interlocks.yaml */
export const EFFECTS_OF: Readonly<Record<FunctionId, Sets>> = {
  'I-1101': { 'XV-1107': 0, 'XV-1108': 0, 'XV-1110': 1, 'M-1105': 1 },
  'I-1102': { 'XV-1107': 0, 'XV-1108': 0, 'XV-1110': 1, 'M-1105': 1, 'XV-1109': 1, 'XV-1116': 1 },
  'I-1103': { 'XV-1107': 0, 'XV-1108': 0, 'XV-1111': 1 },
  'I-1104': { 'XV-1107': 0, 'XV-1108': 0, 'XV-1110': 1, 'M-1105': 1 },
  'I-1201': { 'XV-1201': 0, 'XV-1202': 1 },
  'I-1202': { 'XV-1201': 0, 'XV-1202': 1, 'XV-1203': 1 },
  'I-1301': { 'XV-1303': 0, 'M-1305': 1, 'XV-1307': 1 },
  'I-1302': { 'XV-1303': 0, 'XV-1304': 0, 'XV-1308': 1, 'M-1305': 1, 'XV-1307': 1 },
  'I-1401': { 'XV-1401': 0 },
  'I-1501': { 'K-1501B': 1 },
  'I-1502': { 'XV-1502': 0, 'XV-1107': 0, 'K-1501B': 1 },
};

/** ESD-1: feeds, heat and toxic sources off, full cooling, nitrogen, stirring kept, a fan running; people decide about dump and drain */
export const PLANT_STOP: Sets = {
  'XV-1107': 0, 'XV-1108': 0, 'XV-1110': 1, 'XV-1116': 1, 'M-1105': 1, 'XV-1201': 0, 'XV-1202': 1, 'XV-1203': 1, 'XV-1303': 0, 'XV-1304': 0, 'XV-1305': 0, 'XV-1307': 1, 'XV-1308': 1,
  'M-1305': 1, 'XV-1401': 0, 'XV-1502': 0,
};
export const R1101_STOP: Sets = { 'XV-1107': 0, 'XV-1108': 0, 'XV-1110': 1, 'M-1105': 1 };
/** where the valves go by their springs when the instrument air is gone */
export const SPRINGS: Sets = {
  'XV-1107': 0, 'XV-1108': 0, 'XV-1110': 1, 'XV-1111': 1, 'XV-1201': 0, 'XV-1202': 1, 'XV-1203': 1, 'XV-1303': 0, 'XV-1304': 0, 'XV-1308': 1, 'XV-1401': 0, 'XV-1502': 0,
};

export function set(orders: Orders, sets: Sets): void {
  Object.assign(orders, sets);
}
