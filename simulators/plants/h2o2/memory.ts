/** What this plant remembers beside its states; part of every snapshot. */
import { P } from './parameters.ts';

export interface PlantMemory {
  tankMeanC: number;
  tankRateKh: number;
  prepDiscBroken: boolean;
}

export function newMemory(): PlantMemory {
  return { tankMeanC: P.tankAmbientC, tankRateKh: 0, prepDiscBroken: false };
}
