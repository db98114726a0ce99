/** A headless plant looked at by the real rules: every second (or two) all its tags go through the real engine, without a station and without OPC UA. */
import type { PlantDefinition } from '../../../simulators/machine/definition.ts';
import { PlantMachine } from '../../../simulators/machine/machine.ts';
import type { SampleValue } from '../../../src/domain/samples/sample.ts';
import { PlantStory, shippedPlant } from '../rules/plant-story.ts';

export class WatchedPlant {
  readonly machine: PlantMachine;
  readonly story: PlantStory;
  readonly #words: ReadonlyMap<string, readonly string[]>;

  constructor(definition: PlantDefinition, { seed = 1, start = 'normal' }: { readonly seed?: number; readonly start?: string } = {}) {
    this.machine = new PlantMachine(definition, seed);
    const begun = this.machine.begin(start);
    if (!begun.ok) throw new Error(begun.message);
    this.#words = new Map(definition.tags.flatMap((tag) => (tag.kind === 'discrete' ? [[tag.id, tag.states] as const] : [])));
    this.machine.step(1);
    this.story = new PlantStory(shippedPlant(definition.id), this.#values());
  }

  /** Lets plant and rules go on, `everyS` at a time; `each` after every step. */
  run(seconds: number, each: (second: number) => void = () => undefined, everyS = 1): this {
    for (let second = everyS; second <= seconds; second += everyS) {
      const stepped = this.machine.step(everyS);
      if (!stepped.ok) throw new Error(stepped.message);
      this.story.run(everyS * 1_000);
      this.story.set(this.#values());
      each(second);
    }
    return this;
  }

  #values(): Record<string, SampleValue> {
    return Object.fromEntries(this.machine.tags().map(({ id, value }) => [id, this.#words.get(id)?.[Number(value)] ?? value]));
  }
}
