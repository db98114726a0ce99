/** What is kept of the plant while a run goes on: truth beside what was shown, and when each promise of the exercise first held. */
import type { TruthSample, TruthTrack } from '../../contract/drill.ts';
import type { PlantPack } from '../../domain/packs/schema.ts';
import type { PlantAnswer } from './headless-plant.ts';
import type { Exercise } from './script.ts';
import type { World } from './world.ts';

export class RunCourse {
  readonly #world: World;
  readonly #pack: PlantPack;
  readonly #asked: Exercise['script']['promises'];
  readonly #samples: TruthSample[] = [];
  /** s since the exercise began at which each first held; null: not yet. */
  readonly promises: (number | null)[];

  constructor(world: World, pack: PlantPack, asked: Exercise['script']['promises']) {
    [this.#world, this.#pack, this.#asked] = [world, pack, asked];
    this.promises = asked.map(() => null);
  }

  /** The last look, or none. */
  get last(): TruthSample[] { return this.#samples.slice(-1); }

  keep({ truth }: PlantAnswer): void {
    const { atS, nowMs } = this.#world;
    for (const [i, { tag, atOrAbove, atOrBelow }] of this.#asked.entries()) {
      if (this.promises[i] !== null) continue;
      const value = this.#figure(tag);
      if (value !== null && (atOrAbove === undefined || value >= atOrAbove) && (atOrBelow === undefined || value <= atOrBelow)) this.promises[i] = atS;
    }
    if (truth === undefined) return;
    const shown = Object.fromEntries(Object.keys(truth.truth).map((tag) => { const value = this.#world.reading(tag); return [tag, typeof value === 'number' ? value : null]; }));
    this.#samples.push({ atS, atMs: nowMs, truth: truth.truth, shown, margins: truth.margins, lost: truth.lost, people: Object.fromEntries(Object.entries(truth.people).map(([tag, count]) => [this.#world.zoneOf(tag), count])) });
  }

  track(): TruthTrack {
    return { margins: this.#world.described.margins.map(({ id, zh, en, unit, clauses, side, lostAt }) => ({ id, title: { zh, en }, unit, clauses, side, lostAt })), samples: this.#samples, events: this.#world.events };
  }

  /** A state as the index of its word, a flag as 0 or 1: what promises compare. */
  #figure(tag: string): number | null {
    const value = this.#world.reading(tag);
    if (typeof value === 'number') return value;
    if (typeof value === 'boolean') return Number(value);
    if (typeof value !== 'string') return null;
    const def = this.#pack.tags.find(({ id }) => id === tag);
    const index = def !== undefined && 'states' in def ? def.states.indexOf(value) : -1;
    return index < 0 ? null : index;
  }
}
