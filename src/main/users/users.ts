/**
 * Accounts of the people who sign. Decides whether a secret is a user's own; what a role may do is decided elsewhere.
 *
 * Checks run one after the other: that bounds the memory scrypt takes, and keeps many guesses at once from slipping past
 * the lock-out. Fails closed: with a damaged file nobody can sign. Retreat carries no signature and never comes here.
 */
import { join } from 'node:path';
import { accountSchema, accountsFile, ACCOUNTS_MAX } from './accounts-file.ts';
import type { Account, AccountsFile, StoredAccount, UsersMode } from './accounts-file.ts';
import { lockOut } from './lock-out.ts';
import { problem } from './problem.ts';
import type { Result, UsersProblem } from './problem.ts';
import { NOBODY, opens, seal } from './secret.ts';

export type { Account } from './accounts-file.ts';
export type { Result, UsersProblem, UsersProblemCode } from './problem.ts';

export const USERS_FILE = 'users.json';
/** The shared secret of the demonstration accounts. Public: it opens nothing but a training station. */
export const TRAINING_SECRET = 'haven-training';
/** Checks that may wait for their turn. */
export const WAITING_MAX = 16;
const SECRET_MIN_LENGTH = 8;
const SECRET_MAX_LENGTH = 200;

const DEMONSTRATION: readonly Account[] = [
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

export interface Users {
  /** Who may sign, for the signature form. Empty when the file cannot be read. */
  list(): Account[];
  /** Whose secret is this? An unknown user and a wrong secret get the same answer after the same work. */
  check(user: string, secret: string): Promise<Result<Account>>;
  add(account: Account & { readonly secret: string }): Promise<Result<Account>>;
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

function demonstrationAccounts(): Promise<StoredAccount[]> {
  return Promise.all(DEMONSTRATION.map(async (account) => ({ ...account, secret: await seal(TRAINING_SECRET) })));
}

function usersOver(file: AccountsFile, nowMs: () => number): Users {
  const inTurn = queue();
  const locks = lockOut();
  const check = async (user: string, secret: string): Promise<Result<Account>> => {
    const stored = file.read();
    if (!stored.ok) return stored;
    const until = locks.lockedUntil(user, nowMs());
    if (until !== undefined) return { ok: false, problem: lockedOut(until - nowMs()) };
    const account = stored.value.find((a) => a.user === user);
    const opened = await opens(secret, account?.secret ?? NOBODY);
    if (account === undefined || !opened) {
      locks.wrong(user, nowMs());
      return { ok: false, problem: WRONG_SECRET };
    }
    locks.right(user);
    return { ok: true, value: publicPart(account) };
  };
  return {
    list() {
      const stored = file.read();
      return stored.ok ? stored.value.map(publicPart) : [];
    },
    check: (user, secret) => inTurn(() => (isPlausible(user, secret) ? check(user, secret) : Promise.resolve({ ok: false, problem: WRONG_SECRET }))),
    add: (account) => inTurn(() => add(file, account)),
  };
}

async function add(file: AccountsFile, { secret, ...rest }: Account & { readonly secret: string }): Promise<Result<Account>> {
  const parsed = accountSchema.safeParse(rest);
  if (!parsed.success) return { ok: false, problem: badAccount(parsed.error.issues.map((i) => `${i.path.join('.')}: ${i.message}`).join('; ')) };
  if (secret.length < SECRET_MIN_LENGTH || secret.length > SECRET_MAX_LENGTH) return { ok: false, problem: badAccount(`the secret needs ${String(SECRET_MIN_LENGTH)} to ${String(SECRET_MAX_LENGTH)} characters`) };
  const sealed = await seal(secret);
  const stored = file.read();
  if (!stored.ok) return stored;
  if (stored.value.some((a) => a.user === parsed.data.user)) return { ok: false, problem: taken(parsed.data.user) };
  if (stored.value.length >= ACCOUNTS_MAX) return { ok: false, problem: TOO_MANY };
  const written = file.write([...stored.value, { ...parsed.data, secret: sealed }]);
  return written.ok ? { ok: true, value: parsed.data } : written;
}

/** One at a time, in order; beyond WAITING_MAX the answer is "busy". */
function queue() {
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

/** What cannot be a user and a secret is not worth the work of scrypt, nor a place in the lock-out's memory. */
function isPlausible(user: string, secret: string): boolean {
  return user.length > 0 && user.length <= 80 && secret.length > 0 && secret.length <= SECRET_MAX_LENGTH;
}

function publicPart({ user, name, roles }: StoredAccount): Account {
  return { user, name, roles };
}

const WRONG_SECRET = problem('wrong-secret', 'User and secret do not belong together.', '用户与口令不符。');
const BUSY = problem('busy', 'Too many signatures are being checked at once; try again in a moment.', '正在核对的签名过多；请稍后重试。');
const TOO_MANY = problem('too-many', `There are ${String(ACCOUNTS_MAX)} accounts already.`, `账户已达 ${String(ACCOUNTS_MAX)} 个。`);

function lockedOut(forMs: number): UsersProblem {
  const minutes = String(Math.ceil(forMs / 60_000));
  return problem(
    'locked-out',
    `Too many wrong secrets for this user; signatures are possible again in ${minutes} min. Retreat needs no signature.`,
    `该用户口令错误次数过多；${minutes} 分钟后才能再次签名。退守操作无需签名。`,
  );
}

function badAccount(words: string): UsersProblem {
  return problem('bad-account', `The account cannot be made: ${words}.`, `无法创建账户：${words}。`);
}

function taken(user: string): UsersProblem {
  return problem('taken', `There is an account ${user} already.`, `账户 ${user} 已存在。`);
}

function failed(error: unknown): UsersProblem {
  const words = error instanceof Error ? error.message : String(error);
  return problem('io', `The check could not be made (${words}).`, `无法核对（${words}）。`);
}
