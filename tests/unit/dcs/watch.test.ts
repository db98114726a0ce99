import { describe, expect, it } from 'vitest';
import { severityOf, STATUS } from '../../../src/domain/samples/sample.ts';
import type { Sample } from '../../../src/domain/samples/sample.ts';
import { freshnessOf, overlay, paceOf, provesThePresent, watcherSlept } from '../../../src/main/dcs/watch.ts';

const limits = { lateMs: 2000, deadMs: 4000 };
const good: Sample = { tag: 'TI-4101', value: 72, status: STATUS.good, sourceMs: 10, receivedMs: 20 };

describe('REQ-DCS-02 silence makes values uncertain, then bad', () => {
  it.each([
    ['a server that just spoke is fresh', true, 0, 0, 'fresh'],
    ['just before the first limit it is still fresh', true, 0, 1999, 'fresh'],
    ['at the first limit it is late', true, 0, 2000, 'late'],
    ['just before the second limit it is late', true, 0, 3999, 'late'],
    ['at the second limit it is dead', true, 0, 4000, 'dead'],
    ['a lost connection is late at once', false, 0, 0, 'late'],
    ['a lost connection is dead at the second limit', false, 0, 4000, 'dead'],
    ['before any word it is dead', true, null, 0, 'dead'],
  ] as const)('%s', (_story, connected, provedMs, nowMs, expected) => {
    expect(freshnessOf(limits, connected, provedMs, nowMs)).toBe(expected);
  });

  it('does not judge a server while the watcher itself slept', () => {
    expect(watcherSlept(200, 210)).toBe(false);
    expect(watcherSlept(200, 5000)).toBe(true);
  });
});

describe('REQ-DCS-13 a server is judged by the pace it granted', () => {
  it.each([
    ['one that grants what was asked', 250, 3, { dueMs: 1000, needsHeartbeat: false }],
    ['one that grants keep-alives too rarely', 250, 100, { dueMs: 1250, needsHeartbeat: true }],
    ['one that publishes once a second', 1000, 3, { dueMs: 2000, needsHeartbeat: true }],
    ['one that publishes every ten seconds', 10_000, 3, null],
    ['one that answers nonsense', Number.NaN, 3, null],
  ] as const)('%s', (_story, publishingMs, count, expected) => {
    expect(paceOf(1000, publishingMs, count)).toEqual(expected);
  });
});

describe('REQ-DCS-01 quality only ever gets worse without a fresh reading', () => {
  it('lays silence over a good value and keeps the value and its source time', () => {
    expect(overlay(good, 'fresh', 99)).toBe(good);
    expect(overlay(good, 'late', 99)).toEqual({ ...good, status: STATUS.uncertainLastUsable, receivedMs: 99 });
    expect(overlay(overlay(good, 'late', 99), 'dead', 100)).toEqual({ ...good, status: STATUS.badNoCommunication, receivedMs: 100 });
  });

  it('leaves what is bad as it is, with its own cause', () => {
    const broken: Sample = { ...good, value: null, status: 0x808c0000 };
    expect(overlay(broken, 'late', 99)).toBe(broken);
    expect(overlay(broken, 'dead', 99)).toBe(broken);
  });

  it('never improves any status at any freshness', () => {
    const rank = { good: 0, uncertain: 1, bad: 2 } as const;
    for (const status of [0, 0x480, 0x40000000, 0x40900000, 0x80000000, 0x808c0000, 0xc0000000]) {
      for (const freshness of ['fresh', 'late', 'dead'] as const) {
        const after = overlay({ ...good, status }, freshness, 1).status;
        expect(rank[severityOf(after)]).toBeGreaterThanOrEqual(rank[severityOf(status)]);
      }
    }
  });
});

describe('REQ-DCS-03 old messages prove nothing', () => {
  it.each([
    ['a message written now', 10_000, 0, 10_100, true],
    ['a message that a slow line held back', 10_000, 0, 12_000, false],
    ['a message of a server whose clock is an hour behind, as known', 10_000 - 3_600_000, -3_600_000, 10_100, true],
    ['a message of a server whose clock is an hour ahead, held back', 10_000 + 3_600_000, 3_600_000, 12_500, false],
    ['a message without a time', null, 0, 10_000, true],
    ['a message before the clocks were compared', 1, null, 10_000, true],
  ] as const)('%s', (_story, publishMs, skewMs, nowMs, expected) => {
    expect(provesThePresent(publishMs, skewMs, nowMs, limits.lateMs)).toBe(expected);
  });
});
