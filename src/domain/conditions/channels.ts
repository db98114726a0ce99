/**
 * The newest value of every tag, result and observation, with its quality: status code AND connection AND age.
 *
 * Decides whether a value may be believed now. A value is stale when nothing has shown it alive for twice its scan time;
 * the connection's own watchdog (src/main/dcs) delivers bad samples when the link is gone.
 */
import { severityOf, STATUS } from '../samples/sample.ts';
import type { Quality, SampleValue } from '../samples/sample.ts';
import { Deadlines } from './deadlines.ts';
import { Names } from './names.ts';
import { newestOf, noBand, PROOF_MS, RECEIVED_MS, SOURCE_MS, STRIDE, VALUE } from './newest.ts';

export interface ChannelSpec {
  readonly id: string;
  /** Longest time between two signs of life, ms; 0 = holds until replaced (results and observations by people). */
  readonly scanMs: number;
  /** For columns of numbers: what 0, 1, 2 ... stand for on a tag that is no number (its states; false and true). */
  readonly words?: readonly (string | boolean)[];
}

export interface ChannelReading {
  readonly tag: string;
  readonly value: SampleValue;
  readonly quality: Quality;
  readonly sourceMs: number | null;
}

/** Severities: that of the status, or never heard of, or asked for and not yet answered. */
const GOOD = 0;
const UNCERTAIN = 1;
const BAD = 2;
const NEVER = 3;
const WAITING = 4;

/** Put on samples by src/main/dcs when the link, not the plant, is the matter. */
const OWN_STATUS: ReadonlySet<number> = new Set([STATUS.badNoCommunication, STATUS.badWaitingForInitialData, STATUS.badNodeIdUnknown, STATUS.uncertainLastUsable]);

/** Silent for this many scans: stale. One scan late is still within jitter. */
export const STALE_AFTER_SCANS = 2;

/** A sample older than the newest by more than this is not late: its source's clock has stepped back. */
export const LATE_MAX_MS = 10_000;

const IS_NUMBER = 1;
const IS_BOOLEAN = 2;
const IS_WORD = 3;

export type Acceptance = 'newest' | 'late' | 'same' | 'stepped';

export class Channels {
  readonly names: Names;
  readonly #specs: readonly ChannelSpec[];
  /** Rows of newest.ts, one for each channel. */
  readonly newest: Float64Array;
  readonly #severity: Uint8Array;
  readonly #stale: Uint8Array;
  /** What the last value was: nothing (0), number, boolean, word. */
  readonly #type: Uint8Array;
  readonly #words = new Map<number, string>();
  readonly #deadlines: Deadlines;
  /** Ms; may grow while the plant runs (`slowDown`). */
  readonly #scanMs: Float64Array;
  /** Which channels `alive` says nothing of: worked out once for a set that is handed in again and again. */
  #except: ReadonlySet<string> = new Set();
  #exceptSize = 0;
  readonly #isExcept: Uint8Array;

  constructor(specs: readonly ChannelSpec[]) {
    this.names = new Names(specs.map((spec) => spec.id));
    this.#specs = specs;
    this.newest = newestOf(specs.length);
    this.#severity = new Uint8Array(specs.length).fill(NEVER);
    this.#stale = new Uint8Array(specs.length);
    this.#type = new Uint8Array(specs.length);
    this.#deadlines = new Deadlines(specs.length, (i) => this.staleMsOf(i));
    this.#scanMs = Float64Array.from(specs, ({ scanMs }) => scanMs);
    this.#isExcept = new Uint8Array(specs.length);
  }

  get count(): number {
    return this.#specs.length;
  }

  get ids(): readonly string[] {
    return this.names.all;
  }

  indexOf(id: string): number | undefined {
    return this.names.numberOf(id);
  }

  /** A number of a column as the channel's own value: the word or boolean it stands for; a number that stands for none is no value. */
  valueFrom(i: number, number: number): SampleValue {
    const words = this.#specs[i]?.words;
    return words === undefined ? number : (words[number] ?? null);
  }

  /**
   * Takes a sample. Answers `newest` when it is the channel's newest, `late` when an older one came after it, `same` for
   * a duplicate, and `stepped` when the source's clock has gone back: then it is the newest all the same. Were it called
   * late, signs of life of the link would keep the old value good until that clock had caught up.
   */
  accept(i: number, value: SampleValue, status: number, sourceMs: number, receivedMs: number): Acceptance {
    const at = i * STRIDE;
    const before = this.#severity[i] as number;
    // A link that is being made is not yet a fault; it becomes one when the answer stays out for two scans.
    const severity = before >= NEVER && status === STATUS.badWaitingForInitialData ? WAITING : severityOfSample(value, status);
    const isOwn = OWN_STATUS.has(status);
    const behindMs = isOwn ? 0 : (this.newest[at + SOURCE_MS] as number) - sourceMs;
    if (behindMs > 0 && behindMs <= LATE_MAX_MS) return 'late';
    const isSame = sourceMs === this.newest[at + SOURCE_MS] && severity === before && Object.is(value, this.valueOf(i));
    this.newest[at + PROOF_MS] = Math.max(this.newest[at + PROOF_MS] as number, receivedMs);
    if (isSame && this.#stale[i] === 0) return 'same';
    this.#stale[i] = 0;
    // What the station itself says of a link has no source time: an unchanged value that comes back keeps its old one and is not late.
    if (!isOwn) this.newest[at + SOURCE_MS] = sourceMs;
    this.newest[at + RECEIVED_MS] = receivedMs;
    this.#severity[i] = severity;
    this.#deadlines.expect(i);
    this.#keep(i, value);
    return behindMs > LATE_MAX_MS ? 'stepped' : 'newest';
  }

  /** A bad sample without a value keeps the last value for display; its quality says that it may not be believed. */
  #keep(i: number, value: SampleValue): void {
    if (value === null || isNoNumber(value)) return;
    this.newest[i * STRIDE + VALUE] = typeof value === 'string' ? Number.NaN : Number(value) + 0; // -0 would come back from the journal as 0
    this.#type[i] = typeof value === 'string' ? IS_WORD : typeof value === 'boolean' ? IS_BOOLEAN : IS_NUMBER;
    if (typeof value === 'string') this.#words.set(i, value);
  }

  /** Everything that is connected has shown itself alive (a keep-alive carries unchanged values). Returns channels that were stale. */
  alive(atMs: number, except: ReadonlySet<string>): number[] {
    const woken: number[] = [];
    this.#markExcept(except);
    for (let i = 0; i < this.count; i += 1) {
      if (this.#isExcept[i] === 1 || (this.#severity[i] as number) >= NEVER || this.#scanMs[i] === 0) continue;
      if (atMs > (this.newest[i * STRIDE + PROOF_MS] as number)) this.newest[i * STRIDE + PROOF_MS] = atMs;
      if (this.#stale[i] === 1) {
        this.#stale[i] = 0;
        this.#deadlines.expect(i);
        woken.push(i);
      }
    }
    return woken;
  }

  #markExcept(except: ReadonlySet<string>): void {
    if (except === this.#except && except.size === this.#exceptSize) return;
    this.#except = except;
    this.#exceptSize = except.size;
    for (let i = 0; i < this.count; i += 1) this.#isExcept[i] = except.has(this.ids[i] ?? '') ? 1 : 0;
  }

  /** A tag comes more rarely than was thought: a recorded trace shows it (decision 0007). A scan time never grows shorter. */
  slowDown(i: number, scanMs: number): void {
    this.#scanMs[i] = Math.max(this.#scanMs[i] as number, scanMs);
    this.#deadlines.expect(i);
  }

  /** Nothing falls stale before this moment. */
  get nextStaleMs(): number {
    return this.#deadlines.nextMs;
  }

  /** The next channel to fall stale before `nowMs`, at `staleMsOf` it; -1 when none does. Whoever asks marks it stale. */
  nextStale(nowMs: number): number {
    return this.#deadlines.next(nowMs);
  }

  /** When this channel falls stale if nothing more is heard of it; never, when it is stale, silent so far, or holds until replaced. */
  staleMsOf(i: number): number {
    const scanMs = this.#scanMs[i] as number;
    return scanMs === 0 || this.#stale[i] === 1 || this.#severity[i] === NEVER ? Number.POSITIVE_INFINITY : (this.newest[i * STRIDE + PROOF_MS] as number) + scanMs * STALE_AFTER_SCANS;
  }

  markStale(i: number): void {
    if (this.#severity[i] === WAITING) this.#severity[i] = BAD;
    this.#stale[i] = 1;
    noBand(this.newest, i);
  }

  /** What people have said (results, observations) was never said. What tags show stands. */
  forgetPeople(): void {
    for (let i = 0; i < this.count; i += 1) {
      if (this.#scanMs[i] !== 0) continue;
      this.#severity[i] = NEVER;
      this.#type[i] = 0;
      this.#words.delete(i);
      this.newest[i * STRIDE + SOURCE_MS] = -1;
      noBand(this.newest, i);
    }
  }

  distrust(): void {
    this.#severity.fill(BAD);
    for (let i = 0; i < this.count; i += 1) noBand(this.newest, i);
  }

  /** True when a sample was ever received, good or bad. */
  wasSeen(i: number): boolean {
    return (this.#severity[i] as number) < NEVER;
  }

  isGood(i: number): boolean {
    return this.#severity[i] === GOOD && this.#stale[i] === 0;
  }

  /** What was last heard of it had a good status, however long ago that is. */
  isGoodStatus(i: number): boolean {
    return this.#severity[i] === GOOD;
  }

  /** True when the last value was a number (no boolean, no word). */
  isNumber(i: number): boolean {
    return this.#type[i] === IS_NUMBER;
  }

  /** The number of a good value (true = 1, false = 0), NaN when it is not known or not a number. */
  numberOf(i: number): number {
    return this.isGood(i) ? (this.newest[i * STRIDE + VALUE] as number) : Number.NaN;
  }

  valueOf(i: number): SampleValue {
    const number = this.newest[i * STRIDE + VALUE] as number;
    switch (this.#type[i]) {
      case IS_NUMBER: return number;
      case IS_BOOLEAN: return number === 1;
      case IS_WORD: return this.#words.get(i) ?? null;
      default: return null;
    }
  }

  sourceMsOf(i: number): number {
    return this.newest[i * STRIDE + SOURCE_MS] as number;
  }

  /** Now on the source's own clock: its newest time, carried on by ours, so that a skewed server clock bends no rate. */
  sourceNowMs(i: number, nowMs: number): number {
    return this.sourceMsOf(i) + Math.max(0, nowMs - (this.newest[i * STRIDE + RECEIVED_MS] as number));
  }

  reading(i: number): ChannelReading {
    const severity = this.#severity[i] as number;
    const quality: Quality = severity >= BAD ? 'bad' : this.#stale[i] === 1 ? 'stale' : severity === UNCERTAIN ? 'uncertain' : 'good';
    return { tag: this.ids[i] ?? '', value: this.valueOf(i), quality, sourceMs: severity >= NEVER || this.sourceMsOf(i) < 0 ? null : this.sourceMsOf(i) };
  }
}

function severityOfSample(value: SampleValue, status: number): number {
  if (value === null || isNoNumber(value)) return BAD;
  const severity = severityOf(status);
  return severity === 'good' ? GOOD : severity === 'uncertain' ? UNCERTAIN : BAD;
}

/** NaN and the infinities: no number that anybody can have meant, nor one that a record can hold. */
function isNoNumber(value: SampleValue): boolean {
  return typeof value === 'number' && !Number.isFinite(value);
}
