/**
 * Arrhenius factors, thermal explosion numbers, and counter-current extraction, as closed forms that tests can check.
 * Sources: Semenov, Z. Phys. Chem. 48 (1928) 571 (exact form as in research/simulators.md 8.2); Kremser, Nat. Petrol. News 22 (1930) 42.
 * Energies in J/mol, temperatures in degC unless the name ends in K.
 */
import { GAS_CONSTANT_J_MOL_K as R } from './flow.ts';

export const ZERO_C_IN_K = 273.15;

/** k(T)/k(T0) */
export function arrheniusRatio(energyJMol: number, tempC: number, referenceC: number): number {
  return Math.exp((-energyJMol / R) * (1 / (tempC + ZERO_C_IN_K) - 1 / (referenceC + ZERO_C_IN_K)));
}

/** Temperature (K) of the tangent point of Semenov's diagram. */
export function semenovCriticalK(ambientK: number, energyJMol: number): number {
  const e = (R * ambientK) / energyJMol;
  return (ambientK / (2 * e)) * (1 - Math.sqrt(1 - 4 * e));
}

/** Heat rate at ambient temperature, in W, at which a body cooled by UA (W/K) becomes critical. */
export function semenovCriticalHeatW(ambientK: number, energyJMol: number, uaWK: number): number {
  const criticalK = semenovCriticalK(ambientK, energyJMol);
  return uaWK * (criticalK - ambientK) * Math.exp((energyJMol / R) * (1 / criticalK - 1 / ambientK));
}

/** The same by the classical approximation psi_c = 1/e (e = RTa/E -> 0): a few percent low, and what research/simulators.md 5.2 quotes. */
export function semenovApproximateHeatW(ambientK: number, energyJMol: number, uaWK: number): number {
  return (uaWK * R * ambientK * ambientK) / energyJMol / Math.E;
}

/** Fraction of the solute left in the raffinate after N theoretical stages with extraction factor E. */
export function kremserRaffinate(extractionFactor: number, stages: number): number {
  if (Math.abs(extractionFactor - 1) < 1e-9) return 1 / (stages + 1);
  return (extractionFactor - 1) / (extractionFactor ** (stages + 1) - 1);
}
