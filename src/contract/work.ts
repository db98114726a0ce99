/** Work permits (3.7) and the register of evidence (4.3.3): what is asked, and what the console shows of it. */
import { z } from 'zod';
import { evidenceSchema, GASES, gasSchema } from './evidence.ts';
import { verdictSchema } from './refusal.ts';
import { idSchema, textSchema, timeSchema } from './text.ts';

const words = (max: number) => z.string().trim().min(1).max(max);
const nullable = <T extends z.ZodType>(schema: T) => schema.nullable();

export const WORK_PERMIT_KINDS = ['hot-work', 'confined-space', 'line-opening', 'blinding', 'lifting', 'height', 'electrical', 'excavation', 'pressure-work'] as const;
export const workPermitKindSchema = z.enum(WORK_PERMIT_KINDS);
export type WorkPermitKind = z.infer<typeof workPermitKindSchema>;

/** What parts the place of work from what runs. The last two never stand in for a blind (4.4.1). */
export const ISOLATIONS = ['blind', 'parted', 'vents-open', 'closed-valve', 'water-seal'] as const;
export const isolationSchema = z.strictObject({ by: z.enum(ISOLATIONS), number: words(40) });
export type Isolation = z.infer<typeof isolationSchema>;

/** What 4.4.2 and 4.4.3 ask of work under pressure. An empty text, or null for a figure, says that it is not there. */
export const pressureWorkSchema = z.strictObject({
  /** Why it must be done, and that it can be. */
  necessity: z.string().trim().max(500),
  survey: z.string().trim().max(500),
  /** Number of the special plan. */
  plan: z.string().trim().max(40),
  extremelyHazardous: z.boolean(),
  thicknessMm: nullable(z.number().finite().min(0).max(1_000)),
  requiredMm: nullable(z.number().finite().min(0).max(1_000)),
  cracksCanGrow: z.boolean(),
  strengthSuffices: z.boolean(),
  safeguardsInPlace: z.boolean(),
});
export type PressureWork = z.infer<typeof pressureWorkSchema>;

/** Numbers are the site's own: whatever stands on the paper. */
export const permitNumberSchema = words(40);
export const permitRequestSchema = z.strictObject({
  number: permitNumberSchema, kind: workPermitKindSchema, scope: words(500), zone: idSchema, holder: words(80), fromMs: timeSchema, untilMs: timeSchema,
  isolation: z.array(isolationSchema).max(20), pressure: pressureWorkSchema.optional(),
});
export type PermitRequest = z.infer<typeof permitRequestSchema>;

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
