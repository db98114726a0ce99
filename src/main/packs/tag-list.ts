/**
 * Tags as CSV (`tags*.csv` in a plant's folder): how a plant gets its list out of the DCS. Read into the same shape as YAML and judged
 * by the same schema, so that a cell is told with file, line and column as a YAML node is.
 */
import { createHash } from 'node:crypto';
import path from 'node:path';
import type { TagDef } from '../../domain/packs/schema.ts';
import type { Cell } from './csv-cells.ts';
import { csvCell, csvCells } from './csv-cells.ts';
import type { Finding } from './finding.ts';
import type { Path, Place, ReadOutcome } from './yaml-source.ts';
import { PACK_FILE_MAX_BYTES } from './yaml-source.ts';

export const TAG_COLUMNS = ['id', 'area', 'kind', 'unit', 'low', 'high', 'states', 'scan', 'service', 'nodeId', 'zh', 'en'] as const;
type TagColumn = (typeof TAG_COLUMNS)[number];
const REQUIRED: readonly TagColumn[] = ['id', 'area', 'zh', 'en'];
/** The words of a discrete tag in one cell. */
const STATE_SEPARATOR = '|';
const NUMBER = /^[-+]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][-+]?\d+)?$/u;

/** One tag list; its plant is the folder it lies in. */
export function readTagList(file: string, bytes: Uint8Array): ReadOutcome {
  const refuse = (message: string, place: Place = { line: 1, column: 1 }): ReadOutcome => ({ source: null, findings: [{ file, ...place, severity: 'error', message }] });
  if (bytes.byteLength > PACK_FILE_MAX_BYTES) return refuse(`the file has ${bytes.byteLength} bytes; expected at most ${PACK_FILE_MAX_BYTES}`);
  const text = decode(bytes);
  if (text === null) return refuse('the file is neither UTF-8 nor GB18030; expected a list of tags as CSV');
  const parsed = csvCells(text);
  if ('message' in parsed) return refuse(parsed.message, parsed);
  const [header, ...rows] = parsed.rows;
  if (header === undefined) return refuse(`the file is empty; expected a header: ${TAG_COLUMNS.join(',')}`);
  const findings = [...headerFindings(file, header), ...rows.flatMap((row) => rowFindings(file, header, row))];
  if (findings.length > 0) return { source: null, findings };
  const columns = header.map((cell) => cell.text.trim() as TagColumn);
  const value = { plant: path.basename(path.dirname(path.resolve(file))), tags: rows.map((row) => tagOf(columns, row)) };
  const place = (at: Path): Place => placeIn(columns, rows, at);
  return { findings: [], source: { file, sha256: createHash('sha256').update(bytes).digest('hex'), value, place, placeOfKey: (at, key) => place([...at, key]) } };
}

/** The tags of a plant as CSV with a header, UTF-8 with BOM, so that a spreadsheet in China opens it rightly. */
export function writeTagList(tags: readonly TagDef[]): string {
  const lines = tags.map((tag) => TAG_COLUMNS.map((column) => csvCell(cellOf(tag, column))).join(','));
  return `\uFEFF${[TAG_COLUMNS.join(','), ...lines].join('\r\n')}\r\n`;
}

function cellOf(tag: TagDef, column: TagColumn): string {
  const value = (tag as Readonly<Record<string, unknown>>)[column];
  if (value === undefined) return '';
  if (column === 'scan') return `${String(value)} ms`;
  return Array.isArray(value) ? value.join(STATE_SEPARATOR) : String(value);
}

function decode(bytes: Uint8Array): string | null {
  for (const encoding of ['utf-8', 'gb18030']) {
    try {
      // TextDecoder takes off a BOM by itself.
      const text = new TextDecoder(encoding, { fatal: true }).decode(bytes);
       
      return /\u0000/u.test(text) ? null : text;
    } catch { /* the next encoding */ }
  }
  return null;
}

function headerFindings(file: string, header: readonly Cell[]): Finding[] {
  const names = header.map((cell) => cell.text.trim());
  const at = (cell: Cell, message: string): Finding => ({ file, line: cell.line, column: cell.column, severity: 'error', message });
  const wrong = header.flatMap((cell, index) => {
    const name = names[index] ?? '';
    if (!TAG_COLUMNS.some((column) => column === name)) return [at(cell, `unknown column '${name}'; expected ${TAG_COLUMNS.join(', ')}`)];
    return names.indexOf(name) < index ? [at(cell, `column '${name}' stands twice; expected every column once`)] : [];
  });
  const [first] = header;
  const lacking = REQUIRED.filter((column) => !names.includes(column));
  return first === undefined || lacking.length === 0 ? wrong : [...wrong, at(first, `the header lacks ${lacking.join(', ')}; expected ${TAG_COLUMNS.join(',')}`)];
}

function rowFindings(file: string, header: readonly Cell[], row: readonly Cell[]): Finding[] {
  const last = row.at(-1);
  if (row.length === header.length || last === undefined) return [];
  return [{ file, line: last.line, column: last.column, severity: 'error', message: `the line has ${row.length} cells; expected ${header.length}, as many as the header` }];
}

/** An empty cell says nothing. A number that is none stays text, for the schema to refuse. */
function tagOf(columns: readonly TagColumn[], row: readonly Cell[]): Record<string, unknown> {
  return Object.fromEntries(columns.flatMap((column, index): [string, unknown][] => {
    const text = row[index]?.text.trim() ?? '';
    if (text === '') return column === 'zh' || column === 'en' ? [[column, '']] : [];
    if (column === 'states') return [[column, text.split(STATE_SEPARATOR).map((word) => word.trim())]];
    return [[column, (column === 'low' || column === 'high') && NUMBER.test(text) ? Number(text) : text]];
  }));
}

function placeIn(columns: readonly TagColumn[], rows: readonly (readonly Cell[])[], at: Path): Place {
  const [list, index, key] = at;
  const row = list === 'tags' && typeof index === 'number' ? rows[index] : undefined;
  const column = columns.findIndex((name) => name === key);
  const cell = row?.[Math.max(0, column)];
  return cell === undefined ? { line: 1, column: 1 } : { line: cell.line, column: cell.column };
}
