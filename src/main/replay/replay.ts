/**
 * Feeds a trace through conditions, alarms and procedures at full speed, on the trace's own clock. Nothing else moves
 * time, so the same trace gives the same events on any machine.
 */
import { SCAN_DEFAULT_MS } from '../../domain/packs/schema.ts';
import type { PlantPack } from '../../domain/packs/schema.ts';
import { evolveAll } from '../../domain/station/evolve.ts';
import { fact } from '../../domain/station/facts.ts';
import type { Fact } from '../../domain/station/facts.ts';
import { observe } from '../../domain/station/observe.ts';
import { makePlant } from '../../domain/station/plant.ts';
import type { Plant } from '../../domain/station/plant.ts';
import { EMPTY_STATE } from '../../domain/station/state.ts';
import type { StationState } from '../../domain/station/state.ts';
import { conditionEvent, eventsOf } from './events.ts';
import type { ReplayEvent } from './events.ts';
import type { Trace } from './trace.ts';

/** Time passes in steps of at most this between rows, so that deadlines fall where they fall and not at the next row. */
const STEP_MS = 1_000;
/** Steps in one gap between rows; a gap of more than a day goes in longer steps. */
const STEPS_MAX = 86_400;
/** An analog tag that comes at least so often has a cadence of its own; missing it is staleness. */
const CADENCE_SAMPLES_MIN = 3;
/** A tag is stale after so many of its own intervals without a sample. */
const CADENCE_FACTOR = 1.5;

export interface Replay {
  readonly samples: number;
  readonly state: StationState;
  readonly plant: Plant;
}

export function replay(pack: PlantPack, trace: Trace, tell: (event: ReplayEvent) => void): Replay {
  const cadence = cadencesOf(trace);
  const paced = { ...pack, tags: pack.tags.map((tag) => ({ ...tag, scan: Math.max(tag.scan ?? SCAN_DEFAULT_MS, (cadence.byTag.get(tag.id) ?? cadence.rowMs) * CADENCE_FACTOR) })) };
  const plant = makePlant(paced);
  const ownCadence = new Set(cadence.byTag.keys());
  let state = evolveAll(EMPTY_STATE, [fact('link.changed', trace.startMs, null, { phase: 'connected', reason: null })], plant.machines);
  let samples = 0;
  const settle = (nowMs: number): void => {
    const before = state;
    const changes = plant.engine.drain();
    for (const change of changes) if (plant.conditions.get(change.id)?.role === 'input') tell({ t: (change.atMs - trace.startMs) / 1000, time: new Date(change.atMs).toISOString(), ...conditionEvent(plant, change) });
    const observed = observe(plant, state, changes, nowMs);
    state = observed.state;
    tellAll(plant, before, observed.facts, trace.startMs, tell);
  };
  let nowMs = trace.startMs;
  for (const row of trace.rows) {
    const stepMs = Math.max(STEP_MS, Math.ceil((row.atMs - nowMs) / STEPS_MAX));
    for (let t = nowMs + stepMs; t < row.atMs; t += stepMs) {
      plant.engine.advance(t);
      settle(t);
    }
    nowMs = row.atMs;
    // A row shows that the recorder and the link were alive; a tag with a cadence of its own must show it itself.
    plant.engine.alive(nowMs, ownCadence);
    for (const sample of row.samples) plant.engine.push(sample);
    samples += row.samples.length;
    plant.engine.advance(nowMs);
    settle(nowMs);
  }
  const durationMs = nowMs - trace.startMs;
  tell({ t: durationMs / 1000, time: new Date(nowMs).toISOString(), type: 'end', samples, durationMs });
  return { samples, state, plant };
}

function tellAll(plant: Plant, before: StationState, facts: readonly Fact[], startMs: number, tell: (event: ReplayEvent) => void): void {
  let state = before;
  for (const f of facts) {
    const after = evolveAll(state, [f], plant.machines);
    for (const event of eventsOf(plant, state, after, f)) tell({ t: (f.atMs - startMs) / 1000, time: new Date(f.atMs).toISOString(), ...event });
    state = after;
  }
}

/** Median interval of the rows, and of every analog tag that comes regularly. */
function cadencesOf(trace: Trace): { rowMs: number; byTag: ReadonlyMap<string, number> } {
  const times = new Map<string, number[]>();
  for (const row of trace.rows) {
    for (const sample of row.samples) {
      if (typeof sample.value !== 'number' || sample.tag.includes(':')) continue;
      const list = times.get(sample.tag) ?? [];
      list.push(sample.sourceMs);
      times.set(sample.tag, list);
    }
  }
  const byTag = new Map<string, number>();
  for (const [tag, list] of times) if (list.length >= CADENCE_SAMPLES_MIN) byTag.set(tag, medianInterval(list));
  return { rowMs: medianInterval(trace.rows.map((row) => row.atMs)), byTag };
}

function medianInterval(times: readonly number[]): number {
  const intervals = times.slice(1).map((t, i) => t - (times[i] as number)).filter((ms) => ms > 0).sort((a, b) => a - b);
  return intervals[Math.floor(intervals.length / 2)] ?? 0;
}
