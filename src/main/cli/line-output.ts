/** Many lines to stdout, in pieces, and never more of them in memory than a piece or two: whoever reads us slowly slows us down. */
import type { CommandIo } from './io.ts';

/** Characters gathered before they are handed on. */
export const PIECE_LENGTH = 65_536;

export class LineOutput {
  readonly #io: CommandIo;
  #lines: string[] = [];
  #length = 0;

  constructor(io: CommandIo) {
    this.#io = io;
  }

  line(text: string): void {
    this.#lines.push(text);
    this.#length += text.length + 1;
  }

  /** A promise to wait for before more is written; null when there is no need. */
  untilTold(): Promise<void> | null {
    if (this.#length < PIECE_LENGTH) return null;
    this.flush();
    return this.#io.drained?.() ?? null;
  }

  flush(): void {
    if (this.#lines.length === 0) return;
    this.#io.stdout(`${this.#lines.join('\n')}\n`);
    this.#lines = [];
    this.#length = 0;
  }
}
