/** What goes over the wire: MessagePort, WebSocket and tests carry these and nothing else, as JSON text. */
import { z } from 'zod';
import { refusalSchema } from './refusal.ts';
import { sessionSchema } from './session.ts';
import { textSchema, timeSchema } from './text.ts';
import { alarmsDeltaSchema, qualitySchema, valueSchema, viewSchema } from './view.ts';

/** Largest message the station reads, bytes. */
export const MESSAGE_MAX_BYTES = 256 * 1024;

export const requestSchema = z.strictObject({
  kind: z.literal('request'),
  /** Made by the console; the same id again gets the same answer and does nothing twice. */
  id: z.string().min(8).max(64).regex(/^[\w-]+$/u),
  command: z.string().min(1).max(80),
  input: z.unknown(),
});
export type Request = z.infer<typeof requestSchema>;

/** Bad input and the like: what is wrong, where, and what was expected. */
export const problemSchema = z.strictObject({
  code: z.enum(['bad-envelope', 'unknown-command', 'bad-input', 'not-found', 'bad-signature', 'locked-out', 'must-change', 'account-disabled', 'log-on-ended', 'not-in-this-mode', 'journal-failed', 'busy', 'internal']),
  message: z.string().max(2_000),
  /** The message in both languages, where it is a person's to read; without it `message` is for whoever sent the request. */
  words: textSchema.optional(),
  path: z.string().max(300).optional(),
});
export type Problem = z.infer<typeof problemSchema>;

export const responseSchema = z.discriminatedUnion('outcome', [
  z.strictObject({ kind: z.literal('response'), id: z.string().max(64), outcome: z.literal('done'), output: z.unknown() }),
  z.strictObject({ kind: z.literal('response'), id: z.string().max(64), outcome: z.literal('refused'), refusal: refusalSchema }),
  z.strictObject({ kind: z.literal('response'), id: z.string().max(64), outcome: z.literal('failed'), problem: problemSchema }),
]);
export type Response = z.infer<typeof responseSchema>;

/** A value in a push: value, quality, source time. */
export const wireValueSchema = z.tuple([valueSchema, qualitySchema, timeSchema.nullable()]);
export type WireValue = z.infer<typeof wireValueSchema>;

export const pushSchema = z.strictObject({
  kind: z.literal('push'),
  /** Goes up by one with every push of a session; after a gap the console asks for a snapshot. */
  seq: z.number().int(),
  nowMs: timeSchema,
  sections: viewSchema.partial(),
  /** Alarms that changed. `sections.alarms` is there only when a console is too far behind for a delta. */
  alarms: alarmsDeltaSchema.optional(),
  values: z.record(z.string().max(80), wireValueSchema),
  /** Who is logged on at this console; null = nobody, the post alone. */
  session: sessionSchema.nullable(),
  /** Pushes dropped because this console was too slow; shown to the user. */
  dropped: z.number().int(),
});
export type Push = z.infer<typeof pushSchema>;
