/** Who is logged on at a console, as the station knows it. The console never says it; it is told. */
import { z } from 'zod';
import { roleSchema } from './refusal.ts';
import { idSchema, timeSchema } from './text.ts';

export const sessionSchema = z.strictObject({
  user: idSchema,
  name: z.string().max(80),
  roles: z.array(roleSchema).max(5),
  /** Nobody has asked anything for a while: until somebody shows a secret, what is asked here is asked by the post. */
  locked: z.boolean(),
  /** When it locks itself if nobody asks anything before. */
  lockAtMs: timeSchema,
});
export type SessionView = z.infer<typeof sessionSchema>;

/** 256 bits in base64url. Kept in the page's memory only. */
export const ticketSchema = z.string().length(43).regex(/^[\w-]+$/u);
