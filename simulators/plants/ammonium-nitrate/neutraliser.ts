/** Pressure neutraliser R-2201 and flash tank V-2202. */
import { ammoniaMolS, gasKgS, carried, neutraliserKPa, preheaterC } from './ammonia.ts';
import type { Inputs } from './inputs.ts';
import { P } from './parameters.ts';
import { addHeat, addWater, boil, chloridePercent, cross, decompose, excess, factorOf, heat, loseAmmonia, massKg, move, organicPercent, ph, vapourKPa } from './solution.ts';
import { X } from './states.ts';

export const acidMolS = (u: Inputs): number => P.acidMolS * u.acid + u.acidPassing;
const gaugeKPa = (x: Float64Array): number => Math.max(0, neutraliserKPa(x) - P.atmosphereKPa);
const rootShare = (kPa: number): number => Math.max(0, kPa) / Math.sqrt((Math.max(0, kPa) + 1) * P.neutraliserKPa);
/** nothing flows out of an empty vessel */
const wet = (x: Float64Array, i: number, kg: number): number => Math.min(1, Math.max(0, massKg(x, i) - 20) / kg);
export const steamKgS = (x: Float64Array, u: Inputs): number =>
  (P.steamKgSKPa * u.steamOut * gaugeKPa(x) + P.reliefKgSKPa * Math.max(0, gaugeKPa(x) - P.reliefKPa)) * Math.min(1, Math.max(0, x[X.rW]!) / 2000);
export const leakKgS = (x: Float64Array, u: Inputs): number => P.leakKgS * u.leak * (0.15 + rootShare(gaugeKPa(x))) * wet(x, X.rA, 300);
const ACID_J = (P.acidKgMol * P.acidJKgK + P.waterPerAcid * P.waterKgMol * P.waterJKgK) * P.acidC;

export function neutraliser(x: Float64Array, dx: Float64Array, u: Inputs): void {
  const i = X.rA;
  const ammoniaIn = ammoniaMolS(x, u);
  const acidIn = acidMolS(u);
  // instantaneous: what is short in the vessel limits; near neutral either
  const toAcid = 1 / (1 + Math.exp(-Math.max(-40, Math.min(40, excess(x, i) / 5e-4))));
  const formed = (1 - toAcid) * ammoniaIn + toAcid * acidIn;
  dx[i]! += ammoniaIn;
  dx[i + 1]! += acidIn;
  dx[i + 2]! += acidIn * P.waterPerAcid;
  // the gas brings its preheater temperature; its mass left the evaporator, so only acid crosses the boundary
  dx[i + 3]! += gasKgS(x, u) * (1 + carried(x)) * P.gasAmmoniaJKgK * preheaterC(x) + acidIn * ACID_J + formed * P.reactionJMol;
  cross(dx, 0, acidIn, acidIn * P.waterPerAcid, acidIn * ACID_J);
  heat(dx, formed * P.reactionJMol);
  const steam = steamKgS(x, u);
  boil(x, dx, i, steam);
  loseAmmonia(x, dx, i, (P.slip * steam * Math.max(0, excess(x, i))) / P.waterKgMol);
  if (u.sparge > 0) {
    addWater(dx, i, 0.3 * u.sparge, 25);
    addHeat(dx, i, 0.3 * u.sparge * 2.7e6); // F2-09: 200 psig steam on the sparger, about 1 t/h [A]
  }
  addWater(dx, i, P.emergencyKgS * u.emergencyWater * u.header, P.waterC);
  move(x, dx, i, X.fA, P.solutionOutKgS * u.solutionOut * rootShare(gaugeKPa(x)) * wet(x, i, 300));
  // what does not fit goes over into the flash tank
  move(x, dx, i, X.fA, 0.02 * Math.max(0, massKg(x, i) - 1.9 * P.neutraliserKg));
  move(x, dx, i, null, leakKgS(x, u));
  decompose(x, dx, i, factorOf(x, i, chloridePercent(x), organicPercent(x)));
  signs(x, dx, u, steam);
  const f = X.fA;
  boil(x, dx, f, flashSteamKgS(x));
  loseAmmonia(x, dx, f, (P.slip * flashSteamKgS(x) * Math.max(0, excess(x, f))) / P.waterKgMol);
  move(x, dx, f, X.tA, massKg(x, f) / P.flashS * wet(x, f, 50));
  decompose(x, dx, f, factorOf(x, f, chloridePercent(x), organicPercent(x)));
}

export const flashSteamKgS = (x: Float64Array): number => P.flashKgSKPa * Math.max(0, vapourKPa(x, X.fA) - P.atmosphereKPa) * wet(x, X.fA, 50);

/** nitrogen oxides in the process steam, corrosion colour of the solution, ammonia in the air beside a leak [A] */
function signs(x: Float64Array, dx: Float64Array, u: Inputs, steam: number): void {
  const acidity = ph(x, X.rA);
  const smoke = (5 + 62 * Math.max(0, 2 - acidity)) * Math.min(1, steam / 0.4);
  dx[X.rNox]! += (smoke - x[X.rNox]!) / 10;
  dx[X.rCorr]! += Math.max(0, 1.5 - acidity) / 120 - x[X.rCorr]! / 3600;
  dx[X.rGas]! += (2 + 52 * Math.min(1.2, leakKgS(x, u) / P.leakKgS) - x[X.rGas]!) / 60;
}
