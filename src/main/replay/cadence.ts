/**
 * How often the tags of a trace come, so that it can be told when one has gone silent (decision 0007): from the head of
 * the trace, and for tags that are rare in it from their first three samples afterwards.
 */
import type { PlantPack } from '../../domain/packs/schema.ts';
import { SCAN_DEFAULT_MS } from '../../domain/packs/schema.ts';
import { KIND } from './channels-of-trace.ts';
import type { TraceChannel } from './channels-of-trace.ts';
import type { TraceSamples } from './instant.ts';

/** An analog tag that comes at least so often has a cadence of its own; missing it is staleness. */
const CADENCE_SAMPLES_MIN = 3;
/** Scan times are set to so many intervals; a tag is stale after two scan times, so after three of its intervals. */
const CADENCE_FACTOR = 1.5;

export class Cadences {
  /** Tags with a cadence of their own: a row without them says nothing of them. */
  readonly own = new Set<string>();
  /** Median interval of the rows, ms. */
  readonly rowMs: number;
  readonly #channels: readonly TraceChannel[];
  readonly #declared: ReadonlyMap<string, number>;
  readonly #scanMs: Map<string, number>;
  /** Times of the samples of tags whose cadence is not known yet. */
  readonly #young: (number[] | null)[];
  #youngLeft: number;

  constructor(pack: PlantPack, channels: readonly TraceChannel[], head: readonly TraceSamples[]) {
    this.#channels = channels;
    const times = channels.map(({ isMeasured }): number[] | null => (isMeasured ? [] : null));
    for (const at of head) {
      for (let i = 0; i < at.count; i += 1) if (at.kinds[i] === KIND.number) times[at.channels[i] as number]?.push(at.atMs);
    }
    this.rowMs = medianInterval(head.map(({ atMs }) => atMs));
    this.#scanMs = new Map(pack.tags.map((tag) => [tag.id, Math.max(tag.scan ?? SCAN_DEFAULT_MS, this.rowMs * CADENCE_FACTOR)]));
    this.#declared = new Map(pack.tags.map((tag) => [tag.id, tag.scan ?? SCAN_DEFAULT_MS]));
    this.#young = times.map((list) => (list !== null && list.length < CADENCE_SAMPLES_MIN ? list : null));
    this.#youngLeft = this.#young.filter((list) => list !== null).length;
    times.forEach((list, channel) => { if (list !== null && list.length >= CADENCE_SAMPLES_MIN) this.#settle(channel, list); });
  }

  /** Scan time of a tag, ms: its own, or what its cadence in this trace asks for. */
  scanMsOf(tag: string): number | undefined {
    return this.#scanMs.get(tag);
  }

  /** Takes the samples that follow the head. @returns tags whose scan time is now known */
  learn(at: TraceSamples): string[] {
    if (this.#youngLeft === 0) return [];
    const learnt: string[] = [];
    for (let i = 0; i < at.count; i += 1) {
      const channel = at.channels[i] as number;
      const list = this.#young[channel];
      if (!list || at.kinds[i] !== KIND.number) continue;
      list.push(at.atMs);
      if (list.length < CADENCE_SAMPLES_MIN) continue;
      this.#young[channel] = null;
      this.#youngLeft -= 1;
      learnt.push(this.#settle(channel, list));
    }
    return learnt;
  }

  #settle(channel: number, times: readonly number[]): string {
    const { id } = this.#channels[channel] as TraceChannel;
    this.own.add(id);
    this.#scanMs.set(id, Math.max(this.#declared.get(id) ?? SCAN_DEFAULT_MS, medianInterval(times) * CADENCE_FACTOR));
    return id;
  }
}

function medianInterval(times: readonly number[]): number {
  const intervals = new Float64Array(times.length);
  let count = 0;
  for (let i = 1; i < times.length; i += 1) {
    const ms = (times[i] as number) - (times[i - 1] as number);
    if (ms > 0) intervals[count++] = ms;
  }
  return count === 0 ? 0 : (intervals.subarray(0, count).sort()[Math.floor(count / 2)] as number);
}
