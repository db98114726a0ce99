/**
 * The scenario language: one exercise as data. What stands here is the whole of it (docs/scenario-language.md); the JSON Schema for editors is made from it.
 * A file is data from outside: strict, bounded, and every time in seconds of plant time since the exercise began.
 */
import { z } from 'zod';
import { FAULT_LIMITS } from '../kernel/fault-envelope.ts';
import { MALFUNCTION_KINDS } from '../kernel/sensor.ts';
import { PLANT_IDS } from '../machine/definition.ts';

export const SCENARIO_LIMITS = { bytes: 64_000, files: 200, acts: 1_000, people: 12, endS: 4 * 3_600 } as const;

const words = (max: number) => z.strictObject({ zh: z.string().min(1).max(max), en: z.string().min(1).max(max) });
const timeS = z.number().min(0).max(FAULT_LIMITS.timeS);
const name = z.string().min(1).max(80);
const tag = z.string().min(1).max(40);
const clause = z.string().regex(/^(?:A[1-4]|[1-5])(?:\.\d{1,2}){1,3}(?:\(\d{1,2}\))?$/u, 'a clause as the rules spell it, such as A4.2(3) or 4.1.1(1)');
/** A boolean expression over tags, `t` and state words; see docs/scenario-language.md. */
const expression = z.string().min(1).max(400);
const count = z.int().min(0).max(50);

// --- what the instructor does ----------------------------------------------------------------------------------------------------

const setupShapes = [
  z.strictObject({ kind: z.literal('command'), name: tag, value: z.boolean() }),
  /** A hand on the faceplate; null gives the device back to its loop. */
  z.strictObject({ kind: z.literal('order'), device: tag, position: z.number().min(0).max(1).nullable() }),
  /** `malfunction: null` heals it. */
  z.strictObject({ kind: z.literal('sensor'), tag, malfunction: z.enum(MALFUNCTION_KINDS).nullable(), size: z.number().default(0) }),
  z.strictObject({ kind: z.literal('stick'), device: tag }),
  z.strictObject({ kind: z.literal('unstick'), device: tag }),
  z.strictObject({ kind: z.literal('people'), zone: tag, count }),
] as const;
export const setupActionSchema = z.discriminatedUnion('kind', setupShapes);
export type SetupAction = z.infer<typeof setupActionSchema>;

const severity = z.number().min(0).max(FAULT_LIMITS.severity);
export const laterActionSchema = z.discriminatedUnion('kind', [
  ...setupShapes,
  z.strictObject({ kind: z.literal('inject'), id: tag, severity: severity.optional(), rampS: timeS.optional(), delayS: timeS.optional(), durationS: timeS.optional() }),
  z.strictObject({ kind: z.literal('clear'), id: tag }),
]);
export type LaterAction = z.infer<typeof laterActionSchema>;

export const faultSchema = z.strictObject({
  id: tag,
  severity: severity.default(1),
  rampS: timeS.optional(),
  delayS: timeS.default(0),
  durationS: timeS.optional(),
  /** Begins once this holds; `delayS` counts from then. */
  when: expression.optional(),
  /** Common cause: faults of one group begin together, when the first of them would. */
  group: tag.optional(),
  /** That it happens at all; drawn from the seed when it would begin. */
  probability: z.number().min(0).max(1).optional(),
  /** Comes again every so many seconds, so often in all. */
  repeatS: z.number().min(0.25).max(FAULT_LIMITS.timeS).optional(),
  repeats: z.int().min(1).max(FAULT_LIMITS.repeats).optional(),
});
export type ScenarioFault = z.infer<typeof faultSchema>;

const isTimedOrTriggered = (step: { atS?: number | undefined; when?: string | undefined }): boolean => (step.atS === undefined) !== (step.when === undefined);
const ONE_OF_TWO = 'either atS or when, not both';
const laterSchema = z.strictObject({ atS: timeS.optional(), when: expression.optional(), afterS: timeS.default(0), do: laterActionSchema }).refine(isTimedOrTriggered, ONE_OF_TWO);
export type Later = z.infer<typeof laterSchema>;

// --- what people do --------------------------------------------------------------------------------------------------------------

/** Who of the demonstration accounts acts. */
export const CREW_ROLES = ['operator', 'shiftLeader', 'supervisor', 'engineer', 'manager', 'fieldOperator'] as const;
const crew = z.enum(CREW_ROLES).optional();
const done = z.literal(true);

/** One deed; exactly one key says what. `as` says whose, where it is not the operator's. */
export const actSchema = z.union([
  z.strictObject({ order: z.strictObject({ device: tag, position: z.number().min(0).max(1).nullable() }) }),
  z.strictObject({ press: tag }),
  /** A command of the console. In `input`: `{as: supervisor}` becomes that person's signature, `{run: P-A4.2}` the instance of the running procedure, `{nowMs: -60000}` a moment before now. */
  z.strictObject({ command: z.strictObject({ name, input: z.record(name, z.unknown()).default({}) }), as: crew }),
  z.strictObject({ key: z.strictObject({ interlock: tag, on: z.boolean() }) }),
  /** People simply walk: the head count of the zone becomes this, whatever a permit says. */
  z.strictObject({ people: z.strictObject({ zone: tag, count }) }),
  /** An entry asked for at the gate (4.4); who is refused stays out. */
  z.strictObject({ enter: z.strictObject({ zone: tag, count: z.int().min(1).max(50), purpose: z.string().max(200).optional() }), as: crew }),
  z.strictObject({ see: z.strictObject({ observation: tag, present: z.boolean() }) }),
  z.strictObject({ lab: z.strictObject({ id: tag }) }),
  z.strictObject({ stop: done }),
  z.strictObject({ evacuate: done }),
  z.strictObject({ start: tag }),
  z.strictObject({ choose: z.strictObject({ step: tag.optional(), option: tag, reason: z.string().max(300).optional() }) }),
  z.strictObject({ skip: z.strictObject({ step: tag.optional(), reason: z.string().max(300).optional() }), as: crew }),
  z.strictObject({ confirm: z.strictObject({ proof: tag, step: tag.optional() }), as: crew }),
  z.strictObject({ acknowledge: done }),
  /** Puts an alarm out of sight (shelved). */
  z.strictObject({ silence: tag }),
  z.strictObject({ reset: z.union([tag, done]) }),
  z.strictObject({ forcedReset: done }),
  z.strictObject({ restart: done }),
  z.strictObject({ rollCall: z.strictObject({ zone: tag, empty: z.boolean() }) }),
  z.strictObject({ return: z.strictObject({ procedure: tag }) }),
  /** From here on the crew does nothing of its own any more. */
  z.strictObject({ leave: done }),
]);
export type Act = z.infer<typeof actSchema>;

/** The trained crew: what it does by itself. */
export const followSchema = z.strictObject({
  /** From the first sign on the console to the first deed. */
  delayS: timeS.default(10),
  /** Between two deeds. */
  paceS: timeS.default(3),
  /** Samples by the clock: each result that raises something by itself once in so many seconds. Without it only what somebody has a reason to ask for. */
  roundS: timeS.optional(),
  /** Only these procedures; without it all that are raised. */
  only: z.array(tag).max(20).optional(),
  /** Leaves out what these steps, proofs or devices name: a person who forgets. */
  except: z.array(tag).max(20).default([]),
  /** What the crew does not do at all. */
  without: z.array(z.enum(['acknowledge', 'posts', 'start', 'orders', 'signatures', 'roll-call', 'stop', 'evacuate', 'assess', 'choose'])).max(10).default([]),
});
export type Follow = z.infer<typeof followSchema>;

const doesSchema = z.union([
  z.strictObject({ follow: followSchema }),
  z.strictObject({ atS: timeS.optional(), when: expression.optional(), afterS: timeS.default(0), do: actSchema }).refine(isTimedOrTriggered, ONE_OF_TWO),
]);
export type Does = z.infer<typeof doesSchema>;

export const personSchema = z.strictObject({
  id: z.string().regex(/^[a-z][a-z0-9-]{1,39}$/u, 'small letters, digits and hyphens'),
  title: words(120).optional(),
  does: z.array(doesSchema).max(SCENARIO_LIMITS.acts),
  /** `safe`: must end with every procedure it started in the safe state. */
  end: z.enum(['safe', 'any']).default('any'),
  /** Clauses that must catch it, each by a broken prohibition, refusal, limit, people too many, margin lost, or a verdict "not met". */
  caught: z.array(clause).max(10).default([]),
});
export type Person = z.infer<typeof personSchema>;

// --- the exercise ----------------------------------------------------------------------------------------------------------------

const bound = { atOrAbove: z.number().optional(), atOrBelow: z.number().optional() };
const mark = z.strictObject({ full: z.number(), none: z.number() });
/** Items of the score (src/contract/drill.ts). */
export const SCORE_ITEMS = ['detect', 'diagnose', 'first-action', 'safe', 'order', 'completeness', 'prohibitions', 'exposure', 'alarms', 'envelope', 'hints'] as const;
export const DEFAULT_END_S = 3_600;
const VARIED = /^(?:settleS|later|zone\.[A-Z0-9-]+|[a-zA-Z]+(?:\.[a-zA-Z0-9]+)+)$/u;

export const scenarioSchema = z.strictObject({
  id: z.string().regex(/^S-[A-Za-z0-9.()-]{2,40}$/u, 'S- and then letters, digits, dots, brackets, hyphens'),
  plant: z.enum(PLANT_IDS),
  /** A design of the plant (rules/PLANT/sites); without it the plant as it is. */
  design: name.optional(),
  title: words(200),
  sees: words(600),
  clauses: z.array(clause).min(1).max(10),
  start: tag.default('normal'),
  setup: z.array(setupActionSchema).max(20).default([]),
  faults: z.array(faultSchema).max(10).default([]),
  then: z.array(laterSchema).max(30).default([]),
  /** What the tags show within so many seconds if nobody does anything; a test holds it. */
  promises: z.array(z.strictObject({ tag, ...bound, withinS: timeS }).refine((promise) => promise.atOrAbove !== undefined || promise.atOrBelow !== undefined, 'atOrAbove or atOrBelow')).max(20).default([]),
  /**
   * What must come of it, and where full marks for being quick end, s after the first of the conditions. `traversal`: the way that the procedure takes with
   * somebody who does right - its steps as they are done, and the places it comes to (`retreating`, `stopping`, `safe`), in this order.
   */
  expect: z.strictObject({ conditions: z.array(name).max(20).default([]), procedure: tag.optional(), traversal: z.array(tag).min(1).max(40).optional(), detectS: timeS.optional(), diagnoseS: timeS.optional(), actionS: timeS.optional(), safeS: timeS.optional() })
    .refine(({ procedure, traversal }) => traversal === undefined || procedure !== undefined, 'a traversal is that of a procedure: name it').optional(),
  people: z.array(personSchema).max(SCENARIO_LIMITS.people).default([]),
  endS: z.number().min(10).max(SCENARIO_LIMITS.endS).default(DEFAULT_END_S),
  scoring: z.strictObject({
    weights: z.partialRecord(z.enum(SCORE_ITEMS), z.number().min(0).max(100)).optional(),
    /** Where full marks end and where none begin, by item. */
    marks: z.partialRecord(z.enum(SCORE_ITEMS), mark).optional(),
    passMark: z.number().min(0).max(100).optional(),
    walkOutS: z.number().min(0).max(3_600).optional(),
    /** The exercise is lost at once when the truth behind a tag, or a margin, goes there. */
    abort: z.array(z.strictObject({ tag, above: z.number().optional(), below: z.number().optional(), ...bound })).max(10).optional(),
  }).optional(),
  /**
   * Randomised variants: what may differ, and from where to where. A path to a number in this file; `state.NAME` a state of the model at the beginning, in its own unit; `settleS` how long
   * the plant has run on in its start; `zone.TAG` heads in a zone at the beginning; `later` by how much everything that has a time is put off, s; `crew.delay`, `crew.pace`: how slow the crew is, as a share of what is written.
   */
  vary: z.record(z.string().regex(VARIED, 'a path such as faults.0.severity, or state.NAME, zone.TAG, settleS, later, crew.delay, crew.pace').max(80), z.tuple([z.number(), z.number()])).default({}),
});
export type Scenario = z.infer<typeof scenarioSchema>;
