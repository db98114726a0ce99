/** Folds the facts of roll-calls and cameras. Only what the fact says; what it cannot place it leaves alone. */
import { EMPTY_ZONE_ROLL_CALL, ORDERED } from '../people/roll-call.ts';
import type { RollCall, ZoneRollCall } from '../people/roll-call.ts';
import type { Fact } from './facts.ts';
import { HISTORY_MAX } from './state.ts';
import type { StationState } from './state.ts';

type FactOf<P extends string> = Extract<Fact, { type: `${P}.${string}` }>;

/** Names in facts once came from outside: `constructor` is the name of no zone. */
const zoneOf = ({ zones }: RollCall, id: string): ZoneRollCall | undefined => (Object.hasOwn(zones, id) ? zones[id] : undefined);

export function evolveRollCall(state: StationState, fact: FactOf<'roll-call'>): StationState {
  const { rollCall } = state;
  if (fact.type === 'roll-call.opened') return { ...state, rollCall: opened(rollCall, fact) };
  if (rollCall === null) return state;
  if (fact.type === 'roll-call.ended') return { ...state, rollCall: { ...rollCall, endedMs: fact.atMs } };
  const zone = zoneOf(rollCall, fact.data.zone);
  if (zone === undefined) return state;
  return { ...state, rollCall: { ...rollCall, zones: { ...rollCall.zones, [fact.data.zone]: zoneAfter(zone, fact) } } };
}

/** While one runs, a step of a procedure adds its zones; an order, and whatever comes after the end, calls the roll anew. */
function opened(before: RollCall | null, { data, atMs }: Extract<Fact, { type: 'roll-call.opened' }>): RollCall {
  const running = before !== null && before.endedMs === null ? before : null;
  const kept = data.because === ORDERED ? {} : (running?.zones ?? {});
  const zones = [...new Set([...Object.keys(running?.zones ?? {}), ...data.zones])];
  const because = [...(before?.because ?? []).filter((each) => each !== data.because), data.because].slice(-HISTORY_MAX);
  return { openedMs: running?.openedMs ?? atMs, endedMs: null, because, zones: Object.fromEntries(zones.map((id) => [id, (Object.hasOwn(kept, id) ? kept[id] : undefined) ?? EMPTY_ZONE_ROLL_CALL])) };
}

function zoneAfter(zone: ZoneRollCall, fact: Exclude<FactOf<'roll-call'>, { type: 'roll-call.opened' | 'roll-call.ended' }>): ZoneRollCall {
  switch (fact.type) {
    case 'roll-call.signed': {
      const user = fact.by ?? '';
      return { ...zone, signed: fact.data.empty ? [...zone.signed.filter((each) => each.user !== user), { user, name: fact.data.name, atMs: fact.atMs }] : [] };
    }
    case 'roll-call.zone': return { cleared: fact.data.cleared, signed: fact.data.voided ? [] : zone.signed };
  }
}

/** At the beginning and the end of an incident: what has ended is history; what runs goes on until every zone is shown empty. */
export const rollCallAfter = (rollCall: RollCall | null): RollCall | null => (rollCall?.endedMs === null ? rollCall : null);

export function evolveCamera(state: StationState, fact: FactOf<'camera'>): StationState {
  switch (fact.type) {
    case 'camera.changed': return { ...state, cameras: { ...state.cameras, [fact.data.camera]: { state: fact.data.state, parts: fact.data.parts, sinceMs: fact.atMs } } };
    case 'camera.outage': {
      const { outage: id, camera, reason, fromMs, untilMs, report } = fact.data;
      return { ...state, outages: [...state.outages, { id, camera, reason, fromMs, untilMs, report, by: fact.by ?? '', restoredMs: null }].slice(-HISTORY_MAX) };
    }
    case 'camera.restored': return { ...state, outages: state.outages.map((each) => (each.id === fact.data.outage ? { ...each, restoredMs: fact.atMs } : each)) };
  }
}
