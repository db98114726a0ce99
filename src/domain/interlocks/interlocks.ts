/**
 * Interlocks (SIS functions): what their own tags say, and the words for what can stand in the way. What tags and register say
 * together: interlock-standing.ts. Unknown counts as bypassed (3.3).
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

/** Why an interlock stands in the way of whatever relies on it. Armed and tripped do not: both protect. */
export const INTERLOCK_OBSTACLES = ['unknown', 'faulted', 'forced', 'no-entry', 'not-assessed', 'not-approved', 'not-accepted', 'not-yet', 'expired', 'lapsed', 'measure-unknown', 'no-tag', 'not-tested', 'forced-reset'] as const;
export type InterlockObstacle = (typeof INTERLOCK_OBSTACLES)[number];
