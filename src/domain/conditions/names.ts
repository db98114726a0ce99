/**
 * From a name to its number: a hash table of numbers only, a sixth of the memory of a Map of strings. The names themselves are kept once, by
 * whoever made them. A name that is not there has no number, whatever it is called (`__proto__`, the empty text, a million more).
 */
const FNV_OFFSET = 0x811c9dc5;
const FNV_PRIME = 0x01000193;

export class Names {
  readonly all: readonly string[];
  /** Number + 1 of the name that hashes here or just before; 0 = free. */
  readonly #slots: Int32Array;
  readonly #mask: number;

  constructor(all: readonly string[]) {
    this.all = all;
    let size = 8;
    while (size < all.length * 1.5) size *= 2;
    this.#slots = new Int32Array(size);
    this.#mask = size - 1;
    all.forEach((name, number) => {
      // Of two of one name the later counts, as in a Map.
      this.#slots[this.#slotOf(name)] = number + 1;
    });
  }

  numberOf(name: string): number | undefined {
    const number = this.#slots[this.#slotOf(name)] as number;
    return number === 0 ? undefined : number - 1;
  }

  /** Where the name stands, or would. */
  #slotOf(name: string): number {
    let hash = FNV_OFFSET;
    for (let i = 0; i < name.length; i += 1) hash = Math.imul(hash ^ name.charCodeAt(i), FNV_PRIME);
    let slot = (hash ^ (hash >>> 15)) & this.#mask;
    for (;;) {
      const number = this.#slots[slot] as number;
      if (number === 0 || this.all[number - 1] === name) return slot;
      slot = (slot + 1) & this.#mask;
    }
  }
}
