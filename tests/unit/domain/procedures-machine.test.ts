/** The machine of every shipped procedure, walked exhaustively; and its stories. */
import { describe, expect, it } from 'vitest';
import type { CourseEvent } from '../../../src/domain/procedures/course-events.ts';
import { compileProcedure, initialCourse, isApproved, moveCourse, placeOf, presentStepOf, regionsOf } from '../../../src/domain/procedures/machine.ts';
import type { CompiledProcedure, CourseState } from '../../../src/domain/procedures/machine.ts';
import type { ProcedureDef } from '../../../src/domain/packs/schema.ts';
import { shippedPack } from './bench.ts';

const PROCEDURES = shippedPack().procedures;
const AT = 1_000;
const say = {
  RAISE: { type: 'RAISE', atMs: AT }, START: { type: 'START', atMs: AT, by: 'post', dueMs: AT }, STOP: { type: 'STOP', atMs: AT, by: 'post', dueMs: AT },
  SAFE_PROVED: { type: 'SAFE_PROVED', atMs: AT }, SAFE_LOST: { type: 'SAFE_LOST', atMs: AT }, INVESTIGATE: { type: 'INVESTIGATE', atMs: AT, by: 'post' },
  CAUSE: { type: 'CAUSE', atMs: AT, by: 'e1', text: 'found' }, RETURNED: { type: 'RETURNED', atMs: AT }, HELD: { type: 'HELD', atMs: AT }, REAUTHORISED: { type: 'REAUTHORISED', atMs: AT, by: 's1' },
} as const satisfies Record<string, CourseEvent>;
const approve = (by: string, role: 'supervisor' | 'engineer' | 'operator'): CourseEvent => ({ type: 'APPROVED', atMs: AT, by, role });
const done = (step: string): CourseEvent => ({ type: 'STEP_DONE', atMs: AT, step, by: 'tags', dueMs: AT });

/** Everything that can be said to a procedure, with two people who hold each role and one who holds both. */
function vocabulary(procedure: ProcedureDef): CourseEvent[] {
  return [
    ...Object.values(say),
    ...procedure.steps.flatMap((step): CourseEvent[] => [done(step.id), { type: 'STEP_SKIPPED', atMs: AT, step: step.id, by: 's1', reason: 'not-applicable', dueMs: AT }, { type: 'STEP_OVERDUE', atMs: AT, step: step.id }]),
    ...(['s1', 'both'] as const).map((by) => approve(by, 'supervisor')), ...(['e1', 'both'] as const).map((by) => approve(by, 'engineer')),
    { type: 'SIGNED', atMs: AT, proof: 'X', by: 'e1', role: 'engineer', note: '' },
    ...(['clear', 'blocked'] as const).map((state): CourseEvent => ({ type: 'INTERLOCKS', atMs: AT, state })),
    ...(['within', 'exceeded', 'unknown'] as const).map((state): CourseEvent => ({ type: 'PEOPLE', atMs: AT, state })),
    ...(['kept', 'violated'] as const).map((state): CourseEvent => ({ type: 'PROHIBITIONS', atMs: AT, state })),
  ];
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
function witnessOf(before: Witness, place: string, event: CourseEvent): Witness {
  const none: Witness = { safe: false, cause: false, approvals: [] };
  switch (event.type) {
    case 'SAFE_PROVED': return place === 'retreating' || place === 'stopping' ? { ...none, safe: true } : before;
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
  const events = vocabulary(procedure).filter((e) => !['INTERLOCKS', 'PEOPLE', 'PROHIBITIONS', 'HELD', 'REAUTHORISED', 'SIGNED', 'STEP_OVERDUE'].includes(e.type));
  const first: Node = { state: initialCourse(machine), witness: { safe: false, cause: false, approvals: [] } };
  const seen = new Set([keyOf(first)]);
  const queue = [first];
  for (let node = queue.shift(); node !== undefined; node = queue.shift()) {
    for (const event of events) {
      const after: Node = { state: moveCourse(machine, node.state, event), witness: witnessOf(node.witness, placeOf(node.state), event) };
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

  it('REQ-PROC-05 a step out of order is ignored, in order it goes through to the last', () => {
    const machine = compileProcedure(procedure);
    let state = [say.RAISE, say.START].reduce<CourseState>((s, e) => moveCourse(machine, s, e), initialCourse(machine));
    for (const [i, step] of procedure.steps.entries()) {
      expect(presentStepOf(procedure, state)?.id).toBe(step.id);
      for (const other of procedure.steps.filter((s) => s.id !== step.id)) expect(moveCourse(machine, state, done(other.id))).toEqual(state);
      state = moveCourse(machine, state, done(step.id));
      expect(presentStepOf(procedure, state)?.id ?? null).toBe(procedure.steps[i + 1]?.id ?? null);
    }
    expect(regionsOf(state).course).toEqual({ retreating: 'done' });
  });

  it('REQ-PROC-07 goes on identically after JSON at every point of the whole way', () => {
    const machine = compileProcedure(procedure);
    const way = [say.RAISE, say.START, ...procedure.steps.map((s) => done(s.id)), say.SAFE_PROVED, say.INVESTIGATE, say.CAUSE, approve('s1', 'supervisor'), approve('e1', 'engineer'), say.RETURNED];
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
  const ready = [say.RAISE, say.START, say.SAFE_PROVED, say.INVESTIGATE, say.CAUSE] as const;

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
