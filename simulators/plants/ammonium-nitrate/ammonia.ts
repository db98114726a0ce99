/** Ammonia evaporator E-2101 with its warm water, knock-out drum V-2103, preheater E-2102. Gas that leaves goes to the neutraliser. */
import type { Inputs } from './inputs.ts';
import { P, ZERO_C_IN_K } from './parameters.ts';
import { cross, heat, massKg, nitrateMol, vapourKPa } from './solution.ts';
import { X } from './states.ts';

const LIQUID_J = P.liquidAmmoniaJKgK;
export const evaporatorC = (x: Float64Array): number => (x[X.evapJ]! / Math.max(20, x[X.evapKg]! + x[X.koKg]!) + P.evaporationJKg) / LIQUID_J;
export const evaporatorKPa = (x: Float64Array): number => P.evaporatorKPa * Math.exp(P.saturationK * (1 / (P.evaporatorC + ZERO_C_IN_K) - 1 / (evaporatorC(x) + ZERO_C_IN_K)));
/** 0 when there is no liquid left to evaporate */
const wetted = (x: Float64Array): number => Math.min(1, Math.max(0, x[X.evapKg]! - 20) / 50);
export const level = (x: Float64Array): number => x[X.evapKg]! / P.evaporatorKg;
export const preheaterC = (x: Float64Array): number => x[X.preJ]! / P.preheaterJK;

/** absolute pressure in the neutraliser: steam, and the ammonia that finds no acid */
export function neutraliserKPa(x: Float64Array): number {
  const free = Math.max(0, x[X.rA]! - x[X.rC]!) / Math.max(1e3, nitrateMol(x, X.rA));
  return vapourKPa(x, X.rA) + P.excessKPa * Math.min(1, free) * Math.min(1, massKg(x, X.rA) / 500);
}

export function entrained(x: Float64Array): number {
  return Math.min(0.5, P.entrainment * Math.exp(6 * (level(x) - 0.7)) + x[X.foam]!);
}
export function gasKgS(x: Float64Array, u: Inputs): number {
  const drop = Math.max(0, evaporatorKPa(x) - neutraliserKPa(x));
  return ((P.ammoniaKgSRootKPa * u.ammonia * drop) / Math.sqrt(drop + 2)) * wetted(x);
}
/** share of liquid that the full drum lets through */
export function carried(x: Float64Array): number {
  const caught = P.drumCatch * Math.max(0, 1 - x[X.koKg]! / (0.4 * P.drumKg));
  return entrained(x) * (1 - caught);
}
/** mol/s of ammonia into the neutraliser, gas and liquid */
export const ammoniaMolS = (x: Float64Array, u: Inputs): number => (gasKgS(x, u) * (1 + carried(x))) / P.ammoniaKgMol;

export function ammonia(x: Float64Array, dx: Float64Array, u: Inputs): void {
  const te = evaporatorC(x);
  const gas = gasKgS(x, u);
  const liquid = gas * carried(x);
  const toDrum = gas * entrained(x) - liquid;
  const drain = P.drumDrainPerS * x[X.koKg]!;
  const liquidJKg = LIQUID_J * te - P.evaporationJKg;
  const gasJKg = P.gasAmmoniaJKgK * te;
  const feed = P.liquidFeedKgS * u.liquidFeed;
  const warmC = x[X.warmJ]! / (P.warmKg * P.waterJKgK);
  const duty = 2 * P.warmWK * u.warm * (warmC - te) * wetted(x);
  dx[X.evapKg]! += feed + drain - gas - toDrum - liquid;
  dx[X.koKg]! += toDrum - drain;
  dx[X.evapJ]! += feed * (LIQUID_J * P.liquidFeedC - P.evaporationJKg) + duty - gas * gasJKg - liquid * liquidJKg;
  cross(dx, feed / P.ammoniaKgMol, 0, 0, feed * (LIQUID_J * P.liquidFeedC - P.evaporationJKg));
  // the circuit holds 45 degC as long as its heat lasts
  const supply = u.warmSupply * Math.max(0, Math.min(P.warmMaxW, P.warmHoldWK * (P.warmC - warmC)));
  dx[X.warmJ]! += supply - duty;
  heat(dx, supply);
  dx[X.foam]! += (P.foam * u.foaming - x[X.foam]!) / 120;
  // preheater: steam brings the gas half way to its own temperature; liquid that comes along evaporates in it
  // both stand on one heating circuit: warm water that cools costs the preheater a third of its heat
  const supplied = 0.7 + 0.3 * Math.max(0, Math.min(1, (warmC - 12) / (P.warmNormalC - 12)));
  const steam = supplied * P.preheaterShare * (gas + liquid) * P.gasAmmoniaJKgK * (P.preheaterSteamC - te);
  const loss = P.preheaterLossWK * (preheaterC(x) - 25);
  dx[X.preJ]! += steam - loss + gas * gasJKg + liquid * liquidJKg - (gas + liquid) * P.gasAmmoniaJKgK * preheaterC(x);
  heat(dx, steam - loss);
}
