/**
 * Holds a simulator's own tag table against the rules of its plant (`simulators/` never reads `rules/`): ids, kinds, units, ranges, state words, both languages,
 * in the same order; and that a headless machine shows a healthy value for every one of them.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import type { PlantDefinition } from '../../../simulators/machine/definition.ts';
import { PlantMachine } from '../../../simulators/machine/machine.ts';

interface RuleTag { id: string; kind?: string; area: string; unit?: string; low?: number; high?: number; states?: string[]; zh: string; en: string }

const rulesOf = (plant: string): RuleTag[] => (parse(readFileSync(join(import.meta.dirname, '../../../rules', plant, 'tags.yaml'), 'utf8')) as { tags: RuleTag[] }).tags;

/** Two tests of the plant's tags. `requirement`: the id of the requirement, `REQ-SFC-01`. */
export function tagsAsRules(definition: PlantDefinition, requirement: string): void {
  const rules = rulesOf(definition.id);

  test(`${requirement} the simulator shows exactly the tags of rules/${definition.id}/tags.yaml: ids, kinds, units, ranges, state words`, () => {
    const expected = rules.map((r) => {
      const kind = r.kind ?? 'analog';
      const ranged = kind === 'analog' || kind === 'count';
      return { id: r.id, kind, area: r.area, zh: r.zh, en: r.en, ...(ranged ? { unit: r.unit, low: r.low, high: r.high } : {}), ...(kind === 'discrete' ? { states: r.states } : {}) };
    });
    expect(definition.tags).toEqual(expected);
  });

  test(`${requirement} a headless plant shows a value for every tag`, () => {
    const plant = new PlantMachine(definition, 1);
    plant.step(1);
    expect(plant.tags().map((t) => t.id)).toEqual(rules.map((r) => r.id));
    for (const { id, value, good } of plant.tags()) {
      expect(good, id).toBe(true);
      expect(typeof value === 'boolean' || Number.isFinite(value), id).toBe(true);
    }
  });
}
