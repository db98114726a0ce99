/** REQ-REC-01: whatever samples go into a block, the same come out, bit for bit and in the order in which they came, tag by tag. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isPresent, packBlock, partOf, tagsPresent, unpackMoments, unpackPart } from '../../src/domain/recording/block-codec.ts';
import type { Packed } from '../../src/domain/recording/block-codec.ts';
import { Chunk, KIND, Names, valueOf } from '../../src/domain/recording/columns.ts';
import { assemble, takeApart } from '../../src/main/recorder/payload.ts';

interface Plain { readonly tag: number; readonly kind: number; readonly number: number; readonly status: number; readonly sourceMs: number; readonly receivedMs: number }

const number = fc.oneof(
  fc.double(), fc.float(), fc.integer(), fc.maxSafeInteger(), fc.constantFrom(0, -0, Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, Number.MIN_VALUE, Number.MAX_VALUE),
  fc.tuple(fc.integer(), fc.integer({ min: 0, max: 9 })).map(([n, k]) => n / 10 ** k), fc.tuple(fc.integer(), fc.integer({ min: 0, max: 9 })).map(([n, k]) => n * Number(`1e-${String(k)}`)),
);
const value = fc.oneof(
  number.map((n) => ({ kind: KIND.number, number: n })), fc.boolean().map((b) => ({ kind: KIND.truth, number: Number(b) })),
  fc.nat(10_000).map((n) => ({ kind: KIND.word, number: n })), fc.constant({ kind: KIND.none, number: Number.NaN }),
);
const time = fc.oneof(fc.integer({ min: 1_790_000_000_000, max: 1_790_000_010_000 }), fc.maxSafeNat(), fc.double({ min: 0, max: 1e15, noNaN: true }));
const status = fc.oneof({ weight: 3, arbitrary: fc.constant(0) }, { weight: 1, arbitrary: fc.nat(0xffffffff) });
const sample = fc.tuple(fc.nat(200), value, status, time, time).map(([tag, v, s, sourceMs, receivedMs]): Plain => ({ tag, ...v, status: s, sourceMs, receivedMs: receivedMs + 0 }));
/** One tag as instruments send it: an even stride with some jitter, decimals of a few places. */
const instrument = fc.record({ tag: fc.nat(200), places: fc.nat(6), from: fc.integer({ min: -1_000, max: 1_000 }), steps: fc.array(fc.tuple(fc.integer({ min: -20, max: 20 }), fc.nat(40)), { maxLength: 40 }), by: fc.boolean() })
  .map(({ tag, places, from, steps, by }) => steps.map(([step, jitter], i): Plain => {
    const n = from + step;
    return { tag, kind: KIND.number, number: by ? n * Number(`1e-${String(places)}`) : n / 10 ** places, status: 0, sourceMs: 1_790_000_000_000 + i * 1_000, receivedMs: 1_790_000_000_000 + i * 1_000 + jitter };
  }));
const block = fc.oneof(fc.array(sample, { minLength: 1, maxLength: 300 }), fc.array(instrument, { minLength: 1, maxLength: 12 }).map((all) => all.flat()).filter((all) => all.length > 0));

function chunkOf(samples: readonly Plain[]): Chunk {
  const chunk = new Chunk(samples.length);
  for (const { tag, kind, number: n, status: s, sourceMs, receivedMs } of samples) chunk.add(tag, kind, n, s, sourceMs, receivedMs);
  return chunk;
}

function unpackAll(packed: Packed): Map<number, Plain[]> {
  const parts = takeApart(assemble(packed.parts));
  const moments = unpackMoments(parts.part(0));
  const found = new Map<number, Plain[]>();
  for (let part = 1; part < parts.count; part += 1) {
    for (const column of unpackPart(parts.part(part), part, moments)) {
      found.set(column.tag, Array.from({ length: column.count }, (_, i) => ({ tag: column.tag, kind: column.kinds[i] ?? -1, number: column.numbers[i] ?? 0, status: column.statuses[i] ?? -1, sourceMs: column.sourceMs[i] ?? 0, receivedMs: column.receivedMs[i] ?? 0 })));
    }
  }
  return found;
}

describe('REQ-REC-01 the codec', () => {
  it('gives every sample back, bit for bit', () => {
    fc.assert(fc.property(block, (samples) => {
      const packed = packBlock(chunkOf(samples));
      const found = unpackAll(packed);
      const expected = Map.groupBy(samples, ({ tag }) => tag);
      expect([...found.keys()]).toEqual([...expected.keys()].sort((a, b) => a - b));
      expect([...tagsPresent(packed.present)]).toEqual([...found.keys()]);
      for (const [tag, of] of expected) expect(found.get(tag)).toEqual(of);
    }));
  });

  it('gives one tag without the others', () => {
    fc.assert(fc.property(block, (samples) => {
      const packed = packBlock(chunkOf(samples));
      const { tag } = samples.at(-1) ?? { tag: 0 };
      const parts = takeApart(assemble(packed.parts));
      const columns = [...unpackPart(parts.part(partOf(tag)), partOf(tag), unpackMoments(parts.part(0)), tag)];
      expect(columns.map((c) => [c.tag, c.count])).toEqual([[tag, samples.filter((s) => s.tag === tag).length]]);
      expect(isPresent(packed.present, tag)).toBe(true);
    }));
  });

  it('never takes what was damaged for something without end: it throws, or ends', () => {
    fc.assert(fc.property(block, fc.nat(), fc.integer({ min: 1, max: 255 }), (samples, at, by) => {
      const payload = assemble(packBlock(chunkOf(samples)).parts);
      payload[at % payload.length] = (payload[at % payload.length] ?? 0) ^ by;
      try {
        const parts = takeApart(payload);
        const moments = unpackMoments(parts.part(0));
        for (let part = 1; part < parts.count; part += 1) for (const column of unpackPart(parts.part(part), part, moments)) expect(column.count).toBeLessThanOrEqual(4_194_304);
      } catch (error) {
        expect(error).toBeInstanceOf(Error);
      }
    }), { numRuns: 300 });
  });

  it('names keep their numbers, whatever comes later', () => {
    fc.assert(fc.property(fc.array(fc.string({ minLength: 1 })), fc.array(fc.string({ minLength: 1 })), (tags, words) => {
      const names = new Names(tags, words, { [tags[0] ?? 'x']: words });
      const again = Names.of(names.text());
      for (const tag of tags) expect(again.find(tag)).toBe(names.find(tag));
      expect([again.tags, again.words, again.text()]).toEqual([names.tags, names.words, names.text()]);
      for (const word of words) expect(valueOf(KIND.word, again.word(word), again.words)).toBe(word);
    }));
  });
});
