/** What the gates read of interlocks: which of them stand in the way, and which vote with less than they were built with. */
import type { GateFacts } from '../../gates/gate-facts.ts';
import { interlockObstacle, openBypassOf } from '../../interlocks/interlocks.ts';
import type { StationState } from '../state.ts';

export function obstaclesOf(state: StationState, interlocks: readonly string[], nowMs: number): GateFacts['interlocks'] {
  return [...new Set(interlocks)].flatMap((id) => {
    const obstacle = interlockObstacle(state.interlocks[id]?.state ?? 'unknown', openBypassOf(state.bypasses, id), nowMs);
    return obstacle === null ? [] : [{ id, obstacle }];
  });
}
