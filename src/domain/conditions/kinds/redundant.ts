/** Kinds over redundant measurements: discrepancy, voted. */
import type { Measure } from '../../packs/schema.ts';
import { codeOf, compare, limitOf } from '../comparison.ts';
import { FALSE, TRUE, UNKNOWN } from '../truth.ts';
import type { Kind } from './kind.ts';
import { newestInput } from './values.ts';

type Of<K extends Measure['kind']> = Extract<Measure, { kind: K }>;

/**
 * The good ones lie further apart than the tolerance: disagreement, whatever the others would say. Agreement needs two good ones; and once
 * there was disagreement, all of them, because the one that fell silent may be the one that disagreed (unknown never clears).
 */
export const discrepancy: Kind<Of<'discrepancy'>> = {
  truth(look, measure) {
    let [lowest, highest, good] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 0];
    for (let place = 0; place < look.count; place += 1) {
      const value = look.channels.numberOf(look.channel(place));
      if (Number.isNaN(value)) continue;
      lowest = Math.min(lowest, value);
      highest = Math.max(highest, value);
      good += 1;
    }
    if (good < 2) return UNKNOWN;
    const truth = compare(codeOf('above'), highest - lowest, measure.tolerance, measure.deadband, look.lastWasTrue);
    return truth === FALSE && look.lastWasTrue && good < look.count ? UNKNOWN : truth;
  },
  decider: newestInput,
};

/**
 * `need` of the inputs beyond the limit, each with its own deadband. A bad input votes neither way: true when enough good ones say so, false when
 * even with the bad ones there would not be enough, else unknown.
 */
export const voted: Kind<Of<'voted'>> = {
  truth(look, measure) {
    const limit = limitOf(measure);
    if (limit === null) return UNKNOWN;
    const code = codeOf(limit.comparison);
    let [beyond, doubtful, votes] = [0, 0, look.votes];
    for (let place = 0; place < look.count; place += 1) {
      const bit = 1 << place;
      const truth = compare(code, look.channels.numberOf(look.channel(place)), limit.limit, measure.deadband, (votes & bit) !== 0);
      if (truth === UNKNOWN) doubtful += 1;
      else votes = truth === TRUE ? votes | bit : votes & ~bit;
      if (truth === TRUE) beyond += 1;
    }
    look.votes = votes;
    return beyond >= measure.need ? TRUE : beyond + doubtful < measure.need ? FALSE : UNKNOWN;
  },
  /** The newest of those that are beyond. */
  decider(look) {
    let newest = -1;
    for (let place = 0; place < look.count; place += 1) {
      if ((look.votes & (1 << place)) === 0 || !look.channels.isGood(look.channel(place))) continue;
      if (newest < 0 || look.channels.sourceMsOf(look.channel(place)) > look.channels.sourceMsOf(look.channel(newest))) newest = place;
    }
    return newest < 0 ? newestInput(look) : newest;
  },
};
