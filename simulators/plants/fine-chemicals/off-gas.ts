/**
 * T-1501: duct, two fans, two caustic towers, and the hall that the duct leaks into once it is no longer under suction. With both fans off the duct turns
 * positive within a second. Equations: research/simulators.md 2.2.
 */
import type { Inputs } from './inputs.ts';
import { P } from './parameters.ts';
import { X } from './states.ts';

export const fanM3S = (x: Float64Array, u: Inputs): number => oneFanM3S(x[X.tDuctPa]!, u.fanA) + oneFanM3S(x[X.tDuctPa]!, u.fanB);
function oneFanM3S(ductPa: number, speed: number): number {
  const head = P.fanHeadPa * speed * speed + ductPa;
  return speed > 0.02 ? Math.sqrt(Math.max(0, head) / P.fanCurvePaS2M6) * Math.min(1, speed * 5) : 0;
}
const sourceM3S = (x: Float64Array, u: Inputs): number => P.sourceM3S * u.sources * Math.max(0, Math.min(1, 1 - x[X.tDuctPa]! / 800));
const fugitiveM3S = (x: Float64Array): number => P.hallLeakM3SPa * Math.max(0, x[X.tDuctPa]!);
/** alkalinity left in the tower that is in use, 0..1 */
export const alkalinity = (x: Float64Array, u: Inputs): number => Math.max(0, x[X.tAlkA]! * (1 - u.towerB) + x[X.tAlkB]! * u.towerB);
export const causticPh = (x: Float64Array, u: Inputs): number => 7 + 5.5 * alkalinity(x, u);
export function stackMgM3(x: Float64Array, u: Inputs): number {
  const gas = Math.max(0.05, fanM3S(x, u) / (P.sourceM3S + 0.1));
  const strength = Math.min(1, alkalinity(x, u) / 0.5);
  const units = P.transferUnits * Math.max(0, u.caustic) ** 0.4 * gas ** -0.3 * strength;
  const inlet = (P.sourceMgM3 * sourceM3S(x, u)) / Math.max(0.05, fanM3S(x, u));
  return fanM3S(x, u) > 0.02 ? inlet * Math.exp(-units) : 0;
}
export const sumpC = (x: Float64Array): number => x[X.tMJ]! / P.sumpMJK;
export const hallPpm = (x: Float64Array): number => P.ppmPerMgM3 * x[X.tHallMgM3]!;

export function offGas(x: Float64Array, dx: Float64Array, u: Inputs): void {
  const source = sourceM3S(x, u);
  const hallAir = 0.1 * Math.max(0, -x[X.tDuctPa]! / 500);
  dx[X.tDuctPa] = (101_325 / P.ductM3) * (source + hallAir - fanM3S(x, u) - fugitiveM3S(x));
  const used = (P.causticFallPerS * u.alkaliUse * source) / P.sourceM3S;
  const makeUp = P.causticFallPerS * u.makeUp;
  dx[X.tAlkA] = (makeUp * Math.min(1, Math.max(0, (1.05 - x[X.tAlkA]!) / 0.05)) - used * Math.min(1, Math.max(0, x[X.tAlkA]!) / 0.02)) * (1 - u.towerB);
  dx[X.tAlkB] = (makeUp * Math.min(1, Math.max(0, (1.05 - x[X.tAlkB]!) / 0.05)) - used * Math.min(1, Math.max(0, x[X.tAlkB]!) / 0.02)) * u.towerB;
  const lost = 1e-6 * P.sumpLossWK * (sumpC(x) - P.ambientC);
  dx[X.tMJ] = P.sumpHeatMW - lost;
  dx[X.tHallMgM3] = (fugitiveM3S(x) * P.sourceMgM3 + u.hallSpillMgS) / P.hallM3 - P.hallChangesPerS * x[X.tHallMgM3]!;
  dx[X.bMJ] = dx[X.bMJ]! + P.sumpHeatMW - lost;
}
