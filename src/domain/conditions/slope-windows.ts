/**
 * The last stretch of many tags, for rates: a pool in typed arrays, a few hundred bytes for each window however long it is and however often its tag is sampled.
 *
 * A window is a ring of 24 buckets by source time. A bucket keeps its latest sample, so that late samples inside the window may come in any order and
 * duplicates change nothing. A bucket without a sample holds the value before it (a server that sends only changes), unless an outage lies there.
 */
export const BUCKETS = 24;
/** In place of a sample's offset into its bucket, ms: nothing came, the value before stands; nothing is known. */
const HOLDS = 0xffffffff;
const GAP = 0xfffffffe;
/** A slope is known when the window is covered this far. */
const COVERED_MIN = 0.5;
const MS_PER_MIN = 60_000;
/** The year 2248: beyond it a number is no time that a plant can mean, and counting buckets would lose its ones. */
export const TIME_MAX_MS = 2 ** 43;

export class SlopeWindows {
  readonly count: number;
  readonly #windowMs: Uint32Array;
  readonly #bucketMs: Uint32Array;
  readonly #values: Float64Array;
  readonly #offsets: Uint32Array;
  /** Number of the newest bucket. */
  readonly #newest: Float64Array;
  /** What stood when the ring begins, NaN when that is not known, and when it was sampled. */
  readonly #entering: Float64Array;
  readonly #enteringMs: Float64Array;
  /** Source time of the earliest sample. */
  readonly #sinceMs: Float64Array;
  /** The line through the points of the window that is looked at. */
  #untilMs = 0;
  #fromMs = 0;
  #firstMs = 0;
  #base = 0;
  #n = 0;
  #sumT = 0;
  #sumV = 0;
  #sumTV = 0;
  #sumTT = 0;
  /** Lowest and highest value of the window last asked for by `range`. */
  low = Number.NaN;
  high = Number.NaN;

  constructor(windowsMs: readonly number[]) {
    this.count = windowsMs.length;
    this.#windowMs = Uint32Array.from(windowsMs);
    this.#bucketMs = Uint32Array.from(windowsMs, (windowMs) => Math.max(1, Math.ceil(windowMs / (BUCKETS - 1))));
    this.#values = new Float64Array(this.count * BUCKETS);
    this.#offsets = new Uint32Array(this.count * BUCKETS);
    this.#newest = new Float64Array(this.count);
    this.#entering = new Float64Array(this.count);
    this.#enteringMs = new Float64Array(this.count);
    this.#sinceMs = new Float64Array(this.count);
    for (let w = 0; w < this.count; w += 1) this.clear(w);
  }

  /** Forgets everything: the source's clock has stepped, and old and new times do not compare. */
  clear(w: number): void {
    this.#offsets.fill(HOLDS, w * BUCKETS, (w + 1) * BUCKETS);
    this.#newest[w] = Number.NEGATIVE_INFINITY;
    this.#entering[w] = Number.NaN;
    this.#enteringMs[w] = Number.NEGATIVE_INFINITY;
    this.#sinceMs[w] = Number.POSITIVE_INFINITY;
  }

  /** Where the bucket of a moment ends: until then a newer sample takes the place of the one before. */
  bucketEndMs(w: number, atMs: number): number {
    const bucketMs = this.#bucketMs[w] as number;
    return (Math.floor(atMs / bucketMs) + 1) * bucketMs;
  }

  /** A good sample, of any time. `held`: the value before it stood until now; false after an outage. */
  add(w: number, atMs: number, value: number, held: boolean): void {
    if (Math.abs(atMs) > TIME_MAX_MS) return;
    const bucketMs = this.#bucketMs[w] as number;
    const id = Math.floor(atMs / bucketMs);
    const newest = this.#newest[w] as number;
    if (atMs < (this.#sinceMs[w] as number)) this.#sinceMs[w] = atMs;
    if (id <= newest - BUCKETS) {
      this.#enter(w, atMs, value);
      return;
    }
    if (id > newest) this.#open(w, id, held);
    const at = w * BUCKETS + ringOf(id);
    const offset = Math.floor(atMs - id * bucketMs);
    const present = this.#offsets[at] as number;
    if (present < GAP && present > offset) return; // the bucket already holds a later sample
    this.#offsets[at] = offset;
    this.#values[at] = value;
  }

  /** Moves on to a newer bucket: what leaves the ring is what stood when it begins. */
  #open(w: number, id: number, held: boolean): void {
    const newest = this.#newest[w] as number;
    const isFirst = newest === Number.NEGATIVE_INFINITY;
    const bucketMs = this.#bucketMs[w] as number;
    const steps = isFirst ? 0 : Math.min(id - newest, BUCKETS);
    for (let step = 1; step <= steps; step += 1) {
      const oldest = newest + step - BUCKETS;
      const at = w * BUCKETS + ringOf(oldest);
      const offset = this.#offsets[at] as number;
      if (offset < GAP) this.#enter(w, oldest * bucketMs + offset, this.#values[at] as number);
      else if (offset === GAP) this.#entering[w] = Number.NaN;
      this.#offsets[at] = held ? HOLDS : GAP;
    }
    if (!isFirst && !held && id - newest >= BUCKETS) this.#entering[w] = Number.NaN;
    this.#newest[w] = id;
  }

  #enter(w: number, atMs: number, value: number): void {
    if (atMs < (this.#enteringMs[w] as number)) return;
    this.#enteringMs[w] = atMs;
    this.#entering[w] = value;
  }

  /**
   * Least-squares slope in units per minute over the window that ends at `untilMs`, one point for each bucket; null while less than half of
   * the window is covered. A value that stands still counts as lasting.
   */
  slopePerMin(w: number, untilMs: number): number | null {
    const bucketMs = this.#bucketMs[w] as number;
    const windowMs = this.#windowMs[w] as number;
    const newest = this.#newest[w] as number;
    if (newest === Number.NEGATIVE_INFINITY || !(Math.abs(untilMs) <= TIME_MAX_MS)) return null;
    this.#begin(untilMs, untilMs - windowMs);
    const lastId = Math.max(newest, Math.floor(untilMs / bucketMs));
    let value = this.#entering[w] as number;
    let slot = ringOf(newest + 1);
    for (let id = newest - BUCKETS + 1; id <= newest; id += 1) {
      const at = w * BUCKETS + slot;
      const offset = this.#offsets[at] as number;
      if (offset < GAP) value = this.#values[at] as number;
      else if (offset === GAP) value = Number.NaN;
      if (id > lastId - BUCKETS) this.#point(offset < GAP ? id * bucketMs + offset : (id + 1) * bucketMs, value, id * bucketMs);
      slot = slot + 1 === BUCKETS ? 0 : slot + 1;
    }
    for (let id = Math.max(newest + 1, lastId - BUCKETS + 1); id <= lastId; id += 1) this.#point(Math.min((id + 1) * bucketMs, untilMs), value, id * bucketMs);
    const coveredMs = untilMs - Math.max(this.#firstMs, this.#sinceMs[w] as number, untilMs - windowMs);
    const n = this.#n;
    const spread = this.#sumTT - (this.#sumT * this.#sumT) / n;
    if (n < 3 || coveredMs < windowMs * COVERED_MIN || !(spread > 0)) return null;
    return ((this.#sumTV - (this.#sumT * this.#sumV) / n) / spread) * MS_PER_MIN;
  }

  #begin(untilMs: number, fromMs: number): void {
    this.#untilMs = untilMs;
    this.#fromMs = fromMs;
    this.#n = this.#sumT = this.#sumV = this.#sumTV = this.#sumTT = 0;
    this.#firstMs = Number.NaN;
  }

  /** One point of the line: times against its end and values against the first one, so that no digits are lost. `startMs`: of its bucket. */
  #point(atMs: number, value: number, startMs: number): void {
    if (Number.isNaN(value) || atMs < this.#fromMs) return;
    if (this.#n === 0) {
      this.#firstMs = startMs;
      this.#base = value;
    }
    const t = atMs - this.#untilMs;
    const v = value - this.#base;
    this.#n += 1;
    this.#sumT += t;
    this.#sumV += v;
    this.#sumTV += t * v;
    this.#sumTT += t * t;
  }

  /** Puts the lowest and highest value that the window may still hold into `low` and `high`; false while an outage is part of it. */
  range(w: number): boolean {
    this.low = this.high = Number.isNaN(this.#entering[w]) ? (this.#values[w * BUCKETS + ringOf(this.#newest[w] as number)] as number) : (this.#entering[w] as number);
    for (let at = w * BUCKETS; at < (w + 1) * BUCKETS; at += 1) {
      const offset = this.#offsets[at] as number;
      if (offset === GAP) return false;
      if (offset === HOLDS) continue;
      const value = this.#values[at] as number;
      if (value < this.low) this.low = value;
      if (value > this.high) this.high = value;
    }
    return true;
  }

  /**
   * How far apart the window's values may lie at most so that no slope can exceed `perMin`, whatever lies between them: see docs/design/conditions.md,
   * "Quiet bands". -1 for windows too short for the proof, and while the newest sample's own time does not cover the window: it is covered only because that
   * sample has lasted, and the next one may come with a time soon after it.
   */
  quietRange(w: number, perMin: number, nowSourceMs: number): number {
    const windowMs = this.#windowMs[w] as number;
    const bucketMs = this.#bucketMs[w] as number;
    const seenMs = nowSourceMs - (this.#sinceMs[w] as number);
    if (bucketMs < 4 || seenMs < windowMs * COVERED_MIN) return -1;
    const isFull = seenMs >= windowMs;
    const leastSpanMs = (isFull ? windowMs : windowMs * COVERED_MIN) - 3 * bucketMs;
    return (perMin / MS_PER_MIN) * leastSpanMs * QUIET_SHARE;
  }
}

/**
 * |slope| <= (range / 2) * sum|d| / sum(d^2) over distances d from the mean time. With the two outermost points a span L apart, the quotient is largest
 * when the m others lie at d = x * L with m x^2 + 2 x - 1/2 = 0, and is then 1 / (2 x L). So |slope| <= range / (4 x L). A billionth is left for rounding.
 */
const OTHERS = BUCKETS - 1;
const QUIET_SHARE = ((4 * (Math.sqrt(1 + OTHERS / 2) - 1)) / OTHERS) * (1 - 1e-9);

function ringOf(id: number): number {
  return id - Math.floor(id / BUCKETS) * BUCKETS; // the remainder operator is many times slower on large numbers
}

/** The slower of the two rates that a measure asks for, per minute. */
export function slowestOf({ risingFasterThan, fallingFasterThan }: { readonly risingFasterThan?: number | undefined; readonly fallingFasterThan?: number | undefined }): number {
  return Math.min(risingFasterThan ?? Number.POSITIVE_INFINITY, fallingFasterThan ?? Number.POSITIVE_INFINITY);
}
