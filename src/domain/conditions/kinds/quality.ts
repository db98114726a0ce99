/** Kinds about the values' own trust: stale, badQuality. Unknown only while a tag was never heard of: silence from the beginning proves nothing. */
import type { Measure } from '../../packs/schema.ts';
import { FALSE, TRUE, UNKNOWN } from '../truth.ts';
import type { Truth } from '../truth.ts';
import type { Kind, Look } from './kind.ts';

type Of<K extends Measure['kind']> = Extract<Measure, { kind: K }>;
type Holds = (look: Look, channel: number) => boolean;

/** Silent, bad or uncertain. A tag nothing was ever heard of is not yet a fault. */
export const stale: Kind<Of<'stale'>> = kindOf(({ channels }, channel) => channels.wasSeen(channel) && !channels.isGood(channel));

/** The last thing heard of it carried a status that is not good, whether it is silent since or not. */
export const badQuality: Kind<Of<'badQuality'>> = kindOf(({ channels }, channel) => channels.wasSeen(channel) && !channels.isGoodStatus(channel));

const isUnheard: Holds = ({ channels }, channel) => !channels.wasSeen(channel);

/** One input for which it holds is enough, and decides. */
function kindOf(holds: Holds): { truth: (look: Look) => Truth; decider: (look: Look) => number } {
  return {
    truth: (look) => (firstPlace(look, holds) >= 0 ? TRUE : firstPlace(look, isUnheard) >= 0 ? UNKNOWN : FALSE),
    decider: (look) => Math.max(0, firstPlace(look, holds)),
  };
}

function firstPlace(look: Look, holds: Holds): number {
  for (let place = 0; place < look.count; place += 1) if (holds(look, look.channel(place))) return place;
  return -1;
}
