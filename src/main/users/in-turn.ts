/** One piece of work at a time, in order: that bounds the memory scrypt takes, and keeps many guesses at once from slipping past the lock-out. */
import { outsideReason } from '../outside-reason.ts';
import { problem } from './problem.ts';
import type { Result } from './problem.ts';

/**
 * Pieces of work that may wait for their turn. More than all consoles together may ask at a time (CLIENTS_MAX of the browser host and
 * the desktop window, each CHECKS_MAX), so that no console can keep another's signature out.
 */
export const WAITING_MAX = 40;

const BUSY = problem('busy', 'Too many signatures are being checked at once; try again in a moment.', '正在核对的签名过多；请稍后重试。');

/** One at a time, in order; beyond WAITING_MAX the answer is "busy". */
export function inTurn() {
  let last: Promise<unknown> = Promise.resolve();
  let waiting = 0;
  return <T>(work: () => Promise<Result<T>>): Promise<Result<T>> => {
    if (waiting >= WAITING_MAX) return Promise.resolve({ ok: false, problem: BUSY });
    waiting += 1;
    const turn = last.then(work).catch((error: unknown): Result<T> => ({ ok: false, problem: failed(error) }));
    last = turn.finally(() => (waiting -= 1));
    return turn;
  };
}

function failed(error: unknown) {
  const { zh, en } = outsideReason(error);
  return problem('io', `The check could not be made (${en}).`, `无法核对（${zh}）。`);
}
