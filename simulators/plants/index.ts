/** Every plant that can be simulated, by id, and the designs that some of them have beside (rules/PLANT: `designs`). */
import type { PlantDefinition, PlantId } from '../machine/definition.ts';
import { AMMONIA_SYNTHESIS } from './ammonia-synthesis/plant.ts';
import { AMMONIUM_NITRATE } from './ammonium-nitrate/plant.ts';
import { FINE_CHEMICALS } from './fine-chemicals/plant.ts';
import { H2O2, H2O2_COUNTER_CURRENT } from './h2o2/plant.ts';

export const PLANTS: Readonly<Record<PlantId, PlantDefinition>> = { 'fine-chemicals': FINE_CHEMICALS, 'ammonium-nitrate': AMMONIUM_NITRATE, 'ammonia-synthesis': AMMONIA_SYNTHESIS, h2o2: H2O2 };

/** by plant and design; the first is what the plant is without a word about it */
const DESIGNS: Readonly<Record<string, Readonly<Record<string, PlantDefinition>>>> = { h2o2: { 'co-current': H2O2, 'counter-current': H2O2_COUNTER_CURRENT } };

/** undefined: there is no such plant, or not in that design */
export function plantOf(id: PlantId, design?: string): PlantDefinition | undefined {
  if (design === undefined) return PLANTS[id];
  const designs = DESIGNS[id] ?? {};
  return Object.hasOwn(designs, design) ? designs[design] : undefined;
}
export const designsOf = (id: PlantId): readonly string[] => Object.keys(DESIGNS[id] ?? {});
