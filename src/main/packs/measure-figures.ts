/** The figures of a measure by name, with what each is: one table for converting units and for a site's overrides. */
import type { Measure } from '../../domain/packs/schema.ts';
import type { FigureKind } from './units.ts';

type Figures = Readonly<Record<string, FigureKind>>;
const LIMITS: Figures = { above: 'value', atOrAbove: 'value', below: 'value', atOrBelow: 'value' };
const DIFFERENCES: Figures = { above: 'difference', atOrAbove: 'difference', below: 'difference', atOrBelow: 'difference' };

/** Per kind: the figures in the tag's unit. What is not here is a count, a time or a ratio. */
export const FIGURES: Readonly<Record<Measure['kind'], Figures>> = {
  limit: { ...LIMITS, deadband: 'difference' },
  voted: { ...LIMITS, deadband: 'difference' },
  lab: LIMITS,
  rate: { risingFasterThan: 'perMinute', fallingFasterThan: 'perMinute', deadband: 'perMinute' },
  trend: { minChange: 'difference', tolerance: 'difference' },
  swing: { amplitude: 'difference' },
  notFalling: { above: 'value', minFall: 'difference', deadband: 'difference' },
  deviation: { ...DIFFERENCES, deadband: 'difference' },
  discrepancy: { tolerance: 'difference', deadband: 'difference' },
  ratio: {}, duration: {}, state: {}, stale: {}, badQuality: {}, seen: {}, all: {}, any: {}, not: {},
};

/** The measure with each of its figures replaced, and without its own unit. Null when one figure cannot be. */
export function mapFigures(measure: Measure, change: (figure: number, kind: FigureKind) => number | null): Measure | null {
  const changed: Record<string, unknown> = { ...measure };
  for (const [name, kind] of Object.entries(FIGURES[measure.kind])) {
    const figure = changed[name];
    if (typeof figure !== 'number') continue;
    const next = change(figure, kind);
    if (next === null) return null;
    changed[name] = next;
  }
  delete changed['unit'];
  return changed as unknown as Measure;
}
