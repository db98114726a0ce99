/** A value never stands alone: value, unit, quality and source time of a tag, result or observation (hmi.md rule 6). */
import type { Reading } from '../../contract/view.ts';
import type { PlantPack } from '../../domain/packs/schema.ts';
import type { Plant } from '../../domain/station/plant.ts';

const units = new WeakMap<PlantPack, ReadonlyMap<string, string>>();

/** Units by tag and laboratory result: asked for with every reading shown, looked up once. */
function unitsOf(pack: PlantPack): ReadonlyMap<string, string> {
  const known = units.get(pack);
  if (known !== undefined) return known;
  const found = new Map([...pack.tags.flatMap((tag) => ('unit' in tag ? [[tag.id, tag.unit] as const] : [])), ...pack.labs.map(({ id, unit }) => [`lab:${id}`, unit] as const)]);
  units.set(pack, found);
  return found;
}

export function readingOf(plant: Plant, tag: string): Reading {
  const unit = unitsOf(plant.pack).get(tag);
  const reading = plant.engine.readingOf(tag);
  return {
    tag,
    value: typeof reading?.value === 'number' && !Number.isFinite(reading.value) ? null : (reading?.value ?? null),
    quality: reading?.quality ?? 'bad',
    sourceMs: reading?.sourceMs == null ? null : Math.max(0, Math.round(reading.sourceMs)),
    ...(unit === undefined ? {} : { unit }),
  };
}

/** What a tag shows as the triggers of scenarios read it: a state by its word, and null for everything that is not good. */
export function shownBy(plant: Pick<Plant, 'engine' | 'pack'>): (name: string) => number | boolean | string | null {
  const states = new Map(plant.pack.tags.flatMap((tag) => ('states' in tag ? [[tag.id, tag.states] as const] : [])));
  return (name) => {
    const reading = plant.engine.readingOf(name);
    if (reading?.quality !== 'good') return null;
    return (typeof reading.value === 'number' ? states.get(name)?.[reading.value] : undefined) ?? reading.value;
  };
}
