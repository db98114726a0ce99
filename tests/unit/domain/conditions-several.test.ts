/** Conditions over several tags: ratio, deviation, discrepancy, voting, quality. Boundaries, deadbands, delays and doubt, kind by kind. */
import { describe, expect, it } from 'vitest';
import type { Measure } from '../../../src/domain/packs/schema.ts';
import type { SampleValue } from '../../../src/domain/samples/sample.ts';
import { STATUS } from '../../../src/domain/samples/sample.ts';
import { engineOf, line, node, sample, T0 } from './bench.ts';

type Row = readonly (SampleValue | 'bad' | 'uncertain')[];
const TAGS = ['A', 'B', 'C'];

/** Pushes rows of values, one a second, and gives what the condition says after each. */
function truths(measure: Measure, rows: readonly Row[]): (number | null)[] {
  const engine = engineOf([node('X', measure)], TAGS, 60_000);
  return rows.map((row, i) => {
    row.forEach((value, k) => engine.push(sample(TAGS[k] ?? '', value === 'bad' ? null : value === 'uncertain' ? 7 : value, T0 + i * 1_000, value === 'bad' ? STATUS.bad : value === 'uncertain' ? STATUS.uncertain : 0)));
    return engine.truthOf('X');
  });
}

/** A condition over these tags with an on-delay of 2 s and an off-delay of 3 s: told to the millisecond. */
function story(measure: Measure, normal: Row, beyond: Row): string[] {
  const engine = engineOf([node('X', measure, 2_000, 3_000)], TAGS, 60_000);
  const tell = (row: Row, at: number): void => row.forEach((value, k) => engine.push(sample(TAGS[k] ?? '', value, T0 + at)));
  tell(normal, 0);
  tell(beyond, 1_000);
  tell(normal, 2_999);
  tell(beyond, 4_000);
  tell(normal, 10_000);
  tell(beyond, 12_999);
  tell(normal, 20_000);
  engine.advance(T0 + 40_000);
  return engine.drain().map(line);
}

describe('REQ-COND-17 ratio of two tags', () => {
  const ratio: Measure = { kind: 'ratio', input: 'A', over: 'B', minOver: 10, above: 2, deadband: 0.5 };

  it.each([
    ['2 is not above 2, 2.01 is', [[200, 100], [201, 100]], [0, 1]],
    ['holds its answer down to 1.5', [[201, 100], [151, 100], [150, 100], [180, 100]], [1, 1, 0, 0]],
    ['either tag moves it', [[100, 100], [100, 40], [70, 40]], [0, 1, 1]],
    ['means nothing while the divisor is not above its least', [[100, 100], [100, 10], [100, 10.1], [0, 0], [5, -100]], [0, -1, 1, -1, -1]],
    ['is unknown while either is in doubt', [[300, 100], ['bad', 100], [300, 'bad'], [300, 'uncertain'], [300, 100]], [1, -1, -1, -1, 1]],
    ['of words is unknown', [['running', 100]], [-1]],
  ] as const)('%s', (_what, rows, expected) => expect(truths(ratio, rows)).toEqual(expected));

  it('keeps its delays to the millisecond', () => {
    expect(story(ratio, [100, 100], [300, 100])).toEqual(['+6000 X raised', '+23000 X cleared']);
  });

  it('names the tag that moved last, with its source time', () => {
    const engine = engineOf([node('X', ratio)], TAGS);
    engine.push(sample('A', 100, T0));
    engine.push(sample('B', 30, T0 + 500, 0, T0 + 480));
    expect(engine.drain()).toMatchObject([{ state: 'raised', input: 'B', value: 30, sourceMs: T0 + 480, limit: 2 }]);
  });
});

describe('REQ-COND-17 deviation of two tags', () => {
  const deviation = (absolute: boolean): Measure => ({ kind: 'deviation', input: 'A', from: 'B', absolute, atOrAbove: 5, deadband: 1 });

  it.each([
    ['5 apart is, 4.9 is not', false, [[54.9, 50], [55, 50]], [0, 1]],
    ['below is not above', false, [[40, 50]], [0]],
    ['the distance counts either way when absolute', true, [[40, 50], [60, 50], [50, 50]], [1, 1, 0]],
    ['holds its answer down to 4', true, [[55, 50], [54, 50], [53.9, 50], [54.5, 50]], [1, 1, 0, 0]],
    ['is unknown while either is in doubt', true, [[60, 50], ['bad', 50], [60, 'uncertain'], [60, 50]], [1, -1, -1, 1]],
  ] as const)('%s', (_what, absolute, rows, expected) => expect(truths(deviation(absolute), rows)).toEqual(expected));

  it('keeps its delays to the millisecond', () => {
    expect(story(deviation(true), [50, 50], [40, 50])).toEqual(['+6000 X raised', '+23000 X cleared']);
  });
});

describe('REQ-COND-18 redundant measurements disagree', () => {
  const discrepancy: Measure = { kind: 'discrepancy', inputs: TAGS, tolerance: 3, deadband: 1 };

  it.each([
    ['3 apart is within, 3.1 is not', [[50, 53, 51], [50, 53.1, 51]], [0, 1]],
    ['holds its answer down to 2', [[50, 54, 51], [50, 52.1, 51], [50, 52, 51], [50, 52.9, 51]], [1, 1, 0, 0]],
    ['two good ones are enough to agree or not', [[50, 51, 'bad'], [50, 54, 'bad']], [0, 1]],
    ['one good one can say nothing', [[50, 'bad', 'uncertain']], [-1]],
    ['the two that agree do not clear what the third said before it fell silent', [[50, 54, 50], [50, 'bad', 50], [50, 50, 50]], [1, -1, 0]],
    ['two that still disagree need no third', [[50, 54, 50], [50, 54, 'bad']], [1, 1]],
  ] as const)('%s', (_what, rows, expected) => expect(truths(discrepancy, rows)).toEqual(expected));

  it('keeps its delays to the millisecond', () => {
    expect(story(discrepancy, [50, 51, 52], [50, 56, 52])).toEqual(['+6000 X raised', '+23000 X cleared']);
  });
});

describe('REQ-COND-18 voting', () => {
  const voted = (need: number): Measure => ({ kind: 'voted', inputs: TAGS, need, atOrAbove: 60, deadband: 2 });

  it.each([
    ['2oo3: one is not enough, two are', 2, [[60, 50, 50], [60, 60, 50]], [0, 1]],
    ['1oo3 and 3oo3', 1, [[59.9, 50, 50], [60, 50, 50]], [0, 1]],
    ['3oo3 wants all', 3, [[60, 60, 59.9], [60, 60, 60]], [0, 1]],
    ['each has its own deadband', 2, [[60, 60, 50], [58, 58, 50], [57.9, 58, 50], [58, 58, 50]], [1, 1, 0, 0]],
    ['a bad one votes neither way: two good ones decide', 2, [['bad', 60, 60], ['bad', 50, 50]], [1, 0]],
    ['a bad one that could still decide makes it unknown', 2, [[60, 'bad', 50]], [-1]],
    ['two bad ones and nothing beyond could still be two', 2, [[50, 'bad', 'uncertain']], [-1]],
    ['what was beyond and fell silent does not clear', 2, [[60, 60, 50], [60, 'bad', 50], [50, 'bad', 50]], [1, -1, 0]],
    ['all bad is unknown', 1, [['bad', 'bad', 'bad']], [-1]],
  ] as const)('%s', (_what, need, rows, expected) => expect(truths(voted(need), rows)).toEqual(expected));

  it('keeps its delays to the millisecond', () => {
    expect(story(voted(2), [50, 50, 50], [61, 61, 50])).toEqual(['+6000 X raised', '+23000 X cleared']);
  });

  it('names the newest of those that are beyond', () => {
    const engine = engineOf([node('X', voted(2))], TAGS);
    engine.push(sample('B', 61, T0));
    engine.push(sample('A', 62, T0 + 10));
    engine.push(sample('C', 50, T0 + 20));
    expect(engine.drain()).toMatchObject([{ state: 'raised', input: 'A', value: 62, sourceMs: T0 + 10 }]);
  });

  it('after a restart, what was raised stays raised within the deadbands', () => {
    const engine = engineOf([node('X', voted(2))], TAGS);
    engine.restore([{ id: 'X', held: true, onsetMs: T0 - 1_000 }]);
    for (const tag of TAGS) engine.push(sample(tag, 58, T0));
    expect(engine.truthOf('X')).toBe(1);
    for (const tag of TAGS) engine.push(sample(tag, 57.9, T0 + 1));
    expect(engine.truthOf('X')).toBe(0);
  });
});

describe('REQ-COND-19 quality as a condition of its own', () => {
  const badQuality: Measure = { kind: 'badQuality', inputs: TAGS };

  it.each([
    ['good is not bad', [[1, 2, 3]], [0]],
    ['one of them bad is enough', [[1, 2, 3], [1, 'bad', 3], [1, 2, 3]], [0, 1, 0]],
    ['uncertain counts', [[1, 2, 'uncertain']], [1]],
    ['not a number counts', [[1, Number.NaN, 3]], [1]],
  ] as const)('%s', (_what, rows, expected) => expect(truths(badQuality, rows)).toEqual(expected));

  it('silence is the matter of stale, not of badQuality; neither is ever unknown', () => {
    const engine = engineOf([node('BAD', badQuality), node('STALE', { kind: 'stale', inputs: TAGS })], TAGS, 5_000);
    for (const tag of TAGS) engine.push(sample(tag, 1, T0));
    engine.advance(T0 + 60_000);
    expect([engine.truthOf('BAD'), engine.truthOf('STALE')]).toEqual([0, 1]);
  });

  it('keeps its delays to the millisecond, and names the tag', () => {
    const engine = engineOf([node('X', badQuality, 2_000, 3_000)], TAGS, 60_000);
    for (const tag of TAGS) engine.push(sample(tag, 1, T0));
    engine.push(sample('B', null, T0 + 1_000, STATUS.bad));
    engine.push(sample('B', 1, T0 + 10_000));
    engine.advance(T0 + 20_000);
    const changes = engine.drain();
    expect(changes.map(line)).toEqual(['+3000 X raised', '+13000 X cleared']);
    expect(changes[0]?.input).toBe('B');
  });
});
