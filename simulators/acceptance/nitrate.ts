/** V10 to V16, V28: ammonium nitrate. */
import { Integrator } from '../kernel/integrator.ts';
import { deadHeadKS } from '../kernel/flow.ts';
import { initialState, put } from '../plants/ammonium-nitrate/initial.ts';
import { normalInputs } from '../plants/ammonium-nitrate/inputs.ts';
import { P } from '../plants/ammonium-nitrate/parameters.ts';
import { physics } from '../plants/ammonium-nitrate/physics.ts';
import { tempC, weightAn } from '../plants/ammonium-nitrate/solution.ts';
import { STATE_COUNT, X } from '../plants/ammonium-nitrate/states.ts';
import * as T from '../plants/ammonium-nitrate/thermo.ts';
import type { Acceptance, Figure } from './figure.ts';
import { atMost, between, near, within } from './figure.ts';

/** EFMA, Storage of hot AN solutions: weight per cent, boiling point at 1 atm */
const EFMA: readonly (readonly [number, number])[] = [[80, 128], [82.5, 132], [85, 136], [87.5, 140], [90, 146], [92.5, 155], [95, 168], [98, 203]];
const TITRATION: readonly (readonly [number, number])[] = [[0.001, 6.25], [0.005, 6.95], [0.01, 7.25], [-0.001, 2.89], [-0.005, 2.19], [-0.01, 1.89], [-0.02, 1.59], [-0.05, 1.19], [-0.077, 1]];

/** the steam valve wide open holds 1.03 bar; the ammonia flow is what the ratio loop would give */
function neutraliser(): Figure[] {
  const x = initialState();
  put(x, X.rA, P.neutraliserKg, 0.8, 130, 6e-4);
  const u = { ...normalInputs(), steamOut: 100, ammonia: 0.327, solutionOut: 6, liquidFeed: 0.49 };
  new Integrator(STATE_COUNT, (_t, y, dy) => physics(y, dy, u), { maxStepS: 1, method: 'explicit' }).advance(x, 0, 1200);
  return [near('nitrate from 55 % acid', 'wt %', 82.3, 0.5, 100 * weightAn(x, X.rA)), near('temperature at 1.03 bar', 'degC', 132.6, 0.5, tempC(x, X.rA))];
}

/** the melt pump of the model dead-headed, cold as its surroundings and without tracing, so that nothing but the shaft heats it */
function deadHead(): Figure[] {
  const x = initialState(), dx = new Float64Array(STATE_COUNT);
  x[X.pumpMJ] = 25 * P.casingJK;
  physics(x, dx, { ...normalInputs(), towerFeed: 0, meltTracing: 0, melt: 1 });
  return [within('shaft power over heat capacity', 'K/min', 11, 0.01, 60 * deadHeadKS(P.shaftW, P.casingKg, P.casingJKgK)), within('casing of P-2405 in the model, no losses', 'K/min', 11, 0.01, (60 * dx[X.pumpMJ]!) / P.casingJK)];
}

const HERE = 'tests/simulation/acceptance.test.ts';
export const NITRATE: readonly Acceptance[] = [
  { id: 'V10', model: 'AN plant', reference: 'EFMA, about 4.5', quick: true, test: HERE, measure: () => [near('pH of neutral nitrate, 10 % sample', 'pH', 4.57, 0.02, T.samplePh(0))] },
  { id: 'V11', model: 'AN plant', reference: 'charge balance', quick: true, test: HERE, measure: () => [...TITRATION.map(([excess, ph]) => near(`excess ${excess}`, 'pH', ph, 0.02, T.samplePh(excess))), near('excess at pH 1', 'mol/mol', -0.077, 5e-4, T.excessOf(1))] },
  { id: 'V12', model: 'AN plant', reference: 'EFMA boiling table, 8 points', quick: true, test: HERE, measure: () => [atMost('largest error', 'K', 2, Math.max(...EFMA.map(([percent, boils]) => Math.abs(T.boilingC(percent / 100, 101.325) - boils))))] },
  { id: 'V13', model: 'AN plant, R-2201', reference: 'Port Neal: 55 % acid, 83 %', quick: true, test: HERE, measure: neutraliser },
  { id: 'V14', model: 'AN plant', reference: 'Robertson', quick: true, test: HERE, measure: () => [within('TMRad(185 degC), 95 %', 'h', 3.08, 0.02, T.tmradH(185, 0.95, 1, 2100)), within('TMRad(200 degC)', 'min', 48.1, 0.02, 60 * T.tmradH(200, 0.95, 1, 2100))] },
  { id: 'V15', model: 'AN plant', reference: 'A2.9, A2.10', quick: true, test: HERE, measure: () => [within('TMRad(140 degC), f = 120', 'h', 4, 0.02, T.tmradH(140, P.mixShare, 120, 2000)), within('TMRad(140 degC), f = 480', 'h', 1, 0.02, T.tmradH(140, P.mixShare, 480, 2000))],
    remark: `The mixing tanks run with f = ${P.sulfurFactor} and ${P.chlorineFactor}, which the adiabatic traces of the note (3.2) need: 5 % shorter than 4 h and 1 h.` },
  { id: 'V16', model: 'AN plant', reference: 'Feick & Hainer 292 degC', quick: true, test: HERE, measure: () => [between('cap of a vented runaway', 'degC', 265, 295, T.ventedCapC())] },
  { id: 'V28', model: 'AN plant, P-2405', reference: 'P/(m cp)', quick: true, test: HERE, measure: deadHead, remark: 'With the 60 W/K that the hot casing loses F2-13 heats it by 6 K/min.' },
];
