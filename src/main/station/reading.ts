/** A value never stands alone: value, unit, quality and source time of a tag, result or observation (hmi.md rule 6). */
import type { Reading } from '../../contract/view.ts';
import type { Plant } from '../../domain/station/plant.ts';

export function readingOf(plant: Plant, tag: string): Reading {
  const def = plant.pack.tags.find((t) => t.id === tag);
  const lab = tag.startsWith('lab:') ? plant.pack.labs.find((l) => `lab:${l.id}` === tag) : undefined;
  const unit = def !== undefined && 'unit' in def ? def.unit : lab?.unit;
  const reading = plant.engine.readingOf(tag);
  return {
    tag,
    value: typeof reading?.value === 'number' && !Number.isFinite(reading.value) ? null : (reading?.value ?? null),
    quality: reading?.quality ?? 'bad',
    sourceMs: reading?.sourceMs == null ? null : Math.max(0, Math.round(reading.sourceMs)),
    ...(unit === undefined ? {} : { unit }),
  };
}
