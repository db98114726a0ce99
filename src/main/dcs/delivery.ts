/**
 * Between the network's handlers and the rest of the station: handlers only push, listeners get batches.
 * What does not fit is counted and told as a gap; nothing grows without end.
 */
import type { Sample } from '../../domain/samples/sample.ts';
import { Ring } from './ring.ts';
import type { Unsubscribe } from './types.ts';

const FLUSH_MS = 50;
/** Room for several bursts of every tag; about 100 bytes a sample. */
const MIN_CAPACITY = 20_000;
const BURSTS = 8;

/** Listeners of one kind of news. One that throws does not keep the news from the others. */
export class Listeners<T> {
  readonly #all = new Set<(news: T) => void>();

  add(listener: (news: T) => void): Unsubscribe {
    this.#all.add(listener);
    return () => this.#all.delete(listener);
  }

  tell(news: T): void {
    for (const listener of this.#all) {
      try {
        listener(news);
      } catch (error) {
        // Fail loud, but not inside a network handler: the host's policy for uncaught errors decides.
        queueMicrotask(() => {
          throw error;
        });
      }
    }
  }
}

/** Collects samples and hands them on at most every 50 ms. */
export class SampleDelivery {
  readonly listeners = new Listeners<readonly Sample[]>();
  readonly #ring: Ring<Sample>;
  readonly #onOverflow: (dropped: number) => void;
  #timer: NodeJS.Timeout | null = null;

  constructor(tagCount: number, onOverflow: (dropped: number) => void, capacity = Math.max(MIN_CAPACITY, BURSTS * tagCount)) {
    this.#ring = new Ring(capacity);
    this.#onOverflow = onOverflow;
  }

  push(sample: Sample): void {
    this.#ring.push(sample);
    this.#timer ??= setTimeout(() => this.flush(), FLUSH_MS);
  }

  /** Hands on everything now. */
  flush(): void {
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
    const { items, dropped } = this.#ring.drain();
    if (dropped > 0) this.#onOverflow(dropped);
    if (items.length > 0) this.listeners.tell(items);
  }
}
