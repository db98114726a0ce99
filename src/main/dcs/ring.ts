/** A buffer that cannot grow without end. When it is full the oldest goes, and that is counted, never hidden. */

/** First in, first out; `capacity` at most. */
export class Ring<T> {
  #items: T[] = [];
  #start = 0;
  #dropped = 0;
  readonly #capacity: number;

  constructor(capacity: number) {
    if (!Number.isInteger(capacity) || capacity < 1) throw new Error(`ring capacity must be a positive integer, not ${capacity}`);
    this.#capacity = capacity;
  }

  get length(): number {
    return this.#items.length;
  }

  push(item: T): void {
    if (this.#items.length < this.#capacity) {
      this.#items.push(item);
      return;
    }
    this.#items[this.#start] = item;
    this.#start = (this.#start + 1) % this.#capacity;
    this.#dropped += 1;
  }

  /** Takes everything out, oldest first, with the number that had to go since the last time. */
  drain(): { items: T[]; dropped: number } {
    const items = this.#start === 0 ? this.#items : [...this.#items.slice(this.#start), ...this.#items.slice(0, this.#start)];
    const dropped = this.#dropped;
    this.#items = [];
    this.#start = 0;
    this.#dropped = 0;
    return { items, dropped };
  }
}
