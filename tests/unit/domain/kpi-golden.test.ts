// A journal written by the real journal from a list of facts by hand; its KPIs worked out by hand, in the comments.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { run } from '../../../src/main/cli/kpi.ts';
import { openJournal } from '../../../src/main/journal/journal.ts';
import type { JournalEntry } from '../../../src/domain/journal/record.ts';
import type { KpiReport } from '../../../src/domain/kpi/definitions.ts';
import { KPI_DEFS } from '../../../src/domain/kpi/definitions.ts';
import { kpiEventOf } from '../../../src/domain/kpi/events.ts';
import { RollingKpis } from '../../../src/domain/kpi/rolling.ts';

const DAY_1 = Date.parse('2026-01-01T00:00:00Z');
const DAY = 24 * 3_600_000;
/** `00:12:10` on the first day, `+00:12:10` on the second. */
function at(clock: string): number {
  const [h, m, s] = clock.replace('+', '').split(':').map(Number) as [number, number, number];
  return DAY_1 + (clock.startsWith('+') ? DAY : 0) + ((h * 60 + m) * 60 + s) * 1_000;
}
const entry = (clock: string, type: string, data: Record<string, string | number | boolean | null> = {}, by: string | null = null): JournalEntry => ({ type, atMs: at(clock), wallMs: at(clock), by, data });
const raise = (clock: string, id: string, priority: number): JournalEntry => entry(clock, 'alarm.raised', { id, priority, sourceMs: at(clock), firstOut: false, group: null, input: null, value: null, limit: null });
const acknowledge = (clock: string, id: string): JournalEntry => entry(clock, 'alarm.acknowledged', { id }, 'op1');

const C = Array.from({ length: 11 }, (_, i) => ({ id: `C${i + 1}`, clock: new Date(at('00:12:00') + (i + 1) * 10_000).toISOString().slice(11, 19) }));

const FACTS: readonly JournalEntry[] = [
  entry('00:00:00', 'station.started', { version: '1', mode: 'OPERATION', plant: 'p', restarted: false }),
  // A: acknowledged after 30 s, gone after 40 s: fleeting.
  raise('00:05:00', 'A', 1), acknowledge('00:05:30', 'A'), entry('00:05:40', 'alarm.cleared', { id: 'A' }),
  // The upset: B opens it and stands before it in the journal, at the same time; C1 ... C11 follow at 00:12:10, 00:12:20 ... 00:13:50.
  raise('00:12:00', 'B', 2), entry('00:12:00', 'incident.opened', { incident: 'i1', firstCondition: 'B' }),
  ...C.map(({ id, clock }) => raise(clock, id, 4)),
  acknowledge('00:14:00', 'B'), // after 120 s
  entry('00:22:10', 'alarm.overdue', { id: 'C1' }),
  acknowledge('00:32:10', 'C1'), // after 20 min = 1,200 s
  entry('00:35:00', 'alarm.cleared', { id: 'B' }), entry('00:35:00', 'alarm.cleared', { id: 'C1' }),
  ...C.slice(1).map(({ id }) => entry('00:40:00', 'alarm.returned', { id })),
  ...C.slice(1).map(({ id }) => acknowledge('00:45:00', id)), // Ck after 33 min - k x 10 s: C2 1,960 s ... C11 1,870 s
  raise('00:50:00', 'D', 3), // stands to the end
  // E chatters: three times in 40 s. Acknowledged 60 s after the first.
  raise('01:30:00', 'E', 4), entry('01:30:10', 'alarm.returned', { id: 'E' }), raise('01:30:20', 'E', 4), entry('01:30:30', 'alarm.returned', { id: 'E' }),
  raise('01:30:40', 'E', 4), entry('01:30:50', 'alarm.returned', { id: 'E' }), acknowledge('01:31:00', 'E'),
  // F is raised while shelved: not annunciated. G was taken out of service by nobody.
  entry('02:00:00', 'alarm.shelved', { id: 'F', untilMs: at('03:00:00'), reason: 'instrument being calibrated' }, 'op1'),
  raise('02:05:00', 'F', 2), entry('02:06:00', 'alarm.cleared', { id: 'F' }), entry('03:00:00', 'alarm.unshelved', { id: 'F' }),
  // H is raised and marked as hidden by the station.
  entry('02:20:00', 'alarm.raised', { id: 'H', priority: 2, hidden: true }), entry('02:21:30', 'alarm.returned', { id: 'H' }),
  entry('02:10:00', 'alarm.out-of-service', { id: 'G', reason: '' }),
  // Off for 21 min on the second day.
  entry('+00:59:00', 'station.stopped'), entry('+01:20:00', 'station.started', { version: '1', mode: 'OPERATION', plant: 'p', restarted: true }),
  entry('+01:59:00', 'clock.stepped', { byMs: 1 }),
].sort((a, b) => a.atMs - b.atMs);

/** Observed: 25 h 59 min - 21 min = 1,538 min = 92,280 s. Raised and annunciated: A, B, C1-C11, D, 3 x E = 17. */
const OBSERVED_S = 92_280;
const GOLDEN: Readonly<Record<string, number>> = {
  'alarms-per-10-min': (17 / OBSERVED_S) * 600,
  'peak-10-min': 13, // at 00:13:50: A (00:05:00), B, C1-C11 are all within 10 min
  'alarms-per-hour': (17 / OBSERVED_S) * 3_600,
  'alarms-per-day': (17 / OBSERVED_S) * 86_400,
  'windows-over-10': (1 / 154) * 100, // 00:10-00:20 has 12; 156 windows from 00:00 to 02:00 of day 2, less 01:00 and 01:10 when it was off
  'time-in-flood': (580 / OBSERVED_S) * 100, // the 11th is C9 at 00:13:30; fewer than 5 are left when C7 (00:13:10) is 10 min old, at 00:23:10
  'upset-first-10-min': 12, // B, C1-C11
  'top-ten-share': (12 / 17) * 100, // E three times, nine others once
  'chattering': 1, // E
  'fleeting': 2, // A, E
  'stale': 1, // D, from 00:50:00 of day 2
  'priority-1-share': (1 / 17) * 100, 'priority-2-share': (1 / 17) * 100, 'priority-3-share': (1 / 17) * 100, 'priority-4-share': (14 / 17) * 100,
  'unauthorised-suppression': 1, // G
  // 30 + 120 + 1,200 + 60 + (1,960 + 1,950 + ... + 1,870 = 19,150) = 20,560 s in 14 responses
  'response-average': 20_560 / 14,
  'response-p95': 1_960, // rank ceil(13.3) = 14: the longest
  'unanswered': 1, // C1
  'shelved': 1, 'out-of-service': 1, 'not-annunciated': 2 /* F, H */,
};

const dir = mkdtempSync(join(tmpdir(), 'haven-kpi-'));
afterAll(() => rmSync(dir, { recursive: true, force: true }));

async function kpi(...args: string[]): Promise<{ code: number; out: string; err: string }> {
  let out = '';
  let err = '';
  const code = await run(args, { stdout: (text) => { out += text; }, stderr: (text) => { err += text; }, cwd: dir });
  return { code, out, err };
}

beforeAll(() => {
  const opened = openJournal({ dir, mode: 'OPERATION', nowMs: () => at('00:00:00') });
  if (!opened.ok) throw new Error(opened.problem.message.en);
  const appended = opened.value.append(FACTS);
  expect(appended.ok).toBe(true);
  opened.value.close();
});

describe('the golden journal', () => {
  test('KPI-1 every KPI has the value worked out by hand', async () => {
    const { code, out } = await kpi('journal.sqlite', '--json');
    expect(code).toBe(0);
    const report = JSON.parse(out) as KpiReport;
    expect(Object.keys(GOLDEN).sort()).toEqual(KPI_DEFS.map(({ id }) => id).sort());
    const wrong = report.values.filter(({ id, value }) => value === null || Math.abs(value - (GOLDEN[id] ?? Number.NaN)) > 1e-9 * Math.max(1, Math.abs(value)));
    expect(wrong).toEqual([]);
    expect(report).toMatchObject({ raised: 17, observedMs: OBSERVED_S * 1_000, isShort: true, from: '2026-01-01T00:00:00.000Z', to: '2026-01-02T01:59:00.000Z' });
    expect(report.top[0]).toEqual({ id: 'E', raised: 3 });
  });

  test('KPI-2 verdicts: within the target, near (beyond it, within the limit), over, none without a target', async () => {
    const report = JSON.parse((await kpi('.', '--json')).out) as KpiReport;
    const verdicts = Object.fromEntries(report.values.map(({ id, verdict }) => [id, verdict]));
    expect(verdicts).toMatchObject({ 'alarms-per-10-min': 'within', 'peak-10-min': 'over', 'top-ten-share': 'over', 'priority-4-share': 'within', 'priority-1-share': 'over', 'response-average': 'none' });
  });

  test('KPI-3 a period is cut at whole windows, carries in what stood before it, and a rate is not extrapolated from less than its own unit', async () => {
    // 00:20-00:29: no alarm begins; the flood goes on until 00:23:10; twelve are in the look-back at 00:20:00.
    const report = JSON.parse((await kpi('.', '--json', '--from', '2026-01-01T00:25:00Z', '--to', '2026-01-01T00:29:00Z')).out) as KpiReport;
    const values = Object.fromEntries(report.values.map(({ id, value }) => [id, value]));
    expect(report).toMatchObject({ from: '2026-01-01T00:20:00.000Z', to: '2026-01-01T00:29:00.000Z', raised: 0, observedMs: 540_000 });
    expect(values['time-in-flood']).toBeCloseTo((190 / 540) * 100, 9);
    expect(values).toMatchObject({ 'peak-10-min': 12, 'alarms-per-10-min': null, 'alarms-per-hour': null, 'top-ten-share': null, 'upset-first-10-min': null, 'unanswered': 1 });
  });

  test('KPI-4 the station, fact by fact, says the same as the file', () => {
    const rolling = new RollingKpis();
    for (const fact of FACTS) rolling.apply(kpiEventOf(fact));
    const month = rolling.report('month', at('+01:59:00'));
    for (const { id, value } of month.values) expect(value, id).toBeCloseTo(GOLDEN[id] ?? Number.NaN, 9);
    expect(rolling.report('hour', at('+01:59:00'))).toMatchObject({ raised: 0 });
    const series = rolling.series(at('+01:59:00'));
    expect(series).toHaveLength(144);
    expect(series.find(({ startMs }) => startMs === at('+01:00:00'))?.raised).toBeNull();
    expect(series.find(({ startMs }) => startMs === at('02:00:00'))?.raised).toBe(0);
  });

  test('KPI-5 says each KPI in words, in both languages, and refuses what it cannot read', async () => {
    const words = await kpi('--definitions');
    for (const def of KPI_DEFS) expect(words.out).toContain(def.definition.zh);
    expect((await kpi('.')).out).toMatch(/not representative[\s\S]*peak-10-min +13 +alarms +<= 10 +- +OVER/u);
    for (const args of [['nowhere.sqlite'], [], ['.', '--from', 'yesterday'], ['.', '--from', '2026-01-01T00:00'], ['.', '--from', '2026-01-02T00:00Z', '--to', '2026-01-01T00:00Z'], ['journal.lock'], ['.', '--to', '2025-01-01T00:00Z']]) {
      const { code, err } = await kpi(...args);
      expect([args, code]).toEqual([args, 2]);
      expect(err).toMatch(/^haven kpi: /u);
    }
  });
});
