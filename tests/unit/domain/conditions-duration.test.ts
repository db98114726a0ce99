/** Residence and holding times: they count from the onset, through outages and over a restart. */
import { describe, expect, it } from 'vitest';
import type { PlantPack } from '../../../src/domain/packs/schema.ts';
import { STATUS } from '../../../src/domain/samples/sample.ts';
import { evolveAll } from '../../../src/domain/station/evolve.ts';
import type { Fact } from '../../../src/domain/station/facts.ts';
import { observe } from '../../../src/domain/station/observe.ts';
import { makePlant, restoreEngine } from '../../../src/domain/station/plant.ts';
import { EMPTY_STATE } from '../../../src/domain/station/state.ts';
import { engineOf, line, node, sample, shippedPack, T0 } from './bench.ts';

const MIN = 60_000;
const HOT = node('HOT', { kind: 'limit', input: 'T', atOrAbove: 60, deadband: 0 });
const LONG = node('LONG', { kind: 'duration', of: 'HOT', longerThan: 10 * MIN });

describe('REQ-COND-22 duration', () => {
  const make = () => engineOf([HOT, LONG], ['T'], 60 * MIN);

  it('is raised when its part has been raised for so long, to the millisecond', () => {
    const engine = make();
    engine.push(sample('T', 61, T0));
    engine.advance(T0 + 10 * MIN - 1);
    expect(engine.drain().map(line)).toEqual(['+0 HOT raised']);
    engine.advance(T0 + 20 * MIN);
    expect(engine.drain().map(line)).toEqual(['+600000 LONG raised']);
  });

  it('a part that cleared in between begins anew, and a part that clears clears it', () => {
    const engine = make();
    for (const [value, at] of [[61, 0], [50, 9], [61, 9.5], [61, 19], [50, 25]] as const) engine.push(sample('T', value, T0 + at * MIN));
    expect(engine.drain().map(line).filter((each) => each.includes('LONG'))).toEqual(['+1170000 LONG raised', '+1500000 LONG cleared']);
  });

  it('counts on while its part is unknown but held raised, and is raised then', () => {
    const engine = make();
    engine.push(sample('T', 61, T0));
    engine.push(sample('T', null, T0 + MIN, STATUS.bad));
    engine.advance(T0 + 30 * MIN);
    expect(engine.drain().map(line)).toEqual(['+0 HOT raised', '+60000 HOT unknown', '+600000 LONG raised']);
  });

  it('is unknown while its part is unknown and was not raised before', () => {
    const engine = make();
    expect(engine.truthOf('LONG')).toBe(-1);
    engine.push(sample('T', 50, T0));
    expect(engine.truthOf('LONG')).toBe(0);
    engine.push(sample('T', null, T0 + 1, STATUS.bad));
    engine.advance(T0 + 30 * MIN);
    expect(engine.truthOf('LONG')).toBe(-1);
  });

  it('has delays of its own', () => {
    const engine = engineOf([HOT, { ...LONG, onDelayMs: 2_000, offDelayMs: 3_000 }], ['T'], 60 * MIN);
    engine.push(sample('T', 61, T0));
    engine.push(sample('T', 50, T0 + 11 * MIN));
    engine.advance(T0 + 20 * MIN);
    expect(engine.drain().map(line)).toEqual(['+0 HOT raised', '+602000 LONG raised', '+660000 HOT cleared', '+663000 LONG cleared']);
  });

  it.each([
    ['still running: raised at its time', 14, ['+600000 LONG raised']],
    ['before anything else is heard', 9, ['+600000 LONG raised']],
  ] as const)('goes on over a restart, %s', (_what, untilMin, expected) => {
    const engine = make();
    engine.restore([{ id: 'HOT', held: true, onsetMs: T0 }]);
    engine.advance(T0 + 5 * MIN);
    engine.advance(T0 + untilMin * MIN);
    engine.advance(T0 + 15 * MIN);
    expect(engine.drain().map(line)).toEqual(expected);
  });

  it('that was raised before a restart stays raised, with its onset', () => {
    const engine = make();
    engine.restore([{ id: 'HOT', held: true, onsetMs: T0 }, { id: 'LONG', held: true, onsetMs: T0 + 10 * MIN }]);
    engine.advance(T0 + 12 * MIN);
    expect(engine.heldRaised('LONG')).toEqual({ onsetMs: T0 + 10 * MIN });
    engine.push(sample('T', 50, T0 + 13 * MIN));
    expect(engine.drain().map(line).at(-1)).toBe('+780000 LONG cleared');
  });
});

describe('REQ-COND-22 a duration in a station', () => {
  /** The shipped plant with a residence time: a hidden part, and a warning when it lasts. */
  const pack = (): PlantPack => {
    const shipped = shippedPack();
    const like = shipped.conditions.find((c) => c.role === 'warning') as PlantPack['conditions'][number];
    return { ...shipped, conditions: [...shipped.conditions,
      { ...like, id: 'I-HELD', role: 'input', onDelay: 0, offDelay: 0, measure: { kind: 'limit', input: 'TI-4201', above: 90, deadband: 0 } },
      { ...like, id: 'W-HELD', role: 'warning', onDelay: 0, offDelay: 0, measure: { kind: 'duration', of: 'I-HELD', longerThan: 10 * MIN } }] };
  };
  const told = (facts: readonly Fact[], id: string): string[] => facts.flatMap((f) => (f.type === 'condition.changed' && f.data.id === id ? [f.data.state] : []));

  it('the part it refers to is journaled, though it raises no alarm; other parts are not', () => {
    const plant = makePlant(pack());
    plant.engine.push(sample('TI-4201', 95, T0));
    const { facts, state } = observe(plant, EMPTY_STATE, plant.engine.drain(), T0);
    expect(told(facts, 'I-HELD')).toEqual(['raised']);
    expect(state.alarms.get('I-HELD')).toBeUndefined();
  });

  it('runs on over a restart: raised 10 min after the onset, half of it while the station was off', () => {
    const before = makePlant(pack());
    before.engine.push(sample('TI-4201', 95, T0));
    const { facts } = observe(before, EMPTY_STATE, before.engine.drain(), T0);
    const after = makePlant(pack());
    const state = evolveAll(EMPTY_STATE, facts, after.machines);
    restoreEngine(after, state, T0 + 5 * MIN);
    expect(after.engine.drain().filter((c) => c.id === 'W-HELD')).toEqual([]);
    after.engine.advance(T0 + 20 * MIN);
    expect(after.engine.drain().filter((c) => c.id === 'W-HELD').map(line)).toEqual(['+600000 W-HELD raised']);
  });

  it('ran out while the station was off: told at the restart', () => {
    const before = makePlant(pack());
    before.engine.push(sample('TI-4201', 95, T0));
    const { facts } = observe(before, EMPTY_STATE, before.engine.drain(), T0);
    const after = makePlant(pack());
    restoreEngine(after, evolveAll(EMPTY_STATE, facts, after.machines), T0 + 60 * MIN);
    expect(after.engine.drain().filter((c) => c.id === 'W-HELD').map(line)).toEqual(['+3600000 W-HELD raised']);
  });
});
