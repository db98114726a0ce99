/** Properties of the condition engine, over samples that no plant would send and orders that every network can make. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { channelsOf, nodesOf } from '../../src/domain/conditions/compile.ts';
import { ConditionEngine } from '../../src/domain/conditions/engine.ts';
import type { ConditionChange } from '../../src/domain/conditions/engine.ts';
import type { NodeSpec } from '../../src/domain/conditions/compile.ts';
import type { Sample } from '../../src/domain/samples/sample.ts';
import { STATUS } from '../../src/domain/samples/sample.ts';
import { node, sample, shippedPack, T0 } from '../unit/domain/bench.ts';

const CHANNELS = [{ id: 'A', scanMs: 2_000 }, { id: 'B', scanMs: 700 }, { id: 'lab:L', scanMs: 0 }];
const NODES: readonly NodeSpec[] = [
  node('LIMIT', { kind: 'limit', input: 'A', atOrAbove: 60, deadband: 1 }),
  node('SLOW', { kind: 'limit', input: 'A', above: 50, deadband: 5 }, 1_300, 2_100),
  node('RATE', { kind: 'rate', input: 'A', risingFasterThan: 20, window: 10_000, deadband: 2 }),
  node('TREND', { kind: 'trend', input: 'B', direction: 'falling', window: 8_000, minChange: 5, tolerance: 1 }, 300),
  node('STALE', { kind: 'stale', inputs: ['A', 'B'] }, 400, 900),
  node('OVERDUE', { kind: 'lab', input: 'lab:L', above: 0.3, phase: 'overdue', reanalyseWithin: 5_000 }),
  node('BOTH', { kind: 'all', of: ['SLOW', 'STALE'] }, 100),
  node('EITHER', { kind: 'any', of: ['LIMIT', 'TREND'] }, 0, 650),
  { ...node('P//1', { kind: 'not', of: 'SLOW' }, 1_700), isProof: true },
];
const engine = (): ConditionEngine => new ConditionEngine(CHANNELS, NODES);

type Happening = { readonly gapMs: number; readonly tag: 'A' | 'B' | 'lab:L' | 'alive'; readonly value: number; readonly status: number };
const happening: fc.Arbitrary<Happening> = fc.record({
  gapMs: fc.oneof(fc.integer({ min: 0, max: 900 }), fc.integer({ min: 0, max: 6_000 })),
  tag: fc.constantFrom<Happening['tag'][]>('A', 'A', 'A', 'B', 'B', 'lab:L', 'alive'),
  value: fc.oneof(fc.integer({ min: 30, max: 70 }), fc.constantFrom(0.2, 0.5, 59.5, 60)),
  status: fc.constantFrom(0, 0, 0, 0, STATUS.uncertain, STATUS.bad, STATUS.badNoCommunication),
});
const story = fc.array(happening, { minLength: 1, maxLength: 60 });

/** Lives through a story with a tick every so often. `tickMs` null: no tick but the last. */
function live(happenings: readonly Happening[], tickMs: number | null, drainEvery = 1): ConditionChange[] {
  const subject = engine();
  const changes: ConditionChange[] = [];
  let nowMs = T0;
  let tickedMs = T0;
  const tickTo = (untilMs: number): void => {
    if (tickMs !== null) for (; tickedMs + tickMs <= untilMs; tickedMs += tickMs) subject.advance(tickedMs + tickMs);
  };
  happenings.forEach((h, i) => {
    nowMs += h.gapMs;
    tickTo(nowMs);
    if (h.tag === 'alive') subject.alive(nowMs);
    else subject.push(sample(h.tag, h.value, nowMs, h.tag === 'lab:L' ? 0 : h.status));
    if (i % drainEvery === 0) changes.push(...subject.drain());
  });
  tickTo(nowMs + 30_000);
  subject.advance(nowMs + 30_000);
  return [...changes, ...subject.drain()];
}

describe('REQ-COND-13 the same whatever the rate of ticks and the size of batches', () => {
  it('ticks every 50 ms, every second, every 7 s, or never between samples: same changes, same times', () => {
    fc.assert(fc.property(story, (happenings) => {
      const fine = live(happenings, 50);
      for (const tickMs of [1_000, 7_000, null]) expect(live(happenings, tickMs)).toEqual(fine);
    }), { numRuns: 150 });
  });

  it('drained after each sample or once in the end', () => {
    fc.assert(fc.property(story, fc.integer({ min: 2, max: 20 }), (happenings, every) => {
      expect(live(happenings, 1_000, every)).toEqual(live(happenings, 1_000, 1));
    }), { numRuns: 60 });
  });

  it('an advance to where it already stands, or back, changes nothing', () => {
    fc.assert(fc.property(story, (happenings) => {
      const subject = engine();
      let nowMs = T0;
      for (const h of happenings) {
        nowMs += h.gapMs;
        if (h.tag !== 'alive') subject.push(sample(h.tag, h.value, nowMs, h.status));
      }
      subject.advance(nowMs);
      subject.drain();
      subject.advance(nowMs);
      subject.advance(nowMs - 5_000);
      expect(subject.drain()).toEqual([]);
    }), { numRuns: 60 });
  });
});

describe('REQ-COND-09 order of arrival and duplicates', () => {
  const windowed: readonly NodeSpec[] = [
    node('RATE', { kind: 'rate', input: 'A', risingFasterThan: 5, window: 8_000, deadband: 0 }),
    node('FALLS', { kind: 'trend', input: 'A', direction: 'falling', window: 8_000, minChange: 5, tolerance: 1 }),
  ];
  const truths = (samples: readonly Sample[]): unknown[] => {
    const subject = new ConditionEngine([{ id: 'A', scanMs: 60_000 }], windowed);
    for (const each of samples) subject.push(each);
    return [subject.truthOf('RATE'), subject.truthOf('FALLS'), subject.readingOf('A')?.value];
  };
  const course = fc.array(fc.record({ offsetMs: fc.integer({ min: 0, max: 8_000 }), value: fc.integer({ min: 30, max: 70 }) }), { minLength: 3, maxLength: 40 })
    .map((list) => [...new Map(list.map((each) => [each.offsetMs, each])).values()]);

  it('samples that arrive together make the same rates and trends in any order', () => {
    fc.assert(fc.property(course.chain((list) => fc.tuple(fc.constant(list), fc.shuffledSubarray(list, { minLength: list.length }))), ([list, shuffled]) => {
      const at = T0 + 9_000;
      const inOrder = [...list].sort((a, b) => a.offsetMs - b.offsetMs);
      const made = (from: typeof list): Sample[] => from.map(({ offsetMs, value }) => sample('A', value, at, 0, T0 + offsetMs));
      expect(truths(made(shuffled))).toEqual(truths(made(inOrder)));
    }), { numRuns: 300 });
  });

  it('every sample told twice, and old ones again in the end, change nothing', () => {
    fc.assert(fc.property(course, (list) => {
      const made = [...list].sort((a, b) => a.offsetMs - b.offsetMs).map(({ offsetMs, value }) => sample('A', value, T0 + 9_000, 0, T0 + offsetMs));
      expect(truths([...made.flatMap((each) => [each, each]), ...made])).toEqual(truths(made));
    }), { numRuns: 200 });
  });
});

describe('REQ-COND-14 odd samples', () => {
  const oddNumber = fc.oneof(fc.double(), fc.constantFrom(Number.MIN_VALUE, -Number.MIN_VALUE, Number.MAX_VALUE, -Number.MAX_VALUE, 1e308, -0, Number.NaN, Infinity, -Infinity));
  const odd: fc.Arbitrary<Sample> = fc.record({
    tag: fc.constantFrom('TI-4201', 'AI-4307', 'LI-4108A', 'XV-4101', 'I-4100-BYP', 'PC-4100', 'lab:RAFFINATE-H2O2', 'seen:UNFORESEEN', 'no such tag', '__proto__', 'constructor', ''),
    value: fc.oneof(oddNumber, fc.boolean(), fc.constant(null), fc.string()),
    status: fc.oneof(fc.constantFrom(0, 0, STATUS.bad, STATUS.uncertain, STATUS.badWaitingForInitialData), oddNumber),
    sourceMs: fc.oneof(fc.integer({ min: T0, max: T0 + 100_000 }), oddNumber),
    receivedMs: fc.oneof(fc.integer({ min: T0, max: T0 + 100_000 }), fc.constantFrom(Number.NaN, Infinity, -Infinity, -1)),
  });

  it('none throws, none stops the clock, and every change can be written as JSON', () => {
    const pack = shippedPack();
    fc.assert(fc.property(fc.array(odd, { maxLength: 80 }), (samples) => {
      const subject = new ConditionEngine(channelsOf(pack), nodesOf(pack));
      for (const each of samples) subject.push(each);
      subject.alive(T0 + 150_000);
      subject.advance(T0 + 200_000);
      for (const change of subject.drain()) {
        expect(JSON.parse(JSON.stringify(change))).toEqual(change);
        expect(Number.isInteger(change.atMs)).toBe(true);
      }
      subject.push(sample('TI-4202', 61, T0 + 300_000));
      expect(subject.drain().some((c) => c.id === 'C-A4.2(2)-TI-4202' && c.atMs === T0 + 300_000)).toBe(true);
    }), { numRuns: 100 });
  });
});
