/**
 * The nitroaniline batch of Sauget, 8 August 1969: o-nitrochlorobenzene and ammonia, cooling lost for some minutes (Vincent, Loss Prevention 5 (1971) 46; the
 * figures as in research/simulators.md 2.2). Energy in kcal, time in minutes, temperature in kelvin, as the sources have them.
 */
export interface Charge { readonly oncbKmol: number; readonly ammoniaKmol: number; readonly waterKmol: number; readonly volumeM3: number }
/** that day's charge, and the normal one [S] */
export const ACCIDENT: Charge = { oncbKmol: 9.0448, ammoniaKmol: 33, waterKmol: 103.7, volumeM3: 5.119 };
export const NORMAL: Charge = { oncbKmol: 3.17, ammoniaKmol: 43, waterKmol: 103.6, volumeM3: 3.26 };

const ISOTHERMAL_K = 448;
const COOLANT_K = 298;
const UA_KCAL_MIN_K = 35.85;
const HEAT_KCAL_KMOL = 5.9e5;
const ENERGY_CAL_MOL = 11_273;
const GAS_CAL_MOL_K = 1.987;
const RATE_461_M3_KMOL_MIN = 1.7e-4;

export const LOST_AT_MIN = 45;

/** x: ONCB left in kmol, temperature in kelvin */
export function oncb(charge: Charge, lossMin: number): (tMin: number, x: Float64Array, dx: Float64Array) => void {
  const heatCapacity = 40 * charge.oncbKmol + 8.38 * charge.ammoniaKmol + 18 * charge.waterKmol;
  return (tMin, x, dx) => {
    const left = x[0]!;
    const tempK = x[1]!;
    const k = RATE_461_M3_KMOL_MIN * Math.exp((ENERGY_CAL_MOL / GAS_CAL_MOL_K) * (1 / 461 - 1 / tempK));
    const rate = (k * left * (charge.ammoniaKmol - 2 * (charge.oncbKmol - left))) / charge.volumeM3;
    const made = rate * HEAT_KCAL_KMOL;
    const full = UA_KCAL_MIN_K * (tempK - COOLANT_K);
    const cooled = tMin < LOST_AT_MIN ? made : tMin < LOST_AT_MIN + lossMin ? 0 : full;
    dx[0] = -rate;
    dx[1] = (made - cooled) / heatCapacity;
  };
}
export const START_K = ISOTHERMAL_K;
