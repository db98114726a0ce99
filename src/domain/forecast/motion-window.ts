/**
 * The recent course of one tag in bounded memory: means of its good samples in buckets of 2 s, 10 s and 60 s, sixty of each, so that
 * both the last half minute and the last hour can be looked at. A value that is not good breaks the course off: what was before it
 * is forgotten, because nobody knows what the value did meanwhile (FCT-6).
 */

/** Bucket widths, ms, and how many of each are kept. */
const TIERS_MS = [2_000, 10_000, 60_000] as const;
const BUCKETS = 60;
/** A sample older than the newest is late and left out; older than this, its source's clock was set back and the course begins anew. */
const LATE_MAX_MS = 10_000;

/** A silence of more than so many usual gaps means that the value stood still: servers report by exception. */
const SILENT_GAPS = 3;
/** Weight of the newest gap and step in their running means. */
const NEWEST_WEIGHT = 0.2;

/** One mean: time in ms of the source, value in the tag's unit. */
export interface CoursePoint {
  readonly atMs: number;
  readonly value: number;
}

/** One array for all tiers of a tag: for each tier the bucket's number (-1 = empty), count, time and sum, BUCKETS places each. */
const COUNT = BUCKETS;
const TIME = 2 * BUCKETS;
const SUM = 3 * BUCKETS;
const TIER_SIZE = 4 * BUCKETS;

interface Tier {
  readonly widthMs: number;
  /** Where it begins in the array. */
  readonly from: number;
}
const TIERS: readonly Tier[] = TIERS_MS.map((widthMs, i) => ({ widthMs, from: i * TIER_SIZE }));

export class MotionWindow {
  readonly #data = new Float64Array(TIERS.length * TIER_SIZE).fill(-1);
  #lastMs = Number.NaN;
  #lastValue = Number.NaN;
  #gapMs = Number.NaN;
  #step = Number.NaN;

  /** Source time of the newest good sample, ms; NaN = none since the course began. */
  get lastMs(): number {
    return this.#lastMs;
  }

  get lastValue(): number {
    return this.#lastValue;
  }

  /** Takes a good sample. `sourceMs` in ms, `value` in the tag's unit; what is no finite number breaks the course off. */
  add(sourceMs: number, value: number): void {
    if (!Number.isFinite(value) || !Number.isFinite(sourceMs) || sourceMs < 0) return this.forget();
    if (sourceMs <= this.#lastMs) {
      if (this.#lastMs - sourceMs <= LATE_MAX_MS) return;
      this.forget();
    }
    if (!Number.isNaN(this.#lastMs)) this.#learn(sourceMs - this.#lastMs, Math.abs(value - this.#lastValue), sourceMs);
    this.#lastMs = sourceMs;
    this.#lastValue = value;
    for (const tier of TIERS) this.#put(tier, sourceMs, value);
  }

  /** The usual gap between two samples and the usual step; after a silence the value that stood still is put in its place. */
  #learn(gapMs: number, step: number, sourceMs: number): void {
    const usualMs = this.#gapMs;
    if (gapMs > usualMs * SILENT_GAPS) {
      for (const tier of TIERS) for (const atMs of silence(tier, this.#lastMs + usualMs, sourceMs - usualMs)) this.#put(tier, atMs, this.#lastValue);
    }
    this.#gapMs = Number.isNaN(usualMs) ? gapMs : usualMs + NEWEST_WEIGHT * (Math.min(gapMs, usualMs * SILENT_GAPS) - usualMs);
    if (step > 0) this.#step = Number.isNaN(this.#step) ? step : this.#step + NEWEST_WEIGHT * (step - this.#step);
  }

  /** The usual size of a change between two samples, units; what is smaller may have gone unreported. */
  get step(): number {
    return Number.isNaN(this.#step) ? 0 : this.#step;
  }

  /** The value was not good: the course is broken off. */
  forget(): void {
    if (Number.isNaN(this.#lastMs)) return;
    this.#lastMs = Number.NaN;
    this.#lastValue = Number.NaN;
    this.#gapMs = Number.NaN;
    this.#step = Number.NaN;
    this.#data.fill(-1);
  }

  #put(tier: Tier, sourceMs: number, value: number): void {
    const data = this.#data;
    const number = Math.floor(sourceMs / tier.widthMs);
    const place = tier.from + (number % BUCKETS);
    if (data[place] !== number) {
      data[place] = number;
      data[place + COUNT] = 0;
      data[place + TIME] = 0;
      data[place + SUM] = 0;
    }
    data[place + COUNT] = (data[place + COUNT] as number) + 1;
    // Within the bucket, so that no precision is lost to the years since 1970.
    data[place + TIME] = (data[place + TIME] as number) + (sourceMs - number * tier.widthMs);
    data[place + SUM] = (data[place + SUM] as number) + value;
  }

  /** Means of the last `windowMs` up to `nowMs` (source time), oldest first; from the finest buckets that reach back so far. */
  course(nowMs: number, windowMs: number): CoursePoint[] {
    const tier = TIERS.find(({ widthMs }) => windowMs <= widthMs * BUCKETS) ?? TIERS.at(-1);
    if (tier === undefined) return [];
    const points: CoursePoint[] = [];
    const newest = Math.floor(nowMs / tier.widthMs);
    const oldest = Math.floor((nowMs - windowMs) / tier.widthMs) + 1;
    for (let number = Math.max(0, oldest, newest - BUCKETS + 1); number <= newest; number += 1) {
      const place = tier.from + (number % BUCKETS);
      if (this.#data[place] !== number) continue;
      const count = this.#data[place + COUNT] as number;
      points.push({ atMs: number * tier.widthMs + (this.#data[place + TIME] as number) / count, value: (this.#data[place + SUM] as number) / count });
    }
    if (nowMs - this.#lastMs > this.#gapMs * SILENT_GAPS) {
      const fromMs = Math.max(this.#lastMs + this.#gapMs, oldest * tier.widthMs);
      for (const atMs of silence(tier, fromMs, nowMs)) points.push({ atMs, value: this.#lastValue });
    }
    return points;
  }
}

/** Middles of the buckets that a silence goes through. */
function silence(tier: Tier, fromMs: number, toMs: number): number[] {
  const newest = Math.floor(toMs / tier.widthMs);
  const middles: number[] = [];
  for (let number = Math.max(Math.floor(fromMs / tier.widthMs), newest - BUCKETS + 1); number <= newest; number += 1) {
    const atMs = number * tier.widthMs + tier.widthMs / 2;
    if (atMs >= fromMs && atMs <= toMs) middles.push(atMs);
  }
  return middles;
}
