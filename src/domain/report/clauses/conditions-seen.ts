/** What the records tell of each condition: when it was raised, and when nobody knew. */
import type { JudgedIncident } from '../incident.ts';
import type { Records, Seen, Span } from './records.ts';

export interface ConditionSeen {
  /** n null: it stood before the first record. */
  readonly raises: readonly { readonly n: number | null; readonly atMs: number; readonly seen: Seen<'condition.changed'> | null }[];
  /** Within the incident. */
  readonly unknown: readonly (Span & { readonly n: number | null })[];
}

interface Course { raises: { n: number | null; atMs: number; seen: Seen<'condition.changed'> | null }[]; unknown: (Span & { n: number | null })[]; unknownSince: { atMs: number; n: number | null } | null; held: boolean }

export function conditionsIn({ before, incident }: JudgedIncident, scope: Records, span: Span): ReadonlyMap<string, ConditionSeen> {
  const courses = new Map<string, Course>();
  const courseOf = (id: string): Course => {
    const known = courses.get(id) ?? { raises: [], unknown: [], unknownSince: null, held: false };
    courses.set(id, known);
    return known;
  };
  for (const record of before.conditions.values()) {
    const course = courseOf(record.id);
    if (record.held) [course.held] = [true, course.raises.push({ n: null, atMs: record.onsetMs, seen: null })];
    if (record.state === 'unknown') course.unknownSince = { atMs: incident.fromMs, n: null };
  }
  for (const seen of scope.of('condition.changed')) step(courseOf(seen.data.id), seen, span);
  for (const course of courses.values()) endUnknown(course, span.toMs, span);
  return courses;
}

/** Held through unknown it is the same one still. */
function step(course: Course, seen: Seen<'condition.changed'>, span: Span): void {
  const { data: { state }, atMs, n } = seen;
  if (state === 'unknown') { course.unknownSince ??= { atMs, n }; return; }
  endUnknown(course, atMs, span);
  if (state === 'raised' && !course.held) course.raises.push({ n, atMs, seen });
  course.held = state === 'raised';
}

function endUnknown(course: Course, atMs: number, span: Span): void {
  const since = course.unknownSince;
  if (since === null) return;
  const [fromMs, toMs] = [Math.max(since.atMs, span.fromMs), Math.min(atMs, span.toMs)];
  if (fromMs < toMs) course.unknown.push({ fromMs, toMs, n: since.n });
  course.unknownSince = null;
}
