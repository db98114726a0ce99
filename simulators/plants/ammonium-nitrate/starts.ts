/** States to begin an exercise in, beside normal running, so that exercises are short. Made from the settled state. */
import type { StartDefinition } from '../../machine/definition.ts';
import { initialState, put, putMixer } from './initial.ts';
import { P } from './parameters.ts';
import { massKg } from './solution.ts';
import { STATE_NAMES, X } from './states.ts';
import { excessOf } from './thermo.ts';

/** the states that `change` changes */
function states(change: (x: Float64Array) => void): Record<string, number> {
  const before = initialState();
  const after = initialState();
  change(after);
  return Object.fromEntries(STATE_NAMES.flatMap((name, i) => (after[i] === before[i] ? [] : [[name, after[i]!]])));
}

/** kg, 93 % nitrate, so that boiling does not hide the rise; degC, pH, chloride mg/kg */
function tankOf(tempC: number, ph: number, chlorideMgKg: number): Record<string, number> {
  return states((x) => {
    const kg = massKg(x, X.tA);
    put(x, X.tA, kg, 0.93, tempC, excessOf(ph));
    x[X.tHx] = 0;
    x[X.tCl] = kg * chlorideMgKg * 1e-6;
    x[X.pumpAJ] = P.casingJK * tempC;
    for (const i of [X.sA, X.mA, X.hA, X.e1A, X.e2A]) put(x, i, 5, 0.9, 110);
  });
}
/** evaporation and prilling stand and are empty, so that the exercise is about the tank */
const TANK_ALONE = { stopE: true, stopP: true, kq2411Min: 0, kq2412Min: 0 };
const mixer = (first: boolean, tempC: number): Record<string, number> => states((x) => putMixer(x, first ? X.m1N : X.m2N, P.mixKg, tempC));

export const STARTS: readonly StartDefinition[] = [
  { id: 'tank-hot', zh: '溶液储罐144 ℃、pH 3、氯离子200 mg/kg', en: 'Solution tank at 144 degC, pH 3, chloride 200 mg/kg', states: tankOf(144.2, 3, 200), memory: TANK_ALONE, commands: ['HS-2500'] },
  { id: 'prilling-stopped', zh: '造粒已停10分钟', en: 'Prilling stopped for 10 min', commands: ['HS-2500'], memory: { kq2411Min: 14, kq2412Min: 18, stopP: true }, settleS: 10 },
  { id: 'nitro-s-150', zh: '硝硫基混合槽短停，150 ℃', en: 'Nitro-sulfur tank in a short stop at 150 degC', states: mixer(true, 150), commands: ['HS-2501'], memory: { mix1: 1 }, settleS: 2 },
  { id: 'nitro-s-158', zh: '硝硫基混合槽短停，158 ℃', en: 'Nitro-sulfur tank in a short stop at 158 degC', states: mixer(true, 158), commands: ['HS-2501'], memory: { mix1: 1, kq2501H: 1 }, settleS: 2 },
  { id: 'nitro-s-235', zh: '硝硫基混合槽短停3 h 25 min，135 ℃', en: 'Nitro-sulfur tank held at 135 degC for 3 h 25 min', states: mixer(true, 135), commands: ['HS-2501'], memory: { mix1: 1, kq2501H: 3.42 }, settleS: 2 },
  { id: 'nitro-cl-140', zh: '硝氯基混合槽短停，140 ℃', en: 'Nitro-chlorine tank in a short stop at 140 degC', states: mixer(false, 140), commands: ['HS-2502'], memory: { mix2: 1, tf2502: 140 }, settleS: 2 },
  { id: 'nitro-cl-148', zh: '硝氯基混合槽短停，148 ℃', en: 'Nitro-chlorine tank in a short stop at 148 degC', states: mixer(false, 148), commands: ['HS-2502'], memory: { mix2: 1, kq2502H: 0.4, tf2502: 148 }, settleS: 2 },
  { id: 'nitro-cl-40min', zh: '硝氯基混合槽短停40 min，136 ℃', en: 'Nitro-chlorine tank held at 136 degC for 40 min', states: mixer(false, 136), commands: ['HS-2502'], memory: { mix2: 1, kq2502H: 0.7, tf2502: 136 }, settleS: 2 },
  { id: 'acid-drift', zh: '中和反应器已偏酸，pH 2.5', en: 'Neutraliser already acid, pH 2.5', states: states((x) => put(x, X.rA, massKg(x, X.rA), 0.77, 178, excessOf(2.5))) },
  {
    id: 'stopped', zh: '中和停车，蒸发停车', en: 'Neutralisation and evaporation stopped', commands: ['HS-2500'],
    memory: { stopN: true, stopA: true, stopE: true, stopP: true, stopT: true, kq2411Min: 0, kq2412Min: 0 },
    states: states((x) => {
      put(x, X.rA, massKg(x, X.rA), 0.83, 125, 2e-4);
      for (const i of [X.sA, X.mA, X.hA, X.e1A, X.e2A]) put(x, i, 5, 0.9, 110);
    }),
    orders: { 'XV-2101': 0, 'XV-2102': 0, 'XV-2201': 0, 'XV-2202': 0, 'XV-2401': 0, 'XV-2402': 0, 'XV-2403': 0, 'P-2405': 0, 'XV-2520': 0, 'XV-2522': 0 }, settleS: 2,
  },
];
