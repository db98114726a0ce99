/**
 * Rules, procedures and clauses as they go into the journal, so that years later a report needs nothing but the journal: which limit it
 * was, what the step said, which clause it carried. Text in parts, because one record is bounded.
 */
import type { PlantPack } from './schema.ts';

export interface RecordedClause {
  readonly id: string;
  readonly kind: 'trigger' | 'action' | 'never' | 'limit' | 'confirm' | 'govern';
  readonly text: { readonly zh: string; readonly en: string };
}
export interface RecordedPack {
  readonly format: 'haven-pack/1';
  readonly pack: PlantPack;
  readonly clauses: readonly RecordedClause[];
}

/** Of one part, UTF-16 code units: with its escapes well under the limit of a record's data. */
const PART_MAX_LENGTH = 300_000;

export const recordedPackText = (pack: PlantPack, clauses: readonly RecordedClause[]): string =>
  JSON.stringify({ format: 'haven-pack/1', pack, clauses: clauses.map(({ id, kind, text }) => ({ id, kind, text })) } satisfies RecordedPack);

/** Cut so that no character is torn in two: half a surrogate pair is not JSON. */
export function partsOf(text: string): string[] {
  const parts: string[] = [];
  for (let from = 0; from < text.length;) {
    let to = Math.min(from + PART_MAX_LENGTH, text.length);
    if (to < text.length && isHighSurrogate(text.charCodeAt(to - 1))) to -= 1;
    parts.push(text.slice(from, to));
    from = to;
  }
  return parts;
}

const isHighSurrogate = (unit: number): boolean => unit >= 0xd800 && unit <= 0xdbff;

/** Gathers the parts as they come in the journal; null until one pack is whole. A part that does not continue the last begins nothing. */
export class PackReader {
  #hash: string | null = null;
  #parts: string[] = [];

  add({ hash, part, of, text }: { readonly hash: string; readonly part: number; readonly of: number; readonly text: string }): { readonly hash: string; readonly recorded: RecordedPack } | null {
    if (part === 1) [this.#hash, this.#parts] = [hash, []];
    if (hash !== this.#hash || part !== this.#parts.length + 1) return null;
    this.#parts.push(text);
    if (part < of) return null;
    try {
      return { hash, recorded: JSON.parse(this.#parts.join('')) as RecordedPack };
    } catch {
      return null; // Not ours, or written by a version that was broken; the report then says that it has no pack.
    }
  }
}
