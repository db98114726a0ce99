/**
 * Gas tests (4.3.3(4)): what each gas is measured in, which values are good, how long a test holds, and when two methods agree.
 *
 * The figures are engineering defaults, after the limits that GB 30871-2022 and GBZ 2.1 are known for; a proof's own `figure` goes before
 * them. A site with stricter ones writes them into its procedures.
 */
import type { Evidence, Gas, TestPoint } from '../../contract/evidence.ts';
import { FALSE, TRUE, UNKNOWN } from '../conditions/truth.ts';
import type { Truth } from '../conditions/truth.ts';

export interface GasLimit {
  readonly unit: string;
  readonly low: number;
  readonly high: number;
  /** How far a portable instrument and the laboratory may lie apart and still say the same. */
  readonly tolerance: number;
}

export const GAS_LIMITS: Readonly<Record<Gas, GasLimit>> = {
  O2: { unit: 'vol%', low: 19.5, high: 23.5, tolerance: 0.5 },
  LEL: { unit: '%LEL', low: 0, high: 10, tolerance: 5 },
  H2: { unit: 'vol%', low: 0, high: 0.4, tolerance: 0.2 },
  COMBUSTIBLES: { unit: 'vol%', low: 0, high: 0.5, tolerance: 0.2 },
  CO: { unit: 'ppm', low: 0, high: 16, tolerance: 5 },
  H2S: { unit: 'ppm', low: 0, high: 6.6, tolerance: 2 },
  NH3: { unit: 'ppm', low: 0, high: 26, tolerance: 5 },
  CL2: { unit: 'ppm', low: 0, high: 0.34, tolerance: 0.1 },
};

const MINUTE_MS = 60_000;
/** Longest time that a test may be said to hold, from the sample on. A portable test: 30 min before people go in (engineering default). A sheet takes longer to come; the portable test beside it is the one that runs out. */
export const VALID_MAX_MS = { 'portable-test': 30 * MINUTE_MS, 'laboratory': 120 * MINUTE_MS } as const;
export type TimedKind = keyof typeof VALID_MAX_MS;
export const isTimed = (kind: string | undefined): kind is TimedKind => kind !== undefined && Object.hasOwn(VALID_MAX_MS, kind);

/** The figure of a proof, where it has one. */
export interface Figure { readonly low: number; readonly high: number; readonly gas?: Gas | undefined }

const within = (value: number, { low, high }: Pick<Figure, 'low' | 'high'>): boolean => value >= low && value <= high;

/** The range that a value must lie in: the proof's own for its gas, the table's for any other. A figure that names no gas is asked of every value. */
const rangeOf = (gas: Gas, figure: Figure | undefined): Pick<Figure, 'low' | 'high'> => (figure !== undefined && (figure.gas === undefined || figure.gas === gas) ? figure : GAS_LIMITS[gas]);

/** The first point at which the gas that the proof is about was not measured; null = it was at all of them. */
export const pointWithout = (points: readonly TestPoint[], figure: Figure | undefined): TestPoint | null => (figure?.gas === undefined ? null : (points.find(({ values }) => !values.some(({ gas }) => gas === figure.gas)) ?? null));

/** Every value at every point must be good, whatever gas it is: a reading that was taken is never passed over. No point proves nothing. */
export function pointsTruth(points: readonly TestPoint[], figure: Figure | undefined): Truth {
  if (points.length === 0 || pointWithout(points, figure) !== null) return UNKNOWN;
  return points.every(({ values }) => values.length > 0 && values.every(({ gas, value }) => within(value, rangeOf(gas, figure)))) ? TRUE : FALSE;
}

/** The value that lies nearest to (or farthest beyond) a limit: what is written down as the proof's figure. */
export function worstValue(points: readonly TestPoint[], figure: Figure): number | null {
  const values = points.flatMap((point) => point.values.filter(({ gas }) => figure.gas === undefined || figure.gas === gas).map(({ value }) => value));
  const margin = (value: number): number => Math.min(value - figure.low, figure.high - value);
  // A range from nought up has only one side that can be bad.
  const room = figure.low <= 0 ? (value: number): number => figure.high - value : margin;
  return values.length === 0 ? null : values.reduce((worst, value) => (room(value) < room(worst) ? value : worst));
}

export const untilMsOf = ({ sampledMs, validForMs }: Pick<Evidence, 'sampledMs' | 'validForMs'>): number | null => (sampledMs === undefined || validForMs === undefined ? null : sampledMs + validForMs);

/** Least and greatest value of each gas over all points. */
function rangesOf(points: readonly TestPoint[]): ReadonlyMap<Gas, readonly [number, number]> {
  const ranges = new Map<Gas, readonly [number, number]>();
  for (const { gas, value } of points.flatMap(({ values }) => values)) {
    const [low, high] = ranges.get(gas) ?? [value, value];
    ranges.set(gas, [Math.min(low, value), Math.max(high, value)]);
  }
  return ranges;
}

/** 4.3.3(4): do two methods say the same of every gas that both have measured? */
export function agree(a: readonly TestPoint[], b: readonly TestPoint[]): boolean {
  const others = rangesOf(b);
  return [...rangesOf(a)].every(([gas, [low, high]]) => {
    const other = others.get(gas);
    const { tolerance } = GAS_LIMITS[gas];
    return other === undefined || (Math.abs(low - other[0]) <= tolerance && Math.abs(high - other[1]) <= tolerance);
  });
}
