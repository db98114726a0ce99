/** What of the journal vouches for a report: hashes of its first and last record, and the first signed checkpoint that covers both. Reads only. */
import { existsSync, readdirSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { JOURNAL_FILE } from './journal.ts';
import { openReadOnly } from './verify.ts';

export interface RecordProof {
  /** Empty where the record is not there. */
  readonly headHash: string;
  readonly genesisHash: string;
  /** SPKI DER, base64: of the key that signed the checkpoint, else of the first record. */
  readonly publicKey: string;
  readonly signedBy: { readonly records: number; readonly headHash: string; readonly atMs: number; readonly signature: string } | null;
}

/** Sealed segments in their order (their numbers have leading zeros), then the file that is written now. */
const SEGMENT = /^journal-\d{6}\.sqlite$/u;

export const journalFileOf = (given: string): string => (existsSync(given) && statSync(given).isDirectory() ? join(given, JOURNAL_FILE) : given);

function filesOf(file: string): string[] {
  if (basename(file) !== JOURNAL_FILE) return [file];
  const dir = dirname(file);
  return [...readdirSync(dir).filter((name) => SEGMENT.test(name)).sort().map((name) => join(dir, name)), ...(existsSync(file) ? [file] : [])];
}

/** Throws when a file cannot be read. */
export function proofOf(path: string, toRecord: number): RecordProof {
  let [headHash, genesisHash, firstKey, ownKey] = ['', '', '', ''];
  let signedBy: RecordProof['signedBy'] = null;
  for (const file of filesOf(journalFileOf(path))) {
    const { db, done } = openReadOnly(file);
    try {
      const first = db.prepare('SELECT n, data, hash FROM records ORDER BY n LIMIT 1').get();
      if (first === undefined) continue;
      const key = keyIn(String(first['data']));
      if (Number(first['n']) === 1) [genesisHash, firstKey] = [String(first['hash']), key];
      headHash ||= text(db.prepare('SELECT hash FROM records WHERE n = ?').get(toRecord)?.['hash']);
      const checkpoint = db.prepare('SELECT records, head_hash, at_ms, signature FROM checkpoints WHERE records >= ? ORDER BY records LIMIT 1').get(toRecord);
      if (checkpoint === undefined || signedBy !== null) continue;
      signedBy = { records: Number(checkpoint['records']), headHash: String(checkpoint['head_hash']), atMs: Number(checkpoint['at_ms']), signature: String(checkpoint['signature']) };
      ownKey = key;
    } finally {
      done();
    }
  }
  return { headHash, genesisHash, publicKey: ownKey === '' ? firstKey : ownKey, signedBy };
}

const text = (value: unknown): string => (typeof value === 'string' ? value : '');

function keyIn(data: string): string {
  const read = JSON.parse(data) as { publicKey?: unknown };
  return text(read.publicKey);
}
