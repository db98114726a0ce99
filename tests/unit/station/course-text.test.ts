/** Journal sentences of a procedure's course: every kind of event reads well in both languages. */
import { describe, expect, test } from 'vitest';
import type { CourseEvent, CourseEventType } from '../../../src/domain/procedures/course-events.ts';
import { makePlant } from '../../../src/domain/station/plant.ts';
import { courseText } from '../../../src/main/station/course-text.ts';
import { recordText } from '../../../src/main/station/record-text.ts';
import { shippedPack, T0 } from '../domain/bench.ts';

const plant = makePlant(shippedPack());
const def = plant.procedures.get('P-A4.2');
const step = def?.steps[0], proof = step?.proof[0];
const at = { atMs: T0, by: 'zhang', dueMs: T0 + 60_000 };
const onStep = { ...at, step: step?.id ?? '' }, onProof = { ...at, proof: proof?.id ?? '' };

const EVENTS: { readonly [T in CourseEventType]: Extract<CourseEvent, { type: T }> } = {
  RAISE: { ...at, type: 'RAISE' }, START: { ...at, type: 'START' }, STOP: { ...at, type: 'STOP' },
  STEP_DONE: { ...onStep, type: 'STEP_DONE' }, STEP_SKIPPED: { ...onStep, type: 'STEP_SKIPPED', reason: 'R' }, STEP_OVERDUE: { ...onStep, type: 'STEP_OVERDUE' }, STEP_PASSED: { ...onStep, type: 'STEP_PASSED' }, STEP_LATE: { ...onStep, type: 'STEP_LATE' },
  CHOSEN: { ...onStep, type: 'CHOSEN', option: 'o1', seen: 'o2', reason: 'R' }, PERMITTED: { ...onStep, type: 'PERMITTED' }, WITHDRAWN: { ...onStep, type: 'WITHDRAWN' },
  SIGNED: { ...onProof, type: 'SIGNED', role: 'operator', note: 'N', figure: 4.5, witness: 'W', evidence: { kind: 'portable-test', instrument: 'GD-7', points: [{ place: 'top', values: [{ gas: 'O2', value: 20.8 }] }], sampledMs: 1, validForMs: 1_000 } }, REMOVED: { ...onProof, type: 'REMOVED', number: 'B-12' }, SAFE_PROVED: { ...at, type: 'SAFE_PROVED' }, SAFE_LOST: { ...at, type: 'SAFE_LOST' }, SAFE_OVERDUE: { ...at, type: 'SAFE_OVERDUE' },
  INVESTIGATE: { ...at, type: 'INVESTIGATE' }, CAUSE: { ...at, type: 'CAUSE', text: 'T' }, READY: { ...at, type: 'READY' }, APPROVED: { ...at, type: 'APPROVED', role: 'engineer' }, RETURNED: { ...at, type: 'RETURNED' },
  INTERLOCKS: { ...at, type: 'INTERLOCKS', state: 'blocked' }, PEOPLE: { ...at, type: 'PEOPLE', state: 'exceeded' }, PROHIBITIONS: { ...at, type: 'PROHIBITIONS', state: 'violated' }, HELD: { ...at, type: 'HELD' }, REAUTHORISED: { ...at, type: 'REAUTHORISED' },
  SUSPENDED: { ...at, type: 'SUSPENDED', reason: 'R' }, RESUMED: { ...at, type: 'RESUMED' }, DEADLINE: { ...at, type: 'DEADLINE', id: 'd', state: 'running' }, CONTINUOUS: { ...at, type: 'CONTINUOUS', id: 'c', state: 'inEffect' },
  LED: { ...at, type: 'LED', from: `goto/${step?.id}`, procedure: 'P-A4.1' }, ACKNOWLEDGED: { ...at, type: 'ACKNOWLEDGED', item: `${step?.id}/caution-1` }, ASSESSED: { ...onProof, type: 'ASSESSED', assessment: 'contested', reason: 'R' }, OWNED: { ...at, type: 'OWNED', name: '张三' },
};

describe('sentences of a course', () => {
  test.each(Object.values(EVENTS))('$type reads in both languages, never by its name', (event) => {
    const { zh, en } = courseText(event, plant, def);
    expect(zh).toMatch(/\p{Script=Han}/u);
    expect(en.replace('张三', '')).not.toMatch(/\p{Script=Han}/u);
    for (const words of [zh, en]) expect(words).not.toMatch(/[A-Z]+_[A-Z]+|undefined|\[object/u);
  });

  test('a step, a proof, a caution and a procedure are named by their words', () => {
    expect(courseText(EVENTS.STEP_OVERDUE, plant, def).zh).toContain(step?.text.zh);
    expect(courseText(EVENTS.SIGNED, plant, def).en).toContain(proof?.text.en);
    expect(courseText(EVENTS.SIGNED, plant, def).en).toContain('4.5');
    expect(courseText(EVENTS.ACKNOWLEDGED, plant, def).zh).toContain(step?.cautions[0]?.zh);
    expect(courseText(EVENTS.LED, plant, def).zh).toContain(plant.procedures.get('P-A4.1')?.title.zh);
    expect(courseText(EVENTS.LED, plant, def).zh).toContain(step?.text.zh);
  });

  test('of a procedure that is in no pack any more it says what is known', () => {
    const { zh } = recordText({ type: 'procedure.moved', atMs: T0, by: null, data: { instance: 'P-GONE:7', event: EVENTS.STEP_DONE, place: 'retreating' } } as Parameters<typeof recordText>[0], plant);
    expect(zh).toContain('P-GONE:7');
    expect(zh).toContain('退守');
  });
});
