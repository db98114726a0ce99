/** The other design of oxidation (rules/h2o2: counter-current): its tags, its interlock, its faults, its normal running. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import { parse } from 'yaml';
import { initialCounterCurrent } from '../../simulators/plants/h2o2/initial.ts';
import { H2O2, H2O2_COUNTER_CURRENT, H2o2Plant } from '../../simulators/plants/h2o2/plant.ts';
import { designsOf, plantOf } from '../../simulators/plants/index.ts';

vi.setConfig({ testTimeout: 240_000 });

interface RuleTag { id: string; kind?: string; area: string; unit?: string; low?: number; high?: number; states?: string[]; zh: string; en: string }
const rulesOf = (file: string): RuleTag[] => (parse(readFileSync(join(import.meta.dirname, '../../rules/h2o2', file), 'utf8')) as { tags: RuleTag[] }).tags;
const fresh = (): H2o2Plant => new H2o2Plant(4, initialCounterCurrent(), H2O2_COUNTER_CURRENT);

describe('REQ-SIM-20 counter-current oxidation', () => {
  test('the plant is found by its design, and one that it does not have is none', () => {
    expect(designsOf('h2o2')).toEqual(['co-current', 'counter-current']);
    expect([plantOf('h2o2'), plantOf('h2o2', 'co-current'), plantOf('h2o2', 'counter-current'), plantOf('h2o2', 'toString')]).toEqual([H2O2, H2O2, H2O2_COUNTER_CURRENT, undefined]);
    expect(H2O2.devices).not.toHaveProperty('XV-4207');
  });

  test('it shows the tags of the plant as tags-counter-current.yaml changes and extends them, each with a value', () => {
    const own = new Map(rulesOf('tags-counter-current.yaml').map((tag) => [tag.id, tag]));
    const expected = new Map([...rulesOf('tags.yaml').map((tag) => [tag.id, own.get(tag.id) ?? tag] as const), ...own]);
    const shown = H2O2_COUNTER_CURRENT.tags;
    expect(shown.map(({ id }) => id).sort()).toEqual([...expected.keys()].sort());
    for (const tag of shown) {
      const rule = expected.get(tag.id);
      expect([tag.kind, tag.area, tag.zh, tag.en, 'low' in tag ? [tag.low, tag.high] : [], 'states' in tag ? tag.states : []], tag.id).toEqual([rule?.kind ?? 'analog', rule?.area, rule?.zh, rule?.en, 'low' in tag ? [rule?.low, rule?.high] : [], rule?.states ?? []]);
    }
    const plant = fresh();
    plant.step(1);
    expect(plant.tags().filter(({ good }) => !good)).toEqual([]);
  });

  test('A4.2(1) A4.2(3) settled; F4-05 fills the receiver from 25 to 80 % in 20 min and trips at 85 %; the seal at the bottom is held, XV-4208 empties the receiver', () => {
    const plant = fresh();
    plant.step(300);
    for (const [tag, normal, tolerance] of [['LI-4205A', 60, 2], ['LI-4206A', 25, 1.5], ['LI-4204A', 50, 2], ['TI-4201', 48, 0.8], ['TI-4203', 52, 0.8], ['AI-4209', 6.9, 0.2]] as const) expect(Math.abs(plant.analog(tag) - normal), tag).toBeLessThan(tolerance);
    plant.inject('F4-05');
    plant.step(1200);
    expect(plant.analog('LI-4206A')).toBeGreaterThan(77);
    expect(plant.analog('LI-4206A')).toBeLessThan(83);
    expect(plant.tripped()).toEqual([]);
    plant.step(240);
    expect(plant.tripped()).toEqual(['I-4200']);
    // what still comes down gathers at the bottom, and stays there
    expect(plant.tag('XV-4207').value).toBe(0);
    const bottom = plant.analog('LI-4205A');
    expect(bottom).toBeGreaterThan(60);
    plant.order('XV-4208', 1);
    plant.step(180);
    expect(plant.analog('LI-4206A')).toBeLessThan(75);
    expect(Math.abs(plant.analog('LI-4205A') - bottom)).toBeLessThan(2);
  });

  test('A4.2(1) two of three at the bottom at 15 % stop the plant; a snapshot of the other design is refused', () => {
    const plant = fresh();
    plant.setTag('LI-4205A', 14.9);
    plant.step(10);
    expect(plant.tripped()).toEqual([]);
    plant.setTag('LI-4205C', 14.9);
    plant.step(5);
    expect(plant.tripped()).toEqual(['I-4200']);
    expect(new H2o2Plant(1).restore(plant.snapshot()).ok).toBe(false);
  });
});
