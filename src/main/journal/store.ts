/**
 * The journal's database: what is in it, and how it is written and read. Knows nothing of hashes and keys.
 *
 * WAL with synchronous=FULL: a transaction that has returned is on the disk. Update and delete are refused by triggers, so
 * that no bug of ours and no query typed by hand can change a record in silence; somebody who drops the triggers is found
 * by the chain.
 */
import { DatabaseSync } from 'node:sqlite';
import type { SQLOutputValue } from 'node:sqlite';
import { CARRIED_TYPE } from '../../domain/journal/record.ts';
import type { JournalRecord, SignedCheckpoint } from '../../domain/journal/record.ts';
import type { JsonValue } from '../../domain/journal/canonical-json.ts';
import { problemFrom } from './problem.ts';
import { openReadOnly } from './verify.ts';

/** How long a write waits for a foreign lock, ms. Short: the station stands still meanwhile. */
const BUSY_TIMEOUT_MS = 200;
/** Records read at a time. A reader that pauses holds no read transaction open, which would let the WAL grow for ever. */
const READ_PAGE_RECORDS = 500;
/** SQLite's page, bytes; ours are made with its default, and only the size of a segment is reckoned with it. */
const PAGE_BYTES = 4_096;

/** A copy that is further behind gets the newest of what it missed: about a week, and any one vouches for all before it. */
const CATCH_UP_MAX_CHECKPOINTS = 10_000;

const SCHEMA = `
  CREATE TABLE IF NOT EXISTS records (
    n INTEGER PRIMARY KEY CHECK (n >= 1),
    type TEXT NOT NULL,
    at_ms INTEGER NOT NULL,
    wall_ms INTEGER NOT NULL,
    "by" TEXT,
    data TEXT NOT NULL,
    previous_hash TEXT NOT NULL,
    hash TEXT NOT NULL
  ) STRICT;
  CREATE TABLE IF NOT EXISTS checkpoints (
    records INTEGER PRIMARY KEY CHECK (records >= 1),
    head_hash TEXT NOT NULL,
    at_ms INTEGER NOT NULL,
    signature TEXT NOT NULL
  ) STRICT;
  CREATE INDEX IF NOT EXISTS carried ON records (n) WHERE type = '${CARRIED_TYPE}';
  CREATE TRIGGER IF NOT EXISTS records_in_order BEFORE INSERT ON records WHEN NEW.n <> (SELECT coalesce(max(n) + 1, NEW.n) FROM records)
    BEGIN SELECT RAISE(ABORT, 'a journal record only goes to the end, and replaces none'); END;
  CREATE TRIGGER IF NOT EXISTS records_stay BEFORE UPDATE ON records BEGIN SELECT RAISE(ABORT, 'a journal record is never changed'); END;
  CREATE TRIGGER IF NOT EXISTS records_remain BEFORE DELETE ON records BEGIN SELECT RAISE(ABORT, 'a journal record is never removed'); END;
  CREATE TRIGGER IF NOT EXISTS checkpoints_stay BEFORE UPDATE ON checkpoints BEGIN SELECT RAISE(ABORT, 'a checkpoint is never changed'); END;
  CREATE TRIGGER IF NOT EXISTS checkpoints_remain BEFORE DELETE ON checkpoints BEGIN SELECT RAISE(ABORT, 'a checkpoint is never removed'); END;
`;

/** A record with its data still as canonical text. */
export type StoredRecord = Omit<JournalRecord, 'data'> & { readonly dataText: string };

/** What can be asked of a segment, sealed or not. Every method throws what SQLite throws; the journal turns it into a value. */
export interface SegmentReader {
  first(): StoredRecord | undefined;
  last(): StoredRecord | undefined;
  /** In order from record `n`, at most READ_PAGE_RECORDS; fewer only where the segment ends. */
  page(n: number): StoredRecord[];
  close(): void;
}

export interface JournalStore extends SegmentReader {
  /** One transaction: all of it is on the disk when this returns, or none of it is in the journal. */
  write(records: readonly StoredRecord[], checkpoints: readonly SignedCheckpoint[]): void;
  /** Lazily, page by page, in order. Sees records that are appended while it runs. */
  from(n: number): IterableIterator<StoredRecord>;
  /** The newest record of a type. Reads the whole segment. */
  newestOfType(type: string): StoredRecord | undefined;
  /** The newest record of what is carried over. Has an index of its own. */
  newestCarried(): StoredRecord | undefined;
  newestCheckpoint(): SignedCheckpoint | undefined;
  /** Bytes that the database has, its write-ahead log counted as folded in. */
  sizeBytes(): number;
  /**
   * Folds the write-ahead log in and ends it, so that the file is complete by itself. False when a reader has the file open: the log is
   * then still in use, and the segment is not sealed yet.
   */
  foldLog(): boolean;
  /** In order; at most CATCH_UP_MAX_CHECKPOINTS, the newest. */
  checkpointsAfter(records: number): SignedCheckpoint[];
}

/** @param how `sealed`: only looked at, never changed */
export function openStore(file: string, how: 'to write' | 'sealed' = 'to write'): JournalStore {
  const db = how === 'sealed' ? openReadOnly(file).db : new DatabaseSync(file, { timeout: BUSY_TIMEOUT_MS });
  try {
    if (how === 'to write') prepareDatabase(db);
    return storeOver(db);
  } catch (error) {
    db.close();
    throw error;
  }
}

function prepareDatabase(db: DatabaseSync): void {
  const journalMode = db.prepare('PRAGMA journal_mode = WAL').get()?.['journal_mode'];
  // On some network shares SQLite cannot do WAL and says so only here.
  if (journalMode !== 'wal') throw new Error(`the file system offers journal mode "${String(journalMode)}", write-ahead logging is needed`);
  db.exec('PRAGMA synchronous = FULL');
  // In one piece: a kill leaves all of it or nothing.
  db.exec(`BEGIN; ${SCHEMA} COMMIT`);
}

function storeOver(db: DatabaseSync): JournalStore {
  const insertRecord = db.prepare('INSERT INTO records (n, type, at_ms, wall_ms, "by", data, previous_hash, hash) VALUES (?, ?, ?, ?, ?, ?, ?, ?)');
  const insertCheckpoint = db.prepare('INSERT INTO checkpoints (records, head_hash, at_ms, signature) VALUES (?, ?, ?, ?)');
  const reader = readerOver(db);
  const lastCheckpoint = db.prepare('SELECT * FROM checkpoints ORDER BY records DESC LIMIT 1');
  const ofType = db.prepare('SELECT * FROM records WHERE type = ? ORDER BY n DESC LIMIT 1');
  const carried = db.prepare(`SELECT * FROM records WHERE type = '${CARRIED_TYPE}' ORDER BY n DESC LIMIT 1`);
  const pages = db.prepare('PRAGMA page_count');
  const laterCheckpoints = db.prepare('SELECT * FROM (SELECT * FROM checkpoints WHERE records > ? ORDER BY records DESC LIMIT ?) ORDER BY records');

  const insertAll = (records: readonly StoredRecord[], checkpoints: readonly SignedCheckpoint[]) => {
    for (const r of records) insertRecord.run(r.n, r.type, r.atMs, r.wallMs, r.by, r.dataText, r.previousHash, r.hash);
    for (const c of checkpoints) insertCheckpoint.run(c.records, c.headHash, c.atMs, c.signature);
  };
  return {
    write(records, checkpoints) {
      db.exec('BEGIN IMMEDIATE');
      try {
        insertAll(records, checkpoints);
        db.exec('COMMIT');
      } catch (error) {
        // A full disk ends the transaction by itself; then there is nothing to roll back.
        if (db.isTransaction) db.exec('ROLLBACK');
        throw error;
      }
    },
    ...reader,
    *from(n) {
      for (let next = n; ; ) {
        const records = reader.page(next);
        yield* records;
        if (records.length < READ_PAGE_RECORDS) return;
        next = (records.at(-1)?.n ?? next) + 1;
      }
    },
    sizeBytes: () => Number(pages.get()?.['page_count'] ?? 0) * PAGE_BYTES,
    foldLog: () => foldLog(db),
    newestOfType: (type) => mapRow(ofType.get(type), recordOf),
    newestCarried: () => mapRow(carried.get(), recordOf),
    newestCheckpoint: () => mapRow(lastCheckpoint.get(), checkpointOf),
    checkpointsAfter: (records) => laterCheckpoints.all(records, CATCH_UP_MAX_CHECKPOINTS).map(checkpointOf),
  };
}

/** Out of the write-ahead log altogether: SQLite does that only when no other connection has the file. */
function foldLog(db: DatabaseSync): boolean {
  db.exec('PRAGMA busy_timeout = 0'); // A reader may take its time; the station does not wait for it.
  try {
    return db.prepare('PRAGMA journal_mode = DELETE').get()?.['journal_mode'] === 'delete';
  } catch (error) {
    if (problemFrom(error).code === 'locked') return false;
    throw error;
  } finally {
    db.exec(`PRAGMA busy_timeout = ${String(BUSY_TIMEOUT_MS)}`);
  }
}

/** A sealed segment: nobody writes it any more, so it is read without locks and leaves nothing beside it. */
export function openSealed(file: string): SegmentReader {
  const { db, done } = openReadOnly(file);
  try {
    return { ...readerOver(db), close: done };
  } catch (error) {
    done();
    throw error;
  }
}

function readerOver(db: DatabaseSync): SegmentReader {
  const firstRecord = db.prepare('SELECT * FROM records ORDER BY n LIMIT 1');
  const lastRecord = db.prepare('SELECT * FROM records ORDER BY n DESC LIMIT 1');
  const page = db.prepare('SELECT * FROM records WHERE n >= ? ORDER BY n LIMIT ?');
  return {
    first: () => mapRow(firstRecord.get(), recordOf),
    last: () => mapRow(lastRecord.get(), recordOf),
    page: (n) => page.all(n, READ_PAGE_RECORDS).map(recordOf),
    close: () => db.close(),
  };
}

type Row = Record<string, SQLOutputValue>;

function mapRow<T>(row: Row | undefined, map: (row: Row) => T): T | undefined {
  return row === undefined ? undefined : map(row);
}

function recordOf(row: Row): StoredRecord {
  return {
    n: Number(row['n']),
    type: String(row['type']),
    atMs: Number(row['at_ms']),
    wallMs: Number(row['wall_ms']),
    by: row['by'] === null ? null : String(row['by']),
    dataText: String(row['data']),
    previousHash: String(row['previous_hash']),
    hash: String(row['hash']),
  };
}

function checkpointOf(row: Row): SignedCheckpoint {
  return { records: Number(row['records']), headHash: String(row['head_hash']), atMs: Number(row['at_ms']), signature: String(row['signature']) };
}

/** A stored record as the rest of the house sees it. Throws when the data is not JSON, which only tampering can bring about. */
export function toJournalRecord({ dataText, ...record }: StoredRecord): JournalRecord {
  // Written by us as canonical JSON, so it is a JsonValue.
  return { ...record, data: JSON.parse(dataText) as JsonValue };
}
