/** Thins a series for a picture: each stretch gives its lowest, its highest and its gap, so that no peak and no hole is lost. */

export type Point = readonly [atMs: number, value: number | null];

/** At most `maxPoints` points, in their order. */
export function decimate(points: readonly Point[], maxPoints: number): [number, number | null][] {
  if (points.length <= maxPoints) return points.map(([atMs, value]) => [atMs, value]);
  const buckets = Math.max(1, Math.floor(maxPoints / 3));
  const size = points.length / buckets;
  const kept: [number, number | null][] = [];
  for (let b = 0; b < buckets; b += 1) kept.push(...markedOf(points, Math.floor(b * size), Math.floor((b + 1) * size)));
  return kept.slice(0, maxPoints);
}

/** Lowest, highest and first gap of a stretch, by their place in it. */
function markedOf(points: readonly Point[], from: number, to: number): [number, number | null][] {
  let [low, high, gap] = [-1, -1, -1];
  for (let i = from; i < to; i += 1) {
    const value = points[i]?.[1] ?? null;
    if (value === null) gap = gap === -1 ? i : gap;
    else {
      if (low === -1 || value < (points[low]?.[1] ?? 0)) low = i;
      if (high === -1 || value > (points[high]?.[1] ?? 0)) high = i;
    }
  }
  const places = [...new Set([low, high, gap])].filter((place) => place !== -1).sort((a, b) => a - b);
  return places.flatMap((place) => { const point = points[place]; return point === undefined ? [] : [[point[0], point[1]] satisfies [number, number | null]]; });
}
