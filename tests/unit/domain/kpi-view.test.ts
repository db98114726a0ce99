// The sections kpiWords, kpi and forecast as the station fills them.
import { describe, expect, test } from 'vitest';
import { viewSchemas } from '../../../src/contract/view.ts';
import { KpiView } from '../../../src/main/station/kpi-view.ts';
import { STATUS } from '../../../src/domain/samples/sample.ts';
import { fact } from '../../../src/domain/station/facts.ts';
import type { Fact } from '../../../src/domain/station/facts.ts';
import type { Plant } from '../../../src/domain/station/plant.ts';

const T0 = Date.parse('2026-05-01T08:00:00Z');
/** Just what the sections ask of a plant: limits, titles, and the quality of a tag now. */
function plantWith(qualityOf: () => string): Plant {
  return {
    pack: { conditions: [{ id: 'HIGH', measure: { kind: 'limit', input: 'TI-1', atOrAbove: 60, deadband: 1 } }] },
    alarms: new Map([['HIGH', { id: 'HIGH', title: { zh: '温度高', en: 'Temperature high' } }]]),
    engine: { readingOf: (tag: string) => ({ tag, value: 55, quality: qualityOf(), sourceMs: T0 }) },
  } as unknown as Plant;
}
const raised = (atMs: number, id: string): Fact => fact('alarm.raised', atMs, null, { id, priority: 2, sourceMs: atMs, firstOut: false, group: null, input: null, value: null, limit: null });
const started = (atMs: number): Fact => fact('station.started', atMs, null, { version: '1', mode: 'OPERATION', plant: 'p', restarted: false });

describe('the sections', () => {
  test('KPI-10 value, target, verdict and period of each KPI, the alarms of each 10 min of the last day, titles, valid against the contract', () => {
    const view = new KpiView(plantWith(() => 'good'));
    view.tell([started(T0), ...Array.from({ length: 12 }, (_, i) => raised(T0 + 1_000 * (i + 1), i === 0 ? 'OTHER' : 'HIGH'))]);
    const section = view.kpi(T0 + 5 * 60_000);
    expect(viewSchemas.kpi.parse(section)).toEqual(section);
    expect(viewSchemas.kpiWords.parse(view.words)).toEqual(view.words);
    expect(section.periods.map(({ period }) => period)).toEqual(['10min', 'hour', 'day', 'month']);
    const peak = section.periods[1]?.values.find(({ id }) => id === 'peak-10-min');
    expect(peak).toEqual({ id: 'peak-10-min', value: 12, verdict: 'over' });
    expect(section.periods[0]?.top).toEqual([{ id: 'HIGH', title: { zh: '温度高', en: 'Temperature high' }, raised: 11 }, { id: 'OTHER', title: { zh: 'OTHER', en: 'OTHER' }, raised: 1 }]);
    expect(section.series.at(-1)).toEqual({ startMs: T0, raised: 12 });
    expect(section.series.at(-2)?.raised).toBeNull();
    expect(new Set(section.periods[0]?.values.map(({ id }) => id))).toEqual(new Set(view.words.definitions.map(({ id }) => id)));
  });

  test('KPI-10 is made anew every ten seconds, not at every push', () => {
    const view = new KpiView(plantWith(() => 'good'));
    view.tell([started(T0)]);
    const first = view.kpi(T0 + 1_000);
    view.tell([raised(T0 + 2_000, 'HIGH')]);
    expect(view.kpi(T0 + 5_000)).toBe(first);
    expect(view.kpi(T0 + 11_000).periods[0]?.raised).toBe(1);
  });

  test('FCT-11 rate, limit and interval of a moving tag, once a second; nothing when its value is not good', () => {
    let quality = 'good';
    const view = new KpiView(plantWith(() => quality));
    view.take(Array.from({ length: 121 }, (_, s) => ({ tag: 'TI-1', value: 50 + 0.05 * s + 0.01 * Math.sin(s * 12.9), status: STATUS.good, sourceMs: T0 + s * 1_000, receivedMs: T0 + s * 1_000 })));
    const section = view.forecast(T0 + 120_000);
    expect(viewSchemas.forecast.parse(section)).toEqual(section);
    expect(section.moving).toMatchObject([{ tag: 'TI-1', perMinute: 3, ahead: { condition: 'HIGH', comparison: 'atOrAbove', limit: 60 } }]);
    const { ahead } = section.moving[0] ?? {};
    // 4 units at 0.05 a second: 80 s are left.
    expect(ahead?.lowMs).toBeLessThan(80_000);
    expect(ahead?.leftMs).toBeGreaterThan(60_000);
    expect(view.forecast(T0 + 120_500)).toBe(section);
    quality = 'stale';
    expect(view.forecast(T0 + 121_500).moving).toEqual([]);
  });

  test('KPI-9 what breaks in these figures breaks them alone: the station is not told, the sections are empty', () => {
    const view = new KpiView(plantWith(() => 'good'));
    view.tell([started(T0)]);
    expect(() => view.tell(null as never)).not.toThrow();
    expect(view.kpi(T0)).toEqual({ periods: [], series: [] });
    expect(view.forecast(T0 + 1_000).moving).toEqual([]);
  });
});
