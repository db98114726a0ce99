/**
 * Time left until a moving value reaches a limit, with a 90 % interval.
 *
 * How: the rate now, and where it is clear its growth or decay (motion.ts), are carried on to the limit: with rate r, distance d and
 * relative growth k of the rate, ln(1 + k d / r) / k; with k = 0, d / r. What such a reckoning is worth is not assumed but measured: on
 * runs of a simulated plant the true time was divided by the reckoned one, by class of course (accelerating, steady, levelling off; how
 * far beyond what was seen; straight or swinging). The 3 % and 95 % quantiles of that ratio make the interval (split conformal
 * prediction by class), its median the time shown. Where more than 5 % of the courses of a class never got there, the interval is open:
 * it may never get there. Where a class was seen too seldom, nothing is said. The ratio is the plant's in the simulator; other plants
 * have other courses, and docs/design/forecast.md says what was measured on which.
 *
 * It is shown to people and decides nothing.
 */
import { CALIBRATION } from './calibration.ts';
import { SHAPES } from './course-class.ts';
import type { Calibration, CourseClass, Reach, Shape } from './course-class.ts';
import type { TagLimit } from './limits.ts';
import { isBeyond, isUpper } from './limits.ts';
import type { Motion } from './motion.ts';

/** A limit further away than so many times the stretch that the movement was seen over is not spoken of. */
const REACH_MAX = 8;
const REACH_MIDDLE = 4;
const REACH_NEAR = 1;
/** Net way by range from which a course counts as straight. */
const STRAIGHT_FROM = 0.8;
/** Shortest slack, s: sampling and the transmitter's own lag. */
const SLACK_S = 3;

export interface Reckoning {
  /** Carried on as it moves now, s. */
  readonly baseS: number;
  /** Added to both sides before they are divided, so that the last seconds weigh no more than noise and sampling allow, s. */
  readonly slackS: number;
  readonly course: CourseClass;
}

export type TimeToLimit =
  | { readonly state: 'moving'; /** null = as such courses go, more often than not it never gets there. */ readonly leftMs: number | null; readonly lowMs: number; /** null = it may never get there. */ readonly highMs: number | null; readonly course: CourseClass }
  | { readonly state: 'notMoving' | 'beyond' | 'unknown' };

/** @returns how the present course would reach the limit; null when it does not move towards it, or the limit is too far to be spoken of ('tooFar') */
export function reckon(motion: Motion, limit: Pick<TagLimit, 'comparison' | 'limit'>): Reckoning | 'tooFar' | null {
  const sign = isUpper(limit.comparison) ? 1 : -1;
  const rate = motion.rate * sign;
  if (!(rate > 0)) return null;
  const distance = Math.max(0, (limit.limit - motion.value) * sign);
  const linearS = distance / rate;
  const reach = linearS / Math.max(1, motion.stretchS);
  if (!(reach <= REACH_MAX)) return 'tooFar';
  const growth = (motion.bend * sign) / rate;
  const shape: Shape = growth > 0 ? 'accelerating' : growth < 0 ? 'levelling' : 'steady';
  const baseS = shape === 'accelerating' ? Math.log1p(growth * linearS) / growth : linearS;
  const slackS = SLACK_S + motion.noise / rate;
  const reachWord: Reach = reach < REACH_NEAR ? 'near' : reach < REACH_MIDDLE ? 'middle' : 'far';
  return { baseS, slackS, course: `${shape}/${reachWord}/${motion.directness >= STRAIGHT_FROM ? 'straight' : 'swinging'}` };
}

/**
 * Time left to one limit.
 * @param motion of the tag, from good values only; null = too little is known, 'still' = it does not move
 * @param value the newest good value, null when it is not good now: then nothing is said
 */
export function timeToLimit(motion: Motion | 'still' | null, value: number | null, limit: Pick<TagLimit, 'comparison' | 'limit'>, calibration: Calibration = CALIBRATION): TimeToLimit {
  if (value === null || !Number.isFinite(value)) return { state: 'unknown' };
  if (isBeyond(value, limit)) return { state: 'beyond' };
  if (motion === null) return { state: 'unknown' };
  if (motion === 'still') return { state: 'notMoving' };
  const reckoned = reckon(motion, limit);
  if (reckoned === null) return { state: 'notMoving' };
  if (reckoned === 'tooFar') return { state: 'unknown' };
  const known = calibration[reckoned.course];
  if (known === undefined) return { state: 'unknown' };
  const { baseS, slackS, course } = reckoned;
  const at = (ratio: number): number => Math.max(0, ((baseS + slackS) * ratio - slackS) * 1_000);
  const lowMs = at(known.low);
  const highMs = known.high === null ? null : Math.max(lowMs, at(known.high));
  return { state: 'moving', leftMs: known.middle === null ? null : at(known.middle), lowMs, highMs, course };
}

/** The shape in the name of a class. */
export function shapeOf(course: CourseClass): Shape {
  return SHAPES.find((shape) => course.startsWith(`${shape}/`)) ?? 'steady';
}
