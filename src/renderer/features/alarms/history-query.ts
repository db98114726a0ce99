/** Questions to the alarm history, and its export as CSV: exactly what is filtered, page by page, with progress and an end. Pure but for `ask`. */
import type { CommandInput, CommandOutput } from '../../../contract/commands.ts';
import type { AlarmChange, AlarmEventView, Priority } from '../../../contract/view.ts';
import type { Outcome } from '../../transport/client.ts';

export type HistoryFilter = { fromMs: number; toMs: number; id: string; priorities: readonly Priority[]; area: string; change: AlarmChange | ''; by: string };
type Query = CommandInput<'alarm.history'>;
type Page = CommandOutput<'alarm.history'>;
export type Ask = (query: Query) => Promise<Outcome<'alarm.history'>>;

const ID = /^[\w\-.:/()]+$/u;
/** Rows of one question for the screen, and for the export. */
export const SCREEN_PAGE = 200;
const EXPORT_PAGE = 1_000;
/** A file that a spreadsheet still opens; more is asked for in two periods. */
export const EXPORT_ROWS_MAX = 500_000;
/** A page may be short, even empty, and still go on: so many questions in a row for one look at the screen. */
const EMPTY_PAGES_MAX = 50;

/** Null when it is no question the station would understand (an id with a blank in it, an end before the beginning). */
export function queryOf(filter: HistoryFilter, limit: number, cursor: number | null): Query | null {
  const id = filter.id.trim();
  if ((id !== '' && (!ID.test(id) || id.length > 80)) || !(filter.fromMs >= 0) || !(filter.toMs >= filter.fromMs)) return null;
  return {
    fromMs: filter.fromMs, toMs: filter.toMs, limit, ...(cursor === null ? {} : { cursor }),
    filter: { ...(id === '' ? {} : { id }), ...(filter.priorities.length === 0 ? {} : { priority: [...filter.priorities] }), ...(filter.area === '' ? {} : { area: filter.area }), ...(filter.change === '' ? {} : { change: [filter.change] }), ...(filter.by.trim() === '' ? {} : { by: filter.by.trim() }) },
  };
}

/** One page for the screen: goes on over empty pages until there is something or the beginning is reached. */
export async function readPage(ask: Ask, filter: HistoryFilter, cursor: number | null, isStopped: () => boolean = () => false): Promise<Outcome<'alarm.history'>> {
  let at = cursor;
  for (let pages = 1; ; pages += 1) {
    const query = queryOf(filter, SCREEN_PAGE, at);
    if (query === null) return { outcome: 'failed', id: '', problem: { code: 'bad-input', message: '' } };
    const answer = await ask(query);
    if (answer.outcome !== 'done' || answer.output.events.length > 0 || answer.output.next === null || pages === EMPTY_PAGES_MAX || isStopped()) return answer;
    at = answer.output.next;
  }
}

export type ExportEnd =
  | { end: 'done'; rows: AlarmEventView[]; isCut: boolean }
  | { end: 'cancelled' }
  | { end: 'failed'; answer: Exclude<Outcome<'alarm.history'>, { outcome: 'done' }> };
export type Progress = { rows: number; /** 0 to 1: how far back in the period. */ part: number };

/** Reads everything the filter lets through, newest first. `isStopped` is looked at before each question. */
export async function readAll(ask: Ask, filter: HistoryFilter, tell: (progress: Progress) => void, isStopped: () => boolean, rowsMax = EXPORT_ROWS_MAX): Promise<ExportEnd> {
  const rows: AlarmEventView[] = [];
  let cursor: number | null = null;
  for (;;) {
    if (isStopped()) return { end: 'cancelled' };
    const query = queryOf(filter, EXPORT_PAGE, cursor);
    if (query === null) return { end: 'failed', answer: { outcome: 'failed', id: '', problem: { code: 'bad-input', message: '' } } };
    const answer: Outcome<'alarm.history'> = await ask(query);
    if (answer.outcome !== 'done') return { end: 'failed', answer };
    const page: Page = answer.output;
    rows.push(...page.events.slice(0, rowsMax - rows.length));
    const span = Math.max(1, filter.toMs - filter.fromMs);
    const reachedMs = page.next === null ? filter.fromMs : (rows.at(-1)?.atMs ?? filter.toMs);
    tell({ rows: rows.length, part: Math.min(1, Math.max(0, (filter.toMs - reachedMs) / span)) });
    if (page.next === null) return { end: 'done', rows, isCut: false };
    if (rows.length >= rowsMax) return { end: 'done', rows, isCut: true };
    cursor = page.next;
  }
}

/** A byte order mark, because Excel takes a file without one for the local code page and breaks the Chinese. */
const BOM = '\u{FEFF}';
const two = (n: number, digits = 2): string => String(n).padStart(digits, '0');

/** Local time with ms and offset: `2026-11-22T14:32:08.120+08:00`. */
export function isoLocal(ms: number, offsetMinutes = -new Date(ms).getTimezoneOffset()): string {
  const at = new Date(ms + offsetMinutes * 60_000);
  const off = Math.abs(offsetMinutes);
  return `${at.toISOString().slice(0, 23)}${offsetMinutes < 0 ? '-' : '+'}${two(Math.floor(off / 60))}:${two(off % 60)}`;
}

/** By RFC 4180; and a cell that a spreadsheet would take for a formula is made text, because people write into these fields. */
export function csvCell(value: string | number | null): string {
  const text = value === null ? '' : String(value);
  const safe = typeof value === 'string' && /^[=+\-@\t\r]/u.test(text) ? `'${text}` : text;
  return /[",\r\n]/u.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** `mode`: the word of the station's mode, in every row (hmi rule 12): an exercise is never taken for the plant. */
export type CsvWords = { columns: readonly string[]; change(change: AlarmChange): string; mode: string };
export function historyCsv(rows: readonly AlarmEventView[], words: CsvWords): string {
  const lines = rows.map(({ n, atMs, id, priority, title, change, by }) => [isoLocal(atMs), n, id, priority, title.zh, title.en, words.change(change), by, words.mode].map(csvCell).join(','));
  return `${BOM}${[words.columns.map(csvCell).join(','), ...lines].join('\r\n')}\r\n`;
}
