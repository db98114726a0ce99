import { join } from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import type { H2o2Plant as Plant } from '../../simulators/plants/h2o2/plant.ts';
import { H2o2Plant } from '../../simulators/plants/h2o2/plant.ts';
import { TAGS } from '../../simulators/plants/h2o2/tags.ts';
import { applyScenario } from '../../simulators/scenarios/apply.ts';
import type { Scenario } from '../../simulators/scenarios/load.ts';
import { loadScenarios, readScenario } from '../../simulators/scenarios/load.ts';

// hours of plant time: a busy machine may take its time, speed is not what is tested
vi.setConfig({ testTimeout: 240_000 });

const loaded = loadScenarios(join(import.meta.dirname, '../../simulators/scenarios/h2o2'));
const scenarios = loaded.flatMap((r) => (r.ok ? [r.value] : []));

type Promised = Scenario['promises'][number];
function kept(plant: Plant, promise: Promised): boolean {
  const value = Number(plant.tag(promise.tag).value);
  return (promise.atOrAbove === undefined || value >= promise.atOrAbove) && (promise.atOrBelow === undefined || value <= promise.atOrBelow);
}

describe('REQ-SIM-12 scenarios for the training picker', () => {
  test('every file of the folder is a scenario, and there are at least eight', () => {
    expect(loaded.filter((r) => !r.ok)).toEqual([]);
    expect(scenarios.map((s) => s.id)).toEqual(expect.arrayContaining(['S-OX-RUNAWAY', 'S-SEP-LOW', 'S-TAIL-O2', 'S-ACID', 'S-PREP', 'S-CLAY', 'S-TANK', 'S-EMULSION']));
  });

  test.each(scenarios.map((s) => [s.id, s] as const))('%s raises what it promises if nobody acts', (_id, scenario) => {
    const plant = new H2o2Plant(7);
    plant.step(60);
    for (const promise of scenario.promises) expect(TAGS.some((t) => t.id === promise.tag), promise.tag).toBe(true);
    expect(applyScenario(plant, scenario)).toEqual({ ok: true, value: null });
    const open = new Set<Promised>(scenario.promises);
    const startS = plant.timeS;
    const lastS = Math.max(...scenario.promises.map((p) => p.withinS));
    while (plant.timeS - startS < lastS && open.size > 0) {
      expect(plant.step(1).ok).toBe(true);
      for (const promise of open) if (plant.timeS - startS <= promise.withinS && kept(plant, promise)) open.delete(promise);
    }
    expect([...open]).toEqual([]);
  });

  test('a scenario with a bypass key shows the bypass but no trip (3.3)', () => {
    const runaway = scenarios.find((s) => s.id === 'S-OX-RUNAWAY')!;
    const plant = new H2o2Plant(7);
    applyScenario(plant, runaway);
    plant.step(300);
    expect(plant.tag('I-4200-BYP').value).toBe(true);
    expect(plant.tag('I-4200-TRIP').value).toBe(false);
    expect(plant.analog('TI-4203')).toBeGreaterThan(70);
  });

  test('a broken file is an error that names the place, not an exception', () => {
    expect(readScenario('x.yaml', 'id: [')).toMatchObject({ ok: false, file: 'x.yaml' });
    const unknownField = readScenario('y.yaml', 'id: S-XX\nplant: h2o2\nsurprise: 1\n');
    expect(unknownField.ok).toBe(false);
    if (!unknownField.ok) expect(unknownField.message).toMatch(/At /);
  });
});
