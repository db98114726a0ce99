/**
 * Who is logged on at which console. A log-on binds a person to one console; its ticket lets the same page go on after its connection
 * was lost. All of it lives in memory and ends with the process.
 *
 * It answers who acts and for whom; it opens no gate and closes none. Retreat asks it for a name only, and does without.
 */
import { createHash, randomBytes } from 'node:crypto';
import type { Role } from '../../contract/refusal.ts';
import type { SessionView } from '../../contract/session.ts';
import { fact } from '../../domain/station/facts.ts';
import type { Fact } from '../../domain/station/facts.ts';
import type { Account, Users } from '../users/users.ts';

/** A console from which nobody has asked anything for so long locks itself. Engineering default. */
export const IDLE_LOCK_MS = 10 * 60_000;
/** The longest shift: after it a log-on ends, used or not. */
export const SHIFT_MS = 12 * 3_600_000;
/** Log-ons at a time, those of lost consoles included; beyond it the one that was used least lately goes. */
export const LOG_ONS_MAX = 64;
const TICKET_BYTES = 32;

/** A console, by identity only. */
export type Desk = object;

interface LogOn {
  /** The ticket itself is nowhere but in the page: what is kept here opens nothing. */
  readonly digest: string;
  readonly account: Account;
  /** Changes with the person's secret. */
  readonly seal: string;
  readonly beganMs: number;
  usedMs: number;
  isLocked: boolean;
  desk: Desk | null;
}

export interface LogOnsParts {
  readonly users: Pick<Users, 'standing'>;
  /** A steady clock: one that is set back must not keep a log-on alive. */
  readonly nowMs: () => number;
  readonly record: (facts: readonly Fact[]) => void;
}

export class LogOns {
  readonly #parts: LogOnsParts;
  readonly #byDigest = new Map<string, LogOn>();
  readonly #at = new WeakMap<Desk, LogOn>();

  constructor(parts: LogOnsParts) {
    this.#parts = parts;
  }

  /** Who answers for what is asked here now; null = nobody, or locked. */
  person(desk: Desk): Account | null {
    const found = this.#valid(desk);
    return found === null || found.isLocked ? null : this.#account(found);
  }

  /** Everybody of a role who is logged on at some console now and not locked. */
  present(role: Role): Account[] {
    return [...this.#byDigest.values()].flatMap((found) => {
      const account = found.desk !== null && this.#isStillGood(found) && !found.isLocked ? this.#account(found) : null;
      return account?.roles.includes(role) === true ? [account] : [];
    });
  }

  /** The name that a retreat is recorded under. From memory alone: nothing on that way looks at a disk or ends a log-on. */
  nameOf(desk: Desk): string | null {
    const found = this.#at.get(desk);
    return found === undefined || this.#isOver(found) || this.#isIdle(found) ? null : found.account.user;
  }

  /** At some console now, and not locked. */
  isAtConsole(user: string): boolean {
    return [...this.#byDigest.values()].some((found) => found.account.user === user && found.desk !== null && this.#isStillGood(found) && !found.isLocked);
  }

  /** Has a log-on that is still good, wherever its console is. */
  isHere(user: string): boolean {
    return [...this.#byDigest.values()].some((found) => found.account.user === user && this.#isStillGood(found));
  }

  view(desk: Desk): SessionView | null {
    const found = this.#valid(desk);
    if (found === null) return null;
    const { user, name, roles } = this.#account(found) ?? found.account;
    return { user, name, roles: [...roles], locked: found.isLocked, lockAtMs: Math.round(found.usedMs + IDLE_LOCK_MS) };
  }

  /** Names this console where it is this person's: see `Users.check`. */
  countedAt(desk: Desk, user: string): string | undefined {
    const found = this.#valid(desk);
    return found?.account.user === user ? found.digest : undefined;
  }

  /** Somebody asked something here. Nothing unlocks but a secret. */
  used(desk: Desk): void {
    const found = this.#valid(desk);
    if (found !== null && !found.isLocked) found.usedMs = this.#parts.nowMs();
  }

  /** The person has shown their secret. Unlocks; whoever was logged on here before no longer is. The answer is the ticket. */
  begin(desk: Desk, account: Account): string | null {
    const standing = this.#parts.users.standing(account.user);
    if (standing.state !== 'good') return null; // Disabled, or changed, while the secret was being checked.
    const before = this.#valid(desk);
    if (before !== null) this.#drop(before);
    const ticket = randomBytes(TICKET_BYTES).toString('base64url');
    const nowMs = this.#parts.nowMs();
    this.#makeRoom();
    this.#put({ digest: digestOf(ticket), account: standing.account, seal: standing.seal, beganMs: nowMs, usedMs: nowMs, isLocked: false, desk: null }, desk);
    const replaces = before === null || before.account.user === account.user ? null : before.account.user;
    this.#tell(fact('session.logged-on', nowMs, account.user, { user: account.user, name: account.name, replaces }));
    return ticket;
  }

  /** A ticket is good at one console at a time: where it was before, nobody is logged on any longer. A locked log-on stays locked. */
  resume(desk: Desk, ticket: string): boolean {
    const found = this.#byDigest.get(digestOf(ticket));
    if (found === undefined || !this.#isStillGood(found)) return false;
    if (found.desk === desk) return true;
    const tookOver = found.desk !== null;
    if (found.desk !== null) this.#at.delete(found.desk);
    const before = this.#valid(desk);
    if (before !== null) this.#end(before, 'person');
    this.#put(found, desk);
    this.#tell(fact('session.resumed', this.#parts.nowMs(), found.account.user, { user: found.account.user, tookOver }));
    return true;
  }

  end(desk: Desk): void {
    const found = this.#valid(desk);
    if (found !== null) this.#end(found, 'person');
  }

  /** The connection is gone; the log-on waits for its page to come back. */
  left(desk: Desk): void {
    const found = this.#at.get(desk);
    if (found === undefined) return;
    found.desk = null;
    this.#at.delete(desk);
  }

  /** Time passes: idle ones lock, old ones end, those of changed accounts end. */
  tick(): void {
    for (const found of this.#byDigest.values()) this.#isStillGood(found);
  }

  #valid(desk: Desk): LogOn | null {
    const found = this.#at.get(desk);
    return found !== undefined && this.#isStillGood(found) ? found : null;
  }

  #isStillGood(found: LogOn): boolean {
    if (!this.#byDigest.has(found.digest)) return false;
    if (this.#isOver(found)) return this.#end(found, 'shift');
    const standing = this.#parts.users.standing(found.account.user);
    if (standing.state === 'gone' || (standing.state === 'good' && standing.seal !== found.seal)) return this.#end(found, 'account');
    if (!found.isLocked && this.#isIdle(found)) {
      found.isLocked = true;
      this.#tell(fact('session.locked', this.#parts.nowMs(), null, { user: found.account.user }));
    }
    return true;
  }

  /** With the roles of now. Accounts that cannot be read identify nobody (they sign for nobody either), but end nothing. */
  #account(found: LogOn): Account | null {
    const standing = this.#parts.users.standing(found.account.user);
    return standing.state === 'good' && standing.seal === found.seal ? standing.account : null;
  }

  #isOver({ beganMs }: LogOn): boolean {
    return this.#parts.nowMs() - beganMs >= SHIFT_MS;
  }

  #isIdle({ usedMs, isLocked }: LogOn): boolean {
    return isLocked || this.#parts.nowMs() - usedMs >= IDLE_LOCK_MS;
  }

  #end(found: LogOn, because: 'person' | 'shift' | 'account' | 'room'): false {
    this.#drop(found);
    this.#tell(fact('session.logged-off', this.#parts.nowMs(), because === 'person' ? found.account.user : null, { user: found.account.user, because }));
    return false;
  }

  #drop(found: LogOn): void {
    this.#byDigest.delete(found.digest);
    if (found.desk !== null) this.#at.delete(found.desk);
  }

  #put(found: LogOn, desk: Desk): void {
    found.desk = desk;
    this.#byDigest.set(found.digest, found);
    this.#at.set(desk, found);
  }

  #makeRoom(): void {
    if (this.#byDigest.size < LOG_ONS_MAX) return;
    const stalest = [...this.#byDigest.values()].reduce((a, b) => (b.usedMs < a.usedMs ? b : a));
    this.#end(stalest, 'room');
  }

  #tell(told: Fact): void {
    this.#parts.record([told]);
  }
}

/** The ticket is random and long: a fast digest is enough, and a look-up by it tells nothing in its time. */
function digestOf(ticket: string): string {
  return createHash('sha256').update(ticket).digest('base64url');
}
