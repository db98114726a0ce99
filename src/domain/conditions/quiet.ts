/**
 * The quiet band of a tag: from where to where a newer good value changes nothing at all. Nearly every sample of a plant at rest falls into it and costs
 * one look. The bands are a shortcut and no rule: a property test holds the engine with them against a plain evaluation without any.
 */
import { severityOf, STATUS } from '../samples/sample.ts';
import type { Answers } from './answers.ts';
import type { Channels } from './channels.ts';
import { codeOf } from './comparison.ts';
import type { SampleColumns } from './columns.ts';
import type { Memory } from './memory.ts';
import { HIGH, LOW, noBand, PROOF_MS, RECEIVED_MS, ROLL_MS, setBand, SOURCE_MS, STRIDE, VALUE } from './newest.ts';
import { TRAIT } from './nodes.ts';
import type { Nodes } from './nodes.ts';
import { TIME_MAX_MS } from './slope-windows.ts';

/** Less than the margin that `quietRange` leaves. */
const ROUNDING = 5e-10;

/** What the band depends on. */
export interface QuietParts {
  readonly channels: Channels;
  readonly nodes: Nodes;
  readonly answers: Answers;
  readonly memory: Memory;
}

/**
 * Takes rows of columns for as long as they change nothing: newer good numbers inside the quiet bands of their channels, received until `nowMs`.
 * Answers the first row that must be looked at, or `count`.
 */
export function takeQuiet({ newest }: Channels, memory: Memory, columns: SampleColumns, from: number, nowMs: number): number {
  const { channels, values, status, sourceMs, receivedMs, count } = columns;
  const each = typeof receivedMs === 'number' ? null : receivedMs;
  let atReceivedMs = typeof receivedMs === 'number' ? receivedMs : 0;
  for (let i = from; i < count; i += 1) {
    const at = (channels[i] as number) * STRIDE;
    const value = values[i] as number;
    const atMs = sourceMs[i] as number;
    if (each !== null) atReceivedMs = each[i] as number;
    if (!(value >= (newest[at + LOW] as number) && value <= (newest[at + HIGH] as number))) return i;
    if (!(atMs > (newest[at + SOURCE_MS] as number) && atMs < TIME_MAX_MS && atReceivedMs <= nowMs && (status[i] as number) < STATUS.uncertain)) return i;
    if (atMs >= (newest[at + ROLL_MS] as number)) memory.roll(newest, channels[i] as number, atMs);
    keepQuiet(newest, at, value, atMs, atReceivedMs);
  }
  return count;
}

/** The same for one sample; false when it must be looked at. Its status may be any number here, a column's is whole and not negative. */
export function takeQuietSample({ newest }: Channels, memory: Memory, channel: number, value: number, status: number, atMs: number, receivedMs: number, nowMs: number): boolean {
  const at = channel * STRIDE;
  if (!(value >= (newest[at + LOW] as number) && value <= (newest[at + HIGH] as number))) return false;
  if (!(atMs > (newest[at + SOURCE_MS] as number) && atMs < TIME_MAX_MS && receivedMs <= nowMs && severityOf(status) === 'good')) return false;
  if (atMs >= (newest[at + ROLL_MS] as number)) memory.roll(newest, channel, atMs);
  keepQuiet(newest, at, value, atMs, receivedMs);
  return true;
}

function keepQuiet(newest: Float64Array, at: number, value: number, atMs: number, receivedMs: number): void {
  newest[at + SOURCE_MS] = atMs;
  newest[at + RECEIVED_MS] = receivedMs;
  if (receivedMs > (newest[at + PROOF_MS] as number)) newest[at + PROOF_MS] = receivedMs;
  newest[at + VALUE] = value + 0; // -0 would come back from the journal as 0
}

/** Works the band out anew; to be called whenever a condition on the channel may answer otherwise than before. */
export function setQuietBand({ channels, nodes, answers, memory }: QuietParts, channel: number): void {
  noBand(channels.newest, channel);
  if (!channels.isGood(channel) || !channels.isNumber(channel)) return;
  let low = -Number.MAX_VALUE;
  let high = Number.MAX_VALUE;
  const { starts, items } = nodes.readers;
  for (let k = starts[channel] as number; k < (starts[channel + 1] as number); k += 1) {
    const node = items[k] as number;
    if (!answers.isKnown(node)) return;
    const traits = nodes.traits[node] as number;
    if ((traits & TRAIT.limit) !== 0) {
      const wasTrue = answers.lastWasTrue(node);
      const code = traits & TRAIT.comparison;
      const edge = edgeOf(code, nodes.limit[node] as number, nodes.deadband[node] as number, wasTrue);
      const isUpper = code === codeOf('above') || code === codeOf('atOrAbove');
      if (isUpper === wasTrue) low = Math.max(low, edge);
      else high = Math.min(high, edge);
    } else if ((traits & TRAIT.rate) !== 0) {
      const { slopes } = memory;
      const w = memory.slopeOf(node);
      const widest = answers.lastWasTrue(node) ? -1 : slopes.quietRange(w, nodes.limit[node] as number, channels.sourceMsOf(channel));
      if (widest < 0 || !slopes.range(w) || slopes.high - slopes.low > widest) return;
      const middle = slopes.low + (slopes.high - slopes.low) / 2;
      const from = Math.min(slopes.low, middle - widest / 2);
      const to = Math.max(slopes.high, middle + widest / 2);
      if (to - from > widest * (1 + ROUNDING)) return; // numbers so large that half a band is less than their last digit
      low = Math.max(low, from);
      high = Math.min(high, to);
    } else if ((traits & TRAIT.quality) === 0) return; // from good to good nothing changes for quality; of other kinds nothing is known here
  }
  setBand(channels.newest, channel, low, high, memory.rollMsOf(channel, channels.sourceMsOf(channel)));
}

/** The last value that does not change a limit's answer: while it says no, the limit itself; while it says yes, the far side of the deadband. */
function edgeOf(code: number, limit: number, deadband: number, isTrue: boolean): number {
  switch (code) {
    case codeOf('above'): return isTrue ? aboveOf(limit - deadband) : limit;
    case codeOf('atOrAbove'): return isTrue ? limit - deadband : -aboveOf(-limit);
    case codeOf('below'): return isTrue ? -aboveOf(-(limit + deadband)) : limit;
    default: return isTrue ? limit + deadband : aboveOf(limit);
  }
}

/** A number certainly above this one, by one or two of its last digits: a band a hair too narrow costs a look, one too wide an alarm. */
function aboveOf(value: number): number {
  return value + Math.abs(value) * Number.EPSILON + Number.MIN_VALUE;
}
