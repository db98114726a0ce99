/** Reads the records of a journal, or of a copy of one, without being its station and without changing it. */
import { basename, join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { existsSync } from 'node:fs';
import type { JsonValue } from '../../domain/journal/canonical-json.ts';
import { z } from 'zod';
import { genesisSchema } from '../../domain/journal/record.ts';
import type { JournalEntry, JournalMode } from '../../domain/journal/record.ts';
import { ACTIVE_FILE, isNotBegun, journalFilesAt, openReadOnly, sealedFileName, sealedIn } from './verify.ts';

/** Records read at a time: no read transaction stays open, which would keep a running station's WAL from being cleaned up. */
const PAGE_RECORDS = 1_000;

export type ReadRecord = JournalEntry & { readonly n: number };

/**
 * In order, from the first, page by page, over all segments. `path`: the folder, its journal.sqlite, or one sealed segment, which is read
 * alone. `fromN`: what lies before is passed over. Throws when a file cannot be read or is missing: half a history must not look whole.
 */
export function* readRecords(path: string, fromN = 1): Generator<ReadRecord> {
  const { dir, end, isAlone } = journalFilesAt(path);
  if (end !== undefined && (isAlone || isWholeCopy(end))) return yield* recordsIn(end, undefined, fromN);
  let next = 1;
  let segment = 0;
  for (;;) {
    const following = sealedIn(dir).find((each) => each > segment);
    if (following !== undefined) {
      next = yield* recordsIn(join(dir, sealedFileName(following)), next, fromN);
      segment = following;
      continue;
    }
    // The active file is not there in the moment between two segments, and after a kill in it: then the sealed ones are all there is.
    if (end === undefined || (segment > 0 && !existsSync(end))) return;
    const opened = openReadOnly(end);
    try {
      // Sealed by a running station after it was looked for: it is read under its new name. While it is open here, it is not sealed.
      if (sealedIn(dir).some((each) => each > segment)) continue;
      if (segment === 0 || !isNotBegun(opened.db)) yield* pagesOf(opened.db, basename(end), next, fromN);
      return;
    } finally {
      opened.done();
    }
  }
}

/** OPERATION, TRAINING or RECONSTRUCTED, as the first record of the journal or of the segment says; null: it does not. Throws when the file cannot be read. */
export function modeIn(path: string): JournalMode | null {
  const { value: first } = readRecords(path).next();
  const opening = first === undefined ? null : z.object({ mode: genesisSchema.shape.mode }).safeParse(first.data);
  return opening?.success === true ? opening.data.mode : null;
}

/** A copy under another name that begins with the first record: nothing that lies beside it belongs to it. */
function isWholeCopy(file: string): boolean {
  if (basename(file) === ACTIVE_FILE) return false;
  const opened = openReadOnly(file);
  try {
    return firstIn(opened.db) === 1;
  } finally {
    opened.done();
  }
}

/** @returns number of the record after the last */
function* recordsIn(file: string, next: number | undefined, fromN: number): Generator<ReadRecord, number> {
  const opened = openReadOnly(file);
  try {
    return yield* pagesOf(opened.db, basename(file), next, fromN);
  } finally {
    opened.done();
  }
}

function* pagesOf(db: DatabaseSync, name: string, expected: number | undefined, fromN: number): Generator<ReadRecord, number> {
  const page = db.prepare('SELECT n, type, at_ms, wall_ms, "by", data FROM records WHERE n >= ? ORDER BY n LIMIT ?');
  const first = firstIn(db);
  if (expected !== undefined && first !== undefined && first !== expected) throw new Error(missing(db, name, first, expected));
  const begin = expected ?? first ?? 1;
  if (fromN > begin) {
    const behind = Math.max(begin, behindLastIn(db));
    if (behind <= fromN) return behind;
  }
  for (let next = Math.max(begin, fromN); ; ) {
    const rows = page.all(next, PAGE_RECORDS);
    for (const row of rows) {
      const n = Number(row['n']);
      next = n + 1;
      yield { n, type: String(row['type']), atMs: Number(row['at_ms']), wallMs: Number(row['wall_ms']), by: row['by'] === null ? null : String(row['by']), data: JSON.parse(String(row['data'])) as JsonValue };
    }
    if (rows.length < PAGE_RECORDS) return next;
  }
}

function behindLastIn(db: DatabaseSync): number {
  const last = db.prepare('SELECT max(n) AS n FROM records').get()?.['n'];
  return last === null || last === undefined ? 1 : Number(last) + 1;
}

function firstIn(db: DatabaseSync): number | undefined {
  const n = db.prepare('SELECT n FROM records ORDER BY n LIMIT 1').get()?.['n'];
  return n === undefined ? undefined : Number(n);
}

/** Which file: the segment says what the one before it is called. */
function missing(db: DatabaseSync, name: string, first: number, expected: number): string {
  if (first < expected) return `${name} begins with record ${String(first)}; expected ${String(expected)}`;
  const data = JSON.parse(String(db.prepare('SELECT data FROM records WHERE n = ?').get(first)?.['data'])) as { previousSegment?: { file?: unknown } };
  const file = data.previousSegment?.file;
  return `records ${String(expected)} to ${String(first - 1)} are missing: ${typeof file === 'string' ? `${file} is` : 'they are'} not in the folder`;
}
