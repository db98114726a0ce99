/** Odd numbers, odd times, many names, long windows: none does harm, in columns or one by one; and a value in doubt never decides. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ExtremesWindow } from '../../src/domain/conditions/extremes-window.ts';
import type { ConditionEngine } from '../../src/domain/conditions/engine.ts';
import type { NodeSpec } from '../../src/domain/conditions/compile.ts';
import { Names } from '../../src/domain/conditions/names.ts';
import { SlopeWindows } from '../../src/domain/conditions/slope-windows.ts';
import { STATUS } from '../../src/domain/samples/sample.ts';
import { engineOf, line, node, sample, T0 } from '../unit/domain/bench.ts';

const NODES: readonly NodeSpec[] = [
  node('HIGH', { kind: 'limit', input: 'A', atOrAbove: 60, deadband: 2 }, 1_000, 700), node('RATE', { kind: 'rate', input: 'A', risingFasterThan: 50, window: 4_000, deadband: 5 }), node('TREND', { kind: 'trend', input: 'A', direction: 'rising', window: 4_000, minChange: 5, tolerance: 2 }),
  node('SWING', { kind: 'swing', input: 'A', over: 'B', amplitude: 0.3, reversals: 2, window: 4_000 }), node('STAYS', { kind: 'notFalling', input: 'B', above: 55, minFall: 3, window: 4_000, deadband: 2 }),
  node('RATIO', { kind: 'ratio', input: 'A', over: 'B', minOver: 1, above: 1.2, deadband: 0.1 }), node('APART', { kind: 'deviation', input: 'A', from: 'B', absolute: true, above: 8, deadband: 1 }),
];
const make = (): ConditionEngine => engineOf(NODES, ['A', 'B'], 1_500);

describe('REQ-COND-14 odd numbers and times', () => {
  const oddNumber = fc.oneof(fc.double(), fc.integer({ min: 40, max: 70 }), fc.constantFrom(Number.MIN_VALUE, -Number.MIN_VALUE, Number.MAX_VALUE, -Number.MAX_VALUE, Number.EPSILON, -0, Number.NaN, Infinity, -Infinity, 2 ** 43, 2 ** 53, -(2 ** 53)));
  const oddTime = fc.oneof({ weight: 6, arbitrary: fc.integer({ min: T0, max: T0 + 20_000 }) }, { weight: 1, arbitrary: oddNumber });
  const row = fc.record({ channel: fc.constantFrom(0, 0, 1, -1, 7), value: oddNumber, status: fc.constantFrom(0, 0, 0, STATUS.bad, STATUS.uncertain, 0xffffffff), sourceMs: oddTime, receivedMs: fc.oneof({ weight: 6, arbitrary: fc.integer({ min: T0, max: T0 + 20_000 }) }, { weight: 1, arbitrary: fc.constantFrom(Number.NaN, Infinity, -Infinity, -1, 0) }) });

  it('give the same in columns as one by one, and the next good sample is heard', () => {
    fc.assert(fc.property(fc.array(row, { maxLength: 60 }), (rows) => {
      const [single, columns] = [make(), make()];
      for (const r of rows) single.push({ tag: ['A', 'B'][r.channel] ?? 'no such tag', value: r.value, status: r.status, sourceMs: r.sourceMs, receivedMs: r.receivedMs });
      const floats = (of: (r: (typeof rows)[number]) => number): Float64Array => Float64Array.from(rows, of);
      columns.pushColumns({ channels: Int32Array.from(rows, (r) => r.channel), values: floats((r) => r.value), status: Uint32Array.from(rows, (r) => r.status), sourceMs: floats((r) => r.sourceMs), receivedMs: floats((r) => r.receivedMs), count: rows.length });
      for (const engine of [single, columns]) {
        engine.push(sample('A', 45, T0 + 100_000, 0, T0 + 100_000));
        engine.push(sample('A', 61, T0 + 101_000, 0, T0 + 112_000));
        engine.advance(T0 + 102_000);
      }
      const told = columns.drain();
      expect(told).toEqual(single.drain());
      expect(told.some((c) => c.id === 'HIGH' && c.state === 'raised' && c.atMs === T0 + 102_000) || columns.heldRaised('HIGH') !== null).toBe(true);
    }), { numRuns: 150 });
  });

  it.each([['the turn of the year', Date.UTC(2026, 11, 31, 23, 59, 58)], ['a leap day', Date.UTC(2028, 1, 28, 23, 59, 58)], ['32 bits of seconds', 2_147_483_646_000], ['the first day', 1_000], ['2200', Date.UTC(2200, 0, 1)]] as const)('delays and deadbands run over %s as over any other moment', (_what, startMs) => {
    const told = (fromMs: number): string[] => {
      const engine = engineOf(NODES.slice(0, 1), ['A'], 5_000);
      for (const [at, value] of [[0, 61], [900, 59], [1_500, 50], [1_900, 59], [4_000, 61], [4_100, 40], [20_000, 61]] as const) engine.push(sample('A', value, fromMs + at));
      engine.advance(fromMs + 60_000);
      return engine.drain().map((change) => line({ ...change, atMs: change.atMs - fromMs + T0 }));
    };
    expect(told(startMs)).toEqual(told(T0));
    expect(told(T0)).toContain('+1000 HIGH raised');
  });

  it('a million names are a million numbers, and none of them is another', () => {
    const all = Array.from({ length: 1_000_000 }, (_, i) => `T${String(i)}`);
    const names = new Names([...all, '__proto__', 'constructor', '', '温度']);
    for (const i of [0, 1, 999, 123_456, 999_999]) expect(names.numberOf(`T${String(i)}`)).toBe(i);
    expect(['__proto__', 'constructor', '', '温度'].map((name) => names.numberOf(name))).toEqual([1_000_000, 1_000_001, 1_000_002, 1_000_003]);
    expect([names.numberOf('T1000000'), names.numberOf('toString'), names.numberOf(' ')]).toEqual([undefined, undefined, undefined]);
  });
});

describe('REQ-COND-09 windows are bounded', () => {
  it('thirty days at ten samples a second take no more than an hour at one in ten seconds', () => {
    const window = new ExtremesWindow(30 * 86_400_000);
    for (let i = 0; i < 300_000; i += 1) window.add(T0 + i * 8_640 + (i % 7), i % 13, true);
    expect(window.size).toBeLessThanOrEqual(128);
    expect(window.points(T0 + 30 * 86_400_000).length).toBeLessThanOrEqual(3 * 128 + 2);
  });

  it('samples of a window in any order make the same slope', () => {
    const samples = fc.uniqueArray(fc.record({ at: fc.integer({ min: 0, max: 60_000 }), value: fc.integer({ min: 0, max: 50 }) }), { selector: ({ at }) => at, minLength: 3, maxLength: 60 });
    fc.assert(fc.property(samples.chain((list) => fc.tuple(fc.constant(list), fc.shuffledSubarray(list, { minLength: list.length }))), ([list, shuffled]) => {
      const windows = new SlopeWindows([60_000, 60_000]);
      for (const { at, value } of list.toSorted((a, b) => a.at - b.at)) windows.add(0, T0 + at, value, true);
      for (const { at, value } of [...shuffled, ...shuffled]) windows.add(1, T0 + at, value, true);
      expect(windows.slopePerMin(1, T0 + 60_000)).toBe(windows.slopePerMin(0, T0 + 60_000));
    }), { numRuns: 200 });
  });
});

describe('REQ-COND-04 a value in doubt never decides', () => {
  const happening = fc.record({ tag: fc.constantFrom('A', 'B'), value: fc.integer({ min: 30, max: 75 }), gapMs: fc.constantFrom(100, 400, 900, 4_000), status: fc.constantFrom(0, 0, 0, STATUS.bad, STATUS.uncertain, STATUS.badNoCommunication) });

  it('whatever is raised or cleared the moment a sample comes, all its inputs are good', () => {
    fc.assert(fc.property(fc.array(happening, { maxLength: 80 }), (happenings) => {
      const engine = make();
      let nowMs = T0;
      for (const h of happenings) {
        engine.advance((nowMs += h.gapMs));
        engine.drain();
        engine.push(sample(h.tag, h.value, nowMs, h.status));
        for (const { id, state } of engine.drain()) {
          const { measure } = NODES.find((each) => each.id === id) as NodeSpec;
          const inputs = [...('input' in measure ? [measure.input] : []), ...('over' in measure && measure.over !== undefined ? [measure.over] : []), ...('from' in measure ? [measure.from] : [])];
          if (state !== 'unknown') expect(inputs.map((input) => engine.readingOf(input)?.quality)).toEqual(inputs.map(() => 'good'));
        }
      }
    }), { numRuns: 150 });
  });
});
