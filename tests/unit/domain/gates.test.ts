/** Interlocks, bypasses and people, as the gates read them. The decision itself: gates-decide.test.ts. */
import { describe, expect, it } from 'vitest';
import type { Truth } from '../../../src/domain/conditions/truth.ts';
import { interlockObstacle, interlockState, isBypassApproved, openBypassOf } from '../../../src/domain/interlocks/interlocks.ts';
import type { Bypass, BypassPhase, InterlockState } from '../../../src/domain/interlocks/interlocks.ts';
import { headCount, zoneLimit, zoneState } from '../../../src/domain/people/people.ts';

describe('REQ-GATE-04 interlocks and bypasses (3.3)', () => {
  const TRUTHS: readonly Truth[] = [0, 1, -1];
  it('every combination of the three tags: a bypass seen outweighs all, then unknown, then fault, then trip', () => {
    for (const trip of TRUTHS) for (const bypass of TRUTHS) for (const fault of TRUTHS) {
      const expected: InterlockState = bypass === 1 ? 'bypassed' : [trip, bypass, fault].includes(-1) ? 'unknown' : fault === 1 ? 'faulted' : trip === 1 ? 'tripped' : 'armed';
      expect(interlockState({ trip, bypass, fault })).toBe(expected);
    }
  });

  const entry = (change: Partial<Bypass>): Bypass => ({ id: 'B', interlock: 'I-1', phase: 'approved', reason: 'r', hazard: 'h', measures: [], requestedBy: 'o1', requestedMs: 0, assessment: { text: 't', by: 'e1', atMs: 1 }, approval: { by: 's1', atMs: 2 }, untilMs: 1_000, ...change });

  it('unknown stands in the way like a bypass; armed and tripped protect', () => {
    expect((['armed', 'tripped', 'unknown', 'faulted', 'bypassed'] as const).map((state) => interlockObstacle(state, null, 0))).toEqual([null, null, 'unknown', 'faulted', 'no-entry']);
  });

  it('an approval counts to its last ms and not one longer', () => {
    expect([interlockObstacle('bypassed', entry({}), 999), interlockObstacle('bypassed', entry({}), 1_000)]).toEqual([null, 'expired']);
  });

  it('approved by the assessor or by the requester is not approved', () => {
    expect([isBypassApproved(entry({}), 5), isBypassApproved(entry({ approval: { by: 'e1', atMs: 2 } }), 5), isBypassApproved(entry({ approval: { by: 'o1', atMs: 2 } }), 5), isBypassApproved(entry({ assessment: null }), 5), isBypassApproved(entry({ approval: null }), 5)]).toEqual([true, false, false, false, false]);
  });

  it('an approval of a known bypass does not excuse an unknown or faulted function', () => {
    expect([interlockObstacle('unknown', entry({}), 5), interlockObstacle('faulted', entry({}), 5)]).toEqual(['unknown', 'faulted']);
  });

  it.each([['requested', 'not-assessed', { assessment: null, approval: null }], ['assessed', 'not-approved', { approval: null }], ['expired', 'expired', {}]] as const)('%s stands in the way as %s', (phase: BypassPhase, obstacle, change) => {
    expect(interlockObstacle('bypassed', entry({ phase, ...change }), 5)).toBe(obstacle);
  });

  it('the newest open entry of the interlock speaks; closed and rejected ones do not', () => {
    expect(openBypassOf([entry({ id: '1' }), entry({ id: '2', phase: 'closed' }), entry({ id: '3', phase: 'rejected' }), entry({ id: '4', interlock: 'I-2' })], 'I-1')?.id).toBe('1');
    expect(openBypassOf([], 'I-1')).toBe(null);
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
