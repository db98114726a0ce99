/**
 * Finds values of the plant's channels at which a condition is true, or false, from the measures it is made of; of several ways the
 * quickest. What only time shows (a slope, a swing) it does not find: those stories are written by hand.
 */
import { childrenOf, inputsOf } from '../../../src/domain/conditions/compile.ts';
import type { ConditionDef, Measure, PlantPack } from '../../../src/domain/packs/schema.ts';
import type { SampleValue } from '../../../src/domain/samples/sample.ts';

export interface Way {
  /** Channels (tags, `lab:`, `seen:`) and what they are to say. */
  readonly values: ReadonlyMap<string, SampleValue>;
  /** How long that has to last. */
  readonly waitMs: number;
}

type Comparing = Partial<Record<'above' | 'atOrAbove' | 'below' | 'atOrBelow', number | undefined>>;

export class BreakingValues {
  readonly #conditions: ReadonlyMap<string, ConditionDef>;
  readonly #spans: ReadonlyMap<string, { readonly low: number; readonly high: number; readonly whole: boolean }>;
  readonly #words: ReadonlyMap<string, readonly SampleValue[]>;

  constructor(pack: PlantPack) {
    this.#conditions = new Map(pack.conditions.map((c) => [c.id, c]));
    this.#spans = new Map([
      ...pack.tags.flatMap((tag) => (tag.kind === 'analog' || tag.kind === 'count' ? [[tag.id, { low: tag.low, high: tag.high, whole: tag.kind === 'count' }] as const] : [])),
      ...pack.labs.map((lab) => [`lab:${lab.id}`, { low: lab.low, high: lab.high, whole: false }] as const),
    ]);
    this.#words = new Map(pack.tags.flatMap((tag): [string, readonly SampleValue[]][] => (tag.kind === 'discrete' ? [[tag.id, tag.states]] : tag.kind === 'boolean' ? [[tag.id, [false, true]]] : [])));
  }

  /** The quickest way from these values to the condition's being so; null when it takes a course of values and not values alone. */
  wayTo(id: string, wanted: boolean, from: ReadonlyMap<string, SampleValue>): Way | null {
    const condition = this.#conditions.get(id);
    if (condition === undefined) throw new Error(`no condition ${id}`);
    if (this.isSo(id, from) === wanted) return { values: new Map(), waitMs: wanted ? condition.onDelay : 0 };
    const way = this.#wayOfMeasure(condition.measure, wanted, from);
    return way === null ? null : { ...way, waitMs: way.waitMs + (wanted ? condition.onDelay : condition.offDelay) };
  }

  /** The same for a measure that is no condition's: a proof's, an option's. */
  wayToMeasure(measure: Measure, wanted: boolean, from: ReadonlyMap<string, SampleValue>): Way | null {
    return this.#wayOfMeasure(measure, wanted, from);
  }

  /** What the condition says of these values if they last; null when they do not tell. */
  isSo(id: string, values: ReadonlyMap<string, SampleValue>): boolean | null {
    const measure = this.#conditions.get(id)?.measure;
    if (measure === undefined) throw new Error(`no condition ${id}`);
    const children = childrenOf(measure).map((child) => this.isSo(child, values));
    const every = (of: readonly (boolean | null)[]): boolean | null => (of.includes(false) ? false : of.includes(null) ? null : true);
    const value = (input: string): SampleValue => values.get(input) ?? null;
    switch (measure.kind) {
      case 'all': return every(children);
      case 'any': return flip(every(children.map(flip)));
      case 'not': return flip(children[0] ?? null);
      case 'duration': return children[0] ?? null;
      case 'limit': case 'lab': return isBeyond(measure, value(measure.input));
      case 'voted': return measure.inputs.filter((input) => isBeyond(measure, value(input)) === true).length >= measure.need;
      case 'state': return value(measure.input) === null ? null : [measure.is].flat().some((word) => word === value(measure.input));
      case 'seen': return value(measure.input) === true;
      // Of values that stand still.
      case 'rate': case 'trend': case 'swing': case 'notFalling': case 'stale': case 'badQuality': case 'discrepancy': return false;
      case 'ratio': case 'deviation': return null;
    }
  }

  #wayOfMeasure(measure: Measure, wanted: boolean, from: ReadonlyMap<string, SampleValue>): Way | null {
    switch (measure.kind) {
      case 'all': return wanted ? this.#every(measure.of, true, from) : this.#one(measure.of, false, from);
      case 'any': return wanted ? this.#one(measure.of, true, from) : this.#every(measure.of, false, from);
      case 'not': return this.wayTo(measure.of, !wanted, from);
      case 'duration': {
        const way = this.wayTo(measure.of, wanted, from);
        return way === null ? null : { ...way, waitMs: way.waitMs + (wanted ? measure.longerThan : 0) };
      }
      case 'limit': return this.#values([measure.input], (input) => this.#beyond(measure, input, wanted));
      case 'voted': return this.#values(measure.inputs, (input) => this.#beyond(measure, input, wanted));
      case 'state': return this.#values([measure.input], (input) => (this.#words.get(input) ?? []).find((word) => [measure.is].flat().some((each) => each === word) === wanted) ?? null);
      case 'seen': return this.#values([measure.input], () => wanted);
      case 'lab': case 'rate': case 'trend': case 'swing': case 'notFalling': case 'stale': case 'badQuality': case 'discrepancy': case 'ratio': case 'deviation': return null;
    }
  }

  #values(inputs: readonly string[], valueOf: (input: string) => SampleValue): Way | null {
    const values = new Map(inputs.map((input) => [input, valueOf(input)]));
    return [...values.values()].includes(null) ? null : { values, waitMs: 0 };
  }

  /** A value well beyond the limit, or well within, inside the instrument's range. */
  #beyond(measure: Comparing & { readonly deadband: number }, input: string, wanted: boolean): number | null {
    const span = this.#spans.get(input);
    const up = measure.above ?? measure.atOrAbove;
    const limit = up ?? measure.below ?? measure.atOrBelow;
    if (span === undefined || limit === undefined) return null;
    const margin = span.whole ? 1 : Math.max(measure.deadband * 1.5, (span.high - span.low) / 1_000);
    const value = limit + ((up !== undefined) === wanted ? margin : -margin);
    return Math.min(span.high, Math.max(span.low, value));
  }

  /** All of them, one after the other, until none undoes another. */
  #every(of: readonly string[], wanted: boolean, from: ReadonlyMap<string, SampleValue>): Way | null {
    const values = new Map<string, SampleValue>();
    let waitMs = 0;
    for (let round = 0; round < 3; round += 1) {
      for (const child of of) {
        const way = this.wayTo(child, wanted, new Map([...from, ...values]));
        if (way === null) return null;
        for (const [input, value] of way.values) values.set(input, value);
        waitMs = Math.max(waitMs, way.waitMs);
      }
      if (of.every((child) => this.isSo(child, new Map([...from, ...values])) === wanted)) return { values, waitMs };
    }
    return null;
  }

  #one(of: readonly string[], wanted: boolean, from: ReadonlyMap<string, SampleValue>): Way | null {
    return of.flatMap((child) => this.wayTo(child, wanted, from) ?? []).sort((a, b) => a.waitMs - b.waitMs)[0] ?? null;
  }
}

const flip = (value: boolean | null): boolean | null => (value === null ? null : !value);

function isBeyond({ above, atOrAbove, below, atOrBelow }: Comparing, value: SampleValue): boolean | null {
  if (typeof value !== 'number') return null;
  if (above !== undefined) return value > above;
  if (atOrAbove !== undefined) return value >= atOrAbove;
  return below === undefined ? value <= (atOrBelow ?? Number.NEGATIVE_INFINITY) : value < below;
}

/** Every channel below a condition. */
export function channelsBelow(pack: PlantPack, id: string): string[] {
  const measure = pack.conditions.find((c) => c.id === id)?.measure;
  return measure === undefined ? [] : [...inputsOf(measure), ...childrenOf(measure).flatMap((child) => channelsBelow(pack, child))];
}

/** The longest time that a slope below a condition looks back: so long it knows nothing after a gap. */
export function longestWindowMs(pack: PlantPack, id: string): number {
  const measure = pack.conditions.find((c) => c.id === id)?.measure;
  return measure === undefined ? 0 : Math.max('window' in measure ? measure.window : 0, ...childrenOf(measure).map((child) => longestWindowMs(pack, child)));
}
