/** Peroxide in water: heat capacity, density, and what it gives when all of it falls apart. Strength in kg/kg. */
import { P } from './parameters.ts';

/** J/kgK, mixed by mass */
export const solutionJKgK = (strength: number): number => P.waterJKgK + (P.peroxideJKgK - P.waterJKgK) * strength;
/** kg/m3 */
export const solutionKgM3 = (strength: number): number => 1000 + P.peroxideKgM3 * strength;
const molKg = (strength: number): number => (1000 * strength) / P.peroxideMolarMassGMol;
/** K that a solution heats itself by when nothing boils and nothing cools */
export const decompositionRiseK = (strength: number): number => (molKg(strength) * P.decompositionHeatJMol) / solutionJKgK(strength);
/** Nm3 of oxygen a cubic metre of solution */
export const oxygenNm3M3 = (strength: number): number => ((molKg(strength) * solutionKgM3(strength)) / 2) * (P.molarVolumeNm3Kmol / 1000);
