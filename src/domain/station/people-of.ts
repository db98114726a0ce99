/** Who is where, as the state and the positioning tags say; shared by what observes and what decides. */
import { headCount } from '../people/people.ts';
import type { Plant } from './plant.ts';
import type { StationState } from './state.ts';

/** Limits of the procedures that now concern a zone. */
export function procedureLimits(plant: Plant, state: StationState, zone: string): number[] {
  return state.runs.flatMap((run) => {
    const people = plant.procedures.get(run.procedure)?.people;
    return people !== undefined && people.zones.includes(zone) ? [people.limit] : [];
  });
}

/** The head count by the positioning system; null when it is not known. */
export function tagCount(plant: Plant, tag: string): number | null {
  const reading = plant.engine.readingOf(tag);
  return reading !== null && reading.quality === 'good' && typeof reading.value === 'number' ? reading.value : null;
}

/** Head count of a zone from both sources; null = not known, which is not zero. */
export function zoneCount(plant: Plant, state: StationState, zoneId: string): number | null {
  const zone = plant.pack.zones.find((each) => each.id === zoneId);
  return zone === undefined ? null : headCount(tagCount(plant, zone.countTag), state.zones[zoneId]?.entries ?? []);
}
