/** V01 to V09: solver, accidents, thermal explosion, R-1101. */
import { frankKamenetskiiCritical, semenovCriticalHeatW, semenovCriticalK } from '../kernel/arrhenius.ts';
import { GAS_CONSTANT_J_MOL_K as R } from '../kernel/flow.ts';
import type { IntegratorOptions } from '../kernel/integrator.ts';
import { Integrator } from '../kernel/integrator.ts';
import { P } from '../plants/fine-chemicals/parameters.ts';
import { FineChemicalsPlant } from '../plants/fine-chemicals/plant.ts';
import { adiabaticRiseK, decompositionConstant, mtsrC, reactorC, timeToMaximumRateS } from '../plants/fine-chemicals/reactor.ts';
import type { Acceptance, Figure } from './figure.ts';
import { atMost, isSo, near, within } from './figure.ts';
import type { Charge } from './oncb-1969.ts';
import { ACCIDENT, LOST_AT_MIN, NORMAL, oncb, START_K } from './oncb-1969.ts';
import { ROBERTSON, T2, T2_PRESSURE, T2_TEMPERATURE } from './reference-problems.ts';

const ZERO_C_K = 273.15;
const AMBIENT_105_K = 105 + ZERO_C_K;

function robertson(): Figure[] {
  const x = Float64Array.from(ROBERTSON.x0);
  const integrator = new Integrator(3, ROBERTSON.rhs, { relative: 1e-6, absolute: 1e-12 });
  integrator.advance(x, 0, ROBERTSON.endS);
  return [...ROBERTSON.expected.map((expected, i) => within(`y${i + 1} at 40 s`, '-', expected, 1e-4, x[i]!)), isSo('the solver turned stiff by itself', integrator.method === 'stiff')];
}

function burst(method: IntegratorOptions['method']): { minutes: number; tempK: number } {
  const x = Float64Array.from(T2.x0);
  const { tS } = new Integrator(x.length, T2.rhs, { relative: 1e-8, absolute: 1e-10, method }).advance(x, 0, T2.endS, [{ name: 'burst', direction: 'rising', value: (_t, y) => y[T2_PRESSURE]! - 28.2 }]);
  return { minutes: tS / 60, tempK: x[T2_TEMPERATURE]! };
}

function t2(): Figure[] {
  const auto = burst('auto'), explicit = burst('explicit'), stiff = burst('stiff');
  return [near('28.2 atm', 'min', 205.57, 0.1, auto.minutes), near('temperature then', 'K', 522.2, 0.5, auto.tempK), atMost('difference of the two methods', 'K', 0.1, Math.abs(explicit.tempK - stiff.tempK))];
}

interface Batch { readonly highestC: number; readonly minutesAt: ReadonlyMap<number, number> }
/** piece by piece, so that no step runs over the loss and the return of cooling */
function batch(charge: Charge, lossMin: number, marksK: readonly number[]): Batch {
  const x = Float64Array.of(charge.oncbKmol, START_K);
  const integrator = new Integrator(2, oncb(charge, lossMin), { relative: 1e-9, absolute: 1e-9, firstStepS: 0.01, maxStepS: 0.05, maxAttempts: 1_000_000 });
  const minutesAt = new Map<number, number>();
  let highestK = START_K;
  for (const [from, to] of [[0, LOST_AT_MIN], [LOST_AT_MIN, LOST_AT_MIN + lossMin], [LOST_AT_MIN + lossMin, 240]] as const) {
    for (let t = from; t < to && x[1]! < 720;) {
      const next = Math.min(to, t + 0.02);
      integrator.advance(x, t, next);
      t = next;
      highestK = Math.max(highestK, x[1]!);
      for (const mark of marksK) if (!minutesAt.has(mark) && x[1]! >= mark) minutesAt.set(mark, t);
    }
  }
  return { highestC: highestK - ZERO_C_K, minutesAt };
}

function sauget(): Figure[] {
  const discK = 265 + ZERO_C_K;
  const nine = batch(ACCIDENT, 9, [discK]), ten = batch(ACCIDENT, 10, [discK, 700]);
  return [
    near('highest after a loss of 9 min', 'degC', 193.2, 0.5, nine.highestC), isSo('9 min are survived', nine.minutesAt.size === 0),
    near('265 degC after a loss of 10 min', 'min', 114.2, 0.2, ten.minutesAt.get(discK) ?? Number.NaN), near('700 K after a loss of 10 min', 'min', 121, 0.2, ten.minutesAt.get(700) ?? Number.NaN),
  ];
}

function semenov(): Figure[] {
  const psi = (ambientK: number, energyJMol: number): number => {
    const criticalK = semenovCriticalK(ambientK, energyJMol);
    return ((criticalK - ambientK) / ((R * ambientK ** 2) / energyJMol)) * Math.exp((-energyJMol / R) * (1 / ambientK - 1 / criticalK));
  };
  const heatW = (P.batchAKg + P.batchBKg) * P.decompositionMJKg * 1e6 * decompositionConstant(105);
  return [
    near('T_c - T_a at 100 kJ/mol, 350 K', 'K', 10.824, 1e-3, semenovCriticalK(350, 100e3) - 350), near('psi_c there', '-', 0.37908, 1e-5, psi(350, 100e3)), near('psi_c without the activation term', '-', 0.36788, 1e-5, psi(350, 1e9)),
    near('R-1101: T_c - T_a at 105 degC', 'K', 9.62, 0.01, semenovCriticalK(AMBIENT_105_K, P.decompositionEnergyJMol) - AMBIENT_105_K),
    within('R-1101: critical UA at 105 degC', 'W/K', 306.9, 0.005, (306.9 * heatW) / semenovCriticalHeatW(AMBIENT_105_K, P.decompositionEnergyJMol, 306.9)),
  ];
}

function inductionTime(): Figure[] {
  const formulaH = timeToMaximumRateS(105) / 3600;
  const x = Float64Array.of(105);
  const integrator = new Integrator(1, (_t, y, dy) => { dy[0] = (P.decompositionMJKg * decompositionConstant(y[0]!)) / P.chargeMJKgK; }, { maxStepS: 600 });
  const { tS } = integrator.advance(x, 0, 30 * 3600, [{ name: 'blown', direction: 'rising', value: (_t, y) => y[0]! - 250 }]);
  return [near('TMRad(105 degC) by the formula', 'h', 24, 0.1, formulaH), within('adiabatic integration against the formula', 'h', Math.round(formulaH * 100) / 100, 0.1, tS / 3600)];
}

/** R-1101 from the beginning of dosing, its interlocks bypassed and the valve before its disc shut, as in the runs that the numbers come from */
function unprotectedBatch(): FineChemicalsPlant {
  const plant = new FineChemicalsPlant(1);
  plant.begin('dosing-begins');
  for (const id of ['I-1101', 'I-1102', 'I-1103', 'I-1104']) plant.command(`HS-${id}-BYP`, true);
  plant.command('HS-1105', true);
  return plant;
}

function normalBatch(): Figure[] {
  const plant = unprotectedBatch();
  let peakC = 0, mostC = 0, atMin = 0;
  while (plant.timeS < 11_100) {
    plant.step(30);
    if (plant.timeS <= 3600) peakC = Math.max(peakC, reactorC(plant.x));
    if (mtsrC(plant.x) <= mostC) continue;
    mostC = mtsrC(plant.x);
    atMin = plant.timeS / 60;
  }
  return [near('adiabatic rise of the batch', 'K', 216, 0.1, adiabaticRiseK(P.batchAKmol, P.batchAKg + P.batchBKg)), near('highest MTSR', 'degC', 92.9, 0.5, mostC), near('when', 'min', 180, 0.5, atMin), near('peak of the normal run', 'degC', 67, 0.5, peakC)];
}

function coolingLost(): Figure[] {
  const plant = unprotectedBatch();
  plant.step(3600);
  plant.inject('F1-01');
  return ([[70, 14.3], [80, 26.4], [100, 53.1], [120, 81.3], [150, 122.3], [250, 165.5]] as const).map(([tempC, expected]) => {
    while (reactorC(plant.x) < tempC && plant.timeS < 5 * 3600) plant.step(6);
    return near(`${tempC} degC`, 'min', expected, 0.5, (plant.timeS - 3600) / 60);
  });
}

const REFERENCES = 'tests/simulation/acceptance.test.ts';
const REACTOR = 'tests/simulation/fine-chemicals.test.ts';
export const RUNAWAY: readonly Acceptance[] = [
  { id: 'V01', model: 'Solver', reference: 'Robertson problem', quick: true, test: REFERENCES, measure: robertson },
  { id: 'V02', model: 'Solver on T2 2007', reference: 'Fogler set', quick: true, test: REFERENCES, measure: t2, remark: 'A reference problem of the solver, not a start of a plant: its chemistry has none of the tags.' },
  { id: 'V03', model: 'Solver on ONCB 1969', reference: 'Fogler, Vincent', quick: true, test: REFERENCES, measure: sauget, remark: 'As V02: not a start of a plant.' },
  { id: 'V04', model: 'Solver on ONCB, normal charge', reference: 'Fogler, Vincent', quick: true, test: REFERENCES, measure: () => [near('highest after a loss of 10 min', 'degC', 188.5, 0.5, batch(NORMAL, 10, []).highestC)] },
  { id: 'V05', model: 'Kernel, R-1101', reference: 'Semenov, exact form', quick: true, test: REFERENCES, measure: semenov },
  { id: 'V06', model: 'R-1101', reference: 'TMRad = 24 h by construction', quick: true, test: REFERENCES, measure: inductionTime, remark: 'Zero order, as the formula is. With what is used up the rate peaks 11.3 % after the formula: more than 10 % in that reading.' },
  { id: 'V07', model: 'R-1101, whole plant', reference: 'MTSR', quick: false, test: REACTOR, measure: normalBatch },
  { id: 'V08', model: 'R-1101, whole plant', reference: 'F1-01', quick: false, test: REACTOR, measure: coolingLost },
  { id: 'V09', model: 'Kernel', reference: 'Frank-Kamenetskii', quick: true, test: REFERENCES, remark: 'A function of the kernel, solved and not looked up. No vessel of the four plants is a body at rest, so none uses it.',
    measure: () => [near('delta_c of a slab', '-', 0.878, 1e-3, frankKamenetskiiCritical('slab')), near('delta_c of a cylinder', '-', 2, 1e-3, frankKamenetskiiCritical('cylinder')), near('delta_c of a sphere', '-', 3.322, 1e-3, frankKamenetskiiCritical('sphere'))] },
];
