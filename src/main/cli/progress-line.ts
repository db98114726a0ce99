/** One line on a terminal's stderr that says how far a replay is; nothing where nobody looks. */
import type { ReplayProgress } from '../replay/replay-file.ts';
import type { CommandIo } from './io.ts';

/** Often enough to be seen moving. */
const EVERY_MS = 500;
const CLEAR = '\r\u001B[K';

export class ProgressLine {
  readonly #io: CommandIo;
  readonly #clock: () => number;
  readonly #startedMs: number;
  #shownMs: number;
  #isShown = false;

  /** @param clock ms that only go forwards */
  constructor(io: CommandIo, clock: () => number = () => performance.now()) {
    this.#io = io;
    this.#clock = clock;
    this.#startedMs = clock();
    this.#shownMs = this.#startedMs;
  }

  show(progress: ReplayProgress): void {
    const nowMs = this.#clock();
    if (this.#io.isTerminal !== true || nowMs - this.#shownMs < EVERY_MS) return;
    this.#shownMs = nowMs;
    this.#isShown = true;
    this.#io.stderr(`${CLEAR}${textOf(progress, (nowMs - this.#startedMs) / 1_000)}`);
  }

  clear(): void {
    if (this.#isShown) this.#io.stderr(CLEAR);
    this.#isShown = false;
  }
}

function textOf({ bytes, ofBytes, samples, nowMs }: ReplayProgress, seconds: number): string {
  const part = ofBytes > 0 ? `${String(Math.floor((100 * bytes) / ofBytes)).padStart(3)} %` : `${String(Math.floor(bytes / 1_048_576))} MB`;
  const left = ofBytes > 0 && bytes > 0 ? `, ${String(Math.ceil((seconds * (ofBytes - bytes)) / bytes))} s left` : '';
  return `${part}  ${nowMs === null ? '' : new Date(nowMs).toISOString().slice(0, 19)}  ${(samples / 1e6).toFixed(1)} million samples, ${(samples / 1e6 / Math.max(seconds, 0.001)).toFixed(2)} million/s${left}`;
}
