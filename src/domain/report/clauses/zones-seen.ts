/** People in the field as the records tell it: each zone's head count against the limit in force, who went in, and which posts were held. */
import type { Text } from '../../../contract/text.ts';
import type { ZoneStage, ZoneState } from '../../people/people.ts';
import type { CaseFile } from './case-file.ts';
import type { Seen, Span } from './records.ts';
import { t } from './wording.ts';

export interface ZoneStretch extends Span {
  readonly zone: string;
  readonly stage: ZoneStage;
  readonly count: number | null;
  readonly limit: number | null;
  readonly state: ZoneState;
  readonly numbers: readonly number[];
}

interface Standing { stage: ZoneStage; count: number | null; limit: number | null; state: ZoneState; sinceMs: number; numbers: number[] }

/** Stretches in which a zone was concerned, in the incident. A stage that is set counts nobody until the count after it. */
export function zoneStretches(file: CaseFile): ZoneStretch[] {
  const { before } = file.incident;
  const standing = new Map<string, Standing>();
  const stretches: ZoneStretch[] = [];
  for (const [zone, { stage, count, limit, state }] of Object.entries(before.zones)) standing.set(zone, { stage, count, limit, state, sinceMs: file.span.fromMs, numbers: [] });
  const change = (zone: string, atMs: number, n: number, next: Partial<Standing>): void => {
    const was = standing.get(zone) ?? { stage: 'normal' as const, count: null, limit: null, state: 'within' as const, sinceMs: file.span.fromMs, numbers: [] };
    close(stretches, zone, was, atMs, file.span);
    standing.set(zone, { ...was, ...next, sinceMs: atMs, numbers: 'stage' in next || was.numbers.length === 0 ? [n] : [was.numbers[0] ?? n, n] });
  };
  const changes = [...file.scope.of('people.staged').map((seen) => ({ seen, next: { stage: seen.data.stage, state: 'unknown' as const, count: null } })), ...file.scope.of('people.changed').map((seen) => ({ seen, next: { count: seen.data.count, limit: seen.data.limit, state: seen.data.state } }))];
  for (const { seen, next } of changes.sort((a, b) => a.seen.n - b.seen.n)) change(seen.data.zone, seen.atMs, seen.n, keepCount(standing.get(seen.data.zone), next));
  for (const [zone, was] of standing) close(stretches, zone, was, file.span.toMs, file.span);
  return stretches;
}

/** A further stage with the same count and limit makes no new record of people: what was counted stands. */
function keepCount(was: Standing | undefined, next: Partial<Standing>): Partial<Standing> {
  return was !== undefined && was.stage !== 'normal' && next.stage !== undefined ? { stage: next.stage } : next;
}

function close(stretches: ZoneStretch[], zone: string, was: Standing, atMs: number, span: Span): void {
  const [fromMs, toMs] = [Math.max(was.sinceMs, span.fromMs), Math.min(atMs, span.toMs)];
  if (was.stage !== 'normal' && fromMs < toMs) stretches.push({ zone, stage: was.stage, count: was.count, limit: was.limit, state: was.state, numbers: was.numbers, fromMs, toMs });
}

export interface EntrySeen extends Span { readonly n: number; readonly leftN: number | null; readonly by: string | null; readonly isOver: boolean; readonly data: Seen<'people.entered'>['data']; /** The zone was concerned by the upset at some time while the person was inside. */ readonly concerned: boolean }

export function entriesIn(file: CaseFile, stretches: readonly ZoneStretch[] = zoneStretches(file)): EntrySeen[] {
  const left = file.whole.of('people.left');
  return file.scope.of('people.entered').flatMap(({ n, atMs, by, data }) => {
    const out = left.find((each) => each.data.entry === data.entry && each.data.zone === data.zone && each.n > n);
    const toMs = out?.atMs ?? file.span.toMs;
    if (toMs < file.span.fromMs) return [];
    const concerned = stretches.some((each) => each.zone === data.zone && each.fromMs <= toMs && each.toMs >= atMs);
    return [{ n, leftN: out?.n ?? null, by, data, fromMs: atMs, toMs, isOver: out !== undefined, concerned }];
  });
}

export interface PostSeen extends Span { readonly n: number | null; readonly user: string; readonly name: string }

/** Who held a post, one after the other; a post ends with the incident. */
export function holdersOf(file: CaseFile, post: 'commander' | 'watch'): PostSeen[] {
  const before = post === 'commander' ? file.incident.before.commander : file.incident.before.watch;
  const taken = file.scope.of('post.taken').filter(({ data }) => data.post === post);
  const first = before === null ? [] : [{ n: null, atMs: before.sinceMs, user: before.user, name: before.name }];
  const all = [...first, ...taken.map(({ n, atMs, data }) => ({ n, atMs, user: data.user, name: data.name }))];
  return all.map(({ n, atMs, user, name }, index) => ({ n, user, name, fromMs: atMs, toMs: all[index + 1]?.atMs ?? file.span.toMs }));
}

export const holderAt = (holders: readonly PostSeen[], atMs: number): PostSeen | null => holders.findLast(({ fromMs }) => fromMs <= atMs) ?? null;

export const zoneTitle = (file: CaseFile, id: string): Text => file.incident.plant.pack.zones.find((zone) => zone.id === id)?.title ?? t(id, id);
