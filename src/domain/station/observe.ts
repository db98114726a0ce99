/**
 * Looks at the plant and says what follows: alarms, procedures, proofs, prohibitions, interlocks, people, incident.
 *
 * Pure: (plant, state, changes, now) -> facts. Facts are worked out in rounds, each on the state that the earlier ones
 * make, until nothing more follows; the caller writes them to the journal before anybody believes them.
 */
import { interlockAlarmIds } from '../alarms/interlock-alarms.ts';
import { ACTION_OVERDUE_ALARM_ID, ANALYSIS_OVERDUE_ALARM_ID, AUTHORITY_ALARM_ID, FOLLOW_UP_OVERDUE_ALARM_ID, TRAINING_OVERDUE_ALARM_ID, lateAlarmId, LINK_ALARM_ID, NO_PROCEDURE_ALARM_ID, PLATFORM_ALARM_ID, SITE_ALARM_ID } from '../alarms/own-alarms.ts';
import { lapsedOperations } from '../authority/matrix.ts';
import type { ConditionChange } from '../conditions/engine.ts';
import { TRUE, UNKNOWN } from '../conditions/truth.ts';
import { overdueAnalyses } from '../incidents/cause-analysis.ts';
import { overdueOf } from '../incidents/corrective-actions.ts';
import { overdueTraining } from '../drills/competence.ts';
import { overdueFollowUps } from '../incidents/follow-ups.ts';
import { entriesThatListen } from '../interlocks/bypass-events.ts';
import { platformDueMs } from '../platform/handed-on.ts';
import { headCount, zoneLimit, zoneState } from '../people/people.ts';
import { endAlarm, floodFacts, lookAtAlarms, lookAtSuppression, raiseAlarm } from './look-at-alarms.ts';
import type { Evidence } from './look-at-alarms.ts';
import { lookAtCameras, lookAtDiffering, lookAtRollCall } from './look-at-people.ts';
import { mayEndPeopleAlarm, peopleAlarmIds, peopleAlarms } from './people-alarms.ts';
import { owedAfter } from './analysis-commands.ts';
import { evolve } from './evolve.ts';
import { fact } from './facts.ts';
import type { Fact } from './facts.ts';
import { interlockAlarmCanEnd, interlockAlarmsWanted, lookAtInputs, lookAtInterlocks, lookAtRegister, lookAtTrips } from './look-at-interlocks.ts';
import { lookAtCourses, lookAtLeads, lookAtSuspended, raiseProcedure } from './look-at-courses.ts';
import { lookAtPermits, lookAtWork } from './look-at-work.ts';
import { procedureLimits, tagCount } from './people-of.ts';
import type { Plant } from './plant.ts';
import { EMPTY_ZONE } from './state.ts';
import type { ProcedureRun, StationState } from './state.ts';
import { placeOf } from '../procedures/machine.ts';

/** More rounds than this means that facts chase each other: a broken invariant. One round moves each course by one step, and a procedure may have 60. */
const ROUNDS_MAX = 200;

type Look = (plant: Plant, state: StationState, nowMs: number) => Fact[];

/** In this order, so that what one finds the next can use in the same round. */
const LOOKS: readonly Look[] = [lookAtRegister, lookAtPermits, lookAtInterlocks, lookAtInputs, lookAtTrips, lookAtTriggers, lookAtStages, lookAtPeople, lookAtDiffering, lookAtCameras, lookAtRollCall, lookAtProhibitions, lookAtSuspended, lookAtWork, lookAtCourses, lookAtLeads, lookAtOwnAlarms, lookAtSuppression, lookAtAlarms, floodFacts, lookAtIncident];

export interface Observed {
  readonly facts: readonly Fact[];
  readonly state: StationState;
}

export function observe(plant: Plant, state: StationState, changes: readonly ConditionChange[], nowMs: number): Observed {
  const facts: Fact[] = [];
  let next = state;
  const add = (found: readonly Fact[]): void => {
    for (const f of found) {
      facts.push(f);
      next = evolve(next, f, plant.machines);
    }
  };
  // First what is suppressed by design, so that nothing is put before the operator only to be taken away again.
  add(lookAtSuppression(plant, next, nowMs));
  for (const change of changes) {
    // Parts of other conditions and proofs decide nothing by themselves: what they lead to is journaled, they are not.
    const role = plant.conditions.get(change.id)?.role;
    if (role !== undefined && (role !== 'input' || plant.timedParts.has(change.id))) add(conditionFacts(plant, next, change));
  }
  for (let round = 0; ; round += 1) {
    if (round >= ROUNDS_MAX) throw new Error('broken invariant: observations do not come to rest');
    const before = facts.length;
    for (const look of LOOKS) add(look(plant, next, nowMs));
    if (facts.length === before) return { facts, state: next };
  }
}

/** A condition changed: the change itself, and its alarm. Prohibitions get theirs from the procedure that names them. */
function conditionFacts(plant: Plant, state: StationState, change: ConditionChange): Fact[] {
  const { id, state: now, atMs, sourceMs, input, value, limit } = change;
  const facts: Fact[] = [fact('condition.changed', atMs, null, { id, state: now, sourceMs, input, value, limit })];
  const def = plant.conditions.get(id);
  if (def?.role !== 'trigger' && def?.role !== 'warning') return facts;
  // Here and not by a look: one that is gone again before anybody looks has been there all the same. Held through unknown it is the same one still.
  if (now === 'raised' && def.role === 'trigger' && state.conditions.get(id)?.held !== true) facts.push(...entriesThatListen(state.bypasses).map((entry) => fact('bypass.event', atMs, null, { bypass: entry.id, condition: id })));
  if (now === 'raised') facts.push(...raiseAlarm(plant, state, id, atMs, { sourceMs, input, value, limit, delayMs: def.onDelay }));
  if (now === 'cleared') facts.push(...endAlarm(state, id, atMs));
  return facts;
}

/** The triggers that are held, as they were last asked for: every look asks, many times a second, and they change only when a condition does. */
const heldBefore = new WeakMap<Plant, { readonly conditions: StationState['conditions']; readonly held: Plant['triggers'] }>();

function heldTriggers(plant: Plant, { conditions }: StationState): Plant['triggers'] {
  const known = heldBefore.get(plant);
  if (known?.conditions === conditions) return known.held;
  const held = plant.triggers.filter((c) => conditions.get(c.id)?.held === true);
  heldBefore.set(plant, { conditions, held });
  return held;
}

/** Abnormal conditions raise their procedures; one without a procedure means: stop (4.1.2). */
function lookAtTriggers(plant: Plant, state: StationState, nowMs: number): Fact[] {
  const held = heldTriggers(plant, state);
  const facts: Fact[] = [];
  const forTheUnforeseen = plant.pack.procedures.filter((p) => p.clauses.includes('4.1.2')).map((p) => p.id);
  const raised = new Map<string, string[]>();
  const unanswered: string[] = [];
  for (const condition of held) {
    const known = condition.starts.filter((id) => plant.procedures.has(id));
    // The procedure for the unforeseen answers what no other does: stop at once. It is raised, and it is said that no other fits.
    const starts = known.length > 0 ? known : forTheUnforeseen;
    if (starts.every((id) => forTheUnforeseen.includes(id))) unanswered.push(condition.id);
    for (const id of starts) raised.set(id, [...(raised.get(id) ?? []), condition.id]);
  }
  let count = 0;
  for (const [procedureId, because] of raised) {
    const run = state.runs.find((r) => r.procedure === procedureId);
    if (run !== undefined) {
      const added = because.filter((id) => !run.because.some((b) => b.condition === id));
      if (added.length > 0) facts.push(fact('procedure.because', nowMs, null, { instance: run.instance, because: added }));
    } else {
      facts.push(raiseProcedure(plant, state, procedureId, because, nowMs, count));
      count += 1;
    }
  }
  const was = state.noProcedure ?? [];
  const isSame = was.length === unanswered.length && was.every((id, i) => unanswered[i] === id);
  if (!isSame) facts.push(unanswered.length > 0 ? fact('no-procedure.raised', nowMs, null, { because: unanswered }) : fact('no-procedure.cleared', nowMs, null, {}));
  return facts;
}

/** Zones of a raised procedure are unclear until somebody assesses them (4.2.1); without a procedure, all are. */
function lookAtStages(plant: Plant, state: StationState, nowMs: number): Fact[] {
  const concerned = new Set(state.runs.flatMap((run) => plant.procedures.get(run.procedure)?.people.zones ?? []));
  return plant.pack.zones.flatMap((zone) => {
    const { stage } = state.zones[zone.id] ?? EMPTY_ZONE;
    const isConcerned = concerned.has(zone.id) || state.noProcedure !== null;
    if (isConcerned && stage === 'normal') return [fact('people.staged', nowMs, null, { zone: zone.id, stage: 'unclear', assessment: '' })];
    if (!isConcerned && stage !== 'normal') return [fact('people.staged', nowMs, null, { zone: zone.id, stage: 'normal', assessment: '' })];
    return [];
  });
}

function lookAtPeople(plant: Plant, state: StationState, nowMs: number): Fact[] {
  return plant.pack.zones.flatMap((zone) => {
    const record = state.zones[zone.id] ?? EMPTY_ZONE;
    const counted = tagCount(plant, zone.countTag);
    const limit = zoneLimit(record.stage, procedureLimits(plant, state, zone.id));
    const count = headCount(counted, record.entries);
    const now = zoneState(counted, record.entries, limit);
    if (limit === null && record.limit === null && record.state === 'within') return []; // normal running: the guideline sets no figure, and every step of a person is not news
    if (count === record.count && limit === record.limit && now === record.state) return [];
    return [fact('people.changed', nowMs, null, { zone: zone.id, count, limit, state: now })];
  });
}

function lookAtProhibitions(plant: Plant, state: StationState, nowMs: number): Fact[] {
  const facts: Fact[] = [];
  const violated = new Set<string>();
  const watched = new Set<string>();
  for (const run of state.runs) {
    for (const prohibition of plant.procedures.get(run.procedure)?.prohibitions ?? []) {
      if (prohibition.watchedBy === undefined) continue;
      watched.add(prohibition.watchedBy);
      const truth = plant.engine.truthOf(prohibition.watchedBy) ?? UNKNOWN;
      // A broken prohibition stays broken while its tag is not known: a bad value never clears.
      const now = truth === TRUE ? 'violated' : truth === UNKNOWN ? (run.prohibitions[prohibition.id] === 'violated' ? 'violated' : 'unknown') : 'kept';
      if (now === 'violated') violated.add(prohibition.watchedBy);
      if (run.prohibitions[prohibition.id] !== now) facts.push(fact('prohibition.changed', nowMs, null, { instance: run.instance, id: prohibition.id, clause: prohibition.clause, state: now }));
    }
  }
  for (const condition of plant.prohibitions) {
    if (condition.standing === true) {
      watched.add(condition.id);
      if (plant.engine.truthOf(condition.id) === TRUE) violated.add(condition.id);
    }
    const record = state.conditions.get(condition.id);
    if (violated.has(condition.id)) facts.push(...raiseAlarm(plant, state, condition.id, nowMs, { sourceMs: record?.sourceMs ?? nowMs, input: record?.input ?? null, value: record?.value ?? null, limit: null }));
    else if (!watched.has(condition.id) || plant.engine.truthOf(condition.id) === 0) facts.push(...endAlarm(state, condition.id, nowMs));
  }
  return facts;
}

const ownIds = new WeakMap<Plant, readonly string[]>();

/** What the station alarms by itself: the same for a plant as long as it is loaded. */
function ownAlarmIds(plant: Plant): readonly string[] {
  const known = ownIds.get(plant) ?? [...plant.pack.interlocks.flatMap((i) => interlockAlarmIds(i.id)), ...plant.pack.zones.flatMap((z) => peopleAlarmIds(z.id)), ...plant.pack.procedures.map((p) => lateAlarmId(p.id)), NO_PROCEDURE_ALARM_ID, LINK_ALARM_ID, SITE_ALARM_ID, AUTHORITY_ALARM_ID, ACTION_OVERDUE_ALARM_ID, ANALYSIS_OVERDUE_ALARM_ID, FOLLOW_UP_OVERDUE_ALARM_ID, TRAINING_OVERDUE_ALARM_ID, PLATFORM_ALARM_ID];
  ownIds.set(plant, known);
  return known;
}

function lookAtOwnAlarms(plant: Plant, state: StationState, nowMs: number): Fact[] {
  const wanted = new Map<string, Evidence>();
  const evidence = (input: string | null): Evidence => ({ sourceMs: nowMs, input, value: null, limit: null });
  for (const { id, input } of interlockAlarmsWanted(plant, state, nowMs)) wanted.set(id, evidence(input));
  for (const [id, found] of peopleAlarms(plant, state, nowMs)) wanted.set(id, found);
  for (const run of state.runs) if (isLate(run)) wanted.set(lateAlarmId(run.procedure), evidence(null));
  if (state.noProcedure !== null) wanted.set(NO_PROCEDURE_ALARM_ID, evidence(null));
  if (!['connected', 'connecting', 'stopped'].includes(state.link)) wanted.set(LINK_ALARM_ID, evidence(null));
  if (plant.pack.site?.applied === false) wanted.set(SITE_ALARM_ID, evidence(null));
  if (lapsedOperations(plant.pack.authority, nowMs).length > 0) wanted.set(AUTHORITY_ALARM_ID, evidence(null));
  if (overdueOf(state.actions, nowMs).length > 0) wanted.set(ACTION_OVERDUE_ALARM_ID, evidence(null));
  if (nowMs >= platformDueMs(state.handedOn)) wanted.set(PLATFORM_ALARM_ID, evidence(null));
  if (overdueAnalyses(state.aftermath.analyses, nowMs).length > 0) wanted.set(ANALYSIS_OVERDUE_ALARM_ID, evidence(null));
  if (overdueFollowUps(state.aftermath.followUps, nowMs).length > 0) wanted.set(FOLLOW_UP_OVERDUE_ALARM_ID, evidence(null));
  if (overdueTraining(state.competence, nowMs).length > 0) wanted.set(TRAINING_OVERDUE_ALARM_ID, evidence(null));
  return ownAlarmIds(plant).flatMap((id) => {
    const found = wanted.get(id);
    if (found !== undefined) return raiseAlarm(plant, state, id, nowMs, found);
    return state.alarms.get(id)?.active === true && canEnd(plant, state, id, nowMs) ? endAlarm(state, id, nowMs) : [];
  });
}

/** Something of it ran out of time and is still to be done. Once the plant is safe, what was late on the way there is history. */
function isLate({ course }: ProcedureRun): boolean {
  const { steps, deadlines, continuous, safeOverdue } = course.context;
  const place = placeOf(course);
  const isRetreating = place === 'retreating' || place === 'stopping';
  return (isRetreating && (safeOverdue || Object.values(steps).some(({ overdue, doneMs }) => overdue && doneMs === null)))
    || Object.values(deadlines).some(({ state }) => state === 'exceeded') || Object.values(continuous).some(({ state }) => state === 'overdue');
}

/** An alarm about something that has become unknown stays: unknown never clears. */
function canEnd(plant: Plant, state: StationState, id: string, nowMs: number): boolean {
  if (!interlockAlarmCanEnd(plant, state, id)) return false;
  const zone = plant.pack.zones.find((z) => peopleAlarmIds(z.id).includes(id));
  return zone === undefined || mayEndPeopleAlarm(state, zone, id, nowMs);
}

/** Everything from the first abnormal condition (or retreat) to the closed return is one incident. */
function lookAtIncident(plant: Plant, state: StationState, nowMs: number): Fact[] {
  const isActive = heldTriggers(plant, state).length > 0 || state.runs.length > 0 || state.noProcedure !== null;
  if (isActive && state.incident === null) return [fact('incident.opened', nowMs, null, { incident: `I-${String(nowMs)}`, firstCondition: firstCondition(plant, state) })];
  if (!isActive && state.incident !== null) return [fact('incident.closed', nowMs, null, { incident: state.incident.id }), ...owedAfter(state, state.incident, nowMs)];
  return [];
}

function firstCondition(plant: Plant, state: StationState): string | null {
  const held = [...state.conditions.values()].filter((c) => c.held && plant.conditions.get(c.id)?.role === 'trigger');
  return held.sort((a, b) => a.sourceMs - b.sourceMs)[0]?.id ?? null;
}

