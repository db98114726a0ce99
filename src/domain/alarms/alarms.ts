/**
 * What an alarm is: its definition (pack, or the product itself), its record in the state, and the figures by which it lives -
 * each an engineering default with its reason, in one place.
 */
import type { Text } from '../../contract/text.ts';
import { ALARM_CLASSES_ALWAYS_VISIBLE } from '../packs/schema.ts';
import type { AlarmClass } from '../packs/schema.ts';
import type { SampleValue } from '../samples/sample.ts';
import type { FirstOut, SourceClock } from './first-out.ts';
import type { AlarmRegions, AlarmTraits } from './regions.ts';

export type AlarmPriority = 1 | 2 | 3 | 4;
/** Active and acknowledged in one word; an acknowledged alarm that is not active is there because it is latched or hidden. */
export type AlarmState = 'unacknowledged' | 'acknowledged' | 'returned';

export interface AlarmCard {
  readonly cause: Text;
  readonly consequence: Text;
  readonly action: Text;
  /** Time available, ms; null = the plant can wait. */
  readonly timeToActMs: number | null;
  readonly timeNeededMs: number | null;
}

/** What an alarm is, apart from its state. */
export interface AlarmDef {
  readonly id: string;
  readonly title: Text;
  readonly priority: AlarmPriority;
  readonly class: AlarmClass;
  readonly clauses: readonly string[];
  /** Alarms of one group share their first-out. */
  readonly group: string | null;
  /** Unit of the plant; null for alarms about the product itself. */
  readonly area: string | null;
  readonly latching: boolean;
  readonly reAlarmMs: number | null;
  readonly suppressedWhile: readonly string[];
  /** What the on-delay takes from the time available. */
  readonly onDelayMs: number;
  readonly card: AlarmCard;
}

export interface SignedWord {
  readonly text: string;
  readonly by: string;
  readonly atMs: number;
}

/** An alarm as the state holds it; there is none for an alarm at rest. */
export interface Alarm {
  readonly id: string;
  readonly priority: AlarmPriority;
  readonly class: AlarmClass;
  readonly latching: boolean;
  readonly group: string | null;
  readonly state: AlarmState;
  readonly active: boolean;
  readonly acknowledged: boolean;
  readonly latched: boolean;
  readonly shelved: { readonly untilMs: number; readonly by: string; readonly reason: string; readonly sinceMs: number } | null;
  readonly suppressed: { readonly by: readonly string[]; readonly sinceMs: number } | null;
  readonly outOfService: { readonly by: string; readonly permit: string; readonly reason: string; readonly sinceMs: number } | null;
  /** Raised, raised again, or - never raised yet - hidden. */
  readonly raisedMs: number;
  /** Source time of the raising value, as told. */
  readonly sourceMs: number;
  /** Onset of the raw condition, before its on-delay, station clock. */
  readonly onsetMs: number;
  /** Raises since it was last at rest. */
  readonly count: number;
  readonly acknowledgedMs: number | null;
  readonly acknowledgedBy: string | null;
  readonly answeredInTime: boolean | null;
  readonly respondByMs: number | null;
  readonly answerByMs: number;
  readonly overdueMs: number | null;
  /** How long it may stay active before it is raised again; null = never. */
  readonly reAlarmMs: number | null;
  readonly firstOut: FirstOut;
  readonly uncertaintyMs: number;
  /** Takes part in the present episode of its group. */
  readonly inEpisode: boolean;
  readonly input: string | null;
  readonly value: SampleValue;
  readonly limit: number | null;
  /** 3.6, gas and fire. */
  readonly cause: SignedWord | null;
  readonly confirmation: SignedWord | null;
}

/** The record's regions, for the table. */
export const regionsOfAlarm = (alarm: Alarm): AlarmRegions => ({
  active: alarm.active, acknowledged: alarm.acknowledged, latched: alarm.latched,
  shelved: alarm.shelved !== null, suppressed: alarm.suppressed !== null, outOfService: alarm.outOfService !== null,
});

export const isAlwaysVisible = (alarmClass: AlarmClass): boolean => ALARM_CLASSES_ALWAYS_VISIBLE.includes(alarmClass);

export const traitsOf = (alarm: Pick<Alarm, 'class' | 'latching'>): AlarmTraits => ({ latching: alarm.latching, alwaysVisible: isAlwaysVisible(alarm.class) });

export const stateWord = ({ active, acknowledged }: { readonly active: boolean; readonly acknowledged: boolean }): AlarmState => (acknowledged ? 'acknowledged' : active ? 'unacknowledged' : 'returned');

const MINUTE_MS = 60_000;

/**
 * Longest time for which an alarm may be shelved, by priority. Engineering default: an alarm may be out of sight for at most the
 * part of a shift (8 h) in which its consequence cannot grow into the next worse one - ISA-18.2 11.7 asks for a limit by class or
 * priority and names none.
 */
export const SHELVE_MAX_MS: Readonly<Record<AlarmPriority, number>> = { 1: 30 * MINUTE_MS, 2: 60 * MINUTE_MS, 3: 4 * 60 * MINUTE_MS, 4: 8 * 60 * MINUTE_MS };

/**
 * Within what time an alarm whose card gives no time must be answered (3.6: every alarm is answered), by priority. Engineering
 * default after the usual response times of alarm rationalisation: minutes for the worst, half an hour for the least.
 */
export const ANSWER_WITHIN_MS: Readonly<Record<AlarmPriority, number>> = { 1: MINUTE_MS, 2: 3 * MINUTE_MS, 3: 10 * MINUTE_MS, 4: 30 * MINUTE_MS };

/** Shortest time after which an alarm may be raised again: oftener is chattering. */
export const RE_ALARM_LEAST_MS = MINUTE_MS;

export interface Deadlines {
  readonly onsetMs: number;
  /** Onset of the raw condition + time available: the delay has been taken from it. */
  readonly respondByMs: number | null;
  /** Last moment to begin and still be done in time; never before it is raised. */
  readonly answerByMs: number;
}

/** @param raisedMs when it is raised; @param delayMs what its on-delay took before that */
export function deadlinesOf(def: Pick<AlarmDef, 'priority' | 'card'>, raisedMs: number, delayMs: number): Deadlines {
  const onsetMs = Math.max(0, raisedMs - delayMs);
  const { timeToActMs, timeNeededMs } = def.card;
  if (timeToActMs === null) return { onsetMs, respondByMs: null, answerByMs: raisedMs + ANSWER_WITHIN_MS[def.priority] };
  return { onsetMs, respondByMs: onsetMs + timeToActMs, answerByMs: Math.max(raisedMs, onsetMs + timeToActMs - (timeNeededMs ?? 0)) };
}

/** The next moment at which something becomes of the alarm by time alone; Infinity when nothing does. */
export function dueOf(alarm: Alarm): number {
  if (alarm.shelved !== null) return alarm.shelved.untilMs;
  if (alarm.suppressed !== null || alarm.outOfService !== null) return Number.POSITIVE_INFINITY;
  const reAlarm = alarm.active && alarm.reAlarmMs !== null ? alarm.raisedMs + alarm.reAlarmMs : Number.POSITIVE_INFINITY;
  const overdue = !alarm.acknowledged && alarm.overdueMs === null ? alarm.answerByMs : Number.POSITIVE_INFINITY;
  return Math.min(reAlarm, overdue);
}

/** What became first known with this alarm: which clock stamped its source time. */
export const clockOf = (input: string | null): SourceClock => (input === null || input.includes(':') ? 'station' : 'plant');
