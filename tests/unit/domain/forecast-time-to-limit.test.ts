// Time to limit: what is said, and when nothing is said. The worth of the intervals is measured in tests/simulation/forecast-coverage.
import { describe, expect, test } from 'vitest';
import { Forecaster } from '../../../src/domain/forecast/forecaster.ts';
import { limitsAhead, limitsByTag } from '../../../src/domain/forecast/limits.ts';
import type { TagLimit } from '../../../src/domain/forecast/limits.ts';
import { MotionWindow } from '../../../src/domain/forecast/motion-window.ts';
import { motionOf } from '../../../src/domain/forecast/motion.ts';
import { REACHES, SHAPES } from '../../../src/domain/forecast/course-class.ts';
import type { Calibration, CourseClass } from '../../../src/domain/forecast/course-class.ts';
import { timeToLimit } from '../../../src/domain/forecast/time-to-limit.ts';
import { STATUS } from '../../../src/domain/samples/sample.ts';

const T0 = 1_700_000_000_000;
const HIGH: TagLimit = { condition: 'HIGH', comparison: 'atOrAbove', limit: 60 };
/** Each class says: half to double the reckoned time. */
const HALF_TO_DOUBLE: Calibration = Object.fromEntries(SHAPES.flatMap((shape) => REACHES.flatMap((reach) => (['straight', 'swinging'] as const).map((way): [CourseClass, Calibration[CourseClass]] => [`${shape}/${reach}/${way}`, { low: 0.5, middle: 1, high: 2, forecasts: 100, episodes: 50 }]))));

/** Noise that is no randomness: the same for ever, mean about 0, within +-1. */
const noise = (i: number): number => Math.sin(i * 12.9898) * Math.cos(i * 78.233);

function courseOf(seconds: number, value: (s: number) => number, window = new MotionWindow(), everyS = 1): MotionWindow {
  for (let s = 0; s <= seconds; s += everyS) window.add(T0 + s * 1_000, value(s));
  return window;
}
const left = (window: MotionWindow, nowS: number, limit: TagLimit = HIGH, calibration: Calibration = HALF_TO_DOUBLE) => timeToLimit(motionOf(window, T0 + nowS * 1_000), Number.isNaN(window.lastValue) ? null : window.lastValue, limit, calibration);

describe('a value that moves', () => {
  test('FCT-1 a steady rise of 0.05 a second from 52 reaches 60 in 100 s, a minute after it began', () => {
    const said = left(courseOf(60, (s) => 52 + 0.05 * s + 0.02 * noise(s)), 60);
    expect(said).toMatchObject({ state: 'moving', course: expect.stringMatching(/^steady\//u) as string });
    if (said.state !== 'moving') return;
    expect(said.leftMs).toBeGreaterThan(95_000);
    expect(said.leftMs).toBeLessThan(105_000);
    expect(said.lowMs).toBeLessThan(said.leftMs ?? 0);
    expect(said.highMs).toBeGreaterThan(said.leftMs ?? Infinity);
  });

  test('FCT-2 an accelerating one reaches it sooner than a straight line says, one that levels off is named so', () => {
    const runaway = left(courseOf(120, (s) => 40 + 2 * Math.exp(s / 60) + 0.01 * noise(s)), 120);
    // 40 + 2 exp(t/60) = 60 at t = 138 s: 18 s are left; the rate now, 0.246/s, would say 21 s.
    expect(runaway).toMatchObject({ state: 'moving', course: expect.stringMatching(/^accelerating\//u) as string });
    if (runaway.state === 'moving') expect(runaway.leftMs).toBeLessThan(21_000);
    const levelling = left(courseOf(120, (s) => 58 - 18 * Math.exp(-s / 60) + 0.01 * noise(s)), 120);
    expect(levelling).toMatchObject({ state: 'moving', course: expect.stringMatching(/^levelling\//u) as string });
  });

  test('FCT-3 falling towards a low limit is the same the other way round', () => {
    const low: TagLimit = { condition: 'LOW', comparison: 'below', limit: 2 };
    const said = left(courseOf(60, (s) => 6 - 0.02 * s + 0.01 * noise(s)), 60, low);
    if (said.state !== 'moving') return expect(said.state).toBe('moving');
    expect(said.leftMs).toBeGreaterThan(130_000);
    expect(said.leftMs).toBeLessThan(150_000);
  });

  test('FCT-4 an interval without an upper end says that it may never get there, and a class that was seen too seldom says nothing', () => {
    const window = courseOf(60, (s) => 52 + 0.05 * s + 0.02 * noise(s));
    const open = left(window, 60, HIGH, Object.fromEntries(Object.entries(HALF_TO_DOUBLE).map(([course, each]) => [course, { ...each, middle: null, high: null }])));
    expect(open).toMatchObject({ state: 'moving', leftMs: null, highMs: null });
    expect(left(window, 60, HIGH, {})).toEqual({ state: 'unknown' });
  });
});

describe('when nothing is said', () => {
  test('FCT-5 standing still, moving away, beyond it already, too far for what was seen', () => {
    expect(left(courseOf(300, (s) => 52 + 0.05 * noise(s)), 300).state).toBe('notMoving');
    expect(left(courseOf(60, (s) => 58 - 0.05 * s + 0.02 * noise(s)), 60).state).toBe('notMoving');
    expect(left(courseOf(60, (s) => 58 + 0.05 * s), 60).state).toBe('beyond');
    expect(left(courseOf(60, (s) => 20 + 0.05 * s + 0.02 * noise(s)), 60).state).toBe('unknown');
  });

  test('FCT-6 a value that is not good is unknown, and the course begins anew after it', () => {
    const window = courseOf(60, (s) => 52 + 0.05 * s + 0.02 * noise(s));
    window.add(T0 + 61_000, Number.NaN);
    expect(left(window, 61).state).toBe('unknown');
    for (let s = 62; s < 66; s += 1) window.add(T0 + s * 1_000, 52 + 0.05 * s);
    expect(left(window, 65).state).toBe('unknown');
  });

  test('FCT-7 reported by exception, silence means standing still: the rise before it is not carried on', () => {
    const window = courseOf(60, (s) => 52 + 0.05 * s + 0.02 * noise(s));
    expect(left(window, 62).state).toBe('moving');
    expect(left(window, 150).state).toBe('notMoving');
  });

  test('FCT-8 a single step is no movement', () => {
    expect(left(courseOf(200, (s) => (s < 190 ? 52 : 57) + 0.01 * noise(s)), 200).state).not.toBe('moving');
  });

  test('FCT-9 duplicates and late samples change nothing; a source clock that was set back begins the course anew', () => {
    const window = courseOf(60, (s) => 52 + 0.05 * s + 0.02 * noise(s));
    const before = left(window, 60);
    window.add(T0 + 60_000, 99);
    window.add(T0 + 55_000, 10);
    expect(left(window, 60)).toEqual(before);
    window.add(T0 - 3_600_000, 52);
    expect(left(window, -3_600).state).toBe('unknown');
  });
});

describe('which limits', () => {
  const condition = (id: string, measure: object) => ({ id, measure }) as never;

  test('FCT-10 those of the kinds limit, voted and notFalling; the nearest one ahead on each side', () => {
    const limits = limitsByTag([
      condition('HH', { kind: 'limit', input: 'T', atOrAbove: 60, deadband: 1 }), condition('H', { kind: 'voted', inputs: ['T', 'U'], need: 1, above: 55, deadband: 1 }), condition('L', { kind: 'limit', input: 'T', below: 10, deadband: 1 }),
      condition('NF', { kind: 'notFalling', input: 'T', above: 70, minFall: 1, window: 60_000, deadband: 0 }), condition('R', { kind: 'rate', input: 'T', risingFasterThan: 1, window: 60_000, deadband: 0 }),
    ]);
    expect(limits.get('U')).toEqual([{ condition: 'H', comparison: 'above', limit: 55 }]);
    const own = limits.get('T') ?? [];
    expect(own.map(({ condition: id }) => id)).toEqual(['HH', 'H', 'L', 'NF']);
    expect(limitsAhead(50, own)).toMatchObject({ up: { condition: 'H' }, down: { condition: 'L' } });
    expect(limitsAhead(57, own).up?.condition).toBe('HH');
    expect(limitsAhead(5, own).down).toBeNull();
  });

  test('FCT-11 the station follows every tag with limits: rate, nearest limit, soonest first; nothing of one that is not good now', () => {
    const forecaster = new Forecaster(new Map([['A', [HIGH]], ['B', [HIGH]], ['C', [HIGH]]]));
    for (let s = 0; s <= 120; s += 1) {
      for (const [tag, rate] of [['A', 0.02], ['B', 0.05], ['C', 0.05], ['X', 1]] as const) forecaster.add({ tag, value: 50 + rate * s + 0.02 * noise(s), status: STATUS.good, sourceMs: T0 + s * 1_000, receivedMs: T0 + s * 1_000 + 5_000 });
    }
    const seen = forecaster.read(T0 + 125_000, (tag) => (tag === 'C' ? 'stale' : 'good'));
    expect(seen.map(({ tag }) => tag)).toEqual(['B', 'A']);
    expect(seen[0]?.rate).toBeCloseTo(0.05, 2);
    forecaster.add({ tag: 'B', value: 56, status: STATUS.bad, sourceMs: T0 + 121_000, receivedMs: T0 + 126_000 });
    expect(forecaster.read(T0 + 126_000, () => 'good').map(({ tag }) => tag)).toEqual(['A']);
  });

  test('FCT-12 its work is bounded: of 1,000 tags that stand still it looks at a part in each read, and at all of them in turn', () => {
    const tags = Array.from({ length: 1_000 }, (_, i) => `T${i}`);
    const forecaster = new Forecaster(new Map(tags.map((tag) => [tag, [HIGH]])));
    for (const tag of tags) forecaster.add({ tag, value: 50, status: STATUS.good, sourceMs: T0, receivedMs: T0 });
    const looked = new Set<string>();
    for (let read = 0; read < 4; read += 1) {
      let asked = 0;
      forecaster.read(T0 + read * 1_000, (tag) => {
        asked += 1;
        looked.add(tag);
        return 'good';
      });
      expect(asked).toBeLessThanOrEqual(300);
    }
    expect(looked.size).toBe(1_000);
  });
});
