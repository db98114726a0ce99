/** Solution tank T-2301 (bulk and coil zone), solution pumps P-2301A/B, the line to the evaporators. */
import type { Inputs } from './inputs.ts';
import { P } from './parameters.ts';
import { addHeat, addWater, boil, capacity, chloridePercent, cross, decompose, factorOf, heat, loseAmmonia, massKg, move, organicPercent, tempC, waterFraction, weightAn } from './solution.ts';
import { X } from './states.ts';
import { decompositionPerS, solutionKPa } from './thermo.ts';

const cp = (x: Float64Array): number => capacity(x, X.tA) / Math.max(1000, massKg(x, X.tA));
/** the coil zone's own enthalpy above the bulk is `tHx`, part of `tH` */
export const bulkC = (x: Float64Array): number => (x[X.tH]! - x[X.tHx]!) / capacity(x, X.tA);
export const coilC = (x: Float64Array): number => bulkC(x) + x[X.tHx]! / (P.coilZoneKg * cp(x));
export const tankFactor = (x: Float64Array): number => factorOf(x, X.tA, chloridePercent(x), organicPercent(x));
/** through the pumps, kg/s: to the evaporators and back over the spill line */
export const transferKgS = (x: Float64Array, u: Inputs): number => open(x, u) * (P.feedKgS * u.feed + P.spillKgS);
export const feedKgS = (x: Float64Array, u: Inputs): number => open(x, u) * P.feedKgS * u.feed;
const open = (x: Float64Array, u: Inputs): number => Math.max(u.pumpA, u.pumpB) * (1 - x[X.phiS]!) ** 2 * Math.min(1, Math.max(0, massKg(x, X.tA) - 2000) / 5000);

export function tank(x: Float64Array, dx: Float64Array, u: Inputs): void {
  const i = X.tA;
  const bulk = bulkC(x);
  const coil = coilC(x);
  const coilW = P.coilWK * Math.min(2, u.coil + u.coilPassing) * Math.max(0, P.coilSteamC - coil);
  addHeat(dx, i, coilW - P.tankLossWK * (bulk - 25));
  const lead = coil - bulk;
  const exchange = P.circulationKgSK * Math.abs(lead) * cp(x) * lead;
  const factor = tankFactor(x);
  const rate = decompose(x, dx, i, factor, bulk);
  // the coil zone is hotter and decomposes faster by what the temperatures differ
  const zoneShare = Math.min(0.5, P.coilZoneKg / Math.max(1000, massKg(x, i)));
  const zoneRate = Math.min(P.fastestPerS, factor * Math.max(0, decompositionPerS(Math.min(400, coil)) - decompositionPerS(Math.min(400, bulk))));
  const extraW = (zoneRate * zoneShare * weightAn(x, i) * massKg(x, i) * P.decompositionJMol) / P.nitrateKgMol;
  dx[X.tH]! += extraW;
  heat(dx, extraW);
  dx[X.tHx]! += coilW - exchange + extraW;
  addWater(dx, i, P.dilutionKgS * u.dilution * u.header, P.waterC);
  loseAmmonia(x, dx, i, -P.dosingMolS * u.dosing);
  boil(x, dx, i, P.tankBoilKgSKPa * Math.max(0, solutionKPa(Math.min(300, bulk), waterFraction(x, i)) - P.atmosphereKPa) * Math.min(1, massKg(x, i) / 5000));
  if (u.tankAcidMolS > 0) {
    dx[i + 1]! += u.tankAcidMolS;
    cross(dx, 0, u.tankAcidMolS, 0, 0);
  }
  move(x, dx, i, null, 0.01 * Math.max(0, massKg(x, i) - P.tankKg));
  const feed = feedKgS(x, u);
  move(x, dx, i, X.e1A, feed);
  const gone = feed / Math.max(1000, massKg(x, i));
  dx[X.tHx]! -= gone * x[X.tHx]!;
  dx[X.tCl]! += u.chlorideKgS - gone * x[X.tCl]!;
  dx[X.tOrg]! += u.organicKgS - gone * x[X.tOrg]!;
  dx[X.tNox]! += (2 + 180 * u.crust + P.noxPpm * Math.max(rate, factor * decompositionPerS(Math.min(400, coil)) * 0.3) - x[X.tNox]!) / 30;
  dx[X.phiS]! += u.plugSolution * (1 - x[X.phiS]!) - 0.05 * x[X.phiS]! * (u.plugSolution > 0 ? 0 : u.dilution);
  pump(x, dx, X.pumpAJ, u.pumpA, u, transferKgS(x, u));
  pump(x, dx, X.pumpBJ, u.pumpB, u, transferKgS(x, u));
}

/** casing of a solution pump: shaft power in, carried away by the flow; the energy goes into the tank's account */
function pump(x: Float64Array, dx: Float64Array, index: number, speed: number, u: Inputs, flowKgS: number): void {
  const casing = x[index]! / P.casingJK;
  const shaft = speed * P.shaftW;
  const carriedW = speed * flowKgS * 2300 * (casing - tempC(x, X.tA));
  const other = P.tracingWK * u.tracing * (P.tracingC - 30 - casing) - P.casingLossWK * 0.4 * (casing - 25);
  dx[index]! += shaft - carriedW + other;
  dx[X.tH]! += carriedW;
  heat(dx, shaft + other);
}
