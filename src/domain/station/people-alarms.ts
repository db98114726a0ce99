/** Which of the product's own alarms about people and their being seen are wanted now, and which may end. Part of `observe`; pure. */
import { cameraAlarmId, cameraFieldAlarmId, differAlarmId, peopleAlarmId } from '../alarms/own-alarms.ts';
import { isInForce } from '../people/outages.ts';
import { isSeen } from '../people/cameras.ts';
import { DIFFER_MS } from '../people/people.ts';
import type { ZoneDef } from '../packs/schema.ts';
import { ownOf } from '../procedures/course-context.ts';
import { presentStepOf } from '../procedures/machine.ts';
import type { Evidence } from './look-at-alarms.ts';
import { tagCount } from './people-of.ts';
import { procedureOf } from './plant.ts';
import type { Plant } from './plant.ts';
import { EMPTY_ZONE } from './state.ts';
import type { StationState } from './state.ts';

export const peopleAlarmIds = (zone: string): string[] => [peopleAlarmId(zone), differAlarmId(zone), cameraAlarmId(zone), cameraFieldAlarmId(zone)];

export function peopleAlarms(plant: Plant, state: StationState, nowMs: number): Map<string, Evidence> {
  const wanted = new Map<string, Evidence>();
  for (const zone of plant.pack.zones) {
    const record = state.zones[zone.id] ?? EMPTY_ZONE;
    const byTag = tagCount(plant, zone.countTag);
    if (record.state === 'exceeded') wanted.set(peopleAlarmId(zone.id), { sourceMs: nowMs, input: zone.countTag, value: record.count ?? record.entries.length, limit: record.limit });
    if (record.differsSinceMs !== null && nowMs - record.differsSinceMs >= DIFFER_MS) wanted.set(differAlarmId(zone.id), { sourceMs: nowMs, input: zone.countTag, value: byTag, limit: record.entries.length });
    if (isOutOfSight(zone, state)) {
      const evidence = { sourceMs: nowMs, input: lostTag(zone, state), value: null, limit: null };
      // With the link gone nothing is seen, and the link's own alarm says so: not one more for every zone.
      if (state.link === 'connected' && !isPlannedOut(zone, state, nowMs)) wanted.set(cameraAlarmId(zone.id), evidence);
      if (isWorkInside(plant, state, zone, byTag)) wanted.set(cameraFieldAlarmId(zone.id), evidence);
    }
  }
  return wanted;
}

/** An alarm about something that has become unknown stays. */
export function mayEndPeopleAlarm(state: StationState, zone: ZoneDef, id: string, nowMs: number): boolean {
  if (id === peopleAlarmId(zone.id)) return state.zones[zone.id]?.state !== 'unknown';
  return id !== cameraAlarmId(zone.id) || isSeen(zone, state.cameras) || isPlannedOut(zone, state, nowMs);
}

/** Something was heard of its cameras once, and none of them shows the zone. */
const isOutOfSight = (zone: ZoneDef, { cameras }: StationState): boolean => zone.cameras.some(({ id }) => cameras[id] !== undefined) && !isSeen(zone, cameras);

const isPlannedOut = (zone: ZoneDef, { outages }: StationState, nowMs: number): boolean => zone.cameras.length > 0 && zone.cameras.every(({ id }) => outages.some((outage) => outage.camera === id && isInForce(outage, nowMs)));

function lostTag(zone: ZoneDef, { cameras }: StationState): string | null {
  const camera = zone.cameras.find(({ id }) => cameras[id]?.state === 'lost') ?? zone.cameras[0];
  const part = camera === undefined ? undefined : cameras[camera.id]?.parts[0];
  return camera === undefined || part === undefined ? null : { power: camera.powerTag, signal: camera.signalTag, picture: camera.pictureTag, aim: camera.aimTag }[part];
}

/** People are known to be inside, or a step that sends them in is permitted, while the zone is concerned by an abnormal condition. */
function isWorkInside(plant: Plant, state: StationState, zone: ZoneDef, byTag: number | null): boolean {
  const record = state.zones[zone.id] ?? EMPTY_ZONE;
  if (record.stage === 'normal') return false;
  if (record.entries.length > 0 || (byTag !== null && byTag > 0)) return true;
  return state.runs.some((run) => {
    const procedure = procedureOf(plant, run);
    const step = procedure === null ? null : presentStepOf(procedure, run.course);
    return procedure?.people.zones.includes(zone.id) === true && step !== null && ownOf(run.course.context.permits, step.id) !== undefined;
  });
}
