/** What a running plant remembers beside its state vector; part of every snapshot. */
import type { FaultOptions } from '../../kernel/fault-envelope.ts';

export interface ActiveFault { readonly id: string; readonly options: FaultOptions; readonly sinceS: number }

/** everything besides the state vector that the next step depends on and that has no home of its own */
export interface PlantMemory {
  timeS: number;
  tripSinceS: number | null;
  emergencyStop: boolean;
  forcedUntilS: number;
  tankMeanC: number;
  tankRateKh: number;
  running: boolean;
  prepDiscBroken: boolean;
}
