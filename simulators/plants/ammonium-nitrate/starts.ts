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
    x[X.pumpAJ] = P.casingJK * (tempC + 3);
    for (const i of [X.sA, X.mA, X.hA, X.e1A, X.e2A]) put(x, i, 5, 0.9, 110);
  });
}
/** evaporation and prilling stand and are empty, so that the exercise is about the tank */
const TANK_ALONE = { stopE: true, stopP: true, kq2411Min: 0, kq2412Min: 0 };
const mixer = (first: boolean, tempC: number): Record<string, number> => states((x) => putMixer(x, first ? X.m1N : X.m2N, P.mixKg, tempC));

export const STARTS: readonly StartDefinition[] = [
  { id: 'tank-hot', zh: '溶液储罐144 ℃、pH 3、氯离子200 mg/kg', en: 'Solution tank at 144 degC, pH 3, chloride 200 mg/kg', states: tankOf(144.2, 3, 200), memory: TANK_ALONE, commands: ['HS-2500'], orders: { 'XV-2401': 0, 'XV-2402': 0, 'XV-2403': 0, 'P-2405': 0, 'XV-2520': 0 }, settleS: 10 },
  {
    id: 'solution-alone', zh: '只有中和与溶液储罐在运行，蒸发、造粒、混合停车排空', en: 'Neutralisation and solution tank alone run; evaporation, prilling and mixing stand, empty', commands: ['HS-2500'],
    memory: { stopE: true, stopP: true, mix1: 2, mix2: 2, kq2411Min: 0, kq2412Min: 0 },
    states: states((x) => {
      for (const i of [X.sA, X.mA, X.e1A, X.e2A]) put(x, i, 5, 0.9, 110);
      // the head of the tower still has what was prilled last, and its steam: a cold head is an alarm
      for (const i of [X.m1N, X.m2N]) putMixer(x, i, 5, 40);
    }),
    // what was emptied stands open to its drain
    orders: { 'XV-2401': 0, 'XV-2402': 0, 'XV-2403': 0, 'P-2405': 0, 'XV-2520': 0, 'XV-2415': 1, 'XV-2416': 1 }, settleS: 10,
  },
  { id: 'prilling-held', zh: '液封槽、中间槽计时已到14、18分钟', en: 'Seal and intermediate tank have stood for 14 and 18 min', memory: { before2411Min: 14, before2412Min: 18 } },
  { id: 'nitro-s-150', zh: '硝硫基混合槽150 ℃', en: 'Nitro-sulfur tank at 150 degC', states: mixer(true, 150) },
  { id: 'nitro-s-157', zh: '硝硫基混合槽157 ℃，已保温1 h', en: 'Nitro-sulfur tank at 157 degC, held for an hour before', states: mixer(true, 157), memory: { before2501H: 1 } },
  { id: 'nitro-s-held', zh: '硝硫基混合槽135 ℃，已保温3 h 26 min', en: 'Nitro-sulfur tank at 135 degC, held for 3 h 26 min before', states: mixer(true, 135), memory: { before2501H: 3.44 } },
  { id: 'nitro-cl-140', zh: '硝氯基混合槽140 ℃', en: 'Nitro-chlorine tank at 140 degC', states: mixer(false, 140), memory: { tf2502: 140 } },
  { id: 'nitro-cl-held', zh: '硝氯基混合槽136 ℃，已保温42 min', en: 'Nitro-chlorine tank at 136 degC, held for 42 min before', states: mixer(false, 136), memory: { before2502H: 0.7, tf2502: 136 } },
  { id: 'acid-blind', zh: '中和反应器pH 1.6，三只电极结垢显示6', en: 'Neutraliser at pH 1.6, all three probes coated and reading 6', states: states((x) => put(x, X.rA, massKg(x, X.rA), 0.77, 178, excessOf(1.6))), memory: { coatedBefore: true, coatedPh: 6 } },
  {
    id: 'stopped', zh: '中和停车，蒸发停车', en: 'Neutralisation and evaporation stopped', commands: ['HS-2500'],
    memory: { stopN: true, stopA: true, stopE: true, stopP: true, stopT: true, kq2411Min: 0, kq2412Min: 0 },
    states: states((x) => {
      put(x, X.rA, massKg(x, X.rA), 0.83, 125, 2e-4);
      for (const i of [X.sA, X.mA, X.hA, X.e1A, X.e2A]) put(x, i, 5, 0.9, 110);
    }),
    orders: { 'XV-2101': 0, 'XV-2102': 0, 'XV-2201': 0, 'XV-2202': 0, 'XV-2401': 0, 'XV-2402': 0, 'XV-2403': 0, 'P-2301A': 0, 'P-2405': 0, 'XV-2520': 0, 'XV-2522': 0 }, settleS: 10,
  },
];
