/**
 * The fault tables of the research note on the simulators (research/simulators.md 2.5, 3.5, 4.5, 5.5), transcribed by hand: id and clause; lines 172-190, 275-292, 384-410,
 * 488-507. Where the column of the note holds a correct response instead of a clause, the clause is the one that its section 9 gives.
 */
import type { PlantId } from '../../../simulators/machine/definition.ts';

export const NOTE_FAULTS: Readonly<Record<PlantId, Readonly<Record<string, string>>>> = {
  'fine-chemicals': {
    'F1-01': 'A1-1', 'F1-02': 'A1-1', 'F1-03': 'A1-1', 'F1-04': 'A1-5', 'F1-05': 'A1-2', 'F1-06': 'A1-2', 'F1-07': 'A1-3', 'F1-08': 'A1-3', 'F1-09': 'A1-4', 'F1-10': 'A1-4', 'F1-11': 'A1-4', 'F1-12': 'A1-6', 'F1-13': 'A1-6',
    'F1-14': 'A1-7', 'F1-15': 'A1-7', 'F1-16': '4.1.1(1)', 'F1-17': '-', 'F1-18': '3.6', 'F1-19': '4.1.1(3)',
  },
  'ammonium-nitrate': {
    'F2-01': 'A2-2', 'F2-02': 'A2-2', 'F2-03': 'A2-3', 'F2-04': 'A2-4', 'F2-05': '4.1.1(3)', 'F2-06': 'A2-5', 'F2-07': 'A2-1', 'F2-08': 'A2-1', 'F2-09': 'A2-1', 'F2-10': 'A2-6', 'F2-11': 'A2-6', 'F2-12': 'A2-7', 'F2-13': 'A2-8',
    'F2-14': 'A2-9', 'F2-15': 'A2-10', 'F2-16': 'A2-11', 'F2-17': 'A2-1', 'F2-18': '4.1.1(3)',
  },
  'ammonia-synthesis': {
    'F3-01': 'A3-1(8)', 'F3-02': 'A3-1(8)', 'F3-03': 'A3-1(8)', 'F3-04': 'A3-1(8)', 'F3-05': 'A3-6', 'F3-06': 'A3-5', 'F3-07': 'A3-7', 'F3-08': 'A3-1(4)', 'F3-09': 'A3-7', 'F3-10': 'A3-7', 'F3-11': 'A3-7', 'F3-12': 'A3-7', 'F3-13': 'A3-7',
    'F3-14': 'A3-1(6)', 'F3-15': 'A3-7', 'F3-16': 'A3-7', 'F3-17': 'A3-7', 'F3-18': 'A3-1(6)', 'F3-19': 'A3-1(6)', 'F3-20': 'A3-1(3)', 'F3-21': 'A3-1(7)', 'F3-22': 'A3-1(7)', 'F3-23': 'A3-1(4)', 'F3-24': 'A3-1(9)', 'F3-25': 'A3-1(5)',
    'F3-26': 'A3-1(1)', 'F3-27': 'A3-3',
  },
  h2o2: {
    'F4-01': 'A4-2(1)', 'F4-02': 'A4-2(2)', 'F4-03': 'A4-7', 'F4-04': 'A4-2(3)', 'F4-05': 'A4-2(3)', 'F4-06': 'A4-2(5)', 'F4-07': 'A4-2(4)', 'F4-08': 'A4-2(6)', 'F4-09': 'A4-1', 'F4-10': 'A4-8', 'F4-11': 'A4-5', 'F4-12': 'A4-9', 'F4-13': 'A4-9',
    'F4-14': 'A4-3', 'F4-15': 'A4-6', 'F4-16': 'A4-10', 'F4-17': 'A4-11', 'F4-18': 'A4-1', 'F4-19': '-', 'F4-20': 'A4-2',
  },
};

export interface FaultDeparture { readonly found: string; readonly why: string }
export const FAULT_DEPARTURES: Readonly<Record<PlantId, readonly FaultDeparture[]>> = {
  'fine-chemicals': [
    { found: 'F1-08: A1-2', why: 'Too much hydrogen or catalyst drives the reaction (A1-2); A1-3 is oxygen in it. The note\'s section 9 counts it under A1-3.' },
    { found: 'F1-17: A1-1', why: 'The note gives no clause: a leak of steam heats R-1101, which is A1-1.' },
  ],
  'ammonium-nitrate': [],
  'ammonia-synthesis': [],
  h2o2: [
    { found: 'F4-13 missing', why: 'An operator that blows a hot bed with air is a deed, not a fault: XV-4403, "air to the hot clay bed doubles the rise".' },
    { found: 'F4-19: A4-1', why: 'The note gives no clause: over-hydrogenation heats the tower, which is A4-1.' },
  ],
};
