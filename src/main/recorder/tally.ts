/** What a recording comes to, summed as its rows are written: an incident may be open for a week, and summing it anew each minute would hold up the station. */
import { tagsPresent } from '../../domain/recording/block-codec.ts';
import { Names } from '../../domain/recording/columns.ts';
import type { SampleStore } from './store.ts';

/** Rows summed in one turn. */
const ROWS_A_TURN = 500;

export class Tally {
  samples = 0;
  bytes = 0;
  /** How far its rows reach in time; the last row may be a gap of long ago. */
  toMs = 0;
  #nextN: number;
  /** Bits of the tags seen, for each list of names. */
  readonly #present = new Map<string, Uint8Array>();

  constructor(firstN: number) {
    this.#nextN = firstN;
  }

  /** False while there is more than one turn may take. */
  advance(store: SampleStore): boolean {
    const headN = store.head?.n ?? 0;
    if (this.#nextN > headN) return true;
    for (const row of store.heads(this.#nextN, ROWS_A_TURN)) {
      if (row.kind === 'samples') this.samples += row.samples;
      this.bytes += row.bytes;
      this.toMs = Math.max(this.toMs, row.toMs);
      this.#nextN = row.n + 1;
      if (row.names !== '') this.#see(row.names, Buffer.from(row.present, 'hex'));
    }
    return this.#nextN > headN;
  }

  tags(store: SampleStore): number {
    const found = new Set<string>();
    for (const [hash, present] of this.#present) {
      const text = store.names(hash);
      if (text === null) continue;
      const { tags } = Names.of(text);
      for (const tag of tagsPresent(present)) found.add(tags[tag] ?? String(tag));
    }
    return found.size;
  }

  #see(names: string, present: Uint8Array): void {
    const seen = this.#present.get(names) ?? new Uint8Array(0);
    const joined = seen.length >= present.length ? seen : Uint8Array.from({ length: present.length }, (_, i) => seen[i] ?? 0);
    for (const [i, bits] of present.entries()) joined[i] = (joined[i] as number) | bits;
    this.#present.set(names, joined);
  }
}
