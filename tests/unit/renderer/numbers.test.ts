// Formats, decimation, trends with gaps: the numbers people read.
import { describe, expect, test } from 'vitest';
import fc from 'fast-check';
import { heldToNow } from '../../../src/renderer/store/console-context.ts';
import { append, pointOf } from '../../../src/renderer/store/trends.ts';
import type { Point } from '../../../src/renderer/store/trends.ts';
import { decimate, rangeOf } from '../../../src/renderer/ui/charts/decimate.ts';
import { comparisonSign, countdown, formatNumber, shortDuration, unitSign } from '../../../src/renderer/ui/format.ts';
import { tokenFromFragment } from '../../../src/renderer/app/session.ts';

describe('formats', () => {
  test('decimals follow the span of the instrument; a limit stands as written', () => {
    expect([formatNumber(61.432, 100), formatNumber(0.2719, 0.6), formatNumber(2870.4, 6_000), formatNumber(4.6213, 15), formatNumber(-0.0001, 100)]).toEqual(['61.4', '0.272', '2870', '4.62', '0.0']);
    expect([formatNumber(60), formatNumber(0.3), formatNumber(1_200)]).toEqual(['60', '0.3', '1200']);
  });

  test('times', () => {
    expect([countdown(78_000), countdown(3_725_000), countdown(-5_000), countdown(0)]).toEqual(['01:18', '1:02:05', '−00:05', '00:00']);
    expect([shortDuration(800), shortDuration(28_400), shortDuration(240_000), shortDuration(3 * 3_600_000), shortDuration(3 * 86_400_000)]).toEqual(['0.8 s', '28 s', '4 min', '3 h', '3 d']);
  });

  test('signs', () => {
    expect([unitSign('degC'), unitSign('m3/h'), unitSign('1'), unitSign(undefined), comparisonSign('atOrAbove'), comparisonSign(null)]).toEqual(['℃', 'm³/h', '', '', '≥', '']);
  });
});

const series = fc.array(fc.option(fc.double({ min: -1e3, max: 1e3, noNaN: true })), { minLength: 1, maxLength: 2_000 }).map((values) => values.map((value, index): Point => [index * 1_000, value]));

describe('decimation', () => {
  test('never more than asked, in order of time, and neither the peak nor a gap is lost', () => {
    fc.assert(fc.property(series, fc.integer({ min: 30, max: 400 }), (points, most) => {
      const kept = decimate(points, most);
      expect(kept.length).toBeLessThanOrEqual(Math.max(most, 4));
      expect(kept.map(([ms]) => ms)).toEqual(kept.map(([ms]) => ms).toSorted((a, b) => a - b));
      const numbers = (list: readonly Point[]): number[] => list.flatMap(([, value]) => (value === null ? [] : [value]));
      expect(Math.max(...numbers(kept))).toBe(Math.max(...numbers(points)));
      expect(Math.min(...numbers(kept))).toBe(Math.min(...numbers(points)));
      expect(kept.some(([, value]) => value === null)).toBe(points.some(([, value]) => value === null));
    }));
  });

  test('the limit is always in the picture', () => {
    const [low, high] = rangeOf([[0, 10], [1, 12]], [60]);
    expect(low).toBeLessThan(10);
    expect(high).toBeGreaterThan(60);
  });
});

describe('trends', () => {
  test('bad and stale are gaps, uncertain is drawn', () => {
    expect([pointOf([5, 'good', 1]), pointOf([5, 'uncertain', 1]), pointOf([5, 'stale', 1]), pointOf([5, 'bad', 1]), pointOf([true, 'good', 1]), pointOf(['open', 'good', 1])]).toEqual([5, 5, null, null, 1, null]);
  });

  test('an older word is dropped, a second word on the same moment replaces the first', () => {
    const points: Point[] = [[1_000, 1]];
    append(points, [1_000, 2]);
    append(points, [500, 9]);
    append(points, [2_000, null]);
    expect(points).toEqual([[1_000, 2], [2_000, null]]);
  });

  test('a good value reaches the present, a gap stays a gap', () => {
    expect(heldToNow([[1_000, 5]], 0, 9_000)).toEqual([[1_000, 5], [9_000, 5]]);
    expect(heldToNow([[1_000, 5], [2_000, null]], 0, 9_000)).toEqual([[1_000, 5], [2_000, null]]);
  });
});

test('the token is read from the fragment and from nothing else', () => {
  expect([tokenFromFragment('#token=abc'), tokenFromFragment('#/upset'), tokenFromFragment('#token='), tokenFromFragment('')]).toEqual(['abc', null, null, null]);
});
