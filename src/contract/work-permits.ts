/** The words of work permits (3.7) and of work under pressure (4.4.2, 4.4.3): shared by what people ask, what packs say and what the domain decides. */
import { z } from 'zod';
import { idSchema, timeSchema } from './text.ts';

const words = (max: number) => z.string().trim().min(1).max(max);

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
  thicknessMm: z.number().finite().min(0).max(1_000).nullable(),
  requiredMm: z.number().finite().min(0).max(1_000).nullable(),
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
