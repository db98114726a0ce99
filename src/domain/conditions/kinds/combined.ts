/** Kinds made of other conditions: all, any, not, duration. */
import type { Measure } from '../../packs/schema.ts';
import { FALSE, not as notOf, TRUE, UNKNOWN } from '../truth.ts';
import type { Truth } from '../truth.ts';
import { NEVER_MS } from './kind.ts';
import type { Kind, Look } from './kind.ts';

type Of<K extends Measure['kind']> = Extract<Measure, { kind: K }>;

export const all: Kind<Of<'all'>> = { truth: (look) => joined(look, FALSE, TRUE) };
export const any: Kind<Of<'any'>> = { truth: (look) => joined(look, TRUE, FALSE) };
/** That something was not seen is known only when somebody has said so: what nobody has looked for proves nothing. */
export const not: Kind<Of<'not'>> = { truth: (look) => (look.part(0) === FALSE && look.isUnspoken() ? UNKNOWN : notOf(look.part(0))) };

/** Kleene: one `decisive` part decides, else one unknown makes it unknown, else it is `otherwise`. */
function joined(look: Look, decisive: Truth, otherwise: Truth): Truth {
  let result = otherwise;
  for (let place = 0; place < look.count; place += 1) {
    const part = look.part(place);
    if (part === decisive) return decisive;
    if (part === UNKNOWN) result = UNKNOWN;
  }
  return result;
}

/**
 * Its part has been raised for as long as this. The clock runs from the part's onset, also while the part is unknown but held raised, and over a
 * restart: residence time does not stand still because nobody looks.
 */
export const duration: Kind<Of<'duration'>> = {
  truth(look, { longerThan }) {
    const sinceMs = look.partHeldSinceMs(0);
    if (sinceMs === null) return look.part(0) === UNKNOWN ? UNKNOWN : FALSE;
    return look.nowMs - sinceMs >= longerThan ? TRUE : FALSE;
  },
  reviewMs(look, { longerThan }) {
    const sinceMs = look.partHeldSinceMs(0);
    return sinceMs === null || look.nowMs - sinceMs >= longerThan ? NEVER_MS : sinceMs + longerThan;
  },
};
