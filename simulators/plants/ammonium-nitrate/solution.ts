/**
 * Vessels of solution: four states in a row from `i` (ammonia, nitrate, water in mol; enthalpy in J over liquid water, nitrate and gaseous ammonia at 0 degC).
 * What moves from one vessel to another is a share of all four; what crosses the boundary of the plant is integrated beside.
 */
import { P, R_J_MOL_K, ZERO_C_IN_K } from './parameters.ts';
import { X } from './states.ts';
import { catalysis, decompositionPerS, drivenOff, samplePh, solutionKPa } from './thermo.ts';

const A_J = P.ammoniaKgMol * P.ammoniaJKgK;
const C_J = P.acidKgMol * P.acidJKgK;
const W_J = P.waterKgMol * P.waterJKgK;

/** J/K */
export const capacity = (x: Float64Array, i: number): number => Math.max(100, x[i]! * A_J + x[i + 1]! * C_J + x[i + 2]! * W_J);
export const massKg = (x: Float64Array, i: number): number => x[i]! * P.ammoniaKgMol + x[i + 1]! * P.acidKgMol + x[i + 2]! * P.waterKgMol;
export const tempC = (x: Float64Array, i: number): number => x[i + 3]! / capacity(x, i);
export const nitrateMol = (x: Float64Array, i: number): number => Math.min(x[i]!, x[i + 1]!);
export const weightAn = (x: Float64Array, i: number): number => (nitrateMol(x, i) * P.nitrateKgMol) / Math.max(1e-6, massKg(x, i));
export const excess = (x: Float64Array, i: number): number => (x[i]! - x[i + 1]!) / Math.max(1e-3, x[i]!, x[i + 1]!);
export const ph = (x: Float64Array, i: number): number => samplePh(excess(x, i));
export const waterFraction = (x: Float64Array, i: number): number => {
  const w = Math.max(0, x[i + 2]!);
  return w / Math.max(1e-3, w + (x[i]! + x[i + 1]!) / 2);
};
export const vapourKPa = (x: Float64Array, i: number): number => solutionKPa(Math.min(400, tempC(x, i)), waterFraction(x, i));

/** boundary: what comes in, mol/s and W; negative leaves */
export function cross(dx: Float64Array, ammoniaMolS: number, acidMolS: number, waterMolS: number, heatW: number): void {
  const kgS = ammoniaMolS * P.ammoniaKgMol + acidMolS * P.acidKgMol + waterMolS * P.waterKgMol;
  dx[X.bKg]! += kgS;
  dx[X.bN]! += ammoniaMolS + acidMolS;
  if (kgS > 0) dx[X.bInKg]! += kgS;
  heat(dx, heatW);
}

/** heat over the boundary, W */
export function heat(dx: Float64Array, heatW: number): void {
  dx[X.bJ]! += heatW;
  dx[X.bInJ]! += Math.abs(heatW);
}

/** `kgS` of what is in `from` goes to `to`; null = out of the plant */
export function move(x: Float64Array, dx: Float64Array, from: number, to: number | null, kgS: number): void {
  if (kgS <= 0) return;
  const share = kgS / Math.max(1, massKg(x, from));
  const a = share * x[from]!;
  const c = share * x[from + 1]!;
  const w = share * x[from + 2]!;
  const h = share * x[from + 3]!;
  dx[from]! -= a;
  dx[from + 1]! -= c;
  dx[from + 2]! -= w;
  dx[from + 3]! -= h;
  if (to === null) cross(dx, -a, -c, -w, -h);
  else {
    dx[to]! += a;
    dx[to + 1]! += c;
    dx[to + 2]! += w;
    dx[to + 3]! += h;
  }
}

/** steam leaves at the vessel's temperature */
export function boil(x: Float64Array, dx: Float64Array, i: number, kgS: number): void {
  if (kgS <= 0) return;
  const mol = kgS / P.waterKgMol;
  const w = kgS * (P.steamJKg + P.steamJKgK * tempC(x, i));
  dx[i + 2]! -= mol;
  dx[i + 3]! -= w;
  cross(dx, 0, 0, -mol, -w);
}

export function addWater(dx: Float64Array, i: number, kgS: number, waterC: number): void {
  const mol = kgS / P.waterKgMol;
  const w = kgS * P.waterJKgK * waterC;
  dx[i + 2]! += mol;
  dx[i + 3]! += w;
  cross(dx, 0, 0, mol, w);
}

export function addHeat(dx: Float64Array, i: number, heatW: number): void {
  dx[i + 3]! += heatW;
  heat(dx, heatW);
}

/** ammonia gas leaves (negative: comes in) at the vessel's temperature */
export function loseAmmonia(x: Float64Array, dx: Float64Array, i: number, molS: number): void {
  const w = molS * A_J * tempC(x, i);
  dx[i]! -= molS;
  dx[i + 3]! -= w;
  cross(dx, -molS, 0, 0, -w);
}

/** hot melt loses ammonia faster than acid */
export function strip(x: Float64Array, dx: Float64Array, i: number): void {
  const k = tempC(x, i) + ZERO_C_IN_K;
  const rate = P.stripPerS * Math.exp((P.stripEnergyJMol / R_J_MOL_K) * (1 / 448.15 - 1 / k));
  loseAmmonia(x, dx, i, rate * Math.max(0, nitrateMol(x, i)) * Math.min(1, Math.max(0, massKg(x, i) - 10) / 50));
}

/** catalysis in the vessel, with the chloride and organics of the tank (weight per cent) */
export const factorOf = (x: Float64Array, i: number, chloridePercent: number, organicPercent: number): number => catalysis(ph(x, i), chloridePercent, organicPercent);

/** decomposition of the nitrate in the vessel at `atC`, of `share` of it; returns f k in 1/s */
export function decompose(x: Float64Array, dx: Float64Array, i: number, factor: number, atC = tempC(x, i), share = 1): number {
  const rate = Math.min(P.fastestPerS, factor * decompositionPerS(Math.min(400, atC)));
  const mol = rate * share * Math.max(0, nitrateMol(x, i));
  const off = mol * drivenOff(Math.min(320, atC));
  const gone = mol + off;
  const w = mol * P.decompositionJMol - off * P.dissociationJMol - gone * (A_J + C_J) * atC;
  dx[i]! -= gone;
  dx[i + 1]! -= gone;
  dx[i + 3]! += w;
  cross(dx, -gone, -gone, 0, w);
  return rate;
}

export const chloridePercent = (x: Float64Array): number => (100 * x[X.tCl]!) / Math.max(1000, massKg(x, X.tA));
export const organicPercent = (x: Float64Array): number => (100 * x[X.tOrg]!) / Math.max(1000, massKg(x, X.tA));
