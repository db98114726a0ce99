/** The engine with all its short ways says what a plain evaluation without any says: same changes, same times, in one piece or in columns of any length. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ChannelSpec } from '../../src/domain/conditions/channels.ts';
import type { NodeSpec } from '../../src/domain/conditions/compile.ts';
import { ConditionEngine } from '../../src/domain/conditions/engine.ts';
import type { ConditionChange } from '../../src/domain/conditions/engine.ts';
import type { Sample } from '../../src/domain/samples/sample.ts';
import { STATUS } from '../../src/domain/samples/sample.ts';
import { PlainEngine } from '../support/plain-engine.ts';
import type { PlainChange } from '../support/plain-engine.ts';
import { node, T0 } from '../unit/domain/bench.ts';

const CHANNELS: readonly ChannelSpec[] = [
  { id: 'A', scanMs: 2_000 }, { id: 'B', scanMs: 700 }, { id: 'C', scanMs: 5_000 }, { id: 'X', scanMs: 3_000, words: ['closed', 'open', 'travelling'] }, { id: 'lab:L', scanMs: 0 }, { id: 'seen:S', scanMs: 0, words: [false, true] },
];
const W = 10_000;
/** Tag A has limits, rates, staleness and quality only, as most tags of a plant: nearly all its samples are quiet. B and C take part in everything. */
const NODES: readonly NodeSpec[] = [
  node('A-HH', { kind: 'limit', input: 'A', above: 62, deadband: 2 }, 1_300, 2_100), node('A-H', { kind: 'limit', input: 'A', atOrAbove: 58, deadband: 2 }, 0, 700),
  node('A-L', { kind: 'limit', input: 'A', below: 42, deadband: 0 }, 400), node('A-LL', { kind: 'limit', input: 'A', atOrBelow: 38, deadband: 3 }),
  node('A-RATE', { kind: 'rate', input: 'A', risingFasterThan: 40.137, fallingFasterThan: 50.291, window: W, deadband: 10.3 }, 0, 1_500), node('A-FAST', { kind: 'rate', input: 'A', risingFasterThan: 90.713, window: 4_000, deadband: 0 }, 600),
  node('A-STALE', { kind: 'stale', inputs: ['A'] }, 400, 900), node('A-BAD', { kind: 'badQuality', inputs: ['A', 'B'] }, 300, 300),
  node('B-TREND', { kind: 'trend', input: 'B', direction: 'falling', window: W, minChange: 5, tolerance: 1 }, 300), node('B-SWING', { kind: 'swing', input: 'B', amplitude: 6, reversals: 2, window: W }, 0, 1_000),
  node('B-STAYS', { kind: 'notFalling', input: 'B', above: 55, minFall: 3, window: W, deadband: 2 }), node('BC-SWING', { kind: 'swing', input: 'B', over: 'C', minOver: 45, amplitude: 0.151, reversals: 2, window: W }),
  node('BC-RATIO', { kind: 'ratio', input: 'B', over: 'C', minOver: 45, above: 1.103, deadband: 0.051 }, 200, 200), node('BC-APART', { kind: 'deviation', input: 'B', from: 'C', absolute: true, atOrAbove: 8, deadband: 2 }),
  node('ABC-DIFFER', { kind: 'discrepancy', inputs: ['B', 'C'], tolerance: 9, deadband: 3 }, 500, 500), node('BC-1OO2', { kind: 'voted', inputs: ['B', 'C'], need: 1, above: 60, deadband: 2 }), node('BC-2OO2', { kind: 'voted', inputs: ['B', 'C'], need: 2, above: 56, deadband: 2 }, 300),
  node('OPEN', { kind: 'state', input: 'X', is: ['open', 'travelling'] }, 500), node('SEEN', { kind: 'seen', input: 'seen:S' }), node('OVERDUE', { kind: 'lab', input: 'lab:L', above: 50, phase: 'overdue', reanalyseWithin: 5_000 }), node('SURE', { kind: 'lab', input: 'lab:L', above: 50, phase: 'confirmed', reanalyseWithin: 5_000 }),
  node('BOTH', { kind: 'all', of: ['A-H', 'OPEN'] }, 100), node('EITHER', { kind: 'any', of: ['A-RATE', 'B-TREND', 'SEEN'] }, 0, 650), node('LONG', { kind: 'duration', of: 'A-H', longerThan: 3_000 }), node('LONG-BOTH', { kind: 'duration', of: 'BOTH', longerThan: 2_000 }, 0, 500),
  node('UNSEEN', { kind: 'not', of: 'EITHER' }), { ...node('P//1', { kind: 'not', of: 'A-HH' }, 1_700), isProof: true }, { ...node('P//2', { kind: 'limit', input: 'A', below: 60, deadband: 1 }, 2_500), isProof: true },
];

interface Happening { readonly gapMs: number; readonly tag: string; readonly drift: number; readonly jump: number; readonly status: number; readonly lateMs: number; readonly isRepeated: boolean }
const happening: fc.Arbitrary<Happening> = fc.record({
  // Never two samples of a tag in one bucket of the windows for trends and swings: what of several in a bucket is kept is the matter of another test.
  gapMs: fc.oneof({ weight: 6, arbitrary: fc.constantFrom(100, 200, 300, 500) }, { weight: 2, arbitrary: fc.constantFrom(900, 1_500, 2_000) }, { weight: 1, arbitrary: fc.constantFrom(4_000, 7_000, 13_000) }),
  tag: fc.constantFrom('A', 'A', 'A', 'A', 'B', 'B', 'C', 'X', 'lab:L', 'seen:S', 'alive'),
  drift: fc.constantFrom(-1, -0.25, 0, 0, 0, 0.25, 0.5, 1),
  jump: fc.oneof({ weight: 8, arbitrary: fc.constant(0) }, { weight: 2, arbitrary: fc.integer({ min: -12, max: 12 }) }),
  status: fc.oneof({ weight: 14, arbitrary: fc.constant(0) }, { weight: 1, arbitrary: fc.constantFrom(STATUS.uncertain, STATUS.bad, STATUS.badNoCommunication, STATUS.badWaitingForInitialData) }),
  lateMs: fc.oneof({ weight: 12, arbitrary: fc.constant(0) }, { weight: 1, arbitrary: fc.constantFrom(50, 1_050, 3_050, 6_050, 20_050) }),
  isRepeated: fc.nat(15).map((n) => n === 0),
});
const story = fc.array(happening, { minLength: 10, maxLength: 120 });
/** A tag that is told every half second and hardly moves, for long enough that its rates are known; now and then something happens. Near enough to a limit to cross it. */
const calmHappening: fc.Arbitrary<Happening> = fc.record({
  gapMs: fc.constantFrom(200, 300, 500, 500), tag: fc.oneof({ weight: 12, arbitrary: fc.constant('A') }, { weight: 1, arbitrary: fc.constantFrom('B', 'alive') }),
  drift: fc.constantFrom(-0.25, -0.125, 0, 0, 0.0625, 0.125, 0.25), jump: fc.oneof({ weight: 60, arbitrary: fc.constant(0) }, { weight: 1, arbitrary: fc.integer({ min: -9, max: 9 }) }),
  status: fc.oneof({ weight: 90, arbitrary: fc.constant(0) }, { weight: 1, arbitrary: fc.constantFrom(STATUS.uncertain, STATUS.bad) }), lateMs: fc.oneof({ weight: 60, arbitrary: fc.constant(0) }, { weight: 1, arbitrary: fc.constantFrom(1_050, 20_050) }), isRepeated: fc.nat(60).map((n) => n === 0),
});
const calmStory = fc.tuple(fc.constantFrom(0, 8, 12, -8, -12), fc.array(calmHappening, { minLength: 60, maxLength: 160 })).map(([start, list]) => list.map((h, i) => (i === 0 ? { ...h, jump: start } : h)));

/** Valves and pairs of transmitters that are told every half second as they were, and now and then otherwise: the way for values that have not changed. */
const stillHappening: fc.Arbitrary<Happening> = fc.record({
  gapMs: fc.constantFrom(100, 200, 300), tag: fc.constantFrom('B', 'B', 'C', 'C', 'X', 'X', 'alive'), drift: fc.constant(0), jump: fc.oneof({ weight: 6, arbitrary: fc.constant(0) }, { weight: 1, arbitrary: fc.integer({ min: -12, max: 12 }) }),
  status: fc.oneof({ weight: 20, arbitrary: fc.constant(0) }, { weight: 1, arbitrary: fc.constantFrom(STATUS.uncertain, STATUS.bad) }), lateMs: fc.oneof({ weight: 20, arbitrary: fc.constant(0) }, { weight: 1, arbitrary: fc.constantFrom(50, 1_050, 20_050) }), isRepeated: fc.nat(30).map((n) => n === 0),
});
const stillStory = fc.array(stillHappening, { minLength: 40, maxLength: 120 });

type Step = { readonly atMs: number; readonly sample: Sample | null };

/** A story as samples: each tag wanders, jumps now and then, and is sometimes late, doubtful or told twice. */
function stepsOf(happenings: readonly Happening[]): Step[] {
  const at = new Map<string, number>();
  const last = new Map<string, Sample>();
  let nowMs = T0;
  return happenings.map((h) => {
    nowMs += h.gapMs;
    if (h.tag === 'alive') return { atMs: nowMs, sample: null };
    const before = last.get(h.tag);
    if (h.isRepeated && before !== undefined) return { atMs: nowMs, sample: { ...before, receivedMs: nowMs } };
    const position = Math.min(70, Math.max(30, (at.get(h.tag) ?? 50) + h.drift + h.jump));
    at.set(h.tag, position);
    const value = h.tag === 'X' ? (['closed', 'open', 'travelling'][Math.abs(Math.round(position)) % 3] ?? 'closed') : h.tag === 'seen:S' ? Math.round(position) % 2 === 0 : position;
    const sample: Sample = { tag: h.tag, value, status: h.tag.includes(':') ? 0 : h.status, sourceMs: nowMs - h.lateMs, receivedMs: nowMs };
    last.set(h.tag, sample);
    return { atMs: nowMs, sample };
  });
}

const brief = (changes: readonly ConditionChange[]): PlainChange[] => changes.map(({ id, state, atMs }) => ({ id, state, atMs }));
const END_MS = 40_000;
/** Stories for each property; `HAVEN_PROPERTY_RUNS=5000` for a long run after work on the short ways. */
const RUNS = { numRuns: Number(process.env['HAVEN_PROPERTY_RUNS'] ?? 60) };
const STORIES = [['at sea', story, 0], ['calm', calmStory, 0.2], ['still', stillStory, -1]] as const;

function plain(steps: readonly Step[]): { changes: readonly PlainChange[]; truths: unknown[] } {
  const engine = new PlainEngine(CHANNELS, NODES);
  for (const { atMs, sample } of steps) {
    if (sample === null) engine.alive(atMs);
    else engine.push(sample);
  }
  engine.advance((steps.at(-1)?.atMs ?? T0) + END_MS);
  return { changes: engine.changes, truths: NODES.map(({ id }) => engine.truthOf(id)) };
}

const WORDS = new Map<number | null, unknown>([[0, false], [1, true], [-1, 'unknown']]);
const truthsOf = (engine: ConditionEngine): unknown[] => NODES.map(({ id }) => WORDS.get(engine.truthOf(id)));

function oneByOne(steps: readonly Step[]): ConditionEngine {
  const engine = new ConditionEngine(CHANNELS, NODES);
  for (const { atMs, sample } of steps) {
    if (sample === null) engine.alive(atMs);
    else engine.push(sample);
  }
  engine.advance((steps.at(-1)?.atMs ?? T0) + END_MS);
  return engine;
}

/** The same with columns: runs of samples between two signs of life, cut into pieces of so many. */
function inColumns(steps: readonly Step[], size: number, isOneTime: boolean): ConditionEngine {
  const engine = new ConditionEngine(CHANNELS, NODES);
  let piece: Sample[] = [];
  const flush = (): void => {
    const words = piece.map(({ tag, value }) => (typeof value === 'number' || value === null ? (value ?? Number.NaN) : (CHANNELS.find(({ id }) => id === tag)?.words?.indexOf(value) ?? -1)));
    engine.pushColumns({
      channels: Int32Array.from(piece, ({ tag }) => engine.channels.indexOf(tag) ?? -1), values: Float64Array.from(words), status: Uint32Array.from(piece, ({ status }) => status), sourceMs: Float64Array.from(piece, ({ sourceMs }) => sourceMs),
      receivedMs: isOneTime ? (piece[0]?.receivedMs ?? 0) : Float64Array.from(piece, ({ receivedMs }) => receivedMs), count: piece.length,
    });
    piece = [];
  };
  for (const { atMs, sample } of steps) {
    if (sample === null || (isOneTime && piece.length > 0)) flush();
    if (sample === null) engine.alive(atMs);
    else if (piece.push(sample) >= size) flush();
  }
  flush();
  engine.advance((steps.at(-1)?.atMs ?? T0) + END_MS);
  return engine;
}

describe('REQ-COND-23 no short way changes an answer', () => {
  it.each(STORIES)('one by one, the engine tells what the plain evaluation tells: %s', (_what, stories, leastQuiet) => {
    let quiet = 0;
    let samples = 0;
    fc.assert(fc.property(stories, (happenings) => {
      const steps = stepsOf(happenings);
      const engine = oneByOne(steps);
      const expected = plain(steps);
      expect(brief(engine.drain())).toEqual(expected.changes);
      expect(truthsOf(engine)).toEqual(expected.truths);
      quiet += engine.work.quiet;
      samples += steps.length;
    }), RUNS);
    expect(quiet / samples).toBeGreaterThan(leastQuiet); // else the short way was not tried at all
  });

  it.each(STORIES)('in columns of any length, with one time or many: %s', (_what, stories, leastQuiet) => {
    let quiet = 0;
    let samples = 0;
    fc.assert(fc.property(stories, fc.integer({ min: 1, max: 50 }), fc.boolean(), (happenings, size, isOneTime) => {
      const steps = stepsOf(happenings);
      const engine = inColumns(steps, size, isOneTime);
      const expected = plain(steps);
      expect(brief(engine.drain())).toEqual(expected.changes);
      expect(truthsOf(engine)).toEqual(expected.truths);
      quiet += engine.work.quiet;
      samples += steps.length;
    }), RUNS);
    expect(quiet / samples).toBeGreaterThan(leastQuiet); // else the short way was not tried at all
  });

  it('a value that its source dates far back, newest though it is, may leave a window uncovered: nothing is quiet then', () => {
    const tell = (atMs: number, sourceMs: number): Step => ({ atMs: T0 + atMs, sample: { tag: 'A', value: 49, status: 0, sourceMs: T0 + sourceMs, receivedMs: T0 + atMs } });
    const steps = [tell(100, 100), tell(3_000, 100), tell(6_000, 100), tell(9_000, 100), tell(10_100, 4_050)];
    const expected = plain(steps).changes;
    expect(expected).toContainEqual({ id: 'A-RATE', state: 'unknown', atMs: T0 + 10_100 });
    expect(brief(oneByOne(steps).drain())).toEqual(expected);
    expect(brief(inColumns(steps, 7, false).drain())).toEqual(expected);
  });

  it('columns and single samples leave the same evidence: values, source times, quality', () => {
    fc.assert(fc.property(fc.oneof(story, calmStory), (happenings) => {
      const steps = stepsOf(happenings);
      const columns = inColumns(steps, 7, false);
      const single = oneByOne(steps);
      expect(columns.drain()).toEqual(single.drain());
      for (const { id } of CHANNELS) expect(columns.readingOf(id)).toEqual(single.readingOf(id));
    }), RUNS);
  });
});
