/**
 * The newest value of every tag, result and observation, with its quality: status code AND connection AND age.
 *
 * Decides whether a value may be believed now. A value is stale when nothing has shown it alive for twice its scan time;
 * the connection's own watchdog (src/main/dcs) delivers bad samples when the link is gone.
 */
import { severityOf, STATUS } from '../samples/sample.ts';
import type { Quality, Sample, SampleValue } from '../samples/sample.ts';

export interface ChannelSpec {
  readonly id: string;
  /** Longest time between two signs of life, ms; 0 = holds until replaced (results and observations by people). */
  readonly scanMs: number;
}

export interface ChannelReading {
  readonly tag: string;
  readonly value: SampleValue;
  readonly quality: Quality;
  readonly sourceMs: number | null;
}

const NEVER = 3;
const WAITING = 4;

/** Put on samples by src/main/dcs when the link, not the plant, is the matter. */
const OWN_STATUS: ReadonlySet<number> = new Set([STATUS.badNoCommunication, STATUS.badWaitingForInitialData, STATUS.badNodeIdUnknown, STATUS.uncertainLastUsable]);

/** Silent for this many scans: stale. One scan late is still within jitter. */
export const STALE_AFTER_SCANS = 2;

/** A sample older than the newest by more than this is not late: its source's clock has stepped back. */
export const LATE_MAX_MS = 10_000;

export class Channels {
  readonly ids: readonly string[];
  readonly #index = new Map<string, number>();
  readonly #scanMs: Float64Array;
  readonly #proofMs: Float64Array;
  readonly #sourceMs: Float64Array;
  readonly #receivedMs: Float64Array;
  /** Status severity: 0 good, 1 uncertain, 2 bad, 3 never heard of, 4 asked for and not yet answered. */
  readonly #severity: Uint8Array;
  readonly #stale: Uint8Array;
  readonly #numbers: Float64Array;
  readonly #values: SampleValue[];

  constructor(specs: readonly ChannelSpec[]) {
    this.ids = specs.map((spec) => spec.id);
    specs.forEach((spec, i) => this.#index.set(spec.id, i));
    this.#scanMs = Float64Array.from(specs, (spec) => spec.scanMs);
    this.#proofMs = new Float64Array(specs.length);
    this.#sourceMs = new Float64Array(specs.length).fill(-1);
    this.#receivedMs = new Float64Array(specs.length);
    this.#severity = new Uint8Array(specs.length).fill(3);
    this.#stale = new Uint8Array(specs.length);
    this.#numbers = new Float64Array(specs.length).fill(Number.NaN);
    this.#values = new Array<SampleValue>(specs.length).fill(null);
  }

  indexOf(id: string): number | undefined {
    return this.#index.get(id);
  }

  /**
   * Takes a sample. Answers `newest` when it is the channel's newest, `late` when an older one came after it, `same` for
   * a duplicate, and `stepped` when the source's clock has gone back: then it is the newest all the same. Were it called
   * late, signs of life of the link would keep the old value good until that clock had caught up.
   */
  accept(i: number, sample: Sample): 'newest' | 'late' | 'same' | 'stepped' {
    const before = this.#severity[i] as number;
    // A link that is being made is not yet a fault; it becomes one when the answer stays out for two scans.
    const severity = before >= NEVER && sample.status === STATUS.badWaitingForInitialData ? WAITING : this.#severityOf(sample);
    const behindMs = OWN_STATUS.has(sample.status) ? 0 : (this.#sourceMs[i] as number) - sample.sourceMs;
    if (behindMs > 0 && behindMs <= LATE_MAX_MS) return 'late';
    const isSame = sample.sourceMs === this.#sourceMs[i] && Object.is(sample.value, this.#values[i]) && severity === this.#severity[i];
    this.#proofMs[i] = Math.max(this.#proofMs[i] as number, sample.receivedMs);
    if (isSame && this.#stale[i] === 0) return 'same';
    this.#stale[i] = 0;
    // What the station itself says of a link has no source time: an unchanged value that comes back keeps its old one and is not late.
    if (!OWN_STATUS.has(sample.status)) this.#sourceMs[i] = sample.sourceMs;
    this.#receivedMs[i] = sample.receivedMs;
    this.#severity[i] = severity;
    // A bad sample without a value keeps the last value for display; its quality says that it may not be believed.
    if (sample.value !== null && !isNoNumber(sample.value)) this.#values[i] = sample.value === 0 ? 0 : sample.value; // -0 would come back from the journal as 0
    this.#numbers[i] = severity === 0 ? toNumber(sample.value) : Number.NaN;
    return behindMs > LATE_MAX_MS ? 'stepped' : 'newest';
  }

  #severityOf(sample: Sample): number {
    if (sample.value === null) return 2;
    if (isNoNumber(sample.value)) return 2;
    const severity = severityOf(sample.status);
    return severity === 'good' ? 0 : severity === 'uncertain' ? 1 : 2;
  }

  /** Everything that is connected has shown itself alive (a keep-alive carries unchanged values). Returns channels that were stale. */
  alive(atMs: number, except: ReadonlySet<string>): number[] {
    const woken: number[] = [];
    for (let i = 0; i < this.ids.length; i += 1) {
      if ((this.#severity[i] as number) >= NEVER || (this.#scanMs[i] as number) === 0 || (except.size > 0 && except.has(this.ids[i] ?? ''))) continue;
      if (atMs > (this.#proofMs[i] as number)) this.#proofMs[i] = atMs;
      if (this.#stale[i] === 1) {
        this.#stale[i] = 0;
        if (this.#severity[i] === 0) this.#numbers[i] = toNumber(this.#values[i] ?? null);
        woken.push(i);
      }
    }
    return woken;
  }

  /** Channels that fall stale up to `nowMs`, with the moment at which they did. */
  staleDue(nowMs: number): { channel: number; atMs: number }[] {
    const due: { channel: number; atMs: number }[] = [];
    for (let i = 0; i < this.ids.length; i += 1) {
      const atMs = this.staleMsOf(i);
      if (atMs < nowMs) due.push({ channel: i, atMs });
    }
    return due.sort((a, b) => a.atMs - b.atMs);
  }

  /** The earliest moment at which any channel may fall stale; signs of life only put it off. */
  nextStaleMs(): number {
    let nextMs = Number.POSITIVE_INFINITY;
    for (let i = 0; i < this.ids.length; i += 1) nextMs = Math.min(nextMs, this.staleMsOf(i));
    return nextMs;
  }

  /** When this channel falls stale if nothing more is heard of it; never, when it is stale, silent so far, or holds until replaced. */
  staleMsOf(i: number): number {
    const scanMs = this.#scanMs[i] as number;
    return scanMs === 0 || this.#stale[i] === 1 || this.#severity[i] === NEVER ? Number.POSITIVE_INFINITY : (this.#proofMs[i] as number) + scanMs * STALE_AFTER_SCANS;
  }

  /** The time between two signs of life becomes known, or another, while the plant runs. */
  rescan(i: number, scanMs: number): void {
    this.#scanMs[i] = scanMs;
  }

  markStale(i: number): void {
    if (this.#severity[i] === WAITING) this.#severity[i] = 2;
    this.#stale[i] = 1;
    this.#numbers[i] = Number.NaN;
  }

  distrust(): void {
    this.#severity.fill(2);
    this.#numbers.fill(Number.NaN);
  }

  /** True when a sample was ever received, good or bad. */
  wasSeen(i: number): boolean {
    return (this.#severity[i] as number) < NEVER;
  }

  isGood(i: number): boolean {
    return this.#severity[i] === 0 && this.#stale[i] === 0;
  }

  /** What was last heard of it had a good status, however long ago that is. */
  isGoodStatus(i: number): boolean {
    return this.#severity[i] === 0;
  }

  /** The number of a good value (true = 1, false = 0), NaN when it is not known or not a number. */
  numberOf(i: number): number {
    return this.#numbers[i] as number;
  }

  valueOf(i: number): SampleValue {
    return this.#values[i] ?? null;
  }

  sourceMsOf(i: number): number {
    return this.#sourceMs[i] as number;
  }

  /** Now on the source's own clock: its newest time, carried on by ours, so that a skewed server clock bends no rate. */
  sourceNowMs(i: number, nowMs: number): number {
    return (this.#sourceMs[i] as number) + Math.max(0, nowMs - (this.#receivedMs[i] as number));
  }

  reading(i: number): ChannelReading {
    const severity = this.#severity[i] as number;
    const quality: Quality = severity >= 2 ? 'bad' : this.#stale[i] === 1 ? 'stale' : severity === 1 ? 'uncertain' : 'good';
    return { tag: this.ids[i] ?? '', value: this.#values[i] ?? null, quality, sourceMs: severity >= NEVER || (this.#sourceMs[i] as number) < 0 ? null : (this.#sourceMs[i] as number) };
  }
}

/** NaN and the infinities: no number that anybody can have meant, nor one that a record can hold. */
function isNoNumber(value: SampleValue): boolean {
  return typeof value === 'number' && !Number.isFinite(value);
}

function toNumber(value: SampleValue): number {
  if (typeof value === 'number') return value;
  if (typeof value === 'boolean') return value ? 1 : 0;
  return Number.NaN;
}
