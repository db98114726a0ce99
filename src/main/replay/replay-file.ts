/**
 * Streams a trace from its file through the station's heart, in constant memory: what is held at any moment is one chunk
 * of the file, the queue that puts late rows in order, and the state of the plant.
 */
import { open } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { PlantPack } from '../../domain/packs/schema.ts';
import type { ReplayEvent } from './events.ts';
import type { InstantQueue } from './instant.ts';
import { Replayer } from './replay.ts';
import type { ReplayKeeper } from './replay.ts';
import { TraceReader } from './trace-reader.ts';
import type { TraceOptions, TraceProblem } from './trace-reader.ts';

/** Bytes read at a time. */
export const CHUNK_BYTES = 1_048_576;
/** Between so many samples others get their turn: Ctrl-C, the progress line, a reader of our output. */
const TURN_SAMPLES = 65_536;

export interface ReplayProgress {
  readonly bytes: number;
  /** Size of the file; 0 where it has none, such as a pipe. */
  readonly ofBytes: number;
  readonly samples: number;
  readonly rows: number;
  /** Time reached in the trace, and its beginning; null before the first row. */
  readonly nowMs: number | null;
  readonly startMs: number | null;
}

export interface ReplayFileOptions extends TraceOptions {
  readonly tell: (event: ReplayEvent) => void;
  /** Asked between moments of the trace: a promise to wait for while what was told has not gone out. */
  readonly untilTold?: () => Promise<void> | null;
  readonly onProgress?: (progress: ReplayProgress) => void;
  readonly signal?: AbortSignal;
  readonly keeper?: ReplayKeeper;
  /** The bytes as they are read. */
  readonly onChunk?: (bytes: Uint8Array) => void;
  /** Other limits than the product's, for tests. */
  readonly queue?: InstantQueue;
}

export type ReplayOutcome =
  | { readonly outcome: 'done'; readonly progress: ReplayProgress }
  | { readonly outcome: 'cancelled'; readonly progress: ReplayProgress }
  | { readonly outcome: 'refused'; readonly problems: readonly TraceProblem[] };

/** Reads to the end unless the trace is refused or the signal ends it. What had been told before stays told. */
export async function replayFile(file: string, pack: PlantPack, options: ReplayFileOptions): Promise<ReplayOutcome> {
  let handle: FileHandle;
  try {
    handle = await open(file, 'r');
  } catch (error) {
    return unreadable(error);
  }
  try {
    return await new FileReplay(handle, pack, options).run();
  } catch (error) {
    if (error instanceof Error && 'syscall' in error) return unreadable(error);
    throw error;
  } finally {
    await handle.close();
  }
}

const unreadable = (error: unknown): ReplayOutcome => ({ outcome: 'refused', problems: [{ line: 1, column: 1, message: `the file cannot be read: ${error instanceof Error ? error.message : String(error)}; expected a CSV trace` }] });

class FileReplay {
  readonly #handle: FileHandle;
  readonly #pack: PlantPack;
  readonly #options: ReplayFileOptions;
  readonly #reader: TraceReader;
  #replayer: Replayer | null = null;
  #bytes = 0;
  #ofBytes = 0;
  #turn = TURN_SAMPLES;

  constructor(handle: FileHandle, pack: PlantPack, options: ReplayFileOptions) {
    this.#handle = handle;
    this.#pack = pack;
    this.#options = options;
    this.#reader = new TraceReader(pack, options, options.queue === undefined ? {} : { queue: options.queue });
  }

  async run(): Promise<ReplayOutcome> {
    const { signal } = this.#options;
    const stat = await this.#handle.stat();
    this.#ofBytes = stat.isFile() ? stat.size : 0;
    const chunk = Buffer.alloc(CHUNK_BYTES);
    for (;;) {
      const { bytesRead } = await this.#handle.read(chunk, 0, CHUNK_BYTES, null);
      this.#bytes += bytesRead;
      this.#options.onChunk?.(chunk.subarray(0, bytesRead));
      if (bytesRead === 0) this.#reader.end();
      else this.#reader.push(chunk.subarray(0, bytesRead));
      await this.#feed();
      if (signal?.aborted === true) return { outcome: 'cancelled', progress: this.#progress() };
      if (bytesRead === 0 || this.#reader.isStopped) break;
    }
    if (this.#reader.problems.length > 0) return { outcome: 'refused', problems: this.#reader.problems };
    this.#replayer?.end();
    return { outcome: 'done', progress: this.#progress() };
  }

  /** Everything that is ripe. After a problem nothing more is fed; the rest of the file is only looked at for more problems. */
  async #feed(): Promise<void> {
    const { queue } = this.#reader;
    while (this.#reader.problems.length === 0 && this.#options.signal?.aborted !== true) {
      if (queue.isHead) return;
      this.#replayer ??= new Replayer(this.#pack, this.#reader.channels, queue.waiting, this.#reader.startMs ?? 0, this.#options.tell, this.#options.keeper);
      const instant = queue.take();
      if (instant === null) return;
      this.#replayer.feed(instant);
      this.#turn -= instant.count + 1;
      queue.giveBack(instant);
      const wait = this.#options.untilTold?.() ?? null;
      if (wait !== null) await wait;
      if (this.#turn <= 0) await this.#yield();
    }
  }

  async #yield(): Promise<void> {
    this.#turn = TURN_SAMPLES;
    this.#options.onProgress?.(this.#progress());
    await nextTurn();
  }

  #progress(): ReplayProgress {
    const { rows, startMs } = this.#reader;
    return { bytes: this.#bytes, ofBytes: this.#ofBytes, samples: this.#replayer?.samples ?? 0, rows, nowMs: this.#replayer?.nowMs ?? null, startMs };
  }
}
