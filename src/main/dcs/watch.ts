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
