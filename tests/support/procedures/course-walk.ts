/** The machine that runs and the table that is proved, side by side: what each makes of an event. */
import type { CourseEvent } from '../../../src/domain/procedures/course-events.ts';
import type { CourseRule, CourseTable } from '../../../src/domain/procedures/course-table.ts';
import { initialCourse, isApproved, machineOf, moveCourse, regionsOf, tableStateOf } from '../../../src/domain/procedures/machine.ts';
import type { CompiledProcedure, CourseState } from '../../../src/domain/procedures/machine.ts';
import { ownOf } from '../../../src/domain/procedures/course-context.ts';
import { afterRule, initialControl, peopleOf } from '../../../src/domain/prove/control.ts';
import type { Control } from '../../../src/domain/prove/control.ts';

const AT = 1_000;

/** Everything that can be said to a course: every event with every step, option and person. */
export function vocabularyOf(table: CourseTable): CourseEvent[] {
  const head = { atMs: AT, dueMs: AT };
  const steps = [...table.procedure.steps, ...table.procedure.handling];
  return [
    { type: 'RAISE', atMs: AT }, { type: 'START', ...head, by: 'p' }, { type: 'STOP', ...head, by: 'p' }, { type: 'SAFE_PROVED', atMs: AT }, { type: 'SAFE_LOST', ...head }, { type: 'SAFE_OVERDUE', atMs: AT },
    { type: 'INVESTIGATE', ...head, by: 'p' }, { type: 'CAUSE', atMs: AT, by: 'e', text: 'found' }, { type: 'READY', atMs: AT }, { type: 'RETURNED', atMs: AT }, { type: 'HELD', atMs: AT }, { type: 'REAUTHORISED', atMs: AT, by: 's' },
    ...peopleOf(table).flatMap(({ user, roles }) => roles.map((role): CourseEvent => ({ type: 'APPROVED', atMs: AT, by: user, role }))),
    ...steps.flatMap(({ id, options }): CourseEvent[] => [
      { type: 'STEP_DONE', ...head, step: id, by: 'tags' }, { type: 'STEP_SKIPPED', ...head, step: id, by: 's', reason: 'not-applicable' }, { type: 'STEP_OVERDUE', ...head, step: id }, { type: 'STEP_PASSED', ...head, step: id },
      { type: 'PERMITTED', ...head, step: id, by: 's' }, { type: 'WITHDRAWN', atMs: AT, step: id },
      ...options.map((option): CourseEvent => ({ type: 'CHOSEN', ...head, step: id, option: option.id, by: 'tags', seen: null, reason: '' })),
    ]),
  ];
}

/** The rule of the table that an event follows, and what the machine itself still asks: two people for a return, a cause before READY. */
function ruleFor(table: CourseTable, control: Control, event: CourseEvent): CourseRule | undefined {
  return table.rulesFrom[control.at]?.find((rule) => rule.event === event.type
    && (rule.step === null || ('step' in event && rule.step === event.step)) && (rule.option === null || ('option' in event && rule.option === event.option))
    && (event.type !== 'RETURNED' || isApproved(table.procedure.returnApprovals, control.approvals)) && (event.type !== 'READY' || control.causeKnown));
}

/** What the table makes of it. */
export function tableAfter(table: CourseTable, control: Control, event: CourseEvent): Control {
  if (event.type === 'HELD') return { ...control, held: true };
  if (event.type === 'REAUTHORISED') return { ...control, held: false };
  const rule = ruleFor(table, control, event);
  return rule === undefined ? control : afterRule(table, control, rule, event.type === 'APPROVED' ? { user: event.by, role: event.role } : null);
}

/** What of a running course the table speaks of, as one word. */
export function wordOf(table: CourseTable, state: CourseState): string {
  const at = tableStateOf(table, state);
  const step = at?.step ?? null;
  const isMarked = at !== undefined && step !== null && asksForMark(table, at.index) && ownOf(state.context.steps, step.id)?.overdue === true;
  return JSON.stringify([at?.index, regionsOf(state).authority === 'held', state.context.cause !== null, signs(state.context.approvals), state.context.safeOverdue, isMarked]);
}

export function wordOfControl(table: CourseTable, control: Control): string {
  const isMarked = asksForMark(table, control.at) && control.stepOverdue;
  return JSON.stringify([control.at, control.held, control.causeKnown, signs(control.approvals), control.safeOverdue, isMarked]);
}

/** Only where a guard asks whether a step is marked already does the mark decide anything. */
const asksForMark = (table: CourseTable, at: number): boolean => (table.rulesFrom[at] ?? []).some(({ guard }) => guard === 'stepDueOnce');

const signs = (approvals: readonly { user: string; role: string }[]): string[] => approvals.map(({ user, role }) => `${user} ${role}`).sort();

export interface Both { readonly control: Control; readonly state: CourseState }
export interface Pair { readonly table: CourseTable; readonly machine: CompiledProcedure; readonly vocabulary: readonly CourseEvent[] }

export const pairOf = (table: CourseTable): Pair => ({ table, machine: machineOf(table), vocabulary: vocabularyOf(table) });
export const beginning = ({ table, machine }: Pair): Both => ({ control: initialControl(table), state: initialCourse(machine) });
export const both = ({ table, machine }: Pair, at: Both, event: CourseEvent): Both => ({ control: tableAfter(table, at.control, event), state: moveCourse(machine, at.state, event) });

/** Null when they agree, else what each says. */
export function disagreement({ table }: Pair, at: Both, event: CourseEvent): string | null {
  const [machine, explored] = [wordOf(table, at.state), wordOfControl(table, at.control)];
  return machine === explored ? null : `after ${JSON.stringify(event)} the machine is in ${machine}, the table in ${explored}`;
}
