/** What a request comes to: facts, a refusal with its reasons, or a problem with the input. */
import type { Refusal, Verdict } from '../../contract/refusal.ts';
import { fact } from './facts.ts';
import type { Fact } from './facts.ts';
import type { Plant } from './plant.ts';
import type { StationState } from './state.ts';

export type Decision<Output = Record<string, never>> =
  | { readonly outcome: 'done'; readonly facts: readonly Fact[]; readonly output: Output }
  | { readonly outcome: 'refused'; readonly facts: readonly Fact[]; readonly refusal: Refusal }
  | { readonly outcome: 'failed'; readonly code: 'not-found' | 'bad-input'; readonly message: string };

export interface Context {
  readonly plant: Plant;
  readonly state: StationState;
  readonly nowMs: number;
}

export const done = (facts: readonly Fact[]): Decision => ({ outcome: 'done', facts, output: {} });
export const notFound = (what: string): Decision<never> => ({ outcome: 'failed', code: 'not-found', message: what });
export const badInput = (message: string): Decision<never> => ({ outcome: 'failed', code: 'bad-input', message });

/** A refusal is written to the journal like everything else that was decided. */
export function refused(verdict: Extract<Verdict, { allowed: false }>, nowMs: number, by: string | null): Decision<never> {
  const { refusal } = verdict;
  return { outcome: 'refused', refusal, facts: [fact('refused', nowMs, by, { operation: refusal.operation, direction: refusal.direction, obstacles: refusal.obstacles })] };
}
