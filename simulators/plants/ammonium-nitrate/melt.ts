/** Seal tank V-2403, intermediate tank V-2404, melt pump P-2405, head of the tower T-2500. */
import type { Inputs } from './inputs.ts';
import { P } from './parameters.ts';
import { addHeat, addWater, boil, chloridePercent, decompose, factorOf, heat, massKg, move, organicPercent, strip, tempC, vapourKPa } from './solution.ts';
import { X } from './states.ts';

export const sealLevel = (x: Float64Array): number => massKg(x, X.sA) / (2 * P.sealKg);
export const middleLevel = (x: Float64Array): number => massKg(x, X.mA) / (2 * P.middleKg);
export const casingC = (x: Float64Array): number => x[X.pumpMJ]! / P.casingJK;
export const meltKgS = (x: Float64Array, u: Inputs): number =>
  P.meltKgS * 2 * u.meltFlow * u.melt * u.towerFeed * (1 - Math.min(1, x[X.phiM]!)) ** 2 * Math.min(1, Math.max(0, middleLevel(x) - 0.01) / 0.05);
const sealKgS = (x: Float64Array): number => (P.meltKgS / (0.1 * P.sealKg)) * Math.max(0, massKg(x, X.sA) - 0.9 * P.sealKg) * Math.max(0, Math.min(1, (0.97 - middleLevel(x)) * 20));
const dumped = (x: Float64Array, i: number): number => P.dumpKgS * Math.min(1, Math.max(0, massKg(x, i) - 2) / 60);
/** catalysis in the tower head: the fault brings dust and oil into the melt [A] */
export const towerFactor = (x: Float64Array, u: Inputs): number => factorOf(x, X.hA, chloridePercent(x) * P.leftInMelt, organicPercent(x) * P.leftInMelt) + 700 * u.towerFault;

export function melt(x: Float64Array, dx: Float64Array, u: Inputs): void {
  held(x, dx, X.sA, u.sealSteam, u.sealDump);
  held(x, dx, X.mA, u.middleSteam, u.middleDump);
  move(x, dx, X.sA, X.mA, sealKgS(x));
  const flow = meltKgS(x, u);
  const casing = casingC(x);
  // the melt passes the casing and takes its heat on to the tower
  move(x, dx, X.mA, X.hA, flow);
  const carriedW = flow * 2000 * (casing - tempC(x, X.mA));
  const shaft = u.melt * P.shaftW;
  const other = P.tracingWK * u.meltTracing * (P.tracingC - casing) - P.casingLossWK * (casing - 25) + u.impactW;
  dx[X.pumpMJ]! += shaft - carriedW + other;
  dx[X.hH]! += carriedW;
  heat(dx, shaft + other);
  dx[X.phiM]! += u.plugMelt * (1 - x[X.phiM]!);
  tower(x, dx, u);
}

function held(x: Float64Array, dx: Float64Array, i: number, steam: number, dump: number): void {
  const filled = Math.min(1, massKg(x, i) / 300);
  addHeat(dx, i, filled * (P.sealHeatW * steam * Math.max(0, Math.min(1, (215 - tempC(x, i)) / 20)) - P.sealLossWK * (tempC(x, i) - 25)));
  strip(x, dx, i);
  decompose(x, dx, i, factorOf(x, i, chloridePercent(x) * P.leftInMelt, organicPercent(x) * P.leftInMelt));
  if (dump > 0) move(x, dx, i, null, dump * dumped(x, i));
}

function tower(x: Float64Array, dx: Float64Array, u: Inputs): void {
  const i = X.hA;
  const kg = massKg(x, i);
  const filled = Math.min(1, kg / 100);
  addHeat(dx, i, filled * (P.towerSteamW * u.towerSteam * (1 + u.towerFault) - P.towerLossWK * (tempC(x, i) - 25)));
  addWater(dx, i, P.towerWaterKgS * u.towerWater * u.header, P.waterC);
  boil(x, dx, i, 0.5 * filled * Math.max(0, vapourKPa(x, i) - P.atmosphereKPa));
  const rate = decompose(x, dx, i, towerFactor(x, u));
  // the spray takes what stands above it; the fault narrows it
  const out = P.meltKgS * (kg / P.towerKg) * (1 - 0.35 * Math.min(1, u.towerFault)) * (0.2 + 0.8 * u.prilling);
  move(x, dx, i, null, out * Math.min(1, Math.max(0, kg - 2) / 30) + 0.02 * Math.max(0, kg - P.towerOverKg * 1.1));
  dx[X.hNox]! += (0.2 + 0.025 * P.noxPpm * rate * filled - x[X.hNox]!) / 15;
}
