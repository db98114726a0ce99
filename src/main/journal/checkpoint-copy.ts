/**
 * The same lines as the mirror beside the journal, in a second place. That place may be a share on another machine, and a
 * share may hang for minutes: so it is written in the background, and the journal never waits for it.
 *
 * At most one write runs and one waits. A later call replaces the waiting one, because it wants all that one wanted.
 */
import { open } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import type { SignedCheckpoint } from '../../domain/journal/record.ts';
import { LAST_LINE_MAX_BYTES, linesOf, wholeLinesIn } from './mirror.ts';

export interface CheckpointCopy {
  /** Begins to append what the copy has not got, and returns at once. Throws only what `checkpointsAfter` throws. */
  catchUp(checkpointsAfter: (records: number) => readonly SignedCheckpoint[]): void;
}

/** `report` hears of every outcome: undefined = the copy is up to date. */
export function checkpointCopy(file: string, report: (error: Error | undefined) => void): CheckpointCopy {
  /** Records of the newest checkpoint known to be in the file; undefined = look into the file first. */
  let upTo: number | undefined;
  let running = false;
  let waiting: readonly SignedCheckpoint[] | undefined;

  const write = async (checkpoints: readonly SignedCheckpoint[]) => {
    const handle = await open(file, 'a+', 0o644);
    try {
      const known = upTo ?? (await newestIn(handle));
      upTo = undefined; // Until the write is known to be whole, the file is the only truth.
      upTo = await append(handle, checkpoints.filter((c) => c.records > known), known);
    } finally {
      await handle.close();
    }
  };
  const run = (checkpoints: readonly SignedCheckpoint[]) => {
    running = true;
    void write(checkpoints)
      .then(() => report(undefined), (error: unknown) => report(error instanceof Error ? error : new Error(String(error))))
      .finally(() => {
        running = false;
        const next = waiting;
        waiting = undefined;
        if (next !== undefined) run(next);
      });
  };
  return {
    catchUp(checkpointsAfter) {
      // Read now, written later: at the close of the journal the database is gone before the share has answered.
      const missing = checkpointsAfter(upTo ?? 0);
      if (!running) return run(missing);
      waiting = missing;
      report(new Error('the last write has not come to an end yet'));
    },
  };
}

async function append(handle: FileHandle, missing: readonly SignedCheckpoint[], known: number): Promise<number> {
  if (missing.length === 0) return known;
  await handle.appendFile(linesOf(missing));
  await handle.sync();
  return missing.at(-1)?.records ?? known;
}

async function newestIn(handle: FileHandle): Promise<number> {
  const { size } = await handle.stat();
  const tail = Buffer.alloc(Math.min(size, LAST_LINE_MAX_BYTES));
  await handle.read(tail, 0, tail.length, size - tail.length);
  const { wholeBytes, newest } = wholeLinesIn(tail);
  if (wholeBytes < tail.length) await handle.truncate(size - tail.length + wholeBytes);
  return newest?.records ?? 0;
}
