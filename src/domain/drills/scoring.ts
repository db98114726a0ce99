/**
 * How an exercise is marked: weights, where full marks end and where none begin, what ends it. The scenario may say each otherwise; what it
 * does not say stands in these tables, with the reason. Checked once, so that whoever scores need not ask again.
 */
import { z } from 'zod';
import { idSchema } from '../../contract/text.ts';
import { SCORE_ITEMS } from '../../contract/drill.ts';
import type { ScoreItemId } from '../../contract/drill.ts';

export type Weights = Readonly<Record<ScoreItemId, number>>;
/** Full marks up to `full`, none from `none` on, a straight line between. `full` below `none`: less is better; else more is. */
export interface Marks { readonly full: number; readonly none: number }

/**
 * Of 100. Engineering default: half of it for what saves people and plant (safe state, prohibitions, completeness), a third for how fast, the
 * rest for how. Hints cost, but no more than one item.
 */
export const WEIGHTS: Weights = { 'detect': 10, 'diagnose': 10, 'first-action': 10, 'safe': 15, 'order': 5, 'completeness': 15, 'prohibitions': 15, 'exposure': 5, 'alarms': 5, 'envelope': 5, 'hints': 5 };

/** Engineering default, as in the schemes of commercial simulators: four fifths. */
export const PASS_MARK = 80;

/** s of plant time from the first condition that the fault raised. Engineering defaults; a scenario names its own, because plants differ. */
export const TIMES_S = { detect: 120, diagnose: 300, 'first-action': 600, safe: 1_800 } as const;
/** None from three times the full time on: who takes three times as long has not found it by looking. */
const NONE_AFTER = 3;

/** Everything but times. A figure beyond `none` gets nothing. */
const MARKS: Readonly<Record<Exclude<ScoreItemId, keyof typeof TIMES_S>, Marks>> = {
  // Steps out of order, left out, late or chosen against the tags.
  'order': { full: 0, none: 3 },
  // % of the steps that were due.
  'completeness': { full: 100, none: 0 },
  // A prohibition counts as three: one is enough to lose all.
  'prohibitions': { full: 0, none: 3 },
  // Head-minutes beyond the limit, counted from when the zone had to be left.
  'exposure': { full: 0, none: 10 },
  // % of the alarms that were due.
  'alarms': { full: 100, none: 50 },
  // s beyond a margin.
  'envelope': { full: 0, none: 60 },
  'hints': { full: 0, none: 3 },
};

/** People who have to leave a zone walk: 5 min at 1 m/s with protective equipment on is 300 m. Engineering default; until then nobody is "exposed beyond the limit". */
export const WALK_OUT_S = 300;

const figure = z.number().finite();
const abortSchema = z.strictObject({ tag: idSchema, above: figure.optional(), atOrAbove: figure.optional(), below: figure.optional(), atOrBelow: figure.optional() })
  .refine(({ above, atOrAbove, below, atOrBelow }) => [above, atOrAbove, below, atOrBelow].some((each) => each !== undefined), { error: 'a limit that ends the exercise needs above, atOrAbove, below or atOrBelow' });
export type AbortLimit = z.infer<typeof abortSchema>;
const weightsSchema = z.partialRecord(z.enum(SCORE_ITEMS), z.number().min(0).max(100));
const marksSchema = z.partialRecord(z.enum(SCORE_ITEMS), z.strictObject({ full: figure, none: figure }));

/** `scoring:` of a scenario file. */
export const scoringPartSchema = z.strictObject({
  weights: weightsSchema.optional(), marks: marksSchema.optional(), abort: z.array(abortSchema).max(20).optional(),
  passMark: z.number().min(0).max(100).optional(), walkOutS: z.number().min(0).max(3_600).optional(),
});
export type ScoringPart = z.infer<typeof scoringPartSchema>;

/** `expect:` of a scenario file. */
export const expectPartSchema = z.strictObject({
  conditions: z.array(idSchema).max(50).optional(), procedure: idSchema.nullable().optional(),
  /** Steps of the procedure as who is right does them, and the places it comes to, in this order (`haven drill` holds it; it is not scored). */
  traversal: z.array(idSchema).max(40).optional(),
  detectS: z.number().positive().optional(), diagnoseS: z.number().positive().optional(), actionS: z.number().positive().optional(), safeS: z.number().positive().optional(),
});
export type ExpectPart = z.infer<typeof expectPartSchema>;

/** What of a scenario the score needs. */
export interface ScoredScenario {
  readonly id: string;
  readonly clauses: readonly string[];
  readonly expect: ExpectPart;
  readonly scoring: Scoring;
}

export interface Scoring {
  readonly weights: Weights;
  readonly marks: Readonly<Record<ScoreItemId, Marks>>;
  readonly abort: readonly AbortLimit[];
  readonly passMark: number;
  readonly walkOutS: number;
}

export type Checked<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly problem: string };

/** Whole marks of a scenario, or what is wrong with its own. */
export function scoringOf(part: ScoringPart = {}, expect: ExpectPart = {}): Checked<Scoring> {
  const weights: Weights = { ...WEIGHTS, ...part.weights };
  const sum = SCORE_ITEMS.reduce((total, item) => total + weights[item], 0);
  // Decimals of a hand-written file: a thousandth is no difference.
  if (Math.abs(sum - 100) > 0.001) return { ok: false, problem: `the weights add up to ${String(Math.round(sum * 1_000) / 1_000)}; expected 100 (those not named keep their default)` };
  const times = { detect: expect.detectS, diagnose: expect.diagnoseS, 'first-action': expect.actionS, safe: expect.safeS };
  const timed = (item: keyof typeof TIMES_S): Marks => { const full = times[item] ?? TIMES_S[item]; return { full, none: full * NONE_AFTER }; };
  const marks = { detect: timed('detect'), diagnose: timed('diagnose'), 'first-action': timed('first-action'), safe: timed('safe'), ...MARKS, ...part.marks };
  const flat = SCORE_ITEMS.find((item) => marks[item].full === marks[item].none);
  if (flat !== undefined) return { ok: false, problem: `full and none of '${flat}' are the same figure; expected two` };
  // Which way is better is not a scenario's to say: or a late reaction could be made to score more.
  const turned = SCORE_ITEMS.find((item) => (marks[item].full > marks[item].none) !== MORE_IS_BETTER.has(item));
  if (turned !== undefined) return { ok: false, problem: `of '${turned}' ${MORE_IS_BETTER.has(turned) ? 'more' : 'less'} is better; expected full ${MORE_IS_BETTER.has(turned) ? 'above' : 'below'} none` };
  return { ok: true, value: { weights, marks, abort: part.abort ?? [], passMark: part.passMark ?? PASS_MARK, walkOutS: part.walkOutS ?? WALK_OUT_S } };
}

const MORE_IS_BETTER: ReadonlySet<ScoreItemId> = new Set<ScoreItemId>(['completeness', 'alarms']);

/** Share of the weight that a figure earns, 0 to 1. */
export function shareOf(value: number, { full, none }: Marks): number {
  return Math.min(1, Math.max(0, (none - value) / (none - full)));
}

const DEFAULT = scoringOf();
if (!DEFAULT.ok) throw new Error(DEFAULT.problem);
/** Nothing said otherwise. */
export const DEFAULT_SCORING: Scoring = DEFAULT.value;
