/** The pure parts of training: who may what, what a scenario still has to do, an exercise's truth, looking ahead, and the tour (docs/design/training.md). */
import { describe, expect, it } from 'vitest';
import type { TruthSample } from '../../../src/contract/drill.ts';
import { problemSchema } from '../../../src/contract/envelope.ts';
import { trainingDeeds } from '../../../src/main/station/training-handlers.ts';
import { modesOf } from '../../../src/main/training/ahead.ts';
import { refusalOf } from '../../../src/main/training/authority.ts';
import type { Standing } from '../../../src/main/training/authority.ts';
import { Exercise } from '../../../src/main/training/exercise.ts';
import { devicePosition } from '../../../src/main/training/device-position.ts';
import { evaluate } from '../../../src/main/training/expression.ts';
import { Line } from '../../../src/main/training/line.ts';
import { Script } from '../../../src/main/training/script.ts';
import { buttonsOf } from '../../../src/main/training/simulator-link.ts';
import { Team } from '../../../src/main/training/team.ts';
import { TruthWatch } from '../../../src/main/training/truth-watch.ts';
import type { InstructorDesk } from '../../../src/main/training/simulator-link.ts';
import { byClause, matching } from '../../../src/renderer/features/training/ScenarioList.tsx';
import { stateWord } from '../../../src/renderer/features/training/BoardPane.tsx';
import { standing } from '../../../src/renderer/features/training/RecordsPane.tsx';
import { lanesOf } from '../../../src/renderer/features/training/TimePane.tsx';
import { faultOrder } from '../../../src/renderer/features/training/FaultForm.tsx';
import { advanced, isDone, readTour, seenOf, TOUR_STEPS, writeTour } from '../../../src/renderer/features/tour/steps.ts';
import type { Seen } from '../../../src/renderer/features/tour/steps.ts';

const ALONE: Standing = { asker: { user: 'op1', roles: ['operator'] }, instructors: [], isTeam: false, isRunning: true, posts: [], isTrainee: () => false, isAtConsole: () => true };
const LED: Standing = { ...ALONE, instructors: [{ user: 'ins1', name: 'Chen' }], posts: [{ user: 'op2', name: 'Li', post: 'board' }] };

describe('REQ-TRN-01 REQ-TRN-02 who may what', () => {
  it('alone everything but the truth, and that once it is over', () => {
    for (const command of ['training.start', 'training.speed', 'instructor.inject', 'instructor.goBack', 'training.order', 'training.hint'] as const) expect([command, refusalOf(command, ALONE)]).toEqual([command, null]);
    for (const command of ['instructor.truth', 'instructor.score', 'training.debrief'] as const) {
      expect(refusalOf(command, ALONE)?.obstacles[0]?.rule).toBe('T-TRUTH');
      expect(refusalOf(command, { ...ALONE, asker: null })?.obstacles[0]?.rule).toBe('T-TRUTH');
      expect(refusalOf(command, { ...ALONE, isRunning: false })).toBeNull();
    }
  });

  it('3.4 with an instructor there, or in a team, the rest is the instructor\'s; each refusal names the clause, who can change it, and that retreat is there', () => {
    for (const led of [LED, { ...ALONE, isTeam: true }]) {
      const refusal = refusalOf('training.end', led);
      expect(refusal).toMatchObject({ operation: 'training.end', obstacles: [{ clause: '3.1', whoCanChange: ['instructor'] }] });
      expect(JSON.stringify(refusal?.meanwhile)).toMatch(/retreat/u);
      expect(refusalOf('training.end', { ...led, asker: { user: 'ins1', roles: ['instructor'] } })).toBeNull();
      expect(refusalOf('instructor.truth', { ...led, asker: { user: 'ins1', roles: ['instructor'] } })).toBeNull();
    }
  });

  it('REQ-TRN-06 a hand belongs to its post; a post that nobody has taken is everybody\'s', () => {
    expect(refusalOf('training.order', LED)?.obstacles[0]?.rule).toBe('T-POST');
    expect(refusalOf('training.order', { ...LED, asker: { user: 'op2', roles: ['operator'] } })).toBeNull();
    expect(refusalOf('instructor.field', LED)).toBeNull();
    // REQ-INS-22: what the instructor stages is no deed of the field's post, whoever holds it or nobody.
    const field: Standing = { ...LED, posts: [{ user: 'op1', name: 'Zhang', post: 'field' }] };
    expect((['instructor.field', 'training.crews', 'instructor.people', 'instructor.device', 'instructor.upsets'] as const).map((command) => refusalOf(command, field)?.obstacles[0]?.rule ?? null)).toEqual([null, null, 'T-INSTRUCTOR', 'T-INSTRUCTOR', 'T-TRUTH']);
  });
});

describe('REQ-TRN-12 what a scenario still has to do', () => {
  const shown: Record<string, number | boolean | string | null> = { 'TI-1': 71, 'XV-1': 'open', 'I-1-TRIP': false, 'TI-2': null, 't': 61 };
  const holds = (expression: string) => evaluate(expression, (name) => shown[name] ?? null);

  it('triggers over tags, unknown is never true, and what is not understood never holds', () => {
    for (const [expression, truth] of [
      ['TI-1 > 70 and XV-1 = open and not I-1-TRIP', true], ['t > 60', true], ['(TI-1 >= 71) and t <= 61', true], ['XV-1 != closed', true], ['TI-2 > 1', null], ['not TI-2 > 1', null], ['TI-2 > 1 or TI-1 > 1', true], ['TI-2 > 1 and TI-1 < 1', false],
      ['TI-1 > open', null], ['TI-1 >', null], ['( TI-1 > 1', null], ['', null], ['TI-1 > 1 TI-1', null], ['nobody > 1', null], [`${'('.repeat(200)}t > 1`, null], ['I-1-TRIP = false', true], ['TI-1 = -1.5e1', false], ['TI-1 > 70;', null],
    ] as const) expect([expression, holds(expression)]).toEqual([expression, truth]);
  });

  it('each deed once, at its time or so long after its trigger has come', () => {
    const deed = (name: string) => ({ kind: 'command' as const, name, value: true });
    const script = new Script([{ atS: 10, do: deed('a') }, { when: 'TI-1 > 70', afterS: 5, do: deed('b') }, { when: 'TI-2 > 1', afterS: 0, do: deed('c') }]);
    const names = (atS: number) => script.due(atS, holds).map((each) => ('name' in each ? each.name : ''));
    expect([names(0), names(4), names(5), names(12), names(1_000)]).toEqual([[], [], ['b'], ['a'], []]);
  });

  it('REQ-CRS-05 led back, what was done later is done again at its time, and a trigger that came later is waited for again', () => {
    const deed = (name: string) => ({ kind: 'command' as const, name, value: true });
    const script = new Script([{ atS: 10, do: deed('a') }, { when: 'TI-1 > 70', afterS: 5, do: deed('b') }, { atS: 2, do: deed('c') }]);
    const names = (atS: number, isHot = true) => script.due(atS, () => isHot).map((each) => ('name' in each ? each.name : ''));
    expect([names(3, false), names(6), names(12)]).toEqual([['c'], [], ['a', 'b']]);
    script.wentBack(4);
    expect([names(9, false), names(11, false), names(20), names(25)]).toEqual([[], ['a'], [], ['b']]);
  });
});

describe('REQ-TRN-04 REQ-TRN-05 an exercise and what is asked of the simulator', () => {
  const sample = (atS: number): TruthSample => ({ atS, atMs: 1_000 + atS, truth: { 'TI-1': atS }, shown: { 'TI-1': null }, margins: {}, lost: [], people: {} });
  const scenario = { id: 'S-1', title: { zh: '甲', en: 'a' }, sees: { zh: '', en: '' }, clauses: ['A4.2(2)'], start: 'normal', setup: [], faults: [], then: [], expect: { conditions: [], procedure: 'P-1' } };
  const begin = () => new Exercise({ id: 'EX-1', scenario, startedMs: 1_000, start: 'normal', seed: null, team: false, instructor: null });

  it('led back, the course that did not happen is gone; the longest exercise is thinned, never cut short', () => {
    const exercise = begin();
    for (const atS of [0, 1, 2, 3, 1.5, 2]) exercise.saw(sample(atS));
    expect(exercise.track.samples.map(({ atS }) => atS)).toEqual([0, 1, 1.5, 2]);
    for (let atS = 3; atS < 45_000; atS += 1) exercise.saw(sample(atS));
    expect(exercise.track.samples.length).toBeLessThanOrEqual(20_001);
    expect([exercise.track.samples[0]?.atS, exercise.atS]).toEqual([0, 44_999]);
  });

  it('hints go from where to look to the stop, are counted, and end; notes are bounded', () => {
    const exercise = begin();
    const hints = Array.from({ length: 21 }, () => exercise.hint(() => ({ zh: '程序', en: 'Procedure' }), 0)?.en ?? null);
    expect(hints[0]).toContain('first-out');
    expect(hints[1]).toContain('A4.2(2)');
    expect(hints[2]).toContain('Procedure');
    expect(hints[19]).toContain('EMERGENCY STOP');
    expect([hints[20], exercise.hints]).toEqual([null, 20]);
    expect(Array.from({ length: 201 }, () => exercise.note('ins1', 'x', 0)).filter(Boolean).length).toBe(200);
  });

  it('modes ahead: nothing, the stop, and each way through a procedure by the devices of its steps; two branches are never one way', () => {
    const step = (id: string, sets: Record<string, string>, more: object = {}) => ({ id, sets, options: [], ...more }) as never;
    const words = (en: string) => ({ zh: en, en });
    const steps = [
      step('A', { 'XV-1': 'closed' }), step('B', {}, { default: 'CAREFUL', options: [{ id: 'QUENCH', text: words('quench'), goto: 'C' }, { id: 'CAREFUL', text: words('hold'), goto: 'D' }, { id: 'AGAIN', text: words('again'), goto: 'A' }] }),
      step('C', { 'XV-2': 'open' }, { next: 'end' }), step('D', { 'P-2': 'running', 'X-3': 'words' }),
    ];
    // A mast that stands on when its end is 0, a change-over with words of its own (JS-2520, ZS-1501).
    const tags = [{ id: 'JS', kind: 'discrete', states: ['on', 'off', 'fault'] }, { id: 'ZS', kind: 'discrete', states: ['tower-a', 'tower-b', 'travelling'] }] as never;
    expect([devicePosition({ tags }, 'JS', 'off'), devicePosition({ tags }, 'JS', 'on'), devicePosition({ tags }, 'ZS', 'tower-b'), devicePosition({ tags }, 'ZS', 'words'), devicePosition({ tags }, 'X', 0.4), devicePosition({ tags }, 'X', 40), devicePosition({ tags }, 'X', true)]).toEqual([1, 0, 1, null, 0.4, null, 1]);
    const modes = modesOf('HS-1001', { tags: [] }, [{ id: 'P-1', title: words('one'), steps }, { id: 'P-2', title: words('two'), steps: [] }]);
    expect(modes.map(({ id, title, acts }) => [id, title.en, acts.length])).toEqual([['nothing', 'Nobody does anything', 0], ['stop', 'Emergency stop', 1], ['P-1/CAREFUL', 'one · hold', 2], ['P-1/QUENCH', 'one · quench', 2], ['P-1/AGAIN', 'one · again', 1]]);
    expect(modes[1]?.acts).toEqual([{ atS: 5, command: { name: 'HS-1001' } }]);
    expect(modes[3]?.acts).toEqual([{ atS: 5, order: { device: 'XV-1', position: 0 } }, { atS: 45, order: { device: 'XV-2', position: 1 } }]);
  });

  it('buttons are those that the proof names, of every plant; without them nothing is pressed, and without a line nothing is asked', async () => {
    for (const n of ['1', '2', '3', '4']) expect(buttonsOf({ buttons: { stop: `HS-${n}001`, evacuate: `HS-${n}002`, reset: `HS-${n}003` } })?.stop).toBe(`HS-${n}001`);
    for (const proof of [null, {}, { buttons: {} }, { buttons: { stop: 'HS-1001', evacuate: 'HS-1002', reset: 'XV-1' } }]) expect(buttonsOf(proof)).toBeNull();
    expect(await new Line(() => null).tell('Freeze')).toMatchObject({ ok: false });
  });

  it("REQ-INS-18 the simulator's no reaches the console in both languages, and so does the station's own", async () => {
    const desk = { call: () => Promise.resolve({ ok: false as const, reason: 'There is no snapshot "x".', zh: '没有快照“x”。' }) } as unknown as InstructorDesk;
    const training = { line: new Line(() => desk), exercise: null, team: new Team() };
    const asked = trainingDeeds({ core: { state: { training: null } }, training, books: {}, nowMs: () => 0, person: null, by: 'op1', instructors: () => [] } as never);
    expect(await asked['instructor.snapshot']({ name: 'x' })).toEqual({ outcome: 'failed', problem: { code: 'not-found', message: 'There is no snapshot "x".', words: { zh: '没有快照“x”。', en: 'There is no snapshot "x".' } } });
    expect(await asked['instructor.note']({ text: 'x' })).toMatchObject({ problem: { words: { zh: '没有正在进行的演练', en: 'no exercise runs' } } });
    expect(problemSchema.safeParse({ code: 'not-found', message: 'no', words: { zh: '无', en: 'no' } }).success).toBe(true);
  });
});

describe('REQ-TRN-11 on the screen', () => {
  const row = (id: string, clause: string, zh = '', en = '') => ({ id, title: { zh, en }, see: { zh: '', en: 'TI-4203 rises' }, clauses: [clause] });
  it('scenarios by clause in the order of the clauses, found by clause, tag or word', () => {
    const rows = [row('S-B', 'A4.10'), row('S-A', 'A4.2(2)', '飞温'), row('S-C', 'A4.2(5)'), row('S-D', '3.3')];
    expect(byClause(rows).map(({ clause, rows: own }) => [clause, own.length])).toEqual([['3.3', 1], ['A4.2', 2], ['A4.10', 1]]);
    // REQ-TRN-16: the drill of the first visit before all of them, whatever clause it is about.
    expect(byClause([...rows, ...rows.slice(0, 1).map((row) => ({ ...row, id: 'S-TOUR-AS' }))]).map(({ clause, rows: own }) => [clause, own.map(({ id }) => id.startsWith('S-TOUR'))])[0]).toEqual(['', [true]]);
    expect(matching(rows, 'a4.2(2) 飞温').map(({ id }) => id)).toEqual(['S-A']);
    expect(matching(rows, 'ti-4203').length).toBe(4);
  });
  it('devices, records, branches and faults in their words', () => {
    expect([stateWord({ machine: false, position: 0 }), stateWord({ machine: true, position: 1 }), stateWord({ machine: false, position: 0.5 }), stateWord({ machine: false, position: null })]).toEqual(['closed', 'running', 'travelling', 'unknown']);
    expect([standing({ passed: true, validUntilMs: 10, retrainByMs: 5 }, 3), standing({ passed: true, validUntilMs: 10, retrainByMs: 5 }, 6), standing({ passed: true, validUntilMs: 10, retrainByMs: 5 }, 11), standing({ passed: false, validUntilMs: null, retrainByMs: 1 }, 0)]).toEqual(['valid', 'due', 'lapsed', 'lapsed']);
    const branch = (n: number) => ({ branch: n, parent: null, name: '', fromS: 0, toS: 1, automatic: null });
    expect(lanesOf({ branches: Array.from({ length: 40 }, (_, n) => branch(n)), moments: [], branch: 2, kept: { isKept: false, problem: null, earlier: [] } }).map((lane) => lane.branch.branch)).toContain(2);
    expect(faultOrder('F-1', { severity: '1.5', rampS: '', delayS: 'x', durationS: '60', chance: '25', repeatS: '600', repeats: '', when: ' t > 5 ', group: '' }, ['F-2'])).toEqual({ fault: 'F-1', together: ['F-2'], severity: 1.5, durationS: 60, probability: 0.25, repeatS: 600, when: 't > 5' });
  });
});

describe('REQ-TRN-03 the truth as it is heard', () => {
  it('what is not heard is told with its reason, not passed over; heard again, it goes on from where it was', async () => {
    let dead = true;
    const asked: unknown[] = [];
    const desk = { call: (method: string, args: readonly unknown[]) => {
      asked.push([method, ...args]);
      if (dead) return Promise.resolve({ ok: false, reason: 'no answer within 3000 ms' });
      return Promise.resolve({ ok: true, value: method === 'Truth' ? { margins: [], samples: [{ atS: 7, atMs: 7_000, truth: {}, shown: {}, margins: {}, lost: [], people: {} }], next: 7, more: false } : { events: [], last: 4, more: false } });
    } };
    const exercise = new Exercise({ id: 'EX-1', scenario: { id: 'S-1', clauses: [], title: { zh: '一', en: 'one' } } as never, startedMs: 0, start: 'normal', seed: null, team: false, instructor: null });
    const watch = new TruthWatch(new Line(() => desk as unknown as InstructorDesk), () => 0, 1);
    expect(await watch.look(exercise)).toMatchObject({ ok: false, reason: 'no answer within 3000 ms' });
    dead = false;
    expect(await watch.look(exercise)).toBeNull();
    expect([exercise.atS, asked]).toEqual([7, [['Truth', -1], ['Truth', -1], ['Events', 0]]]);
  });
});

describe('REQ-TRN-09 the tour', () => {
  const running = { scenario: 'S-TOUR-AS', exercise: 'EX-9', startedMs: 100, team: false, hints: 0 };
  const seen = (more: Partial<Seen>): Seen => ({ ...seenOf('overview', false, { training: undefined, upset: undefined }, undefined), ...more });
  it('REQ-TRN-10 waits for the procedure of the upset to be safe, not for one that the stop has raised besides', () => {
    const at = (places: readonly ['safe' | 'stopping', 'safe' | 'stopping']) => seenOf('upset', false, { training: undefined, upset: { procedures: [{ raisedMs: 20, place: places[1], steps: [] }, { raisedMs: 10, place: places[0], steps: [] }], retreats: [] } as never }, undefined);
    expect([isDone('safe', at(['stopping', 'safe'])), isDone('safe', at(['safe', 'stopping']))]).toEqual([false, true]);
  });
  it('goes on only by the deed, in the order of the steps, and is won by the exercise that was begun in it', () => {
    let state = readTour('on/0/');
    const deeds: Partial<Seen>[] = [
      { screen: 'training' }, { running }, { screen: 'alarms', raised: 1 }, { acknowledged: 1 }, { screen: 'upset', places: ['raised'] }, { retreats: [{ kind: 'stop', atMs: 150 }] }, { places: ['stopping', 'stopping'] }, { screen: 'upset', stepsDone: 1 },
      { screen: 'people' }, { retreats: [{ kind: 'evacuate', atMs: 160 }] }, { openedWayBack: true }, { places: ['safe', 'stopping'] }, { raised: 3, acknowledged: 3 }, { running: null },
    ];
    for (const [at, deed] of deeds.entries()) {
      expect(state.step).toBe(at);
      const idle = seen({ running: at > 1 ? running : null, places: at === 6 ? ['stopping', 'raised'] : [], raised: at === 12 ? 3 : 0, acknowledged: at === 12 ? 2 : 0 });
      if (at < 13) expect(advanced(state, idle).step).toBe(at);
      state = advanced(state, { ...idle, ...deed });
    }
    expect(state).toMatchObject({ step: TOUR_STEPS.length, exercise: 'EX-9' });
  });
  it('a stop from before the exercise is none of it; an exercise that is gone sends back to the start; what is kept is read back, and nonsense is new', () => {
    expect(advanced({ phase: 'on', step: 5, exercise: 'EX-9' }, seen({ running, retreats: [{ kind: 'stop', atMs: 50 }] })).step).toBe(5);
    expect(advanced({ phase: 'on', step: 5, exercise: 'EX-9' }, seen({ running: null }))).toMatchObject({ step: 0 });
    expect(advanced({ phase: 'left', step: 0, exercise: '' }, seen({ screen: 'training' })).step).toBe(0);
    expect(readTour(writeTour({ phase: 'left', step: 4, exercise: 'EX-9' }))).toEqual({ phase: 'left', step: 4, exercise: 'EX-9' });
    for (const nonsense of ['', 'on/99/', 'on/-1/', 'x/1/', 'on/a/']) expect(readTour(nonsense).phase).toBe('new');
  });
});
