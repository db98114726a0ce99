/**
 * What the console may ask. One table: button, dispatcher and test share it. The console never says who it is; the
 * session does. Where a person must answer for what is asked, the command carries a signature (user and secret), which
 * the station checks anew each time.
 *
 * Direction matters: commands of direction `retreat` carry no signature and no field that could be missing.
 */
import { z } from 'zod';
import { actionEvidenceSchema, actionOutlineSchema, actionReasonSchema } from './actions.ts';
import { causeWordsSchema, conclusionWordsSchema, FACTOR_RECORDS_MAX, factorKindSchema, followUpEvidenceSchema, followUpOutlineSchema, recordNumberSchema, reviewsSchema } from './aftermath.ts';
import { evidenceSchema } from './evidence.ts';
import { sessionSchema, ticketSchema } from './session.ts';
import { incidentEventsInput, incidentEventsOutput, incidentListInput, incidentListOutput, reportMakeInput, reportReadInput, reportReadOutput } from './incidents.ts';
import { idSchema, timeSchema } from './text.ts';
import { permitNumberSchema, permitRequestSchema } from './work-permits.ts';
import type { Direction } from './refusal.ts';
import { HANDOVER_ITEMS_MAX, itemIdSchema, postSchema } from './handover.ts';
import * as training from './training.ts';
import { ALARM_CHANGES, adviceSchema, alarmEventSchema, prioritySchema, procedureViewSchema, viewSchema, valueSchema, qualitySchema } from './view.ts';

export const signatureSchema = z.strictObject({ user: idSchema, secret: z.string().min(1).max(200) });
export type Signature = z.infer<typeof signatureSchema>;

const words = (max: number) => z.string().trim().min(1).max(max);
const done = z.strictObject({});
const command = <I extends z.ZodType, O extends z.ZodType>(direction: Direction | 'none', input: I, output: O) => ({ direction, input, output });

export const BYPASS_KINDS = ['maintenance', 'process', 'start-up', 'proof-test', 'emergency'] as const;

const figure = z.number().finite();
/** What a tag must show for a compensating measure to hold. */
export const watchSchema = z.union([
  z.strictObject({ tag: idSchema, is: z.union([z.string().min(1).max(40), z.boolean()]) }),
  z.strictObject({ tag: idSchema, below: figure }),
  z.strictObject({ tag: idSchema, above: figure }),
]);
/** Watched on a tag, or walked by its owner at most so far apart. */
export const measureSchema = z.union([
  z.strictObject({ text: words(500), owner: words(80), watch: watchSchema }),
  z.strictObject({ text: words(500), owner: words(80), everyMs: z.number().int().min(60_000).max(8 * 3_600_000) }),
]);
export const processLimitSchema = z.strictObject({ tag: idSchema, low: figure.optional(), high: figure.optional() });

export const SKIP_REASONS = ['not-applicable', 'done-otherwise', 'equipment-unavailable'] as const;

export const seriesSchema = z.strictObject({
  tag: idSchema,
  /** [source time ms, value or null for a gap]; at most `maxPoints`, min and max of each bucket kept. */
  points: z.array(z.tuple([timeSchema, z.number().nullable()])).max(4_000),
});

export const COMMANDS = {
  // --- looking: always allowed ---
  'view.snapshot': command('none', z.strictObject({}), z.strictObject({ seq: z.number().int(), nowMs: timeSchema, view: viewSchema, values: z.record(idSchema, z.tuple([valueSchema, qualitySchema, timeSchema.nullable()])), session: sessionSchema.nullable() })),
  'history.read': command('none', z.strictObject({ tags: z.array(idSchema).min(1).max(10), fromMs: timeSchema, toMs: timeSchema, maxPoints: z.number().int().min(10).max(2_000) }), z.strictObject({ series: z.array(seriesSchema).max(10) })),
  /**
   * What happened to alarms, newest first, page by page out of the journal. Without a cursor from `toMs` downwards; `next` goes on
   * (null = the beginning of the period is reached). A page may be short, even empty, and still have a `next`: a call looks at a
   * bounded number of records.
   */
  'alarm.history': command('none', z.strictObject({
    fromMs: timeSchema, toMs: timeSchema, cursor: z.number().int().min(1).optional(), limit: z.number().int().min(1).max(1_000),
    filter: z.strictObject({ id: idSchema.optional(), priority: z.array(prioritySchema).min(1).max(4).optional(), area: idSchema.optional(), change: z.array(z.enum(ALARM_CHANGES)).min(1).max(ALARM_CHANGES.length).optional(), by: z.string().max(80).optional() }).default({}),
  }), z.strictObject({ events: z.array(alarmEventSchema).max(1_000), next: z.number().int().nullable() })),
  /** Incidents out of the journal, newest first. Like `alarm.history` a call looks at a bounded number of records: a page may be short or empty and go on. */
  'incident.list': command('none', incidentListInput, incidentListOutput),
  'incident.events': command('none', incidentEventsInput, incidentEventsOutput),
  // Reports: made on demand, one at a time; what becomes of one stands in section `reports`.
  'report.make': command('none', reportMakeInput, z.strictObject({ report: idSchema })),
  'report.cancel': command('none', z.strictObject({ report: idSchema }), done),
  'report.read': command('none', reportReadInput, reportReadOutput),
  'journal.verify': command('none', z.strictObject({}), z.strictObject({ verdict: z.enum(['sound', 'altered', 'truncated', 'rewritten', 'unreadable']), records: z.number().int(), firstBad: z.number().int().optional() })),
  /** Every procedure of the plant, the advised ones first, with why and why not (live values). */
  'procedure.advice': command('none', z.strictObject({}), z.strictObject({ procedures: z.array(adviceSchema).max(200) })),
  /** Looking ahead: a procedure as it would stand now, without beginning it. */
  'procedure.page': command('none', z.strictObject({ procedure: idSchema }), z.strictObject({ procedure: procedureViewSchema })),
  // --- who is at this console. Log-on is two fields; what is kept in the page afterwards is the ticket, never the secret ---
  'session.logOn': command('none', signatureSchema, z.strictObject({ ticket: ticketSchema })),
  /** The same page after its connection was lost. */
  'session.resume': command('none', z.strictObject({ ticket: ticketSchema }), done),
  'session.logOff': command('none', z.strictObject({}), done),
  /** A person's own secret. Ends every log-on of that person; the new one is shown at the next. */
  'session.changeSecret': command('none', signatureSchema.extend({ newSecret: z.string().min(8).max(200) }), done),
  // --- the way to safety: no signature, no gate ---
  'retreat.stop': command('retreat', z.strictObject({}), z.strictObject({ atMs: timeSchema, actedOn: z.enum(['simulator', 'people']) })),
  'retreat.evacuate': command('retreat', z.strictObject({}), z.strictObject({ atMs: timeSchema, actedOn: z.enum(['simulator', 'people']) })),
  'procedure.start': command('retreat', z.strictObject({ instance: idSchema }), done),
  /** A person sees what no condition shows (weather, a plug, a line to be opened). One that runs already is answered with its instance. */
  'procedure.raise': command('retreat', z.strictObject({ procedure: idSchema, reason: z.string().max(500) }), z.strictObject({ instance: idSchema })),
  // --- holding ---
  'alarm.acknowledge': command('hold', z.strictObject({ alarms: z.array(idSchema).min(1).max(500) }), done),
  'alarm.unshelve': command('hold', z.strictObject({ alarms: z.array(idSchema).min(1).max(500) }), done),
  'alarm.inService': command('hold', z.strictObject({ alarm: idSchema, signature: signatureSchema }), done),
  /** Gas and fire (3.6): the analysed cause, and somebody who was there. Both signed; both needed before `alarm.reset`. */
  'alarm.cause': command('hold', z.strictObject({ alarm: idSchema, text: words(2_000), signature: signatureSchema }), done),
  'alarm.confirmOnSite': command('return', z.strictObject({ alarm: idSchema, text: words(2_000), signature: signatureSchema }), done),
  'procedure.confirm': command('hold', z.strictObject({ instance: idSchema, step: idSchema, proof: idSchema, note: z.string().max(500), figure: z.number().finite().optional(), /** What 4.3.3 wants written down; which fields, the proof's kind of evidence says. */ evidence: evidenceSchema.optional(), /** V.2: the watching post acknowledges a key step. */ witness: signatureSchema.optional(), signature: signatureSchema }), done),
  /** A blind or a lock has been taken away. */
  'evidence.remove': command('hold', z.strictObject({ instance: idSchema, proof: idSchema, number: words(80), signature: signatureSchema }), done),
  'permit.close': command('hold', z.strictObject({ permit: permitNumberSchema, reason: words(500), signature: signatureSchema }), done),
  /** A way on at a `decide` step. Against what the tags show it takes a reason and a signature. */
  'procedure.choose': command('hold', z.strictObject({ instance: idSchema, step: idSchema, option: idSchema, reason: z.string().max(300), signature: signatureSchema.optional() }), done),
  'procedure.acknowledge': command('hold', z.strictObject({ instance: idSchema, items: z.array(idSchema).min(1).max(20) }), done),
  /** A person's own assessment of a proof, beside the machine's. */
  'procedure.assess': command('hold', z.strictObject({ instance: idSchema, proof: idSchema, assessment: z.enum(['contested', 'asserted', 'withdrawn']), reason: words(500), signature: signatureSchema }), done),
  'procedure.own': command('hold', z.strictObject({ instance: idSchema, signature: signatureSchema }), done),
  'procedure.suspend': command('hold', z.strictObject({ instance: idSchema, reason: words(500) }), done),
  'procedure.resume': command('hold', z.strictObject({ instance: idSchema }), done),
  'procedure.skip': command('hold', z.strictObject({ instance: idSchema, step: idSchema, reason: z.enum(SKIP_REASONS), note: words(300), signature: signatureSchema }), done),
  'procedure.investigate': command('hold', z.strictObject({ instance: idSchema }), done),
  'procedure.cause': command('hold', z.strictObject({ instance: idSchema, text: words(2_000), signature: signatureSchema }), done),
  /** Lifts the hold after a restart: a way in and back, and so the commander's (4.5.1). */
  'procedure.reauthorise': command('intervene', z.strictObject({ instance: idSchema, signature: signatureSchema }), done),
  'lab.enter': command('hold', z.strictObject({ lab: idSchema, value: z.number().finite(), sampledMs: timeSchema, signature: signatureSchema }), done),
  'seen.report': command('hold', z.strictObject({ observation: idSchema, present: z.boolean(), note: z.string().max(500) }), done),
  /** The roll of an evacuation, called zone by zone and signed. */
  'people.rollCall': command('hold', z.strictObject({ zone: idSchema, empty: z.boolean(), note: z.string().trim().max(500), signature: signatureSchema }), done),
  'camera.restore': command('hold', z.strictObject({ camera: idSchema }), done),
  /** Refused for nothing that the plant is in: `items` are all that stand open (section `handover`), ticked; both sign. */
  'shift.handOver': command('hold', z.strictObject({ items: z.array(itemIdSchema).max(HANDOVER_ITEMS_MAX), notes: z.string().trim().max(2_000), from: signatureSchema, to: signatureSchema }), done),
  'people.leave': command('hold', z.strictObject({ zone: idSchema, entry: idSchema }), done),
  // Words about a bypass that lead back to a protected plant, or only say no.
  'bypass.reject': command('hold', z.strictObject({ bypass: idSchema, reason: words(500), signature: signatureSchema }), done),
  /** The owner of a measure has made its round. `measure`: its place in the list. */
  'bypass.walk': command('hold', z.strictObject({ bypass: idSchema, measure: z.number().int().min(0).max(9), signature: signatureSchema }), done),
  'bypass.withdraw': command('hold', z.strictObject({ bypass: idSchema, reason: words(500), signature: signatureSchema }), done),
  'bypass.restore': command('hold', z.strictObject({ bypass: idSchema, signature: signatureSchema }), done),
  'bypass.test': command('hold', z.strictObject({ bypass: idSchema, text: words(2_000), passed: z.boolean(), signature: signatureSchema }), done),
  'bypass.verify': command('hold', z.strictObject({ bypass: idSchema, signature: signatureSchema }), done),
  /** The cause of a trip (3.5), without which there is no reset; and how a reset past the gate came about. */
  'interlock.cause': command('hold', z.strictObject({ interlock: idSchema, text: words(2_000), signature: signatureSchema }), done),
  'interlock.account': command('hold', z.strictObject({ interlock: idSchema, text: words(2_000), signature: signatureSchema }), done),
  /** Corrective actions (H.1): opened with all five parts, the deadline moved once, closed with evidence by another person than the responsible one. */
  'action.open': command('hold', actionOutlineSchema.extend({ signature: signatureSchema }), z.strictObject({ action: idSchema })),
  'action.reschedule': command('hold', z.strictObject({ action: idSchema, dueMs: timeSchema, reason: actionReasonSchema, signature: signatureSchema }), done),
  'action.close': command('hold', z.strictObject({ action: idSchema, evidence: actionEvidenceSchema, signature: signatureSchema }), done),
  /**
   * Cause analysis (4.5.3): chains of why from a record of the incident to a root cause, factors, what answers each; concluded by an engineer
   * and a supervisor over every procedure that was used.
   */
  'analysis.open': command('hold', z.strictObject({ incident: idSchema, signature: signatureSchema }), done),
  'analysis.chain': command('hold', z.strictObject({ incident: idSchema, record: recordNumberSchema, problem: causeWordsSchema, signature: signatureSchema }), z.strictObject({ chain: idSchema })),
  'analysis.why': command('hold', z.strictObject({ incident: idSchema, chain: idSchema, text: causeWordsSchema, signature: signatureSchema }), done),
  'analysis.root': command('hold', z.strictObject({ incident: idSchema, chain: idSchema, text: causeWordsSchema, signature: signatureSchema }), done),
  'analysis.factor': command('hold', z.strictObject({ incident: idSchema, kind: factorKindSchema, text: causeWordsSchema, records: z.array(recordNumberSchema).max(FACTOR_RECORDS_MAX), /** The corrective action that answers it already. */ action: idSchema.optional(), signature: signatureSchema }), z.strictObject({ factor: idSchema })),
  /** Without an action: the reason why none is taken. */
  'analysis.answer': command('hold', z.strictObject({ incident: idSchema, cause: idSchema, action: idSchema.optional(), reason: causeWordsSchema, signature: signatureSchema }), done),
  'analysis.withdraw': command('hold', z.strictObject({ incident: idSchema, entry: idSchema, reason: causeWordsSchema, signature: signatureSchema }), done),
  'analysis.conclude': command('hold', z.strictObject({ incident: idSchema, text: conclusionWordsSchema, reviews: reviewsSchema, engineer: signatureSchema, supervisor: signatureSchema }), done),
  'analysis.reopen': command('hold', z.strictObject({ incident: idSchema, reason: causeWordsSchema, signature: signatureSchema }), done),
  /** Documents, training and drills (3.1): done with evidence, signed by another person than the responsible one. */
  'followUp.open': command('hold', followUpOutlineSchema.extend({ signature: signatureSchema }), z.strictObject({ followUp: idSchema })),
  'followUp.done': command('hold', followUpEvidenceSchema.extend({ followUp: idSchema, signature: signatureSchema }), done),
  'followUp.withdraw': command('hold', z.strictObject({ followUp: idSchema, reason: causeWordsSchema, signature: signatureSchema }), done),
  'link.trust': command('hold', z.strictObject({ thumbprint: z.string().min(8).max(128), signature: signatureSchema }), done),
  // --- gated ---
  // The bypass register (3.3): each step signed by another person than the one before.
  'bypass.request': command('sustain', z.strictObject({
    /** `element`: one initiator of it; absent: the whole function. */
    interlock: idSchema, element: idSchema.optional(), workOrder: words(80).optional(), kind: z.enum(BYPASS_KINDS).optional(), reason: words(2_000), hazard: words(2_000), measures: z.array(measureSchema).min(1).max(10), limits: z.array(processLimitSchema).max(10).optional(),
    startMs: timeSchema.optional(), untilMs: timeSchema, signature: signatureSchema,
  }), z.strictObject({ bypass: idSchema })),
  'bypass.extend': command('sustain', z.strictObject({ bypass: idSchema, untilMs: timeSchema, reason: words(2_000), signature: signatureSchema }), done),
  'bypass.assess': command('sustain', z.strictObject({ bypass: idSchema, text: words(2_000), acceptable: z.boolean(), signature: signatureSchema }), done),
  'bypass.approve': command('sustain', z.strictObject({ bypass: idSchema, signature: signatureSchema }), done),
  'bypass.accept': command('sustain', z.strictObject({ bypass: idSchema, signature: signatureSchema }), done),
  /** Running on without being told. All or none: one that is refused refuses the page. Answered for by `signature`, else by who is logged on. */
  'alarm.shelve': command('sustain', z.strictObject({ alarms: z.array(idSchema).min(1).max(500), reason: words(500), forMs: z.number().int().min(1_000).max(8 * 3_600_000), signature: signatureSchema.optional() }), done),
  'alarm.outOfService': command('sustain', z.strictObject({ alarm: idSchema, permit: words(80), reason: words(500), signature: signatureSchema }), done),
  /** Lets a latched alarm go whose condition is gone. Answered for by `signature`, else by who is logged on. */
  'alarm.reset': command('return', z.strictObject({ alarms: z.array(idSchema).min(1).max(500), signature: signatureSchema.optional() }), done),
  /** 4.5.1, 4.5.2: a vacant post is taken; one that is held goes from hand to hand by both signatures. */
  'post.commander': command('intervene', z.strictObject({ signature: signatureSchema }), done),
  'post.watch': command('intervene', z.strictObject({ signature: signatureSchema }), done),
  'post.handOver': command('intervene', z.strictObject({ post: postSchema, from: signatureSchema, to: signatureSchema }), done),
  /** The holder cannot be reached: two others take it over. */
  'post.relieve': command('intervene', z.strictObject({ post: postSchema, reason: words(500), to: signatureSchema, second: signatureSchema }), done),
  'people.assess': command('intervene', z.strictObject({ zone: idSchema, stage: z.enum(['unclear', 'reconnaissance', 'handling']), assessment: words(2_000), signature: signatureSchema }), done),
  /** One person. Task and detector may be empty, so that the refusal can say what is missing; `confirmed`: ids of the zone's equipment. */
  'people.enter': command('intervene', z.strictObject({
    zone: idSchema, name: words(80), task: z.string().trim().max(200), part: words(120), gasDetector: z.string().trim().max(40), confirmed: z.array(idSchema).max(20), signature: signatureSchema,
  }), done),
  /** V.3: up to two hours by the plant; longer with the number of the dispatch centre's receipt (`report`). */
  'camera.outage': command('sustain', z.strictObject({ camera: idSchema, reason: words(500), fromMs: timeSchema, untilMs: timeSchema, report: z.string().trim().max(80), signature: signatureSchema }), z.strictObject({ outage: idSchema })),
  'interlock.reset': command('return', z.strictObject({ interlock: idSchema, signature: signatureSchema }), z.strictObject({ reset: z.boolean() })),
  /** People may go in and do this step of the handling. */
  'procedure.permit': command('intervene', z.strictObject({ instance: idSchema, step: idSchema, signature: signatureSchema }), done),
  /** A work permit (3.7); who signs approves it. */
  'permit.issue': command('intervene', permitRequestSchema.extend({ signature: signatureSchema }), done),
  'procedure.return': command('return', z.strictObject({ instance: idSchema, signature: signatureSchema }), z.strictObject({ closed: z.boolean() })),
  // --- training only (contract/training.ts); while an instructor is there, `instructor.*`, start, end, speed, freeze and key are the instructor's alone ---
  'training.start': command('none', training.startInput, done),
  'training.end': command('none', z.strictObject({}), done),
  'training.speed': command('none', z.strictObject({ speed: z.number().min(0.1).max(50) }), done),
  /** Turns the bypass key of a function in the simulated SIS cabinet. In OPERATION a hand does that. */
  'training.key': command('none', z.strictObject({ interlock: idSchema, on: z.boolean() }), done),
  'training.freeze': command('none', z.strictObject({ frozen: z.boolean() }), done),
  'training.join': command('none', z.strictObject({ post: training.trainingPostSchema }), done),
  'training.leave': command('none', z.strictObject({}), done),
  /** The board operator's hand on a device of the simulated DCS. */
  'training.order': command('none', training.orderInput, done),
  'training.devices': command('none', z.strictObject({}), training.devicesOutput),
  /** A sample is taken at the first asking; asked again after its turnaround, the value is there. */
  'training.laboratory': command('none', z.strictObject({ lab: idSchema }), training.laboratoryOutput),
  /** What somebody on the spot or at a camera sees now. */
  'training.look': command('none', z.strictObject({ observation: idSchema }), training.lookOutput),
  /** Crews in the field: who is where, and what they have told. */
  'training.crews': command('none', z.strictObject({}), training.crewsOutput),
  'training.hint': command('none', z.strictObject({}), training.hintOutput),
  'training.ahead': command('none', training.aheadInput, z.strictObject({ ahead: z.number().int() })),
  'training.aheadResult': command('none', z.strictObject({ ahead: z.number().int().min(0) }), training.aheadResultOutput),
  'training.aheadCancel': command('none', z.strictObject({ ahead: z.number().int().min(0) }), done),
  'training.debrief': command('none', training.debriefInput, training.debriefOutput),
  'training.records': command('none', z.strictObject({}), training.recordsOutput),
  'training.export': command('none', training.exportInput, training.exportOutput),
  'instructor.catalogue': command('none', z.strictObject({}), training.catalogueOutput),
  'instructor.step': command('none', training.stepInput, done),
  'instructor.runTo': command('none', training.runToInput, done),
  'instructor.runToAlarm': command('none', training.runToAlarmInput, done),
  'instructor.snapshot': command('none', z.strictObject({ name: words(64) }), training.snapshotOutput),
  'instructor.goBack': command('none', training.goBackInput, done),
  'instructor.tree': command('none', z.strictObject({}), training.treeOutput),
  /** Goes on with a run of an earlier process; not while an exercise runs. */
  'instructor.takeUp': command('none', training.takeUpInput, done),
  'instructor.overlay': command('none', training.overlayInput, training.overlayOutput),
  'instructor.inject': command('none', training.injectInput, done),
  'instructor.clear': command('none', training.clearInput, done),
  'instructor.deceive': command('none', training.deceiveInput, done),
  'instructor.field': command('none', training.fieldInput, done),
  'instructor.people': command('none', training.peopleInput, done),
  'instructor.device': command('none', training.deviceInput, done),
  'instructor.upsets': command('none', z.strictObject({}), training.upsetsOutput),
  'instructor.comms': command('none', training.commsInput, done),
  'instructor.observe': command('none', training.observeInput, done),
  'instructor.note': command('none', z.strictObject({ text: words(500) }), done),
  'instructor.truth': command('none', z.strictObject({}), training.truthOutput),
  'instructor.score': command('none', z.strictObject({}), training.scoreOutput),
  /** H.2: the instructor's signed word on what one person has shown; who took part signs for nobody. */
  'instructor.assess': command('none', training.assessInput.extend({ signature: signatureSchema }), done),
} as const;

export type CommandName = keyof typeof COMMANDS;
export type CommandInput<N extends CommandName> = z.infer<(typeof COMMANDS)[N]['input']>;
export type CommandOutput<N extends CommandName> = z.infer<(typeof COMMANDS)[N]['output']>;
