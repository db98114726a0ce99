/**
 * The one compilation of a procedure: a table of states and rules. Three readers use it and nothing else: the machine that runs
 * (machine.ts makes an xstate machine of it), what moves by itself (progress.ts asks which of the product's rules holds now), and the
 * prover (domain/prove explores it). What is explored is what runs.
 *
 * Pure. A rule names its event, its guard and its target; a target is an index into the states, so none can be misspelt. STOP and START
 * carry no guard: the way to safety is never locked.
 */
import { STEPS_END } from '../packs/schema.ts';
import type { ProcedureDef, StepDef } from '../packs/schema.ts';
import type { CourseEventType } from './course-events.ts';
import type { GuardName } from './guards.ts';
import type { Place } from './places.ts';

/** One state of the course. `step`: the step that is present there; `open`: its permit is given. */
export interface CourseStateDef {
  readonly index: number;
  readonly place: Place;
  /** Name of the sub-state; null where the place has none. */
  readonly name: string | null;
  readonly step: StepDef | null;
  readonly open: boolean;
}

/** What a rule does to what the course remembers. Names of the machine's own table of actions. */
export type EffectName = 'remember' | 'begin' | 'closeStep' | 'markOverdue' | 'openStep' | 'reopen' | 'choose' | 'permit' | 'withdraw' | 'awaitSafe' | 'markNotSafe' | 'recordCause' | 'voidCause' | 'approve' | 'voidApprovals' | 'voidHandling';

export interface Effect { readonly name: EffectName; readonly step: string | null }

export interface CourseRule {
  readonly from: number;
  readonly event: CourseEventType;
  /** The event must name this step (and option). */
  readonly step: string | null;
  readonly option: string | null;
  /** Who brings the event: the product itself when the guard holds, or a person, whom the guard may refuse. */
  readonly by: 'product' | 'person';
  readonly guard: GuardName;
  readonly to: number;
  readonly effects: readonly Effect[];
}

export interface CourseTable {
  readonly procedure: ProcedureDef;
  readonly states: readonly CourseStateDef[];
  readonly rules: readonly CourseRule[];
  /** Rules by state, in the order in which they are asked. */
  readonly rulesFrom: readonly (readonly CourseRule[])[];
  readonly initial: number;
}

/** Directions that a permit must open (domain.md). */
export const isGated = (step: StepDef): boolean => step.direction !== 'retreat' && step.direction !== 'hold';

/** Names of sub-states. */
export const stepStateName = (step: Pick<StepDef, 'id'>): string => `step ${step.id}`;
export const openStateName = (step: Pick<StepDef, 'id'>): string => `open ${step.id}`;
export const DONE = 'done';

type Leg = 'retreating' | 'stopping' | 'investigating';

class TableBuilder {
  readonly procedure: ProcedureDef;
  readonly states: CourseStateDef[] = [];
  readonly rules: CourseRule[] = [];
  readonly #byName = new Map<string, number>();

  constructor(procedure: ProcedureDef) {
    this.procedure = procedure;
  }

  add(place: Place, name: string | null = null, step: StepDef | null = null, open = false): void {
    this.#byName.set(`${place}/${name ?? ''}`, this.states.length);
    this.states.push({ index: this.states.length, place, name, step, open });
  }

  at(place: Place, name: string | null = null): number {
    const found = this.#byName.get(`${place}/${name ?? ''}`);
    if (found === undefined) throw new Error(`broken invariant: procedure ${this.procedure.id} has no state ${place}/${name ?? ''}; the loader checks every target`);
    return found;
  }

  /** The state in which a step of this leg is first met; `end`, or no step at all: the leg is done. */
  entry(leg: Leg, step: string | undefined): number {
    return step === undefined || step === STEPS_END ? this.at(leg, DONE) : this.at(leg, stepStateName({ id: step }));
  }

  rule(from: number, event: CourseEventType, to: number, more: Partial<Pick<CourseRule, 'step' | 'option' | 'by' | 'guard'>> & { effects?: readonly Effect[] } = {}): void {
    this.rules.push({ from, event, to, step: null, option: null, by: 'person', guard: 'always', ...more, effects: more.effects ?? [] });
  }

  finish(): CourseTable {
    const rulesFrom = this.states.map(({ index }) => this.rules.filter((rule) => rule.from === index));
    return { procedure: this.procedure, states: this.states, rules: this.rules, rulesFrom, initial: 0 };
  }
}

const effect = (name: EffectName, step: string | null = null): Effect => ({ name, step });

/** Compiles one procedure. Throws only on what the loader would have refused (a broken invariant). */
export function compileCourse(procedure: ProcedureDef): CourseTable {
  const table = new TableBuilder(procedure);
  addStates(table);
  for (const leg of ['retreating', 'stopping'] as const) {
    procedure.steps.forEach((step, i) => { addRetreatStep(table, leg, step, procedure.steps[i + 1]?.id); });
    addAwaitSafe(table, leg);
  }
  procedure.handling.forEach((step, i) => { addHandlingStep(table, step, procedure.handling[i + 1]?.id); });
  addCourse(table);
  addStops(table);
  return table.finish();
}

function addStates(table: TableBuilder): void {
  const { steps, handling } = table.procedure;
  table.add('standby');
  table.add('raised');
  for (const leg of ['retreating', 'stopping'] as const) {
    for (const step of steps) table.add(leg, stepStateName(step), step);
    table.add(leg, DONE);
  }
  table.add('safe');
  for (const step of handling) {
    table.add('investigating', stepStateName(step), step);
    if (isGated(step)) table.add('investigating', openStateName(step), step, true);
  }
  table.add('investigating', DONE);
  table.add('readyToReturn');
  table.add('closed');
}

/** The course from place to place. */
function addCourse(table: TableBuilder): void {
  const { steps, handling } = table.procedure;
  const [standby, raised, safe, ready] = [table.at('standby'), table.at('raised'), table.at('safe'), table.at('readyToReturn')];
  table.rule(standby, 'RAISE', raised, { by: 'product', effects: [effect('remember')] });
  table.rule(raised, 'START', table.entry('retreating', steps[0]?.id), { effects: [effect('begin'), ...opening(steps[0]?.id ?? STEPS_END)] });
  // The plant's own interlock has tripped: the retreat has begun without anybody.
  table.rule(raised, 'START', table.entry('retreating', steps[0]?.id), { by: 'product', guard: 'tripped', effects: [effect('begin'), ...opening(steps[0]?.id ?? STEPS_END)] });
  table.rule(safe, 'INVESTIGATE', table.entry('investigating', handling[0]?.id), { effects: opening(handling[0]?.id ?? STEPS_END) });
  for (const state of table.states) {
    if (state.place === 'investigating') table.rule(state.index, 'CAUSE', state.index, { effects: [effect('recordCause')] });
    if (['safe', 'investigating', 'readyToReturn'].includes(state.place)) {
      table.rule(state.index, 'SAFE_LOST', table.at('retreating', DONE), { by: 'product', guard: 'safeLost', effects: [effect('voidCause'), effect('voidApprovals'), effect('voidHandling'), effect('awaitSafe')] });
    }
  }
  table.rule(table.at('investigating', DONE), 'READY', ready, { by: 'product', guard: 'causeKnown' });
  // Who approved did so on the cause that was then recorded.
  table.rule(ready, 'CAUSE', ready, { effects: [effect('recordCause'), effect('voidApprovals')] });
  table.rule(ready, 'APPROVED', ready, { guard: 'mayReturn', effects: [effect('approve')] });
  table.rule(ready, 'RETURNED', table.at('closed'), { guard: 'mayReturnApproved' });
}

/** STOP from everywhere but `closed` and `stopping` itself, with nothing to ask first (3.4). */
function addStops(table: TableBuilder): void {
  const first = table.procedure.steps[0]?.id;
  for (const { index, place } of table.states) {
    if (place !== 'closed' && place !== 'stopping') table.rule(index, 'STOP', table.entry('stopping', first), { effects: [effect('begin'), effect('voidCause'), effect('voidHandling'), ...opening(first ?? STEPS_END)] });
  }
}

/**
 * A step of the retreat. It is left when it is proved, when a person passes over it with a reason, when it does not wait for its proof, and
 * when its time runs out: one valve that does not move never stands between people and the rest of the retreat.
 */
function addRetreatStep(table: TableBuilder, leg: 'retreating' | 'stopping', step: StepDef, following: string | undefined): void {
  const from = table.at(leg, stepStateName(step));
  const next = step.next ?? following ?? STEPS_END;
  const to = table.entry(leg, next);
  const onward = onwardTo(table, leg, step, next);
  if (step.kind === 'decide') {
    addChoices(table, leg, from, step);
    return;
  }
  table.rule(from, 'STEP_DONE', to, { step: step.id, by: 'product', guard: 'stepProved', effects: [effect('closeStep', step.id), ...onward] });
  if (step.kind === 'warn') table.rule(from, 'STEP_DONE', to, { step: step.id, effects: [effect('closeStep', step.id), ...onward] });
  table.rule(from, 'STEP_SKIPPED', to, { step: step.id, effects: [effect('closeStep', step.id), ...onward] });
  if (step.proceed === 'at-once') table.rule(from, 'STEP_PASSED', to, { step: step.id, by: 'product', effects: onward });
  const late = step.otherwise.goto ?? next;
  table.rule(from, 'STEP_OVERDUE', table.entry(leg, late), { step: step.id, by: 'product', guard: 'stepDue', effects: [effect('markOverdue', step.id), ...onwardTo(table, leg, step, late)] });
}

/** What is done on the way into the next state: its step is opened (anew, where the course leads back), or the safe state is awaited. */
function onwardTo(table: TableBuilder, leg: Leg, step: StepDef, target: string): readonly Effect[] {
  if (target === STEPS_END) return leg === 'investigating' ? [] : [effect('awaitSafe')];
  const list = leg === 'investigating' ? table.procedure.handling : table.procedure.steps;
  const leadsBack = list.findIndex(({ id }) => id === target) <= list.indexOf(step);
  return leadsBack ? [effect('reopen', target), effect('openStep', target)] : [effect('openStep', target)];
}

/** A way is chosen by tags when exactly one is seen, by a person at any time, by the deadline when nobody did: then the careful one. */
function addChoices(table: TableBuilder, leg: Leg, from: number, step: StepDef): void {
  const isDefault = (id: string): boolean => id === step.default;
  for (const option of step.options) {
    const to = table.entry(leg, option.goto);
    const effects = [effect('choose', step.id), ...onwardTo(table, leg, step, option.goto)];
    const chosen = { step: step.id, option: option.id, effects };
    if (option.when !== undefined) table.rule(from, 'CHOSEN', to, { ...chosen, by: 'product', guard: 'optionSeen' });
    if (isDefault(option.id)) table.rule(from, 'CHOSEN', to, { ...chosen, by: 'product', guard: 'stepDue' });
    table.rule(from, 'CHOSEN', to, chosen);
  }
}

/** In the handling nobody passes over a proof that it is safe to work (4.3.3, 4.4.1), a permit's record or a hold point. */
export const mayBeSkipped = (step: StepDef): boolean => step.kind !== 'hold' && step.kind !== 'record' && !step.proof.some(({ shows }) => shows !== undefined);

const opening = (target: string): readonly Effect[] => (target === STEPS_END ? [] : [effect('openStep', target)]);

/** Where the steps have led: the safe state is awaited, and when it does not come, the next mode of retreat. */
function addAwaitSafe(table: TableBuilder, leg: 'retreating' | 'stopping'): void {
  const from = table.at(leg, DONE);
  table.rule(from, 'SAFE_PROVED', table.at('safe'), { by: 'product', guard: 'safeProved' });
  table.rule(from, 'SAFE_OVERDUE', from, { by: 'product', guard: 'safeDue', effects: [effect('markNotSafe')] });
}

/** A step of the handling. One that sends people in waits for its permit, and loses it when the gate shuts or its time runs out. */
function addHandlingStep(table: TableBuilder, step: StepDef, following: string | undefined): void {
  const next = step.next ?? following ?? STEPS_END;
  const to = table.entry('investigating', next);
  const onward = onwardTo(table, 'investigating', step, next);
  const closed = table.at('investigating', stepStateName(step));
  // The compiler allows it to lead back only: a time that runs out never lets people go on (4.3.1).
  const back = step.otherwise.goto;
  if (step.kind === 'decide') { addChoices(table, 'investigating', closed, step); return; }
  if (mayBeSkipped(step)) table.rule(closed, 'STEP_SKIPPED', to, { step: step.id, effects: [effect('closeStep', step.id), ...onward] });
  if (!isGated(step)) {
    table.rule(closed, 'STEP_DONE', to, { step: step.id, by: 'product', guard: 'stepProved', effects: [effect('closeStep', step.id), ...onward] });
    if (step.kind === 'warn') table.rule(closed, 'STEP_DONE', to, { step: step.id, effects: [effect('closeStep', step.id), ...onward] });
    if (back === undefined) table.rule(closed, 'STEP_OVERDUE', closed, { step: step.id, by: 'product', guard: 'stepDueOnce', effects: [effect('markOverdue', step.id)] });
    else table.rule(closed, 'STEP_OVERDUE', table.entry('investigating', back), { step: step.id, by: 'product', guard: 'stepDue', effects: [effect('markOverdue', step.id), ...onwardTo(table, 'investigating', step, back)] });
    return;
  }
  const open = table.at('investigating', openStateName(step));
  table.rule(closed, 'PERMITTED', open, { step: step.id, guard: 'mayDoStep', effects: [effect('permit', step.id)] });
  table.rule(open, 'WITHDRAWN', closed, { step: step.id, by: 'product', guard: 'mayNotDoStep', effects: [effect('withdraw', step.id)] });
  table.rule(open, 'STEP_DONE', to, { step: step.id, by: 'product', guard: 'stepProvedAndMay', effects: [effect('closeStep', step.id), ...onward] });
  const late = back === undefined ? [] : onwardTo(table, 'investigating', step, back);
  table.rule(open, 'STEP_OVERDUE', back === undefined ? closed : table.entry('investigating', back), { step: step.id, by: 'product', guard: 'stepDue', effects: [effect('markOverdue', step.id), effect('withdraw', step.id), ...late] });
}
