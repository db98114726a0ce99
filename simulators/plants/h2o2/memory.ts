/** What this plant remembers beside its states; part of every snapshot. */
import { P } from './parameters.ts';

export interface PlantMemory {
  tankMeanC: number;
  tankRateKh: number;
  prepDiscBroken: boolean;
  /** the residue separator has burst (A4-8) */
  residueBurst: boolean;
  /** hydrogen and oxygen met in hydrogenation (A4-6) */
  gasExploded: boolean;
  /** the level of V-4102 was lost: hydrogen went through to the oxidation (A4-2(1)) */
  gasThrough: boolean;
}

export function newMemory(): PlantMemory {
  return { tankMeanC: P.tankAmbientC, tankRateKh: 0, prepDiscBroken: false, residueBurst: false, gasExploded: false, gasThrough: false };
}
