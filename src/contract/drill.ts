/**
 * What an exercise leaves behind: the ground truth beside what was shown, the score with its reasons, the debrief, and the record per person (H.2).
 * Times: `atMs` on the station's clock, `atS` seconds of plant time since the exercise began.
 */
import { z } from 'zod';
import { idSchema, textSchema, timeSchema } from './text.ts';

const clauseSchema = z.string().min(1).max(20);
const figure = z.number().finite();

/** How far the plant really is from where nothing helps any more. Never shown to a trainee while the exercise runs. */
export const marginSchema = z.strictObject({ id: idSchema, title: textSchema, unit: z.string().max(20), clauses: z.array(clauseSchema).max(20), side: z.enum(['above', 'below']), lostAt: figure });
export type Margin = z.infer<typeof marginSchema>;

/** One look behind the transmitters, about once a second of plant time. `truth`: what the analog tags would show if no transmitter lied. */
export const truthSampleSchema = z.strictObject({
  atS: z.number().min(0), atMs: timeSchema,
  truth: z.record(idSchema, figure), shown: z.record(idSchema, figure.nullable()),
  margins: z.record(idSchema, figure), lost: z.array(idSchema).max(50),
  people: z.record(idSchema, z.number().int().min(0).max(1_000)),
});
export type TruthSample = z.infer<typeof truthSampleSchema>;

const word = z.string().max(80);
/** A hand on the simulated plant: faceplate, button or key, people and devices in the field, a fault put on or taken off. */
export const handSchema = z.union([
  z.strictObject({ order: z.strictObject({ device: word, position: z.number().min(0).max(1).nullable() }) }),
  z.strictObject({ command: z.strictObject({ name: word, value: z.boolean() }) }),
  z.strictObject({ field: z.record(z.string().max(40), z.union([word, figure, z.null()])) }),
  z.strictObject({ inject: z.strictObject({ id: word, options: z.record(z.string().max(40), z.union([z.string().max(1_000), figure, z.boolean(), z.null()])) }) }),
  z.strictObject({ clear: word }),
]);
export type Hand = z.infer<typeof handSchema>;

/** What the simulator knows that happened: faults beginning and ending, deeds of the instructor, of hands in the field and on the DCS, margins lost, discs burst. */
export const TRUTH_EVENT_KINDS = ['fault-began', 'fault-ended', 'deception', 'field', 'order', 'command', 'trip', 'margin-lost', 'plant', 'instructor', 'note', 'hint', 'branch'] as const;
export const truthEventSchema = z.strictObject({ atS: z.number().min(0), atMs: timeSchema, kind: z.enum(TRUTH_EVENT_KINDS), subject: z.string().max(80), text: textSchema, clauses: z.array(clauseSchema).max(20),
  /** The deed as the simulator takes it, so that it can be done again. */
  did: handSchema.optional(),
});
export type TruthEvent = z.infer<typeof truthEventSchema>;

export const truthTrackSchema = z.strictObject({ margins: z.array(marginSchema).max(50), samples: z.array(truthSampleSchema).max(100_000), events: z.array(truthEventSchema).max(10_000) });
export type TruthTrack = z.infer<typeof truthTrackSchema>;

export const SCORE_ITEMS = ['detect', 'diagnose', 'first-action', 'safe', 'order', 'completeness', 'prohibitions', 'exposure', 'alarms', 'envelope', 'hints'] as const;
export type ScoreItemId = (typeof SCORE_ITEMS)[number];

/** One line of the score: the figure, where full marks end and where none begin, the weight, the points, and why, with the records that show it. */
export const scoreItemSchema = z.strictObject({
  item: z.enum(SCORE_ITEMS), figure: figure.nullable(), unit: z.string().max(20), full: figure.nullable(), none: figure.nullable(),
  weight: z.number().min(0).max(100), points: z.number().min(0).max(100), because: textSchema, records: z.array(z.number().int()).max(50),
});
export type ScoreItem = z.infer<typeof scoreItemSchema>;

/** What was done that the guideline forbids, or left undone that it demands. */
export const BREACH_KINDS = ['prohibition', 'refusal', 'limit', 'people', 'verdict', 'bypass', 'margin'] as const;
export const breachSchema = z.strictObject({ clause: clauseSchema, kind: z.enum(BREACH_KINDS), atMs: timeSchema, atS: z.number().min(0), text: textSchema, records: z.array(z.number().int()).max(50) });
export type Breach = z.infer<typeof breachSchema>;

/** `total` of 100 by the weights; an exercise that was aborted is not passed whatever its points. */
export const scoreSchema = z.strictObject({
  exercise: idSchema, scenario: idSchema, total: z.number().min(0).max(100), passMark: z.number().min(0).max(100), passed: z.boolean(),
  aborted: z.strictObject({ atS: z.number().min(0), because: textSchema }).nullable(),
  items: z.array(scoreItemSchema).max(SCORE_ITEMS.length), breaches: z.array(breachSchema).max(200),
});
export type Score = z.infer<typeof scoreSchema>;

/** "Had you stopped at minute x": the same exercise by the same model, the stop moved. */
export const counterfactualSchema = z.strictObject({ shiftMs: z.number().int(), stopS: z.number().min(0).nullable(), safeAfterS: z.number().min(0).nullable(), outcome: textSchema, worst: z.array(z.strictObject({ tag: idSchema, title: textSchema, unit: z.string().max(20), value: figure, atS: z.number().min(0), limit: figure.nullable() })).max(20),
  /** Nobody pressed the stop: shift 0 is a stop at the moment at which the procedure was begun, or at which the first alarm came. */
  supposed: z.boolean().optional() });
export type Counterfactual = z.infer<typeof counterfactualSchema>;

/** Truth beside what was shown, over the exercise, thinned. */
export const debriefTrendSchema = z.strictObject({ tag: idSchema, title: textSchema, unit: z.string().max(20), truth: z.array(z.tuple([z.number(), figure])).max(1_000), shown: z.array(z.tuple([z.number(), figure.nullable()])).max(1_000), limit: figure.nullable(),
  /** s, from and to: what was shown was not the truth, by more than an instrument is allowed. */
  deceived: z.array(z.tuple([z.number(), z.number()])).max(50).optional() });
export type DebriefTrend = z.infer<typeof debriefTrendSchema>;
export const debriefSchema = z.strictObject({
  /** None of it happened on a plant. Left out by older versions. */
  mode: z.literal('TRAINING').optional(),
  score: scoreSchema, startedMs: timeSchema, endedMs: timeSchema,
  scenario: z.strictObject({ id: idSchema, title: textSchema, clauses: z.array(clauseSchema).max(20) }),
  participants: z.array(z.strictObject({ user: idSchema, name: z.string().max(80), post: z.string().max(40) })).max(50),
  events: z.array(truthEventSchema.extend({ /** Of a course that was left: the plant was led back, and it does not count. */ left: z.literal(true).optional() })).max(2_000), trends: z.array(debriefTrendSchema).max(12), counterfactuals: z.array(counterfactualSchema).max(10), notes: z.array(z.strictObject({ atS: z.number().min(0), by: z.string().max(80), text: z.string().max(500) })).max(200),
  /** What stands in the journal of it: deeds of people, alarms, procedures, with the number of the record. */
  deeds: z.array(z.strictObject({ n: z.number().int(), atS: z.number().min(0), by: z.string().max(80).nullable(), text: textSchema, /** As of events. */ left: z.literal(true).optional() })).max(2_000).optional(),
  /** What the journal shows of each participant; the score itself is the crew's. Left out by older versions. */
  parts: z.array(z.strictObject({
    user: idSchema, name: z.string().max(80), posts: z.array(z.string().max(40)).max(10), deeds: z.number().int().min(0), /** s; null = never. */ firstAtS: z.number().min(0).nullable(),
    acknowledged: z.number().int().min(0), refused: z.number().int().min(0), hints: z.number().int().min(0), breaches: z.array(clauseSchema).max(200),
  })).max(50).optional(),
  /** By how much, at most, the run again as it was differs from what was shown, by tag: what the counterfactuals are worth. Left out where nothing was run. */
  fidelity: z.array(z.strictObject({ tag: idSchema, unit: z.string().max(20), atMost: figure })).max(20).optional(),
  /** Why there are no counterfactuals, where there are none. */
  noCounterfactuals: textSchema.nullable().optional(),
});
export type Debrief = z.infer<typeof debriefSchema>;

/** H.2: what one person has shown, until when it counts. */
export const competenceRecordSchema = z.strictObject({
  id: idSchema, user: idSchema, name: z.string().max(80), post: z.string().max(40), plant: idSchema, scenario: idSchema, title: textSchema, clauses: z.array(clauseSchema).max(20),
  exercise: idSchema, atMs: timeSchema, total: z.number().min(0).max(100), passed: z.boolean(), validUntilMs: timeSchema.nullable(), retrainByMs: timeSchema.nullable(),
  instructor: z.string().max(80).nullable(), comment: z.string().max(2_000), breaches: z.array(clauseSchema).max(200),
  /** How long the exercise lasted, s of the station; left out by older versions. */
  lastedS: z.number().min(0).optional(),
  /** Not ended by a limit; left out by older versions. */
  completed: z.boolean().optional(),
});
export type CompetenceRecord = z.infer<typeof competenceRecordSchema>;
