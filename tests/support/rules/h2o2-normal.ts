/** The peroxide plant as it runs normally (research/simulators.md 5.3). */
import type { PlantPack } from '../../../src/domain/packs/schema.ts';
import type { SampleValue } from '../../../src/domain/samples/sample.ts';
import type { Values } from './plant-story.ts';

const TABLE: Values = {
  'TI-4101': 48, 'TI-4102': 52, 'TI-4103': 56, 'PI-4104': 0.28, 'FI-4105': 4_120, 'AI-4106A': 0.1, 'AI-4106B': 0.1, 'AI-4106C': 0.1, 'AI-4107': 7, 'LI-4108A': 50, 'LI-4108B': 50.2, 'LI-4108C': 49.8,
  'FI-4109': 893, 'XV-4101': 'open', 'TI-4201': 48, 'TI-4202': 50, 'TI-4203': 52, 'PI-4204': 0.25, 'LI-4204A': 50, 'LI-4204B': 50.2, 'LI-4204C': 49.8, 'AI-4207': 3.5, 'AI-4208': 6, 'AI-4209': 6.9,
  'FI-4210': 11_000, 'TI-4211': 38, 'TI-4212': 32, 'FI-4213': 1_050, 'XV-4203': 'open', 'ZS-4211': 'open', 'ZS-4212': 'open', 'TI-4301': 45, 'TI-4302': 46, 'TI-4303': 47, 'PI-4303': 0.1, 'LDI-4304': 50,
  'AI-4305A': 0.19, 'AI-4305B': 0.19, 'XS-4306': 0.05, 'AI-4307': 97, 'TI-4308': 45, 'XV-4301': 'open', 'XV-4302': 'open', 'TI-4401': 50, 'TI-4402': 50, 'TI-4403': 50,
  'LI-4211': 20, 'AI-4404': 2, 'TI-4601': 55, 'PI-4602': 10, 'AI-4603': 50, 'XV-4601': 'open', 'TI-4701': 22, 'AI-4702': 312, 'AI-4802': 4,
  'TI-4502A': 45, 'TI-4502B': 45.2, 'PI-4502': 0, 'LI-4502': 60, 'ZS-4502': 'open', 'XV-4502': 'open', 'TI-4801A': 28, 'TI-4801B': 28.1, 'TI-4801C': 27.9, 'PI-4801': 0.5, 'LI-4801': 70, 'FI-4901': 2.1, 'FI-4902': 20,
};

/** What the counter-current design has beside it. */
const COUNTER_CURRENT: Values = { 'LI-4205A': 50, 'LI-4205B': 50.2, 'LI-4205C': 49.8, 'LI-4206A': 40, 'LI-4206B': 40.2, 'LI-4206C': 39.8, 'XV-4207': 'open', 'XV-4208': 'open' };

/** Switches off, cameras seeing, valves closed, machines running, nobody in the field; what the plant has otherwise stands in the table. */
export function h2o2Normal(pack: PlantPack): Values {
  const table = pack.design === 'counter-current' ? { ...TABLE, ...COUNTER_CURRENT } : TABLE;
  const values: Record<string, SampleValue> = {};
  for (const tag of pack.tags) {
    if (tag.kind === 'boolean') values[tag.id] = tag.id.startsWith('CAM-');
    else if (tag.kind === 'count') values[tag.id] = 0;
    else if (tag.kind === 'discrete') values[tag.id] = tag.states.includes('closed') ? 'closed' : 'running';
    else if (table[tag.id] === undefined) throw new Error(`no normal value for ${tag.id}`);
  }
  return { ...values, ...table };
}
