/** Kinds about the values' own trust: stale, badQuality. They are never unknown themselves. */
import type { Measure } from '../../packs/schema.ts';
import { FALSE, TRUE } from '../truth.ts';
import type { Kind, Look } from './kind.ts';

type Of<K extends Measure['kind']> = Extract<Measure, { kind: K }>;

/** Silent, bad or uncertain. A tag nothing was ever heard of is not yet a fault. */
export const stale: Kind<Of<'stale'>> = {
  truth: (look) => (firstPlace(look, isDoubtful) < 0 ? FALSE : TRUE),
  decider: (look) => Math.max(0, firstPlace(look, isDoubtful)),
};

/** The last thing heard of it carried a status that is not good, whether it is silent since or not. */
export const badQuality: Kind<Of<'badQuality'>> = {
  truth: (look) => (firstPlace(look, isBad) < 0 ? FALSE : TRUE),
  decider: (look) => Math.max(0, firstPlace(look, isBad)),
};

const isDoubtful = ({ channels }: Look, channel: number): boolean => channels.wasSeen(channel) && !channels.isGood(channel);
const isBad = ({ channels }: Look, channel: number): boolean => channels.wasSeen(channel) && !channels.isGoodStatus(channel);

function firstPlace(look: Look, holds: (look: Look, channel: number) => boolean): number {
  for (let place = 0; place < look.count; place += 1) if (holds(look, look.channel(place))) return place;
  return -1;
}
