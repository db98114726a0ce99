/**
 * Recognises: samples in, changes of conditions out. Deterministic; no clock of its own.
 *
 * What it decides: whether a condition is raised, cleared or unknown, and since when.
 * What it never does: satisfy or clear a condition on a value that is bad, stale or uncertain.
 * The hot path (limits) runs over typed arrays; the other kinds are few.
 */
import type { Measure } from '../packs/schema.ts';
import { severityOf } from '../samples/sample.ts';
import type { Sample, SampleValue } from '../samples/sample.ts';
import { Channels } from './channels.ts';
import type { ChannelReading, ChannelSpec } from './channels.ts';
import { childrenOf, inDependencyOrder, inputsOf } from './compile.ts';
import type { NodeSpec } from './compile.ts';
import { codeOf, compare, limitNumberOf, limitOf } from './comparison.ts';
import { ExtremesWindow } from './extremes-window.ts';
import { deciderOf, reviewMsOf, truthOf } from './kinds/index.ts';
import { NEVER_MS } from './kinds/kind.ts';
import type { Look } from './kinds/kind.ts';
import { LabHistory } from './lab-history.ts';
import { SampleWindow } from './sample-window.ts';
import { TimerQueue } from './timer-queue.ts';
import { FALSE, TRUE, UNKNOWN } from './truth.ts';
import type { Truth } from './truth.ts';

export type ConditionState = 'raised' | 'cleared' | 'unknown';

/** A condition changed. `input` and `value` are what decided it; null for combinations. */
export interface ConditionChange {
  readonly id: string;
  readonly state: ConditionState;
  /** When it changed: the sample's receive time, or the moment a delay ran out. */
  readonly atMs: number;
  /** Source time of the deciding sample; first-out is decided by it. */
  readonly sourceMs: number;
  readonly input: string | null;
  readonly value: SampleValue;
  readonly limit: number | null;
}

/** More timers than this in one go is a broken invariant, not a plant. */
const TIMERS_MAX = 1_000_000;
const ALL_VOTES = 0xffff;
const NO_TAGS: ReadonlySet<string> = new Set();

export class ConditionEngine {
  readonly channels: Channels;
  readonly #nodes: readonly NodeSpec[];
  readonly #indexOf = new Map<string, number>();
  readonly #readers: Int32Array[];
  readonly #parents: Int32Array[];
  readonly #children: Int32Array[];
  readonly #inputs: Int32Array[];
  // limits, as arrays
  readonly #isLimit: Uint8Array;
  readonly #code: Uint8Array;
  readonly #limit: Float64Array;
  readonly #deadband: Float64Array;
  // state
  readonly #raised: Uint8Array;
  readonly #known: Uint8Array;
  readonly #everKnown: Uint8Array;
  readonly #lastTrue: Uint8Array;
  readonly #onSinceMs: Float64Array;
  readonly #offSinceMs: Float64Array;
  readonly #reviewMs: Float64Array;
  readonly #slopes: (SampleWindow | null)[];
  readonly #extremes: (readonly ExtremesWindow[])[];
  readonly #labs: (LabHistory | null)[];
  readonly #onsetMs: Float64Array;
  /** A proof that was given before an outage: unknown until it has held for its time again, and not false meanwhile. */
  readonly #inDoubt: Uint8Array;
  /** For voted: each input's own last answer, one bit each. */
  readonly #votes: Uint16Array;
  #lookedAt = 0;
  readonly #look: Look;
  readonly #timers = new TimerQueue();
  /** When a node is next to be looked at, as it stands in the queue. */
  readonly #queuedMs: Float64Array;
  #changes: ConditionChange[] = [];
  #nowMs = 0;
  /** Nothing falls stale before this. */
  #nextStaleMs = NEVER_MS;

  constructor(channels: readonly ChannelSpec[], nodes: readonly NodeSpec[]) {
    this.channels = new Channels(channels);
    this.#nodes = inDependencyOrder(nodes);
    this.#nodes.forEach((node, i) => this.#indexOf.set(node.id, i));
    const size = this.#nodes.length;
    this.#inputs = this.#nodes.map((node) => Int32Array.from(inputsOf(node.measure), (input) => this.#channelOf(input)));
    this.#children = this.#nodes.map((node) => Int32Array.from(childrenOf(node.measure), (child) => this.#indexOf.get(child) as number));
    this.#parents = invert(this.#children, size);
    this.#readers = invert(this.#inputs, channels.length);
    this.#isLimit = new Uint8Array(size);
    this.#code = new Uint8Array(size);
    this.#limit = new Float64Array(size);
    this.#deadband = new Float64Array(size);
    this.#raised = new Uint8Array(size);
    this.#known = new Uint8Array(size);
    this.#everKnown = new Uint8Array(size);
    this.#lastTrue = new Uint8Array(size);
    this.#onSinceMs = new Float64Array(size).fill(NEVER_MS);
    this.#offSinceMs = new Float64Array(size).fill(NEVER_MS);
    this.#reviewMs = new Float64Array(size).fill(NEVER_MS);
    this.#onsetMs = new Float64Array(size).fill(-1);
    this.#queuedMs = new Float64Array(size).fill(NEVER_MS);
    this.#inDoubt = new Uint8Array(size);
    this.#slopes = this.#nodes.map(({ measure }) => (measure.kind === 'rate' ? new SampleWindow(measure.window) : null));
    this.#extremes = this.#nodes.map(({ measure }) => (measure.kind === 'trend' || measure.kind === 'swing' || measure.kind === 'notFalling' ? inputsOf(measure).map(() => new ExtremesWindow(measure.window)) : []));
    this.#votes = new Uint16Array(size);
    this.#labs = this.#nodes.map(({ measure }) => (measure.kind === 'lab' ? new LabHistory() : null));
    this.#nodes.forEach((node, i) => this.#prepareLimit(node.measure, i));
    this.#look = this.#makeLook();
  }

  /** The engine as a kind may see it, at the node that is looked at now. */
  #makeLook(): Look {
    const place = (list: readonly Int32Array[], at: number): number => list[this.#lookedAt]?.[at] ?? -1;
    const now = (): number => this.#nowMs;
    const lastWasTrue = (): boolean => this.#lastTrue[this.#lookedAt] === 1;
    const node = (): number => this.#lookedAt;
    const inputs = this.#inputs;
    const children = this.#children;
    const votes = this.#votes;
    const slopes = this.#slopes;
    const extremes = this.#extremes;
    const labs = this.#labs;
    return {
      channels: this.channels,
      get nowMs() { return now(); },
      get count() { return (inputs[node()]?.length ?? 0) + (children[node()]?.length ?? 0); },
      get lastWasTrue() { return lastWasTrue(); },
      get votes() { return votes[node()] as number; },
      set votes(bits) { votes[node()] = bits; },
      get slope() { return slopes[node()] as SampleWindow; },
      get lab() { return labs[node()] as LabHistory; },
      extremes: (at) => extremes[node()]?.[at] as ExtremesWindow,
      channel: (at) => place(inputs, at),
      part: (at) => this.#outputOf(place(children, at)),
      partHeldSinceMs: (at) => (this.#raised[place(children, at)] === 1 ? (this.#onsetMs[place(children, at)] as number) : null),
    };
  }

  #prepareLimit(measure: Measure, i: number): void {
    if (measure.kind !== 'limit') return;
    const limit = limitOf(measure);
    if (limit === null) throw new Error(`broken invariant: limit '${this.#nodes[i]?.id}' names no comparison`);
    this.#isLimit[i] = 1;
    this.#code[i] = codeOf(limit.comparison);
    this.#limit[i] = limit.limit;
    this.#deadband[i] = measure.deadband;
  }

  #channelOf(input: string): number {
    const index = this.channels.indexOf(input);
    if (index === undefined) throw new Error(`broken invariant: '${input}' is not a tag, result or observation of the plant`);
    return index;
  }

  /**
   * After a restart: these conditions were raised (`held`) or unknown when the station stopped. The raised stay raised,
   * unknown, until fresh values speak; of the others the first good value tells that they are not raised.
   */
  restore(conditions: readonly { id: string; held: boolean; onsetMs: number }[]): void {
    for (const { id, held, onsetMs } of conditions) {
      const i = this.#indexOf.get(id);
      if (i === undefined) continue;
      this.#everKnown[i] = 1;
      if (!held) continue;
      this.#raised[i] = 1;
      this.#lastTrue[i] = 1;
      this.#votes[i] = ALL_VOTES; // within the deadband, what was raised stays raised
      this.#onsetMs[i] = onsetMs;
    }
    this.#resumeDurations();
  }

  /** The clock of a duration runs on over a restart, before anything is heard of its part. */
  #resumeDurations(): void {
    this.#nodes.forEach(({ measure }, node) => {
      if (measure.kind !== 'duration' || this.#raised[this.#children[node]?.[0] ?? -1] !== 1) return;
      this.#reviewMs[node] = (this.#onsetMs[this.#children[node]?.[0] as number] as number) + measure.longerThan;
      this.#watch(node);
    });
  }

  /** Takes one sample. Samples of tags the plant does not have are ignored; the adapter has reported them. */
  push(raw: Sample): void {
    const channel = this.channels.indexOf(raw.tag);
    if (channel === undefined) return;
    const sample = Number.isFinite(raw.receivedMs) && Number.isFinite(raw.sourceMs) ? raw : this.#timed(raw);
    if (sample.receivedMs > this.#nowMs) this.advance(sample.receivedMs);
    const wasGood = this.channels.isGood(channel);
    const accepted = this.channels.accept(channel, sample);
    this.#nextStaleMs = Math.min(this.#nextStaleMs, this.channels.staleMsOf(channel));
    if (accepted === 'same') return;
    const readers = this.#readers[channel] as Int32Array;
    for (const node of readers) {
      if (accepted === 'stepped') this.#forget(node, channel);
      if (this.#isLimit[node] === 1) {
        if (accepted !== 'late') this.#settleLimit(node, channel);
      } else this.#takeSample(node, channel, sample, accepted !== 'late', wasGood && accepted !== 'stepped');
    }
  }

  #forget(node: number, channel: number): void {
    this.#slopes[node]?.clear();
    this.#extremes[node]?.forEach((window, place) => { if (this.#inputs[node]?.[place] === channel) window.clear(); });
  }

  /** A time that is no time must stop no clock: what came without one came now. */
  #timed(raw: Sample): Sample {
    const receivedMs = Number.isFinite(raw.receivedMs) ? raw.receivedMs : this.#nowMs;
    return { ...raw, receivedMs, sourceMs: Number.isFinite(raw.sourceMs) ? raw.sourceMs : receivedMs };
  }

  /** Everything that is connected is alive at `atMs`: unchanged values are still fresh. `except` names tags that it says nothing of. */
  alive(atMs: number, except: ReadonlySet<string> = NO_TAGS): void {
    // What was silent for too long before this moment has been stale, and is awake again from now on.
    if (atMs > this.#nowMs) this.advance(atMs);
    const woken = this.channels.alive(atMs, except);
    for (const channel of woken) {
      this.#nextStaleMs = Math.min(this.#nextStaleMs, this.channels.staleMsOf(channel));
      this.#reevaluate(channel);
    }
  }

  /** A tag's scan time becomes known while it runs: a recorded trace shows it (decision 0007). */
  rescan(tag: string, scanMs: number): void {
    const i = this.channels.indexOf(tag);
    if (i === undefined) return;
    this.channels.rescan(i, scanMs);
    this.#nextStaleMs = Math.min(this.#nextStaleMs, this.channels.staleMsOf(i));
  }

  /** Lets time pass: delays run out, values fall stale, rates decay. Goes through everything that is due in its order. */
  advance(nowMs: number): void {
    if (nowMs < this.#nowMs) return; // a clock that steps back is the station's matter; here time never does
    if (nowMs > this.#nextStaleMs) {
      for (const { channel, atMs } of this.channels.staleDue(nowMs)) {
        this.#runTimers(Math.max(atMs, this.#nowMs));
        this.channels.markStale(channel);
        this.#reevaluate(channel);
      }
      this.#nextStaleMs = this.channels.nextStaleMs();
    }
    this.#runTimers(nowMs);
  }

  #runTimers(untilMs: number): void {
    for (let guard = 0; guard < TIMERS_MAX && this.#timers.nextMs <= untilMs; guard += 1) {
      const dueMs = this.#timers.nextMs;
      const node = this.#timers.pop();
      if (this.#queuedMs[node] === dueMs) this.#queuedMs[node] = NEVER_MS;
      if (this.#dueOf(node) !== dueMs) { // it has been put off, or no longer runs
        this.#watch(node);
        continue;
      }
      this.#nowMs = Math.max(this.#nowMs, dueMs);
      this.#evaluate(node);
    }
    this.#nowMs = Math.max(this.#nowMs, untilMs);
  }

  /** Nothing is believed any more: the program itself is broken, and no value of it may count as good. */
  distrust(): void {
    this.channels.distrust();
    this.#known.fill(0);
  }

  /** Changes since the last call, in order. */
  drain(): ConditionChange[] {
    const changes = this.#changes;
    this.#changes = [];
    return changes;
  }

  /** Puts changes back, to be drained next: after a restart, those that the journal does not tell. */
  requeue(changes: readonly ConditionChange[]): void {
    this.#changes = [...changes, ...this.#changes];
  }

  /** What a condition says now. Null = no such condition. */
  truthOf(id: string): Truth | null {
    const i = this.#indexOf.get(id);
    return i === undefined ? null : this.#outputOf(i);
  }

  /** Raised now or held raised while unknown, and since when. */
  heldRaised(id: string): { onsetMs: number } | null {
    const i = this.#indexOf.get(id);
    return i === undefined || this.#raised[i] === 0 ? null : { onsetMs: this.#onsetMs[i] as number };
  }

  readingOf(tag: string): ChannelReading | null {
    const i = this.channels.indexOf(tag);
    return i === undefined ? null : this.channels.reading(i);
  }

  #outputOf(i: number): Truth {
    if (this.#known[i] === 0 || this.#inDoubt[i] === 1) return UNKNOWN;
    return this.#raised[i] === 1 ? TRUE : FALSE;
  }

  #dueOf(node: number): number {
    const reviewMs = this.#reviewMs[node] as number;
    if (this.#known[node] === 0) return reviewMs; // a delay does not run out on an unknown value
    const spec = this.#nodes[node] as NodeSpec;
    return Math.min((this.#onSinceMs[node] as number) + spec.onDelayMs, (this.#offSinceMs[node] as number) + spec.offDelayMs, reviewMs);
  }

  #reevaluate(channel: number): void {
    for (const node of this.#readers[channel] as Int32Array) {
      if (this.#isLimit[node] === 1) this.#settleLimit(node, channel);
      else this.#evaluate(node);
    }
  }

  #settleLimit(node: number, channel: number): void {
    this.#settle(node, compare(this.#code[node] as number, this.channels.numberOf(channel), this.#limit[node] as number, this.#deadband[node] as number, this.#lastTrue[node] === 1));
  }

  /** Windows and laboratory histories remember; then the node is looked at like any other. */
  #takeSample(node: number, channel: number, { value, status, sourceMs }: Sample, isNewest: boolean, held: boolean): void {
    if (typeof value === 'number' && Number.isFinite(value) && severityOf(status) === 'good') {
      this.#slopes[node]?.add(sourceMs, value);
      this.#extremes[node]?.forEach((window, place) => { if (this.#inputs[node]?.[place] === channel) window.add(sourceMs, value, held); });
    }
    const { measure } = this.#nodes[node] as NodeSpec;
    if (isNewest && measure.kind === 'lab') {
      const limit = limitOf(measure);
      if (limit) this.#labs[node]?.add(this.#nowMs, compare(codeOf(limit.comparison), this.channels.numberOf(channel), limit.limit, 0, false));
    }
    this.#evaluate(node);
  }

  #evaluate(node: number): void {
    const { measure } = this.#nodes[node] as NodeSpec;
    this.#lookedAt = node;
    const truth = truthOf(this.#look, measure);
    this.#reviewMs[node] = reviewMsOf(this.#look, measure, truth);
    this.#settle(node, truth);
  }

  /** Delays, hold on unknown, and telling the change. */
  #settle(node: number, raw: Truth): void {
    const before = this.#outputOf(node);
    if (raw === UNKNOWN) {
      this.#breakOff(node);
      if (this.#known[node] === 1) {
        this.#known[node] = 0;
        this.#tell(node, 'unknown', this.#nowMs);
      }
    } else {
      const wasKnown = this.#known[node] === 1;
      this.#known[node] = 1;
      this.#lastTrue[node] = raw === TRUE ? 1 : 0;
      if (raw === TRUE) this.#settleTrue(node, wasKnown);
      else this.#settleFalse(node, wasKnown);
      this.#everKnown[node] = 1;
    }
    this.#watch(node);
    if (this.#outputOf(node) !== before) for (const parent of this.#parents[node] as Int32Array) this.#evaluate(parent);
  }

  /** Nobody sees what happens during an outage: what has to hold for a time begins anew after it. */
  #breakOff(node: number): void {
    this.#offSinceMs[node] = NEVER_MS;
    if (this.#nodes[node]?.isProof !== true) return;
    this.#onSinceMs[node] = NEVER_MS;
    if (this.#raised[node] === 1) this.#inDoubt[node] = 1;
    this.#raised[node] = 0;
  }

  #settleTrue(node: number, wasKnown: boolean): void {
    this.#offSinceMs[node] = NEVER_MS;
    if (this.#raised[node] === 1) {
      this.#onSinceMs[node] = NEVER_MS;
      if (!wasKnown) this.#tell(node, 'raised', this.#nowMs);
      return;
    }
    if (this.#onSinceMs[node] === NEVER_MS) this.#onSinceMs[node] = this.#nowMs;
    if (this.#nowMs - (this.#onSinceMs[node] as number) >= (this.#nodes[node] as NodeSpec).onDelayMs) {
      this.#onSinceMs[node] = NEVER_MS;
      this.#raised[node] = 1;
      this.#inDoubt[node] = 0;
      this.#onsetMs[node] = this.#nowMs;
      this.#tell(node, 'raised', this.#nowMs);
    } else if (!wasKnown && this.#everKnown[node] === 1) this.#tell(node, 'cleared', this.#nowMs);
  }

  #settleFalse(node: number, wasKnown: boolean): void {
    this.#onSinceMs[node] = NEVER_MS;
    this.#inDoubt[node] = 0;
    if (this.#raised[node] === 0) {
      if (!wasKnown && this.#everKnown[node] === 1) this.#tell(node, 'cleared', this.#nowMs);
      return;
    }
    if (this.#offSinceMs[node] === NEVER_MS) this.#offSinceMs[node] = this.#nowMs;
    if (this.#nowMs - (this.#offSinceMs[node] as number) >= (this.#nodes[node] as NodeSpec).offDelayMs) {
      this.#offSinceMs[node] = NEVER_MS;
      this.#raised[node] = 0;
      this.#tell(node, 'cleared', this.#nowMs);
    } else if (!wasKnown) this.#tell(node, 'raised', this.#nowMs);
  }

  /** Queues the node for the moment at which it must be looked at again; an earlier entry is enough, it queues the later one. */
  #watch(node: number): void {
    const dueMs = this.#dueOf(node);
    if (dueMs >= (this.#queuedMs[node] as number)) return;
    this.#queuedMs[node] = dueMs;
    this.#timers.push(dueMs, node);
  }

  #tell(node: number, state: ConditionState, atMs: number): void {
    const spec = this.#nodes[node] as NodeSpec;
    this.#lookedAt = node;
    const channel = this.#inputs[node]?.[deciderOf(this.#look, spec.measure)];
    this.#changes.push({
      id: spec.id,
      state,
      atMs,
      sourceMs: channel === undefined ? atMs : Math.max(0, this.channels.sourceMsOf(channel)),
      input: channel === undefined ? null : (this.channels.ids[channel] ?? null),
      value: channel === undefined ? null : this.channels.valueOf(channel),
      limit: limitNumberOf(spec.measure),
    });
  }
}

function invert(lists: readonly Int32Array[], size: number): Int32Array[] {
  const inverse: number[][] = Array.from({ length: size }, () => []);
  lists.forEach((list, from) => {
    for (const to of list) inverse[to]?.push(from);
  });
  return inverse.map((list) => Int32Array.from(list));
}
