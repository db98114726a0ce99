/**
 * How much one console may ask: a bucket of requests that fills again with time, and a bound on what waits for an answer. Pure; time
 * comes in. Retreat is never measured by it.
 */
/** Requests at once: a console that opens asks for a snapshot, its trends and what its screen shows. */
export const BURST = 100;
/** Requests a second for good. A person with both hands on the keys makes a tenth of it. */
export const PER_SECOND = 30;
/** Requests without an answer yet. */
export const UNANSWERED_MAX = 32;

export class Intake {
  #room = BURST;
  #atMs: number | null = null;
  #unanswered = 0;

  /** A clock that stands still or steps back gives no room. */
  hasRoom(nowMs: number): boolean {
    const passedMs = this.#atMs === null ? 0 : Math.max(0, nowMs - this.#atMs);
    this.#atMs = Math.max(this.#atMs ?? nowMs, nowMs);
    this.#room = Math.min(BURST, this.#room + (passedMs / 1_000) * PER_SECOND);
    return this.#room >= 1 && this.#unanswered < UNANSWERED_MAX;
  }

  /** Takes one request in, if there is room. */
  take(nowMs: number): boolean {
    const has = this.hasRoom(nowMs);
    if (has) this.#room -= 1;
    return has;
  }

  begin(): void {
    this.#unanswered += 1;
  }

  end(): void {
    this.#unanswered -= 1;
  }
}
