// Questions to the alarm history and its export (docs/design/console.md, CON-39).
import { describe, expect, test } from 'vitest';
import fc from 'fast-check';
import { COMMANDS } from '../../../src/contract/commands.ts';
import type { AlarmEventView } from '../../../src/contract/view.ts';
import { csvCell, historyCsv, isoLocal, queryOf, readAll, readPage } from '../../../src/renderer/features/alarms/history-query.ts';
import type { Ask, HistoryFilter } from '../../../src/renderer/features/alarms/history-query.ts';

const T = 1_700_000_000_000;
const FILTER: HistoryFilter = { fromMs: T - 100_000, toMs: T, id: '', priorities: [], area: '', change: '', by: '' };
const event = (n: number): AlarmEventView => ({ n, atMs: T - (1_000 - n), id: `AL-${n}`, title: { zh: `报警 ${n}`, en: `alarm ${n}` }, priority: 2, change: 'raised', by: null });

/** A journal of `count` events that looks at `look` records a question and lets through what `isWanted` does. */
function journal(count: number, look: number, isWanted: (n: number) => boolean = () => true): { ask: Ask; asked: () => number } {
  let asked = 0;
  const ask: Ask = async (query) => {
    asked += 1;
    const first = (query.cursor ?? count + 1) - 1;
    const last = Math.max(0, first - Math.min(look, query.limit));
    const events = Array.from({ length: first - last }, (_, index) => first - index).filter(isWanted).map(event);
    return { outcome: 'done', output: { events, next: last === 0 ? null : last + 1 } };
  };
  return { ask, asked: () => asked };
}

describe('questions', () => {
  test('CON-39 what is left empty is not asked, and every question is one that the contract accepts', () => {
    expect(queryOf(FILTER, 200, null)).toEqual({ fromMs: T - 100_000, toMs: T, limit: 200, filter: {} });
    const full = queryOf({ ...FILTER, id: ' AL-1 ', priorities: [1, 2], area: 'storage', change: 'shelved', by: ' 王 ' }, 1_000, 7);
    expect(full).toMatchObject({ cursor: 7, filter: { id: 'AL-1', priority: [1, 2], area: 'storage', change: ['shelved'], by: '王' } });
    for (const query of [queryOf(FILTER, 200, null), full]) expect(COMMANDS['alarm.history'].input.safeParse(query).success).toBe(true);
  });

  test('an id with a blank and an end before the beginning are no questions', () => {
    expect([queryOf({ ...FILTER, id: 'a b' }, 1, null), queryOf({ ...FILTER, toMs: FILTER.fromMs - 1 }, 1, null), queryOf({ ...FILTER, fromMs: Number.NaN }, 1, null)]).toEqual([null, null, null]);
  });

  test('CON-39 empty pages are gone over until there is something to show', async () => {
    const { ask, asked } = journal(1_000, 10, (n) => n <= 3);
    const answer = await readPage(ask, FILTER, 200);
    expect(answer).toMatchObject({ outcome: 'done', output: { events: [{ n: 3 }, { n: 2 }, { n: 1 }], next: null } });
    expect(asked()).toBe(20);
  });
});

describe('the export', () => {
  test('CON-39 it holds all that is filtered, once, newest first, however the station cuts its pages', async () => {
    await fc.assert(fc.asyncProperty(fc.integer({ min: 0, max: 400 }), fc.integer({ min: 1, max: 90 }), fc.integer({ min: 1, max: 5 }), async (count, look, every) => {
      const parts: number[] = [];
      const end = await readAll(journal(count, look, (n) => n % every === 0).ask, FILTER, ({ part }) => parts.push(part), () => false);
      expect(end).toMatchObject({ end: 'done', isCut: false });
      expect(end.end === 'done' ? end.rows.map(({ n }) => n) : []).toEqual(Array.from({ length: count }, (_, index) => count - index).filter((n) => n % every === 0));
      expect(parts.at(-1)).toBe(1);
      expect(parts).toEqual(parts.toSorted((a, b) => a - b));
    }));
  });

  test('cancelling asks nothing more and gives no file; a limit is said', async () => {
    const source = journal(10_000, 10);
    let pages = 0;
    expect(await readAll(source.ask, FILTER, () => { pages += 1; }, () => pages === 3)).toEqual({ end: 'cancelled' });
    expect(source.asked()).toBe(3);
    expect(await readAll(journal(100, 10).ask, FILTER, () => undefined, () => false, 25)).toMatchObject({ end: 'done', isCut: true, rows: { length: 25 } });
  });

  test('a station that fails fails the export', async () => {
    const ask: Ask = async () => ({ outcome: 'failed', id: 'x', problem: { code: 'timeout', message: '' } });
    expect(await readAll(ask, FILTER, () => undefined, () => false)).toMatchObject({ end: 'failed', answer: { problem: { code: 'timeout' } } });
  });

  test('CON-39 the file begins with the mark that Excel needs; commas, quotes and lines stay in their cell; a formula becomes text', () => {
    const words = { columns: ['时间', 'No.', 'id', 'p', 'zh', 'en', 'change', 'by', 'mode'], change: () => '发生', mode: '演练 TRAINING' };
    const csv = historyCsv([{ ...event(5), title: { zh: '压力，"高"', en: 'a,b\nc' }, by: '=1+1' }], words);
    expect(csv.startsWith('\u{FEFF}时间,No.')).toBe(true);
    expect(csv).toContain(`,5,AL-5,2,"压力，""高""","a,b\nc",发生,'=1+1,演练 TRAINING\r\n`);
    expect([csvCell(null), csvCell(-5), csvCell('-5'), csvCell('@x')]).toEqual(['', '-5', "'-5", "'@x"]);
  });

  test('times carry ms and their offset', () => {
    expect(isoLocal(Date.UTC(2026, 0, 2, 3, 4, 5, 60), 480)).toBe('2026-01-02T11:04:05.060+08:00');
    expect(isoLocal(Date.UTC(2026, 0, 2, 3, 4, 5, 60), -210)).toBe('2026-01-01T23:34:05.060-03:30');
  });
});
