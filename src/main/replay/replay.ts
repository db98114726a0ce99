/**
 * Feeds a trace through conditions, alarms and procedures at full speed, on the trace's own clock. Nothing else moves
 * time, so the same trace gives the same events on any machine.
 */
import type { PlantPack } from '../../domain/packs/schema.ts';
import { isDue, restAfter } from '../../domain/station/due.ts';
import type { Rest } from '../../domain/station/due.ts';
import { evolveAll } from '../../domain/station/evolve.ts';
import { fact } from '../../domain/station/facts.ts';
import type { Fact } from '../../domain/station/facts.ts';
import { observe } from '../../domain/station/observe.ts';
import { withoutTerm } from '../../domain/authority/matrix.ts';
import { makePlant } from '../../domain/station/plant.ts';
import type { Plant } from '../../domain/station/plant.ts';
import { EMPTY_STATE } from '../../domain/station/state.ts';
import type { StationState } from '../../domain/station/state.ts';
import { Cadences } from './cadence.ts';
import type { TraceChannel } from './channels-of-trace.ts';
import { conditionEvent, eventsOf } from './events.ts';
import type { ReplayEvent } from './events.ts';
import type { TraceSamples } from './instant.ts';
import type { Trace } from './trace.ts';

/** Time passes in steps of at most this between rows, so that deadlines fall where they fall and not at the next row. */
const STEP_MS = 1_000;
/** Steps in one gap between rows; a gap of more than a day goes in longer steps. */
const STEPS_MAX = 86_400;

/** Told of everything, for whoever keeps it. */
export interface ReplayKeeper {
  readonly facts: (facts: readonly Fact[]) => void;
  /** The samples of one moment, after what followed from them. */
  readonly samples: (channels: readonly TraceChannel[], at: TraceSamples) => void;
}

export interface Replay {
  readonly samples: number;
  readonly state: StationState;
  readonly plant: Plant;
}

/** A whole trace, its head being all of it. */
export function replay(pack: PlantPack, trace: Trace, tell: (event: ReplayEvent) => void): Replay {
  const replayer = new Replayer(pack, trace.channels, trace.instants, trace.startMs, tell);
  for (const instant of trace.instants) replayer.feed(instant);
  return replayer.end();
}

export class Replayer {
  readonly plant: Plant;
  readonly #cadences: Cadences;
  readonly #startMs: number;
  readonly #tell: (event: ReplayEvent) => void;
  readonly #channels: readonly TraceChannel[];
  readonly #keeper: ReplayKeeper | undefined;
  #state: StationState;
  #rest: Rest | null = null;
  #nowMs: number;
  #samples = 0;
  #looks = 0;
  /** The source times of one moment, all the same. */
  #times = new Float64Array(0);
  /** Instants of the head are known to the cadences already. */
  #headLeft: number;

  /**
   * @param head the first instants of the trace, from which cadences are learnt; they are fed all the same
   * @param startMs time of the first row of the file, from which `t` counts
   */
  constructor(pack: PlantPack, channels: readonly TraceChannel[], head: readonly TraceSamples[], startMs: number, tell: (event: ReplayEvent) => void, keeper?: ReplayKeeper) {
    const cadences = new Cadences(pack, channels, head);
    this.plant = makePlant({ ...pack, authority: withoutTerm(pack.authority), tags: pack.tags.map((tag) => ({ ...tag, scan: cadences.scanMsOf(tag.id) })) });
    if (channels.some(({ id }, i) => this.plant.engine.channels.indexOf(id) !== i)) throw new Error('broken invariant: trace and engine number their channels differently');
    this.#cadences = cadences;
    this.#headLeft = head.length;
    this.#startMs = startMs;
    this.#nowMs = startMs;
    this.#tell = tell;
    this.#channels = channels;
    this.#keeper = keeper;
    const first = [fact('link.changed', startMs, null, { phase: 'connected', reason: null })];
    this.#state = evolveAll(EMPTY_STATE, first, this.plant.machines);
    keeper?.facts(first);
  }

  get samples(): number {
    return this.#samples;
  }

  get nowMs(): number {
    return this.#nowMs;
  }

  /** How often the plant was looked at; the cost of a quiet row is that it is not. */
  get looks(): number {
    return this.#looks;
  }

  /** The samples of the next moment; moments come in order of time. */
  feed(at: TraceSamples): void {
    const { engine } = this.plant;
    this.#passTime(at.atMs);
    this.#nowMs = at.atMs;
    // A row shows that the recorder and the link were alive; a tag with a cadence of its own must show it itself.
    engine.alive(at.atMs, this.#cadences.own);
    if (this.#headLeft > 0) this.#headLeft -= 1;
    else this.#learn(at);
    if (this.#times.length < at.count) this.#times = new Float64Array(at.channels.length);
    this.#times.fill(at.atMs, 0, at.count);
    engine.pushColumns({ channels: at.channels, values: at.numbers, status: at.statuses, sourceMs: this.#times, receivedMs: at.atMs, count: at.count });
    this.#samples += at.count;
    engine.advance(at.atMs);
    this.#settle(at.atMs);
    this.#keeper?.samples(this.#channels, at);
  }

  end(): Replay {
    const durationMs = this.#nowMs - this.#startMs;
    this.#tell({ t: durationMs / 1000, time: new Date(this.#nowMs).toISOString(), type: 'end', samples: this.#samples, durationMs });
    return { samples: this.#samples, state: this.#state, plant: this.plant };
  }

  /** Up to, and without, the next row. */
  #passTime(untilMs: number): void {
    const stepMs = Math.max(STEP_MS, Math.ceil((untilMs - this.#nowMs) / STEPS_MAX));
    for (let t = this.#nowMs + stepMs; t < untilMs; t += stepMs) {
      this.plant.engine.advance(t);
      this.#settle(t);
    }
  }

  #learn(at: TraceSamples): void {
    for (const tag of this.#cadences.learn(at)) this.plant.engine.slowDown(tag, this.#cadences.scanMsOf(tag) ?? 0);
  }

  #settle(nowMs: number): void {
    const before = this.#state;
    const changes = this.plant.engine.drain();
    if (!isDue(this.plant, this.#rest, before, changes.length, nowMs)) return;
    this.#looks += 1;
    for (const change of changes) if (this.plant.conditions.get(change.id)?.role === 'input') this.#tellAt(change.atMs, conditionEvent(this.plant, change));
    const observed = observe(this.plant, before, changes, nowMs);
    this.#state = observed.state;
    this.#rest = restAfter(this.plant, observed.state, nowMs);
    this.#tellFacts(before, observed.facts);
    this.#keeper?.facts(observed.facts);
  }

  #tellFacts(before: StationState, facts: readonly Fact[]): void {
    let state = before;
    for (const f of facts) {
      const after = evolveAll(state, [f], this.plant.machines);
      for (const event of eventsOf(this.plant, state, after, f)) this.#tellAt(f.atMs, event);
      state = after;
    }
  }

  #tellAt(atMs: number, event: ReturnType<typeof conditionEvent>): void {
    this.#tell({ t: (atMs - this.#startMs) / 1000, time: new Date(atMs).toISOString(), ...event });
  }
}
