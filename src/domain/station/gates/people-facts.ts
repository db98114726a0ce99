/** What the gates read of people: the zones of the work, and what is known of one person's going in. */
import type { GateFacts } from '../../gates/gate-facts.ts';
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
