/**
 * Brings message after message to the platform: in order, the next one only when the one before has its receipt, as patiently as it takes.
 * Knows nothing of journals: whoever composes it gives the next messages and keeps the receipts.
 */
import { setImmediate as nextTurn, setTimeout as pause } from 'node:timers/promises';
import type { Text } from '../../contract/text.ts';
import { outsideReason } from '../outside-reason.ts';
import type { Outgoing } from './client.ts';
import { failureText, needsPerson } from './outcome.ts';
import type { Outcome } from './outcome.ts';
import { waitMs } from './pace.ts';
import type { Retry } from './pace.ts';

export interface DeliveryParts {
  /** At most a batch, oldest first; empty = there is nothing to send. May throw: then it is asked again later. */
  readonly next: () => Promise<readonly Outgoing[]>;
  readonly put: (message: Outgoing, signal: AbortSignal) => Promise<Outcome>;
  /** Receipts are here for `count` messages up to and with this one. */
  readonly delivered: (last: Outgoing, count: number, receipt: string | null) => void;
  readonly conflict: (message: Outgoing) => void;
  /** The platform has lost what it gave receipts for; the next batch is to begin with this one. False = there is no such message. */
  readonly rewind: (message: Outgoing, missing: number) => Promise<boolean>;
  readonly changed: () => void;
  readonly retry: Retry;
  readonly random: () => number;
  readonly nowMs: () => number;
}

export interface DeliveryStatus {
  /** Why the last attempt failed; null = it did not. */
  readonly failing: { readonly reason: Text; readonly sinceMs: number } | null;
  readonly stopped: boolean;
}

/** How long it waits for news when nobody tells it of any. */
const IDLE_MS = 5_000;

export class Delivery {
  readonly #parts: DeliveryParts;
  readonly #over = new AbortController();
  #wake: AbortController = new AbortController();
  #failing: DeliveryStatus['failing'] = null;
  #failures = 0;
  #stopped = false;
  #rewoundTo: number | null = null;
  #running: Promise<void> | null = null;

  constructor(parts: DeliveryParts) {
    this.#parts = parts;
  }

  start(): void {
    this.#running ??= this.#run();
  }

  /** There may be something to send. Costs nothing when there is not; does not shorten a wait after a failure. */
  poke(): void {
    if (this.#failures === 0) this.#wake.abort();
  }

  status(): DeliveryStatus {
    return { failing: this.#failing, stopped: this.#stopped };
  }

  async stop(): Promise<void> {
    this.#over.abort();
    this.#wake.abort();
    await this.#running;
  }

  async #run(): Promise<void> {
    while (!this.#over.signal.aborted && !this.#stopped) {
      let waitForMs: number;
      try {
        waitForMs = await this.#round();
      } catch (error) {
        const { zh, en } = outsideReason(error);
        waitForMs = this.#fail({ zh: `无法读取待上传内容：${zh}`, en: `What is to be handed on cannot be read: ${en}` }, false, null);
      }
      if (waitForMs > 0) await this.#rest(waitForMs);
      else await nextTurn();
    }
  }

  /** One batch. @returns how long to rest before the next */
  async #round(): Promise<number> {
    this.#wake = new AbortController();
    const batch = await this.#parts.next();
    if (batch.length === 0) return IDLE_MS;
    let [last, count, receipt]: [Outgoing | null, number, string | null] = [null, 0, null];
    const keep = (): void => { if (last !== null) this.#parts.delivered(last, count, receipt); };
    for (const message of batch) {
      const outcome = await this.#parts.put(message, this.#over.signal);
      if (outcome.outcome === 'receipt') {
        [last, count, receipt] = [message, count + 1, outcome.receipt];
        if (message.seq !== this.#rewoundTo) this.#rewoundTo = null;
        this.#worked();
        continue;
      }
      keep();
      return this.#over.signal.aborted ? 0 : this.#hindered(message, outcome);
    }
    keep();
    return 0;
  }

  async #hindered(message: Outgoing, outcome: Exclude<Outcome, { outcome: 'receipt' }>): Promise<number> {
    switch (outcome.outcome) {
      case 'conflict':
        this.#stopped = true;
        this.#failing = { reason: { zh: `平台在第 ${String(message.seq)} 条下存有不同内容；已停止，绝不覆盖`, en: `The platform holds another content under message ${String(message.seq)}; stopped, nothing is overwritten` }, sinceMs: this.#parts.nowMs() };
        this.#parts.conflict(message);
        this.#parts.changed();
        return 0;
      case 'missing': {
        // Asked for the same one twice running, right after it gave a receipt for it: it does not keep what it gets.
        const again = this.#rewoundTo === outcome.seq;
        const words = { zh: `平台缺第 ${String(outcome.seq)} 条`, en: `The platform lacks message ${String(outcome.seq)}` };
        if (!again && await this.#parts.rewind(message, outcome.seq)) {
          this.#rewoundTo = outcome.seq;
          return 0;
        }
        return this.#fail(again ? { zh: `${words.zh}，补传后仍缺`, en: `${words.en}, though it was sent again` } : words, true, null);
      }
      case 'failed': return this.#fail(failureText(outcome.failure, outcome.detail), needsPerson(outcome.failure), outcome.retryAfterMs);
    }
  }

  #worked(): void {
    const wasFailing = this.#failing !== null;
    this.#failures = 0;
    this.#failing = null;
    if (wasFailing) this.#parts.changed();
  }

  #fail(reason: Text, isForPeople: boolean, patienceMs: number | null): number {
    this.#failures += 1;
    this.#failing = { reason, sinceMs: this.#failing?.sinceMs ?? this.#parts.nowMs() };
    this.#parts.changed();
    return waitMs(this.#failures, isForPeople, patienceMs, this.#parts.retry, this.#parts.random());
  }

  async #rest(ms: number): Promise<void> {
    await pause(ms, undefined, { signal: this.#failures > 0 ? this.#over.signal : AbortSignal.any([this.#wake.signal, this.#over.signal]), ref: false }).catch(() => undefined);
  }
}
