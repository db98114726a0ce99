/** Station's milliseconds to seconds of plant time since the exercise began: by the truth samples where they are kept, else by the instructor's orders. */
import type { TruthTrack } from '../../contract/drill.ts';
import type { NumberedFact } from '../report/incident.ts';
import { plantTimeOf } from '../report/what-if.ts';
import type { PlantTime } from '../report/what-if.ts';

export class PlantClock {
  readonly #points: readonly (readonly [ms: number, s: number])[];
  readonly #told: PlantTime;

  constructor(startedMs: number, truth: TruthTrack | null, records: readonly NumberedFact[]) {
    // Samples and a snapshot that was gone back to: only what goes on in both is a clock.
    const points: (readonly [number, number])[] = [];
    for (const { atMs, atS } of truth?.samples ?? []) {
      const last = points.at(-1);
      if (last === undefined || (atMs >= last[0] && atS >= last[1])) points.push([atMs, atS]);
    }
    this.#points = points;
    this.#told = plantTimeOf(startedMs, records.flatMap(({ fact }) => (fact.atMs < startedMs ? [] : [fact])));
  }

  secondAt(atMs: number): number {
    const after = this.#firstFrom(atMs);
    const [first, last] = [this.#points[0], this.#points.at(-1)];
    if (first === undefined || last === undefined) return round(Math.max(0, this.#told.secondAt(atMs)));
    if (after === 0) return round(Math.max(0, first[1] - (first[0] - atMs) / 1_000));
    if (after >= this.#points.length) return round(last[1] + Math.max(0, atMs - last[0]) / 1_000);
    const [before, next] = [this.#points[after - 1] ?? first, this.#points[after] ?? last];
    const spanMs = next[0] - before[0];
    return round(before[1] + (spanMs === 0 ? 0 : ((atMs - before[0]) / spanMs) * (next[1] - before[1])));
  }

  /** Place of the first point that is not before it: they stand in order, and there may be a hundred thousand. */
  #firstFrom(atMs: number): number {
    let [low, high] = [0, this.#points.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#points[middle]?.[0] ?? 0) < atMs) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

const round = (seconds: number): number => Math.round(seconds * 10) / 10;
