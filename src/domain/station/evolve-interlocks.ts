/** Folds what happened to interlocks and to the bypass register. As everywhere in the fold: no decisions, and nothing of an older journal throws. */
import { OPEN_ENTRY_PHASES } from '../interlocks/bypass.ts';
import { EVENTS_MAX } from '../interlocks/bypass-events.ts';
import type { BypassEntry, Measure } from '../interlocks/bypass.ts';
import type { Trip } from '../interlocks/trips.ts';
import { isOpenTrip, unaccountedOf } from '../interlocks/trips.ts';
import type { Fact } from './facts.ts';
import type { StationState } from './state.ts';

type FactOf<P extends string> = Extract<Fact, { type: `${P}.${string}` }>;
type BypassFact = FactOf<'bypass'>;

function own<T>(record: Readonly<Record<string, T>>, key: string): T | undefined {
  return Object.hasOwn(record, key) ? record[key] : undefined;
}

function without<T>(record: Readonly<Record<string, T>>, key: string): Readonly<Record<string, T>> {
  const { [key]: _gone, ...others } = record;
  return others;
}

export function evolveInterlock(state: StationState, fact: FactOf<'interlock'>): StationState {
  switch (fact.type) {
    case 'interlock.changed': return { ...state, resets: without(state.resets, fact.data.id), interlocks: { ...state.interlocks, [fact.data.id]: { state: fact.data.state, approved: fact.data.approved, sinceMs: fact.atMs } } };
    case 'interlock.inputs': { const { id, forced, channels, voting } = fact.data; return { ...state, interlockInputs: { ...state.interlockInputs, [id]: { forced, channels, voting } } }; }
    case 'interlock.reset-approved': return { ...state, resets: { ...state.resets, [fact.data.interlock]: [...(own(state.resets, fact.data.interlock) ?? []), { user: fact.by ?? '', role: fact.data.role, atMs: fact.atMs }] } };
    case 'interlock.reset': return changeTrip({ ...state, resets: without(state.resets, fact.data.interlock), resetGrantedMs: fact.atMs }, fact.data.interlock, (trip) => (isOpenTrip(trip) ? { ...trip, resetMs: fact.atMs } : trip));
    case 'interlock.tripped': { const owed = unaccountedOf(own(state.trips, fact.data.id)); return { ...state, trips: { ...state.trips, [fact.data.id]: { trippedMs: fact.atMs, first: fact.data.first, cause: null, resetMs: null, releasedMs: null, forced: null, accounted: null, ...(owed === null ? {} : { owed }) } } }; }
    case 'interlock.first-out': return changeTrip(state, fact.data.id, (trip) => ({ ...trip, first: fact.data.first }));
    case 'interlock.released': return changeTrip(state, fact.data.id, (trip) => ({ ...trip, releasedMs: fact.atMs }));
    case 'interlock.forced-reset': return changeTrip(state, fact.data.id, (trip) => ({ ...trip, forced: { atMs: fact.atMs, missing: fact.data.missing }, accounted: null }));
    case 'interlock.cause': return changeTrip(state, fact.data.interlock, (trip) => ({ ...trip, cause: { text: fact.data.text, by: fact.by ?? '', atMs: fact.atMs } }));
    case 'interlock.accounted': return changeTrip(state, fact.data.interlock, (trip) => ({ ...trip, accounted: { text: fact.data.text, by: fact.by ?? '', atMs: fact.atMs } }));
  }
}

function changeTrip(state: StationState, id: string, change: (trip: Trip) => Trip): StationState {
  const trip = own(state.trips, id);
  return trip === undefined ? state : { ...state, trips: { ...state.trips, [id]: change(trip) } };
}

/**
 * A simulated plant is put back to another time: trips that stand end with it, and keys are where they were then. Neither was
 * anybody's reset, nor a bypass taken away.
 */
export function putBack(state: StationState, atMs: number): StationState {
  const bypasses = state.bypasses.map((entry) => (OPEN_ENTRY_PHASES.includes(entry.phase) ? { ...entry, phase: 'withdrawn' as const } : entry));
  return { ...state, putBackMs: atMs, trips: Object.fromEntries(Object.entries(state.trips).filter(([, trip]) => isOpenTrip(trip))), bypasses };
}

export function evolveBypass(state: StationState, fact: BypassFact): StationState {
  if (fact.type === 'bypass.requested') return { ...state, bypasses: [...state.bypasses, entryOf(fact)] };
  const changed = state.bypasses.map((entry) => (entry.id === fact.data.bypass ? changeEntry(entry, fact) : entry));
  return { ...state, bypasses: fact.type === 'bypass.accepted' || fact.type === 'bypass.seen' ? withoutSuperseded(changed, fact) : changed };
}

function entryOf(fact: Extract<BypassFact, { type: 'bypass.requested' }>): BypassEntry {
  const { bypass: id, interlock, reason, hazard, measures, untilMs, startMs, kind, limits, element, workOrder } = fact.data;
  return {
    id, interlock, element: element ?? null, phase: 'requested', kind: kind ?? 'maintenance', reason, hazard, workOrder: workOrder ?? null, limits: limits ?? [], requestedBy: fact.by ?? '', requestedMs: fact.atMs, startMs: startMs ?? fact.atMs, untilMs,
    measures: measures.map((measure): Measure => (typeof measure === 'string' ? { text: measure, owner: '' } : measure)),
    assessment: null, approvals: [], acceptance: null, walks: {}, extension: null, extensions: 0, unknown: [], seen: false, lapse: null, restoration: null, test: null, verification: null, events: [],
  };
}

/**
 * An entry whose approval was gone is taken over by the new one for the same interlock: one that was never used when the new one
 * is accepted, one that was when the key is seen on under the new one, which from then on owes the test.
 */
function withoutSuperseded(register: readonly BypassEntry[], { type, data }: { readonly type: 'bypass.accepted' | 'bypass.seen'; readonly data: { readonly bypass: string } }): BypassEntry[] {
  const interlock = register.find(({ id }) => id === data.bypass)?.interlock;
  const isOver = (entry: BypassEntry): boolean => entry.interlock === interlock && entry.id !== data.bypass && (entry.phase === 'lapsed' || entry.phase === 'expired') && (type === 'bypass.seen' || !entry.seen);
  return register.map((entry) => (isOver(entry) ? { ...entry, phase: 'closed' as const } : entry));
}

function changeEntry(entry: BypassEntry, fact: Exclude<BypassFact, { type: 'bypass.requested' }>): BypassEntry {
  const signed = { by: fact.by ?? '', atMs: fact.atMs };
  switch (fact.type) {
    case 'bypass.assessed': {
      const assessment = { text: fact.data.text, ...signed };
      if (fact.data.extension !== true) return { ...entry, phase: fact.data.acceptable ? 'assessed' : 'rejected', assessment };
      return { ...entry, extension: fact.data.acceptable && entry.extension !== null ? { ...entry.extension, assessment } : null };
    }
    case 'bypass.approved': return fact.data.extension === true ? extended(entry, signed, fact.data.of ?? 1) : { ...entry, approvals: [...entry.approvals, signed], phase: entry.approvals.length + 1 >= (fact.data.of ?? 1) ? 'approved' : entry.phase };
    case 'bypass.rejected': return fact.data.extension === true ? { ...entry, extension: null } : { ...entry, phase: 'rejected' };
    case 'bypass.accepted': return { ...entry, phase: 'active', acceptance: signed, walks: {}, unknown: [] };
    case 'bypass.walked': return { ...entry, walks: { ...entry.walks, [fact.data.measure]: signed } };
    case 'bypass.extension-requested': return { ...entry, extension: { untilMs: fact.data.untilMs, reason: fact.data.reason, requestedBy: signed.by, requestedMs: fact.atMs, assessment: null, approvals: [] } };
    case 'bypass.seen': return { ...entry, seen: true };
    case 'bypass.watched': return { ...entry, unknown: fact.data.unknown };
    // What was being assessed was assessed for measures that are lost.
    case 'bypass.lapsed': return { ...entry, phase: 'lapsed', lapse: { atMs: fact.atMs, reason: fact.data.reason }, extension: null };
    case 'bypass.expired': return { ...entry, phase: 'expired' };
    case 'bypass.event': return entry.events.length >= EVENTS_MAX ? entry : { ...entry, events: [...entry.events, { ...('condition' in fact.data ? { condition: fact.data.condition } : { interlock: fact.data.interlock }), atMs: fact.atMs }] };
    case 'bypass.restored': return { ...entry, phase: 'restored', restoration: signed, extension: null };
    case 'bypass.tested': return { ...entry, phase: fact.data.passed ? 'tested' : 'restored', test: { text: fact.data.text, passed: fact.data.passed, ...signed } };
    case 'bypass.verified': return { ...entry, phase: 'closed', verification: signed };
    case 'bypass.withdrawn': return { ...entry, phase: 'withdrawn' };
    case 'bypass.closed': return { ...entry, phase: 'closed' };
  }
}

/** More time, approved: an entry in force goes on; one whose approval was gone must be accepted anew. */
function extended(entry: BypassEntry, signed: { by: string; atMs: number }, of: number): BypassEntry {
  if (entry.extension === null) return entry;
  const approvals = [...entry.extension.approvals, signed];
  if (approvals.length < of) return { ...entry, extension: { ...entry.extension, approvals } };
  const { untilMs, assessment } = entry.extension;
  const isInForce = entry.phase === 'active';
  return { ...entry, phase: isInForce ? 'active' : 'approved', untilMs, assessment, approvals, extension: null, extensions: entry.extensions + 1, lapse: null, acceptance: isInForce ? entry.acceptance : null };
}
