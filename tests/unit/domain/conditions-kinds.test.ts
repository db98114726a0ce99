/** Rates, trends, states, laboratory results, observations, combinations; and the return after a restart. */
import { describe, expect, it } from 'vitest';
import { channelsOf, inDependencyOrder, nodesOf } from '../../../src/domain/conditions/compile.ts';
import { ConditionEngine } from '../../../src/domain/conditions/engine.ts';
import { SlopeWindows } from '../../../src/domain/conditions/slope-windows.ts';
import { allOf, anyOf, not } from '../../../src/domain/conditions/truth.ts';
import type { Truth } from '../../../src/domain/conditions/truth.ts';
import type { PlantPack } from '../../../src/domain/packs/schema.ts';
import { STATUS } from '../../../src/domain/samples/sample.ts';
import { evolveAll } from '../../../src/domain/station/evolve.ts';
import type { Fact } from '../../../src/domain/station/facts.ts';
import { observe } from '../../../src/domain/station/observe.ts';
import { makePlant, restoreEngine } from '../../../src/domain/station/plant.ts';
import { EMPTY_STATE } from '../../../src/domain/station/state.ts';
import { Bench, engineOf, line, node, sample, shippedPack, T0 } from './bench.ts';

const MIN = 60_000;

describe('REQ-COND-09 rates', () => {
  const rate = (deadband = 0) => engineOf([node('R', { kind: 'rate', input: 'T', risingFasterThan: 2, window: MIN, deadband })], ['T']);
  const ramp = (engine: ConditionEngine, perMin: number, fromMs: number, toMs: number, start = 40): void => {
    for (let at = fromMs; at <= toMs; at += 1_000) engine.push(sample('T', start + (perMin * (at - fromMs)) / MIN, T0 + at));
  };

  it('is unknown until half the window is seen', () => {
    const engine = rate();
    ramp(engine, 3, 0, 29_000);
    expect(engine.truthOf('R')).toBe(-1);
    ramp(engine, 3, 30_000, 30_000, 41.5);
    expect(engine.truthOf('R')).toBe(1);
  });

  it('rising at 1.9 per minute is not faster than 2, at 2.1 is', () => {
    for (const [perMin, truth] of [[1.9, 0], [2.1, 1]] as const) {
      const engine = rate();
      ramp(engine, perMin, 0, 2 * MIN);
      expect(engine.truthOf('R')).toBe(truth);
    }
  });

  it('falling is not rising; fallingFasterThan is its own', () => {
    const engine = engineOf([node('UP', { kind: 'rate', input: 'T', risingFasterThan: 2, window: MIN, deadband: 0 }), node('DOWN', { kind: 'rate', input: 'T', fallingFasterThan: 2, window: MIN, deadband: 0 })], ['T']);
    ramp(engine, -3, 0, 2 * MIN);
    expect([engine.truthOf('UP'), engine.truthOf('DOWN')]).toEqual([0, 1]);
  });

  it('a raised rate clears by itself when the value stands still and nothing new is sent', () => {
    const engine = rate();
    ramp(engine, 3, 0, MIN);
    expect(engine.truthOf('R')).toBe(1);
    for (let at = 61_000; at <= 4 * MIN; at += 1_000) engine.alive(T0 + at);
    expect(engine.truthOf('R')).toBe(0);
  });

  it('an outage makes a raised rate unknown and keeps it held; the tag’s fresh samples speak again', () => {
    const engine = rate();
    ramp(engine, 3, 0, MIN);
    engine.push(sample('T', null, T0 + MIN + 1_000, STATUS.badNoCommunication));
    expect([engine.truthOf('R'), engine.heldRaised('R') !== null]).toEqual([-1, true]);
  });

  it('bad samples are not part of the slope', () => {
    const engine = rate();
    ramp(engine, 0, 0, 20_000);
    engine.push(sample('T', 900, T0 + 20_500, STATUS.bad));
    ramp(engine, 0, 21_000, MIN);
    expect(engine.truthOf('R')).toBe(0);
  });

  it('holds its answer in the deadband', () => {
    const engine = rate(0.5);
    ramp(engine, 3, 0, 2 * MIN);
    ramp(engine, 1.8, 2 * MIN + 1_000, 4 * MIN, 46);
    expect(engine.truthOf('R')).toBe(1);
    ramp(engine, 1.2, 4 * MIN + 1_000, 6 * MIN, 49.6);
    expect(engine.truthOf('R')).toBe(0);
  });

  it('a thousand samples a second make the same slope as one a second', () => {
    const windows = new SlopeWindows([MIN, MIN]);
    for (let at = 0; at <= MIN; at += 1) windows.add(0, T0 + at, at / 30_000, true);
    for (let at = 0; at <= MIN; at += 1_000) windows.add(1, T0 + at, at / 30_000, true);
    expect(windows.slopePerMin(0, T0 + MIN)).toBeCloseTo(2, 6);
    expect(windows.slopePerMin(1, T0 + MIN)).toBeCloseTo(2, 6);
  });

  it('a tag that is sent only when it changes has a known rate all the time, and it is flat before the change', () => {
    const engine = rate();
    engine.push(sample('T', 40, T0));
    for (let at = 1_000; at <= 10 * MIN; at += 1_000) engine.alive(T0 + at);
    expect(engine.truthOf('R')).toBe(0);
    engine.push(sample('T', 40.1, T0 + 10 * MIN + 1));
    expect(engine.truthOf('R')).toBe(0);
    engine.push(sample('T', 60, T0 + 10 * MIN + 2));
    engine.advance(T0 + 10 * MIN + 9_000);
    expect(engine.truthOf('R')).toBe(1);
  });

  it('after an outage of the whole window nothing is known of the rate, whatever the value was before', () => {
    const engine = rate();
    ramp(engine, 0, 0, MIN);
    engine.push(sample('T', null, T0 + MIN + 1, STATUS.bad));
    engine.push(sample('T', 70, T0 + 3 * MIN));
    expect(engine.truthOf('R')).toBe(-1);
    ramp(engine, 0, 3 * MIN + 1_000, 3 * MIN + 30_000, 70);
    expect(engine.truthOf('R')).toBe(0);
  });
});

describe('REQ-COND-09 trends', () => {
  const falling = () => engineOf([node('F', { kind: 'trend', input: 'T', direction: 'falling', window: 2 * MIN, minChange: 10, tolerance: 3 })], ['T']);
  const follow = (engine: ConditionEngine, values: readonly number[], stepMs = 5_000): void => values.forEach((value, i) => engine.push(sample('T', value, T0 + i * stepMs)));
  const fall = (by: number, n = 25): number[] => Array.from({ length: n }, (_, i) => 50 - (by * i) / (n - 1));

  it('A4.2(1) falling on and on by 10 in the window is a trend, by 9.9 is not', () => {
    for (const [by, truth] of [[10, 1], [9.9, 0]] as const) {
      const engine = falling();
      follow(engine, fall(by));
      expect(engine.truthOf('F')).toBe(truth);
    }
  });

  it('coming back by more than the tolerance in between is no falling on and on', () => {
    for (const [bump, truth] of [[2.9, 1], [3.1, 0]] as const) {
      const engine = falling();
      follow(engine, fall(20).map((v, i) => (i === 12 ? 50 - (20 * 11) / 24 + bump : v)));
      expect(engine.truthOf('F')).toBe(truth);
    }
  });

  it('is unknown until four fifths of the window are seen', () => {
    const engine = falling();
    follow(engine, fall(20).slice(0, 20));
    expect(engine.truthOf('F')).toBe(-1);
  });

  it('A4.2(6) stability falling on and on AND water not cured raises; either alone does not', () => {
    const bench = Bench.calm();
    const { engine } = bench.plant;
    const tell = (from: number): void => { for (let i = 0; i <= 30; i += 1) engine.push(sample('AI-4307', from - i * 0.2, T0 + 10_000 + i * MIN)); };
    tell(97);
    expect(engine.truthOf('W-A4.2(6)-AI-4307-FALLING')).toBe(1);
    expect(engine.truthOf('C-A4.2(6)-STABILITY')).not.toBe(1);
    engine.push(sample('seen:WATER-NOT-CURED', true, T0 + 10_000 + 30 * MIN + 1));
    expect(engine.truthOf('C-A4.2(6)-STABILITY')).toBe(1);
  });
});

describe('REQ-COND-10 states, staleness, observations', () => {
  it('a state is known by its word; a word it does not name is not it', () => {
    const engine = engineOf([node('S', { kind: 'state', input: 'X', is: ['open', 'travelling'] })], ['X']);
    expect(['closed', 'open', 'travelling', 'fault', 'OPEN'].map((word, i) => {
      engine.push(sample('X', word, T0 + i));
      return engine.truthOf('S');
    })).toEqual([0, 1, 1, 0, 0]);
  });

  it('a boolean state', () => {
    const engine = engineOf([node('S', { kind: 'state', input: 'X', is: true })], ['X']);
    expect([true, false, 'true', 1].map((value, i) => {
      engine.push(sample('X', value, T0 + i));
      return engine.truthOf('S');
    })).toEqual([1, 0, 0, 0]);
  });

  it('4.1.1(3) any one of many tags in doubt is enough, and the change names it', () => {
    const engine = engineOf([node('S', { kind: 'stale', inputs: ['A', 'B', 'C'] }, 5_000)], ['A', 'B', 'C'], 60_000);
    for (const tag of ['A', 'B', 'C']) engine.push(sample(tag, 1, T0));
    engine.push(sample('B', 1, T0 + 1_000, STATUS.uncertain));
    engine.advance(T0 + 5_999);
    expect(engine.drain()).toEqual([]);
    engine.advance(T0 + 6_000);
    expect(engine.drain()).toMatchObject([{ id: 'S', state: 'raised', atMs: T0 + 6_000, input: 'B' }]);
  });

  it('an observation is raised by being reported and cleared by being reported gone', () => {
    const engine = engineOf([node('O', { kind: 'seen', input: 'seen:S' })], ['seen:S']);
    engine.push(sample('seen:S', true, T0));
    engine.push(sample('seen:S', false, T0 + 1));
    expect(engine.drain().map(line)).toEqual(['+0 O raised', '+1 O cleared']);
  });
});

describe('REQ-COND-11 laboratory results (A4.2(5))', () => {
  const PHASES = ['suspected', 'confirmed', 'overdue'] as const;
  const lab = () => engineOf(PHASES.map((phase) => node(phase, { kind: 'lab', input: 'lab:L', above: 0.3, phase, reanalyseWithin: 15 * MIN })), ['lab:L']);
  const raisedOf = (engine: ConditionEngine): string[] => PHASES.filter((phase) => engine.truthOf(phase) === 1);

  it('0.30 g/L is within; 0.31 is suspected; 0.31 again is confirmed; 0.30 clears', () => {
    const engine = lab();
    expect([0.3, 0.31, 0.31, 0.3].map((value, i) => {
      engine.push(sample('lab:L', value, T0 + i * MIN));
      return raisedOf(engine);
    })).toEqual([[], ['suspected'], ['suspected', 'confirmed'], []]);
  });

  it('beyond, within, beyond is suspected and not confirmed', () => {
    const engine = lab();
    [0.31, 0.2, 0.31].forEach((value, i) => engine.push(sample('lab:L', value, T0 + i * MIN)));
    expect(raisedOf(engine)).toEqual(['suspected']);
  });

  it('without a second result it is overdue after 15 minutes to the ms; the second result ends that', () => {
    const engine = lab();
    engine.push(sample('lab:L', 0.4, T0));
    engine.advance(T0 + 15 * MIN - 1);
    expect(raisedOf(engine)).toEqual(['suspected']);
    engine.advance(T0 + 15 * MIN);
    expect(engine.drain().map(line)).toEqual(['+0 suspected raised', '+900000 overdue raised']);
    engine.push(sample('lab:L', 0.2, T0 + 20 * MIN));
    expect(raisedOf(engine)).toEqual([]);
  });

  it('nothing entered is unknown, not well', () => {
    expect(PHASES.map((phase) => lab().truthOf(phase))).toEqual([-1, -1, -1]);
  });

  const entered = (value: number, atMs: number): Fact => ({ type: 'lab.entered', atMs, by: 'zhao.min', data: { lab: 'RAFFINATE-H2O2', value, sampledMs: atMs } });

  it('the deadline of the re-analysis runs on over a restart', () => {
    const plant = makePlant(shippedPack());
    const state = evolveAll(EMPTY_STATE, [entered(0.4, T0), { type: 'condition.changed', atMs: T0, by: null, data: { id: 'W-A4.2(5)-LAB-SUSPECTED', state: 'raised', sourceMs: T0, input: 'lab:RAFFINATE-H2O2', value: 0.4, limit: 0.3 } }], plant.machines);
    restoreEngine(plant, state, T0 + 14 * MIN);
    expect(plant.engine.drain()).toEqual([]);
    plant.engine.advance(T0 + 15 * MIN);
    expect(plant.engine.drain().map(line)).toEqual(['+900000 W-A4.2(5)-LAB-OVERDUE raised']);
  });

  it('a deadline that passed while the station was off is told when it is back', () => {
    const plant = makePlant(shippedPack());
    const state = evolveAll(EMPTY_STATE, [entered(0.4, T0), { type: 'condition.changed', atMs: T0, by: null, data: { id: 'W-A4.2(5)-LAB-SUSPECTED', state: 'raised', sourceMs: T0, input: 'lab:RAFFINATE-H2O2', value: 0.4, limit: 0.3 } }], plant.machines);
    restoreEngine(plant, state, T0 + 60 * MIN);
    expect(plant.engine.drain().map(line)).toEqual(['+3600000 W-A4.2(5)-LAB-OVERDUE raised']);
  });

  it('one result before the restart and one after confirm', () => {
    const plant = makePlant(shippedPack());
    restoreEngine(plant, evolveAll(EMPTY_STATE, [entered(0.4, T0)], plant.machines), T0 + MIN);
    plant.engine.push(sample('lab:RAFFINATE-H2O2', 0.35, T0 + 2 * MIN));
    expect(plant.engine.truthOf('C-A4.2(5)-LAB-CONFIRMED')).toBe(1);
  });
});

describe('REQ-COND-12 Kleene', () => {
  const ALL: readonly Truth[] = [0, -1, 1];
  const sign = (t: Truth): number => (t === -1 ? 0.5 : t);
  const back = (n: number): Truth => (n === 0.5 ? -1 : (n as 0 | 1));

  it('all is the least, any the greatest, not the other one: every pair and triple', () => {
    for (const a of ALL) {
      expect(not(a)).toBe(back(1 - sign(a)));
      for (const b of ALL) for (const c of ALL) for (const list of [[a, b], [a, b, c]]) {
        expect(allOf(list)).toBe(back(Math.min(...list.map(sign))));
        expect(anyOf(list)).toBe(back(Math.max(...list.map(sign))));
      }
    }
  });

  it('the engine joins three tags as the tables say, for every combination and in every order of arrival', () => {
    const nodes = [...['A', 'B', 'C'].map((t) => node(`${t}1`, { kind: 'limit', input: t, above: 0.5, deadband: 0 })), node('ALL', { kind: 'all', of: ['A1', 'B1', 'C1'] }), node('ANY', { kind: 'any', of: ['A1', 'B1', 'C1'] }), node('NOT', { kind: 'not', of: 'ALL' })];
    for (const a of ALL) for (const b of ALL) for (const c of ALL) for (const order of [[0, 1, 2], [2, 1, 0], [1, 0, 2]]) {
      const engine = engineOf(nodes, ['A', 'B', 'C']);
      order.forEach((k, i) => {
        const truth = [a, b, c][k] as Truth;
        engine.push(sample(['A', 'B', 'C'][k] as string, truth === -1 ? null : truth, T0 + i, truth === -1 ? STATUS.bad : 0));
      });
      expect([engine.truthOf('ALL'), engine.truthOf('ANY'), engine.truthOf('NOT')]).toEqual([allOf([a, b, c]), anyOf([a, b, c]), not(allOf([a, b, c]))]);
    }
  });

  it('a cycle or a missing name is a broken invariant, not a silent condition', () => {
    expect(() => inDependencyOrder([node('A', { kind: 'not', of: 'B' }), node('B', { kind: 'not', of: 'A' })])).toThrow(/depends on itself/u);
    expect(() => inDependencyOrder([node('A', { kind: 'not', of: 'B' })])).toThrow(/'B' is not in the pack/u);
    expect(() => engineOf([node('A', { kind: 'seen', input: 'X' })], ['Y'])).toThrow(/'X' is not a tag/u);
  });
});

describe('REQ-COND-15 after a restart', () => {
  const limits = () => engineOf([node('C', { kind: 'limit', input: 'T', atOrAbove: 60, deadband: 1 })], ['T']);

  it('raised stays raised with its onset, unknown, until a fresh value speaks; the deadband still counts', () => {
    const engine = limits();
    engine.restore([{ id: 'C', held: true, onsetMs: T0 - 5_000 }]);
    expect([engine.truthOf('C'), engine.heldRaised('C')]).toEqual([-1, { onsetMs: T0 - 5_000 }]);
    engine.push(sample('T', 59.5, T0));
    engine.push(sample('T', 58, T0 + 1));
    expect(engine.drain().map(line)).toEqual(['+0 C raised', '+1 C cleared']);
  });

  it('what was unknown and is well again is told, so that no screen keeps an old "unknown"', () => {
    const engine = limits();
    engine.restore([{ id: 'C', held: false, onsetMs: 0 }]);
    expect(engine.heldRaised('C')).toBe(null);
    engine.push(sample('T', 20, T0));
    expect(engine.drain().map(line)).toEqual(['+0 C cleared']);
  });

  it('a condition that the pack no longer has is left alone', () => {
    const engine = limits();
    engine.restore([{ id: 'GONE', held: true, onsetMs: 0 }]);
    expect(engine.truthOf('GONE')).toBe(null);
  });

  const reported = (present: boolean, atMs: number): Fact => ({ type: 'seen.reported', atMs, by: 'post', data: { observation: 'EXTRACTION-TURBID', present, note: '' } });

  it('A4.2(6) the power went between the report and its alarm: the alarm and P-A4.2 come after the restart', () => {
    const plant = makePlant(shippedPack());
    const state = evolveAll(EMPTY_STATE, [reported(true, T0)], plant.machines);
    restoreEngine(plant, state, T0 + MIN);
    const after = observe(plant, state, plant.engine.drain(), T0 + MIN).state;
    expect([after.alarms.get('C-A4.2(6)-TURBID')?.state, after.runs.map((run) => run.procedure)]).toEqual(['unacknowledged', ['P-A4.2']]);
  });

  it('the power went between "seen no more" and its all-clear: the all-clear comes after the restart', () => {
    const plant = makePlant(shippedPack());
    const raised: Fact = { type: 'condition.changed', atMs: T0, by: null, data: { id: 'C-A4.2(6)-TURBID', state: 'raised', sourceMs: T0, input: 'seen:EXTRACTION-TURBID', value: true, limit: null } };
    const state = evolveAll(EMPTY_STATE, [reported(true, T0), raised, reported(false, T0 + 5)], plant.machines);
    restoreEngine(plant, state, T0 + MIN);
    expect(plant.engine.drain().map(line)).toEqual(['+60000 C-A4.2(6)-TURBID cleared']);
  });

  it('what the journal already tells is not told twice', () => {
    const plant = makePlant(shippedPack());
    const raised: Fact = { type: 'condition.changed', atMs: T0, by: null, data: { id: 'C-A4.2(6)-TURBID', state: 'raised', sourceMs: T0, input: 'seen:EXTRACTION-TURBID', value: true, limit: null } };
    restoreEngine(plant, evolveAll(EMPTY_STATE, [reported(true, T0), raised], plant.machines), T0 + MIN);
    expect([plant.engine.drain(), plant.engine.truthOf('C-A4.2(6)-TURBID')]).toEqual([[], 1]);
  });
});

describe('REQ-COND-14 limits of the shipped plant', () => {
  it('every condition and every proof by tags is a node, in an order in which parts come first', () => {
    const pack: PlantPack = shippedPack();
    const engine = new ConditionEngine(channelsOf(pack), nodesOf(pack));
    const missing = nodesOf(pack).filter((n) => engine.truthOf(n.id) === null);
    expect(missing).toEqual([]);
    expect(nodesOf(pack).filter((n) => n.isProof === true).length).toBeGreaterThan(50);
  });

  it('tells whole milliseconds even for a window that does not divide by eight', () => {
    const engine = engineOf([node('R', { kind: 'rate', input: 'T', risingFasterThan: 1, window: 1_001, deadband: 0 })], ['T']);
    for (let at = 0; at <= 2_000; at += 100) engine.push(sample('T', at, T0 + at));
    engine.advance(T0 + 10_000);
    const changes = engine.drain();
    expect(changes.map((c) => c.state)).toEqual(['raised', 'cleared']);
    expect(changes.every((c) => Number.isInteger(c.atMs))).toBe(true);
  });
});

describe('REQ-COND-12 parts that nobody has spoken of', () => {
  const nodes = [node('SEEN', { kind: 'seen', input: 'seen:S' }), node('LIMIT', { kind: 'limit', input: 'T', above: 60, deadband: 0 }), node('ANY', { kind: 'any', of: ['SEEN', 'LIMIT'] })];

  it('an observation that nobody has reported is not there, and keeps nothing from clearing', () => {
    const engine = engineOf(nodes, ['T', 'seen:S']);
    engine.push(sample('T', 61, T0));
    engine.push(sample('T', 50, T0 + 1));
    expect(engine.drain().map(line)).toEqual(['+0 LIMIT raised', '+0 ANY raised', '+1 LIMIT cleared', '+1 ANY cleared']);
  });

  it('but one that was raised before a restart stays raised until somebody speaks', () => {
    const engine = engineOf(nodes, ['T', 'seen:S']);
    engine.restore([{ id: 'SEEN', held: true, onsetMs: T0 - 1 }]);
    engine.push(sample('T', 50, T0));
    expect([engine.truthOf('SEEN'), engine.heldRaised('SEEN'), engine.truthOf('ANY')]).toEqual([-1, { onsetMs: T0 - 1 }, -1]);
  });

  it('4.3.3 that nobody has reported it is no proof that it is not there; neither is it that a tag never came', () => {
    const proofs = [...nodes, node('NONE', { kind: 'not', of: 'SEEN' }), node('ANY-SEEN', { kind: 'any', of: ['SEEN'] }), node('NONE-AT-ALL', { kind: 'not', of: 'ANY-SEEN' }), node('STALE', { kind: 'stale', inputs: ['T', 'U'] }), node('FRESH', { kind: 'not', of: 'STALE' })];
    const engine = engineOf(proofs, ['T', 'U', 'seen:S'], MIN);
    const said = (): unknown[] => ['NONE', 'NONE-AT-ALL', 'FRESH'].map((id) => engine.truthOf(id));
    engine.push(sample('T', 50, T0));
    expect(said()).toEqual([-1, -1, -1]);
    engine.push(sample('seen:S', false, T0 + 1));
    engine.push(sample('U', 50, T0 + 1));
    expect(said()).toEqual([1, 1, 1]);
  });
});
