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

export type BodyShape = 'slab' | 'cylinder' | 'sphere';
const DIMENSION: Readonly<Record<BodyShape, number>> = { slab: 0, cylinder: 1, sphere: 2 };
/** dimensionless: steps of the integration outwards, and how far; the greatest value lies near 1.2, 2.8 and 4.1 */
const OUTWARD_STEP = 1e-3, OUTWARD_END = 8;

/**
 * Frank-Kamenetskii's critical number of a body that stands still and conducts (delta_c): above it no steady temperature exists and it explodes.
 * `theta'' + j/x theta' + delta e^theta = 0`, cold at the surface. From the centre outwards there is one curve for all bodies, y(s) with s = x sqrt(delta e^theta0);
 * a surface laid at s has delta = s^2 e^y, and the greatest of these is delta_c. Runge-Kutta of order 4. Source: Frank-Kamenetskii, Acta Physicochim. URSS 10 (1939) 365.
 */
export function frankKamenetskiiCritical(shape: BodyShape): number {
  const j = DIMENSION[shape];
  const bend = (s: number, y: number, slope: number): number => -Math.exp(y) - (j * slope) / s;
  // the first step by the series at the centre, where j / s has no value
  let s = OUTWARD_STEP, y = -(s * s) / (2 * (j + 1)), slope = -s / (j + 1), most = 0;
  while (s < OUTWARD_END) {
    const h = OUTWARD_STEP;
    const k1 = bend(s, y, slope), l1 = slope;
    const k2 = bend(s + h / 2, y + (h / 2) * l1, slope + (h / 2) * k1), l2 = slope + (h / 2) * k1;
    const k3 = bend(s + h / 2, y + (h / 2) * l2, slope + (h / 2) * k2), l3 = slope + (h / 2) * k2;
    const k4 = bend(s + h, y + h * l3, slope + h * k3), l4 = slope + h * k3;
    y += (h / 6) * (l1 + 2 * l2 + 2 * l3 + l4);
    slope += (h / 6) * (k1 + 2 * k2 + 2 * k3 + k4);
    s += h;
    most = Math.max(most, s * s * Math.exp(y));
  }
  return most;
}
