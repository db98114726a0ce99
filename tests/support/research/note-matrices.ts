/**
 * The cause and effect matrices of the research note on the simulators (research/simulators.md 2.4, 3.4, 4.4, 5.4), transcribed by hand: lines 154-164, 260-269,
 * 369-378, 471-480. A row is a function, a column an effect; X: a cross (also one with words in its place), `.`: none. What a cross means in devices of the model
 * stands in the column: any of the groups, whole. `siren`: no device, an effect that the rules of the plant name.
 */
import type { PlantId } from '../../../simulators/machine/definition.ts';

export interface Column {
  readonly name: string;
  /** positions that the trip must order, over anybody's hand: one of the groups, whole; none: see `kept`, `siren` */
  readonly orders: readonly Readonly<Record<string, number>>[];
  /** the effect is that this flow goes on: never ordered, so only a cross can be checked */
  readonly kept?: { readonly tag: string; readonly atLeast: number };
  readonly siren?: true;
}
export interface Matrix { readonly columns: readonly Column[]; readonly rows: Readonly<Record<string, string>> }

const column = (name: string, ...orders: Readonly<Record<string, number>>[]): Column => ({ name, orders });
const SIREN: Column = { name: 'siren, evacuate', orders: [], siren: true };

export const NOTE_MATRICES: Readonly<Record<PlantId, Matrix>> = {
  'fine-chemicals': {
    columns: [
      column('dosing closed', { 'XV-1107': 0 }), column('steam closed', { 'XV-1108': 0 }, { 'XV-1304': 0 }), column('cooling water open', { 'XV-1110': 1 }, { 'XV-1111': 1 }, { 'XV-1203': 1 }, { 'XV-1308': 1 }),
      column('agitator on', { 'M-1105': 1 }, { 'M-1305': 1 }), column('dump', { 'XV-1109': 1 }), column('hydrogen closed', { 'XV-1201': 0 }), column('nitrogen sweep', { 'XV-1116': 1 }, { 'XV-1202': 1 }, { 'XV-1307': 1 }),
      column('halide closed', { 'XV-1303': 0 }), column('still steam closed', { 'XV-1401': 0 }), column('fan B started', { 'K-1501B': 1 }), column('sources stopped', { 'XV-1502': 0 }),
    ],
    rows: {
      'I-1101': 'XXXX.......', 'I-1102': 'XXXXX.X....', 'I-1103': 'XXX........', 'I-1104': 'XXXX.......', 'I-1201': '.....XX....', 'I-1202': '..X..XX....',
      'I-1301': '...X..XX...', 'I-1302': '.XXX..XX...', 'I-1401': '......X.X..', 'I-1501': '.........X.', 'I-1502': 'X........XX',
    },
  },
  'ammonium-nitrate': {
    columns: [
      column('ammonia closed, feed cut', { 'XV-2201': 0 }, { 'XV-2403': 0 }, { 'XV-2520': 0 }), column('acid closed', { 'XV-2202': 0 }), column('evaporator steam closed', { 'XV-2401': 0, 'XV-2402': 0 }, { 'XV-2102': 0 }),
      column('emergency water', { 'XV-2203': 1 }, { 'XV-2302': 1 }, { 'XV-2404': 1 }, { 'XV-2501A': 1 }, { 'XV-2521': 1 }), column('coil steam or tracing cut', { 'XV-2301': 0 }, { 'XV-2413': 0 }, { 'XV-2501C': 0 }),
      column('melt pump stopped', { 'P-2405': 0 }), column('dump valve', { 'XV-2415': 1, 'XV-2416': 1 }, { 'XV-2501B': 1 }), column('tower: water, steam main, power', { 'XV-2521': 1, 'XV-2522': 0, 'JS-2520': 1 }), SIREN,
    ],
    rows: {
      'I-2101': 'XXX......', 'I-2201': 'XX.......', 'I-2202': 'XX.X....X', 'I-2203': 'XX.X.....', 'I-2301': 'XXXXX...X', 'I-2401': 'X.XX.....', 'I-2402': '..X.XXX..', 'I-2403': '....XX...', 'I-2501': '..XXXXX.X', 'I-2502': 'X.XXXXXXX',
    },
  },
  'ammonia-synthesis': {
    columns: [
      column('oxygen closed', { 'XV-3102A': 0, 'XV-3102B': 0 }), column('slurry pump stopped', { 'P-3101': 0 }), column('gas to the flare', { 'XV-3105': 1 }), column('nitrogen purge', { 'XV-3104': 1 }, { 'XV-3202': 1 }),
      column('oxygen line kept shut', { 'XV-3103': 0 }), column('K-3401 stopped', { 'K-3401': 0 }), column('circulator and quench stopped', { 'K-3402': 0, 'FV-3511': 0, 'FV-3512': 0, 'FV-3513': 0 }), column('XV-3543 closed', { 'XV-3543': 0 }),
      column('fuel, steam, hydrogen cut', { 'XV-3601': 0, 'XV-3602': 0 }, { 'XV-3201': 0 }), column('positive pressure held', { 'XV-3202': 1 }, { 'XV-3302': 1 }, { 'XV-3508': 1 }),
    ],
    rows: {
      'I-3101': 'XXXXX.....', 'I-3102': 'XXXXX.....', 'I-3201': '..XX....XX', 'I-3301': '..X..X...X', 'I-3401': '..X..XX...', 'I-3501': '.....XX..X', 'I-3541': '.......X..', 'I-3561': '..X..XX..X', 'I-3601': '..X.....X.', 'I-3901': 'XX.XXX..X.',
    },
  },
  h2o2: {
    columns: [
      column('hydrogen closed, nitrogen in', { 'XV-4101': 0, 'XV-4102': 1 }), column('air stopped', { 'K-4201': 0, 'XV-4203': 0 }), column('circulation stopped, bed isolated', { 'P-4109': 0 }),
      { name: 'water kept or let in', orders: [{ 'XV-4602': 1 }, { 'HV-4702': 1 }], kept: { tag: 'FI-4902', atLeast: 18.5 } }, column('acid or stabiliser', { 'P-4901': 1 }, { 'XV-4802': 1 }),
      column('steam isolated', { 'XV-4104': 0, 'XV-4401': 0, 'XV-4502': 0 }, { 'XV-4401': 0 }, { 'XV-4502': 0 }, { 'XV-4601': 0 }), column('extraction isolated', { 'XV-4301': 0, 'XV-4302': 0 }),
      column('drained', { 'XV-4504': 1 }, { 'XV-4214': 1, 'XV-4215': 1 }), column('tank water, stabiliser, spray', { 'XV-4801': 1, 'XV-4802': 1, 'XV-4803': 1 }), SIREN,
    ],
    rows: {
      'I-4100': 'XXXXXXX...', 'I-4200': 'XXXXXXX..X', 'I-4210': 'XXX.XX....', 'I-4300': 'XXXXXXX..X', 'I-4211': '.......X.X', 'I-4400': '..X..X....', 'I-4502': '.....X.X.X', 'I-4601': '...X.X...X', 'I-4701': '...X......', 'I-4801': '....X...XX',
    },
  },
};

/**
 * The initiators of the same rows: tags, side, limit, how many of how many. A limit that the row calls LL or HH is that of the tag table. `~`: the note leaves the
 * voting open; 1oo1 where there is one transmitter.
 */
export const NOTE_INITIATORS: Readonly<Record<PlantId, Readonly<Record<string, readonly string[]>>>> = {
  'fine-chemicals': {
    'I-1101': ['TI-1101A,B,C above 80 2oo3', 'TRC-1101 above 2 1oo1'], 'I-1102': ['TI-1101A,B,C above 100 2oo3', 'PI-1101A,B above 0.2 1oo2'], 'I-1103': ['FI-1104 below 15 1oo1', 'PI-1901 below LL 1oo1'],
    'I-1104': ['SI-1105 below 30 1oo1', 'II-1105 below 12 1oo1'], 'I-1201': ['AI-1203A,B above 1 1oo2'], 'I-1202': ['TI-1201 above 115 1oo1', 'PIC-1201 above 1.05 1oo1', 'SI-1205 below LL 1oo1'],
    'I-1301': ['R-1301 cold halide above 10 1oo1'], 'I-1302': ['TI-1301 above 66 1oo1', 'PI-1301 above 0.1 1oo1'], 'I-1401': ['LI-1401 below 12 1oo1', 'FI-1403 below 30 1oo1', 'TI-1401 above 138 1oo1'],
    'I-1501': ['PI-1501A,B above -150 1oo2', 'K-1501A above 2 1oo1'], 'I-1502': ['PI-1501A,B above -50 1oo2', 'GD-1507 above 1 1oo1'],
  },
  'ammonium-nitrate': {
    'I-2101': ['TI-2102 below 40 1oo1', 'TRC-2102 below -3 1oo1', 'LI-2103 above 30 1oo1'], 'I-2201': ['FSD-2203 above 10 1oo1', 'FFI-2203 below 0.95 1oo1', 'FFI-2203 above 1.05 1oo1'],
    'I-2202': ['AI-2204A,B,C below 1 2oo3', 'AI-2212 below 1 1oo1', 'XS-2208 is true 1oo1', 'XS-2209 is true 1oo1'], 'I-2203': ['TI-2205A,B,C above 195 2oo3', 'PI-2206 above 0.45 1oo1'],
    'I-2301': ['TI-2301A,B,C above 155 2oo3', 'AI-2304 above 50 1oo1', 'XS-2305 is true 1oo1'], 'I-2401': ['LI-2403 above 75 1oo1', 'LI-2404 above 75 1oo1', 'LI-2403 above 60 1oo1', 'LI-2404 above 60 1oo1', 'TI-2402 above 185 1oo1'],
    'I-2402': ['KQ-2411 above 20 1oo1', 'KQ-2412 above 30 1oo1', 'TI-2411 above 188 1oo1', 'TI-2412 above 188 1oo1'], 'I-2403': ['TI-2414 above 195 1oo1', 'FI-2416 below 6 1oo1', 'PI-2415 above 1.8 1oo1'],
    'I-2501': ['TI-2501 above 160 1oo1', 'KQ-2501 above 4 1oo1', 'TI-2502 above 155 1oo1', 'KQ-2502 above 1 1oo1', 'rate TI-2502 above 0.5 1oo1'], 'I-2502': ['TI-2520A,B above 185 1oo2', 'tower button above 0.5 1oo1'],
  },
  'ammonia-synthesis': {
    'I-3101': ['FI-3101A,B,C below 53 2oo3', 'FI-3102A,B,C above 33500 2oo3', 'FI-3102A,B,C below 24000 2oo3', 'FFI-3103 above 475 1oo1', 'FSD-3103 above 3 1oo1'],
    'I-3102': ['PI-3105A,B,C above 4.35 2oo3', 'LI-3107A,B,C below 30 2oo3', 'TI-3104A,B,C,D above 1380 2oo4', 'PDI-3106 below 0.6 1oo1', 'XS-3110 is false 1oo1'],
    'I-3201': ['TI-3201,2,3,4 above 470 2oo4', 'reduction without power, water or gas above 0.5 1oo1'], 'I-3301': ['TI-3301,2,3,4 above 420 1oo4', 'AI-3305 above 1.2 1oo1'],
    'I-3401': ['TI-3403 above 160 1oo1', 'PI-3402 above 21 1oo1', 'LI-3405 above 50 1oo1', 'II-3406 above 1050 1oo1', 'VI-3407 above 90 1oo1'], 'I-3501': ['converter hot spot while rising above 540 1oo1'],
    'I-3541': ['LI-3541A,B,C below 12 2oo3', 'PI-3551A,B,C above 2.4 2oo3'], 'I-3561': ['PI-3561 above 4.6 1oo1', 'AI-3563 above 200 1oo1'],
    'I-3601': ['FFI-3603 below 2.4 1oo1', 'FFI-3604 above 1.8 1oo1', 'FFI-3604 below 1.25 1oo1'], 'I-3901': ['PI-3901 above 80 1oo1', 'PI-3901 below 0.2 1oo1'],
  },
  h2o2: {
    'I-4100': ['LI-4108A,B,C below 15 2oo3', 'AI-4106A,B,C above 2 2oo3'],
    'I-4200': ['TI-4201,2,3 above 60 2oo3', 'LI-4204A,B,C above 85 2oo3', 'LI-4204A,B,C below 15 2oo3', 'LI-4205A,B,C below 20 2oo3', 'LI-4206A,B,C above 80 2oo3'], 'I-4210': ['AI-4207 below 1 1oo1'],
    'I-4300': ['TI-4301,2,3 above 60 1oo3', 'TI-4308 above 60 1oo1', 'LDI-4304 above 85 1oo1', 'AI-4305A,B above 0.3 2oo2', 'XS-4306 above 0.6 1oo1'], 'I-4211': ['TI-4211,2 above 55 1oo2'],
    'I-4400': ['TI-4401,2,3 above 85 1oo3'], 'I-4502': ['TI-4502A,B above 70 1oo2', 'PI-4502 above 0.05 1oo1'], 'I-4601': ['TI-4601 above 70 1oo1', 'PI-4602 above 20 1oo1'], 'I-4701': ['TI-4701 above 45 1oo1', 'AI-4702 above 5 1oo1'],
    'I-4801': ['TI-4801A,B,C above 40 2oo3', 'rate TI-4801 above 5 1oo1', 'PI-4801 above HH 1oo1'],
  },
};
