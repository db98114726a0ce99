/** The Interlocks section: cause-and-effect live from tags, what each function is worth, and the bypass register with what may be done next. */
import type { BypassView, InterlocksSection, InterlockView } from '../../contract/view.ts';
import type { Text } from '../../contract/text.ts';
import type { Truth } from '../../domain/conditions/truth.ts';
import { FALSE, TRUE, UNKNOWN } from '../../domain/conditions/truth.ts';
import { INTERLOCK_WORDS } from '../../domain/gates/rules-plant.ts';
import { grantFor } from '../../domain/authority/matrix.ts';
import { EXTENSIONS_MAX, inOrderOfUrgency, openEntryOf, overdueOf, walkDueMs } from '../../domain/interlocks/bypass.ts';
import type { BypassEntry, BypassEvent, Watch } from '../../domain/interlocks/bypass.ts';
import { EVENTS_MAX } from '../../domain/interlocks/bypass-events.ts';
import { limitTruth, watchTruth } from '../../domain/interlocks/bypass-watch.ts';
import { channelsOfCauses } from '../../domain/interlocks/channels.ts';
import { lopaCreditOf } from '../../domain/interlocks/lopa-credit.ts';
import { elementsOf, weakenedBy } from '../../domain/interlocks/weakened.ts';
import { isOpenTrip } from '../../domain/interlocks/trips.ts';
import type { Trip } from '../../domain/interlocks/trips.ts';
import type { InterlockDef } from '../../domain/packs/schema.ts';
import type { SampleValue } from '../../domain/samples/sample.ts';
import { bypassEffects } from '../../domain/station/bypass-effects.ts';
import type { BypassEffect } from '../../domain/station/bypass-effects.ts';
import { bypassVerdict } from '../../domain/station/gates/bypass-facts.ts';
import { interlockObstacles, interlockStanding } from '../../domain/station/gates/interlock-facts.ts';
import { resetVerdict, sustainVerdict } from '../../domain/station/gates/verdicts.ts';
import type { Plant } from '../../domain/station/plant.ts';
import type { StationState } from '../../domain/station/state.ts';
import { readingOf } from './reading.ts';

/** Register entries shown; the journal keeps all. */
const REGISTER_MAX = 500;

const WORDS: Readonly<Record<Truth, 'true' | 'false' | 'unknown'>> = { [TRUE]: 'true', [FALSE]: 'false', [UNKNOWN]: 'unknown' };
const ALLOWED = { allowed: true } as const;

export function interlocksSection(plant: Plant, state: StationState, nowMs: number): InterlocksSection {
  const register = inOrderOfUrgency(state.bypasses, nowMs);
  return {
    interlocks: plant.pack.interlocks.map((def) => interlockView(plant, state, def, nowMs)),
    register: register.slice(0, REGISTER_MAX).map((entry) => bypassView(plant, state, entry, nowMs)),
    overdue: register.filter((entry) => overdueOf(entry, nowMs) !== null).length,
  };
}

function interlockView(plant: Plant, state: StationState, def: InterlockDef, nowMs: number): InterlockView {
  const record = state.interlocks[def.id];
  const entry = openEntryOf(state.bypasses, def.id);
  const channels = channelsOfCauses(def, (tag) => plant.engine.readingOf(tag)?.quality === 'good');
  const procedures = plant.pack.procedures.filter((p) => p.interlocks.includes(def.id));
  const trip = state.trips[def.id];
  return {
    id: def.id, title: def.title, criticality: def.criticality, maxBypassMs: def.maxBypass, lopaCredit: lopaCreditOf(def),
    elements: elementsOf(def).map((tag) => ({ tag, weakens: weakenedBy(def, tag) })),
    state: record?.state ?? 'unknown',
    standing: interlockStanding(state, def.id, nowMs),
    approved: record?.approved ?? false,
    sinceMs: record?.sinceMs ?? null,
    hazards: def.guards.map((id) => plant.pack.hazards.find((hazard) => hazard.id === id)?.title ?? { zh: id, en: id }),
    causes: def.causes.map(({ zh, en, voting, tags }, index) => ({ zh, en, voting: voting ?? null, channels: channels[index]?.state ?? null, tags: [...(tags ?? [])] })),
    obstacles: interlockObstacles(state, def.id, nowMs).map((obstacle) => INTERLOCK_WORDS[obstacle]),
    tripConditions: def.tripConditions.map((condition) => ({ condition, title: plant.conditions.get(condition)?.title ?? { zh: condition, en: condition }, state: WORDS[plant.engine.truthOf(condition) ?? UNKNOWN], first: trip?.first.some((sign) => sign.condition === condition) === true })),
    effects: [...def.effects],
    sets: Object.entries(def.sets).map(([tag, wanted]) => ({ tag, wanted: String(wanted), reached: WORDS[reached(plant, tag, wanted)] })),
    procedures: procedures.map(({ id }) => id).slice(0, 50),
    prohibitions: procedures.flatMap(({ prohibitions }) => prohibitions.map(({ clause, text }) => ({ clause, text }))).slice(0, 300),
    readings: [def.tripTag, def.bypassTag, def.faultTag, def.bypassCommandTag, def.forcedTag].flatMap((tag) => (tag === undefined ? [] : [readingOf(plant, tag)])),
    trip: trip === undefined ? null : tripView(plant, trip),
    bypass: entry === null ? null : bypassView(plant, state, entry, nowMs),
    request: bypassVerdict(plant, state, 'request', def, null, nowMs),
    sustain: sustainVerdict(state, def.id, nowMs),
    reset: isOpenTrip(trip) ? resetVerdict(plant, state, def.id, nowMs) : null,
  };
}

/** Does the final element stand where the trip puts it? */
function reached(plant: Plant, tag: string, wanted: string | boolean | number): Truth {
  const reading = plant.engine.readingOf(tag);
  if (reading?.quality !== 'good') return UNKNOWN;
  return reading.value === wanted ? TRUE : FALSE;
}

function tripView(plant: Plant, trip: Trip): InterlockView['trip'] {
  const { trippedMs, first, cause, resetMs, releasedMs, accounted } = trip;
  const forced = trip.forced ?? trip.owed ?? null;
  return {
    trippedMs, cause, resetMs, releasedMs, accounted,
    first: first.map(({ condition }) => plant.conditions.get(condition)?.title ?? { zh: condition, en: condition }),
    forced: forced === null ? null : { atMs: forced.atMs, missing: [...forced.missing] },
  };
}

const effectsByPlant = new WeakMap<Plant, Map<string, readonly BypassEffect[]>>();

/** The same for the life of a plant, and asked for with every view. */
function effectsOf(plant: Plant, def: InterlockDef, element: string | null): readonly BypassEffect[] {
  const key = `${def.id}/${element ?? ''}`;
  const known = effectsByPlant.get(plant) ?? new Map<string, readonly BypassEffect[]>();
  effectsByPlant.set(plant, known);
  const effects = known.get(key) ?? bypassEffects(plant, def, element);
  known.set(key, effects);
  return effects;
}

function bypassView(plant: Plant, state: StationState, entry: BypassEntry, nowMs: number): BypassView {
  const def = plant.interlocks.get(entry.interlock);
  const valueOf = (tag: string): SampleValue => { const reading = plant.engine.readingOf(tag); return reading?.quality === 'good' ? reading.value : null; };
  // Granted to nobody now: the gate says so; here stands nobody.
  const level = def === undefined ? null : grantFor(plant.pack.authority, 'bypass.approve', { criticality: def.criticality }, nowMs);
  const isBeforeApproval = entry.extension !== null || ['requested', 'assessed', 'approved'].includes(entry.phase);
  return {
    id: entry.id, interlock: entry.interlock, element: entry.element, weakened: def === undefined ? [] : weakenedBy(def, entry.element), workOrder: entry.workOrder, lopaCredit: def === undefined ? null : lopaCreditOf(def),
    events: entry.events.map((event) => eventView(plant, event)), hasMore: entry.events.length >= EVENTS_MAX, phase: entry.phase, kind: entry.kind, reason: entry.reason, hazard: entry.hazard, requestedBy: entry.requestedBy, requestedMs: entry.requestedMs, startMs: entry.startMs, untilMs: entry.untilMs,
    assessment: entry.assessment, approvals: [...entry.approvals], approvers: { count: level?.signatures ?? 1, roles: [...new Set(level?.roles ?? [])] }, acceptance: entry.acceptance, restoration: entry.restoration, test: entry.test, verification: entry.verification, lapse: entry.lapse,
    extension: entry.extension === null ? null : { untilMs: entry.extension.untilMs, reason: entry.extension.reason, requestedBy: entry.extension.requestedBy, assessment: entry.extension.assessment, approvals: [...entry.extension.approvals] },
    measures: entry.measures.map(({ text, owner, watch }, index) => ({
      text, owner, tag: watch?.tag ?? null, expected: watch === undefined ? null : expectedOf(watch),
      state: watch === undefined ? 'true' as const : WORDS[watchTruth(watch, valueOf(watch.tag))], walkedMs: entry.walks[index]?.atMs ?? null, walkDueMs: entry.phase === 'active' ? walkDueMs(entry, index) : null,
    })),
    limits: entry.limits.map((limit) => ({ tag: limit.tag, low: limit.low ?? null, high: limit.high ?? null, state: WORDS[limitTruth(limit, valueOf(limit.tag))] })),
    overdue: interlockObstacles(state, entry.interlock, nowMs).includes('no-tag') && entry.phase === 'active' ? 'no-tag' : overdueOf(entry, nowMs),
    next: def === undefined ? [] : nextOf(plant, state, entry, def, nowMs),
    effects: def === undefined || !isBeforeApproval ? [] : effectsOf(plant, def, entry.element).slice(0, 50).map((effect) => ({ ...effect, notActing: [...effect.notActing], byHand: [...effect.byHand], prohibitions: [...effect.prohibitions] })),
  };
}

function eventView(plant: Plant, event: BypassEvent): BypassView['events'][number] {
  const [kind, id] = 'condition' in event ? ['condition', event.condition] as const : ['interlock', event.interlock] as const;
  const known = kind === 'condition' ? plant.conditions.get(id) : plant.interlocks.get(id);
  return { kind, id, title: known?.title ?? { zh: id, en: id }, atMs: event.atMs };
}

function expectedOf(watch: Watch): Text {
  if ('is' in watch) return { zh: `应为 ${String(watch.is)}`, en: `is ${String(watch.is)}` };
  return 'below' in watch ? { zh: `低于 ${watch.below}`, en: `below ${watch.below}` } : { zh: `高于 ${watch.above}`, en: `above ${watch.above}` };
}

type Next = BypassView['next'][number];

/** What may be done next with an entry. What is gated carries its standing verdict; what leads back is always open. */
function nextOf(plant: Plant, state: StationState, entry: BypassEntry, def: InterlockDef, nowMs: number): Next[] {
  const gated = (operation: Next['operation'], step: 'request' | 'assess' | 'approve' | 'accept'): Next => ({ operation, verdict: bypassVerdict(plant, state, step, def, entry, nowMs) });
  const open = (operation: Next['operation']): Next => ({ operation, verdict: ALLOWED });
  if (entry.extension !== null) return [entry.extension.assessment === null ? gated('bypass.assess', 'assess') : gated('bypass.approve', 'approve'), open('bypass.reject'), open('bypass.restore')];
  const extend = entry.extensions < EXTENSIONS_MAX ? [gated('bypass.extend', 'request')] : [];
  switch (entry.phase) {
    case 'requested': return [gated('bypass.assess', 'assess'), open('bypass.reject'), open('bypass.withdraw')];
    case 'assessed': return [gated('bypass.approve', 'approve'), open('bypass.reject'), open('bypass.withdraw')];
    case 'approved': return [gated('bypass.accept', 'accept'), open('bypass.reject'), open('bypass.withdraw')];
    case 'active': return [open('bypass.restore'), ...(entry.measures.some(({ everyMs }) => everyMs !== undefined) ? [open('bypass.walk')] : []), ...extend, ...(entry.seen ? [] : [open('bypass.withdraw')])];
    case 'lapsed': case 'expired': return [open('bypass.restore'), ...extend, ...(entry.seen ? [] : [open('bypass.withdraw')])];
    case 'restored': return [open('bypass.test')];
    case 'tested': return [open('bypass.verify')];
    case 'closed': case 'rejected': case 'withdrawn': return [];
  }
}
