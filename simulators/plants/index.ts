/** Every plant that can be simulated, by id. */
import type { PlantDefinition, PlantId } from '../machine/definition.ts';
import { AMMONIUM_NITRATE } from './ammonium-nitrate/plant.ts';
import { H2O2 } from './h2o2/plant.ts';

export const PLANTS: Readonly<Partial<Record<PlantId, PlantDefinition>>> = { 'ammonium-nitrate': AMMONIUM_NITRATE, h2o2: H2O2 };
