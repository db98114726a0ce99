/** The machine of every shipped procedure, and its stories. That it obeys the laws in every state is proved in prove.test.ts. */
import { describe, expect, it } from 'vitest';
import type { CourseEvent } from '../../../src/domain/procedures/course-events.ts';
import { compileCourse, isGated } from '../../../src/domain/procedures/course-table.ts';
import { compileProcedure, initialCourse, isApproved, machineOf, moveCourse, placeOf, presentStepOf, regionsOf, tableStateOf } from '../../../src/domain/procedures/machine.ts';
import type { CompiledProcedure, CourseState } from '../../../src/domain/procedures/machine.ts';
import type { ProcedureDef, StepDef } from '../../../src/domain/packs/schema.ts';
import { ROOT } from './bench.ts';
import path from 'node:path';
import { loadPacks } from '../../../src/main/packs/load.ts';

const PROCEDURES = loadPacks({ rulesDir: path.join(ROOT, 'rules'), proceduresDir: path.join(ROOT, 'procedures') }).plants.flatMap(({ procedures }) => procedures);
const AT = 1_000;
const say = {
  RAISE: { type: 'RAISE', atMs: AT }, START: { type: 'START', atMs: AT, by: 'post', dueMs: AT }, STOP: { type: 'STOP', atMs: AT, by: 'post', dueMs: AT },
  SAFE_PROVED: { type: 'SAFE_PROVED', atMs: AT }, SAFE_LOST: { type: 'SAFE_LOST', atMs: AT }, INVESTIGATE: { type: 'INVESTIGATE', atMs: AT, by: 'post' },
  CAUSE: { type: 'CAUSE', atMs: AT, by: 'e1', text: 'found' }, RETURNED: { type: 'RETURNED', atMs: AT }, HELD: { type: 'HELD', atMs: AT }, REAUTHORISED: { type: 'REAUTHORISED', atMs: AT, by: 's1' },
} as const satisfies Record<string, CourseEvent>;
const approve = (by: string, role: 'supervisor' | 'engineer' | 'operator'): CourseEvent => ({ type: 'APPROVED', atMs: AT, by, role });
const done = (step: string): CourseEvent => ({ type: 'STEP_DONE', atMs: AT, step, by: 'tags', dueMs: AT });

/** The good way through a procedure: every step done, every decision taken forwards, to the closed return. */
function wayThrough(procedure: ProcedureDef): CourseEvent[] {
  const table = compileCourse(procedure);
  const machine = machineOf(table);
  const way: CourseEvent[] = [say.RAISE, say.START];
  let state = way.reduce<CourseState>((s, e) => moveCourse(machine, s, e), initialCourse(machine));
  const go = (event: CourseEvent): void => { way.push(event); state = moveCourse(machine, state, event); };
  for (let guard = 0; guard < 200 && placeOf(state) !== 'closed'; guard += 1) {
    const place = placeOf(state);
    const step = presentStepOf(procedure, state);
    if (place === 'investigating' && state.context.cause === null) { go(say.CAUSE); continue; }
    if (step !== null) { go(stepEvent(procedure, place, step, tableStateOf(table, state)?.open === true)); continue; }
    switch (place) {
      case 'retreating': go(say.SAFE_PROVED); break;
      case 'safe': go(say.INVESTIGATE); break;
      case 'investigating': go({ type: 'READY', atMs: AT }); break;
      default: go(approve('s1', 'supervisor')); go(approve('e1', 'engineer')); go(say.RETURNED);
    }
  }
  return way;
}

function stepEvent(procedure: ProcedureDef, place: string, step: StepDef, isOpen: boolean): CourseEvent {
  const list = place === 'investigating' ? procedure.handling : procedure.steps;
  const forwards = step.options.find(({ goto }) => goto === 'end' || list.findIndex(({ id }) => id === goto) > list.indexOf(step));
  if (forwards !== undefined) return { type: 'CHOSEN', atMs: AT, step: step.id, option: forwards.id, by: 'op', seen: null, reason: '', dueMs: AT };
  return isGated(step) && !isOpen ? { type: 'PERMITTED', atMs: AT, step: step.id, by: 's1', dueMs: AT } : done(step.id);
}

describe.each(PROCEDURES.map((p) => [p.id, p] as const))('%s', (_id, procedure) => {
  it('REQ-PROC-01 STOP takes effect whatever the regions say', () => {
    const machine = compileProcedure(procedure);
    for (const interlocks of ['clear', 'blocked'] as const) for (const people of ['within', 'exceeded', 'unknown'] as const) for (const prohibitions of ['kept', 'violated'] as const) for (const held of [true, false]) {
      const told: CourseEvent[] = [say.RAISE, { type: 'INTERLOCKS', atMs: AT, state: interlocks }, { type: 'PEOPLE', atMs: AT, state: people }, { type: 'PROHIBITIONS', atMs: AT, state: prohibitions }, ...(held ? [say.HELD] : [])];
      const state = told.reduce((s, e) => moveCourse(machine, s, e), initialCourse(machine));
      expect(placeOf(moveCourse(machine, state, say.STOP))).toBe('stopping');
      expect(placeOf(moveCourse(machine, state, say.START))).toBe('retreating');
      expect(regionsOf(state)).toMatchObject({ interlocks, people, prohibitions, authority: held ? 'held' : 'granted' });
    }
  });

  it('REQ-PROC-05 a step out of order is ignored, in order it goes through to the closed return', () => {
    const machine = compileProcedure(procedure);
    let state = initialCourse(machine);
    for (const event of wayThrough(procedure)) {
      const present = presentStepOf(procedure, state);
      for (const other of [...procedure.steps, ...procedure.handling].filter(({ id }) => id !== present?.id)) expect(regionsOf(moveCourse(machine, state, done(other.id))).course).toEqual(regionsOf(state).course);
      state = moveCourse(machine, state, event);
    }
    expect(placeOf(state)).toBe('closed');
  });

  it('REQ-PROC-12 when nothing is ever proved and every time runs out, the course still comes to the end of its steps', () => {
    const table = compileCourse(procedure);
    const machine = machineOf(table);
    let state = [say.RAISE, say.STOP].reduce<CourseState>((s, e) => moveCourse(machine, s, e), initialCourse(machine));
    const passed: string[] = [];
    for (let step = presentStepOf(procedure, state); step !== null && !passed.includes(step.id); step = presentStepOf(procedure, state)) {
      passed.push(step.id);
      state = moveCourse(machine, state, step.kind === 'decide' ? { type: 'CHOSEN', atMs: AT, step: step.id, option: step.default ?? '', by: 'deadline', seen: null, reason: '', dueMs: AT } : { type: 'STEP_OVERDUE', atMs: AT, step: step.id, dueMs: AT });
    }
    // A loop of purging and sampling goes on, and has raised the next mode of retreat by then.
    const raised = procedure.steps.some((step) => passed.includes(step.id) && step.otherwise.raise !== undefined);
    expect(presentStepOf(procedure, state) === null || raised).toBe(true);
    expect(passed.length).toBeGreaterThan(0);
  });

  it('REQ-PROC-07 goes on identically after JSON at every point of the whole way', () => {
    const machine = compileProcedure(procedure);
    const way = wayThrough(procedure);
    let [live, stored] = [initialCourse(machine), initialCourse(machine)];
    for (const event of way) {
      live = moveCourse(machine, live, event);
      stored = moveCourse(machine, JSON.parse(JSON.stringify(stored)) as CourseState, event);
      expect(stored).toEqual(live);
      expect(JSON.parse(JSON.stringify(live))).toEqual(live);
    }
    expect(placeOf(live)).toBe('closed');
  });
});

describe('the course of a procedure', () => {
  const procedure = PROCEDURES.find((p) => p.id === 'P-A4.2') as ProcedureDef;
  const machine: CompiledProcedure = compileProcedure(procedure);
  const after = (...events: readonly CourseEvent[]): CourseState => events.reduce<CourseState>((s, e) => moveCourse(machine, s, e), initialCourse(machine));
  const ready = wayThrough(procedure).slice(0, -3);

  it('REQ-PROC-03 3.5 one person with both roles cannot close it, nor two of one role', () => {
    for (const approvals of [[approve('both', 'supervisor'), approve('both', 'engineer')], [approve('s1', 'supervisor'), approve('s2', 'supervisor')], [approve('o1', 'operator'), approve('e1', 'engineer')], []]) {
      expect(placeOf(after(...ready, ...approvals, say.RETURNED))).toBe('readyToReturn');
    }
    expect(placeOf(after(...ready, approve('s1', 'supervisor'), approve('e1', 'engineer'), say.RETURNED))).toBe('closed');
  });

  it('REQ-PROC-03 isApproved wants a different person for each role', () => {
    const s = { user: 's1', role: 'supervisor' as const };
    const e = { user: 'e1', role: 'engineer' as const };
    expect(isApproved(['supervisor', 'engineer'], [s, e])).toBe(true);
    expect(isApproved(['supervisor', 'engineer'], [s, { ...e, user: 's1' }])).toBe(false);
    expect(isApproved(['engineer', 'engineer'], [e, e])).toBe(false);
    expect(isApproved(['engineer', 'engineer'], [e, { ...e, user: 'e2' }])).toBe(true);
    expect(isApproved(['supervisor'], [])).toBe(false);
  });

  it('REQ-PROC-04 3.5 the safe state lost: approvals void, back to retreating, and the cause must be recorded again', () => {
    const lost = after(...ready, approve('s1', 'supervisor'), say.SAFE_LOST);
    expect([placeOf(lost), lost.context.approvals]).toEqual(['retreating', []]);
    expect(lost.context.cause).toBeNull();
    expect(placeOf([say.SAFE_PROVED, say.INVESTIGATE, { type: 'READY', atMs: AT } as const, approve('e1', 'engineer'), approve('s1', 'supervisor'), say.RETURNED].reduce<CourseState>((s, e) => moveCourse(machine, s, e), lost))).toBe('investigating');
  });

  it('REQ-PROC-04 an approval of one cause does not approve another', () => {
    expect(after(...ready, approve('s1', 'supervisor'), { ...say.CAUSE, text: 'something else' }).context.approvals).toEqual([]);
  });

  it('REQ-PROC-06 a stop leads through the steps again and keeps what was done', () => {
    const first = procedure.steps[0]?.id as string;
    const stopped = after(say.RAISE, say.START, { ...(done(first) as Extract<CourseEvent, { type: 'STEP_DONE' }>), by: 'li.na' }, say.STOP);
    expect([presentStepOf(procedure, stopped)?.id, stopped.context.steps[first]?.by]).toEqual([first, 'li.na']);
    expect(moveCourse(machine, stopped, done(first)).context.steps[first]).toMatchObject({ by: 'li.na', doneMs: AT });
  });

  it('REQ-PROC-05 a skipped step keeps who and why', () => {
    const first = procedure.steps[0]?.id as string;
    const skipped = after(say.RAISE, say.START, { type: 'STEP_SKIPPED', atMs: AT, step: first, by: 's1', reason: 'equipment-unavailable: quench empty', dueMs: AT + 5 });
    expect(skipped.context.steps[first]).toMatchObject({ by: 's1', skipReason: 'equipment-unavailable: quench empty' });
    expect(presentStepOf(procedure, skipped)?.id).toBe(procedure.steps[1]?.id);
  });

  it('REQ-PROC-08 begins on the side that permits nothing', () => {
    expect(regionsOf(after())).toEqual({ course: 'standby', interlocks: 'blocked', people: 'unknown', prohibitions: 'kept', authority: 'granted' });
  });

  it('REQ-PROC-09 held and re-authorised; held twice is held', () => {
    expect(regionsOf(after(say.RAISE, say.HELD, say.HELD)).authority).toBe('held');
    expect(regionsOf(after(say.RAISE, say.HELD, say.REAUTHORISED)).authority).toBe('granted');
  });
});
