/** REQ-SCO-01 to 08: the score of one exercise told by the real engine and station: what the crew did, what the plant did, what was kept of the truth. */
import { beforeAll, describe, expect, it } from 'vitest';
import { scoreSchema } from '../../../src/contract/drill.ts';
import type { Score, ScoreItemId } from '../../../src/contract/drill.ts';
import type { ExerciseRecords } from '../../../src/domain/drills/exercise.ts';
import { scoreExercise } from '../../../src/domain/drills/score.ts';
import { DEFAULT_SCORING, scoringOf, WEIGHTS } from '../../../src/domain/drills/scoring.ts';
import { fact } from '../../../src/domain/station/facts.ts';
import type { Fact } from '../../../src/domain/station/facts.ts';
import { exerciseOf } from '../../support/drills/exercise.ts';
import { PEOPLE } from '../../unit/domain/bench.ts';

type Told = ReturnType<typeof exerciseOf>;
let [good, nobody] = [null as Told | null, null as Told | null];
beforeAll(() => { [good, nobody] = [exerciseOf(), exerciseOf({ acknowledgeAfterMs: null, startAfterMs: null })]; }, 120_000);
const goodOne = (): Told => good ?? expect.fail('no exercise');
const nobodys = (): Told => nobody ?? expect.fail('no exercise');

const item = (score: Score, id: ScoreItemId) => score.items.find((each) => each.item === id) ?? expect.fail(`no item ${id}`);
/** The same exercise with more on record. */
const withFacts = (exercise: Told, ...facts: readonly Fact[]): ExerciseRecords => ({ ...exercise, records: [...exercise.records, ...facts.map((each, i) => ({ n: 900 + i, wallMs: each.atMs, fact: each }))].sort((a, b) => a.fact.atMs - b.fact.atMs || a.n - b.n) });
const clausesOf = ({ breaches }: Score): string[] => [...new Set(breaches.map(({ clause }) => clause))];

describe('REQ-SCO-01 A4.2(2) a good crew', () => {
  it('has full marks, each line with its figure, its limits and the records that show it', () => {
    const score = scoreExercise(goodOne());
    expect(scoreSchema.safeParse(score).error).toBeUndefined();
    expect([score.total, score.passed, score.aborted, score.breaches]).toEqual([100, true, null, []]);
    expect(score.items.every(({ points, weight, because }) => points === weight && because.zh !== '' && because.en !== '')).toBe(true);
    const byNumber = new Map(goodOne().records.map(({ n, fact: { type } }) => [n, type]));
    expect(item(score, 'detect').records.map((n) => byNumber.get(n))).toEqual(['alarm.raised', 'alarm.acknowledged']);
    expect(item(score, 'safe').records.map((n) => byNumber.get(n)).at(-1)).toBe('procedure.moved');
    expect(item(score, 'detect').figure).toBeGreaterThanOrEqual(10);
    expect(item(score, 'envelope').because.en).toMatch(/nearest: Oxidation tower temperature \d+\.\d+ \/ 62 ℃/u);
  });
});

describe('REQ-SCO-01 of many margins', () => {
  it('the four nearest are told, a bare ratio without a unit', () => {
    const exercise = goodOne();
    const { truth } = exercise;
    if (truth === null) throw new Error('no truth');
    const far = { ...(truth.margins[0] ?? expect.fail('no margin')), unit: '1' };
    const margins = [...[1, 2, 3, 4].map((n) => ({ ...far, id: `FAR-${n}`, title: { zh: `远${n}`, en: `far ${n}` }, lostAt: 1_000 + n })), { ...far, id: 'BELOW', title: { zh: '低侧', en: 'below' }, side: 'below' as const, lostAt: 9 }];
    const values = { 'FAR-1': 1, 'FAR-2': 2, 'FAR-3': 3, 'FAR-4': 4, 'BELOW': 10 };
    const score = scoreExercise({ ...exercise, truth: { ...truth, margins: [...margins, ...truth.margins], samples: truth.samples.map((sample) => ({ ...sample, margins: { ...sample.margins, ...values } })) } });
    const told = item(score, 'envelope').because.en;
    expect(told).toMatch(/^No margin was lost; at the nearest: Oxidation tower temperature .*; below 10 \/ 9; far 4 4 \/ 1004; far 3 3 \/ 1003$|^No margin was lost; at the nearest: below 10 \/ 9; Oxidation tower temperature .*; far 4 4 \/ 1004; far 3 3 \/ 1003$/u);
  });
});

describe('REQ-SCO-02 A4.2 nobody does anything', () => {
  it('no points where nothing shows anything, and the clauses that catch it', () => {
    const score = scoreExercise(nobodys());
    for (const id of ['detect', 'diagnose', 'first-action', 'safe', 'order', 'completeness'] as const) expect([id, item(score, id).figure, item(score, id).points]).toEqual([id, null, 0]);
    expect(clausesOf(score)).toEqual(expect.arrayContaining(['A4.2', '3.6', 'A4.2(2)']));
    expect(score.breaches.find(({ kind }) => kind === 'margin')).toMatchObject({ clause: 'A4.2(2)' });
    expect([score.passed, item(score, 'alarms').points, item(score, 'envelope').points]).toEqual([false, 0, 0]);
  });

  it('what the interlock did by itself is nobody’s merit, and no pass', () => {
    const told = exerciseOf({ acknowledgeAfterMs: null, startAfterMs: null, trips: true });
    expect(told.records.some(({ fact: each }) => each.type === 'procedure.moved' && each.data.event.type === 'START' && each.data.event.by === 'I-4200')).toBe(true);
    const score = scoreExercise(told);
    for (const id of ['detect', 'diagnose', 'first-action', 'safe', 'order', 'completeness'] as const) expect([id, item(score, id).points]).toEqual([id, 0]);
    expect([score.passed, item(score, 'first-action').because.en]).toEqual([false, 'Nobody took part: the interlocks acted by themselves']);
  });

  it('who only silences the alarms while the interlock stops the plant has noticed it, and has shown nothing else', () => {
    const told = exerciseOf({ startAfterMs: null, trips: true });
    expect(told.records.some(({ fact: each }) => each.type === 'procedure.moved' && each.data.place === 'safe')).toBe(true);
    const score = scoreExercise(told);
    expect(item(score, 'detect').points).toBe(WEIGHTS.detect);
    for (const id of ['diagnose', 'first-action', 'safe', 'order', 'completeness'] as const) expect([id, item(score, id).points]).toEqual([id, 0]);
    expect(score.passed).toBe(false);
    // One who stops the plant has acted, whoever was faster.
    const stopMs = told.records.find(({ fact: each }) => each.type === 'alarm.acknowledged')?.fact.atMs ?? 0;
    const stopped = scoreExercise(withFacts(told, fact('retreat.stop', stopMs + 1_000, PEOPLE.operator.user, { actedOn: 'simulator' })));
    expect([item(stopped, 'first-action').points, item(stopped, 'safe').points]).toEqual([WEIGHTS['first-action'], WEIGHTS.safe]);
    // The interlock's steps were nobody's action: the first of a person comes with the person.
    const lateMs = told.records.find(({ fact: each }) => each.type === 'procedure.moved' && each.data.place === 'safe')?.fact.atMs ?? 0;
    const late = scoreExercise(withFacts(told, fact('retreat.stop', lateMs + 5_000, PEOPLE.operator.user, { actedOn: 'simulator' })));
    expect(item(late, 'first-action').figure).toBeGreaterThan(item(late, 'safe').figure ?? Number.NaN);
  });

  it('nothing on record at all is worth nothing, not even that no prohibition was broken', () => {
    const score = scoreExercise({ ...goodOne(), records: [], truth: null });
    expect([score.total, score.passed]).toEqual([0, false]);
  });
});

describe('REQ-SCO-03 unknown is never good', () => {
  it('without the truth the envelope earns nothing and says why; the rest stands', () => {
    const score = scoreExercise({ ...goodOne(), truth: null });
    expect(item(score, 'envelope')).toMatchObject({ figure: null, points: 0, because: { en: expect.stringContaining('not kept') as string } });
    expect(item(score, 'safe').points).toBe(WEIGHTS.safe);
  });

  it('prohibitions whose tags said nothing all the while are not kept', () => {
    const [first] = goodOne().records.filter(({ fact: { type } }) => type === 'prohibition.changed');
    expect(first).toBeDefined();
    const blind = goodOne().records.map((record) => (record.fact.type === 'prohibition.changed' ? { ...record, fact: { ...record.fact, data: { ...record.fact.data, state: 'unknown' as const } } } : record));
    expect(item(scoreExercise({ ...goodOne(), records: blind }), 'prohibitions')).toMatchObject({ figure: null, points: 0 });
  });
});

describe('REQ-SCO-04 A4.7, 3.3, 3.5 what is forbidden', () => {
  it('a broken prohibition takes the whole line and the pass, whatever the points', () => {
    const instance = goodOne().records.flatMap(({ fact: each }) => (each.type === 'procedure.raised' ? [each.data.instance] : []))[0] ?? '';
    const score = scoreExercise(withFacts(goodOne(), fact('prohibition.changed', goodOne().endedMs - 5_000, null, { instance, id: 'NO-HAND-DOSING', clause: 'A4.7', state: 'violated' })));
    expect(score.breaches).toMatchObject([{ clause: 'A4.7', kind: 'prohibition', text: { en: 'Never add acid or stabiliser by hand' } }]);
    expect([item(score, 'prohibitions').points, score.total >= score.passMark, score.passed]).toEqual([0, true, false]);
  });

  it('what is forbidden whether a procedure runs or not is broken where none names it too (A4.3)', () => {
    const at = goodOne().endedMs - 5_000;
    const alarm = (id: string): Fact => fact('alarm.raised', at, null, { id, priority: 1, sourceMs: at, firstOut: false, group: null, input: null, value: null, limit: null });
    const score = scoreExercise(withFacts(goodOne(), alarm('N-A4.3-MIXED')));
    expect(score.breaches).toMatchObject([{ clause: 'A4.3', kind: 'prohibition' }]);
    expect([item(score, 'prohibitions').points, score.passed]).toEqual([0, false]);
  });

  it('what was asked for and refused, a key without approval, a forced reset', () => {
    const at = goodOne().endedMs - 20_000;
    const score = scoreExercise(withFacts(
      goodOne(),
      fact('refused', at, PEOPLE.operator.user, { operation: 'interlock.reset', direction: 'return', obstacles: [{ rule: 'trip-cause', clause: '3.5', fact: { zh: '原因未查明', en: 'the cause is not known' }, whoCanChange: ['engineer'] }] }),
      fact('interlock.changed', at + 1_000, null, { id: 'I-4200', state: 'bypassed', approved: false }),
    ));
    expect(score.breaches.map(({ clause, kind }) => `${clause} ${kind}`)).toEqual(expect.arrayContaining(['3.5 refusal', '3.3 bypass']));
    expect(item(score, 'prohibitions').points).toBeLessThan(WEIGHTS.prohibitions);
  });
});

describe('REQ-SCO-05 4.2.3, A4.2 people', () => {
  const crowded = (counts: readonly (readonly [atS: number, count: number])[]): ExerciseRecords => {
    const exercise = goodOne();
    const countAt = (atS: number): number => counts.findLast(([from]) => from <= atS)?.[1] ?? 0;
    return { ...exercise, truth: { ...exercise.truth, samples: exercise.truth.samples.map((sample) => ({ ...sample, people: { 'Z-4200': countAt(sample.atS) } })) } };
  };
  const limit = (atMs: number) => fact('people.changed', atMs, null, { zone: 'Z-4200', count: 6, limit: 2, state: 'exceeded' });

  it('head-minutes beyond the limit count from when they could have been out; who walks out in time exposed nobody', () => {
    const start = goodOne().startedMs;
    const told = (exercise: ExerciseRecords): ExerciseRecords => ({ ...exercise, records: [...withFacts(goodOne(), limit(start + 20_000)).records] });
    const inTime = scoreExercise(told(crowded([[0, 6], [200, 0]])));
    expect([item(inTime, 'exposure').figure, item(inTime, 'exposure').points, inTime.breaches]).toEqual([0, WEIGHTS.exposure, []]);
    // Who walked out in time was in it all the same: six from the fault (5 s) to 200 s.
    expect(item(inTime, 'exposure').because.en).toMatch(/^0\.0 head-minutes beyond the limits; 19\.\d in zones with a limit since the fault \(Z-4200 19\.\d\), walking out included$/u);
    const slow = scoreExercise(told(crowded([[0, 6], [440, 0]])));
    // Two may be in it from 20 s on, nobody once P-A4.2 is raised: from 20 s + 300 s to 440 s of plant time six too many.
    expect(item(slow, 'exposure').figure).toBeCloseTo((6 * 120) / 60, 1);
    expect(slow.breaches.map(({ clause, kind }) => `${clause} ${kind}`)).toEqual(['A4.2 people', '4.2.1 verdict', '4.2.5 verdict']);
  });

  it('somebody sent in while it is too many is a breach at once', () => {
    const told = { ...crowded([[0, 3], [60, 4], [120, 0]]), records: withFacts(goodOne(), limit(goodOne().startedMs + 20_000)).records };
    // Whatever the points: it hurts people (REQ-SCO-04, decision 0037).
    const { total, passed } = scoreExercise(told);
    expect([total >= DEFAULT_SCORING.passMark, passed]).toEqual([true, false]);
    expect(scoreExercise(told).breaches.filter(({ kind }) => kind === 'people')).toMatchObject([{ atS: 60, text: { en: 'Somebody more went into Z-4200: 4 people, at most 2' } }]);
  });
});

describe('REQ-SCO-06 the scenario says how it is marked', () => {
  it('weights that are not 100, marks that turn round what is better, are refused with the reason', () => {
    expect(scoringOf({ weights: { safe: 20 } })).toEqual({ ok: false, problem: 'the weights add up to 105; expected 100 (those not named keep their default)' });
    expect(scoringOf({ marks: { detect: { full: 100, none: 50 } } })).toMatchObject({ ok: false, problem: expect.stringContaining('less is better') as string });
    expect(scoringOf({ marks: { hints: { full: 2, none: 2 } } })).toMatchObject({ ok: false });
    const own = scoringOf({ weights: { safe: 20, hints: 0 } }, { detectS: 30 });
    expect(own).toMatchObject({ ok: true, value: { weights: { safe: 20, hints: 0 }, marks: { detect: { full: 30, none: 90 } } } });
  });

  it('a limit that ends the exercise is read from the truth, and no points make it passed', () => {
    const lying = exerciseOf({ deceptionDegC: 30, acknowledgeAfterMs: null, startAfterMs: null });
    const scoring = { ...DEFAULT_SCORING, abort: [{ tag: 'TI-4203', atOrAbove: 60 }] };
    const score = scoreExercise({ ...lying, scenario: { ...lying.scenario, scoring } });
    expect(score.aborted).toMatchObject({ because: { en: expect.stringContaining('TI-4203 reached the limit that ends the exercise: 60') as string } });
    const reached = scoreExercise({ ...goodOne(), scenario: { ...goodOne().scenario, scoring: { ...scoring, abort: [{ tag: 'TI-4203', atOrAbove: 57 }] } } });
    expect([reached.total, reached.passed]).toEqual([100, false]);
  });

  it('hints cost, and no more than their line', () => {
    const hint = fact('training.hinted', goodOne().startedMs + 30_000, PEOPLE.operator.user, { exercise: 'EX-1', hint: { zh: '看温度', en: 'Look at the temperature' } });
    expect(item(scoreExercise(withFacts(goodOne(), hint)), 'hints').points).toBeCloseTo(WEIGHTS.hints * (2 / 3), 1);
    expect(item(scoreExercise(withFacts(goodOne(), hint, hint, hint, hint)), 'hints').points).toBe(0);
  });
});

describe('REQ-SCO-07 order and completeness', () => {
  it('devices operated against the order of the steps, and a step left out', () => {
    const exercise = goodOne();
    const [orders, rest] = [exercise.truth.events.filter(({ kind }) => kind === 'order'), exercise.truth.events.filter(({ kind }) => kind !== 'order')];
    const late = orders.map((each, i) => ({ ...each, atMs: each.atMs + (each.subject === 'XV-4101' || each.subject === 'XV-4102' ? 5_000 : i) }));
    const turned = item(scoreExercise({ ...exercise, truth: { ...exercise.truth, events: [...rest, ...late] } }), 'order');
    expect([turned.figure, turned.because.en]).toEqual([1, 'P-A4.2: out of order 1']);
    const skipped = exercise.records.map((record) => (record.fact.type === 'procedure.moved' && record.fact.data.event.type === 'STEP_DONE' && record.fact.data.event.step === 'A' ? { ...record, fact: { ...record.fact, data: { ...record.fact.data, event: { ...record.fact.data.event, type: 'STEP_SKIPPED' as const, reason: 'x' } } } } : record));
    const score = scoreExercise({ ...exercise, records: skipped });
    expect(item(score, 'completeness').because.en).toBe('P-A4.2: 5 of 6 steps proved');
    expect(item(score, 'order').figure).toBe(1);
  });
});

describe('REQ-SCN-03 planned work counts from when it was asked for', () => {
  const asked = { id: 'S-A4.3', clauses: ['A4.3'], expect: { procedure: 'P-A4.2' }, scoring: DEFAULT_SCORING };
  /** Nothing raised anything: no fault, no condition, no alarm; the procedure is begun by hand. */
  const quiet = (told: Told): ExerciseRecords => ({
    ...told, scenario: asked, startedMs: (told.records.find(({ fact: { type, by } }) => type === 'procedure.moved' && by !== null)?.fact.atMs ?? 0) - 20_000, truth: told.truth === null ? null : { ...told.truth, events: told.truth.events.filter(({ kind }) => kind !== 'fault-began') },
    records: told.records.filter(({ fact: { type } }) => !type.startsWith('alarm.') && type !== 'condition.changed'),
  });

  it('who does it well has full marks where no alarm came by chance', () => {
    const score = scoreExercise(quiet(goodOne()));
    for (const id of ['detect', 'diagnose', 'first-action', 'safe', 'order', 'completeness', 'alarms'] as const) expect([id, item(score, id).points, item(score, id).because.en]).toEqual([id, WEIGHTS[id], expect.any(String)]);
    expect(item(score, 'detect').because.en).toMatch(/after the exercise began: /u);
    expect(item(score, 'alarms').because.en).toBe('There was no alarm to answer');
  });

  it('who does nothing has no points, not even for alarms that nobody had to answer', () => {
    const score = scoreExercise(quiet(nobodys()));
    for (const id of ['detect', 'diagnose', 'first-action', 'safe', 'order', 'completeness', 'alarms'] as const) expect([id, item(score, id).points]).toEqual([id, 0]);
    expect(score.passed).toBe(false);
  });
});
