/** Every plant that can be simulated, by id. */
import type { PlantDefinition, PlantId } from '../machine/definition.ts';
import { AMMONIA_SYNTHESIS } from './ammonia-synthesis/plant.ts';
import { H2O2 } from './h2o2/plant.ts';

export const PLANTS: Readonly<Partial<Record<PlantId, PlantDefinition>>> = { 'ammonia-synthesis': AMMONIA_SYNTHESIS, h2o2: H2O2 };
