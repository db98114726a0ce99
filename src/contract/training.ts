/**
 * Training on the simulated plant: what every console may see of an exercise (section `training`, never the truth behind the transmitters), and what may be asked.
 * The truth is answered to the instructor's session only, or to anybody once the exercise has ended.
 * Times: `atMs` on the station's clock, `atS` seconds of plant time since the exercise began.
 */
import { z } from 'zod';
import { competenceRecordSchema, debriefSchema, marginSchema, scoreSchema, truthEventSchema, truthSampleSchema } from './drill.ts';
import { idSchema, textSchema, timeSchema } from './text.ts';

const figure = z.number().finite();
const words = (max: number) => z.string().trim().min(1).max(max);
const nameSchema = z.string().max(80);
const durationS = z.number().min(0).max(86_400);

/** Who stands where in a team. Alone, one person has all of them. */
export const TRAINING_POSTS = ['board', 'field', 'leader', 'commander', 'watch'] as const;
export const trainingPostSchema = z.enum(TRAINING_POSTS);
export type TrainingPost = z.infer<typeof trainingPostSchema>;
export const HINTS_MAX = 20;
const PAST_SHOWN_MAX = 50;

const participantSchema = z.strictObject({ user: idSchema, name: nameSchema, post: z.enum([...TRAINING_POSTS, 'alone']) });
export type Participant = z.infer<typeof participantSchema>;

export const trainingSectionSchema = z.strictObject({
  available: z.boolean(),
  /** Why the simulator is (not) believed to be one. */
  proof: textSchema,
  scenarios: z.array(z.strictObject({ id: idSchema, title: textSchema, see: textSchema, clauses: z.array(z.string().max(20)).max(20) })).max(200),
  /** Scenario files that could not be used, and why. */
  unusable: z.array(z.string().max(500)).max(20),
  running: z.strictObject({
    exercise: idSchema, scenario: idSchema, startedMs: timeSchema, team: z.boolean(),
    /** Hints that were asked for; each costs points. */
    hints: z.number().int().min(0).max(HINTS_MAX),
  }).nullable(),
  /** Who stands where; also before an exercise begins. */
  participants: z.array(participantSchema).max(50),
  /** The instructor's commands belong to the instructor's console alone; null: everybody may use them (training alone). */
  apart: z.strictObject({ because: z.enum(['instructor', 'team']), instructors: z.array(z.strictObject({ user: idSchema, name: nameSchema })).max(20) }).nullable(),
  speed: z.number().nullable(),
  frozen: z.boolean(),
  simTimeS: z.number().nullable(),
  /** Exercises that ended, newest first; null: not scored. */
  past: z.array(z.strictObject({ exercise: idSchema, scenario: idSchema, title: textSchema, endedMs: timeSchema, total: z.number().nullable(), passed: z.boolean().nullable() })).max(PAST_SHOWN_MAX),
});

// --- what is asked ---------------------------------------------------------------------------------------------------------
export const startInput = z.strictObject({ scenario: idSchema, start: idSchema.optional(), seed: z.number().int().min(0).max(4_294_967_295).optional(), team: z.boolean().optional() });
export const stepInput = z.strictObject({ seconds: z.number().min(0.25).max(60) });
/** `atS`: on the simulator's own clock. */
export const runToInput = z.strictObject({ atS: z.number().min(0).max(10_000_000) });
export const runToAlarmInput = z.strictObject({ longestS: durationS });
const faultPace = { severity: z.number().min(0).max(2).optional(), rampS: durationS.optional(), delayS: durationS.optional(), durationS: durationS.optional() };
export const injectInput = z.strictObject({ fault: idSchema, ...faultPace, /** Begins once this holds: `TI-4203 > 55 and t > 60`. */ when: words(500).optional(), group: idSchema.optional() });
/** null: all of them. */
export const clearInput = z.strictObject({ fault: idSchema.nullable() });
/** null: the transmitter tells the truth again. Which ones the simulator knows, `instructor.catalogue` says. */
export const deceiveInput = z.strictObject({ tag: idSchema, malfunction: z.string().min(1).max(40).nullable(), size: figure });
/** A hand in the field: it walks there in its protective equipment, and is turned back where the zone is full. */
export const fieldInput = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('people'), zone: idSchema, count: z.number().int().min(0).max(50) }),
  z.strictObject({ kind: z.literal('device'), device: idSchema, position: z.number().min(0).max(1), zone: idSchema.optional(), crew: z.number().int().min(1).max(10).optional() }),
  z.strictObject({ kind: z.literal('stick'), device: idSchema }),
  z.strictObject({ kind: z.literal('unstick'), device: idSchema }),
]);
/** `none`: the line is whole again. */
export const commsInput = z.strictObject({ failure: z.string().min(1).max(40), durationS: durationS });
export const observeInput = z.strictObject({ observation: idSchema, present: z.boolean() });
/** null: nobody's hand is on it, the control goes on by itself. A stop or a trip is stronger than any order. */
export const orderInput = z.strictObject({ device: idSchema, position: z.number().min(0).max(1).nullable() });

export const snapshotOutput = z.strictObject({ node: nameSchema });
export const branchNodeSchema = z.strictObject({
  node: nameSchema, parent: nameSchema.nullable(), branch: z.number().int().min(0), label: z.string().max(200), atS: z.number().min(0), kind: z.enum(['start', 'auto', 'named', 'now']),
});
export type BranchNode = z.infer<typeof branchNodeSchema>;
/** Thinned to what a person can take in: named ones, ends of branches, and every so many of the automatic ones. */
export const treeOutput = z.strictObject({ nodes: z.array(branchNodeSchema).max(1_000), current: nameSchema.nullable(), omitted: z.number().int().min(0) });
export const overlayInput = z.strictObject({ branches: z.array(z.number().int().min(0)).min(1).max(6), tags: z.array(idSchema).min(1).max(4) });
export const overlayOutput = z.strictObject({ lines: z.array(z.strictObject({ branch: z.number().int(), tag: idSchema, points: z.array(z.tuple([z.number(), figure.nullable()])).max(2_000) })).max(24) });

const paceView = z.strictObject({ severity: figure.nullable(), rampS: figure.nullable(), delayS: figure.nullable(), durationS: figure.nullable() });
export const catalogueOutput = z.strictObject({
  faults: z.array(z.strictObject({ id: idSchema, clause: z.string().max(40), title: textSchema, defaults: paceView })).max(200),
  starts: z.array(z.strictObject({ id: idSchema, title: textSchema })).max(50),
  malfunctions: z.array(z.string().max(40)).max(30),
  comms: z.array(z.string().max(40)).max(20),
});
export const truthOutput = z.strictObject({
  /** null: no look behind the transmitters yet. */
  sample: truthSampleSchema.nullable(), margins: z.array(marginSchema).max(50), events: z.array(truthEventSchema).max(200),
  faults: z.array(z.strictObject({ id: idSchema, strength: figure.nullable() })).max(100),
});
export const deviceViewSchema = z.strictObject({
  device: idSchema, title: textSchema, machine: z.boolean(),
  /** 0 closed or stopped, 1 open or running. */
  position: figure.nullable(),
  /** What a hand orders; null = none. */
  ordered: figure.nullable(),
  stuck: z.boolean(),
});
export type DeviceView = z.infer<typeof deviceViewSchema>;
export const devicesOutput = z.strictObject({ devices: z.array(deviceViewSchema).max(300) });

// --- looking ahead ------------------------------------------------------------------------------------------------------------
export const aheadInput = z.strictObject({ horizonS: z.number().min(60).max(14_400), /** Of the tree; left out: from now. */ from: nameSchema.optional() });
export const aheadWorstSchema = z.strictObject({ tag: idSchema, title: textSchema, unit: z.string().max(20), value: figure, atS: z.number().min(0), limit: figure.nullable() });
export const aheadRunSchema = z.strictObject({
  mode: idSchema, title: textSchema, state: z.enum(['waiting', 'running', 'done', 'failed']), /** 0 to 1. */ part: z.number().min(0).max(1),
  worst: z.array(aheadWorstSchema).max(20),
  margins: z.array(z.strictObject({ id: idSchema, title: textSchema, unit: z.string().max(20), worst: figure, lostAt: figure, side: z.enum(['above', 'below']), lostS: z.number().min(0).nullable() })).max(50),
  tripped: z.array(idSchema).max(50), reason: z.string().max(500).nullable(),
});
export type AheadRun = z.infer<typeof aheadRunSchema>;
export const aheadResultOutput = z.strictObject({ ahead: nameSchema, horizonS: z.number(), runs: z.array(aheadRunSchema).max(20), done: z.boolean() });

// --- what it leaves behind -----------------------------------------------------------------------------------------------------
export const hintOutput = z.strictObject({ hint: textSchema, hints: z.number().int() });
export const scoreOutput = z.strictObject({ score: scoreSchema.nullable(), because: textSchema.nullable() });
export const debriefInput = z.strictObject({ exercise: idSchema });
export const debriefOutput = z.strictObject({ debrief: debriefSchema.nullable(), because: textSchema.nullable() });
export const recordsOutput = z.strictObject({
  records: z.array(competenceRecordSchema).max(1_000),
  people: z.array(z.strictObject({ user: idSchema, name: nameSchema, valid: z.number().int(), due: z.number().int(), lapsed: z.number().int() })).max(200),
});
/** The instructor's own word on what one person has shown (H.2). */
export const assessInput = z.strictObject({ exercise: idSchema, user: idSchema, passed: z.boolean(), comment: z.string().trim().max(2_000) });
export const EXPORT_FORMATS = ['csv', 'pdf', 'xapi'] as const;
export const exportInput = z.strictObject({ format: z.enum(EXPORT_FORMATS), what: z.discriminatedUnion('kind', [z.strictObject({ kind: z.literal('records'), user: idSchema.nullable() }), z.strictObject({ kind: z.literal('debrief'), exercise: idSchema })]), language: z.enum(['zh', 'en']) });
/** At most so many bytes in one answer. */
export const EXPORT_MAX_BYTES = 4 * 1024 * 1024;
export const exportOutput = z.strictObject({ name: z.string().max(120), type: z.string().max(80), base64: z.string().max(Math.ceil(EXPORT_MAX_BYTES / 3) * 4 + 4) });
export type TrainingSection = z.infer<typeof trainingSectionSchema>;
