/** Checks of what watches over the people in a zone: cameras (V.1), fence (V.4), protective equipment (4.3.4). */
import type { ZoneDef } from '../../domain/packs/schema.ts';
import { duplicates } from './check-plant.ts';
import type { Item } from './draft.ts';
import type { PlantCheck } from './plant-check.ts';

const CAMERA_TAGS = ['signalTag', 'pictureTag', 'aimTag', 'powerTag'] as const;

const camerasOf = (zone: Item<ZoneDef>): Item<ZoneDef['cameras'][number]>[] => zone.value.cameras.map((value, index) => ({ value, source: zone.source, path: [...zone.path, 'cameras', index] }));

export const camerasShow: PlantCheck = (plant, names, report) => {
  for (const zone of plant.zones) {
    if (zone.value.cameras.length === 0) report.warning(zone, ['id'], `zone ${zone.value.id} has no camera, so that every field step there is refused in an upset (V.1); expected 'cameras'`);
    for (const camera of camerasOf(zone)) {
      const asked = new Set<string>();
      for (const key of CAMERA_TAGS) {
        const id = camera.value[key];
        const tag = names.tags.get(id);
        if (tag === undefined) report.error(camera, [key], names.lacking('tag', id));
        else if (tag.kind !== 'boolean') report.error(camera, [key], `tag ${id} is of kind ${tag.kind}; expected a boolean tag, true while that part of the camera is as it should be`);
        else if (asked.has(id)) report.error(camera, [key], `tag ${id} tells of two parts of camera ${camera.value.id}; expected a tag for each part`);
        asked.add(id);
      }
    }
  }
  duplicates('camera', plant.zones.flatMap(camerasOf), report);
};

export const fencesAlarm: PlantCheck = (plant, names, report) => {
  for (const zone of plant.zones) {
    const { id, fenceTag } = zone.value;
    if (fenceTag === undefined) continue;
    const tag = names.tags.get(fenceTag);
    if (tag === undefined) report.error(zone, ['fenceTag'], names.lacking('tag', fenceTag));
    else if (tag.kind !== 'boolean') report.error(zone, ['fenceTag'], `tag ${fenceTag} is of kind ${tag.kind}; expected a boolean tag, true while the fence is broken`);
    else if (tag.service !== 'intrusion') report.warning(zone, ['fenceTag'], `the fence of zone ${id} has no alarm of its own (V.4); expected 'service: intrusion' at tag ${fenceTag}`);
  }
};

export const protectionIsKnown: PlantCheck = (plant, names, report) => {
  for (const zone of plant.zones) {
    for (const [index, id] of zone.value.protection.entries()) {
      if (!names.has('protection', id)) report.error(zone, ['protection', index], names.lacking('protection', id));
      else if (zone.value.protection.indexOf(id) < index) report.error(zone, ['protection', index], `protection '${id}' stands twice at zone ${zone.value.id}; expected every item once`);
    }
  }
};
