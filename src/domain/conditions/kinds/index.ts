/** Every kind of the schema and who answers for it. A kind that is missing here does not compile. */
import type { Measure, MeasureKind } from '../../packs/schema.ts';
import type { Truth } from '../truth.ts';
import { all, any, duration, not } from './combined.ts';
import { lab } from './lab.ts';
import { NEVER_MS } from './kind.ts';
import type { Kind, Look } from './kind.ts';
import { badQuality, stale } from './quality.ts';
import { discrepancy, voted } from './redundant.ts';
import { deviation, limit, ratio, seen, state } from './values.ts';
import { notFalling, rate, swing, trend } from './windowed.ts';

type Kinds = { readonly [K in MeasureKind]: Kind<Extract<Measure, { kind: K }>> };

const KINDS: Kinds = { limit, rate, trend, swing, notFalling, ratio, deviation, discrepancy, voted, duration, state, stale, badQuality, lab, seen, all, any, not };

/** The entry for a measure's own kind; the table's type says that they belong together. */
const kindOf = (measure: Measure): Kind<Measure> => KINDS[measure.kind] as Kind<Measure>;

export function truthOf(look: Look, measure: Measure): Truth {
  return kindOf(measure).truth(look, measure);
}

/** When the condition must be looked at again although nothing comes; infinity: time alone changes nothing. */
export function reviewMsOf(look: Look, measure: Measure, truth: Truth): number {
  return kindOf(measure).reviewMs?.(look, measure, truth) ?? NEVER_MS;
}

/** Place of the input that decided. */
export function deciderOf(look: Look, measure: Measure): number {
  return kindOf(measure).decider?.(look, measure) ?? 0;
}
