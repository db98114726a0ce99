/** Properties of the procedures' machines over any sequence of events. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CourseEvent } from '../../src/domain/procedures/course-events.ts';
import { compileProcedure, initialCourse, moveCourse, placeOf } from '../../src/domain/procedures/machine.ts';
import type { CourseState } from '../../src/domain/procedures/machine.ts';
import { shippedPack } from '../unit/domain/bench.ts';

const machines = shippedPack().procedures.map((procedure) => ({ procedure, machine: compileProcedure(procedure) }));
const at = fc.integer({ min: 0, max: 10_000 });
const user = fc.constantFrom('s1', 'e1', 'both');
const eventOf = (steps: readonly string[]): fc.Arbitrary<CourseEvent> => fc.oneof(
  fc.record({ type: fc.constantFrom('RAISE' as const, 'SAFE_PROVED' as const, 'SAFE_LOST' as const, 'RETURNED' as const, 'HELD' as const), atMs: at }),
  fc.record({ type: fc.constantFrom('START' as const, 'STOP' as const), atMs: at, by: user, dueMs: at }),
  fc.record({ type: fc.constantFrom('INVESTIGATE' as const, 'REAUTHORISED' as const), atMs: at, by: user }),
  fc.record({ type: fc.constant('CAUSE' as const), atMs: at, by: user, text: fc.string({ maxLength: 20 }) }),
  fc.record({ type: fc.constant('APPROVED' as const), atMs: at, by: user, role: fc.constantFrom('supervisor' as const, 'engineer' as const) }),
  fc.record({ type: fc.constant('STEP_DONE' as const), atMs: at, step: fc.constantFrom(...steps), by: user, dueMs: at }),
  fc.record({ type: fc.constant('STEP_SKIPPED' as const), atMs: at, step: fc.constantFrom(...steps), by: user, reason: fc.string({ maxLength: 20 }), dueMs: at }),
  fc.record({ type: fc.constant('STEP_OVERDUE' as const), atMs: at, step: fc.constantFrom(...steps) }),
  fc.record({ type: fc.constant('SIGNED' as const), atMs: at, proof: fc.constantFrom('A.1', 'R11', '__proto__'), by: user, role: fc.constant('engineer' as const), note: fc.string({ maxLength: 10 }) }),
  fc.record({ type: fc.constant('INTERLOCKS' as const), atMs: at, state: fc.constantFrom('clear' as const, 'blocked' as const) }),
  fc.record({ type: fc.constant('PEOPLE' as const), atMs: at, state: fc.constantFrom('within' as const, 'exceeded' as const, 'unknown' as const) }),
);
const course = fc.constantFrom(...machines).chain((m) => fc.tuple(fc.constant(m), fc.array(eventOf(m.procedure.steps.map((s) => s.id)), { maxLength: 40 })));

describe('REQ-PROC-07 any course', () => {
  it('through JSON at any moment, it ends the same', () => {
    fc.assert(fc.property(course, fc.nat(40), ([{ machine }, events], cut) => {
      let [live, stored] = [initialCourse(machine), initialCourse(machine)];
      events.forEach((event, i) => {
        live = moveCourse(machine, live, event);
        if (i === cut) stored = JSON.parse(JSON.stringify(stored)) as CourseState;
        stored = moveCourse(machine, stored, JSON.parse(JSON.stringify(event)) as CourseEvent);
      });
      expect(stored).toEqual(live);
    }), { numRuns: 300 });
  });

  it('REQ-PROC-01 a STOP at any moment stops', () => {
    fc.assert(fc.property(course, ([{ machine }, events]) => {
      const state = events.reduce((s, e) => moveCourse(machine, s, e), initialCourse(machine));
      const stopped = moveCourse(machine, state, { type: 'STOP', atMs: 1, by: 'post', dueMs: 2 });
      expect(placeOf(stopped)).toBe(placeOf(state) === 'closed' ? 'closed' : 'stopping');
    }), { numRuns: 300 });
  });
});
