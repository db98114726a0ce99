/** What the gates read of interlocks: which of them stand in the way, and which vote with less than they were built with. */
import { FALSE, TRUE, UNKNOWN } from '../../conditions/truth.ts';
import type { GateFacts } from '../../gates/gate-facts.ts';
import { isTestOwed, openEntryOf } from '../../interlocks/bypass.ts';
import type { InterlockObstacle } from '../../interlocks/interlocks.ts';
import { obstaclesOfPicture, standingOf } from '../../interlocks/interlock-standing.ts';
import type { InterlockPicture, InterlockStanding } from '../../interlocks/interlock-standing.ts';
import { isUnaccounted } from '../../interlocks/trips.ts';
import type { StationState } from '../state.ts';

function pictureOf(state: StationState, id: string, nowMs: number): InterlockPicture {
  const inputs = state.interlockInputs[id];
  return {
    state: state.interlocks[id]?.state ?? 'unknown',
    forced: inputs === undefined || inputs.forced === false ? FALSE : inputs.forced === true ? TRUE : UNKNOWN,
    channels: inputs?.channels ?? 'full',
    entry: openEntryOf(state.bypasses, id),
    testOwed: isTestOwed(state.bypasses, id),
    forcedReset: isUnaccounted(state.trips[id]),
    nowMs,
  };
}

export function interlockStanding(state: StationState, id: string, nowMs: number): InterlockStanding {
  return standingOf(pictureOf(state, id, nowMs));
}

export function interlockObstacles(state: StationState, id: string, nowMs: number): readonly InterlockObstacle[] {
  return obstaclesOfPicture(pictureOf(state, id, nowMs));
}

export function obstaclesOf(state: StationState, interlocks: readonly string[], nowMs: number): GateFacts['interlocks'] {
  return [...new Set(interlocks)].flatMap((id) => interlockObstacles(state, id, nowMs).map((obstacle) => ({ id, obstacle })));
}

export function degradedOf(state: StationState, interlocks: readonly string[]): GateFacts['degraded'] {
  return [...new Set(interlocks)].flatMap((id) => {
    const inputs = state.interlockInputs[id];
    return inputs?.channels === 'degraded' ? [{ id, voting: inputs.voting ?? '' }] : [];
  });
}
