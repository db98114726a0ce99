/** Puts a scenario on a headless plant, as the instructor would: first what is prepared, then the faults. */
import type { Checked } from '../kernel/fault-envelope.ts';
import type { PlantMachine } from '../machine/machine.ts';
import type { LaterAction, Scenario } from './schema.ts';

interface Injection { readonly id: string; readonly severity?: number | undefined; readonly rampS?: number | undefined; readonly delayS?: number | undefined; readonly durationS?: number | undefined }

/** Setup and all faults that wait for nothing. */
export function applyScenario(plant: PlantMachine, scenario: Scenario): Checked<null> {
  for (const action of scenario.setup) {
    const done = applyAction(plant, action);
    if (!done.ok) return done;
  }
  for (const fault of scenario.faults) {
    if (fault.when !== undefined) continue;
    const injected = injectFault(plant, fault);
    if (!injected.ok) return injected;
  }
  return { ok: true, value: null };
}

export function injectFault(plant: PlantMachine, { id, severity, rampS, delayS, durationS }: Injection): Checked<unknown> {
  return plant.inject(id, Object.fromEntries(Object.entries({ severity, rampS, delayS, durationS }).filter(([, value]) => value !== undefined)));
}

export function applyAction(plant: PlantMachine, action: LaterAction): Checked<unknown> {
  switch (action.kind) {
    case 'command': return plant.command(action.name, action.value);
    case 'order': return plant.order(action.device, action.position);
    case 'sensor': return plant.setMalfunction(action.tag, action.malfunction === null ? null : { kind: action.malfunction, size: action.size });
    case 'stick': return plant.setStuck(action.device, true);
    case 'unstick': return plant.setStuck(action.device, false);
    case 'people': return plant.placePeople(action.zone, action.count);
    case 'inject': return injectFault(plant, action);
    case 'clear': return plant.clear(action.id);
  }
}
