/** How the journal says that something failed: a code for the program, a sentence for people. Never an exception. */
import type { Text } from '../../contract/text.ts';
import { outsideReason } from '../outside-reason.ts';

export type JournalProblemCode =
  | 'bad-entry'
  | 'locked'
  | 'wrong-mode'
  | 'not-a-journal'
  | 'damaged'
  | 'truncated'
  | 'segment-missing'
  | 'key-missing'
  | 'wrong-key'
  | 'disk-full'
  | 'read-only'
  | 'closed'
  | 'io';

export interface JournalProblem {
  readonly code: JournalProblemCode;
  readonly message: Text;
}
export type Result<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly problem: JournalProblem };

export function problem(code: JournalProblemCode, en: string, zh: string): JournalProblem {
  return { code, message: { en, zh } };
}

/** A problem on its way through code that throws; `problemFrom` takes it out again. */
export class ProblemError extends Error {
  readonly problem: JournalProblem;
  constructor(found: JournalProblem) {
    super(found.message.en);
    this.problem = found;
  }
}

/** SQLite's primary result codes that have a meaning of their own for an operator. https://sqlite.org/rescode.html */
const SQLITE = { busy: 5, locked: 6, readOnly: 8, ioError: 10, corrupt: 11, full: 13, cannotOpen: 14, notADatabase: 26 } as const;

/** Turns what SQLite or the file system threw into a value. Keeps its own words: the person who repairs it needs them. */
export function problemFrom(error: unknown): JournalProblem {
  if (error instanceof ProblemError) return error.problem;
  const { zh, en } = outsideReason(error);
  switch (sqliteCodeOf(error)) {
    case SQLITE.full:
      return problem('disk-full', `The disk is full (${en}). Make room; recording then goes on by itself.`, `磁盘已满（${zh}）。腾出空间后自动恢复记录。`);
    case SQLITE.readOnly:
      return problem('read-only', `The journal cannot be written (${en}). Check the rights on its folder.`, `日志不可写（${zh}）。请检查目录权限。`);
    case SQLITE.busy:
    case SQLITE.locked:
      return problem('locked', `Another program keeps the journal locked (${en}). Close it.`, `日志被其他程序锁定（${zh}）。请关闭该程序。`);
    case SQLITE.corrupt:
    case SQLITE.notADatabase:
      return problem('damaged', `The journal file is damaged (${en}).`, `日志文件已损坏（${zh}）。`);
    case SQLITE.ioError:
    case SQLITE.cannotOpen:
    default:
      return problem('io', `The journal could not be read or written (${en}).`, `日志读写失败（${zh}）。`);
  }
}

function sqliteCodeOf(error: unknown): number | undefined {
  if (!(error instanceof Error) || !('errcode' in error) || typeof error.errcode !== 'number') return fileCodeOf(error);
  // Extended codes carry the primary one in the low byte.
  return error.errcode & 0xff;
}

/** The same causes as the file system names them, for keys and checkpoint files. */
function fileCodeOf(error: unknown): number | undefined {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'ENOSPC' || code === 'EDQUOT') return SQLITE.full;
  if (code === 'EROFS' || code === 'EACCES' || code === 'EPERM') return SQLITE.readOnly;
  return undefined;
}
