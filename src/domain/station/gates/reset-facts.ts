/** What a reset waits for (3.5): the cause of the trip, and every trip condition shown false. */
import type { Text } from '../../../contract/text.ts';
import { isOpenTrip } from '../../interlocks/trips.ts';
import type { Plant } from '../plant.ts';
import type { ProcedureRun, StationState } from '../state.ts';
import { tripConditionsOf } from './run-facts.ts';

export function runsOf(plant: Plant, state: StationState, interlock: string): readonly ProcedureRun[] {
  return state.runs.filter((run) => plant.procedures.get(run.procedure)?.interlocks.includes(interlock));
}

/** Of the trip itself, or recorded in every running procedure that the function protects. */
export function isCauseOfTripKnown(plant: Plant, state: StationState, interlock: string): boolean {
  const runs = runsOf(plant, state, interlock);
  const trip = state.trips[interlock];
  const isRecordedByRuns = runs.every((run) => run.course.context.cause !== null);
  return isOpenTrip(trip) ? trip.cause !== null || (runs.length > 0 && isRecordedByRuns) : isRecordedByRuns;
}

export function missingForReset(plant: Plant, state: StationState, interlock: string): Text[] {
  const cause = isCauseOfTripKnown(plant, state, interlock) ? [] : [{ zh: '动作原因未登记', en: 'the cause of the trip was not recorded' }];
  return [...cause, ...tripConditionsOf(plant, interlock).map(({ text }) => text)];
}
