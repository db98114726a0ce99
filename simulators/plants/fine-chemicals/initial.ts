/**
 * Where an exercise begins: R-1101 an hour into dosing (the moment of F1-01 in 2.5), R-1201 at 70 % of its nitro, R-1301 with 30 % of the halide in,
 * C-1401 at 60 %, the off-gas steady. Figures of R-1101: the reference run of V07/V08 at 60 min [C]; the rest settles within a minute.
 */
import { ATMOSPHERE_MPA, GAS_MJ_KMOL_K, P } from './parameters.ts';
import type { StateName } from './states.ts';
import { STATE_COUNT, X } from './states.ts';
import { bubbleC } from './still.ts';

/** integral of TIC-1101 with which the reference batch begins, and at 60 min of it, degC of jacket inlet */
export const INTEGRAL_AT_START = 57.86;
export const INTEGRAL_AT_60 = 39.42;

interface R1101 { readonly kg: number; readonly a: number; readonly b: number; readonly tempC: number; readonly jacketC: number }
export function r1101States({ kg, a, b, tempC, jacketC }: R1101): Partial<Record<StateName, number>> {
  return {
    rKg: kg, rA: a, rB: b, rP: 12 - b, rMJ: tempC * (kg * P.chargeMJKgK + P.reactorWallMJK), rjMJ: jacketC * P.jacketMJK,
    rGas: ((ATMOSPHERE_MPA + P.ventSetMPa - 0.0095) * P.reactorGasM3) / (GAS_MJ_KMOL_K * (tempC + 273.15)), bDose: kg - P.batchBKg,
  };
}

interface R1301 { readonly percent: number; readonly reacted: number; readonly tempC: number; readonly jacketC: number; readonly z: number; readonly w: number }
export function r1301States({ percent, reacted, tempC, jacketC, z, w }: R1301): Partial<Record<StateName, number>> {
  const halide = (percent / 100) * P.halideKmol;
  const kg = P.solventKg + halide * P.halideKgKmol;
  return {
    gKg: kg, gRx: halide - reacted, gRMgX: reacted, gZ: z, gW: w, gMJ: tempC * (kg * P.grignardMJKgK + P.grignardWallMJK), gjMJ: jacketC * P.grignardJacketMJK,
    gMPa: 0.01, bHalide: halide, bRx: halide, bGrignard: reacted,
  };
}

export function stillStates(level: number, light = 0.955): Partial<Record<StateName, number>> {
  const volatile = (level / 100) * P.potFullKg - P.residueKg;
  const kmol = volatile / (light * 92.14 + (1 - light) * 106.17);
  const tempC = bubbleC(light, 101) + 0.85;
  const kg = volatile + P.residueKg;
  return { cLight: light * kmol, cHeavy: (1 - light) * kmol, cResKg: P.residueKg, cMJ: tempC * (kg * P.potMJKgK + P.potMetalMJK), cwMJ: (tempC + 8.7) * P.wallMJK, cTopC: 110.4, cKPa: 101 };
}

export const R1101_AT_60: R1101 = { kg: 4333.33, a: 0.3873, b: 12 - (4 - 0.3873), tempC: 63.463, jacketC: 32.17 };

export function initialState(): Float64Array {
  const x = new Float64Array(STATE_COUNT);
  const put = (values: Partial<Record<StateName, number>>): void => {
    for (const [name, value] of Object.entries(values)) x[X[name as StateName]] = value;
  };
  put(r1101States(R1101_AT_60));
  put({ rRpm: P.stirrerRpm, dKg: P.quenchKg, dQuenchKg: P.quenchKg, dMJ: 20 * (P.quenchKg * P.quenchMJKgK + P.quenchWallMJK), dGas: (ATMOSPHERE_MPA * 6) / (GAS_MJ_KMOL_K * 293.15) });
  put({ sKg: P.sisterHeelKg, sMJ: 20.3 * (P.sisterHeelKg * P.chargeMJKgK + P.reactorWallMJK) });
  const gas = ((0.8 + ATMOSPHERE_MPA) * P.hydrogenatorGasM3) / (GAS_MJ_KMOL_K * 363.15);
  put({ hNitro: 7, hInt: 0.099, hAmine: 2.9, hLiqH2: 0.0575, hH2: 0.98 * gas, hN2: 0.02 * gas, hMJ: 90 * P.hydrogenatorMJK, hjMJ: 57.8 * P.hydrogenatorJacketMJK, hRpm: 200 });
  put(r1301States({ percent: 30, reacted: 1.1845, tempC: 45, jacketC: 37.2, z: 1, w: 0 }));
  put({ vKg: P.quenchHeelKg, vMJ: 15 * (P.quenchHeelKg * P.grignardMJKgK + P.grignardWallMJK), vMPa: 0.005 });
  put(stillStates(60));
  put({ tDuctPa: -500, tAlkA: 1, tAlkB: 1, tMJ: 35 * P.sumpMJK });
  return x;
}
