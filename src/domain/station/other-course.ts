/**
 * A simulated plant is put back (TRAINING): an exercise begins, ends, or is led back. What belongs to the course that is left ends here, by facts with their reason; what is not of
 * it is left alone. Going back gives the station what it knew and had decided at that moment of the course that is gone on with (decision 0038).
 */
import { IdMap } from '../alarms/id-map.ts';
import { PARTS } from './evolve-led-back.ts';
import type { Part } from './evolve-led-back.ts';
import { fact } from './facts.ts';
import type { Fact, FactMap } from './facts.ts';
import { endAlarm } from './look-at-alarms.ts';
import type { Plant } from './plant.ts';
import type { StationState } from './state.ts';

export type CourseEnds = FactMap['procedure.ended']['because'];

/** Stands in records of people's own words. */
const REASONS: Readonly<Record<CourseEnds, string>> = { 'exercise-began': '演练开始，装置已复位 / an exercise began, the plant was put back', 'exercise-ended': '演练已结束 / the exercise has ended', 'led-back': '装置已退回 / the plant was led back' };

/**
 * Ends what stands: procedures, roll-call, incident, what conditions and people had said of the plant. Entries, permits and shelved alarms only where they are younger than `sinceMs`;
 * bypasses end with their keys (`putBack`). No analysis is owed for the incident: an exercise has its debrief.
 */
export function endOfCourse(plant: Plant, state: StationState, because: CourseEnds, sinceMs: number, nowMs: number): Fact[] {
  const { runs, rollCall, noProcedure, incident } = state;
  const raised = [...state.conditions.values()].filter(({ held }) => held).map(({ id }) => id);
  const told = raised.filter((id) => { const role = plant.conditions.get(id)?.role; return role === 'trigger' || role === 'warning'; });
  return [
    ...runs.map(({ instance }) => fact('procedure.ended', nowMs, null, { instance, because })),
    ...(noProcedure === null ? [] : [fact('no-procedure.cleared', nowMs, null, {})]),
    ...(rollCall === null || rollCall.endedMs !== null ? [] : [fact('roll-call.ended', nowMs, null, {})]),
    ...signedSince(state, because, sinceMs, nowMs),
    ...told.flatMap((id) => endAlarm(state, id, nowMs)),
    ...(incident === null ? [] : [fact('incident.closed', nowMs, null, { incident: incident.id })]),
    ...forgotten(state, raised, because, nowMs),
  ];
}

function forgotten({ observations, labs }: StationState, conditions: readonly string[], because: CourseEnds, nowMs: number): Fact[] {
  const [seen, results] = [Object.keys(observations), Object.keys(labs)];
  return conditions.length + seen.length + results.length === 0 ? [] : [fact('training.forgot', nowMs, null, { because, conditions, observations: seen, labs: results })];
}

/** What people have put down in the course, and what is not taken back by anything else. */
function signedSince({ zones, permits, alarms }: StationState, because: CourseEnds, sinceMs: number, nowMs: number): Fact[] {
  return [
    ...Object.entries(zones).flatMap(([zone, { entries }]) => entries.filter(({ atMs }) => atMs >= sinceMs).map(({ id }) => fact('people.left', nowMs, null, { zone, entry: id }))),
    ...permits.filter(({ phase, issuedMs }) => phase !== 'closed' && issuedMs >= sinceMs).map(({ number }) => fact('permit.closed', nowMs, null, { permit: number, reason: REASONS[because] })),
    ...[...alarms.values()].filter(({ shelved }) => shelved !== null && shelved.sinceMs >= sinceMs).map(({ id }) => fact('alarm.unshelved', nowMs, null, { id, because: 'exercise' })),
  ];
}

/** As JSON text, so that the record holds what is read again: more than this is not put on record, and the course begins with nothing. */
const STANDING_MAX_LENGTH = 900_000;

/**
 * The plant stands where it stood at `then`, and so does the station. Times that still run are put off by what has gone by since.
 * @param then the station at that moment; null = not known any more: what stands ends
 * @param moment where from and to, as the fact tells it
 */
export function ledBack(plant: Plant, state: StationState, then: StationState | null, moment: Omit<FactMap['training.led-back'], 'standing'>, nowMs: number, by: string | null): Fact[] {
  const standing = then === null ? null : JSON.stringify(putOff(Object.fromEntries(PARTS.map((part) => [part, plainOf(part, then)])), Math.max(0, nowMs - moment.toMs)));
  const known = standing !== null && standing.length <= STANDING_MAX_LENGTH ? standing : null;
  const { incident } = state;
  const ended = known === null ? endOfCourse(plant, state, 'led-back', moment.toMs, nowMs) : incident === null || incident.id === then?.incident?.id ? [] : [fact('incident.closed', nowMs, null, { incident: incident.id })];
  return [...ended, fact('training.led-back', nowMs, by, { ...moment, standing: known })];
}

/** Only what is raised is gone on with: of the others the tags tell. */
function plainOf(part: Part, then: StationState): unknown {
  const value = then[part];
  if (part === 'conditions') return [...then.conditions.entries()].filter(([, { held }]) => held);
  return value instanceof IdMap ? [...value.entries()] : value;
}

/** Moments up to which something may last, or from which it runs. When something was signed or raised stays as it was. */
const RUNNING: ReadonlySet<string> = new Set(['dueMs', 'startedMs', 'safeDueMs', 'respondByMs', 'answerByMs', 'overdueMs', 'untilMs', 'onsetMs']);

function putOff(value: unknown, byMs: number, key = ''): unknown {
  if (typeof value === 'number') return RUNNING.has(key) && value > 0 ? value + byMs : value;
  if (Array.isArray(value)) return value.map((each) => putOff(each, byMs));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, putOff(each, byMs, name)]));
}
