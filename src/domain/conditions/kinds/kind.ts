/** What every kind of condition answers, and what it may look at to do so. One object per kind, none per condition. */
import type { Measure } from '../../packs/schema.ts';
import type { Channels } from '../channels.ts';
import type { ExtremesWindow } from '../extremes-window.ts';
import type { LabHistory } from '../lab-history.ts';
import type { Truth } from '../truth.ts';

/** One condition, seen from its kind: inputs and parts by their place in the measure, 0 = first. */
export interface Look {
  readonly channels: Channels;
  readonly nowMs: number;
  /** How many inputs or parts there are. */
  readonly count: number;
  /** What the kind said last, unknown left out: decides within the deadband. */
  readonly lastWasTrue: boolean;
  /** Channel of an input. */
  channel(place: number): number;
  /** What a part says now. */
  part(place: number): Truth;
  /** True when an observation below nobody has ever reported on, gone or there. */
  isUnspoken(): boolean;
  /** Since when a part is raised, or held raised while it is unknown; null when it is not. */
  partHeldSinceMs(place: number): number | null;
  /** Slope of the input's window that ends at `untilMs` of its source's clock, per minute; null while too little was seen. */
  slopePerMin(untilMs: number): number | null;
  /** True when the window's values lie so close together that no slope can exceed this, whatever time may do. */
  isSlopeQuiet(perMin: number): boolean;
  extremes(place: number): ExtremesWindow;
  readonly lab: LabHistory;
  /** Each input's own last answer, one bit each. */
  votes: number;
}

export interface Kind<M extends Measure> {
  /** What the condition says now, before its delays. */
  truth(look: Look, measure: M): Truth;
  /** When it must be looked at again although nothing comes; absent or infinite: time alone changes nothing. */
  reviewMs?(look: Look, measure: M, truth: Truth): number;
  /** Place of the input that decides, for the event; absent: the first. */
  decider?(look: Look, measure: M): number;
}

export const NEVER_MS = Number.POSITIVE_INFINITY;

/** While its tag sends nothing new, what has a window is looked at again after this fraction of it. */
const REVIEW_FRACTION = 1 / 8;

/** Next look at a window: only while samples are still leaving it; a value that has stood still for longer stands as it is. */
export function nextReviewMs({ channels, nowMs }: Look, channel: number, windowMs: number): number {
  if (!channels.isGood(channel)) return NEVER_MS;
  const stillForMs = channels.sourceNowMs(channel, nowMs) - channels.sourceMsOf(channel);
  return stillForMs > windowMs * (1 + REVIEW_FRACTION) ? NEVER_MS : nowMs + Math.ceil(windowMs * REVIEW_FRACTION);
}
