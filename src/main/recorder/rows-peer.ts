/** The plain way to keep samples, for the benchmark alone: one row for each. Here, because only this folder and the journal may open a database. */
import { statSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import type { Sample } from '../../domain/samples/sample.ts';

const TRANSACTION_SAMPLES = 5_000;

export function rowsInSqlite(file: string, batches: Iterable<readonly Sample[]>): { /** Processor time. */ readonly wroteS: number; readonly readS: number; readonly bytes: number } {
  const db = new DatabaseSync(file);
  db.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; CREATE TABLE samples (tag INTEGER NOT NULL, source_ms INTEGER NOT NULL, received_ms INTEGER NOT NULL, value ANY, status INTEGER NOT NULL) STRICT');
  const insert = db.prepare('INSERT INTO samples VALUES (?, ?, ?, ?, ?)');
  const places = new Map<string, number>();
  let [wroteMs, waiting, written] = [0, 0, 0];
  for (const batch of batches) {
    const before = process.cpuUsage();
    if (waiting === 0) db.exec('BEGIN');
    for (const { tag, sourceMs, receivedMs, value, status } of batch) {
      let place = places.get(tag);
      if (place === undefined) places.set(tag, place = places.size);
      insert.run(place, sourceMs, receivedMs, typeof value === 'boolean' ? Number(value) : value, status);
    }
    waiting += batch.length;
    written += batch.length;
    if (waiting >= TRANSACTION_SAMPLES) {
      db.exec('COMMIT');
      waiting = 0;
    }
    const { user, system } = process.cpuUsage(before);
    wroteMs += (user + system) / 1_000;
  }
  if (waiting > 0) db.exec('COMMIT');
  const startMs = performance.now();
  let read = 0;
  for (const row of db.prepare('SELECT * FROM samples').iterate()) if (row['tag'] !== null) read += 1;
  const readS = (performance.now() - startMs) / 1_000;
  if (read !== written) throw new Error(`${read} rows were read back; expected ${written}`);
  db.close();
  return { wroteS: wroteMs / 1_000, readS, bytes: statSync(file).size };
}
