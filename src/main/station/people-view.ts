/** The People section: zones, counts, who is inside, who sees them, and the roll-call. */
import type { CameraView, ZoneRollCallView, ZoneView } from '../../contract/people-view.ts';
import type { PeopleSection } from '../../contract/view.ts';
import { FALSE, TRUE, UNKNOWN } from '../../domain/conditions/truth.ts';
import type { Truth } from '../../domain/conditions/truth.ts';
import type { CameraDef, ZoneDef } from '../../domain/packs/schema.ts';
import { isSeen } from '../../domain/people/cameras.ts';
import { isInForce, isOpen } from '../../domain/people/outages.ts';
import type { Outage } from '../../domain/people/outages.ts';
import { headCount } from '../../domain/people/people.ts';
import type { Entry } from '../../domain/people/people.ts';
import { openZonesOf } from '../../domain/people/roll-call.ts';
import { CAMERA_PARTS, partTag } from '../../domain/people/zone-tags.ts';
import { demandsProtection, enterVerdict } from '../../domain/station/gates/verdicts.ts';
import { tagCount } from '../../domain/station/people-of.ts';
import { tagTruth } from '../../domain/station/plant.ts';
import type { Plant } from '../../domain/station/plant.ts';
import { EMPTY_ZONE } from '../../domain/station/state.ts';
import type { StationState } from '../../domain/station/state.ts';
import { readingOf } from './reading.ts';

/** The contract's own limits. */
const OUTAGES_SHOWN = 20;
const SIGNATURES_SHOWN = 50;

export function peopleSection(plant: Plant, state: StationState, nowMs: number): PeopleSection {
  return { zones: plant.pack.zones.map((zone) => zoneView(plant, state, zone, nowMs)), rollCall: rollCallView(plant, state), commander: state.commander, watch: state.watch };
}

function zoneView(plant: Plant, state: StationState, zone: ZoneDef, nowMs: number): ZoneView {
  const record = state.zones[zone.id] ?? EMPTY_ZONE;
  const counted = tagCount(plant, zone.countTag);
  return {
    id: zone.id, title: zone.title,
    reading: readingOf(plant, zone.countTag),
    entries: record.entries.slice(0, 50).map((entry) => entryView(plant, entry)),
    count: headCount(counted, record.entries),
    byTag: counted === null ? null : Math.max(0, Math.round(counted)),
    byNames: record.entries.length,
    differsSinceMs: record.differsSinceMs,
    limit: record.limit, stage: record.stage, state: record.state,
    enter: enterVerdict(plant, state, zone.id, nowMs),
    protection: zone.protection.map((id) => ({ id, title: titleOf(plant, id) })),
    protectionDemanded: demandsProtection(plant, state, zone.id),
    isSeen: isSeen(zone, state.cameras),
    cameras: zone.cameras.map((camera) => cameraView(plant, state, camera, nowMs)),
    fence: zone.fenceTag === undefined ? null : { state: FENCE[tagTruth(plant, zone.fenceTag)], reading: readingOf(plant, zone.fenceTag) },
    waysOut: [...zone.waysOut],
    rollCall: zoneRollCallView(state, zone.id, counted),
  };
}

const FENCE: Readonly<Record<Truth, 'whole' | 'broken' | 'unknown'>> = { [FALSE]: 'whole', [TRUE]: 'broken', [UNKNOWN]: 'unknown' };
const PART: Readonly<Record<Truth, 'good' | 'lost' | 'unknown'>> = { [FALSE]: 'lost', [TRUE]: 'good', [UNKNOWN]: 'unknown' };

const titleOf = (plant: Plant, id: string) => plant.pack.protection.find((item) => item.id === id)?.title ?? { zh: id, en: id };

function entryView(plant: Plant, { id, name, task, part, gasDetector, confirmed, protection, atMs }: Entry): ZoneView['entries'][number] {
  const words = confirmed.map((item) => titleOf(plant, item));
  return { id, name, task, part, gasDetector, atMs, protection: words.length === 0 && protection !== '' ? [{ zh: protection, en: protection }] : words };
}

/** As it reads now, part by part: the state that is told is that of the last look. */
function cameraView(plant: Plant, state: StationState, camera: CameraDef, nowMs: number): CameraView {
  return {
    id: camera.id, title: camera.title, state: state.cameras[camera.id]?.state ?? 'unknown',
    parts: CAMERA_PARTS.map((part) => ({ part, state: PART[tagTruth(plant, partTag(camera, part))], reading: readingOf(plant, partTag(camera, part)) })),
    outages: state.outages.filter((outage) => outage.camera === camera.id && isOpen(outage, nowMs)).slice(0, OUTAGES_SHOWN)
      .map((outage) => outageView(outage, nowMs)),
  };
}

const outageView = (outage: Outage, nowMs: number): CameraView['outages'][number] => {
  const { id, reason, fromMs, untilMs, report, by } = outage;
  return { id, reason, fromMs, untilMs, report, by, inForce: isInForce(outage, nowMs) };
};

function zoneRollCallView({ rollCall, zones }: StationState, id: string, counted: number | null): ZoneRollCallView | null {
  const zone = rollCall !== null && Object.hasOwn(rollCall.zones, id) ? rollCall.zones[id] : undefined;
  if (zone === undefined) return null;
  return {
    cleared: zone.cleared, positioning: counted === null ? 'unknown' : counted > 0 ? 'occupied' : 'zero', signedIn: zones[id]?.entries.length ?? 0,
    signed: zone.signed.slice(0, SIGNATURES_SHOWN).map(({ name, atMs }) => ({ name, atMs })),
  };
}

function rollCallView(plant: Plant, { rollCall }: StationState): PeopleSection['rollCall'] {
  if (rollCall === null) return null;
  const asked = plant.pack.zones.filter(({ id }) => Object.hasOwn(rollCall.zones, id));
  const open = new Set(openZonesOf(rollCall));
  const left = asked.filter(({ id }) => open.has(id)).map(({ id, title }) => ({ zone: id, title }));
  return { openedMs: rollCall.openedMs, endedMs: rollCall.endedMs, of: asked.length, cleared: asked.length - left.length, open: left };
}
