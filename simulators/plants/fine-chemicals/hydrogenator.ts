/**
 * R-1201: hydrogen dissolves (kLa), reacts on the catalyst to the hydroxylamine and on to the amine; a poisoned catalyst lets the hydroxylamine build up.
 * Air that comes in with the hydrogen leaves oxygen in the headspace (A1-3). Equations: research/simulators.md 2.2. kmol, MJ, MPa.
 */
import { arrheniusRatio, ZERO_C_IN_K } from '../../kernel/arrhenius.ts';
import type { Inputs } from './inputs.ts';
import { ATMOSPHERE_MPA, GAS_MJ_KMOL_K, P } from './parameters.ts';
import { X } from './states.ts';

const WATER_MJ_KGK = 4.18e-3;
const FULL_RPM = 200;

export const hydrogenatorC = (x: Float64Array): number => x[X.hMJ]! / P.hydrogenatorMJK;
export const hydrogenatorJacketC = (x: Float64Array): number => x[X.hjMJ]! / P.hydrogenatorJacketMJK;
const gasKmol = (x: Float64Array): number => Math.max(1e-4, x[X.hH2]! + x[X.hN2]! + x[X.hO2]!);
export const hydrogenatorMPa = (x: Float64Array): number =>
  (gasKmol(x) * GAS_MJ_KMOL_K * (hydrogenatorC(x) + ZERO_C_IN_K)) / P.hydrogenatorGasM3 - ATMOSPHERE_MPA;
/** vol% in the headspace */
export const oxygenPercent = (x: Float64Array): number => 0.03 + (100 * x[X.hO2]!) / gasKmol(x);

export function hydrogenator(x: Float64Array, dx: Float64Array, u: Inputs): void {
  const tempC = hydrogenatorC(x);
  const total = gasKmol(x);
  const over = hydrogenatorMPa(x);
  const stir = Math.min(1, Math.max(0, x[X.hRpm]! / FULL_RPM));
  const saturated = ((P.hydrogenSolubilityKmolM3MPa * x[X.hH2]!) / total) * (over + ATMOSPHERE_MPA);
  const dissolved = P.hydrogenTransferPerS * (0.03 + 0.97 * stir ** 1.5) * (saturated * P.hydrogenatorLiquidM3 - x[X.hLiqH2]!);
  // settled catalyst sees a tenth of the liquid
  const surface = P.hydrogenRateM3S * u.catalyst * (0.1 + 0.9 * stir) * arrheniusRatio(P.hydrogenEnergyJMol, tempC, 90);
  const perM3 = Math.max(0, x[X.hLiqH2]!) / P.hydrogenatorLiquidM3;
  // order 0 in nitro down to 2 %; two thirds of the hydrogen go into the first step
  const nitroThere = Math.min(1, Math.max(0, x[X.hNitro]!) / (0.02 * P.nitroKmol));
  const first = (surface * perM3 * nitroThere) / 3;
  const second = P.intermediateRatePerS * u.catalyst * (0.1 + 0.9 * stir) * Math.max(0, x[X.hInt]!) * Math.min(1, perM3 / 0.01);
  const falls = P.intermediateFactor130PerS * arrheniusRatio(P.intermediateEnergyJMol, tempC, 130) * Math.max(0, x[X.hInt]!);
  const uptake = 2 * first + second;
  const burnt = P.oxygenOnCatalystPerS * (0.2 + 0.8 * stir) * Math.max(0, x[X.hO2]!);
  // swept under pressure: nitrogen holds 0.80 MPa, the vent lets off what is above
  const sweep = P.sweepKmolS * u.sweep * Math.max(0, Math.min(1, (0.85 - over) / 0.1));
  const vent = P.bleedKmolS * Math.min(1, Math.max(0, over) / 0.1) + P.sweepKmolS * u.sweep * Math.max(0, Math.min(1, (over - 0.75) / 0.1)) + 0.05 * u.relief * Math.max(0, over);
  dx[X.hNitro] = -first;
  dx[X.hInt] = first - second - falls;
  dx[X.hAmine] = second;
  dx[X.hLiqH2] = dissolved - uptake;
  dx[X.hH2] = u.hydrogenKmolS - dissolved - 2 * burnt - (vent * x[X.hH2]!) / total;
  dx[X.hN2] = sweep + 0.79 * u.airKmolS - (vent * x[X.hN2]!) / total + falls;
  dx[X.hO2] = 0.21 * u.airKmolS - burnt - (vent * x[X.hO2]!) / total;
  const toJacket = 1e-3 * P.hydrogenatorUaKW * (0.25 + 0.75 * stir ** (2 / 3)) * (tempC - hydrogenatorJacketC(x));
  const lost = 1e-6 * 100 * (tempC - P.ambientC);
  const heat = P.hydrogenHeatMJKmol * uptake + P.intermediateMJKmol * falls;
  dx[X.hMJ] = heat - toJacket - lost;
  const waterMW = WATER_MJ_KGK * u.hydrogenJacketKgS * (u.hydrogenJacketInC - hydrogenatorJacketC(x));
  dx[X.hjMJ] = toJacket + waterMW;
  dx[X.hRpm] = (FULL_RPM * u.hydrogenStirrer - x[X.hRpm]!) / 4;
  dx[X.hallLel] = 4 * u.hallLeak - x[X.hallLel]! / 120;
  dx[X.bH2] = u.hydrogenKmolS - (vent * x[X.hH2]!) / total;
  dx[X.bO2] = burnt;
  dx[X.bNitro] = first;
  dx[X.bHydrogen] = uptake;
  dx[X.bIntDec] = falls;
  dx[X.bMJ] = dx[X.bMJ]! + waterMW - lost;
}
