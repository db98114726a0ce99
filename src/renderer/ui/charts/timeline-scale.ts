/** The arithmetic of a time line: which times are in the picture, where they stand, and what stands together because there is no room. Pure. */
export type Span = { readonly fromMs: number; readonly toMs: number };

/** Nothing is drawn finer than this. */
export const SPAN_MIN_MS = 2_000;

const lengthOf = ({ fromMs, toMs }: Span): number => toMs - fromMs;

/** Moved into the bounds and no longer than they are, no shorter than the least. */
export function within(span: Span, bounds: Span): Span {
  const longest = Math.max(SPAN_MIN_MS, lengthOf(bounds));
  const length = Math.min(longest, Math.max(SPAN_MIN_MS, lengthOf(span)));
  const fromMs = Math.max(bounds.fromMs, Math.min(span.fromMs, bounds.fromMs + longest - length));
  return { fromMs, toMs: fromMs + length };
}

/** `factor` under 1 shows less time, over 1 more; the time `aboutMs` stays where it is. */
export function zoomed(span: Span, factor: number, aboutMs: number, bounds: Span): Span {
  const length = Math.min(Math.max(SPAN_MIN_MS, lengthOf(bounds)), Math.max(SPAN_MIN_MS, lengthOf(span) * factor));
  const part = lengthOf(span) <= 0 ? 0.5 : (aboutMs - span.fromMs) / lengthOf(span);
  const fromMs = aboutMs - part * length;
  return within({ fromMs, toMs: fromMs + length }, bounds);
}

export const panned = (span: Span, byMs: number, bounds: Span): Span => within({ fromMs: span.fromMs + byMs, toMs: span.toMs + byMs }, bounds);

/** So that the time is in the picture; unchanged when it is already. */
export const showing = (span: Span, ms: number, bounds: Span): Span => (ms >= span.fromMs && ms <= span.toMs ? span : within({ fromMs: ms - lengthOf(span) / 2, toMs: ms + lengthOf(span) / 2 }, bounds));

export const placeOf = (ms: number, span: Span, widthPx: number): number => (lengthOf(span) <= 0 ? 0 : ((ms - span.fromMs) / lengthOf(span)) * widthPx);
export const timeAt = (px: number, span: Span, widthPx: number): number => (widthPx <= 0 ? span.fromMs : span.fromMs + (px / widthPx) * lengthOf(span));

const SECOND = 1_000, MINUTE = 60_000, HOUR = 3_600_000, DAY = 86_400_000;
const STEPS = [1, 2, 5, 10, 15, 30].map((n) => n * SECOND).concat([1, 2, 5, 10, 15, 30].map((n) => n * MINUTE), [1, 2, 3, 6, 12].map((n) => n * HOUR), [1, 2, 7, 14, 28].map((n) => n * DAY));

/** Round times for the axis, at most `most` of them. `offsetMs`: local time less UTC, so that midnight is midnight. */
export function ticksOf(span: Span, most: number, offsetMs = 0): number[] {
  const stepMs = STEPS.find((step) => lengthOf(span) / step <= most) ?? Math.ceil(lengthOf(span) / Math.max(1, most) / DAY) * DAY;
  const first = Math.ceil((span.fromMs + offsetMs) / stepMs) * stepMs - offsetMs;
  const ticks: number[] = [];
  for (let ms = first; ms <= span.toMs && ticks.length <= most; ms += stepMs) ticks.push(ms);
  return ticks;
}

export type Spot = { readonly atMs: number; readonly mark?: string | undefined; readonly priority?: number | undefined; readonly by: string | null };
export type Cluster = {
  /** Stays the same while the picture is moved. */
  readonly key: number;
  readonly px: number;
  readonly count: number;
  /** Place of the first and the last of them in what was given. */
  readonly first: number;
  readonly last: number;
  readonly fromMs: number;
  readonly toMs: number;
  /** Of what is in it: all marks, the worst priority, whether a person did any of it. */
  readonly marks: readonly string[];
  readonly worst: number | null;
  readonly byPerson: boolean;
};
export type Clusters = { readonly clusters: readonly Cluster[]; /** Before and after the picture. */ readonly before: number; readonly after: number };

/**
 * What stands closer together than `roomPx` is shown as one, with its number: counts of all clusters and of what is outside the picture
 * are always everything that was given. The grid hangs on time and not on the picture, so nothing jumps while it is moved.
 */
export function clustersOf(spots: readonly Spot[], span: Span, widthPx: number, roomPx: number): Clusters {
  const from = firstAt(spots, span.fromMs), to = firstAt(spots, span.toMs + 1);
  const cellMs = Math.max(1, (lengthOf(span) / Math.max(1, widthPx)) * roomPx);
  const clusters: Cluster[] = [];
  for (let start = from; start < to;) {
    const key = Math.floor((spots[start]?.atMs ?? 0) / cellMs);
    let end = start + 1;
    while (end < to && Math.floor((spots[end]?.atMs ?? 0) / cellMs) === key) end += 1;
    clusters.push(clusterOf(spots, start, end, key, { span, widthPx, roomPx, cellMs }));
    start = end;
  }
  return { clusters, before: from, after: spots.length - to };
}

function clusterOf(spots: readonly Spot[], start: number, end: number, key: number, { span, widthPx, roomPx, cellMs }: { span: Span; widthPx: number; roomPx: number; cellMs: number }): Cluster {
  const fromMs = spots[start]?.atMs ?? 0, toMs = spots[end - 1]?.atMs ?? 0;
  const marks = new Set<string>();
  let worst: number | null = null, byPerson = false;
  for (let at = start; at < end; at += 1) {
    const spot = spots[at];
    if (spot?.mark !== undefined) marks.add(spot.mark);
    if (spot?.priority !== undefined) worst = Math.min(worst ?? spot.priority, spot.priority);
    if (spot !== undefined && spot.by !== null) byPerson = true;
  }
  // Kept off the edges of its cell by half its own size, so that neighbours never cover each other.
  const left = placeOf(key * cellMs, span, widthPx) + roomPx / 2;
  const px = end - start === 1 ? Math.min(left + roomPx / 4, Math.max(left - roomPx / 4, placeOf(fromMs, span, widthPx))) : left;
  return { key, px, count: end - start, first: start, last: end - 1, fromMs, toMs, marks: [...marks], worst, byPerson };
}

/** Place of the first that is at `ms` or later; they stand in the order of their times. */
export function firstAt(spots: readonly Pick<Spot, 'atMs'>[], ms: number): number {
  let low = 0, high = spots.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((spots[middle]?.atMs ?? Infinity) < ms) low = middle + 1;
    else high = middle;
  }
  return low;
}
