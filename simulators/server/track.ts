/**
 * What was shown and what was true, once a second of plant time, for 24 hours: columns in typed arrays, in pages, the oldest page dropped.
 * Numbers are kept as 32 bits; a transmitter's quantum brings back exactly what was shown. In memory only: gone with the process.
 */
import type { PlantDefinition } from '../machine/definition.ts';
import type { PlantMachine } from '../machine/machine.ts';

const PAGE_ROWS = 600;
/** a day at one row a second */
export const TRACK_ROWS = 86_400;
const BAD_BYTE = 255;

export const TRUTH_PREFIX = 'truth:';
export const MARGIN_PREFIX = 'margin:';

interface Page { readonly timeS: Float64Array; readonly atMs: Float64Array; readonly branch: Uint16Array; readonly numbers: Float32Array; readonly words: Uint8Array; rows: number }
/** One row as it is found again. */
export interface Row { readonly timeS: number; readonly atMs: number; readonly branch: number; value(column: string): number | null }

interface Column { readonly kind: 'number' | 'word'; readonly index: number; readonly steps: number }

export class Track {
  readonly #columns = new Map<string, Column>();
  readonly #numbers: readonly string[];
  readonly #words: readonly string[];
  readonly #pageLimit: number;
  #pages: Page[] = [];
  #lastMs = 0;

  constructor(definition: PlantDefinition, rows = TRACK_ROWS) {
    this.#pageLimit = Math.max(1, Math.ceil(rows / PAGE_ROWS));
    const analog = definition.tags.filter(({ kind }) => kind === 'analog').map(({ id }) => id);
    const numeric = definition.tags.filter(({ kind }) => kind === 'analog' || kind === 'count').map(({ id }) => id);
    this.#numbers = [...numeric, ...analog.map((id) => TRUTH_PREFIX + id), ...definition.margins.map(({ id }) => MARGIN_PREFIX + id)];
    this.#words = definition.tags.filter(({ kind }) => kind === 'discrete' || kind === 'boolean').map(({ id }) => id);
    this.#numbers.forEach((id, index) => {
      const quantum = definition.measurements[id]?.quantum ?? 0;
      this.#columns.set(id, { kind: 'number', index, steps: quantum > 0 ? Math.round(1 / quantum) : 0 });
    });
    this.#words.forEach((id, index) => this.#columns.set(id, { kind: 'word', index, steps: 0 }));
  }

  get rows(): number {
    return this.#pages.reduce((sum, page) => sum + page.rows, 0);
  }
  get bytes(): number {
    return this.#pages.length * PAGE_ROWS * (8 + 8 + 2 + 4 * this.#numbers.length + this.#words.length);
  }
  has(column: string): boolean {
    return this.#columns.has(column);
  }

  record(plant: PlantMachine, branch: number, atMs: number): void {
    const page = this.#openPage();
    const row = page.rows;
    page.timeS[row] = plant.timeS;
    // whoever reads the history wants times that go on, however many rows came in one tick
    this.#lastMs = Math.max(Math.round(atMs), this.#lastMs + 1);
    page.atMs[row] = this.#lastMs;
    page.branch[row] = branch;
    const numbersAt = row * this.#numbers.length;
    const wordsAt = row * this.#words.length;
    for (const { id, value, good, uncertain } of plant.tags()) {
      const column = this.#columns.get(id);
      if (!column) continue;
      const kept = good || uncertain === true;
      if (column.kind === 'number') page.numbers[numbersAt + column.index] = kept ? Number(value) : Number.NaN;
      else page.words[wordsAt + column.index] = kept ? Number(value) : BAD_BYTE;
    }
    for (const id of plant.sensors.keys()) this.#put(page, numbersAt, TRUTH_PREFIX + id, plant.trueAnalog(id));
    for (const { id, value } of plant.margins()) this.#put(page, numbersAt, MARGIN_PREFIX + id, value);
    page.rows += 1;
  }

  #put(page: Page, numbersAt: number, name: string, value: number): void {
    const column = this.#columns.get(name);
    if (column) page.numbers[numbersAt + column.index] = value;
  }

  #openPage(): Page {
    const last = this.#pages.at(-1);
    if (last && last.rows < PAGE_ROWS) return last;
    const page: Page = {
      timeS: new Float64Array(PAGE_ROWS), atMs: new Float64Array(PAGE_ROWS), branch: new Uint16Array(PAGE_ROWS),
      numbers: new Float32Array(PAGE_ROWS * this.#numbers.length), words: new Uint8Array(PAGE_ROWS * this.#words.length), rows: 0,
    };
    this.#pages.push(page);
    if (this.#pages.length > this.#pageLimit) this.#pages.shift();
    return page;
  }

  /** oldest first, or newest first; stops when it is no longer asked */
  *walk(backwards = false): Generator<Row> {
    const pages = backwards ? [...this.#pages].reverse() : this.#pages;
    for (const page of pages) {
      for (let i = 0; i < page.rows; i += 1) yield this.#rowOf(page, backwards ? page.rows - 1 - i : i);
    }
  }

  #rowOf(page: Page, row: number): Row {
    return {
      timeS: page.timeS[row] ?? 0, atMs: page.atMs[row] ?? 0, branch: page.branch[row] ?? 0,
      value: (name) => {
        const column = this.#columns.get(name);
        if (!column) return null;
        if (column.kind === 'word') {
          const word = page.words[row * this.#words.length + column.index] ?? BAD_BYTE;
          return word === BAD_BYTE ? null : word;
        }
        const value = page.numbers[row * this.#numbers.length + column.index] ?? Number.NaN;
        if (Number.isNaN(value)) return null;
        return column.steps > 0 ? Math.round(value * column.steps) / column.steps : value;
      },
    };
  }
}
