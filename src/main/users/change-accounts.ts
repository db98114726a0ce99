/** What may be changed of the accounts, each change all or nothing. Who may ask for it is decided by the caller. */
import { accountSchema, ACCOUNTS_MAX } from './accounts-file.ts';
import type { Account, AccountsFile, StoredAccount } from './accounts-file.ts';
import { problem } from './problem.ts';
import type { Result, UsersProblem } from './problem.ts';
import { opens, seal } from './secret.ts';

export const SECRET_MIN_LENGTH = 8;
export const SECRET_MAX_LENGTH = 200;

/** `mustChange`: somebody else made the secret, so it is good for nothing but choosing one's own. */
export type NewAccount = Account & { readonly secret: string; readonly mustChange?: boolean };

export async function addAccount(file: AccountsFile, { secret, mustChange = false, ...rest }: NewAccount): Promise<Result<Account>> {
  const parsed = accountSchema.safeParse(rest);
  if (!parsed.success) return { ok: false, problem: badAccount(parsed.error.issues.map((i) => `${i.path.join('.')}: ${i.message}`).join('; ')) };
  const bad = badLength(secret);
  if (bad !== null) return { ok: false, problem: bad };
  const sealed = await seal(secret);
  const stored = file.read();
  if (!stored.ok) return stored;
  if (stored.value.some((a) => a.user === parsed.data.user)) return { ok: false, problem: taken(parsed.data.user) };
  if (stored.value.length >= ACCOUNTS_MAX) return { ok: false, problem: TOO_MANY };
  const written = file.write([...stored.value, { ...parsed.data, secret: sealed, ...(mustChange ? { mustChange: true as const } : {}) }]);
  return written.ok ? { ok: true, value: parsed.data } : written;
}

/** By the person, who has shown the old secret: another one, of their own choice. The demand to change it ends with that. */
export async function changeSecret(file: AccountsFile, account: StoredAccount, newSecret: string): Promise<Result<Account>> {
  const bad = badLength(newSecret);
  if (bad !== null) return { ok: false, problem: bad };
  if (newSecret.normalize('NFKC') === account.user.normalize('NFKC')) return { ok: false, problem: badAccount('the secret is the name of the account; expected another') };
  if (await opens(newSecret, account.secret)) return { ok: false, problem: badAccount('the new secret is the old one; expected another') };
  const secret = await seal(newSecret);
  return replace(file, account.user, ({ mustChange: _done, ...kept }) => ({ ...kept, secret }));
}

/** By whoever keeps the accounts: a new secret, which the person must change before anything else. */
export async function resetSecret(file: AccountsFile, user: string, newSecret: string): Promise<Result<Account>> {
  const bad = badLength(newSecret);
  if (bad !== null) return { ok: false, problem: bad };
  const secret = await seal(newSecret);
  return replace(file, user, (account) => ({ ...account, secret, mustChange: true }));
}

export function setDisabled(file: AccountsFile, user: string, isDisabled: boolean): Result<Account> {
  return replace(file, user, ({ disabled: _before, ...kept }) => (isDisabled ? { ...kept, disabled: true } : kept));
}

export function setRoles(file: AccountsFile, user: string, roles: Account['roles']): Result<Account> {
  const parsed = accountSchema.shape.roles.safeParse(roles);
  return parsed.success ? replace(file, user, (account) => ({ ...account, roles: parsed.data })) : { ok: false, problem: badAccount(parsed.error.issues.map((i) => i.message).join('; ')) };
}

/** Read anew: scrypt takes time, and another process may have written meanwhile. */
function replace(file: AccountsFile, user: string, by: (account: StoredAccount) => StoredAccount): Result<Account> {
  const stored = file.read();
  if (!stored.ok) return stored;
  const found = stored.value.find((a) => a.user === user);
  if (found === undefined) return { ok: false, problem: noAccount(user) };
  const changed = by(found);
  const written = file.write(stored.value.map((a) => (a === found ? changed : a)));
  return written.ok ? { ok: true, value: { user: changed.user, name: changed.name, roles: changed.roles } } : written;
}

function badLength(secret: string): UsersProblem | null {
  return secret.length < SECRET_MIN_LENGTH || secret.length > SECRET_MAX_LENGTH ? badAccount(`the secret needs ${String(SECRET_MIN_LENGTH)} to ${String(SECRET_MAX_LENGTH)} characters`) : null;
}

function badAccount(words: string): UsersProblem {
  return problem('bad-account', `The account cannot be made so: ${words}.`, `账户不合要求：${words}。`);
}

function taken(user: string): UsersProblem {
  return problem('taken', `There is an account ${user} already.`, `账户 ${user} 已存在。`);
}

function noAccount(user: string): UsersProblem {
  return problem('no-account', `There is no account ${user}.`, `没有账户 ${user}。`);
}

const TOO_MANY = problem('too-many', `There are ${String(ACCOUNTS_MAX)} accounts already.`, `账户已达 ${String(ACCOUNTS_MAX)} 个。`);
