/** Calibrates the forecasts on some runs and judges them on others. What is measured, and how it is counted, is in docs/design/forecast.md. */
import type { Calibration, ClassCalibration, CourseClass } from '../../src/domain/forecast/course-class.ts';
import { timeToLimit } from '../../src/domain/forecast/time-to-limit.ts';
import type { Moment } from './forecast-moments.ts';

/** Of the true times, so many lie below the interval, and so many above, in each class; a tenth is allowed, the rest is margin. */
const BELOW_SHARE = 0.03;
const ABOVE_SHARE = 0.05;
/** A class seen in fewer episodes (one run, tag and limit each) says nothing. */
const EPISODES_MIN = 20;

/** An end, or a middle, further off than so many times the reckoned time tells nobody anything: then it is open. */
const RATIO_MAX = 10;

interface Ratio {
  readonly ratio: number;
  /** false: the course was broken off here, or the run ended; the true ratio is larger. */
  readonly isReached: boolean;
}

const episodeOf = ({ seed, tag, limit }: Moment): string => `${seed} ${tag} ${limit.comparison} ${limit.limit}`;

/** Quantiles of true by reckoned time, by class. Broken-off courses count for as long as they were left alone (Kaplan-Meier). */
export function calibrate(moments: readonly Moment[]): Calibration {
  const classes = new Map<CourseClass, Moment[]>();
  for (const moment of moments) classes.set(moment.reckoned.course, [...(classes.get(moment.reckoned.course) ?? []), moment]);
  const entries = [...classes].sort(([a], [b]) => (a < b ? -1 : 1)).flatMap(([course, own]): [CourseClass, ClassCalibration][] => {
    const episodes = new Set(own.map(episodeOf)).size;
    const ratios = own.map(ratioOf).sort((a, b) => a.ratio - b.ratio || Number(b.isReached) - Number(a.isReached));
    const low = quantile(ratios, BELOW_SHARE, 'before');
    if (episodes < EPISODES_MIN || low === null) return [];
    return [[course, { low: rounded(low), middle: rounded(bounded(quantile(ratios, 0.5, 'at'))), high: rounded(bounded(quantile(ratios, 1 - ABOVE_SHARE, 'at'))), forecasts: own.length, episodes }]];
  });
  return Object.fromEntries(entries);
}

const bounded = (ratio: number | null): number | null => (ratio === null || ratio > RATIO_MAX ? null : ratio);

function rounded(ratio: number): number;
function rounded(ratio: number | null): number | null;
function rounded(ratio: number | null): number | null {
  return ratio === null ? null : Number(ratio.toPrecision(4));
}

function ratioOf({ reckoned: { baseS, slackS }, trueS, aloneS }: Moment): Ratio {
  return { ratio: ((trueS ?? aloneS) + slackS) / (baseS + slackS), isReached: trueS !== null };
}

/** The ratio at (or the last one before) which the share of those that have got there reaches `share`; null = it never does. */
function quantile(sorted: readonly Ratio[], share: number, side: 'at' | 'before'): number | null {
  let left = 1;
  let before = sorted[0]?.ratio ?? null;
  for (const [i, { ratio, isReached }] of sorted.entries()) {
    if (!isReached) continue;
    left *= 1 - 1 / (sorted.length - i);
    if (1 - left >= share) return side === 'at' ? ratio : before;
    before = ratio;
  }
  return null;
}

export type Judgement = 'held' | 'tooLate' | 'tooEarly' | 'undecided' | 'silent';

/**
 * held: the true time lies in the interval, or it is open and the limit was not reached. tooLate: the limit came before the interval,
 * people were told more time than there was. tooEarly: it came after, or had not come at its end. undecided: the course was broken off,
 * or the run ended, within the interval. silent: nothing was said.
 */
export function judge(moment: Moment, calibration?: Calibration): { readonly judgement: Judgement; readonly lowS: number; readonly highS: number | null } {
  const said = calibration === undefined ? timeToLimit(moment.motion, moment.value, moment.limit) : timeToLimit(moment.motion, moment.value, moment.limit, calibration);
  if (said.state !== 'moving') return { judgement: 'silent', lowS: 0, highS: null };
  const lowS = said.lowMs / 1_000;
  const highS = said.highMs === null ? null : said.highMs / 1_000;
  return { judgement: judgementOf(moment, lowS, highS), lowS, highS };
}

function judgementOf({ trueS, aloneS }: Moment, lowS: number, highS: number | null): Judgement {
  if (trueS !== null) return trueS < lowS ? 'tooLate' : highS !== null && trueS > highS ? 'tooEarly' : 'held';
  if (highS === null) return 'held';
  return highS < aloneS ? 'tooEarly' : 'undecided';
}

export interface Coverage {
  readonly forecasts: number;
  readonly episodes: number;
  /** Of those that could be decided, how many hold the truth. */
  readonly coverage: number;
  readonly tooLate: number;
  readonly tooEarly: number;
  readonly undecided: number;
  /** Share of the intervals without an upper end. */
  readonly open: number;
  /** Where the limit was reached: lower end by true time (1 = all the time there was is promised), median. */
  readonly lowByTrue: number;
  /** Closed intervals whose limit was reached: width by true time, median. */
  readonly relativeWidth: number;
}

export function coverageOf(moments: readonly Moment[], calibration?: Calibration): Coverage {
  const judged = moments.map((moment) => ({ moment, ...judge(moment, calibration) })).filter(({ judgement }) => judgement !== 'silent');
  const count = (judgement: Judgement): number => judged.filter((each) => each.judgement === judgement).length;
  const decided = judged.length - count('undecided');
  const reached = judged.filter(({ moment }) => moment.trueS !== null && moment.trueS > 0);
  return {
    forecasts: judged.length, episodes: new Set(judged.map(({ moment }) => episodeOf(moment))).size, coverage: count('held') / decided, tooLate: count('tooLate') / decided, tooEarly: count('tooEarly') / decided,
    undecided: count('undecided') / judged.length, open: judged.filter(({ highS }) => highS === null).length / judged.length,
    lowByTrue: median(reached.map(({ moment, lowS }) => lowS / (moment.trueS ?? 1))),
    relativeWidth: median(reached.flatMap(({ moment, lowS, highS }) => (highS === null ? [] : [(highS - lowS) / (moment.trueS ?? 1)]))),
  };
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}
