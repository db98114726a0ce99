/** What time does to work permits. */
import type { Fact } from './facts.ts';
import { fact } from './facts.ts';
import type { Plant } from './plant.ts';
import type { StationState } from './state.ts';

export function lookAtPermits(_plant: Plant, state: StationState, nowMs: number): Fact[] {
  return state.permits.filter(({ phase, untilMs }) => phase === 'issued' && nowMs >= untilMs).map(({ number }) => fact('permit.expired', nowMs, null, { permit: number }));
}
