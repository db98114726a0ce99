/** The packed parts of a block in one piece, each compressed by itself so that one can be read without the others; and the hash over a row. */
import { createHash } from 'node:crypto';
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { ByteReader, ByteWriter } from '../../domain/recording/bytes.ts';
import { headText } from '../../domain/recording/recording.ts';
import type { RowHead } from '../../domain/recording/recording.ts';

const VERSION = 1;
/** Deflate and not zstd: as small and as quick on these blocks (docs/design/recorder.md), and every tool of an outsider reads it. */
const LEVEL = 6;
/** Longest part unpacked; more was not written by us. */
const PART_MAX_BYTES = 64 * 1_048_576;
const PARTS_MAX = 4_096;

/** Version, number of parts, for each its length unpacked and packed, then the parts. One that does not get shorter stands as it is. */
export function assemble(parts: readonly Uint8Array[]): Uint8Array {
  const packed = parts.map((part) => {
    const deflated = part.length === 0 ? part : deflateRawSync(part, { level: LEVEL });
    return deflated.length < part.length ? deflated : part;
  });
  const writer = new ByteWriter();
  writer.byte(VERSION);
  writer.count(parts.length);
  for (const [i, part] of parts.entries()) {
    writer.count(part.length);
    writer.count(packed[i]?.length ?? 0);
  }
  for (const part of packed) writer.bytes(part);
  return writer.done();
}

export interface Parts {
  readonly count: number;
  /** Unpacks part `index`; empty where there is none. */
  part(index: number): Uint8Array;
}

/** Throws on what was not written by us. */
export function takeApart(payload: Uint8Array): Parts {
  const reader = new ByteReader(payload);
  if (reader.byte() !== VERSION) throw new RangeError('the block is of a version that is not known');
  const count = reader.count();
  if (count > PARTS_MAX) throw new RangeError('the block has too many parts');
  const lengths = Array.from({ length: count }, () => ({ plain: reader.count(), packed: reader.count() }));
  const packed = lengths.map((length) => reader.bytes(length.packed));
  return {
    count,
    part: (index) => {
      const [length, bytes] = [lengths[index], packed[index]];
      if (length === undefined || bytes === undefined || length.plain === length.packed) return bytes ?? new Uint8Array(0);
      if (length.plain > PART_MAX_BYTES) throw new RangeError('a part of the block is too long');
      return inflateRawSync(bytes, { maxOutputLength: length.plain });
    },
  };
}

export function rowHash(head: RowHead, payload: Uint8Array): string {
  return createHash('sha256').update(headText(head)).update(payload).digest('hex');
}

export const hashOfText = (text: string): string => createHash('sha256').update(text).digest('hex');
