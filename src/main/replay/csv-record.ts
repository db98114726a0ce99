/** One CSV record by RFC 4180, cut apart with care: quotes, blanks around fields, line ends inside quotes. */

export const COMMA = 44;
export const QUOTE = 34;
export const LF = 10;
export const CR = 13;

export interface CsvRecord {
  /** Trimmed, except what stood in quotes. */
  readonly fields: readonly string[];
  /** Nothing but blanks on the line. */
  readonly isBlank: boolean;
  /** Where the next record begins. */
  readonly next: number;
}

export type CutRecord = CsvRecord | { readonly problem: string; readonly field: number } | 'unfinished';

/**
 * Cuts the record that begins at `from`. A line end inside quotes belongs to the field.
 * @param to end of the bytes that are there; a record that does not end before it is `unfinished`
 */
export function cutRecord(bytes: Uint8Array, from: number, to: number, lineEnd: number, decode: (bytes: Uint8Array) => string): CutRecord {
  const fields: string[] = [];
  let hasQuotes = false;
  for (let start = from; ;) {
    const stop = stopAt(bytes, start, to, lineEnd);
    if (stop === to) return 'unfinished';
    let end = stop;
    if (bytes[stop] === QUOTE) {
      if (decode(bytes.subarray(start, stop)).trim() !== '') return { problem: 'a quote stands inside a field that is not quoted', field: fields.length + 1 };
      const close = closingQuote(bytes, stop + 1, to);
      if (close === to) return 'unfinished';
      end = stopAt(bytes, close + 1, to, lineEnd);
      if (end === to) return 'unfinished';
      if (bytes[end] === QUOTE || decode(bytes.subarray(close + 1, end)).trim() !== '') return { problem: 'text follows the closing quote of a field', field: fields.length + 1 };
      fields.push(decode(bytes.subarray(stop + 1, close)).replaceAll('""', '"'));
      hasQuotes = true;
    } else fields.push(decode(bytes.subarray(start, stop)).trim());
    if (bytes[end] === lineEnd) return { fields, isBlank: fields.length === 1 && fields[0] === '' && !hasQuotes, next: end + 1 };
    start = end + 1;
  }
}

/** The next comma, quote or line end; `to` when there is none. */
function stopAt(bytes: Uint8Array, from: number, to: number, lineEnd: number): number {
  for (let i = from; i < to; i += 1) {
    const byte = bytes[i];
    if (byte === COMMA || byte === QUOTE || byte === lineEnd) return i;
  }
  return to;
}

/** A quote that is not doubled. At the very end of what is there it may yet be. */
function closingQuote(bytes: Uint8Array, from: number, to: number): number {
  for (let i = bytes.indexOf(QUOTE, from); i >= 0 && i + 1 < to; i = bytes.indexOf(QUOTE, i + 2)) if (bytes[i + 1] !== QUOTE) return i;
  return to;
}

/** The byte that ends the rows of this file: LF (also after CR), or CR alone, by the first that stands outside quotes. */
export function lineEndOf(bytes: Uint8Array, to: number): number {
  let isQuoted = false;
  for (let i = 0; i < to; i += 1) {
    const byte = bytes[i];
    if (byte === QUOTE) isQuoted = !isQuoted;
    else if (byte === LF && !isQuoted) return LF;
    else if (byte === CR && !isQuoted) return bytes[i + 1] === LF || i + 1 === to ? LF : CR;
  }
  return LF;
}
