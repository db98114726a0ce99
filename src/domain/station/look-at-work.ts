/** What time and plant do to work that goes on: permits run out, and what people were let in on holds no longer. */
import { permitAlarmId } from '../alarms/own-alarms.ts';
import type { Fact } from './facts.ts';
import { fact } from './facts.ts';
import { workLost } from './gates/work-facts.ts';
import { endAlarm, raiseAlarm } from './look-at-alarms.ts';
import { procedureOf } from './plant.ts';
import type { Plant } from './plant.ts';
import type { StationState } from './state.ts';

export function lookAtPermits(_plant: Plant, state: StationState, nowMs: number): Fact[] {
  return state.permits.filter(({ phase, untilMs }) => phase === 'issued' && nowMs >= untilMs).map(({ number }) => fact('permit.expired', nowMs, null, { permit: number }));
}

/**
 * Raised while the step is still permitted, so before the course withdraws it in the same look; stays until the work stands on something
 * again, or is no longer to be done. A permit that runs out before anybody began is no alarm.
 */
export function lookAtWork(plant: Plant, state: StationState, nowMs: number): Fact[] {
  return plant.pack.procedures.flatMap(({ id }) => {
    const lost = state.runs.filter(({ procedure }) => procedure === id).map((run) => {
      const procedure = procedureOf(plant, run);
      return procedure === null ? null : workLost(plant, state, procedure, run, nowMs);
    });
    const alarmId = permitAlarmId(id);
    if (lost.includes('open')) return raiseAlarm(plant, state, alarmId, nowMs, { sourceMs: nowMs, input: null, value: null, limit: null });
    return lost.includes('shut') ? [] : endAlarm(state, alarmId, nowMs);
  });
}
