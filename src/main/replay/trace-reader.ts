/**
 * Reads a trace as it streams by: bytes in, samples in columns out (docs/design/replay.md).
 *
 * Rows are cut from the bytes. The ordinary field, a plain number, becomes a number without ever being text; everything
 * else (quotes, words, qualities, blanks, long numbers, whatever is wrong) goes the careful way, which is the measure of
 * what is right: tests hold the two and csv-parse against each other.
 */
import type { PlantPack } from '../../domain/packs/schema.ts';
import { channelsOfTrace, KIND, qualityStatus, understand } from './channels-of-trace.ts';
import type { FieldProblem, FieldValue, TraceChannel } from './channels-of-trace.ts';
import { COMMA, CR, cutRecord, LF, lineEndOf, QUOTE } from './csv-record.ts';
import { Instant, InstantQueue, LATE_MAX_MS } from './instant.ts';
import { EncodingGuard } from './trace-encoding.ts';
import type { TraceEncoding } from './trace-encoding.ts';

export interface TraceProblem {
  readonly line: number;
  readonly column: number;
  readonly message: string;
}

export interface TraceOptions {
  readonly encoding?: TraceEncoding;
  readonly ignoreUnknown: boolean;
}

/** Seconds from 0 need a day to stand on: 2000-01-01T00:00:00Z. */
export const SECONDS_EPOCH_MS = 946_684_800_000;
const PROBLEMS_MAX = 20;
/** The lines of so many bytes decide about the encoding together. */
export const DECIDE_BYTES = 1_048_576;
/** Longest row: a header of 100,000 tags has about 2 MB. */
export const RECORD_MAX_BYTES = 16 * 1_048_576;
/** Beyond this Date knows no time. */
const TIME_MAX_MS = 8.64e15;

const [ZERO, NINE, DOT, MINUS, PLUS] = [48, 57, 46, 45, 43];
/** So many digits are a whole number that a double holds exactly, and 10^15 is exact too: one division rounds correctly. */
const PLAIN_DIGITS_MAX = 15;
const POWERS_OF_10 = Float64Array.from({ length: PLAIN_DIGITS_MAX + 1 }, (_, i) => 10 ** i);
const ISO_TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d)$/u;
const SECONDS = /^\d+(?:\.\d+)?(?:[eE]\+?\d+)?$/u;
const IGNORED = -1;
/** Words and times that come again are recognised by their bytes up to this length. */
const REMEMBERED_MAX = 64;

/** A field that came before, and what it meant. */
interface Remembered {
  bytes: Uint8Array;
  length: number;
  meaning: FieldValue;
}

export class TraceReader {
  readonly channels: readonly TraceChannel[];
  readonly queue: InstantQueue;
  readonly #options: TraceOptions;
  readonly #plantId: string;
  readonly #decideBytes: number;
  readonly #recordMaxBytes: number;
  readonly #channelOf = new Map<string, number>();
  readonly #problems: TraceProblem[] = [];
  #guard: EncodingGuard;
  // bytes: [#pos, #valid) are whole lines that may be read, [#valid, #filled) wait for the end of theirs
  #buffer = Buffer.alloc(2 * DECIDE_BYTES);
  #pos = 0;
  #valid = 0;
  #filled = 0;
  #line = 1;
  #lineEnd = LF;
  #hasBegun = false;
  /** The lines that decide about the encoding have been looked at. */
  #isDecided = false;
  #isStopped = false;
  // header
  #header: readonly string[] | null = null;
  #isLong = false;
  #columnChannel = new Int32Array(0);
  #columnIsNumeric = new Uint8Array(0);
  #columnWords: (Remembered | null)[] = [];
  // long traces: tags come in the same order again and again
  #idBytes: readonly Uint8Array[] = [];
  #successor = new Int32Array(0);
  #lastChannel = 0;
  #lastQuality: Remembered = { bytes: new Uint8Array(0), length: 0, meaning: { kind: KIND.none, number: 0, status: 0 } };
  // time
  #isIso: boolean | null = null;
  #timeBytes = new Uint8Array(REMEMBERED_MAX);
  #timeLength = -1;
  #timeMs = 0;
  #newestMs = Number.NEGATIVE_INFINITY;
  #startMs: number | null = null;
  #rows = 0;
  /** Where the last number or field ended. */
  #end = 0;
  /** Rows after a problem are only looked at for more problems. */
  readonly #scratch = new Instant();

  constructor(pack: PlantPack, options: TraceOptions, limits: { readonly queue?: InstantQueue; readonly decideBytes?: number; readonly recordMaxBytes?: number } = {}) {
    this.#options = options;
    this.#plantId = pack.id;
    this.#guard = new EncodingGuard(options.encoding);
    this.queue = limits.queue ?? new InstantQueue();
    this.#decideBytes = limits.decideBytes ?? DECIDE_BYTES;
    this.#recordMaxBytes = limits.recordMaxBytes ?? RECORD_MAX_BYTES;
    this.channels = channelsOfTrace(pack);
    this.channels.forEach(({ id }, i) => this.#channelOf.set(id, i));
  }

  get problems(): readonly TraceProblem[] {
    return this.#problems;
  }

  /** Nothing more is read: too much is wrong, or what follows cannot be trusted. */
  get isStopped(): boolean {
    return this.#isStopped;
  }

  /** Time of the first row; null before it. */
  get startMs(): number | null {
    return this.#startMs;
  }

  /** Rows read so far, taken or not. */
  get rows(): number {
    return this.#rows;
  }

  /** Bytes of rows that are not complete yet. */
  get heldBytes(): number {
    return this.#filled - this.#pos;
  }

  /** The next bytes of the file. What they make complete stands in the queue afterwards. */
  push(chunk: Uint8Array): void {
    if (this.#isStopped) return;
    if (this.#filled + chunk.length > this.#buffer.length) this.#makeRoom(chunk.length);
    this.#buffer.set(chunk, this.#filled);
    this.#filled += chunk.length;
    if (this.#hasBegun || this.#filled >= this.#decideBytes) this.#read(false);
  }

  end(): void {
    if (!this.#isStopped) {
      this.#begin();
      if (this.#filled > this.#pos && this.#buffer[this.#filled - 1] !== this.#lineEnd) this.#appendLineEnd();
      this.#read(true);
    }
    if (!this.#isStopped && this.#header === null) this.#complain(1, 1, `the first column is ''; expected a header 'time,TAG,TAG,...' or 'time,tag,value[,quality]'`);
    else if (this.#problems.length === 0 && this.#rows === 0) this.#complain(2, 1, 'the trace has no rows; expected at least one');
    this.queue.end();
  }

  #appendLineEnd(): void {
    if (this.#filled === this.#buffer.length) this.#makeRoom(1);
    this.#buffer[this.#filled] = this.#lineEnd;
    this.#filled += 1;
  }

  #makeRoom(more: number): void {
    const kept = this.#filled - this.#pos;
    const target = kept + more > this.#buffer.length ? Buffer.alloc(Math.max(kept + more, this.#buffer.length * 2)) : this.#buffer;
    this.#buffer.copy(target, 0, this.#pos, this.#filled);
    this.#buffer = target;
    this.#valid -= this.#pos;
    this.#filled = kept;
    this.#pos = 0;
  }

  /** Byte order mark and line ends: once, when the first megabyte is there. */
  #begin(): void {
    if (this.#hasBegun) return;
    this.#hasBegun = true;
    const [a, b, c, d] = this.#buffer.subarray(0, this.#filled);
    if ((a === 0xff && b === 0xfe) || (a === 0xfe && b === 0xff)) this.#stop(1, 1, 'the file is UTF-16 text; expected UTF-8 or GB18030');
    if (a === 0xef && b === 0xbb && c === 0xbf) this.#pos = 3;
    if (a === 0x84 && b === 0x31 && c === 0x95 && d === 0x33) {
      this.#pos = 4;
      this.#guard = new EncodingGuard(this.#options.encoding ?? 'gb18030');
    }
    this.#valid = this.#pos;
    this.#lineEnd = lineEndOf(this.#buffer.subarray(this.#pos, this.#filled), this.#filled - this.#pos);
  }

  #read(isEnd: boolean): void {
    this.#begin();
    while (!this.#isStopped) {
      const linesTo = this.#wholeLinesTo();
      if (linesTo === this.#valid) break;
      const lines = this.#buffer.subarray(this.#valid, linesTo);
      const validLength = this.#guard.accept(lines, this.#lineEnd);
      this.#valid += validLength;
      this.#readRows(isEnd);
      if (validLength < lines.length && !this.#isStopped) this.#stop(this.#line, 1, `the file is not ${this.#guard.expected} text; name another with --encoding utf8 or --encoding gb18030`);
    }
    if (!this.#isStopped && this.#filled - this.#pos > this.#recordMaxBytes) this.#stop(this.#line, 1, `the row that begins here has more than ${this.#recordMaxBytes} bytes; expected CSV by RFC 4180, with every quote closed`);
  }

  /** End of the whole lines to be looked at next; the first time those of the first megabyte, however the bytes arrive. */
  #wholeLinesTo(): number {
    if (this.#filled === this.#valid) return this.#valid;
    const head = this.#isDecided ? this.#filled : Math.min(this.#decideBytes, this.#filled);
    let last = this.#buffer.lastIndexOf(this.#lineEnd, head - 1);
    if (last < this.#valid && !this.#isDecided) last = this.#buffer.indexOf(this.#lineEnd, head);
    if (last < this.#valid || last >= this.#filled) return this.#valid;
    this.#isDecided = true;
    return last + 1;
  }

  #readRows(isEnd: boolean): void {
    const buffer = this.#buffer;
    let quote = this.#nextQuote(this.#pos);
    while (this.#pos < this.#valid && !this.#isStopped) {
      const start = this.#pos;
      const stop = buffer.indexOf(this.#lineEnd, start);
      if (quote < start) quote = this.#nextQuote(start);
      if (quote < stop || this.#header === null) {
        if (!this.#readRecord(isEnd)) return;
        continue;
      }
      const end = stop > start && buffer[stop - 1] === CR ? stop - 1 : stop;
      if (end > start) {
        const isRead = this.#isLong ? this.#readLong(start, end) : this.#readWide(start, end);
        if (!isRead) {
          this.#readRecord(isEnd);
          continue;
        }
      }
      this.#pos = stop + 1;
      this.#line += 1;
    }
  }

  #nextQuote(from: number): number {
    const found = this.#buffer.indexOf(QUOTE, from);
    return found < 0 || found >= this.#valid ? Number.POSITIVE_INFINITY : found;
  }

  /** The careful way. @returns false when the record is not there as a whole */
  #readRecord(isEnd: boolean): boolean {
    const record = cutRecord(this.#buffer, this.#pos, this.#valid, this.#lineEnd, (bytes) => this.#guard.decode(bytes));
    if (record === 'unfinished') {
      if (isEnd && this.#valid === this.#filled) this.#stop(this.#line, 1, 'a quoted field is not closed; expected CSV by RFC 4180');
      return false;
    }
    if ('problem' in record) {
      this.#stop(this.#line, record.field, `${record.problem}; expected CSV by RFC 4180`);
      return true;
    }
    const line = this.#line;
    for (let i = this.#buffer.indexOf(this.#lineEnd, this.#pos); i >= 0 && i < record.next; i = this.#buffer.indexOf(this.#lineEnd, i + 1)) this.#line += 1;
    this.#pos = record.next;
    if (record.isBlank) return true;
    if (this.#header === null) this.#takeHeader(record.fields, line);
    else this.#takeRow(record.fields, line);
    return true;
  }

  #takeHeader(header: readonly string[], line: number): void {
    this.#header = header;
    if (header[0]?.toLowerCase() !== 'time') {
      this.#stop(1, 1, `the first column is '${header[0] ?? ''}'; expected a header 'time,TAG,TAG,...' or 'time,tag,value[,quality]'`);
      return;
    }
    const lower = header.map((name) => name.toLowerCase());
    this.#isLong = lower[1] === 'tag' && lower[2] === 'value' && (lower.length === 3 || (lower.length === 4 && lower[3] === 'quality'));
    if (this.#isLong) {
      this.#idBytes = this.channels.map(({ id }) => Buffer.from(id, 'latin1'));
      this.#successor = Int32Array.from(this.channels, (_, i) => i);
      return;
    }
    this.#columnChannel = Int32Array.from(header, (name, column) => (column === 0 ? IGNORED : (this.#channelOf.get(name) ?? IGNORED)));
    this.#columnIsNumeric = Uint8Array.from(this.#columnChannel, (channel) => (this.channels[channel]?.isNumeric === true ? 1 : 0));
    this.#columnWords = header.map(() => null);
    const seen = new Set<string>([header[0]]);
    header.slice(1).forEach((name, i) => {
      if (!this.#channelOf.has(name) && !this.#options.ignoreUnknown) this.#complain(line, i + 2, `unknown tag '${name}'; expected a tag of plant ${this.#plantId}, 'lab:ID' or 'seen:ID' (or --ignore-unknown)`);
      else if (seen.has(name)) this.#complain(line, i + 2, `tag '${name}' stands in two columns; expected each once`);
      seen.add(name);
    });
  }

  /** @returns false when the row needs care: then nothing of it has been taken */
  #readWide(start: number, end: number): boolean {
    const atMs = this.#timeAt(start, end);
    if (Number.isNaN(atMs)) return false;
    const bytes = this.#buffer;
    const columns = this.#columnChannel.length;
    const at = this.#open(atMs);
    at.reserve(columns);
    const before = at.count;
    let p = this.#end;
    for (let column = 1; p < end; column += 1) {
      p += 1; // the comma
      if (column >= columns) {
        at.count = before;
        return false;
      }
      if (p === end || bytes[p] === COMMA) continue;
      const channel = this.#columnChannel[column] as number;
      if (this.#columnIsNumeric[column] === 1) {
        const number = this.#plainNumber(p);
        p = this.#end;
        if (number === number && (p === end || bytes[p] === COMMA)) { // NaN is the only one that is not itself
          at.add(channel, number, KIND.number, 0);
          continue;
        }
        while (p > start && bytes[p - 1] !== COMMA) p -= 1;
      }
      let fieldEnd = p;
      while (fieldEnd < end && bytes[fieldEnd] !== COMMA) fieldEnd += 1;
      if (channel !== IGNORED && !this.#takeWord(at, column, channel, p, fieldEnd)) {
        at.count = before;
        return false;
      }
      p = fieldEnd;
    }
    this.#close(at, before);
    return true;
  }

  /** A field that is not a plain number. @returns false when it is not a value of its tag */
  #takeWord(at: Instant, column: number, channel: number, from: number, to: number): boolean {
    const known = this.#columnWords[column];
    if (known?.length === to - from && this.#isSame(known.bytes, from, to)) {
      at.add(channel, known.meaning.number, known.meaning.kind, known.meaning.status);
      return true;
    }
    const field = this.#textAt(from, to);
    if (field === '') return true;
    const meaning = understand(this.channels[channel] as TraceChannel, field, '');
    if ('problem' in meaning) return false;
    if (to - from <= REMEMBERED_MAX) this.#columnWords[column] = { bytes: this.#buffer.subarray(from, to).slice(), length: to - from, meaning };
    at.add(channel, meaning.number, meaning.kind, meaning.status);
    return true;
  }

  /** `time,tag,number[,quality]`; everything else needs care. */
  #readLong(start: number, end: number): boolean {
    const atMs = this.#timeAt(start, end);
    if (Number.isNaN(atMs) || this.#end === end) return false;
    const bytes = this.#buffer;
    const tagFrom = this.#end + 1;
    let p = tagFrom;
    while (p < end && bytes[p] !== COMMA) p += 1;
    const channel = this.#channelAt(tagFrom, p);
    if (p === end || channel === IGNORED || this.channels[channel]?.isNumeric !== true) return false;
    const number = this.#plainNumber(p + 1);
    p = this.#end;
    if (number !== number || (p < end && bytes[p] !== COMMA)) return false;
    const status = p === end ? 0 : this.#qualityAt(p + 1, end);
    if (status < 0) return false;
    const at = this.#open(atMs);
    const before = at.count;
    at.add(channel, number, KIND.number, status);
    this.#close(at, before);
    return true;
  }

  /** Status by the quality field; -1 when it needs care. */
  #qualityAt(from: number, to: number): number {
    if (from === to) return 0;
    const last = this.#lastQuality;
    if (last.length === to - from && this.#isSame(last.bytes, from, to)) return last.meaning.status;
    if (to - from > REMEMBERED_MAX || this.#buffer.subarray(from, to).includes(COMMA)) return -1;
    const status = qualityStatus(this.#textAt(from, to));
    if (status === null) return -1;
    this.#lastQuality = { bytes: this.#buffer.subarray(from, to).slice(), length: to - from, meaning: { ...last.meaning, status } };
    return status;
  }

  /** Which channel a tag's bytes name: most often the one that came after the last one before. */
  #channelAt(from: number, to: number): number {
    const guess = this.#successor[this.#lastChannel] ?? 0;
    const bytes = this.#idBytes[guess];
    if (bytes?.length === to - from && this.#isSame(bytes, from, to)) {
      this.#lastChannel = guess;
      return guess;
    }
    const channel = this.#channelOf.get(this.#textAt(from, to)) ?? IGNORED;
    if (channel !== IGNORED) {
      this.#successor[this.#lastChannel] = channel;
      this.#lastChannel = channel;
    }
    return channel;
  }

  #isSame(known: Uint8Array, from: number, to: number): boolean {
    for (let i = from, k = 0; i < to; i += 1, k += 1) if (this.#buffer[i] !== known[k]) return false;
    return true;
  }

  #textAt(from: number, to: number): string {
    return this.#guard.decode(this.#buffer.subarray(from, to)).trim();
  }

  /**
   * Digits with at most one point and a sign. `#end` stands behind them.
   * @returns NaN when it is not one, or has so many digits that only Number() rounds it rightly
   */
  #plainNumber(from: number): number {
    const bytes = this.#buffer;
    let p = from;
    let byte = bytes[p] as number;
    const isNegative = byte === MINUS;
    if (isNegative || byte === PLUS) byte = bytes[p += 1] as number;
    let number = 0;
    const first = p;
    while (byte >= ZERO && byte <= NINE) {
      number = number * 10 + (byte - ZERO);
      byte = bytes[p += 1] as number;
    }
    let digits = p - first;
    let scale = 0;
    if (byte === DOT) {
      byte = bytes[p += 1] as number;
      const point = p;
      while (byte >= ZERO && byte <= NINE) {
        number = number * 10 + (byte - ZERO);
        byte = bytes[p += 1] as number;
      }
      scale = p - point;
      digits += scale;
    }
    this.#end = p;
    if (digits === 0 || digits > PLAIN_DIGITS_MAX) return Number.NaN;
    if (scale > 0) number /= POWERS_OF_10[scale] as number;
    return isNegative ? -number : number;
  }

  /** The row's time; `#end` stands at the end of its field. NaN when it needs care. */
  #timeAt(start: number, end: number): number {
    const length = this.#timeLength;
    if (length > 0 && start + length <= end && (start + length === end || this.#buffer[start + length] === COMMA) && this.#isSame(this.#timeBytes, start, start + length)) {
      this.#end = start + length;
      return this.#checked(this.#timeMs);
    }
    let stop = start;
    while (stop < end && this.#buffer[stop] !== COMMA) stop += 1;
    const ms = this.#timeOf(this.#buffer.toString('latin1', start, stop).trim());
    if (typeof ms === 'string') return Number.NaN;
    this.#timeLength = stop - start <= REMEMBERED_MAX ? stop - start : -1;
    if (this.#timeLength > 0) this.#timeBytes.set(this.#buffer.subarray(start, stop));
    this.#timeMs = ms;
    this.#end = stop;
    return this.#checked(ms);
  }

  /** NaN for a time that is too late for its place. */
  #checked(atMs: number): number {
    return atMs < this.#newestMs - LATE_MAX_MS || atMs < this.queue.floorMs ? Number.NaN : atMs;
  }

  /** ISO 8601 with offset, or seconds from 0; one kind in a file. @returns ms, or what is wrong */
  #timeOf(text: string): number | string {
    const isIso = ISO_TIME.test(text);
    const ms = Math.round(isIso ? Date.parse(text) : SECONDS.test(text) ? SECONDS_EPOCH_MS + Number(text) * 1000 : Number.NaN);
    if (!(Math.abs(ms) <= TIME_MAX_MS) || (this.#isIso !== null && this.#isIso !== isIso)) {
      const expected = this.#isIso === true ? 'ISO 8601 with offset, like the rows before' : this.#isIso === false ? 'seconds, like the rows before' : 'ISO 8601 with offset (2026-05-01T08:00:00+08:00) or seconds from 0';
      return `'${text}' is not a time; expected ${expected}`;
    }
    this.#isIso = isIso;
    return ms;
  }

  #takeRow(record: readonly string[], line: number): void {
    const atMs = this.#timeOf(record[0] ?? '');
    if (typeof atMs === 'string') {
      this.#complain(line, 1, atMs);
      return;
    }
    if (atMs < this.#newestMs - LATE_MAX_MS) {
      this.#complain(line, 1, `time goes back by ${Math.round((this.#newestMs - atMs) / 100) / 10} s; expected at most ${LATE_MAX_MS / 1000} s`);
      return;
    }
    if (atMs < this.queue.floorMs) {
      this.#complain(line, 1, `time goes back by ${(this.#newestMs - atMs) / 1000} s, behind more samples than can be put in order; expected at most ${(this.#newestMs - this.queue.floorMs) / 1000} s here`);
      return;
    }
    const at = this.#open(atMs);
    const before = at.count;
    if (this.#isLong) this.#takeLong(at, record, line);
    else this.#takeWide(at, record, line);
    this.#close(at, before);
  }

  #takeWide(at: Instant, record: readonly string[], line: number): void {
    const columns = this.#columnChannel.length;
    if (record.length > columns) {
      this.#complain(line, columns + 1, `the row has ${record.length} fields; expected ${columns}`);
      return;
    }
    for (let column = 1; column < record.length; column += 1) {
      const channel = this.#columnChannel[column] as number;
      const field = record[column] ?? '';
      if (channel !== IGNORED && field !== '') this.#takeField(at, channel, understand(this.channels[channel] as TraceChannel, field, ''), line, column + 1);
    }
  }

  #takeLong(at: Instant, record: readonly string[], line: number): void {
    const [, tag = '', value = '', quality = ''] = record;
    const channel = this.#channelOf.get(tag);
    if (channel === undefined) {
      if (!this.#options.ignoreUnknown) this.#complain(line, 2, `unknown tag '${tag}'; expected a tag of the plant, 'lab:ID' or 'seen:ID' (or --ignore-unknown)`);
    } else if (value !== '' || quality !== '') this.#takeField(at, channel, understand(this.channels[channel] as TraceChannel, value, quality), line, 3);
  }

  #takeField(at: Instant, channel: number, meaning: FieldValue | FieldProblem, line: number, column: number): void {
    if ('problem' in meaning) this.#complain(line, meaning.inQuality === true ? 4 : column, meaning.problem);
    else at.add(channel, meaning.number, meaning.kind, meaning.status);
  }

  #open(atMs: number): Instant {
    if (this.#problems.length === 0) return this.queue.at(atMs);
    this.#scratch.atMs = atMs;
    this.#scratch.count = 0;
    return this.#scratch;
  }

  #close(at: Instant, before: number): void {
    this.#rows += 1;
    this.#newestMs = Math.max(this.#newestMs, at.atMs);
    if (at === this.#scratch) return;
    this.#startMs ??= at.atMs;
    this.queue.added(at.count - before);
  }

  #complain(line: number, column: number, message: string): void {
    this.#problems.push({ line, column, message });
    if (this.#problems.length >= PROBLEMS_MAX) this.#isStopped = true;
  }

  #stop(line: number, column: number, message: string): void {
    this.#complain(line, column, message);
    this.#isStopped = true;
  }
}
