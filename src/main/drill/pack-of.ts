/** The rules of a plant, in the design that an exercise is of. */
import type { PlantPack } from '../../domain/packs/schema.ts';
import type { LoadedPacks } from '../packs/load.ts';

export function packFor(loaded: LoadedPacks, plant: string, design: string | undefined): PlantPack | undefined {
  const own = loaded.plants.find(({ id }) => id === plant);
  return design === undefined || own?.design === design ? own : loaded.otherDesigns().find((pack) => pack.id === plant && pack.design === design);
}
