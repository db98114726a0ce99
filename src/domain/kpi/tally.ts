/**
 * What happened to the alarms of one operator position in one stretch of time, in figures that can be added: the tally of a month is
 * the sum of the tallies of its ten-minute windows. Bounded, however long the stretch.
 */

/** Most different alarms counted by name in one tally; what is beyond is counted, without its name. */
export const NAMED_MAX = 2_000;
/** Response times are kept to the second up to an hour, to the minute up to a week; longer ones count as a week. */
const SECOND_MS = 1_000;
const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;
const WEEK_MS = 7 * 24 * HOUR_MS;

export interface Tally {
  /** Annunciated alarms, and those raised while shelved, suppressed or out of service. */
  raised: number;
  hidden: number;
  /** Annunciated by priority 1 ... 4. */
  byPriority: [number, number, number, number];
  /** Annunciated by alarm; `''` = those beyond NAMED_MAX. */
  byAlarm: Map<string, number>;
  /** Ten-minute windows of the wall clock in which the station ran, and those with more than ten alarms. */
  windows: number;
  windowsOver: number;
  /** Highest number of alarms in any ten minutes. */
  rollingPeak: number;
  /** Time that the station ran, and time in flood, ms. */
  observedMs: number;
  floodMs: number;
  /** Upsets that began, and the most alarms in the first ten minutes of one; null = no upset. */
  upsets: number;
  upsetPeak: number | null;
  chattering: Set<string>;
  fleeting: Set<string>;
  /** The most alarms that stood longer than a day, were shelved, were out of service at one time. */
  stalePeak: number;
  shelvedPeak: number;
  outOfServicePeak: number;
  unauthorised: number;
  unanswered: number;
  /** Response times, ms rounded as above -> how many; and the exact sum. */
  responses: Map<number, number>;
  responseSumMs: number;
}

export function emptyTally(): Tally {
  return {
    raised: 0, hidden: 0, byPriority: [0, 0, 0, 0], byAlarm: new Map(), windows: 0, windowsOver: 0, rollingPeak: 0, observedMs: 0, floodMs: 0, upsets: 0, upsetPeak: null,
    chattering: new Set(), fleeting: new Set(), stalePeak: 0, shelvedPeak: 0, outOfServicePeak: 0, unauthorised: 0, unanswered: 0, responses: new Map(), responseSumMs: 0,
  };
}

/** Counts one annunciated alarm. */
export function countAlarm(tally: Tally, id: string, priority: 1 | 2 | 3 | 4): void {
  tally.raised += 1;
  tally.byPriority[priority - 1] = (tally.byPriority[priority - 1] as number) + 1;
  addTo(tally.byAlarm, id, 1);
}

/** Counts one response, raise to acknowledge, ms. */
export function countResponse(tally: Tally, ms: number): void {
  const key = roundResponse(ms);
  tally.responses.set(key, (tally.responses.get(key) ?? 0) + 1);
  tally.responseSumMs += ms;
}

/** Upwards: nobody is shown to be quicker than he was. */
function roundResponse(ms: number): number {
  if (ms <= HOUR_MS) return Math.ceil(ms / SECOND_MS) * SECOND_MS;
  return Math.min(WEEK_MS, Math.ceil(ms / MINUTE_MS) * MINUTE_MS);
}

function addTo(counts: Map<string, number>, id: string, count: number): void {
  const key = counts.has(id) || counts.size < NAMED_MAX ? id : '';
  counts.set(key, (counts.get(key) ?? 0) + count);
}

/** Names an alarm in a set, up to the limit. */
export function nameIn(names: Set<string>, id: string): void {
  if (names.size < NAMED_MAX) names.add(id);
}

/** Adds `more` into `sum`. The order in which tallies are added does not matter. */
export function addTally(sum: Tally, more: Tally): void {
  sum.raised += more.raised;
  sum.hidden += more.hidden;
  for (let i = 0; i < 4; i += 1) sum.byPriority[i] = (sum.byPriority[i] as number) + (more.byPriority[i] as number);
  for (const [id, count] of more.byAlarm) addTo(sum.byAlarm, id, count);
  sum.windows += more.windows;
  sum.windowsOver += more.windowsOver;
  sum.rollingPeak = Math.max(sum.rollingPeak, more.rollingPeak);
  sum.observedMs += more.observedMs;
  sum.floodMs += more.floodMs;
  sum.upsets += more.upsets;
  if (more.upsetPeak !== null) sum.upsetPeak = Math.max(sum.upsetPeak ?? 0, more.upsetPeak);
  for (const id of more.chattering) nameIn(sum.chattering, id);
  for (const id of more.fleeting) nameIn(sum.fleeting, id);
  sum.stalePeak = Math.max(sum.stalePeak, more.stalePeak);
  sum.shelvedPeak = Math.max(sum.shelvedPeak, more.shelvedPeak);
  sum.outOfServicePeak = Math.max(sum.outOfServicePeak, more.outOfServicePeak);
  sum.unauthorised += more.unauthorised;
  sum.unanswered += more.unanswered;
  for (const [ms, count] of more.responses) sum.responses.set(ms, (sum.responses.get(ms) ?? 0) + count);
  sum.responseSumMs += more.responseSumMs;
}

/** A copy that shares nothing. */
export function copyTally(tally: Tally): Tally {
  const copy = emptyTally();
  addTally(copy, tally);
  return copy;
}
