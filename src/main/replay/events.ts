/** The events of `haven replay` (shared/design/cli.md). Outside programs build on these shapes: fields may be added, never changed. */
import { placeOf } from '../../domain/procedures/machine.ts';
import type { Fact } from '../../domain/station/facts.ts';
import type { Plant } from '../../domain/station/plant.ts';
import type { StationState } from '../../domain/station/state.ts';
import type { SampleValue } from '../../domain/samples/sample.ts';

type Body =
  | { readonly type: 'condition'; readonly id: string; readonly clauses: readonly string[]; readonly state: string; readonly input: string | null; readonly value: SampleValue; readonly limit: number | null }
  | { readonly type: 'alarm'; readonly id: string; readonly priority: number; readonly state: string; readonly firstOut?: true; readonly clauses: readonly string[] }
  | { readonly type: 'procedure'; readonly id: string; readonly instance: string; readonly clauses: readonly string[]; readonly state: string; readonly because: readonly string[] }
  | { readonly type: 'prohibition'; readonly id: string; readonly clause: string; readonly state: 'violated' | 'cleared'; readonly procedure: string }
  | { readonly type: 'limit'; readonly id: string; readonly clause: string; readonly state: 'running' | 'exceeded' | 'ended' }
  | { readonly type: 'people'; readonly zone: string; readonly count: number | null; readonly limit: number | null; readonly state: string }
  | { readonly type: 'interlock'; readonly id: string; readonly state: string; readonly approved: boolean }
  | { readonly type: 'no-procedure'; readonly because: readonly string[]; readonly advice: 'stop' }
  | { readonly type: 'end'; readonly samples: number; readonly durationMs: number };

export type ReplayEvent = { readonly t: number; readonly time: string } & Body;

/** What an outside program is told of a fact; most facts have one event, some none. */
export function eventsOf(plant: Plant, before: StationState, after: StationState, f: Fact): Body[] {
  switch (f.type) {
    case 'condition.changed': return [conditionEvent(plant, f.data)];
    case 'alarm.raised': return [{ type: 'alarm', id: f.data.id, priority: f.data.priority, state: 'unacknowledged', ...(f.data.firstOut ? { firstOut: true as const } : {}), clauses: plant.alarms.get(f.data.id)?.clauses ?? [] }];
    case 'alarm.returned': {
      const alarm = after.alarms[f.data.id];
      return [{ type: 'alarm', id: f.data.id, priority: before.alarms[f.data.id]?.priority ?? 4, state: alarm === undefined ? 'cleared' : 'returned', clauses: plant.alarms.get(f.data.id)?.clauses ?? [] }];
    }
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
  for (const step of def?.steps ?? []) {
    const [old, record] = [was?.course.context.steps[step.id], now?.course.context.steps[step.id]];
    const limit = (state: 'running' | 'exceeded' | 'ended'): void => { events.push({ type: 'limit', id: `${id}/${step.id}`, clause: clauses[0] ?? '', state }); };
    if (old === undefined && record !== undefined) limit('running');
    if (record?.overdue === true && old?.overdue !== true) limit('exceeded');
    if (record?.doneMs != null && old?.doneMs == null) limit('ended');
  }
  return events;
}
