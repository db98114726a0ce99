/** Collects what the simulator knows while an exercise runs: what was true and shown since the last look, once a second of plant time, and what happened. */
import { z } from 'zod';
import { handSchema, marginSchema, TRUTH_EVENT_KINDS } from '../../contract/drill.ts';
import { idSchema, textSchema } from '../../contract/text.ts';
import type { Exercise } from './exercise.ts';
import type { Line } from './line.ts';
import type { Refused } from './simulator-link.ts';

const figure = z.number().finite();
export const statusAnswer = z.object({
  speed: figure, frozen: z.boolean(), simTimeS: figure.min(0), atS: figure.default(0), nextEvent: z.number().int().min(1).default(1), snapshots: z.array(z.string().max(100)).max(100_000).default([]),
  goal: z.object({ kind: z.enum(['alarm', 'time']), untilS: figure }).nullable().default(null), reached: textSchema.nullable().default(null),
  seed: z.number().int().min(0).optional(), start: z.string().max(80).optional(),
  faults: z.array(z.object({ id: idSchema, phase: z.string().max(20).optional() })).max(100).default([]),
});
export type SimulatorStatus = z.infer<typeof statusAnswer>;

export const truthAnswer = z.object({
  margins: z.array(marginSchema).max(50),
  samples: z.array(z.object({ atS: figure, atMs: figure, truth: z.record(idSchema, figure), shown: z.record(idSchema, figure.nullable()), margins: z.record(idSchema, figure), lost: z.array(idSchema).max(50), people: z.record(idSchema, z.number().int().min(0).max(1_000)) })).max(1_000),
  next: figure, more: z.boolean(),
});
const eventsAnswer = z.object({
  events: z.array(z.object({ number: z.number().int(), atS: figure, atMs: figure.nullable(), kind: z.enum(TRUTH_EVENT_KINDS), subject: z.string().max(80), text: textSchema, clauses: z.array(z.string().min(1).max(20)).max(20), did: handSchema.optional().catch(undefined) })).max(1_000),
  last: z.number().int(), more: z.boolean(),
});
/** Answers of one look; what is still to come is asked for at the next. */
const ROUNDS_MAX = 10;

export class TruthWatch {
  readonly #line: Line;
  readonly #nowMs: () => number;
  #sinceS = -1;
  #event: number;
  /** Answers that were asked for before the plant was led back are of the course that was left. */
  #courses = 0;

  /** `nextEvent`: of the simulator's status at the beginning; what happened before is none of the exercise. */
  constructor(line: Line, nowMs: () => number, nextEvent: number) {
    this.#line = line;
    this.#nowMs = nowMs;
    this.#event = nextEvent - 1;
  }

  /** The plant was led back: what came after `atS` is of another course, and is asked for anew. */
  wentBack(atS: number): void {
    this.#courses += 1;
    this.#sinceS = Math.max(-1, Math.min(this.#sinceS, atS - 0.5));
  }

  /** Null, or why nothing came of it: a truth that is not heard is not kept, and somebody has to be told while it can still be mended. */
  async look(exercise: Exercise): Promise<Refused | null> {
    const course = this.#courses;
    for (let round = 0; round < ROUNDS_MAX; round += 1) {
      const truth = await this.#line.ask('Truth', truthAnswer, this.#sinceS);
      if (course !== this.#courses) return null;
      if (!truth.ok) return truth;
      exercise.knows(truth.value.margins);
      for (const sample of truth.value.samples) exercise.saw({ ...sample, atS: Math.max(0, sample.atS), atMs: Math.max(0, Math.round(sample.atMs)) });
      this.#sinceS = truth.value.next;
      if (!truth.value.more) break;
    }
    for (let round = 0; round < ROUNDS_MAX; round += 1) {
      const events = await this.#line.ask('Events', eventsAnswer, this.#event);
      if (!events.ok) return events;
      for (const { number: _number, atS, atMs, did, ...event } of events.value.events) exercise.happened({ ...event, ...(did === undefined ? {} : { did }), atS: Math.max(0, atS), atMs: Math.max(0, Math.round(atMs ?? this.#nowMs())) });
      this.#event = events.value.last;
      if (!events.value.more) return null;
    }
    return null;
  }
}
