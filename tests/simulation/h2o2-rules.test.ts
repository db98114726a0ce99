/** The simulated plant and the shipped rules and procedures, held against each other: nothing is asked of the plant that it does not have. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import { parse } from 'yaml';
import { initialCounterCurrent } from '../../simulators/plants/h2o2/initial.ts';
import { H2O2, H2O2_COUNTER_CURRENT, H2o2Plant } from '../../simulators/plants/h2o2/plant.ts';
import type { PlantPack } from '../../src/domain/packs/schema.ts';
import type { SampleValue } from '../../src/domain/samples/sample.ts';
import { loadPacks } from '../../src/main/packs/load.ts';
import { PlantStory, shippedPlant } from '../support/rules/plant-story.ts';

vi.setConfig({ testTimeout: 240_000 });

const ROOT = path.resolve(import.meta.dirname, '../..');
const counterCurrentPack = (): PlantPack => {
  const pack = loadPacks({ rulesDir: path.join(ROOT, 'rules'), proceduresDir: path.join(ROOT, 'procedures') }).otherDesigns().find(({ id }) => id === 'h2o2');
  if (pack === undefined) throw new Error('the rules have no counter-current design');
  return pack;
};
const PROCEDURES = [...readdirSync(path.join(ROOT, 'procedures/annex-4')).map((name) => `annex-4/${name}`), ...readdirSync(path.join(ROOT, 'procedures/general')).filter((name) => !/-(?:FC|AN|AS)\.yaml$/u.test(name)).map((name) => `general/${name}`)];
/** every device that a step of these procedures sets */
const named = [...new Set(PROCEDURES.flatMap((file) => {
  const { steps, handling = [], continuous = [] } = parse(readFileSync(path.join(ROOT, 'procedures', file), 'utf8')) as Record<'steps' | 'handling' | 'continuous', { sets?: Record<string, string> }[]>;
  return [...steps, ...handling, ...continuous].flatMap(({ sets }) => Object.keys(sets ?? {}));
}))].sort();

describe('REQ-SIM-27 what the rules ask of the plant, it has', () => {
  test('every observation and every analysis of the plant, and every observation of the general rules that this plant can show', () => {
    const plant = parse(readFileSync(path.join(ROOT, 'rules/h2o2/plant.yaml'), 'utf8')) as Record<'labs' | 'observations', { id: string }[]>;
    expect(Object.keys(H2O2.laboratory).sort()).toEqual(plant.labs.map(({ id }) => id).sort());
    expect(plant.observations.map(({ id }) => id).filter((id) => !Object.hasOwn(H2O2.observations, id))).toEqual([]);
    const known = new Set(shippedPlant('h2o2').observations.map(({ id }) => id));
    expect(Object.keys(H2O2.observations).filter((id) => !known.has(id))).toEqual([]);
  });

  test('every device that a step of annex 4 or of the general procedures sets is a device, and a hand on it changes what acts on the physics', () => {
    expect(named.length).toBeGreaterThan(20);
    const plant = new H2o2Plant(1, initialCounterCurrent(), H2O2_COUNTER_CURRENT);
    // something for each of them to act on: hydrogen shut, peroxide in the preparation vessel, metal in the tank
    plant.order('XV-4101', 0);
    plant.inject('F4-11', { severity: 0.3 });
    plant.inject('F4-17', { severity: 0.8 });
    plant.step(60);
    plant.order('XV-4101', null);
    plant.step(3);
    const idle: string[] = [];
    for (const device of named) {
      if (!Object.hasOwn(plant.devices, device)) {
        idle.push(`${device} is none`);
        continue;
      }
      const before = JSON.stringify(plant.snapshot());
      const { position } = plant.devices[device]!;
      plant.step(4);
      const [untouched, left] = [{ ...plant.inputs }, plant.x.slice()];
      plant.restore(JSON.parse(before));
      plant.order(device, position > 0.5 ? 0 : 1);
      plant.step(4);
      if (JSON.stringify(untouched) === JSON.stringify(plant.inputs) || plant.x.every((value, i) => value === left[i])) idle.push(`${device} does nothing`);
      plant.restore(JSON.parse(before));
    }
    expect(idle).toEqual([]);
  });

  test('margins name clauses of annex 4 or 4.1, and none is lost at the beginning of any start', () => {
    for (const definition of [H2O2, H2O2_COUNTER_CURRENT]) {
      for (const { id } of definition.starts) {
        const plant = definition === H2O2 ? new H2o2Plant(1) : new H2o2Plant(1, initialCounterCurrent(), H2O2_COUNTER_CURRENT);
        expect(plant.begin(id)).toEqual({ ok: true, value: null });
        expect(plant.margins().filter(({ isLost }) => isLost), id).toEqual([]);
        expect(plant.tripped(), id).toEqual([]);
      }
    }
    expect(H2O2.margins.flatMap(({ clauses }) => clauses).filter((clause) => !/^(?:A4\.\d+(?:\(\d\))?|4\.1\.1\(\d\))$/u.test(clause))).toEqual([]);
    for (const clause of ['A4.1', 'A4.2(1)', 'A4.2(2)', 'A4.2(3)', 'A4.2(4)', 'A4.2(5)', 'A4.2(6)', 'A4.2(7)', 'A4.3', 'A4.5', 'A4.6', 'A4.7', 'A4.8', 'A4.9', 'A4.10', 'A4.11']) expect(H2O2.margins.some(({ clauses }) => clauses.includes(clause)), clause).toBe(true);
  });
});

describe('REQ-SIM-29 normal running raises no condition of the rules', () => {
  test.each([['co-current', () => new H2o2Plant(9), () => shippedPlant('h2o2')], ['counter-current', () => new H2o2Plant(9, initialCounterCurrent(), H2O2_COUNTER_CURRENT), counterCurrentPack]] as const)('%s: fifteen minutes, noise included', (_design, make, pack) => {
    const plant = make();
    const words = new Map(plant.definition.tags.flatMap((tag) => (tag.kind === 'discrete' ? [[tag.id, tag.states] as const] : [])));
    const shown = (): Record<string, SampleValue> => Object.fromEntries(plant.tags().map(({ id, value }) => [id, words.get(id)?.[Number(value)] ?? value]));
    plant.step(120);
    const story = new PlantStory(pack(), shown());
    for (let second = 0; second < 900; second += 3) {
      plant.step(3);
      story.run(3_000);
      story.set(shown());
    }
    const raised = [...story.firstRaisedMin.keys()].filter((id) => ['trigger', 'warning', 'prohibition'].includes(story.plant.conditions.get(id)?.role ?? ''));
    expect(raised).toEqual([]);
    expect(story.minute).toBeGreaterThan(14);
  });
});
