/**
 * Checks a Haven journal without Haven. One file, only what comes with Node (24 or later): copy it and run
 *
 *     node verify.ts JOURNAL [--from-segment N] [--checkpoints FILE] [--key BASE64] [--json]
 *
 * JOURNAL: the folder, or its journal.sqlite (the sealed segments journal-000001.sqlite ... are looked for beside it), or one
 * sealed segment, which is then looked at alone. exit 0 = sound, 1 = anything else, 2 = wrong call. Reads only; leaves nothing beside the
 * evidence. Memory does not grow with the number of records.
 *
 * Canonical JSON, hash and signature text are written here a second time on purpose: an investigator should not have to
 * trust the program that wrote the journal. A property test holds both definitions together.
 *
 * A record's hash   = SHA-256 of the canonical JSON of {atMs, by, data, n, previousHash, type, wallMs}, in hex.
 * A signature       = Ed25519 over "haven-checkpoint/1\n" + canonical JSON of {atMs, headHash, records}, base64.
 * The public key    = SPKI DER, base64, in the data of record 1 (type "journal.genesis"), and again in the first record of every later
 *                     segment ("journal.continued").
 * Another key       = a record "journal.key-rotated"; both keys sign "haven-key-rotation/1\n" + canonical JSON of
 *                     {n, newPublicKey, previousHash, previousPublicKey, reason}. Checkpoints for that record and later ones are the new key's.
 */
import { createPublicKey, hash, verify } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { closeSync, copyFileSync, existsSync, mkdtempSync, openSync, readSync, readdirSync, realpathSync, rmSync, statSync } from 'node:fs';
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
  /** Sealed segments that are not there, by the names they have to have. */
  readonly missing?: readonly string[];
}

export interface VerifyOptions {
  /** A copy of the signed checkpoints. Without it, checkpoints.ndjson beside the journal is read when there is one. */
  readonly checkpointsFile?: string;
  /** The station's public key (SPKI DER, base64), known from elsewhere. Finds a journal re-made with another key. */
  readonly publicKey?: string;
  /** Begin with this segment; what stands before it is not looked at. */
  readonly fromSegment?: number;
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

// --- which files --------------------------------------------------------------------------------------------------------------

export const ACTIVE_FILE = 'journal.sqlite';
const SEALED_NAME = /^journal-(\d{6})\.sqlite$/u;

export const sealedFileName = (segment: number): string => `journal-${String(segment).padStart(6, '0')}.sqlite`;

/** Undefined when it is not the name of a sealed segment. */
export function sealedNumber(name: string): number | undefined {
  const digits = SEALED_NAME.exec(name)?.[1];
  return digits === undefined ? undefined : Number(digits);
}

export interface JournalFiles {
  readonly dir: string;
  /** The file that the chain ends in; undefined = there is none, the sealed ones are all. */
  readonly end: string | undefined;
  /** Only the end is looked at, wherever it begins. */
  readonly isAlone: boolean;
}

/** What `path` means: a folder, a journal with its sealed segments beside it, or one sealed segment. */
export function journalFilesAt(path: string): JournalFiles {
  if (existsSync(path) && statSync(path).isDirectory()) {
    const end = join(path, ACTIVE_FILE);
    if (existsSync(end)) return { dir: path, end, isAlone: false };
    if (sealedIn(path).length === 0) throw new Error(`${path} holds no journal`);
    return { dir: path, end: undefined, isAlone: false };
  }
  return { dir: dirname(path), end: path, isAlone: sealedNumber(basename(path)) !== undefined };
}

/** Numbers of the sealed segments in a folder, ascending. */
export const sealedIn = (dir: string): number[] => readdirSync(dir).flatMap((name) => sealedNumber(name) ?? []).sort((a, b) => a - b);

// --- the course of a check ------------------------------------------------------------------------------------------------

/** Records between two breaths of `verifying`. */
const SLICE_RECORDS = 200;

type Steps<T> = Generator<undefined, T, undefined>;

function* verifying(path: string, options: VerifyOptions): Steps<JournalVerdict> {
  try {
    const files = journalFilesAt(path);
    const checkpointsFile = options.checkpointsFile ?? join(files.dir, 'checkpoints.ndjson');
    if (options.checkpointsFile !== undefined && !existsSync(checkpointsFile)) return unreadable(0, `checkpoints: ${checkpointsFile} does not exist`);
    // Its length now: while the station runs, records may be added behind the checkpoints, never the other way round.
    const copied = existsSync(checkpointsFile) ? { file: checkpointsFile, bytes: statSync(checkpointsFile).size } : undefined;
    const before = fingerprint(files);
    const verdict = yield* verifyingOnce(files, options, copied);
    // A file without a WAL is read without locks. If a station opened it meanwhile, that reading was of a moving thing.
    return verdict.verdict === 'sound' || before === fingerprint(files) ? verdict : yield* verifyingOnce(journalFilesAt(path), options, copied);
  } catch (error) {
    return unreadable(0, wordsOf(error));
  }
}

interface Copied {
  readonly file: string;
  readonly bytes: number;
}

function* verifyingOnce(files: JournalFiles, options: VerifyOptions, copied: Copied | undefined): Steps<JournalVerdict> {
  const walk = new Walk(files, options);
  try {
    const fault = yield* walk.all();
    return fault ?? (yield* new Judge(walk, options, copied).verdict());
  } finally {
    walk.close();
  }
}

/** Size and time, without opening the file: in the station's own process, closing it again would drop SQLite's locks. */
function fingerprint({ dir, end }: JournalFiles): string {
  const sizes = [end ?? '', `${end ?? ''}-wal`].map((f) => (existsSync(f) ? `${String(statSync(f).size)}:${String(statSync(f).mtimeMs)}` : '-'));
  return [...sizes, ...(existsSync(dir) ? sealedIn(dir) : [])].join(' ');
}

// --- opening --------------------------------------------------------------------------------------------------------------

export interface Opened {
  readonly db: DatabaseSync;
  done(): void;
}

/**
 * Without a WAL the file is complete: read it as unchangeable, which works on read-only media and leaves no file behind.
 * With a WAL and its index, a station may be running: read beside it. With a WAL alone it is a copy, and reading it would
 * make an index beside the evidence: read a copy of the copy. The same where a station was killed while it sealed the file, and SQLite has
 * something to take back.
 */
export function openReadOnly(file: string): Opened {
  if (!existsSync(file)) throw new Error(`${file} does not exist`);
  if (hasContent(`${file}-journal`)) return openCopy(file);
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
    for (const suffix of ['', '-wal', '-journal']) if (existsSync(`${file}${suffix}`)) copyFileSync(`${file}${suffix}`, join(dir, `copy${suffix}`));
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
  readonly type: string;
  readonly dataText: string;
  readonly hash: string;
  readonly previousHash: string;
  /** False when the hash does not fit what the record says, or when it says nothing that JSON can hold. */
  readonly fits: boolean;
}

/** One file of the journal, as far as it was walked. */
interface Segment {
  readonly name: string;
  readonly opened: Opened;
  readonly firstRecord: number;
  lastRecord: number;
}

/** From this record on, checkpoints are signed by this key. */
interface KeyFrom {
  readonly n: number;
  readonly publicKey: string;
}

const COLUMNS = 'n, type, at_ms, wall_ms, "by", data, previous_hash, hash';
const NO_HASH = '0'.repeat(64);
const KEYS_MAX = 10_000;

interface Link {
  readonly segment: number;
  readonly publicKey: string;
  readonly file: string;
  readonly records: number;
  readonly headHash: string;
}

/** The records of all files, one after the other. Nothing is kept of them but where each file begins and ends and which key signs. */
class Walk {
  readonly segments: Segment[] = [];
  readonly keys: KeyFrom[] = [];
  /** Files that have to be there and are not, with the first record that is missing with each. */
  readonly missing: { readonly file: string; readonly firstRecord: number }[] = [];
  /** Last record, and how many were read. */
  last = 0;
  #headHash = NO_HASH;
  #read = 0;
  readonly #files: JournalFiles;
  readonly #fromSegment: number;

  constructor(files: JournalFiles, { fromSegment }: VerifyOptions) {
    this.#files = files;
    this.#fromSegment = fromSegment ?? 1;
  }

  get records(): number {
    return this.#read;
  }

  /** A sealed segment looked at alone: others follow it. */
  get isOneOfMany(): boolean {
    return this.#files.isAlone;
  }

  get isFromTheBeginning(): boolean {
    return this.segments[0]?.firstRecord === 1;
  }

  close(): void {
    for (const { opened } of this.segments) opened.done();
  }

  /** Undefined = the chain holds together. */
  *all(): Steps<JournalVerdict | undefined> {
    const { dir, end, isAlone } = this.#files;
    if (!isAlone && this.#mayHaveSegments()) {
      for (let number = this.#fromSegment; ; number += 1) {
        const name = this.#nextSealed(number);
        if (name === undefined) break;
        number = sealedNumber(name) ?? number;
        const fault = yield* this.#segment(join(dir, name));
        if (fault !== undefined) return fault;
      }
    }
    return end === undefined ? undefined : yield* this.#segment(end);
  }

  /** A copy under any other name that begins with the genesis record is a whole journal, whatever lies beside it. */
  #mayHaveSegments(): boolean {
    const { dir, end } = this.#files;
    if (end === undefined || basename(end) === ACTIVE_FILE) return existsSync(dir);
    return linkIn(firstRow(end)) !== undefined;
  }

  /** Asked anew each time: a running station may have sealed one more meanwhile. */
  #nextSealed(from: number): string | undefined {
    const number = sealedIn(this.#files.dir).find((each) => each >= from);
    return number === undefined ? undefined : sealedFileName(number);
  }

  *#segment(file: string): Steps<JournalVerdict | undefined> {
    const opened = openReadOnly(file);
    try {
      opened.db.exec('BEGIN'); // One state of the file, though the station may go on writing.
      if (this.segments.length > 0 && isNotBegun(opened.db)) {
        opened.done();
        return undefined;
      }
      const boundary = this.#enter(file, opened);
      if (boundary !== undefined) return boundary;
      return yield* this.#walk(opened.db);
    } catch (error) {
      // A number beyond 2^53 in the file: SQLite reads it, no station has written it.
      if (hasCode(error, 'ERR_OUT_OF_RANGE')) return this.#fault(altered(this.last + 1, 'holds a number that no station writes'));
      if (this.segments.at(-1)?.opened !== opened) opened.done();
      return unreadable(this.#read, `${basename(file)}: ${wordsOf(error)}`);
    }
  }

  /** The first record of a file against the last of the file before it. */
  #enter(file: string, opened: Opened): JournalVerdict | undefined {
    const name = basename(file);
    const first = firstIn(opened.db);
    const link = linkIn(first);
    const before = this.segments.at(-1);
    this.segments.push({ name, opened, firstRecord: first?.n ?? this.last + 1, lastRecord: this.last });
    const number = sealedNumber(name);
    if (!this.#files.isAlone && first !== undefined && number !== undefined && number !== (link?.segment ?? 1)) return this.#fault(notContinuing(this.last + 1, name, before?.name ?? 'the beginning'));
    if (first === undefined || (link === undefined && before === undefined)) return undefined; // Walked from record 1, or found empty.
    if (link === undefined) return this.#fault(notContinuing(this.last + 1, name, before?.name ?? ''));
    if (before === undefined) return this.#enterLate(link, first.n);
    return this.#enterBehind(link, first, name, before);
  }

  #enterLate(link: Link, firstRecord: number): undefined {
    if (!this.#files.isAlone && link.segment > this.#fromSegment) this.#miss(this.#fromSegment, link, 1);
    this.#goOn(link, firstRecord - 1);
  }

  #enterBehind(link: Link, first: StoredRow, name: string, before: Segment): JournalVerdict | undefined {
    const number = sealedNumber(before.name) ?? 0;
    if (link.segment === number + 1) {
      if (link.records < this.last) return this.#fault({ verdict: 'altered', firstBad: link.records + 1, detail: `Record ${String(link.records + 1)} was added to ${before.name} after it was sealed, or ${name} is not the one that followed it.` });
      if (link.records > this.last) return this.#fault(altered(this.last + 1, `is missing: ${before.name} ended with record ${String(link.records)} when it was sealed`));
      return link.headHash === this.#headHash && first.previousHash === this.#headHash ? undefined : this.#fault(notContinuing(this.last + 1, name, before.name));
    }
    if (link.segment <= number || link.records <= this.last) return this.#fault(notContinuing(this.last + 1, name, before.name));
    // What follows vouches for itself: it is chained, signed, and says with which key.
    this.#miss(number + 1, link, this.last + 1);
    this.#goOn(link, first.n - 1);
    return undefined;
  }

  #miss(from: number, link: Link, firstRecord: number): void {
    for (let segment = from; segment < link.segment; segment += 1) this.missing.push({ file: segment === link.segment - 1 ? link.file : sealedFileName(segment), firstRecord });
  }

  #goOn(link: Link, last: number): void {
    this.last = last;
    this.#headHash = link.headHash;
    this.keys.push({ n: last + 1, publicKey: link.publicKey });
  }

  *#walk(db: DatabaseSync): Steps<JournalVerdict | undefined> {
    const segment = this.segments.at(-1);
    for (const row of db.prepare(`SELECT ${COLUMNS} FROM records ORDER BY n`).iterate()) {
      const record = storedRow(row);
      const fault = faultOf(record, this.last + 1, this.#headHash) ?? this.#keyFault(record);
      if (fault !== undefined) return this.#fault(fault);
      this.last = record.n;
      this.#headHash = record.hash;
      this.#read += 1;
      if (segment !== undefined) segment.lastRecord = record.n;
      if (record.n % SLICE_RECORDS === 0) yield undefined;
    }
    return undefined;
  }

  /** Which key signs is part of the chain: it changes only where the key in force has signed for it. */
  #keyFault(record: StoredRow): Omit<JournalVerdict, 'records'> | undefined {
    switch (record.type) {
      case 'journal.genesis': {
        const key = record.n === 1 ? genesisKey(record.dataText) : undefined;
        if (key !== undefined) this.keys.push({ n: 1, publicKey: key });
        return undefined; // What it lacks, the judgement tells.
      }
      case 'journal.continued':
        return linkIn(record)?.publicKey === this.keys.at(-1)?.publicKey ? undefined : rewrittenAt(record.n, 'names another key than the one that was in force');
      case 'journal.key-rotated': {
        const next = rotatedTo(record, this.keys.at(-1)?.publicKey ?? '');
        if (next === undefined || this.keys.length >= KEYS_MAX) return rewrittenAt(record.n, 'puts another key in force without the signature of the one that was');
        this.keys.push({ n: record.n, publicKey: next });
        return undefined;
      }
      default: return undefined;
    }
  }

  #fault(fault: Omit<JournalVerdict, 'records'>): JournalVerdict {
    return { ...fault, records: this.#read };
  }

  /** The hash that record `n` has; undefined when it is in none of the files. */
  hashAt(n: number): string | undefined {
    const row = this.#segmentOf(n)?.opened.db.prepare('SELECT hash FROM records WHERE n = ?').get(n);
    return row === undefined ? undefined : String(row['hash']);
  }

  /** Whether the table of the same file says just this; then it has been judged already. */
  isInTable({ records, headHash, atMs, signature }: Checkpoint): boolean {
    const row = this.#segmentOf(records)?.opened.db.prepare('SELECT head_hash, at_ms, signature FROM checkpoints WHERE records = ?').get(records);
    return row !== undefined && row['head_hash'] === headHash && Number(row['at_ms']) === atMs && row['signature'] === signature;
  }

  #segmentOf(n: number): Segment | undefined {
    return this.segments.find(({ firstRecord, lastRecord }) => n >= firstRecord && n <= lastRecord);
  }

  /** The key that signs for so many records. */
  keyFor(records: number): KeyFrom | undefined {
    return this.keys.findLast(({ n }) => n <= records);
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
  return { n: Number(row['n']), type: String(row['type']), dataText: String(row['data']), hash: hashText, previousHash: String(row['previous_hash']), fits: content !== undefined && hash('sha256', content, 'hex') === hashText };
}

/** The text that was hashed, made anew from the columns; undefined when the data is not canonical JSON. Keys in canonical order. */
function contentOf(row: Record<string, unknown>): string | undefined {
  const dataText = String(row['data']);
  const data = parseJson(dataText);
  if (data === undefined || canonical(data) !== dataText) return undefined;
  const text = (column: string) => canonical(row[column]) ?? '';
  return `{"atMs":${text('at_ms')},"by":${text('by')},"data":${dataText},"n":${text('n')},"previousHash":${text('previous_hash')},"type":${text('type')},"wallMs":${text('wall_ms')}}`;
}

function firstIn(db: DatabaseSync): StoredRow | undefined {
  const row = db.prepare(`SELECT ${COLUMNS} FROM records ORDER BY n LIMIT 1`).get();
  return row === undefined ? undefined : storedRow(row);
}

function firstRow(file: string): StoredRow | undefined {
  const opened = openReadOnly(file);
  try {
    return firstIn(opened.db);
  } finally {
    opened.done();
  }
}

/** What a kill between two segments leaves: the next file, and nothing in it yet. */
export function isNotBegun(db: DatabaseSync): boolean {
  return db.prepare('SELECT 1 FROM sqlite_schema LIMIT 1').get() === undefined;
}

function genesisKey(dataText: string): string | undefined {
  const data = parseJson(dataText);
  return isObject(data) && data['format'] === 'haven-journal/1' && typeof data['publicKey'] === 'string' ? data['publicKey'] : undefined;
}

/** What the first record of a later segment says of the one before it. */
function linkIn(record: StoredRow | undefined): Link | undefined {
  if (record?.type !== 'journal.continued') return undefined;
  const data = parseJson(record.dataText);
  const previous = isObject(data) && data['format'] === 'haven-journal/1' && data['firstRecord'] === record.n ? data['previousSegment'] : undefined;
  if (!isObject(data) || !isObject(previous) || previous['records'] !== record.n - 1 || previous['headHash'] !== record.previousHash) return undefined;
  return { segment: Number(data['segment']), publicKey: String(data['publicKey']), file: String(previous['file']), records: record.n - 1, headHash: record.previousHash };
}

/** The new key, when the one in force and the new one have both signed for the change at this place. */
function rotatedTo({ n, previousHash, dataText }: StoredRow, inForce: string): string | undefined {
  const data = parseJson(dataText);
  if (!isObject(data) || data['previousPublicKey'] !== inForce) return undefined;
  const newPublicKey = String(data['newPublicKey']);
  const claim = canonical({ n, newPublicKey, previousHash, previousPublicKey: inForce, reason: data['reason'] });
  const isSignedWith = (publicKey: string, signature: unknown): boolean => {
    const key = readKey(publicKey);
    return key !== undefined && claim !== undefined && verify(null, Buffer.from(`haven-key-rotation/1\n${claim}`), key, Buffer.from(String(signature), 'base64'));
  };
  return isSignedWith(inForce, data['signatureByOld']) && isSignedWith(newPublicKey, data['signatureByNew']) ? newPublicKey : undefined;
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

function* checkpointTable(db: DatabaseSync): Generator<Checkpoint> {
  for (const row of db.prepare('SELECT records, head_hash, at_ms, signature FROM checkpoints ORDER BY records').iterate()) {
    yield { records: Number(row['records']), headHash: String(row['head_hash']), atMs: Number(row['at_ms']), signature: String(row['signature']), from: 'the journal' };
  }
}

/** Line by line. An unfinished last line is what a power cut leaves, not tampering. */
function* checkpointLines({ file, bytes }: Copied): Generator<Checkpoint> {
  const fd = openSync(file, 'r');
  try {
    const chunk = Buffer.alloc(65_536);
    let rest = '';
    for (let at = 0; at < bytes; ) {
      const readBytes = readSync(fd, chunk, 0, Math.min(chunk.length, bytes - at), at);
      if (readBytes === 0) return;
      at += readBytes;
      const lines = `${rest}${chunk.toString('latin1', 0, readBytes)}`.split('\n');
      rest = (lines.pop() ?? '').slice(0, chunk.length);
      for (const line of lines) if (line !== '') yield checkpointIn(line, basename(file));
    }
  } finally {
    closeSync(fd);
  }
}

/** A line that is no checkpoint becomes one that no key has signed. */
function checkpointIn(line: string, from: string): Checkpoint {
  const value = parseJson(line);
  const fields = isObject(value) ? value : {};
  const records = Number.isSafeInteger(fields['records']) ? Number(fields['records']) : 0;
  return { records, headHash: String(fields['headHash']), atMs: Number(fields['atMs']), signature: String(fields['signature']), from };
}

type Finding = { readonly records: number; readonly is: 'rewritten'; readonly what: string } | { readonly records: number; readonly is: 'truncated' };

/** The chain holds together. Is it also the chain that was signed for? */
class Judge {
  readonly #walk: Walk;
  readonly #options: VerifyOptions;
  readonly #copied: Copied | undefined;
  readonly #keys = new Map<string, KeyObject | undefined>();
  #count = 0;
  #signedFor = 0;

  constructor(walk: Walk, options: VerifyOptions, copied: Copied | undefined) {
    this.#walk = walk;
    this.#options = options;
    this.#copied = copied;
  }

  *verdict(): Steps<JournalVerdict> {
    const { last, records, keys, segments, isFromTheBeginning } = this.#walk;
    const begins = segments[0]?.firstRecord ?? 1;
    const given = this.#options.publicKey;
    if (records === 0) return this.#nothingLeft();
    if (keys[0] === undefined) return rewritten(records, 1, 'record 1 is not the genesis record of a Haven journal');
    if (given !== undefined && !keys.some(({ publicKey }) => publicKey === given)) return rewritten(records, begins, `the ${isFromTheBeginning ? 'genesis' : 'first'} record holds another public key than the one given`);
    if (this.#keyOf(keys[0].publicKey) === undefined) return rewritten(records, begins, 'the genesis record holds no usable public key');
    const found = yield* this.#firstFinding();
    if (this.#count === 0) return rewritten(records, begins, 'there is no signed checkpoint, though every journal begins with one');
    if (found?.is === 'truncated') return { verdict: 'truncated', records, firstBad: last + 1, detail: `${String(this.#signedFor)} records were signed for, ${String(last)} are there. If this is a copy, see that its -wal file was copied with it.` };
    const vouched = yield* this.#vouchedFor(found);
    if (found !== undefined) return rewritten(records, Math.max(vouched, begins - 1) + 1, found.what);
    return this.#whole(vouched);
  }

  /** Nothing that is there is wrong. Is all of it there? */
  #whole(vouched: number): JournalVerdict {
    const { last, records, missing, segments } = this.#walk;
    const [lost] = missing;
    const begins = segments[0]?.firstRecord ?? 1;
    if (lost !== undefined) {
      const names = missing.map(({ file }) => file);
      return { verdict: 'truncated', records, firstBad: lost.firstRecord, detail: `Not there: ${names.slice(0, 10).join(', ')}${names.length > 10 ? ` and ${String(names.length - 10)} more` : ''}; what is there holds together. Put them back from the archive, or begin behind them with --from-segment.`, missing: names };
    }
    const from = begins === 1 ? '' : `records ${String(begins)} to ${String(last)}, those before not looked at: `;
    return { verdict: 'sound', records, detail: `${from}${String(records)} records${segments.length > 1 ? ` in ${String(segments.length)} segments` : ''}, chain whole, ${String(this.#count)} signed checkpoints fit; records after ${String(vouched)} are chained but not signed yet.` };
  }

  /** Every checkpoint, of the tables and of the file; what both say alike counts once. */
  *#checkpoints(): Generator<Checkpoint> {
    for (const { opened } of this.#walk.segments) yield* checkpointTable(opened.db);
    if (this.#copied === undefined) return;
    for (const checkpoint of checkpointLines(this.#copied)) if (!this.#walk.isInTable(checkpoint)) yield checkpoint;
  }

  /** Of all that does not fit, the one for the fewest records. At the same number a wrong signature goes before records that are missing. */
  *#firstFinding(): Steps<Finding | undefined> {
    let first: Finding | undefined;
    for (const checkpoint of this.#checkpoints()) {
      this.#count += 1;
      if (this.#count % SLICE_RECORDS === 0) yield undefined;
      const found = this.#finding(checkpoint);
      if (found === undefined) continue;
      if (first === undefined || found.records < first.records) first = found;
    }
    return first;
  }

  #finding(checkpoint: Checkpoint): Finding | undefined {
    const { records, headHash, from } = checkpoint;
    const key = this.#walk.keyFor(records);
    // Signed for records that were not looked at: with which key, only those would tell.
    if (records >= 1 && (key === undefined || this.#isNotLookedAt(records))) return undefined;
    if (key === undefined || !isSigned(checkpoint, this.#keyOf(key.publicKey))) return { records, is: 'rewritten', what: `the checkpoint for ${String(records)} records in ${from} is not signed with the key ${this.#walk.keys.length > 1 ? 'that was in force' : 'of the genesis record'}` };
    this.#signedFor = Math.max(this.#signedFor, records);
    // Of one segment alone, what came after it says nothing.
    if (records > this.#walk.last) return { records, is: 'truncated' };
    return this.#walk.hashAt(records) === headHash ? undefined : { records, is: 'rewritten', what: `record ${String(records)} is not the one that was signed for (${from})` };
  }

  #isNotLookedAt(records: number): boolean {
    const { segments, last, isOneOfMany } = this.#walk;
    if (records > last) return isOneOfMany;
    return !segments.some(({ firstRecord, lastRecord }) => records >= firstRecord && records <= lastRecord);
  }

  /** The last record that a fitting checkpoint vouches for, before the first that does not fit. */
  *#vouchedFor(found: Finding | undefined): Steps<number> {
    let vouched = 0;
    let seen = 0;
    for (const checkpoint of this.#checkpoints()) {
      if ((seen += 1) % SLICE_RECORDS === 0) yield undefined;
      const { records } = checkpoint;
      if (records <= vouched || (found !== undefined && records >= found.records) || records > this.#walk.last) continue;
      if (found === undefined || this.#finding(checkpoint) === undefined) vouched = records;
    }
    return vouched;
  }

  /** With the genesis record gone there is no key to check a signature with; that a checkpoint is there says enough. */
  #nothingLeft(): JournalVerdict {
    let signedFor = 0;
    for (const { records } of this.#checkpoints()) signedFor = Math.max(signedFor, records);
    if (signedFor === 0) return unreadable(0, 'it holds no records');
    return { verdict: 'truncated', records: 0, firstBad: 1, detail: `${String(signedFor)} records were signed for, none is there.` };
  }

  #keyOf(publicKey: string): KeyObject | undefined {
    if (!this.#keys.has(publicKey)) this.#keys.set(publicKey, readKey(publicKey));
    return this.#keys.get(publicKey);
  }
}

function isSigned(checkpoint: Checkpoint, key: KeyObject | undefined): boolean {
  const { atMs, headHash, records } = checkpoint;
  const claim = canonical({ atMs, headHash, records });
  return records >= 1 && key !== undefined && claim !== undefined && verify(null, Buffer.from(`haven-checkpoint/1\n${claim}`), key, Buffer.from(checkpoint.signature, 'base64'));
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
function rewritten(records: number, firstBad: number, what: string): JournalVerdict {
  return { verdict: 'rewritten', records, firstBad, detail: `The chain holds together but is not the one that was signed: ${what}. Nothing vouches for record ${String(firstBad)} and after.` };
}

function rewrittenAt(firstBad: number, what: string): Omit<JournalVerdict, 'records'> {
  return { verdict: 'rewritten', firstBad, detail: `Record ${String(firstBad)} ${what}. Nothing vouches for it and what follows.` };
}

function notContinuing(firstBad: number, name: string, before: string): Omit<JournalVerdict, 'records'> {
  return { verdict: 'altered', firstBad, detail: `Record ${String(firstBad)} is not the one that stood there: ${name} does not continue ${before}. One of the two was exchanged, or is of another journal.` };
}

function unreadable(records: number, why: string): JournalVerdict {
  return { verdict: 'unreadable', records, detail: `Not readable as a journal: ${why}.` };
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

const USAGE = 'usage: node verify.ts JOURNAL [--from-segment N] [--checkpoints FILE] [--key BASE64] [--json]\n';

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
    else if (arg === '--checkpoints' || arg === '--key' || arg === '--from-segment') given.set(arg, args[(i += 1)] ?? '');
    else if (arg.startsWith('-')) return undefined;
    else files.push(arg);
  }
  const [file] = files;
  if (file === undefined || files.length > 1 || [...given.values()].includes('') || !/^(?:[1-9]\d{0,5})?$/u.test(given.get('--from-segment') ?? '')) return undefined;
  return { file, json, options: optionsFrom(given) };
}

function optionsFrom(given: ReadonlyMap<string, string>): VerifyOptions {
  const [checkpointsFile, publicKey, from] = [given.get('--checkpoints'), given.get('--key'), given.get('--from-segment')];
  return { ...(from === undefined ? {} : { fromSegment: Number(from) }), ...(checkpointsFile === undefined ? {} : { checkpointsFile }), ...(publicKey === undefined ? {} : { publicKey }) };
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
