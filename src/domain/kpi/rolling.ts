/**
 * The KPIs of the last hour, day and 30 days, kept up to date while the station runs. The same fold as for a file; here the windows of
 * 30 days are kept, and the sums of those that are over are made anew only when one more is over.
 */
import type { KpiReport } from './definitions.ts';
import { reportOf } from './definitions.ts';
import type { KpiEvent } from './events.ts';
import { KpiFold, WINDOW_MS, windowOf } from './fold.ts';
import { addTally, copyTally, emptyTally } from './tally.ts';
import type { Tally } from './tally.ts';

/** What the screen shows. A period begins with a whole window, so `10min` is the window in hand and the one before it. */
export const PERIODS_MS = { '10min': 600_000, hour: 3_600_000, day: 24 * 3_600_000, month: 30 * 24 * 3_600_000 } as const;
export type PeriodName = keyof typeof PERIODS_MS;
const WINDOWS_MAX = PERIODS_MS.month / WINDOW_MS + 1;
const SERIES_WINDOWS = PERIODS_MS.day / WINDOW_MS;

interface Window {
  readonly startMs: number;
  readonly tally: Tally;
}

export interface SeriesPoint {
  readonly startMs: number;
  /** null: the station did not run, so nobody knows. */
  readonly raised: number | null;
}

export class RollingKpis {
  #windows: Window[] = [];
  readonly #fold = new KpiFold((startMs, tally) => {
    this.#windows.push({ startMs, tally });
    if (this.#windows.length > WINDOWS_MAX) this.#windows = this.#windows.slice(-WINDOWS_MAX);
  });
  /** Sum of the closed windows from a start on; good for as long as the window in hand is the same. */
  readonly #sums = new Map<number, { readonly untilMs: number; readonly tally: Tally }>();

  apply(event: KpiEvent): void {
    this.#fold.apply(event);
  }

  /** The report of a period that ends now. */
  report(period: PeriodName, nowMs: number): KpiReport {
    const toMs = Math.max(nowMs, Number.isNaN(this.#fold.nowMs) ? nowMs : this.#fold.nowMs);
    const current = this.#fold.current(toMs);
    const fromMs = windowOf(toMs - PERIODS_MS[period]);
    const sum = copyTally(this.#closed(fromMs, current.startMs));
    addTally(sum, current.tally);
    return reportOf(fromMs, toMs, sum);
  }

  /** Annunciated alarms of each 10-min window of the last day, oldest first, the window in hand last. */
  series(nowMs: number): SeriesPoint[] {
    const current = this.#fold.current(Math.max(nowMs, Number.isNaN(this.#fold.nowMs) ? nowMs : this.#fold.nowMs));
    const known = new Map([...this.#windows.slice(-SERIES_WINDOWS), current].map(({ startMs, tally }) => [startMs, tally.windows > 0 ? tally.raised : null]));
    return Array.from({ length: SERIES_WINDOWS }, (_, i) => {
      const startMs = current.startMs - (SERIES_WINDOWS - 1 - i) * WINDOW_MS;
      return { startMs, raised: known.get(startMs) ?? null };
    });
  }

  #closed(fromMs: number, untilMs: number): Tally {
    const kept = this.#sums.get(fromMs);
    if (kept !== undefined && kept.untilMs === untilMs) return kept.tally;
    for (const [start, sum] of this.#sums) if (sum.untilMs !== untilMs) this.#sums.delete(start);
    const tally = emptyTally();
    for (const window of this.#windows) if (window.startMs >= fromMs && window.startMs < untilMs) addTally(tally, window.tally);
    this.#sums.set(fromMs, { untilMs, tally });
    return tally;
  }
}
