/**
 * What the line tells while a simulated plant is put back (TRAINING). A plant that is put back jumps; a jump is no course, and no rate may be made of it: the
 * next exercise would begin with conditions that its plant does not have. So the samples of that second or two are set aside; when the plant stands, tags that
 * have jumped begin anew with their newest value, and all others go on as if nothing had been.
 *
 * Only the conditions wait. Stop, evacuation and every other command are done meanwhile as ever, and what the screens show is not held.
 */
import type { PlantPack } from '../../domain/packs/schema.ts';
import type { Sample } from '../../domain/samples/sample.ts';

/** Of the instrument's range: more than its noise, less than what a rate would take for a course. */
const JUMP_SHARE = 0.01;
/** What is set aside is let through when it is more than this, or older: whoever waits for an answer that does not come must not blind the station. */
const SAMPLES_MAX = 200_000;
const LONGEST_MS = 15_000;

export class SetAside {
  readonly #samples: Sample[] = [];
  readonly #sinceMs: number;

  constructor(nowMs: number) {
    this.#sinceMs = nowMs;
  }

  add(batch: readonly Sample[]): void {
    for (const sample of batch) this.#samples.push(sample);
  }

  isTooMuch(nowMs: number): boolean {
    return this.#samples.length > SAMPLES_MAX || nowMs - this.#sinceMs > LONGEST_MS;
  }

  /** Tags that stand elsewhere now than before, and the samples that are left to be looked at: of those tags the newest alone. */
  release({ tags }: Pick<PlantPack, 'tags'>, before: (tag: string) => unknown): { readonly jumped: readonly string[]; readonly samples: readonly Sample[] } {
    const newest = new Map(this.#samples.map((sample) => [sample.tag, sample]));
    const jumped = new Set(tags.flatMap((tag) => {
      if (tag.kind !== 'analog') return [];
      const [was, is] = [before(tag.id), newest.get(tag.id)?.value];
      return typeof was === 'number' && typeof is === 'number' && Math.abs(is - was) > (tag.high - tag.low) * JUMP_SHARE ? [tag.id] : [];
    }));
    return { jumped: [...jumped], samples: this.#samples.filter((sample) => !jumped.has(sample.tag) || newest.get(sample.tag) === sample) };
  }
}
