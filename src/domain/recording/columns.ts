/** Samples in parallel arrays, in the order in which they came: a twentieth of the memory that objects would take. */
import type { SampleValue } from '../samples/sample.ts';

/** How the number of a sample is to be read. A word is its place in the list of words. */
export const KIND = { number: 0, truth: 1, word: 2, none: 3 } as const;

/** Only the first `count` entries count. */
export interface Columns {
  readonly count: number;
  /** Place in the list of tags. */
  readonly tags: Int32Array;
  readonly kinds: Uint8Array;
  readonly numbers: Float64Array;
  /** OPC UA status codes, all 32 bits. */
  readonly statuses: Uint32Array;
  readonly sourceMs: Float64Array;
  readonly receivedMs: Float64Array;
}

/** A piece of fixed size that is filled, written and emptied again. */
export class Chunk implements Columns {
  count = 0;
  readonly tags: Int32Array;
  readonly kinds: Uint8Array;
  readonly numbers: Float64Array;
  readonly statuses: Uint32Array;
  readonly sourceMs: Float64Array;
  readonly receivedMs: Float64Array;

  constructor(capacity: number) {
    this.tags = new Int32Array(capacity);
    this.kinds = new Uint8Array(capacity);
    this.numbers = new Float64Array(capacity);
    this.statuses = new Uint32Array(capacity);
    this.sourceMs = new Float64Array(capacity);
    this.receivedMs = new Float64Array(capacity);
  }

  get isFull(): boolean {
    return this.count === this.tags.length;
  }

  add(tag: number, kind: number, number: number, status: number, sourceMs: number, receivedMs: number): void {
    const i = this.count;
    this.tags[i] = tag;
    this.kinds[i] = kind;
    this.numbers[i] = number;
    this.statuses[i] = status;
    this.sourceMs[i] = sourceMs;
    this.receivedMs[i] = receivedMs;
    this.count = i + 1;
  }
}

/** Words of the state tags, in the order of their numbers. */
export type StateWords = Readonly<Record<string, readonly string[]>>;

/** The names that numbers in columns stand for. Only ever grows, so that what was written keeps its meaning. */
export class Names {
  readonly tags: string[] = [];
  readonly words: string[] = [];
  readonly states: StateWords;
  readonly #tagAt = new Map<string, number>();
  readonly #wordAt = new Map<string, number>();

  constructor(tags: Iterable<string> = [], words: Iterable<string> = [], states: StateWords = {}) {
    for (const tag of tags) this.tag(tag);
    for (const word of words) this.word(word);
    this.states = states;
  }

  tag(id: string): number {
    return placeOf(this.#tagAt, this.tags, id);
  }

  word(word: string): number {
    return placeOf(this.#wordAt, this.words, word);
  }

  /** The number of a tag; undefined where it has none. */
  find(id: string): number | undefined {
    return this.#tagAt.get(id);
  }

  /** What stands in the store; the words' and tags' order is their meaning. */
  text(): string {
    return JSON.stringify({ tags: this.tags, words: this.words, states: this.states });
  }

  /** Throws on what is no list of names. */
  static of(text: string): Names {
    const { tags, words, states } = JSON.parse(text) as { tags: string[]; words: string[]; states: StateWords };
    return new Names(tags, words, states);
  }
}

function placeOf(places: Map<string, number>, list: string[], name: string): number {
  const found = places.get(name);
  if (found !== undefined) return found;
  places.set(name, list.length);
  list.push(name);
  return list.length - 1;
}

export function valueOf(kind: number, number: number, words: readonly string[]): SampleValue {
  switch (kind) {
    case KIND.number: return number;
    case KIND.truth: return number === 1;
    case KIND.word: return words[number] ?? null;
    default: return null;
  }
}
