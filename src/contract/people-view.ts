/** The People section of the view: who is where, against what, seen by whom. The station decides all of it. */
import { z } from 'zod';
import { verdictSchema } from './refusal.ts';
import { readingSchema } from './reading.ts';
import { idSchema, textSchema, timeSchema } from './text.ts';

const nullable = <T extends z.ZodType>(schema: T) => schema.nullable();
const nameSchema = z.string().max(80);

/** An approved outage (V.3). */
export const outageViewSchema = z.strictObject({
  id: idSchema, reason: z.string().max(500), fromMs: timeSchema, untilMs: timeSchema, report: nameSchema, by: nameSchema,
  /** In force now; else it is still to come. */
  inForce: z.boolean(),
});

export const CAMERA_PARTS = ['power', 'signal', 'picture', 'aim'] as const;
export const cameraViewSchema = z.strictObject({
  id: idSchema,
  title: textSchema,
  state: z.enum(['seen', 'lost', 'unknown']),
  parts: z.array(z.strictObject({ part: z.enum(CAMERA_PARTS), state: z.enum(['good', 'lost', 'unknown']), reading: readingSchema })).max(CAMERA_PARTS.length),
  /** Approved outages that are in force or to come. */
  outages: z.array(outageViewSchema).max(20),
});
export type CameraView = z.infer<typeof cameraViewSchema>;

export const entryViewSchema = z.strictObject({
  id: idSchema, name: nameSchema, task: z.string().max(200), part: z.string().max(120), gasDetector: z.string().max(40), atMs: timeSchema,
  /** Confirmed by name; in words where an older journal has nothing else. */
  protection: z.array(textSchema).max(20),
});

/** What shows a zone empty: two of them are needed (4.2.1). */
export const zoneRollCallSchema = z.strictObject({
  cleared: z.boolean(),
  positioning: z.enum(['zero', 'occupied', 'unknown']),
  /** Still signed in by name. */
  signedIn: z.number().int(),
  signed: z.array(z.strictObject({ name: nameSchema, atMs: timeSchema })).max(50),
});
export type ZoneRollCallView = z.infer<typeof zoneRollCallSchema>;

export const zoneViewSchema = z.strictObject({
  id: idSchema,
  title: textSchema,
  reading: readingSchema,
  /** Signed in by name. The larger of the two counts. */
  entries: z.array(entryViewSchema).max(50),
  count: nullable(z.number().int()),
  byTag: nullable(z.number().int()),
  byNames: z.number().int(),
  /** The two have said different numbers since then, while the zone is concerned. */
  differsSinceMs: nullable(timeSchema),
  limit: nullable(z.number().int()),
  stage: z.enum(['normal', 'unclear', 'reconnaissance', 'handling']),
  state: z.enum(['within', 'exceeded', 'unknown']),
  enter: verdictSchema,
  /** Equipment that is confirmed by name on going in, and whether that is demanded now. */
  protection: z.array(z.strictObject({ id: idSchema, title: textSchema })).max(20),
  protectionDemanded: z.boolean(),
  isSeen: z.boolean(),
  cameras: z.array(cameraViewSchema).max(10),
  fence: nullable(z.strictObject({ state: z.enum(['whole', 'broken', 'unknown']), reading: readingSchema })),
  waysOut: z.array(textSchema).max(10),
  /** null = no roll-call asks for this zone. */
  rollCall: nullable(zoneRollCallSchema),
});
export type ZoneView = z.infer<typeof zoneViewSchema>;

export const peopleSectionSchema = z.strictObject({
  zones: z.array(zoneViewSchema).max(100),
  rollCall: nullable(z.strictObject({
    openedMs: timeSchema, endedMs: nullable(timeSchema),
    cleared: z.number().int(), of: z.number().int(),
    open: z.array(z.strictObject({ zone: idSchema, title: textSchema })).max(100),
  })),
  commander: nullable(z.strictObject({ user: idSchema, name: nameSchema, sinceMs: timeSchema })),
  watch: nullable(z.strictObject({ user: idSchema, name: nameSchema, sinceMs: timeSchema })),
});
