/** What the records tell of each procedure that ran in an incident: its own events in order, whatever the course has forgotten since. */
import type { ProcedureDef, StepDef } from '../../packs/schema.ts';
import type { CourseEvent } from '../../procedures/course-events.ts';
import type { Place } from '../../procedures/places.ts';
import type { JudgedIncident } from '../incident.ts';
import type { Records, Span } from './records.ts';

export interface Mark { readonly n: number; readonly atMs: number }
export type EventSeen<E extends CourseEvent = CourseEvent> = Mark & { readonly event: E };

export interface RunSeen {
  readonly instance: string;
  readonly procedure: string;
  readonly version: number;
  /** The very procedure that ran; null = the journal's pack has it not, or another version of it. */
  readonly def: ProcedureDef | null;
  readonly raised: Mark;
  /** Conditions that it answers; empty: a person or another procedure raised it. */
  readonly conditions: readonly string[];
  readonly events: readonly EventSeen[];
  /** START or STOP, the first of them. */
  readonly started: EventSeen<Extract<CourseEvent, { type: 'START' | 'STOP' }>> | null;
  readonly safe: Mark | null;
  /** Lost and not proved again since. */
  readonly lost: Mark | null;
  readonly place: Place;
  readonly closed: Mark | null;
  readonly prohibitions: ReadonlyMap<string, readonly (Mark & { readonly state: 'kept' | 'violated' | 'unknown' })[]>;
}

type Of<T extends CourseEvent['type']> = Extract<CourseEvent, { type: T }>;

export function eventsOf<T extends CourseEvent['type']>({ events }: Pick<RunSeen, 'events'>, ...types: readonly T[]): EventSeen<Of<T>>[] {
  return events.filter((each): each is EventSeen<Of<T>> => (types as readonly string[]).includes(each.event.type));
}

export function runsIn(incident: JudgedIncident, scope: Records): RunSeen[] {
  const moved = Map.groupBy(scope.of('procedure.moved'), ({ data }) => data.instance);
  const more = Map.groupBy(scope.of('procedure.because'), ({ data }) => data.instance);
  const told = Map.groupBy(scope.of('prohibition.changed'), ({ data }) => data.instance);
  return scope.of('procedure.raised').map(({ n, atMs, data }) => {
    const moves = moved.get(data.instance) ?? [];
    const events: EventSeen[] = moves.map((each) => ({ n: each.n, atMs: each.atMs, event: each.data.event }));
    const begun = { events };
    const closing = moves.find((each) => each.data.place === 'closed');
    return {
      instance: data.instance, procedure: data.procedure, version: data.version, def: defOf(incident, data), raised: { n, atMs }, events,
      conditions: [...data.because, ...(more.get(data.instance) ?? []).flatMap((each) => each.data.because)],
      started: eventsOf(begun, 'START', 'STOP')[0] ?? null, ...safeOf(begun), place: moves.at(-1)?.data.place ?? 'raised', closed: closing === undefined ? null : { n: closing.n, atMs: closing.atMs },
      prohibitions: Map.groupBy((told.get(data.instance) ?? []).map((each) => ({ n: each.n, atMs: each.atMs, state: each.data.state, id: each.data.id })), ({ id }) => id),
    };
  });
}

/** A stored course of another version is not trusted, nor is what it says read with the words of this one. */
function defOf({ plant }: JudgedIncident, { procedure, version, sourceHash }: { procedure: string; version: number; sourceHash: string }): ProcedureDef | null {
  const compiled = plant.machines.get(procedure);
  return compiled !== undefined && compiled.version === version && compiled.sourceHash === sourceHash ? (plant.procedures.get(procedure) ?? null) : null;
}

function safeOf(run: Pick<RunSeen, 'events'>): Pick<RunSeen, 'safe' | 'lost'> {
  const proved = eventsOf(run, 'SAFE_PROVED');
  const lost = eventsOf(run, 'SAFE_LOST').at(-1);
  const [first, last] = [proved[0], proved.at(-1)];
  return { safe: first ?? null, lost: lost !== undefined && (last === undefined || last.n < lost.n) ? lost : null };
}

export const stepsOf = ({ steps, handling }: ProcedureDef): readonly StepDef[] => [...steps, ...handling];

/** From the raise to the close, or to the end of what is known. */
export const timeOf = (run: RunSeen, span: Span): Span => ({ fromMs: run.raised.atMs, toMs: run.closed?.atMs ?? span.toMs });
