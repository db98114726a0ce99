/**
 * Three-bed quench converter R-3501 with its feed/effluent exchanger E-3501: ten cells a bed, catalyst temperature as state, gas quasi-steady.
 * Temkin-Pyzhev kinetics and geometry: Morud & Skogestad, AIChE J. 44 (1998) 888 [L]; re-run in research/simulators.md 4.2 [C].
 * The number of cells is part of the model (numerical dispersion moves the limit of swinging). Temperatures in degC, flows in kg/s, pressure in bar absolute.
 */
import { GAS_CONSTANT_J_MOL_K } from '../../kernel/flow.ts';
import type { ParameterTable } from '../parameter.ts';
import { p, valuesOf } from '../parameter.ts';

export const CELLS_PER_BED = 10;
export const BEDS = 3;
export const CELLS = CELLS_PER_BED * BEDS;

const MORUD = 'Morud & Skogestad 1998';
export const CONVERTER_FIGURES = {
  bed1M3: p(6.69, 'm3', 'L', MORUD),
  bed2M3: p(9.63, 'm3', 'L', MORUD),
  bed3M3: p(15.2, 'm3', 'L', MORUD),
  catalystKgM3: p(2200, 'kg/m3', 'S', 'SIMS 55 (2014), Rabchuk and others'),
  catalystJKgK: p(1100, 'J/kgK', 'S', 'SIMS 55 (2014), Rabchuk and others'),
  gasJKgK: p(3500, 'J/kgK', 'L', MORUD),
  heatJKg: p(2.7e6, 'J/kg NH3', 'L', `${MORUD}; positive = heat out`),
  feedTh: p(127, 't/h', 'L', `${MORUD}: through the exchanger`),
  quench1Th: p(58, 't/h', 'L', MORUD),
  quench2Th: p(35, 't/h', 'L', MORUD),
  quench3Th: p(32, 't/h', 'L', MORUD),
  exchangerWM2K: p(536, 'W/m2K', 'S', 'SIMS 55 (2014): 1.9296e6 J/h/m2/K'),
  exchangerM2: p(283, 'm2', 'L', MORUD),
  activity: p(4.75, '-', 'S', 'SIMS 55 (2014); factor of a healthy catalyst'),
  forward: p(1.79e4, 'kmol/(m3 h)', 'S', 'SIMS 55 (2014); Temkin-Pyzhev'),
  forwardJMol: p(87_090, 'J/mol', 'S', 'SIMS 55 (2014)'),
  backward: p(2.57e16, 'kmol/(m3 h)', 'L', MORUD),
  backwardJMol: p(198_464, 'J/mol', 'L', MORUD),
} as const satisfies ParameterTable;
const C = valuesOf(CONVERTER_FIGURES);
export const CONVERTER = { ...C, bedM3: [C.bed1M3, C.bed2M3, C.bed3M3], quenchTh: [C.quench1Th, C.quench2Th, C.quench3Th] } as const;

const NH3_KG_KMOL = 17.03;
const ZERO_C_K = 273.15;
const BAR_PER_ATM = 1.01325;
const NEWTON_STEPS = 40;

/** What goes into the converter. Mole amounts are kmol per kg of feed, so that their sum is 1/M. */
export interface ConverterFeed {
  feedKgS: number;
  quench1KgS: number;
  quench2KgS: number;
  quench3KgS: number;
  feedC: number;
  pressureBar: number;
  activity: number;
  hydrogenKmolKg: number;
  nitrogenKmolKg: number;
  ammoniaKmolKg: number;
  inertKmolKg: number;
}

export interface ConverterResult {
  /** mass fraction of NH3 at the outlet */
  outletAmmonia: number;
  outletKgS: number;
  /** degC of the effluent before and after the exchanger */
  bedOutletC: number;
  effluentC: number;
  /** kg/s of NH3 formed */
  formedKgS: number;
}

/** The case of the paper: 200 bar, 250 degC, 4.17 mol % NH3 in stoichiometric gas, no inert. */
export function referenceFeed(): ConverterFeed {
  const y = 0.0417;
  const meanKgKmol = y * NH3_KG_KMOL + (1 - y) * (0.75 * 2.016 + 0.25 * 28.014);
  return {
    feedKgS: CONVERTER.feedTh / 3.6, quench1KgS: CONVERTER.quenchTh[0] / 3.6, quench2KgS: CONVERTER.quenchTh[1] / 3.6, quench3KgS: CONVERTER.quenchTh[2] / 3.6,
    feedC: 250, pressureBar: 200, activity: CONVERTER.activity,
    hydrogenKmolKg: (0.75 * (1 - y)) / meanKgKmol, nitrogenKmolKg: (0.25 * (1 - y)) / meanKgKmol, ammoniaKmolKg: y / meanKgKmol, inertKmolKg: 0,
  };
}

/** What `rate` finds: kg NH3 per kg catalyst and second, and its derivative by `w`. Written anew at each call: nothing is allocated in the right-hand side. */
const found = { value: 0, slope: 0 };

/** kg NH3 per kg catalyst and second at the mass fraction `w` of NH3 in gas that began as `feed`, with its derivative; into `found`. */
function rate(w: number, feedW: number, feed: ConverterFeed, pressureAtm: number, k1: number, k2: number): void {
  const made = (w - feedW) / NH3_KG_KMOL;
  const h2 = Math.max(1e-9, feed.hydrogenKmolKg - 1.5 * made);
  const n2 = Math.max(1e-9, feed.nitrogenKmolKg - 0.5 * made);
  const nh3 = Math.max(1e-7, feed.ammoniaKmolKg + made);
  const sum = h2 + n2 + nh3 + feed.inertKmolKg;
  const scale = pressureAtm / sum;
  const pH = h2 * scale, pN = n2 * scale, pA = nh3 * scale;
  const root = pH * Math.sqrt(pH);
  const forward = (k1 * pN * root) / pA, backward = (k2 * pA) / root;
  // logarithmic derivatives by kmol made: two kmol of gas less for every two of NH3, so every partial pressure rises by 1/sum
  const common = 1 / sum;
  const dH = common - 1.5 / h2, dN = common - 0.5 / n2, dA = common + 1 / nh3;
  found.value = forward - backward;
  found.slope = (forward * (dN + 1.5 * dH - dA) - backward * (dA - 1.5 * dH)) / NH3_KG_KMOL;
}

/** Newton doubles the digits: after a step this small the next would be below 1e-12. */
const SMALL_STEP = 1e-7;

/** NH3 that leaves a cell: flow (w - wIn) = catalyst rate(T, w), by Newton kept inside a bracket; a pure function, no memory. */
function cellOutlet(wIn: number, guess: number, feedW: number, feed: ConverterFeed, pressureAtm: number, k1: number, k2: number, kgPerKgS: number): number {
  const most = feedW + NH3_KG_KMOL * Math.min(feed.hydrogenKmolKg / 1.5, feed.nitrogenKmolKg / 0.5) * 0.9999;
  let low = Math.min(feedW - feed.ammoniaKmolKg * NH3_KG_KMOL * 0.999, wIn), high = Math.max(most, wIn);
  let w = Math.min(high, Math.max(low, guess));
  for (let i = 0; i < NEWTON_STEPS; i++) {
    rate(w, feedW, feed, pressureAtm, k1, k2);
    const f = w - wIn - kgPerKgS * found.value;
    if (f > 0) high = w;
    else low = w;
    const next = w - f / (1 - kgPerKgS * found.slope);
    const isInside = next > low && next < high;
    const inside = isInside ? next : (low + high) / 2;
    if (Math.abs(inside - w) < (isInside ? SMALL_STEP : 1e-12)) return inside;
    w = inside;
  }
  return w;
}

/**
 * dT/dt of the 30 cells from `x[at]` on, into `dx`; what leaves, into `result`. With hardly any flow the cells only lose heat (`lossKS`, K/s at 500 degC).
 */
export function converter(x: Float64Array, dx: Float64Array, at: number, feed: ConverterFeed, result: ConverterResult): void {
  const { gasJKgK, catalystKgM3, catalystJKgK, heatJKg } = CONVERTER;
  const pressureAtm = feed.pressureBar / BAR_PER_ATM;
  const feedW = feed.ammoniaKmolKg * NH3_KG_KMOL;
  const factor = ((2 * NH3_KG_KMOL) / 3600) * (feed.activity / catalystKgM3);
  const totalKgS = feed.feedKgS + feed.quench1KgS + feed.quench2KgS + feed.quench3KgS;
  const bedOutletC = x[at + CELLS - 1]!;
  const preheatedC = feed.feedC + exchangerEffectiveness(feed.feedKgS, totalKgS) * (bedOutletC - feed.feedC);
  let flow = feed.feedKgS, tIn = preheatedC, w = feedW, formed = 0, delta = 0.02;
  for (let bed = 0; bed < BEDS; bed++) {
    const quench = bed === 0 ? feed.quench1KgS : bed === 1 ? feed.quench2KgS : feed.quench3KgS;
    const mixed = flow + quench;
    if (mixed > 0) {
      tIn = (flow * tIn + quench * feed.feedC) / mixed;
      w = (flow * w + quench * feedW) / mixed;
    }
    flow = mixed;
    const catalystKg = (CONVERTER.bedM3[bed]! * catalystKgM3) / CELLS_PER_BED;
    for (let cell = 0; cell < CELLS_PER_BED; cell++) {
      const i = at + bed * CELLS_PER_BED + cell;
      const t = x[i]!;
      const kelvin = t + ZERO_C_K;
      const k1 = factor * CONVERTER.forward * Math.exp(-CONVERTER.forwardJMol / (GAS_CONSTANT_J_MOL_K * kelvin));
      const k2 = factor * CONVERTER.backward * Math.exp(-CONVERTER.backwardJMol / (GAS_CONSTANT_J_MOL_K * kelvin));
      const out = flow > 0.01 ? cellOutlet(w, w + delta, feedW, feed, pressureAtm, k1, k2, catalystKg / flow) : w;
      delta = out - w;
      dx[i] = (flow * gasJKgK * (tIn - t) + flow * delta * heatJKg) / (catalystKg * catalystJKgK);
      formed += flow * delta;
      w = out;
      tIn = t;
    }
  }
  result.outletAmmonia = w;
  result.outletKgS = totalKgS;
  result.bedOutletC = bedOutletC;
  result.effluentC = totalKgS > 0 ? bedOutletC - (feed.feedKgS / totalKgS) * (preheatedC - feed.feedC) : bedOutletC;
  result.formedKgS = formed;
}

/** counter-current exchanger: how much of the greatest possible rise the feed gets (VDI Heat Atlas, C1) */
function exchangerEffectiveness(feedKgS: number, effluentKgS: number): number {
  if (feedKgS < 0.01) return 0;
  const { gasJKgK, exchangerWM2K, exchangerM2 } = CONVERTER;
  const units = (exchangerWM2K * exchangerM2) / (feedKgS * gasJKgK);
  const ratio = Math.min(0.999, feedKgS / Math.max(feedKgS, effluentKgS));
  const e = Math.exp(-units * (1 - ratio));
  return (1 - e) / (1 - ratio * e);
}
