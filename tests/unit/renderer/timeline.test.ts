// REQ-INC-05, REQ-INC-06: the arithmetic of the time line; whatever the zoom, nothing is left out of the counts.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { IncidentEvent } from '../../../src/contract/incidents.ts';
import { boundsOf, byLane, incidentSpan, isFiltered, matching, NO_FILTER, peopleIn, SYSTEM } from '../../../src/renderer/features/incidents/timeline-filter.ts';
import { clustersOf, firstAt, panned, placeOf, showing, SPAN_MIN_MS, ticksOf, timeAt, within, zoomed } from '../../../src/renderer/ui/charts/timeline-scale.ts';
import type { Span, Spot } from '../../../src/renderer/ui/charts/timeline-scale.ts';

const T0 = 1_790_000_000_000, MINUTE = 60_000, HOUR = 3_600_000;
const span = fc.tuple(fc.integer({ min: 0, max: 100 * HOUR }), fc.integer({ min: 0, max: 100 * HOUR })).map(([a, b]): Span => ({ fromMs: T0 + Math.min(a, b), toMs: T0 + Math.max(a, b) }));
const spot = fc.record({ atMs: fc.integer({ min: T0, max: T0 + 100 * HOUR }), by: fc.option(fc.constantFrom('zhang', 'li')), mark: fc.constantFrom(undefined, 'firstOut', 'retreat'), priority: fc.constantFrom(undefined, 1, 2, 3, 4) });
const spots = fc.array(spot, { maxLength: 300 }).map((all): Spot[] => all.toSorted((a, b) => a.atMs - b.atMs));

describe('REQ-INC-05 clusters', () => {
  it('every event is in exactly one cluster or counted as before or after; what stands out is told of the cluster it is in', () => {
    fc.assert(fc.property(spots, span, fc.integer({ min: 1, max: 2_000 }), fc.integer({ min: 8, max: 120 }), (all, view, width, room) => {
      const { clusters, before, after } = clustersOf(all, view, width, room);
      expect(before + after + clusters.reduce((sum, { count }) => sum + count, 0)).toBe(all.length);
      let next = before;
      for (const cluster of clusters) {
        expect(cluster.first).toBe(next);
        expect(cluster.last - cluster.first + 1).toBe(cluster.count);
        next = cluster.last + 1;
        const inside = all.slice(cluster.first, cluster.last + 1);
        expect(inside.every(({ atMs }) => atMs >= view.fromMs && atMs <= view.toMs)).toBe(true);
        expect(new Set(cluster.marks)).toEqual(new Set(inside.flatMap(({ mark }) => mark ?? [])));
        expect(cluster.worst).toBe(inside.reduce<number | null>((worst, { priority }) => (priority === undefined ? worst : Math.min(worst ?? priority, priority)), null));
        expect(cluster.byPerson).toBe(inside.some(({ by }) => by !== null));
      }
      expect(next).toBe(all.length - after);
    }));
  });

  it('inside the picture no mark covers its neighbour, and moving the picture leaves the clusters as they are', () => {
    fc.assert(fc.property(spots, fc.integer({ min: 200, max: 2_000 }), (all, width) => {
      const view = { fromMs: T0, toMs: T0 + 100 * HOUR }, room = 40;
      const { clusters } = clustersOf(all, view, width, room);
      const inner = clusters.filter(({ px }) => px > room && px < width - room);
      for (const [i, cluster] of inner.entries()) if (i > 0) expect(cluster.px - (inner[i - 1]?.px ?? 0)).toBeGreaterThanOrEqual(room / 2 - 0.001);
      const moved = clustersOf(all, { fromMs: view.fromMs + HOUR, toMs: view.toMs + HOUR }, width, room);
      const keys = new Map(moved.clusters.map(({ key, count }) => [key, count]));
      // All but those that the edge cuts.
      for (const { key, count, fromMs } of clusters) if (fromMs > view.fromMs + HOUR + (100 * HOUR * room) / width) expect(keys.get(key)).toBe(count);
    }));
  });

  it('firstAt finds the first at a time or later', () => {
    fc.assert(fc.property(spots, fc.integer({ min: T0 - 10, max: T0 + 101 * HOUR }), (all, ms) => {
      const found = all.findIndex(({ atMs }) => atMs >= ms);
      expect(firstAt(all, ms)).toBe(found < 0 ? all.length : found);
    }));
  });
});

describe('REQ-INC-05 zoom and pan', () => {
  const bounds: Span = { fromMs: T0, toMs: T0 + 10 * HOUR };
  it('never leave the bounds, nor go finer than the least', () => {
    fc.assert(fc.property(span, fc.double({ min: 0.001, max: 1_000, noNaN: true }), fc.integer({ min: -200 * HOUR, max: 200 * HOUR }), (view, factor, byMs) => {
      for (const next of [within(view, bounds), zoomed(view, factor, (view.fromMs + view.toMs) / 2, bounds), panned(view, byMs, bounds)]) {
        expect(next.fromMs).toBeGreaterThanOrEqual(bounds.fromMs - 0.001);
        expect(next.toMs).toBeLessThanOrEqual(bounds.toMs + 0.001);
        expect(next.toMs - next.fromMs).toBeGreaterThanOrEqual(SPAN_MIN_MS - 0.001);
      }
    }));
  });

  it('the time that is zoomed about stays where it is; in and out again is where it was', () => {
    const view = { fromMs: T0 + 2 * HOUR, toMs: T0 + 6 * HOUR }, about = T0 + 3 * HOUR;
    const closer = zoomed(view, 0.5, about, bounds);
    expect(placeOf(about, closer, 800)).toBeCloseTo(placeOf(about, view, 800));
    expect(zoomed(closer, 2, about, bounds)).toEqual(view);
  });

  it('pixels and times are each other\'s inverse', () => {
    fc.assert(fc.property(fc.integer({ min: 0, max: 800 }), (px) => { expect(placeOf(timeAt(px, bounds, 800), bounds, 800)).toBeCloseTo(px, 3); }));
  });

  it('what is looked for is brought into the picture without changing the zoom', () => {
    const view = { fromMs: T0, toMs: T0 + HOUR };
    expect(showing(view, T0 + 30 * MINUTE, bounds)).toBe(view);
    const moved = showing(view, T0 + 5 * HOUR, bounds);
    expect(moved.toMs - moved.fromMs).toBe(HOUR);
    expect(moved.fromMs < T0 + 5 * HOUR && moved.toMs > T0 + 5 * HOUR).toBe(true);
  });

  it('the axis has round times, no more than there is room for, and at midnight of the place', () => {
    fc.assert(fc.property(span, fc.integer({ min: 1, max: 20 }), (view, most) => {
      const ticks = ticksOf(view, most);
      expect(ticks.length).toBeLessThanOrEqual(most + 1);
      expect(ticks.every((ms) => ms >= view.fromMs && ms <= view.toMs && ms % 1_000 === 0)).toBe(true);
    }));
    const shanghai = ticksOf({ fromMs: Date.UTC(2026, 5, 1), toMs: Date.UTC(2026, 5, 4) }, 4, 8 * HOUR);
    expect(shanghai.map((ms) => new Date(ms + 8 * HOUR).toISOString().slice(11, 16))).toEqual(shanghai.map(() => '00:00'));
  });
});

describe('REQ-INC-06 filters and times', () => {
  const event = (n: number, by: string | null, zh: string, lane: IncidentEvent['lane'] = 'alarm'): IncidentEvent => ({ n, atMs: T0 + n, wallMs: T0 + n, lane, type: 'alarm.raised', by, text: { zh, en: `${zh} en` } });
  const events = [event(1, null, '超温'), event(2, 'zhang', '确认', 'person'), event(30, 'li', 'TI-4302 拒绝', 'refusal')];
  it('by person, by the product alone, by words of either language, by the number of the record', () => {
    const found = (changes: Partial<typeof NO_FILTER>): number[] => matching(events, { ...NO_FILTER, ...changes }).map(({ n }) => n);
    expect(found({})).toEqual([1, 2, 30]);
    expect(found({ person: 'zhang' })).toEqual([2]);
    expect(found({ person: SYSTEM })).toEqual([1]);
    expect(found({ words: ' ti-4302 ' })).toEqual([30]);
    expect(found({ words: '确认 EN' })).toEqual([2]);
    expect(found({ words: '30' })).toEqual([30]);
    expect(found({ words: 'alarm.raised', person: 'li' })).toEqual([30]);
    expect([isFiltered(NO_FILTER), isFiltered({ ...NO_FILTER, words: '  ' }), isFiltered({ ...NO_FILTER, off: new Set(['alarm']) })]).toEqual([false, false, true]);
    expect(peopleIn(events)).toEqual(['li', 'zhang']);
  });

  it('every event is in its lane, and in no other', () => {
    const lanes = byLane(events);
    expect([...lanes.values()].flat().length).toBe(events.length);
    expect(lanes.get('refusal')?.map(({ n }) => n)).toEqual([30]);
  });

  it('the picture of a closed one ends half an hour after it, that of an open one shortly after now, and it does not creep with every second', () => {
    const row = { openedMs: T0, closedMs: T0 + HOUR };
    expect(boundsOf(row, [], T0 + 100 * HOUR)).toEqual({ fromMs: T0 - 30 * MINUTE, toMs: T0 + 90 * MINUTE });
    expect(boundsOf(row, [], T0 + HOUR + 5 * MINUTE).toMs).toBe(T0 + HOUR + 5 * MINUTE);
    const open = { openedMs: T0, closedMs: null };
    fc.assert(fc.property(fc.integer({ min: 0, max: 40 * HOUR }), (passedMs) => {
      const { toMs } = incidentSpan(open, T0 + passedMs);
      expect(toMs).toBeGreaterThanOrEqual(T0 + passedMs);
      expect(toMs - T0).toBeLessThanOrEqual(Math.max(2 * MINUTE, passedMs * 1.25));
    }));
    const ends = new Set(Array.from({ length: 600 }, (_, second) => incidentSpan(open, T0 + HOUR + second * 1_000).toMs));
    expect(ends.size).toBeLessThan(5);
  });
});
