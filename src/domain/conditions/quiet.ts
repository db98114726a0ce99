/**
 * The quiet band of a tag: from where to where a newer good value changes nothing at all. Nearly every sample of a plant at rest falls into it and costs
 * one look. The bands are a shortcut and no rule: a property test holds the engine with them against a plain evaluation without any.
 */
import type { Measure } from '../packs/schema.ts';
import type { Answers } from './answers.ts';
import type { Channels } from './channels.ts';
import { codeOf } from './comparison.ts';
import type { Nodes } from './nodes.ts';
import { slowestOf } from './slope-windows.ts';
import type { SlopeWindows } from './slope-windows.ts';

/** Less than the margin that `quietRange` leaves. */
const ROUNDING = 5e-10;

/** What the band depends on. */
export interface QuietParts {
  readonly channels: Channels;
  readonly nodes: Nodes;
  readonly answers: Answers;
  readonly slopes: SlopeWindows;
  /** Window of a rate; -1 for other nodes. */
  readonly slopeOf: Int32Array;
}

/** Works the band out anew; to be called whenever a condition on the channel may answer otherwise than before. */
export function setQuietBand({ channels, nodes, answers, slopes, slopeOf }: QuietParts, channel: number): void {
  channels.noQuiet(channel);
  if (!channels.isGood(channel) || !channels.isNumber(channel)) return;
  let [low, high] = [-Number.MAX_VALUE, Number.MAX_VALUE];
  const { starts, items } = nodes.readers;
  for (let k = starts[channel] as number; k < (starts[channel + 1] as number); k += 1) {
    const node = items[k] as number;
    if (!answers.isKnown(node)) return;
    switch (nodes.kindOf(node)) {
      case 'limit': {
        const wasTrue = answers.lastWasTrue(node);
        const code = nodes.code[node] as number;
        const edge = edgeOf(code, nodes.limit[node] as number, nodes.deadband[node] as number, wasTrue);
        const isUpper = code === codeOf('above') || code === codeOf('atOrAbove');
        if (isUpper === wasTrue) low = Math.max(low, edge);
        else high = Math.min(high, edge);
        break;
      }
      case 'rate': {
        const w = slopeOf[node] as number;
        const widest = answers.lastWasTrue(node) ? -1 : slopes.quietRange(w, slowestOf(nodes.measures[node] as Extract<Measure, { kind: 'rate' }>), channels.sourceMsOf(channel));
        if (!slopes.range(w) || slopes.high - slopes.low > widest) return;
        const middle = slopes.low + (slopes.high - slopes.low) / 2;
        const [from, to] = [Math.min(slopes.low, middle - widest / 2), Math.max(slopes.high, middle + widest / 2)];
        if (to - from > widest * (1 + ROUNDING)) return; // numbers so large that half a band is less than their last digit
        low = Math.max(low, from);
        high = Math.min(high, to);
        break;
      }
      case 'stale': case 'badQuality': break; // from good to good nothing changes for them
      default: return;
    }
  }
  channels.setQuiet(channel, low, high);
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
