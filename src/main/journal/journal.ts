/**
 * The station's journal: append-only, hash-chained, signed at intervals. Architecture rule 3, "journal first": what
 * `append` has confirmed is on the disk, and survives a power cut.
 *
 * Never throws for what can happen to a disk. A failed append changes nothing, says why, and the next one tries again.
 */
import { chmodSync, existsSync, mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { APPEND_MAX_ENTRIES, chainText, checkEntry } from '../../domain/journal/record.ts';
import type { JournalEntry, JournalMode, JournalRecord, SignedCheckpoint } from '../../domain/journal/record.ts';
import type { Text } from '../../contract/text.ts';
import { openStationKey } from './keys.ts';
import type { StationKey } from './keys.ts';
import { takeLock } from './lock.ts';
import type { JournalLock } from './lock.ts';
import { checkpointCopy } from './checkpoint-copy.ts';
import type { CheckpointCopy } from './checkpoint-copy.ts';
import { checkpointMirror } from './mirror.ts';
import type { CheckpointMirror } from './mirror.ts';
import { hashOf, objection, truncated, writeGenesis } from './opening.ts';
import { problem, problemFrom } from './problem.ts';
import type { JournalProblem, Result } from './problem.ts';
import { openStore, toJournalRecord } from './store.ts';
import type { JournalStore, StoredRecord } from './store.ts';

export type { JournalProblem, JournalProblemCode, Result } from './problem.ts';

export const JOURNAL_FILE = 'journal.sqlite';
export const CHECKPOINTS_FILE = 'checkpoints.ndjson';
/** Most records that `tail` gives. */
export const TAIL_MAX_RECORDS = 10_000;

export interface JournalOptions {
  /** The data folder; made when it is not there. Holds journal.sqlite, checkpoints.ndjson, keys/, journal.lock. */
  readonly dir: string;
  readonly mode: JournalMode;
  /** The station's clock, ms since the epoch. */
  readonly nowMs: () => number;
  readonly checkpointEveryRecords?: number;
  readonly checkpointEveryMs?: number;
  /** A second place for the signed checkpoints: another disk, a share that this account may only append to. Not made: it has to be there. */
  readonly copyDir?: string;
}

export type AppendResult = { readonly ok: true; readonly records: readonly JournalRecord[] } | { readonly ok: false; readonly problem: JournalProblem };

export interface JournalStatus {
  /** False from a failed append until the next one that works. */
  readonly ok: boolean;
  readonly reason?: Text;
  /** Records are kept, but a checkpoint or its copy could not be written. */
  readonly warning?: Text;
  readonly records: number;
  readonly headHash: string;
  readonly path: string;
  readonly lastCheckpointMs: number;
}

export interface Journal {
  /** One transaction, all or nothing; on the disk when it returns. Synchronous: the caller's next line may rely on it. */
  append(entries: readonly JournalEntry[]): AppendResult;
  /** In order, from record `fromN` (default 1). Throws when the file cannot be read: half a history must not look whole. */
  records(fromN?: number): IterableIterator<JournalRecord>;
  /** The last `count` records, oldest first. Throws as `records` does. */
  tail(count: number): JournalRecord[];
  status(): JournalStatus;
  /** Signs the present head now, if it is not signed yet, and brings both copies up to date. */
  checkpoint(): Result<null>;
  /** Signs the head and lets go of the files. Afterwards every append is refused. */
  close(): void;
}

/** Opens the journal in `dir`, or begins one. The refusal says what to do about it. */
export function openJournal(options: JournalOptions): Result<Journal> {
  const dir = resolve(options.dir);
  try {
    mkdirSync(dir, { recursive: true, mode: 0o700 });
  } catch (error) {
    return { ok: false, problem: problemFrom(error) };
  }
  const lock = takeLock(dir);
  if (!lock.ok) return lock;
  // Whole ms: a clock with fractions would make a record that the STRICT tables refuse.
  const nowMs = () => Math.trunc(options.nowMs());
  const opened = openLocked({ ...options, dir, nowMs }, lock.value);
  if (!opened.ok) lock.value.release();
  return opened;
}

function openLocked(options: JournalOptions, lock: JournalLock): Result<Journal> {
  const file = join(options.dir, JOURNAL_FILE);
  const key = openStationKey(options.dir, existsSync(file));
  if (!key.ok) return key;
  let store: JournalStore | undefined;
  try {
    store = openStore(file);
    chmodSync(file, 0o600);
    const mirror = checkpointMirror(join(options.dir, CHECKPOINTS_FILE));
    const refused = beginOrGoOn(store, key.value, options, mirror);
    if (refused === undefined) return { ok: true, value: new OpenJournal(options, file, store, key.value, mirror, lock) };
    store.close();
    return { ok: false, problem: refused };
  } catch (error) {
    store?.close();
    return { ok: false, problem: problemFrom(error) };
  }
}

function beginOrGoOn(store: JournalStore, key: StationKey, options: JournalOptions, mirror: CheckpointMirror): JournalProblem | undefined {
  const mirrored = mirror.newest();
  if (store.last() !== undefined) return objection(store, key, options.mode, mirrored);
  if (mirrored !== undefined) return truncated(0, mirrored.records);
  writeGenesis(store, key, options.mode, options.nowMs());
  return undefined;
}

interface Head {
  readonly n: number;
  readonly hash: string;
}

class OpenJournal implements Journal {
  readonly #options: JournalOptions;
  readonly #path: string;
  readonly #store: JournalStore;
  readonly #key: StationKey;
  readonly #lock: JournalLock;
  readonly #mirror: CheckpointMirror;
  readonly #copy: CheckpointCopy | undefined;
  readonly #everyRecords: number;
  readonly #everyMs: number;
  readonly #timer: NodeJS.Timeout;
  /** Undefined after a failed write: what the disk holds is then read again before anything else. */
  #head: Head | undefined;
  #shownHead: Head;
  #signed: SignedCheckpoint;
  #failure: JournalProblem | undefined;
  readonly #warnings = new Map<string, Text>();
  #closed = false;

  constructor(options: JournalOptions, path: string, store: JournalStore, key: StationKey, mirror: CheckpointMirror, lock: JournalLock) {
    this.#options = options;
    this.#path = path;
    this.#store = store;
    this.#key = key;
    this.#lock = lock;
    this.#mirror = mirror;
    this.#copy = this.#copyIn(options.copyDir);
    this.#everyRecords = options.checkpointEveryRecords ?? 500;
    this.#everyMs = options.checkpointEveryMs ?? 60_000;
    this.#shownHead = this.#reloadHead();
    this.#signed = newestCheckpoint(store);
    this.#catchUpMirrors();
    // So that the last records before a quiet hour are signed too. Holds no process open.
    this.#timer = setInterval(() => this.checkpoint(), this.#everyMs).unref();
  }

  append(entries: readonly JournalEntry[]): AppendResult {
    if (this.#closed) return { ok: false, problem: CLOSED };
    if (entries.length === 0) return { ok: true, records: [] };
    if (entries.length > APPEND_MAX_ENTRIES) return { ok: false, problem: badEntry(`more than ${String(APPEND_MAX_ENTRIES)} entries at once`) };
    try {
      const chained = chain(this.#head ?? this.#reloadHead(), entries);
      if (!chained.ok) return chained;
      this.#commit(chained.value);
      return { ok: true, records: chained.value.map((stored, i) => recordFrom(stored, entries[i])) };
    } catch (error) {
      return { ok: false, problem: this.#failed(error) };
    }
  }

  *records(fromN = 1): IterableIterator<JournalRecord> {
    for (const stored of this.#store.from(fromN)) yield toJournalRecord(stored);
  }

  tail(count: number): JournalRecord[] {
    const wanted = Math.min(Math.max(Math.trunc(count), 0), TAIL_MAX_RECORDS);
    return wanted === 0 ? [] : [...this.records(Math.max(this.#shownHead.n - wanted + 1, 1))];
  }

  status(): JournalStatus {
    const failure = this.#closed ? CLOSED : this.#failure;
    const warning = joinTexts([...this.#warnings.values()]);
    return {
      ok: failure === undefined,
      ...(failure === undefined ? {} : { reason: failure.message }),
      ...(warning === undefined ? {} : { warning }),
      records: this.#shownHead.n,
      headHash: this.#shownHead.hash,
      path: this.#path,
      lastCheckpointMs: this.#signed.atMs,
    };
  }

  checkpoint(): Result<null> {
    if (this.#closed) return { ok: false, problem: CLOSED };
    try {
      const head = this.#head ?? this.#reloadHead();
      if (head.n > this.#signed.records) {
        const signed = this.#sign(head);
        this.#store.write([], [signed]);
        this.#signed = signed;
      }
    } catch (error) {
      const found = problemFrom(error);
      this.#warnings.set('checkpoint', found.message);
      return { ok: false, problem: found };
    }
    this.#warnings.delete('checkpoint');
    this.#catchUpMirrors();
    return { ok: true, value: null };
  }

  close(): void {
    if (this.#closed) return;
    this.checkpoint();
    clearInterval(this.#timer);
    this.#closed = true;
    this.#store.close();
    this.#lock.release();
  }

  /** A due checkpoint goes into the transaction of the records it vouches for, which saves a second write to the disk. */
  #commit(records: readonly StoredRecord[]): void {
    const last = records.at(-1);
    if (last === undefined) return;
    const head = { n: last.n, hash: last.hash };
    const due = head.n - this.#signed.records >= this.#everyRecords || this.#options.nowMs() - this.#signed.atMs >= this.#everyMs;
    const signed = due ? this.#sign(head) : undefined;
    this.#head = undefined;
    this.#store.write(records, signed === undefined ? [] : [signed]);
    this.#head = head;
    this.#shownHead = head;
    this.#failure = undefined;
    if (signed === undefined) return;
    this.#signed = signed;
    this.#warnings.delete('checkpoint');
    this.#catchUpMirrors();
  }

  /** What was not written is not in the journal; what the disk holds now is asked, not assumed. */
  #failed(error: unknown): JournalProblem {
    this.#failure = problemFrom(error);
    try {
      this.#reloadHead();
    } catch {
      this.#head = undefined; // The disk cannot even be read. The next append asks again.
    }
    return this.#failure;
  }

  #reloadHead(): Head {
    const last = this.#store.last();
    if (last === undefined) throw new Error('the genesis record is gone');
    this.#head = { n: last.n, hash: last.hash };
    this.#shownHead = this.#head;
    return this.#head;
  }

  #sign(head: Head): SignedCheckpoint {
    return this.#key.signCheckpoint({ records: head.n, headHash: head.hash, atMs: this.#options.nowMs() });
  }

  /** What cannot be copied is shown and tried again at the next checkpoint; it never stops the journal. */
  #catchUpMirrors(): void {
    const after = (records: number) => this.#store.checkpointsAfter(records);
    const mirrored = caught(() => this.#mirror.catchUp(after));
    if (mirrored === undefined) this.#warnings.delete('mirror');
    else this.#warnings.set('mirror', copyFailed(join(this.#options.dir, CHECKPOINTS_FILE), mirrored));
    // How the copy went is reported later: the other place may take its time.
    const copied = caught(() => this.#copy?.catchUp(after));
    if (copied !== undefined) this.#warnings.set('copy', copyFailed(this.#options.copyDir ?? '', copied));
  }

  /** Named after its genesis record: several stations may share one place for copies. */
  #copyIn(copyDir: string | undefined): CheckpointCopy | undefined {
    if (copyDir === undefined) return undefined;
    const genesis = this.#store.from(1).next().value;
    const file = join(copyDir, `checkpoints-${this.#options.mode.toLowerCase()}-${genesis?.hash.slice(0, 12) ?? ''}.ndjson`);
    return checkpointCopy(file, (error) => {
      if (error === undefined) this.#warnings.delete('copy');
      else this.#warnings.set('copy', copyFailed(file, error));
    });
  }
}

/** Gives each entry its place in the chain. Writes nothing. */
function chain(head: Head, entries: readonly JournalEntry[]): Result<StoredRecord[]> {
  const records: StoredRecord[] = [];
  let { n, hash: previousHash } = head;
  for (const [i, entry] of entries.entries()) {
    const checked = checkEntry(entry);
    if (!checked.ok) return { ok: false, problem: badEntry(`entry ${String(i + 1)}: ${checked.message}`) };
    n += 1;
    const { type, atMs, wallMs, by } = entry;
    const record = { n, type, atMs, wallMs, by, previousHash };
    const hash = hashOf(chainText(record, checked.dataText));
    records.push({ ...record, dataText: checked.dataText, hash });
    previousHash = hash;
  }
  return { ok: true, value: records };
}

/** Without parsing the text again: `entry.data` is what the text was made from. */
function recordFrom({ dataText: _, ...record }: StoredRecord, entry: JournalEntry | undefined): JournalRecord {
  return { ...record, data: entry?.data ?? null };
}

function newestCheckpoint(store: JournalStore): SignedCheckpoint {
  const newest = store.newestCheckpoint();
  if (newest === undefined) throw new Error('the journal has no checkpoint'); // Never: genesis comes with one, and opening checked it.
  return newest;
}

function joinTexts(texts: readonly Text[]): Text | undefined {
  return texts.length === 0 ? undefined : { en: texts.map((t) => t.en).join(' '), zh: texts.map((t) => t.zh).join('') };
}

function caught(work: () => void): Error | undefined {
  try {
    work();
    return undefined;
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}

function copyFailed(file: string, { message: words }: Error): Text {
  return { en: `The signed checkpoints could not be copied to ${file} (${words}); it is tried again.`, zh: `签名检查点未能复制到 ${file}（${words}）；将重试。` };
}

function badEntry(words: string): JournalProblem {
  return problem('bad-entry', `Not recorded: ${words}.`, `未记录：${words}。`);
}

const CLOSED = problem('closed', 'The journal is closed.', '日志已关闭。');
