/** What the crew of a script has analysed: because something stands that a result would tell more of, because a proof waits for it, or by the clock. */
import { allInputsOf, inputsOf } from '../../domain/conditions/compile.ts';
import type { ProofDef } from '../../domain/packs/schema.ts';
import { signatureOf, USER_OF } from './crew-accounts.ts';
import type { Follow } from './script.ts';
import type { World } from './world.ts';

type Deed = () => Promise<unknown>;
type Asked = Pick<Follow, 'except' | 'roundS'>;

/** A sample is not taken more often, ms. */
const SAMPLE_EVERY_MS = 120_000;

export class Samples {
  readonly #world: World;
  readonly #follow: Asked;
  /** Results that can be had, with the clauses of the conditions that look at them. */
  readonly #clausesOf: ReadonlyMap<string, readonly string[]>;
  /** Results that raise something by themselves: what a round takes. Of a purge nobody takes samples while the plant runs. */
  readonly #telling: readonly string[];

  constructor(world: World, follow: Asked) {
    this.#world = world;
    this.#follow = follow;
    const all = world.station.plant.conditions;
    const conditions = [...all.values()];
    const labs = world.described.laboratory.map(({ id }) => id);
    const telling = new Set(conditions.filter(({ role }) => role === 'trigger' || role === 'warning').flatMap(({ id }) => allInputsOf(id, all)));
    this.#telling = labs.filter((id) => telling.has(`lab:${id}`));
    this.#clausesOf = new Map(labs.map((id) => [id, conditions.filter(({ measure }) => inputsOf(measure).includes(`lab:${id}`)).flatMap(({ clauses }) => clauses)]));
  }

  /** By the clock, whether anything is wrong or not, one after the other within each round; and what has come of them. */
  async round(): Promise<void> {
    const { roundS } = this.#follow;
    if (roundS === undefined) return;
    const world = this.#world;
    for (const [i, lab] of this.#telling.entries()) {
      const isFirstDue = world.atS >= (roundS * (i + 1)) / this.#telling.length;
      if (isFirstDue && world.nowMs - (world.sampledMs.get(lab) ?? Number.NEGATIVE_INFINITY) >= roundS * 1_000 && !this.#follow.except.includes(lab)) await world.sample(lab);
    }
    for (const [, deed] of this.results()) await deed();
  }

  /** The first result that has come. */
  *results(): Iterable<readonly [string, Deed]> {
    const world = this.#world;
    const arrived = world.samples.findIndex(({ dueMs }) => dueMs <= world.nowMs);
    const result = world.samples[arrived];
    const def = world.station.plant.pack.labs.find(({ id }) => id === result?.lab);
    if (result === undefined) return;
    yield [`lab ${result.lab} ${String(result.sampledMs)}`, async () => {
      world.samples.splice(arrived, 1);
      if (def !== undefined) await world.ask('lab.enter', { lab: result.lab, value: Math.min(def.high, Math.max(def.low, result.value)), sampledMs: result.sampledMs, signature: signatureOf(USER_OF.operator) });
    }];
  }

  /** Samples that a standing condition of the same clause, or one of these proofs, waits for. */
  *wanted(proofs: readonly ProofDef[]): Iterable<readonly [string, Deed]> {
    const world = this.#world;
    if (this.#clausesOf.size === 0) return;
    const { plant: { conditions }, state } = world.station;
    const standing = new Set([...state.conditions.values()].filter(({ held }) => held).flatMap(({ id }) => conditions.get(id)?.clauses ?? []));
    for (const [lab, clauses] of this.#clausesOf) {
      const isWanted = clauses.some((clause) => standing.has(clause)) || proofs.some((proof) => 'when' in proof && inputsOf(proof.when).includes(`lab:${lab}`));
      const isUnderWay = world.samples.some((each) => each.lab === lab) || world.nowMs - (world.sampledMs.get(lab) ?? 0) < SAMPLE_EVERY_MS;
      if (isWanted && !isUnderWay && !this.#follow.except.includes(lab)) yield [`sample ${lab} ${String(world.nowMs)}`, () => world.sample(lab)];
    }
  }
}
