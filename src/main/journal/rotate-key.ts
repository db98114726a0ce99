/** Puts a new signing key in force in a journal whose station is stopped. */
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { openJournal, JOURNAL_FILE } from './journal.ts';
import { problem, problemFrom } from './problem.ts';
import type { Result } from './problem.ts';
import { openingOf } from './segments.ts';
import type { Opening } from './segments.ts';
import { openSealed } from './store.ts';

export interface Rotation {
  /** Number of the record that tells it. */
  readonly n: number;
  readonly newPublicKey: string;
  readonly previousPublicKey: string;
  /** Name under which the old private key was kept; undefined = it was destroyed. */
  readonly keptAs: string | undefined;
}

export function rotateKey({ dir, reason, keepOld, nowMs }: { readonly dir: string; readonly reason: string; readonly keepOld: boolean; readonly nowMs: number }): Result<Rotation> {
  const opening = openingIn(dir);
  if (!opening.ok) return opening;
  let notBeforeMs = 0;
  const opened = openJournal({ dir, mode: opening.value.mode, nowMs: () => Math.max(nowMs, notBeforeMs) });
  if (!opened.ok) return opened;
  const journal = opened.value;
  // Records stand in the order of their times, whatever the calendar of whoever rotates says.
  notBeforeMs = (journal.tail(1)[0]?.atMs ?? 0) + 1;
  try {
    // One name for each rotation, and none that a file has already.
    const keptAs = keepOld ? `retired-${createHash('sha256').update(`${String(journal.status().records)} ${journal.status().headHash}`).digest('hex').slice(0, 12)}.pem` : undefined;
    const rotated = journal.rotateKey({ reason, by: null, ...(keptAs === undefined ? {} : { keepAs: keptAs }) });
    if (!rotated.ok) return rotated;
    const { newPublicKey, previousPublicKey } = rotated.value;
    return { ok: true, value: { n: journal.status().records, newPublicKey, previousPublicKey, keptAs } };
  } finally {
    journal.close();
  }
}

/** Whose journal it is, before it is opened for writing: a folder without one is not made one. */
function openingIn(dir: string): Result<Opening> {
  const file = join(dir, JOURNAL_FILE);
  if (!existsSync(file)) return { ok: false, problem: problem('not-a-journal', `There is no ${JOURNAL_FILE} in ${dir}.`, `${dir} 中没有 ${JOURNAL_FILE}。`) };
  try {
    const reader = openSealed(file);
    const opening = openingOf(reader.first());
    reader.close();
    return opening === undefined ? { ok: false, problem: problem('not-a-journal', `${file} does not begin as a journal does.`, `${file} 的开头不是日志。`) } : { ok: true, value: opening };
  } catch (error) {
    return { ok: false, problem: problemFrom(error) };
  }
}
