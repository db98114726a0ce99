/** Limits, delays, quality, staleness: boundaries from the shipped pack, times to the millisecond. */
import { describe, expect, it } from 'vitest';
import { channelsOf, nodesOf } from '../../../src/domain/conditions/compile.ts';
import { ConditionEngine } from '../../../src/domain/conditions/engine.ts';
import type { SampleValue } from '../../../src/domain/samples/sample.ts';
import { STATUS } from '../../../src/domain/samples/sample.ts';
import { engineOf, line, node, sample, shippedPack, T0 } from './bench.ts';

const shipped = (): ConditionEngine => new ConditionEngine(channelsOf(shippedPack()), nodesOf(shippedPack()));
const isRaised = (engine: ConditionEngine, id: string): boolean => engine.heldRaised(id) !== null;

describe('REQ-COND-01 the guideline’s own figures, from the shipped pack', () => {
  const tag = (id: string) => ({ id, input: id.replace(/^C-A4\.\d+(?:\(\d\))?-/u, '') });

  it('A4.2(2) names exactly the oxidation, extraction and purification temperatures', () => {
    const inputs = shippedPack().conditions.filter((c) => c.id.startsWith('C-A4.2(2)')).map((c) => tag(c.id).input);
    expect(inputs.sort()).toEqual(['TI-4201', 'TI-4202', 'TI-4203', 'TI-4301', 'TI-4302', 'TI-4303', 'TI-4308']);
  });

  const boundaries: readonly [clause: string, ids: readonly string[], not: number, yes: number][] = [
    ['A4.2(2) 59.9 C no, 60 C yes', ['C-A4.2(2)-TI-4201', 'C-A4.2(2)-TI-4202', 'C-A4.2(2)-TI-4203', 'C-A4.2(2)-TI-4301', 'C-A4.2(2)-TI-4302', 'C-A4.2(2)-TI-4303', 'C-A4.2(2)-TI-4308'], 59.9, 60],
    ['A4.2(7) 2.00 % oxygen no, 2.01 % yes', ['C-A4.2(7)-AI-4106A', 'C-A4.2(7)-AI-4106B', 'C-A4.2(7)-AI-4106C'], 2, 2.01],
    ['A4.7 acidity 1.00 mg/L no, 0.99 mg/L yes', ['C-A4.7-AI-4207'], 1, 0.99],
    ['A4.2(4) interface 84.9 % no, 85 % yes', ['C-A4.2(4)-LDI-4304'], 84.9, 85],
  ];
  for (const [title, ids, not, yes] of boundaries) {
    it.each(ids)(`${title}: %s`, (id) => {
      const engine = shipped();
      const { input } = tag(id);
      engine.push(sample(input, not, T0));
      expect(isRaised(engine, id)).toBe(false);
      engine.push(sample(input, yes, T0 + 1_000));
      expect(isRaised(engine, id)).toBe(true);
      expect(engine.drain().filter((c) => c.id === id)).toMatchObject([{ state: 'raised', atMs: T0 + 1_000, input, value: yes }]);
    });
  }

  it('A4.7 holds acidity between 2 and 6 mg/L: 2 and 6 are within, 1.9 and 6.1 are not', () => {
    const engine = shipped();
    const seen = [2, 6, 6.1, 4, 1.9].map((value, i) => {
      engine.push(sample('AI-4207', value, T0 + i * 1_000));
      return [isRaised(engine, 'W-A4.7-AI-4207-LOW'), isRaised(engine, 'W-A4.7-AI-4207-HIGH')];
    });
    expect(seen).toEqual([[false, false], [false, false], [false, true], [false, false], [true, false]]);
  });

  it('A4.2(1) low-low takes two of three, or one when another is in doubt', () => {
    const id = 'C-A4.2(1)-LI-4108-LL';
    const engine = shipped();
    for (const t of ['A', 'B', 'C']) engine.push(sample(`LI-4108${t}`, 50, T0));
    engine.push(sample('LI-4108A', 15, T0 + 1));
    expect(isRaised(engine, id)).toBe(false);
    engine.push(sample('LI-4108B', 15.1, T0 + 2));
    expect(isRaised(engine, id)).toBe(false);
    engine.push(sample('LI-4108B', 15, T0 + 3));
    expect(isRaised(engine, id)).toBe(true);

    const doubtful = shipped();
    for (const t of ['A', 'B', 'C']) doubtful.push(sample(`LI-4108${t}`, 50, T0));
    doubtful.push(sample('LI-4108A', 15, T0 + 1));
    doubtful.push(sample('LI-4108C', null, T0 + 2, STATUS.bad));
    expect(isRaised(doubtful, id)).toBe(true);
  });

  it('A4.2(3) high-high takes two of three: 84.9 no, 85 yes', () => {
    const engine = shipped();
    for (const t of ['A', 'B', 'C']) engine.push(sample(`LI-4204${t}`, 84.9, T0));
    engine.push(sample('LI-4204A', 85, T0 + 1));
    expect(isRaised(engine, 'C-A4.2(3)-LI-4204-HH')).toBe(false);
    engine.push(sample('LI-4204C', 85, T0 + 2));
    expect(isRaised(engine, 'C-A4.2(3)-LI-4204-HH')).toBe(true);
  });

  it.each([['above', [10, 10.1]], ['atOrAbove', [9.9, 10]], ['below', [10, 9.9]], ['atOrBelow', [10.1, 10]]] as const)('%s 10', (comparison, [not, yes]) => {
    const engine = engineOf([node('C', { kind: 'limit', input: 'T', [comparison]: 10, deadband: 0 })], ['T']);
    engine.push(sample('T', not, T0));
    expect(engine.truthOf('C')).toBe(0);
    engine.push(sample('T', yes, T0 + 1));
    expect(engine.truthOf('C')).toBe(1);
  });
});

describe('REQ-COND-02 deadband', () => {
  it.each([
    ['atOrAbove', [59, 59.9, 60, 59.5, 59, 58.99, 59.5], [0, 0, 1, 1, 1, 0, 0]],
    ['above', [60, 60.01, 59.5, 59.01, 59, 59.5], [0, 1, 1, 1, 0, 0]],
    ['below', [60, 59.99, 60.5, 60.99, 61, 60.5], [0, 1, 1, 1, 0, 0]],
    ['atOrBelow', [60.5, 60, 60.5, 61, 61.01, 60.5], [0, 1, 1, 1, 0, 0]],
  ] as const)('%s 60 with 1 of deadband holds its answer in between', (comparison, values, truths) => {
    const engine = engineOf([node('C', { kind: 'limit', input: 'T', [comparison]: 60, deadband: 1 })], ['T']);
    expect(values.map((value, i) => {
      engine.push(sample('T', value, T0 + i));
      return engine.truthOf('C');
    })).toEqual(truths);
  });

  it('a value in the deadband after an outage keeps a raised condition raised and a cleared one cleared', () => {
    for (const [first, state] of [[60, 'raised'], [50, 'cleared']] as const) {
      const engine = engineOf([node('C', { kind: 'limit', input: 'T', atOrAbove: 60, deadband: 1 })], ['T']);
      engine.push(sample('T', first, T0));
      engine.push(sample('T', null, T0 + 1, STATUS.bad));
      engine.drain();
      engine.push(sample('T', 59.5, T0 + 2));
      expect(engine.drain().map(line)).toEqual([`+2 C ${state}`]);
    }
  });
});

describe('REQ-COND-03 delays', () => {
  const delayed = () => engineOf([node('C', { kind: 'limit', input: 'T', atOrAbove: 60, deadband: 0 }, 1_500, 2_500)], ['T'], 60_000);

  it('raises 1500 ms after the value crossed, not 1 ms before', () => {
    const engine = delayed();
    engine.push(sample('T', 60, T0));
    engine.advance(T0 + 1_499);
    expect(engine.drain()).toEqual([]);
    engine.advance(T0 + 1_500);
    expect(engine.drain().map(line)).toEqual(['+1500 C raised']);
  });

  it('clears 2500 ms after the value came back, not 1 ms before', () => {
    const engine = delayed();
    engine.push(sample('T', 60, T0));
    engine.advance(T0 + 1_500);
    engine.drain();
    engine.push(sample('T', 10, T0 + 3_000));
    engine.advance(T0 + 5_499);
    expect(engine.drain()).toEqual([]);
    engine.advance(T0 + 9_000);
    expect(engine.drain().map(line)).toEqual(['+5500 C cleared']);
  });

  it('a pulse shorter than the delay raises nothing, and its time is not saved up', () => {
    const engine = delayed();
    for (const [value, at] of [[60, 0], [10, 1_499], [60, 1_600], [10, 3_000]] as const) engine.push(sample('T', value, T0 + at));
    engine.advance(T0 + 20_000);
    expect(engine.drain()).toEqual([]);
  });

  it('does not run out on an unknown value; what was beyond before and after is raised at once', () => {
    const engine = delayed();
    engine.push(sample('T', 60, T0));
    engine.push(sample('T', null, T0 + 1_000, STATUS.bad));
    engine.advance(T0 + 30_000);
    expect(engine.drain().filter((c) => c.state === 'raised')).toEqual([]);
    engine.push(sample('T', 61, T0 + 31_000));
    expect(engine.drain().map(line)).toEqual(['+31000 C raised']);
  });

  it('a delay of 0 raises with the sample itself', () => {
    const engine = engineOf([node('C', { kind: 'limit', input: 'T', atOrAbove: 60, deadband: 0 })], ['T']);
    engine.push(sample('T', 60, T0 + 7));
    expect(engine.drain().map(line)).toEqual(['+7 C raised']);
  });
});

describe('REQ-COND-04 what is not plainly good', () => {
  const doubtful: readonly [string, SampleValue, number][] = [
    ['bad with a value', 99, STATUS.bad], ['bad without', null, STATUS.bad], ['BadSensorFailure', 99, 0x808c0000], ['uncertain', 99, STATUS.uncertain], ['the reserved severity', 99, 0xc0000000],
    ['good without a value', null, 0], ['NaN', Number.NaN, 0], ['Infinity', Number.POSITIVE_INFINITY, 0], ['-Infinity', Number.NEGATIVE_INFINITY, 0], ['a negative status', 99, -1], ['a status that is no integer', 99, 0.5], ['a word', 'hot', 0],
  ];

  it.each(doubtful)('%s does not satisfy', (_what, value, status) => {
    const engine = engineOf([node('C', { kind: 'limit', input: 'T', atOrAbove: 60, deadband: 0 }), node('LOW', { kind: 'limit', input: 'T', below: 60, deadband: 0 })], ['T']);
    engine.push(sample('T', value, T0, status));
    expect([engine.truthOf('C'), engine.truthOf('LOW'), engine.drain()]).toEqual([-1, -1, []]);
  });

  it.each(doubtful)('%s does not clear, and says unknown', (_what, value, status) => {
    const engine = engineOf([node('C', { kind: 'limit', input: 'T', atOrAbove: 60, deadband: 0 })], ['T']);
    engine.push(sample('T', 61, T0));
    engine.push(sample('T', value === 99 ? 1 : value, T0 + 1, status));
    engine.advance(T0 + 100_000);
    expect(engine.drain().map(line)).toEqual(['+0 C raised', '+1 C unknown']);
    expect(engine.heldRaised('C')).toEqual({ onsetMs: T0 });
  });

  it('keeps the last value on the screen with its quality, which says that it may not be believed', () => {
    const engine = engineOf([], ['T']);
    engine.push(sample('T', 45, T0));
    engine.push(sample('T', null, T0 + 1, STATUS.bad));
    expect(engine.readingOf('T')).toMatchObject({ value: 45, quality: 'bad' });
  });
});

describe('REQ-COND-05 through an outage', () => {
  it('raised stays raised with its onset, and is told again by the first good value', () => {
    const engine = engineOf([node('C', { kind: 'limit', input: 'T', atOrAbove: 60, deadband: 0 })], ['T']);
    engine.push(sample('T', 61, T0));
    engine.push(sample('T', null, T0 + 1_000, STATUS.badNoCommunication));
    engine.push(sample('T', 62, T0 + 60_000));
    engine.push(sample('T', null, T0 + 61_000, STATUS.badNoCommunication));
    engine.push(sample('T', 40, T0 + 90_000));
    expect(engine.drain().map(line)).toEqual(['+0 C raised', '+1000 C unknown', '+60000 C raised', '+61000 C unknown', '+90000 C cleared']);
  });

  it('cleared becomes unknown and cleared again, never silent', () => {
    const engine = engineOf([node('C', { kind: 'limit', input: 'T', atOrAbove: 60, deadband: 0 })], ['T']);
    for (const [value, at, status] of [[40, 0, 0], [null, 1, STATUS.bad], [41, 2, 0]] as const) engine.push(sample('T', value, T0 + at, status));
    expect(engine.drain().map(line)).toEqual(['+1 C unknown', '+2 C cleared']);
  });

  it('keeps its onset while it is raised, whatever comes in between', () => {
    const engine = engineOf([node('C', { kind: 'limit', input: 'T', atOrAbove: 60, deadband: 0 })], ['T']);
    for (const [value, at, status] of [[60, 0, 0], [null, 5, STATUS.bad], [70, 9, 0]] as const) engine.push(sample('T', value, T0 + at, status));
    expect(engine.heldRaised('C')).toEqual({ onsetMs: T0 });
  });
});

describe('REQ-COND-06 hold times', () => {
  it('3.5 a proof "below 55 for 1 min" is not given by one second before and one second after an outage', () => {
    const engine = new ConditionEngine([{ id: 'T', scanMs: 5_000 }], [{ ...node('P//S1', { kind: 'limit', input: 'T', below: 55, deadband: 0 }, 60_000), isProof: true }]);
    engine.push(sample('T', 50, T0));
    engine.push(sample('T', null, T0 + 1_000, STATUS.badNoCommunication));
    engine.push(sample('T', 50, T0 + 61_000));
    expect(engine.truthOf('P//S1')).toBe(0);
    for (let at = 62_000; at <= 120_000; at += 1_000) engine.push(sample('T', 50, T0 + at));
    expect(engine.truthOf('P//S1')).toBe(0);
    engine.push(sample('T', 50, T0 + 121_000));
    expect(engine.truthOf('P//S1')).toBe(1);
  });

  it('the shipped proof S11 of P-A4.2 wants an unbroken minute', () => {
    const engine = shipped();
    const towers = ['TI-4201', 'TI-4202', 'TI-4203', 'TI-4301', 'TI-4302', 'TI-4303', 'TI-4308'];
    const tell = (at: number, status = 0): void => { for (const tag of towers) engine.push(sample(tag, 45, T0 + at, status)); };
    tell(0);
    tell(1_000, STATUS.bad);
    tell(70_000);
    engine.advance(T0 + 71_000);
    expect(engine.truthOf('P-A4.2//S11')).toBe(0);
  });

  it('a proof that was given and then not seen is unknown, not false, until it has held again', () => {
    const engine = new ConditionEngine([{ id: 'T', scanMs: 5_000 }], [{ ...node('P//S1', { kind: 'limit', input: 'T', below: 55, deadband: 0 }, 2_000), isProof: true }]);
    const seen = [[50, 0, 0], [50, 2_000, 0], [null, 3_000, STATUS.bad], [50, 4_000, 0], [50, 5_999, 0], [50, 6_000, 0]].map(([value, at, status]) => {
      engine.push(sample('T', value as SampleValue, T0 + (at as number), status as number));
      return engine.truthOf('P//S1');
    });
    expect(seen).toEqual([0, 1, -1, -1, -1, 1]);
  });

  it('a proof that was given, not seen, and then seen to be false is false', () => {
    const engine = new ConditionEngine([{ id: 'T', scanMs: 5_000 }], [{ ...node('P//S1', { kind: 'limit', input: 'T', below: 55, deadband: 0 }, 2_000), isProof: true }]);
    for (const [value, at, status] of [[50, 0, 0], [50, 2_000, 0], [null, 3_000, STATUS.bad], [50, 4_000, 0], [70, 5_000, 0]] as const) engine.push(sample('T', value, T0 + at, status));
    expect(engine.truthOf('P//S1')).toBe(0);
  });

  it('an off-delay begins anew after an outage: one good value does not clear what nobody saw', () => {
    const engine = engineOf([node('C', { kind: 'limit', input: 'T', atOrAbove: 60, deadband: 0 }, 0, 10_000)], ['T'], 60_000);
    engine.push(sample('T', 61, T0));
    engine.push(sample('T', 50, T0 + 1_000));
    engine.push(sample('T', null, T0 + 2_000, STATUS.bad));
    engine.push(sample('T', 50, T0 + 50_000));
    engine.advance(T0 + 59_999);
    expect(engine.truthOf('C')).toBe(1);
    engine.advance(T0 + 60_000);
    expect(engine.truthOf('C')).toBe(0);
  });
});

describe('REQ-COND-07 staleness', () => {
  const limit = () => engineOf([node('C', { kind: 'limit', input: 'T', atOrAbove: 60, deadband: 0 })], ['T', 'U'], 5_000);

  it('a tag silent for two scans is fresh, one ms longer is stale; told at the moment it fell stale', () => {
    const engine = limit();
    engine.push(sample('T', 61, T0));
    engine.advance(T0 + 10_000);
    expect(engine.readingOf('T')?.quality).toBe('good');
    engine.advance(T0 + 25_000);
    expect(engine.readingOf('T')?.quality).toBe('stale');
    expect(engine.drain().map(line)).toEqual(['+0 C raised', '+10000 C unknown']);
  });

  it('signs of life keep an unchanged value fresh for as long as they come', () => {
    const engine = limit();
    engine.push(sample('T', 61, T0));
    for (let at = 1_000; at <= 600_000; at += 1_000) engine.alive(T0 + at);
    expect(engine.drain().map(line)).toEqual(['+0 C raised']);
    engine.advance(T0 + 611_000);
    expect(engine.drain().map(line)).toEqual(['+610000 C unknown']);
  });

  it('4.1.1(3) a sign of life that comes after the value fell stale tells both: unknown, then raised', () => {
    const engine = limit();
    engine.push(sample('T', 61, T0));
    engine.advance(T0 + 11_000);
    engine.alive(T0 + 15_000);
    expect(engine.drain().map(line)).toEqual(['+0 C raised', '+10000 C unknown', '+15000 C raised']);
  });

  it('a sign of life says nothing of the tags it excepts, and makes no bad value good', () => {
    const engine = limit();
    engine.push(sample('T', 61, T0));
    engine.push(sample('U', null, T0, STATUS.bad));
    for (let at = 1_000; at <= 20_000; at += 1_000) engine.alive(T0 + at, new Set(['T']));
    expect([engine.readingOf('T')?.quality, engine.readingOf('U')?.quality]).toEqual(['stale', 'bad']);
  });

  it('the same sample again is a sign of life of its tag', () => {
    const engine = limit();
    for (let at = 0; at <= 60_000; at += 5_000) engine.push(sample('T', 61, T0 + at, 0, T0));
    expect(engine.drain().map(line)).toEqual(['+0 C raised']);
  });

  it('results and observations by people never fall stale', () => {
    const engine = engineOf([node('C', { kind: 'seen', input: 'seen:S' })], ['seen:S']);
    engine.push(sample('seen:S', true, T0));
    engine.advance(T0 + 86_400_000);
    expect([engine.truthOf('C'), engine.readingOf('seen:S')?.quality]).toEqual([1, 'good']);
  });
});

describe('REQ-COND-08 a link that is being made', () => {
  const waiting = () => engineOf([node('C', { kind: 'limit', input: 'T', atOrAbove: 60, deadband: 0 }), node('S', { kind: 'stale', inputs: ['T'] })], ['T'], 5_000);

  it('is no fault for two scans, then it is one', () => {
    const engine = waiting();
    engine.push(sample('T', null, T0, STATUS.badWaitingForInitialData));
    engine.advance(T0 + 10_000);
    expect(engine.drain()).toEqual([]);
    engine.advance(T0 + 10_200);
    expect(engine.drain().map(line)).toEqual(['+10000 S raised']);
    expect(engine.truthOf('C')).toBe(-1);
  });

  it('ends with the answer', () => {
    const engine = waiting();
    engine.push(sample('T', null, T0, STATUS.badWaitingForInitialData));
    engine.push(sample('T', 61, T0 + 500));
    expect(engine.drain().map(line)).toEqual(['+500 C raised']);
  });

  it('is a fault at once for a tag that has spoken before', () => {
    const engine = waiting();
    engine.push(sample('T', 61, T0));
    engine.push(sample('T', null, T0 + 1, STATUS.badWaitingForInitialData));
    expect(engine.drain().map(line).sort()).toEqual(['+0 C raised', '+1 C unknown', '+1 S raised']);
  });
});

describe('REQ-COND-16 a source clock that steps back', () => {
  it('4.1.1(3) an hour of samples "from the past" is not an hour of the old value', () => {
    const engine = engineOf([node('C', { kind: 'limit', input: 'T', atOrAbove: 60, deadband: 0 })], ['T']);
    engine.push(sample('T', 45, T0));
    for (let at = 1_000; at <= 15_000; at += 1_000) {
      engine.alive(T0 + at);
      engine.push(sample('T', 70, T0 + at, 0, T0 + at - 3_600_000));
    }
    expect(engine.truthOf('C')).toBe(1);
    expect(engine.drain().map(line)).toEqual(['+1000 C raised']);
  });

  it('one late sample is late and changes nothing', () => {
    const engine = engineOf([node('C', { kind: 'limit', input: 'T', atOrAbove: 60, deadband: 0 })], ['T']);
    engine.push(sample('T', 45, T0));
    engine.push(sample('T', 70, T0 + 3_000, 0, T0 - 10_000));
    expect([engine.truthOf('C'), engine.readingOf('T')?.value]).toEqual([0, 45]);
  });

  it('a source that was an hour ahead for one sample is heard again at once', () => {
    const engine = engineOf([node('C', { kind: 'limit', input: 'T', atOrAbove: 60, deadband: 0 })], ['T']);
    engine.push(sample('T', 45, T0, 0, T0 + 3_600_000));
    engine.push(sample('T', 70, T0 + 1_000));
    expect(engine.truthOf('C')).toBe(1);
  });

  it('a rate is known again on the new clock and is not bent by the old one', () => {
    const engine = engineOf([node('R', { kind: 'rate', input: 'T', risingFasterThan: 2, window: 60_000, deadband: 0 })], ['T']);
    for (let at = 0; at <= 60_000; at += 1_000) engine.push(sample('T', 40, T0 + at));
    for (let at = 61_000; at <= 200_000; at += 1_000) engine.push(sample('T', 40 + (at - 61_000) / 10_000, T0 + at, 0, T0 + at - 3_600_000));
    expect(engine.truthOf('R')).toBe(1);
  });
});
