/** Work permits (3.7) and the register of evidence (4.3.3), as the console shows them. */
import { z } from 'zod';
import { evidenceSchema, GASES, gasSchema } from './evidence.ts';
import { verdictSchema } from './refusal.ts';
import { idSchema, textSchema, timeSchema } from './text.ts';
import { isolationSchema, WORK_PERMIT_KINDS, workPermitKindSchema } from './work-permits.ts';

const nullable = <T extends z.ZodType>(schema: T) => schema.nullable();

export const workPermitViewSchema = z.strictObject({
  number: z.string().max(40), kind: workPermitKindSchema, title: textSchema, scope: z.string().max(500), zone: z.strictObject({ id: idSchema, title: textSchema }), holder: z.string().max(80),
  approver: z.strictObject({ user: z.string().max(80), name: z.string().max(80) }), issuedMs: timeSchema, fromMs: timeSchema, untilMs: timeSchema,
  state: z.enum(['not-yet', 'valid', 'expired', 'closed']), isolation: z.array(isolationSchema).max(20),
  closed: nullable(z.strictObject({ by: z.string().max(80), atMs: timeSchema, reason: z.string().max(500) })),
  /** Steps of running procedures that it carries now. */
  carries: z.array(z.strictObject({ instance: idSchema, procedure: textSchema, step: textSchema })).max(50),
});
export type WorkPermitView = z.infer<typeof workPermitViewSchema>;

/** One record of evidence. `inPlace` is of blinds and locks: null = the question does not arise. */
export const evidenceRecordViewSchema = z.strictObject({
  instance: idSchema, procedure: textSchema, step: nullable(z.strictObject({ id: idSchema, text: textSchema })), proof: z.strictObject({ id: idSchema, text: textSchema }), kind: z.string().max(40), number: nullable(z.string().max(80)),
  evidence: evidenceSchema, by: z.string().max(80), atMs: timeSchema, witness: nullable(z.string().max(80)),
  untilMs: nullable(timeSchema), inPlace: nullable(z.boolean()), removed: nullable(z.strictObject({ by: z.string().max(80), atMs: timeSchema })),
});
export type EvidenceRecordView = z.infer<typeof evidenceRecordViewSchema>;

export const workSectionSchema = z.strictObject({
  /** Those that are open first, then the latest. */
  permits: z.array(workPermitViewSchema).max(500),
  kinds: z.array(z.strictObject({ kind: workPermitKindSchema, title: textSchema, longestMs: z.number(), /** Needs to say what isolates it (4.4.1). */ isolated: z.boolean() })).max(WORK_PERMIT_KINDS.length),
  /** Gases that a test may name, with the unit and the values that are good where the procedure says nothing else. */
  gases: z.array(z.strictObject({ gas: gasSchema, unit: z.string().max(20), low: z.number(), high: z.number() })).max(GASES.length),
  /** The station's standing verdict on issuing one. */
  issue: verdictSchema,
  /** Latest first; blinds and locks that are in place always among them. */
  evidence: z.array(evidenceRecordViewSchema).max(1_000),
});
