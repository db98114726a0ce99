/**
 * Rows kept in order one change at a time: O(log n) comparisons to put a row in or take one out, never a whole sort again.
 * The pointers behind the place move by one in a single block copy. Work is counted, so that tests can hold it.
 */
export type Work = { comparisons: number };

export class SortedRows<T> {
  private rows: T[] = [];
  private readonly compare: (a: T, b: T) => number;
  private readonly work: Work;

  /** `compare` must be a total order: 0 only for the same row (end every order with the id). */
  constructor(compare: (a: T, b: T) => number, work: Work = { comparisons: 0 }) {
    this.compare = compare;
    this.work = work;
  }

  get size(): number { return this.rows.length; }
  at(position: number): T | undefined { return this.rows[position]; }
  slice(from: number, to: number): T[] { return this.rows.slice(from, to); }
  all(): readonly T[] { return this.rows; }

  load(rows: Iterable<T>): void {
    this.rows = [...rows].sort((a, b) => this.counted(a, b));
  }

  insert(row: T): void {
    this.rows.splice(this.place(row), 0, row);
  }

  /** The very row that was put in, or one that compares equal to it. False when it is not there. */
  remove(row: T): boolean {
    const position = this.positionOf(row);
    if (position < 0) return false;
    this.rows.splice(position, 1);
    return true;
  }

  /** -1 when it is not there. */
  positionOf(row: T): number {
    const position = this.place(row);
    const found = this.rows[position];
    return found !== undefined && this.counted(found, row) === 0 ? position : -1;
  }

  /** Position of the first row that does not come before `row`. */
  private place(row: T): number {
    let low = 0, high = this.rows.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      // `middle` lies between two positions of the list, so a row is there.
      if (this.counted(this.rows[middle] as T, row) < 0) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  private counted(a: T, b: T): number {
    this.work.comparisons += 1;
    return this.compare(a, b);
  }
}
