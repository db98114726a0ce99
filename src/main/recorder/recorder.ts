/**
 * The incident recorder (issue 5): every sample of every tag into a rolling store on the disk; what is around an incident is kept for good,
 * and the journal vouches for it. See docs/design/recorder.md.
 *
 * A guest of the station: it never throws into it, never waits, and costs it a bounded piece of work each tick. What it cannot keep is
 * told as a gap with its reason, and the console shows that it cannot.
 */
import { renameSync } from 'node:fs';
import { join } from 'node:path';
import type { Text } from '../../contract/text.ts';
import { packBlock } from '../../domain/recording/block-codec.ts';
import type { Columns } from '../../domain/recording/columns.ts';
import { gapText } from '../../domain/recording/gaps.ts';
import type { GapReason, RecordedGap } from '../../domain/recording/gaps.ts';
import { BLOCK_MS, BLOCK_SAMPLES, KEEP_MS, MARK_MS, STANDING_EVERY_MS, windowFromMs, windowToMs } from '../../domain/recording/recording.ts';
import type { Sample } from '../../domain/samples/sample.ts';
import { STATUS } from '../../domain/samples/sample.ts';
import { fact } from '../../domain/station/facts.ts';
import type { Fact, FactMap } from '../../domain/station/facts.ts';
import type { StationState } from '../../domain/station/state.ts';
import { Intake } from './intake.ts';
import type { RecordedTag } from './intake.ts';
import { assemble } from './payload.ts';
import { SAMPLES_FILE, SampleStore } from './store.ts';
import type { Draft, Span } from './store.ts';
import { Tally } from './tally.ts';

/** Samples held while the disk does not take them: over a quarter of an hour of 500 tags at 1 s; 33 bytes each. */
const HELD_SAMPLES = 524_288;
/** Pieces of samples packed and written in one turn of the station: 8,192 take about 10 ms. */
const PIECES_A_TURN = 1;
/** Gaps held while the disk does not take them; beyond it they are counted into the last one. */
const GAPS_HELD_MAX = 1_000;
/** Rows judged in one turn, when old ones go. */
const ROLL_A_TURN = 64;
/** The same end of a silence, told a moment later. */
const TOLD_TWICE_MS = 100;
/** How long a disk that failed is left alone. */
const AGAIN_MS = 1_000;
const AGAIN_MAX_MS = 30_000;

export interface RecorderOptions {
  /** The journal's folder: the samples stand beside it. */
  readonly dir: string;
  /** The plant's tags. */
  readonly tags: readonly RecordedTag[];
  readonly nowMs: () => number;
  readonly record: (facts: readonly Fact[]) => void;
  /** Other limits than the product's, for tests. */
  readonly heldSamples?: number;
  readonly blockSamples?: number;
}

/** An incident whose recording has not ended. `firstN` 0: its rows are still to be found. */
interface Followed {
  readonly span: Span;
  readonly tally: Tally;
  /** The journal has been told that it began. */
  readonly isTold: boolean;
  /** The store knows of it what is known here. */
  readonly isPut: boolean;
}

type Incidents = Pick<StationState, 'incident' | 'pastIncidents' | 'lastFactMs'>;

/** What is wrong with the disk, since when it is left alone and until when. */
interface DiskProblem {
  readonly words: string;
  readonly isDisk: boolean;
  readonly againMs: number;
  readonly pauseMs: number;
}

export interface RecorderLink {
  readonly phase: string;
  readonly sinceMs: number;
  readonly lastDataMs: number | null;
  readonly lostTags: readonly string[];
  readonly reason?: { readonly text: string };
}

export class Recorder {
  readonly #options: RecorderOptions;
  readonly #intake: Intake;
  #store: SampleStore | null = null;
  #problem: DiskProblem | null = null;
  /** True until the store has been opened for the first time: what it ends with says since when the station was off. */
  #isFirst = true;
  #gaps: RecordedGap[] = [];
  /** Why samples did not fit, when they first did not. */
  #lossWhy: { readonly reason: 'buffer' | 'disk' | 'fault'; readonly words: string } | null = null;
  readonly #followed = new Map<string, Followed>();
  /** As the journal had it at the start. */
  #incidents: Incidents = { incident: null, pastIncidents: [], lastFactMs: 0 };
  #linkDown: { readonly sinceMs: number; readonly words: string } | null = null;
  /** What has been told of the link as a gap already. */
  #linkToldMs = 0;
  #lostTags = new Map<string, number>();
  #standingMs: number | null = null;
  #isStandingWanted = false;
  #markedMs = Number.NEGATIVE_INFINITY;
  #isUrgent = false;
  #isStopped = false;

  constructor(options: RecorderOptions) {
    this.#options = options;
    this.#intake = new Intake(options.tags, options.blockSamples ?? BLOCK_SAMPLES, options.heldSamples ?? HELD_SAMPLES);
  }

  /** What a person must know; null = it records. */
  warning(): Text | null {
    if (this.#problem === null) return null;
    const { words } = this.#problem;
    return { zh: `样本未能写入磁盘，退守不受影响，缺口将如实记录：${words}`, en: `Samples cannot be written; retreat is not affected, and what is lost is recorded as a gap: ${words}` };
  }

  /** After the journal was folded: goes on with what was being recorded. */
  start(incidents: Incidents): void {
    this.#guarded(() => {
      this.#incidents = incidents;
      if (incidents.incident !== null) this.#opened(incidents.incident.id, incidents.incident.openedMs);
      this.#open();
    });
  }

  /** Never throws; what is not kept is counted. */
  take(batch: readonly Sample[]): void {
    if (this.#isStopped) return;
    try {
      for (const sample of batch) this.#intake.add(sample);
      if (this.#intake.hasLost) this.#lossWhy ??= { reason: this.#problem === null ? 'buffer' : this.#problem.isDisk ? 'disk' : 'fault', words: this.#problem?.words ?? '' };
    } catch (error) {
      this.#isStandingWanted = true;
      const nowMs = this.#options.nowMs();
      this.#addGap({ fromMs: nowMs, toMs: nowMs, reason: 'fault', lost: batch.length, words: wordsOf(error), tags: null });
    }
  }

  /** What the station has just come to believe. Notes only; the work is done by `tick`. */
  tell(facts: readonly Fact[]): void {
    this.#guarded(() => {
      for (const f of facts) {
        if (f.type === 'incident.opened') this.#opened(f.data.incident, f.atMs);
        if (f.type === 'incident.closed') this.#closed(f.data.incident, f.atMs);
        if (f.type === 'lab.entered') this.take([{ tag: `lab:${f.data.lab}`, value: f.data.value, status: STATUS.good, sourceMs: f.atMs, receivedMs: f.atMs }]);
        if (f.type === 'seen.reported') this.take([{ tag: `seen:${f.data.observation}`, value: f.data.present, status: STATUS.good, sourceMs: f.atMs, receivedMs: f.atMs }]);
      }
    });
  }

  /** A stretch that somebody else knows to be missing. */
  gap(reason: GapReason, fromMs: number, toMs: number, lost = 0, words = '', tags: readonly string[] | null = null): void {
    const gap = { fromMs, toMs, reason, lost, words, tags };
    if (reason !== 'link' && reason !== 'linkLost' && reason !== 'frozen') return this.#addGap(gap);
    // The end of a silence is told twice, by the link and by what it missed.
    if (toMs <= this.#linkToldMs + TOLD_TWICE_MS) return;
    this.#addGap({ ...gap, fromMs: Math.max(fromMs, this.#linkToldMs) });
    this.#linkToldMs = toMs;
  }

  link({ phase, sinceMs, lastDataMs, lostTags, reason }: RecorderLink): void {
    this.#guarded(() => {
      if (phase !== 'connected') this.#linkDown ??= { sinceMs: Math.min(lastDataMs ?? sinceMs, sinceMs), words: reason?.text ?? '' };
      else this.#tellLinkDown();
      if (phase === 'connected') this.#linkDown = null;
      this.#compareLostTags(lostTags);
    });
  }

  /** A bounded piece of work; called a few times a second. */
  tick(): void {
    this.#guarded(() => { this.#work(); });
  }

  /** Turns without end until no piece waits that is full: for whoever feeds faster than time. False = the disk does not take it. */
  catchUp(): boolean {
    do this.tick();
    while (this.#problem === null && this.#intake.hasFull);
    return this.#problem === null;
  }

  /** All that waits, however long it takes. False = the disk did not take it. */
  flush(): boolean {
    this.#guarded(() => {
      do {
        this.#isUrgent = true;
        this.#work();
      } while (this.#problem === null && this.#intake.waiting > 0);
    });
    return this.#problem === null;
  }

  /** @param because nothing comes any more, ever: ends all recordings here, and says why where a half hour is not over */
  stop(because?: GapReason): void {
    if (this.#isStopped) return;
    const nowMs = this.#options.nowMs();
    this.#guarded(() => this.#tellLinkDown());
    const ending = because === undefined ? [] : [...this.#followed.values()].map(({ span: { incident, closedMs } }) => ({ incident, toMs: closedMs === null ? nowMs : windowToMs(closedMs) }));
    for (const { toMs } of ending) if (because !== undefined && toMs > nowMs) this.#addGap({ fromMs: nowMs, toMs, reason: because, lost: 0, words: '', tags: null });
    // Twice: what the first turn finds out about an incident the second one tells. The journal vouches for the last samples too.
    if (this.flush()) {
      this.#markedMs = Number.NEGATIVE_INFINITY;
      this.flush();
    }
    this.#guarded(() => { for (const { incident, toMs } of ending) this.#end(this.#open(), incident, toMs); });
    this.#guarded(() => this.#store?.close());
    this.#store = null;
    this.#isStopped = true;
  }

  // --- nothing gets out ------------------------------------------------------------------------------------------------------

  #guarded(work: () => void): void {
    if (this.#isStopped) return;
    try {
      work();
    } catch (error) {
      this.#failed(error);
    }
  }

  #failed(error: unknown): void {
    const pauseMs = Math.min((this.#problem?.pauseMs ?? AGAIN_MS / 2) * 2, AGAIN_MAX_MS);
    this.#problem = { words: wordsOf(error), isDisk: isOfDisk(error), againMs: this.#options.nowMs() + pauseMs, pauseMs };
    if (isDamaged(error)) this.#putAside(error);
  }

  // --- the store -------------------------------------------------------------------------------------------------------------

  #open(): SampleStore {
    if (this.#store !== null) return this.#store;
    const store = new SampleStore(join(this.#options.dir, SAMPLES_FILE));
    this.#store = store;
    for (const span of store.spans()) if (span.lastN === null) this.#goOn(span);
    const nowMs = this.#options.nowMs();
    const lastMs = store.lastMs();
    if (this.#isFirst && lastMs !== null && lastMs < nowMs) this.#gaps.unshift({ fromMs: lastMs, toMs: nowMs, reason: 'off', lost: 0, words: '', tags: null });
    this.#isFirst = false;
    return store;
  }

  /** The journal is the truth about incidents; the store only knows which of its rows belong to them. */
  #goOn(stored: Span): void {
    const { incident, pastIncidents, lastFactMs } = this.#incidents;
    const known = this.#followed.get(stored.incident);
    if (known !== undefined && known.span.firstN > 0) return;
    const isOpen = incident?.id === stored.incident;
    const closedMs = known?.span.closedMs ?? stored.closedMs ?? (isOpen ? null : pastIncidents.find(({ id }) => id === stored.incident)?.closedMs ?? lastFactMs);
    this.#followed.set(stored.incident, { span: { ...stored, closedMs }, tally: new Tally(stored.firstN), isTold: true, isPut: closedMs === stored.closedMs });
  }

  /** A damaged store is evidence of what it is: kept under another name. What was recorded of open incidents begins anew. */
  #putAside(error: unknown): void {
    const file = join(this.#options.dir, SAMPLES_FILE);
    const nowMs = this.#options.nowMs();
    try {
      this.#store?.close();
    } catch {
      // It is put aside whether or not it can be closed.
    }
    this.#store = null;
    try {
      for (const suffix of ['', '-wal', '-shm']) renameIfThere(`${file}${suffix}`, `${join(this.#options.dir, `samples-damaged-${String(nowMs)}.sqlite`)}${suffix}`);
    } catch {
      return; // The disk takes no renaming either; it is tried again.
    }
    this.#isFirst = false;
    this.#isStandingWanted = true;
    this.#addGap({ fromMs: nowMs, toMs: nowMs, reason: 'begunAnew', lost: 0, words: wordsOf(error), tags: null });
    for (const [incident, { span }] of this.#followed) this.#followed.set(incident, begunAnew(span));
  }

  // --- one turn --------------------------------------------------------------------------------------------------------------

  #work(): void {
    const nowMs = this.#options.nowMs();
    if (this.#problem !== null && nowMs < this.#problem.againMs && !this.#isUrgent) return;
    const store = this.#open();
    const isPressing = [...this.#followed.values()].some(({ span: { firstN, closedMs } }) => firstN === 0 || (closedMs !== null && nowMs >= windowToMs(closedMs)));
    const { isAll, isWritten } = this.#write(store, nowMs, isPressing || this.#isUrgent);
    for (const incident of this.#followed.keys()) this.#follow(store, incident, nowMs, isAll);
    this.#mark(store, nowMs);
    if (isWritten) this.#roll(store, nowMs);
    this.#problem = null;
    this.#isUrgent = false;
  }

  /** Pieces of samples that are due, gaps, and the standing row. What is not written stays where it is. */
  #write(store: SampleStore, nowMs: number, isPressing: boolean): { readonly isAll: boolean; readonly isWritten: boolean } {
    const intake = this.#intake;
    if (intake.lastMs > 0) this.#standingMs ??= intake.lastMs;
    const isStandingDue = this.#isStandingWanted || (this.#standingMs !== null && intake.lastMs - this.#standingMs >= STANDING_EVERY_MS);
    const isDue = isPressing || isStandingDue || nowMs - (intake.firstMs ?? nowMs) >= BLOCK_MS;
    const pieces = intake.pieces(PIECES_A_TURN).filter((piece) => isDue || piece.isFull);
    const isAll = pieces.reduce((sum, { count }) => sum + count, 0) === intake.waiting;
    if (isAll) this.#addLost();
    const gaps = isAll ? this.#gaps : [];
    const standing = isAll && isStandingDue ? intake.standing() : null;
    if (pieces.length === 0 && gaps.length === 0 && standing === null) return { isAll, isWritten: false };
    const names = intake.names.text();
    const drafts = [...pieces.map((piece) => samplesDraft('samples', piece, names)), ...gaps.map(gapDraft)];
    if (standing !== null) drafts.push({ ...samplesDraft('standing', standing, names), fromMs: Math.ceil(intake.lastMs), toMs: Math.ceil(intake.lastMs) });
    store.append(drafts);
    intake.drop(pieces);
    if (isAll) this.#gaps = [];
    if (standing !== null) [this.#standingMs, this.#isStandingWanted] = [intake.lastMs, false];
    return { isAll, isWritten: true };
  }

  /** What did not fit in memory. What the tags then showed is written anew, because nobody sends it again. */
  #addLost(): void {
    const lost = this.#intake.takeLost();
    if (lost === null) return;
    const { reason, words } = this.#lossWhy ?? { reason: 'buffer' as const, words: '' };
    this.#lossWhy = null;
    this.#isStandingWanted = true;
    this.#addGap({ fromMs: lost.fromMs, toMs: lost.toMs, reason, lost: lost.count, words, tags: null });
  }

  #addGap(gap: RecordedGap): void {
    const [fromMs, toMs] = [Math.max(0, Math.floor(gap.fromMs)), Math.ceil(gap.toMs)];
    if (!(toMs >= fromMs)) return;
    const last = this.#gaps.at(-1);
    if (last === undefined || this.#gaps.length < GAPS_HELD_MAX) this.#gaps.push({ ...gap, fromMs, toMs });
    else this.#gaps[this.#gaps.length - 1] = { ...gap, fromMs: Math.min(fromMs, last.fromMs), toMs: Math.max(toMs, last.toMs), lost: last.lost + gap.lost, tags: null };
  }

  // --- incidents -------------------------------------------------------------------------------------------------------------

  #opened(incident: string, openedMs: number): void {
    if (!this.#followed.has(incident)) this.#followed.set(incident, begunAnew({ incident, openedMs, closedMs: null, firstN: 0, lastN: null }));
  }

  #closed(incident: string, closedMs: number): void {
    const followed = this.#followed.get(incident);
    if (followed !== undefined) this.#followed.set(incident, { ...followed, span: { ...followed.span, closedMs }, isPut: false });
  }

  /** @param isAll all that had come is written: only then does the chain hold what an incident begins or ends with */
  #follow(store: SampleStore, incident: string, nowMs: number, isAll: boolean): void {
    if (isAll && this.#followed.get(incident)?.span.firstN === 0) this.#begin(store, incident, nowMs);
    const followed = this.#followed.get(incident);
    if (followed === undefined || followed.span.firstN === 0) return;
    const { span, tally, isTold, isPut } = followed;
    if (!isPut) {
      store.putSpan(span);
      this.#followed.set(incident, { ...followed, isPut: true });
    }
    if (!tally.advance(store)) return;
    if (!isTold) this.#tellBegan(store, incident, nowMs);
    if (isAll && span.closedMs !== null && nowMs >= windowToMs(span.closedMs)) this.#end(store, incident, windowToMs(span.closedMs));
  }

  /** From the last standing row before the half hour on, so that what the tags showed is known at its beginning. */
  #begin(store: SampleStore, incident: string, nowMs: number): void {
    const followed = this.#followed.get(incident);
    if (followed === undefined) return;
    const fromMs = windowFromMs(followed.span.openedMs);
    const belowN = store.rolledBelow();
    const standing = store.standingBefore(fromMs, belowN);
    const first = store.firstReaching(fromMs, belowN);
    const earliestMs = Math.max(fromMs, first?.fromMs ?? nowMs);
    // Why there is nothing before is on record where the station was off; else it had not been there yet.
    if (standing === null && earliestMs > fromMs && !store.hasGapOver(fromMs, earliestMs - BLOCK_MS, belowN)) store.append([gapDraft({ fromMs, toMs: earliestMs, reason: 'notYet', lost: 0, words: '', tags: null })]);
    const firstN = standing ?? first?.n ?? store.head?.n ?? 1;
    this.#followed.set(incident, { span: { ...followed.span, firstN }, tally: new Tally(firstN), isTold: false, isPut: false });
  }

  #tellBegan(store: SampleStore, incident: string, nowMs: number): void {
    const followed = this.#followed.get(incident);
    if (followed === undefined) return;
    this.#options.record([fact('recording.began', nowMs, null, { ...this.#vouched(store, followed), tags: followed.tally.tags(store), bytes: followed.tally.bytes })]);
    this.#followed.set(incident, { ...followed, isTold: true });
    if (!Number.isFinite(this.#markedMs)) this.#markedMs = nowMs;
  }

  /** Each minute, for all that are open; first everything is put on the disk itself. */
  #mark(store: SampleStore, nowMs: number): void {
    const told = [...this.#followed.values()].filter(({ isTold, tally }) => isTold && tally.advance(store));
    if (told.length === 0 || nowMs - this.#markedMs < MARK_MS) return;
    store.settle();
    this.#options.record(told.map((followed) => fact('recording.marked', nowMs, null, this.#vouched(store, followed))));
    this.#markedMs = nowMs;
  }

  #end(store: SampleStore, incident: string, toMs: number): void {
    const followed = this.#followed.get(incident);
    if (followed === undefined || followed.span.firstN === 0) return;
    while (!followed.tally.advance(store));
    const vouched = this.#vouched(store, followed);
    store.putSpan({ ...followed.span, lastN: vouched.block });
    this.#options.record([fact('recording.ended', this.#options.nowMs(), null, { ...vouched, toMs, tags: followed.tally.tags(store), bytes: followed.tally.bytes })]);
    this.#followed.delete(incident);
  }

  #vouched(store: SampleStore, { span, tally }: Followed): FactMap['recording.marked'] {
    const fromMs = windowFromMs(span.openedMs);
    const head = store.head ?? { n: span.firstN, hash: '' };
    return { incident: span.incident, block: head.n, hash: head.hash, fromMs, toMs: Math.max(fromMs, tally.toMs), blocks: head.n - span.firstN + 1, samples: tally.samples };
  }

  /** Old rows that belong to no incident go, a few at a time. The newest row stays: the chain hangs on it. */
  #roll(store: SampleStore, nowMs: number): void {
    const heads = store.heads(store.rolledBelow(), ROLL_A_TURN);
    const young = heads.findIndex(({ n, toMs }) => n === store.head?.n || toMs >= nowMs - KEEP_MS);
    const old = young === -1 ? heads : heads.slice(0, young);
    const last = old.at(-1);
    if (last === undefined) return;
    const spans = [...store.spans(), ...[...this.#followed.values()].map(({ span }) => span)].filter(({ firstN }) => firstN > 0);
    const remove = old.filter(({ n }) => !spans.some(({ firstN, lastN }) => n >= firstN && (lastN === null || n <= lastN)));
    store.roll(remove.map(({ n }) => n), last.n + 1);
  }

  // --- the link --------------------------------------------------------------------------------------------------------------

  #tellLinkDown(): void {
    if (this.#linkDown !== null) this.gap('link', this.#linkDown.sinceMs, this.#options.nowMs(), 0, this.#linkDown.words);
  }

  #compareLostTags(lostTags: readonly string[]): void {
    const nowMs = this.#options.nowMs();
    const now = new Set(lostTags);
    const found = [...this.#lostTags].filter(([tag]) => !now.has(tag));
    if (found.length > 0) this.gap('tagLost', Math.min(...found.map(([, sinceMs]) => sinceMs)), nowMs, 0, '', found.map(([tag]) => tag));
    this.#lostTags = new Map(lostTags.map((tag) => [tag, this.#lostTags.get(tag) ?? nowMs]));
  }
}

const begunAnew = (span: Span): Followed => ({ span: { ...span, firstN: 0 }, tally: new Tally(0), isTold: false, isPut: false });

const wordsOf = (error: unknown): string => (error instanceof Error ? error.message : String(error)).slice(0, 300);

function samplesDraft(kind: 'samples' | 'standing', columns: Columns, names: string): Draft {
  const { parts, present } = packBlock(columns);
  let [fromMs, toMs] = [Number.POSITIVE_INFINITY, 0];
  for (let i = 0; i < columns.count; i += 1) {
    fromMs = Math.min(fromMs, columns.receivedMs[i] as number);
    toMs = Math.max(toMs, columns.receivedMs[i] as number);
  }
  return { kind, fromMs: Math.floor(fromMs), toMs: Math.ceil(toMs), samples: columns.count, names, present: Buffer.from(present).toString('hex'), payload: assemble(parts) };
}

function gapDraft(gap: RecordedGap): Draft {
  return { kind: 'gap', fromMs: gap.fromMs, toMs: gap.toMs, samples: 0, names: '', present: '', payload: Buffer.from(gapText(gap)) };
}

function renameIfThere(from: string, to: string): void {
  try {
    renameSync(from, to);
  } catch (error) {
    if (!(error instanceof Error) || !('code' in error) || error.code !== 'ENOENT') throw error;
  }
}

/** Said by SQLite or by the file system. */
const isOfDisk = (error: unknown): boolean => error instanceof Error && ('errcode' in error || 'code' in error);

/** SQLite says that what is in the file is no database of ours. https://sqlite.org/rescode.html */
function isDamaged(error: unknown): boolean {
  if (!(error instanceof Error) || !('errcode' in error) || typeof error.errcode !== 'number') return false;
  const code = error.errcode & 0xff;
  return code === 11 || code === 26;
}
