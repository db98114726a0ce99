/** KPIs of one period out of a whole journal, in one pass and bounded memory. */
import type { KpiReport } from './definitions.ts';
import { reportOf } from './definitions.ts';
import type { KpiEvent } from './events.ts';
import { KpiFold, windowOf } from './fold.ts';
import { addTally, emptyTally } from './tally.ts';

export interface Period {
  /** Rounded down to a whole 10-min window; absent: the beginning of the journal. */
  readonly fromMs?: number;
  /** Absent: the last record. Beyond the last record nothing is known, and nothing is counted. */
  readonly toMs?: number;
}

/** @returns the report; null when the journal has no event up to the period's end */
export function kpisOfPeriod(events: Iterable<KpiEvent>, period: Period = {}): KpiReport | null {
  let fromMs = period.fromMs === undefined ? null : windowOf(period.fromMs);
  const sum = emptyTally();
  const fold = new KpiFold((startMs, tally) => { if (startMs >= (fromMs ?? startMs)) addTally(sum, tally); });
  let isOver = false;
  for (const event of events) {
    if (period.toMs !== undefined && event.atMs > period.toMs) {
      isOver = true;
      break;
    }
    fromMs ??= windowOf(event.atMs);
    fold.apply(event);
  }
  if (fromMs === null || Number.isNaN(fold.nowMs)) return null;
  const toMs = period.toMs !== undefined && isOver ? period.toMs : fold.nowMs;
  const { startMs, tally } = fold.current(toMs);
  if (startMs >= fromMs) addTally(sum, tally);
  return reportOf(fromMs, Math.max(fromMs, toMs), sum);
}
