/** Swinging values, and values that do not come down. */
import { describe, expect, it } from 'vitest';
import type { ConditionEngine } from '../../../src/domain/conditions/engine.ts';
import { turnsOf } from '../../../src/domain/conditions/course.ts';
import { ExtremesWindow } from '../../../src/domain/conditions/extremes-window.ts';
import type { Measure } from '../../../src/domain/packs/schema.ts';
import { STATUS } from '../../../src/domain/samples/sample.ts';
import { engineOf, line, node, sample, T0 } from './bench.ts';

const MIN = 60_000;
const S = 1_000;

describe('REQ-COND-20 turns', () => {
  const at = (values: readonly number[]) => values.map((value, i) => ({ atMs: i, value }));

  it.each([
    ['a flat line', [5, 5, 5], 0], ['one leg', [0, 10], 0], ['there and back', [0, 10, 0], 1], ['there, back and there', [0, 10, 0, 10], 2],
    ['legs just short of the amplitude', [0, 9.9, 0, 9.9], 0], ['ripple on a leg', [0, 4, 2, 8, 6, 12, 3, 5, 1], 1], ['a drift of many amplitudes', [0, 5, 10, 15, 20, 30], 0],
    ['a turn that comes slowly', [0, 12, 10, 7, 5, 2], 1], ['nothing', [], 0], ['the first leg downwards', [10, 0, 10], 1],
    ['ripple never adds up', [0, 9, 1, 8, 0, 9, 1, 8], 0],
  ] as const)('%s', (_what, values, turns) => expect(turnsOf(at(values), 10)).toBe(turns));

  it('are the same for the values turned upside down and backwards', () => {
    const values = [3, 14, 2, 9, 0, 25, 24, 26, 5, 17];
    expect(turnsOf(at(values.map((v) => -v)), 10)).toBe(turnsOf(at(values), 10));
    expect(turnsOf(at(values.toReversed()), 10)).toBe(turnsOf(at(values), 10));
  });
});

describe('REQ-COND-20 swinging', () => {
  const swing: Measure = { kind: 'swing', input: 'A', amplitude: 10, reversals: 3, window: MIN };
  const follow = (engine: ConditionEngine, values: readonly number[], fromMs = 0, stepMs = 5 * S): void => values.forEach((value, i) => engine.push(sample('A', value, T0 + fromMs + i * stepMs)));
  const make = (measure: Measure = swing, on = 0, off = 0) => engineOf([node('X', measure, on, off)], ['A', 'B'], MIN);

  it('three turns of 10 are a swing, two are not; turns of 9.9 are none', () => {
    for (const [values, truth] of [[[50, 60, 50, 60, 50], 1], [[50, 60, 50, 60, 60, 60, 60, 60, 60, 60, 60], 0], [[50, 59.9, 50, 59.9, 50, 59.9, 50, 59.9, 50, 59.9, 50], 0]] as const) {
      const engine = make();
      follow(engine, values);
      expect(engine.truthOf('X')).toBe(truth);
    }
  });

  it('is unknown until four fifths of the window were seen, unless it has turned often enough already', () => {
    const engine = make();
    follow(engine, Array.from({ length: 10 }, () => 50));
    expect(engine.truthOf('X')).toBe(-1);
    follow(engine, [50], 48 * S);
    expect(engine.truthOf('X')).toBe(0);
  });

  it('turns further back than the window count no more, also when nothing new is sent', () => {
    const engine = make();
    follow(engine, [50, 60, 50, 60, 50]);
    expect(engine.truthOf('X')).toBe(1);
    for (let at = 25 * S; at <= 3 * MIN; at += S) engine.alive(T0 + at);
    expect(engine.truthOf('X')).toBe(0);
  });

  it('a bad value is no turn, and neither satisfies nor clears', () => {
    const engine = make();
    follow(engine, Array.from({ length: 13 }, () => 50));
    for (let i = 0; i < 8; i += 1) engine.push(sample('A', i % 2 === 0 ? 90 : 10, T0 + 61 * S + i, STATUS.bad));
    expect(engine.truthOf('X')).toBe(-1);
    follow(engine, [50], 62 * S);
    expect(engine.truthOf('X')).toBe(0);
    follow(engine, [60, 50, 60, 50], 63 * S, S);
    engine.push(sample('A', null, T0 + 70 * S, STATUS.bad));
    engine.advance(T0 + 5 * MIN);
    expect([engine.truthOf('X'), engine.heldRaised('X') !== null]).toEqual([-1, true]);
  });

  it('keeps its delays to the millisecond', () => {
    const engine = make(swing, 2_000, 3_000);
    follow(engine, [50, 60, 50, 60, 50, 50, 50]);
    follow(engine, Array.from({ length: 24 }, () => 50), 35 * S);
    const [raised, cleared] = engine.drain().map(line);
    expect(raised).toBe('+22000 X raised');
    expect(cleared).toMatch(/^\+\d+000 X cleared$/u);
  });

  it('the ratio of two tags swings though neither does by much', () => {
    const engine = make({ kind: 'swing', input: 'A', over: 'B', minOver: 1, amplitude: 0.5, reversals: 3, window: MIN });
    for (let i = 0; i <= 12; i += 1) {
      engine.push(sample('A', 100, T0 + i * 5 * S));
      engine.push(sample('B', i % 2 === 0 ? 100 : 50, T0 + i * 5 * S));
    }
    expect(engine.truthOf('X')).toBe(1);
    engine.push(sample('B', 1, T0 + 61 * S));
    expect(engine.truthOf('X')).toBe(-1);
  });

  it('a thousand samples a second for an hour leave 128 buckets, and no peak is lost', () => {
    const window = new ExtremesWindow(MIN);
    for (let at = 0; at < 10 * MIN; at += 1) window.add(T0 + at, at === 10 * MIN - 30_123 ? 99 : 50, true);
    expect(window.size).toBeLessThanOrEqual(128);
    expect(window.points(T0 + 10 * MIN).length).toBeLessThanOrEqual(128 * 3 + 2);
    expect(Math.max(...window.points(T0 + 10 * MIN).map((p) => p.value))).toBe(99);
  });
});

describe('REQ-COND-21 beyond its maximum and not coming down (A3.7)', () => {
  const measure: Measure = { kind: 'notFalling', input: 'A', above: 100, minFall: 5, window: MIN, deadband: 2 };
  const make = (on = 0, off = 0) => engineOf([node('X', measure, on, off)], ['A'], MIN);
  const follow = (engine: ConditionEngine, from: number, to: number, fromS: number, toS: number): void => {
    for (let s = fromS; s <= toS; s += 1) engine.push(sample('A', from + ((to - from) * (s - fromS)) / (toS - fromS), T0 + s * S));
  };

  it.each([
    ['standing still above it', 101, 101, 1], ['exactly at it', 100, 100, 0], ['rising above it', 90, 110, 1], ['falling by 4.9 in the window', 106, 101.1, 1],
    ['falling by 5', 106, 101, 0], ['standing still below it', 90, 90, 0],
  ] as const)('%s', (_what, from, to, truth) => {
    const engine = make();
    follow(engine, from, to, 0, 60);
    expect(engine.truthOf('X')).toBe(truth);
  });

  it('below it nothing else needs to be known; above it four fifths of the window do', () => {
    const engine = make();
    follow(engine, 99, 100, 0, 1);
    expect(engine.truthOf('X')).toBe(0);
    follow(engine, 101, 101, 2, 47);
    expect(engine.truthOf('X')).toBe(-1);
    follow(engine, 101, 101, 48, 49);
    expect(engine.truthOf('X')).toBe(1);
  });

  it('came down and then stands still above it: not coming down again, also when nothing new is sent', () => {
    const engine = make();
    follow(engine, 130, 120, 0, 60);
    expect(engine.truthOf('X')).toBe(0);
    for (let s = 61; s <= 180; s += 1) engine.alive(T0 + s * S);
    expect(engine.truthOf('X')).toBe(1);
  });

  it('holds its answer within the deadband', () => {
    const engine = make();
    follow(engine, 101, 101, 0, 60);
    follow(engine, 99, 99, 61, 62);
    expect(engine.truthOf('X')).toBe(1);
    follow(engine, 98, 98, 63, 64);
    expect(engine.truthOf('X')).toBe(0);
  });

  it('a bad value neither satisfies nor clears', () => {
    const engine = make();
    follow(engine, 101, 101, 0, 60);
    engine.push(sample('A', 20, T0 + 61 * S, STATUS.bad));
    engine.advance(T0 + 10 * MIN);
    expect([engine.truthOf('X'), engine.heldRaised('X')]).toEqual([-1, { onsetMs: T0 + 48 * S }]);
  });

  it('keeps its delays to the millisecond', () => {
    const engine = make(2_000, 3_000);
    follow(engine, 101, 101, 0, 60);
    follow(engine, 90, 90, 61, 70);
    expect(engine.drain().map(line)).toEqual(['+50000 X raised', '+64000 X cleared']);
  });
});
