/** `users.json`: who has an account and, sealed, with what secret. Readable by the station's own account only (0600). */
import { chmodSync, closeSync, fsyncSync, mkdirSync, openSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { z } from 'zod';
import { roleSchema } from '../../contract/refusal.ts';
import { idSchema } from '../../contract/text.ts';
import { outsideReason } from '../outside-reason.ts';
import { problem } from './problem.ts';
import type { Result } from './problem.ts';

export const ACCOUNTS_MAX = 200;

export const accountSchema = z.strictObject({
  user: idSchema,
  /** As shown and as written into the journal. No control characters. */
  name: z.string().trim().min(1).max(80).regex(/^[^\p{Cc}\p{Cs}]+$/u),
  roles: z.array(roleSchema).min(1).max(5).refine((roles) => new Set(roles).size === roles.length, 'a role is named twice'),
});
export type Account = z.infer<typeof accountSchema>;

const base64 = z.string().min(20).max(100).regex(/^[A-Za-z0-9+/]+={0,2}$/u);
/** Bounds on the cost: a file that was tampered with must not be able to hold the station up. */
const sealedSchema = z.strictObject({ N: z.number().int().min(2 ** 14).max(2 ** 15), r: z.number().int().min(8).max(8), p: z.number().int().min(1).max(1), salt: base64, key: base64 });
const storedSchema = accountSchema.extend({
  secret: sealedSchema,
  /** The secret was made by somebody else: good for nothing but choosing one's own. Missing in older files. */
  mustChange: z.literal(true).optional(),
  /** May neither sign nor log on; kept because the journal names it. Missing in older files. */
  disabled: z.literal(true).optional(),
});
export type StoredAccount = z.infer<typeof storedSchema>;

const fileSchema = z.strictObject({
  format: z.literal('haven-users/1'),
  /** The demonstration accounts' secret is public: a file of TRAINING is never taken for OPERATION. */
  mode: z.enum(['OPERATION', 'TRAINING']),
  accounts: z.array(storedSchema).max(ACCOUNTS_MAX).refine((all) => new Set(all.map((a) => a.user)).size === all.length, 'a user is named twice'),
});
export type UsersMode = z.infer<typeof fileSchema>['mode'];

export interface AccountsFile {
  /** The accounts as the file has them now: another process may have added one. A file that is not there holds none. */
  read(): Result<readonly StoredAccount[]>;
  /** All or nothing, and on the disk when it returns. */
  write(accounts: readonly StoredAccount[]): Result<null>;
}

export function accountsFile(file: string, mode: UsersMode): AccountsFile {
  let known: { readonly stamp: string; readonly result: Result<readonly StoredAccount[]> } | undefined;
  return {
    read() {
      const stamp = stampOf(file);
      if (known?.stamp !== stamp) known = { stamp, result: stamp === MISSING ? { ok: true, value: [] } : parse(file, mode) };
      return known.result;
    },
    write(accounts) {
      try {
        replaceDurably(file, `${JSON.stringify({ format: 'haven-users/1', mode, accounts }, null, 2)}\n`);
        return { ok: true, value: null };
      } catch (error) {
        return { ok: false, problem: fileProblem(file, error) };
      }
    },
  };
}

const MISSING = 'missing';

/** Changes whenever the file does: every write of ours makes a new inode. */
function stampOf(file: string): string {
  try {
    const stats = statSync(file, { throwIfNoEntry: false });
    return stats === undefined ? MISSING : `${String(stats.ino)}:${String(stats.mtimeMs)}:${String(stats.size)}`;
  } catch (error) {
    return error instanceof Error ? error.message : String(error); // Not to be looked at: reading it says so in words.
  }
}

function parse(file: string, mode: UsersMode): Result<readonly StoredAccount[]> {
  try {
    chmodSync(file, 0o600); // A copied folder may have lost its modes.
    const parsed = fileSchema.safeParse(JSON.parse(readFileSync(file, 'utf8')));
    if (!parsed.success) return { ok: false, problem: damaged(file, parsed.error.issues.map((i) => `${i.path.join('.')}: ${i.message}`).join('; ')) };
    return parsed.data.mode === mode ? { ok: true, value: parsed.data.accounts } : { ok: false, problem: wrongMode(file, parsed.data.mode, mode) };
  } catch (error) {
    return { ok: false, problem: error instanceof SyntaxError ? damaged(file, 'it is not JSON') : fileProblem(file, error) };
  }
}

function replaceDurably(file: string, text: string): void {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  const unfinished = `${file}.new`;
  rmSync(unfinished, { force: true }); // What a crash left may have another mode.
  const fd = openSync(unfinished, 'wx', 0o600);
  try {
    writeFileSync(fd, text);
    fsyncSync(fd);
  } finally {
    closeSync(fd);
  }
  renameSync(unfinished, file);
}

function damaged(file: string, words: string) {
  return problem('damaged', `${file} cannot be used: ${words.slice(0, 500)}. Nobody can sign until it is repaired or put back from a copy.`, `${file} 无法使用：${words.slice(0, 500)}。修复或从备份恢复之前无人能签名。`);
}

function wrongMode(file: string, has: UsersMode, wanted: UsersMode) {
  return problem(
    'wrong-mode',
    `${file} holds the accounts of ${has}, the station was started for ${wanted}. Use another data folder.`,
    `${file} 是 ${has} 模式的账户，而本站以 ${wanted} 模式启动。请使用另一数据目录。`,
  );
}

function fileProblem(file: string, error: unknown) {
  const { zh, en } = outsideReason(error);
  return problem('io', `${file} could not be read or written (${en}).`, `${file} 读写失败（${zh}）。`);
}
