/**
 * One journal, one station. The lock is a write transaction held open on a small SQLite file: the system drops it when the
 * process dies, however it dies, so nobody ever has to delete a stale lock file by hand.
 *
 * It is not a lock on the journal itself, because a verifier must be able to read the journal while the station runs.
 */
import { DatabaseSync } from 'node:sqlite';
import { join } from 'node:path';
import { problem, problemFrom } from './problem.ts';
import type { Result } from './problem.ts';

const LOCK_FILE = 'journal.lock';

export interface JournalLock {
  release(): void;
}

/** Takes the lock of `dir`, or says which process has it. Does not wait. */
export function takeLock(dir: string): Result<JournalLock> {
  let db: DatabaseSync | undefined;
  try {
    db = new DatabaseSync(join(dir, LOCK_FILE), { timeout: 0 });
    if (!claims(db)) {
      const owner = ownerOf(db);
      db.close();
      return { ok: false, problem: heldBy(owner) };
    }
    const held = db;
    return { ok: true, value: { release: () => held.close() } };
  } catch (error) {
    db?.close();
    return { ok: false, problem: problemFrom(error) };
  }
}

/** Writes who holds the lock, then holds it. Others can read the owner: an open write transaction does not stop readers. */
function claims(db: DatabaseSync): boolean {
  try {
    db.exec(`BEGIN IMMEDIATE;
      CREATE TABLE IF NOT EXISTS owner (only INTEGER PRIMARY KEY CHECK (only = 1), pid INTEGER NOT NULL) STRICT;
      INSERT INTO owner VALUES (1, ${String(process.pid)}) ON CONFLICT DO UPDATE SET pid = excluded.pid;
      COMMIT;
      BEGIN IMMEDIATE;`);
    return true;
  } catch (error) {
    if (problemFrom(error).code === 'locked') return false;
    throw error;
  }
}

function ownerOf(db: DatabaseSync): string {
  try {
    return String(db.prepare('SELECT pid FROM owner').get()?.['pid'] ?? '?');
  } catch {
    return '?'; // The other process is just writing its name. The refusal stands without it.
  }
}

function heldBy(pid: string) {
  return problem(
    'locked',
    `Another station (process ${pid}) has this journal open. Stop it first, or give this station a data folder of its own.`,
    `另一个站（进程 ${pid}）正在使用此日志。请先停止它，或为本站另设数据目录。`,
  );
}
