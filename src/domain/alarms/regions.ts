/**
 * The life of an alarm by ISA-18.2 / IEC 62682 and OPC UA Part 9: regions beside each other - active, acknowledged, latched,
 * shelved, suppressed by design, out of service. One table: event and present regions in, regions out. An event that has no
 * meaning where it comes changes nothing.
 */
export interface AlarmRegions {
  /** The condition is there (or was, when it became unknown: a bad value never clears). */
  readonly active: boolean;
  readonly acknowledged: boolean;
  /** Stays until a person resets it. */
  readonly latched: boolean;
  readonly shelved: boolean;
  readonly suppressed: boolean;
  readonly outOfService: boolean;
}

export interface AlarmTraits {
  readonly latching: boolean;
  /** Classes safety and fire-gas (3.6): no region ever hides them. */
  readonly alwaysVisible: boolean;
}

export const ALARM_EVENTS = ['raise', 'reAlarm', 'return', 'acknowledge', 'reset', 'shelve', 'unshelve', 'suppress', 'unsuppress', 'takeOut', 'putBack'] as const;
export type AlarmEvent = (typeof ALARM_EVENTS)[number];

/** Nothing is there to be shown or answered: an alarm like this has no record. */
export const AT_REST: AlarmRegions = { active: false, acknowledged: true, latched: false, shelved: false, suppressed: false, outOfService: false };

export const isHidden = ({ shelved, suppressed, outOfService }: AlarmRegions): boolean => shelved || suppressed || outOfService;

export const isAtRest = (r: AlarmRegions): boolean => !r.active && r.acknowledged && !r.latched && !isHidden(r);

interface Transition {
  readonly from: (regions: AlarmRegions, traits: AlarmTraits) => boolean;
  readonly to: (regions: AlarmRegions, traits: AlarmTraits) => Partial<AlarmRegions>;
}

const HIDING: readonly (keyof AlarmRegions)[] = ['shelved', 'suppressed', 'outOfService'];
/** A person or a design hides it; never where a class forbids it. */
const hide = (region: keyof AlarmRegions): Transition => ({ from: (r, t) => !r[region] && !t.alwaysVisible, to: () => ({ [region]: true }) });
/** It comes back. Once nothing hides it any more, what is still there has to be answered anew; what has gone has not. */
const show = (region: keyof AlarmRegions): Transition => ({
  from: (r) => r[region],
  to: (r) => ({ [region]: false, ...(HIDING.some((other) => other !== region && r[other]) ? {} : { acknowledged: !r.active && !r.latched }) }),
});

const TRANSITIONS: Readonly<Record<AlarmEvent, Transition>> = {
  raise: { from: (r) => !r.active, to: (_r, t) => ({ active: true, acknowledged: false, latched: t.latching }) },
  reAlarm: { from: (r) => r.active, to: () => ({ acknowledged: false }) },
  // What comes and goes while it is hidden was never announced: there is nothing to answer.
  return: { from: (r) => r.active, to: (r) => ({ active: false, ...(isHidden(r) ? { acknowledged: true } : {}) }) },
  acknowledge: { from: (r) => !r.acknowledged, to: () => ({ acknowledged: true }) },
  // Answered first, then reset: a latch that goes unseen would not have been worth having.
  reset: { from: (r) => r.latched && !r.active && r.acknowledged, to: () => ({ latched: false }) },
  shelve: hide('shelved'),
  unshelve: show('shelved'),
  suppress: hide('suppressed'),
  unsuppress: show('suppressed'),
  takeOut: hide('outOfService'),
  putBack: show('outOfService'),
};

/** The regions after the event; the same object when it changes nothing. */
export function nextRegions(regions: AlarmRegions, event: AlarmEvent, traits: AlarmTraits): AlarmRegions {
  const { from, to } = TRANSITIONS[event];
  return from(regions, traits) ? { ...regions, ...to(regions, traits) } : regions;
}

/** Was it put before the operator by this event: seen by nobody before, to be answered now? This is what the flood counts. */
export function isAnnounced(before: AlarmRegions, event: AlarmEvent, after: AlarmRegions): boolean {
  if (before === after || isHidden(after) || after.acknowledged || !after.active) return false;
  return event === 'raise' || event === 'reAlarm' || isHidden(before);
}
