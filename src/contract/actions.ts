/** Corrective actions (H.1, 4.5.3): what the console asks and what it shows. */
import { z } from 'zod';
import { idSchema, textSchema, timeSchema } from './text.ts';

const part = (max: number) => z.string().trim().max(max);
const MEASURE_MAX = 500;
const FUNDING_MAX = 200;
const EVIDENCE_MAX = 1_000;
const PERSON_MAX = 80;
export const ACTION_PROCEDURES_MAX = 20;
/** Closed ones that are shown; the journal has all. */
export const CLOSED_SHOWN_MAX = 100;

/** The five parts of H.1. A text may be empty, so that the answer can say by the clause's words which are missing. */
export const actionOutlineSchema = z.strictObject({
  /** null or left out: it belongs to no incident. */
  incident: idSchema.nullable().optional(),
  measure: part(MEASURE_MAX),
  responsible: part(PERSON_MAX),
  funding: part(FUNDING_MAX),
  dueMs: timeSchema,
  contingency: part(MEASURE_MAX),
  procedures: z.array(idSchema).max(ACTION_PROCEDURES_MAX),
});
export const actionReasonSchema = part(MEASURE_MAX);
export const actionEvidenceSchema = part(EVIDENCE_MAX);

export const actionViewSchema = z.strictObject({
  id: idSchema,
  incident: idSchema.nullable(),
  measure: z.string().max(MEASURE_MAX),
  responsible: z.string().max(PERSON_MAX),
  funding: z.string().max(FUNDING_MAX),
  dueMs: timeSchema,
  contingency: z.string().max(MEASURE_MAX),
  procedures: z.array(z.strictObject({ id: idSchema, title: textSchema })).max(ACTION_PROCEDURES_MAX),
  openedBy: z.string().max(PERSON_MAX),
  openedMs: timeSchema,
  overdue: z.boolean(),
  /** May its deadline still be moved? */
  movable: z.boolean(),
  extended: z.array(z.strictObject({ fromMs: timeSchema, toMs: timeSchema, reason: z.string().max(MEASURE_MAX), by: z.string().max(PERSON_MAX), atMs: timeSchema })).max(10),
  closed: z.strictObject({ by: z.string().max(PERSON_MAX), atMs: timeSchema, evidence: z.string().max(EVIDENCE_MAX) }).nullable(),
});
export type ActionView = z.infer<typeof actionViewSchema>;

export const actionsSectionSchema = z.strictObject({
  /** Overdue first, then by deadline. */
  open: z.array(actionViewSchema).max(500),
  /** Newest first. */
  closed: z.array(actionViewSchema).max(CLOSED_SHOWN_MAX),
  overdue: z.number().int(),
});
