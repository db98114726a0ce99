/** The hand-over of the shift: what stands open, by kind, and who has signed. */
import { z } from 'zod';
import { textSchema, timeSchema } from './text.ts';

export const postSchema = z.enum(['commander', 'watch']);

/** In the order in which they stand on the sheet: the worst to overlook first. */
export const HANDOVER_KINDS = [
  'incident', 'retreat', 'prohibition', 'procedure', 'held', 'person', 'post', 'interlock', 'bypass', 'unanswered', 'shelved', 'outOfService', 'permit', 'camera', 'fault', 'action', 'analysis', 'followUp', 'training',
] as const;
export type HandoverKind = (typeof HANDOVER_KINDS)[number];

/** Items of one kind; what is beyond stands as one item of its own, so that it is ticked like the others. */
export const HANDOVER_KIND_MAX = 60;
export const HANDOVER_ITEMS_MAX = HANDOVER_KINDS.length * (HANDOVER_KIND_MAX + 1);

/** Names the thing and the state in which it is handed over: one that changes meanwhile is another item. */
export const itemIdSchema = z.string().min(1).max(250);

export const handoverItemSchema = z.strictObject({
  id: itemIdSchema,
  kind: z.enum(HANDOVER_KINDS),
  text: textSchema,
  /** null = nobody can say since when. */
  sinceMs: timeSchema.nullable(),
  untilMs: timeSchema.nullable(),
  /** It stands against the guideline as it is now; such items come first in their kind. */
  worst: z.boolean(),
});

const somebodySchema = z.strictObject({ user: z.string().max(80), name: z.string().max(80) });

export const handoverSectionSchema = z.strictObject({
  items: z.array(handoverItemSchema).max(HANDOVER_ITEMS_MAX),
  /** Who has the shift; null = no hand-over was ever signed here. */
  shift: z.strictObject({ user: z.string().max(80), name: z.string().max(80), sinceMs: timeSchema, from: somebodySchema }).nullable(),
  /** The last ones, newest first; what stood open is listed for the newest alone, the journal has all. */
  past: z.array(z.strictObject({ atMs: timeSchema, from: somebodySchema, to: somebodySchema, notes: z.string().max(2_000), count: z.number().int(), items: z.array(textSchema).max(HANDOVER_ITEMS_MAX) })).max(20),
});
