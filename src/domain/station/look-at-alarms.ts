/**
 * What becomes of alarms: raised and returned by their conditions, suppressed by design, and - by time alone - back from
 * shelving, raised again, overdue, out of the flood. Part of `observe`; pure.
 */
import { clockOf, deadlinesOf, dueOf, isAlwaysVisible, regionsOfAlarm } from '../alarms/alarms.ts';
import type { Alarm, AlarmDef } from '../alarms/alarms.ts';
import { ARRIVAL_WITHIN_MS, markOf, marksOf, SOURCE_WITHIN_MS, withCandidate } from '../alarms/first-out.ts';
import type { Candidate } from '../alarms/first-out.ts';
import { floodEndsMs, isFlood, raisedWithin } from '../alarms/flood.ts';
import { IdMapSummary } from '../alarms/id-map.ts';
import { isHidden } from '../alarms/regions.ts';
import { TRUE } from '../conditions/truth.ts';
import type { SampleValue } from '../samples/sample.ts';
import { fact } from './facts.ts';
import type { Fact } from './facts.ts';
import type { Plant } from './plant.ts';
import type { StationState } from './state.ts';

export interface Evidence {
  readonly sourceMs: number;
  readonly input: string | null;
  readonly value: SampleValue;
  readonly limit: number | null;
  /** What the on-delay took before the alarm, ms; absent: nothing. */
  readonly delayMs?: number;
}

/** @param atMs when its condition was raised, station clock */
export function raiseAlarm(plant: Plant, state: StationState, id: string, atMs: number, { delayMs = 0, ...evidence }: Evidence): Fact[] {
  const def = plant.alarms.get(id);
  const present = state.alarms.get(id);
  if (def === undefined || present?.active === true) return [];
  const isOutOfSight = present !== undefined && isHidden(regionsOfAlarm(present)) && !isAlwaysVisible(def.class);
  return [fact('alarm.raised', atMs, null, {
    id, priority: def.priority, group: def.group, ...evidence, class: def.class, latching: def.latching, reAlarmMs: def.reAlarmMs, ...deadlinesOf(def, atMs, delayMs),
    ...(isOutOfSight ? { firstOut: false, hidden: true as const } : firstOutNow(state, def, atMs, delayMs, evidence)),
  })];
}

/** Whether it began its group, as far as is known now; `lookAtFirstOut` corrects it by what comes with it or later. */
function firstOutNow(state: StationState, def: AlarmDef, atMs: number, delayMs: number, evidence: Evidence) {
  if (def.group === null) return { firstOut: false };
  const candidate = candidateOf(state, def.id, atMs, delayMs, evidence);
  const marks = marksOf(withCandidate(state.episodes.get(def.group)?.candidates ?? [], candidate), state.skewMs);
  const mark = markOf(marks, def.id);
  return { firstOut: mark === 'first', possiblyFirst: mark === 'possible', uncertaintyMs: marks.uncertaintyMs, clock: candidate.clock, withinMs: candidate.withinMs, sourceMs: candidate.sourceMs };
}

/** By the source time of its value. Behind an on-delay the value that ran it out is not the one that began it: then the onset counts, known by arrival. */
function candidateOf(state: StationState, id: string, atMs: number, delayMs: number, { sourceMs, input }: Evidence): Candidate {
  const clock = clockOf(input);
  if (input === null) return { id, sourceMs: Math.max(0, sourceMs - delayMs), clock, withinMs: ARRIVAL_WITHIN_MS };
  const onsetMs = Math.max(0, Math.round(atMs - delayMs + (clock === 'plant' ? (state.skewMs ?? 0) : 0)));
  return delayMs === 0 || sourceMs <= onsetMs ? { id, sourceMs, clock, withinMs: SOURCE_WITHIN_MS } : { id, sourceMs: onsetMs, clock, withinMs: ARRIVAL_WITHIN_MS };
}

export function endAlarm(state: StationState, id: string, atMs: number): Fact[] {
  return state.alarms.get(id)?.active === true ? [fact('alarm.returned', atMs, null, { id })] : [];
}

/** Suppressed by design while one of its conditions is TRUE. Unknown suppresses nothing and keeps nothing suppressed. */
export function lookAtSuppression(plant: Plant, state: StationState, nowMs: number): Fact[] {
  const facts: Fact[] = [];
  for (const def of plant.suppressible) {
    const now = def.suppressedWhile.filter((id) => plant.engine.truthOf(id) === TRUE);
    const was = state.alarms.get(def.id)?.suppressed?.by ?? [];
    if (now.length === was.length && now.every((id, i) => id === was[i])) continue;
    facts.push(now.length === 0 ? fact('alarm.unsuppressed', nowMs, null, { id: def.id }) : fact('alarm.suppressed', nowMs, null, { ...headOf(def), while: now }));
  }
  return facts;
}

/** What a fact says of an alarm of which there may be no record yet. */
export const headOf = ({ id, priority, class: alarmClass, latching, group }: AlarmDef) => ({ id, priority, class: alarmClass, latching, group });

interface Outlook {
  /** The next moment at which something becomes of an alarm by time alone. */
  readonly dueMs: number;
  readonly hidden: readonly Alarm[];
}

/** Asked for at every batch of samples, and worked out anew only where alarms changed. */
const outlooks = new IdMapSummary<Alarm, Outlook>(
  (alarms) => ({ dueMs: Math.min(Number.POSITIVE_INFINITY, ...alarms.map(dueOf)), hidden: alarms.filter((alarm) => isHidden(regionsOfAlarm(alarm))) }),
  (parts) => ({ dueMs: parts.reduce((least, { dueMs }) => Math.min(least, dueMs), Number.POSITIVE_INFINITY), hidden: parts.flatMap(({ hidden }) => hidden) }),
);

/** For due.ts: when alarms or the flood next change by time alone. */
export function alarmsDueMs(state: StationState): number {
  return Math.min(outlooks.of(state.alarms).dueMs, state.flood === null ? Number.POSITIVE_INFINITY : floodEndsMs(state.raises));
}

export function lookAtAlarms(plant: Plant, state: StationState, nowMs: number): Fact[] {
  const { dueMs, hidden } = outlooks.of(state.alarms);
  const facts = [...lookAtHidden(plant, state, hidden, nowMs), ...lookAtFirstOut(state, nowMs)];
  if (nowMs >= dueMs) for (const alarm of state.alarms.values()) if (!isHidden(regionsOfAlarm(alarm)) && nowMs >= dueOf(alarm)) facts.push(dueFact(plant, alarm, nowMs));
  return facts.sort(byId);
}

/** The order of a state's alarms is nobody's business; the order of the journal is. */
const byId = (a: Fact, b: Fact): number => (idIn(a) < idIn(b) ? -1 : idIn(a) > idIn(b) ? 1 : 0);
const idIn = (f: Fact): string => ('id' in f.data ? f.data.id : '');

function dueFact(plant: Plant, alarm: Alarm, nowMs: number): Fact {
  const isAgain = alarm.active && alarm.reAlarmMs !== null && nowMs >= alarm.raisedMs + alarm.reAlarmMs;
  if (!isAgain) return fact('alarm.overdue', nowMs, null, { id: alarm.id });
  const def = plant.alarms.get(alarm.id);
  return fact('alarm.raised-again', nowMs, null, { id: alarm.id, answerByMs: deadlinesOf(def ?? { priority: alarm.priority, card: NO_CARD }, nowMs, 0).answerByMs });
}

const NO_CARD = { cause: { zh: '', en: '' }, consequence: { zh: '', en: '' }, action: { zh: '', en: '' }, timeToActMs: null, timeNeededMs: null };

/** Nothing stays out of sight longer than it may, nor when a procedure needs it, nor when its class has been raised to one that is always visible. */
function lookAtHidden(plant: Plant, state: StationState, hidden: readonly Alarm[], nowMs: number): Fact[] {
  if (hidden.length === 0) return [];
  const named = namedByRuns(plant, state);
  return hidden.flatMap((alarm) => {
    const { id, shelved, suppressed, outOfService } = alarm;
    const def = plant.alarms.get(id);
    const mustShow = isAlwaysVisible(def?.class ?? alarm.class);
    const facts: Fact[] = [];
    const because = mustShow ? 'class' as const : shelved !== null && nowMs >= shelved.untilMs ? 'time' as const : named.has(id) ? 'procedure' as const : null;
    if (shelved !== null && because !== null) facts.push(fact('alarm.unshelved', nowMs, null, { id, because }));
    if (suppressed !== null && (mustShow || (def?.suppressedWhile.length ?? 0) === 0)) facts.push(fact('alarm.unsuppressed', nowMs, null, { id }));
    if (outOfService !== null && mustShow) facts.push(fact('alarm.in-service', nowMs, null, { id, because: 'class' }));
    return facts;
  });
}

/** Alarms whose conditions running procedures name: those that raised them, those that start them, and the prohibitions they watch. */
export function namedByRuns(plant: Plant, state: StationState): ReadonlySet<string> {
  return new Set(state.runs.flatMap((run) => [...run.because.map(({ condition }) => condition), ...(plant.namedBy.get(run.procedure) ?? [])]));
}

/** Corrects who was first, where a value that came later began earlier, or began at a moment that the clocks cannot tell apart. */
function lookAtFirstOut(state: StationState, nowMs: number): Fact[] {
  return [...state.episodes.entries()].flatMap(([group, { candidates }]) => {
    const marks = marksOf(candidates, state.skewMs);
    const isRight = candidates.every(({ id }) => {
      const alarm = state.alarms.get(id);
      const mark = markOf(marks, id);
      return alarm === undefined || alarm.group !== group || (alarm.firstOut === mark && (mark === null || alarm.uncertaintyMs === marks.uncertaintyMs));
    });
    return isRight ? [] : [fact('alarm.first-out', nowMs, null, { group, ...marks })];
  });
}

/** A flood begins with an alarm and ends by time. */
export function floodFacts(_plant: Plant, state: StationState, nowMs: number): Fact[] {
  const raised = raisedWithin(state.raises, nowMs);
  const now = isFlood(state.flood !== null, raised);
  if (now === (state.flood !== null)) return [];
  return [now ? fact('flood.began', nowMs, null, { raised }) : fact('flood.ended', nowMs, null, { raised })];
}
