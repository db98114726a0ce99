/** Replay in its plainest form: the whole trace in memory, and a look at the plant at every moment and at every step between. */
import type { PlantPack } from '../../../src/domain/packs/schema.ts';
import { SCAN_DEFAULT_MS } from '../../../src/domain/packs/schema.ts';
import type { Sample } from '../../../src/domain/samples/sample.ts';
import { withoutTerm } from '../../../src/domain/authority/matrix.ts';
import { evolveAll } from '../../../src/domain/station/evolve.ts';
import { fact } from '../../../src/domain/station/facts.ts';
import { observe } from '../../../src/domain/station/observe.ts';
import { makePlant } from '../../../src/domain/station/plant.ts';
import { EMPTY_STATE } from '../../../src/domain/station/state.ts';
import { conditionEvent, eventsOf } from '../../../src/main/replay/events.ts';
import type { ReplayEvent } from '../../../src/main/replay/events.ts';

interface Row {
  readonly atMs: number;
  readonly samples: readonly Sample[];
}

/** Rows of one time are one moment. */
function momentsOf(rows: readonly Row[]): Row[] {
  const moments = new Map<number, Sample[]>();
  for (const { atMs, samples } of rows) moments.set(atMs, [...(moments.get(atMs) ?? []), ...samples]);
  return [...moments].map(([atMs, samples]) => ({ atMs, samples })).sort((a, b) => a.atMs - b.atMs);
}

const median = (times: readonly number[]): number => {
  const intervals = times.slice(1).map((t, i) => t - (times[i] ?? 0)).filter((ms) => ms > 0).sort((a, b) => a - b);
  return intervals[Math.floor(intervals.length / 2)] ?? 0;
};

export function referenceReplay(pack: PlantPack, rows: readonly Row[], startMs: number): ReplayEvent[] {
  const events: ReplayEvent[] = [];
  const moments = momentsOf(rows);
  const numbers = moments.flatMap(({ samples }) => samples).filter(({ value, tag }) => typeof value === 'number' && !tag.includes(':'));
  const cadence = new Map(Map.groupBy(numbers, ({ tag }) => tag).entries().flatMap(([tag, list]) => (list.length >= 3 ? [[tag, median(list.map(({ sourceMs }) => sourceMs))] as const] : [])));
  const rowMs = median(moments.map(({ atMs }) => atMs));
  const plant = makePlant({ ...pack, authority: withoutTerm(pack.authority), tags: pack.tags.map((tag) => ({ ...tag, scan: Math.max(tag.scan ?? SCAN_DEFAULT_MS, (cadence.get(tag.id) ?? rowMs) * 1.5) })) });
  let state = evolveAll(EMPTY_STATE, [fact('link.changed', startMs, null, { phase: 'connected', reason: null })], plant.machines);
  const tell = (atMs: number, event: ReturnType<typeof conditionEvent>): void => { events.push({ t: (atMs - startMs) / 1000, time: new Date(atMs).toISOString(), ...event }); };
  const look = (nowMs: number): void => {
    const changes = plant.engine.drain();
    for (const change of changes) if (plant.conditions.get(change.id)?.role === 'input') tell(change.atMs, conditionEvent(plant, change));
    const { facts } = observe(plant, state, changes, nowMs);
    for (const f of facts) {
      const after = evolveAll(state, [f], plant.machines);
      for (const event of eventsOf(plant, state, after, f)) tell(f.atMs, event);
      state = after;
    }
  };
  let nowMs = startMs;
  let samples = 0;
  for (const moment of moments) {
    const stepMs = Math.max(1_000, Math.ceil((moment.atMs - nowMs) / 86_400));
    for (let t = nowMs + stepMs; t < moment.atMs; t += stepMs) {
      plant.engine.advance(t);
      look(t);
    }
    nowMs = moment.atMs;
    plant.engine.alive(nowMs, new Set(cadence.keys()));
    for (const sample of moment.samples) plant.engine.push(sample);
    plant.engine.advance(nowMs);
    look(nowMs);
    samples += moment.samples.length;
  }
  events.push({ t: (nowMs - startMs) / 1000, time: new Date(nowMs).toISOString(), type: 'end', samples, durationMs: nowMs - startMs });
  return events;
}
