/** Collects what the simulator knows while an exercise runs: a look behind the transmitters about once a second of wall time, and what happened since the last look. */
import { z } from 'zod';
import { marginSchema, TRUTH_EVENT_KINDS } from '../../contract/drill.ts';
import { idSchema, textSchema } from '../../contract/text.ts';
import type { Exercise } from './exercise.ts';
import type { Line } from './line.ts';

const figure = z.number().finite();
export const statusAnswer = z.object({ speed: figure, frozen: z.boolean(), simTimeS: figure.min(0) });

export const truthAnswer = z.object({
  simTimeS: figure.min(0), truth: z.record(idSchema, figure), shown: z.record(idSchema, figure.nullable()),
  margins: z.record(idSchema, figure), lost: z.array(idSchema).max(50), people: z.record(idSchema, z.number().int().min(0).max(1_000)),
  definitions: z.array(marginSchema).max(50).optional(),
  faults: z.array(z.object({ id: idSchema, strength: figure.nullable() })).max(100).optional(),
});
export const eventsAnswer = z.object({
  next: z.number().int().min(0),
  events: z.array(z.object({ simTimeS: figure.min(0), kind: z.enum(TRUTH_EVENT_KINDS), subject: z.string().max(80), text: textSchema, clauses: z.array(z.string().min(1).max(20)).max(20) })).max(1_000),
});

export class TruthWatch {
  readonly #line: Line;
  readonly #nowMs: () => number;
  #originS: number | null = null;
  #next = 0;
  /** Why the last look failed; null = it did not. */
  failure: string | null = null;

  constructor(line: Line, nowMs: () => number) {
    this.#line = line;
    this.#nowMs = nowMs;
  }

  /** From here the exercise counts: what happened before is none of it. */
  async begin(exercise: Exercise): Promise<void> {
    const events = await this.#line.ask('Events', eventsAnswer, 0);
    if (events.ok) this.#next = events.value.next;
    await this.look(exercise);
  }

  async look(exercise: Exercise): Promise<void> {
    const truth = await this.#line.ask('Truth', truthAnswer);
    if (!truth.ok) { this.failure = truth.reason; return; }
    this.failure = null;
    const { simTimeS, definitions, faults: _faults, ...seen } = truth.value;
    this.#originS ??= simTimeS;
    const originS = this.#originS;
    const atMs = this.#nowMs();
    if (definitions !== undefined) exercise.knows(definitions);
    exercise.saw({ ...seen, atS: Math.max(0, simTimeS - originS), atMs });
    const events = await this.#line.ask('Events', eventsAnswer, this.#next);
    if (!events.ok) { this.failure = events.reason; return; }
    this.#next = events.value.next;
    for (const { simTimeS: eventS, ...event } of events.value.events) exercise.happened({ ...event, atS: Math.max(0, eventS - originS), atMs });
  }
}
