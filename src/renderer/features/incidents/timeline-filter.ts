/** Which events of a time line are looked at, and the times it reaches over. Pure. */
import { TIMELINE_LANES } from '../../../contract/report.ts';
import type { TimelineLane } from '../../../contract/report.ts';
import type { IncidentEvent, IncidentRow } from '../../../contract/incidents.ts';
import type { Span } from '../../ui/charts/timeline-scale.ts';

/** `person`: '' = everybody, `SYSTEM` = the product alone. */
export type StoryFilter = { off: ReadonlySet<TimelineLane>; person: string; words: string };
export const NO_FILTER: StoryFilter = { off: new Set(), person: '', words: '' };
/** No name of a person: those have no colon. */
export const SYSTEM = ':system';
const AROUND_MS = 30 * 60_000;

export const isFiltered = ({ off, person, words }: StoryFilter): boolean => off.size > 0 || person !== '' || words.trim() !== '';

/** Person and words; lanes are switched off in the picture, which goes on counting them. */
export function matching(events: readonly IncidentEvent[], { person, words }: StoryFilter): readonly IncidentEvent[] {
  const sought = words.trim().toLocaleLowerCase();
  if (person === '' && sought === '') return events;
  const number = /^\d+$/u.test(sought) ? Number(sought) : null;
  return events.filter(({ n, by, type, text }) => (person === '' || (person === SYSTEM ? by === null : by === person))
    && (sought === '' || n === number || text.zh.toLocaleLowerCase().includes(sought) || text.en.toLocaleLowerCase().includes(sought) || type.includes(sought)));
}

/** The events of each lane, in their order. */
export function byLane(events: readonly IncidentEvent[]): ReadonlyMap<TimelineLane, readonly IncidentEvent[]> {
  const lanes = new Map<TimelineLane, IncidentEvent[]>(TIMELINE_LANES.map((lane) => [lane, []]));
  for (const event of events) lanes.get(event.lane)?.push(event);
  return lanes;
}

export const peopleIn = (events: readonly IncidentEvent[]): string[] => [...new Set(events.flatMap(({ by }) => by ?? []))].sort();

/** How far the picture may reach: the half hours before and after, and no further than now. */
export function boundsOf(row: Pick<IncidentRow, 'openedMs' | 'closedMs'>, events: readonly { readonly atMs: number }[], nowMs: number): Span {
  const first = events[0]?.atMs ?? row.openedMs, last = events.at(-1)?.atMs ?? row.openedMs;
  const endMs = row.closedMs === null ? growing(row.openedMs, nowMs) : Math.min(row.closedMs + AROUND_MS, Math.max(row.closedMs, nowMs));
  return { fromMs: Math.min(first, row.openedMs - AROUND_MS), toMs: Math.max(endMs, last + 1_000) };
}

/** From shortly before it began to shortly after its end: where a reader begins. */
export function incidentSpan(row: Pick<IncidentRow, 'openedMs' | 'closedMs'>, nowMs: number): Span {
  const endMs = row.closedMs ?? growing(row.openedMs, nowMs);
  const margin = Math.max(5_000, (endMs - row.openedMs) * 0.04);
  return { fromMs: row.openedMs - margin, toMs: endMs + margin };
}

/** The end of something that still goes on, in steps: the picture must not creep with every second. */
function growing(fromMs: number, nowMs: number): number {
  const length = Math.max(60_000, nowMs - fromMs);
  const stepMs = 2 ** Math.floor(Math.log2(length)) / 8;
  return fromMs + Math.ceil(length / stepMs) * stepMs;
}
