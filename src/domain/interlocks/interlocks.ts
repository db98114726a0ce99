/**
 * Interlocks (SIS functions) and the register of bypasses.
 *
 * Decides what an interlock's state is, from its own tags, and whether a bypass is approved: assessed by one person,
 * approved by another, and not expired (clause 3.3). Unknown counts as bypassed.
 */
import type { Truth } from '../conditions/truth.ts';
import { TRUE, UNKNOWN } from '../conditions/truth.ts';

export type InterlockState = 'armed' | 'tripped' | 'bypassed' | 'faulted' | 'unknown';

/** What the three tags of a function say. */
export interface InterlockTags {
  readonly trip: Truth;
  readonly bypass: Truth;
  readonly fault: Truth;
}

/**
 * The state from the tags. A bypass that is seen outweighs everything, even tags that are not known; a tag that is not
 * known outweighs everything that is; a function that is not plainly armed is not armed.
 */
export function interlockState(tags: InterlockTags): InterlockState {
  if (tags.bypass === TRUE) return 'bypassed';
  if (tags.bypass === UNKNOWN || tags.fault === UNKNOWN || tags.trip === UNKNOWN) return 'unknown';
  if (tags.fault === TRUE) return 'faulted';
  return tags.trip === TRUE ? 'tripped' : 'armed';
}

// The register lives in bypass.ts, and what it and the tags say together in interlock-standing.ts. What follows here is the register as it
// was before measures were watched and bypasses accepted; nothing of the product asks it any more.

export type BypassPhase = 'requested' | 'assessed' | 'approved' | 'rejected' | 'expired' | 'closed';

export interface Bypass {
  readonly id: string;
  readonly interlock: string;
  readonly phase: BypassPhase;
  readonly reason: string;
  readonly hazard: string;
  readonly measures: readonly string[];
  readonly requestedBy: string;
  readonly requestedMs: number;
  readonly assessment: { readonly text: string; readonly by: string; readonly atMs: number } | null;
  readonly approval: { readonly by: string; readonly atMs: number } | null;
  readonly untilMs: number;
}

/** Phases in which a bypass still asks for something to be done. */
export const OPEN_PHASES: readonly BypassPhase[] = ['requested', 'assessed', 'approved', 'expired'];

/** 3.3: an approval counts while it is assessed, approved by somebody else than the assessor and the requester, and not over. */
export function isBypassApproved(bypass: Bypass, nowMs: number): boolean {
  return (
    bypass.phase === 'approved' &&
    bypass.assessment !== null &&
    bypass.approval !== null &&
    bypass.approval.by !== bypass.assessment.by &&
    bypass.approval.by !== bypass.requestedBy &&
    nowMs < bypass.untilMs
  );
}

/** The register's entry that speaks for an interlock: the newest that is not closed or rejected. */
export function openBypassOf(register: readonly Bypass[], interlock: string): Bypass | null {
  return register.filter((bypass) => bypass.interlock === interlock && OPEN_PHASES.includes(bypass.phase)).at(-1) ?? null;
}

/** Why a linked interlock stands in the way, or null when it does not. Armed and tripped do not: both protect. */
export const INTERLOCK_OBSTACLES = ['unknown', 'faulted', 'forced', 'no-entry', 'not-assessed', 'not-approved', 'not-accepted', 'not-yet', 'expired', 'lapsed', 'measure-unknown', 'no-tag', 'not-tested', 'forced-reset'] as const;
export type InterlockObstacle = (typeof INTERLOCK_OBSTACLES)[number];

export function interlockObstacle(state: InterlockState, bypass: Bypass | null, nowMs: number): InterlockObstacle | null {
  switch (state) {
    case 'armed': case 'tripped': return null;
    case 'unknown': return 'unknown';
    case 'faulted': return 'faulted';
    case 'bypassed':
      if (bypass === null) return 'no-entry';
      if (isBypassApproved(bypass, nowMs)) return null;
      if (bypass.phase === 'expired' || (bypass.phase === 'approved' && nowMs >= bypass.untilMs)) return 'expired';
      return bypass.assessment === null ? 'not-assessed' : 'not-approved';
  }
}
