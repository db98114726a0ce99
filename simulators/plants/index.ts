/** Every plant that can be simulated, by id. */
import type { PlantDefinition, PlantId } from '../machine/definition.ts';
import { FINE_CHEMICALS } from './fine-chemicals/plant.ts';
import { H2O2 } from './h2o2/plant.ts';

export const PLANTS: Readonly<Partial<Record<PlantId, PlantDefinition>>> = { 'fine-chemicals': FINE_CHEMICALS, h2o2: H2O2 };
