/**
 * What a headless plant is asked, one JSON object a line; the answer is one line too. From outside: strict and bounded.
 * The same seed and the same requests give the same bytes.
 */
import { z } from 'zod';
import { MALFUNCTION_KINDS } from '../kernel/sensor.ts';
import { PLANT_IDS } from '../machine/definition.ts';
import { scenarioSchema } from '../scenarios/schema.ts';

/** Longest request, characters; longest single step, s of plant time. */
export const HEADLESS_LIMITS = { line: 500_000, stepS: 3_600, watches: 200 } as const;

const id = z.string().min(1).max(80);
const request = <Name extends string, Shape extends z.ZodRawShape>(name: Name, shape: Shape) => z.strictObject({ do: z.literal(name), ...shape });

export const requestSchema = z.discriminatedUnion('do', [
  /** A plant, settled. Ends whatever was before. `settleS`: without it 120 s in normal running; another start is begun in as it is. `states`: of the model, over those of the start, in the model's own units. */
  request('begin', { plant: z.enum(PLANT_IDS), design: id.optional(), seed: z.int().min(0).max(2 ** 32 - 1).default(1), start: id.default('normal'), settleS: z.number().min(0).max(3_600).optional(), states: z.record(id, z.number()).default({}) }),
  /** Puts an exercise on: from here its seconds count. `watch`: expressions by name, of which every answer says whether they hold. */
  request('exercise', { scenario: scenarioSchema, watch: z.record(id, z.string().max(1_000)).default({}) }),
  /** `truth`: also what lies behind the transmitters. */
  request('step', { seconds: z.number().min(0).max(HEADLESS_LIMITS.stepS), truth: z.boolean().default(false) }),
  request('order', { device: id, position: z.number().min(0).max(1).nullable() }),
  /** A button: down and up. */
  request('press', { button: id }),
  request('command', { name: id, value: z.boolean() }),
  request('key', { interlock: id, on: z.boolean() }),
  request('people', { zone: id, count: z.int().min(0).max(50) }),
  request('sensor', { tag: id, malfunction: z.enum(MALFUNCTION_KINDS).nullable(), size: z.number().default(0) }),
  request('stick', { device: id, stuck: z.boolean() }),
  request('inject', { id, severity: z.number().optional(), rampS: z.number().optional(), delayS: z.number().optional(), durationS: z.number().optional() }),
  request('clear', { id }),
  /** A sample taken now: what the laboratory will say, and after how long. */
  request('lab', { id }),
  request('end', {}),
]);
export type Request = z.infer<typeof requestSchema>;

export type Value = number | boolean | string;
/** `[tag, value]`, or `[tag, value, 0]` where the value is not good. A discrete tag shows its word. */
export type Shown = readonly [string, Value] | readonly [string, Value, 0];

export interface PlantEventSeen { readonly atS: number; readonly kind: string; readonly subject: string; readonly zh: string; readonly en: string; readonly clauses: readonly string[] }

/** What lies behind the transmitters. `atS`: since the exercise began. */
export interface TruthNow { readonly truth: Readonly<Record<string, number>>; readonly margins: Readonly<Record<string, number>>; readonly lost: readonly string[]; readonly people: Readonly<Record<string, number>> }

export interface Described {
  readonly tags: readonly { readonly id: string; readonly kind: string; readonly unit: string; readonly zh: string; readonly en: string }[];
  readonly devices: readonly string[];
  readonly buttons: Readonly<Record<'stop' | 'evacuate' | 'reset' | 'forcedReset' | 'restart', string>>;
  readonly zones: readonly string[];
  readonly functions: readonly string[];
  readonly observations: readonly string[];
  readonly laboratory: readonly { readonly id: string; readonly turnaroundS: number }[];
  readonly faults: readonly { readonly id: string; readonly clause: string }[];
  readonly margins: readonly { readonly id: string; readonly zh: string; readonly en: string; readonly unit: string; readonly clauses: readonly string[]; readonly side: 'above' | 'below'; readonly lostAt: number }[];
}

export interface Answer {
  readonly ok: true;
  /** Seconds since the plant began, and since its exercise did (null: none is on). */
  readonly timeS: number;
  readonly atS: number | null;
  readonly changed: readonly Shown[];
  /** What a person would see now, where that has changed. */
  readonly seen: readonly (readonly [string, boolean])[];
  /** Names of the watched expressions that hold now. */
  readonly holds: readonly string[];
  readonly events: readonly PlantEventSeen[];
  readonly truth?: TruthNow;
  readonly described?: Described;
  readonly lab?: { readonly value: number; readonly turnaroundS: number };
}
export type Reply = Answer | { readonly ok: false; readonly message: string };
