/** Interlocks and people, as the gates read them. The decision itself: gates-decide.test.ts; interlocks with their register: tests/unit/interlocks. */
import { describe, expect, it } from 'vitest';
import type { Truth } from '../../../src/domain/conditions/truth.ts';
import { interlockState } from '../../../src/domain/interlocks/interlocks.ts';
import type { InterlockState } from '../../../src/domain/interlocks/interlocks.ts';
import { headCount, zoneLimit, zoneState } from '../../../src/domain/people/people.ts';

describe('REQ-GATE-04 what the tags of an interlock say (3.3)', () => {
  const TRUTHS: readonly Truth[] = [0, 1, -1];
  it('every combination of the three tags: a bypass seen outweighs all, then unknown, then fault, then trip', () => {
    for (const trip of TRUTHS) for (const bypass of TRUTHS) for (const fault of TRUTHS) {
      const expected: InterlockState = bypass === 1 ? 'bypassed' : [trip, bypass, fault].includes(-1) ? 'unknown' : fault === 1 ? 'faulted' : trip === 1 ? 'tripped' : 'armed';
      expect(interlockState({ trip, bypass, fault })).toBe(expected);
    }
  });
});

describe('REQ-GATE-05 people', () => {
  const names = (n: number) => Array.from({ length: n }, (_, i) => ({ id: `E${i}`, name: `p${i}`, task: 't', protection: 'p', atMs: 0 }));
  it('4.2.1 4.2.3 limits are 0, 2 and 6, and less where a procedure says so; normal running has none', () => {
    expect([zoneLimit('unclear', []), zoneLimit('reconnaissance', []), zoneLimit('handling', []), zoneLimit('normal', [])]).toEqual([0, 2, 6, null]);
    expect([zoneLimit('handling', [2]), zoneLimit('handling', [2, 0]), zoneLimit('reconnaissance', [6]), zoneLimit('unclear', [6])]).toEqual([2, 0, 2, 0]);
  });

  it('tags and names both count and the larger counts; an unknown tag is not zero', () => {
    expect([headCount(0, names(2)), headCount(3, names(2)), headCount(null, names(0)), headCount(-1, [])]).toEqual([2, 3, null, 0]);
    for (const [tag, entries, limit, state] of [[0, 0, 0, 'within'], [1, 0, 0, 'exceeded'], [2, 2, 2, 'within'], [3, 2, 2, 'exceeded'], [0, 3, 2, 'exceeded'], [null, 0, 2, 'unknown'], [null, 3, 2, 'exceeded'], [null, 0, null, 'within'], [6, 0, 6, 'within'], [7, 0, 6, 'exceeded']] as const) {
      expect(zoneState(tag, names(entries), limit)).toBe(state);
    }
  });
});
