/** The machine of every shipped procedure, walked exhaustively; and its stories. */
import { describe, expect, it } from 'vitest';
import type { CourseEvent } from '../../../src/domain/procedures/course-events.ts';
import { compileProcedure, initialCourse, isApproved, moveCourse, placeOf, presentStepOf, regionsOf } from '../../../src/domain/procedures/machine.ts';
import type { CompiledProcedure, CourseState } from '../../../src/domain/procedures/machine.ts';
import { STEPS_END } from '../../../src/domain/packs/schema.ts';
import type { ProcedureDef, StepDef } from '../../../src/domain/packs/schema.ts';
import { isGated } from '../../../src/domain/procedures/course-table.ts';
import { shippedPack } from './bench.ts';

const PROCEDURES = shippedPack().procedures;
const AT = 1_000;
const say = {
  RAISE: { type: 'RAISE', atMs: AT }, START: { type: 'START', atMs: AT, by: 'post', dueMs: AT }, STOP: { type: 'STOP', atMs: AT, by: 'post', dueMs: AT },
  SAFE_PROVED: { type: 'SAFE_PROVED', atMs: AT }, SAFE_LOST: { type: 'SAFE_LOST', atMs: AT }, INVESTIGATE: { type: 'INVESTIGATE', atMs: AT, by: 'post' },
  CAUSE: { type: 'CAUSE', atMs: AT, by: 'e1', text: 'found' }, READY: { type: 'READY', atMs: AT }, RETURNED: { type: 'RETURNED', atMs: AT }, HELD: { type: 'HELD', atMs: AT }, REAUTHORISED: { type: 'REAUTHORISED', atMs: AT, by: 's1' },
} as const satisfies Record<string, CourseEvent>;
const approve = (by: string, role: 'supervisor' | 'engineer' | 'operator'): CourseEvent => ({ type: 'APPROVED', atMs: AT, by, role });
const done = (step: string): CourseEvent => ({ type: 'STEP_DONE', atMs: AT, step, by: 'tags', dueMs: AT });

const listOf = (procedure: ProcedureDef, state: CourseState): readonly StepDef[] => (placeOf(state) === 'investigating' ? procedure.handling : procedure.steps);

/** What may be said of one step: done, passed over, late, permitted, one of its ways. */
const ofStep = (step: StepDef): CourseEvent[] => [
  done(step.id), { type: 'STEP_SKIPPED', atMs: AT, step: step.id, by: 's1', reason: 'not-applicable', dueMs: AT }, { type: 'STEP_OVERDUE', atMs: AT, step: step.id, dueMs: AT }, { type: 'PERMITTED', atMs: AT, step: step.id, by: 's1', dueMs: AT },
  { type: 'WITHDRAWN', atMs: AT, step: step.id }, { type: 'STEP_PASSED', atMs: AT, step: step.id, dueMs: AT }, ...step.options.map((option) => chosen(step, option.id)),
];
const chosen = (step: StepDef, option: string): CourseEvent => ({ type: 'CHOSEN', atMs: AT, step: step.id, option, by: 'post', seen: null, reason: '', dueMs: AT });

/** Everything that can be said where the course stands, with two people who hold each role and one who holds both. Of other steps than the present one nothing: REQ-PROC-05 walks those. */
function vocabulary(step: StepDef | null): CourseEvent[] {
  return [...Object.values(say), ...(step === null ? [] : ofStep(step)), ...(['s1', 'both'] as const).map((by) => approve(by, 'supervisor')), ...(['e1', 'both'] as const).map((by) => approve(by, 'engineer'))];
}

/** What leads on from the present step towards the end of its list: of several ways the one that leads furthest. */
function onward(procedure: ProcedureDef, state: CourseState): CourseEvent[] {
  const step = presentStepOf(procedure, state);
  if (step === null) return [];
  const list = listOf(procedure, state);
  const far = (id: string): number => (id === STEPS_END ? list.length : list.findIndex((each) => each.id === id));
  const furthest = [...step.options].sort((a, b) => far(b.goto) - far(a.goto))[0];
  return furthest === undefined ? [...(placeOf(state) === 'investigating' && isGated(step) ? [ofStep(step)[3] as CourseEvent] : []), done(step.id)] : [chosen(step, furthest.id)];
}

/** The whole way, each event as it follows from where the one before has led. */
function wholeWay(procedure: ProcedureDef, machine: CompiledProcedure, visit: (event: CourseEvent) => CourseState): CourseState {
  let state = initialCourse(machine);
  const tell = (...events: readonly CourseEvent[]): void => { for (const event of events) state = visit(event); };
  const through = (): void => { for (let told = 0; presentStepOf(procedure, state) !== null; told += 1) { if (told > 200) throw new Error('no end'); tell(...onward(procedure, state)); } };
  tell(say.RAISE, say.START);
  through();
  tell(say.SAFE_PROVED, say.INVESTIGATE);
  through();
  tell(say.CAUSE, say.READY, approve('s1', 'supervisor'), approve('e1', 'engineer'), say.RETURNED);
  return state;
}

/** What of the course's history matters to the laws, carried along by the walk itself and not read from the machine. */
interface Witness {
  readonly safe: boolean;
  readonly cause: boolean;
  readonly approvals: readonly string[];
}
interface Node {
  readonly state: CourseState;
  readonly witness: Witness;
}

const keyOf = ({ state, witness }: Node): string => JSON.stringify([regionsOf(state).course, state.context.approvals.map((a) => [a.user, a.role]), state.context.cause !== null, witness]);

/** An independent account of what has happened: the safe state proved and not lost since, then a cause, then approvals. */
function witnessOf(before: Witness, place: string, isDone: boolean, event: CourseEvent): Witness {
  const none: Witness = { safe: false, cause: false, approvals: [] };
  switch (event.type) {
    case 'SAFE_PROVED': return isDone && (place === 'retreating' || place === 'stopping') ? { ...none, safe: true } : before;
    case 'SAFE_LOST': return ['safe', 'investigating', 'readyToReturn'].includes(place) ? none : before;
    case 'STOP': return place === 'closed' ? before : none;
    case 'CAUSE': return place === 'investigating' || place === 'readyToReturn' ? { ...before, cause: true, approvals: [] } : before;
    case 'APPROVED': return place === 'readyToReturn' ? { ...before, approvals: [...before.approvals.filter((a) => !a.startsWith(`${event.by} `)), `${event.by} ${event.role}`].sort() } : before;
    default: return before;
  }
}

/** Breadth first over places and course events (the told regions are walked apart: they do not touch the course). */
function walk(procedure: ProcedureDef, visit: (before: Node, event: CourseEvent, after: Node) => void): number {
  const machine = compileProcedure(procedure);
  const first: Node = { state: initialCourse(machine), witness: { safe: false, cause: false, approvals: [] } };
  const seen = new Set([keyOf(first)]);
  const queue = [first];
  for (let node = queue.shift(); node !== undefined; node = queue.shift()) {
    const step = presentStepOf(procedure, node.state);
    for (const event of vocabulary(step).filter((e) => e.type !== 'HELD' && e.type !== 'REAUTHORISED')) {
      const after: Node = { state: moveCourse(machine, node.state, event), witness: witnessOf(node.witness, placeOf(node.state), step === null, event) };
      visit(node, event, after);
      const key = keyOf(after);
      if (!seen.has(key)) {
        seen.add(key);
        queue.push(after);
      }
    }
  }
  return seen.size;
}

describe.each(PROCEDURES.map((p) => [p.id, p] as const))('%s, every place and every event', (_id, procedure) => {
  it('REQ-PROC-01 REQ-PROC-02 REQ-PROC-03 REQ-PROC-04 obeys the laws', () => {
    const places = new Set<string>();
    const broken: string[] = [];
    let closings = 0;
    const size = walk(procedure, (before, event, after) => {
      const [from, to] = [placeOf(before.state), placeOf(after.state)];
      places.add(to);
      if (event.type === 'STOP' && from !== 'closed' && to !== 'stopping') broken.push(`STOP in ${from} leads to ${to}`);
      if (event.type === 'START' && from === 'raised' && to !== 'retreating') broken.push(`START leads to ${to}`);
      if (event.type === 'START' && from !== 'raised' && to !== from) broken.push(`START in ${from} leads to ${to}`);
      if (from === 'closed' && to !== 'closed') broken.push(`${event.type} leads out of closed`);
      if (to === 'closed' && from !== 'closed') {
        closings += 1;
        const { safe, cause, approvals } = before.witness;
        const [users, roles] = [new Set(approvals.map((a) => a.split(' ')[0])), approvals.map((a) => a.split(' ')[1])];
        if (event.type !== 'RETURNED' || !safe || !cause || users.size < procedure.returnApprovals.length || procedure.returnApprovals.some((role) => !roles.includes(role))) broken.push(`closed by ${event.type} after ${JSON.stringify(before.witness)}`);
      }
      if (!['readyToReturn', 'closed'].includes(to) && after.state.context.approvals.length > 0) broken.push(`approvals survive into ${to} by ${event.type}`);
    });
    expect([...new Set(broken)]).toEqual([]);
    expect([...places].sort()).toEqual(['closed', 'investigating', 'raised', 'readyToReturn', 'retreating', 'safe', 'standby', 'stopping']);
    expect(closings).toBeGreaterThan(0);
    expect(size).toBeGreaterThan(procedure.steps.length * 2);
  });

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

  it('REQ-PROC-05 on the whole way a step out of order is ignored', () => {
    const machine = compileProcedure(procedure);
    let state = initialCourse(machine);
    const last = wholeWay(procedure, machine, (event) => {
      const present = presentStepOf(procedure, state)?.id;
      for (const other of [...procedure.steps, ...procedure.handling].filter((step) => step.id !== present)) for (const early of ofStep(other)) {
        const moved = moveCourse(machine, state, early);
        expect(regionsOf(moved)).toEqual(regionsOf(state));
        if (early.type !== 'STEP_OVERDUE') expect(moved).toEqual(state);
      }
      state = moveCourse(machine, state, event);
      return state;
    });
    expect(placeOf(last)).toBe('closed');
  });

  it('REQ-PROC-07 goes on identically after JSON at every point of the whole way', () => {
    const machine = compileProcedure(procedure);
    let [live, stored] = [initialCourse(machine), initialCourse(machine)];
    wholeWay(procedure, machine, (event) => {
      live = moveCourse(machine, live, event);
      stored = moveCourse(machine, JSON.parse(JSON.stringify(stored)) as CourseState, event);
      expect(stored).toEqual(live);
      expect(JSON.parse(JSON.stringify(live))).toEqual(live);
      return live;
    });
    expect(placeOf(live)).toBe('closed');
  });
});

describe('the course of a procedure', () => {
  const procedure = PROCEDURES.find((p) => p.id === 'P-A4.2') as ProcedureDef;
  const machine: CompiledProcedure = compileProcedure(procedure);
  const after = (...events: readonly CourseEvent[]): CourseState => events.reduce<CourseState>((s, e) => moveCourse(machine, s, e), initialCourse(machine));
  const steps = procedure.steps.map(({ id }) => done(id));
  const ready = [say.RAISE, say.START, ...steps, say.SAFE_PROVED, say.INVESTIGATE, say.CAUSE, say.READY] as const;

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
    expect(placeOf([say.SAFE_PROVED, say.INVESTIGATE, approve('e1', 'engineer'), approve('s1', 'supervisor'), say.RETURNED].reduce<CourseState>((s, e) => moveCourse(machine, s, e), lost))).toBe('investigating');
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
