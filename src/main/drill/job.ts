/** What a worker is asked and answers. Plain data over the channel between processes; whoever sends it is this program. */
import type { DrillSummary } from './summary.ts';
import type { Stratum } from './variant.ts';

export interface DrillTask {
  /** Counts the tasks of one call; the answer carries it. */
  readonly n: number;
  readonly plant: string;
  /** File of the exercise. */
  readonly file: string;
  /** Null: nobody. */
  readonly person: string | null;
  readonly seed: number;
  /** Draws the variant of the exercise; absent: as it is written. */
  readonly variant?: number;
  /** It is one of several variants of this exercise that are drawn by plan. */
  readonly stratum?: Stratum;
  readonly isControl?: boolean;
  readonly untilCaught?: boolean;
  /** It begins in a state that is already something to tell (a hot tank): what is told before the fault is then no false alarm. */
  readonly beginsUpset?: boolean;
  /** Ends when the clause was told and its margin lost. */
  readonly untilKnown?: boolean;
  readonly stepS?: number;
  readonly endS?: number;
}

export interface WorkerOptions { readonly rulesDir: string; readonly proceduresDir: string }
export type ToWorker = { readonly kind: 'options'; readonly options: WorkerOptions } | { readonly kind: 'task'; readonly task: DrillTask };
export type FromWorker =
  | { readonly kind: 'ready' }
  | { readonly kind: 'done'; readonly n: number; readonly summary: DrillSummary; readonly tookMs: number }
  | { readonly kind: 'failed'; readonly n: number; readonly message: string };
