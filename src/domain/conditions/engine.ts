/**
 * Recognises: samples in, changes of conditions out. Deterministic; no clock of its own.
 *
 * What it decides: whether a condition is raised, cleared or unknown, and since when.
 * What it never does: satisfy or clear a condition on a value that is bad, stale or uncertain.
 *
 * Channels hold the newest values, memory what was before, kinds say what is true of them (`kinds/`), answers run the delays. Here is the order in
 * which things happen; and the short way for samples that change nothing (`quiet.ts`).
 */
import { severityOf } from '../samples/sample.ts';
import type { Sample, SampleValue } from '../samples/sample.ts';
import { Answers } from './answers.ts';
import type { ConditionState } from './answers.ts';
import { Channels } from './channels.ts';
import type { ChannelReading, ChannelSpec } from './channels.ts';
import type { SampleColumns } from './columns.ts';
import { compare, limitNumberOf } from './comparison.ts';
import type { NodeSpec } from './compile.ts';
import { deciderOf, reviewMsOf, truthOf } from './kinds/index.ts';
import { NEVER_MS } from './kinds/kind.ts';
import { Memory } from './memory.ts';
import { noBand } from './newest.ts';
import { NodeLook } from './node-look.ts';
import { Nodes, TRAIT } from './nodes.ts';
import { setQuietBand, takeQuiet, takeQuietSample } from './quiet.ts';
import type { QuietParts } from './quiet.ts';
import { TimerQueue } from './timer-queue.ts';
import type { Truth } from './truth.ts';
import type { Measure } from '../packs/schema.ts';

export type { ConditionState } from './answers.ts';

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
const TIMERS_MAX = 10_000_000;
const ALL_VOTES = 0xffff;
const NO_TAGS: ReadonlySet<string> = new Set();

export class ConditionEngine {
  readonly channels: Channels;
  readonly #nodes: Nodes;
  readonly #answers: Answers;
  readonly #memory: Memory;
  readonly #look: NodeLook;
  readonly #quietParts: QuietParts;
  readonly #timers = new TimerQueue();
  /** When a node is next to be looked at: because time alone may change it, and as it stands in the queue. */
  readonly #reviewMs = new Map<number, number>();
  readonly #queuedMs = new Map<number, number>();
  /** Channels that have begun anew and have not been heard of since. */
  readonly #anew = new Set<number>();
  #changes: ConditionChange[] = [];
  #nowMs = 0;
  /** The first moment has come. */
  #hasBegun = false;
  /** Samples that took the short way, and nodes looked at: for tests that count work. */
  readonly work = { quiet: 0, evaluated: 0 };

  /** The moment it has come to. What holds for a time (a gas test) is asked of the same clock as everything else. */
  get nowMs(): number {
    return this.#nowMs;
  }

  constructor(channels: readonly ChannelSpec[], nodes: readonly NodeSpec[]) {
    this.channels = new Channels(channels);
    this.#nodes = new Nodes(nodes, this.channels.names);
    this.#answers = new Answers(this.#nodes);
    this.#memory = new Memory(this.#nodes, channels.length);
    this.#look = new NodeLook(this.channels, this.#nodes, this.#answers, this.#memory);
    this.#quietParts = { channels: this.channels, nodes: this.#nodes, answers: this.#answers, memory: this.#memory };
  }

  /**
   * After a restart: these conditions were raised (`held`) or unknown when the station stopped. The raised stay raised,
   * unknown, until fresh values speak; of the others the first good value tells that they are not raised.
   */
  restore(conditions: readonly { id: string; held: boolean; onsetMs: number }[]): void {
    for (const { id, held, onsetMs } of conditions) {
      const node = this.#nodes.names.numberOf(id);
      if (node === undefined) continue;
      this.#answers.restore(node, held, onsetMs);
      if (held && this.#nodes.kindOf(node) === 'voted') this.#memory.votes.set(node, ALL_VOTES); // within the deadband, what was raised stays raised
    }
    this.#resumeDurations();
  }

  /** The clock of a duration runs on over a restart, before anything is heard of its part. */
  #resumeDurations(): void {
    this.#nodes.measures.forEach((measure, node) => {
      const sinceMs = measure.kind === 'duration' ? this.#answers.heldSinceMs(this.#nodes.child(node, 0)) : null;
      if (measure.kind !== 'duration' || sinceMs === null) return;
      this.#reviewMs.set(node, sinceMs + measure.longerThan);
      this.#watch(node);
    });
  }

  /** Takes one sample. Samples of tags the plant does not have are ignored; the adapter has reported them. */
  push({ tag, value, status, sourceMs, receivedMs }: Sample): void {
    const channel = this.channels.indexOf(tag);
    if (channel === undefined) return;
    if (receivedMs > this.#nowMs && receivedMs < NEVER_MS) this.advance(receivedMs);
    if (typeof value === 'number' && takeQuietSample(this.channels, this.#memory, channel, value, status, sourceMs, receivedMs, this.#nowMs)) this.work.quiet += 1;
    else this.#take(channel, value, status, sourceMs, receivedMs);
  }

  /** Takes many samples, in their order, exactly as if they were pushed one by one. */
  pushColumns(columns: SampleColumns): void {
    const { channels: numbers, values, status, sourceMs, receivedMs, count } = columns;
    for (let i = 0; i < count; i += 1) {
      const channel = numbers[i] as number;
      if (channel < 0 || channel >= this.channels.count) continue;
      const atMs = typeof receivedMs === 'number' ? receivedMs : (receivedMs[i] as number);
      if (atMs > this.#nowMs && atMs < NEVER_MS) this.advance(atMs);
      const from = i;
      i = takeQuiet(this.channels, this.#memory, columns, from, this.#nowMs);
      this.work.quiet += i - from;
      if (i > from) i -= 1; // the row that stopped it is looked at anew: its time may have to come first
      else this.#take(channel, this.channels.valueFrom(channel, values[i] as number), status[i] as number, sourceMs[i] as number, atMs);
    }
  }

  #take(channel: number, value: SampleValue, status: number, sourceMs: number, receivedMs: number): void {
    // A time that is no time must stop no clock: what came without one came now.
    const atMs = Number.isFinite(receivedMs) ? receivedMs : this.#nowMs;
    const sampledMs = Number.isFinite(sourceMs) ? sourceMs : atMs;
    if (atMs > this.#nowMs) this.advance(atMs);
    const wasGood = this.channels.isGood(channel);
    const before = wasGood ? this.channels.valueOf(channel) : null;
    this.#memory.commit(this.channels.newest, channel);
    const accepted = this.channels.accept(channel, value, status, sampledMs, atMs);
    if (accepted === 'same') return;
    const isGoodNumber = typeof value === 'number' && Number.isFinite(value) && severityOf(status) === 'good';
    const staysGood = wasGood && this.channels.isGood(channel);
    const isAnew = accepted === 'stepped' || this.#anew.has(channel);
    this.#anew.delete(channel);
    const isTheSame = staysGood && !isAnew && Object.is(this.channels.valueOf(channel), before);
    const { starts, items } = this.#nodes.readers;
    for (let k = starts[channel] as number; k < (starts[channel + 1] as number); k += 1) {
      const node = items[k] as number;
      const traits = this.#nodes.traits[node] as number;
      if (isTheSame && (traits & TRAIT.now) !== 0) continue; // its delay has a timer of its own
      if ((traits & TRAIT.limit) !== 0) {
        if (accepted !== 'late') this.#evaluateLimit(node, channel);
        continue;
      }
      if ((traits & TRAIT.quality) !== 0 && staysGood) continue; // good before and good now: quality has nothing new to say
      if (isAnew) this.#memory.forget(node, channel);
      if (isGoodNumber) this.#memory.addSample(node, channel, sampledMs, value, wasGood && !isAnew);
      if (accepted !== 'late' && this.#nodes.kindOf(node) === 'lab') this.#memory.addResult(node, this.channels, this.#nowMs);
      this.#evaluate(node);
    }
    setQuietBand(this.#quietParts, channel);
  }

  /** Everything that is connected is alive at `atMs`: unchanged values are still fresh. `except` names tags that it says nothing of. */
  alive(atMs: number, except: ReadonlySet<string> = NO_TAGS): void {
    // What was silent for too long before this moment has been stale, and is awake again from now on.
    if (atMs > this.#nowMs) this.advance(atMs);
    for (const channel of this.channels.alive(atMs, except)) this.#reevaluate(channel);
  }

  /** A tag comes more rarely than was thought: a recorded trace shows it (decision 0007). */
  slowDown(tag: string, scanMs: number): void {
    const channel = this.channels.indexOf(tag);
    if (channel !== undefined) this.channels.slowDown(channel, scanMs);
  }

  /** Lets time pass: delays run out, values fall stale, rates decay. Goes through everything that is due in its order. */
  advance(nowMs: number): void {
    if (nowMs < this.#nowMs) return; // a clock that steps back is the station's matter; here time never does
    while (this.channels.nextStaleMs < nowMs) {
      const channel = this.channels.nextStale(nowMs);
      if (channel < 0) break;
      this.#runTimers(Math.max(this.channels.staleMsOf(channel), this.#nowMs));
      this.#memory.commit(this.channels.newest, channel);
      this.channels.markStale(channel);
      this.#reevaluate(channel);
    }
    this.#runTimers(nowMs);
    if (!this.#hasBegun) this.#begin();
  }

  /** What nobody has reported is not there (only `not` and what is proved by it want it said): an unknown part would keep an `any` from clearing. */
  #begin(): void {
    this.#hasBegun = true;
    for (let node = 0; node < this.#nodes.count; node += 1) {
      if (this.#nodes.kindOf(node) === 'seen' && !this.#answers.wasKnown(node)) this.#evaluate(node);
    }
  }

  #runTimers(untilMs: number): void {
    for (let guard = 0; this.#timers.nextMs <= untilMs; guard += 1) {
      if (guard >= TIMERS_MAX) throw new Error('broken invariant: timers do not come to rest');
      const dueMs = this.#timers.nextMs;
      const node = this.#timers.pop();
      if (this.#queuedMs.get(node) === dueMs) this.#queuedMs.delete(node);
      if (this.#dueOf(node) === dueMs) {
        this.#setNow(Math.max(this.#nowMs, dueMs));
        this.#evaluate(node);
      } else this.#watch(node); // it has been put off, or no longer runs
    }
    this.#setNow(Math.max(this.#nowMs, untilMs));
  }

  #setNow(nowMs: number): void {
    this.#nowMs = nowMs;
    this.#look.nowMs = nowMs;
  }

  /** The tag jumps, for a simulated plant was put back: what was and what comes are two courses, and a jump between them is no rate. Its windows begin anew, as after a start. */
  beginAnew(tag: string): void {
    const channel = this.channels.indexOf(tag);
    if (channel === undefined) return;
    this.#memory.commit(this.channels.newest, channel);
    const { starts, items } = this.#nodes.readers;
    for (let k = starts[channel] as number; k < (starts[channel + 1] as number); k += 1) this.#memory.forget(items[k] as number, channel);
    this.#reevaluate(channel);
    // The next sample is to be looked at, and the one before it does not hold until then.
    this.#anew.add(channel);
    noBand(this.channels.newest, channel);
  }

  /**
   * Another course of a simulated plant begins: no condition is raised, no delay runs, nobody has said anything; what tags show, and their windows, stand. `held`: raised at that
   * moment of the course that is gone on with. What was not drained yet belongs to neither course.
   */
  beginAgain(held: readonly { id: string; held: boolean; onsetMs: number }[]): void {
    this.#answers.forget();
    this.#memory.forgetAnswers();
    this.#reviewMs.clear();
    this.channels.forgetPeople();
    this.#changes = [];
    this.restore(held);
    for (let node = 0; node < this.#nodes.count; node += 1) this.#evaluate(node);
    for (let channel = 0; channel < this.channels.count; channel += 1) setQuietBand(this.#quietParts, channel);
  }

  /** Nothing is believed any more: the program itself is broken, and no value of it may count as good. */
  distrust(): void {
    this.channels.distrust();
    this.#answers.distrust();
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
    const node = this.#nodes.names.numberOf(id);
    return node === undefined ? null : this.#answers.truthOf(node);
  }

  /** Raised now or held raised while unknown, and since when. */
  heldRaised(id: string): { onsetMs: number } | null {
    const node = this.#nodes.names.numberOf(id);
    const onsetMs = node === undefined ? null : this.#answers.heldSinceMs(node);
    return onsetMs === null ? null : { onsetMs };
  }

  readingOf(tag: string): ChannelReading | null {
    const channel = this.channels.indexOf(tag);
    return channel === undefined ? null : this.channels.reading(channel);
  }

  /** When a delay runs out or time alone may change it. */
  #dueOf(node: number): number {
    return Math.min(this.#answers.delayEndsMs(node), this.#reviewMs.get(node) ?? NEVER_MS);
  }

  /** Queues the node for the moment at which it must be looked at again; an earlier entry is enough, it queues the later one. */
  #watch(node: number): void {
    const dueMs = this.#dueOf(node);
    if (dueMs >= (this.#queuedMs.get(node) ?? NEVER_MS)) return;
    this.#queuedMs.set(node, dueMs);
    this.#timers.push(dueMs, node);
  }

  /** The channel's quality has changed without a sample. */
  #reevaluate(channel: number): void {
    const { starts, items } = this.#nodes.readers;
    for (let k = starts[channel] as number; k < (starts[channel + 1] as number); k += 1) this.#evaluate(items[k] as number);
    setQuietBand(this.#quietParts, channel);
  }

  #evaluateLimit(node: number, channel: number): void {
    const { traits, limit, deadband } = this.#nodes;
    const truth = compare((traits[node] as number) & TRAIT.comparison, this.channels.numberOf(channel), limit[node] as number, deadband[node] as number, this.#answers.lastWasTrue(node));
    if (this.#answers.stands(node, truth)) return; // a delay that runs out has its own timer, which comes by `#evaluate`
    this.work.evaluated += 1;
    this.#settle(node, truth);
  }

  #evaluate(node: number): void {
    const measure = this.#nodes.measures[node] as Measure;
    this.work.evaluated += 1;
    this.#look.node = node;
    const truth = truthOf(this.#look, measure);
    const reviewMs = reviewMsOf(this.#look, measure, truth);
    if (reviewMs === NEVER_MS) this.#reviewMs.delete(node);
    else this.#reviewMs.set(node, reviewMs);
    this.#settle(node, truth);
  }

  /** Delays and holding, telling the change, and then whatever is made of this node. */
  #settle(node: number, raw: Truth): void {
    const before = this.#answers.truthOf(node);
    const news = this.#answers.settle(node, raw, this.#nowMs);
    if (news !== null) this.#tell(node, news);
    this.#watch(node);
    if (this.#answers.truthOf(node) === before) return;
    const { starts, items } = this.#nodes.parents;
    for (let k = starts[node] as number; k < (starts[node + 1] as number); k += 1) this.#evaluate(items[k] as number);
  }

  #tell(node: number, state: ConditionState): void {
    const measure = this.#nodes.measures[node] as Measure;
    this.#look.node = node;
    const channel = this.#nodes.input(node, deciderOf(this.#look, measure));
    this.#changes.push({
      id: this.#nodes.names.all[node] ?? '',
      state,
      atMs: this.#nowMs,
      sourceMs: channel < 0 ? this.#nowMs : Math.max(0, this.channels.sourceMsOf(channel)),
      input: channel < 0 ? null : (this.channels.ids[channel] ?? null),
      value: channel < 0 ? null : this.channels.valueOf(channel),
      limit: limitNumberOf(measure),
    });
  }
}
