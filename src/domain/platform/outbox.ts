/**
 * The outbox is the journal itself: which records are told to a supervising platform, and as what. Pure: the same records give the same
 * messages with the same numbers and the same bytes, whenever and however often they are made. So nothing is queued that could be lost or
 * be doubled, and after an outage of any length the messages are made from where the platform's last receipt stands.
 */
import { PLATFORM_FACTS_MAX, PLATFORM_SCHEMA } from '../../contract/platform.ts';
import type { PlatformFact, PlatformMessage } from '../../contract/platform.ts';
import type { Role } from '../../contract/refusal.ts';
import type { Fact } from '../station/facts.ts';
import type { OutboxState, RunInOutbox } from './outbox-state.ts';
import type { PackWords } from './pack-words.ts';

/** Names that one station has had at its platform; more is a mistake somewhere else. */
const STATIONS_MAX = 16;

export interface OutboxStep {
  readonly next: OutboxState;
  /** Is the record told? */
  readonly kind: PlatformMessage['kind'] | null;
}

/** Takes one record: what is remembered of it, and whether it is told. */
export function outboxStep(state: OutboxState, fact: Fact): OutboxStep {
  const remembered = remember(state, fact);
  const kind = remembered.settings === null ? null : kindOf(state, remembered, fact);
  return { next: kind === null ? remembered : numbered(remembered), kind };
}

function numbered(state: OutboxState): OutboxState {
  const station = state.settings?.station ?? '';
  return { ...state, made: state.made + 1, seqs: { ...state.seqs, [station]: (Object.hasOwn(state.seqs, station) ? (state.seqs[station] ?? 0) : 0) + 1 } };
}

function remember(state: OutboxState, fact: Fact): OutboxState {
  switch (fact.type) {
    case 'station.started': return { ...state, mode: fact.data.mode, plant: fact.data.plant };
    case 'pack.recorded': return fact.data.part === fact.data.of ? { ...state, pack: fact.data.hash } : state;
    case 'platform.configured': {
      const { station, names } = fact.data;
      if (station === null || (!Object.hasOwn(state.seqs, station) && Object.keys(state.seqs).length >= STATIONS_MAX)) return { ...state, settings: null };
      return { ...state, settings: { station, names } };
    }
    case 'incident.opened': return { ...state, incident: fact.data.incident };
    case 'incident.closed': return { ...state, incident: null, over: [], broken: [] };
    case 'no-procedure.raised': return { ...state, noProcedure: fact.data.because };
    case 'no-procedure.cleared': return { ...state, noProcedure: [] };
    case 'procedure.raised': return { ...state, runs: { ...state.runs, [fact.data.instance]: { procedure: fact.data.procedure, version: fact.data.version, place: 'raised', because: fact.data.because } } };
    case 'procedure.because': return changeRun(state, fact.data.instance, (run) => ({ ...run, because: [...run.because, ...fact.data.because] }));
    case 'procedure.moved': return changeRun(state, fact.data.instance, (run) => (fact.data.place === 'closed' ? null : run.place === fact.data.place ? run : { ...run, place: fact.data.place }));
    case 'people.changed': return { ...state, over: listed(state.over, fact.data.zone, fact.data.state === 'exceeded') };
    case 'prohibition.changed': return { ...state, broken: listed(state.broken, prohibitionKey(fact.data), fact.data.state === 'violated') };
    default: return state;
  }
}

function changeRun(state: OutboxState, instance: string, change: (run: RunInOutbox) => RunInOutbox | null): OutboxState {
  const run = ownRun(state, instance);
  const changed = run === null ? null : change(run);
  if (run === null || changed === run) return state;
  const { [instance]: _, ...others } = state.runs;
  return { ...state, runs: changed === null ? others : { ...state.runs, [instance]: changed } };
}

const ownRun = (state: OutboxState, instance: string): RunInOutbox | null => (Object.hasOwn(state.runs, instance) ? (state.runs[instance] ?? null) : null);
const prohibitionKey = ({ instance, id }: { readonly instance: string; readonly id: string }): string => `${instance} ${id}`;
const listed = (list: readonly string[], item: string, isIn: boolean): readonly string[] => (list.includes(item) === isIn ? list : isIn ? [...list, item] : list.filter((each) => each !== item));

function kindOf(before: OutboxState, after: OutboxState, fact: Fact): PlatformMessage['kind'] | null {
  if (fact.type === 'incident.opened') return 'opened';
  if (fact.type === 'incident.closed') return before.incident === null ? null : 'closed';
  // Whoever begins to hand on in the middle of an incident begins with it; so does a station with a new name.
  if (fact.type === 'platform.configured') return after.incident !== null && before.settings?.station !== after.settings?.station ? 'opened' : null;
  if (fact.type === 'retreat.stop' || fact.type === 'retreat.evacuate') return 'updated';
  return after.incident !== null && isNews(before, after, fact) ? 'updated' : null;
}

/** Within an incident: what changed of what a supervisor has to know. */
function isNews(before: OutboxState, after: OutboxState, fact: Fact): boolean {
  switch (fact.type) {
    case 'condition.changed': return Object.values(after.runs).some(({ because }) => because.includes(fact.data.id)) || after.noProcedure.includes(fact.data.id);
    case 'no-procedure.raised': case 'no-procedure.cleared': case 'procedure.raised': case 'procedure.because': return true;
    case 'procedure.moved': return after.runs !== before.runs;
    case 'prohibition.changed': return after.broken !== before.broken;
    case 'people.changed': return fact.data.state === 'exceeded' || after.over !== before.over;
    // Refusals of weight: what would have sent people in or brought the plant back.
    case 'refused': return fact.data.direction === 'intervene' || fact.data.direction === 'return';
    case 'interlock.tripped': case 'interlock.released': case 'interlock.forced-reset': return true;
    default: return false;
  }
}

export interface OutboxRecord { readonly n: number; readonly wallMs: number; readonly fact: Fact }

/** The message of a record that is told. `before` and `after` are the states round it, `fromRecord` the first record that no message covers yet. */
export function messageOf({ n, wallMs, fact }: OutboxRecord, kind: PlatformMessage['kind'], before: OutboxState, after: OutboxState, fromRecord: number, words: PackWords): PlatformMessage {
  const station = after.settings?.station ?? '';
  const facts = kind === 'opened' ? standing(fact, after, words) : kind === 'closed' ? [] : factsOf(fact, before, after, words);
  return {
    schema: PLATFORM_SCHEMA, station, plant: after.plant, mode: after.mode, seq: after.seqs[station] ?? 0, incident: after.incident ?? before.incident, kind,
    fromRecord: Math.min(fromRecord, n), toRecord: n, atMs: fact.atMs, wallMs, by: byOf(fact, after.settings?.names === true), facts: facts.slice(0, PLATFORM_FACTS_MAX),
  };
}

/** Roles only, unless the plant has decided otherwise: the platform needs to know that a supervisor signed, not who. */
function byOf(fact: Fact, withNames: boolean): PlatformMessage['by'] {
  if (fact.by === null) return null;
  const signedAs = fact.role ?? (fact.data as { readonly signedAs?: Role }).signedAs ?? null;
  return withNames ? { role: signedAs, user: fact.by } : { role: signedAs };
}

/** Everything that stands as the incident opens: what raised it was recorded before it was called an incident. */
function standing(fact: Fact, state: OutboxState, words: PackWords): PlatformFact[] {
  const first = fact.type === 'incident.opened' ? fact.data.firstCondition : null;
  const conditions = new Set([...(first === null ? [] : [first]), ...Object.values(state.runs).flatMap(({ because }) => because), ...state.noProcedure]);
  return [
    ...[...conditions].map((id) => conditionFact(id, { state: 'raised', input: null, value: null, limit: null, sourceMs: null }, words)),
    ...Object.keys(state.runs).flatMap((instance) => procedureFacts(state, instance, words)),
    ...(state.noProcedure.length > 0 ? [{ what: 'noProcedure' as const, because: state.noProcedure.slice(0, 200) }] : []),
  ];
}

function factsOf(fact: Fact, before: OutboxState, after: OutboxState, words: PackWords): PlatformFact[] {
  switch (fact.type) {
    case 'condition.changed': return [conditionFact(fact.data.id, fact.data, words)];
    case 'no-procedure.raised': return [{ what: 'noProcedure', because: fact.data.because.slice(0, 200) }];
    case 'no-procedure.cleared': return [{ what: 'noProcedure', because: [] }];
    case 'procedure.raised': case 'procedure.because': return procedureFacts(after, fact.data.instance, words);
    // Of one that is closed only the state before it still knows.
    case 'procedure.moved': return procedureFacts(ownRun(after, fact.data.instance) === null ? before : after, fact.data.instance, words, fact.data.place);
    case 'retreat.stop': return [{ what: 'retreat', retreat: 'stop', actedOn: fact.data.actedOn }];
    case 'retreat.evacuate': return [{ what: 'retreat', retreat: 'evacuate', actedOn: fact.data.actedOn }];
    case 'prohibition.changed': {
      const { instance, id, clause, state } = fact.data;
      return [{ what: 'prohibition', instance, id, clause, title: words.prohibition(ownRun(after, instance)?.procedure ?? '', id), state }];
    }
    case 'people.changed': return [{ what: 'people', zone: fact.data.zone, title: words.zone(fact.data.zone), count: fact.data.count, limit: fact.data.limit, state: fact.data.state }];
    // Not what stood in the way in words: those may name people.
    case 'refused': return [{ what: 'refusal', operation: fact.data.operation.slice(0, 80), direction: fact.data.direction, rules: fact.data.obstacles.slice(0, 50).map(({ rule, clause }) => ({ rule, clause })) }];
    case 'interlock.tripped': return [tripFact(fact.data.id, 'tripped', fact.data.first.map(({ condition }) => condition), words)];
    case 'interlock.released': return [tripFact(fact.data.id, 'released', [], words)];
    case 'interlock.forced-reset': return [tripFact(fact.data.id, 'forcedReset', [], words)];
    default: return [];
  }
}

type ConditionPart = Pick<Extract<PlatformFact, { what: 'condition' }>, 'state' | 'input' | 'value' | 'limit'> & { readonly sourceMs: number | null };

function conditionFact(id: string, { state, input, value, limit, sourceMs }: ConditionPart, words: PackWords): PlatformFact {
  return { what: 'condition', id, ...words.condition(id), state, input, value, limit, sourceMs: sourceMs === null ? null : Math.max(0, Math.round(sourceMs)) };
}

function procedureFacts(state: OutboxState, instance: string, words: PackWords, place?: string): PlatformFact[] {
  const run = ownRun(state, instance);
  if (run === null) return [];
  return [{ what: 'procedure', instance, id: run.procedure, version: run.version, ...words.procedure(run.procedure), place: place ?? run.place, because: run.because.slice(0, 200) }];
}

function tripFact(interlock: string, change: 'tripped' | 'released' | 'forcedReset', first: readonly string[], words: PackWords): PlatformFact {
  return { what: 'trip', interlock, title: words.interlock(interlock), change, first: first.slice(0, 20) };
}
