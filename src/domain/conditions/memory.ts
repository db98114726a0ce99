/** What conditions remember of samples: windows and laboratory histories, found by node. Nodes without any cost nothing here but a number. */
import { codeOf, compare, limitOf } from './comparison.ts';
import type { Channels } from './channels.ts';
import { ExtremesWindow } from './extremes-window.ts';
import { LabHistory } from './lab-history.ts';
import { ROLL_MS, SOURCE_MS, STRIDE, VALUE } from './newest.ts';
import type { Nodes } from './nodes.ts';
import { SlopeWindows } from './slope-windows.ts';

export class Memory {
  readonly slopes: SlopeWindows;
  /** First slope window of a channel, and the next one of the same channel; -1 = none. */
  readonly firstSlope: Int32Array;
  readonly nextSlope: Int32Array;
  /** The rate that a slope window belongs to. */
  readonly #rateOf: Int32Array;
  /** One window for each input of a trend, swing or notFalling. */
  readonly extremes = new Map<number, readonly ExtremesWindow[]>();
  readonly labs = new Map<number, LabHistory>();
  /** For voted: each input's own last answer, one bit each. */
  readonly votes = new Map<number, number>();
  readonly #nodes: Nodes;

  constructor(nodes: Nodes, channels: number) {
    this.#nodes = nodes;
    this.firstSlope = new Int32Array(channels).fill(-1);
    const windowsMs: number[] = [];
    const next: number[] = [];
    const rates: number[] = [];
    nodes.measures.forEach((measure, node) => {
      switch (measure.kind) {
        case 'rate': {
          const channel = nodes.input(node, 0);
          rates.push(node);
          next.push(this.firstSlope[channel] as number);
          this.firstSlope[channel] = windowsMs.length;
          windowsMs.push(measure.window);
          break;
        }
        case 'trend': case 'swing': case 'notFalling': this.extremes.set(node, Array.from({ length: nodes.places(node) }, () => new ExtremesWindow(measure.window))); break;
        case 'lab': this.labs.set(node, new LabHistory()); break;
        case 'limit': case 'ratio': case 'deviation': case 'discrepancy': case 'voted': case 'duration': case 'state': case 'stale': case 'badQuality':
        case 'seen': case 'all': case 'any': case 'not': break;
      }
    });
    this.slopes = new SlopeWindows(windowsMs);
    this.nextSlope = Int32Array.from(next);
    this.#rateOf = Int32Array.from(rates);
  }

  /** Window of a rate; -1 for other nodes. */
  slopeOf(node: number): number {
    let w = this.firstSlope[this.#nodes.input(node, 0)] ?? -1;
    while (w >= 0 && this.#rateOf[w] !== node) w = this.nextSlope[w] as number;
    return w;
  }

  /** The newest sample of a quiet channel is not in its slope windows yet: puts it there. To be called before they are read, and before the sample is replaced. */
  commit(newest: Float64Array, channel: number): void {
    const at = channel * STRIDE;
    if (newest[at + ROLL_MS] === Number.POSITIVE_INFINITY) return;
    for (let w = this.firstSlope[channel] as number; w >= 0; w = this.nextSlope[w] as number) this.slopes.add(w, newest[at + SOURCE_MS] as number, newest[at + VALUE] as number, true);
  }

  /** Where the first bucket ends that a sample of this moment falls into; infinity when the channel has no slope windows. */
  rollMsOf(channel: number, atMs: number): number {
    let rollMs = Number.POSITIVE_INFINITY;
    for (let w = this.firstSlope[channel] as number; w >= 0; w = this.nextSlope[w] as number) rollMs = Math.min(rollMs, this.slopes.bucketEndMs(w, atMs));
    return rollMs;
  }

  /** The newest sample's bucket has ended at `atMs`: it goes into its windows, and the next end is noted. */
  roll(newest: Float64Array, channel: number, atMs: number): void {
    this.commit(newest, channel);
    newest[channel * STRIDE + ROLL_MS] = this.rollMsOf(channel, atMs);
  }

  /** A good number came to a channel that the node reads. `held`: the value before it stood until now. */
  addSample(node: number, channel: number, sourceMs: number, value: number, held: boolean): void {
    const w = this.slopeOf(node);
    if (w >= 0) this.slopes.add(w, sourceMs, value, held);
    this.extremes.get(node)?.forEach((window, place) => { if (this.#nodes.input(node, place) === channel) window.add(sourceMs, value, held); });
  }

  /** A laboratory result was entered. */
  addResult(node: number, channels: Channels, nowMs: number): void {
    const measure = this.#nodes.measures[node];
    if (measure?.kind !== 'lab') return;
    const limit = limitOf(measure);
    if (limit !== null) this.labs.get(node)?.add(nowMs, compare(codeOf(limit.comparison), channels.numberOf(this.#nodes.input(node, 0)), limit.limit, 0, false));
  }

  /** What was decided of samples and results is forgotten; the windows of tags stand. */
  forgetAnswers(): void {
    this.votes.clear();
    for (const node of this.labs.keys()) this.labs.set(node, new LabHistory());
  }

  /** The source's clock has stepped: what was remembered of the channel does not compare with what comes. */
  forget(node: number, channel: number): void {
    const w = this.slopeOf(node);
    if (w >= 0) this.slopes.clear(w);
    this.extremes.get(node)?.forEach((window, place) => { if (this.#nodes.input(node, place) === channel) window.clear(); });
  }
}
