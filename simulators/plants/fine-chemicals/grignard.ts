/**
 * R-1301 and the quench vessel V-1302. The degree of initiation z grows by itself once it has begun (autocatalytic), an inhibitor w (water, peroxide) holds it
 * down; what was charged before is the accumulation: 33 K per 10 % of the halide. Equations: research/simulators.md 2.2. kmol, kg, MJ, MPa gauge.
 */
import { arrheniusRatio } from '../../kernel/arrhenius.ts';
import type { Inputs } from './inputs.ts';
import { ATMOSPHERE_MPA, P } from './parameters.ts';
import { share } from './reactor.ts';
import { X } from './states.ts';

const FEED_C = 20;
/** water and glycol brine */
const BRINE_MJ_KGK = 3.6e-3;

export const grignardC = (x: Float64Array): number => x[X.gMJ]! / (Math.max(0, x[X.gKg]!) * P.grignardMJKgK + P.grignardWallMJK);
export const grignardJacketC = (x: Float64Array): number => x[X.gjMJ]! / P.grignardJacketMJK;
export const quenchVesselC = (x: Float64Array): number => x[X.vMJ]! / (Math.max(0, x[X.vKg]!) * P.grignardMJKgK + P.grignardWallMJK);
/** halide that has not reacted, % of the batch */
export const accumulatedPercent = (x: Float64Array): number => (100 * x[X.gRx]!) / P.halideKmol;
export const accumulatedRiseK = (x: Float64Array): number => (P.grignardHeatMJKmol * x[X.gRx]!) / (Math.max(200, x[X.gKg]!) * P.grignardMJKgK);

/** vapour pressure of THF, MPa absolute (Antoine [L]: boils at 66 degC) */
const thfMPa = (tempC: number): number => 1.33322e-4 * 10 ** (6.99515 - 1202.29 / (226.254 + Math.min(200, Math.max(-20, tempC))));
/** 0..1 of the stirred rate: magnesium settles when the stirrer stands */
const suspended = (u: Inputs): number => 0.05 + 0.95 * u.grignardStirrer;

export function grignard(x: Float64Array, dx: Float64Array, u: Inputs): void {
  const kg = Math.max(1, x[X.gKg]!);
  const tempC = grignardC(x);
  const full = share(x[X.gKg]!, 40);
  const z = Math.max(0, x[X.gZ]!);
  const w = Math.max(0, x[X.gW]!);
  const rate = P.grignardRatePerS * arrheniusRatio(P.grignardEnergyJMol, Math.min(140, tempC), 45) * z * suspended(u) * Math.max(0, x[X.gRx]!);
  const ejected = P.grignardEjectKgS * u.grignardDisc * share(x[X.gMPa]!, 0.05) * full;
  const drained = P.grignardDrainKgS * u.drain * full;
  const out = ejected + drained;
  const fedKg = u.halideKmolS * P.halideKgKmol;
  const boiling = 1e-3 * Math.min(P.refluxMaxKW, P.refluxKWK * Math.max(0, tempC - 66)) * full;
  const toJacket = 1e-3 * P.grignardUaKW * (0.25 + 0.75 * u.grignardStirrer) * full * (tempC - grignardJacketC(x));
  const carriedMJ = P.grignardMJKgK * tempC;
  const fedMJ = fedKg * P.grignardMJKgK * FEED_C;
  dx[X.gKg] = fedKg - out;
  dx[X.gRx] = u.halideKmolS - rate - (out * x[X.gRx]!) / kg;
  dx[X.gRMgX] = rate - (out * x[X.gRMgX]!) / kg;
  // heat uses up the inhibitor and speeds the start: why heating is forbidden (A1-4)
  const warm = Math.max(0, tempC - 48) / 10;
  dx[X.gZ] = ((P.initiationPerS * (1 + 3 * warm) * Math.max(0, 1 - w) * z + 5e-3 * u.initiator + 0.1 * u.sudden) * (1 - z) - 0.05 * u.water * z) * full;
  dx[X.gW] = -(P.inhibitorPerS * z + 4e-3 * u.initiator + 0.2 * u.sudden + 6e-3 * warm) * w * full + 0.05 * u.water * (1 - w);
  dx[X.gMJ] = P.grignardHeatMJKmol * rate + fedMJ - boiling - toJacket - out * carriedMJ;
  const brineMW = BRINE_MJ_KGK * u.grignardJacketKgS * (u.grignardJacketInC - grignardJacketC(x)) + 0.2 * u.heating * Math.max(0, Math.min(1, (95 - grignardJacketC(x)) / 20));
  dx[X.gjMJ] = toJacket + brineMW;
  const pressure = Math.max(0.01, thfMPa(tempC) - ATMOSPHERE_MPA) * full + 0.008 * u.grignardNitrogen + 0.01 * (1 - full);
  dx[X.gMPa] = ((1 - 0.95 * u.grignardDisc) * pressure - x[X.gMPa]!) / 4;
  quenchVessel(x, dx, u, drained, kg, carriedMJ);
  dx[X.bRx] = u.halideKmolS - (ejected * x[X.gRx]!) / kg;
  dx[X.bHalide] = u.halideKmolS;
  dx[X.bGrignard] = rate;
  dx[X.bMJ] = dx[X.bMJ]! + fedMJ - boiling + brineMW - ejected * carriedMJ;
}

function quenchVessel(x: Float64Array, dx: Float64Array, u: Inputs, drained: number, fromKg: number, carriedMJ: number): void {
  const tempC = quenchVesselC(x);
  const drip = (P.quenchDripKgH / 3600) * u.drip;
  const reagent = Math.max(0, x[X.vRMgX]!);
  const quenched = Math.min(0.03 * drip, 0.01 * reagent);
  const cooled = 1e-3 * P.quenchCoolKWK * share(x[X.vKg]!, 300) * (tempC - P.quenchCoolC);
  const dripMJ = drip * P.grignardMJKgK * FEED_C;
  const heat = (P.quenchDripMJKg / 0.03) * quenched;
  dx[X.vKg] = drained + drip;
  dx[X.vRx] = (drained * x[X.gRx]!) / fromKg;
  dx[X.vRMgX] = (drained * x[X.gRMgX]!) / fromKg - quenched;
  dx[X.vQuenchKg] = drip;
  dx[X.vMJ] = drained * carriedMJ + dripMJ + heat - cooled;
  const pressure = 0.005 + Math.max(0, thfMPa(tempC) - ATMOSPHERE_MPA) + 0.4 * quenched;
  dx[X.vMPa] = (pressure - x[X.vMPa]!) / 5;
  dx[X.bQuench] = quenched;
  dx[X.bMJ] = dx[X.bMJ]! + dripMJ - cooled;
}
