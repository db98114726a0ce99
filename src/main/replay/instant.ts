/**
 * The samples of one moment, in columns, and the queue that puts moments in order.
 *
 * Rows may come up to 10 s late (cli.md). The queue holds what is younger than that, and while the head of the trace is
 * gathered (decision 0007) everything. It never holds more than its limit: then the oldest goes on its way.
 */

/** Rows may go back in time by so much; samples inside that are put in order. */
export const LATE_MAX_MS = 10_000;
/** Samples held while the head is gathered: the trace's first 17 minutes with 1,000 tags at 1 s. */
export const HEAD_SAMPLES = 1_048_576;
/** Samples held so that late rows can be put in order; 18 bytes each. */
export const HELD_SAMPLES_MAX = 4_194_304;
/** What an instant costs apart from its samples, counted in samples, so that many empty rows cannot fill memory either. */
const INSTANT_OVERHEAD = 16;
const CAPACITY_FIRST = 16;
/** Emptied instants kept to be filled again. */
const SPARE_MAX = 64;

/** Parallel arrays; only the first `count` entries count. */
export interface TraceSamples {
  readonly atMs: number;
  readonly count: number;
  readonly channels: Int32Array;
  readonly numbers: Float64Array;
  /** KIND of each. */
  readonly kinds: Uint8Array;
  /** OPC UA status codes. */
  readonly statuses: Uint32Array;
}

export class Instant implements TraceSamples {
  atMs = 0;
  count = 0;
  channels = new Int32Array(CAPACITY_FIRST);
  numbers = new Float64Array(CAPACITY_FIRST);
  kinds = new Uint8Array(CAPACITY_FIRST);
  statuses = new Uint32Array(CAPACITY_FIRST);

  /** Room for so many more. */
  reserve(more: number): void {
    const needed = this.count + more;
    if (needed <= this.channels.length) return;
    const capacity = Math.max(needed, this.channels.length * 2);
    this.channels = grown(this.channels, new Int32Array(capacity));
    this.numbers = grown(this.numbers, new Float64Array(capacity));
    this.kinds = grown(this.kinds, new Uint8Array(capacity));
    this.statuses = grown(this.statuses, new Uint32Array(capacity));
  }

  add(channel: number, number: number, kind: number, status: number): void {
    this.reserve(1);
    const i = this.count;
    this.channels[i] = channel;
    this.numbers[i] = number;
    this.kinds[i] = kind;
    this.statuses[i] = status;
    this.count = i + 1;
  }
}

function grown<T extends Int32Array | Float64Array | Uint8Array | Uint32Array>(from: T, to: T): T {
  to.set(from as never);
  return to;
}

export interface QueueLimits {
  readonly headSamples: number;
  readonly heldMax: number;
}

export class InstantQueue {
  readonly #limits: QueueLimits;
  /** In order of time; those before `#first` are gone. */
  #items: Instant[] = [];
  #first = 0;
  readonly #spare: Instant[] = [];
  #held = 0;
  #peakHeld = 0;
  #newestMs = Number.NEGATIVE_INFINITY;
  #takenMs = Number.NEGATIVE_INFINITY;
  #isHead = true;
  #isEnded = false;

  constructor(limits: Partial<QueueLimits> = {}) {
    this.#limits = { headSamples: HEAD_SAMPLES, heldMax: HELD_SAMPLES_MAX, ...limits };
  }

  get newestMs(): number {
    return this.#newestMs;
  }

  /** Moments before this can no longer be put in order. */
  get floorMs(): number {
    return this.#takenMs;
  }

  /** Samples held now, and the most that ever were, overhead counted in. */
  get held(): number {
    return this.#held;
  }

  get peakHeld(): number {
    return this.#peakHeld;
  }

  /** True until enough is known of the trace to begin. */
  get isHead(): boolean {
    return this.#isHead;
  }

  /** What is held, in order; the head when it is complete. */
  get waiting(): readonly TraceSamples[] {
    return this.#items.slice(this.#first);
  }

  /** The instant to which a row of this time adds its samples; `added` must follow. */
  at(atMs: number): Instant {
    const last = this.#items.length > this.#first ? this.#items[this.#items.length - 1] : undefined;
    if (last?.atMs === atMs) return last;
    if (last === undefined || last.atMs < atMs) return this.#insert(this.#items.length, atMs);
    let [low, high] = [this.#first, this.#items.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#items[middle] as Instant).atMs < atMs) low = middle + 1;
      else high = middle;
    }
    const found = this.#items[low];
    return found?.atMs === atMs ? found : this.#insert(low, atMs);
  }

  /** So many samples have been put into an instant. */
  added(samples: number): void {
    this.#held += samples;
    if (this.#held > this.#peakHeld) this.#peakHeld = this.#held;
    if (this.#held >= this.#limits.headSamples) this.#isHead = false;
  }

  /** Nothing more comes. */
  end(): void {
    this.#isHead = false;
    this.#isEnded = true;
  }

  /** The next instant that no late row can precede any more; null when none is ripe. Hand it back with `giveBack`. */
  take(): Instant | null {
    const next = this.#items[this.#first];
    if (next === undefined || this.#isHead) return null;
    if (!this.#isEnded && next.atMs >= this.#newestMs - LATE_MAX_MS && this.#held <= this.#limits.heldMax) return null;
    this.#first += 1;
    if (this.#first > 1_024 && this.#first * 2 > this.#items.length) {
      this.#items = this.#items.slice(this.#first);
      this.#first = 0;
    }
    this.#held -= next.count + INSTANT_OVERHEAD;
    this.#takenMs = next.atMs;
    return next;
  }

  giveBack(instant: Instant): void {
    if (this.#spare.length >= SPARE_MAX) return;
    instant.count = 0;
    this.#spare.push(instant);
  }

  #insert(index: number, atMs: number): Instant {
    const instant = this.#spare.pop() ?? new Instant();
    instant.atMs = atMs;
    instant.count = 0;
    if (index === this.#items.length) this.#items.push(instant);
    else this.#items.splice(index, 0, instant);
    this.#newestMs = Math.max(this.#newestMs, atMs);
    this.added(INSTANT_OVERHEAD);
    return instant;
  }
}
