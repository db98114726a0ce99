import { join } from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import { PlantMachine } from '../../simulators/machine/machine.ts';
import { plantOf } from '../../simulators/plants/index.ts';
import { applyScenario } from '../../simulators/scenarios/apply.ts';
import type { Scenario } from '../../simulators/scenarios/load.ts';
import { loadScenarios, readScenario } from '../../simulators/scenarios/load.ts';

// hours of plant time: a busy machine may take its time, speed is not what is tested
vi.setConfig({ testTimeout: 240_000 });

const loaded = loadScenarios(join(import.meta.dirname, '../../simulators/scenarios/h2o2'));
const scenarios = loaded.flatMap((r) => (r.ok ? [r.value] : []));
const scenario = (id: string): Scenario => {
  const found = scenarios.find((each) => each.id === id);
  if (found === undefined) throw new Error(`there is no exercise ${id}`);
  return found;
};
function beginning({ plant, design, start }: Scenario): PlantMachine {
  const definition = plantOf(plant, design);
  if (definition === undefined) throw new Error(`there is no ${plant} ${design ?? ''}`);
  const machine = new PlantMachine(definition, 7);
  expect(machine.begin(start)).toEqual({ ok: true, value: null });
  if (start === 'normal') machine.step(60);
  return machine;
}

type Promised = Scenario['promises'][number];
function kept(plant: PlantMachine, promise: Promised): boolean {
  const value = Number(plant.tag(promise.tag).value);
  return (promise.atOrAbove === undefined || value >= promise.atOrAbove) && (promise.atOrBelow === undefined || value <= promise.atOrBelow);
}

describe('REQ-SIM-12 scenarios for the training picker', () => {
  test('every file of the folder is a scenario, and the eight of the first version are still there by their ids', () => {
    expect(loaded.filter((r) => !r.ok)).toEqual([]);
    expect(scenarios.map((s) => s.id)).toEqual(expect.arrayContaining(['S-OX-RUNAWAY', 'S-SEP-LOW', 'S-TAIL-O2', 'S-ACID', 'S-PREP', 'S-CLAY', 'S-TANK', 'S-EMULSION']));
  });

  test('REQ-SIM-28 every clause A4.1 to A4.11 with A4.2(1) to (7) has an exercise with a good person and one that must be caught; ten are about section 4, three about section 3', () => {
    const clauses = ['A4.1', ...[1, 2, 3, 4, 5, 6, 7].map((n) => `A4.2(${n})`), 'A4.3', 'A4.4', 'A4.5', 'A4.6', 'A4.7', 'A4.8', 'A4.9', 'A4.10', 'A4.11'];
    const served = (clause: string, who: (scenario: Scenario) => boolean): boolean => scenarios.some((each) => each.clauses[0] === clause && who(each));
    expect(clauses.filter((clause) => !served(clause, ({ people }) => people.some(({ end }) => end === 'safe')) || !served(clause, ({ people }) => people.some(({ caught }) => caught.length > 0)))).toEqual([]);
    const about = (section: string): number => scenarios.filter(({ clauses: [first] }) => first?.startsWith(section)).length;
    expect([about('4.') >= 10, about('3.')]).toEqual([true, 3]);
  });

  test('REQ-SIM-28 what they name, the plant has: tags of promises, devices, zones, faults, observations, analyses', () => {
    const unknown = scenarios.flatMap(({ id, plant, design, promises, faults, setup, people }) => {
      const definition = plantOf(plant, design)!;
      const tags = new Set(definition.tags.map((tag) => tag.id));
      const acts = people.flatMap(({ does }) => does.flatMap((each) => ('do' in each ? [each.do] : [])));
      return [
        ...promises.filter(({ tag }) => !tags.has(tag)).map(({ tag }) => tag), ...faults.filter((fault) => !definition.faults.some((known) => known.id === fault.id)).map((fault) => fault.id),
        ...setup.flatMap((action) => (action.kind === 'people' && !Object.hasOwn(definition.zones, action.zone) ? [action.zone] : [])),
        ...acts.flatMap((act) => ('order' in act && !Object.hasOwn(definition.devices, act.order.device) ? [act.order.device] : [])), ...acts.flatMap((act) => ('people' in act && !Object.hasOwn(definition.zones, act.people.zone) ? [act.people.zone] : [])),
        ...acts.flatMap((act) => ('lab' in act && !Object.hasOwn(definition.laboratory, act.lab.id) ? [act.lab.id] : [])),
      ].map((name) => `${id}: ${name}`);
    });
    expect(unknown).toEqual([]);
  });

  // one of each kind here - normal running, a start, the other design; the suite of the drills holds the promises of all exercises
  test.each(['S-SEP-LOW', 'S-OX-RUNAWAY', 'S-PREP', 'S-A4.2(3)-RECEIVER', 'S-A4.9-CATALYST'])('%s raises what it promises if nobody acts', (id) => {
    const told = scenario(id);
    const plant = beginning(told);
    expect(applyScenario(plant, told)).toEqual({ ok: true, value: null });
    const open = new Set<Promised>(told.promises);
    const startS = plant.timeS;
    const lastS = Math.max(...told.promises.map((p) => p.withinS));
    while (plant.timeS - startS < lastS && open.size > 0) {
      expect(plant.step(1).ok).toBe(true);
      for (const promise of open) if (plant.timeS - startS <= promise.withinS && kept(plant, promise)) open.delete(promise);
    }
    expect([...open]).toEqual([]);
    expect(told.promises.length).toBeGreaterThan(0);
  });

  test('a scenario with a bypass key shows the bypass but no trip (3.3)', () => {
    const runaway = scenario('S-OX-RUNAWAY');
    const plant = beginning(runaway);
    applyScenario(plant, runaway);
    plant.step(240);
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
