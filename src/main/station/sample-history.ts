/**
 * The last hour of every number tag in memory, for trends. Bounded: a ring for each tag; when a tag sends faster than
 * the ring can hold, the oldest goes first. Bad and stale stretches are kept as gaps, never bridged.
 */
import { decimate } from '../../domain/samples/decimate.ts';
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
