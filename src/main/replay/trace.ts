/** A small trace as a whole, from text; for tests and tools. `haven replay` streams (replay-file.ts). */
import type { PlantPack } from '../../domain/packs/schema.ts';
import type { TraceChannel } from './channels-of-trace.ts';
import { InstantQueue } from './instant.ts';
import type { TraceSamples } from './instant.ts';
import { TraceReader } from './trace-reader.ts';
import type { TraceOptions, TraceProblem } from './trace-reader.ts';

export type { TraceOptions, TraceProblem } from './trace-reader.ts';

export interface Trace {
  readonly channels: readonly TraceChannel[];
  /** In order of time, one for each. */
  readonly instants: readonly TraceSamples[];
  readonly startMs: number;
}

export type TraceResult = { readonly ok: true; readonly trace: Trace } | { readonly ok: false; readonly problems: readonly TraceProblem[] };

export function parseTrace(text: string | Uint8Array, pack: PlantPack, options: TraceOptions): TraceResult {
  const all = Number.POSITIVE_INFINITY;
  const reader = new TraceReader(pack, options, { queue: new InstantQueue({ headSamples: all, heldMax: all }) });
  reader.push(typeof text === 'string' ? Buffer.from(text) : text);
  reader.end();
  if (reader.problems.length > 0 || reader.startMs === null) return { ok: false, problems: reader.problems };
  return { ok: true, trace: { channels: reader.channels, instants: reader.queue.waiting, startMs: reader.startMs } };
}
