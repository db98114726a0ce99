/**
 * The last hour of every number tag in memory, for trends. Bounded: a ring for each tag; when a tag sends faster than
 * the ring can hold, the oldest goes first. Bad and stale stretches are kept as gaps, never bridged.
 */
import type { Sample } from '../../domain/samples/sample.ts';
import { severityOf } from '../../domain/samples/sample.ts';

/** Points kept for each tag: an hour at one a second. */
const RING_SIZE = 3_600;
/** Faster samples than this share a place; a trend of an hour cannot show more. */
const SPACING_MS = 900;

interface Ring {
  readonly times: Float64Array;
  readonly values: Float64Array;
  next: number;
  size: number;
}

export class SampleHistory {
  readonly #rings = new Map<string, Ring>();

  add(sample: Sample): void {
    if (typeof sample.value === 'string') return;
    const value = sample.value === null || severityOf(sample.status) !== 'good' ? Number.NaN : Number(sample.value);
    const ring = this.#ringOf(sample.tag);
    const last = (ring.next + RING_SIZE - 1) % RING_SIZE;
    const isGap = Number.isNaN(value);
    const wasGap = ring.size > 0 && Number.isNaN(ring.values[last] as number);
    if (ring.size > 0 && isGap === wasGap && sample.receivedMs - (ring.times[last] as number) < SPACING_MS) {
      ring.values[last] = value;
      return;
    }
    ring.times[ring.next] = sample.receivedMs;
    ring.values[ring.next] = value;
    ring.next = (ring.next + 1) % RING_SIZE;
    ring.size = Math.min(RING_SIZE, ring.size + 1);
  }

  #ringOf(tag: string): Ring {
    let ring = this.#rings.get(tag);
    if (ring === undefined) {
      ring = { times: new Float64Array(RING_SIZE), values: new Float64Array(RING_SIZE), next: 0, size: 0 };
      this.#rings.set(tag, ring);
    }
    return ring;
  }

  /** Points of a tag, oldest first, at most `maxPoints`: each bucket gives its lowest and its highest, so that no peak is lost. */
  read(tag: string, fromMs: number, toMs: number, maxPoints: number): [number, number | null][] {
    const ring = this.#rings.get(tag);
    if (ring === undefined) return [];
    const points: [number, number | null][] = [];
    const start = (ring.next - ring.size + RING_SIZE) % RING_SIZE;
    let before: [number, number | null] | null = null;
    for (let i = 0; i < ring.size; i += 1) {
      const at = (start + i) % RING_SIZE;
      const time = ring.times[at] as number;
      const value = ring.values[at] as number;
      const point: [number, number | null] = [Math.round(time), Number.isNaN(value) ? null : value];
      if (time < fromMs) before = point;
      else if (time <= toMs) points.push(point);
    }
    // What held when the window began: an unchanged value sends nothing, yet it is there.
    if (before !== null) points.unshift([Math.round(fromMs), before[1]]);
    return decimate(points, maxPoints);
  }
}

/** Min/max decimation: at most `maxPoints` points, peaks and gaps kept. */
export function decimate(points: readonly [number, number | null][], maxPoints: number): [number, number | null][] {
  if (points.length <= maxPoints) return [...points];
  const buckets = Math.max(1, Math.floor(maxPoints / 3));
  const size = points.length / buckets;
  const kept: [number, number | null][] = [];
  for (let b = 0; b < buckets; b += 1) {
    const slice = points.slice(Math.floor(b * size), Math.floor((b + 1) * size));
    const numbers = slice.filter((p): p is [number, number] => p[1] !== null);
    const gap = slice.find((p) => p[1] === null);
    const low = numbers.reduce<[number, number] | null>((a, p) => (a === null || p[1] < a[1] ? p : a), null);
    const high = numbers.reduce<[number, number] | null>((a, p) => (a === null || p[1] > a[1] ? p : a), null);
    const chosen = [...new Set([low, high, gap].filter((p): p is [number, number] => p != null))];
    kept.push(...chosen.sort((a, b2) => a[0] - b2[0]));
  }
  return kept;
}
