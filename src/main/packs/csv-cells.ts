/** CSV by RFC 4180 with the place of every cell: a finding in a list of ten thousand tags must say which cell. */
export interface Cell { readonly text: string; readonly line: number; readonly column: number }
export type CsvOutcome = { readonly rows: readonly (readonly Cell[])[] } | { readonly line: number; readonly column: number; readonly message: string };

/** Limits on everything. */
const MAX_ROWS = 20_001;
const MAX_CELLS_PER_ROW = 100;

/** Rows of cells; lines and columns from 1, a column counting characters. Empty lines are left out. */
export function csvCells(text: string): CsvOutcome {
  const rows: Cell[][] = [];
  let row: Cell[] = [];
  let at = 0;
  let line = 1;
  let lineStart = 0;
  while (at <= text.length) {
    const start = { line, column: at - lineStart + 1 };
    let content = '';
    if (text[at] === '"') {
      const end = endOfQuote(text, at);
      if (end < 0) return { ...start, message: 'the quote is never closed; expected a second " at the end of the cell' };
      content = text.slice(at + 1, end).replaceAll('""', '"');
      for (let index = at; index < end; index += 1) if (text[index] === '\n') { line += 1; lineStart = index + 1; }
      at = end + 1;
      if (at < text.length && !/[,\r\n]/u.test(text[at] ?? '')) return { line, column: at - lineStart + 1, message: 'text stands after the closing quote; expected a comma or the end of the line' };
    } else {
      const end = endOfPlain(text, at);
      content = text.slice(at, end);
      const quote = content.indexOf('"');
      if (quote >= 0) return { ...start, message: 'a quote stands inside a cell without quotes; expected "..." around the cell and "" for a quote in it' };
      at = end;
    }
    row.push({ text: content, ...start });
    if (row.length > MAX_CELLS_PER_ROW) return { ...start, message: `the line has more than ${MAX_CELLS_PER_ROW} cells; expected the columns of a tag list` };
    if (text[at] === ',') { at += 1; continue; }
    if (row.length > 1 || content !== '') rows.push(row);
    if (rows.length > MAX_ROWS) return { ...start, message: `the list has more than ${MAX_ROWS - 1} tags; expected at most so many in one file` };
    row = [];
    if (at >= text.length) break;
    at += text.startsWith('\r\n', at) ? 2 : 1;
    line += 1;
    lineStart = at;
  }
  return { rows };
}

function endOfQuote(text: string, open: number): number {
  let at = text.indexOf('"', open + 1);
  while (at >= 0 && text[at + 1] === '"') at = text.indexOf('"', at + 2);
  return at;
}

function endOfPlain(text: string, start: number): number {
  for (let at = start; at < text.length; at += 1) {
    const character = text[at];
    if (character === ',' || character === '\n' || character === '\r') return at;
  }
  return text.length;
}

/** One cell as it is written: quoted where a reader needs it. */
export function csvCell(text: string): string {
  return /[",\r\n]/u.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
