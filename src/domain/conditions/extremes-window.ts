/**
 * The last stretch of one tag as peaks, troughs and last values, for trends, swings and "not falling": bounded memory at any sampling rate.
 *
 * Samples stand by source time in a ring of buckets of a fixed grid; a bucket keeps its lowest, highest and latest sample. What a bucket
 * keeps depends on which samples fell into it, not on their order: late samples may come in any order and duplicates change nothing.
 * The value that stood when the window began is kept too, so that a tag that is sent only when it changes has a known course.
 */
const BUCKETS = 128;

/** One kept sample: source time, ms, and value. */
export interface Point {
  readonly atMs: number;
  readonly value: number;
}

export class ExtremesWindow {
  readonly windowMs: number;
  readonly #bucketMs: number;
  readonly #ids = new Float64Array(BUCKETS).fill(Number.NaN);
  readonly #lowest = new Float64Array(BUCKETS);
  readonly #lowestMs = new Float64Array(BUCKETS);
  readonly #highest = new Float64Array(BUCKETS);
  readonly #highestMs = new Float64Array(BUCKETS);
  readonly #last = new Float64Array(BUCKETS);
  readonly #lastMs = new Float64Array(BUCKETS);
  #newest = Number.NEGATIVE_INFINITY;
  #newestMs = Number.NEGATIVE_INFINITY;
  #newestValue = Number.NaN;
  /** The latest sample that has left the ring: what stood when the window began, unless an outage lies between. */
  #before: Point | null = null;
  #unbrokenFromMs = Number.NEGATIVE_INFINITY;

  constructor(windowMs: number) {
    this.windowMs = windowMs;
    this.#bucketMs = Math.max(1, windowMs / (BUCKETS - 1));
  }

  /** Adds a good sample. `held`: the value before it stood until now; false after an outage. */
  add(atMs: number, value: number, held: boolean): void {
    const id = Math.floor(atMs / this.#bucketMs);
    if (id <= this.#newest - BUCKETS) {
      this.#leave(atMs, value);
      return;
    }
    if (!held && this.#newest !== Number.NEGATIVE_INFINITY && atMs > this.#newestMs) this.#unbrokenFromMs = atMs;
    this.#newest = Math.max(this.#newest, id);
    const slot = ((id % BUCKETS) + BUCKETS) % BUCKETS;
    if (this.#ids[slot] === id) this.#join(slot, atMs, value);
    else this.#open(slot, id, atMs, value);
    if (atMs < this.#newestMs) return;
    this.#newestMs = atMs;
    this.#newestValue = value;
  }

  #open(slot: number, id: number, atMs: number, value: number): void {
    if (!Number.isNaN(this.#ids[slot])) this.#leave(this.#lastMs[slot] as number, this.#last[slot] as number);
    this.#ids[slot] = id;
    this.#lowest[slot] = this.#highest[slot] = this.#last[slot] = value;
    this.#lowestMs[slot] = this.#highestMs[slot] = this.#lastMs[slot] = atMs;
  }

  #join(slot: number, atMs: number, value: number): void {
    const lowest = this.#lowest[slot] as number;
    const highest = this.#highest[slot] as number;
    if (value < lowest || (value === lowest && atMs < (this.#lowestMs[slot] as number))) [this.#lowest[slot], this.#lowestMs[slot]] = [value, atMs];
    if (value > highest || (value === highest && atMs < (this.#highestMs[slot] as number))) [this.#highest[slot], this.#highestMs[slot]] = [value, atMs];
    if (atMs >= (this.#lastMs[slot] as number)) [this.#last[slot], this.#lastMs[slot]] = [value, atMs];
  }

  #leave(atMs: number, value: number): void {
    if (this.#before === null || atMs >= this.#before.atMs) this.#before = { atMs, value };
  }

  /** Forgets everything: the source's clock has stepped, and old and new times do not compare. */
  clear(): void {
    this.#ids.fill(Number.NaN);
    this.#newest = this.#newestMs = this.#unbrokenFromMs = Number.NEGATIVE_INFINITY;
    this.#before = null;
  }

  /** Buckets in use, of 128: for tests of its bound. */
  get size(): number {
    return this.#ids.reduce((count, id) => (Number.isNaN(id) ? count : count + 1), 0);
  }

  /** Source time of the newest sample; minus infinity when there is none. */
  get newestMs(): number {
    return this.#newestMs;
  }

  /** The window that ends at `untilMs`, by time: what stood at its beginning, what was kept, and the last value carried on to its end. */
  points(untilMs: number): Point[] {
    const fromMs = untilMs - this.windowMs;
    let before = this.#before;
    const kept: Point[] = [];
    const keep = (atMs: number, value: number): void => {
      if (atMs >= fromMs) kept.push({ atMs, value });
      else if (before === null || atMs >= before.atMs) before = { atMs, value };
    };
    for (let slot = 0; slot < BUCKETS; slot += 1) {
      const id = this.#ids[slot] as number;
      if (Number.isNaN(id)) continue;
      keep(this.#lowestMs[slot] as number, this.#lowest[slot] as number);
      keep(this.#highestMs[slot] as number, this.#highest[slot] as number);
      keep(this.#lastMs[slot] as number, this.#last[slot] as number);
    }
    kept.sort((a, b) => a.atMs - b.atMs);
    const entering = before as Point | null;
    if (entering !== null && entering.atMs >= this.#unbrokenFromMs) kept.unshift({ atMs: fromMs, value: entering.value });
    if (kept.length > 0 && untilMs > this.#newestMs) kept.push({ atMs: untilMs, value: this.#newestValue });
    return kept;
  }
}
