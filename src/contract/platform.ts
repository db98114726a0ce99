/**
 * What is handed on to a supervising platform (D.2), and what it answers. `docs/platform-message.schema.json` is made of this file (a test
 * holds them together). Adding a kind of fact is a new schema version: whoever reads these is not ours to update.
 */
import { z } from 'zod';
import { directionSchema, roleSchema } from './refusal.ts';
import { idSchema, textSchema, timeSchema } from './text.ts';
import { valueSchema } from './reading.ts';

export const PLATFORM_SCHEMA = 'haven-platform/1';
/** Things told in one message: all that stands when an incident opens, otherwise one. */
export const PLATFORM_FACTS_MAX = 500;

const nullable = <T extends z.ZodType>(schema: T) => schema.nullable();
const clauses = z.array(z.string().max(20)).max(30);
const recordNumber = z.number().int().min(1);

/** Name of a station at its platform: also a part of an address, so nothing that would have to be escaped there. */
export const platformStationSchema = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/u);

export const platformFactSchema = z.discriminatedUnion('what', [
  z.strictObject({ what: z.literal('condition'), id: idSchema, title: textSchema, clauses, priority: nullable(z.number().int().min(1).max(4)), state: z.enum(['raised', 'cleared', 'unknown']), input: nullable(z.string().max(120)), value: valueSchema, limit: nullable(z.number()), sourceMs: nullable(timeSchema) }),
  z.strictObject({ what: z.literal('procedure'), instance: idSchema, id: idSchema, version: z.number().int(), title: textSchema, clauses, place: z.string().max(40), because: z.array(idSchema).max(200) }),
  /** Abnormal, and no procedure answers it (4.1.2); empty = no longer so. */
  z.strictObject({ what: z.literal('noProcedure'), because: z.array(idSchema).max(200) }),
  z.strictObject({ what: z.literal('retreat'), retreat: z.enum(['stop', 'evacuate']), actedOn: z.enum(['simulator', 'people']) }),
  z.strictObject({ what: z.literal('prohibition'), instance: idSchema, id: idSchema, clause: z.string().max(20), title: textSchema, state: z.enum(['kept', 'violated', 'unknown']) }),
  z.strictObject({ what: z.literal('people'), zone: idSchema, title: textSchema, count: nullable(z.number().int()), limit: nullable(z.number().int()), state: z.string().max(20) }),
  z.strictObject({ what: z.literal('refusal'), operation: z.string().max(80), direction: directionSchema, rules: z.array(z.strictObject({ rule: idSchema, clause: z.string().max(20) })).max(50) }),
  z.strictObject({ what: z.literal('trip'), interlock: idSchema, title: textSchema, change: z.enum(['tripped', 'released', 'forcedReset']), first: z.array(idSchema).max(20) }),
]);

/** Their numbers are without a gap, and so are the records that they cover: a platform can see for itself that nothing is missing. */
export const platformMessageSchema = z.strictObject({
  schema: z.literal(PLATFORM_SCHEMA),
  station: platformStationSchema,
  plant: idSchema,
  /** TRAINING: an exercise. Handed on only to a platform that the configuration names as a test. */
  mode: z.enum(['OPERATION', 'TRAINING']),
  seq: z.number().int().min(1),
  /** null: a retreat while no incident was open. */
  incident: nullable(idSchema),
  kind: z.enum(['opened', 'updated', 'closed']),
  /** The last record told, and the first one after the message before it. */
  fromRecord: recordNumber,
  toRecord: recordNumber,
  atMs: timeSchema,
  wallMs: timeSchema,
  /** Who did it: the role they signed as, where they signed; `user` only where the station's configuration allows names. null = the product. */
  by: nullable(z.strictObject({ role: nullable(roleSchema), user: z.string().max(80).optional() })),
  facts: z.array(platformFactSchema).max(PLATFORM_FACTS_MAX),
});
export type PlatformMessage = z.infer<typeof platformMessageSchema>;
export type PlatformFact = z.infer<typeof platformFactSchema>;

/** What the platform answers with 200 or 201: which message it holds. Whatever else it says is not read. */
export const platformReceiptSchema = z.object({ seq: z.number().int().min(1), sha256: z.string().regex(/^[0-9a-f]{64}$/u), receipt: z.string().max(200).optional() });
/** With 412: the first message that it does not hold. */
export const platformMissingSchema = z.object({ missing: z.number().int().min(1) });

/** `wrong`: configured so that it cannot work. `stopped`: the platform holds another content under a number; only people can settle that. */
export const platformSectionSchema = z.strictObject({
  state: z.enum(['off', 'wrong', 'working', 'behind', 'stopped']),
  /** Messages that the platform has not confirmed. */
  behind: z.number().int().min(0),
  sinceMs: nullable(timeSchema),
  reason: nullable(textSchema),
  station: nullable(z.string().max(64)),
  host: nullable(z.string().max(300)),
  lastReceiptMs: nullable(timeSchema),
  lastSeq: nullable(z.number().int()),
  /** Behind for longer than people should put up with: said in the banner. */
  long: z.boolean(),
});
export type PlatformSection = z.infer<typeof platformSectionSchema>;
