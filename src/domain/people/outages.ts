/**
 * A planned outage of a camera (V.3): approved for up to two hours by the plant itself; a longer one is reported to the group dispatch
 * centre, whose receipt has a number. It makes the alarm about the lost picture quiet and nothing else: field work stays refused.
 */
export interface Outage {
  readonly id: string;
  readonly camera: string;
  readonly reason: string;
  readonly fromMs: number;
  readonly untilMs: number;
  /** Number of the dispatch centre's receipt; empty = not reported. */
  readonly report: string;
  readonly by: string;
  /** Ended before its time. */
  readonly restoredMs: number | null;
}

const HOUR_MS = 3_600_000;
/** V.3: longer than this is reported. */
export const OUTAGE_OF_THE_PLANT_MS = 2 * HOUR_MS;
/** Engineering defaults: no camera is out for longer, and none is approved further ahead. */
export const OUTAGE_MAX_MS = 72 * HOUR_MS;
export const OUTAGE_AHEAD_MAX_MS = 7 * 24 * HOUR_MS;
/** Two outages with less between them are one: two hours after two hours are four. Engineering default. */
export const OUTAGE_APART_MS = 2 * HOUR_MS;

export const endOf = ({ untilMs, restoredMs }: Pick<Outage, 'untilMs' | 'restoredMs'>): number => Math.min(untilMs, restoredMs ?? untilMs);

export const isInForce = (outage: Outage, nowMs: number): boolean => nowMs >= outage.fromMs && nowMs < endOf(outage);

/** Neither over nor ended: it is still to come, or goes on. */
export const isOpen = (outage: Outage, nowMs: number): boolean => nowMs < endOf(outage);

/** How long the camera would be out at a stretch, counted together with those outages of it that lie close before or after. */
export function stretchMs(outages: readonly Outage[], camera: string, fromMs: number, untilMs: number): number {
  const others = outages.filter((one) => one.camera === camera && endOf(one) > one.fromMs);
  let [first, last, sum] = [fromMs, untilMs, untilMs - fromMs];
  for (let left = others; ;) {
    const near = left.filter((one) => one.fromMs < last + OUTAGE_APART_MS && endOf(one) > first - OUTAGE_APART_MS);
    if (near.length === 0) return sum;
    left = left.filter((one) => !near.includes(one));
    for (const one of near) {
      sum += endOf(one) - one.fromMs;
      [first, last] = [Math.min(first, one.fromMs), Math.max(last, endOf(one))];
    }
  }
}

/** V.3: must the dispatch centre know of it, and does it? */
export const isUnreported = (outages: readonly Outage[], camera: string, asked: Pick<Outage, 'fromMs' | 'untilMs' | 'report'>): boolean =>
  asked.report.trim() === '' && stretchMs(outages, camera, asked.fromMs, asked.untilMs) > OUTAGE_OF_THE_PLANT_MS;
