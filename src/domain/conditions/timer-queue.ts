/**
 * What is due next: a binary heap of (time, node). Equal times come out in the order of the nodes, so that the same
 * samples give the same changes whatever was queued first. Entries are not taken back; who pops one asks whether it still holds.
 */
export class TimerQueue {
  readonly #times: number[] = [];
  readonly #nodes: number[] = [];

  get size(): number {
    return this.#times.length;
  }

  push(atMs: number, node: number): void {
    let i = this.#times.length;
    this.#times.push(atMs);
    this.#nodes.push(node);
    while (i > 0) {
      const parent = (i - 1) >> 1;
      if (!this.#isBefore(i, parent)) break;
      this.#swap(i, parent);
      i = parent;
    }
  }

  /** Time of the earliest entry; infinity when there is none. */
  get nextMs(): number {
    return this.#times[0] ?? Number.POSITIVE_INFINITY;
  }

  /** Takes the earliest entry out and gives its node; -1 when there is none. */
  pop(): number {
    const node = this.#nodes[0] ?? -1;
    const lastTime = this.#times.pop();
    const lastNode = this.#nodes.pop();
    if (this.#times.length > 0 && lastTime !== undefined && lastNode !== undefined) {
      this.#times[0] = lastTime;
      this.#nodes[0] = lastNode;
      this.#sink();
    }
    return node;
  }

  #sink(): void {
    for (let i = 0; ;) {
      const left = 2 * i + 1;
      let least = i;
      if (left < this.#times.length && this.#isBefore(left, least)) least = left;
      if (left + 1 < this.#times.length && this.#isBefore(left + 1, least)) least = left + 1;
      if (least === i) return;
      this.#swap(i, least);
      i = least;
    }
  }

  #isBefore(a: number, b: number): boolean {
    const difference = (this.#times[a] as number) - (this.#times[b] as number);
    return difference < 0 || (difference === 0 && (this.#nodes[a] as number) < (this.#nodes[b] as number));
  }

  #swap(a: number, b: number): void {
    [this.#times[a], this.#times[b]] = [this.#times[b] as number, this.#times[a] as number];
    [this.#nodes[a], this.#nodes[b]] = [this.#nodes[b] as number, this.#nodes[a] as number];
  }
}
