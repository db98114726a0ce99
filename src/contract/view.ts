/**
 * What the station shows. The view is cut into sections; a push carries whole sections that changed, so the console
 * never computes a rule, a gate or a permission (architecture rule 5). Static things (`plant`) come once.
 */
import { z } from 'zod';
import { actionsSectionSchema } from './actions.ts';
import { analysesSectionSchema, followUpsSectionSchema, readinessSectionSchema } from './aftermath.ts';
import { EVIDENCE_FIELDS, evidenceSchema, gasSchema } from './evidence.ts';
import { idSchema, textSchema, timeSchema } from './text.ts';
import { workSectionSchema } from './work.ts';
import { workPermitKindSchema } from './work-permits.ts';
import { directionSchema, roleSchema, verdictSchema } from './refusal.ts';
import { handoverSectionSchema } from './handover.ts';
import { platformSectionSchema } from './platform.ts';
import { reportsSectionSchema } from './incidents.ts';
import { peopleSectionSchema } from './people-view.ts';
import { readingSchema } from './reading.ts';
import { trainingSectionSchema } from './training.ts';

export { qualitySchema, readingSchema, valueSchema } from './reading.ts';
export type { Reading } from './reading.ts';

const nullable = <T extends z.ZodType>(schema: T) => schema.nullable();

export const prioritySchema = z.union([z.literal(1), z.literal(2), z.literal(3), z.literal(4)]);
export type Priority = z.infer<typeof prioritySchema>;

// --- plant: static ------------------------------------------------------------------------------------------------------
export const tagSchema = z.strictObject({
  id: idSchema,
  kind: z.enum(['analog', 'discrete', 'boolean', 'count']),
  unit: z.string().max(20).optional(),
  low: z.number().optional(),
  high: z.number().optional(),
  states: z.array(z.string().max(40)).max(32).optional(),
  area: idSchema,
  title: textSchema,
  /** Limits of the conditions on this tag, for drawing into trends. */
  limits: z.array(z.strictObject({ condition: idSchema, comparison: z.enum(['above', 'atOrAbove', 'below', 'atOrBelow']), limit: z.number(), priority: prioritySchema })).max(20),
});
export const plantSectionSchema = z.strictObject({
  id: idSchema,
  title: textSchema,
  areas: z.array(z.strictObject({ id: idSchema, title: textSchema })).max(50),
  tags: z.array(tagSchema).max(20_000),
  labs: z.array(z.strictObject({ id: idSchema, title: textSchema, unit: z.string().max(20) })).max(200),
  observations: z.array(z.strictObject({ id: idSchema, title: textSchema, clauses: z.array(z.string().max(20)).max(20) })).max(200),
});

// --- station and link -----------------------------------------------------------------------------------------------------
export const stationSectionSchema = z.strictObject({
  mode: z.enum(['OPERATION', 'TRAINING']),
  version: z.string().max(40),
  startedMs: timeSchema,
  /** Accounts that may sign, for the signature form. Secrets never cross. */
  accounts: z.array(z.strictObject({ user: idSchema, name: z.string().max(80), roles: z.array(roleSchema).max(5) })).max(200),
  /** TRAINING only: the shared secret of the demonstration accounts, so that a newcomer can sign. */
  trainingSecret: z.string().max(40).nullable(),
  /** Why samples are not being recorded; null = they are. */
  recorder: nullable(textSchema).optional(),
  journal: z.strictObject({ ok: z.boolean(), reason: nullable(textSchema), records: z.number().int(), head: z.string().max(64), /** Hash of its first record, which no other journal has; left out where it cannot be read. */ genesis: z.string().max(64).optional() }),
});
export const linkSectionSchema = z.strictObject({
  phase: z.enum(['connecting', 'connected', 'reconnecting', 'frozen', 'untrusted', 'failed', 'stopped']),
  endpointUrl: z.string().max(300),
  reason: nullable(textSchema),
  sinceMs: timeSchema,
  lastDataMs: nullable(timeSchema),
  skewMs: nullable(z.number()),
  goodTags: z.number().int(),
  totalTags: z.number().int(),
  lostTags: z.array(idSchema).max(20_000),
  untrusted: nullable(z.strictObject({ thumbprint: z.string().max(128), subject: z.string().max(300), applicationUri: z.string().max(300), validFrom: z.string().max(40), validTo: z.string().max(40) })),
});

// --- alarms -----------------------------------------------------------------------------------------------------------------
/** ISA-18.2 classes. Alarms of class safety and fire-gas are never shelved, suppressed or taken out of service (3.6). */
export const alarmClassSchema = z.enum(['safety', 'fire-gas', 'environment', 'process', 'system']);
/**
 * Active and acknowledged in one word: unacknowledged (active), acknowledged, returned (gone, unacknowledged). An acknowledged alarm
 * that is not active is listed because it is latched; the fields below say everything.
 */
export const alarmStateSchema = z.enum(['unacknowledged', 'acknowledged', 'returned']);
/** Which list of the section an alarm stands in. An alarm of a class that is always visible stands in `active`, whatever anybody does. */
export const alarmListSchema = z.enum(['active', 'shelved', 'suppressed', 'outOfService']);
/** `possible`: others of its group began within the uncertainty of the clocks, so nobody can say which was first. */
export const firstOutSchema = nullable(z.enum(['first', 'possible']));
const signedWordSchema = z.strictObject({ text: z.string().max(2_000), by: z.string().max(80), atMs: timeSchema });
export const alarmViewSchema = z.strictObject({
  id: idSchema,
  list: alarmListSchema,
  class: alarmClassSchema,
  priority: prioritySchema,
  title: textSchema,
  clauses: z.array(z.string().max(20)).max(20),
  /** Unit of the plant it comes from; null for alarms about the product itself. */
  area: nullable(z.strictObject({ id: idSchema, title: textSchema })),
  /** Key of the group (`groups` of the section) that it is shown under in a flood: its procedure, else its unit. */
  groupKey: z.string().max(100),

  // Orthogonal states (ISA-18.2, OPC UA Part 9): each says one thing and none hides another.
  state: alarmStateSchema,
  active: z.boolean(),
  acknowledged: z.boolean(),
  /** Stays until a person resets it, also when its condition is gone. */
  latched: z.boolean(),
  shelved: nullable(z.strictObject({ untilMs: timeSchema, by: z.string().max(80), reason: z.string().max(500), sinceMs: timeSchema })),
  suppressed: nullable(z.strictObject({ by: z.array(z.strictObject({ condition: idSchema, title: textSchema })).min(1).max(10), sinceMs: timeSchema })),
  outOfService: nullable(z.strictObject({ by: z.string().max(80), permit: z.string().max(80), reason: z.string().max(500), sinceMs: timeSchema })),
  /** What the condition says now. `unknown` = its input is bad or stale; the alarm stays. */
  condition: z.enum(['raised', 'cleared', 'unknown']),

  /** When it was last raised (again), station time, and the source time of the value that raised it. */
  raisedMs: timeSchema,
  sourceMs: timeSchema,
  /** Raises since it was last normal: 1 = once. */
  count: z.number().int(),
  acknowledgedMs: nullable(timeSchema),
  acknowledgedBy: nullable(z.string().max(80)),
  /** Answered before `answerByMs`? null while it is not answered. */
  answeredInTime: nullable(z.boolean()),
  firstOut: firstOutSchema,
  /** How far apart two source times must lie before one can be said to be earlier, ms. 0 where there is no group. */
  uncertaintyMs: z.number().min(0),
  /** Value and limit at the moment it was raised; the live value of the tag comes with the values of a push. */
  reading: nullable(readingSchema),
  limit: nullable(z.number()),
  comparison: nullable(z.enum(['above', 'atOrAbove', 'below', 'atOrBelow'])),
  procedures: z.array(idSchema).max(20),
  card: z.strictObject({ cause: textSchema, consequence: textSchema, action: textSchema, timeToActMs: nullable(z.number()), timeNeededMs: nullable(z.number()) }),
  /** Time that the on-delay took from the time available, ms. */
  delayMs: z.number().min(0),
  /** When the consequence comes if nobody does anything: onset of the raw condition + time available. null: no time is given. */
  respondByMs: nullable(timeSchema),
  /** By when it must be answered (3.6): respondByMs less the time needed; without a card time, by its priority. */
  answerByMs: timeSchema,
  /** Not answered by then; raised anew for the ear. null = not overdue. */
  overdueMs: nullable(timeSchema),
  /** When it sounds and counts again if it is still active; null = never. */
  reAlarmMs: nullable(timeSchema),
  /** Class fire-gas (3.6): both must be there, signed, before it can be reset. null for the other classes. */
  clearing: nullable(z.strictObject({ cause: nullable(signedWordSchema), confirmation: nullable(signedWordSchema) })),
  /** Longest time for which it may be shelved, ms; null = never. */
  shelveMaxMs: nullable(z.number()),
  /** What may be done with it now; null = the question does not arise (nothing to reset). */
  may: z.strictObject({ shelve: nullable(verdictSchema), outOfService: nullable(verdictSchema), reset: nullable(verdictSchema), confirmOnSite: nullable(verdictSchema) }),
});
export const ALARM_CHANGES = [
  'raised', 'raisedAgain', 'returned', 'acknowledged', 'cleared', 'overdue', 'firstOut', 'shelved', 'unshelved', 'suppressed', 'unsuppressed', 'outOfService', 'inService', 'reset', 'cause', 'confirmed',
] as const;
export const alarmEventSchema = z.strictObject({
  /** Number of its journal record; null in the section's short list, where it is not known. */
  n: nullable(z.number().int()),
  atMs: timeSchema, id: idSchema, title: textSchema, priority: prioritySchema, change: z.enum(ALARM_CHANGES), by: nullable(z.string().max(80)),
});
const alarmCountSchema = z.strictObject({ active: z.number().int(), unacknowledged: z.number().int() });
/** Everything of the section but its rows: small, sent whole with every change. */
const alarmHead = {
  /** Active alarms beyond the limit of the list, the least urgent ones; counted everywhere. */
  beyond: z.number().int(),
  counts: z.strictObject({
    byPriority: z.strictObject({ 1: alarmCountSchema, 2: alarmCountSchema, 3: alarmCountSchema, 4: alarmCountSchema }),
    active: z.number().int(), unacknowledged: z.number().int(), latched: z.number().int(), overdue: z.number().int(),
    shelved: z.number().int(), suppressed: z.number().int(), outOfService: z.number().int(),
  }),
  /** Alarms of the active list by procedure, then by unit; the worst first. */
  groups: z.array(z.strictObject({ key: z.string().max(100), kind: z.enum(['procedure', 'unit', 'station']), id: z.string().max(80), title: textSchema, active: z.number().int(), unacknowledged: z.number().int(), worst: prioritySchema })).max(2_000),
  raisedLast10Min: z.number().int(),
  /** In: more than 10 in 10 min for one operator. Out: fewer than 5. A flood groups and pins, and hides nothing. */
  flood: z.boolean(),
  floodState: nullable(z.strictObject({ sinceMs: timeSchema, /** Raised since it began. */ raised: z.number().int(), /** First-outs, the earliest source time first; always on top. */ pinned: z.array(idSchema).max(100) })),
};
export const alarmHeadSchema = z.strictObject(alarmHead);
/** At most so many alarms in one list of a snapshot. */
export const ALARMS_MAX = 10_000;
export const ALARM_EVENTS_MAX = 200;
const alarmRows = z.array(alarmViewSchema).max(ALARMS_MAX);
export const alarmsSectionSchema = z.strictObject({
  /** Goes up with every change of an alarm; a delta says which version it stands on. */
  version: z.number().int(),
  active: alarmRows,
  shelved: alarmRows,
  suppressed: alarmRows,
  outOfService: alarmRows,
  /** Last alarm events, newest first; everything older by `alarm.history`. */
  history: z.array(alarmEventSchema).max(ALARM_EVENTS_MAX),
  ...alarmHead,
});
/**
 * What changed of the alarms since a version: pushes carry this and not the section. `foldAlarms` (alarm-fold.ts) puts it on.
 * A console whose version is not `from` asks for a snapshot; one that fell too far behind gets the whole section in `sections`.
 */
export const alarmsDeltaSchema = z.strictObject({
  from: z.number().int(),
  version: z.number().int(),
  /** Whole rows, each in the list that its `list` names, and in no other any more. */
  changed: z.array(alarmViewSchema).max(40_000),
  removed: z.array(idSchema).max(40_000),
  /** New events, newest first. */
  history: z.array(alarmEventSchema).max(ALARM_EVENTS_MAX),
  head: alarmHeadSchema,
});

// --- conditions and procedures ------------------------------------------------------------------------------------------------
export const conditionViewSchema = z.strictObject({
  id: idSchema,
  title: textSchema,
  clauses: z.array(z.string().max(20)).max(20),
  priority: prioritySchema,
  state: z.enum(['raised', 'cleared', 'unknown', 'awaiting']),
  onsetMs: timeSchema,
  firstOut: z.boolean(),
  readings: z.array(readingSchema).max(20),
  limit: nullable(z.number()),
  comparison: nullable(z.enum(['above', 'atOrAbove', 'below', 'atOrBelow'])),
  procedures: z.array(idSchema).max(20),
});
export const proofViewSchema = z.strictObject({
  id: idSchema,
  text: textSchema,
  kind: z.enum(['tag', 'signed', 'sensory']),
  state: z.enum(['true', 'false', 'unknown']),
  reading: nullable(readingSchema),
  /** What is expected, in words: `关`, `< 20 m3/h`. */
  expected: textSchema,
  signedBy: nullable(z.string().max(80)),
  /** The machine's own assessment; `state` is it after what people have contested. */
  machine: z.enum(['true', 'false', 'unknown']),
  /** A person's assessment beside the machine's: `contested` takes the proof away, `asserted` proves nothing where tags tell. */
  assessment: nullable(z.strictObject({ assessment: z.enum(['contested', 'asserted']), by: z.string().max(80), atMs: timeSchema, reason: z.string().max(500) })),
  /** A figure that is written down with the signature. */
  figure: nullable(z.strictObject({ unit: z.string().max(20), low: z.number(), high: z.number(), value: nullable(z.number()), /** Of a gas test: the gas that it is about. */ gas: nullable(gasSchema) })),
  /** What 4.3.3 wants shown, and by which kind of evidence. */
  shows: nullable(z.enum(['depressurised', 'isolated', 'deenergised', 'gas-free'])),
  evidence: nullable(z.string().max(40)),
  /** What must be written down with the signature, and what may be; empty: a word is enough. */
  asks: z.array(z.strictObject({ field: z.enum(EVIDENCE_FIELDS), needed: z.boolean() })).max(EVIDENCE_FIELDS.length),
  /** What was written down, until when it holds, who acknowledged it, and what of it was taken away since. */
  record: nullable(z.strictObject({ evidence: evidenceSchema, untilMs: nullable(timeSchema), witness: nullable(z.string().max(80)), removed: z.array(z.string().max(80)).max(100) })),
});
const truthWordSchema = z.enum(['true', 'false', 'unknown']);
export const prohibitionViewSchema = z.strictObject({
  id: idSchema,
  clause: z.string().max(20),
  text: textSchema,
  state: z.enum(['kept', 'violated', 'unknown', 'unwatched']),
  undo: nullable(textSchema),
});
export const STEP_KINDS = ['command', 'verify', 'wait', 'decide', 'record', 'warn', 'hold', 'goto'] as const;
export const stepViewSchema = z.strictObject({
  id: idSchema,
  number: z.number().int(),
  kind: z.enum(STEP_KINDS),
  who: roleSchema,
  direction: directionSchema,
  text: textSchema,
  /** Shown before the instruction. `inEffect`: what tags say of it now; null = no tag can tell. `id` is what is acknowledged. */
  cautions: z.array(z.strictObject({ id: idSchema, text: textSchema, inEffect: nullable(truthWordSchema), readBy: nullable(z.string().max(80)) })).max(10),
  prohibitions: z.array(idSchema).max(10),
  proofs: z.array(proofViewSchema).max(20),
  /** decide: the ways on, with what speaks for and against each and what the tags show. */
  options: z.array(z.strictObject({ id: idSchema, text: textSchema, because: textSchema, against: nullable(textSchema), seen: z.enum(['true', 'false', 'unknown', 'none']), isDefault: z.boolean(), /** Against what the tags show: choosing it takes a reason and a signature. */ takesSignature: z.boolean(), reading: nullable(readingSchema) })).max(6),
  chosen: nullable(z.strictObject({ option: idSchema, by: z.string().max(80), atMs: timeSchema, seen: nullable(idSchema), reason: z.string().max(300) })),
  /** A step that sends people in: its permit, and the station's verdict on giving it. null = it needs none. */
  permit: nullable(z.strictObject({ given: nullable(z.strictObject({ by: z.string().max(80), atMs: timeSchema })), verdict: verdictSchema })),
  /** The work permit that the step needs (3.7): the one that carries it, or null with the reason among the permit's obstacles. null = it needs none. */
  workPermit: nullable(z.strictObject({ kind: workPermitKindSchema, title: textSchema, number: nullable(z.string().max(40)), untilMs: nullable(timeSchema) })),
  /** A key step (V.2): what is signed in it is acknowledged by the watching post. */
  takesWitness: z.boolean(),
  /** What earlier steps proved and this one stands on, where it has run out, or runs out: to be proved again. */
  earlier: z.array(z.strictObject({ step: idSchema, takesWitness: z.boolean(), proof: proofViewSchema })).max(100),
  /** Another running procedure commands the opposite and is followed: do not do this now. */
  givesWay: nullable(z.strictObject({ instance: idSchema, title: textSchema, item: textSchema, tag: idSchema, state: z.union([z.string().max(40), z.number(), z.boolean()]) })),
  /** goto: the procedure that it raises. */
  raises: nullable(z.strictObject({ id: idSchema, title: textSchema })),
  /** `open`: the course went on without its proof; it is still watched, and still to be done. */
  state: z.enum(['done', 'now', 'open', 'next', 'skipped']),
  startedMs: nullable(timeSchema),
  /** Absolute deadline; the console counts down to it. */
  dueMs: nullable(timeSchema),
  overdue: z.boolean(),
  doneMs: nullable(timeSchema),
  /** `tags`, or the person who signed. */
  doneBy: nullable(z.string().max(80)),
  skipReason: nullable(z.string().max(300)),
  /** Whether a person may pass over it, with a reason and a signature. */
  maySkip: z.boolean(),
  /** What happens if the proof does not come in time. */
  otherwise: nullable(textSchema),
});
export const PLACES = ['standby', 'raised', 'retreating', 'safe', 'investigating', 'readyToReturn', 'closed'] as const;
export const placeSchema = z.enum([...PLACES, 'stopping']);
export type Place = z.infer<typeof placeSchema>;
export const procedureViewSchema = z.strictObject({
  instance: idSchema,
  id: idSchema,
  version: z.number().int(),
  title: textSchema,
  goal: textSchema,
  clauses: z.array(z.string().max(20)).max(30),
  place: placeSchema,
  raisedMs: timeSchema,
  because: z.array(z.strictObject({ condition: idSchema, title: textSchema, atMs: timeSchema })).max(50),
  /** True when the station was restarted while it ran: held for intervene and return until re-authorised, never for retreat. */
  held: z.boolean(),
  /** 1 is followed before 2 where two procedures contradict each other. */
  priority: z.number().int(),
  applies: nullable(textSchema),
  steps: z.array(stepViewSchema).max(60),
  /** What is done in the safe state before a return. */
  handling: z.array(stepViewSchema).max(40),
  /** Watched beside the steps. */
  continuous: z.array(z.strictObject({ id: idSchema, who: roleSchema, text: textSchema, state: z.enum(['quiet', 'inEffect', 'answered', 'overdue']), dueMs: nullable(timeSchema), reading: nullable(readingSchema), proofs: z.array(proofViewSchema).max(5), otherwise: textSchema })).max(10),
  deadlines: z.array(z.strictObject({ id: idSchema, clause: z.string().max(20), text: textSchema, state: z.enum(['idle', 'running', 'met', 'exceeded']), dueMs: nullable(timeSchema), otherwise: textSchema })).max(10),
  /** When the safe state must be proved, and what comes when it is not. */
  safeDueMs: nullable(timeSchema),
  safeOverdue: z.boolean(),
  ifNotSafe: textSchema,
  /** Procedures that this one has raised. */
  led: z.array(z.strictObject({ from: z.string().max(100), procedure: idSchema, title: textSchema, atMs: timeSchema })).max(50),
  owner: nullable(z.strictObject({ user: z.string().max(80), name: z.string().max(80), atMs: timeSchema })),
  suspended: nullable(z.strictObject({ by: z.string().max(80), reason: z.string().max(500), atMs: timeSchema })),
  /** First letters of its source's hash: which revision stands in the journal. */
  revision: z.string().max(16),
  zones: z.array(idSchema).max(50),
  modes: z.array(z.strictObject({ id: idSchema, title: textSchema, state: z.enum(['pending', 'inProgress', 'proved']), atMs: nullable(timeSchema) })).max(20),
  prohibitions: z.array(prohibitionViewSchema).max(30),
  safetyMeasures: z.array(textSchema).max(30),
  shutdownConditions: z.array(textSchema).max(30),
  safeState: z.array(proofViewSchema).max(30),
  returnConditions: z.array(proofViewSchema).max(30),
  peopleLimit: z.number().int(),
  interlocks: z.array(idSchema).max(50),
  cause: nullable(z.strictObject({ text: z.string().max(2_000), by: z.string().max(80), atMs: timeSchema })),
  approvals: z.array(z.strictObject({ user: idSchema, role: roleSchema, atMs: timeSchema })).max(10),
  /** The way back: every operation with the station's verdict. */
  wayBack: z.array(z.strictObject({ operation: z.enum(['interlock.reset', 'people.enter', 'procedure.return']), direction: directionSchema, title: textSchema, verdict: verdictSchema })).max(10),
});
/** One procedure of the plant with its entry conditions as they stand: why it is advised, or why not. */
export const adviceSchema = z.strictObject({
  procedure: idSchema, title: textSchema, goal: textSchema, clauses: z.array(z.string().max(20)).max(30), priority: z.number().int(),
  /** The running instance, if it runs. */
  instance: nullable(idSchema),
  /** Some entry condition is raised. */
  advised: z.boolean(),
  /** A person may raise it too, and when. */
  byHand: nullable(textSchema),
  entry: z.array(z.strictObject({
    condition: idSchema, title: textSchema, clauses: z.array(z.string().max(20)).max(20), state: z.enum(['raised', 'cleared', 'unknown']),
    readings: z.array(readingSchema).max(5), limit: nullable(z.number()), comparison: nullable(z.enum(['above', 'atOrAbove', 'below', 'atOrBelow'])),
  })).max(30),
  /** Entry conditions beyond those. */
  omitted: z.number().int(),
});
export type AdviceView = z.infer<typeof adviceSchema>;
export const upsetSectionSchema = z.strictObject({
  /** Abnormal conditions that are raised, awaiting a re-analysis, or unknown after having been raised; by onset. */
  conditions: z.array(conditionViewSchema).max(2_000),
  /** Conditions beyond those: how many more there are. The alarm list has every one. */
  omitted: z.number().int(),
  /** Raised and running procedures, the most urgent first. */
  procedures: z.array(procedureViewSchema).max(50),
  /** 4.1.2: an abnormal condition that no procedure answers means: stop at once. */
  noProcedure: nullable(z.strictObject({ because: z.array(z.strictObject({ condition: idSchema, title: textSchema })).min(1).max(200), advice: textSchema })),
  /** Emergency stops and evacuations of the last hour, newest first. */
  retreats: z.array(z.strictObject({ kind: z.enum(['stop', 'evacuate']), atMs: timeSchema, by: z.string().max(80), actedOn: z.enum(['simulator', 'people']) })).max(50),
});

// --- interlocks -----------------------------------------------------------------------------------------------------------
const signedSchema = z.strictObject({ by: z.string().max(80), atMs: timeSchema });
const signedTextSchema = z.strictObject({ text: z.string().max(2_000), by: z.string().max(80), atMs: timeSchema });
const truthSchema = z.enum(['true', 'false', 'unknown']);
export const BYPASS_PHASES = ['requested', 'assessed', 'approved', 'active', 'lapsed', 'expired', 'restored', 'tested', 'closed', 'rejected', 'withdrawn'] as const;
export const BYPASS_STEPS = ['bypass.assess', 'bypass.approve', 'bypass.accept', 'bypass.extend', 'bypass.walk', 'bypass.restore', 'bypass.test', 'bypass.verify', 'bypass.reject', 'bypass.withdraw'] as const;
/** A cause that a bypassed initiator is a channel of: how it votes as built and without it; `left` null = it protects no more. */
const weakenedSchema = z.strictObject({ cause: textSchema, voting: z.string().max(10), left: nullable(z.string().max(10)) });
export const bypassViewSchema = z.strictObject({
  id: idSchema,
  interlock: idSchema,
  /** The one initiator that is bypassed, and what that leaves; null = the whole function. */
  element: nullable(idSchema),
  weakened: z.array(weakenedSchema).max(20),
  workOrder: nullable(z.string().max(80)),
  /** What the function is counted for, and is missing meanwhile; null = the pack has it no more. */
  lopaCredit: nullable(z.number().int()),
  /** Abnormal conditions and trips against the same hazard while it was in use, oldest first. `hasMore`: so many are kept, the journal has the rest. */
  events: z.array(z.strictObject({ kind: z.enum(['condition', 'interlock']), id: idSchema, title: textSchema, atMs: timeSchema })).max(50),
  hasMore: z.boolean(),
  phase: z.enum(BYPASS_PHASES),
  kind: z.string().max(20),
  reason: z.string().max(2_000),
  hazard: z.string().max(2_000),
  /** Each with what its tag shows, or when its next round is due. */
  measures: z.array(z.strictObject({ text: z.string().max(500), owner: z.string().max(80), expected: nullable(textSchema), tag: nullable(idSchema), state: truthSchema, walkedMs: nullable(timeSchema), walkDueMs: nullable(timeSchema) })).max(10),
  limits: z.array(z.strictObject({ tag: idSchema, low: nullable(z.number()), high: nullable(z.number()), state: truthSchema })).max(10),
  requestedBy: z.string().max(80),
  requestedMs: timeSchema,
  startMs: timeSchema,
  assessment: nullable(signedTextSchema),
  approvals: z.array(signedSchema).max(10),
  /** So many people must approve it, of one of these roles. */
  approvers: z.strictObject({ count: z.number().int().min(1).max(5), roles: z.array(roleSchema).max(5) }),
  acceptance: nullable(signedSchema),
  untilMs: timeSchema,
  extension: nullable(z.strictObject({ untilMs: timeSchema, reason: z.string().max(2_000), requestedBy: z.string().max(80), assessment: nullable(signedTextSchema), approvals: z.array(signedSchema).max(10) })),
  lapse: nullable(z.strictObject({ atMs: timeSchema, reason: textSchema })),
  restoration: nullable(signedSchema),
  test: nullable(z.strictObject({ text: z.string().max(2_000), passed: z.boolean(), by: z.string().max(80), atMs: timeSchema })),
  verification: nullable(signedSchema),
  overdue: nullable(z.enum(['expired', 'lapsed', 'untested', 'walk-due', 'no-tag'])),
  /** What can be done next, with the station's standing verdict. */
  next: z.array(z.strictObject({ operation: z.enum(BYPASS_STEPS), verdict: verdictSchema })).max(10),
  /** What it means for every procedure that relies on the function. */
  effects: z.array(z.strictObject({ procedure: idSchema, title: textSchema, notActing: z.array(textSchema).max(30), byHand: z.array(textSchema).max(60), prohibitions: z.array(z.strictObject({ clause: z.string().max(20), text: textSchema })).max(30) })).max(50),
});
export const interlockStateSchema = z.enum(['armed', 'tripped', 'bypassed', 'faulted', 'unknown']);
export const INTERLOCK_STANDINGS = ['armed', 'tripped', 'bypassed-approved', 'bypassed-unapproved', 'expired', 'degraded', 'faulted', 'unknown'] as const;
export const interlockViewSchema = z.strictObject({
  id: idSchema,
  title: textSchema,
  /** What its own tags say. */
  state: interlockStateSchema,
  /** What it is worth, from tags and register together. */
  standing: z.enum(INTERLOCK_STANDINGS),
  criticality: z.enum(['SIL1', 'SIL2', 'SIL3', 'none']),
  maxBypassMs: z.number().int(),
  lopaCredit: z.number().int(),
  /** Initiators that may be bypassed by themselves, each with what that would leave. */
  elements: z.array(z.strictObject({ tag: idSchema, weakens: z.array(weakenedSchema).max(20) })).max(180),
  hazards: z.array(textSchema).max(10),
  /** Only meaningful when bypassed: assessed, approved by other people, accepted, not expired, its measures in place. */
  approved: z.boolean(),
  sinceMs: nullable(timeSchema),
  causes: z.array(z.strictObject({ ...textSchema.shape, voting: nullable(z.string().max(10)), channels: nullable(z.enum(['full', 'degraded', 'lost'])), tags: z.array(idSchema).max(9) })).max(20),
  /** Why it may not be relied on, one line each. */
  obstacles: z.array(textSchema).max(20),
  tripConditions: z.array(z.strictObject({ condition: idSchema, title: textSchema, state: truthSchema, first: z.boolean() })).max(30),
  effects: z.array(textSchema).max(20),
  /** What the trip does to the plant, by tag, and what the tag shows. */
  /** What a trip does to the plant, by tag; `reached`: the tag shows it now. */
  sets: z.array(z.strictObject({ tag: idSchema, wanted: z.string().max(40), reached: truthSchema })).max(60),
  procedures: z.array(idSchema).max(50),
  prohibitions: z.array(z.strictObject({ clause: z.string().max(20), text: textSchema })).max(300),
  /** Trip, bypass, fault; then the key and the forced input, where the plant has tags for them. */
  readings: z.array(readingSchema).max(5),
  trip: nullable(z.strictObject({
    trippedMs: timeSchema, first: z.array(textSchema).max(30), cause: nullable(signedTextSchema), resetMs: nullable(timeSchema), releasedMs: nullable(timeSchema),
    forced: nullable(z.strictObject({ atMs: timeSchema, missing: z.array(textSchema).max(40) })), accounted: nullable(signedTextSchema),
  })),
  bypass: nullable(bypassViewSchema),
  /** May a bypass be asked for now? */
  request: verdictSchema,
  /** May the plant go on running like this (3.3)? */
  sustain: verdictSchema,
  /** May it be reset (3.5)? null = it has not tripped. */
  reset: nullable(verdictSchema),
});
export const interlocksSectionSchema = z.strictObject({
  interlocks: z.array(interlockViewSchema).max(500),
  /** Overdue first, then open, then the rest. */
  register: z.array(bypassViewSchema).max(500),
  overdue: z.number().int(),
});
// --- incident, training, journal ------------------------------------------------------------------------------------------------------
export const incidentSectionSchema = z.strictObject({
  current: nullable(z.strictObject({ id: idSchema, openedMs: timeSchema, firstCondition: nullable(idSchema) })),
  past: z.array(z.strictObject({ id: idSchema, openedMs: timeSchema, closedMs: timeSchema })).max(200),
});
export const journalEntrySchema = z.strictObject({
  n: z.number().int(),
  atMs: timeSchema,
  type: z.string().max(80),
  by: nullable(z.string().max(80)),
  text: textSchema,
});
export const journalSectionSchema = z.strictObject({ tail: z.array(journalEntrySchema).max(200) });

// --- KPIs and forecasts ---------------------------------------------------------------------------------------------------------------
/** What each KPI is, in words; static. `id`s are those of `values` below. */
export const kpiWordsSectionSchema = z.strictObject({
  definitions: z.array(z.strictObject({
    id: z.string().max(40), name: textSchema, definition: textSchema, unit: textSchema, target: nullable(z.number()), limit: nullable(z.number()), good: z.enum(['atMost', 'atLeast']), source: z.string().max(120),
  })).max(60),
});
export const kpiSectionSchema = z.strictObject({
  /** Figures of one operator position; one station is one. */
  periods: z.array(z.strictObject({
    period: z.enum(['10min', 'hour', 'day', 'month']),
    fromMs: timeSchema,
    toMs: timeSchema,
    /** Time within it that the station ran, ms. */
    observedMs: z.number().min(0),
    /** Less than 30 days were seen: not representative. */
    isShort: z.boolean(),
    raised: z.number().int(),
    /** value null = cannot be said; verdict none = the sources name no target. */
    values: z.array(z.strictObject({ id: z.string().max(40), value: nullable(z.number()), verdict: z.enum(['within', 'near', 'over', 'unknown', 'none']) })).max(60),
    /** The most frequent alarms. */
    top: z.array(z.strictObject({ id: idSchema, title: textSchema, raised: z.number().int() })).max(10),
  })).max(4),
  /** Alarms of each 10 min of the last 24 h, oldest first, the present one last; null = the station did not run. */
  series: z.array(z.strictObject({ startMs: timeSchema, raised: nullable(z.number().int()) })).max(144),
});
/** Values that move, those first that may reach a limit soonest. Shown to people; decides nothing. */
export const forecastSectionSchema = z.strictObject({
  /** The times below count from here. */
  atMs: timeSchema,
  /** How it is reckoned and what the interval is worth, in words. */
  method: textSchema,
  moving: z.array(z.strictObject({
    tag: idSchema,
    /** Units of the tag a minute, clearly above its noise. */
    perMinute: z.number(),
    /** The nearest limit that it moves towards; null: there is none, or the time to it cannot be said. */
    ahead: nullable(z.strictObject({
      condition: idSchema,
      comparison: z.enum(['above', 'atOrAbove', 'below', 'atOrBelow']),
      limit: z.number(),
      /** null = as such courses go, more often than not the limit is never reached. */
      leftMs: nullable(z.number().min(0)),
      /** The 90 % interval; high null = it may never get there. */
      lowMs: z.number().min(0),
      highMs: nullable(z.number().min(0)),
      course: z.enum(['accelerating', 'steady', 'levelling']),
    })),
  })).max(500),
});

/** All sections by name. A push message carries any subset. */
export const viewSchemas = {
  plant: plantSectionSchema,
  station: stationSectionSchema,
  link: linkSectionSchema,
  alarms: alarmsSectionSchema,
  upset: upsetSectionSchema,
  interlocks: interlocksSectionSchema,
  people: peopleSectionSchema,
  work: workSectionSchema,
  incident: incidentSectionSchema,
  actions: actionsSectionSchema,
  analyses: analysesSectionSchema,
  followUps: followUpsSectionSchema,
  readiness: readinessSectionSchema,
  training: trainingSectionSchema,
  journal: journalSectionSchema,
  kpiWords: kpiWordsSectionSchema,
  kpi: kpiSectionSchema,
  forecast: forecastSectionSchema,
  handover: handoverSectionSchema,
  platform: platformSectionSchema,
  reports: reportsSectionSchema,
} as const;
export const viewSchema = z.strictObject(viewSchemas);
export type View = z.infer<typeof viewSchema>;
export type SectionName = keyof View;
export type PlantSection = View['plant'];
export type StationSection = View['station'];
export type LinkSection = View['link'];
export type AlarmView = z.infer<typeof alarmViewSchema>;
export type AlarmsSection = View['alarms'];
export type AlarmHead = z.infer<typeof alarmHeadSchema>;
export type AlarmsDelta = z.infer<typeof alarmsDeltaSchema>;
export type AlarmEventView = z.infer<typeof alarmEventSchema>;
export type AlarmList = z.infer<typeof alarmListSchema>;
export type AlarmChange = AlarmEventView['change'];
export type ConditionView = z.infer<typeof conditionViewSchema>;
export type ProofView = z.infer<typeof proofViewSchema>;
export type StepView = z.infer<typeof stepViewSchema>;
export type ProcedureView = z.infer<typeof procedureViewSchema>;
export type UpsetSection = View['upset'];
export type InterlockView = z.infer<typeof interlockViewSchema>;
export type BypassView = z.infer<typeof bypassViewSchema>;
export type InterlocksSection = View['interlocks'];
export type PeopleSection = View['people'];
export type WorkSection = View['work'];
export type ActionsSection = View['actions'];
export type { TrainingSection } from './training.ts';
export type KpiSection = View['kpi'];
export type ForecastSection = View['forecast'];
export type HandoverSection = View['handover'];
export type MovingView = ForecastSection['moving'][number];
export type JournalEntryView = z.infer<typeof journalEntrySchema>;
