/** The one figure of a measure that a site may change, and which direction of it is the safe one. */
import type { Measure } from '../../domain/packs/schema.ts';
import { comparisonOf, isHigh } from './check-figures.ts';

export interface MainFigure {
  /** Its key in the measure. */
  readonly name: string;
  readonly figure: number;
  /** `lower`: a lower figure raises the alarm sooner. */
  readonly safer: 'lower' | 'higher';
}

/** Null for kinds without a figure (states, observations, combinations). */
export function mainFigure(measure: Measure): MainFigure | null {
  switch (measure.kind) {
    case 'limit': case 'voted': case 'ratio': case 'deviation': case 'lab': {
      const found = comparisonOf(measure);
      return found === null ? null : { name: found.comparison, figure: found.limit, safer: isHigh(found.comparison) ? 'lower' : 'higher' };
    }
    case 'rate': {
      // With both directions there is no one figure.
      const { risingFasterThan, fallingFasterThan } = measure;
      if (risingFasterThan !== undefined && fallingFasterThan !== undefined) return null;
      return named('risingFasterThan', risingFasterThan) ?? named('fallingFasterThan', fallingFasterThan);
    }
    case 'trend': return named('minChange', measure.minChange);
    case 'swing': return named('amplitude', measure.amplitude);
    case 'notFalling': return named('above', measure.above);
    case 'discrepancy': return named('tolerance', measure.tolerance);
    case 'duration': return named('longerThan', measure.longerThan);
    case 'state': case 'stale': case 'badQuality': case 'seen': case 'all': case 'any': case 'not': return null;
  }
}

/** Smaller is sooner: for every rate, change, amplitude, tolerance and time. */
function named(name: string, figure: number | undefined): MainFigure | null {
  return figure === undefined ? null : { name, figure, safer: 'lower' };
}
