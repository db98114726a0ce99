/** What watches over the people in the field, looked at: cameras, the two counts of a zone, the roll-call of an evacuation. Part of `observe`; pure. */
import { cameraNow } from '../people/cameras.ts';
import { EMPTY_ZONE_ROLL_CALL, isOccupied, isShownEmpty } from '../people/roll-call.ts';
import { tagsOfCamera } from '../people/zone-tags.ts';
import { ownOf } from '../procedures/course-context.ts';
import { fact } from './facts.ts';
import type { Fact } from './facts.ts';
import { tagCount } from './people-of.ts';
import { tagTruth } from './plant.ts';
import type { Plant } from './plant.ts';
import { EMPTY_ZONE } from './state.ts';
import type { StationState } from './state.ts';

export function lookAtCameras(plant: Plant, state: StationState, nowMs: number): Fact[] {
  return plant.pack.zones.flatMap((zone) => zone.cameras.flatMap((camera) => {
    const known = state.cameras[camera.id];
    if (known === undefined && tagsOfCamera(camera).every((tag) => (plant.engine.readingOf(tag)?.sourceMs ?? null) === null)) return []; // nothing was ever heard of it: unknown, which needs no event
    const now = cameraNow(camera, (tag) => tagTruth(plant, tag));
    if (known?.state === now.state && known.parts.join() === now.parts.join()) return [];
    return [fact('camera.changed', nowMs, null, { camera: camera.id, zone: zone.id, ...now })];
  }));
}

/** The larger of the two counts holds (4.2.5); that they differ is said of a zone that is concerned, and lasts while the positioning is not known. */
export function lookAtDiffering(plant: Plant, state: StationState, nowMs: number): Fact[] {
  return plant.pack.zones.flatMap((zone) => {
    const record = state.zones[zone.id] ?? EMPTY_ZONE;
    const byTag = tagCount(plant, zone.countTag);
    const byNames = record.entries.length;
    const was = record.differsSinceMs !== null;
    const now = record.stage !== 'normal' && (byTag === null ? was : Math.round(byTag) !== byNames);
    return now === was ? [] : [fact('people.differing', nowMs, null, { zone: zone.id, differ: now, byTag, byNames })];
  });
}

/** A step that clears people out has begun in a procedure: its zones are to be shown empty. */
function begunEvacuations(plant: Plant, state: StationState, nowMs: number): Fact[] {
  const known = state.rollCall?.because ?? [];
  return state.runs.flatMap((run) => {
    const procedure = plant.procedures.get(run.procedure);
    const zones = procedure?.people.zones ?? [];
    if (procedure === undefined || zones.length === 0) return [];
    return procedure.steps.filter(({ modes }) => modes.includes('evacuation')).flatMap(({ id }) => {
      const record = ownOf(run.course.context.steps, id);
      const because = `${run.instance}/${id}/${String(record?.startedMs ?? 0)}`;
      return record === undefined || known.includes(because) ? [] : [fact('roll-call.opened', nowMs, null, { zones, because })];
    });
  });
}

export function lookAtRollCall(plant: Plant, state: StationState, nowMs: number): Fact[] {
  const begun = begunEvacuations(plant, state, nowMs);
  const { rollCall } = state;
  if (begun.length > 0 || rollCall === null) return begun;
  const isRunning = rollCall.endedMs === null;
  const facts: Fact[] = [];
  const zones = plant.pack.zones.filter(({ id }) => Object.hasOwn(rollCall.zones, id));
  for (const { id, countTag } of zones) {
    const zone = rollCall.zones[id] ?? EMPTY_ZONE_ROLL_CALL;
    const count = tagCount(plant, countTag);
    const signedIn = state.zones[id]?.entries.length ?? 0;
    const voided = isOccupied(count, signedIn) && zone.signed.length > 0;
    const cleared = isRunning ? isShownEmpty(count, signedIn, zone) : zone.cleared && !voided;
    if (voided || cleared !== zone.cleared) facts.push(fact('roll-call.zone', nowMs, null, { zone: id, cleared, voided }));
  }
  // Of a zone that the pack no longer has nothing can be shown: it is no longer asked for.
  if (isRunning && facts.length === 0 && zones.every(({ id }) => rollCall.zones[id]?.cleared === true)) facts.push(fact('roll-call.ended', nowMs, null, {}));
  return facts;
}
