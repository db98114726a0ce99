/**
 * The station's journal: append-only, hash-chained, signed at intervals. Architecture rule 3, "journal first": what
 * `append` has confirmed is on the disk, and survives a power cut.
 *
 * It is kept in segments. When the active file is big enough or a month is over, it is sealed and the chain goes on in a new one,
 * between two appends. Never throws for what can happen to a disk. A failed append changes nothing, says why, and the next one tries again.
 */
import { chmodSync, existsSync, mkdirSync, renameSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { APPEND_MAX_ENTRIES, CARRIED_TYPE, KEY_ROTATED_TYPE, keyRotationText } from '../../domain/journal/record.ts';
import type { JournalEntry, JournalMode, JournalRecord, KeyRotated, SignedCheckpoint } from '../../domain/journal/record.ts';
import type { Text } from '../../contract/text.ts';
import { outsideReason } from '../outside-reason.ts';
import { badEntry, chain } from './chaining.ts';
import type { Head } from './chaining.ts';
import { adoptNextKey, dropNextKey, makeNextKey, openStationKey } from './keys.ts';
import type { KeyFolder, StationKey } from './keys.ts';
import { takeLock } from './lock.ts';
import type { JournalLock } from './lock.ts';
import { checkpointCopy } from './checkpoint-copy.ts';
import type { CheckpointCopy } from './checkpoint-copy.ts';
import { checkpointPrinter, printerIn } from './checkpoint-printer.ts';
import { checkpointMirror } from './mirror.ts';
import type { CheckpointMirror } from './mirror.ts';
import { going, truncated, writeContinued, writeGenesis } from './opening.ts';
import { ProblemError, problem, problemFrom } from './problem.ts';
import type { JournalProblem, Result } from './problem.ts';
import { SealedSegments, syncFolder } from './segments.ts';
import type { Opening } from './segments.ts';
import { openStore, toJournalRecord } from './store.ts';
import type { JournalStore, StoredRecord } from './store.ts';

export type { JournalProblem, JournalProblemCode, Result } from './problem.ts';

export const JOURNAL_FILE = 'journal.sqlite';
export const CHECKPOINTS_FILE = 'checkpoints.ndjson';
/** Most records that `tail` gives. */
export const TAIL_MAX_RECORDS = 10_000;
/** A segment that is bigger than this is sealed at the next append. */
export const SEGMENT_MAX_BYTES = 256 * 1_024 * 1_024;
/** A rotation that a reader or the disk held up is tried again after this. */
const ROTATE_AGAIN_MS = 10_000;

export interface JournalOptions {
  /** The data folder; made when it is not there. Holds journal.sqlite, checkpoints.ndjson, keys/, journal.lock. */
  readonly dir: string;
  readonly mode: JournalMode;
  /** The station's clock, ms since the epoch. */
  readonly nowMs: () => number;
  readonly checkpointEveryRecords?: number;
  readonly checkpointEveryMs?: number;
  /**
   * A second place for the signed checkpoints: another disk, a share that this account may only append to (not made: it has to be there), or
   * a printer, `printer:HOST:PORT` (raw, as port 9100 takes it) or `printer:/device/or/fifo`.
   */
  readonly copyDir?: string;
  readonly segmentMaxBytes?: number;
  /**
   * What a new segment carries over from all before it, so that it can be gone on with alone; asked between two appends. Null = not
   * now: what has been decided is not wholly on record. Then the rotation waits for the next append.
   */
  readonly carried?: () => readonly JournalEntry[] | null;
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
  /** Number of the segment that is being written, and of its first record. */
  readonly segment: number;
  readonly segmentStart: number;
  /** First record of the newest state that is carried in this segment; null = there is none. */
  readonly carriedAt: number | null;
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

/** What `haven journal rotate-key` needs beside the station's own. */
export interface OpenedJournal extends Journal {
  /** Puts a new key in force from the next record on. `keepAs`: name under which the old private key is kept; without it, it is destroyed. */
  rotateKey(request: { readonly reason: string; readonly by: string | null; readonly keepAs?: string }): Result<KeyRotated>;
}

/** Opens the journal in `dir`, or begins one. The refusal says what to do about it. */
export function openJournal(options: JournalOptions): Result<OpenedJournal> {
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

function openLocked(options: JournalOptions, lock: JournalLock): Result<OpenedJournal> {
  const sealed = new SealedSegments(options.dir);
  const mirror = checkpointMirror(join(options.dir, CHECKPOINTS_FILE));
  try {
    const keys = openStationKey(options.dir, existsSync(join(options.dir, JOURNAL_FILE)) || sealed.there().length > 0);
    if (!keys.ok) return keys;
    // At a start there is nobody yet who could say what is to be carried.
    const active = openActive(options, keys.value, sealed, mirror, () => []);
    return { ok: true, value: new OpenJournal(options, active, keys.value, sealed, mirror, lock) };
  } catch (error) {
    sealed.close();
    return { ok: false, problem: problemFrom(error) };
  }
}

/** The segment that is being written. */
interface Active {
  readonly store: JournalStore;
  readonly key: StationKey;
  readonly opening: Opening;
  /** Bytes it had when it was begun in this process; 0 = it was there before. */
  readonly begunBytes: number;
}

/** Opens the active file, or begins it: the very first one, or the one after the newest sealed segment. Throws. */
function openActive(options: JournalOptions, keys: KeyFolder, sealed: SealedSegments, mirror: CheckpointMirror, carried: () => readonly JournalEntry[], nextMs = Number.POSITIVE_INFINITY): Active {
  const file = join(options.dir, JOURNAL_FILE);
  const store = openStore(file);
  try {
    chmodSync(file, 0o600);
    const mirrored = mirror.newest();
    const isNew = store.last() === undefined;
    if (isNew) begin(store, options, keys, sealed, mirrored?.records ?? 0, carried, nextMs);
    const found = going(store, { dir: options.dir, mode: options.mode, keys, sealed, mirrored });
    if (!found.ok) throw new ProblemError(found.problem);
    return { store, key: found.key, opening: found.opening, begunBytes: isNew ? store.sizeBytes() : 0 };
  } catch (error) {
    store.close();
    throw error;
  }
}

function begin(store: JournalStore, { mode, nowMs, dir }: JournalOptions, keys: KeyFolder, sealed: SealedSegments, signedFor: number, carried: () => readonly JournalEntry[], nextMs: number): void {
  const [newest] = sealed.there();
  if (newest === undefined) {
    if (signedFor > 0) throw new ProblemError(truncated(0, signedFor));
    return writeGenesis(store, keys.key, mode, nowMs());
  }
  // Killed between the sealing of one segment and the beginning of the next. Or somebody removed the active file: then more was signed for.
  const before = sealed.known(newest);
  if (signedFor > before.last.n) throw new ProblemError(truncated(before.last.n, signedFor));
  const sealedStore = openStore(sealed.pathOf(newest), 'sealed');
  try {
    const found = going(sealedStore, { dir, mode, keys, sealed, mirrored: undefined });
    if (!found.ok) throw new ProblemError(found.problem);
    const now = nowMs();
    const atMs = Math.max(before.last.atMs, Math.min(now, nextMs));
    writeContinued(store, found.key, before, { atMs, wallMs: now }, carried().map((entry) => ({ ...entry, atMs: Math.min(entry.atMs, atMs) })));
  } finally {
    sealedStore.close();
  }
}

class OpenJournal implements OpenedJournal {
  readonly #options: JournalOptions;
  readonly #path: string;
  readonly #sealed: SealedSegments;
  #keys: KeyFolder;
  readonly #lock: JournalLock;
  readonly #mirror: CheckpointMirror;
  readonly #copy: CheckpointCopy | undefined;
  readonly #everyRecords: number;
  readonly #everyMs: number;
  readonly #timer: NodeJS.Timeout;
  /** Undefined after a rotation that broke off: the file is opened again before anything else. */
  #active: Active | undefined;
  #shown: Opening;
  #carriedAt: number | null;
  #rotateAgainMs = Number.NEGATIVE_INFINITY;
  /** Undefined after a failed write: what the disk holds is then read again before anything else. */
  #head: Head | undefined;
  #shownHead: Head;
  #signed: SignedCheckpoint;
  #failure: JournalProblem | undefined;
  readonly #warnings = new Map<string, Text>();
  #closed = false;

  constructor(options: JournalOptions, active: Active, keys: KeyFolder, sealed: SealedSegments, mirror: CheckpointMirror, lock: JournalLock) {
    this.#options = options;
    this.#path = join(options.dir, JOURNAL_FILE);
    this.#active = active;
    this.#shown = active.opening;
    this.#carriedAt = carriedIn(active.store);
    this.#sealed = sealed;
    this.#keys = keys;
    this.#lock = lock;
    this.#mirror = mirror;
    this.#copy = this.#copyIn(options.copyDir);
    this.#everyRecords = options.checkpointEveryRecords ?? 500;
    this.#everyMs = options.checkpointEveryMs ?? 60_000;
    this.#shownHead = this.#reloadHead();
    this.#signed = newestCheckpoint(active.store);
    if (keys.wasExposed) this.#warnings.set('key', KEY_EXPOSED);
    this.#catchUpMirrors();
    // So that the last records before a quiet hour are signed too. Holds no process open.
    this.#timer = setInterval(() => this.checkpoint(), this.#everyMs).unref();
  }

  append(entries: readonly JournalEntry[]): AppendResult {
    if (this.#closed) return { ok: false, problem: CLOSED };
    if (entries.length === 0) return { ok: true, records: [] };
    if (entries.length > APPEND_MAX_ENTRIES) return { ok: false, problem: badEntry(`more than ${String(APPEND_MAX_ENTRIES)} entries at once`) };
    try {
      if (this.#isRotationDue()) this.#rotate(entries[0]?.atMs);
      const chained = chain(this.#head ?? this.#reloadHead(), entries);
      if (!chained.ok) return chained;
      this.#commit(chained.value);
      return { ok: true, records: chained.value.map((stored, i) => recordFrom(stored, entries[i])) };
    } catch (error) {
      return { ok: false, problem: this.#failed(error) };
    }
  }

  *records(fromN = 1): IterableIterator<JournalRecord> {
    for (let next = Math.max(fromN, 1); ;) {
      const page = this.#page(next);
      const last = page.at(-1);
      if (last === undefined) return;
      for (const stored of page) yield toJournalRecord(stored);
      next = last.n + 1;
    }
  }

  /** Asked anew for every page: between two of them a rotation may have moved the records to another file. */
  #page(n: number): StoredRecord[] {
    return n < this.#shown.firstRecord ? this.#sealed.page(n, this.#shown.segment) : this.#open().store.page(n);
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
      segment: this.#shown.segment,
      segmentStart: this.#shown.firstRecord,
      carriedAt: this.#carriedAt,
    };
  }

  checkpoint(): Result<null> {
    if (this.#closed) return { ok: false, problem: CLOSED };
    try {
      this.#signHead();
    } catch (error) {
      const found = problemFrom(error);
      this.#warnings.set('checkpoint', found.message);
      return { ok: false, problem: found };
    }
    this.#warnings.delete('checkpoint');
    this.#catchUpMirrors();
    return { ok: true, value: null };
  }

  rotateKey({ reason, by, keepAs }: { readonly reason: string; readonly by: string | null; readonly keepAs?: string }): Result<KeyRotated> {
    if (this.#closed) return { ok: false, problem: CLOSED };
    try {
      this.#signHead();
      const head = this.#head ?? this.#reloadHead();
      const { store, key: old, opening, begunBytes } = this.#open();
      const next = makeNextKey(this.#options.dir);
      const said = { newPublicKey: next.publicKey, previousPublicKey: old.publicKey, reason };
      const text = keyRotationText(said, { n: head.n + 1, previousHash: head.hash });
      const data = { ...said, signatureByOld: old.sign(text), signatureByNew: next.sign(text) };
      const atMs = this.#options.nowMs();
      const chained = chain(head, [{ type: KEY_ROTATED_TYPE, atMs, wallMs: atMs, by, data }]);
      if (!chained.ok) {
        dropNextKey(this.#options.dir);
        return chained;
      }
      this.#keys = { key: this.#keys.key, next, wasExposed: false };
      // With its own checkpoint: from this record on the new key signs, and this one is its first.
      this.#active = { store, key: next, opening, begunBytes };
      this.#commit(chained.value, 'sign');
      adoptNextKey(this.#options.dir, keepAs);
      this.#keys = { key: next, next: undefined, wasExposed: false };
      return { ok: true, value: data };
    } catch (error) {
      // Which of the two keys is in force, what stands on the disk tells.
      this.#active?.store.close();
      this.#active = undefined;
      return { ok: false, problem: this.#failed(error) };
    }
  }

  close(): void {
    if (this.#closed) return;
    this.checkpoint();
    clearInterval(this.#timer);
    this.#closed = true;
    this.#active?.store.close();
    this.#sealed.close();
    this.#lock.release();
  }

  #open(): Active {
    if (this.#closed) throw new ProblemError(CLOSED);
    if (this.#active !== undefined) return this.#active;
    const active = openActive(this.#options, this.#keys, this.#sealed, this.#mirror, () => this.#options.carried?.() ?? []);
    this.#active = active;
    this.#shown = active.opening;
    this.#carriedAt = carriedIn(active.store);
    this.#reloadHead();
    this.#signed = newestCheckpoint(active.store);
    return active;
  }

  #isRotationDue(): boolean {
    const active = this.#open();
    const nowMs = this.#options.nowMs();
    if (nowMs < this.#rotateAgainMs) return false;
    // A segment that holds nothing of its own is not followed by another, however much it had to carry.
    const limitBytes = Math.max(this.#options.segmentMaxBytes ?? SEGMENT_MAX_BYTES, active.begunBytes * 2);
    return monthOf(nowMs) > monthOf(active.opening.begunMs) || active.store.sizeBytes() > limitBytes;
  }

  /**
   * Seals the active file and begins the next: signed to its end, the write-ahead log folded in, renamed, and the new one begun. Killed between
   * any two of these, the next start finds one of: the old one still active; no active file, and begins it; the new one.
   *
   * `nextMs`: the time of what comes next. What had to wait for the disk is written later than it was, and records stand in the order of their
   * times: what begins the segment is no later than what follows it. Its wall time is now.
   */
  #rotate(nextMs = Number.POSITIVE_INFINITY): void {
    const carried = this.#carriedNow();
    if (carried === null) return;
    const { store, opening } = this.#open();
    try {
      this.#signHead();
      this.#catchUpMirrors();
      if (!store.foldLog()) return this.#rotateLater(READER_IN_THE_WAY);
    } catch (error) {
      // Nothing has been sealed; the file is opened anew, because nobody knows in which state the log was left.
      this.#active = undefined;
      store.close();
      return this.#rotateLater(problemFrom(error).message);
    }
    this.#active = undefined;
    store.close();
    const sealedFile = this.#sealed.pathOf(opening.segment);
    if (existsSync(sealedFile)) return this.#rotateLater(IN_THE_WAY(sealedFile));
    renameSync(this.#path, sealedFile);
    chmodSync(sealedFile, 0o400);
    syncFolder(this.#options.dir);
    this.#active = openActive(this.#options, this.#keys, this.#sealed, this.#mirror, () => carried, nextMs);
    this.#shown = this.#active.opening;
    this.#carriedAt = carriedIn(this.#active.store);
    this.#reloadHead();
    this.#signed = newestCheckpoint(this.#active.store);
    syncFolder(this.#options.dir);
    this.#warnings.delete('rotation');
    this.#catchUpMirrors();
  }

  /** Recording goes on in the old segment. */
  /** Null: not now. What cannot be said of the state must never keep what has happened from the journal. */
  #carriedNow(): readonly JournalEntry[] | null {
    try {
      return this.#options.carried === undefined ? [] : this.#options.carried();
    } catch (error) {
      this.#rotateLater(problemFrom(error).message);
      return null;
    }
  }

  #rotateLater(why: Text): void {
    this.#rotateAgainMs = this.#options.nowMs() + ROTATE_AGAIN_MS;
    this.#warnings.set('rotation', { en: `The next segment of the journal could not be begun (${why.en}); it is tried again.`, zh: `日志新段未能开始（${why.zh}）；将重试。` });
  }

  #signHead(): void {
    const { store } = this.#open();
    const head = this.#head ?? this.#reloadHead();
    if (head.n <= this.#signed.records) return;
    const signed = this.#sign(head);
    store.write([], [signed]);
    this.#signed = signed;
  }

  /** A due checkpoint goes into the transaction of the records it vouches for, which saves a second write to the disk. */
  #commit(records: readonly StoredRecord[], when: 'sign' | 'when due' = 'when due'): void {
    const last = records.at(-1);
    if (last === undefined) return;
    const head = { n: last.n, hash: last.hash };
    const due = when === 'sign' || head.n - this.#signed.records >= this.#everyRecords || this.#options.nowMs() - this.#signed.atMs >= this.#everyMs;
    const signed = due ? this.#sign(head) : undefined;
    this.#head = undefined;
    this.#open().store.write(records, signed === undefined ? [] : [signed]);
    this.#head = head;
    this.#shownHead = head;
    this.#failure = undefined;
    if (last.type === CARRIED_TYPE) this.#carriedAt = firstPart(last);
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
    const last = this.#open().store.last();
    if (last === undefined) throw new Error('the first record of the segment is gone');
    this.#head = { n: last.n, hash: last.hash };
    this.#shownHead = this.#head;
    return this.#head;
  }

  #sign(head: Head): SignedCheckpoint {
    return this.#open().key.signCheckpoint({ records: head.n, headHash: head.hash, atMs: this.#options.nowMs() });
  }

  /** What cannot be copied is shown and tried again at the next checkpoint; it never stops the journal. */
  #catchUpMirrors(): void {
    const after = (records: number) => this.#open().store.checkpointsAfter(records);
    const mirrored = caught(() => this.#mirror.catchUp(after));
    if (mirrored === undefined) this.#warnings.delete('mirror');
    else this.#warnings.set('mirror', copyFailed(join(this.#options.dir, CHECKPOINTS_FILE), mirrored));
    // How the copy went is reported later: the other place may take its time.
    const copied = caught(() => this.#copy?.catchUp(after));
    if (copied !== undefined) this.#warnings.set('copy', copyFailed(this.#options.copyDir ?? '', copied));
  }

  #copyIn(copyDir: string | undefined): CheckpointCopy | undefined {
    if (copyDir === undefined) return undefined;
    const report = (to: string) => (error: Error | undefined): void => {
      if (error === undefined) this.#warnings.delete('copy');
      else this.#warnings.set('copy', copyFailed(to, error));
    };
    const printer = printerIn(copyDir);
    if (printer !== undefined) return checkpointPrinter(printer, this.#options.mode, report(copyDir));
    const file = join(copyDir, `checkpoints-${this.#options.mode.toLowerCase()}-${this.#nameOfChain().slice(0, 12)}.ndjson`);
    return checkpointCopy(file, report(file));
  }

  /** Its genesis record's hash: several stations may share one place for copies. With the first segment in an archive, its checkpoints tell. */
  #nameOfChain(): string {
    try {
      return this.#page(1)[0]?.hash ?? '';
    } catch {
      return this.#mirror.oldest()?.headHash ?? '';
    }
  }
}

function carriedIn(store: JournalStore): number | null {
  const newest = store.newestCarried();
  return newest === undefined ? null : firstPart(newest);
}

/** Parts stand one behind the other, written in one append. */
function firstPart({ n, dataText }: StoredRecord): number | null {
  const { part } = JSON.parse(dataText) as { part?: unknown };
  return typeof part === 'number' ? n - part + 1 : null;
}

/** Months of the station's clock, UTC. */
function monthOf(ms: number): number {
  const date = new Date(ms);
  return date.getUTCFullYear() * 12 + date.getUTCMonth();
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

function copyFailed(file: string, error: Error): Text {
  const { zh, en } = outsideReason(error);
  return { en: `The signed checkpoints could not be copied to ${file} (${en}); it is tried again.`, zh: `签名检查点未能复制到 ${file}（${zh}）；将重试。` };
}

const CLOSED = problem('closed', 'The journal is closed.', '日志已关闭。');
const KEY_EXPOSED: Text = {
  en: 'Other accounts of this machine could read the signing key until now. If that was not meant, stop the station and run `haven journal rotate-key`.',
  zh: '在此之前，本机其他账户可读取签名密钥。若非有意，请停站并运行 `haven journal rotate-key`。',
};
const READER_IN_THE_WAY: Text = { en: 'another program is reading the journal', zh: '另一程序正在读取日志' };
const IN_THE_WAY = (file: string): Text => ({ en: `${file} is there already`, zh: `${file} 已存在` });
