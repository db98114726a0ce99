/** Gives entries their places in the chain. Writes nothing. */
import { hash } from 'node:crypto';
import { chainText, checkEntry } from '../../domain/journal/record.ts';
import type { JournalEntry } from '../../domain/journal/record.ts';
import { problem } from './problem.ts';
import type { JournalProblem, Result } from './problem.ts';
import type { StoredRecord } from './store.ts';

/** The last record of a chain: its number and its hash. */
export interface Head {
  readonly n: number;
  readonly hash: string;
}

export function hashOf(text: string): string {
  return hash('sha256', text, 'hex');
}

/** The entries as records behind `head`; one bad entry refuses all. */
export function chain(head: Head, entries: readonly JournalEntry[]): Result<StoredRecord[]> {
  const records: StoredRecord[] = [];
  let { n, hash: previousHash } = head;
  for (const [i, entry] of entries.entries()) {
    const checked = checkEntry(entry);
    if (!checked.ok) return { ok: false, problem: badEntry(`entry ${String(i + 1)}: ${checked.message}`) };
    n += 1;
    const { type, atMs, wallMs, by } = entry;
    const record = { n, type, atMs, wallMs, by, previousHash };
    const ownHash = hashOf(chainText(record, checked.dataText));
    records.push({ ...record, dataText: checked.dataText, hash: ownHash });
    previousHash = ownHash;
  }
  return { ok: true, value: records };
}

/** Whether a record follows the one whose hash is given, and says what its own hash was made of. */
export function fits(record: StoredRecord, previousHash: string): boolean {
  return record.previousHash === previousHash && record.hash === hashOf(chainText(record, record.dataText));
}

export function badEntry(words: string): JournalProblem {
  return problem('bad-entry', `Not recorded: ${words}.`, `未记录：${words}。`);
}
