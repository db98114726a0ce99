/**
 * R-1101 with its jacket, the dump tank D-1102 and the sister reactor R-1103. Equations: research/simulators.md 2.2 (R-1101-REF).
 * A is dosed onto B; what has not reacted is the accumulation. Above 100 degC the charge decomposes and makes gas.
 */
import { GAS_CONSTANT_J_MOL_K as R } from '../../kernel/flow.ts';
import { ZERO_C_IN_K } from '../../kernel/arrhenius.ts';
import type { Inputs } from './inputs.ts';
import { ATMOSPHERE_MPA, GAS_MJ_KMOL_K, P } from './parameters.ts';
import { X } from './states.ts';

const WATER_MJ_KGK = 4.18e-3;
/** D-1102 to the air [A] */
const TANK_LOSS_WK = 300;
/** empties smoothly: nothing flows out of a vessel that holds nothing */
export const share = (kg: number, lastKg: number): number => Math.min(1, Math.max(0, kg) / lastKg);

export const reactorMJK = (x: Float64Array): number => Math.max(0, x[X.rKg]!) * P.chargeMJKgK + P.reactorWallMJK;
export const reactorC = (x: Float64Array): number => x[X.rMJ]! / reactorMJK(x);
export const jacketC = (x: Float64Array): number => x[X.rjMJ]! / P.jacketMJK;
export const dumpTankC = (x: Float64Array): number =>
  x[X.dMJ]! / (Math.max(0, x[X.dQuenchKg]!) * P.quenchMJKgK + Math.max(0, x[X.dKg]! - x[X.dQuenchKg]!) * P.chargeMJKgK + P.quenchWallMJK);
export const sisterC = (x: Float64Array): number => x[X.sMJ]! / (Math.max(0, x[X.sKg]!) * P.chargeMJKgK + P.reactorWallMJK);

/** k of the wanted reaction, m3/kmol/s */
export const rateConstant = (tempC: number): number => P.rateFactor * Math.exp(-P.rateEnergyJMol / R / (tempC + ZERO_C_IN_K));
/** k of the decomposition, 1/s */
export const decompositionConstant = (tempC: number): number => P.decompositionFactorPerS * Math.exp(-P.decompositionEnergyJMol / R / (tempC + ZERO_C_IN_K));

/** dT_ad of the whole batch and of what has accumulated, K */
export const adiabaticRiseK = (kmol: number, kg: number): number => (kmol * P.reactionMJKmol) / (Math.max(200, kg) * P.chargeMJKgK);
/** maximum temperature of the synthesis reaction if everything is lost now */
export const mtsrC = (x: Float64Array): number => reactorC(x) + adiabaticRiseK(Math.min(x[X.rA]!, x[X.rB]!), x[X.rKg]!);
/** time to maximum rate of the decomposition, adiabatic from `tempC`, s (8.2) */
export function timeToMaximumRateS(tempC: number): number {
  const tempK = tempC + ZERO_C_IN_K;
  return (P.chargeMJKgK * R * tempK * tempK) / (P.decompositionMJKg * decompositionConstant(tempC) * P.decompositionEnergyJMol);
}

/** vapour of the high-boiling solvent (chlorobenzene, Antoine [L]), MPa */
const vapourMPa = (tempC: number): number => 1.33322e-4 * 10 ** (6.97808 - 1431.05 / (217.55 + Math.min(350, Math.max(0, tempC))));
export const reactorMPa = (x: Float64Array): number => {
  const tempC = reactorC(x);
  return (Math.max(0, x[X.rGas]!) * GAS_MJ_KMOL_K * (tempC + ZERO_C_IN_K)) / P.reactorGasM3 + vapourMPa(tempC) - ATMOSPHERE_MPA;
};
export const dumpTankMPa = (x: Float64Array): number => {
  const freeM3 = Math.max(0.5, P.quenchTankM3 - x[X.dKg]! / 1000);
  return (Math.max(0, x[X.dGas]!) * GAS_MJ_KMOL_K * (dumpTankC(x) + ZERO_C_IN_K)) / freeM3 - ATMOSPHERE_MPA;
};

/** gas that leaves through vent, kmol/s, and through a burst disc */
const ventKmolS = (overMPa: number): number => P.ventKmolSMPa * Math.max(0, overMPa - P.ventSetMPa);
/** gas made in R-1101, kmol/s */
const gasMade = (x: Float64Array, u: Inputs): number =>
  P.decompositionGasKmolKg * decompositionConstant(reactorC(x)) * Math.max(0, x[X.rKg]! - x[X.rDecKg]!) + 0.012 * u.waterLeakKgS * share(x[X.rKg]!, 50);

/** part of the level that is bubbles (churn-turbulent, 1.2) */
export function swell(x: Float64Array, u: Inputs): number {
  const volumeM3S = (gasMade(x, u) * GAS_MJ_KMOL_K * (reactorC(x) + ZERO_C_IN_K)) / Math.max(0.08, reactorMPa(x) + ATMOSPHERE_MPA);
  const psi = volumeM3S / P.reactorSectionM2 / P.bubbleRiseMS;
  return psi / (2 + 1.5 * psi);
}
export const reactorLevel = (x: Float64Array, u: Inputs): number => ((100 * x[X.rKg]!) / P.densityKgM3 / P.reactorM3) / (1 - swell(x, u));
/** two-phase through the open disc, kg/s */
export function ejectKgS(x: Float64Array, u: Inputs): number {
  if (u.disc <= 0 || reactorMPa(x) < 0.02) return 0;
  const room = 1 - x[X.rKg]! / P.densityKgM3 / P.reactorM3;
  return P.ejectKgS * u.disc * Math.min(1, Math.max(0, (swell(x, u) - room) / 0.05)) * share(x[X.rKg]!, 100);
}

const stirredShare = (rpm: number): number => P.unstirredShare + (1 - P.unstirredShare) * Math.min(1, Math.max(0, (rpm - 5) / 25));
export function reactorUaMWK(rpm: number, kg: number): number {
  const stirred = Math.min(1, Math.max(0, rpm / P.stirrerRpm)) ** (2 / 3);
  return 1e-6 * P.areaM2 * (P.unstirredWM2K + (P.stirredWM2K - P.unstirredWM2K) * stirred) * Math.min(1, Math.max(0, kg) / P.batchBKg);
}

export function reactor(x: Float64Array, dx: Float64Array, u: Inputs): void {
  const kg = Math.max(1, x[X.rKg]!);
  const tempC = reactorC(x);
  const rate = (stirredShare(x[X.rRpm]!) * rateConstant(tempC) * Math.max(0, x[X.rA]!) * Math.max(0, x[X.rB]!)) / (kg / P.densityKgM3);
  const decays = decompositionConstant(tempC) * Math.max(0, x[X.rKg]! - x[X.rDecKg]!);
  const full = share(x[X.rKg]!, 100);
  const dumped = u.dump * P.dumpKgS * full;
  const moved = u.transfer * P.transferKgS * full;
  const spilt = u.spill * P.spillKgS * full;
  const ejected = ejectKgS(x, u);
  const out = dumped + moved + spilt + ejected;
  const carriedMJ = P.chargeMJKgK * tempC;
  const dose = u.doseKgS;
  const kmolA = (dose * P.batchAKmol) / P.batchAKg;
  const toJacket = reactorUaMWK(x[X.rRpm]!, x[X.rKg]!) * (tempC - jacketC(x));
  const lost = 1e-6 * P.reactorLossWK * (tempC - P.ambientC);
  const doseMJ = dose * P.chargeMJKgK * P.feedC;
  // water in a water-reactive charge: 1.5 MJ/kg and 12 mol/kg of gas [A]; a side reaction by an impurity gives its heat wherever it is hot
  const leakMW = (1.5 * u.waterLeakKgS + u.sideReactionMW) * full;
  const leakMJ = u.waterLeakKgS * P.chargeMJKgK * P.feedC;
  const coilMW = P.coilSteamMW * u.coil * full * Math.max(0, Math.min(1, (P.steamC - tempC) / 20));
  const heat = P.reactionMJKmol * rate + P.decompositionMJKg * decays;
  dx[X.rKg] = dose + u.waterLeakKgS - out;
  dx[X.rA] = kmolA - rate - (out * x[X.rA]!) / kg;
  dx[X.rB] = -rate - (out * x[X.rB]!) / kg;
  dx[X.rP] = rate - (out * x[X.rP]!) / kg;
  dx[X.rDecKg] = decays - (out * x[X.rDecKg]!) / kg;
  dx[X.rMJ] = heat + doseMJ + leakMJ + leakMW + coilMW - toJacket - lost - out * carriedMJ;
  const circulation = u.circulationM3h / 3.6;
  const backup = u.backupM3h / 3.6;
  const waterMW = WATER_MJ_KGK * (circulation * (u.jacketInC - jacketC(x)) + backup * (P.backupC - jacketC(x)));
  dx[X.rjMJ] = toJacket + waterMW;
  const over = reactorMPa(x);
  const nitrogen = 5e-4 * u.nitrogen * Math.max(0, Math.min(1, (0.05 - over) / 0.02));
  dx[X.rGas] = gasMade(x, u) + nitrogen - ventKmolS(over) - u.disc * P.discKmolSMPa * Math.max(0, over) + breatheIn(over);
  dx[X.rRpm] = (P.stirrerRpm * u.stirrer - x[X.rRpm]!) / (u.stirrer * P.stirrerRpm > x[X.rRpm]! ? 6 : 3);
  dx[X.rVented] = ejected;
  const others = moved * (1 - P.transferToSister);
  const gone = spilt + ejected + others;
  dx[X.bKg1100] = dose + u.waterLeakKgS - gone;
  dx[X.bA] = kmolA - (gone * x[X.rA]!) / kg;
  dx[X.bReaction] = rate;
  dx[X.bDecomposed] = decays;
  dx[X.bLeakHeat] = leakMW;
  dx[X.bDose] = dose;
  dx[X.bMJ] = dx[X.bMJ]! + doseMJ + leakMJ + coilMW - lost + waterMW - gone * carriedMJ;
  const outflow = { dumped, moved: moved - others, kg, carriedMJ };
  dumpTank(x, dx, u, outflow);
  sister(x, dx, u, outflow);
}

/** the vessel breathes nitrogen below 0.01 MPa: it never goes under vacuum */
const breatheIn = (overMPa: number): number => 0.01 * Math.max(0, 0.015 - overMPa);

interface Outflow { readonly dumped: number; readonly moved: number; readonly kg: number; readonly carriedMJ: number }

function dumpTank(x: Float64Array, dx: Float64Array, u: Inputs, { dumped, kg, carriedMJ }: Outflow): void {
  const charge = Math.max(0, x[X.dKg]! - x[X.dQuenchKg]!);
  const held = Math.exp((-P.quenchStop * Math.max(0, x[X.dQuenchKg]!)) / Math.max(50, charge));
  const tempC = dumpTankC(x);
  // not stirred: a third of the rate
  const rate = (0.3 * held * rateConstant(tempC) * Math.max(0, x[X.dA]!) * Math.max(0, x[X.dB]!)) / Math.max(0.2, x[X.dKg]! / 1000);
  const decays = held * decompositionConstant(tempC) * Math.max(0, charge - x[X.dDecKg]!);
  const drained = u.quenchLossKgS * share(x[X.dQuenchKg]!, 50);
  const drainedMJ = drained * P.quenchMJKgK * tempC;
  const lost = 1e-6 * TANK_LOSS_WK * (tempC - P.ambientC);
  const over = dumpTankMPa(x);
  dx[X.dKg] = dumped - drained;
  dx[X.dQuenchKg] = -drained;
  dx[X.dA] = (dumped * x[X.rA]!) / kg - rate;
  dx[X.dB] = (dumped * x[X.rB]!) / kg - rate;
  dx[X.dDecKg] = (dumped * x[X.rDecKg]!) / kg + decays;
  dx[X.dMJ] = dumped * carriedMJ + P.reactionMJKmol * rate + P.decompositionMJKg * decays - lost - drainedMJ;
  dx[X.dGas] = P.decompositionGasKmolKg * decays - 0.04 * Math.max(0, over - 0.005) + breatheIn(over + 0.01);
  dx[X.bKg1100] = dx[X.bKg1100]! - drained;
  dx[X.bReaction] = dx[X.bReaction]! + rate;
  dx[X.bDecomposed] = dx[X.bDecomposed]! + decays;
  dx[X.bMJ] = dx[X.bMJ]! - lost - drainedMJ;
}

function sister(x: Float64Array, dx: Float64Array, u: Inputs, { moved, kg, carriedMJ }: Outflow): void {
  const tempC = sisterC(x);
  const rpm = P.stirrerRpm * u.sisterStirrer;
  const volumeM3 = Math.max(100, x[X.sKg]!) / P.densityKgM3;
  const rate = (stirredShare(rpm) * rateConstant(tempC) * Math.max(0, x[X.sA]!) * Math.max(0, x[X.sB]!)) / volumeM3;
  const decays = decompositionConstant(tempC) * Math.max(0, x[X.sKg]! - x[X.sDecKg]!);
  const cooled = reactorUaMWK(rpm, x[X.sKg]!) * (tempC - P.sisterCoolantC);
  dx[X.sKg] = moved;
  dx[X.sA] = (moved * x[X.rA]!) / kg - rate;
  dx[X.sB] = (moved * x[X.rB]!) / kg - rate;
  dx[X.sDecKg] = (moved * x[X.rDecKg]!) / kg + decays;
  dx[X.sMJ] = moved * carriedMJ + P.reactionMJKmol * rate + P.decompositionMJKg * decays - cooled;
  dx[X.bReaction] = dx[X.bReaction]! + rate;
  dx[X.bDecomposed] = dx[X.bDecomposed]! + decays;
  dx[X.bMJ] = dx[X.bMJ]! - cooled;
}
