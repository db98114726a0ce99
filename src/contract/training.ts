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

/**
 * The drill that a plant has for the first visit (`S-TOUR`, `S-TOUR-FC` ..): short from normal running to the upset, one stop, a safe state that tags
 * prove. What it is called and what is to be seen is the drill's own; the tour on the console has no words of any plant.
 */
export const isTourScenario = (id: string): boolean => id === 'S-TOUR' || id.startsWith('S-TOUR-');

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
  /** Plant time since the exercise began: `t` of the triggers. */
  atS: z.number().nullable(),
  /** What the plant runs to, and why the last such run came to its end (it stands still then). */
  goal: z.strictObject({ kind: z.enum(['alarm', 'time']), untilS: z.number() }).nullable(),
  reached: textSchema.nullable(),
  /** Exercises that ended, newest first; null: not scored. */
  past: z.array(z.strictObject({ exercise: idSchema, scenario: idSchema, title: textSchema, endedMs: timeSchema, total: z.number().nullable(), passed: z.boolean().nullable() })).max(PAST_SHOWN_MAX),
});

// --- what is asked ---------------------------------------------------------------------------------------------------------
export const startInput = z.strictObject({ scenario: idSchema, start: idSchema.optional(), seed: z.number().int().min(0).max(4_294_967_295).optional(), team: z.boolean().optional() });
export const stepInput = z.strictObject({ seconds: z.number().min(0.25).max(60) });
/** To a time of the simulator's own clock, or so long from now. */
export const runToInput = z.union([z.strictObject({ atS: z.number().min(0).max(10_000_000) }), z.strictObject({ forS: z.number().min(0.25).max(86_400) })]);
export const runToAlarmInput = z.strictObject({ longestS: durationS });
const faultPace = {
  severity: z.number().min(0).max(2).optional(), rampS: durationS.optional(), delayS: durationS.optional(), durationS: durationS.optional(),
  /** That it happens at all, drawn when it would begin. */
  probability: z.number().min(0).max(1).optional(),
  /** Comes again every so many seconds, so often in all; it needs a duration that ends before. */
  repeatS: z.number().min(0.25).max(86_400).optional(), repeats: z.number().int().min(1).max(1_000).optional(),
};
/** `together`: further faults of the same cause, with the same pace: all begin at one moment, by one draw. `group`: its name, for others that are to join it later. */
export const injectInput = z.strictObject({ fault: idSchema, together: z.array(idSchema).max(9).optional(), ...faultPace, /** Begins once this holds: `TI-4203 > 55 and t > 60`. */ when: words(500).optional(), group: z.string().trim().min(1).max(40).optional() });
/** null: all of them. */
export const clearInput = z.strictObject({ fault: idSchema.nullable() });
/** How a transmitter deceives: frozen, offset, drifting, wrong span, saturated but plausible ... Sizes: units of the tag (bias, spike), units an hour (drift), a factor (noise), a share (span), seconds (plugged, delayed). */
export const DECEPTIONS = ['freeze', 'bias', 'drift', 'span', 'saturated', 'plugged', 'delayed', 'noise', 'spike', 'fail-high', 'fail-low', 'bad-quality', 'uncertain'] as const;
/** Those that would do nothing without a size. */
export const DECEPTIONS_BY_SIZE: ReadonlySet<string> = new Set<(typeof DECEPTIONS)[number]>(['bias', 'drift', 'spike', 'saturated']);
/** null: the transmitter tells the truth again. Without a size its own. */
export const deceiveInput = z.strictObject({ tag: idSchema, malfunction: z.enum(DECEPTIONS).nullable(), size: figure.optional() })
  .refine(({ malfunction, size }) => malfunction === null || size !== undefined || !DECEPTIONS_BY_SIZE.has(malfunction), { path: ['size'], error: 'this deception needs a size' });
/** A hand in the field: a crew walks there in its protective equipment, and is turned back where the zone is full or its equipment does not do. */
export const FIELD_DEEDS = ['open', 'close', 'check', 'observe'] as const;
export const PROTECTIONS = ['none', 'basic', 'chemical', 'breathing', 'full'] as const;
export const CREW_MAX = 10;
export const fieldInput = z.discriminatedUnion('kind', [
  /** `subject`: the device, or the id of what is to be observed. */
  z.strictObject({ kind: z.literal('crew'), action: z.enum(FIELD_DEEDS), subject: idSchema, zone: idSchema, crew: z.number().int().min(1).max(CREW_MAX), protection: z.enum(PROTECTIONS), walkS: z.number().min(0).max(3_600), /** On the spot; left out: a minute. */ staysS: z.number().min(0).max(3_600).optional() }),
  /** Called back by radio; without radio it goes on with what it was sent to do. */
  z.strictObject({ kind: z.literal('recall'), mission: z.number().int().min(1).max(1_000_000_000) }),
]);
export const CREW_PHASES = ['dressing', 'walking-in', 'there', 'walking-out', 'home'] as const;
/** Crews that are out, and those that came home last. What a crew has to tell is known once it has been told, by radio or at home. */
export const crewsOutput = z.strictObject({ crews: z.array(z.strictObject({
  mission: z.number().int(), action: z.enum(FIELD_DEEDS), subject: z.string().max(80), zone: idSchema, crew: z.number().int(), protection: z.enum(PROTECTIONS), phase: z.enum(CREW_PHASES),
  /** Until the next phase, plant time. */
  leftS: z.number().min(0), report: textSchema.nullable(),
})).max(100) });
/** As many heads as the instructor says stand in a zone. */
export const PEOPLE_PLACED_MAX = 50;
export const peopleInput = z.strictObject({ zone: idSchema, count: z.number().int().min(0).max(PEOPLE_PLACED_MAX) });
/**
 * What goes wrong with a valve or a machine. A machine that fails closed trips and stands, whatever is ordered; one that fails open runs on. Sizes: slow, how many times its travel
 * time; passing, how far open it stays; degraded, the share that the machine still gives.
 */
export const DEVICE_FAILURES = ['stuck', 'fail-open', 'fail-close', 'slow', 'passing', 'degraded'] as const;
export type DeviceFailure = (typeof DEVICE_FAILURES)[number];
/** null: whole again. Without a size its own. */
export const deviceInput = z.strictObject({ device: idSchema, failure: z.enum(DEVICE_FAILURES).nullable(), size: z.number().min(0).max(1_000).optional() });
/** What the lines do: the DCS's values bad or standing still, its heartbeat standing, the radio of all zones lost; `none`: whole again. */
export const COMMS_FAILURES = ['none', 'bad', 'still', 'heartbeat', 'radio'] as const;
/** `durationS` of plant time; 0: until somebody restores it. */
export const commsInput = z.strictObject({ failure: z.enum(COMMS_FAILURES), durationS });
/** null: as the model says. */
export const observeInput = z.strictObject({ observation: idSchema, present: z.boolean().nullable() });
/** null: nobody's hand is on it, the control goes on by itself. A stop or a trip is stronger than any order. */
export const orderInput = z.strictObject({ device: idSchema, position: z.number().min(0).max(1).nullable() });

export const snapshotOutput = z.strictObject({ node: z.number().int() });
/** By the moment of the tree, by so many seconds, or to a plant time on the way that this branch, or another, has come. */
export const goBackInput = z.union([z.strictObject({ node: z.number().int().min(0) }), z.strictObject({ backS: z.number().min(0).max(86_400) }), z.strictObject({ toS: z.number().min(0).max(10_000_000), branch: z.number().int().min(0).optional() })]);
/** Times here are plant time. Of the automatic moments of a branch only how many and from when to when. */
export const branchSchema = z.strictObject({
  branch: z.number().int(), parent: z.number().int().nullable(), name: z.string().max(100), fromS: figure, toS: figure, automatic: z.strictObject({ count: z.number().int(), fromS: figure, toS: figure }).nullable(),
});
export const momentSchema = z.strictObject({ node: z.number().int(), name: z.string().max(100), kind: z.enum(['start', 'named']), branch: z.number().int(), timeS: figure });
export type Moment = z.infer<typeof momentSchema>;
/** Name of the moment that every exercise begins from: the settled plant, kept by the station. */
export const SETTLED_MOMENT = 'haven-start';
/** Name of the moment at which an exercise has begun, prepared and with its faults on: the earliest that can be gone back to while it runs. */
export const EXERCISE_MOMENT = 'haven-exercise';
/** A run that an earlier process of the simulator has left on the disk; `run` names it, times on the simulator's clock. */
export const earlierRunSchema = z.strictObject({ run: z.string().min(1).max(200), begunMs: timeSchema, lastMs: timeSchema });
export const treeOutput = z.strictObject({
  branches: z.array(branchSchema).max(1_000), moments: z.array(momentSchema).max(2_000), branch: z.number().int(),
  /** Whether this run outlives its process, and if not any more, why; `earlier`: what can be gone on with, the latest first. */
  kept: z.strictObject({ isKept: z.boolean(), problem: textSchema.nullable(), earlier: z.array(earlierRunSchema).max(10) }),
});
export const takeUpInput = z.strictObject({ run: z.string().min(1).max(200) });
export type BranchTree = z.infer<typeof treeOutput>;
export const overlayInput = z.strictObject({ branches: z.array(z.number().int().min(0)).min(1).max(6), tags: z.array(idSchema).min(1).max(4) });
/** `points`: plant time and value. */
export const overlayOutput = z.strictObject({ lines: z.array(z.strictObject({ branch: z.number().int(), tag: idSchema, points: z.array(z.tuple([figure, figure.nullable()])).max(2_000) })).max(24) });

const paceView = z.strictObject({ severity: figure.nullable(), rampS: figure.nullable(), delayS: figure.nullable(), durationS: figure.nullable() });
export const catalogueOutput = z.strictObject({
  faults: z.array(z.strictObject({ id: idSchema, clause: z.string().max(40), title: textSchema, defaults: paceView })).max(200),
  starts: z.array(z.strictObject({ id: idSchema, title: textSchema })).max(50),
});
export const truthOutput = z.strictObject({
  /** null: no look behind the transmitters yet. */
  sample: truthSampleSchema.nullable(), margins: z.array(marginSchema).max(50), events: z.array(truthEventSchema).max(200),
  faults: z.array(z.strictObject({ id: idSchema, phase: z.string().max(20) })).max(100),
});
/** What is on the plant now, for the instructor's list: after a reload, and at the other console, it is still to be seen and to be taken away. */
export const upsetsOutput = z.strictObject({
  faults: z.array(z.strictObject({
    fault: idSchema, phase: z.enum(['waiting', 'begun', 'missed']), severity: figure, when: z.string().max(1_000).nullable(), group: z.string().max(40).nullable(), probability: figure.nullable(), repeatS: figure.nullable(),
  })).max(100),
  transmitters: z.array(z.strictObject({ tag: idSchema, malfunction: z.enum(DECEPTIONS), size: figure })).max(300),
  devices: z.array(z.strictObject({ device: idSchema, failure: z.enum(DEVICE_FAILURES), size: figure })).max(300),
  observations: z.array(z.strictObject({ observation: idSchema, present: z.boolean() })).max(100),
  lines: z.strictObject({ radioLost: z.array(z.string().max(80)).max(100), dcs: z.enum(['ok', 'bad', 'still']), heartbeat: z.enum(['beats', 'stands']) }),
});
export const deviceViewSchema = z.strictObject({
  device: idSchema, title: textSchema, machine: z.boolean(),
  /** 0 closed or stopped, 1 open or running. */
  position: figure.nullable(),
  /** What a hand orders; null = none. */
  ordered: figure.nullable(),
});
export type DeviceView = z.infer<typeof deviceViewSchema>;
export const devicesOutput = z.strictObject({ devices: z.array(deviceViewSchema).max(300) });

// --- looking ahead ------------------------------------------------------------------------------------------------------------
/** From a moment of the tree, or from so long ago (the automatic moment before it); left out: from now. */
export const aheadInput = z.strictObject({ horizonS: z.number().min(60).max(14_400), node: z.number().int().min(0).optional(), backS: z.number().min(0).max(86_400).optional() })
  .refine(({ node, backS }) => node === undefined || backS === undefined, { path: ['backS'], error: 'either a moment or how long ago, not both' });
export const aheadWorstSchema = z.strictObject({ tag: idSchema, title: textSchema, unit: z.string().max(20), value: figure, atS: z.number().min(0), limit: figure.nullable() });
export const aheadRunSchema = z.strictObject({
  mode: idSchema, title: textSchema,
  /** What it takes for granted; left out by older versions. */
  supposed: textSchema.optional(),
  worst: z.array(aheadWorstSchema).max(20),
  margins: z.array(z.strictObject({ id: idSchema, title: textSchema, unit: z.string().max(20), worst: figure, lostAt: figure, side: z.enum(['above', 'below']), lostS: z.number().min(0).nullable() })).max(50),
  tripped: z.array(idSchema).max(50), /** What the plant did not do of it. */ refused: z.array(textSchema).max(20),
});
export type AheadRun = z.infer<typeof aheadRunSchema>;
export const aheadResultOutput = z.strictObject({ state: z.enum(['running', 'done', 'cancelled', 'failed']), /** 0 to 1. */ part: z.number().min(0).max(1), reason: textSchema.nullable(), /** Plant time that it was run from. */ fromS: z.number().min(0), runs: z.array(aheadRunSchema).max(20) });
/** A sample of the laboratory: its value is known to people only after its turnaround. */
export const laboratoryOutput = z.strictObject({ value: figure.nullable(), knownInS: z.number().min(0) });
export const lookOutput = z.strictObject({ present: z.boolean() });

// --- what it leaves behind -----------------------------------------------------------------------------------------------------
export const hintOutput = z.strictObject({ hint: textSchema, hints: z.number().int() });
/** The last that was made: it is made outside of the station, and nobody waits for it. `because`: why there is none (it is being made), or why there is no newer one. */
export const scoreOutput = z.strictObject({ score: scoreSchema.nullable(), because: textSchema.nullable(), /** How old it is; null = there is none. */ ageS: z.number().min(0).nullable().optional() });
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
