/** The hand-over as the console shows it. */
import type { HandoverSection } from '../../contract/view.ts';
import { handOverItems } from '../../domain/handover/items.ts';
import type { Plant } from '../../domain/station/plant.ts';
import type { StationState } from '../../domain/station/state.ts';

export function handoverSection(plant: Plant, state: StationState, nowMs: number): HandoverSection {
  return {
    items: [...handOverItems(plant, state, nowMs)],
    shift: state.shift,
    past: state.handOvers.map(({ atMs, from, to, notes, count, items }) => ({ atMs, from, to, notes, count, items: items.map(({ text }) => text) })),
  };
}
