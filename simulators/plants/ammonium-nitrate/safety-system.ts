/**
 * The SIS of the plant: initiators and effects by the matrix of research/simulators.md 3.4 and the same effects as rules/ammonium-nitrate/interlocks.yaml.
 * Sees only what the transmitters show.
 */
import type { BlindChoice, Watch } from '../../machine/definition.ts';
import { above, below, BLIND_TRIPS, is } from '../../machine/definition.ts';
import type { Orders } from './devices.ts';

export const FUNCTION_IDS = ['I-2101', 'I-2201', 'I-2202', 'I-2203', 'I-2301', 'I-2401', 'I-2402', 'I-2403', 'I-2501', 'I-2502'] as const;
export type FunctionId = (typeof FUNCTION_IDS)[number];

/** values that the SIS computes itself */
export const STOPPED_2501 = 'stopped 2501';
export const RATE_2502 = 'rate TI-2502';
export const TOWER_SIGNS = 'smoke or gas on the tower';
export const TOWER_BUTTON = 'tower button';

const when = (watch: Watch, tag: string, side: 'above' | 'below', limit: number): Watch => ({ ...watch, while: { tag, side, limit } });

export const WATCHES: Readonly<Record<FunctionId, readonly Watch[]>> = {
  'I-2101': [when(below(['TI-2102'], 40, 1, 30), 'FI-2201', 'above', 0.3), when(below(['TRC-2102'], -3, 1, 30), 'FI-2201', 'above', 0.3), above(['LI-2103'], 30)],
  'I-2201': [
    when(above(['FSD-2203'], 10, 1, 20), 'FI-2202', 'above', 3), when(below(['FFI-2203'], 0.95, 1, 10), 'FI-2202', 'above', 3), when(above(['FFI-2203'], 1.05, 1, 10), 'FI-2201', 'above', 0.5),
    when(below(['FI-2201'], 2.6, 1, 5), 'FI-2202', 'above', 3), when(below(['FI-2202'], 17, 1, 5), 'FI-2201', 'above', 0.5),
  ],
  'I-2202': [below(['AI-2204A', 'AI-2204B', 'AI-2204C'], 0.999, 2), below(['AI-2212'], 0.999), is(['XS-2208'], true, 3), is(['XS-2209'], true, 3)],
  'I-2203': [above(['TI-2205A', 'TI-2205B', 'TI-2205C'], 195, 2), above(['PI-2206'], 0.45)],
  'I-2301': [above(['TI-2301A', 'TI-2301B', 'TI-2301C'], 155, 2), above(['AI-2304'], 50), is(['XS-2305'], true, 3)],
  'I-2401': [above(['LI-2403'], 75), above(['LI-2404'], 75), when(above(['LI-2403'], 60, 1, 5), 'FI-2406', 'below', 10), when(above(['LI-2404'], 60, 1, 5), 'FI-2406', 'below', 10), above(['TI-2402'], 185)],
  'I-2402': [above(['KQ-2411'], 20), above(['KQ-2412'], 30), above(['TI-2411'], 188), above(['TI-2412'], 188)],
  'I-2403': [above(['TI-2414'], 195), when(below(['FI-2416'], 6, 1, 30), 'II-2413', 'above', 10), above(['PI-2415'], 1.8, 1, 3)],
  'I-2501': [when(above(['TI-2501'], 160), STOPPED_2501, 'above', 0.5), above(['KQ-2501'], 4), above(['TI-2502'], 155), above(['KQ-2502'], 1), when(above([RATE_2502], 0.5, 1, 30), 'TI-2502', 'above', 143)],
  'I-2502': [when(above(['TI-2520A', 'TI-2520B'], 185), TOWER_SIGNS, 'above', 0.5), above([TOWER_BUTTON], 0.5, 1, 0)],
};

/** While an initiator is blind. Source of the choices: IEC 61511-1 11.3 [L]; the research note says nothing about it. */
export const WHEN_BLIND: Readonly<Record<FunctionId, BlindChoice>> = {
  'I-2101': BLIND_TRIPS, 'I-2201': BLIND_TRIPS, 'I-2202': BLIND_TRIPS, 'I-2203': BLIND_TRIPS, 'I-2301': BLIND_TRIPS, 'I-2401': BLIND_TRIPS,
  'I-2402': { does: 'hold', why: 'It empties seal and intermediate tank of hot melt, which cannot be taken back; clock and temperature of either tank still trip it.' },
  'I-2403': BLIND_TRIPS,
  'I-2501': { does: 'hold', why: 'It floods and empties a mixing tank, which cannot be taken back; clock and temperature of either tank still trip it.' },
  'I-2502': BLIND_TRIPS,
};

const set = (orders: Orders, position: number, ...ids: (keyof Orders)[]): void => ids.forEach((id) => { orders[id] = position; });
export interface Mixers { readonly first: boolean; readonly second: boolean }

/** `mixers`: which mixing tank asked for I-2501; its valves are the ones that move */
export function orderTrip(id: FunctionId, orders: Orders, mixers: Mixers): void {
  switch (id) {
    case 'I-2101': return set(orders, 0, 'XV-2201', 'XV-2202', 'XV-2102');
    case 'I-2201': return set(orders, 0, 'XV-2201', 'XV-2202');
    case 'I-2202':
    case 'I-2203':
      set(orders, 0, 'XV-2201', 'XV-2202');
      return set(orders, 1, 'XV-2203');
    case 'I-2301':
      set(orders, 0, 'XV-2201', 'XV-2202', 'XV-2401', 'XV-2402', 'XV-2301');
      return set(orders, 1, 'XV-2302');
    case 'I-2401':
      set(orders, 0, 'XV-2403', 'XV-2401', 'XV-2402');
      return set(orders, 1, 'XV-2404');
    case 'I-2402':
      set(orders, 0, 'XV-2401', 'XV-2402', 'XV-2301', 'XV-2411', 'XV-2412', 'P-2405');
      return set(orders, 1, 'XV-2415', 'XV-2416');
    case 'I-2403': return set(orders, 0, 'P-2405', 'XV-2413');
    case 'I-2501':
      set(orders, 0, 'XV-2401', 'XV-2402', 'XV-2501C', 'XV-2502C', 'P-2405');
      if (mixers.first || !mixers.second) set(orders, 1, 'XV-2501A', 'XV-2501B');
      if (mixers.second) set(orders, 1, 'XV-2502A', 'XV-2502B');
      return;
    case 'I-2502':
      // the matrix of 3.4 cuts evaporation and the tank's coil as well
      set(orders, 0, 'XV-2520', 'XV-2522', 'P-2405', 'XV-2401', 'XV-2402', 'XV-2301');
      return set(orders, 1, 'XV-2521', 'XV-2415', 'XV-2416', 'JS-2520', 'ZS-2530');
  }
}

/** the emergency stop: feeds, evaporation, steam and pumps; discharge and water have a button of their own (HS-2007) */
export function orderStop(orders: Orders): void {
  set(orders, 0, 'XV-2101', 'XV-2102', 'XV-2201', 'XV-2202', 'XV-2301', 'XV-2401', 'XV-2402', 'XV-2403', 'XV-2411', 'XV-2412', 'XV-2413', 'XV-2311',
    'XV-2501C', 'XV-2502C', 'XV-2520', 'XV-2522', 'P-2301A', 'P-2301B', 'P-2405');
}
export const orderDischarge = (orders: Orders): void => set(orders, 1, 'XV-2203', 'XV-2302', 'XV-2404', 'XV-2415', 'XV-2416', 'XV-2501A', 'XV-2501B', 'XV-2502A', 'XV-2502B', 'XV-2521');
