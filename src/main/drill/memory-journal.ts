/**
 * A journal that is kept nowhere: for runs whose records are read once and thrown away. Numbered like any other, but without chain and signature,
 * so that hundreds of exercises do not wait for a disk.
 */
import type { JournalEntry, JournalRecord } from '../../domain/journal/record.ts';
import { NO_HASH } from '../../domain/journal/record.ts';
import type { Journal } from '../journal/journal.ts';

/** An exercise that writes more is out of hand. */
const RECORDS_MAX = 1_000_000;

export function memoryJournal(nowMs: () => number): Journal {
  const kept: JournalRecord[] = [];
  const append: Journal['append'] = (entries) => {
    if (kept.length + entries.length > RECORDS_MAX) return { ok: false, problem: { code: 'disk-full', message: { zh: `演练记录超过 ${String(RECORDS_MAX)} 条`, en: `The exercise has more than ${String(RECORDS_MAX)} records.` } } };
    const records = entries.map((entry: JournalEntry, i): JournalRecord => ({ ...entry, n: kept.length + i + 1, previousHash: NO_HASH, hash: NO_HASH }));
    kept.push(...records);
    return { ok: true, records };
  };
  return {
    append, records: (fromN = 1) => kept.slice(Math.max(0, fromN - 1)).values(), tail: (count) => kept.slice(-count),
    status: () => ({ ok: true, records: kept.length, headHash: NO_HASH, path: '', lastCheckpointMs: nowMs(), segment: 1, segmentStart: 1, carriedAt: null }),
    checkpoint: () => ({ ok: true, value: null }), close: () => undefined,
  };
}
