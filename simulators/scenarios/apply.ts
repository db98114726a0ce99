/** Puts a scenario on a headless plant: setup first, then the faults. The server's instructor does the same through its methods. */
import type { Checked } from '../kernel/fault-envelope.ts';
import type { PlantMachine } from '../machine/machine.ts';
import type { Scenario } from './load.ts';

export function applyScenario(plant: PlantMachine, scenario: Scenario): Checked<null> {
  for (const action of scenario.setup) {
    const done = applyAction(plant, action);
    if (!done.ok) return done;
  }
  for (const { id, ...options } of scenario.faults) {
    const injected = plant.inject(id, Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined)));
    if (!injected.ok) return injected;
  }
  return { ok: true, value: null };
}

function applyAction(plant: PlantMachine, action: Scenario['setup'][number]): Checked<unknown> {
  switch (action.kind) {
    case 'command': return plant.command(action.name, action.value);
    case 'sensor': return plant.setMalfunction(action.tag, { kind: action.malfunction, size: action.size });
    case 'stick': return plant.setStuck(action.device, true);
    case 'people': return plant.placePeople(action.zone, action.count);
  }
}
