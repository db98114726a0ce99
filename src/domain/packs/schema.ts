/**
 * The shape of a pack: what `rules/<plant>/*.yaml` and `procedures/<annex>/*.yaml` may say.
 *
 * Parsed at the edge (src/main/packs) with file, line and column kept for messages; typed and trusted inside.
 * Strict: an unknown key is an error, because a misspelt key would silently be a missing safeguard.
 */
import { z } from 'zod';
import { gasSchema } from '../../contract/evidence.ts';
import { idSchema, textSchema } from '../../contract/text.ts';
import type { Text } from '../../contract/text.ts';
import { directionSchema, roleSchema } from '../../contract/refusal.ts';
import { CRITICALITIES } from '../authority/grant.ts';
import type { Matrix } from '../authority/grant.ts';
import { workPermitKindSchema } from '../../contract/work-permits.ts';
import { parseDurationMs } from './duration.ts';

/** `10 s` -> 10000. */
export const durationSchema = z.string().transform((text, ctx) => {
  const ms = parseDurationMs(text);
  if (ms === null) {
    ctx.addIssue({ code: 'custom', message: `'${text}' is not a duration; expected a number and ms, s, min or h, e.g. '10 s'` });
    return z.NEVER;
  }
  return ms;
});

const clauseSchema = z.string().min(1).max(20);
const clausesSchema = z.array(clauseSchema).min(1).max(20);
const wordSchema = z.union([z.string().min(1).max(40), z.boolean()]);

// --- tags ---------------------------------------------------------------------------------------------------------------
/** Default longest time between two signs of life of a tag; silent for twice as long is stale. */
export const SCAN_DEFAULT_MS = 5_000;

/**
 * What a tag is for, where the general rules of 4.1.1 need to know it: they speak of "a relief valve" or "cooling water", and are
 * made into a condition for every tag of that service (rules/general).
 */
export const SERVICES = [
  'reaction-temperature', 'reaction-pressure', 'agitator', 'vibration', 'blockage', 'crossover',
  'relief-device', 'key-equipment', 'power', 'steam-supply', 'cooling-water', 'instrument-air', 'nitrogen', 'control-system',
  'flammable-gas', 'toxic-gas', 'fire', 'intrusion', 'heartbeat',
] as const;
export type Service = (typeof SERVICES)[number];

/** A response card, or the part of one that is said at this place of the plant tree: plant, area, tag, condition; the nearer one wins, field by field. */
export const cardPartSchema = z.strictObject({
  cause: textSchema.optional(), consequence: textSchema.optional(), action: textSchema.optional(),
  /** Time available: from the alarm to the consequence, if nobody does anything. */
  timeToAct: durationSchema.nullable().optional(),
  /** Time needed: for a person to understand and act, and for the act to work. */
  timeNeeded: durationSchema.optional(),
});
export type CardPart = z.infer<typeof cardPartSchema>;

const tagBase = { service: z.enum(SERVICES).optional(), card: cardPartSchema.optional(), id: idSchema, area: idSchema, zh: z.string().min(1).max(200), en: z.string().min(1).max(200), scan: durationSchema.optional(), nodeId: z.string().max(200).optional() };
export const tagSchema = z.union([
  z.strictObject({ ...tagBase, kind: z.literal('analog').default('analog'), unit: z.string().min(1).max(20), low: z.number(), high: z.number() }),
  z.strictObject({ ...tagBase, kind: z.literal('count'), unit: z.string().min(1).max(20), low: z.number(), high: z.number() }),
  z.strictObject({ ...tagBase, kind: z.literal('discrete'), states: z.array(z.string().min(1).max(40)).min(2).max(32) }),
  z.strictObject({ ...tagBase, kind: z.literal('boolean') }),
]);
export type TagDef = z.infer<typeof tagSchema>;

// --- conditions -----------------------------------------------------------------------------------------------------------
/** The four comparisons; which one a clause means is in its words: `超过` is above, `至` is atOrAbove, `低于` is below. */
export const COMPARISONS = ['above', 'atOrAbove', 'below', 'atOrBelow'] as const;
export type Comparison = (typeof COMPARISONS)[number];

/** What is measured, without the name: shared by conditions, proofs and return conditions. */
const inputSchema = z.string().min(1).max(80).regex(/^(?:(?:lab|seen):[\w\-.]+|[\w\-.]+|\$tag)$/u, "expected a tag id, 'lab:ID' or 'seen:ID'");
const limitFields = { above: z.number().optional(), atOrAbove: z.number().optional(), below: z.number().optional(), atOrBelow: z.number().optional() };

/** The unit that a measure's figures are in; absent: its tag's own. Converted when it is loaded (4 MPa on a kPa tag). */
const unitField = { unit: z.string().min(1).max(20).optional() };

export const measureSchemas = {
  /** One value against one limit. */
  limit: z.strictObject({ kind: z.literal('limit'), input: inputSchema, ...unitField, ...limitFields, deadband: z.number().min(0).default(0) }),
  /** Rising or falling faster than so much per minute over the window (least squares over the window's samples). */
  rate: z.strictObject({ kind: z.literal('rate'), input: inputSchema, ...unitField, risingFasterThan: z.number().positive().optional(), fallingFasterThan: z.number().positive().optional(), window: durationSchema, deadband: z.number().min(0).default(0) }),
  /** Going on and on in one direction: at least `minChange` over the window, never coming back by more than `tolerance`. */
  trend: z.strictObject({ kind: z.literal('trend'), input: inputSchema, ...unitField, direction: z.enum(['rising', 'falling']), window: durationSchema, minChange: z.number().positive(), tolerance: z.number().min(0) }),
  /** Swinging: at least `reversals` turns within the window, each of at least `amplitude` from peak to trough. With `over`, the ratio input/over swings. */
  swing: z.strictObject({ kind: z.literal('swing'), input: inputSchema, ...unitField, over: inputSchema.optional(), minOver: z.number().positive().optional(), amplitude: z.number().positive(), reversals: z.number().int().min(1).max(100), window: durationSchema }),
  /** Beyond a maximum and not coming down (A3.7): above the limit now, and over the whole window fallen by less than `minFall`. */
  notFalling: z.strictObject({ kind: z.literal('notFalling'), input: inputSchema, ...unitField, above: z.number(), minFall: z.number().positive(), window: durationSchema, deadband: z.number().min(0).default(0) }),
  /** One tag divided by another; unknown while `over` is not above `minOver`, where a ratio means nothing. */
  ratio: z.strictObject({ kind: z.literal('ratio'), input: inputSchema, over: inputSchema, minOver: z.number().positive(), ...limitFields, deadband: z.number().min(0).default(0) }),
  /** One tag minus another, or its distance from it (`absolute`). */
  deviation: z.strictObject({ kind: z.literal('deviation'), input: inputSchema, from: inputSchema, ...unitField, absolute: z.boolean().default(false), ...limitFields, deadband: z.number().min(0).default(0) }),
  /** Redundant measurements disagree: the good ones lie further apart than `tolerance`. Two good ones at least, else unknown. */
  discrepancy: z.strictObject({ kind: z.literal('discrepancy'), inputs: z.array(inputSchema).min(2).max(10), ...unitField, tolerance: z.number().positive(), deadband: z.number().min(0).default(0) }),
  /** `need` out of the inputs beyond the limit (2oo3). A bad input votes neither way: true when enough good ones say so, false when enough cannot any more, else unknown. */
  voted: z.strictObject({ kind: z.literal('voted'), inputs: z.array(inputSchema).min(2).max(10), ...unitField, need: z.number().int().min(1).max(10), ...limitFields, deadband: z.number().min(0).default(0) }),
  /** Another condition has been raised for longer than this (residence and holding times). The clock goes on while it is unknown, and over a restart. */
  duration: z.strictObject({ kind: z.literal('duration'), of: idSchema, longerThan: durationSchema }),
  /** A discrete tag in one of these states. */
  state: z.strictObject({ kind: z.literal('state'), input: inputSchema, is: z.union([wordSchema, z.array(wordSchema).min(1).max(10)]) }),
  /** Any of the inputs not good (stale, bad, uncertain) for so long. Never itself unknown. */
  stale: z.strictObject({ kind: z.literal('stale'), inputs: z.array(inputSchema).min(1).max(200) }),
  /** Any of the inputs delivered with a status that is not good; silence is the matter of `stale`. Never itself unknown. */
  badQuality: z.strictObject({ kind: z.literal('badQuality'), inputs: z.array(inputSchema).min(1).max(200) }),
  /** A laboratory result and its re-analysis (A4.2(5)). `suspected`: the last result is beyond the limit. `confirmed`: the
   *  last two are. `overdue`: suspected, and no new result within `reanalyseWithin`. */
  lab: z.strictObject({ kind: z.literal('lab'), input: inputSchema, ...unitField, ...limitFields, phase: z.enum(['suspected', 'confirmed', 'overdue']), reanalyseWithin: durationSchema.default(900_000) }),
  /** An observation by a person or a camera. */
  seen: z.strictObject({ kind: z.literal('seen'), input: inputSchema }),
  all: z.strictObject({ kind: z.literal('all'), of: z.array(idSchema).min(1).max(50) }),
  any: z.strictObject({ kind: z.literal('any'), of: z.array(idSchema).min(1).max(50) }),
  not: z.strictObject({ kind: z.literal('not'), of: idSchema }),
} as const;
export const measureSchema = z.discriminatedUnion('kind', [
  measureSchemas.limit, measureSchemas.rate, measureSchemas.trend, measureSchemas.swing, measureSchemas.notFalling, measureSchemas.ratio, measureSchemas.deviation,
  measureSchemas.discrepancy, measureSchemas.voted, measureSchemas.duration, measureSchemas.state, measureSchemas.stale, measureSchemas.badQuality, measureSchemas.lab, measureSchemas.seen, measureSchemas.all, measureSchemas.any, measureSchemas.not,
]);
export type Measure = z.infer<typeof measureSchema>;
export type MeasureKind = Measure['kind'];

/** A whole response card, after inheritance. The loader refuses an alarm that has none. */
export interface Card {
  readonly cause: Text;
  readonly consequence: Text;
  readonly action: Text;
  /** Time available, ms; null = the plant can wait (no consequence by itself). */
  readonly timeToAct: number | null;
  /** Time needed, ms. */
  readonly timeNeeded: number;
}

/**
 * Alarm classes (ISA-18.2). Alarms of class safety and fire-gas are never shelved, suppressed or taken out of service, and those of
 * fire-gas clear only with the cause analysed and confirmed on the spot (3.6).
 */
export const ALARM_CLASSES = ['safety', 'fire-gas', 'environment', 'process', 'system'] as const;
export type AlarmClass = (typeof ALARM_CLASSES)[number];
export const ALARM_CLASSES_ALWAYS_VISIBLE: readonly AlarmClass[] = ['safety', 'fire-gas'];

export const alarmSettingsSchema = z.strictObject({
  /** Absent: safety for triggers and prohibitions, process for warnings. */
  class: z.enum(ALARM_CLASSES).optional(),
  /** Stays until a person resets it, also when its condition is gone. fire-gas always latches. */
  latching: z.boolean().default(false),
  /** Sounds and counts again when it is still active after so long, acknowledged or not. */
  reAlarm: durationSchema.optional(),
  /** Suppressed by design while any of these conditions is raised (its equipment is stopped). Not for safety and fire-gas. */
  suppressedWhile: z.array(idSchema).max(10).default([]),
});

export const conditionSchema = z.strictObject({
  id: idSchema,
  clauses: clausesSchema,
  title: textSchema,
  priority: z.union([z.literal(1), z.literal(2), z.literal(3), z.literal(4)]),
  /**
   * trigger: an abnormal condition; starts its procedures, and without one means "stop at once" (4.1.2).
   * warning: an alarm before it comes to that. prohibition: something forbidden is being done (watched while a procedure that names it runs).
   * input: a part of another condition; raises no alarm.
   */
  role: z.enum(['trigger', 'warning', 'prohibition', 'input']),
  starts: z.array(idSchema).max(10).default([]),
  /** Alarms of one group share their first-out. */
  group: idSchema.optional(),
  measure: measureSchema,
  onDelay: durationSchema.default(0),
  offDelay: durationSchema.default(0),
  /** Where the figures come from: the guideline itself, or an engineering default that a site may override. */
  source: z.enum(['guideline', 'engineering-default']),
  /** The guideline's own figure, in the tag's unit, where the clause has one and the limit here is stricter: no site may go beyond it. */
  guidelineFigure: z.number().optional(),
  reason: z.string().min(1).max(500),
  alarm: alarmSettingsSchema.optional(),
  /** On a prohibition: watched always, not only while a procedure that names it runs. What A3.2, A3.5, A3.6, A4.3 forbid is mostly done when none is. */
  standing: z.boolean().optional(),
  card: cardPartSchema.optional(),
});
/** A condition as it stands in a file. */
export type ConditionSource = z.infer<typeof conditionSchema>;
/** A condition as it is run: made from templates, limits of the site put in, units converted, card complete. */
export type ConditionDef = Omit<ConditionSource, 'card'> & { readonly card?: Card };

/** A condition of the general rules: one is made for every tag of the service, with `$tag` for its id and `{tag}` in its texts for its name. */
export const templateSchema = conditionSchema.extend({ each: z.enum(SERVICES) });
export type TemplateDef = z.infer<typeof templateSchema>;

/**
 * A site's own figures over a plant's rules. In the safe direction freely; in the unsafe one at most to the guideline's own figure.
 */
export const overrideSchema = z.strictObject({
  condition: idSchema,
  /** The new limit (or rate, change, amplitude, tolerance, time) in the condition's unit. */
  limit: z.number().optional(),
  deadband: z.number().min(0).optional(),
  onDelay: durationSchema.optional(),
  offDelay: durationSchema.optional(),
  window: durationSchema.optional(),
  timeToAct: durationSchema.optional(),
  reason: z.string().min(1).max(500),
  /** Who answers for it. */
  approvedBy: z.string().min(1).max(80),
});
export type OverrideDef = z.infer<typeof overrideSchema>;

// --- plant, zones, interlocks -----------------------------------------------------------------------------------------------
/** An item of protective equipment that people confirm by name before they go in (4.3.4). */
export const protectionSchema = z.strictObject({ id: idSchema, title: textSchema, clauses: clausesSchema.optional() });
export type ProtectionDef = z.infer<typeof protectionSchema>;

/** A camera as four boolean tags, TRUE = as it should be: a signal comes, the picture is clear, it looks where it should, it has power (V.1). */
export const cameraSchema = z.strictObject({ id: idSchema, title: textSchema, signalTag: idSchema, pictureTag: idSchema, aimTag: idSchema, powerTag: idSchema });
export type CameraDef = z.infer<typeof cameraSchema>;

export const zoneSchema = z.strictObject({
  id: idSchema, title: textSchema, countTag: idSchema, areas: z.array(idSchema).max(20),
  /** What everybody wears who goes in while the zone is concerned by an abnormal condition: ids of the plant's `protection`. */
  protection: z.array(idSchema).max(20).default([]),
  cameras: z.array(cameraSchema).max(10).default([]),
  /** Boolean, TRUE = somebody has crossed the electronic fence (V.4). Its alarm is made by `service: intrusion`. */
  fenceTag: idSchema.optional(),
  waysOut: z.array(textSchema).max(10).default([]),
});
export type ZoneDef = z.infer<typeof zoneSchema>;

/** What starts a function, in words. Where its transmitters are tags of the plant: which, and how they vote (`2oo3`: two of the three must demand it). */
export const interlockCauseSchema = z.strictObject({ ...textSchema.shape, voting: z.string().regex(/^[1-9]oo[1-9]$/u).optional(), tags: z.array(idSchema).min(1).max(9).optional() });

/** What a function guards against. Two that guard one hazard are never bypassed together (3.3). */
export const hazardSchema = z.strictObject({ id: idSchema, title: textSchema });
export type HazardDef = z.infer<typeof hazardSchema>;

export const interlockSchema = z.strictObject({
  id: idSchema,
  title: textSchema,
  clauses: clausesSchema,
  criticality: z.enum(['SIL1', 'SIL2', 'SIL3', 'none']),
  /** Orders of magnitude that the layer-of-protection analysis counts it for. Absent: n of SILn, nothing of none. */
  lopaCredit: z.number().int().min(0).max(4).optional(),
  causes: z.array(interlockCauseSchema).min(1).max(20),
  effects: z.array(textSchema).min(1).max(20),
  /** What the trip does to the plant, by tag, so that no step may command the opposite. */
  sets: z.record(idSchema, z.union([z.string().min(1).max(40), z.boolean(), z.number()])).default({}),
  tripTag: idSchema,
  bypassTag: idSchema,
  faultTag: idSchema,
  /** The key is turned (commanded); `bypassTag` is what the system confirms. */
  bypassCommandTag: idSchema.optional(),
  /** An input is forced or simulated. */
  forcedTag: idSchema.optional(),
  /** Hazards that it guards against. */
  guards: z.array(idSchema).max(10).default([]),
  /** Conditions that must be false before it may be reset (3.5). */
  tripConditions: z.array(idSchema).min(1).max(30),
  /** Longest time a bypass may be approved for. */
  maxBypass: durationSchema,
});
export type InterlockDef = z.infer<typeof interlockSchema>;

// --- standing authority (3.4) ------------------------------------------------------------------------------------------------
/** A day of the station's calendar. That there is such a day is looked at when it is loaded. */
const daySchema = z.string().regex(/^\d{4}-\d{2}-\d{2}$/u, "expected a day, e.g. '2026-05-28'");

/**
 * One entry of the standing authority matrix: who signs what, in which term. `operation` is one of the gates' (gates/operations.ts), or
 * `retreat`: that entry only writes down that everybody may stop and evacuate, always; it has no term, no people and no signature.
 */
export const authoritySchema = z.strictObject({
  id: idSchema,
  operation: idSchema,
  /** Of the interlock concerned; absent: whatever it is. */
  criticality: z.array(z.enum(CRITICALITIES)).min(1).max(4).optional(),
  /** One signature: any of these. Two: one of each, by two people. */
  roles: z.array(roleSchema).min(1).max(5),
  /** Only these users, of those roles. */
  people: z.array(idSchema).min(1).max(200).optional(),
  signatures: z.union([z.literal(1), z.literal(2)]).optional(),
  /** First and last day. */
  validFrom: daySchema.optional(),
  validUntil: daySchema.optional(),
  approvedBy: z.string().min(1).max(80),
  reason: z.string().min(1).max(500),
});
/** An entry as it stands in a file. */
export type AuthoritySource = z.infer<typeof authoritySchema>;

export const labSchema = z.strictObject({ id: idSchema, title: textSchema, unit: z.string().min(1).max(20), low: z.number(), high: z.number() });
export const observationSchema = z.strictObject({ id: idSchema, title: textSchema, clauses: clausesSchema });

/** What a rules file may hold; every list is optional, so that a plant can be cut into files as it reads best. */
export const rulesFileSchema = z.strictObject({
  /** The plant, or `general` for the rules that any plant includes. */
  plant: idSchema,
  /** Ways this plant is built, once in a plant; the first is the one that holds where no site says another. */
  designs: z.array(idSchema).min(2).max(10).optional(),
  /** This file stands only where its plant has this design; what it says under an id goes before what the plant says under it. */
  design: idSchema.optional(),
  /** Rules that this plant takes over: `general`. */
  includes: z.array(idSchema).max(5).optional(),
  title: textSchema.optional(),
  namespaceUri: z.string().max(200).optional(),
  /** What every response card of the plant says unless an area, a tag or the alarm says it better. */
  card: cardPartSchema.optional(),
  areas: z.array(z.strictObject({ id: idSchema, title: textSchema, card: cardPartSchema.optional() })).max(50).optional(),
  templates: z.array(templateSchema).max(200).optional(),
  zones: z.array(zoneSchema).max(100).optional(),
  /** The plant's catalogue of protective equipment. */
  protection: z.array(protectionSchema).max(100).optional(),
  tags: z.array(tagSchema).max(20_000).optional(),
  labs: z.array(labSchema).max(200).optional(),
  observations: z.array(observationSchema).max(200).optional(),
  conditions: z.array(conditionSchema).max(5_000).optional(),
  hazards: z.array(hazardSchema).max(200).optional(),
  interlocks: z.array(interlockSchema).max(500).optional(),
  authority: z.array(authoritySchema).max(500).optional(),
});
export type RulesFile = z.infer<typeof rulesFileSchema>;

/** `rules/<plant>/sites/<site>.yaml`: what one site does otherwise. Chosen with `--site`; none = the plant as it stands. */
export const siteFileSchema = z.strictObject({
  site: idSchema,
  plant: idSchema,
  title: textSchema,
  /** Which of the plant's designs this site is; absent: the plant's first. */
  design: idSchema.optional(),
  namespaceUri: z.string().max(200).optional(),
  overrides: z.array(overrideSchema).max(5_000).default([]),
});
export type SiteFile = z.infer<typeof siteFileSchema>;

// --- procedures -------------------------------------------------------------------------------------------------------------
export const RETREAT_MODES = ['whole-plant-stop', 'partial-stop', 'stop-heating', 'emergency-cooling', 'stop-feeding', 'terminate-reaction', 'discharge', 'unit-isolation', 'evacuation'] as const;
export type RetreatMode = (typeof RETREAT_MODES)[number];

/**
 * What a proof shows, where 4.3.3 says how that is proved, and the kinds of evidence that clause names for it. `depressurised` takes two
 * different kinds that agree (4.3.3(1), A3.3, A3.4).
 */
export const EVIDENCE_FOR = {
  'depressurised': ['pressure-curve', 'second-pressure-system', 'vent-or-drain', 'line-switched'],
  'isolated': ['blind', 'vents-open', 'parted'],
  'deenergised': ['lock-and-tag', 'try-start', 'live-test', 'breaker', 'isolator', 'fuses'],
  'gas-free': ['portable-test', 'laboratory'],
} as const;
export const SHOWN = ['depressurised', 'isolated', 'deenergised', 'gas-free'] as const;
export type Shown = (typeof SHOWN)[number];
export const EVIDENCE_KINDS = ['pressure-curve', 'second-pressure-system', 'vent-or-drain', 'line-switched', 'blind', 'vents-open', 'parted', 'lock-and-tag', 'try-start', 'live-test', 'breaker', 'isolator', 'fuses', 'portable-test', 'laboratory'] as const;
export type EvidenceKind = (typeof EVIDENCE_KINDS)[number];

const proofBase = { id: idSchema, text: textSchema, expected: textSchema, shows: z.enum(SHOWN).optional(), evidence: z.enum(EVIDENCE_KINDS).optional() };
/** Proof: seen by tags (`when`), or a signed statement where no tag can tell. Senses alone never suffice (4.3.3). */
export const proofSchema = z.union([
  z.strictObject({ ...proofBase, when: measureSchema, for: durationSchema.default(0) }),
  z.strictObject({
    ...proofBase, signed: roleSchema, senses: z.boolean().default(false),
    /** A figure that is written down with the signature; it proves only inside its range. */
    figure: z.strictObject({ unit: z.string().min(1).max(20), low: z.number(), high: z.number(), /** Of a gas test: the gas that the figure is about; every point of the test must have it. */ gas: gasSchema.optional() }).optional(),
  }),
]);
export type ProofDef = z.infer<typeof proofSchema>;

export const prohibitionSchema = z.strictObject({
  id: idSchema,
  clause: clauseSchema,
  text: textSchema,
  /** The condition (role `prohibition`) that shows it broken. Absent: no tag can show it. */
  watchedBy: idSchema.optional(),
  undo: textSchema.optional(),
});
export type ProhibitionDef = z.infer<typeof prohibitionSchema>;

/** Shown before the instruction. With `when`, the product tells whether it is in effect now. */
export const cautionSchema = z.union([z.strictObject({ zh: textSchema.shape.zh, en: textSchema.shape.en }), z.strictObject({ id: idSchema, zh: textSchema.shape.zh, en: textSchema.shape.en, when: measureSchema })]);
export type CautionDef = z.infer<typeof cautionSchema>;

/** What to do when a time runs out, and where the course then goes: to a step, to another procedure, or (neither) to the next step. */
export const otherwiseSchema = z.strictObject({ zh: textSchema.shape.zh, en: textSchema.shape.en, goto: idSchema.optional(), raise: idSchema.optional() });
export type OtherwiseDef = z.infer<typeof otherwiseSchema>;

/** Commanded states by tag: what a step, a continuous action or an interlock does to the plant. */
export const setsSchema = z.record(idSchema, z.union([z.string().min(1).max(40), z.boolean(), z.number()]));
export type Sets = z.infer<typeof setsSchema>;

/** One way on at a `decide` step. `when`: how the product sees for itself that this is the way. */
export const optionSchema = z.strictObject({ id: idSchema, text: textSchema, because: textSchema, against: textSchema.optional(), when: measureSchema.optional(), goto: idSchema });
export type OptionDef = z.infer<typeof optionSchema>;

/**
 * The vocabulary of steps, after ISA-106 (command-perform-verify) and PRIDE. command: do something and prove it. verify: prove something.
 * wait: let it go on, with a limit. decide: choose the way, by tags or by a person. record: write down, signed. warn: tell people.
 * hold: another person signs before it goes on. goto: another procedure is raised, this one keeps its place.
 */
export const STEP_KINDS = ['command', 'verify', 'wait', 'decide', 'record', 'warn', 'hold', 'goto'] as const;
export type StepKind = (typeof STEP_KINDS)[number];

/** Where a step, an option or a late proof may lead besides a step's id: the end of its list. */
export const STEPS_END = 'end';

export const stepSchema = z.strictObject({
  id: idSchema,
  kind: z.enum(STEP_KINDS).default('command'),
  who: roleSchema,
  direction: directionSchema,
  text: textSchema,
  cautions: z.array(cautionSchema).max(10).default([]),
  prohibitions: z.array(idSchema).max(10).default([]),
  modes: z.array(z.enum(RETREAT_MODES)).max(5).default([]),
  sets: setsSchema.default({}),
  within: durationSchema,
  /** wait: at least so long. */
  atLeast: durationSchema.optional(),
  /** at-once: the course goes on without waiting for the proof, which is watched beside it (people walk out while valves close). */
  proceed: z.enum(['proved', 'at-once']).default('proved'),
  proof: z.array(proofSchema).max(20).default([]),
  /** decide */
  options: z.array(optionSchema).max(6).default([]),
  /** decide: the option taken when its time runs out: the careful one. */
  default: idSchema.optional(),
  /** goto: the procedure that is raised. */
  procedure: idSchema.optional(),
  /** The work permit (3.7) without which nobody does this. Such a step is a key step (V.2): the watching post acknowledges what is signed in it. */
  workPermit: workPermitKindSchema.optional(),
  /** Blinds and locks come out again in this step: taking away what an earlier step proved does not shut its own gate. */
  putsBack: z.boolean().optional(),
  /** Where the course goes on, when not to the step that follows; `end`: the list is done. */
  next: idSchema.optional(),
  otherwise: otherwiseSchema,
});
export type StepDef = z.infer<typeof stepSchema>;

/** Watched beside the steps from the start of the retreat to its close; in effect while `when` is true, until its proof comes. */
export const continuousSchema = z.strictObject({
  id: idSchema, who: roleSchema, text: textSchema, when: measureSchema, sets: setsSchema.default({}), proof: z.array(proofSchema).min(1).max(5), within: durationSchema, otherwise: otherwiseSchema,
});
export type ContinuousDef = z.infer<typeof continuousSchema>;

/** A time that runs over several steps: 20 min in the seal tank, 4 h in the mixing tank. */
export const deadlineSchema = z.strictObject({
  id: idSchema, clause: clauseSchema, text: textSchema, within: durationSchema,
  /** `start` of the retreat, or a step that is opened. */
  from: idSchema,
  /** `safe`, or a step that is proved. */
  until: idSchema,
  otherwise: otherwiseSchema,
});
export type DeadlineDef = z.infer<typeof deadlineSchema>;

export const procedureSchema = z.strictObject({
  id: idSchema,
  version: z.number().int().min(1).max(100_000),
  plant: idSchema,
  /** It stands only where its plant has this design, and goes before a procedure of the same id that stands in all of them. */
  design: idSchema.optional(),
  clauses: z.array(clauseSchema).min(1).max(30),
  title: textSchema,
  goal: textSchema,
  /** When it applies and when not, in words. */
  applies: textSchema.optional(),
  /** 1 people and the whole plant, 2 a unit that may get out of hand, 3 a unit, 4 work after a stop. Of two that command different things the smaller number is followed. */
  priority: z.number().int().min(1).max(4),
  /** Clauses whose triggers start it, where the trigger itself names no procedure. */
  answers: z.array(clauseSchema).max(30).default([]),
  /** A person may raise it; says when. */
  byHand: textSchema.optional(),
  people: z.strictObject({ limit: z.number().int().min(0).max(6), zones: z.array(idSchema).max(50) }),
  interlocks: z.array(idSchema).max(50),
  modes: z.array(z.enum(RETREAT_MODES)).min(1).max(9),
  prohibitions: z.array(prohibitionSchema).max(30),
  /** 3.2: the three parts that every emergency procedure has at least. The steps lead to the safe state and hold it there. */
  steps: z.array(stepSchema).min(1).max(60),
  safetyMeasures: z.array(textSchema).min(1).max(30),
  shutdownConditions: z.array(textSchema).min(1).max(30),
  continuous: z.array(continuousSchema).max(10).default([]),
  deadlines: z.array(deadlineSchema).max(10).default([]),
  safeState: z.array(proofSchema).min(1).max(30),
  /** How long after the last step the safe state may be awaited, and what comes then: the next mode of retreat. */
  safeWithin: durationSchema,
  ifNotSafe: otherwiseSchema,
  /** What is done in the safe state before a return: clearing, opening, draining, washing. People go in here, and only through the gate. */
  handling: z.array(stepSchema).max(40).default([]),
  returnConditions: z.array(proofSchema).min(1).max(30),
  /** Roles whose approval a return needs; each must be a different person. */
  returnApprovals: z.array(roleSchema).min(2).max(5),
});
export type ProcedureDef = z.infer<typeof procedureSchema>;

// --- the loaded whole ---------------------------------------------------------------------------------------------------------
export interface PlantPack {
  readonly id: string;
  /** The design it was loaded in; absent where the plant has only one. */
  readonly design?: string;
  readonly title: { zh: string; en: string };
  readonly namespaceUri: string;
  readonly areas: readonly { id: string; title: { zh: string; en: string } }[];
  readonly zones: readonly ZoneDef[];
  readonly protection: readonly ProtectionDef[];
  readonly tags: readonly TagDef[];
  readonly labs: readonly z.infer<typeof labSchema>[];
  readonly observations: readonly z.infer<typeof observationSchema>[];
  readonly conditions: readonly ConditionDef[];
  readonly hazards: readonly HazardDef[];
  readonly interlocks: readonly InterlockDef[];
  /** The standing authority matrix, without its entry for retreat, which nobody asks. */
  readonly authority: Matrix;
  readonly procedures: readonly ProcedureDef[];
  /** SHA-256 of each procedure's source file, by procedure id: a stored snapshot of another source is refused. */
  readonly sourceHashes: Readonly<Record<string, string>>;
  /** The site whose figures were asked for. `applied: false`: it was refused, and these are the plant's own figures. */
  readonly site?: { readonly id: string; readonly title: Text; readonly applied: boolean };
}
