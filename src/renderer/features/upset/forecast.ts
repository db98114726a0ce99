/**
 * Time left at the present rate, with its uncertainty (hmi rule 6): a straight line through the last three minutes and
 * the 90 % band of its slope. It is drawn for people and decides nothing; gates and conditions are the station's.
 */
import type { ConditionView } from '../../../contract/view.ts';

const WINDOW_MS = 3 * 60_000;
const POINTS_MIN = 8;
/** 1.64 standard errors on either side: 90 %. */
const BAND = 1.64;
const HORIZON_MS = 4 * 3_600_000;

export type Forecast = { perMinute: number; reachesInMs: { soonest: number; middle: number; latest: number | null } | null };

export function forecast(points: readonly [number, number | null][], nowMs: number, limit: number | null, comparison: ConditionView['comparison']): Forecast | null {
  const used = points.flatMap(([ms, value]) => (value === null || ms < nowMs - WINDOW_MS ? [] : [[(ms - nowMs) / 60_000, value] as const]));
  const line = fit(used);
  if (line === null || Math.abs(line.slope) < 2 * line.error) return null;
  return { perMinute: line.slope, reachesInMs: limit === null ? null : timeLeft(line, limit, comparison) };
}

type Line = { slope: number; error: number; now: number };

function fit(points: readonly (readonly [number, number])[]): Line | null {
  if (points.length < POINTS_MIN) return null;
  const n = points.length;
  const meanX = points.reduce((sum, [x]) => sum + x, 0) / n;
  const meanY = points.reduce((sum, [, y]) => sum + y, 0) / n;
  const sxx = points.reduce((sum, [x]) => sum + (x - meanX) ** 2, 0);
  if (sxx === 0) return null;
  const slope = points.reduce((sum, [x, y]) => sum + (x - meanX) * (y - meanY), 0) / sxx;
  const residual = points.reduce((sum, [x, y]) => sum + (y - meanY - slope * (x - meanX)) ** 2, 0);
  return { slope, error: Math.sqrt(residual / (n - 2) / sxx), now: meanY - slope * meanX };
}

function timeLeft(line: Line, limit: number, comparison: ConditionView['comparison']): Forecast['reachesInMs'] {
  const above = comparison === 'above' || comparison === 'atOrAbove';
  const distance = limit - line.now;
  if (comparison === null || (above ? distance <= 0 || line.slope <= 0 : distance >= 0 || line.slope >= 0)) return null;
  const inMs = (slope: number): number => (distance / slope) * 60_000;
  const middle = inMs(line.slope);
  if (middle > HORIZON_MS) return null;
  const slowest = above ? line.slope - BAND * line.error : line.slope + BAND * line.error;
  const fastest = above ? line.slope + BAND * line.error : line.slope - BAND * line.error;
  return { soonest: inMs(fastest), middle, latest: slowest * distance <= 0 || inMs(slowest) > HORIZON_MS ? null : inMs(slowest) };
}
