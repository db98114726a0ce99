/** After an incident (4.5.3) and before the next (3.1): cause analysis, follow-ups, readiness. What the console asks and what it shows. */
import { z } from 'zod';
import { idSchema, textSchema, timeSchema } from './text.ts';

const nullable = <T extends z.ZodType>(schema: T) => schema.nullable();
const part = (max: number) => z.string().trim().max(max);
const person = z.string().max(80);

export const FACTOR_KINDS = ['equipment', 'instrument', 'procedure', 'people', 'organisation', 'design', 'environment', 'contractor'] as const;
export const FOLLOW_UP_KINDS = ['operating-procedure', 'emergency-procedure', 'risk-assessment', 'training', 'drill'] as const;
export type FollowUpKind = (typeof FOLLOW_UP_KINDS)[number];
/** Kinds whose evidence is a revised document; of the others it is who took part. */
export const DOCUMENT_KINDS: readonly FollowUpKind[] = ['operating-procedure', 'emergency-procedure', 'risk-assessment'];
export const REVIEW_OUTCOMES = ['update', 'stays'] as const;
export const LACKS = ['incident', 'chain', 'root', 'answer'] as const;
export const MARKS = ['riskAssessment', 'procedure', 'training', 'drill'] as const;
export type MarkName = (typeof MARKS)[number];
export const MARK_STATES = ['absent', 'never', 'due', 'current'] as const;

const WORDS_MAX = 500;
const CONCLUSION_MAX = 2_000;
const TITLE_MAX = 200;
const PROCEDURES_MAX = 20;
export const FACTOR_RECORDS_MAX = 20;
/** Concluded analyses and follow-ups that are over which are shown; the journal has all. */
export const CONCLUDED_SHOWN_MAX = 50;
export const OVER_SHOWN_MAX = 100;

/** A text may be empty, so that the answer can say in words what is missing. */
export const causeWordsSchema = part(WORDS_MAX);
export const conclusionWordsSchema = part(CONCLUSION_MAX);
export const recordNumberSchema = z.number().int().min(1).max(Number.MAX_SAFE_INTEGER);
export const factorKindSchema = z.enum(FACTOR_KINDS);
export const reviewsSchema = z.array(z.strictObject({ procedure: idSchema, outcome: z.enum(REVIEW_OUTCOMES), note: part(WORDS_MAX) })).max(200);
export const followUpOutlineSchema = z.strictObject({
  kind: z.enum(FOLLOW_UP_KINDS), title: part(TITLE_MAX), responsible: part(80), dueMs: timeSchema,
  /** null or left out: it belongs to no incident; it was simply time for it. */
  incident: idSchema.nullable().optional(),
  procedures: z.array(idSchema).max(PROCEDURES_MAX),
});
export const followUpEvidenceSchema = z.strictObject({ document: part(120), revision: part(40), heldMs: timeSchema, participants: part(1_000) });

const said = { by: person, atMs: timeSchema };
const withdrawn = nullable(z.strictObject({ ...said, reason: z.string().max(WORDS_MAX) }));
const recordRefSchema = z.strictObject({ n: recordNumberSchema, atMs: timeSchema, text: textSchema });
const answersSchema = z.array(z.strictObject({ ...said, action: nullable(idSchema), reason: z.string().max(WORDS_MAX) })).max(500);
const entry = { id: idSchema, text: z.string().max(WORDS_MAX), ...said, withdrawn };
const namedProcedure = z.strictObject({ id: idSchema, title: textSchema });

export const analysisViewSchema = z.strictObject({
  incident: idSchema, /** null = it is owed since the incident closed. */ openedBy: nullable(person), openedMs: timeSchema,
  fromMs: timeSchema, toMs: nullable(timeSchema), /** null = nothing is owed yet. */ dueMs: nullable(timeSchema), overdue: z.boolean(),
  /** Procedures that the incident used, and the follow-ups that are to revise each. */
  procedures: z.array(namedProcedure.extend({ followUps: z.array(idSchema).max(100) })).max(200),
  /** Withdrawn ones stay, marked. */
  chains: z.array(z.strictObject({ id: idSchema, ...said, event: recordRefSchema, problem: z.string().max(WORDS_MAX), whys: z.array(z.strictObject(entry)).max(500), roots: z.array(z.strictObject({ ...entry, answers: answersSchema })).max(500), withdrawn })).max(500),
  factors: z.array(z.strictObject({ ...entry, kind: z.enum(FACTOR_KINDS), evidence: z.array(recordRefSchema).max(FACTOR_RECORDS_MAX), answers: answersSchema })).max(500),
  /** What stands in the way of the conclusion; `of`: the chain or the cause. */
  lacks: z.array(z.strictObject({ what: z.enum(LACKS), of: nullable(idSchema) })).max(500),
  concluded: nullable(z.strictObject({ atMs: timeSchema, engineer: person, supervisor: person, text: z.string().max(CONCLUSION_MAX), reviews: z.array(z.strictObject({ procedure: idSchema, outcome: z.enum(REVIEW_OUTCOMES), note: z.string().max(WORDS_MAX) })).max(200) })),
  reopened: z.array(z.strictObject({ ...said, reason: z.string().max(WORDS_MAX), concludedMs: timeSchema })).max(20),
});
export type AnalysisView = z.infer<typeof analysisViewSchema>;
export const analysesSectionSchema = z.strictObject({
  /** Overdue first, then by term. */
  open: z.array(analysisViewSchema).max(200),
  /** Newest first. */
  concluded: z.array(analysisViewSchema).max(CONCLUDED_SHOWN_MAX),
  overdue: z.number().int(),
});

export const followUpViewSchema = z.strictObject({
  id: idSchema, kind: z.enum(FOLLOW_UP_KINDS), title: z.string().max(TITLE_MAX), responsible: person, dueMs: timeSchema, incident: nullable(idSchema), procedures: z.array(namedProcedure).max(PROCEDURES_MAX),
  openedBy: person, openedMs: timeSchema, overdue: z.boolean(),
  done: nullable(z.strictObject({ ...said, document: z.string().max(120), revision: z.string().max(40), heldMs: timeSchema, participants: z.string().max(1_000) })), withdrawn,
});
export type FollowUpView = z.infer<typeof followUpViewSchema>;
export const followUpsSectionSchema = z.strictObject({
  open: z.array(followUpViewSchema).max(500),
  /** Done or withdrawn, newest first. */
  over: z.array(followUpViewSchema).max(OVER_SHOWN_MAX),
  overdue: z.number().int(),
});

/** When it was last shown, and by what: a follow-up, or the analysis of an incident (`source`). */
const markSchema = z.strictObject({ state: z.enum(MARK_STATES), atMs: nullable(timeSchema), source: nullable(z.string().max(80)), document: nullable(z.string().max(200)) });
export type MarkView = z.infer<typeof markSchema>;
const marksSchema = z.strictObject({ riskAssessment: markSchema, procedure: markSchema, training: markSchema, drill: markSchema });
export const readinessSectionSchema = z.strictObject({
  /** What was shown longer ago than this is due again. */
  againMs: z.number().int(),
  procedures: z.array(namedProcedure.extend({ /** Written in the pack, in this version. */ version: z.number().int(), marks: marksSchema })).max(500),
  /** Abnormal conditions: as ready as the least ready procedure that answers them. */
  conditions: z.array(z.strictObject({ id: idSchema, title: textSchema, clauses: z.array(z.string().max(20)).max(20), procedures: z.array(idSchema).max(20), marks: marksSchema })).max(2_000),
  /** Conditions beyond those. */
  omitted: z.number().int(),
});
export type ReadinessSection = z.infer<typeof readinessSectionSchema>;
