/** A plant with nothing in it: for processes that are started and killed often, where loading the shipped packs would take most of the time. */
import type { PlantPack } from '../../../src/domain/packs/schema.ts';

export const BARE_PACK = {
  id: 'bare', title: { zh: '空', en: 'Bare' }, namespaceUri: 'urn:haven:plant:bare', areas: [], zones: [], protection: [], tags: [], labs: [], observations: [], conditions: [], hazards: [], interlocks: [], authority: {}, procedures: [], sourceHashes: {},
} as unknown as PlantPack;
