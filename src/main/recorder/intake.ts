/**
 * Samples on their way to the disk: bounded, whatever the disk does. Takes them as they come, remembers the newest of every tag, hands
 * them out in pieces, and counts what did not fit. Adding a sample costs a look-up and six numbers; nothing here can fail but for lack of memory.
 */
import { Chunk, KIND, Names } from '../../domain/recording/columns.ts';
import type { Columns } from '../../domain/recording/columns.ts';
import { STATUS } from '../../domain/samples/sample.ts';
import type { Sample } from '../../domain/samples/sample.ts';

/** Words that state tags may show, all together; beyond it somebody invents them. */
const WORDS_MAX = 10_000;
/** Emptied pieces kept to be filled again. */
const SPARE_MAX = 2;

/** Samples that were not kept: how many, and between when and when they came. */
export interface Lost {
  readonly count: number;
  readonly fromMs: number;
  readonly toMs: number;
}

/** A tag that is to be recorded; `states`: the words of a state tag, in the order of their numbers. */
export interface RecordedTag {
  readonly id: string;
  readonly states?: readonly string[];
}

export class Intake {
  readonly names: Names;
  readonly #chunkSamples: number;
  readonly #chunksMax: number;
  readonly #chunks: Chunk[] = [];
  readonly #spare: Chunk[] = [];
  /** Place of each tag in `#newest`. */
  readonly #newestAt = new Map<number, number>();
  #newest = new Chunk(64);
  #lost: Lost | null = null;
  #firstMs = 0;
  #lastMs = 0;

  /** @param tags in the order in which they are to be numbered; others are added as they come */
  constructor(tags: readonly RecordedTag[], chunkSamples: number, samplesMax: number) {
    this.names = new Names(tags.map(({ id }) => id), [], Object.fromEntries(tags.flatMap(({ id, states }) => (states === undefined ? [] : [[id, states]]))));
    this.#chunkSamples = chunkSamples;
    this.#chunksMax = Math.max(1, Math.floor(samplesMax / chunkSamples));
  }

  /** When the newest sample came. */
  get lastMs(): number {
    return this.#lastMs;
  }

  /** When the oldest of those that wait came; null = none waits. */
  get firstMs(): number | null {
    return (this.#chunks[0]?.count ?? 0) === 0 ? null : this.#firstMs;
  }

  get waiting(): number {
    return this.#chunks.reduce((sum, { count }) => sum + count, 0);
  }

  get hasLost(): boolean {
    return this.#lost !== null;
  }

  /** At least one piece is full. */
  get hasFull(): boolean {
    return this.#chunks[0]?.isFull === true;
  }

  /** Those in waiting, oldest first. */
  pieces(max: number): readonly Chunk[] {
    return this.#chunks.slice(0, max).filter(({ count }) => count > 0);
  }

  add(sample: Sample): void {
    const { value, sourceMs, receivedMs } = sample;
    if (!Number.isFinite(receivedMs)) throw new RangeError('a sample without the time at which it came');
    const status = sample.status >>> 0 === sample.status ? sample.status : STATUS.bad;
    const tag = this.names.tag(sample.tag);
    const kind = kindOf(value);
    const number = kind === KIND.word ? this.#wordAt(value as string) : value === null ? Number.NaN : Number(value);
    const known = number < 0 ? KIND.none : kind;
    this.#lastMs = Math.max(this.#lastMs, receivedMs);
    this.#remember(tag, known, number, status, sourceMs, receivedMs);
    const chunk = this.#room();
    if (chunk === null) return this.#lose(receivedMs);
    if (chunk.count === 0 && this.#chunks.length === 1) this.#firstMs = receivedMs;
    chunk.add(tag, known, number, status, sourceMs, receivedMs);
  }

  /** These are on the disk. */
  drop(pieces: readonly Chunk[]): void {
    for (const piece of pieces) {
      if (this.#chunks[0] !== piece) throw new Error('broken invariant: samples leave in the order in which they came');
      this.#chunks.shift();
      piece.count = 0;
      if (this.#spare.length < SPARE_MAX) this.#spare.push(piece);
    }
    this.#firstMs = this.#chunks[0]?.receivedMs[0] ?? 0;
  }

  /** What was lost since it was asked last. */
  takeLost(): Lost | null {
    const lost = this.#lost;
    this.#lost = null;
    return lost;
  }

  /** The newest sample of every tag; null while none has come. */
  standing(): Columns | null {
    return this.#newest.count === 0 ? null : this.#newest;
  }

  #room(): Chunk | null {
    const last = this.#chunks.at(-1);
    if (last !== undefined && !last.isFull) return last;
    if (this.#chunks.length >= this.#chunksMax) return null;
    const chunk = this.#spare.pop() ?? new Chunk(this.#chunkSamples);
    this.#chunks.push(chunk);
    return chunk;
  }

  #lose(atMs: number): void {
    this.#lost = { count: (this.#lost?.count ?? 0) + 1, fromMs: Math.min(this.#lost?.fromMs ?? atMs, atMs), toMs: Math.max(this.#lost?.toMs ?? atMs, atMs) };
  }

  /** -1 = there are too many words. */
  #wordAt(word: string): number {
    return this.names.words.length < WORDS_MAX || this.names.words.includes(word) ? this.names.word(word) : -1;
  }

  #remember(tag: number, kind: number, number: number, status: number, sourceMs: number, receivedMs: number): void {
    const at = this.#newestAt.get(tag);
    const newest = this.#newest;
    if (at === undefined) {
      if (newest.isFull) this.#newest = grown(newest);
      this.#newestAt.set(tag, this.#newest.count);
      return this.#newest.add(tag, kind, number, status, sourceMs, receivedMs);
    }
    newest.kinds[at] = kind;
    newest.numbers[at] = number;
    newest.statuses[at] = status;
    newest.sourceMs[at] = sourceMs;
    newest.receivedMs[at] = receivedMs;
  }
}

function kindOf(value: Sample['value']): number {
  switch (typeof value) {
    case 'number': return KIND.number;
    case 'boolean': return KIND.truth;
    case 'string': return KIND.word;
    default: return KIND.none;
  }
}

function grown(chunk: Chunk): Chunk {
  const larger = new Chunk(chunk.count * 2);
  for (let i = 0; i < chunk.count; i += 1) larger.add(chunk.tags[i] as number, chunk.kinds[i] as number, chunk.numbers[i] as number, chunk.statuses[i] as number, chunk.sourceMs[i] as number, chunk.receivedMs[i] as number);
  return larger;
}
