/** 4.1.2 in the worst hour: every condition of a plant raised at once must not blind the console, whose lists all have limits. */
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { upsetSectionSchema } from '../../../src/contract/view.ts';
import { evolveAll } from '../../../src/domain/station/evolve.ts';
import { fact } from '../../../src/domain/station/facts.ts';
import { observe } from '../../../src/domain/station/observe.ts';
import { makePlant } from '../../../src/domain/station/plant.ts';
import { EMPTY_STATE } from '../../../src/domain/station/state.ts';
import { loadPacks } from '../../../src/main/packs/load.ts';
import { upsetSection } from '../../../src/main/station/view.ts';
import { ROOT, T0 } from '../domain/bench.ts';

const { plants } = loadPacks({ rulesDir: path.join(ROOT, 'rules'), proceduresDir: path.join(ROOT, 'procedures') });

describe.each(plants.map((pack) => [pack.id, pack] as const))('%s', (_id, pack) => {
  test('4.1.1(1) 4.1.2 every condition raised at once: the Upset section keeps its contract, the abnormal ones come first and none goes uncounted', () => {
    const plant = makePlant(pack);
    const raised = pack.conditions.map(({ id }, i) => fact('condition.changed', T0 + i, null, { id, state: 'raised', sourceMs: T0 + i, input: null, value: null, limit: null }));
    const { state } = observe(plant, evolveAll(EMPTY_STATE, raised, plant.machines), [], T0 + 60_000);
    const section = upsetSectionSchema.parse(upsetSection(plant, state, T0 + 60_000));
    const shown = new Set(section.conditions.map(({ id }) => id));
    expect(section.conditions.length + section.omitted).toBe(pack.conditions.filter(({ role }) => role !== 'input').length);
    const triggers = pack.conditions.filter(({ role }) => role === 'trigger').map(({ id }) => id);
    expect(triggers.filter((id) => !shown.has(id)).length).toBe(Math.max(0, triggers.length - section.conditions.length));
    expect(section.procedures.length > 0 || section.noProcedure !== null).toBe(true);
  });
});
