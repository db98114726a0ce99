/**
 * Folds one fact into the state. No decisions here: only what the fact says. Never throws on facts that this version's
 * packs no longer know (an older journal must still open); what it cannot place it leaves alone.
 */
import type { Bypass } from '../interlocks/interlocks.ts';
import { handedOver } from '../handover/shift.ts';
import { initialCourse, moveCourse, placeOf } from '../procedures/machine.ts';
import type { CompiledProcedure } from '../procedures/machine.ts';
import type { CourseTable } from '../procedures/course-table.ts';
import { evolveAlarm, evolveFlood } from './evolve-alarm.ts';
import type { Fact } from './facts.ts';
import { EMPTY_ZONE, HISTORY_MAX } from './state.ts';
import type { ProcedureRun, StationState } from './state.ts';

/** The machines by procedure id; state is bound to them by version and source hash. */
export type Machines = ReadonlyMap<string, { readonly machine: CompiledProcedure; readonly table: CourseTable; readonly version: number; readonly sourceHash: string }>;

export function evolve(state: StationState, fact: Fact, machines: Machines): StationState {
  return { ...apply(state, fact, machines), lastFactMs: Math.max(state.lastFactMs, fact.atMs) };
}

/** All facts, one after the other. */
export function evolveAll(state: StationState, facts: Iterable<Fact>, machines: Machines): StationState {
  let next = state;
  for (const fact of facts) next = evolve(next, fact, machines);
  return next;
}

function apply(state: StationState, fact: Fact, machines: Machines): StationState {
  switch (fact.type) {
    case 'condition.changed': {
      const { id, state: now, sourceMs, input, value } = fact.data;
      const before = state.conditions.get(id);
      const held = now === 'raised' || (now === 'unknown' && before?.held === true);
      const onsetMs = held && before?.held ? before.onsetMs : fact.atMs;
      return { ...state, conditions: state.conditions.with(id, { id, state: now, held, onsetMs, sourceMs, input, value }) };
    }
    case 'alarm.raised': case 'alarm.raised-again': case 'alarm.returned': case 'alarm.acknowledged': case 'alarm.overdue': case 'alarm.first-out': case 'alarm.shelved': case 'alarm.unshelved':
    case 'alarm.suppressed': case 'alarm.unsuppressed': case 'alarm.out-of-service': case 'alarm.in-service': case 'alarm.reset': case 'alarm.cause': case 'alarm.confirmed-on-site': case 'alarm.cleared':
      return evolveAlarm(state, fact);
    case 'flood.began': case 'flood.ended': return evolveFlood(state, fact);
    case 'no-procedure.raised': return { ...state, noProcedure: fact.data.because };
    case 'no-procedure.cleared': return { ...state, noProcedure: null };
    case 'procedure.raised': case 'procedure.because': case 'procedure.moved': case 'prohibition.changed': return applyProcedure(state, fact, machines);
    case 'interlock.changed': return { ...state, resets: without(state.resets, fact.data.id), interlocks: { ...state.interlocks, [fact.data.id]: { state: fact.data.state, approved: fact.data.approved, sinceMs: fact.atMs } } };
    case 'interlock.reset-approved': return { ...state, resets: { ...state.resets, [fact.data.interlock]: [...(ownOf(state.resets, fact.data.interlock) ?? []), { user: fact.by ?? '', role: fact.data.role, atMs: fact.atMs }] } };
    case 'interlock.reset': return { ...state, resets: without(state.resets, fact.data.interlock) };
    case 'people.changed': case 'people.staged': case 'people.entered': case 'people.left': return applyPeople(state, fact);
    case 'post.taken': {
      const post = { user: fact.data.user, name: fact.data.name, sinceMs: fact.atMs };
      return fact.data.post === 'commander' ? { ...state, commander: post } : { ...state, watch: post };
    }
    case 'shift.handed-over': return { ...state, ...handedOver(state.handOvers, fact.data, fact.atMs) };
    case 'bypass.requested': case 'bypass.assessed': case 'bypass.approved': case 'bypass.expired': case 'bypass.closed': return applyBypass(state, fact);
    case 'lab.entered': return { ...state, labs: { ...state.labs, [fact.data.lab]: [...(ownOf(state.labs, fact.data.lab) ?? []), { value: fact.data.value, atMs: fact.atMs }].slice(-2) } };
    case 'seen.reported': return { ...state, observations: { ...state.observations, [fact.data.observation]: { present: fact.data.present, atMs: fact.atMs } } };
    case 'retreat.stop': case 'retreat.evacuate': {
      const entry = { kind: fact.type === 'retreat.stop' ? 'stop' as const : 'evacuate' as const, atMs: fact.atMs, by: fact.by ?? '', actedOn: fact.data.actedOn };
      return { ...state, retreats: [entry, ...state.retreats].slice(0, 50) };
    }
    case 'incident.opened': return { ...state, incident: { id: fact.data.incident, openedMs: fact.atMs, firstCondition: fact.data.firstCondition } };
    case 'incident.closed':
      return state.incident === null ? state : { ...state, incident: null, commander: null, watch: null, pastIncidents: [{ id: state.incident.id, openedMs: state.incident.openedMs, closedMs: fact.atMs }, ...state.pastIncidents].slice(0, HISTORY_MAX) };
    case 'link.changed': return { ...state, link: fact.data.phase };
    case 'link.skewed': return { ...state, skewMs: fact.data.skewMs };
    case 'training.started': return { ...state, training: { scenario: fact.data.scenario, startedMs: fact.atMs } };
    case 'training.ended': return { ...state, training: null };
    case 'station.started': case 'station.stopped': case 'clock.stepped': case 'data.gap': case 'effect.failed': case 'refused': case 'training.instructed': case 'link.trusted': return state;
  }
}

/** Names in facts once came from outside: `constructor` is the name of nothing. A fold that threw would keep the station from starting. */
function ownOf<T>(record: Readonly<Record<string, T>>, key: string): T | undefined {
  return Object.hasOwn(record, key) ? record[key] : undefined;
}

/** The record without one key. */
function without<T>(record: Readonly<Record<string, T>>, key: string): Readonly<Record<string, T>> {
  const { [key]: _gone, ...others } = record;
  return others;
}

type FactOf<P extends string> = Extract<Fact, { type: `${P}.${string}` }>;

function applyProcedure(state: StationState, fact: FactOf<'procedure'> | FactOf<'prohibition'>, machines: Machines): StationState {
  if (fact.type === 'procedure.raised') {
    const { instance, procedure, version, sourceHash, because } = fact.data;
    const compiled = machines.get(procedure);
    if (compiled === undefined) return state;
    const course = moveCourse(compiled.machine, initialCourse(compiled.machine), { type: 'RAISE', atMs: fact.atMs });
    const run: ProcedureRun = { instance, procedure, version, sourceHash, because: because.map((condition) => ({ condition, atMs: fact.atMs })), course, prohibitions: {} };
    return { ...state, runs: [...state.runs, run] };
  }
  const runs = state.runs.map((run) => (run.instance === fact.data.instance ? changeRun(run, fact, machines) : run));
  const open = runs.filter((run) => placeOf(run.course) !== 'closed');
  return { ...state, runs: open, closedRuns: state.closedRuns + runs.length - open.length };
}

function changeRun(run: ProcedureRun, fact: Exclude<FactOf<'procedure'>, { type: 'procedure.raised' }> | FactOf<'prohibition'>, machines: Machines): ProcedureRun {
  switch (fact.type) {
    case 'procedure.because': {
      const known = new Set(run.because.map((b) => b.condition));
      const added = fact.data.because.filter((condition) => !known.has(condition)).map((condition) => ({ condition, atMs: fact.atMs }));
      return { ...run, because: [...run.because, ...added] };
    }
    case 'procedure.moved': {
      const compiled = machines.get(run.procedure);
      return compiled === undefined ? run : { ...run, course: moveCourse(compiled.machine, run.course, fact.data.event) };
    }
    case 'prohibition.changed': return { ...run, prohibitions: { ...run.prohibitions, [fact.data.id]: fact.data.state } };
  }
}

function applyPeople(state: StationState, fact: FactOf<'people'>): StationState {
  const zone = ownOf(state.zones, fact.data.zone) ?? EMPTY_ZONE;
  const put = (change: Partial<typeof zone>): StationState => ({ ...state, zones: { ...state.zones, [fact.data.zone]: { ...zone, ...change } } });
  switch (fact.type) {
    case 'people.changed': return put({ count: fact.data.count, limit: fact.data.limit, state: fact.data.state });
    case 'people.staged': return put({ stage: fact.data.stage });
    case 'people.entered': return put({ entries: [...zone.entries, { id: fact.data.entry, name: fact.data.name, task: fact.data.task, protection: fact.data.protection, atMs: fact.atMs }] });
    case 'people.left': return put({ entries: zone.entries.filter((entry) => entry.id !== fact.data.entry) });
  }
}

function applyBypass(state: StationState, fact: FactOf<'bypass'>): StationState {
  if (fact.type === 'bypass.requested') {
    const { bypass: id, interlock, reason, hazard, measures, untilMs } = fact.data;
    const bypass: Bypass = { id, interlock, phase: 'requested', reason, hazard, measures, requestedBy: fact.by ?? '', requestedMs: fact.atMs, assessment: null, approval: null, untilMs };
    return { ...state, bypasses: [...state.bypasses, bypass] };
  }
  return { ...state, bypasses: state.bypasses.map((bypass) => (bypass.id === fact.data.bypass ? changeBypass(bypass, fact) : bypass)) };
}

function changeBypass(bypass: Bypass, fact: Exclude<FactOf<'bypass'>, { type: 'bypass.requested' }>): Bypass {
  switch (fact.type) {
    case 'bypass.assessed': return { ...bypass, phase: fact.data.acceptable ? 'assessed' : 'rejected', assessment: { text: fact.data.text, by: fact.by ?? '', atMs: fact.atMs } };
    case 'bypass.approved': return { ...bypass, phase: 'approved', approval: { by: fact.by ?? '', atMs: fact.atMs } };
    case 'bypass.expired': return { ...bypass, phase: 'expired' };
    case 'bypass.closed': return { ...bypass, phase: 'closed' };
  }
}
