/**
 * Where secrets are shown: one console's share of the slow checks, so that no console can starve another's signature, and a lock-out of
 * the console itself, whoever's secret it guesses at. Retreat never comes here.
 */
import type { Signature } from '../../contract/commands.ts';
import type { Problem } from '../../contract/envelope.ts';
import { lockOut } from '../users/lock-out.ts';
import type { Result, UsersProblemCode } from '../users/users.ts';
import type { Desk } from './log-ons.ts';

/** Checks of one console at a time: the person who signs and one who is impatient. */
export const CHECKS_MAX = 2;
/** Wrong secrets from one console, of whatever accounts, after which it is locked out. Twice what one person may get wrong. */
export const CONSOLE_WRONG_MAX = 10;

/** How the accounts' "no" is told at the console. What is said of a wrong secret and of an unknown account is the same. */
const CODES: Readonly<Record<UsersProblemCode, Problem['code']>> = {
  'wrong-secret': 'bad-signature', 'locked-out': 'locked-out', 'must-change': 'must-change', 'disabled': 'account-disabled', 'busy': 'busy', 'bad-account': 'bad-input',
  'no-account': 'bad-signature', 'taken': 'bad-signature', 'too-many': 'bad-signature', 'damaged': 'bad-signature', 'wrong-mode': 'bad-signature', 'io': 'bad-signature',
};

export type Shown<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly problem: Problem };

const CONSOLE = 'console';

export class SignatureDesk {
  readonly #nowMs: () => number;
  readonly #desks = new WeakMap<Desk, { checks: number; readonly wrongs: ReturnType<typeof lockOut> }>();

  constructor(nowMs: () => number) {
    this.#nowMs = nowMs;
  }

  /** Shows a secret to the accounts for this console. */
  async show<T>(desk: Desk, signature: Signature, check: (user: string, secret: string) => Promise<Result<T>>): Promise<Shown<T>> {
    const known = this.#desks.get(desk) ?? { checks: 0, wrongs: lockOut(CONSOLE_WRONG_MAX) };
    this.#desks.set(desk, known);
    if (known.checks >= CHECKS_MAX) return { ok: false, problem: { code: 'busy', message: `${CHECKS_MAX} signatures of this console are being checked; try again in a moment` } };
    const untilMs = known.wrongs.lockedUntil(CONSOLE, this.#nowMs());
    if (untilMs !== undefined) return { ok: false, problem: { code: 'locked-out', message: `too many wrong secrets at this console; signatures are possible again in ${Math.ceil((untilMs - this.#nowMs()) / 60_000)} min. Retreat needs none.` } };
    known.checks += 1;
    try {
      const checked = await check(signature.user, signature.secret);
      if (checked.ok) return checked;
      if (checked.problem.code === 'wrong-secret') known.wrongs.wrong(CONSOLE, this.#nowMs());
      return { ok: false, problem: { code: CODES[checked.problem.code], message: checked.problem.message.en } };
    } finally {
      known.checks -= 1;
    }
  }
}
