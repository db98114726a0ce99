/**
 * How a trace was read before it was streamed: the whole text at once, with csv-parse, every field as text. Slow and plain,
 * it is the measure for the reader that is fast; it shares no line with it.
 */
import { parse } from 'csv-parse/sync';
import type { PlantPack, TagDef } from '../../../src/domain/packs/schema.ts';
import { STATUS } from '../../../src/domain/samples/sample.ts';
import type { Sample, SampleValue } from '../../../src/domain/samples/sample.ts';

const LATE_MAX_MS = 10_000;

interface TraceProblem {
  readonly line: number;
  readonly column: number;
  readonly message: string;
}

interface TraceRow {
  readonly atMs: number;
  readonly samples: readonly Sample[];
}

interface Trace {
  /** In order of time. */
  readonly rows: readonly TraceRow[];
  readonly startMs: number;
}

type TraceResult = { readonly ok: true; readonly trace: Trace } | { readonly ok: false; readonly problems: readonly TraceProblem[] };

interface TraceOptions {
  readonly ignoreUnknown: boolean;
}

const PROBLEMS_MAX = 20;

const refuse = (line: number, column: number, message: string): TraceResult => ({ ok: false, problems: [{ line, column, message }] });

interface RawRow {
  readonly record: string[];
  readonly line: number;
}

export function referenceTrace(text: string, pack: PlantPack, options: TraceOptions): TraceResult {
  let raw: RawRow[];
  try {
    raw = (parse(text, { bom: true, info: true, relax_column_count: true, skip_empty_lines: true, trim: true }) as unknown as { record: string[]; info: { lines: number } }[]).map(({ record, info }) => ({ record, line: info.lines }));
  } catch (error) {
    const line = typeof error === 'object' && error !== null && 'lines' in error ? Number(error.lines) : 1;
    return refuse(line, 1, `${error instanceof Error ? error.message : String(error)}; expected CSV by RFC 4180`);
  }
  const header = raw[0];
  if (header === undefined || header.record[0]?.toLowerCase() !== 'time') return refuse(1, 1, `the first column is '${header?.record[0] ?? ''}'; expected a header 'time,TAG,TAG,...' or 'time,tag,value[,quality]'`);
  return new WholeReader(pack, options, header).read(raw.slice(1));
}

type Channel = { readonly id: string; readonly tag: TagDef | null };

class WholeReader {
  readonly #options: TraceOptions;
  readonly #channels = new Map<string, Channel>();
  readonly #header: readonly string[];
  readonly #isLong: boolean;
  readonly #problems: TraceProblem[] = [];
  #isIso: boolean | null = null;

  constructor(pack: PlantPack, options: TraceOptions, header: RawRow) {
    this.#options = options;
    for (const tag of pack.tags) this.#channels.set(tag.id, { id: tag.id, tag });
    for (const lab of pack.labs) this.#channels.set(`lab:${lab.id}`, { id: `lab:${lab.id}`, tag: null });
    for (const seen of pack.observations) this.#channels.set(`seen:${seen.id}`, { id: `seen:${seen.id}`, tag: null });
    this.#header = header.record;
    const lower = header.record.map((name) => name.toLowerCase());
    this.#isLong = lower[1] === 'tag' && lower[2] === 'value' && (lower.length === 3 || (lower.length === 4 && lower[3] === 'quality'));
    if (this.#isLong) return;
    header.record.slice(1).forEach((name, i) => {
      if (!this.#channels.has(name) && !options.ignoreUnknown) this.#complain(header.line, i + 2, `unknown tag '${name}'; expected a tag of plant ${pack.id}, 'lab:ID' or 'seen:ID' (or --ignore-unknown)`);
      else if (header.record.indexOf(name) !== i + 1) this.#complain(header.line, i + 2, `tag '${name}' stands in two columns; expected each once`);
    });
  }

  read(raw: readonly RawRow[]): TraceResult {
    const rows: TraceRow[] = [];
    let newestMs = Number.NEGATIVE_INFINITY;
    for (const row of raw) {
      if (this.#problems.length >= PROBLEMS_MAX) break;
      const atMs = this.#time(row);
      if (atMs === null) continue;
      if (atMs < newestMs - LATE_MAX_MS) {
        this.#complain(row.line, 1, `time goes back by ${Math.round((newestMs - atMs) / 100) / 10} s; expected at most ${LATE_MAX_MS / 1000} s`);
        continue;
      }
      newestMs = Math.max(newestMs, atMs);
      rows.push({ atMs, samples: this.#isLong ? this.#longSamples(row, atMs) : this.#wideSamples(row, atMs) });
    }
    if (this.#problems.length > 0) return { ok: false, problems: this.#problems };
    if (rows.length === 0) return refuse(2, 1, 'the trace has no rows; expected at least one');
    const startMs = rows[0]?.atMs ?? 0;
    return { ok: true, trace: { rows: rows.map((row, i) => ({ row, i })).sort((a, b) => a.row.atMs - b.row.atMs || a.i - b.i).map(({ row }) => row), startMs } };
  }

  #complain(line: number, column: number, message: string): void {
    if (this.#problems.length < PROBLEMS_MAX) this.#problems.push({ line, column, message });
  }

  /** ISO 8601 with offset, or seconds from 0; one kind in a file. Seconds count from 2000-01-01 so that they are times too. */
  #time({ record, line }: RawRow): number | null {
    const text = record[0] ?? '';
    const isIso = /^\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d)$/u.test(text);
    const seconds = /^\d+(?:\.\d+)?(?:[eE]\+?\d+)?$/u.test(text) ? Number(text) : Number.NaN;
    const ms = isIso ? Date.parse(text) : SECONDS_EPOCH_MS + seconds * 1000;
    if (!Number.isFinite(ms) || (this.#isIso !== null && this.#isIso !== isIso)) {
      this.#complain(line, 1, `'${text}' is not a time; expected ${this.#isIso === true ? 'ISO 8601 with offset, like the rows before' : this.#isIso === false ? 'seconds, like the rows before' : 'ISO 8601 with offset (2026-05-01T08:00:00+08:00) or seconds from 0'}`);
      return null;
    }
    this.#isIso = isIso;
    return Math.round(ms);
  }

  #wideSamples({ record, line }: RawRow, atMs: number): Sample[] {
    if (record.length > this.#header.length) {
      this.#complain(line, this.#header.length + 1, `the row has ${record.length} fields; expected ${this.#header.length}`);
      return [];
    }
    const samples: Sample[] = [];
    for (let i = 1; i < record.length; i += 1) {
      const channel = this.#channels.get(this.#header[i] ?? '');
      const field = record[i] ?? '';
      if (channel === undefined || field === '') continue;
      const sample = this.#sample(channel, field, '', line, i + 1, atMs);
      if (sample !== null) samples.push(sample);
    }
    return samples;
  }

  #longSamples({ record, line }: RawRow, atMs: number): Sample[] {
    const [, tag = '', value = '', quality = ''] = record;
    const channel = this.#channels.get(tag);
    if (channel === undefined) {
      if (!this.#options.ignoreUnknown) this.#complain(line, 2, `unknown tag '${tag}'; expected a tag of the plant, 'lab:ID' or 'seen:ID' (or --ignore-unknown)`);
      return [];
    }
    if (value === '' && quality === '') return [];
    const sample = this.#sample(channel, value, quality, line, 3, atMs);
    return sample === null ? [] : [sample];
  }

  #sample(channel: Channel, field: string, quality: string, line: number, column: number, atMs: number): Sample | null {
    const status = field === '!bad' ? STATUS.bad : field === '!uncertain' ? STATUS.uncertain : qualityStatus(quality);
    if (status === null) {
      this.#complain(line, 4, `'${quality}' is not a quality; expected good, uncertain, bad or an OPC UA status code`);
      return null;
    }
    const base = { tag: channel.id, status, sourceMs: atMs, receivedMs: atMs };
    if (field.startsWith('!') || field === '') {
      if (field !== '' && field !== '!bad' && field !== '!uncertain') {
        this.#complain(line, column, `'${field}' is not a quality; expected !bad or !uncertain`);
        return null;
      }
      return { ...base, value: null };
    }
    const value = valueOf(channel, field);
    if (value === undefined) {
      this.#complain(line, column, `'${field}' is no value of ${channel.id}; expected ${expectation(channel)}`);
      return null;
    }
    return { ...base, value };
  }
}

/** Seconds from 0 need a day to stand on: 2000-01-01T00:00:00Z. */
const SECONDS_EPOCH_MS = 946_684_800_000;

function qualityStatus(quality: string): number | null {
  switch (quality.toLowerCase()) {
    case '': case 'good': return STATUS.good;
    case 'uncertain': case '!uncertain': return STATUS.uncertain;
    case 'bad': case '!bad': return STATUS.bad;
    default: {
      const code = /^(?:0x[\da-f]{1,8}|\d{1,10})$/iu.test(quality) ? Number(quality) : Number.NaN;
      return Number.isInteger(code) && code <= 0xffffffff ? code : null;
    }
  }
}

const NUMBER = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/u;
/** What instruments write when they have no number: taken as a number that is not one, which is never good. */
const NOT_A_NUMBER = /^[+-]?(?:nan|inf|infinity)$/iu;

function valueOf({ id, tag }: Channel, field: string): SampleValue | undefined {
  const truth = field.toLowerCase() === 'true' || field === '1' ? true : field.toLowerCase() === 'false' || field === '0' ? false : undefined;
  if (tag === null && id.startsWith('seen:')) return truth;
  switch (tag?.kind) {
    case 'boolean': return truth;
    case 'discrete': return tag.states.includes(field) ? field : NUMBER.test(field) ? tag.states[Number(field)] : undefined;
    case 'analog': case 'count': case undefined: return NUMBER.test(field) ? Number(field) : NOT_A_NUMBER.test(field) ? Number.NaN : undefined;
  }
}

function expectation({ id, tag }: Channel): string {
  if (tag === null) return id.startsWith('seen:') ? 'true or false' : 'a number';
  switch (tag.kind) {
    case 'boolean': return 'true or false';
    case 'discrete': return tag.states.join(', ');
    case 'analog': case 'count': return 'a number';
  }
}
