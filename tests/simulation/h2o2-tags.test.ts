import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { H2o2Plant } from '../../simulators/plants/h2o2/plant.ts';
import { TAGS } from '../../simulators/plants/h2o2/tags.ts';

interface RuleTag { id: string; kind?: string; area: string; unit?: string; low?: number; high?: number; states?: string[]; zh: string; en: string }
const rules = (parse(readFileSync(join(import.meta.dirname, '../../rules/h2o2/tags.yaml'), 'utf8')) as { tags: RuleTag[] }).tags;

test('REQ-SIM-06 the simulator shows exactly the tags of rules/h2o2/tags.yaml: ids, kinds, units, ranges, state words', () => {
  const expected = rules.map((r) => {
    const kind = r.kind ?? 'analog';
    const ranged = kind === 'analog' || kind === 'count';
    return { id: r.id, kind, area: r.area, zh: r.zh, en: r.en, ...(ranged ? { unit: r.unit, low: r.low, high: r.high } : {}), ...(kind === 'discrete' ? { states: r.states } : {}) };
  });
  expect(TAGS).toEqual(expected);
});

test('REQ-SIM-06 a headless plant shows a value for every tag', () => {
  const plant = new H2o2Plant(1);
  plant.step(1);
  expect(plant.tags().map((t) => t.id)).toEqual(rules.map((r) => r.id));
  for (const { id, value, good } of plant.tags()) {
    expect(good, id).toBe(true);
    expect(typeof value === 'boolean' || Number.isFinite(value), id).toBe(true);
  }
});
