/**
 * The SIS of the plant: initiators and effects by the matrix of research/simulators.md 5.4. Sees only what the transmitters show.
 * Effects are orders to devices; acid dosing and pure water to extraction are kept, the circulation stops staged.
 */
import type { BlindChoice, Watch } from '../../machine/definition.ts';
import { above, below, BLIND_TRIPS } from '../../machine/definition.ts';
import type { Orders } from './devices.ts';

export const FUNCTION_IDS = ['I-4100', 'I-4200', 'I-4210', 'I-4300', 'I-4400', 'I-4502', 'I-4801', 'I-4211', 'I-4601', 'I-4701'] as const;
export type FunctionId = (typeof FUNCTION_IDS)[number];

/** tank heating rate in K/h, computed by the SIS itself from TI-4801 */
export const TANK_RATE = 'rate TI-4801';

/** index of `drained` in the states of XS-4701 */
const DRAINED = 2;

export const WATCHES: Readonly<Record<FunctionId, readonly Watch[]>> = {
  'I-4100': [below(['LI-4108A', 'LI-4108B', 'LI-4108C'], 15, 2), above(['AI-4106A', 'AI-4106B', 'AI-4106C'], 2, 2)],
  'I-4200': [above(['TI-4201', 'TI-4202', 'TI-4203'], 60, 2), above(['LI-4204A', 'LI-4204B', 'LI-4204C'], 85, 2), below(['LI-4204A', 'LI-4204B', 'LI-4204C'], 15, 2)],
  // two samples of the 30 s analyser
  'I-4210': [below(['AI-4207'], 0.99, 1, 31)],
  'I-4300': [above(['TI-4301', 'TI-4302', 'TI-4303'], 60, 1, 3), above(['TI-4308'], 60, 1, 3), above(['LDI-4304'], 85, 1, 3), above(['AI-4305A', 'AI-4305B'], 0.301, 2, 61), above(['XS-4306'], 0.6, 1, 5)],
  'I-4400': [above(['TI-4401', 'TI-4402', 'TI-4403'], 85, 1, 3)],
  'I-4502': [above(['TI-4502A', 'TI-4502B'], 70), above(['PI-4502'], 0.05)],
  'I-4801': [above(['TI-4801A', 'TI-4801B', 'TI-4801C'], 40, 2, 3), above([TANK_RATE], 5, 1, 10), above(['PI-4801'], 10, 1, 3)],
  // these three act on their own unit only
  'I-4211': [above(['TI-4211', 'TI-4212'], 55, 1, 3)],
  'I-4601': [above(['TI-4601'], 70, 1, 3), above(['PI-4602'], 20, 1, 3)],
  // peroxide in a column that stands in gas; 61 s: two samples of the analyser
  'I-4701': [above(['TI-4701'], 45, 1, 3), { ...above(['AI-4702'], 5, 1, 61), while: { tag: 'XS-4701', side: 'above', limit: DRAINED } }],
};

/** Counter-current: the oxidation function looks at the tower bottom and at the condensate receiver as well (rules: interlocks-counter-current). */
export const WATCHES_COUNTER_CURRENT: Readonly<Record<FunctionId, readonly Watch[]>> = {
  ...WATCHES,
  'I-4200': [
    above(['TI-4201', 'TI-4202', 'TI-4203'], 60, 2), below(['LI-4204A', 'LI-4204B', 'LI-4204C'], 15, 2), below(['LI-4205A', 'LI-4205B', 'LI-4205C'], 15, 2),
    above(['LI-4206A', 'LI-4206B', 'LI-4206C'], 85, 2),
  ],
};

/** While an initiator is blind. Source of the choices: IEC 61511-1 11.3 [L]; the research note says nothing about it. */
export const WHEN_BLIND: Readonly<Record<FunctionId, BlindChoice>> = {
  'I-4100': BLIND_TRIPS, 'I-4200': BLIND_TRIPS, 'I-4210': BLIND_TRIPS, 'I-4300': BLIND_TRIPS, 'I-4400': BLIND_TRIPS,
  'I-4502': { does: 'hold', why: 'It empties the preparation vessel into the pit, which cannot be taken back; pressure and both temperatures watch for each other.' },
  'I-4801': BLIND_TRIPS, 'I-4211': BLIND_TRIPS, 'I-4601': BLIND_TRIPS, 'I-4701': BLIND_TRIPS,
};

/** the functions whose trip stops the whole plant */
export const FULL_TRIP: readonly FunctionId[] = ['I-4100', 'I-4200', 'I-4210', 'I-4300'];
const STAGED_STOP_S = 5;

/** 全系统联锁停车; `sinceS` counts from the trip */
export function orderFullTrip(orders: Orders, sinceS: number): void {
  orders['XV-4101'] = 0;
  orders['XV-4102'] = 1;
  orders['K-4201'] = 0;
  orders['XV-4203'] = 0;
  orders['XV-4205'] = 1;
  orders['XV-4301'] = 0;
  orders['XV-4302'] = 0;
  orders['XV-4104'] = 0;
  orders['XV-4401'] = 0;
  orders['XV-4502'] = 0;
  orders['XV-4601'] = 0;
  // acid is dosed on, by the standby pump where the first was stopped (5.4)
  orders['P-4901'] = 1;
  // counter-current: the liquid at the tower bottom is held as a seal
  orders['XV-4207'] = 0;
  if (sinceS < STAGED_STOP_S) return;
  orders['P-4109'] = 0;
  orders['P-4103'] = 0;
}

export function orderPartTrip(id: FunctionId, orders: Orders): void {
  switch (id) {
    case 'I-4400':
      orders['XV-4401'] = 0;
      orders['XV-4104'] = 0;
      orders['XV-4402'] = 1;
      return;
    case 'I-4502':
      orders['XV-4502'] = 0;
      orders['XV-4503'] = 1;
      orders['XV-4504'] = 1;
      return;
    case 'I-4801':
      orders['XV-4801'] = 1;
      orders['XV-4802'] = 1;
      orders['XV-4803'] = 1;
      return;
    case 'I-4210':
      // the fixed line doses by itself, from the standby pump (A4-7)
      orders['P-4901'] = 1;
      return;
    case 'I-4211':
      orders['XV-4214'] = 1;
      orders['XV-4215'] = 1;
      return;
    case 'I-4601':
      orders['XV-4601'] = 0;
      orders['XV-4602'] = 1;
      return;
    case 'I-4701':
      orders['HV-4702'] = 1;
      return;
    case 'I-4100':
    case 'I-4200':
    case 'I-4300':
      return;
  }
}
