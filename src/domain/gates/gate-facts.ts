/**
 * What a gate looks at: nothing but the operation and these facts. Gathered by the station from its state and the plant
 * (src/domain/station/gates/). A part that is `null` says that the operation is not about such a thing; a list holds what
 * stands in the way, and is empty when that was looked at and nothing does.
 */
import type { Role } from '../../contract/refusal.ts';
import type { Text } from '../../contract/text.ts';
import type { InterlockObstacle } from '../interlocks/interlocks.ts';
import type { ZoneStage, ZoneState } from '../people/people.ts';
import type { Place } from '../procedures/places.ts';

/** A person, as the accounts know them. */
export interface Person {
  readonly user: string;
  readonly roles: readonly Role[];
}

/** What is known of one person's going in. */
export interface EntryFacts {
  readonly zone: Text;
  readonly stage: ZoneStage;
  /** People in the zone after it; null = not known. */
  readonly countAfter: number | null;
  readonly limit: number | null;
  /** 4.2.2: nobody without a task of their own. */
  readonly hasTask: boolean;
  /** 4.2.3: somebody who is at another job at the same part. */
  readonly samePart: { readonly name: string; readonly part: string } | null;
  /** 4.3.4: items that the zone demands and that were not confirmed by name. */
  readonly protectionMissing: readonly Text[];
  /** 4.2.1: a gas detector is carried, by its number. */
  readonly hasGasDetector: boolean;
}

/** Why a work permit does not carry the step (3.7). */
export const PERMIT_OBSTACLES = ['missing', 'not-yet', 'expired', 'closed', 'other-zone', 'own-approval'] as const;
export type PermitObstacle = (typeof PERMIT_OBSTACLES)[number];

/** What speaks against work under pressure: 4.4.2 what must be there, 4.4.3 where it is never done. */
export const PRESSURE_OBSTACLES = ['not-necessary', 'no-survey', 'no-plan', 'hazardous-medium', 'no-thickness', 'thin', 'cracks', 'weak', 'no-safeguards'] as const;
export type PressureObstacle = (typeof PRESSURE_OBSTACLES)[number];

/** What an alarm is, where it is to be hidden or let go (3.6). */
export const ALARM_OBSTACLES = ['always-visible', 'named', 'shelved', 'out-of-service', 'unknown', 'still-raised', 'no-link', 'unanswered', 'no-cause', 'not-confirmed'] as const;
export type AlarmObstacle = (typeof ALARM_OBSTACLES)[number];

export interface GateFacts {
  /** An abnormal condition is being handled (or the operation is part of handling one). In normal running nobody commands an incident. */
  readonly abnormal: boolean;
  /** Interlocks that bear on the operation and stand in its way. */
  readonly interlocks: readonly { readonly id: string; readonly obstacle: InterlockObstacle }[];
  /** Interlocks that still act, with fewer good channels than they were built with. */
  readonly degraded: readonly { readonly id: string; readonly voting: string }[];
  /** Trip conditions and conditions of return that are not shown false (or true) by tags. */
  readonly unmet: readonly { readonly text: Text; readonly state: 'false' | 'unknown' }[];
  /** Where the procedure concerned stands; null when the operation concerns none. */
  readonly place: Place | null;
  readonly causeFound: boolean;
  readonly safeProved: boolean;
  /** The station was restarted while the procedure ran. */
  readonly held: boolean;
  readonly commander: { readonly user: string; readonly name: string } | null;
  readonly watch: { readonly user: string; readonly name: string } | null;
  /** The operation is an order to people in the field: it is the commander's (4.5.1). */
  readonly isOrder: boolean;
  /** A post is to be taken: who holds it, and whether the taker holds the other one. */
  readonly post: { readonly title: Text; readonly heldBy: string | null; readonly holdsOther: boolean } | null;
  readonly zones: readonly { readonly id: string; readonly title: Text; readonly stage: ZoneStage; readonly state: ZoneState; readonly count: number | null; readonly limit: number | null }[];
  readonly entry: EntryFacts | null;
  /** Zones of the work that no camera shows (V.1), with why. */
  readonly unseen: readonly { readonly zone: Text; readonly why: Text }[];
  /** Zones that an evacuation has begun to clear and that are not shown empty by two sources. */
  readonly notCleared: readonly Text[];
  /** Proofs of safe work (4.3.3) that an earlier step gave and that do not hold now. */
  readonly lapsed: readonly Text[];
  /** Cautions of the step that nobody has acknowledged. */
  readonly unread: number;
  /** The work permit that the step needs (3.7), and why there is none that carries it; null = it needs none, or has one. */
  readonly permit: { readonly kind: Text; readonly obstacle: PermitObstacle; readonly number: string | null } | null;
  /** Work under pressure is asked for, and this speaks against it. */
  readonly pressure: readonly PressureObstacle[];
  /** What is to stand in for a blind and never does (4.4.1). */
  readonly standIns: readonly Text[];
  /** A key step: was it shown to the camera and acknowledged by the watching post (V.2)? null = not a key step. */
  readonly witness: 'acknowledged' | 'missing' | 'not-the-watch' | null;
  /** A camera is to be out: for longer than the plant may approve by itself, and not reported (V.3). */
  readonly outageUnreported: boolean;
  /** Prohibitions of the procedures concerned that are being broken now. */
  readonly violated: readonly { readonly clause: string; readonly text: Text }[];
  /** An abnormal condition that no procedure answers is active. */
  readonly noProcedure: boolean;
  readonly linkGood: boolean;
  /** A new bypass (or more time for one) is asked for: what is going on in the plant, and which other bypass guards the same hazard. */
  readonly bypass: { readonly upset: Text | null; readonly sameHazard: readonly { readonly interlock: string; readonly hazard: Text }[] } | null;
  /** An alarm is to be hidden or let go, and this stands in the way. */
  readonly alarm: readonly AlarmObstacle[];
  /** Somebody answers for it: signed, or logged on at this console and not locked. */
  readonly identified: boolean;
  /** Who signs, where the operation is being done rather than only shown. */
  readonly signer: Person | null;
  /** Roles one of which must sign by the standing authority matrix; empty = any; null = the matrix says nothing that is valid now. */
  readonly signerRoles: readonly Role[] | null;
  /** Users to whom the matrix restricts it; null = everybody of those roles. */
  readonly signerPeople: readonly string[] | null;
  /** People who have already signed in another part that must be another person's. */
  readonly mustDifferFrom: readonly { readonly user: string; readonly part: Text }[];
}

/** Nothing known: every gate but retreat refuses on this. */
export const NO_FACTS: GateFacts = {
  abnormal: true, interlocks: [], degraded: [], unmet: [], place: null, causeFound: false, safeProved: false, held: false, commander: null, watch: null, isOrder: false, post: null,
  zones: [], entry: null, unseen: [], notCleared: [], lapsed: [], unread: 0, permit: null, pressure: [], standIns: [], witness: null, outageUnreported: false,
  violated: [], noProcedure: false, linkGood: false, bypass: null, alarm: [], identified: true, signer: null, signerRoles: [], signerPeople: null, mustDifferFrom: [],
};

/** What is asked of the one who goes in, met: for questions about a zone or a step rather than about a person. */
export const NO_ENTRANT = { hasTask: true, samePart: null, protectionMissing: [], hasGasDetector: true } as const;
