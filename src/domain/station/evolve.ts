/**
 * Folds one fact into the state. No decisions here: only what the fact says. Never throws on facts that this version's
 * packs no longer know (an older journal must still open); what it cannot place it leaves alone.
 */
import { IdMap } from '../alarms/id-map.ts';
import { handedOver } from '../handover/shift.ts';
import { initialCourse, moveCourse, placeOf } from '../procedures/machine.ts';
import type { CompiledProcedure } from '../procedures/machine.ts';
import type { CourseTable } from '../procedures/course-table.ts';
import type { Entry } from '../people/people.ts';
import { evolveHandedOn } from '../platform/handed-on.ts';
import { evolveAction } from './evolve-actions.ts';
import { evolveAftermath } from './evolve-aftermath.ts';
import { evolveCompetence } from './evolve-competence.ts';
import { evolveAlarm, evolveFlood } from './evolve-alarm.ts';
import { evolveBypass, evolveInterlock, putBack } from './evolve-interlocks.ts';
import { evolveCamera, evolveRollCall, rollCallAfter } from './evolve-people.ts';
import { evolveLedBack } from './evolve-led-back.ts';
import { evolveEvidence, evolvePermit } from './evolve-work.ts';
import type { Fact } from './facts.ts';
import { EMPTY_ZONE, HISTORY_MAX } from './state.ts';
import type { ProcedureRun, StationState } from './state.ts';

/** The machines by procedure id; state is bound to them by version and source hash. */
export type Machines = ReadonlyMap<string, { readonly machine: CompiledProcedure; readonly table: CourseTable; readonly version: number; readonly sourceHash: string }>;

export function evolve(state: StationState, fact: Fact, machines: Machines): StationState {
  return { ...apply(state, fact, machines), handedOn: evolveHandedOn(state.handedOn, fact), aftermath: evolveAftermath(state, fact), lastFactMs: Math.max(state.lastFactMs, fact.atMs) };
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
    case 'procedure.raised': case 'procedure.because': case 'procedure.moved': case 'procedure.ended': case 'prohibition.changed': return applyProcedure(state, fact, machines);
    case 'interlock.changed': case 'interlock.inputs': case 'interlock.tripped': case 'interlock.first-out': case 'interlock.released': case 'interlock.forced-reset':
    case 'interlock.cause': case 'interlock.accounted': case 'interlock.reset-approved': case 'interlock.reset':
      return evolveInterlock(state, fact);
    case 'people.changed': case 'people.staged': case 'people.entered': case 'people.left': case 'people.differing': return applyPeople(state, fact);
    case 'roll-call.opened': case 'roll-call.signed': case 'roll-call.zone': case 'roll-call.ended': return evolveRollCall(state, fact);
    case 'camera.changed': case 'camera.outage': case 'camera.restored': return evolveCamera(state, fact);
    case 'post.taken': {
      const post = { user: fact.data.user, name: fact.data.name, sinceMs: fact.atMs };
      return fact.data.post === 'commander' ? { ...state, commander: post } : { ...state, watch: post };
    }
    case 'shift.handed-over': return { ...state, ...handedOver(state.handOvers, fact.data, fact.atMs) };
    case 'bypass.requested': case 'bypass.assessed': case 'bypass.approved': case 'bypass.rejected': case 'bypass.accepted': case 'bypass.walked': case 'bypass.extension-requested': case 'bypass.seen': case 'bypass.watched':
    case 'bypass.lapsed': case 'bypass.expired': case 'bypass.event': case 'bypass.restored': case 'bypass.tested': case 'bypass.verified': case 'bypass.withdrawn': case 'bypass.closed':
      return evolveBypass(state, fact);
    case 'permit.issued': case 'permit.closed': case 'permit.expired': return evolvePermit(state, fact);
    case 'lab.entered': return { ...state, labs: { ...state.labs, [fact.data.lab]: [...(ownOf(state.labs, fact.data.lab) ?? []), { value: fact.data.value, atMs: fact.atMs }].slice(-2) } };
    case 'seen.reported': return { ...state, observations: { ...state.observations, [fact.data.observation]: { present: fact.data.present, atMs: fact.atMs } } };
    case 'retreat.stop': case 'retreat.evacuate': {
      const entry = { kind: fact.type === 'retreat.stop' ? 'stop' as const : 'evacuate' as const, atMs: fact.atMs, by: fact.by ?? '', actedOn: fact.data.actedOn };
      return { ...state, retreats: [entry, ...state.retreats].slice(0, 50) };
    }
    // An evacuation that ended before the incident proves nothing in it.
    case 'incident.opened': return { ...state, rollCall: rollCallAfter(state.rollCall), incident: { id: fact.data.incident, openedMs: fact.atMs, firstCondition: fact.data.firstCondition } };
    case 'incident.closed':
      return state.incident === null ? state : { ...state, rollCall: rollCallAfter(state.rollCall), incident: null, commander: null, watch: null, pastIncidents: [{ id: state.incident.id, openedMs: state.incident.openedMs, closedMs: fact.atMs }, ...state.pastIncidents].slice(0, HISTORY_MAX) };
    case 'action.opened': case 'action.rescheduled': case 'action.closed': return evolveAction(state, fact);
    // What comes after an incident is folded beside all of this: see evolve-aftermath.ts.
    case 'analysis.opened': case 'analysis.owed': case 'analysis.chain': case 'analysis.why': case 'analysis.root': case 'analysis.factor': case 'analysis.answered': case 'analysis.withdrawn': case 'analysis.concluded': case 'analysis.reopened':
    case 'follow-up.opened': case 'follow-up.done': case 'follow-up.withdrawn':
      return state;
    case 'link.changed': return { ...state, link: fact.data.phase };
    case 'link.skewed': return { ...state, skewMs: fact.data.skewMs };
    case 'training.started': return { ...cleared(putBack(state, fact.atMs)), training: { scenario: fact.data.scenario, startedMs: fact.atMs } };
    case 'training.ended': return { ...putBack(state, fact.atMs), training: null };
    case 'training.forgot': return { ...state, conditions: IdMap.empty(), labs: without(state.labs, fact.data.labs), observations: without(state.observations, fact.data.observations) };
    case 'training.led-back': return evolveLedBack(state, fact);
    // Told before the simulator acts: what follows on the tags must find it here.
    case 'training.instructed': return /^(?:start |end$|go back )/u.test(fact.data.command) ? putBack(state, fact.atMs) : state;
    case 'training.scored': case 'competence.recorded': return { ...state, competence: evolveCompetence(state.competence, fact) };
    // They stand in the debrief, which reads the journal.
    case 'training.noted': case 'training.hinted': case 'training.posted': return state;
    // Reports are kept by whoever made them; here they are only on record.
    case 'report.made': return state;
    // Only the last part makes it whole: half a pack would never be completed.
    case 'pack.recorded': return fact.data.part === fact.data.of ? { ...state, packHash: fact.data.hash } : state;
    case 'station.started': case 'station.stopped': case 'clock.stepped': case 'data.gap': case 'effect.failed': case 'refused': case 'link.trusted': return state;
    case 'platform.configured': case 'platform.delivered': case 'platform.rewound': case 'platform.conflict': return state; // evolveHandedOn
    case 'recording.began': case 'recording.marked': case 'recording.ended': case 'trace.reconstructed': case 'trace.ended': return state;
    // Who is logged on lives and dies with the process: a restart logs everybody off.
    case 'session.logged-on': case 'session.resumed': case 'session.logged-off': case 'session.locked': case 'secret.changed': case 'access.refused': return state;
  }
}

/** Another plant stands there now: what ran, what no procedure answered and who was called out belong to the one before. */
const cleared = (state: StationState): StationState => ({ ...state, runs: [], closedRuns: state.closedRuns + state.runs.length, noProcedure: null, rollCall: null });

const without = <T>(record: Readonly<Record<string, T>>, keys: readonly string[]): Readonly<Record<string, T>> => Object.fromEntries(Object.entries(record).filter(([key]) => !keys.includes(key)));

/** Names in facts once came from outside: `constructor` is the name of nothing. A fold that threw would keep the station from starting. */
function ownOf<T>(record: Readonly<Record<string, T>>, key: string): T | undefined {
  return Object.hasOwn(record, key) ? record[key] : undefined;
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
  if (fact.type === 'procedure.ended') {
    const left = state.runs.filter(({ instance }) => instance !== fact.data.instance);
    return { ...state, runs: left, closedRuns: state.closedRuns + state.runs.length - left.length, evidence: state.evidence.filter(({ instance }) => instance !== fact.data.instance) };
  }
  const runs = state.runs.map((run) => (run.instance === fact.data.instance ? changeRun(run, fact, machines) : run));
  const open = runs.filter((run) => placeOf(run.course) !== 'closed');
  const told = fact.type === 'procedure.moved' ? evolveEvidence(state, fact) : state;
  return { ...told, runs: open, closedRuns: state.closedRuns + runs.length - open.length };
}

function changeRun(run: ProcedureRun, fact: Exclude<FactOf<'procedure'>, { type: 'procedure.raised' | 'procedure.ended' }> | FactOf<'prohibition'>, machines: Machines): ProcedureRun {
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
    case 'people.entered': return put({ entries: [...zone.entries, entryOf(fact)] });
    case 'people.left': return put({ entries: zone.entries.filter((entry) => entry.id !== fact.data.entry) });
    case 'people.differing': return put({ differsSinceMs: fact.data.differ ? fact.atMs : null });
  }
}

function entryOf({ data, atMs }: Extract<Fact, { type: 'people.entered' }>): Entry {
  const { entry, name, task, protection = '', part = '', gasDetector = '', confirmed = [] } = data;
  return { id: entry, name, task, protection, part, gasDetector, confirmed, atMs };
}
