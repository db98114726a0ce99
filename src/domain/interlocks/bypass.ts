/**
 * An entry of the bypass register (3.3; fields after IEC 61511-1 16.2.3 and 11.8): requested -> assessed -> approved by the level
 * that the criticality demands -> accepted at the post (active) -> restored -> function-tested -> verified (closed). Beside that
 * road: rejected, withdrawn, expired (its time is up), lapsed (a measure was lost or a limit was left: for good).
 *
 * Decides whether an entry carries a bypass that is seen on its tag, and what is overdue. Pure: entry and time in.
 */
import type { Text } from '../../contract/text.ts';
import type { InterlockObstacle } from './interlocks.ts';

export const BYPASS_PHASES = ['requested', 'assessed', 'approved', 'active', 'lapsed', 'expired', 'restored', 'tested', 'closed', 'rejected', 'withdrawn'] as const;
export type EntryPhase = (typeof BYPASS_PHASES)[number];

/** Phases in which an entry still asks for something to be done. */
export const OPEN_ENTRY_PHASES: readonly EntryPhase[] = ['requested', 'assessed', 'approved', 'active', 'lapsed', 'expired', 'restored', 'tested'];

export const BYPASS_KINDS = ['maintenance', 'process', 'start-up', 'proof-test', 'emergency'] as const;
export type BypassKind = (typeof BYPASS_KINDS)[number];

/** What a tag must show for a measure to hold. */
export type Watch =
  | { readonly tag: string; readonly is: string | boolean }
  | { readonly tag: string; readonly below: number }
  | { readonly tag: string; readonly above: number };

/** What stands in for the function meanwhile: watched on a tag, or walked by its owner. A journal from before that has the text alone. */
export interface Measure {
  readonly text: string;
  readonly owner: string;
  readonly watch?: Watch;
  /** Its owner signs a round at most so far apart. */
  readonly everyMs?: number;
}

/** The process may be run no wider than this while bypassed. */
export interface ProcessLimit { readonly tag: string; readonly low?: number | undefined; readonly high?: number | undefined }

export interface Signed { readonly by: string; readonly atMs: number }
export interface Assessment extends Signed { readonly text: string }

export interface Extension {
  readonly untilMs: number;
  readonly reason: string;
  readonly requestedBy: string;
  readonly requestedMs: number;
  readonly assessment: Assessment | null;
  readonly approvals: readonly Signed[];
}

/** An abnormal condition that arose, or a function that tripped, while it was in use. */
export type BypassEvent = { readonly condition: string; readonly atMs: number } | { readonly interlock: string; readonly atMs: number };

export interface BypassEntry {
  readonly id: string;
  readonly interlock: string;
  /** The one initiator that is bypassed; null = the whole function. Its bypass tag is the function's either way. */
  readonly element: string | null;
  readonly phase: EntryPhase;
  readonly kind: BypassKind;
  readonly reason: string;
  readonly hazard: string;
  /** Number of the work order that it is for; null = none was named. */
  readonly workOrder: string | null;
  readonly measures: readonly Measure[];
  readonly limits: readonly ProcessLimit[];
  readonly requestedBy: string;
  readonly requestedMs: number;
  readonly startMs: number;
  readonly untilMs: number;
  readonly assessment: Assessment | null;
  readonly approvals: readonly Signed[];
  readonly acceptance: Signed | null;
  /** Last round of each walked measure, by its place in `measures`. */
  readonly walks: Readonly<Record<number, Signed>>;
  /** Asked for and not yet approved: the old end holds until then. */
  readonly extension: Extension | null;
  readonly extensions: number;
  /** Tags of measures and limits that cannot be shown to hold now. */
  readonly unknown: readonly string[];
  /** The bypass tag was seen on since it was first accepted. */
  readonly seen: boolean;
  readonly lapse: { readonly atMs: number; readonly reason: Text } | null;
  readonly restoration: Signed | null;
  readonly test: (Assessment & { readonly passed: boolean }) | null;
  readonly verification: Signed | null;
  /** What happened meanwhile, bounded. */
  readonly events: readonly BypassEvent[];
}

/** A register entry and a tag that do not agree have so long to come together: the key is turned by hand. Engineering default. */
export const TAG_GRACE_MS = 10 * 60_000;
/** A restored function that is not tested after this is overdue. Engineering default: half a shift. */
export const TEST_DUE_MS = 4 * 3_600_000;
/** An entry's time may be lengthened so often, each time by no more than the maximum of its criticality. */
export const EXTENSIONS_MAX = 1;
/** Pre-warning when so much of the time is gone. */
export const PRE_WARNING = 0.8;

const openEntriesOf = (register: readonly BypassEntry[], interlock: string): BypassEntry[] => register.filter((entry) => entry.interlock === interlock && OPEN_ENTRY_PHASES.includes(entry.phase));

/** The entry that speaks for an interlock: the newest that still asks for something. */
export function openEntryOf(register: readonly BypassEntry[], interlock: string): BypassEntry | null {
  return openEntriesOf(register, interlock).at(-1) ?? null;
}

/** Why the register does not carry a bypass that is seen on its tag; null = it does. */
export function registerObstacle(entry: BypassEntry | null, nowMs: number): InterlockObstacle | null {
  if (entry === null) return 'no-entry';
  switch (entry.phase) {
    case 'closed': case 'rejected': case 'withdrawn': case 'tested': return 'no-entry';
    case 'requested': return 'not-assessed';
    case 'assessed': return 'not-approved';
    case 'lapsed': return 'lapsed';
    case 'expired': return 'expired';
    case 'approved': return nowMs >= entry.untilMs ? 'expired' : 'not-accepted';
    case 'active': return runningObstacle(entry, nowMs);
    case 'restored': return restoredObstacle(entry, nowMs);
  }
}

function runningObstacle(entry: BypassEntry, nowMs: number): InterlockObstacle | null {
  if (nowMs >= entry.untilMs) return 'expired';
  if (nowMs < entry.startMs) return 'not-yet';
  return entry.unknown.length > 0 ? 'measure-unknown' : null;
}

/** Announced as restored, and the key is still on: as approved for as long as it takes to turn it. */
function restoredObstacle(entry: BypassEntry, nowMs: number): InterlockObstacle | null {
  if (entry.lapse !== null) return 'lapsed';
  if (entry.restoration === null || nowMs >= entry.restoration.atMs + TAG_GRACE_MS) return 'no-entry';
  return runningObstacle(entry, nowMs);
}

/** The tag plainly shows no bypass: what of the register does not agree with that, or is still to be done. */
export function unbypassedObstacle(entry: BypassEntry | null, nowMs: number): InterlockObstacle | null {
  if (entry === null) return null;
  switch (entry.phase) {
    case 'restored': case 'tested': return 'not-tested';
    // It was on under this entry, nobody accepts it now, and it is off again: that it protects has to be shown.
    case 'lapsed': case 'expired': case 'approved': return entry.seen ? 'not-tested' : null;
    case 'active': return entry.seen || nowMs >= tagExpectedMs(entry) ? 'no-tag' : null;
    case 'requested': case 'assessed': case 'closed': case 'rejected': case 'withdrawn': return null;
  }
}

/** A newer entry speaks for the interlock, and an older one was used and never shown to be gone: that is owed whatever the newer one says. */
export function isTestOwed(register: readonly BypassEntry[], interlock: string): boolean {
  return openEntriesOf(register, interlock).slice(0, -1).some((entry) => entry.seen || entry.phase === 'restored' || entry.phase === 'tested');
}

/** From when on an active entry without its tag is an alarm. */
export function tagExpectedMs(entry: BypassEntry): number {
  return Math.max(entry.acceptance?.atMs ?? entry.startMs, entry.startMs) + TAG_GRACE_MS;
}

export function preWarningMs({ startMs, untilMs }: BypassEntry): number {
  return Math.ceil(startMs + PRE_WARNING * (untilMs - startMs));
}

/** When a walked measure's next round is due; null = it is not walked, or the entry is not in force. */
export function walkDueMs(entry: BypassEntry, index: number): number | null {
  const everyMs = entry.measures[index]?.everyMs;
  if (everyMs === undefined || entry.acceptance === null) return null;
  return Math.max(entry.walks[index]?.atMs ?? entry.acceptance.atMs, entry.startMs) + everyMs;
}

export type Overdue = 'expired' | 'lapsed' | 'untested' | 'walk-due' | 'no-tag';

/** A round is told as due when so much of its interval is left: a missed one is too late to tell. */
const WALK_NOTICE = 0.2;

/** What of an entry should have been done by now, or must be now. */
export function overdueOf(entry: BypassEntry, nowMs: number): Overdue | null {
  switch (entry.phase) {
    case 'expired': return 'expired';
    case 'lapsed': return 'lapsed';
    case 'approved': return nowMs >= entry.untilMs ? 'expired' : null;
    case 'restored': return nowMs >= (entry.restoration?.atMs ?? nowMs) + TEST_DUE_MS ? 'untested' : null;
    case 'active': {
      if (nowMs >= entry.untilMs) return 'expired';
      const isWalkDue = entry.measures.some(({ everyMs }, index) => { const dueMs = walkDueMs(entry, index); return dueMs !== null && nowMs >= dueMs - WALK_NOTICE * (everyMs ?? 0); });
      return isWalkDue ? 'walk-due' : null;
    }
    case 'requested': case 'assessed': case 'tested': case 'closed': case 'rejected': case 'withdrawn': return null;
  }
}

/** Overdue first, then what is open, then the rest; the newest first in each. */
export function inOrderOfUrgency(register: readonly BypassEntry[], nowMs: number): BypassEntry[] {
  const rank = (entry: BypassEntry): number => (overdueOf(entry, nowMs) !== null ? 0 : OPEN_ENTRY_PHASES.includes(entry.phase) ? 1 : 2);
  return [...register].reverse().sort((a, b) => rank(a) - rank(b));
}
