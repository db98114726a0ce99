/** Kinds that look at values as they are now: limit, ratio, deviation, state, seen. */
import type { Measure } from '../../packs/schema.ts';
import { codeOf, compare, limitOf } from '../comparison.ts';
import { FALSE, TRUE, UNKNOWN } from '../truth.ts';
import type { Truth } from '../truth.ts';
import type { Kind, Look } from './kind.ts';

type Of<K extends Measure['kind']> = Extract<Measure, { kind: K }>;

function against(value: number, measure: Of<'limit' | 'ratio' | 'deviation'>, lastWasTrue: boolean): Truth {
  const limit = limitOf(measure);
  return limit === null ? UNKNOWN : compare(codeOf(limit.comparison), value, limit.limit, measure.deadband, lastWasTrue);
}

export const limit: Kind<Of<'limit'>> = {
  truth: (look, measure) => against(look.channels.numberOf(look.channel(0)), measure, look.lastWasTrue),
};

export const ratio: Kind<Of<'ratio'>> = {
  truth(look, measure) {
    const [input, over] = [look.channels.numberOf(look.channel(0)), look.channels.numberOf(look.channel(1))];
    return over > measure.minOver ? against(input / over, measure, look.lastWasTrue) : UNKNOWN;
  },
  decider: newestInput,
};

export const deviation: Kind<Of<'deviation'>> = {
  truth(look, measure) {
    const apart = look.channels.numberOf(look.channel(0)) - look.channels.numberOf(look.channel(1));
    return against(measure.absolute ? Math.abs(apart) : apart, measure, look.lastWasTrue);
  },
  decider: newestInput,
};

export const state: Kind<Of<'state'>> = {
  truth(look, measure) {
    const channel = look.channel(0);
    if (!look.channels.isGood(channel)) return UNKNOWN;
    const value = look.channels.valueOf(channel);
    return (Array.isArray(measure.is) ? measure.is.some((word) => word === value) : measure.is === value) ? TRUE : FALSE;
  },
};

/** An observation nobody has reported on is not there; one that is in doubt is unknown. */
export const seen: Kind<Of<'seen'>> = {
  truth(look) {
    const channel = look.channel(0);
    if (!look.channels.isGood(channel)) return look.channels.wasSeen(channel) ? UNKNOWN : FALSE;
    return look.channels.numberOf(channel) === 1 ? TRUE : FALSE;
  },
};

/** Of several inputs, the one with the newest sample has decided. */
export function newestInput(look: Look): number {
  let newest = 0;
  for (let place = 1; place < look.count; place += 1) {
    if (look.channels.sourceMsOf(look.channel(place)) > look.channels.sourceMsOf(look.channel(newest))) newest = place;
  }
  return newest;
}
