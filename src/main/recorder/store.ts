/**
 * The samples' database: rows in a chain, the names that their numbers stand for, and which rows belong to which incident. Knows nothing
 * of time. Not the journal, and not believed by itself: the journal holds hashes of it (`recording.*`).
 *
 * WAL with synchronous=NORMAL: a transaction survives the death of the process, and the last ones may be lost with the power. Before the
 * journal vouches for a row it is put on the disk (`durable`), so that it never vouches for what may be gone.
 */
import { chmodSync, copyFileSync, existsSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { SQLOutputValue } from 'node:sqlite';
import { pathToFileURL } from 'node:url';
import type { RowHead, RowKind } from '../../domain/recording/recording.ts';
import { hashOfText, rowHash } from './payload.ts';

export const SAMPLES_FILE = 'samples.sqlite';

/** How long a write waits for a foreign lock, ms. Short: the station stands still meanwhile. */
const BUSY_TIMEOUT_MS = 100;
/** So many rows may be gaps that were written together. */
const LAST_ROWS = 2_000;
const NO_HASH = '0'.repeat(64);

const SCHEMA = `
  CREATE TABLE IF NOT EXISTS rows (
    n INTEGER PRIMARY KEY CHECK (n >= 1), kind TEXT NOT NULL, from_ms INTEGER NOT NULL, to_ms INTEGER NOT NULL, samples INTEGER NOT NULL,
    names TEXT NOT NULL, present TEXT NOT NULL, previous_hash TEXT NOT NULL, hash TEXT NOT NULL, bytes INTEGER NOT NULL, payload BLOB NOT NULL
  ) STRICT;
  CREATE TABLE IF NOT EXISTS names (hash TEXT PRIMARY KEY, text TEXT NOT NULL) STRICT;
  CREATE TABLE IF NOT EXISTS spans (
    incident TEXT PRIMARY KEY, opened_ms INTEGER NOT NULL, closed_ms INTEGER, first_n INTEGER NOT NULL, last_n INTEGER
  ) STRICT;
  CREATE TABLE IF NOT EXISTS rolled (only INTEGER PRIMARY KEY CHECK (only = 1), below_n INTEGER NOT NULL) STRICT;
  CREATE TRIGGER IF NOT EXISTS rows_stay BEFORE UPDATE ON rows BEGIN SELECT RAISE(ABORT, 'a row of samples is never changed'); END;
`;

/** A row before it has its place in the chain. */
export interface Draft {
  readonly kind: RowKind;
  readonly fromMs: number;
  readonly toMs: number;
  readonly samples: number;
  /** The list of names; empty for a gap. */
  readonly names: string;
  readonly present: string;
  readonly payload: Uint8Array;
}

/** Rows that belong to an incident: from `firstN`; until `lastN`, or still going on. */
export interface Span {
  readonly incident: string;
  readonly openedMs: number;
  readonly closedMs: number | null;
  readonly firstN: number;
  readonly lastN: number | null;
}

export type StoredHead = RowHead & { readonly hash: string; readonly bytes: number };
export type StoredRow = StoredHead & { readonly payload: Uint8Array };

const HEAD = 'n, kind, from_ms, to_ms, samples, names, present, previous_hash, hash, bytes';

/** Every method throws what SQLite throws; the recorder turns it into a gap. */
export class SampleStore {
  readonly #db: DatabaseSync;
  #head: { readonly n: number; readonly hash: string } | null;
  #knownNames = '';

  /** Opens the store, or begins one. */
  constructor(file: string) {
    const db = new DatabaseSync(file, { timeout: BUSY_TIMEOUT_MS });
    try {
      db.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL');
      db.exec(SCHEMA);
      chmodSync(file, 0o600);
      this.#db = db;
      this.#head = this.#readHead();
    } catch (error) {
      db.close();
      throw error;
    }
  }

  get head(): { readonly n: number; readonly hash: string } | null {
    return this.#head;
  }

  /** How far the rows reach in time; the very last one may be a gap of before. Null = there is none. */
  lastMs(): number | null {
    return numberOrNull(this.#db.prepare('SELECT max(to_ms) AS ms FROM (SELECT to_ms FROM rows ORDER BY n DESC LIMIT ?)').get(LAST_ROWS)?.['ms']);
  }

  /** One transaction: all of them or none. */
  append(drafts: readonly Draft[]): void {
    let head = this.#head;
    const rows = drafts.map((draft): StoredRow => {
      const row = { n: (head?.n ?? 0) + 1, kind: draft.kind, fromMs: draft.fromMs, toMs: draft.toMs, samples: draft.samples, names: draft.names === '' ? '' : hashOfText(draft.names), present: draft.present, previousHash: head?.hash ?? NO_HASH };
      const hash = rowHash(row, draft.payload);
      head = { n: row.n, hash };
      return { ...row, hash, bytes: draft.payload.length, payload: draft.payload };
    });
    const names = drafts.find((draft) => draft.names !== '')?.names ?? '';
    const insert = this.#db.prepare(`INSERT INTO rows (${HEAD}, payload) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`);
    this.#inTransaction(() => {
      for (const text of names === this.#knownNames ? [] : new Set(drafts.map((draft) => draft.names))) if (text !== '') this.#db.prepare('INSERT OR IGNORE INTO names (hash, text) VALUES (?, ?)').run(hashOfText(text), text);
      for (const r of rows) insert.run(r.n, r.kind, r.fromMs, r.toMs, r.samples, r.names, r.present, r.previousHash, r.hash, r.bytes, r.payload);
    });
    this.#head = head;
    if (names !== '') this.#knownNames = drafts.every((draft) => draft.names === '' || draft.names === names) ? names : '';
  }

  spans(): Span[] {
    return this.#db.prepare('SELECT * FROM spans ORDER BY opened_ms').all().map((row) => ({ incident: String(row['incident']), openedMs: Number(row['opened_ms']), closedMs: numberOrNull(row['closed_ms']), firstN: Number(row['first_n']), lastN: numberOrNull(row['last_n']) }));
  }

  /** Together with it everything written so far goes to the disk itself. */
  putSpan({ incident, openedMs, closedMs, firstN, lastN }: Span): void {
    this.#durably(() => this.#db.prepare('INSERT OR REPLACE INTO spans (incident, opened_ms, closed_ms, first_n, last_n) VALUES (?, ?, ?, ?, ?)').run(incident, openedMs, closedMs, firstN, lastN));
  }

  /** Everything written so far is on the disk itself when this returns. */
  settle(): void {
    this.#durably(() => this.#db.exec('INSERT OR REPLACE INTO rolled (only, below_n) SELECT 1, coalesce((SELECT below_n FROM rolled), 1)'));
  }

  /** Every row below has been judged: it is gone, or belongs to an incident. */
  rolledBelow(): number {
    return Number(this.#db.prepare('SELECT below_n FROM rolled').get()?.['below_n'] ?? 1);
  }

  roll(remove: readonly number[], belowN: number): void {
    this.#inTransaction(() => {
      for (const n of remove) this.#db.prepare('DELETE FROM rows WHERE n = ?').run(n);
      this.#db.prepare('INSERT OR REPLACE INTO rolled (only, below_n) VALUES (1, ?)').run(belowN);
    });
  }

  /** In order, without what they hold. */
  heads(fromN: number, limit: number): StoredHead[] {
    return this.#db.prepare(`SELECT ${HEAD} FROM rows WHERE n >= ? ORDER BY n LIMIT ?`).all(fromN, limit).map(headOf);
  }

  /** The last standing row that ended by `ms`, of those from `fromN` on. */
  standingBefore(ms: number, fromN: number): number | null {
    return numberOrNull(this.#db.prepare("SELECT n FROM rows WHERE n >= ? AND kind = 'standing' AND to_ms <= ? ORDER BY n DESC LIMIT 1").get(fromN, ms)?.['n']);
  }

  /** The first row with samples that reaches `ms`, of those from `fromN` on. */
  firstReaching(ms: number, fromN: number): { readonly n: number; readonly fromMs: number } | null {
    const row = this.#db.prepare("SELECT n, from_ms FROM rows WHERE n >= ? AND kind <> 'gap' AND to_ms >= ? ORDER BY n LIMIT 1").get(fromN, ms);
    return row === undefined ? null : { n: Number(row['n']), fromMs: Number(row['from_ms']) };
  }

  /** Is one gap on record that holds all of this? */
  hasGapOver(fromMs: number, toMs: number, fromN: number): boolean {
    return this.#db.prepare("SELECT n FROM rows WHERE n >= ? AND kind = 'gap' AND from_ms <= ? AND to_ms >= ? LIMIT 1").get(fromN, fromMs, toMs) !== undefined;
  }

  names(hash: string): string | null {
    const row = this.#db.prepare('SELECT text FROM names WHERE hash = ?').get(hash);
    return row === undefined ? null : String(row['text']);
  }

  close(): void {
    this.#db.close();
  }

  #readHead(): SampleStore['head'] {
    const row = this.#db.prepare('SELECT n, hash FROM rows ORDER BY n DESC LIMIT 1').get();
    return row === undefined ? null : { n: Number(row['n']), hash: String(row['hash']) };
  }

  #durably(work: () => void): void {
    this.#db.exec('PRAGMA synchronous = FULL');
    try {
      this.#inTransaction(work);
    } finally {
      this.#db.exec('PRAGMA synchronous = NORMAL');
    }
  }

  #inTransaction(work: () => void): void {
    this.#db.exec('BEGIN IMMEDIATE');
    try {
      work();
      this.#db.exec('COMMIT');
    } catch (error) {
      // A full disk ends the transaction by itself; then there is nothing to roll back.
      if (this.#db.isTransaction) this.#db.exec('ROLLBACK');
      throw error;
    }
  }
}

/** Reads a store, or a copy of one, beside the station that writes it, and leaves nothing beside the evidence. Throws what SQLite throws. */
export class StoreReader {
  readonly #db: DatabaseSync;
  readonly #copyDir: string | null;

  constructor(file: string) {
    const wal = `${file}-wal`;
    const hasWal = existsSync(wal) && statSync(wal).size > 0;
    // A WAL without its index is a copy; reading it in place would make an index beside it.
    this.#copyDir = hasWal && !existsSync(`${file}-shm`) ? mkdtempSync(join(tmpdir(), 'haven-samples-')) : null;
    if (this.#copyDir !== null) {
      for (const suffix of ['', '-wal']) copyFileSync(`${file}${suffix}`, join(this.#copyDir, `copy${suffix}`));
      this.#db = new DatabaseSync(join(this.#copyDir, 'copy'));
    } else if (hasWal) this.#db = new DatabaseSync(file, { readOnly: true, timeout: 2_000 });
    else this.#db = openComplete(file);
  }

  heads(fromN: number, toN: number): StoredHead[] {
    return this.#db.prepare(`SELECT ${HEAD} FROM rows WHERE n BETWEEN ? AND ? ORDER BY n`).all(fromN, toN).map(headOf);
  }

  row(n: number): StoredRow | null {
    const row = this.#db.prepare(`SELECT ${HEAD}, payload FROM rows WHERE n = ?`).get(n);
    return row === undefined ? null : { ...headOf(row), payload: row['payload'] instanceof Uint8Array ? row['payload'] : new Uint8Array(0) };
  }

  names(hash: string): string | null {
    const row = this.#db.prepare('SELECT text FROM names WHERE hash = ?').get(hash);
    return row === undefined ? null : String(row['text']);
  }

  headN(): number {
    return Number(this.#db.prepare('SELECT max(n) AS n FROM rows').get()?.['n'] ?? 0);
  }

  close(): void {
    this.#db.close();
    if (this.#copyDir !== null) rmSync(this.#copyDir, { recursive: true, force: true });
  }
}

/** Without a WAL the file is complete: as unchangeable it is read from a medium that may not be written to. */
function openComplete(file: string): DatabaseSync {
  const url = pathToFileURL(file);
  url.searchParams.set('immutable', '1');
  return new DatabaseSync(url, { readOnly: true });
}

type Row = Record<string, SQLOutputValue>;
const numberOrNull = (value: SQLOutputValue | undefined): number | null => (value === null || value === undefined ? null : Number(value));

function headOf(row: Row): StoredHead {
  return {
    n: Number(row['n']), kind: String(row['kind']) as RowKind, fromMs: Number(row['from_ms']), toMs: Number(row['to_ms']), samples: Number(row['samples']), names: String(row['names']),
    present: String(row['present']), previousHash: String(row['previous_hash']), hash: String(row['hash']), bytes: Number(row['bytes']),
  };
}
