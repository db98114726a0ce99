/**
 * The last stretch of one tag, in bounded memory, for rates.
 *
 * Samples are kept by source time in buckets of a fixed grid (1/200 of the window); a bucket keeps its latest sample.
 * So late samples inside the window may come in any order, duplicates change nothing, and a tag at 1 kHz costs no more
 * memory than one at 1 Hz.
 */
const BUCKETS = 200;

export class SampleWindow {
  readonly #windowMs: number;
  readonly #bucketMs: number;
  #times: number[] = [];
  #values: number[] = [];

  constructor(windowMs: number) {
    this.#windowMs = windowMs;
    this.#bucketMs = Math.max(1, windowMs / BUCKETS);
  }

  /** Adds a good sample. Older than the window behind the newest: ignored. */
  add(timeMs: number, value: number): void {
    const newest = this.#times.at(-1);
    if (newest !== undefined && timeMs <= newest - this.#windowMs) return;
    let at = this.#times.length;
    while (at > 0 && (this.#times[at - 1] ?? 0) > timeMs) at -= 1;
    if (this.#isSameBucket(this.#times[at], timeMs)) return; // the bucket already holds a later sample
    if (at > 0 && this.#isSameBucket(this.#times[at - 1], timeMs)) {
      this.#times[at - 1] = timeMs;
      this.#values[at - 1] = value;
    } else {
      this.#times.splice(at, 0, timeMs);
      this.#values.splice(at, 0, value);
    }
    this.#forget((this.#times.at(-1) ?? timeMs) - this.#windowMs);
  }

  #isSameBucket(otherMs: number | undefined, timeMs: number): boolean {
    return otherMs !== undefined && Math.floor(otherMs / this.#bucketMs) === Math.floor(timeMs / this.#bucketMs);
  }

  #forget(beforeMs: number): void {
    let drop = 0;
    while (drop < this.#times.length && (this.#times[drop] ?? 0) < beforeMs) drop += 1;
    if (drop > 0) {
      this.#times.splice(0, drop);
      this.#values.splice(0, drop);
    }
  }

  /** Forgets everything: the source's clock has stepped, and old and new times do not compare. */
  clear(): void {
    this.#times = [];
    this.#values = [];
  }

  get size(): number {
    return this.#times.length;
  }

  /**
   * Least-squares slope in units per minute, or null while the samples span less than half the window.
   * A value that stands still (exception-based servers send nothing) counts as lasting until `untilMs`.
   */
  slopePerMin(untilMs: number): number | null {
    const { times, values } = this.#until(untilMs);
    const first = times[0];
    const last = times.at(-1);
    if (first === undefined || last === undefined || times.length < 3 || last - first < this.#windowMs / 2) return null;
    let sumT = 0;
    let sumV = 0;
    for (let i = 0; i < times.length; i += 1) {
      sumT += (times[i] as number) - first;
      sumV += values[i] as number;
    }
    const meanT = sumT / times.length;
    const meanV = sumV / times.length;
    let over = 0;
    let under = 0;
    for (let i = 0; i < times.length; i += 1) {
      const dt = (times[i] as number) - first - meanT;
      over += dt * ((values[i] as number) - meanV);
      under += dt * dt;
    }
    return under === 0 ? null : (over / under) * 60_000;
  }

  /** The window's samples, with the last value carried on to `untilMs` when nothing newer came. */
  #until(untilMs: number): { times: readonly number[]; values: readonly number[] } {
    const last = this.#times.at(-1);
    if (last === undefined || untilMs - last < this.#bucketMs * 2) return { times: this.#times, values: this.#values };
    const from = untilMs - this.#windowMs;
    const times: number[] = [];
    const values: number[] = [];
    for (let i = 0; i < this.#times.length; i += 1) {
      if ((this.#times[i] as number) >= from) {
        times.push(this.#times[i] as number);
        values.push(this.#values[i] as number);
      }
    }
    const lastValue = this.#values.at(-1) as number;
    const stepMs = this.#windowMs / 20;
    for (let t = Math.max(last, from) + stepMs; t < untilMs; t += stepMs) {
      times.push(t);
      values.push(lastValue);
    }
    times.push(untilMs);
    values.push(lastValue);
    return { times, values };
  }
}
