/**
 * Reads what was recorded of one incident, and says whether it is what the journal vouches for. One block is unpacked at a time: the seven
 * million samples of four hours are never in memory together.
 */
import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { IncidentReport } from '../../contract/report.ts';
import { isPresent, partOf, tagsPresent, unpackMoments, unpackPart } from '../../domain/recording/block-codec.ts';
import type { Column } from '../../domain/recording/block-codec.ts';
import { KIND, Names, valueOf } from '../../domain/recording/columns.ts';
import { gapOf, gapWords } from '../../domain/recording/gaps.ts';
import type { RecordedGap } from '../../domain/recording/gaps.ts';
import { firstRowOf, marksOf } from '../../domain/recording/recording.ts';
import type { RecordingMarks } from '../../domain/recording/recording.ts';
import type { RecordedSamples } from '../../domain/report/incident.ts';
import { severityOf } from '../../domain/samples/sample.ts';
import type { Sample } from '../../domain/samples/sample.ts';
import type { Fact } from '../../domain/station/facts.ts';
import { hashOfText, rowHash, takeApart } from './payload.ts';
import { SAMPLES_FILE, StoreReader } from './store.ts';
import type { StoredHead } from './store.ts';

/** Gaps that a report can hold; the last one stands for all that are more. */
const GAPS_MAX = 2_000;
const HEADS_PAGE = 1_000;

type RecordingSection = IncidentReport['recording'];
type Verdict = NonNullable<RecordingSection>['verdict'];
type Points = (readonly [number, number | null])[];

export interface RecordedSample extends Sample {
  /** Not new: what the tag had shown last, where the recording begins or goes on after a gap. */
  readonly standing: boolean;
}

export interface Recording extends RecordedSamples {
  /** Every sample in the order in which they came, block by block. */
  samples(): Generator<RecordedSample>;
  close(): void;
}

/**
 * @param dirOrFile the journal's folder, or a copy of its samples.sqlite
 * @param facts any that hold the incident's `recording.*` facts: its own records and those after them, or the whole journal
 */
export function openRecording(dirOrFile: string, incident: string, facts: Iterable<Fact>): Recording {
  const marks = marksOf(incident, facts);
  if (marks.newest === null) return new NoRecording(null);
  const file = existsSync(dirOrFile) && statSync(dirOrFile).isDirectory() ? join(dirOrFile, SAMPLES_FILE) : dirOrFile;
  if (!existsSync(file)) return new NoRecording(asVouched(marks, 'missing'));
  let store: StoreReader | null = null;
  try {
    store = new StoreReader(file);
    return new StoredRecording(store, marks);
  } catch {
    store?.close();
    return new NoRecording(asVouched(marks, 'altered'));
  }
}

/** What the journal says of it, where the samples themselves are not to be had. */
function asVouched({ began, ended, newest }: RecordingMarks, verdict: Verdict): RecordingSection {
  const extent = ended ?? began;
  if (newest === null) return null;
  return { fromMs: newest.fromMs, toMs: newest.toMs, samples: newest.samples, tags: extent?.tags ?? 0, bytes: extent?.bytes ?? 0, hash: newest.hash, verdict, gaps: [] };
}

class NoRecording implements Recording {
  readonly recording: RecordingSection;

  constructor(recording: RecordingSection) {
    this.recording = recording;
  }

  series(): Points {
    return [];
  }

  *samples(): Generator<RecordedSample> {
    // There is none.
  }

  close(): void {
    // Nothing was opened.
  }
}

class StoredRecording implements Recording {
  readonly recording: NonNullable<RecordingSection>;
  readonly #store: StoreReader;
  readonly #rows: readonly StoredHead[];
  readonly #gaps: readonly RecordedGap[];
  readonly #names = new Map<string, Names | null>();

  constructor(store: StoreReader, marks: RecordingMarks) {
    const { newest, ended } = marks;
    if (newest === null) throw new Error('broken invariant: a recording without a mark');
    this.#store = store;
    const lastN = ended?.block ?? Math.max(store.headN(), newest.block);
    const firstN = firstRowOf(ended ?? newest);
    this.#rows = [...headsOf(store, firstN, lastN)];
    const checked = this.#check(marks, firstN, lastN);
    const toMs = ended?.toMs ?? this.#rows.reduce((latest, row) => Math.max(latest, row.toMs), newest.toMs);
    const { fromMs } = newest;
    this.#gaps = checked.gaps.map((gap) => ({ ...gap, fromMs: Math.max(gap.fromMs, fromMs), toMs: Math.min(gap.toMs, toMs) })).filter((gap) => gap.toMs >= gap.fromMs).sort((a, b) => a.fromMs - b.fromMs);
    this.recording = {
      fromMs, toMs, samples: this.#sum((row) => (row.kind === 'samples' ? row.samples : 0)), tags: this.#tagCount(), bytes: this.#sum((row) => row.bytes), hash: ended?.hash ?? this.#rows.at(-1)?.hash ?? newest.hash,
      verdict: checked.verdict, gaps: toldGaps(this.#gaps),
    };
  }

  series(tag: string): Points {
    const { fromMs, toMs } = this.recording;
    const gaps = this.#gaps.filter(({ tags }) => tags === null || tags.includes(tag));
    const points: Points = [];
    let [before, nextGap]: [number | null | undefined, number] = [undefined, 0];
    const put = (ms: number, value: number | null): void => {
      if (ms > toMs) return;
      if (ms < fromMs) before = value;
      else {
        if (before !== undefined && ms > fromMs) points.push([fromMs, before]);
        before = undefined;
        for (let gap = gaps[nextGap]; gap !== undefined && gap.fromMs < ms; gap = gaps[nextGap += 1]) points.push([Math.max(gap.fromMs, points.at(-1)?.[0] ?? 0), null]);
        points.push([ms, value]);
      }
    };
    const isKnown = (): boolean => before !== undefined || (points.at(-1)?.[1] ?? null) !== null;
    for (const row of this.#rows) {
      const isStanding = row.kind === 'standing';
      // A standing row says nothing new of a tag that is known, unless a gap lies between.
      if (row.kind === 'gap' || (isStanding && isKnown() && !(gaps[nextGap] !== undefined && (gaps[nextGap]?.fromMs ?? 0) < row.toMs))) continue;
      const column = this.#columnOf(row, tag);
      if (column === 'unreadable') put(row.fromMs, null);
      else if (column !== null) this.#putColumn(row, column, isStanding, put);
    }
    put(toMs, null);
    points.pop();
    return points;
  }

  *samples(): Generator<RecordedSample> {
    const { fromMs, toMs } = this.recording;
    let isStandingWanted = true;
    for (const row of this.#rows) {
      if (row.kind === 'gap') isStandingWanted = true;
      if (row.kind === 'gap' || (row.kind === 'standing' && !isStandingWanted)) continue;
      const standing = row.kind === 'standing';
      if (standing) isStandingWanted = false;
      for (const sample of this.#samplesOf(row)) if (standing || (sample.receivedMs >= fromMs && sample.receivedMs <= toMs)) yield { ...sample, standing };
    }
  }

  close(): void {
    this.#store.close();
  }

  // --- the check -------------------------------------------------------------------------------------------------------------

  /** Every row hashed anew, each against the one before it, and against what the journal holds. */
  #check(marks: RecordingMarks, firstN: number, lastN: number): { readonly verdict: Verdict; readonly gaps: RecordedGap[] } {
    const gaps: RecordedGap[] = [];
    let isAltered = marks.isBroken;
    let isMissing = [...marks.hashes.keys()].some((n) => n < firstN || n > lastN);
    let [next, previousHash]: [number, string | null] = [firstN, null];
    for (const head of this.#rows) {
      const row = this.#store.row(head.n);
      if (head.n !== next || row === null) isMissing = true;
      else if (previousHash !== null && head.previousHash !== previousHash) isAltered = true;
      if (row !== null && (rowHash(row, row.payload) !== row.hash || (marks.hashes.get(row.n) ?? row.hash) !== row.hash || !this.#hasNames(row))) isAltered = true;
      if (row?.kind === 'gap') gaps.push(...gapIn(row.payload));
      [next, previousHash] = [head.n + 1, head.hash];
    }
    if (next !== lastN + 1) isMissing = true;
    return { verdict: isAltered ? 'altered' : isMissing ? 'missing' : marks.ended === null ? 'running' : 'whole', gaps };
  }

  #hasNames({ names }: StoredHead): boolean {
    return names === '' || this.#namesOf(names) !== null;
  }

  /** Null where they are not there, or are not those that the row was written with. */
  #namesOf(hash: string): Names | null {
    const known = this.#names.get(hash);
    if (known !== undefined) return known;
    const text = this.#store.names(hash);
    const names = text === null || hashOfText(text) !== hash ? null : Names.of(text);
    this.#names.set(hash, names);
    return names;
  }

  #sum(of: (row: StoredHead) => number): number {
    return this.#rows.reduce((sum, row) => sum + of(row), 0);
  }

  #tagCount(): number {
    const found = new Set<string>();
    const seen = new Map<string, Set<string>>();
    for (const { names, present } of this.#rows) {
      const known = seen.get(names) ?? new Set<string>();
      seen.set(names, known);
      if (names === '' || known.has(present)) continue;
      known.add(present);
      const list = this.#namesOf(names);
      for (const tag of tagsPresent(Buffer.from(present, 'hex'))) found.add(list?.tags[tag] ?? String(tag));
    }
    return found.size;
  }

  // --- unpacking -------------------------------------------------------------------------------------------------------------

  #columnOf(row: StoredHead, tag: string): Column | null | 'unreadable' {
    try {
      const index = this.#namesOf(row.names)?.find(tag);
      if (index === undefined || !isPresent(Buffer.from(row.present, 'hex'), index)) return null;
      const payload = this.#store.row(row.n)?.payload;
      if (payload === undefined) return null;
      const parts = takeApart(payload);
      const [column] = unpackPart(parts.part(partOf(index)), partOf(index), unpackMoments(parts.part(0)), index);
      return column ?? null;
    } catch {
      return 'unreadable';
    }
  }

  #putColumn(row: StoredHead, column: Column, isStanding: boolean, put: (ms: number, value: number | null) => void): void {
    const names = this.#namesOf(row.names);
    const states = names?.states[names.tags[column.tag] ?? ''] ?? [];
    for (let i = 0; i < column.count; i += 1) {
      const number = column.numbers[i] as number;
      const isGood = severityOf(column.statuses[i] as number) === 'good';
      const value = column.kinds[i] === KIND.word ? states.indexOf(names?.words[number] ?? '') : number;
      put(isStanding ? row.toMs : column.receivedMs[i] as number, isGood && Number.isFinite(value) && (column.kinds[i] !== KIND.word || value >= 0) ? value : null);
    }
  }

  /** Of one block, all that can be read of it. */
  #samplesOf(row: StoredHead): Sample[] {
    const names = this.#namesOf(row.names);
    const payload = this.#store.row(row.n)?.payload;
    if (names === null || payload === undefined) return [];
    const samples: Sample[] = [];
    try {
      const parts = takeApart(payload);
      const moments = unpackMoments(parts.part(0));
      for (let part = 1; part < parts.count; part += 1) {
        for (const { tag, count, kinds, numbers, statuses, sourceMs, receivedMs } of unpackPart(parts.part(part), part, moments)) {
          for (let i = 0; i < count; i += 1) samples.push({ tag: names.tags[tag] ?? String(tag), value: valueOf(kinds[i] as number, numbers[i] as number, names.words), status: statuses[i] as number, sourceMs: sourceMs[i] as number, receivedMs: receivedMs[i] as number });
        }
      }
    } catch {
      return samples; // The verdict says already that it was altered.
    }
    return samples.sort((a, b) => a.receivedMs - b.receivedMs);
  }
}

function* headsOf(store: StoreReader, firstN: number, lastN: number): Generator<StoredHead> {
  for (let n = firstN; n <= lastN; n += HEADS_PAGE) yield* store.heads(n, Math.min(n + HEADS_PAGE - 1, lastN));
}

function gapIn(payload: Uint8Array): RecordedGap[] {
  try {
    return [gapOf(Buffer.from(payload).toString())];
  } catch {
    return [];
  }
}

function toldGaps(gaps: readonly RecordedGap[]): NonNullable<RecordingSection>['gaps'] {
  const told = gaps.slice(0, GAPS_MAX).map((gap) => ({ fromMs: gap.fromMs, toMs: gap.toMs, tags: gap.tags === null ? null : [...gap.tags], reason: gapWords(gap) }));
  const last = told.at(-1);
  if (gaps.length <= GAPS_MAX || last === undefined) return told;
  const more = gaps.length - GAPS_MAX + 1;
  return [...told.slice(0, -1), { fromMs: last.fromMs, toMs: Math.max(...gaps.slice(GAPS_MAX - 1).map(({ toMs }) => toMs)), tags: null, reason: { zh: `另有 ${String(more)} 处缺口`, en: `${String(more)} more gaps` } }];
}
