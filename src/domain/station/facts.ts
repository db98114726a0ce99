/**
 * Everything that can happen, as it stands in the journal. State is the fold of these facts and of nothing else, so a
 * journal replays to the same state (property test and start-up check).
 *
 * A fact tells what was decided, never what should be: whoever evolves state from facts asks no clock and no plant.
 */
import type { AlarmClass } from '../packs/schema.ts';
import type { OutboxState } from '../platform/outbox-state.ts';
import type { SourceClock } from '../alarms/first-out.ts';
import type { Isolation, PressureWork, WorkPermitKind } from '../../contract/work-permits.ts';
import type { JsonValue } from '../journal/canonical-json.ts';
import type { Place } from '../procedures/places.ts';
import type { CourseEvent } from '../procedures/course-events.ts';
import type { FactorKind, IncidentSpan, ProcedureReview, RecordRef } from '../incidents/cause-analysis.ts';
import type { FollowUpEvidence, FollowUpOutline } from '../incidents/follow-ups.ts';
import type { ConditionState } from '../conditions/engine.ts';
import type { BypassKind, Measure, ProcessLimit } from '../interlocks/bypass.ts';
import type { ChannelState } from '../interlocks/channels.ts';
import type { InterlockState } from '../interlocks/interlocks.ts';
import type { Somebody } from '../handover/shift.ts';
import type { PostName } from '../authority/posts.ts';
import type { TripSign } from '../interlocks/trips.ts';
import type { ZoneStage, ZoneState } from '../people/people.ts';
import type { CameraState } from '../people/cameras.ts';
import type { CameraPart } from '../people/zone-tags.ts';
import type { CompetenceRecord } from '../../contract/drill.ts';
import type { ScoredExercise } from '../drills/competence.ts';
import type { Text } from '../../contract/text.ts';
import type { Obstacle, Direction, Role } from '../../contract/refusal.ts';
import type { SampleValue } from '../samples/sample.ts';

/** What a fact about an alarm says of it, when there may be no record of it yet. */
interface AlarmHead { id: string; priority: 1 | 2 | 3 | 4; class: AlarmClass; latching: boolean; group: string | null }

export interface FactMap {
  'station.started': { version: string; mode: 'OPERATION' | 'TRAINING'; plant: string; restarted: boolean };
  'station.stopped': Record<string, never>;
  /**
   * The rules, procedures and clauses that the station runs by, as JSON text (`RecordedPack`) in parts; written at a start when they are
   * not those that the journal holds already. So a report needs nothing but the journal. `hash`: SHA-256 of the whole text.
   */
  'pack.recorded': { hash: string; part: number; of: number; text: string };
  'clock.stepped': { byMs: number };
  'link.changed': { phase: string; reason: string | null };
  'data.gap': { fromMs: number; toMs: number; reason: string };
  'condition.changed': { id: string; state: ConditionState; sourceMs: number; input: string | null; value: SampleValue; limit: number | null };
  /** Optional parts are those that a journal from before the orthogonal states does not have. */
  'alarm.raised': {
    id: string; priority: 1 | 2 | 3 | 4; sourceMs: number; group: string | null; input: string | null; value: SampleValue; limit: number | null;
    /** Certainly the first of its group, as far as was known at this moment; `alarm.first-out` corrects it. */
    firstOut: boolean;
    possiblyFirst?: boolean; uncertaintyMs?: number; clock?: SourceClock; withinMs?: number;
    class?: AlarmClass; latching?: boolean; onsetMs?: number; respondByMs?: number | null; answerByMs?: number; reAlarmMs?: number | null;
    /** Raised while shelved, suppressed or out of service: recorded, not put before the operator. */
    hidden?: true;
  };
  /** Still active after its re-alarm time: sounds and counts again. */
  'alarm.raised-again': { id: string; answerByMs: number };
  'alarm.returned': { id: string };
  'alarm.acknowledged': { id: string; inTime?: boolean; afterMs?: number };
  /** Nobody answered it in time (3.6). */
  'alarm.overdue': { id: string };
  /** A value that came late began earlier: who was first in the group, as far as the clocks tell. */
  'alarm.first-out': { group: string; first: string | null; possible: readonly string[]; uncertaintyMs: number };
  'alarm.shelved': AlarmHead & { untilMs: number; reason: string };
  'alarm.unshelved': { id: string; because: 'time' | 'person' | 'procedure' | 'class' | 'exercise' };
  'alarm.suppressed': AlarmHead & { while: readonly string[] };
  'alarm.unsuppressed': { id: string };
  'alarm.out-of-service': AlarmHead & { permit: string; reason: string };
  'alarm.in-service': { id: string; because: 'person' | 'class' };
  'alarm.reset': { id: string };
  /** 3.6, gas and fire: the two signed words without which there is no reset. */
  'alarm.cause': { id: string; text: string };
  'alarm.confirmed-on-site': { id: string; text: string };
  /** Only in journals from before the orthogonal states. */
  'alarm.cleared': { id: string };
  'flood.began': { raised: number };
  'flood.ended': { raised: number };
  /** Clock of the OPC UA server less the station's, as measured. */
  'link.skewed': { skewMs: number | null };
  'no-procedure.raised': { because: readonly string[] };
  'no-procedure.cleared': Record<string, never>;
  'procedure.raised': { instance: string; procedure: string; version: number; sourceHash: string; because: readonly string[]; /** Raised by a person, and why. */ reason?: string };
  'procedure.because': { instance: string; because: readonly string[] };
  'procedure.moved': { instance: string; event: CourseEvent; place: Place };
  /** A simulated plant was put back: the course that it belonged to is over, wherever it stood. */
  'procedure.ended': { instance: string; because: 'exercise-began' | 'exercise-ended' | 'led-back' };
  'prohibition.changed': { instance: string; id: string; clause: string; state: 'kept' | 'violated' | 'unknown' };
  'interlock.changed': { id: string; state: InterlockState; approved: boolean };
  /** Forced inputs (null = not known) and how many channels are left to vote with. */
  'interlock.inputs': { id: string; forced: boolean | null; channels: ChannelState; voting: string | null };
  /** Its trip tag came on; which trip conditions came first, as far as was known then. */
  'interlock.tripped': { id: string; first: readonly TripSign[] };
  'interlock.first-out': { id: string; first: readonly TripSign[] };
  /** Its trip tag went off after a reset that was granted. */
  'interlock.released': { id: string };
  /** Its trip tag went off without one (3.5), and this was missing. */
  'interlock.forced-reset': { id: string; missing: readonly Text[] };
  'interlock.cause': { interlock: string; text: string };
  /** An engineer answers for a forced reset. */
  'interlock.accounted': { interlock: string; text: string };
  'people.changed': { zone: string; count: number | null; limit: number | null; state: ZoneState };
  'people.staged': { zone: string; stage: ZoneStage; assessment: string };
  /** Optional parts are those that a journal from before them does not have; `protection` is what such a one has instead. */
  'people.entered': { zone: string; entry: string; name: string; task: string; protection?: string; part?: string; gasDetector?: string; confirmed?: readonly string[] };
  'people.left': { zone: string; entry: string };
  /** Positioning and signed entries began, or ceased, to say different numbers while the zone is concerned. */
  'people.differing': { zone: string; differ: boolean; byTag: number | null; byNames: number };
  /** An evacuation was ordered, or a step of a procedure began one (`because`): these zones are to be shown empty. */
  'roll-call.opened': { zones: readonly string[]; because: string };
  /** A person called the roll of a zone. `empty: false` voids what was signed before. */
  'roll-call.signed': { zone: string; empty: boolean; note: string; name: string };
  /** Shown empty by two sources, or not any more; `voided`: somebody is inside after all, signatures no longer count. */
  'roll-call.zone': { zone: string; cleared: boolean; voided: boolean };
  'roll-call.ended': Record<string, never>;
  'camera.changed': { camera: string; zone: string; state: CameraState; parts: readonly CameraPart[] };
  'camera.outage': { outage: string; camera: string; reason: string; fromMs: number; untilMs: number; report: string };
  'camera.restored': { outage: string; camera: string };
  /** `from`: handed over by this holder, who signed too. With `relieved` the holder could not be reached: `reason`, and `second`, who signed beside the taker. */
  'post.taken': { post: PostName; user: string; name: string; from?: Somebody; relieved?: true; second?: Somebody; reason?: string };
  /** Both signed. `items` are all that stood open. `instead`: another stood in the record as having the shift. */
  'shift.handed-over': { from: Somebody; to: Somebody; items: readonly { readonly id: string; readonly text: Text }[]; notes: string; instead?: Somebody };
  /** Optional parts, and measures that are words alone, are of journals from before measures were watched. */
  'bypass.requested': { bypass: string; interlock: string; reason: string; hazard: string; measures: readonly (string | Measure)[]; untilMs: number; startMs?: number; kind?: BypassKind; limits?: readonly ProcessLimit[]; /** One initiator; absent: the whole function. */ element?: string; workOrder?: string };
  /** `extension`: it is about the time that was asked for in addition. */
  'bypass.assessed': { bypass: string; text: string; acceptable: boolean; extension?: true };
  /** `of`: so many people must approve it. */
  'bypass.approved': { bypass: string; extension?: true; of?: number };
  'bypass.rejected': { bypass: string; reason: string; extension?: true };
  'bypass.accepted': { bypass: string };
  /** Its owner has made the round of a measure. */
  'bypass.walked': { bypass: string; measure: number };
  'bypass.extension-requested': { bypass: string; untilMs: number; reason: string };
  /** The tag shows the bypass that was accepted. */
  'bypass.seen': { bypass: string };
  /** Tags of measures and limits that cannot be shown to hold; empty = all can. */
  'bypass.watched': { bypass: string; unknown: readonly string[] };
  /** A measure was lost, a limit was left or a round was missed: its approval is gone for good. */
  'bypass.lapsed': { bypass: string; reason: Text };
  'bypass.expired': { bypass: string };
  /** While it was in use: an abnormal condition arose, or a function against the same hazard tripped. */
  'bypass.event': { bypass: string; condition: string } | { bypass: string; interlock: string };
  'bypass.restored': { bypass: string };
  'bypass.tested': { bypass: string; text: string; passed: boolean };
  /** By another person than the tester; closes the entry. */
  'bypass.verified': { bypass: string };
  'bypass.withdrawn': { bypass: string; reason: string };
  /** Only in journals from before restoring was tested and verified. */
  'bypass.closed': { bypass: string };
  /** Approved by who signs it; `approver` is their name. */
  'permit.issued': { number: string; kind: WorkPermitKind; scope: string; zone: string; holder: string; approver: string; fromMs: number; untilMs: number; isolation: readonly Isolation[]; pressure?: PressureWork };
  'permit.closed': { permit: string; reason: string };
  'permit.expired': { permit: string };
  'lab.entered': { lab: string; value: number; sampledMs: number };
  'seen.reported': { observation: string; present: boolean; note: string };
  'retreat.stop': { actedOn: 'simulator' | 'people' };
  'retreat.evacuate': { actedOn: 'simulator' | 'people' };
  'effect.failed': { effect: string; reason: string };
  /** One of the two different people whose approval a reset needs (3.5). */
  'interlock.reset-approved': { interlock: string; role: Role };
  'interlock.reset': { interlock: string };
  /** `asked`: the request, in an exercise; of signatures the names. */
  'refused': { operation: string; direction: Direction; obstacles: readonly Obstacle[]; asked?: { command: string; input: JsonValue } };
  'incident.opened': { incident: string; firstCondition: string | null };
  'incident.closed': { incident: string };
  /** The samples around an incident are kept for good from here on: rows `block - blocks + 1` to `block` of the recorder's chain, and what `hash` vouches for. */
  'recording.began': { incident: string; block: number; hash: string; fromMs: number; toMs: number; blocks: number; samples: number; tags: number; bytes: number };
  /** Where the recorder's chain stands, each minute: so the journal vouches for the samples. */
  'recording.marked': { incident: string; block: number; hash: string; fromMs: number; toMs: number; blocks: number; samples: number };
  'recording.ended': { incident: string; block: number; hash: string; fromMs: number; toMs: number; blocks: number; samples: number; tags: number; bytes: number };
  /** First fact of a journal that `replay --incident` made of a recorded trace: nobody was there. */
  'trace.reconstructed': { file: string; sha256: string; bytes: number; version: string; plant: string };
  /** The trace ended; `incident`: the one that was open then, and stays so. */
  'trace.ended': { samples: number; incident: string | null };
  /** Corrective actions (H.1): the five parts, the one change of the deadline, the evidence at closing. */
  'action.opened': { action: string; incident: string | null; measure: string; responsible: string; funding: string; dueMs: number; contingency: string; procedures: readonly string[] };
  'action.rescheduled': { action: string; dueMs: number; reason: string };
  'action.closed': { action: string; evidence: string };
  /**
   * Cause analysis (4.5.3). `owed`: the incident closed, and its analysis is due; `opened`: by hand. Ids within one analysis: chain `C1`, its
   * whys `C1.1`, its root causes `C1.R1`, factors `F1`. Events and evidence are records of the journal, with their words.
   */
  'analysis.opened': IncidentSpan;
  'analysis.owed': IncidentSpan;
  'analysis.chain': { incident: string; chain: string; event: RecordRef; problem: string };
  'analysis.why': { incident: string; chain: string; why: string; text: string };
  'analysis.root': { incident: string; chain: string; root: string; text: string };
  'analysis.factor': { incident: string; factor: string; kind: FactorKind; text: string; evidence: readonly RecordRef[] };
  /** What is done about a root cause or a factor: a corrective action, or (`action` null) the reason why nothing is. */
  'analysis.answered': { incident: string; cause: string; action: string | null; reason: string };
  'analysis.withdrawn': { incident: string; entry: string; reason: string };
  /** Signed by two different people; `by` is the engineer. */
  'analysis.concluded': { incident: string; supervisor: string; text: string; reviews: readonly ProcedureReview[] };
  'analysis.reopened': { incident: string; reason: string; dueMs: number };
  /** Documents, training and drills (3.1). */
  'follow-up.opened': FollowUpOutline & { followUp: string };
  'follow-up.done': FollowUpEvidence & { followUp: string };
  'follow-up.withdrawn': { followUp: string; reason: string };
  /** A report of an incident was made: which records it rests on, and the hash of each file. */
  'report.made': { report: string; incident: string; toRecord: number; redacted: boolean; files: readonly { readonly name: string; readonly sha256: string }[] };
  /** `plant`: in which start and by which seed the simulated plant was begun, and how long it had run, s; left out by older versions. */
  'training.started': { scenario: string; plant?: { start: string; seed: number; ranS: number } };
  'training.ended': Record<string, never>;
  /** Another course: these conditions were raised, and this was said by people, of a plant that stands there no longer. They begin anew. */
  'training.forgot': { because: 'exercise-began' | 'exercise-ended' | 'led-back'; conditions: readonly string[]; observations: readonly string[]; labs: readonly string[] };
  /**
   * The plant stands at an earlier moment, or at one of another branch: `toS` and `fromS` s of plant time since the exercise began; `toMs` the same moment as it was lived, `fromMs` when the plant was put back, on the station's clock. What was recorded after it, and
   * before this, is of a course that was left. `standing`: the parts of the state of that moment, as JSON; null = they are not known any more, and what stood has ended.
   */
  'training.led-back': { fromS: number; toS: number; fromMs: number; toMs: number; standing: string | null };
  'training.instructed': { command: string };
  /** Who stands where in an exercise, from its beginning on; null = left the post. `by` is the person. */
  'training.posted': { name: string; post: string | null };
  /** The instructor pinned a note to the time line; seconds of plant time since the exercise began. */
  'training.noted': { exercise: string; atS: number; text: string };
  /** A trainee asked for help. It costs (see the score). */
  'training.hinted': { exercise: string; hint: Text };
  /** An exercise has ended: the whole score, who took part, and by which file the simulator's truth is kept (null = it is not). */
  'training.scored': ScoredExercise;
  /** H.2: what one person has shown, and until when it counts. `by` is the instructor. */
  'competence.recorded': { record: CompetenceRecord };
  'link.trusted': { thumbprint: string };
  /** From here on incidents are handed on to a platform under this station's name (D.2); null = no longer. */
  'platform.configured': { station: string | null; names: boolean };
  /** The platform has given its receipt for all messages up to this one. `outbox`: what the next message depends on, so that a restart reads on from `toRecord`. */
  'platform.delivered': { station: string; seq: number; toRecord: number; messages: number; sha256: string; receipt: string | null; outbox: OutboxState };
  /** The platform has lost messages that it gave receipts for and asks for them again, from `seq` on. */
  'platform.rewound': { station: string; seq: number; toRecord: number; outbox: OutboxState };
  /** The platform holds another content under this number: nothing more is sent until people have settled it. */
  'platform.conflict': { station: string; seq: number; sha256: string };
  /** Somebody has shown their secret at a console. `replaces`: who was logged on there until then (change of shift). */
  'session.logged-on': { user: string; name: string; replaces: string | null };
  /** The same page after its connection was lost. `tookOver`: another console that was still there had the log-on. */
  'session.resumed': { user: string; tookOver: boolean };
  /** `account`: its secret was changed, or it is disabled or gone. `shift`: it had lasted a whole shift. `room`: too many log-ons, the stalest goes. */
  'session.logged-off': { user: string; because: 'person' | 'shift' | 'account' | 'room' };
  'session.locked': { user: string };
  'secret.changed': { user: string };
  /** Somebody was not let in: what was asked for, why not, how often. Never a secret, never what else was sent. `user`: only the name of an account. */
  'access.refused': { command: string | null; code: string; user?: string; count: number };
}

export type FactType = keyof FactMap;
export type Fact = { [T in FactType]: { readonly type: T; readonly atMs: number; /** The person who did or signed it; null = the product. */ readonly by: string | null; readonly role?: Role; readonly data: FactMap[T] } }[FactType];

/** Makes a fact; the type of `data` follows from the name. */
export function fact<T extends FactType>(type: T, atMs: number, by: string | null, data: FactMap[T], role?: Role): Fact {
  return (role === undefined ? { type, atMs, by, data } : { type, atMs, by, role, data }) as Fact;
}
