/** What the station knows and has decided: the fold of all facts. Plain data; two equal journals give two equal states. */
import type { Alarm } from '../alarms/alarms.ts';
import type { Episode } from '../alarms/first-out.ts';
import { NO_RAISES } from '../alarms/flood.ts';
import type { RaiseLog } from '../alarms/flood.ts';
import { IdMap } from '../alarms/id-map.ts';
import type { ConditionState } from '../conditions/engine.ts';
import type { HandOver, Shift } from '../handover/shift.ts';
import { NO_AFTERMATH } from '../incidents/aftermath.ts';
import type { Aftermath } from '../incidents/aftermath.ts';
import { NO_ACTIONS } from '../incidents/corrective-actions.ts';
import type { ActionRegister } from '../incidents/corrective-actions.ts';
import { NO_COMPETENCE } from '../drills/competence.ts';
import type { CompetenceRegister } from '../drills/competence.ts';
import type { BypassEntry } from '../interlocks/bypass.ts';
import type { ChannelState } from '../interlocks/channels.ts';
import type { InterlockState } from '../interlocks/interlocks.ts';
import type { Trip } from '../interlocks/trips.ts';
import { NOTHING_HANDED_ON } from '../platform/handed-on.ts';
import type { HandedOn } from '../platform/handed-on.ts';
import type { WorkPermit } from '../permits/work-permits.ts';
import type { EvidenceEntry } from '../proof/register.ts';
import type { Entry, ZoneStage, ZoneState } from '../people/people.ts';
import type { CameraRecord } from '../people/cameras.ts';
import type { Outage } from '../people/outages.ts';
import type { RollCall } from '../people/roll-call.ts';
import type { CourseState } from '../procedures/machine.ts';
import type { Role } from '../../contract/refusal.ts';
import type { SampleValue } from '../samples/sample.ts';

export interface ConditionRecord {
  readonly id: string;
  readonly state: ConditionState;
  /** Raised, or raised before it became unknown. */
  readonly held: boolean;
  readonly onsetMs: number;
  readonly sourceMs: number;
  readonly input: string | null;
  readonly value: SampleValue;
}

export interface ProcedureRun {
  readonly instance: string;
  readonly procedure: string;
  readonly version: number;
  readonly sourceHash: string;
  readonly because: readonly { readonly condition: string; readonly atMs: number }[];
  readonly course: CourseState;
  readonly prohibitions: Readonly<Record<string, 'kept' | 'violated' | 'unknown'>>;
}

export interface ZoneRecord {
  readonly stage: ZoneStage;
  readonly entries: readonly Entry[];
  readonly count: number | null;
  readonly limit: number | null;
  readonly state: ZoneState;
  /** Since when positioning and signed entries say different numbers; null = they do not. */
  readonly differsSinceMs: number | null;
}

export interface Post {
  readonly user: string;
  readonly name: string;
  readonly sinceMs: number;
}

export type AlarmChange = 'raised' | 'raisedAgain' | 'returned' | 'acknowledged' | 'cleared' | 'overdue' | 'firstOut' | 'shelved' | 'unshelved' | 'suppressed' | 'unsuppressed' | 'outOfService' | 'inService' | 'reset' | 'cause' | 'confirmed';

export interface AlarmHistoryEntry {
  readonly atMs: number;
  readonly id: string;
  readonly priority: 1 | 2 | 3 | 4;
  readonly change: AlarmChange;
  readonly by: string | null;
}

export interface StationState {
  /** Thousands change hundreds of times a second: putting one must not copy all. */
  readonly conditions: IdMap<ConditionRecord>;
  readonly alarms: IdMap<Alarm>;
  /** Groups of which an alarm is active: who began it. */
  readonly episodes: IdMap<Episode>;
  /** Newest first, bounded. */
  readonly alarmHistory: readonly AlarmHistoryEntry[];
  readonly raises: RaiseLog;
  readonly flood: { readonly sinceMs: number; readonly raised: number } | null;
  /** Procedures that are not closed, in the order in which they were raised. */
  readonly runs: readonly ProcedureRun[];
  readonly closedRuns: number;
  readonly noProcedure: readonly string[] | null;
  readonly interlocks: Readonly<Record<string, { readonly state: InterlockState; readonly approved: boolean; readonly sinceMs: number }>>;
  /** Approvals of a reset that still waits for another person, by interlock. */
  readonly resets: Readonly<Record<string, readonly { readonly user: string; readonly role: Role; readonly atMs: number }[]>>;
  /** Forced inputs (null = not known) and voting, where they are not as they should be. */
  readonly interlockInputs: Readonly<Record<string, { readonly forced: boolean | null; readonly channels: ChannelState; readonly voting: string | null }>>;
  /** The last trip of each function. */
  readonly trips: Readonly<Record<string, Trip>>;
  /** When a reset was last granted, of whatever function: one button may let go of several. */
  readonly resetGrantedMs: number | null;
  /** When a simulated plant was last put back: its trips then end without anybody's reset. */
  readonly putBackMs: number | null;
  readonly bypasses: readonly BypassEntry[];
  readonly zones: Readonly<Record<string, ZoneRecord>>;
  /** The last evacuation's, until the incident is over. */
  readonly rollCall: RollCall | null;
  readonly cameras: Readonly<Record<string, CameraRecord>>;
  /** Approved outages of cameras, oldest first, bounded. */
  readonly outages: readonly Outage[];
  /** Work permits (3.7), in the order in which they were issued. */
  readonly permits: readonly WorkPermit[];
  /** Every record of evidence (4.3.3), the latest last. */
  readonly evidence: readonly EvidenceEntry[];
  readonly commander: Post | null;
  readonly watch: Post | null;
  /** Who has the shift, since the last hand-over; null = none was ever signed. */
  readonly shift: Shift | null;
  /** Newest first, bounded. */
  readonly handOvers: readonly HandOver[];
  readonly incident: { readonly id: string; readonly openedMs: number; readonly firstCondition: string | null } | null;
  readonly pastIncidents: readonly { readonly id: string; readonly openedMs: number; readonly closedMs: number }[];
  /** Corrective actions (H.1): what was promised after incidents. */
  readonly actions: ActionRegister;
  /** Cause analyses, follow-ups, and what was shown to be ready (4.5.3, 3.1). */
  readonly aftermath: Aftermath;
  readonly retreats: readonly { readonly kind: 'stop' | 'evacuate'; readonly atMs: number; readonly by: string; readonly actedOn: 'simulator' | 'people' }[];
  /** The last two results of each, oldest first: a confirmation (A4.2(5)) must survive a restart. */
  readonly labs: Readonly<Record<string, readonly { readonly value: number; readonly atMs: number }[]>>;
  readonly observations: Readonly<Record<string, { readonly present: boolean; readonly atMs: number }>>;
  readonly link: string;
  /** Server's clock less the station's; null = never measured. */
  readonly skewMs: number | null;
  readonly training: { readonly scenario: string; readonly startedMs: number } | null;
  /** Exercises that were scored, and what each person has shown in them (H.2). */
  readonly competence: CompetenceRegister;
  /** SHA-256 of the pack that the journal holds last; null = none was recorded. */
  readonly packHash: string | null;
  /** How far incidents have been handed on to a supervising platform (D.2). */
  readonly handedOn: HandedOn;
  readonly lastFactMs: number;
}

/** Longest lists that live in memory; the journal keeps everything. */
export const HISTORY_MAX = 200;

export const EMPTY_STATE: StationState = {
  conditions: IdMap.empty(), alarms: IdMap.empty(), episodes: IdMap.empty(), alarmHistory: [], raises: NO_RAISES, flood: null, runs: [], closedRuns: 0, noProcedure: null, interlocks: {}, resets: {}, interlockInputs: {}, trips: {}, resetGrantedMs: null, putBackMs: null, bypasses: [], permits: [], evidence: [], zones: {}, rollCall: null, cameras: {}, outages: [],
  commander: null, watch: null, shift: null, handOvers: [], incident: null, pastIncidents: [], actions: NO_ACTIONS, aftermath: NO_AFTERMATH, retreats: [], labs: {}, observations: {}, link: 'connecting', skewMs: null, training: null, competence: NO_COMPETENCE, packHash: null, handedOn: NOTHING_HANDED_ON, lastFactMs: 0,
};

export const EMPTY_ZONE: ZoneRecord = { stage: 'normal', entries: [], count: null, limit: null, state: 'within', differsSinceMs: null };
