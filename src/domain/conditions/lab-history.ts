/**
 * The last laboratory results of one kind, as A4.2(5) wants them read: one result beyond the limit is a suspicion that
 * calls for a second analysis at once; two in a row are a confirmation.
 */
import { FALSE, TRUE, UNKNOWN } from './truth.ts';
import type { Truth } from './truth.ts';

export class LabHistory {
  #last: Truth = UNKNOWN;
  #before: Truth = UNKNOWN;
  #count = 0;
  #suspectedSinceMs: number | null = null;

  /** When the result that still awaits its re-analysis was entered; null when none does. */
  get suspectedSinceMs(): number | null {
    return this.#suspectedSinceMs;
  }

  /** A result was entered: beyond the limit, within it, or unusable. An unusable one neither confirms nor clears. */
  add(atMs: number, beyond: Truth): void {
    if (beyond === UNKNOWN) return;
    this.#before = this.#last;
    this.#last = beyond;
    this.#count += 1;
    const isFirstOfRow = beyond === TRUE && this.#before !== TRUE;
    this.#suspectedSinceMs = isFirstOfRow ? atMs : null;
  }

  truth(phase: 'suspected' | 'confirmed' | 'overdue', nowMs: number, reanalyseWithinMs: number): Truth {
    if (this.#count === 0) return UNKNOWN;
    switch (phase) {
      case 'suspected': return this.#last === TRUE ? TRUE : FALSE;
      case 'confirmed': return this.#last === TRUE && this.#before === TRUE ? TRUE : FALSE;
      case 'overdue': return this.#suspectedSinceMs !== null && nowMs - this.#suspectedSinceMs >= reanalyseWithinMs ? TRUE : FALSE;
    }
  }
}
