/** REQ-REPL-02 REQ-REPL-03 REQ-REPL-04: what a trace's bytes mean, however they are written and in whatever pieces they come. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { PlantPack } from '../../../src/domain/packs/schema.ts';
import { sampleAt } from '../../../src/main/replay/channels-of-trace.ts';
import { InstantQueue } from '../../../src/main/replay/instant.ts';
import { TraceReader } from '../../../src/main/replay/trace-reader.ts';
import type { TraceOptions, TraceProblem } from '../../../src/main/replay/trace-reader.ts';
import { referenceTrace } from './reference-trace.ts';

/** A plant of five columns, one of each kind, with Chinese words. */
const tag = (id: string, kind: Record<string, unknown>): unknown => ({ id, area: 'a', zh: id, en: id, ...kind });
const pack = {
  id: 'five', labs: [{ id: 'L' }], observations: [{ id: 'S' }],
  tags: [tag('TI-1', { kind: 'analog', unit: 'degC', low: 0, high: 100 }), tag('温度2', { kind: 'analog', unit: 'degC', low: 0, high: 100 }), tag('XV-1', { kind: 'discrete', states: ['关闭', '打开', 'fault', '𠮷'] }), tag('B-1', { kind: 'boolean' })],
} as unknown as PlantPack;
const HEADER = 'time,TI-1,温度2,XV-1,B-1,lab:L,seen:S';

interface Read {
  readonly samples: readonly string[];
  readonly problems: readonly TraceProblem[];
  readonly peakBytes: number;
}

const said = (at: number, id: string, value: unknown, status: number): string => `${at} ${id} ${Object.is(value, -0) ? '-0' : String(value)} ${status}`;

function read(bytes: Uint8Array, pieces: readonly number[] = [], options: Partial<TraceOptions> & { decideBytes?: number; recordMaxBytes?: number } = {}): Read {
  const { decideBytes = 1_048_576, recordMaxBytes = 1_048_576, ...rest } = options;
  const all = Number.POSITIVE_INFINITY;
  const reader = new TraceReader(pack, { ignoreUnknown: false, ...rest }, { queue: new InstantQueue({ headSamples: all, heldMax: all }), decideBytes, recordMaxBytes });
  let peakBytes = 0;
  let from = 0;
  for (const length of [...pieces, bytes.length]) {
    reader.push(bytes.subarray(from, from + length));
    from += length;
    peakBytes = Math.max(peakBytes, reader.heldBytes);
  }
  reader.end();
  const samples = reader.queue.waiting.flatMap((at) => Array.from({ length: at.count }, (_, i) => {
    const s = sampleAt(reader.channels, at, i);
    return said(s.sourceMs, s.tag, s.value, s.status);
  }));
  return { samples, problems: reader.problems, peakBytes };
}

function reference(text: string): Omit<Read, 'peakBytes'> {
  const result = referenceTrace(text, pack, { ignoreUnknown: false });
  return result.ok ? { samples: result.trace.rows.flatMap(({ samples }) => samples.map((s) => said(s.sourceMs, s.tag, s.value, s.status))), problems: [] } : { samples: [], problems: result.problems };
}

/** GB18030 of the characters of these tests: two bytes and four. The platform has a decoder for it and no encoder. */
const GB: Readonly<Record<string, readonly number[]>> = {
  '温': [0xce, 0xc2], '度': [0xb6, 0xc8], '关': [0xb9, 0xd8], '闭': [0xb1, 0xd5], '打': [0xb4, 0xf2], '开': [0xbf, 0xaa], '𠮷': [0x95, 0x34, 0xb2, 0x35], '\uFEFF': [0x84, 0x31, 0x95, 0x33], '模': [0xc4, 0xa3],
};
const gb18030 = (text: string): Uint8Array => Uint8Array.from([...text].flatMap((c) => GB[c] ?? [...Buffer.from(c, 'ascii')]));

const digits = fc.array(fc.constantFrom(...'0123456789'), { minLength: 1, maxLength: 24 }).map((list) => list.join(''));
const number = fc.oneof(
  fc.constantFrom('1e-7', '+5', '.5', '-0', '00012', '5.', '+.5', '-0.0', '1E+3', '0.1', '123456789012345', '999999999999999', '9007199254740993', '0.000000000000001', '123456789012345678901234567890', '1e400', '-1e-400', 'NaN', '-inf', 'Infinity'),
  fc.tuple(fc.constantFrom('', '-', '+'), digits, fc.option(digits), fc.option(fc.integer({ min: -330, max: 330 }))).map(([sign, whole, fraction, power]) => `${sign}${whole}${fraction === null ? '' : `.${fraction}`}${power === null ? '' : `e${power}`}`),
  fc.double({ noNaN: true, noDefaultInfinity: true }).map(String),
  fc.integer({ min: 0, max: 10_000 }).map((n) => (n / 100).toFixed(2)),
);
const quality = fc.constantFrom('!bad', '!uncertain', '');
const fields = fc.tuple(
  fc.oneof({ weight: 5, arbitrary: number }, quality), fc.oneof({ weight: 5, arbitrary: number }, quality), fc.oneof({ weight: 5, arbitrary: fc.constantFrom('关闭', '打开', 'fault', '𠮷', '0', '2', '1e0') }, quality),
  fc.oneof({ weight: 5, arbitrary: fc.constantFrom('true', 'FALSE', '0', '1') }, quality), fc.oneof(number, quality), fc.oneof(fc.constantFrom('true', 'False'), quality),
);
/** The same field, written in other ways that mean the same. */
const written = (field: string): fc.Arbitrary<string> => fc.constantFrom(field, field, field, `"${field}"`, ` ${field}`, `${field}\t`, ` "${field}" `);
const line = (seconds: number): fc.Arbitrary<string> => fields.chain((list) => fc.tuple(fc.tuple(...list.map(written)), fc.integer({ min: 0, max: 6 })).map(([texts, left]) => `${seconds},${texts.slice(0, 6 - left).join(',')}`.replace(/,$/u, left === 6 ? '' : ',')));
const file = fc.tuple(fc.integer({ min: 1, max: 8 }).chain((n) => fc.tuple(...Array.from({ length: n }, (_, i) => line(i * 3 + (i % 4 === 3 ? -4 : 0))))), fc.constantFrom('\n', '\r\n'), fc.boolean(), fc.boolean(), fc.nat(3))
  .map(([lines, eol, hasEnd, hasBom, blank]) => `${hasBom ? '\uFEFF' : ''}${[HEADER, ...lines.flatMap((text, i) => (i === blank ? ['', text] : [text]))].join(eol)}${hasEnd ? eol : ''}`);

describe('REQ-REPL-02 every way to write a trace means what csv-parse says that it means', () => {
  it('numbers, words, qualities, quotes, blanks, CRLF, LF, BOM, empty fields, blank and short lines, in any pieces, in both encodings', () => {
    let samples = 0;
    fc.assert(fc.property(file, fc.array(fc.integer({ min: 1, max: 40 }), { maxLength: 40 }), (text, pieces) => {
      const expected = reference(text);
      samples += expected.samples.length;
      // Samples of one time stand together in both; the file's order is kept within.
      expect(read(Buffer.from(text), pieces)).toMatchObject(expected);
      expect(read(gb18030(text), pieces)).toMatchObject(expected);
    }), { numRuns: 300 });
    expect(samples).toBeGreaterThan(1_000);
  });

  it('any rubbish is refused or read as csv-parse would, and never throws', () => {
    const rubbish = fc.array(fc.constantFrom(',', '"', '\n', ' ', '0', '1', '5', '.', '-', 'e', '!', 'x', '温', '""', '\n1,2', '"\n'), { maxLength: 30 }).map((list) => list.join(''));
    fc.assert(fc.property(rubbish, fc.boolean(), fc.nat(20), (text, isHeaderGood, piece) => {
      const whole = isHeaderGood ? `${HEADER}\n0,${text}` : text;
      const expected = reference(whole);
      const found = read(Buffer.from(whole), [piece]);
      expect(found.problems.length > 0).toBe(expected.problems.length > 0);
      if (expected.problems.length === 0) expect(found.samples).toEqual(expected.samples);
    }), { numRuns: 500 });
  });

  it('long traces too, with and without quality', () => {
    const row = fc.tuple(fc.oneof(fc.tuple(fc.constantFrom('TI-1', '温度2', 'lab:L'), number), fc.tuple(fc.constant('XV-1'), fc.constantFrom('打开', 'fault', '1')), fc.tuple(fc.constantFrom('B-1', 'seen:S'), fc.constantFrom('true', '0'))), fc.constantFrom('', 'good', 'Good', 'bad', '!uncertain', '0', '0x80000000', '1073741824'), fc.constantFrom('', '"', ' '));
    fc.assert(fc.property(fc.array(row, { minLength: 1, maxLength: 12 }), fc.nat(30), (rows, piece) => {
      const text = `time,tag,value,quality\n${rows.map(([[id, value], q, wrap], i) => `${Math.floor(i / 3)},${wrap}${id}${wrap},${wrap}${value}${wrap},${q}`).join('\n')}\n`;
      expect(read(Buffer.from(text), [piece, 1, 1, 1])).toMatchObject(reference(text));
    }), { numRuns: 200 });
  });

  it('a number is what Number() makes of its text, to the last bit', () => {
    fc.assert(fc.property(number.filter((text) => !/n/iu.test(text)), (text) => {
      expect(read(Buffer.from(`time,TI-1\n0,${text}\n`)).samples).toEqual([said(946_684_800_000, 'TI-1', Number(text), 0)]);
    }), { numRuns: 1_000 });
  });
});

describe('REQ-REPL-03 UTF-8 or GB18030, found out while it streams', () => {
  const text = `${HEADER}\n0,1.5,2,关闭,true,3,true\n1,"1.5",,𠮷,0,,\n2,,,打开,,,\n`;
  const expected = reference(text);

  it('cut at every byte, in either encoding, with a byte order mark or without', () => {
    for (const whole of [Buffer.from(text), Buffer.from(`\uFEFF${text}`), gb18030(text), gb18030(`\uFEFF${text}`)]) {
      for (let cut = 0; cut <= whole.length; cut += 1) expect(read(whole, [cut])).toMatchObject(expected);
      expect(read(whole, Array.from(whole, () => 1), { decideBytes: 32 })).toMatchObject(expected);
    }
  });

  it('lines of ASCII leave it open; the first others decide', () => {
    const ascii = `time,TI-1,XV-1\n${Array.from({ length: 20 }, (_, i) => `${i},1,fault\n`).join('')}`;
    for (const encode of [(s: string) => Buffer.from(s), gb18030]) expect(read(encode(`${ascii}20,1,打开\n`), [], { decideBytes: 16 }).samples.at(-1)).toContain('打开');
  });

  it('the lines of the beginning decide together: a header that could be both is read by what follows it', () => {
    // 模 in GB18030 happens to be valid UTF-8 as well, of another character.
    expect(read(gb18030('time,模\n0,1\n')).problems[0]?.message).toContain("'ģ'");
    expect(read(gb18030('time,模\n0,1\n'), [], { encoding: 'gb18030' }).problems[0]?.message).toContain("'模'");
    expect(read(gb18030('time,模,XV-1\n0,1,打开\n')).problems[0]?.message).toContain("'模'");
  });

  it('what was UTF-8 and then is not is refused by its line, as is what is neither', () => {
    const mixed = Buffer.concat([Buffer.from(`${HEADER}\n0,1,2,关闭,1,1,1\n`), gb18030('1,1,2,打开,1,1,1\n')]);
    expect(read(mixed, [], { decideBytes: 16 })).toMatchObject({ problems: [{ line: 3, column: 1, message: expect.stringContaining('is not UTF-8, like the lines before') as string }] });
    expect(read(Buffer.concat([Buffer.from('time,TI-1\n0,1\n'), Uint8Array.of(0xff, 0xff, 10)])).problems[0]).toMatchObject({ line: 3, message: expect.stringContaining('not UTF-8 or GB18030') as string });
    expect(read(gb18030(text), [], { encoding: 'utf8' }).problems[0]).toMatchObject({ line: 1, column: 1, message: expect.stringContaining('not utf8 text') as string });
    expect(read(Uint8Array.of(0xff, 0xfe, 0x74, 0)).problems[0]?.message).toContain('UTF-16');
  });
});

describe('REQ-REPL-04 what is wrong is told by line and column, and costs no memory', () => {
  it.each([
    ['a quote inside a field', `${HEADER}\n0,1\n1,4"5\n`, 3, 2],
    ['text behind a closing quote', `${HEADER}\n0,"4"5\n`, 2, 2],
    ['a quote that is never closed', `${HEADER}\n0,1\n1,"45\n2,3\n`, 3, 1],
    ['a word behind a field with line breaks', `${HEADER}\n\n0,1,2,"fault",1,,"tr\nue"\n`, 3, 7],
    ['a time beyond all calendars', `${HEADER}\n1e300,1\n`, 2, 1],
    ['one field too many', `${HEADER}\n0,1,2,fault,1,1,true,8\n`, 2, 8],
  ])('%s', (_title, text, lineNumber, column) => {
    expect(read(Buffer.from(text)).problems).toMatchObject([{ line: lineNumber, column, message: expect.stringContaining('expected') as string }]);
  });

  it('rows after a problem are looked at for more problems, in their order', () => {
    expect(read(Buffer.from('time,TI-1,B-1\n0,hot,1\n5,1,maybe\n30,1,1\n2,1,1\n')).problems.map(({ line: at, column }) => `${at}:${column}`)).toEqual(['2:2', '3:3', '5:1']);
  });

  it('an open quote does not swallow the file', () => {
    const whole = Buffer.from(`time,TI-1\n0,"${'1,'.repeat(50_000)}`);
    const found = read(whole, Array.from({ length: whole.length / 500 }, () => 500), { recordMaxBytes: 10_000, decideBytes: 16 });
    expect(found.problems).toMatchObject([{ line: 2, message: expect.stringContaining('10000 bytes') as string }]);
    expect(found.peakBytes).toBeLessThan(12_000);
  });
});
