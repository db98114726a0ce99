/** Kinds that look at what a value did over a window: rate, trend, swing, notFalling. Unknown until enough of the window was seen. */
import type { Measure } from '../../packs/schema.ts';
import { codeOf, compare } from '../comparison.ts';
import { changeOf, coversWindow, pullbackOf, ratioPoints, turnsOf } from '../course.ts';
import type { Point } from '../extremes-window.ts';
import { slowestOf } from '../slope-windows.ts';
import { FALSE, TRUE, UNKNOWN } from '../truth.ts';
import { NEVER_MS, nextReviewMs } from './kind.ts';
import type { Kind, Look } from './kind.ts';

type Of<K extends Measure['kind']> = Extract<Measure, { kind: K }>;

export const rate: Kind<Of<'rate'>> = {
  truth(look, measure) {
    const channel = look.channel(0);
    if (!look.channels.isGood(channel)) return UNKNOWN;
    const slope = look.slopePerMin(look.channels.sourceNowMs(channel, look.nowMs));
    if (slope === null) return UNKNOWN;
    const { risingFasterThan, fallingFasterThan, deadband } = measure;
    const rising = risingFasterThan === undefined ? FALSE : compare(codeOf('above'), slope, risingFasterThan, deadband, look.lastWasTrue);
    const falling = fallingFasterThan === undefined ? FALSE : compare(codeOf('above'), -slope, fallingFasterThan, deadband, look.lastWasTrue);
    return rising === TRUE || falling === TRUE ? TRUE : rising; // both are known
  },
  /** A slope that cannot reach its limit needs no look until something comes. */
  reviewMs: (look, measure, truth) => (truth === FALSE && look.isSlopeQuiet(slowestOf(measure)) ? NEVER_MS : nextReviewMs(look, look.channel(0), measure.window)),
};

export const trend: Kind<Of<'trend'>> = {
  truth(look, { window, direction, minChange, tolerance }) {
    if (!look.channels.isGood(look.channel(0))) return UNKNOWN;
    const points = pointsOf(look, 0);
    if (!coversWindow(points, window)) return UNKNOWN;
    const sign = direction === 'rising' ? 1 : -1;
    return sign * changeOf(points) >= minChange && pullbackOf(points, sign) <= tolerance ? TRUE : FALSE;
  },
  reviewMs: (look, measure) => nextReviewMs(look, look.channel(0), measure.window),
};

/** Enough turns are enough at once; too few mean something only when the window was seen. */
export const swing: Kind<Of<'swing'>> = {
  truth(look, { window, amplitude, reversals, over, minOver }) {
    if (!look.channels.isGood(look.channel(0))) return UNKNOWN;
    let points = pointsOf(look, 0);
    if (over !== undefined) {
      if (!(look.channels.numberOf(look.channel(1)) > (minOver ?? 0))) return UNKNOWN;
      points = ratioPoints(points, pointsOf(look, 1), minOver ?? 0);
    }
    if (turnsOf(points, amplitude) >= reversals) return TRUE;
    return coversWindow(points, window) ? FALSE : UNKNOWN;
  },
  reviewMs: (look, measure) => soonest(look, measure.window),
};

/** A3.7: within the limit is within it, whatever came before; beyond it, not coming down needs the whole window. */
export const notFalling: Kind<Of<'notFalling'>> = {
  truth(look, { above, deadband, window, minFall }) {
    const beyond = compare(codeOf('above'), look.channels.numberOf(look.channel(0)), above, deadband, look.lastWasTrue);
    if (beyond !== TRUE) return beyond;
    const points = pointsOf(look, 0);
    if (!coversWindow(points, window)) return UNKNOWN;
    return -changeOf(points) < minFall ? TRUE : FALSE;
  },
  reviewMs: (look, measure) => nextReviewMs(look, look.channel(0), measure.window),
};

function pointsOf(look: Look, place: number): Point[] {
  return look.extremes(place).points(look.channels.sourceNowMs(look.channel(place), look.nowMs));
}

function soonest(look: Look, windowMs: number): number {
  let nextMs = NEVER_MS;
  for (let place = 0; place < look.count; place += 1) nextMs = Math.min(nextMs, nextReviewMs(look, look.channel(place), windowMs));
  return nextMs;
}
