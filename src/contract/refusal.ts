/**
 * How the product says no. A refusal is a value, not an exception: it names what is refused, the clause,
 * the fact that stands in the way, who can change it, and what may be done meanwhile (always including retreat).
 */
import { z } from 'zod';
import { idSchema, textSchema } from './text.ts';

export const directionSchema = z.enum(['retreat', 'hold', 'sustain', 'intervene', 'return']);
export type Direction = z.infer<typeof directionSchema>;

export const roleSchema = z.enum(['operator', 'supervisor', 'engineer', 'instructor', 'investigator']);
export type Role = z.infer<typeof roleSchema>;

/** One fact that stands in the way. `rule` is the id of the gate rule, stable for tests and reports. */
export const obstacleSchema = z.strictObject({
  rule: idSchema,
  clause: z.string().max(20),
  fact: textSchema,
  whoCanChange: z.array(roleSchema).max(5),
  /** The thing it is about: an interlock, a zone, a tag ... */
  subject: z.string().max(80).optional(),
});
export type Obstacle = z.infer<typeof obstacleSchema>;

export const refusalSchema = z.strictObject({
  operation: z.string().max(80),
  direction: directionSchema,
  what: textSchema,
  obstacles: z.array(obstacleSchema).min(1).max(50),
  meanwhile: z.array(textSchema).min(1).max(10),
});
export type Refusal = z.infer<typeof refusalSchema>;

/** The station's standing answer for an operation, shown beside its button before anybody presses it. */
export const verdictSchema = z.discriminatedUnion('allowed', [
  z.strictObject({ allowed: z.literal(true) }),
  z.strictObject({ allowed: z.literal(false), refusal: refusalSchema }),
]);
export type Verdict = z.infer<typeof verdictSchema>;
