/** Reads the records of a journal file, or of a copy of one, without being its station and without changing it. */
import type { JsonValue } from '../../domain/journal/canonical-json.ts';
import type { JournalEntry } from '../../domain/journal/record.ts';
import { openReadOnly } from './verify.ts';

/** Records read at a time: no read transaction stays open, which would keep a running station's WAL from being cleaned up. */
const PAGE_RECORDS = 1_000;

/** In order, from the first, page by page. Throws when the file cannot be read: half a history must not look whole. */
export function* readRecords(file: string): Generator<JournalEntry & { readonly n: number }> {
  const { db, done } = openReadOnly(file);
  try {
    const page = db.prepare('SELECT n, type, at_ms, wall_ms, "by", data FROM records WHERE n >= ? ORDER BY n LIMIT ?');
    for (let next = 1; ; ) {
      const rows = page.all(next, PAGE_RECORDS);
      for (const row of rows) {
        const n = Number(row['n']);
        next = n + 1;
        yield { n, type: String(row['type']), atMs: Number(row['at_ms']), wallMs: Number(row['wall_ms']), by: row['by'] === null ? null : String(row['by']), data: JSON.parse(String(row['data'])) as JsonValue };
      }
      if (rows.length < PAGE_RECORDS) return;
    }
  } finally {
    done();
  }
}
