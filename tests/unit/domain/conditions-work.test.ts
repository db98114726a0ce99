/** How much work a sample is: counted, not timed. That the answers are the right ones all the same is held in tests/property/domain-conditions-plain.test.ts. */
import { describe, expect, it } from 'vitest';
import { ConditionEngine } from '../../../src/domain/conditions/engine.ts';
import { TRUE, UNKNOWN } from '../../../src/domain/conditions/truth.ts';
import { STATUS } from '../../../src/domain/samples/sample.ts';
import { node, T0 } from './bench.ts';

const engineOf = (): ConditionEngine => new ConditionEngine([{ id: 'T', scanMs: 5_000 }], [
  node('HH', { kind: 'limit', input: 'T', above: 90, deadband: 2 }, 1_500, 3_000), node('H', { kind: 'limit', input: 'T', above: 80, deadband: 2 }, 1_500, 3_000),
  node('L', { kind: 'limit', input: 'T', below: 20, deadband: 2 }), node('RATE', { kind: 'rate', input: 'T', risingFasterThan: 10, window: 60_000, deadband: 1 }),
  node('STALE', { kind: 'stale', inputs: ['T'] }), node('BAD', { kind: 'badQuality', inputs: ['T'] }),
]);

/** A value a second for so many seconds; how many samples were quiet, and how many conditions were looked at. */
function tell(engine: ConditionEngine, fromS: number, values: readonly number[]): { quiet: number; evaluated: number } {
  const before = { ...engine.work };
  values.forEach((value, i) => { engine.push({ tag: 'T', value, status: 0, sourceMs: T0 + (fromS + i) * 1_000, receivedMs: T0 + (fromS + i) * 1_000 }); });
  return { quiet: engine.work.quiet - before.quiet, evaluated: engine.work.evaluated - before.evaluated };
}

const steady = (count: number): number[] => Array.from({ length: count }, (_, i) => 50 + 0.1 * (i % 3));

describe('REQ-COND-23 the work of a sample', () => {
  it('pushed alone, a steady value is looked at by no condition once its rate is known', () => {
    const engine = engineOf();
    tell(engine, 0, steady(70));
    expect(tell(engine, 70, steady(30))).toEqual({ quiet: 30, evaluated: 0 });
  });

  it('while a jump is in the window of the rate, only the rate is looked at: limits that stand and quality that stays good are not', () => {
    const engine = engineOf();
    tell(engine, 0, [...steady(70), 85, 85, 85, ...steady(10)]);
    expect(engine.heldRaised('H')).toBeNull();
    const { quiet, evaluated } = tell(engine, 83, steady(20));
    expect(quiet).toBe(0);
    expect(evaluated).toBeLessThanOrEqual(24); // one for each sample, and the looks at the window between them
  });

  it('a limit that is crossed is looked at, and its delay still runs out between samples', () => {
    const engine = engineOf();
    tell(engine, 0, [...steady(70), 85]);
    engine.drain();
    engine.advance(T0 + 71_500);
    expect(engine.drain().filter(({ id }) => id === 'H')).toMatchObject([{ state: 'raised', atMs: T0 + 71_500 }]);
  });

  it('a position that is told again as it was is looked at by nothing, and one that has moved by everything that reads it', () => {
    const engine = new ConditionEngine([{ id: 'X', scanMs: 5_000, words: ['closed', 'open'] }, { id: 'A', scanMs: 5_000 }, { id: 'B', scanMs: 5_000 }], [
      node('OPEN', { kind: 'state', input: 'X', is: 'open' }, 2_500), node('APART', { kind: 'discrepancy', inputs: ['A', 'B'], tolerance: 5, deadband: 1 }),
    ]);
    const at = (s: number, tag: string, value: number | string): number => {
      const before = engine.work.evaluated;
      engine.push({ tag, value, status: 0, sourceMs: T0 + s * 1_000, receivedMs: T0 + s * 1_000 });
      return engine.work.evaluated - before;
    };
    expect([at(0, 'X', 'closed'), at(0, 'A', 50), at(0, 'B', 50)]).toEqual([1, 1, 1]);
    expect([at(1, 'X', 'closed'), at(1, 'A', 50), at(1, 'B', 50)]).toEqual([0, 0, 0]);
    expect([at(2, 'X', 'open'), at(2, 'A', 56)]).toEqual([1, 1]);
    engine.drain();
    expect([at(3, 'X', 'open'), at(4, 'X', 'open')]).toEqual([0, 0]);
    engine.advance(T0 + 4_500); // the delay has gone on all the same
    expect(engine.drain()).toMatchObject([{ id: 'OPEN', state: 'raised', atMs: T0 + 4_500 }]);
    // Bad and good again with the same word: that is looked at.
    engine.push({ tag: 'X', value: 'open', status: STATUS.bad, sourceMs: T0 + 5_000, receivedMs: T0 + 5_000 });
    expect(engine.truthOf('OPEN')).toBe(UNKNOWN);
    expect(at(6, 'X', 'open')).toBe(1);
    expect(engine.truthOf('OPEN')).toBe(TRUE);
  });
});
