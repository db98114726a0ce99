/**
 * A block of samples as bytes: a column for each tag, times as differences, values as whole numbers where they are decimals and else as
 * what differs from the value before. Exact: the same samples come out, bit for bit (REQ-REC-01). What is left is for a compressor.
 *
 * Part 0 holds the moments at which samples came; each other part the columns of 64 tags, so that one tag is read without unpacking all.
 * Between the tags the order of arrival is not kept, only within a tag; whoever wants all of them in order sorts by the moment.
 */
import { ByteReader, ByteWriter, PACKED_MAX } from './bytes.ts';
import { KIND } from './columns.ts';
import type { Columns } from './columns.ts';

/** Tags whose columns are compressed together. */
export const GROUP_TAGS = 64;
/** More samples in a column than this was not written by us. */
const COLUMN_MAX = 4_194_304;

/** Decimals tried: instruments show at most this many places. */
const PLACES_MAX = 7;
const POWERS = Array.from({ length: PLACES_MAX + 1 }, (_, k) => 10 ** k);
const QUANTA = Array.from({ length: PLACES_MAX + 1 }, (_, k) => Number(`1e-${String(k)}`));

/** How the numbers of a column are written: all the same; n / 10^k; n * 10^-k (what a quantising instrument computes); 32 or 64 bits against the one before. */
const NUMBERS = { same: 0, divided: 1, multiplied: 2, float32: 3, float64: 4 } as const;
/** How a series of whole values is written. */
const RUNS = { same: 0, runs: 1 } as const;
/** How times are written: an even stride; differences of differences; as they stand. `received`: source times equal the times of arrival. */
const TIMES = { even: 0, differences: 1, plain: 2, received: 3 } as const;

export interface Packed {
  /** 0: the moments; 1 + g: columns of tags 64g to 64g + 63, empty where none of them has a sample. */
  readonly parts: readonly Uint8Array[];
  /** A bit for each tag that has a sample. */
  readonly present: Uint8Array;
}

/** Samples of one tag, in the order in which they came. */
export interface Column {
  readonly tag: number;
  readonly count: number;
  readonly kinds: Uint8Array;
  readonly numbers: Float64Array;
  readonly statuses: Uint32Array;
  readonly sourceMs: Float64Array;
  readonly receivedMs: Float64Array;
}

export function packBlock(columns: Columns): Packed {
  const { order, starts, highest } = byTag(columns);
  const moments = momentsOf(columns);
  const momentAt = new Map<number, number>();
  for (const [i, ms] of moments.entries()) momentAt.set(ms, i);
  const present = new Uint8Array(Math.ceil((highest + 1) / 8));
  const parts: Uint8Array[] = [];
  const writer = new ByteWriter();
  packTimes(writer, moments);
  parts.push(writer.done());
  const column = new ByteWriter();
  for (let from = 0; from <= highest; from += GROUP_TAGS) {
    writer.clear();
    for (let tag = from; tag <= Math.min(from + GROUP_TAGS - 1, highest); tag += 1) {
      const [first, next] = [starts[tag] as number, starts[tag + 1] as number];
      if (first === next) continue;
      present[tag >> 3] = (present[tag >> 3] as number) | (1 << (tag & 7));
      column.clear();
      packColumn(column, columns, order.subarray(first, next), momentAt);
      writer.count(tag - from);
      writer.count(column.length);
      writer.bytes(column.done());
    }
    parts.push(writer.done());
  }
  return { parts, present };
}

export const isPresent = (present: Uint8Array, tag: number): boolean => ((present[tag >> 3] ?? 0) & (1 << (tag & 7))) !== 0;

export function* tagsPresent(present: Uint8Array): Generator<number> {
  for (let tag = 0; tag < present.length * 8; tag += 1) if (isPresent(present, tag)) yield tag;
}

export const partOf = (tag: number): number => 1 + Math.floor(tag / GROUP_TAGS);

export function unpackMoments(part: Uint8Array): Float64Array {
  return unpackTimes(new ByteReader(part));
}

/** The columns of one part; of one tag alone where it is named. Throws on what was not written by us. */
export function* unpackPart(part: Uint8Array, index: number, moments: Float64Array, only?: number): Generator<Column> {
  const reader = new ByteReader(part);
  while (!reader.isAtEnd) {
    const tag = (index - 1) * GROUP_TAGS + reader.count();
    const bytes = reader.bytes(reader.count());
    if (only === undefined || only === tag) yield unpackColumn(tag, new ByteReader(bytes), moments);
  }
}

/** Samples sorted by tag, keeping their order within it (counting sort). */
function byTag({ count, tags }: Columns): { order: Uint32Array; starts: Uint32Array; highest: number } {
  let highest = -1;
  for (let i = 0; i < count; i += 1) highest = Math.max(highest, tags[i] as number);
  const starts = new Uint32Array(highest + 2);
  for (let i = 0; i < count; i += 1) starts[(tags[i] as number) + 1] = (starts[(tags[i] as number) + 1] as number) + 1;
  for (let tag = 0; tag <= highest; tag += 1) starts[tag + 1] = (starts[tag + 1] as number) + (starts[tag] as number);
  const next = starts.slice();
  const order = new Uint32Array(count);
  for (let i = 0; i < count; i += 1) {
    const tag = tags[i] as number;
    order[next[tag] as number] = i;
    next[tag] = (next[tag] as number) + 1;
  }
  return { order, starts, highest };
}

/** -0 and 0 are one moment. */
function momentsOf({ count, receivedMs }: Columns): Float64Array {
  const found = new Set<number>();
  for (let i = 0; i < count; i += 1) found.add((receivedMs[i] as number) + 0);
  return Float64Array.from(found).sort();
}

function packColumn(writer: ByteWriter, columns: Columns, order: Uint32Array, momentAt: ReadonlyMap<number, number>): void {
  const n = order.length;
  const places = Float64Array.from(order, (i) => momentAt.get((columns.receivedMs[i] as number) + 0) as number);
  const source = Float64Array.from(order, (i) => columns.sourceMs[i] as number);
  writer.count(n);
  packTimes(writer, places);
  const isReceived = order.every((i) => Object.is(columns.sourceMs[i], columns.receivedMs[i]));
  if (isReceived) writer.byte(TIMES.received);
  else packTimes(writer, source, columns.receivedMs[order[0] as number] as number);
  packRuns(writer, order, columns.statuses);
  packRuns(writer, order, columns.kinds);
  const numbers = order.filter((i) => columns.kinds[i] === KIND.number);
  const others = order.filter((i) => columns.kinds[i] === KIND.truth || columns.kinds[i] === KIND.word);
  if (numbers.length > 0) packNumbers(writer, Float64Array.from(numbers, (i) => columns.numbers[i] as number));
  if (others.length > 0) packRuns(writer, others, columns.numbers);
}

function unpackColumn(tag: number, reader: ByteReader, moments: Float64Array): Column {
  const count = limited(reader.count());
  const receivedMs = unpackTimes(reader, { count }).map((place) => moments[place] ?? Number.NaN);
  const sourceMs = unpackTimes(reader, { count, received: receivedMs });
  const statuses = Uint32Array.from(unpackRuns(reader, count));
  const kinds = Uint8Array.from(unpackRuns(reader, count));
  const numbers = new Float64Array(count).fill(Number.NaN);
  const numeric = kinds.reduce((sum, kind) => sum + (kind === KIND.number ? 1 : 0), 0);
  const worded = kinds.reduce((sum, kind) => sum + (kind === KIND.truth || kind === KIND.word ? 1 : 0), 0);
  const values = numeric === 0 ? null : unpackNumbers(reader, numeric);
  const words = worded === 0 ? null : unpackRuns(reader, worded);
  let [v, w] = [0, 0];
  for (let i = 0; i < count; i += 1) {
    if (kinds[i] === KIND.number) numbers[i] = values?.[v++] ?? Number.NaN;
    else if (kinds[i] !== KIND.none) numbers[i] = words?.[w++] ?? Number.NaN;
  }
  return { tag, count, kinds, numbers, statuses, sourceMs, receivedMs };
}

function limited(count: number): number {
  if (count > COLUMN_MAX) throw new RangeError('a column of the block is too long');
  return count;
}

// --- times ----------------------------------------------------------------------------------------------------------------

const isPackable = (value: number): boolean => Number.isInteger(value) && Math.abs(value) <= PACKED_MAX && !Object.is(value, -0);

/** @param from the first time is written as its distance from this one */
function packTimes(writer: ByteWriter, times: Float64Array, from = 0): void {
  const base = isPackable(from) ? from : 0;
  if (!times.every(isPackable)) {
    writer.byte(TIMES.plain);
    writer.count(times.length);
    for (const time of times) writer.float64(time);
    return;
  }
  const stride = times.length < 2 ? 0 : (times[1] as number) - (times[0] as number);
  const isEven = times.every((time, i) => i === 0 || time - (times[i - 1] as number) === stride);
  writer.byte(isEven ? TIMES.even : TIMES.differences);
  writer.count(times.length);
  if (times.length === 0) return;
  writer.signed((times[0] as number) - base);
  if (isEven) return writer.signed(stride);
  let step = 0;
  for (let i = 1; i < times.length; i += 1) {
    const now = (times[i] as number) - (times[i - 1] as number);
    writer.signed(now - step);
    step = now;
  }
}

/** With `received`, the first time is a distance from the first of them, and they may stand for all of it. */
function unpackTimes(reader: ByteReader, expected?: { readonly count: number; readonly received?: Float64Array }): Float64Array {
  const how = reader.byte();
  if (how === TIMES.received && expected?.received !== undefined) return expected.received.slice();
  const count = limited(reader.count());
  if (expected !== undefined && count !== expected.count) throw new RangeError('a column of the block has another length than it says');
  const times = new Float64Array(count);
  if (how === TIMES.plain) return times.map(() => reader.float64());
  if (count === 0) return times;
  const from = expected?.received?.[0] ?? 0;
  times[0] = reader.signed() + (isPackable(from) ? from : 0);
  let step = how === TIMES.even ? reader.signed() : 0;
  for (let i = 1; i < count; i += 1) {
    if (how === TIMES.differences) step += reader.signed();
    times[i] = (times[i - 1] as number) + step;
  }
  return times;
}

// --- what mostly stays the same: status, kind, words, truths -----------------------------------------------------------------

function packRuns(writer: ByteWriter, order: Uint32Array, values: ArrayLike<number>): void {
  const first = values[order[0] as number] as number;
  const isSame = order.every((i) => values[i] === first);
  writer.byte(isSame ? RUNS.same : RUNS.runs);
  if (isSame) return writer.count(first);
  for (let at = 0; at < order.length;) {
    const value = values[order[at] as number] as number;
    let end = at + 1;
    while (end < order.length && values[order[end] as number] === value) end += 1;
    writer.count(value);
    writer.count(end - at);
    at = end;
  }
}

function unpackRuns(reader: ByteReader, count: number): number[] {
  if (reader.byte() === RUNS.same) return new Array<number>(count).fill(reader.count());
  const values: number[] = [];
  while (values.length < count) {
    const value = reader.count();
    const run = reader.count();
    if (run === 0 || values.length + run > count) throw new RangeError('a run of the block is too long');
    for (let i = 0; i < run; i += 1) values.push(value);
  }
  return values;
}

// --- numbers --------------------------------------------------------------------------------------------------------------

function packNumbers(writer: ByteWriter, values: Float64Array): void {
  const first = values[0] as number;
  if (values.every((value) => Object.is(value, first))) {
    writer.byte(NUMBERS.same);
    return writer.float64(first);
  }
  for (let k = 0; k <= PLACES_MAX; k += 1) {
    if (packDecimals(writer, values, NUMBERS.divided, k) || packDecimals(writer, values, NUMBERS.multiplied, k)) return;
  }
  const isSingle = values.every((value) => Object.is(Math.fround(value), value));
  writer.byte(isSingle ? NUMBERS.float32 : NUMBERS.float64);
  packBits(writer, values, isSingle ? 4 : 8);
}

const decimal = (how: number, n: number, k: number): number => (how === NUMBERS.divided ? n / (POWERS[k] as number) : n * (QUANTA[k] as number));

/** False, and nothing written, where one of them is no such decimal. */
function packDecimals(writer: ByteWriter, values: Float64Array, how: number, k: number): boolean {
  const whole = new Float64Array(values.length);
  for (let i = 0; i < values.length; i += 1) {
    const n = Math.round((values[i] as number) * (POWERS[k] as number)) + 0;
    if (!(Math.abs(n) <= PACKED_MAX) || !Object.is(decimal(how, n, k), values[i])) return false;
    whole[i] = n;
  }
  writer.byte(how);
  writer.byte(k);
  let before = 0;
  for (const n of whole) {
    writer.signed(n - before);
    before = n;
  }
  return true;
}

/** Each against the one before, bit by bit; then first bytes first, because those hardly ever change. */
function packBits(writer: ByteWriter, values: Float64Array, width: 4 | 8): void {
  const n = values.length;
  const planes = new Uint8Array(n * width);
  const [now, before] = [new DataView(new ArrayBuffer(8)), new DataView(new ArrayBuffer(8))];
  for (let i = 0; i < n; i += 1) {
    putFloat(now, values[i] as number, width);
    for (let b = 0; b < width; b += 1) planes[b * n + i] = now.getUint8(b) ^ before.getUint8(b);
    putFloat(before, values[i] as number, width);
  }
  writer.bytes(planes);
}

function unpackNumbers(reader: ByteReader, count: number): Float64Array {
  const how = reader.byte();
  const values = new Float64Array(count);
  switch (how) {
    case NUMBERS.same: return values.fill(reader.float64());
    case NUMBERS.divided: case NUMBERS.multiplied: {
      const k = reader.byte();
      if (k > PLACES_MAX) throw new RangeError('a number of the block has too many places');
      let n = 0;
      return values.map(() => decimal(how, (n += reader.signed()), k));
    }
    case NUMBERS.float32: return unpackBits(reader, values, 4);
    case NUMBERS.float64: return unpackBits(reader, values, 8);
    default: throw new RangeError('numbers of the block are written in a way that is not known');
  }
}

function unpackBits(reader: ByteReader, values: Float64Array, width: 4 | 8): Float64Array {
  const n = values.length;
  const planes = reader.bytes(n * width);
  const bits = new DataView(new ArrayBuffer(8));
  for (let i = 0; i < n; i += 1) {
    for (let b = 0; b < width; b += 1) bits.setUint8(b, bits.getUint8(b) ^ (planes[b * n + i] as number));
    values[i] = width === 4 ? bits.getFloat32(0) : bits.getFloat64(0);
  }
  return values;
}

function putFloat(view: DataView, value: number, width: 4 | 8): void {
  if (width === 4) view.setFloat32(0, value);
  else view.setFloat64(0, value);
}
