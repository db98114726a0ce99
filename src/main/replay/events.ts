/** The events of `haven replay` (shared/design/cli.md). Outside programs build on these shapes: fields may be added, never changed. */
import { regionsOfAlarm } from '../../domain/alarms/alarms.ts';
import { isHidden } from '../../domain/alarms/regions.ts';
import type { AlarmClass, ProcedureDef } from '../../domain/packs/schema.ts';
import { EMPTY_CONTEXT, ownOf } from '../../domain/procedures/course-context.ts';
import type { ContinuousRecord, CourseContext, DeadlineRecord, StepRecord } from '../../domain/procedures/course-context.ts';
import { placeOf } from '../../domain/procedures/machine.ts';
import type { Fact } from '../../domain/station/facts.ts';
import type { Plant } from '../../domain/station/plant.ts';
import type { StationState } from '../../domain/station/state.ts';
import type { SampleValue } from '../../domain/samples/sample.ts';

type Body =
  | { readonly type: 'condition'; readonly id: string; readonly clauses: readonly string[]; readonly state: string; readonly input: string | null; readonly value: SampleValue; readonly limit: number | null }
  | { readonly type: 'alarm'; readonly id: string; readonly priority: number; readonly state: 'unacknowledged' | 'returned' | 'cleared' | 'suppressed'; readonly firstOut?: true; readonly possiblyFirst?: true; readonly again?: true; readonly latched?: true; readonly class: AlarmClass; readonly clauses: readonly string[] }
  | { readonly type: 'procedure'; readonly id: string; readonly instance: string; readonly clauses: readonly string[]; readonly state: string; readonly because: readonly string[] }
  | { readonly type: 'prohibition'; readonly id: string; readonly clause: string; readonly state: 'violated' | 'cleared'; readonly procedure: string }
  | { readonly type: 'limit'; readonly id: string; readonly clause: string; readonly state: 'running' | 'exceeded' | 'ended' }
  | { readonly type: 'people'; readonly zone: string; readonly count: number | null; readonly limit: number | null; readonly state: string }
  | { readonly type: 'interlock'; readonly id: string; readonly state: string; readonly approved: boolean }
  | { readonly type: 'no-procedure'; readonly because: readonly string[]; readonly advice: 'stop' }
  | { readonly type: 'end'; readonly samples: number; readonly durationMs: number };

type AlarmBody = Extract<Body, { type: 'alarm' }>;
type AlarmWord = AlarmBody['state'];

export type ReplayEvent = { readonly t: number; readonly time: string } & Body;

/** What an outside program is told of a fact; most facts have one event, some none. */
export function eventsOf(plant: Plant, before: StationState, after: StationState, f: Fact): Body[] {
  switch (f.type) {
    case 'condition.changed': return [conditionEvent(plant, f.data)];
    case 'alarm.raised': case 'alarm.raised-again': case 'alarm.returned': case 'alarm.suppressed': case 'alarm.unsuppressed': case 'alarm.first-out': return alarmEvents(plant, before, after, f);
    case 'procedure.raised': case 'procedure.because': case 'procedure.moved': return procedureEvents(plant, before, after, f);
    case 'prohibition.changed': {
      const was = before.runs.find((run) => run.instance === f.data.instance)?.prohibitions[f.data.id];
      if (f.data.state !== 'violated' && was !== 'violated') return [];
      return [{ type: 'prohibition', id: f.data.id, clause: f.data.clause, state: f.data.state === 'violated' ? 'violated' : 'cleared', procedure: f.data.instance }];
    }
    case 'people.changed': return [{ type: 'people', zone: f.data.zone, count: f.data.count, limit: f.data.limit, state: f.data.state }];
    case 'interlock.changed': return [{ type: 'interlock', id: f.data.id, state: f.data.state, approved: f.data.approved }];
    case 'no-procedure.raised': return [{ type: 'no-procedure', because: f.data.because, advice: 'stop' }];
    default: return [];
  }
}

type AlarmNews = Extract<Fact, { type: 'alarm.raised' | 'alarm.raised-again' | 'alarm.returned' | 'alarm.suppressed' | 'alarm.unsuppressed' | 'alarm.first-out' }>;

/** In a replay nobody answers, shelves or resets: these are the changes that a trace can bring about. */
function alarmEvents(plant: Plant, before: StationState, after: StationState, f: AlarmNews): Body[] {
  if (f.type === 'alarm.first-out') return f.data.first === null ? [] : [alarmEvent(plant, after, f.data.first, wordOf(after, f.data.first), { firstOut: true })];
  const { id } = f.data;
  const [was, now] = [before.alarms.get(id), after.alarms.get(id)];
  switch (f.type) {
    case 'alarm.raised': return [alarmEvent(plant, after, id, wordOf(after, id), { ...(f.data.firstOut ? { firstOut: true } : {}), ...(f.data.possiblyFirst === true ? { possiblyFirst: true } : {}) })];
    case 'alarm.raised-again': return [alarmEvent(plant, after, id, 'unacknowledged', { again: true })];
    case 'alarm.returned': return [alarmEvent(plant, before, id, now === undefined || (isHidden(regionsOfAlarm(now)) && !now.latched) ? 'cleared' : 'returned', now?.latched === true ? { latched: true } : {})];
    case 'alarm.suppressed': return was?.active === true && was.suppressed === null ? [alarmEvent(plant, after, id, 'suppressed')] : [];
    case 'alarm.unsuppressed': return now?.active === true ? [alarmEvent(plant, after, id, wordOf(after, id))] : [];
  }
}

const wordOf = (state: StationState, id: string): AlarmWord => {
  const alarm = state.alarms.get(id);
  return alarm !== undefined && isHidden(regionsOfAlarm(alarm)) ? 'suppressed' : alarm?.active === false ? 'returned' : 'unacknowledged';
};

function alarmEvent(plant: Plant, state: StationState, id: string, word: AlarmWord, more: Partial<AlarmBody> = {}): Body {
  const def = plant.alarms.get(id);
  return { type: 'alarm', id, priority: def?.priority ?? state.alarms.get(id)?.priority ?? 4, state: word, ...more, class: def?.class ?? 'safety', clauses: def?.clauses ?? [] };
}

export function conditionEvent(plant: Plant, change: { id: string; state: string; input: string | null; value: SampleValue; limit: number | null }): Body {
  const { id, state, input, value, limit } = change;
  return { type: 'condition', id, clauses: plant.conditions.get(id)?.clauses ?? [], state, input, value: jsonValue(value), limit };
}

/** JSON has no NaN; a value that is not a number is told as none. */
function jsonValue(value: SampleValue): SampleValue {
  return typeof value === 'number' && !Number.isFinite(value) ? null : value;
}

function procedureEvents(plant: Plant, before: StationState, after: StationState, f: Extract<Fact, { type: `procedure.${string}` }>): Body[] {
  const instance = f.data.instance;
  const was = before.runs.find((run) => run.instance === instance);
  const now = after.runs.find((run) => run.instance === instance);
  const id = now?.procedure ?? was?.procedure ?? instance;
  const def = plant.procedures.get(id);
  const place = now === undefined ? 'closed' : placeOf(now.course);
  const clauses = def?.clauses ?? [];
  const events: Body[] = [];
  const isNews = was === undefined || placeOf(was.course) !== place || f.type === 'procedure.because';
  if (isNews) events.push({ type: 'procedure', id, instance, clauses, state: place, because: (now ?? was)?.because.map((b) => b.condition) ?? [] });
  return [...events, ...limitEvents(def, was?.course.context, now?.course.context)];
}

type LimitState = Extract<Body, { type: 'limit' }>['state'];

/**
 * What begins, runs out and ends, by what was remembered before and after: times of steps under the step's own id, those over several
 * steps under the deadline's, continuous actions under `~` and theirs, so that none is taken for another.
 */
function limitEvents(def: ProcedureDef | undefined, was: CourseContext | undefined, now: CourseContext | undefined): Body[] {
  // Of a procedure that is closed or no longer in the pack nothing more is told than that.
  if (def === undefined || now === undefined) return [];
  const clause = def.clauses[0] ?? '';
  const told = (id: string, of: string, states: readonly LimitState[]): Body[] => states.map((state) => ({ type: 'limit', id: `${def.id}/${id}`, clause: of, state }));
  const before = was ?? EMPTY_CONTEXT;
  return [
    ...[...def.steps, ...def.handling].flatMap(({ id }) => told(id, clause, stepNews(ownOf(before.steps, id), ownOf(now.steps, id)))),
    ...def.deadlines.flatMap((deadline) => told(deadline.id, deadline.clause, deadlineNews(ownOf(before.deadlines, deadline.id)?.state, ownOf(now.deadlines, deadline.id)?.state))),
    ...def.continuous.flatMap(({ id }) => told(`~${id}`, clause, actionNews(ownOf(before.continuous, id)?.state, ownOf(now.continuous, id)?.state))),
  ];
}

/** One that is opened anew after a way back runs anew. A proof that comes late ends it all the same. */
function stepNews(old: StepRecord | undefined, record: StepRecord | undefined): LimitState[] {
  if (record === undefined) return [];
  const isNew = old === undefined || old.startedMs !== record.startedMs;
  return [
    ...(isNew ? ['running' as const] : []),
    ...(record.overdue && (isNew || !old.overdue) ? ['exceeded' as const] : []),
    ...(record.doneMs !== null && (isNew || old.doneMs === null) ? ['ended' as const] : []),
  ];
}

const DEADLINE_WORDS = { running: 'running', exceeded: 'exceeded', met: 'ended' } as const satisfies Record<DeadlineRecord['state'], LimitState>;

/** One that was over before it was ever looked at ran all the same. */
function deadlineNews(old: DeadlineRecord['state'] | undefined, state: DeadlineRecord['state'] | undefined): LimitState[] {
  if (state === undefined || state === old) return [];
  return old === undefined && state !== 'running' ? ['running', DEADLINE_WORDS[state]] : [DEADLINE_WORDS[state]];
}

const ACTION_WORDS = { quiet: 'ended', inEffect: 'running', answered: 'ended', overdue: 'exceeded' } as const satisfies Record<ContinuousRecord['state'], LimitState>;

function actionNews(old: ContinuousRecord['state'] | undefined, state: ContinuousRecord['state'] | undefined): LimitState[] {
  if (state === undefined || state === old) return [];
  // Answered, and then what called for it is gone: it had ended already.
  return ACTION_WORDS[state] === 'ended' && (old === undefined || ACTION_WORDS[old] === 'ended') ? [] : [ACTION_WORDS[state]];
}
