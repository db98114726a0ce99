/** The conditions of a plant, compiled: numbers instead of names, children before parents, nothing that changes. */
import type { Measure, MeasureKind } from '../packs/schema.ts';
import { childrenOf, inDependencyOrder, inputsOf } from './compile.ts';
import type { NodeSpec } from './compile.ts';
import { codeOf, limitOf } from './comparison.ts';
import { inverseOf, listsOf } from './lists.ts';
import type { Lists } from './lists.ts';
import { Names } from './names.ts';
import { slowestOf } from './slope-windows.ts';

/** What the hot path asks of a node, in one byte: the comparison of a limit in the lowest bits, and whose family it is. */
export const TRAIT = {
  comparison: 3,
  /** Plain limits go past the table of kinds. */
  limit: 4,
  proof: 8,
  /** Reads nothing of its inputs but whether they are good. */
  quality: 16,
  rate: 32,
  /** Answers by its inputs as they are now, and by nothing else: the same values of the same quality give the same answer. */
  now: 64,
} as const;

const PART = -2;

export class Nodes {
  readonly count: number;
  readonly names: Names;
  readonly measures: readonly Measure[];
  readonly onDelayMs: Uint32Array;
  readonly offDelayMs: Uint32Array;
  /** Bits of `TRAIT`. */
  readonly traits: Uint8Array;
  /** Figure of a limit, and of a rate the slower one of its two. */
  readonly limit: Float64Array;
  readonly deadband: Float64Array;
  /** Channels a node reads, or nodes it is made of: a node has only one of the two. A part stands as -2 - its number. */
  readonly #sources: Lists;
  /** Nodes that read a channel, and nodes that are made of a node. */
  readonly readers: Lists;
  readonly parents: Lists;
  readonly #observations = new Map<number, readonly number[]>();

  constructor(specs: readonly NodeSpec[], channels: Names) {
    const nodes = inDependencyOrder(specs);
    this.count = nodes.length;
    this.names = new Names(nodes.map(({ id }) => id));
    this.measures = nodes.map(({ measure }) => measure);
    this.onDelayMs = Uint32Array.from(nodes, ({ onDelayMs }) => onDelayMs);
    this.offDelayMs = Uint32Array.from(nodes, ({ offDelayMs }) => offDelayMs);
    this.traits = Uint8Array.from(nodes, ({ isProof }) => (isProof === true ? TRAIT.proof : 0));
    this.limit = new Float64Array(this.count);
    this.deadband = new Float64Array(this.count);
    this.measures.forEach((measure, node) => this.#prepare(measure, node));
    const children = this.measures.map((measure) => childrenOf(measure).map((child) => this.names.numberOf(child) as number));
    this.#sources = listsOf(this.measures.map((measure, node) => [...inputsOf(measure).map((input) => channelOf(channels, input)), ...(children[node] ?? []).map((child) => PART - child)]));
    // A `not` waits for the first word on an observation below it, which may leave the observation's own answer as it is.
    const heard = this.measures.map((measure, node) => (measure.kind === 'not' ? this.observationsBelow(node) : inputsOf(measure).map((input) => channelOf(channels, input))));
    this.readers = inverseOf(listsOf(heard), channels.all.length);
    this.parents = inverseOf(listsOf(children), this.count);
  }

  #prepare(measure: Measure, node: number): void {
    switch (measure.kind) {
      case 'limit': {
        const limit = limitOf(measure);
        if (limit === null) throw new Error(`broken invariant: limit '${this.names.all[node]}' names no comparison`);
        this.#mark(node, TRAIT.limit | TRAIT.now | codeOf(limit.comparison));
        this.limit[node] = limit.limit;
        this.deadband[node] = measure.deadband;
        break;
      }
      case 'rate':
        this.#mark(node, TRAIT.rate);
        this.limit[node] = slowestOf(measure);
        break;
      case 'stale': case 'badQuality': this.#mark(node, TRAIT.quality); break;
      case 'ratio': case 'deviation': case 'discrepancy': case 'voted': case 'state': this.#mark(node, TRAIT.now); break;
      case 'trend': case 'swing': case 'notFalling': case 'duration': case 'lab':
      case 'seen': case 'all': case 'any': case 'not': break;
    }
  }

  #mark(node: number, traits: number): void {
    this.traits[node] = (this.traits[node] as number) | traits;
  }

  kindOf(node: number): MeasureKind {
    return (this.measures[node] as Measure).kind;
  }

  /** Channel at a place of the measure; -1 when there is none. */
  input(node: number, place: number): number {
    return Math.max(-1, itemOf(this.#sources, node, place));
  }

  child(node: number, place: number): number {
    return Math.max(-1, PART - itemOf(this.#sources, node, place));
  }

  /** Channels of the observations that a node is made of, through all its parts. */
  observationsBelow(node: number): readonly number[] {
    if (this.kindOf(node) === 'seen') return [this.input(node, 0)];
    const known = this.#observations.get(node);
    if (known !== undefined) return known;
    const children = Array.from({ length: this.places(node) }, (_, place) => this.child(node, place)).filter((child) => child >= 0);
    const found = children.flatMap((child) => this.observationsBelow(child));
    this.#observations.set(node, found);
    return found;
  }

  /** How many inputs or parts. */
  places(node: number): number {
    return lengthOf(this.#sources, node);
  }
}

function itemOf({ starts, items }: Lists, list: number, place: number): number {
  const at = (starts[list] as number) + place;
  return at < (starts[list + 1] as number) ? (items[at] as number) : -1;
}

function lengthOf({ starts }: Lists, list: number): number {
  return (starts[list + 1] as number) - (starts[list] as number);
}

function channelOf(channels: Names, input: string): number {
  const index = channels.numberOf(input);
  if (index === undefined) throw new Error(`broken invariant: '${input}' is not a tag, result or observation of the plant`);
  return index;
}
