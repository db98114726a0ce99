/** The four comparisons with their deadband, as numbers, for the hot path. */
import type { Comparison, Measure } from '../packs/schema.ts';
import { FALSE, TRUE, UNKNOWN } from './truth.ts';
import type { Truth } from './truth.ts';

const CODE: Readonly<Record<Comparison, number>> = { above: 0, atOrAbove: 1, below: 2, atOrBelow: 3 };

export interface Limit {
  readonly comparison: Comparison;
  readonly limit: number;
}

interface LimitFields {
  readonly above?: number | undefined;
  readonly atOrAbove?: number | undefined;
  readonly below?: number | undefined;
  readonly atOrBelow?: number | undefined;
}

/** The one comparison that a measure names; the loader has refused packs with none or several. */
export function limitOf(fields: LimitFields): Limit | null {
  if (fields.above !== undefined) return { comparison: 'above', limit: fields.above };
  if (fields.atOrAbove !== undefined) return { comparison: 'atOrAbove', limit: fields.atOrAbove };
  if (fields.below !== undefined) return { comparison: 'below', limit: fields.below };
  if (fields.atOrBelow !== undefined) return { comparison: 'atOrBelow', limit: fields.atOrBelow };
  return null;
}

export function codeOf(comparison: Comparison): number {
  return CODE[comparison];
}

/**
 * Is `value` beyond the limit? Between limit and deadband the last answer stands, so that noise round the limit neither
 * chatters nor clears. NaN (unknown) is unknown.
 */
export function compare(code: number, value: number, limit: number, deadband: number, lastWasTrue: boolean): Truth {
  if (Number.isNaN(value)) return UNKNOWN;
  switch (code) {
    case 0: return value > limit ? TRUE : value <= limit - deadband ? FALSE : lastWasTrue ? TRUE : FALSE;
    case 1: return value >= limit ? TRUE : value < limit - deadband ? FALSE : lastWasTrue ? TRUE : FALSE;
    case 2: return value < limit ? TRUE : value >= limit + deadband ? FALSE : lastWasTrue ? TRUE : FALSE;
    default: return value <= limit ? TRUE : value > limit + deadband ? FALSE : lastWasTrue ? TRUE : FALSE;
  }
}

/** The figure a measure is about, for events and screens; null where there is none. */
export function limitNumberOf(measure: Measure): number | null {
  switch (measure.kind) {
    case 'limit': case 'lab': return limitOf(measure)?.limit ?? null;
    case 'rate': return measure.risingFasterThan ?? measure.fallingFasterThan ?? null;
    case 'trend': return measure.minChange;
    case 'ratio': case 'deviation': case 'voted': return limitOf(measure)?.limit ?? null;
    case 'notFalling': return measure.above;
    case 'swing': return measure.amplitude;
    case 'discrepancy': return measure.tolerance;
    case 'state': case 'stale': case 'badQuality': case 'seen': case 'duration': case 'all': case 'any': case 'not': return null;
  }
}
