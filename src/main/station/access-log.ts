/**
 * What was not let in, put on record: one by one up to a bound each minute, beyond it one record a minute with their number, so that a
 * flood fills no disk. Never a secret, never what else was sent; a name only where it is an account's, because people type their secret
 * into the wrong field.
 */
import { fact } from '../../domain/station/facts.ts';
import type { Fact } from '../../domain/station/facts.ts';

/** Of one kind, in one minute, one by one. Each kind has its own bound: a flood of one must not hide another. */
export const ONE_BY_ONE_MAX = 20;
export const COUNTED_OVER_MS = 60_000;
/** Kinds told apart; what comes beyond is counted as one. */
export const ACCESS_KINDS_MAX = 32;

export interface RefusedAccess {
  /** Null: of no command that there is. */
  readonly command: string | null;
  readonly code: string;
  readonly user?: string | undefined;
  /** Honest mistakes of a form: counted only. */
  readonly isCounted?: boolean;
}

export interface AccessLogParts {
  readonly nowMs: () => number;
  readonly isAccount: (user: string) => boolean;
  readonly record: (facts: readonly Fact[]) => void;
}

export class AccessLog {
  readonly #parts: AccessLogParts;
  #sinceMs: number;
  #kinds = new Map<string, { written: number; more: number }>();

  constructor(parts: AccessLogParts) {
    this.#parts = parts;
    this.#sinceMs = parts.nowMs();
  }

  refused({ command, code, user, isCounted = false }: RefusedAccess): void {
    this.tick();
    const known = user !== undefined && this.#parts.isAccount(user);
    // A wrong secret and an unknown account are told apart here, and here only.
    const precise = code === 'bad-signature' && user !== undefined ? (known ? 'wrong-secret' : 'unknown-account') : code;
    const kind = this.#kinds.has(precise) || this.#kinds.size < ACCESS_KINDS_MAX ? precise : 'other';
    const seen = this.#kinds.get(kind) ?? { written: 0, more: 0 };
    this.#kinds.set(kind, seen);
    if (isCounted || seen.written >= ONE_BY_ONE_MAX) {
      seen.more += 1;
      return;
    }
    seen.written += 1;
    this.#parts.record([fact('access.refused', this.#parts.nowMs(), null, { command, code: kind, ...(known ? { user } : {}), count: 1 })]);
  }

  /** After a minute what was only counted is told. */
  tick(): void {
    if (this.#parts.nowMs() - this.#sinceMs >= COUNTED_OVER_MS) this.flush();
  }

  flush(): void {
    const nowMs = this.#parts.nowMs();
    const counted = [...this.#kinds].filter(([, { more }]) => more > 0).map(([code, { more }]) => fact('access.refused', nowMs, null, { command: null, code, count: more }));
    this.#kinds = new Map();
    this.#sinceMs = nowMs;
    if (counted.length > 0) this.#parts.record(counted);
  }
}
