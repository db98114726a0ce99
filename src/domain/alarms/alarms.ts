/**
 * Alarms by ISA-18.2: unacknowledged, acknowledged, returned unacknowledged, and gone. (Latching, shelving, suppression
 * and out of service come with the next issue, as orthogonal states.)
 *
 * Pure table: state and event in, state out. An alarm whose condition is unknown stays as it is: a bad value never clears.
 */
import type { Text } from '../../contract/text.ts';
import type { SampleValue } from '../samples/sample.ts';

export type AlarmPriority = 1 | 2 | 3 | 4;
export type AlarmState = 'unacknowledged' | 'acknowledged' | 'returned' | 'normal';
export type AlarmEvent = 'raise' | 'return' | 'acknowledge';

/** ISA-18.2 transitions: A normal, B unacknowledged, C acknowledged, D returned unacknowledged. */
const TRANSITIONS: Readonly<Record<AlarmState, Readonly<Record<AlarmEvent, AlarmState>>>> = {
  normal: { raise: 'unacknowledged', return: 'normal', acknowledge: 'normal' },
  unacknowledged: { raise: 'unacknowledged', return: 'returned', acknowledge: 'acknowledged' },
  acknowledged: { raise: 'acknowledged', return: 'normal', acknowledge: 'acknowledged' },
  returned: { raise: 'unacknowledged', return: 'returned', acknowledge: 'normal' },
};

export function nextAlarmState(state: AlarmState, event: AlarmEvent): AlarmState {
  return TRANSITIONS[state][event];
}

export interface AlarmCard {
  readonly cause: Text;
  readonly consequence: Text;
  readonly action: Text;
  readonly timeToActMs: number | null;
}

/** What an alarm is, apart from its state: from the pack, or one of the product's own. */
export interface AlarmDef {
  readonly id: string;
  readonly title: Text;
  readonly priority: AlarmPriority;
  readonly clauses: readonly string[];
  readonly group: string | null;
  readonly card: AlarmCard;
}

export interface Alarm {
  readonly id: string;
  readonly priority: AlarmPriority;
  readonly state: Exclude<AlarmState, 'normal'>;
  readonly group: string | null;
  readonly raisedMs: number;
  readonly sourceMs: number;
  readonly acknowledgedMs: number | null;
  readonly acknowledgedBy: string | null;
  readonly firstOut: boolean;
  readonly input: string | null;
  readonly value: SampleValue;
  readonly limit: number | null;
}

/** First-out: nothing of the group is still active, so this one began it. */
export function isFirstOut(active: readonly Alarm[], group: string | null): boolean {
  return group !== null && !active.some((alarm) => alarm.group === group && alarm.state !== 'returned');
}

/** EEMUA 191 / ISA-18.2: a flood begins above 10 alarms in 10 minutes for one operator and ends below 5. */
export const FLOOD_WINDOW_MS = 600_000;
export const FLOOD_BEGINS_ABOVE = 10;
export const FLOOD_ENDS_BELOW = 5;

export function isFlood(wasFlood: boolean, raisedInWindow: number): boolean {
  return wasFlood ? raisedInWindow >= FLOOD_ENDS_BELOW : raisedInWindow > FLOOD_BEGINS_ABOVE;
}
