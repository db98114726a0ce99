/** The parts of the alarm system that are figures: who was first, when a flood is one, how long there is to answer, and the map they live in. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ANSWER_WITHIN_MS, deadlinesOf, SHELVE_MAX_MS } from '../../../src/domain/alarms/alarms.ts';
import { ARRIVAL_WITHIN_MS, marksOf, SOURCE_WITHIN_MS, UNKNOWN_SKEW_MS, withCandidate } from '../../../src/domain/alarms/first-out.ts';
import type { Candidate } from '../../../src/domain/alarms/first-out.ts';
import { FLOOD_BEGINS_ABOVE, FLOOD_ENDS_BELOW, FLOOD_WINDOW_MS, floodEndsMs, isFlood, NO_RAISES, raisedWithin, withRaise } from '../../../src/domain/alarms/flood.ts';
import { IdMap } from '../../../src/domain/alarms/id-map.ts';

const T0 = 1_780_000_000_000;
const plant = (id: string, atMs: number): Candidate => ({ id, sourceMs: T0 + atMs, clock: 'plant', withinMs: SOURCE_WITHIN_MS });
const station = (id: string, atMs: number): Candidate => ({ ...plant(id, atMs), clock: 'station' });
const all = (candidates: readonly Candidate[]): readonly Candidate[] => candidates.reduce<readonly Candidate[]>(withCandidate, []);

describe('REQ-ALM-10 first-out by source time', () => {
  it('the earliest source time, whatever came first', () => {
    expect(marksOf(all([plant('late', 500), plant('early', 0), plant('later', 900)]), 0)).toMatchObject({ first: 'early', possible: [] });
  });

  it('within one scan nobody can say: all of them are possible, with the uncertainty', () => {
    expect(marksOf(all([plant('A', 0), plant('B', 2 * SOURCE_WITHIN_MS), plant('C', 2 * SOURCE_WITHIN_MS + 1)]), 0)).toEqual({ first: null, possible: ['A', 'B'], uncertaintyMs: 2 * SOURCE_WITHIN_MS });
    expect(marksOf(all([plant('A', 0), plant('B', 2 * SOURCE_WITHIN_MS + 1)]), 0)).toMatchObject({ first: 'A' });
  });

  it.each([[0, 'S'], [300, 'S'], [399, 'S'], [400, null], [-400, null], [null, null]])('two clocks that differ by %s ms: an alarm of the station 500 ms before one of the plant', (skewMs, first) => {
    const marks = marksOf(all([plant('P', 500), station('S', 0)]), skewMs);
    expect([marks.first, marks.uncertaintyMs]).toEqual([first, first === null ? 2 * SOURCE_WITHIN_MS + Math.abs(skewMs ?? UNKNOWN_SKEW_MS) : 2 * SOURCE_WITHIN_MS]);
  });

  it('what is known by its arrival only is less certain', () => {
    const arrived: Candidate = { ...plant('A', 0), withinMs: ARRIVAL_WITHIN_MS };
    expect(marksOf(all([arrived, plant('B', ARRIVAL_WITHIN_MS)]), 0)).toMatchObject({ first: null, possible: ['A', 'B'] });
  });

  it('the order of arrival never matters', () => {
    const candidate = fc.record({ id: fc.constantFrom('A', 'B', 'C', 'D', 'E'), at: fc.nat(2_000), isPlant: fc.boolean() }).map(({ id, at, isPlant }) => (isPlant ? plant : station)(id, at));
    fc.assert(fc.property(fc.uniqueArray(candidate, { selector: ({ id }) => id, maxLength: 5 }).chain((list) => fc.tuple(fc.constant(list), fc.shuffledSubarray(list, { minLength: list.length }))), fc.option(fc.integer({ min: -900, max: 900 })), ([list, shuffled], skewMs) => {
      expect(marksOf(all(shuffled), skewMs)).toEqual(marksOf(all(list), skewMs));
    }));
  });

  it('hundreds at one moment are remembered as twenty', () => {
    expect(all(Array.from({ length: 300 }, (_, i) => plant(`A${i}`, 300 - i))).map(({ sourceMs }) => sourceMs - T0)).toEqual(Array.from({ length: 20 }, (_, i) => i + 1));
  });
});

describe('REQ-ALM-14 the flood', () => {
  const log = (times: readonly number[]) => times.reduce(withRaise, NO_RAISES);

  it('REQ-GATE-16 begins above 10 and ends below 5', () => {
    expect([FLOOD_BEGINS_ABOVE, FLOOD_ENDS_BELOW]).toEqual([10, 5]);
    expect([isFlood(false, 10), isFlood(false, 11), isFlood(true, 10), isFlood(true, 5), isFlood(true, 4)]).toEqual([false, true, true, true, false]);
  });

  it('ends by time at the very moment at which the fifth last leaves the window', () => {
    const raises = log(Array.from({ length: 30 }, (_, i) => T0 + i * 1_000));
    const endsMs = floodEndsMs(raises);
    expect(endsMs).toBe(T0 + 25_000 + FLOOD_WINDOW_MS);
    expect([isFlood(true, raisedWithin(raises, endsMs - 1)), isFlood(true, raisedWithin(raises, endsMs))]).toEqual([true, false]);
  });

  it('decides as if every raise were remembered, and counts to ten seconds', () => {
    fc.assert(fc.property(fc.array(fc.integer({ min: 0, max: 60_000 }), { maxLength: 80 }), fc.nat(700_000), (gaps, laterMs) => {
      let atMs = T0;
      const times = gaps.map((gap) => (atMs += gap));
      const nowMs = atMs + laterMs;
      const raises = log(times);
      const exact = times.filter((t) => t > nowMs - FLOOD_WINDOW_MS).length;
      const roughly = times.filter((t) => t > nowMs - FLOOD_WINDOW_MS - 10_000).length;
      const found = raisedWithin(raises, nowMs);
      for (const was of [false, true]) expect(isFlood(was, found)).toBe(isFlood(was, exact));
      expect([found >= exact, found <= roughly]).toEqual([true, true]);
      expect(raises.recent.length).toBeLessThanOrEqual(FLOOD_BEGINS_ABOVE + 1);
      expect(raises.buckets.length).toBeLessThanOrEqual(62);
    }));
  });
});

describe('REQ-ALM-12 time to respond', () => {
  const card = { cause: { zh: '', en: '' }, consequence: { zh: '', en: '' }, action: { zh: '', en: '' } };
  it('the on-delay eats into it, and the time needed comes off the end', () => {
    expect(deadlinesOf({ priority: 1, card: { ...card, timeToActMs: 180_000, timeNeededMs: 60_000 } }, T0, 10_000)).toEqual({ onsetMs: T0 - 10_000, respondByMs: T0 + 170_000, answerByMs: T0 + 110_000 });
  });
  it('a delay that leaves less than is needed leaves now', () => {
    expect(deadlinesOf({ priority: 1, card: { ...card, timeToActMs: 60_000, timeNeededMs: 60_000 } }, T0, 10_000)).toMatchObject({ respondByMs: T0 + 50_000, answerByMs: T0 });
  });
  it.each([1, 2, 3, 4] as const)('3.6 without a time on the card, priority %i is answered within its own', (priority) => {
    expect(deadlinesOf({ priority, card: { ...card, timeToActMs: null, timeNeededMs: null } }, T0, 0)).toEqual({ onsetMs: T0, respondByMs: null, answerByMs: T0 + ANSWER_WITHIN_MS[priority] });
  });
  it('the tables: the worse, the shorter', () => {
    for (const table of [ANSWER_WITHIN_MS, SHELVE_MAX_MS]) expect(Object.values(table)).toEqual([...Object.values(table)].sort((a, b) => a - b));
    expect(SHELVE_MAX_MS).toEqual({ 1: 1_800_000, 2: 3_600_000, 3: 14_400_000, 4: 28_800_000 });
  });
});

describe('REQ-ALM-17 the map of alarms', () => {
  const id = fc.oneof(fc.constantFrom('constructor', '__proto__', 'toString', 'a', 'b', 'c'), fc.string({ minLength: 1, maxLength: 12 }));
  const deeds = fc.array(fc.tuple(id, fc.option(fc.nat(5))), { maxLength: 60 });
  const after = (list: readonly (readonly [string, number | null])[]) => list.reduce((map, [key, value]) => (value === null ? map.without(key) : map.with(key, value)), IdMap.empty<number>());

  it('holds what a Map holds, whatever the names', () => {
    fc.assert(fc.property(deeds, (list) => {
      const model = new Map<string, number>();
      for (const [key, value] of list) if (value === null) model.delete(key); else model.set(key, value);
      const map = after(list);
      expect(map.size).toBe(model.size);
      expect(map.ids()).toEqual([...model.keys()].sort());
      for (const [key] of list) expect(map.get(key)).toBe(model.get(key));
      expect([...map.values()].sort()).toEqual([...model.values()].sort());
    }));
  });

  it('two ways to the same contents are equal, and two contents are not', () => {
    fc.assert(fc.property(deeds, fc.array(id, { maxLength: 10 }), (list, detour) => {
      const straight = after(list);
      const round = detour.reduce((map, key) => (straight.has(key) ? map : map.with(key, 99).without(key)), after(list));
      expect(round).toEqual(straight);
      expect(round.with('one more', 1)).not.toEqual(straight);
    }));
  });

  it('tells what changed, and the work is that of the change: of 5,000, one put copies no more than a hundred entries', () => {
    const big = Array.from({ length: 5_000 }, (_, i) => i).reduce((map, i) => map.with(`C-${i}`, i), IdMap.empty<number>());
    const next = big.with('C-7', -1).without('C-8').with('new', 1);
    expect(next.changedSince(big).sort()).toEqual(['C-7', 'C-8', 'new']);
    expect(big.changedSince(big)).toEqual([]);
    const one = big.with('C-7', -1);
    const branches = one.root.filter((branch, i) => branch !== big.root[i]);
    const leaves = branches.flatMap((branch) => branch ?? []).filter((leaf) => !big.root.some((branch) => branch?.includes(leaf)));
    const copied = one.root.length + branches.reduce((sum, branch) => sum + (branch?.length ?? 0), 0) + leaves.reduce((sum, leaf) => sum + Object.keys(leaf ?? {}).length, 0);
    expect([branches.length, leaves.length]).toEqual([1, 1]);
    expect(copied).toBeLessThan(100);
  });
});
