/**
 * What a function is worth, from tags and register together: one table. Where they do not agree, or one of them does not
 * say, it protects nobody: unknown counts as bypassed (3.3).
 */
import type { Truth } from '../conditions/truth.ts';
import { FALSE, TRUE } from '../conditions/truth.ts';
import { registerObstacle, unbypassedObstacle } from './bypass.ts';
import type { BypassEntry } from './bypass.ts';
import type { ChannelState } from './channels.ts';
import type { InterlockObstacle, InterlockState } from './interlocks.ts';

export const INTERLOCK_STANDINGS = ['armed', 'tripped', 'bypassed-approved', 'bypassed-unapproved', 'expired', 'degraded', 'faulted', 'unknown'] as const;
export type InterlockStanding = (typeof INTERLOCK_STANDINGS)[number];

export interface InterlockPicture {
  /** What its own tags say. */
  readonly state: InterlockState;
  readonly forced: Truth;
  readonly channels: ChannelState;
  readonly entry: BypassEntry | null;
  /** An older entry than that was used, and its function was never tested. */
  readonly testOwed: boolean;
  /** Reset past the gate, and nobody has accounted for it. */
  readonly forcedReset: boolean;
  readonly nowMs: number;
}

interface Row {
  readonly standing: InterlockStanding;
  readonly obstacle: InterlockObstacle | null;
}

/** A row for each thing that may speak against it, worst first: the first tells what it is, all tell what stands in the way. */
function rowsOf({ state, forced, channels, entry, testOwed, forcedReset, nowMs }: InterlockPicture): Row[] {
  const isBypassed = state === 'bypassed';
  const register = isBypassed ? registerObstacle(entry, nowMs) : null;
  // While its tags are not known nobody can say that the register is wrong.
  const isUnbypassed = !isBypassed && state !== 'unknown';
  const disagreement = isUnbypassed ? unbypassedObstacle(entry, nowMs) : null;
  const rows: (Row | false)[] = [
    // An input that is held by hand is a bypass that nobody calls one.
    forced === TRUE && { standing: 'bypassed-unapproved', obstacle: 'forced' },
    register === 'expired' && { standing: 'expired', obstacle: 'expired' },
    register !== null && register !== 'expired' && { standing: 'bypassed-unapproved', obstacle: register },
    (state === 'unknown' || (forced !== TRUE && forced !== FALSE)) && { standing: 'unknown', obstacle: 'unknown' },
    state === 'faulted' && { standing: 'faulted', obstacle: 'faulted' },
    // An approved bypass is what these are being repaired under; one of a single initiator is approved because the others act.
    (!isBypassed || entry?.element != null) && channels === 'lost' && state !== 'unknown' && { standing: 'unknown', obstacle: 'unknown' },
    disagreement !== null && { standing: 'unknown', obstacle: disagreement },
    isUnbypassed && testOwed && { standing: 'unknown', obstacle: 'not-tested' },
    isBypassed && register === null && { standing: 'bypassed-approved', obstacle: null },
    state === 'tripped' && { standing: 'tripped', obstacle: null },
    channels === 'degraded' && { standing: 'degraded', obstacle: null },
    { standing: 'armed', obstacle: null },
  ];
  const found = rows.filter((row) => row !== false);
  return forcedReset ? [...found, { standing: 'armed', obstacle: 'forced-reset' }] : found;
}

export function standingOf(picture: InterlockPicture): InterlockStanding {
  return rowsOf(picture)[0]?.standing ?? 'unknown';
}

/** Everything that stands in the way of whatever relies on it, each once. */
export function obstaclesOfPicture(picture: InterlockPicture): InterlockObstacle[] {
  return [...new Set(rowsOf(picture).flatMap(({ obstacle }) => (obstacle === null ? [] : [obstacle])))];
}
