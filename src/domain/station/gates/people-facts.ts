/** What the gates read of people: the zones of the work, and what is known of one person's going in. */
import type { Text } from '../../../contract/text.ts';
import { NO_ENTRANT } from '../../gates/gate-facts.ts';
import type { EntryFacts, GateFacts } from '../../gates/gate-facts.ts';
import { isSeen } from '../../people/cameras.ts';
import { openZonesOf } from '../../people/roll-call.ts';
import { isSame } from '../../people/same-words.ts';
import { partWords } from '../../people/zone-words.ts';
import type { ZoneDef } from '../../packs/schema.ts';
import type { Plant } from '../plant.ts';
import { EMPTY_ZONE } from '../state.ts';
import type { StationState } from '../state.ts';

export function zoneFacts(plant: Plant, state: StationState, zones: readonly string[]): GateFacts['zones'] {
  return zones.flatMap((id) => {
    const zone = plant.pack.zones.find((z) => z.id === id);
    if (zone === undefined) return [];
    const record = state.zones[id] ?? EMPTY_ZONE;
    return [{ id, title: zone.title, stage: record.stage, state: record.state, count: record.count, limit: record.limit }];
  });
}

/** One person who is about to go in, as the form has it. */
export interface Entrant {
  readonly task: string;
  readonly part: string;
  readonly gasDetector: string;
  /** Ids of the zone's protective equipment. */
  readonly confirmed: readonly string[];
}

/** In normal running equipment and detector are recorded and not demanded; a task and a part of one's own always are. */
export function entrantFacts(plant: Plant, state: StationState, zone: ZoneDef, entrant: Entrant | null, isAbnormal: boolean): Pick<EntryFacts, keyof typeof NO_ENTRANT> {
  if (entrant === null) return NO_ENTRANT;
  const inside = (state.zones[zone.id] ?? EMPTY_ZONE).entries;
  const same = inside.find(({ part, task }) => part !== '' && isSame(part, entrant.part) && !isSame(task, entrant.task));
  const titles = new Map(plant.pack.protection.map(({ id, title }) => [id, title]));
  return {
    hasTask: entrant.task.trim() !== '',
    samePart: same === undefined ? null : { name: same.name, part: same.part },
    protectionMissing: isAbnormal ? zone.protection.filter((id) => !entrant.confirmed.includes(id)).map((id) => titles.get(id) ?? { zh: id, en: id }) : [],
    hasGasDetector: !isAbnormal || entrant.gasDetector.trim() !== '',
  };
}

/** Zones that no camera shows, with what is wrong with each camera (V.1). */
export function unseenFacts(plant: Plant, state: StationState, zones: readonly string[]): GateFacts['unseen'] {
  return zones.flatMap((id) => {
    const zone = plant.pack.zones.find((each) => each.id === id);
    return zone === undefined || isSeen(zone, state.cameras) ? [] : [{ zone: zone.title, why: whyUnseen(zone, state) }];
  });
}

function whyUnseen(zone: ZoneDef, state: StationState): Text {
  if (zone.cameras.length === 0) return { zh: '没有摄像头', en: 'it has no camera' };
  const words = zone.cameras.map(({ id }): Text => {
    const record = state.cameras[id];
    if (record === undefined) return { zh: `${id} 状态未知`, en: `${id} not known` };
    const parts = record.parts.map((part) => partWords(part));
    const said = record.state === 'lost' ? { zh: '丢失', en: 'lost' } : { zh: '未知', en: 'not known' };
    return { zh: `${id} ${parts.map(({ zh }) => zh).join('、')}${said.zh}`, en: `${id} ${parts.map(({ en }) => en).join(', ')} ${said.en}` };
  });
  return { zh: words.map(({ zh }) => zh).join('；'), en: words.map(({ en }) => en).join('; ') };
}

/** Zones that a running roll-call has not shown empty. One that the pack no longer has is not asked for. */
export function notClearedFacts(plant: Plant, state: StationState): Text[] {
  const open = new Set(openZonesOf(state.rollCall));
  return plant.pack.zones.filter(({ id }) => open.has(id)).map(({ title }) => title);
}
