/**
 * Snapshots, small. A snapshot is its numbers and its shape (the same JSON with every number a zero). The numbers are kept as the difference, bit for bit,
 * to those of a key snapshot, sorted by byte and deflated; equal shapes are kept once. What comes back is the same object, every bit of every number.
 */
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import type { PlantSnapshot } from '../machine/snapshot.ts';

/** a new key after so many: differences grow with time */
const KEY_EVERY = 40;
const SHAPES_REMEMBERED = 64;
const BYTES = Float64Array.BYTES_PER_ELEMENT;

export interface Key { readonly numbers: Float64Array; uses: number }
export interface Shape { readonly packed: Buffer; uses: number }

/** A snapshot put away. Give it back to the archive that made it. */
export interface Packed { readonly key: Key; readonly shape: Shape; readonly delta: Buffer }

export class SnapshotArchive {
  readonly #shapes = new Map<string, Shape>();
  #key: Key | null = null;
  #sinceKey = 0;
  #bytes = 0;

  /** what all that is put away takes */
  get bytes(): number {
    return this.#bytes;
  }

  pack(snapshot: PlantSnapshot): Packed {
    const found: number[] = [];
    const text = JSON.stringify(snapshot, (_name, value: unknown) => {
      if (typeof value !== 'number') return value;
      found.push(value);
      return 0;
    });
    const numbers = Float64Array.from(found);
    const key = this.#keyFor(numbers);
    const shape = this.#shapeFor(text);
    const delta = deflateRawSync(sorted(difference(numbers, key.numbers)));
    const packed = { key, shape, delta };
    this.adopt(packed);
    return packed;
  }

  /** takes one that was made by another archive; equal keys and shapes must be the same objects */
  adopt({ key, shape, delta }: Packed): void {
    this.#bytes += delta.length;
    if (key.uses === 0) this.#bytes += key.numbers.byteLength;
    if (shape.uses === 0) this.#bytes += shape.packed.length;
    key.uses += 1;
    shape.uses += 1;
  }

  unpack({ key, shape, delta }: Packed): unknown {
    const raw = unsorted(inflateRawSync(delta));
    const numbers = difference(new Float64Array(raw.buffer, raw.byteOffset, raw.length / BYTES), key.numbers);
    const values = new Float64Array(numbers.buffer);
    let next = 0;
    return JSON.parse(inflateRawSync(shape.packed).toString('utf8'), (_name, value: unknown) => {
      if (typeof value !== 'number') return value;
      next += 1;
      return values[next - 1];
    }) as unknown;
  }

  /** lets go of one */
  forget({ key, shape, delta }: Packed): void {
    this.#bytes -= delta.length;
    key.uses -= 1;
    shape.uses -= 1;
    if (key.uses === 0) this.#bytes -= key.numbers.byteLength;
    if (shape.uses === 0) this.#bytes -= shape.packed.length;
  }

  #keyFor(numbers: Float64Array): Key {
    this.#sinceKey += 1;
    if (this.#key === null || this.#key.numbers.length !== numbers.length || this.#sinceKey > KEY_EVERY) {
      this.#key = { numbers, uses: 0 };
      this.#sinceKey = 0;
    }
    return this.#key;
  }

  #shapeFor(text: string): Shape {
    const known = this.#shapes.get(text);
    if (known) return known;
    const shape = { packed: deflateRawSync(Buffer.from(text, 'utf8')), uses: 0 };
    this.#shapes.set(text, shape);
    if (this.#shapes.size > SHAPES_REMEMBERED) this.#shapes.delete(this.#shapes.keys().next().value ?? '');
    return shape;
  }
}

/** bit by bit; the same again gives the first back */
function difference(a: Float64Array, b: Float64Array): Uint8Array<ArrayBuffer> {
  const result = new Uint8Array(a.byteLength);
  const left = new Uint8Array(a.buffer, a.byteOffset, a.byteLength);
  const right = new Uint8Array(b.buffer, b.byteOffset, b.byteLength);
  for (let i = 0; i < result.length; i += 1) result[i] = (left[i] ?? 0) ^ (right[i] ?? 0);
  return result;
}

/** first bytes of all numbers together, then second bytes ...: signs and exponents hardly differ, so they pack well */
function sorted(bytes: Uint8Array): Uint8Array {
  const count = bytes.length / BYTES;
  const result = new Uint8Array(bytes.length);
  for (let i = 0; i < count; i += 1) for (let b = 0; b < BYTES; b += 1) result[b * count + i] = bytes[i * BYTES + b] ?? 0;
  return result;
}

function unsorted(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const count = bytes.length / BYTES;
  const result = new Uint8Array(bytes.length);
  for (let i = 0; i < count; i += 1) for (let b = 0; b < BYTES; b += 1) result[i * BYTES + b] = bytes[b * count + i] ?? 0;
  return result;
}
