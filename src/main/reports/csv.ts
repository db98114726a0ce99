/**
 * `events.csv` and `samples.csv`: RFC 4180, UTF-8 with BOM so that a spreadsheet reads Chinese, in pieces, however many rows there are.
 *
 * Words of people may begin like a formula (`=HYPERLINK(...)`): such a cell begins with an apostrophe, which makes it text. Numbers that we
 * write ourselves are left alone.
 */
const BOM = '\ufeff';
const LINE_END = '\r\n';
/** Characters put together before they are handed on. */
const PIECE_LENGTH = 262_144;

export type CsvValue = string | number | null;

/** One cell. Guarded as text: what a spreadsheet would take for a formula, also behind blanks and line ends. */
export function cell(value: CsvValue): string {
  if (value === null) return '';
  if (typeof value === 'number') return Number.isFinite(value) ? String(value) : '';
  const words = value.toWellFormed();
  const guarded = /^[\s\u0000-\u001f]*[=+\-@\t\r]/u.test(words) ? `'${words}` : words;
  return /[",\r\n]/u.test(guarded) ? `"${guarded.replaceAll('"', '""')}"` : guarded;
}

/** The text of a file in pieces: head, then rows as they come. Never more than a piece in memory. */
export function* csvPieces(columns: readonly string[], rows: Iterable<readonly CsvValue[]>): Generator<string> {
  let piece = `${BOM}${columns.map(cell).join(',')}${LINE_END}`;
  for (const row of rows) {
    piece += `${row.map(cell).join(',')}${LINE_END}`;
    if (piece.length < PIECE_LENGTH) continue;
    yield piece;
    piece = '';
  }
  if (piece !== '') yield piece;
}

export interface EventRow {
  readonly n: number;
  readonly atMs: number;
  readonly wallMs: number;
  readonly lane: string;
  readonly type: string;
  readonly by: string;
  readonly zh: string;
  readonly en: string;
  /** Canonical JSON of what the record holds. */
  readonly data: string;
}
export const EVENT_COLUMNS = ['record', 'time', 'wall_time', 'track', 'type', 'by', 'text_zh', 'text_en', 'data', 'mode'] as const;

/** @param mode OPERATION, TRAINING or RECONSTRUCTED: it stands in every row, wherever a row is copied to */
export function* eventRows(events: Iterable<EventRow>, time: (ms: number) => string, mode: string): Generator<readonly CsvValue[]> {
  for (const { n, atMs, wallMs, lane, type, by, zh, en, data } of events) yield [n, time(atMs), time(wallMs), lane, type, by, zh, en, data, mode];
}

export interface SampleRow {
  readonly atMs: number;
  readonly tag: string;
  /** null: nothing is known from here on. A state is its word. */
  readonly value: number | boolean | string | null;
  readonly quality?: 'good' | 'uncertain' | 'bad';
}
/** As `haven replay` reads them (long form), so that what was kept can be played again. */
export const SAMPLE_COLUMNS = ['time', 'tag', 'value', 'quality'] as const;

/** As `csvPieces` would write them, line by line without a cell that need not be looked at: there may be ten million. */
export function* samplePieces(samples: Iterable<SampleRow>, time: (ms: number) => string): Generator<string> {
  const tags = new Map<string, string>();
  let piece = `${BOM}${SAMPLE_COLUMNS.join(',')}${LINE_END}`;
  for (const { atMs, tag, value, quality = value === null ? 'bad' : 'good' } of samples) {
    let name = tags.get(tag);
    if (name === undefined) tags.set(tag, (name = cell(tag)));
    piece += `${time(atMs)},${name},${typeof value === 'boolean' ? String(value) : cell(value)},${quality}${LINE_END}`;
    if (piece.length < PIECE_LENGTH) continue;
    yield piece;
    piece = '';
  }
  if (piece !== '') yield piece;
}

/** ISO 8601 with the offset of the zone, to the millisecond: a spreadsheet and a program read it alike. */
export function isoIn(timeZone: string): (ms: number) => string {
  const format = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'medium' });
  const offset = new Intl.DateTimeFormat('en-US', { timeZone, timeZoneName: 'longOffset' });
  let last = { second: Number.NaN, text: '', offset: '' };
  return (ms) => {
    const second = Math.floor(ms / 1_000);
    if (second !== last.second) {
      const name = offset.formatToParts(ms).find(({ type }) => type === 'timeZoneName')?.value ?? 'GMT';
      last = { second, text: format.format(ms).replace(' ', 'T'), offset: name === 'GMT' ? '+00:00' : name.replace('GMT', '') };
    }
    return `${last.text}.${String(((ms % 1_000) + 1_000) % 1_000).padStart(3, '0')}${last.offset}`;
  };
}
