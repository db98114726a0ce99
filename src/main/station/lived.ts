/** How things stood through the exercise that runs, so that the station can be led back with the plant. States share what has not changed: one more costs what changed. */
import type { StationState } from '../../domain/station/state.ts';

/** Beyond it every other one goes: what is given back is a little older then, never newer. */
const KEPT_MAX = 8_000;

export class Lived {
  #kept: { readonly atMs: number; readonly state: StationState }[] = [];
  #exerciseMs: number | null = null;

  keep(atMs: number, state: StationState): void {
    const exerciseMs = state.training?.startedMs ?? null;
    if (exerciseMs !== this.#exerciseMs) this.#kept = [];
    this.#exerciseMs = exerciseMs;
    if (exerciseMs === null) return;
    if (this.#kept.at(-1)?.atMs === atMs) this.#kept.pop();
    this.#kept.push({ atMs, state });
    if (this.#kept.length > KEPT_MAX) this.#kept = this.#kept.filter((_, i) => i % 2 === 0);
  }

  /** As of before the exercise: as it began. */
  at(atMs: number): StationState | null {
    return (this.#kept.findLast((each) => each.atMs <= atMs) ?? this.#kept[0])?.state ?? null;
  }
}
