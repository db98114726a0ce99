/** JSON to the byte, CSV that no spreadsheet runs, the published schema, and the search for a browser that prints. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { incidentReportSchema } from '../../../src/contract/report.ts';
import { findPrinter } from '../../../src/main/reports/browser.ts';
import type { Surroundings } from '../../../src/main/reports/browser.ts';
import { cell, csvPieces, SAMPLE_COLUMNS, isoIn, samplePieces } from '../../../src/main/reports/csv.ts';
import { reportJson } from '../../../src/main/reports/json.ts';
import { SCHEMA_FILE, schemaText } from '../../../src/main/reports/schema.ts';
import { exampleReport } from '../../support/report/example-report.ts';

const root = join(import.meta.dirname, '../../..');

describe('REQ-RPT-64 report.json', () => {
  test('the same report gives the same bytes, in whatever order its parts were put together', () => {
    const report = exampleReport();
    const turned = Object.fromEntries(Object.entries(exampleReport()).reverse()) as typeof report;
    const [one, other] = [reportJson(report), reportJson(turned)];
    expect(one).toEqual(other);
    expect(one.ok && one.text.endsWith('}\n')).toBe(true);
    expect(incidentReportSchema.safeParse(JSON.parse(one.ok ? one.text : '')).success).toBe(true);
  });

  test('what JSON would change in silence is no report', () => {
    const report = exampleReport();
    expect(reportJson({ ...report, people: { ...report.people, zones: report.people.zones.map((zone) => ({ ...zone, headMinutes: Number.NaN })) } })).toMatchObject({ ok: false, problem: expect.stringContaining('headMinutes') as string });
  });
});

describe('REQ-RPT-65 the schema is published', () => {
  test('the committed file is made of the contract as it is (node src/main/reports/schema.ts)', () => {
    expect(readFileSync(join(root, SCHEMA_FILE), 'utf8')).toBe(schemaText());
  });

  test('it is about every part of a report and forbids others', () => {
    const schema = JSON.parse(schemaText()) as { properties: Record<string, unknown>; required: string[]; additionalProperties: boolean };
    expect(Object.keys(schema.properties).sort()).toEqual(Object.keys(exampleReport()).sort());
    expect(schema.required.sort()).toEqual(Object.keys(exampleReport()).sort());
    expect(schema.additionalProperties).toBe(false);
  });
});

describe('REQ-RPT-66 CSV', () => {
  test.each([
    ['=HYPERLINK("http://x")', `"'=HYPERLINK(""http://x"")"`], ['+1', "'+1"], ['-5', "'-5"], ['@SUM(A1)', "'@SUM(A1)"], [' =1', "' =1"], ['\t=1', "'\t=1"], ['\n=1', `"'\n=1"`], ['a,b', '"a,b"'], ['a"b', '"a""b"'], ['a\r\nb', '"a\r\nb"'], ['退守', '退守'], ['', ''],
  ])('%j is written as %j', (words, written) => {
    expect(cell(words)).toBe(written);
  });

  test('our own numbers stay numbers; what is not known is empty', () => {
    expect([-5.25, 1e-7, null, Number.NaN].map(cell)).toEqual(['-5.25', '1e-7', '', '']);
  });

  test('any words come back from a reader as they were, but for the apostrophe that makes them text', () => {
    fc.assert(fc.property(fc.array(fc.array(fc.string({ unit: 'binary' }).map((words) => words.toWellFormed()), { minLength: 2, maxLength: 4 }), { minLength: 1, maxLength: 6 }), (rows) => {
      const width = Math.min(...rows.map((row) => row.length));
      const table = rows.map((row) => row.slice(0, width));
      const text = [...csvPieces(table[0] ?? [], table.slice(1))].join('');
      expect(text.startsWith('\ufeff')).toBe(true);
      const read = parse(text, { bom: true, record_delimiter: '\r\n', relax_column_count: true, skip_empty_lines: false });
      const plain = (words: string): string => words.replace(/^'/u, '');
      expect(read.map((row) => row.map(plain))).toEqual(table.map((row) => row.map(plain)));
    }));
  });

  test('a million rows go by in pieces, and no piece is long', () => {
    const rows = function* (): Generator<{ atMs: number; tag: string; value: number | null }> { for (let i = 0; i < 1_000_000; i += 1) yield { atMs: 1_790_000_000_000 + i, tag: 'TI-4203', value: i % 1_000 === 0 ? null : i / 7 }; };
    let [lines, longest] = [0, 0];
    for (const piece of samplePieces(rows(), isoIn('Asia/Shanghai'))) {
      longest = Math.max(longest, piece.length);
      lines += piece.split('\r\n').length - 1;
    }
    expect(lines).toBe(1_000_001);
    expect(longest).toBeLessThan(300_000);
  });

  test('samples are written like every other table', () => {
    const rows = [{ atMs: 5, tag: 'TI-1', value: -1.5 }, { atMs: 6, tag: '=X,1', value: 'open' }, { atMs: 7, tag: 'TI-1', value: null }, { atMs: 8, tag: 'B', value: true, quality: 'uncertain' as const }];
    const time = String;
    const plain = [...csvPieces(SAMPLE_COLUMNS, rows.map(({ atMs, tag, value, quality }) => [time(atMs), tag, typeof value === 'boolean' ? String(value) : value, quality ?? (value === null ? 'bad' : 'good')]))].join('');
    expect([...samplePieces(rows, time)].join('')).toBe(plain);
    expect(plain).toContain(`"'=X,1",open,good`);
  });

  test('times carry the offset of the plant, to the millisecond', () => {
    const ms = Date.UTC(2026, 10, 29, 17, 45, 7, 42);
    expect([isoIn('Asia/Shanghai')(ms), isoIn('UTC')(ms), isoIn('America/St_Johns')(ms)]).toEqual(['2026-11-30T01:45:07.042+08:00', '2026-11-29T17:45:07.042+00:00', '2026-11-29T14:15:07.042-03:30']);
    fc.assert(fc.property(fc.integer({ min: 0, max: 4e12 }), (any) => { expect(Date.parse(isoIn('Asia/Shanghai')(any))).toBe(any); }));
  });
});

describe('REQ-RPT-67 a browser that prints is looked for and never installed', () => {
  const with_ = (change: Partial<Surroundings>, programs: readonly string[]): ReturnType<typeof findPrinter> => findPrinter({ environment: { PATH: '/a:/b' }, platform: 'linux', isProgram: (path) => programs.includes(path), ...change });
  test('the one that is named, else one on the path, else one in its usual place', () => {
    expect(with_({ environment: { HAVEN_BROWSER: '/x/edge', PATH: '/a' } }, ['/x/edge', '/a/chromium'])).toEqual({ found: true, path: '/x/edge' });
    expect(with_({}, ['/b/google-chrome', '/usr/bin/chromium'])).toEqual({ found: true, path: '/b/google-chrome' });
    expect(with_({}, ['/opt/microsoft/msedge/msedge'])).toEqual({ found: true, path: '/opt/microsoft/msedge/msedge' });
    expect(with_({ platform: 'win32', environment: { 'PROGRAMFILES(X86)': 'C:\\P' } }, ['C:\\P\\Microsoft\\Edge\\Application\\msedge.exe'])).toEqual({ found: true, path: 'C:\\P\\Microsoft\\Edge\\Application\\msedge.exe' });
  });
  test('a named one that is none is not replaced by another; none at all is said in words', () => {
    expect(with_({ environment: { HAVEN_BROWSER: '/x/no', PATH: '/a' } }, ['/a/chromium'])).toEqual({ found: false, problem: 'HAVEN_BROWSER is /x/no, which is no program' });
    expect(with_({}, [])).toMatchObject({ found: false, problem: expect.stringContaining('HAVEN_BROWSER') as string });
  });
});
