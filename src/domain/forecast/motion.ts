/**
 * How a value moves now: its rate, whether the rate grows or dies down, and how sure that is.
 *
 * A straight line and a parabola are fitted by least squares to the last half minute, minute, ... hour. The shortest stretch that
 * shows a movement clearly above its noise says how fast the value moves now; longer ones are taken as long as they agree with it,
 * because they are surer (the adaptive window of O. Lepski). Pure; times in seconds before now, values in the tag's unit.
 */
import type { CoursePoint, MotionWindow } from './motion-window.ts';

/** Stretches that are looked at, ms. */
export const STRETCHES_MS = [30_000, 60_000, 120_000, 300_000, 600_000, 1_800_000, 3_600_000] as const;
/** Fewest different readings in a stretch: a step or two are no movement. */
const FRESH_MIN = 6;
/** A rate this many of its standard errors from zero is a movement. */
const CLEAR_ERRORS = 5;
/** A longer stretch agrees when its rate differs by no more than this many standard errors. */
const AGREE_ERRORS = 2.5;
/** A longer stretch is one that is longer by this factor. */
const LONGER = 1.3;
/** Steps that reports by exception may hide at either end of a stretch, as a standard error. */
const STEP_SHARE = 0.4;
/** A parabola whose end lies further from the value shown than so many standard deviations is not the course. */
const END_ERRORS = 3;
/** A bend this many of its standard errors from zero is one. */
const BEND_ERRORS = 2;

export interface Motion {
  /** The value now, without its noise. */
  readonly value: number;
  /** Units per second, and its standard error. */
  readonly rate: number;
  readonly rateError: number;
  /** Rate of change of the rate, units per second squared; 0 when no bend is clear. */
  readonly bend: number;
  /** Standard deviation of the means around the fit, units. */
  readonly noise: number;
  /** The stretch that it was seen over, s. */
  readonly stretchS: number;
  /** Mean time between two means, s. */
  readonly spacingS: number;
  /** 1 = it came straight, about 0 or less = it swings. */
  readonly directness: number;
}

interface Fit {
  readonly value: number;
  readonly slope: number;
  readonly slopeError: number;
  readonly noise: number;
  readonly spanS: number;
  readonly spacingS: number;
}

/** @returns the motion; null when there is too little to say; 'still' when nothing moves clearly */
export function motionOf(window: MotionWindow, nowMs: number): Motion | 'still' | null {
  const shorter: Fit[] = [];
  let chosen: { fit: Fit; points: CoursePoint[] } | null = null;
  for (const stretchMs of STRETCHES_MS) {
    const points = window.course(nowMs, stretchMs);
    const fit = line(points, nowMs, window.step);
    if (fit === null) continue;
    if (chosen !== null && fit.spanS < chosen.fit.spanS * LONGER) continue;
    const agrees = shorter.every((each) => Math.abs(fit.slope - each.slope) <= AGREE_ERRORS * each.slopeError);
    if (!agrees) break;
    shorter.push(fit);
    if (isClear(fit) && freshOf(points) >= FRESH_MIN) chosen = { fit, points };
  }
  if (chosen === null) return shorter.length > 0 ? 'still' : null;
  const motion = bent(chosen.fit, chosen.points, nowMs);
  return { ...motion, directness: directnessOf(window, nowMs, motion) };
}

const isClear = (fit: Fit): boolean => Math.abs(fit.slope) >= CLEAR_ERRORS * fit.slopeError && Math.abs(fit.slope) * fit.spanS >= 3 * fit.noise;

/** How straight the value came here over six times the stretch: net way by range, 1 = straight, about 0 or less = it swings. */
function directnessOf(window: MotionWindow, nowMs: number, { rate, stretchS }: Motion): number {
  const points = window.course(nowMs, Math.min(stretchS * 6_000, 3_600_000));
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (const { value } of points) {
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  const net = (points.at(-1)?.value ?? 0) - (points[0]?.value ?? 0);
  return high > low ? (net * Math.sign(rate)) / (high - low) : 0;
}

function line(points: readonly CoursePoint[], nowMs: number, step: number): Fit | null {
  if (points.length < FRESH_MIN) return null;
  const n = points.length;
  const times = points.map(({ atMs }) => (atMs - nowMs) / 1_000);
  const meanT = times.reduce((a, t) => a + t, 0) / n;
  const meanV = points.reduce((a, { value }) => a + value, 0) / n;
  let stt = 0;
  let stv = 0;
  points.forEach(({ value }, i) => {
    const dt = (times[i] as number) - meanT;
    stt += dt * dt;
    stv += dt * (value - meanV);
  });
  if (stt === 0) return null;
  const slope = stv / stt;
  const residuals = points.map(({ value }, i) => value - meanV - slope * ((times[i] as number) - meanT));
  const { noise, inflation } = noiseOf(residuals, 2);
  const spanS = (times[n - 1] as number) - (times[0] as number);
  return { value: meanV - slope * meanT, slope, slopeError: Math.max((noise / Math.sqrt(stt)) * inflation, (STEP_SHARE * step) / spanS), noise, spanS, spacingS: spanS / (n - 1) };
}

/** Readings that differ from the one before. */
function freshOf(points: readonly CoursePoint[]): number {
  let fresh = points.length > 0 ? 1 : 0;
  for (let i = 1; i < points.length; i += 1) if (points[i]?.value !== points[i - 1]?.value) fresh += 1;
  return fresh;
}

/** Noise, and by how much its memory (lag-one correlation) makes the slope less sure than independent noise would. */
function noiseOf(residuals: readonly number[], parameters: number): { noise: number; inflation: number } {
  const n = residuals.length;
  let ss = 0;
  let lagged = 0;
  residuals.forEach((r, i) => {
    ss += r * r;
    if (i > 0) lagged += r * (residuals[i - 1] as number);
  });
  const noise = Math.sqrt(ss / Math.max(1, n - parameters));
  const correlation = ss === 0 ? 0 : Math.min(0.9, Math.max(0, lagged / ss));
  return { noise, inflation: Math.sqrt((1 + correlation) / (1 - correlation)) };
}

/** The chosen stretch again with a parabola; its end tells the rate now, where the bend is clear. */
function bent(straight: Fit, points: readonly CoursePoint[], nowMs: number): Motion {
  const base: Motion = { value: straight.value, rate: straight.slope, rateError: straight.slopeError, bend: 0, noise: straight.noise, stretchS: straight.spanS, spacingS: straight.spacingS, directness: 1 };
  const n = points.length;
  // u runs from -1 (oldest) to 0 (now): well conditioned whatever the stretch.
  const scaleS = Math.max(1e-3, (nowMs - (points[0]?.atMs ?? nowMs)) / 1_000);
  const s = [0, 0, 0, 0, 0];
  const r = [0, 0, 0];
  for (const { atMs, value } of points) {
    const u = (atMs - nowMs) / 1_000 / scaleS;
    let power = 1;
    for (let k = 0; k < 5; k += 1) {
      s[k] = (s[k] as number) + power;
      if (k < 3) r[k] = (r[k] as number) + power * (value - straight.value);
      power *= u;
    }
  }
  const inverse = inverse3(s as [number, number, number, number, number]);
  if (inverse === null || n < 8) return base;
  const [a, b, c] = inverse.map((row) => row.reduce((sum, x, k) => sum + x * (r[k] as number), 0)) as [number, number, number];
  const residuals = points.map(({ atMs, value }) => {
    const u = (atMs - nowMs) / 1_000 / scaleS;
    return value - straight.value - a - b * u - c * u * u;
  });
  const { noise, inflation } = noiseOf(residuals, 3);
  const bendError = noise * Math.sqrt(inverse[2]?.[2] ?? 0) * inflation;
  if (Math.abs(c) < BEND_ERRORS * bendError) return base;
  if (Math.abs(straight.value + a - (points.at(-1)?.value ?? 0)) > END_ERRORS * noise) return base;
  return { ...base, value: straight.value + a, rate: b / scaleS, rateError: (noise * Math.sqrt(inverse[1]?.[1] ?? 0) * inflation) / scaleS, bend: (2 * c) / (scaleS * scaleS), noise };
}

/** Inverse of the symmetric matrix of power sums [s0 s1 s2; s1 s2 s3; s2 s3 s4]; null when it has none. */
function inverse3([s0, s1, s2, s3, s4]: readonly [number, number, number, number, number]): number[][] | null {
  const c00 = s2 * s4 - s3 * s3;
  const c01 = s2 * s3 - s1 * s4;
  const c02 = s1 * s3 - s2 * s2;
  const det = s0 * c00 + s1 * c01 + s2 * c02;
  if (!(Math.abs(det) > 1e-12)) return null;
  const c11 = s0 * s4 - s2 * s2;
  const c12 = s1 * s2 - s0 * s3;
  const c22 = s0 * s2 - s1 * s1;
  return [[c00 / det, c01 / det, c02 / det], [c01 / det, c11 / det, c12 / det], [c02 / det, c12 / det, c22 / det]];
}
