/**
 * The safety instrumented system of the plant by research/simulators.md 4.4: who demands what, and what a trip orders. Delays ride over the run-down of a stop
 * by hand, so that a gasifier stopped in order (oxygen first) does not trip after the fact.
 */
import type { BlindChoice, Watch } from '../../machine/definition.ts';
import { above, below, BLIND_TRIPS, is } from '../../machine/definition.ts';
import type { Orders } from './devices.ts';

export const FUNCTION_IDS = ['I-3101', 'I-3102', 'I-3201', 'I-3301', 'I-3401', 'I-3501', 'I-3541', 'I-3561', 'I-3601', 'I-3901'] as const;
export type FunctionId = (typeof FUNCTION_IDS)[number];

/** values that the SIS computes itself */
export const HOT_AND_RISING = 'converter hot spot while rising';
export const WALL_HOT = 'converter shell';
export const REDUCTION_LOST = 'reduction without power, water or gas';

const HOT = ['TI-3511', 'TI-3512', 'TI-3513', 'TI-3514', 'TI-3515', 'TI-3516', 'TI-3517', 'TI-3518', 'TI-3519'] as const;
const whileOxygen = (watch: Watch): Watch => ({ ...watch, while: { tag: 'XV-3102B', side: 'above', limit: 0.5 } });
const noStandby = (watch: Watch): Watch => ({ ...watch, while: { tag: 'XS-3408', side: 'below', limit: 0.5 } });

export const WATCHES: Readonly<Record<FunctionId, readonly Watch[]>> = {
  'I-3101': [
    whileOxygen(below(['FI-3101A', 'FI-3101B', 'FI-3101C'], 53, 2, 1)),
    above(['FI-3102A', 'FI-3102B', 'FI-3102C'], 33_500, 2, 1),
    whileOxygen(below(['FI-3102A', 'FI-3102B', 'FI-3102C'], 24_000, 2, 5)),
    above(['FFI-3103'], 475, 1, 2),
    above(['FSD-3103'], 3, 1, 1),
  ],
  'I-3102': [
    above(['PI-3105A', 'PI-3105B', 'PI-3105C'], 4.35, 2, 0.5),
    below(['LI-3107A', 'LI-3107B', 'LI-3107C'], 30, 2, 2),
    above(['TI-3104A', 'TI-3104B', 'TI-3104C', 'TI-3104D'], 1380, 2, 1),
    whileOxygen(below(['PDI-3106'], 0.6, 1, 1)),
    whileOxygen(is(['XS-3110'], false, 3)),
  ],
  'I-3201': [above(['TI-3201', 'TI-3202', 'TI-3203', 'TI-3204'], 470, 2, 1), above([REDUCTION_LOST], 0.5, 1, 2)],
  'I-3301': [above(['TI-3301', 'TI-3302', 'TI-3303', 'TI-3304'], 420, 1, 1), above(['TI-3306'], 380, 1, 1), above(['AI-3305'], 1.2, 1, 2)],
  'I-3401': [noStandby(above(['TI-3403'], 160, 1, 2)), noStandby(above(['PI-3402'], 21, 1, 1)), noStandby(above(['LI-3405'], 50, 1, 2)), noStandby(above(['II-3406'], 1050, 1, 1)), noStandby(above(['VI-3407'], 90, 1, 2))],
  'I-3501': [above([HOT_AND_RISING], 540, 1, 2), above(['TI-3520'], 280, 1, 2)],
  'I-3541': [below(['LI-3541A', 'LI-3541B', 'LI-3541C'], 12, 2, 0.5), above(['PI-3551A', 'PI-3551B', 'PI-3551C'], 2.4, 2, 0)],
  'I-3561': [above(['PI-3561'], 4.6, 1, 1), above(['AI-3563'], 200, 1, 5)],
  'I-3601': [below(['FFI-3603'], 2.4, 1, 2), above(['FFI-3604'], 1.8, 1, 2), below(['FFI-3604'], 1.25, 1, 2)],
  'I-3901': [above(['PI-3901'], 80, 1, 2), { ...below(['PI-3901'], 0.2, 1, 5), while: { tag: 'FI-3904', side: 'above', limit: 5 } }],
};
export const HOT_SPOTS = HOT;

/** While an initiator is blind: every function of this plant stops, isolates or sends to the flare. Source: IEC 61511-1 11.3 [L]; the research note says nothing about it. */
export const WHEN_BLIND = Object.fromEntries(FUNCTION_IDS.map((id) => [id, BLIND_TRIPS])) as Readonly<Record<FunctionId, BlindChoice>>;

/** below it (all three) the oxygen line may be depressurised after a stop of the gasifier (A3.5), MPa */
export const OXYGEN_VENT_MPA = 0.07;
const FOREVER_S = Number.MAX_VALUE;

/** what the matrix of 4.4 orders, over anybody's hand */
export function orderTrip(id: FunctionId, orders: Orders): void {
  switch (id) {
    case 'I-3101':
    case 'I-3102':
      stopGasifier(orders);
      orders['XV-3105'] = 1;
      return;
    case 'I-3201':
      orders['XV-3105'] = 1;
      orders['XV-3201'] = 0;
      orders['XV-3202'] = 1;
      return;
    case 'I-3301':
      orders['XV-3105'] = 1;
      orders['K-3401'] = 0;
      orders['XV-3302'] = 1;
      return;
    case 'I-3401':
      orders['XV-3105'] = 1;
      orders['K-3401'] = 0;
      return;
    case 'I-3501':
      stopLoop(orders);
      return;
    case 'I-3541':
      orders['XV-3543'] = 0;
      return;
    case 'I-3561':
      orders['XV-3105'] = 1;
      stopLoop(orders);
      orders['HV-3563'] = 1;
      return;
    case 'I-3601':
      orders['XV-3105'] = 1;
      orders['XV-3601'] = 0;
      orders['XV-3602'] = 0;
      return;
    case 'I-3901':
      stopGasifier(orders);
      orders['K-3401'] = 0;
      orders['XV-3601'] = 0;
      orders['XV-3602'] = 0;
      return;
  }
}

function stopGasifier(orders: Orders): void {
  orders['XV-3102A'] = 0;
  orders['XV-3102B'] = 0;
  orders['P-3101'] = 0;
  orders['XV-3101'] = 0;
  orders['XV-3104'] = 1;
}

function stopLoop(orders: Orders): void {
  orders['K-3401'] = 0;
  orders['K-3401S'] = 0;
  orders['K-3402'] = 0;
  orders['FV-3511'] = 0;
  orders['FV-3512'] = 0;
  orders['FV-3513'] = 0;
  orders['XV-3508'] = 1;
}

/** the emergency stop: the whole plant, the gas to the flare, nitrogen on every catalyst */
export function orderFullStop(orders: Orders, sinceS: number = FOREVER_S): void {
  stopGasifier(orders);
  stopLoop(orders);
  orders['XV-3105'] = 1;
  orders['XV-3601'] = 0;
  orders['XV-3602'] = 0;
  orders['XV-3201'] = 0;
  orders['XV-3202'] = 1;
  orders['XV-3302'] = 1;
  orders['XV-3543'] = 0;
  if (sinceS > 3) orders['XV-3301'] = 0;
}

/** no power: machines stand, cut-off valves fall into their safe position; XV-3105 and nitrogen valves fail open */
export function orderBlackout(orders: Orders): void {
  orderFullStop(orders);
}
