// REQ-INC-08, REQ-INC-09: what is typed for a what-if; files put together of pieces, and what is not what was promised.
import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readReportFile, sizeOf, whatIfOf } from '../../../src/renderer/features/incidents/report-files.ts';
import type { AskPiece } from '../../../src/renderer/features/incidents/report-files.ts';

const fileOf = (content: Uint8Array) => ({ name: 'a.json', bytes: content.length, sha256: createHash('sha256').update(content).digest('hex') });
const station = (content: Uint8Array, pieceBytes: number): AskPiece => ({ offset }) => {
  const piece = content.subarray(offset, offset + pieceBytes);
  return Promise.resolve({ outcome: 'done', output: { base64: Buffer.from(piece).toString('base64'), bytes: piece.length, end: offset + piece.length >= content.length } });
};
const read = (ask: AskPiece, file: ReturnType<typeof fileOf>, isStopped = (): boolean => false, tell: (part: number) => void = () => undefined) => readReportFile(ask, 'R-1', file, tell, isStopped);

describe('REQ-INC-09 a file in pieces', () => {
  it('is the file, whatever the pieces; progress only grows and ends whole', async () => {
    await fc.assert(fc.asyncProperty(fc.uint8Array({ maxLength: 3_000 }), fc.integer({ min: 1, max: 700 }), async (content, pieceBytes) => {
      const parts: number[] = [];
      const end = await read(station(content, pieceBytes), fileOf(content), undefined, (part) => parts.push(part));
      expect(end).toEqual({ end: 'done', content: new Uint8Array(content) });
      expect(parts).toEqual(parts.toSorted((a, b) => a - b));
      expect(parts.at(-1)).toBe(1);
    }));
  });

  const content = new Uint8Array(1_000).fill(7);
  it('one byte that differs, a file that is shorter or longer, or one that never comes on, is not taken', async () => {
    const other = content.slice();
    other[500] = 8;
    for (const wrong of [other, content.subarray(0, 900), new Uint8Array(1_100).fill(7)]) expect(await read(station(wrong, 256), fileOf(content))).toEqual({ end: 'altered' });
    expect(await read(() => Promise.resolve({ outcome: 'done', output: { base64: '', bytes: 0, end: false } }), fileOf(content))).toEqual({ end: 'altered' });
  });

  it('without a way to make hashes the length is what is held against', async () => {
    const end = await readReportFile(station(content, 256), 'R-1', { ...fileOf(content), sha256: 'unknown' }, () => undefined, () => false, () => Promise.resolve(null));
    expect(end.end).toBe('done');
  });

  it('ends when it is told to, and tells why it failed', async () => {
    let asked = 0;
    const ask = station(content, 100);
    expect(await read((input) => { asked += 1; return ask(input); }, fileOf(content), () => asked === 3)).toEqual({ end: 'cancelled' });
    expect(asked).toBe(3);
    expect(await read(() => Promise.resolve({ outcome: 'failed', id: 'x', problem: { code: 'not-found', message: 'gone' } }), fileOf(content))).toMatchObject({ end: 'failed', answer: { problem: { code: 'not-found' } } });
  });
});

describe('REQ-INC-08 what-if', () => {
  it.each([
    ['', []], ['-5, 2', [-5, 2]], ['−5，2', [-5, 2]], ['1.5；3、3', [1.5, 3]], ['-30 30', [-30, 30]],
  ])('%j is %j', (text, minutes) => expect(whatIfOf(text)).toEqual(minutes));
  it.each(['ten', '0', '31', '-30.5', '1 2 3 4 5 6 7', '1e', 'Infinity', '--2'])('%j is no list of minutes', (text) => expect(whatIfOf(text)).toBeNull());
});

it.each([[0, '0 B'], [999, '999 B'], [4_200, '4.2 kB'], [12_345_678, '12.3 MB']])('%d bytes are %s', (bytes, text) => expect(sizeOf(bytes)).toBe(text));
