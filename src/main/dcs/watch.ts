/**
 * How far the values can be trusted, from silence alone. Pure; all times monotonic.
 *
 * A client library keeps the last Good value through an outage and does not notice a frozen server for most of a
 * minute. So silence is judged here: 1x late is uncertain, 2x late is bad.
 */
import { severityOf, STATUS } from '../../domain/samples/sample.ts';
import type { Sample } from '../../domain/samples/sample.ts';

/** `fresh`: proved current; `late`: may have changed; `dead`: nobody knows. */
export type Freshness = 'fresh' | 'late' | 'dead';

/** Limits of silence, ms. `lateMs < deadMs`. */
export interface WatchLimits {
  readonly lateMs: number;
  readonly deadMs: number;
}

/** What a server makes of the pace we asked for. */
export interface Pace {
  /** How often the server says something at least. */
  readonly dueMs: number;
  /** Whether its clock has to be watched along, because it would not send keep-alives that often. */
  readonly needsHeartbeat: boolean;
}

/** CurrentTime changes at least this often on any server. */
const HEARTBEAT_MS = 1000;
/** A server slower than this cannot be told from a frozen one in time to retreat. */
const MAX_DUE_MS = 5000;

/**
 * The pace at which silence has to be judged, given what the server granted; null when it is too slow to be watched.
 * Without this a server that publishes once a second would be found frozen and reconnected to for ever.
 */
export function paceOf(keepAliveDueMs: number, publishingIntervalMs: number, keepAliveCount: number): Pace | null {
  if (publishingIntervalMs * keepAliveCount <= keepAliveDueMs) return { dueMs: keepAliveDueMs, needsHeartbeat: false };
  const dueMs = Math.max(keepAliveDueMs, publishingIntervalMs + HEARTBEAT_MS);
  return dueMs > MAX_DUE_MS || !Number.isFinite(dueMs) ? null : { dueMs, needsHeartbeat: true };
}

/** Silence so far. A lost connection is late at once: nothing can be current that nobody could have told us. */
export function freshnessOf(limits: WatchLimits, connected: boolean, provedMs: number | null, nowMs: number): Freshness {
  if (provedMs === null) return 'dead';
  const silenceMs = nowMs - provedMs;
  if (silenceMs >= limits.deadMs) return 'dead';
  return !connected || silenceMs >= limits.lateMs ? 'late' : 'fresh';
}

/**
 * Whether the watcher itself slept (a long pause of this process, a suspended machine). Then answers may lie unread in
 * our own socket, and the verdict waits for one turn in which they can be read.
 */
export function watcherSlept(tickMs: number, sinceLastTickMs: number): boolean {
  return sinceLastTickMs > 2 * tickMs + 250;
}

/** The sample as it may be believed at this freshness. Never improves one: what is bad stays bad, with its own cause. */
export function overlay(sample: Sample, freshness: Freshness, nowMs: number): Sample {
  if (freshness === 'fresh' || severityOf(sample.status) === 'bad') return sample;
  const status = freshness === 'late' ? STATUS.uncertainLastUsable : STATUS.badNoCommunication;
  return { ...sample, status, receivedMs: nowMs };
}

/**
 * Whether a publish message proves the present. A line that delays everything by half a minute still delivers
 * keep-alives; the time the server wrote on them gives it away. Without that time, or before the clocks were
 * compared, arrival has to do.
 */
export function provesThePresent(publishMs: number | null, skewMs: number | null, nowMs: number, lateMs: number): boolean {
  if (publishMs === null || skewMs === null) return true;
  return nowMs - (publishMs - skewMs) < lateMs;
}
