/** What the KPIs need of the journal at a start: the longest of their periods, from the beginning of a segment on. */
import type { Alarm } from '../../domain/alarms/alarms.ts';
import { kpiEventOf } from '../../domain/kpi/events.ts';
import type { HiddenBy, KpiEvent } from '../../domain/kpi/events.ts';
import { PERIODS_MS } from '../../domain/kpi/rolling.ts';
import { CARRIED_TYPE } from '../../domain/journal/record.ts';
import { CarriedReader } from '../../domain/station/carried-state.ts';
import type { Journal } from '../journal/journal.ts';
import { firstOf, startBefore } from './start-of-fold.ts';

type Readable = Pick<Journal, 'records' | 'status'>;

/** In order, up to what the journal holds now. Where a segment of that time is in an archive, from the next one on. */
export function* kpiHistory(journal: Readable, nowMs: number): Generator<KpiEvent> {
  const { records } = journal.status();
  const sinceMs = nowMs - PERIODS_MS.month;
  const fromN = startOfPeriod(journal, sinceMs);
  const reader = new CarriedReader();
  for (const { n, type, atMs, by, data } of journal.records(fromN)) {
    if (n > records) return;
    const carried = type === CARRIED_TYPE && atMs <= sinceMs ? reader.add(data) : null;
    if (carried !== null) yield* standing([...carried.alarms.values()], atMs);
    yield kpiEventOf({ type, atMs, by, data });
  }
}

/** The newest segment that begins before the period, or the oldest that is there. */
function startOfPeriod(journal: Readable, sinceMs: number): number {
  let start = journal.status().segmentStart;
  try {
    while ((firstOf(journal, start)?.atMs ?? 0) > sinceMs) {
      const before = startBefore(journal, start);
      if (before === null || firstOf(journal, before) === undefined) return start;
      start = before;
    }
  } catch {
    return start; // The one before is not there: the figures begin later, which their observed time shows.
  }
  return start;
}

/** Alarms that stand since before the period: nothing of them is counted in it but that they stand, unanswered or out of sight. */
function* standing(alarms: readonly Alarm[], atMs: number): Generator<KpiEvent> {
  for (const alarm of alarms) {
    const { id, priority } = alarm;
    for (const by of ['shelved', 'suppressed', 'outOfService'] as const satisfies readonly HiddenBy[]) if (alarm[by] !== null) yield { kind: 'hidden', atMs, id, by, isHidden: true, isAuthorised: true };
    if (!alarm.active && alarm.acknowledged) continue;
    yield { kind: 'raised', atMs, id, priority, isHidden: false };
    if (alarm.acknowledged) yield { kind: 'acknowledged', atMs, id };
    if (!alarm.active) yield { kind: 'returned', atMs, id };
  }
}
