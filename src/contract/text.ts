/** Words for people. Every text from the station comes in both languages; the console picks. */
import { z } from 'zod';

/** Longest text the product accepts or shows, characters. A limit on everything. */
export const TEXT_MAX_LENGTH = 2_000;

export const textSchema = z.strictObject({
  zh: z.string().max(TEXT_MAX_LENGTH),
  en: z.string().max(TEXT_MAX_LENGTH),
});
export type Text = z.infer<typeof textSchema>;

/** Ids of tags, conditions, procedures, steps, zones: letters, digits and `-_.:/()`, never spaces. */
export const idSchema = z.string().min(1).max(80).regex(/^[\w\-.:/()]+$/u);

/** Time in ms since the epoch on the station's clock. */
export const timeSchema = z.number().int().min(0).max(8.64e15);
