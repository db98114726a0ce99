/**
 * Folds one fact about an alarm into the state. What the regions become says the table (alarms/regions.ts); here stand only the
 * names, times and reasons that go with them. Costs the same with five alarms and with five thousand.
 */
import { ANSWER_WITHIN_MS, clockOf, regionsOfAlarm, stateWord, traitsOf } from '../alarms/alarms.ts';
import type { Alarm } from '../alarms/alarms.ts';
import { ARRIVAL_WITHIN_MS, withCandidate } from '../alarms/first-out.ts';
import type { Episode } from '../alarms/first-out.ts';
import { withRaise } from '../alarms/flood.ts';
import { AT_REST, isAnnounced, isAtRest, isHidden, nextRegions } from '../alarms/regions.ts';
import type { AlarmEvent } from '../alarms/regions.ts';
import type { Fact, FactMap } from './facts.ts';
import { HISTORY_MAX } from './state.ts';
import type { AlarmChange, StationState } from './state.ts';

export type AlarmFact = Extract<Fact, { type: `alarm.${string}` }>;
type Head = Pick<FactMap['alarm.shelved'], 'id' | 'priority' | 'class' | 'latching' | 'group'>;

const NO_EPISODE: Episode = { candidates: [], active: 0 };

export function evolveFlood(state: StationState, fact: Extract<Fact, { type: `flood.${string}` }>): StationState {
  return { ...state, flood: fact.type === 'flood.began' ? { sinceMs: fact.atMs, raised: fact.data.raised } : null };
}

export function evolveAlarm(state: StationState, fact: AlarmFact): StationState {
  if (fact.type === 'alarm.first-out') return markFirstOut(state, fact);
  const before = state.alarms.get(fact.data.id);
  if (fact.type === 'alarm.raised') return raise(state, fact, before);
  if (fact.type === 'alarm.shelved' || fact.type === 'alarm.suppressed' || fact.type === 'alarm.out-of-service') return hide(state, fact, asTold(before, fact.data, fact.atMs));
  if (before === undefined) return state; // a journal of another version may speak of what this one never knew
  switch (fact.type) {
    case 'alarm.raised-again': return move(state, fact, before, 'reAlarm', { ...unanswered(fact.atMs), answerByMs: fact.data.answerByMs, count: before.count + 1 });
    case 'alarm.returned': return move(state, fact, before, 'return', {});
    case 'alarm.acknowledged': return move(state, fact, before, 'acknowledge', { acknowledgedMs: fact.atMs, acknowledgedBy: fact.by, answeredInTime: fact.data.inTime ?? fact.atMs <= before.answerByMs });
    case 'alarm.unshelved': return move(state, fact, before, 'unshelve', { shelved: null });
    case 'alarm.unsuppressed': return move(state, fact, before, 'unsuppress', { suppressed: null });
    case 'alarm.in-service': return move(state, fact, before, 'putBack', { outOfService: null });
    case 'alarm.reset': return move(state, fact, before, 'reset', {});
    case 'alarm.overdue': return withHistory({ ...state, alarms: state.alarms.with(before.id, { ...before, overdueMs: fact.atMs }) }, fact, before);
    case 'alarm.cause': return withHistory({ ...state, alarms: state.alarms.with(before.id, { ...before, cause: { text: fact.data.text, by: fact.by ?? '', atMs: fact.atMs } }) }, fact, before);
    case 'alarm.confirmed-on-site': return withHistory({ ...state, alarms: state.alarms.with(before.id, { ...before, confirmation: { text: fact.data.text, by: fact.by ?? '', atMs: fact.atMs } }) }, fact, before);
    case 'alarm.cleared': return withHistory(leaveEpisode({ ...state, alarms: state.alarms.without(before.id) }, before), fact, before);
  }
}

/** What an alarm has again when it is put before the operator anew. */
const unanswered = (atMs: number) => ({ raisedMs: atMs, acknowledgedMs: null, acknowledgedBy: null, answeredInTime: null, overdueMs: null });

/** An alarm of which nothing was ever heard, and which is hidden all the same (its equipment stands, or it is being repaired). */
function unheardOf({ id, priority, class: alarmClass, latching, group }: Head, atMs: number): Alarm {
  return {
    id, priority, class: alarmClass, latching, group, ...AT_REST, state: 'acknowledged', shelved: null, suppressed: null, outOfService: null, ...unanswered(atMs), sourceMs: atMs, onsetMs: atMs, count: 0,
    respondByMs: null, answerByMs: atMs, reAlarmMs: null, firstOut: null, uncertaintyMs: 0, inEpisode: false, input: null, value: null, limit: null, cause: null, confirmation: null,
  };
}

/** The record with the class and priority that the pack of that moment gave it. */
function asTold(before: Alarm | undefined, head: Head, atMs: number): Alarm {
  return before === undefined ? unheardOf(head, atMs) : { ...before, priority: head.priority, class: head.class, latching: head.latching };
}

function raise(state: StationState, fact: Extract<Fact, { type: 'alarm.raised' }>, before: Alarm | undefined): StationState {
  const { id, priority, class: alarmClass = 'safety', latching = false, group, sourceMs, input, value, limit, onsetMs = fact.atMs, respondByMs = null, reAlarmMs = null, uncertaintyMs = 0 } = fact.data;
  const base = before ?? unheardOf({ id, priority, class: alarmClass, latching, group }, fact.atMs);
  const isIn = group !== null && !isHidden(regionsOfAlarm(base));
  const episode = isIn && !base.active ? enterEpisode(state, fact, base) : state;
  return move(episode, fact, { ...base, priority, class: alarmClass, latching, group }, 'raise', {
    ...unanswered(fact.atMs), sourceMs, onsetMs, respondByMs, answerByMs: fact.data.answerByMs ?? fact.atMs + ANSWER_WITHIN_MS[priority], reAlarmMs, count: base.count + 1,
    firstOut: fact.data.firstOut ? 'first' : fact.data.possiblyFirst === true ? 'possible' : null, uncertaintyMs, inEpisode: isIn, input, value, limit, cause: null, confirmation: null,
  });
}

function hide(state: StationState, fact: Extract<AlarmFact, { type: 'alarm.shelved' | 'alarm.suppressed' | 'alarm.out-of-service' }>, alarm: Alarm): StationState {
  const by = fact.by ?? '';
  switch (fact.type) {
    case 'alarm.shelved': return move(state, fact, alarm, 'shelve', { shelved: { untilMs: fact.data.untilMs, by, reason: fact.data.reason, sinceMs: fact.atMs } });
    case 'alarm.out-of-service': return move(state, fact, alarm, 'takeOut', { outOfService: { by, permit: fact.data.permit, reason: fact.data.reason, sinceMs: fact.atMs } });
    case 'alarm.suppressed': {
      // Other conditions suppress it than before: no other region.
      if (alarm.suppressed !== null) return { ...state, alarms: state.alarms.with(alarm.id, { ...alarm, suppressed: { ...alarm.suppressed, by: fact.data.while } }) };
      return move(state, fact, alarm, 'suppress', { suppressed: { by: fact.data.while, sinceMs: fact.atMs } });
    }
  }
}

/** The table's answer, with what goes with it; nothing at all where the table says that the event means nothing here. */
function move(state: StationState, fact: AlarmFact, alarm: Alarm, event: AlarmEvent, change: Partial<Alarm>): StationState {
  const before = regionsOfAlarm(alarm);
  const after = nextRegions(before, event, traitsOf(alarm));
  if (after === before) return state;
  // What comes back from hiding is answered from now on.
  const isBack = event !== 'raise' && event !== 'reAlarm' && isAnnounced(before, event, after);
  const waited = isBack ? { ...unanswered(fact.atMs), answerByMs: fact.atMs + ANSWER_WITHIN_MS[alarm.priority] } : {};
  const next: Alarm = { ...alarm, ...waited, ...change, active: after.active, acknowledged: after.acknowledged, latched: after.latched, state: stateWord(after) };
  const isGone = isAtRest(after);
  const placed = { ...state, alarms: isGone ? state.alarms.without(alarm.id) : state.alarms.with(alarm.id, next), raises: isAnnounced(before, event, after) ? withRaise(state.raises, fact.atMs) : state.raises };
  const left = event === 'return' && alarm.inEpisode ? leaveEpisode(placed, alarm) : placed;
  const settled = left === placed || isGone ? left : { ...left, alarms: left.alarms.with(alarm.id, { ...next, inEpisode: false }) };
  return withHistory(settled, fact, alarm);
}

function enterEpisode(state: StationState, { data }: Extract<Fact, { type: 'alarm.raised' }>, alarm: Alarm): StationState {
  const group = data.group as string;
  const episode = state.episodes.get(group) ?? NO_EPISODE;
  const candidate = { id: alarm.id, sourceMs: data.sourceMs, clock: data.clock ?? clockOf(data.input), withinMs: data.withinMs ?? ARRIVAL_WITHIN_MS };
  return { ...state, episodes: state.episodes.with(group, { candidates: withCandidate(episode.candidates, candidate), active: episode.active + 1 }) };
}

/** With its last active alarm the episode is over; the next alarm of the group is first again. */
function leaveEpisode(state: StationState, { group, inEpisode }: Alarm): StationState {
  const episode = group === null || !inEpisode ? undefined : state.episodes.get(group);
  if (group === null || episode === undefined) return state;
  return { ...state, episodes: episode.active <= 1 ? state.episodes.without(group) : state.episodes.with(group, { ...episode, active: episode.active - 1 }) };
}

function markFirstOut(state: StationState, fact: Extract<Fact, { type: 'alarm.first-out' }>): StationState {
  const { group, first, possible, uncertaintyMs } = fact.data;
  const ids = new Set([...(state.episodes.get(group)?.candidates.map(({ id }) => id) ?? []), ...(first === null ? [] : [first]), ...possible]);
  let { alarms } = state;
  for (const id of ids) {
    const alarm = alarms.get(id);
    const mark = id === first ? 'first' as const : possible.includes(id) ? 'possible' as const : null;
    if (alarm !== undefined && alarm.group === group && (alarm.firstOut !== mark || (mark !== null && alarm.uncertaintyMs !== uncertaintyMs))) alarms = alarms.with(id, { ...alarm, firstOut: mark, uncertaintyMs });
  }
  const head = alarms.get(first ?? possible[0] ?? '');
  return head === undefined ? { ...state, alarms } : withHistory({ ...state, alarms }, fact, head);
}

const CHANGES: Readonly<Record<AlarmFact['type'], AlarmChange>> = {
  'alarm.raised': 'raised', 'alarm.raised-again': 'raisedAgain', 'alarm.returned': 'returned', 'alarm.acknowledged': 'acknowledged', 'alarm.cleared': 'cleared', 'alarm.overdue': 'overdue', 'alarm.first-out': 'firstOut',
  'alarm.shelved': 'shelved', 'alarm.unshelved': 'unshelved', 'alarm.suppressed': 'suppressed', 'alarm.unsuppressed': 'unsuppressed', 'alarm.out-of-service': 'outOfService', 'alarm.in-service': 'inService',
  'alarm.reset': 'reset', 'alarm.cause': 'cause', 'alarm.confirmed-on-site': 'confirmed',
};

/** What a fact about an alarm is called in the alarm history. */
export const alarmChangeOf = (type: AlarmFact['type']): AlarmChange => CHANGES[type];

function withHistory(state: StationState, fact: AlarmFact, { id, priority }: Pick<Alarm, 'id' | 'priority'>): StationState {
  return { ...state, alarmHistory: [{ atMs: fact.atMs, by: fact.by, id, priority, change: CHANGES[fact.type] }, ...state.alarmHistory].slice(0, HISTORY_MAX) };
}
