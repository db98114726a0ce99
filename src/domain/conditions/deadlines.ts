/**
 * When channels fall stale, without any work for a sample: signs of life only put a deadline off, and are looked at when it comes.
 *
 * Channels stand in blocks of 64; a block has one entry in the queue, the earliest deadline it may have. When that comes, the block is looked through.
 */
import { TimerQueue } from './timer-queue.ts';

const BLOCK = 64;

export class Deadlines {
  readonly #channels: number;
  readonly #deadlineOf: (channel: number) => number;
  readonly #queue = new TimerQueue();
  /** The block's entry in the queue; others of the same block are out of date. */
  readonly #blockMs: Float64Array;

  /** `deadlineOf`: when a channel falls stale if nothing more is heard of it; infinity = never. It only ever moves on, but for `expect`. */
  constructor(channels: number, deadlineOf: (channel: number) => number) {
    this.#channels = channels;
    this.#deadlineOf = deadlineOf;
    this.#blockMs = new Float64Array(Math.ceil(channels / BLOCK)).fill(Number.POSITIVE_INFINITY);
  }

  /** Nothing falls due before this moment. */
  get nextMs(): number {
    return this.#queue.nextMs;
  }

  /** The channel has a deadline again, after it had none. */
  expect(channel: number): void {
    this.#put(Math.floor(channel / BLOCK), this.#deadlineOf(channel));
  }

  /** The channel that falls due next before `nowMs`, by time and then by number; -1 when none does. It must have another deadline or none after that. */
  next(nowMs: number): number {
    while (this.#queue.nextMs < nowMs) {
      const dueMs = this.#queue.nextMs;
      const block = this.#queue.pop();
      if (this.#blockMs[block] !== dueMs) continue;
      this.#blockMs[block] = Number.POSITIVE_INFINITY;
      const channel = this.#earliestOf(block);
      this.#put(block, this.#deadlineOf(channel));
      if (this.#deadlineOf(channel) === dueMs) return channel;
    }
    return -1;
  }

  #earliestOf(block: number): number {
    let earliest = block * BLOCK;
    let earliestMs = this.#deadlineOf(earliest);
    for (let channel = earliest + 1; channel < Math.min(this.#channels, (block + 1) * BLOCK); channel += 1) {
      const atMs = this.#deadlineOf(channel);
      if (atMs < earliestMs) [earliest, earliestMs] = [channel, atMs];
    }
    return earliest;
  }

  #put(block: number, atMs: number): void {
    if (atMs >= (this.#blockMs[block] as number)) return;
    this.#blockMs[block] = atMs;
    this.#queue.push(atMs, block);
  }
}
