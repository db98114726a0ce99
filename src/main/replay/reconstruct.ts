/**
 * A recorded trace becomes a journal (REQ-REC-07): the facts that the replay finds, on the trace's own clock, and its samples in a recorder
 * beside them, so that a report is made of it like of any other. Marked as what it is: mode RECONSTRUCTED, which no station goes on with,
 * and a first fact that says of which file. Nothing that a person would have done is in it.
 */
import { createHash, hash } from 'node:crypto';
import type { Hash } from 'node:crypto';
import { createReadStream, existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import path from 'node:path';
import type { JsonValue } from '../../domain/journal/canonical-json.ts';
import { partsOf } from '../../domain/packs/recorded-pack.ts';
import type { PlantPack } from '../../domain/packs/schema.ts';
import { fact } from '../../domain/station/facts.ts';
import type { Fact } from '../../domain/station/facts.ts';
import { openJournal } from '../journal/journal.ts';
import type { Journal } from '../journal/journal.ts';
import { Recorder } from '../recorder/recorder.ts';
import { sampleAt } from './channels-of-trace.ts';
import type { TraceChannel } from './channels-of-trace.ts';
import type { TraceSamples } from './instant.ts';
import type { ReplayKeeper } from './replay.ts';

/** Facts written in one transaction: nobody waits for a single one. */
const APPEND_FACTS = 500;
/** No row at all for longer than this is a gap of the trace. */
const GAP_MS = 60_000;

export interface ReconstructedIncident {
  readonly incident: string;
  readonly openedMs: number;
  /** Null = the trace ended while it was open. */
  readonly closedMs: number | null;
  /** Folder of the journal. */
  readonly journal: string;
}

export interface TraceSource {
  /** Without its folder: where it lay is nobody's business later. */
  readonly name: string;
  readonly sha256: string;
  readonly bytes: number;
}

/** Why there is no journal; for people. */
export class ReconstructionFailed extends Error {}

/** Reads the whole file once for its hash. Throws ReconstructionFailed. */
export async function sourceOf(file: string): Promise<TraceSource> {
  try {
    const found = await stat(file);
    if (!found.isFile()) throw new ReconstructionFailed(`${file} is no file; expected one that can be read twice`);
    const digest = createHash('sha256');
    for await (const chunk of createReadStream(file)) digest.update(chunk as Buffer);
    return { name: path.basename(file), sha256: digest.digest('hex'), bytes: found.size };
  } catch (error) {
    throw error instanceof ReconstructionFailed ? error : new ReconstructionFailed(`${file}:1:1: the file cannot be read: ${wordsOf(error)}; expected a CSV trace`);
  }
}

export interface ReconstructionOptions {
  readonly dir: string;
  readonly pack: PlantPack;
  /** What the journal is to hold of rules, procedures and clauses. */
  readonly packText: string;
  readonly source: TraceSource;
  readonly version: string;
}

export class Reconstruction implements ReplayKeeper {
  readonly #options: ReconstructionOptions;
  readonly #read: Hash = createHash('sha256');
  #journal: Journal | null = null;
  #recorder: Recorder | null = null;
  #queue: Fact[] = [];
  #incidents: ReconstructedIncident[] = [];
  #nowMs = 0;
  #lastRowMs: number | null = null;
  #samples = 0;

  /** Throws ReconstructionFailed where the folder is not free. */
  constructor(options: ReconstructionOptions) {
    this.#options = options;
    const { dir } = options;
    if (existsSync(dir) && readdirSync(dir).length > 0) throw new ReconstructionFailed(`${dir} is not empty; expected a new folder: a journal of its own is made in it`);
  }

  readonly onChunk = (bytes: Uint8Array): void => { this.#read.update(bytes); };

  readonly facts = (facts: readonly Fact[]): void => {
    for (const f of facts) {
      this.#nowMs = Math.max(this.#nowMs, f.atMs);
      if (f.type === 'incident.opened') this.#incidents.push({ incident: f.data.incident, openedMs: f.atMs, closedMs: null, journal: this.#options.dir });
      if (f.type === 'incident.closed') this.#incidents = this.#incidents.map((each) => (each.incident === f.data.incident ? { ...each, closedMs: f.atMs } : each));
    }
    if (this.#journal === null) this.#open();
    this.#queue.push(...facts);
    this.#recorder?.tell(facts);
    if (this.#queue.length >= APPEND_FACTS) this.#flush();
  };

  readonly samples = (channels: readonly TraceChannel[], at: TraceSamples): void => {
    this.#nowMs = Math.max(this.#nowMs, at.atMs);
    if (this.#lastRowMs !== null && at.atMs - this.#lastRowMs > GAP_MS) this.#recorder?.gap('trace', this.#lastRowMs, at.atMs);
    this.#lastRowMs = at.atMs;
    this.#samples += at.count;
    for (let i = 0; i < at.count; i += 1) this.#recorder?.take([sampleAt(channels, at, i)]);
    if (this.#recorder?.catchUp() === false) throw new ReconstructionFailed(`the samples cannot be written to ${this.#options.dir}: ${this.#recorder.warning()?.en ?? ''}`);
  };

  /** The trace has been replayed to its end. An incident that is open then stays open. */
  end(): readonly ReconstructedIncident[] {
    if (this.#read.digest('hex') !== this.#options.source.sha256) throw new ReconstructionFailed(`${this.#options.source.name} changed while it was read; expected a file that stands still`);
    this.#recorder?.stop('traceEnd');
    this.#queue.push(fact('trace.ended', this.#nowMs, null, { samples: this.#samples, incident: this.#incidents.find(({ closedMs }) => closedMs === null)?.incident ?? null }));
    this.#flush();
    this.#journal?.close();
    this.#journal = null;
    return this.#incidents;
  }

  /** No half a journal is left behind of a trace that was refused or not replayed to its end: the folder had been empty. */
  abandon(): void {
    this.#recorder?.stop();
    this.#journal?.close();
    this.#journal = null;
    if (existsSync(this.#options.dir)) for (const name of readdirSync(this.#options.dir)) rmSync(path.join(this.#options.dir, name), { recursive: true, force: true });
  }

  #open(): void {
    const { dir, pack, packText, source, version } = this.#options;
    mkdirSync(dir, { recursive: true, mode: 0o700 });
    const opened = openJournal({ dir, mode: 'RECONSTRUCTED', nowMs: () => this.#nowMs });
    if (!opened.ok) throw new ReconstructionFailed(opened.problem.message.en);
    this.#journal = opened.value;
    this.#recorder = new Recorder({ dir, tags: pack.tags.map((tag) => ({ id: tag.id, ...('states' in tag ? { states: tag.states } : {}) })), nowMs: () => this.#nowMs, record: (facts) => { this.#queue.push(...facts); } });
    const packHash = hash('sha256', packText, 'hex');
    const parts = partsOf(packText);
    this.#queue.push(
      fact('trace.reconstructed', this.#nowMs, null, { file: source.name, sha256: source.sha256, bytes: source.bytes, version, plant: pack.id }),
      ...parts.map((text, i) => fact('pack.recorded', this.#nowMs, null, { hash: packHash, part: i + 1, of: parts.length, text })),
    );
  }

  /** The wall clock beside a fact is the trace's own too: what it showed is all that is known. */
  #flush(): void {
    const waiting = this.#queue;
    this.#queue = [];
    for (let i = 0; i < waiting.length; i += APPEND_FACTS) {
      const appended = this.#journal?.append(waiting.slice(i, i + APPEND_FACTS).map((f) => ({ type: f.type, atMs: f.atMs, wallMs: f.atMs, by: f.by, data: f.data as unknown as JsonValue })));
      if (appended?.ok === false) throw new ReconstructionFailed(`the journal cannot be written: ${appended.problem.message.en}`);
    }
  }
}

const wordsOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
