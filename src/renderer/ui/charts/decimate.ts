/**
 * Fewer points, same story: per bucket the lowest and the highest are kept, in order of time, and a gap stays a gap.
 * A peak of one sample must survive, because it may be the one that mattered.
 */
export type ChartPoint = [ms: number, value: number | null];

export function decimate(points: readonly ChartPoint[], maxPoints: number): ChartPoint[] {
  if (points.length <= maxPoints || maxPoints < 4) return [...points];
  // Each bucket gives at most three points: low, high, and one gap.
  const buckets = Math.max(1, Math.floor(maxPoints / 3));
  const size = points.length / buckets;
  const kept: ChartPoint[] = [];
  for (let bucket = 0; bucket < buckets; bucket += 1) kept.push(...extremes(points, Math.floor(bucket * size), Math.floor((bucket + 1) * size)));
  return kept;
}

function extremes(points: readonly ChartPoint[], from: number, to: number): ChartPoint[] {
  let low = -1, high = -1, gap = -1;
  for (let at = from; at < to; at += 1) {
    const value = points[at]?.[1];
    if (value === undefined) continue;
    if (value === null) { if (gap < 0) gap = at; continue; }
    if (low < 0 || value < (points[low]?.[1] ?? Infinity)) low = at;
    if (high < 0 || value > (points[high]?.[1] ?? -Infinity)) high = at;
  }
  return [...new Set([low, high, gap])].filter((at) => at >= 0).sort((a, b) => a - b).flatMap((at) => (points[at] === undefined ? [] : [points[at]]));
}

/** Lowest and highest of values and limits, with a margin, so that the limit is always in the picture (hmi rule 6). */
export function rangeOf(points: readonly ChartPoint[], limits: readonly number[]): [number, number] {
  const values = points.flatMap(([, value]) => (value === null ? [] : [value])).concat(limits);
  if (values.length === 0) return [0, 1];
  const low = Math.min(...values), high = Math.max(...values);
  const margin = (high - low) * 0.08 || Math.abs(high) * 0.05 || 1;
  return [low - margin, high + margin];
}
