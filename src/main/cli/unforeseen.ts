/** What no command foresaw. Whoever called can mend what the outside refused (a missing file: exit 2); a fault of the program itself has an exit code of its own and says where it happened. */
import path from 'node:path';
import { outsideReason } from '../outside-reason.ts';
import { EXIT_UNFORESEEN, EXIT_WRONG_CALL } from './io.ts';
import type { CommandIo } from './io.ts';

const ROOT = path.resolve(import.meta.dirname, '../../..');
/** `at name (file:///.../src/main/x.ts:12:5)`, or without a name. */
const FRAME = /(?:file:\/\/)?(\/[^\s()]+|[A-Z]:[\\/][^\s()]+):(\d+):(\d+)\)?$/u;

/** The operating system's errors carry the call that failed; a mistake in the program does not. */
const isOfTheOutside = (error: unknown): error is NodeJS.ErrnoException => error instanceof Error && 'syscall' in error && 'code' in error;

/** A mistake in the program, which a command that asks for a journal or a file must not tell as if the file were to blame. */
export const isFaultOfOurs = (error: unknown): boolean => (error instanceof TypeError || error instanceof RangeError || error instanceof ReferenceError) && !('code' in error);

/** First line of the program's own in the stack, as `src/main/x.ts:12:5`; where there is none, the first line at all. */
export function placeOf(error: unknown): string {
  const frames = error instanceof Error ? (error.stack ?? '').split('\n').flatMap((line) => { const found = FRAME.exec(line.trim()); return found === null ? [] : [{ file: found[1] ?? '', at: `${found[2] ?? ''}:${found[3] ?? ''}` }]; }) : [];
  const own = frames.find(({ file }) => file.startsWith(ROOT) && !file.includes('node_modules')) ?? frames[0];
  return own === undefined ? 'unknown:1:1' : `${own.file.startsWith(ROOT) ? path.relative(ROOT, own.file) : own.file}:${own.at}`;
}

/** Tells it, and answers with the exit code. */
export function unforeseen(command: string, error: unknown, io: Pick<CommandIo, 'stderr'>): number {
  if (isOfTheOutside(error)) {
    io.stderr(`haven ${command}: ${outsideReason(error).en.split('\n')[0] ?? ''}\n`);
    return EXIT_WRONG_CALL;
  }
  const [what = ''] = (error instanceof Error ? `${error.name}: ${error.message}` : String(error)).split('\n');
  io.stderr(`${placeOf(error)}: haven ${command}: the program has failed: ${what}; expected no such thing, please report it with this line\n`);
  return EXIT_UNFORESEEN;
}
