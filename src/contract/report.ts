/**
 * The post-incident report as data: what `report.json` holds, what HTML, PDF and CSV are drawn from, what outside programs read.
 *
 * Made from the journal alone, so every statement carries the numbers of the records that it rests on (`n`, `evidence`). Nothing in it
 * comes from a clock: the same journal gives the same bytes. Times are ms since the epoch on the station's steady clock; `wallMs` stands
 * beside it where a person would ask what the clock on the wall said. People appear as keys of `people.directory`, so that a redacted
 * report differs from a whole one in that directory and in free words alone.
 *
 * `docs/incident-report.schema.json` is made of this file (a test holds them together). Adding a field is fine; changing one is breaking.
 */
import { z } from 'zod';
import { actionViewSchema } from './actions.ts';
import { directionSchema, obstacleSchema, roleSchema } from './refusal.ts';
import { idSchema, textSchema, timeSchema } from './text.ts';
import { valueSchema } from './reading.ts';

export const REPORT_FORMAT = 'haven-incident-report/1';
/** RECONSTRUCTED: made of a recorded trace by `replay --incident`; nobody was there. */
export const REPORT_MODES = ['OPERATION', 'TRAINING', 'RECONSTRUCTED'] as const;
export const CLAUSE_VERDICTS = ['met', 'notMet', 'notApplicable', 'unknown'] as const;
/** The tracks of the time line, top to bottom. */
export const TIMELINE_LANES = ['condition', 'alarm', 'procedure', 'interlock', 'people', 'person', 'refusal', 'station'] as const;
export type TimelineLane = (typeof TIMELINE_LANES)[number];

/** Most rows of the time line; what is beyond stands in `timeline.left`, and in the CSV of events whole. */
export const TIMELINE_MAX = 20_000;
export const TREND_TAGS_MAX = 24;
export const TREND_POINTS_MAX = 2_000;

const nullable = <T extends z.ZodType>(schema: T) => schema.nullable();
/** Number of a journal record. */
const recordNumber = z.number().int().min(1);
const evidence = z.array(recordNumber).max(200);
/** Key of `people.directory`; null = the product itself. */
const person = nullable(z.string().max(80));
const clauses = z.array(z.string().max(20)).max(30);
const span = { fromMs: timeSchema, toMs: timeSchema };

export const timelineEventSchema = z.strictObject({ n: recordNumber, atMs: timeSchema, wallMs: timeSchema, lane: z.enum(TIMELINE_LANES), type: z.string().max(80), by: person, text: textSchema });

export const reportConditionSchema = z.strictObject({
  id: idSchema, title: textSchema, clauses, priority: z.number().int().min(1).max(4), n: recordNumber, onsetMs: timeSchema, clearedMs: nullable(timeSchema),
  /** It became unknown while it was held: never taken for gone. */
  unknown: z.array(z.strictObject({ n: recordNumber, fromMs: timeSchema, toMs: nullable(timeSchema) })).max(500),
  input: nullable(z.string().max(120)), value: valueSchema, limit: nullable(z.number()), startsProcedure: z.boolean(),
});

/** One raise of one alarm, in the order of source times. */
export const reportAlarmSchema = z.strictObject({
  id: idSchema, title: textSchema, priority: z.number().int().min(1).max(4), class: z.string().max(20), clauses, n: recordNumber,
  raisedMs: timeSchema, sourceMs: timeSchema, group: nullable(z.string().max(100)),
  firstOut: nullable(z.enum(['first', 'possible'])), input: nullable(z.string().max(120)), value: valueSchema, limit: nullable(z.number()),
  acknowledgedMs: nullable(timeSchema), acknowledgedBy: person, /** From the raise to the answer, ms. */ responseMs: nullable(z.number().int()), inTime: nullable(z.boolean()), answerByMs: nullable(timeSchema),
  returnedMs: nullable(timeSchema), hidden: z.boolean(),
});

export const reportTrendSchema = z.strictObject({
  tag: idSchema, title: textSchema, unit: z.string().max(20), low: nullable(z.number()), high: nullable(z.number()),
  /** Why it is drawn: it made a condition, tripped a function, proved a step. */
  because: z.array(z.enum(['condition', 'interlock', 'proof'])).max(3),
  limits: z.array(z.strictObject({ condition: idSchema, comparison: z.string().max(12), limit: z.number(), priority: z.number().int() })).max(20),
  /** [ms, value; null = nothing known from here on]. Lowest and highest of each stretch are kept. */
  points: z.array(z.tuple([timeSchema, nullable(z.number())])).max(TREND_POINTS_MAX),
  /** Samples that the points were drawn from. */
  samples: z.number().int().min(0),
});

export const reportInterlockSchema = z.strictObject({
  id: idSchema, title: textSchema,
  trips: z.array(z.strictObject({ n: recordNumber, atMs: timeSchema, first: z.array(z.string().max(160)).max(20), releasedMs: nullable(timeSchema), /** Reset without having been allowed (3.5). */ forced: z.boolean(), evidence })).max(200),
  /** One of its trip conditions was true and its trip tag was not, for longer than it may take. */
  missed: z.array(z.strictObject({ atMs: timeSchema, because: textSchema, evidence })).max(200),
  /** Stretches in which it was bypassed or forced. `approved`: by an entry whose approval held all the while. */
  bypassed: z.array(z.strictObject({ fromMs: timeSchema, toMs: nullable(timeSchema), approved: z.boolean(), entry: nullable(z.string().max(80)), evidence })).max(200),
  entries: z.array(z.strictObject({ id: z.string().max(80), element: nullable(z.string().max(80)), reason: z.string().max(2_000), requestedBy: person, assessedBy: person, approvedBy: z.array(z.string().max(80)).max(10), untilMs: nullable(timeSchema), outcome: textSchema, evidence })).max(100),
});

export const reportStepSchema = z.strictObject({
  id: idSchema, number: z.number().int(), part: z.enum(['steps', 'handling']), text: textSchema, who: roleSchema, direction: directionSchema,
  state: z.enum(['done', 'skipped', 'late', 'open', 'notReached']),
  startedMs: nullable(timeSchema), dueMs: nullable(timeSchema), doneMs: nullable(timeSchema), by: person,
  /** What showed it: tags by themselves, or a signed word. */
  proof: z.array(z.strictObject({ id: idSchema, text: textSchema, how: z.enum(['tag', 'signed', 'sensory', 'none']), by: person, atMs: nullable(timeSchema), note: z.string().max(500), evidence })).max(20),
  /** Left out, late, chosen against the tags, contested, withdrawn. */
  deviations: z.array(z.strictObject({ atMs: timeSchema, what: textSchema, by: person, evidence })).max(50),
  evidence,
});
export const reportProcedureSchema = z.strictObject({
  instance: idSchema, id: idSchema, version: z.number().int(), title: textSchema, clauses, raisedMs: timeSchema, because: z.array(idSchema).max(200), raisedBy: person,
  places: z.array(z.strictObject({ place: z.string().max(40), n: recordNumber, atMs: timeSchema })).max(500),
  /** From raised to safe, ms; null = it never got there within the report. */
  safeAfterMs: nullable(z.number().int()),
  steps: z.array(reportStepSchema).max(100),
  limits: z.array(z.strictObject({ id: idSchema, clause: z.string().max(20), text: textSchema, state: z.enum(['running', 'met', 'exceeded']), dueMs: timeSchema, evidence })).max(50),
  prohibitions: z.array(z.strictObject({ id: idSchema, clause: z.string().max(20), text: textSchema, state: z.enum(['kept', 'violated', 'unknown', 'unwatched']), brokenMs: z.number().int().min(0), evidence })).max(50),
  evidence,
});

export const reportRefusalSchema = z.strictObject({
  n: recordNumber, atMs: timeSchema, by: person, operation: z.string().max(80), direction: directionSchema, obstacles: z.array(obstacleSchema).max(50),
  /** What this person (or the post) did next. */
  instead: nullable(z.strictObject({ n: recordNumber, atMs: timeSchema, text: textSchema })),
});

export const reportZoneSchema = z.strictObject({
  zone: idSchema, title: textSchema,
  course: z.array(z.strictObject({ n: recordNumber, atMs: timeSchema, count: nullable(z.number().int()), limit: nullable(z.number().int()), state: z.string().max(20) })).max(2_000),
  overMs: z.number().int().min(0), /** Time in which nobody knew how many there were. */ unknownMs: z.number().int().min(0), headMinutes: z.number().min(0), most: nullable(z.number().int()),
  entries: z.array(z.strictObject({ entry: z.string().max(80), who: z.string().max(80), task: z.string().max(200), enteredMs: timeSchema, leftMs: nullable(timeSchema), evidence })).max(500),
});

export const clauseVerdictSchema = z.strictObject({
  id: z.string().max(20), kind: z.string().max(20), text: textSchema, verdict: z.enum(CLAUSE_VERDICTS), because: textSchema, evidence,
});
export type ClauseVerdict = z.infer<typeof clauseVerdictSchema>;

/** 4.5.3. `n` of the record that said it. */
export const causeAnalysisSchema = z.strictObject({
  /** Immediate causes that people signed in the course of it: of procedures, trips, alarms. */
  stated: z.array(z.strictObject({ n: recordNumber, atMs: timeSchema, by: person, about: z.string().max(120), text: z.string().max(2_000) })).max(200),
  /** The chains of why: each begins with an event of the time line and ends in a root cause. */
  chains: z.array(z.strictObject({ id: z.string().max(80), event: nullable(z.strictObject({ n: recordNumber, text: textSchema })), problem: z.string().max(500), whys: z.array(z.strictObject({ n: recordNumber, text: z.string().max(500), by: person })).max(10), root: nullable(z.string().max(500)) })).max(50),
  factors: z.array(z.strictObject({ n: recordNumber, id: z.string().max(80), kind: z.string().max(40), text: z.string().max(500), by: person, evidence })).max(100),
  concluded: nullable(z.strictObject({ n: recordNumber, atMs: timeSchema, by: z.array(z.string().max(80)).max(5), text: z.string().max(2_000) })),
});

/** Documents to be updated, training and drills to be held because of it (3.1, 4.5.3). */
export const reportFollowUpSchema = z.strictObject({ id: z.string().max(80), kind: z.string().max(40), title: z.string().max(200), procedures: z.array(idSchema).max(20), dueMs: timeSchema, doneMs: nullable(timeSchema), responsible: z.string().max(80), evidence });

export const reportGapSchema = z.strictObject({ ...span, /** null = of every tag. */ tags: nullable(z.array(idSchema).max(2_000)), reason: textSchema });

export const whatIfSchema = z.strictObject({
  scenario: z.string().max(80), seed: nullable(z.number()),
  runs: z.array(z.strictObject({
    /** The stop so much later (+) or earlier (-) than it was, ms of plant time; 0 = the run that should be as it was. */
    shiftMs: z.number().int(), stopS: nullable(z.number()),
    /** All times of a run: seconds of plant time since the scenario was put on. */
    safeAfterS: nullable(z.number()), outcome: textSchema,
    worst: z.array(z.strictObject({ tag: idSchema, title: textSchema, unit: z.string().max(20), value: z.number(), atS: z.number(), limit: nullable(z.number()) })).max(20),
    series: z.array(z.strictObject({ tag: idSchema, points: z.array(z.tuple([z.number(), z.number()])).max(1_000) })).max(20),
  })).max(9),
  /** How far the run that should be as it was differs from what was recorded, at most, by tag: says how far the others can be trusted. */
  fidelity: z.array(z.strictObject({ tag: idSchema, unit: z.string().max(20), atMost: z.number() })).max(20),
});

export const incidentReportSchema = z.strictObject({
  format: z.literal(REPORT_FORMAT),
  mode: z.enum(REPORT_MODES),
  redacted: z.boolean(),
  incident: z.strictObject({ id: idSchema, openedMs: timeSchema, closedMs: nullable(timeSchema), firstCondition: nullable(idSchema), /** What the report looks at: with the half hours before and after. */ ...span }),
  plant: z.strictObject({ id: idSchema, title: textSchema, site: nullable(textSchema), packHash: z.string().max(64) }),
  product: z.strictObject({ version: z.string().max(40) }),
  /** Five lines: what, when; how bad; what was done; who was where; what is owed. */
  summary: z.array(textSchema).length(5),
  timeline: z.strictObject({ events: z.array(timelineEventSchema).max(TIMELINE_MAX), left: z.number().int().min(0) }),
  firstOuts: z.array(z.strictObject({ group: z.string().max(100), title: textSchema, first: nullable(idSchema), possible: z.array(idSchema).max(50), uncertaintyMs: z.number(), evidence })).max(200),
  conditions: z.array(reportConditionSchema).max(2_000),
  alarms: z.strictObject({ raises: z.array(reportAlarmSchema).max(10_000), left: z.number().int().min(0) }),
  trends: z.array(reportTrendSchema).max(TREND_TAGS_MAX),
  /** Deeds to be marked in the trends. */
  marks: z.array(z.strictObject({ n: recordNumber, atMs: timeSchema, text: textSchema })).max(500),
  interlocks: z.array(reportInterlockSchema).max(500),
  procedures: z.array(reportProcedureSchema).max(200),
  refusals: z.array(reportRefusalSchema).max(2_000),
  people: z.strictObject({
    /** Everybody who appears. Redacted: `user` and `name` are null and `label` alone is left. */
    directory: z.array(z.strictObject({ key: z.string().max(80), label: textSchema, user: nullable(z.string().max(80)), name: nullable(z.string().max(80)), roles: z.array(roleSchema).max(5) })).max(500),
    zones: z.array(reportZoneSchema).max(100),
    rollCalls: z.array(z.strictObject({ openedMs: timeSchema, endedMs: nullable(timeSchema), zones: z.array(z.strictObject({ zone: idSchema, title: textSchema, clearedMs: nullable(timeSchema) })).max(100), evidence })).max(50),
  }),
  command: z.strictObject({
    retreats: z.array(z.strictObject({ n: recordNumber, kind: z.enum(['stop', 'evacuate']), atMs: timeSchema, by: person, actedOn: z.enum(['simulator', 'people']) })).max(500),
    posts: z.array(z.strictObject({ post: z.enum(['commander', 'watch']), who: person, fromMs: timeSchema, toMs: nullable(timeSchema), how: z.enum(['taken', 'handedOver', 'relieved']), n: recordNumber })).max(200),
    handOvers: z.array(z.strictObject({ n: recordNumber, atMs: timeSchema, from: person, to: person, items: z.number().int() })).max(50),
    /** What people decided and ordered, in their order. */
    orders: z.array(z.strictObject({ n: recordNumber, atMs: timeSchema, by: person, text: textSchema })).max(2_000),
  }),
  clauses: z.array(clauseVerdictSchema).max(500),
  kpi: z.array(z.strictObject({ id: z.string().max(60), name: textSchema, value: nullable(z.number()), unit: z.string().max(30), target: nullable(z.string().max(80)), verdict: z.string().max(20) })).max(40),
  causes: causeAnalysisSchema,
  actions: z.array(actionViewSchema).max(300),
  followUps: z.array(reportFollowUpSchema).max(300),
  signatures: z.array(z.strictObject({ n: recordNumber, atMs: timeSchema, by: z.string().max(80), as: nullable(roleSchema), what: textSchema })).max(5_000),
  recording: nullable(z.strictObject({ ...span, samples: z.number().int(), tags: z.number().int(), bytes: z.number().int(), hash: z.string().max(64), /** Does what is on the disk fit what the journal says of it? */ verdict: z.enum(['whole', 'altered', 'missing', 'running']), gaps: z.array(reportGapSchema).max(2_000) })),
  whatIf: nullable(whatIfSchema),
  proof: z.strictObject({
    verdict: z.enum(['sound', 'altered', 'truncated', 'rewritten', 'unreadable']), detail: z.string().max(1_000),
    /** The records that this report rests on, and the hash of the last of them. */
    fromRecord: recordNumber, toRecord: recordNumber, headHash: z.string().max(64), publicKey: z.string().max(200), genesisHash: z.string().max(64),
    /** The first signed checkpoint that vouches for all of them; null = not signed yet. */
    signedBy: nullable(z.strictObject({ records: z.number().int(), headHash: z.string().max(64), atMs: timeSchema, signature: z.string().max(200) })),
  }),
});
export type IncidentReport = z.infer<typeof incidentReportSchema>;
export type TimelineEvent = z.infer<typeof timelineEventSchema>;
export type ReportInterlock = z.infer<typeof reportInterlockSchema>;
export type ReportProcedure = z.infer<typeof reportProcedureSchema>;
export type ReportStep = z.infer<typeof reportStepSchema>;
export type ReportTrend = z.infer<typeof reportTrendSchema>;
export type WhatIf = z.infer<typeof whatIfSchema>;
