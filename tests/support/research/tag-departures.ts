/** Where a plant's tags are not as the research note has them (`note-tags.ts`), and why. Each stands on the plant's page too. `found` is what the test finds. */
import type { PlantId } from '../../../simulators/machine/definition.ts';

export interface TagDeparture { readonly found: readonly string[]; readonly why: string }

export const TAG_DEPARTURES: Readonly<Record<PlantId, readonly TagDeparture[]>> = {
  'fine-chemicals': [],
  'ammonium-nitrate': [],
  'ammonia-synthesis': [],
  h2o2: [],
};
