/** What a stretch of samples did: how long it is, how far it went, how far it came back, how often it turned. Points stand by time. */
import type { Point } from './extremes-window.ts';

/** A course is known when its points cover this much of the window. */
const COVERED_MIN = 0.8;

export function coversWindow(points: readonly Point[], windowMs: number): boolean {
  const [first, last] = [points[0], points.at(-1)];
  return first !== undefined && last !== undefined && last.atMs - first.atMs >= windowMs * COVERED_MIN;
}

/** How far the value has gone from the beginning to the end; negative = fallen. */
export function changeOf(points: readonly Point[]): number {
  return (points.at(-1)?.value ?? 0) - (points[0]?.value ?? 0);
}

/** The largest way back against the direction (`sign` 1 = rising, -1 = falling), at any time in the stretch. */
export function pullbackOf(points: readonly Point[], sign: 1 | -1): number {
  let furthest = Number.NEGATIVE_INFINITY;
  let pullback = 0;
  for (const { value } of points) {
    furthest = Math.max(furthest, sign * value);
    pullback = Math.max(pullback, furthest - sign * value);
  }
  return pullback;
}

/**
 * Turns of at least `amplitude`, by the turning-point rule of fatigue counting (ASTM E1049): going up, the value has turned when it has
 * come back by `amplitude` or more from the highest it reached; going down likewise. The first leg is no turn, smaller ripple counts
 * nothing, and neither does a slow drift.
 */
export function turnsOf(points: readonly Point[], amplitude: number): number {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  let direction: 1 | 0 | -1 = 0;
  let turns = 0;
  for (const { value } of points) {
    if (direction !== -1) high = Math.max(high, value);
    if (direction !== 1) low = Math.min(low, value);
    if (direction !== -1 && high - value >= amplitude) {
      if (direction === 1) turns += 1;
      direction = -1;
      low = value;
    } else if (direction !== 1 && value - low >= amplitude) {
      if (direction === -1) turns += 1;
      direction = 1;
      high = value;
    }
  }
  return turns;
}

/**
 * The course of one tag divided by another: at each moment at which either has a sample, with the other's value as it stood then.
 * Where the divisor is not above `minOver` the ratio means nothing, and there is no point.
 */
export function ratioPoints(inputs: readonly Point[], overs: readonly Point[], minOver: number): Point[] {
  const ratios: Point[] = [];
  let input: number | null = null;
  let over: number | null = null;
  for (let i = 0, j = 0; i < inputs.length || j < overs.length;) {
    const atMs = Math.min(inputs[i]?.atMs ?? Number.POSITIVE_INFINITY, overs[j]?.atMs ?? Number.POSITIVE_INFINITY);
    while (overs[j]?.atMs === atMs) over = overs[j++]?.value ?? null;
    if (inputs[i]?.atMs !== atMs) push(atMs);
    while (inputs[i]?.atMs === atMs) {
      input = inputs[i++]?.value ?? null;
      push(atMs);
    }
  }
  return ratios;

  function push(atMs: number): void {
    if (input !== null && over !== null && over > minOver) ratios.push({ atMs, value: input / over });
  }
}
