/**
 * A copy of the signed checkpoints as a text file, one JSON object a line. The copy beside the journal shows that records
 * were cut off; the copy on another machine shows it even to somebody who distrusts the whole folder.
 *
 * A mirror is always behind the table, never ahead of it: a line is written only after its checkpoint is in the journal.
 * Whatever it missed (disk full, share gone) it catches up at the next checkpoint.
 */
import { closeSync, fstatSync, fsyncSync, ftruncateSync, openSync, readSync, writeFileSync } from 'node:fs';
import type { CheckpointClaim, SignedCheckpoint } from '../../domain/journal/record.ts';

/** More than the longest line, bytes. */
export const LAST_LINE_MAX_BYTES = 4_096;

type Claim = Pick<CheckpointClaim, 'records' | 'headHash'>;

export interface CheckpointMirror {
  /** What the last whole line claims; undefined when there is none. Cuts off a line that a crash left unfinished. */
  newest(): Claim | undefined;
  /** What the first line claims. */
  oldest(): Claim | undefined;
  /** Appends what the mirror has not got. */
  catchUp(checkpointsAfter: (records: number) => SignedCheckpoint[]): void;
}

/** Both methods throw what the file system throws; the next call tries all of it again. */
export function checkpointMirror(file: string): CheckpointMirror {
  /** Records of the newest checkpoint known to be in the file; undefined = look into the file first. */
  let upTo: number | undefined;
  const newest = () => withFile(file, newestIn);
  return {
    newest,
    oldest: () => withFile(file, oldestIn),
    catchUp(checkpointsAfter) {
      upTo ??= newest()?.records ?? 0;
      const missing = checkpointsAfter(upTo);
      const last = missing.at(-1);
      if (last === undefined) return;
      upTo = undefined; // Until the write is known to be whole, the file is the only truth.
      withFile(file, (fd) => {
        writeFileSync(fd, linesOf(missing));
        fsyncSync(fd);
      });
      upTo = last.records;
    },
  };
}

/** Opened for reading and appending; made when it is not there. */
function withFile<T>(file: string, use: (fd: number) => T): T {
  const fd = openSync(file, 'a+', 0o644);
  try {
    return use(fd);
  } finally {
    closeSync(fd);
  }
}

function newestIn(fd: number): Claim | undefined {
  const sizeBytes = fstatSync(fd).size;
  const tail = Buffer.alloc(Math.min(sizeBytes, LAST_LINE_MAX_BYTES));
  readSync(fd, tail, 0, tail.length, sizeBytes - tail.length);
  const { wholeBytes, newest } = wholeLinesIn(tail);
  if (wholeBytes < tail.length) ftruncateSync(fd, sizeBytes - tail.length + wholeBytes);
  return newest;
}

function oldestIn(fd: number): Claim | undefined {
  const head = Buffer.alloc(LAST_LINE_MAX_BYTES);
  const readBytes = readSync(fd, head, 0, head.length, 0);
  return claimIn(head.subarray(0, readBytes).toString('utf8').split('\n')[0] ?? '');
}

/** What a checkpoints file looks like, for both places it is kept in. */
export function linesOf(checkpoints: readonly SignedCheckpoint[]): string {
  return checkpoints.map((c) => `${JSON.stringify(c)}\n`).join('');
}

/** How much of the end of such a file is whole lines, and what the last of them claims. */
export function wholeLinesIn(tail: Buffer): { readonly wholeBytes: number; readonly newest: Claim | undefined } {
  const wholeBytes = tail.lastIndexOf('\n') + 1;
  const lastLine = tail.subarray(0, wholeBytes).toString('utf8').trimEnd().split('\n').at(-1) ?? '';
  return { wholeBytes, newest: claimIn(lastLine) };
}

function claimIn(line: string): Claim | undefined {
  try {
    const { records, headHash } = JSON.parse(line) as { records?: unknown; headHash?: unknown };
    return typeof records === 'number' && typeof headHash === 'string' ? { records, headHash } : undefined;
  } catch {
    return undefined; // Not ours. Then everything is written again below it; verify tells what the foreign line is worth.
  }
}
