/**
 * Accounts of the people who sign. Decides whether a secret is a user's own; what a role may do is decided elsewhere.
 *
 * Fails closed: with a damaged file nobody can sign. Retreat carries no signature and never comes here.
 */
import { join } from 'node:path';
import { accountsFile } from './accounts-file.ts';
import type { Account, AccountsFile, StoredAccount, UsersMode } from './accounts-file.ts';
import { addAccount, changeSecret, resetSecret, SECRET_MAX_LENGTH, setDisabled, setRoles } from './change-accounts.ts';
import type { NewAccount } from './change-accounts.ts';
import { inTurn } from './in-turn.ts';
import { lockOut } from './lock-out.ts';
import { problem } from './problem.ts';
import type { Result, UsersProblem } from './problem.ts';
import { NOBODY, opens, seal } from './secret.ts';

export type { Account } from './accounts-file.ts';
export { WAITING_MAX } from './in-turn.ts';
export type { Result, UsersProblem, UsersProblemCode } from './problem.ts';

export const USERS_FILE = 'users.json';
/** The shared secret of the demonstration accounts. Public: it opens nothing but a training station. */
export const TRAINING_SECRET = 'haven-training';

/** Who is there in TRAINING. */
export const DEMONSTRATION: readonly Account[] = [
  { user: 'op1', name: '操作员 01', roles: ['operator'] },
  { user: 'op2', name: '操作员 02', roles: ['operator'] },
  { user: 'sup1', name: '班长 01', roles: ['supervisor'] },
  { user: 'sup2', name: '班长 02', roles: ['supervisor'] },
  { user: 'eng1', name: '工艺工程师 01', roles: ['engineer'] },
  { user: 'eng2', name: '安全工程师 02', roles: ['engineer'] },
  { user: 'ins1', name: '教员 01', roles: ['instructor'] },
];

export interface UsersOptions {
  /** The data folder. */
  readonly dir: string;
  readonly mode: UsersMode;
  /** A steady clock for the lock-out, ms. A wall clock that is set forward would end it early. */
  readonly nowMs?: () => number;
}

/** An account as it is kept, for whoever keeps it. */
export interface AccountRow extends Account {
  readonly mustChange: boolean;
  readonly disabled: boolean;
}

/** Whether somebody who once showed a secret may still be taken for that person. `seal` changes with the secret. */
export type Standing = { readonly state: 'good'; readonly account: Account; readonly seal: string } | { readonly state: 'gone' } | { readonly state: 'unreadable' };

export interface Users {
  /** Who may sign, for the signature form: without the disabled. Empty when the file cannot be read. */
  list(): Account[];
  /** All accounts with what is set on them, for whoever keeps them. */
  rows(): AccountRow[];
  standing(user: string): Standing;
  /**
   * Whose secret is this? An unknown user and a wrong secret get the same answer after the same work; only who has shown the right
   * secret learns that the account is disabled or that the secret must be changed.
   *
   * @param desk names a console at which this very person is logged on: wrong secrets are counted there apart, so that nobody
   * elsewhere can lock a person out who has shown who they are
   */
  check(user: string, secret: string, desk?: string): Promise<Result<Account>>;
  /** The person's own change. The only thing that an account which must change its secret is good for. */
  changeSecret(user: string, secret: string, newSecret: string, desk?: string): Promise<Result<Account>>;
  add(account: NewAccount): Promise<Result<Account>>;
  resetSecret(user: string, newSecret: string): Promise<Result<Account>>;
  setDisabled(user: string, isDisabled: boolean): Promise<Result<Account>>;
  setRoles(user: string, roles: Account['roles']): Promise<Result<Account>>;
}

/** Reads the accounts. In TRAINING, an empty folder gets the demonstration accounts; in OPERATION there are none until added. */
export async function openUsers({ dir, mode, nowMs = () => performance.now() }: UsersOptions): Promise<Result<Users>> {
  const file = accountsFile(join(dir, USERS_FILE), mode);
  const stored = file.read();
  if (!stored.ok) return stored;
  if (mode === 'TRAINING' && stored.value.length === 0) {
    const written = file.write(await demonstrationAccounts());
    if (!written.ok) return written;
  }
  return { ok: true, value: usersOver(file, nowMs) };
}

/** Their secret is public and filled in by the console: nobody is asked to change it. */
function demonstrationAccounts(): Promise<StoredAccount[]> {
  return Promise.all(DEMONSTRATION.map(async (account) => ({ ...account, secret: await seal(TRAINING_SECRET) })));
}

function usersOver(file: AccountsFile, nowMs: () => number): Users {
  const turn = inTurn();
  const locks = lockOut();
  const stored = (): readonly StoredAccount[] => {
    const read = file.read();
    return read.ok ? read.value : [];
  };
  /** Whose secret it is, whatever else stands against the account. */
  const identify = async (user: string, secret: string, desk: string | undefined): Promise<Result<StoredAccount>> => {
    const read = file.read();
    if (!read.ok) return read;
    const counted = desk === undefined ? user : `${user}\n${desk}`;
    const until = locks.lockedUntil(counted, nowMs());
    if (until !== undefined) return { ok: false, problem: lockedOut(until - nowMs()) };
    const account = read.value.find((a) => a.user === user);
    const opened = await opens(secret, account?.secret ?? NOBODY);
    if (account === undefined || !opened) {
      locks.wrong(counted, nowMs());
      return { ok: false, problem: WRONG_SECRET };
    }
    locks.right(counted);
    return account.disabled === true ? { ok: false, problem: DISABLED } : { ok: true, value: account };
  };
  const identified = <T>(user: string, secret: string, desk: string | undefined, then: (account: StoredAccount) => Promise<Result<T>> | Result<T>): Promise<Result<T>> =>
    turn(async () => {
      if (!isPlausible(user, secret)) return { ok: false, problem: WRONG_SECRET };
      const found = await identify(user, secret, desk);
      return found.ok ? then(found.value) : found;
    });
  return {
    list: () => stored().filter((a) => a.disabled !== true).map(publicPart),
    rows: () => stored().map((a) => ({ ...publicPart(a), mustChange: a.mustChange === true, disabled: a.disabled === true })),
    standing(user) {
      const read = file.read();
      if (!read.ok) return { state: 'unreadable' };
      const found = read.value.find((a) => a.user === user);
      return found === undefined || found.disabled === true || found.mustChange === true ? { state: 'gone' } : { state: 'good', account: publicPart(found), seal: found.secret.salt };
    },
    check: (user, secret, desk) => identified(user, secret, desk, (account) => (account.mustChange === true ? { ok: false, problem: MUST_CHANGE } : { ok: true, value: publicPart(account) })),
    changeSecret: (user, secret, newSecret, desk) => identified(user, secret, desk, (account) => changeSecret(file, account, newSecret)),
    add: (account) => turn(() => addAccount(file, account)),
    resetSecret: (user, newSecret) => turn(() => resetSecret(file, user, newSecret)),
    setDisabled: (user, isDisabled) => turn(() => Promise.resolve(setDisabled(file, user, isDisabled))),
    setRoles: (user, roles) => turn(() => Promise.resolve(setRoles(file, user, roles))),
  };
}

/** What cannot be a user and a secret is not worth the work of scrypt, nor a place in the lock-out's memory. */
function isPlausible(user: string, secret: string): boolean {
  return user.length > 0 && user.length <= 80 && secret.length > 0 && secret.length <= SECRET_MAX_LENGTH;
}

function publicPart({ user, name, roles }: StoredAccount): Account {
  return { user, name, roles };
}

const WRONG_SECRET = problem('wrong-secret', 'User and secret do not belong together.', '用户与口令不符。');
const DISABLED = problem('disabled', 'This account is disabled.', '该账户已停用。');
const MUST_CHANGE = problem('must-change', 'This secret was given by somebody else; choose your own first.', '该口令由他人设定；请先改为自己的口令。');

function lockedOut(forMs: number): UsersProblem {
  const minutes = String(Math.ceil(forMs / 60_000));
  return problem(
    'locked-out',
    `Too many wrong secrets for this user; signatures are possible again in ${minutes} min. Retreat needs no signature.`,
    `该用户口令错误次数过多；${minutes} 分钟后才能再次签名。退守操作无需签名。`,
  );
}
