/** A value never stands alone (hmi.md rule 6). */
import { z } from 'zod';
import { timeSchema } from './text.ts';

export const qualitySchema = z.enum(['good', 'uncertain', 'stale', 'bad']);
export const valueSchema = z.union([z.number(), z.boolean(), z.string().max(80), z.null()]);

export const readingSchema = z.strictObject({
  tag: z.string().max(80),
  value: valueSchema,
  unit: z.string().max(20).optional(),
  quality: qualitySchema,
  /** Source time of the value; null when nothing was ever received. The console shows the age. */
  sourceMs: timeSchema.nullable(),
});
export type Reading = z.infer<typeof readingSchema>;
