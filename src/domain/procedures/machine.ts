/**
 * Makes an xstate machine of a procedure's table (course-table.ts): `course` with its steps as sub-states, and beside it the regions for
 * interlocks, people, prohibitions and authority.
 *
 * Pure: only `initialTransition` and the machine's own `transition` are used; no timers (`after` is lost on restore, xstate#5331), no
 * invoked promises. Deadlines are absolute times in context. STOP and START carry no guard at all: the way to safety is
 * never locked. RETURNED is guarded by different people with the required roles.
 */
import { assign, createActor, initialTransition, setup } from 'xstate';
import type { ProcedureDef, StepDef } from '../packs/schema.ts';
import type { Role } from '../../contract/refusal.ts';
import { EMPTY_CONTEXT, effectsOf, TOLD } from './course-context.ts';
import type { CourseContext, EffectOf } from './course-context.ts';
import type { CourseEvent, CourseEventType } from './course-events.ts';
import { compileCourse } from './course-table.ts';
import type { CourseRule, CourseStateDef, CourseTable } from './course-table.ts';
import type { Place } from './places.ts';

export type { CourseContext, StepRecord } from './course-context.ts';

/** What is stored and restored: plain data, bound to the procedure by id, version and source hash elsewhere. */
export interface CourseState {
  readonly value: unknown;
  readonly context: CourseContext;
}

/** Enough people have approved: one for each required role, all different. */
export function isApproved(required: readonly Role[], approvals: readonly { user: string; role: Role }[]): boolean {
  const people = new Set<string>();
  return required.every((role) => {
    const found = approvals.find((approval) => approval.role === role && !people.has(approval.user));
    if (found) people.add(found.user);
    return found !== undefined;
  });
}

interface EffectParams { readonly effect: EffectOf; readonly step: string | null }

/**
 * The closed vocabulary of actions and guards: the compiler emits these names with parameters of the table, and nothing else (xstate would
 * silently ignore an unknown action).
 */
const machineSetup = setup({
  types: { context: {} as CourseContext, events: {} as CourseEvent },
  actions: {
    apply: assign(({ context, event }, { effect, step }: EffectParams) => effect(context, event, step)),
  },
  guards: {
    names: ({ event }, params: { step: string | null; option: string | null }) =>
      (params.step === null || ('step' in event && event.step === params.step)) && (params.option === null || ('option' in event && event.option === params.option)),
    says: ({ event }, params: { state: string }) => 'state' in event && event.state === params.state,
    isApproved: ({ context }, params: { roles: readonly Role[] }) => isApproved(params.roles, context.approvals),
    isCauseKnown: ({ context }) => context.cause !== null,
  },
});

type Effects = ReturnType<typeof effectsOf>;

/** Rules that only differ in who brings the event are one transition of the machine. */
function withoutTwins(rules: readonly CourseRule[]): CourseRule[] {
  const seen = new Set<string>();
  return rules.filter(({ event, step, option, to }) => {
    const key = JSON.stringify([event, step, option, to]);
    return !seen.has(key) && seen.add(key).size > 0;
  });
}

/** What the machine itself still asks, whoever sends the event: a second lock beside the station's gate. */
function guardOf(rule: CourseRule, procedure: ProcedureDef) {
  if (rule.event === 'RETURNED') return { type: 'isApproved' as const, params: { roles: procedure.returnApprovals } };
  if (rule.event === 'READY') return { type: 'isCauseKnown' as const };
  return { type: 'names' as const, params: { step: rule.step, option: rule.option } };
}

function transitionsOf(table: CourseTable, state: CourseStateDef, effects: Effects) {
  const on: Partial<Record<CourseEventType, object[]>> = {};
  for (const rule of withoutTwins(table.rulesFrom[state.index] ?? [])) {
    const target = table.states[rule.to] as CourseStateDef;
    const actions = rule.effects.map(({ name, step }) => ({ type: 'apply' as const, params: { effect: effects[name], step } }));
    (on[rule.event] ??= []).push({ guard: guardOf(rule, table.procedure), target: `#${idOf(target)}`, actions });
  }
  return on;
}

const idOf = ({ place, name }: CourseStateDef): string => (name === null ? `course/${place}` : `course/${place}/${name}`);

/** A place with its sub-states; `closed` is final. */
function placesOf(table: CourseTable, effects: Effects) {
  const places: Record<string, object> = {};
  for (const state of table.states) {
    const on = transitionsOf(table, state, effects);
    if (state.name === null) { places[state.place] = state.place === 'closed' ? { id: idOf(state), type: 'final' } : { id: idOf(state), on }; continue; }
    const place = (places[state.place] ??= { initial: state.name, states: {} }) as { states: Record<string, object> };
    place.states[state.name] = { id: idOf(state), on };
  }
  return places;
}

/** Compiles one procedure. */
export function compileProcedure(procedure: ProcedureDef) {
  return machineOf(compileCourse(procedure));
}

/** The machine of a table. */
export function machineOf(table: CourseTable) {
  const effects = effectsOf(table.procedure);
  const told = Object.fromEntries(Object.entries(TOLD).map(([type, effect]) => [type, { actions: { type: 'apply' as const, params: { effect, step: null } } }]));
  return machineSetup.createMachine({
    id: 'procedure',
    type: 'parallel',
    context: EMPTY_CONTEXT,
    on: told as Record<string, never>,
    states: {
      course: { initial: table.states[table.initial]?.place as string, states: placesOf(table, effects) },
      interlocks: toldRegion('INTERLOCKS', 'blocked', ['clear', 'blocked']),
      people: toldRegion('PEOPLE', 'unknown', ['within', 'exceeded', 'unknown']),
      prohibitions: toldRegion('PROHIBITIONS', 'kept', ['kept', 'violated']),
      authority: { initial: 'granted', states: { granted: { on: { HELD: 'held' } }, held: { on: { REAUTHORISED: 'granted' } } } },
    },
  });
}

/** A region whose state is simply what the last event of its kind said. It begins on the side that permits nothing. */
function toldRegion(eventType: 'INTERLOCKS' | 'PEOPLE' | 'PROHIBITIONS', initial: string, names: readonly string[]) {
  const on = { [eventType]: names.map((state) => ({ target: `.${state}`, guard: { type: 'says' as const, params: { state } } })) };
  return { initial, states: Object.fromEntries(names.map((name) => [name, {}])), on };
}

export type CompiledProcedure = ReturnType<typeof compileProcedure>;

/** A fresh course, in `standby`. */
export function initialCourse(machine: CompiledProcedure): CourseState {
  const [snapshot] = initialTransition(machine);
  return { value: snapshot.value, context: snapshot.context };
}

type Scope = Parameters<CompiledProcedure['transition']>[2];
const scopes = new WeakMap<CompiledProcedure, Scope>();
const nothing = (): void => undefined;

/**
 * The surroundings in which a machine moves. xstate's pure `transition` makes them anew for every event - an actor that is never started, and with it
 * a first state that nobody asks for: half the work of a move. A procedure spawns nobody and sends nothing, so that one for each machine does.
 */
function scopeOf(machine: CompiledProcedure): Scope {
  const known = scopes.get(machine);
  if (known !== undefined) return known;
  const self = createActor(machine);
  const scope: Scope = { self, system: self.system, id: '', sessionId: '', logger: nothing, defer: nothing, emit: nothing, stopChild: nothing, actionExecutor: nothing };
  scopes.set(machine, scope);
  return scope;
}

/** One event further. Events that do not apply where the course stands change nothing. */
export function moveCourse(machine: CompiledProcedure, state: CourseState, event: CourseEvent): CourseState {
  const snapshot = machine.resolveState({ value: state.value as Parameters<CompiledProcedure['resolveState']>[0]['value'], context: state.context });
  const next = machine.transition(snapshot, event, scopeOf(machine));
  return { value: next.value, context: next.context };
}

interface RegionValues {
  readonly course: string | Readonly<Record<string, string>>;
  readonly interlocks: string;
  readonly people: string;
  readonly prohibitions: string;
  readonly authority: string;
}

/** The regions of a stored course. */
export function regionsOf(state: CourseState): RegionValues {
  return state.value as RegionValues;
}

/** Where the course stands. */
export function placeOf(state: CourseState): Place {
  const { course } = regionsOf(state);
  return (typeof course === 'string' ? course : Object.keys(course)[0]) as Place;
}

/** The sub-state of the place, as the table names it; null where it has none. */
export function subStateOf(state: CourseState): string | null {
  const { course } = regionsOf(state);
  return typeof course === 'string' ? null : (Object.values(course)[0] ?? null);
}

/** The table's state in which a course stands; undefined for one that this table does not know (another version). */
export function tableStateOf(table: CourseTable, state: CourseState): CourseStateDef | undefined {
  const [place, name] = [placeOf(state), subStateOf(state)];
  return table.states.find((each) => each.place === place && each.name === name);
}

/** The step that is now to be done; null when none is (before the start, after the last). */
export function presentStepOf(procedure: ProcedureDef, state: CourseState): StepDef | null {
  const name = subStateOf(state);
  if (name === null) return null;
  const id = /^(?:step|open) (.*)$/u.exec(name)?.[1];
  const list = placeOf(state) === 'investigating' ? procedure.handling : procedure.steps;
  return list.find((step) => step.id === id) ?? null;
}
