/**
 * Checks a Haven journal without Haven. One file, only what comes with Node (24 or later): copy it and run
 *
 *     node verify.ts journal.sqlite [--checkpoints FILE] [--key BASE64] [--json]
 *
 * exit 0 = sound, 1 = anything else, 2 = wrong call. Reads only; leaves nothing beside the evidence.
 *
 * Canonical JSON, hash and signature text are written here a second time on purpose: an investigator should not have to
 * trust the program that wrote the journal. A property test holds both definitions together.
 *
 * A record's hash   = SHA-256 of the canonical JSON of {atMs, by, data, n, previousHash, type, wallMs}, in hex.
 * A signature       = Ed25519 over "haven-checkpoint/1\n" + canonical JSON of {atMs, headHash, records}, base64.
 * The public key    = SPKI DER, base64, in the data of record 1 (type "journal.genesis").
 */
import { createPublicKey, hash, verify } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { copyFileSync, existsSync, mkdtempSync, readFileSync, realpathSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { pathToFileURL } from 'node:url';

export type VerdictWord = 'sound' | 'altered' | 'truncated' | 'rewritten' | 'unreadable';

export interface JournalVerdict {
  readonly verdict: VerdictWord;
  /** Records that are in the file (for `unreadable` and `altered`: that were read before it stopped). */
  readonly records: number;
  /** The first record that cannot be trusted, or the first that is missing. */
  readonly firstBad?: number;
  /** One sentence. */
  readonly detail: string;
}

export interface VerifyOptions {
  /** A copy of the signed checkpoints. Without it, checkpoints.ndjson beside the journal is read when there is one. */
  readonly checkpointsFile?: string;
  /** The station's public key (SPKI DER, base64), known from elsewhere. Finds a journal re-made with another key. */
  readonly publicKey?: string;
}

/** Reads the whole journal and says whether it can be trusted. Never throws. */
export function verifyJournal(file: string, options: VerifyOptions = {}): JournalVerdict {
  const steps = verifying(file, options);
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
  }
}

/** The same in small slices, so that a running station goes on working meanwhile. */
export async function verifyJournalInSlices(file: string, options: VerifyOptions = {}): Promise<JournalVerdict> {
  const steps = verifying(file, options);
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
    await new Promise((resume) => setImmediate(resume));
  }
}

// --- the course of a check ------------------------------------------------------------------------------------------------

/** Records between two breaths of `verifying`. */
const SLICE_RECORDS = 200;

type Steps<T> = Generator<undefined, T, undefined>;

function* verifying(file: string, options: VerifyOptions): Steps<JournalVerdict> {
  try {
    // Before the records: while the station runs, records may be added behind the checkpoints, never the other way round.
    const copied = readCheckpointFile(file, options.checkpointsFile);
    if (!copied.ok) return copied.verdict;
    const before = fingerprint(file);
    const verdict = yield* verifyingOnce(file, options, copied.checkpoints);
    // A file without a WAL is read without locks. If a station opened it meanwhile, that reading was of a moving thing.
    return verdict.verdict === 'sound' || before === fingerprint(file) ? verdict : yield* verifyingOnce(file, options, copied.checkpoints);
  } catch (error) {
    return unreadable(0, wordsOf(error));
  }
}

function* verifyingOnce(file: string, options: VerifyOptions, copied: readonly Checkpoint[]): Steps<JournalVerdict> {
  const opened = openReadOnly(file);
  try {
    opened.db.exec('BEGIN'); // One state of the journal, though the station may go on writing.
    const walked = yield* walkChain(opened.db);
    if (!walked.ok) return walked.verdict;
    return yield* judge(walked.chain, [...readCheckpointTable(opened.db), ...copied], options);
  } finally {
    opened.done();
  }
}

/** Size and time, without opening the file: in the station's own process, closing it again would drop SQLite's locks. */
function fingerprint(file: string): string {
  return [file, `${file}-wal`].map((f) => (existsSync(f) ? `${String(statSync(f).size)}:${String(statSync(f).mtimeMs)}` : '-')).join(' ');
}

// --- opening --------------------------------------------------------------------------------------------------------------

export interface Opened {
  readonly db: DatabaseSync;
  done(): void;
}

/**
 * Without a WAL the file is complete: read it as unchangeable, which works on read-only media and leaves no file behind.
 * With a WAL and its index, a station may be running: read beside it. With a WAL alone it is a copy, and reading it would
 * make an index beside the evidence: read a copy of the copy.
 */
export function openReadOnly(file: string): Opened {
  if (!existsSync(file)) throw new Error(`${file} does not exist`);
  if (!hasContent(`${file}-wal`)) return openImmutable(file);
  if (!existsSync(`${file}-shm`)) return openCopy(file);
  const db = new DatabaseSync(file, { readOnly: true, timeout: 2_000 });
  return { db, done: () => db.close() };
}

function hasContent(file: string): boolean {
  return existsSync(file) && statSync(file).size > 0;
}

function openImmutable(file: string): Opened {
  const url = pathToFileURL(file);
  url.searchParams.set('immutable', '1');
  const db = new DatabaseSync(url, { readOnly: true });
  return { db, done: () => db.close() };
}

function openCopy(file: string): Opened {
  const dir = mkdtempSync(join(tmpdir(), 'haven-verify-'));
  try {
    for (const suffix of ['', '-wal']) copyFileSync(`${file}${suffix}`, join(dir, `copy${suffix}`));
    const db = new DatabaseSync(join(dir, 'copy'));
    return { db, done: () => (db.close(), rmSync(dir, { recursive: true, force: true })) };
  } catch (error) {
    rmSync(dir, { recursive: true, force: true });
    throw error;
  }
}

// --- the chain ------------------------------------------------------------------------------------------------------------

interface StoredRow {
  readonly n: number;
  readonly hash: string;
  readonly previousHash: string;
  /** False when the hash does not fit what the record says, or when it says nothing that JSON can hold. */
  readonly fits: boolean;
}

interface Chain {
  readonly records: number;
  /** hashes[n - 1] is the hash of record n. */
  readonly hashes: readonly string[];
  readonly genesis: { readonly publicKey: string } | undefined;
}
type Walk = { readonly ok: true; readonly chain: Chain } | { readonly ok: false; readonly verdict: JournalVerdict };

const COLUMNS = 'n, type, at_ms, wall_ms, "by", data, previous_hash, hash';
const NO_HASH = '0'.repeat(64);

function* walkChain(db: DatabaseSync): Steps<Walk> {
  const hashes: string[] = [];
  let previousHash = NO_HASH;
  try {
    for (const row of db.prepare(`SELECT ${COLUMNS} FROM records ORDER BY n`).iterate()) {
      const record = storedRow(row);
      const expected = hashes.length + 1;
      const fault = faultOf(record, expected, previousHash);
      if (fault !== undefined) return { ok: false, verdict: { ...fault, records: hashes.length } };
      hashes.push(record.hash);
      previousHash = record.hash;
      if (expected % SLICE_RECORDS === 0) yield undefined;
    }
    return { ok: true, chain: { records: hashes.length, hashes, genesis: readGenesis(db) } };
  } catch (error) {
    // A number beyond 2^53 in the file: SQLite reads it, no station has written it.
    if (hasCode(error, 'ERR_OUT_OF_RANGE')) return { ok: false, verdict: { ...altered(hashes.length + 1, 'holds a number that no station writes'), records: hashes.length } };
    return { ok: false, verdict: unreadable(hashes.length, wordsOf(error)) };
  }
}

/** Why this record does not continue the chain; undefined = it does. */
function faultOf(record: StoredRow, expected: number, previousHash: string): Omit<JournalVerdict, 'records'> | undefined {
  if (record.n > expected) return altered(expected, `is missing; record ${String(record.n)} follows`);
  if (record.n < expected) return altered(record.n, 'stands where it cannot stand');
  if (!record.fits) return altered(record.n, 'does not say what its hash was made of');
  if (record.previousHash === previousHash) return undefined;
  // The record is whole and was chained to another predecessor than the one that stands there now: that one was exchanged.
  return expected === 1 ? altered(1, 'is not the beginning of a journal') : altered(expected - 1, `is not the record that record ${String(expected)} was chained to`);
}

function storedRow(row: Record<string, unknown>): StoredRow {
  const hashText = String(row['hash']);
  const content = contentOf(row);
  return { n: Number(row['n']), hash: hashText, previousHash: String(row['previous_hash']), fits: content !== undefined && hash('sha256', content, 'hex') === hashText };
}

/** The text that was hashed, made anew from the columns; undefined when the data is not canonical JSON. Keys in canonical order. */
function contentOf(row: Record<string, unknown>): string | undefined {
  const dataText = String(row['data']);
  const data = parseJson(dataText);
  if (data === undefined || canonical(data) !== dataText) return undefined;
  const text = (column: string) => canonical(row[column]) ?? '';
  return `{"atMs":${text('at_ms')},"by":${text('by')},"data":${dataText},"n":${text('n')},"previousHash":${text('previous_hash')},"type":${text('type')},"wallMs":${text('wall_ms')}}`;
}

function readGenesis(db: DatabaseSync): { publicKey: string } | undefined {
  const row = db.prepare("SELECT data FROM records WHERE n = 1 AND type = 'journal.genesis'").get();
  const data = parseJson(String(row?.['data']));
  return isObject(data) && data['format'] === 'haven-journal/1' && typeof data['publicKey'] === 'string' ? { publicKey: data['publicKey'] } : undefined;
}

// --- the checkpoints --------------------------------------------------------------------------------------------------------

interface Checkpoint {
  readonly records: number;
  readonly headHash: string;
  readonly atMs: number;
  readonly signature: string;
  /** For the sentence: `the journal` or the file's name. */
  readonly from: string;
}
type CheckpointsRead = { readonly ok: true; readonly checkpoints: readonly Checkpoint[] } | { readonly ok: false; readonly verdict: JournalVerdict };

function readCheckpointTable(db: DatabaseSync): Checkpoint[] {
  return db
    .prepare('SELECT records, head_hash, at_ms, signature FROM checkpoints ORDER BY records')
    .all()
    .map((row) => ({ records: Number(row['records']), headHash: String(row['head_hash']), atMs: Number(row['at_ms']), signature: String(row['signature']), from: 'the journal' }));
}

function readCheckpointFile(journal: string, named: string | undefined): CheckpointsRead {
  const file = named ?? join(dirname(journal), 'checkpoints.ndjson');
  if (named === undefined && !existsSync(file)) return { ok: true, checkpoints: [] };
  try {
    const text = readFileSync(file, 'utf8');
    // An unfinished last line is what a power cut leaves, not tampering.
    const lines = text.slice(0, text.lastIndexOf('\n') + 1).split('\n').filter((line) => line !== '');
    return { ok: true, checkpoints: lines.map((line) => checkpointIn(line, basename(file))) };
  } catch (error) {
    return { ok: false, verdict: unreadable(0, `checkpoints: ${wordsOf(error)}`) };
  }
}

/** A line that is no checkpoint becomes one that no key has signed. */
function checkpointIn(line: string, from: string): Checkpoint {
  const value = parseJson(line);
  const fields = isObject(value) ? value : {};
  const records = Number.isSafeInteger(fields['records']) ? Number(fields['records']) : 0;
  return { records, headHash: String(fields['headHash']), atMs: Number(fields['atMs']), signature: String(fields['signature']), from };
}

/** The chain holds together. Is it also the chain that was signed for? */
function* judge(chain: Chain, checkpoints: readonly Checkpoint[], options: VerifyOptions): Steps<JournalVerdict> {
  const { records, genesis } = chain;
  if (records === 0) return nothingLeft(checkpoints);
  if (genesis === undefined) return rewritten(chain, 1, 'record 1 is not the genesis record of a Haven journal');
  if (options.publicKey !== undefined && options.publicKey !== genesis.publicKey) return rewritten(chain, 1, 'the genesis record holds another public key than the one given');
  const key = readKey(genesis.publicKey);
  if (key === undefined) return rewritten(chain, 1, 'the genesis record holds no usable public key');
  if (checkpoints.length === 0) return rewritten(chain, 1, 'there is no signed checkpoint, though every journal begins with one');
  return yield* judgeCheckpoints(chain, inOrder(checkpoints), key);
}

function* judgeCheckpoints(chain: Chain, checkpoints: readonly Checkpoint[], key: KeyObject): Steps<JournalVerdict> {
  /** The last record that a fitting checkpoint vouches for. */
  let vouched = 0;
  for (const [i, checkpoint] of checkpoints.entries()) {
    if (!isSigned(checkpoint, key)) return rewritten(chain, vouched + 1, `the checkpoint for ${String(checkpoint.records)} records in ${checkpoint.from} is not signed with the key of the genesis record`);
    if (checkpoint.records > chain.records) return truncatedBehind(chain, checkpoints);
    if (chain.hashes[checkpoint.records - 1] !== checkpoint.headHash) return rewritten(chain, vouched + 1, `record ${String(checkpoint.records)} is not the one that was signed for (${checkpoint.from})`);
    vouched = checkpoint.records;
    if (i % SLICE_RECORDS === 0) yield undefined;
  }
  return { verdict: 'sound', records: chain.records, detail: `${String(chain.records)} records, chain whole, ${String(checkpoints.length)} signed checkpoints fit; records after ${String(vouched)} are chained but not signed yet.` };
}

function truncatedBehind(chain: Chain, checkpoints: readonly Checkpoint[]): JournalVerdict {
  const signedFor = checkpoints.at(-1)?.records ?? 0;
  return {
    verdict: 'truncated',
    records: chain.records,
    firstBad: chain.records + 1,
    detail: `${String(signedFor)} records were signed for, ${String(chain.records)} are there. If this is a copy, see that its -wal file was copied with it.`,
  };
}

/** Oldest first; what the table and the file say alike counts once. */
function inOrder(checkpoints: readonly Checkpoint[]): Checkpoint[] {
  const each = new Map(checkpoints.map((c) => [`${String(c.records)} ${c.headHash} ${String(c.atMs)} ${c.signature}`, c]));
  return [...each.values()].sort((a, b) => a.records - b.records);
}

function isSigned(checkpoint: Checkpoint, key: KeyObject): boolean {
  const { atMs, headHash, records } = checkpoint;
  const claim = canonical({ atMs, headHash, records });
  return records >= 1 && claim !== undefined && verify(null, Buffer.from(`haven-checkpoint/1\n${claim}`), key, Buffer.from(checkpoint.signature, 'base64'));
}

function readKey(publicKey: string): KeyObject | undefined {
  try {
    const key = createPublicKey({ key: Buffer.from(publicKey, 'base64'), format: 'der', type: 'spki' });
    return key.asymmetricKeyType === 'ed25519' ? key : undefined;
  } catch {
    return undefined;
  }
}

// --- verdicts ---------------------------------------------------------------------------------------------------------------

function altered(firstBad: number, what: string): Omit<JournalVerdict, 'records'> {
  return { verdict: 'altered', firstBad, detail: `Record ${String(firstBad)} ${what}.` };
}

/** The record that was changed lies between the last fitting checkpoint and the first that does not fit. */
function rewritten(chain: Chain, firstBad: number, what: string): JournalVerdict {
  return { verdict: 'rewritten', records: chain.records, firstBad, detail: `The chain holds together but is not the one that was signed: ${what}. Nothing vouches for record ${String(firstBad)} and after.` };
}

function unreadable(records: number, why: string): JournalVerdict {
  return { verdict: 'unreadable', records, detail: `Not readable as a journal: ${why}.` };
}

/** With the genesis record gone there is no key to check a signature with; that a checkpoint is there says enough. */
function nothingLeft(checkpoints: readonly Checkpoint[]): JournalVerdict {
  const signedFor = Math.max(0, ...checkpoints.map((c) => c.records));
  if (signedFor === 0) return unreadable(0, 'it holds no records');
  return { verdict: 'truncated', records: 0, firstBad: 1, detail: `${String(signedFor)} records were signed for, none is there.` };
}

// --- canonical JSON, RFC 8785 -------------------------------------------------------------------------------------------------

/** Undefined when the value has no canonical text. */
export function canonical(value: unknown): string | undefined {
  if (value === null || typeof value === 'boolean') return String(value);
  if (typeof value === 'number') return Number.isFinite(value) ? String(value) : undefined;
  if (typeof value === 'string') return value.isWellFormed() ? JSON.stringify(value) : undefined;
  if (typeof value !== 'object') return undefined;
  return Array.isArray(value) ? canonicalArray(value) : canonicalObject(value);
}

function canonicalArray(items: readonly unknown[]): string | undefined {
  let text = '';
  for (const item of items) {
    const part = canonical(item);
    if (part === undefined) return undefined;
    text += text === '' ? part : `,${part}`;
  }
  return `[${text}]`;
}

function canonicalObject(value: object): string | undefined {
  let text = '';
  for (const key of Object.keys(value).sort()) {
    const [name, part] = [canonical(key), canonical(Reflect.get(value, key))];
    if (name === undefined || part === undefined) return undefined;
    text += text === '' ? `${name}:${part}` : `,${name}:${part}`;
  }
  return `{${text}}`;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}

function wordsOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

// --- the command line ---------------------------------------------------------------------------------------------------------

const USAGE = 'usage: node verify.ts JOURNAL.sqlite [--checkpoints FILE] [--key BASE64] [--json]\n';

interface Call {
  readonly file: string;
  readonly json: boolean;
  readonly options: VerifyOptions;
}

/** Undefined = wrong call. */
export function readCall(args: readonly string[]): Call | undefined {
  const files: string[] = [];
  const given = new Map<string, string>();
  let json = false;
  for (let i = 0; i < args.length; i += 1) {
    const arg = args[i] ?? '';
    if (arg === '--json') json = true;
    else if (arg === '--checkpoints' || arg === '--key') given.set(arg, args[(i += 1)] ?? '');
    else if (arg.startsWith('-')) return undefined;
    else files.push(arg);
  }
  const [file] = files;
  if (file === undefined || files.length > 1 || [...given.values()].includes('')) return undefined;
  return { file, json, options: optionsFrom(given) };
}

function optionsFrom(given: ReadonlyMap<string, string>): VerifyOptions {
  const [checkpointsFile, publicKey] = [given.get('--checkpoints'), given.get('--key')];
  return { ...(checkpointsFile === undefined ? {} : { checkpointsFile }), ...(publicKey === undefined ? {} : { publicKey }) };
}

function main(args: readonly string[]): number {
  if (args.includes('--help')) {
    process.stdout.write(USAGE);
    return 0;
  }
  const call = readCall(args);
  if (call === undefined) {
    process.stderr.write(USAGE);
    return 2;
  }
  const verdict = verifyJournal(call.file, call.options);
  process.stdout.write(call.json ? `${JSON.stringify(verdict)}\n` : `${verdict.verdict}: ${verdict.detail}\n`);
  return verdict.verdict === 'sound' ? 0 : 1;
}

/** The name is checked too: bundled into the station, this module's address is the bundle's, and must not take over its start. */
function isStartedAlone(): boolean {
  const started = process.argv[1];
  return started !== undefined && /^verify\.[cm]?[jt]s$/u.test(basename(started)) && existsSync(started) && import.meta.url === pathToFileURL(realpathSync(started)).href;
}

if (isStartedAlone()) process.exitCode = main(process.argv.slice(2));
