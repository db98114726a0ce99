/** The question of a what-if as it comes on standard input: data from outside, strict and bounded. */
import { z } from 'zod';

/** Longest exercise that is run again, s of plant time. */
export const WHAT_IF_END_MAX_S = 4 * 3_600;
const id = z.string().min(1).max(80).regex(/^[\w\-.:/()]+$/u);
const timeS = z.number().min(0).max(WHAT_IF_END_MAX_S);

const criterion = z.strictObject({ tag: id, is: z.array(z.string().max(40)).min(1).max(10).optional(), above: z.number().optional(), atOrAbove: z.number().optional(), below: z.number().optional(), atOrBelow: z.number().optional() });
export type Criterion = z.infer<typeof criterion>;

const plain = z.union([z.string().max(1_000), z.number(), z.boolean(), z.null()]);
/** What the plant told of a hand (machine/events.ts). */
const hand = z.union([
  z.strictObject({ order: z.strictObject({ device: id, position: z.number().min(0).max(1).nullable() }) }), z.strictObject({ command: z.strictObject({ name: id, value: z.boolean() }) }),
  z.strictObject({ field: z.record(z.string().max(40), z.union([z.string().max(80), z.number(), z.null()])) }), z.strictObject({ inject: z.strictObject({ id, options: z.record(z.string().max(40), plain) }) }), z.strictObject({ clear: id }),
]);
const event = z.strictObject({ atS: timeS, do: z.enum(['stop', 'evacuate', 'reset', 'key', 'press', 'hand']), interlock: id.optional(), on: z.boolean().optional(), button: id.optional(), hand: hand.optional() });
export type WhatIfEvent = z.infer<typeof event>;

export const questionSchema = z.strictObject({
  plant: id,
  scenario: z.string().max(80),
  /** null: that of a simulator which was given none. */
  seed: z.number().int().min(0).max(2 ** 32 - 1).nullable().default(null),
  /** The start that the plant was begun in; null: the scenario's. */
  start: id.nullable().default(null),
  /** How long it had run when the exercise began, s; null: settled, as a simulator is before anybody looks. */
  ranS: z.number().min(0).max(WHAT_IF_END_MAX_S).nullable().default(null),
  /** On the time of the plant: seconds from the moment at which the scenario was put on. */
  events: z.array(event).max(500),
  endS: timeS,
  shifts: z.array(z.number().int().min(-3_600_000).max(3_600_000)).max(8),
  tags: z.array(z.strictObject({ tag: id, side: z.enum(['high', 'low']), limit: z.number().nullable() })).max(20),
  safe: z.array(z.strictObject({ all: z.array(criterion).min(1).max(50), holdS: timeS })).max(50).default([]),
});
export type WhatIfQuestion = z.infer<typeof questionSchema>;
