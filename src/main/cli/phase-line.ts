/** One line on a terminal's stderr that says what is being done and how far it is; nothing where nobody looks. */
import type { Text } from '../../contract/text.ts';
import type { CommandIo } from './io.ts';

const EVERY_MS = 200;
const CLEAR = '\r\u001B[K';

export class PhaseLine {
  readonly #io: Pick<CommandIo, 'stderr' | 'isTerminal'>;
  #shownMs = -Infinity;
  #phase = '';

  constructor(io: Pick<CommandIo, 'stderr' | 'isTerminal'>) {
    this.#io = io;
  }

  show({ phase, done }: { readonly phase: Text; readonly done: number }): void {
    const nowMs = performance.now();
    if (this.#io.isTerminal !== true || (nowMs - this.#shownMs < EVERY_MS && phase.en === this.#phase)) return;
    [this.#shownMs, this.#phase] = [nowMs, phase.en];
    this.#io.stderr(`${CLEAR}${String(Math.floor(done * 100)).padStart(3)} %  ${phase.zh} ${phase.en}`);
  }

  clear(): void {
    if (this.#phase !== '') this.#io.stderr(CLEAR);
    this.#phase = '';
  }
}
