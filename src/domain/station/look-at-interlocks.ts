/** Looks at interlocks and at the bypass register: what the tags say now, and whether the register still carries it (3.3, 3.5). */
import type { InterlockAlarm } from '../alarms/interlock-alarms.ts';
import { interlockAlarmId, INTERLOCK_ALARMS } from '../alarms/interlock-alarms.ts';
import { FALSE, TRUE, UNKNOWN } from '../conditions/truth.ts';
import type { Truth } from '../conditions/truth.ts';
import { openEntryOf, preWarningMs, registerObstacle } from '../interlocks/bypass.ts';
import { entriesThatListen } from '../interlocks/bypass-events.ts';
import { lookAtMeasures } from '../interlocks/bypass-watch.ts';
import { channelsOf } from '../interlocks/channels.ts';
import { interlockState } from '../interlocks/interlocks.ts';
import { firstOf, isOpenTrip, isUnaccounted, PUT_BACK_MS, SHARED_RESET_MS } from '../interlocks/trips.ts';
import type { Trip, TripSign } from '../interlocks/trips.ts';
import type { InterlockDef } from '../packs/schema.ts';
import type { SampleValue } from '../samples/sample.ts';
import { fact } from './facts.ts';
import type { Fact } from './facts.ts';
import { interlockObstacles } from './gates/interlock-facts.ts';
import { missingForReset } from './gates/reset-facts.ts';
import { tagTruth } from './plant.ts';
import type { Plant } from './plant.ts';
import type { StationState } from './state.ts';

/** Its value where that is good, else nothing: a bad value tells nothing. */
function goodValue(plant: Plant, tag: string): SampleValue {
  const reading = plant.engine.readingOf(tag);
  return reading?.quality === 'good' ? reading.value : null;
}

/** The confirmed state. A key that is turned and not confirmed is no plain answer: it counts as a bypass that is not known. */
export function bypassTruth(plant: Plant, { bypassTag, bypassCommandTag }: InterlockDef): Truth {
  const confirmed = tagTruth(plant, bypassTag);
  return confirmed === FALSE && bypassCommandTag !== undefined && tagTruth(plant, bypassCommandTag) === TRUE ? UNKNOWN : confirmed;
}

/**
 * Is an input held by hand, or may one be: null = not known. A key whose position is not known makes it that too, unless the
 * bypass is confirmed anyway; the function's own tags are told as they are, and what hangs on it is refused.
 */
function forcedOf(plant: Plant, { forcedTag, bypassTag, bypassCommandTag }: InterlockDef): boolean | null {
  const forced = forcedTag === undefined ? FALSE : tagTruth(plant, forcedTag);
  if (forced === TRUE) return true;
  const isKeyUnknown = bypassCommandTag !== undefined && tagTruth(plant, bypassCommandTag) === UNKNOWN && tagTruth(plant, bypassTag) !== TRUE;
  return forced === UNKNOWN || isKeyUnknown ? null : false;
}

/** Approvals end with their time, and with the measures they were given for. */
export function lookAtRegister(plant: Plant, state: StationState, nowMs: number): Fact[] {
  return state.bypasses.flatMap((entry): Fact[] => {
    const bypass = entry.id;
    if ((entry.phase === 'approved' || entry.phase === 'active') && nowMs >= entry.untilMs) return [fact('bypass.expired', nowMs, null, { bypass })];
    if (entry.phase !== 'active') return [];
    const facts: Fact[] = [];
    const interlock = plant.interlocks.get(entry.interlock);
    if (!entry.seen && interlock !== undefined && tagTruth(plant, interlock.bypassTag) === TRUE) facts.push(fact('bypass.seen', nowMs, null, { bypass }));
    if (nowMs < entry.startMs) return facts;
    const { lost, unknown } = lookAtMeasures(entry, (tag) => goodValue(plant, tag), nowMs);
    if (lost !== null) return [...facts, fact('bypass.lapsed', nowMs, null, { bypass, reason: lost })];
    const isSame = unknown.length === entry.unknown.length && unknown.every((tag, index) => tag === entry.unknown[index]);
    return isSame ? facts : [...facts, fact('bypass.watched', nowMs, null, { bypass, unknown })];
  });
}

export function lookAtInterlocks(plant: Plant, state: StationState, nowMs: number): Fact[] {
  return plant.pack.interlocks.flatMap((interlock) => {
    const known = state.interlocks[interlock.id];
    const readings = [interlock.tripTag, interlock.bypassTag, interlock.faultTag].map((tag) => plant.engine.readingOf(tag));
    if (known === undefined && readings.every((reading) => (reading?.sourceMs ?? null) === null)) return []; // nothing was ever heard of it: unknown, which needs no event
    const now = interlockState({ trip: tagTruth(plant, interlock.tripTag), bypass: bypassTruth(plant, interlock), fault: tagTruth(plant, interlock.faultTag) });
    const approved = now === 'bypassed' && registerObstacle(openEntryOf(state.bypasses, interlock.id), nowMs) === null;
    return known?.state === now && known.approved === approved ? [] : [fact('interlock.changed', nowMs, null, { id: interlock.id, state: now, approved })];
  });
}

const SOUND_INPUTS = { forced: false, channels: 'full', voting: null } as const;

/** Forced inputs and channels lost. Of a function that is not known itself only what is worse is news. */
export function lookAtInputs(plant: Plant, state: StationState, nowMs: number): Fact[] {
  return plant.pack.interlocks.flatMap((interlock) => {
    const record = state.interlocks[interlock.id];
    if (record === undefined) return [];
    const forced = forcedOf(plant, interlock);
    if (record.state === 'unknown' && forced !== true) return [];
    const entry = record.state === 'bypassed' ? openEntryOf(state.bypasses, interlock.id) : null;
    const { state: channels, voting } = channelsOf(interlock, (tag) => plant.engine.readingOf(tag)?.quality === 'good', entry?.phase === 'active' || entry?.phase === 'restored' ? entry.element : null);
    const before = state.interlockInputs[interlock.id] ?? SOUND_INPUTS;
    return before.forced === forced && before.channels === channels && before.voting === voting ? [] : [fact('interlock.inputs', nowMs, null, { id: interlock.id, forced, channels, voting })];
  });
}

/**
 * Trips begin and end by their own tag, also while bypassed and over a restart of the station; not known in between means that
 * it goes on. One that ends without a granted reset was ended by force.
 */
export function lookAtTrips(plant: Plant, state: StationState, nowMs: number): Fact[] {
  return plant.pack.interlocks.flatMap((interlock): Fact[] => {
    const { id } = interlock;
    const trip = state.trips[id];
    const truth = tagTruth(plant, interlock.tripTag);
    if (!isOpenTrip(trip)) return truth === TRUE ? [fact('interlock.tripped', nowMs, null, { id, first: firstOf({ trippedMs: nowMs, first: [] }, raisedOf(state, interlock)) ?? [] }), ...tripEvents(plant, state, interlock, nowMs)] : [];
    if (truth === FALSE) return [endOfTrip(plant, state, id, trip, nowMs)];
    const first = firstOf(trip, raisedOf(state, interlock));
    return first === null ? [] : [fact('interlock.first-out', nowMs, null, { id, first })];
  });
}

/** For every bypass in use against a hazard that this function guards too. */
function tripEvents(plant: Plant, state: StationState, { id, guards }: InterlockDef, nowMs: number): Fact[] {
  const listening = entriesThatListen(state.bypasses, (entry) => entry.interlock === id || plant.interlocks.get(entry.interlock)?.guards.some((hazard) => guards.includes(hazard)) === true);
  return listening.map((entry) => fact('bypass.event', nowMs, null, { bypass: entry.id, interlock: id }));
}

function raisedOf(state: StationState, { tripConditions }: InterlockDef): TripSign[] {
  return tripConditions.flatMap((condition) => {
    const record = state.conditions.get(condition);
    return record?.state === 'raised' ? [{ condition, sourceMs: record.sourceMs }] : [];
  });
}

function endOfTrip(plant: Plant, state: StationState, id: string, trip: Trip, nowMs: number): Fact {
  const released = fact('interlock.released', nowMs, null, { id });
  if (trip.resetMs !== null) return released;
  if (state.putBackMs !== null && state.putBackMs >= trip.trippedMs && nowMs - state.putBackMs <= PUT_BACK_MS) return released;
  const missing = missingForReset(plant, state, id);
  const isShared = state.resetGrantedMs !== null && state.resetGrantedMs >= trip.trippedMs && nowMs - state.resetGrantedMs <= SHARED_RESET_MS;
  if (isShared && missing.length === 0) return released;
  return fact('interlock.forced-reset', nowMs, null, { id, missing: [...missing, { zh: '没有两人批准的复位许可', en: 'no reset approved by two people' }] });
}

// --- alarms ------------------------------------------------------------------------------------------------------------------

/** Alarms about interlocks that should stand now, with the tag that shows it. */
export function interlockAlarmsWanted(plant: Plant, state: StationState, nowMs: number): { readonly id: string; readonly input: string | null }[] {
  return plant.pack.interlocks.flatMap((interlock) => {
    const { id } = interlock;
    const record = state.interlocks[id];
    const entry = openEntryOf(state.bypasses, id);
    const isExpired = state.bypasses.some((each) => each.interlock === id && each.phase === 'expired');
    const wanted: readonly (readonly [InterlockAlarm, boolean, string | null])[] = [
      ['BYPASS', record?.state === 'bypassed' && !record.approved, interlock.bypassTag],
      ['EXPIRED', isExpired && (record === undefined || record.state === 'bypassed' || record.state === 'unknown'), interlock.bypassTag],
      ['NO-TAG', interlockObstacles(state, id, nowMs).includes('no-tag'), interlock.bypassTag],
      ['FORCED', state.interlockInputs[id]?.forced === true, interlock.forcedTag ?? null],
      ['FORCED-RESET', isUnaccounted(state.trips[id]), interlock.tripTag],
      ['FAULT', record?.state === 'faulted', interlock.faultTag],
      ['BYPASS-80', entry?.phase === 'active' && nowMs >= preWarningMs(entry) && nowMs < entry.untilMs, null],
    ];
    return wanted.flatMap(([alarm, stands, input]) => (stands ? [{ id: interlockAlarmId(alarm, id), input }] : []));
  });
}

/** An alarm about something that has become unknown stays: unknown never clears. */
export function interlockAlarmCanEnd(plant: Plant, state: StationState, alarmId: string): boolean {
  const slash = alarmId.indexOf('/');
  const alarm = INTERLOCK_ALARMS.find((each) => each === alarmId.slice(0, slash));
  const id = alarmId.slice(slash + 1);
  if (alarm === undefined || !plant.interlocks.has(id)) return true;
  switch (alarm) {
    case 'BYPASS': case 'FAULT': case 'NO-TAG': case 'EXPIRED': return state.interlocks[id]?.state !== 'unknown';
    case 'FORCED': return state.interlockInputs[id]?.forced !== null;
    case 'FORCED-RESET': case 'BYPASS-80': return true;
  }
}
