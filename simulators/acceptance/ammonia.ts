/** V17 to V23: ammonia synthesis. */
import { Integrator } from '../kernel/integrator.ts';
import type { ConverterFeed, ConverterResult } from '../plants/ammonia-synthesis/converter.ts';
import { CELLS, converter, referenceFeed } from '../plants/ammonia-synthesis/converter.ts';
import { steadyGas } from '../plants/ammonia-synthesis/gasifier.ts';
import { initialState } from '../plants/ammonia-synthesis/initial.ts';
import { normalInputs } from '../plants/ammonia-synthesis/inputs.ts';
import { breakThroughKgS, FLASH_MPA_PER_KG } from '../plants/ammonia-synthesis/loop.ts';
import { newMemory } from '../plants/ammonia-synthesis/memory.ts';
import { P } from '../plants/ammonia-synthesis/parameters.ts';
import { physics } from '../plants/ammonia-synthesis/physics.ts';
import { AmmoniaPlant } from '../plants/ammonia-synthesis/plant.ts';
import { STATE_COUNT, X } from '../plants/ammonia-synthesis/states.ts';
import { decidingPair, feedAt, swingingLimitBar } from './converter-stability.ts';
import type { Acceptance, Figure } from './figure.ts';
import { near, within } from './figure.ts';

const result: ConverterResult = { outletAmmonia: 0, outletKgS: 0, bedOutletC: 0, effluentC: 0, formedKgS: 0 };
const LOOK_S = 4;
/** the converter by itself, in place; `each` every 4 s */
export function runConverter(x: Float64Array, feed: ConverterFeed, seconds: number, each?: (tS: number) => void): ConverterResult {
  const integrator = new Integrator(CELLS, (_t, y, dy) => converter(y, dy, 0, feed, result), { relative: 1e-7, absolute: 1e-7, firstStepS: 0.1 });
  for (let t = 0; t < seconds; t += LOOK_S) {
    integrator.advance(x, t, t + LOOK_S);
    each?.(t + LOOK_S);
  }
  return result;
}
/** burning steadily at 200 bar and 250 degC */
export function steadyConverter(): Float64Array {
  const x = Float64Array.from({ length: CELLS }, (_, i) => 400 + i * 3.5);
  runConverter(x, referenceFeed(), 20_000);
  return x;
}

function steady(): Figure[] {
  const x = Float64Array.from({ length: CELLS }, (_, i) => 400 + i * 3.5);
  const { outletAmmonia } = runConverter(x, referenceFeed(), 20_000);
  return [near('outlet of bed 1', 'degC', 442, 1, x[9]!), near('outlet of bed 2', 'degC', 511, 1, x[19]!), near('outlet of bed 3', 'degC', 510, 1, x[29]!), near('ammonia at the outlet', 'kg/kg', 0.311, 1e-3, outletAmmonia)];
}

function onset(): Figure[] {
  const x = steadyConverter();
  const at200 = decidingPair(x, 200);
  return [
    near('limit of swinging (Hopf)', 'bar', 177.5, 0.5, swingingLimitBar(x)), near('period of the swinging at 175 bar (its eigenvalue)', 'min', 7, 0.1, (2 * Math.PI) / decidingPair(x, 175).imaginary / 60),
    near('eigenvalue at 200 bar, real part', '1e-3/s', -1.86, 0.01, 1e3 * at200.real), near('eigenvalue at 200 bar, imaginary part', '1e-3/s', 17.66, 0.02, 1e3 * at200.imaginary),
  ];
}

/** lowest, highest and period (min) of the outlet, when what the beginning brought has died away */
export function limitCycle(from: Float64Array, pressureBar: number): { readonly lowC: number; readonly highC: number; readonly periodMin: number } {
  const x = from.slice();
  const peaks: number[] = [];
  let lowC = Number.MAX_VALUE, highC = 0, before = 0, last = 0;
  runConverter(x, feedAt(pressureBar), 18_000, (t) => {
    const outletC = x[CELLS - 1]!;
    if (t > 15_000) {
      lowC = Math.min(lowC, outletC);
      highC = Math.max(highC, outletC);
      if (last > before && last >= outletC) peaks.push(t);
    }
    before = last;
    last = outletC;
  });
  return { lowC, highC, periodMin: (peaks.at(-1)! - peaks[0]!) / (peaks.length - 1) / 60 };
}

function cycle(): Figure[] {
  const from = steadyConverter();
  const { lowC, highC, periodMin } = limitCycle(from, 170);
  const cold = from.slice();
  let outMin = Number.NaN;
  runConverter(cold, feedAt(150), 3600, (t) => { if (Number.isNaN(outMin) && cold[CELLS - 1]! < 350) outMin = t / 60; });
  return [near('lowest outlet at 170 bar', 'degC', 347, 2, lowC), near('highest outlet', 'degC', 540, 2, highC), near('period', 'min', 6.8, 0.1, periodMin), near('150 bar: outlet below 350 degC', 'min', 26.6, 0.2, outMin), near('150 bar: outlet after an hour', 'degC', 256, 2, cold[CELLS - 1]!)];
}

/** the running plant, F3-09: half of it is one per cent of carbon dioxide; in normal running 0.3 % of CO and 0.05 % of CO2 */
function methanator(): Figure[] {
  const plant = new AmmoniaPlant(5);
  plant.step(10);
  for (const id of Object.keys(plant.functions)) plant.command(`HS-${id}-BYP`, true);
  const before = plant.truth()['m3C']!;
  plant.inject('F3-09', { severity: 0.5, rampS: 0 });
  plant.step(420);
  const dioxideK = plant.truth()['m3C']! - before;
  return [near('a per cent of carbon monoxide', 'K', 73.7, 1, (before - 310 - 0.05 * dioxideK) / 0.3), near('a per cent of carbon dioxide', 'K', 60.7, 1, dioxideK)];
}

/** first quarter of the bed: three quarters of the 0.8 % react there */
function reduction(): Figure[] {
  const x = initialState(), dx = new Float64Array(STATE_COUNT);
  Object.assign(x, { [X.s1C]: 200, [X.s1Ox]: 1, [X.carrierNm3h]: 8000 });
  physics(x, dx, { ...normalInputs(), reducing: 1, reductionValve: 1, carrierWantNm3h: 8000, crudeValve: 0 }, newMemory());
  const flowMWK = (8000 * P.nitrogenJMolK) / 22.414 / 3.6e6;
  return [near('a per cent of hydrogen in the nitrogen', 'K', 29.4, 1, (dx[X.s1C]! * P.shiftCellMJK) / flowMWK / (0.75 * 0.8))];
}

function gasifier(): Figure[] {
  const low = steadyGas(449.4, P.slurryM3h), high = steadyGas(457.7, P.slurryM3h), { dry } = steadyGas(453.5, P.slurryM3h);
  return [
    near('449.4 Nm3/m3', 'degC', 1189, 15, low.tempC), near('457.7 Nm3/m3', 'degC', 1240, 15, high.tempC), within('slope', 'K per Nm3/m3', 6.1, 0.1, (high.tempC - low.tempC) / 8.3),
    near('dry gas at 453.5, CO', '%', 52.5, 0.5, 100 * dry.CO), near('H2', '%', 34.6, 0.6, 100 * dry.H2), near('CO2', '%', 12.2, 0.5, 100 * dry.CO2),
  ];
}

function breakThrough(): Figure[] {
  const kgS = breakThroughKgS(0.5, 200, 19);
  return [within('gas through the letdown, normal opening', 'kg/s', 2.78, 0.02, kgS), within('rise in the flash drum', 'bar/s', 0.43, 0.02, kgS * FLASH_MPA_PER_KG * 10)];
}

const HERE = 'tests/simulation/acceptance.test.ts';
export const AMMONIA: readonly Acceptance[] = [
  { id: 'V17', model: 'Converter', reference: 'Morud & Skogestad, 10 cells a bed', quick: true, test: HERE, measure: steady },
  { id: 'V18', model: 'Converter', reference: 'Morud & Skogestad', quick: true, test: HERE, measure: onset,
    remark: 'The period is that of the small swinging that begins here, 2 pi over the imaginary part. What it grows into is a cycle with a period of its own: 6.8 min at 175 bar as at 170 (V19).' },
  { id: 'V19', model: 'Converter', reference: 'Morud & Skogestad', quick: false, test: 'tests/simulation/ammonia-converter.test.ts', measure: cycle },
  { id: 'V20', model: 'Ammonia plant, R-3301', reference: 'thermochemistry', quick: true, test: HERE, measure: methanator },
  { id: 'V21', model: 'Ammonia plant, R-3201', reference: 'thermochemistry', quick: true, test: HERE, measure: reduction },
  { id: 'V22', model: 'Ammonia plant, R-3101', reference: 'Zhenhai window', quick: true, test: HERE, measure: gasifier },
  { id: 'V23', model: 'Ammonia plant, letdown', reference: 'choked flow', quick: true, test: HERE, measure: breakThrough },
];
