/**
 * Compiles a procedure (data) to an xstate machine: `course` with its steps, and beside it the regions for interlocks,
 * people, prohibitions and authority.
 *
 * Pure: only `initialTransition` and `transition` are used; no timers (`after` is lost on restore, xstate#5331), no
 * invoked promises. Deadlines are absolute times in context. STOP and START carry no guard at all: the way to safety is
 * never locked. RETURNED is guarded by different people with the required roles.
 */
import { assign, initialTransition, setup, transition } from 'xstate';
import type { ProcedureDef, StepDef } from '../packs/schema.ts';
import type { Role } from '../../contract/refusal.ts';
import type { CourseEvent } from './course-events.ts';
import type { Place } from './places.ts';

export interface StepRecord {
  readonly startedMs: number;
  readonly dueMs: number;
  readonly overdue: boolean;
  readonly doneMs: number | null;
  readonly by: string | null;
  readonly skipReason: string | null;
}

export interface CourseContext {
  readonly raisedMs: number;
  readonly steps: Readonly<Record<string, StepRecord>>;
  readonly signed: Readonly<Record<string, { by: string; role: Role; atMs: number; note: string }>>;
  readonly cause: { text: string; by: string; atMs: number } | null;
  readonly approvals: readonly { user: string; role: Role; atMs: number }[];
  readonly startedBy: string | null;
}

/** What is stored and restored: plain data, bound to the procedure by id, version and source hash elsewhere. */
export interface CourseState {
  readonly value: unknown;
  readonly context: CourseContext;
}

const EMPTY: CourseContext = { raisedMs: 0, steps: {}, signed: {}, cause: null, approvals: [], startedBy: null };

/** Enough people have approved: one for each required role, all different. */
export function isApproved(required: readonly Role[], approvals: readonly { user: string; role: Role }[]): boolean {
  const people = new Set<string>();
  return required.every((role) => {
    const found = approvals.find((approval) => approval.role === role && !people.has(approval.user));
    if (found) people.add(found.user);
    return found !== undefined;
  });
}

type StepEvent = Extract<CourseEvent, { step: string }>;

function openStep(steps: CourseContext['steps'], id: string | undefined, atMs: number, dueMs: number): CourseContext['steps'] {
  if (id === undefined || (steps[id]?.doneMs ?? null) !== null) return steps;
  return { ...steps, [id]: { startedMs: atMs, dueMs, overdue: false, doneMs: null, by: null, skipReason: null } };
}

function closeStep(steps: CourseContext['steps'], event: Extract<StepEvent, { type: 'STEP_DONE' | 'STEP_SKIPPED' }>, nextId: string | undefined): CourseContext['steps'] {
  const record = steps[event.step] ?? { startedMs: event.atMs, dueMs: event.atMs, overdue: false, doneMs: null, by: null, skipReason: null };
  // After a stop the course goes through the steps again; what was done stays as it was done.
  if (record.doneMs !== null) return openStep(steps, nextId, event.atMs, event.dueMs);
  const closed = { ...record, doneMs: event.atMs, by: event.by, skipReason: event.type === 'STEP_SKIPPED' ? event.reason : null };
  return openStep({ ...steps, [event.step]: closed }, nextId, event.atMs, event.dueMs);
}

/** Names of the sub-states of `retreating` and `stopping`: one for each step, then `done`. */
export function stepStateName(step: StepDef): string {
  return `step ${step.id}`;
}

/**
 * The closed vocabulary of actions and guards: the compiler emits names of this table with parameters, and nothing else
 * (xstate would silently ignore an unknown action).
 */
const machineSetup = setup({
  types: { context: {} as CourseContext, events: {} as CourseEvent },
  actions: {
    remember: assign(({ event }) => ({ raisedMs: event.atMs })),
    // A stop out of the way back begins that way anew: approvals belonged to the state that was left.
    begin: assign(({ context, event }, params: { first: string | undefined }) => {
      if (event.type !== 'START' && event.type !== 'STOP') return {};
      return { startedBy: event.by, approvals: [], steps: openStep(context.steps, params.first, event.atMs, event.dueMs) };
    }),
    closeStep: assign(({ context, event }, params: { next: string | undefined }) => (event.type === 'STEP_DONE' || event.type === 'STEP_SKIPPED' ? { steps: closeStep(context.steps, event, params.next) } : {})),
    markOverdue: assign(({ context }, params: { step: string }) => ({ steps: markOverdue(context.steps, params.step) })),
    sign: assign(({ context, event }) => (event.type === 'SIGNED' ? { signed: { ...context.signed, [event.proof]: { by: event.by, role: event.role, atMs: event.atMs, note: event.note } } } : {})),
    recordCause: assign(({ event }) => (event.type === 'CAUSE' ? { cause: { text: event.text, by: event.by, atMs: event.atMs } } : {})),
    approve: assign(({ context, event }) => (event.type === 'APPROVED' ? { approvals: [...context.approvals.filter((a) => a.user !== event.by), { user: event.by, role: event.role, atMs: event.atMs }] } : {})),
    voidApprovals: assign(() => ({ approvals: [] })),
  },
  guards: {
    isStep: ({ event }, params: { step: string }) => 'step' in event && event.step === params.step,
    says: ({ event }, params: { state: string }) => 'state' in event && event.state === params.state,
    isApproved: ({ context }, params: { roles: readonly Role[] }) => isApproved(params.roles, context.approvals),
  },
});

/** The sub-states that lead through the steps; the same for `retreating` and `stopping`. */
function stepStates(steps: readonly StepDef[]) {
  const entries = steps.map((step, i) => {
    const next = steps[i + 1];
    const target = next ? stepStateName(next) : 'done';
    const guard = { type: 'isStep' as const, params: { step: step.id } };
    const close = { type: 'closeStep' as const, params: { next: next?.id } };
    return [stepStateName(step), {
      on: {
        STEP_DONE: { guard, target, actions: close },
        STEP_SKIPPED: { guard, target, actions: close },
        STEP_OVERDUE: { guard, actions: { type: 'markOverdue' as const, params: { step: step.id } } },
      },
    }] as const;
  });
  return { ...Object.fromEntries(entries), done: {} };
}

function markOverdue(steps: CourseContext['steps'], id: string): CourseContext['steps'] {
  const record = steps[id];
  return record ? { ...steps, [id]: { ...record, overdue: true } } : steps;
}

/** Compiles one procedure. Every target is made here from the same names, so none can be misspelt. */
export function compileProcedure(procedure: ProcedureDef) {
  const first = procedure.steps[0];
  const initial = first ? stepStateName(first) : 'done';
  const begin = { type: 'begin' as const, params: { first: first?.id } };
  const stop = { STOP: { target: '#course.stopping', actions: begin } };
  const lost = { SAFE_LOST: { target: '#course.retreating.done', actions: 'voidApprovals' as const } };
  const cause = { target: '#course.readyToReturn', actions: 'recordCause' as const };
  return machineSetup.createMachine({
    id: 'procedure',
    type: 'parallel',
    context: EMPTY,
    on: { SIGNED: { actions: 'sign' } },
    states: {
      course: {
        id: 'course',
        initial: 'standby',
        states: {
          standby: { on: { ...stop, RAISE: { target: 'raised', actions: 'remember' } } },
          raised: { on: { ...stop, START: { target: 'retreating', actions: begin } } },
          retreating: { initial, states: stepStates(procedure.steps), on: { ...stop, SAFE_PROVED: 'safe' } },
          stopping: { initial, states: stepStates(procedure.steps), on: { SAFE_PROVED: 'safe' } },
          safe: { on: { ...stop, ...lost, INVESTIGATE: 'investigating' } },
          investigating: { on: { ...stop, ...lost, CAUSE: cause } },
          readyToReturn: {
            on: {
              ...stop,
              ...lost,
              // Who approved did so on the cause that was then recorded.
              CAUSE: { actions: ['recordCause', 'voidApprovals'] },
              APPROVED: { actions: 'approve' },
              RETURNED: { target: 'closed', guard: { type: 'isApproved', params: { roles: procedure.returnApprovals } } },
            },
          },
          closed: { type: 'final' },
        },
      },
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

/** One event further. Events that do not apply where the course stands change nothing. */
export function moveCourse(machine: CompiledProcedure, state: CourseState, event: CourseEvent): CourseState {
  const snapshot = machine.resolveState({ value: state.value as Parameters<CompiledProcedure['resolveState']>[0]['value'], context: state.context });
  const [next] = transition(machine, snapshot, event);
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

/** The step that is now to be done; null when none is (before the start, after the last). */
export function presentStepOf(procedure: ProcedureDef, state: CourseState): StepDef | null {
  const { course } = regionsOf(state);
  if (typeof course === 'string') return null;
  const name = Object.values(course)[0];
  return procedure.steps.find((step) => stepStateName(step) === name) ?? null;
}
