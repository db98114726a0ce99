// KPIs for any course of alarms: incremental = batch, equal times in any order, empty windows, hostile records.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { KpiEvent } from '../../src/domain/kpi/events.ts';
import { kpiEventOf } from '../../src/domain/kpi/events.ts';
import { KpiFold, WINDOW_MS, windowOf } from '../../src/domain/kpi/fold.ts';
import { kpisOfPeriod } from '../../src/domain/kpi/period.ts';
import { PERIODS_MS, RollingKpis } from '../../src/domain/kpi/rolling.ts';
import type { Tally } from '../../src/domain/kpi/tally.ts';

const START_MS = Date.parse('2026-03-01T05:07:00Z');
const ids = fc.constantFrom('A', 'B', 'C', 'D');
const gapMs = fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 90_000 }), fc.integer({ min: 0, max: 7_200_000 }));
type Timeless<T> = T extends unknown ? Omit<T, 'atMs'> : never;
const body: fc.Arbitrary<Timeless<KpiEvent>> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ kind: fc.constant('raised' as const), id: ids, priority: fc.constantFrom(1 as const, 2 as const, 3 as const, 4 as const), isHidden: fc.boolean() }) },
  { weight: 6, arbitrary: fc.record({ kind: fc.constantFrom('again' as const, 'returned' as const, 'cleared' as const, 'acknowledged' as const, 'overdue' as const), id: ids }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('hidden' as const), id: ids, by: fc.constantFrom('shelved' as const, 'suppressed' as const, 'outOfService' as const), isHidden: fc.boolean(), isAuthorised: fc.boolean() }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constantFrom('upset' as const, 'alive' as const) }) },
);
const course = fc.array(fc.record({ gapMs, body }), { minLength: 1, maxLength: 120 }).map((steps): KpiEvent[] => {
  let atMs = START_MS;
  return [{ kind: 'started', atMs }, ...steps.map(({ gapMs: gap, body: what }) => ({ ...what, atMs: (atMs += gap) }) as KpiEvent)];
});

describe('KPIs of any course', () => {
  test('KPI-6 the station, asked at any moments between, says what the file says', () => {
    fc.assert(fc.property(course, fc.array(fc.nat({ max: 119 }), { maxLength: 10 }), (events, asked) => {
      const rolling = new RollingKpis();
      const endMs = events.at(-1)?.atMs ?? START_MS;
      events.forEach((event, i) => {
        rolling.apply(event);
        if (asked.includes(i)) rolling.report('hour', event.atMs);
      });
      for (const period of ['hour', 'day', 'month'] as const) {
        expect(rolling.report(period, endMs)).toEqual(kpisOfPeriod(events, { fromMs: endMs - PERIODS_MS[period], toMs: endMs }));
      }
    }));
  });

  test('KPI-7 facts of equal time may come in any order, as long as each alarm keeps its own', () => {
    fc.assert(fc.property(course, fc.infiniteStream(fc.nat()), (events, choices) => {
      expect(kpisOfPeriod(shuffled(events, choices))).toEqual(kpisOfPeriod(events));
    }));
  });

  test('KPI-8 every window is told once, in order, empty ones too, and their figures add up', () => {
    fc.assert(fc.property(course, (events) => {
      const told: [number, Tally][] = [];
      const fold = new KpiFold((startMs, tally) => told.push([startMs, tally]));
      for (const event of events) fold.apply(event);
      const current = fold.current(fold.nowMs);
      told.push([current.startMs, current.tally]);
      expect(told.map(([startMs]) => startMs)).toEqual(told.map((_, i) => windowOf(START_MS) + i * WINDOW_MS));
      const observed = told.reduce((sum, [, { observedMs }]) => sum + observedMs, 0);
      expect(observed).toBe((events.at(-1)?.atMs ?? START_MS) - START_MS);
      for (const [, tally] of told) {
        expect(tally.byPriority.reduce((a, b) => a + b)).toBe(tally.raised);
        expect([...tally.byAlarm.values()].reduce((a, b) => a + b, 0)).toBe(tally.raised);
        expect(tally.rollingPeak).toBeGreaterThanOrEqual(tally.raised);
        expect(tally.floodMs).toBeLessThanOrEqual(tally.observedMs);
      }
    }));
  });

  test('KPI-9 no record, however odd, stops the fold', () => {
    fc.assert(fc.property(fc.array(fc.record({ type: fc.oneof(fc.constantFrom('alarm.raised', 'alarm.shelved', 'alarm.cleared', 'constructor', '__proto__'), fc.string()), atMs: fc.oneof(fc.double(), fc.integer()), by: fc.option(fc.string(), { nil: null }), data: fc.jsonValue() as fc.Arbitrary<never> })), (records) => {
      const fold = new KpiFold(() => undefined);
      for (const record of records) {
        const event = kpiEventOf(record);
        expect(() => kpiEventOf(record)).not.toThrow();
        // Times are the journal's and steady; only their order is odd here.
        if (Math.abs(event.atMs) < 1e8) fold.apply(event);
      }
    }));
  });
});

/** Swaps neighbours of equal time that do not concern the same alarm. An upset and the start concern none. */
function shuffled(events: readonly KpiEvent[], choices: Iterable<number>): KpiEvent[] {
  const list = [...events];
  const draw = choices[Symbol.iterator]();
  const idOf = (event: KpiEvent | undefined): string | null => (event !== undefined && 'id' in event ? event.id : null);
  for (let i = 1; i < list.length; i += 1) {
    const a = list[i - 1] as KpiEvent;
    const b = list[i] as KpiEvent;
    if (i === 1 || a.atMs !== b.atMs || (idOf(a) === idOf(b)) || (draw.next().value as number) % 2 === 0) continue;
    list[i - 1] = b;
    list[i] = a;
  }
  return list;
}
