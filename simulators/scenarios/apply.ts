/** Puts a scenario on a headless plant, as the instructor would: first what is prepared, then the faults. */
import type { Checked } from '../kernel/fault-envelope.ts';
import type { Expression } from '../machine/expression.ts';
import { checkedExpression, holds } from '../machine/expression.ts';
import type { PlantMachine } from '../machine/machine.ts';
import type { LaterAction, Scenario } from './schema.ts';

interface Injection { readonly id: string; readonly severity?: number | undefined; readonly rampS?: number | undefined; readonly delayS?: number | undefined; readonly durationS?: number | undefined; readonly when?: string | undefined; readonly group?: string | undefined; readonly probability?: number | undefined; readonly repeatS?: number | undefined; readonly repeats?: number | undefined }

/** From here the seconds of the exercise count: setup, then all faults; one with a trigger waits for it. */
export function applyScenario(plant: PlantMachine, scenario: Scenario): Checked<null> {
  plant.markBeginning();
  for (const action of scenario.setup) {
    const done = applyAction(plant, action);
    if (!done.ok) return done;
  }
  for (const fault of scenario.faults) {
    const injected = injectFault(plant, fault);
    if (!injected.ok) return injected;
  }
  return { ok: true, value: null };
}

export function injectFault(plant: PlantMachine, { id, ...options }: Injection): Checked<unknown> {
  return plant.inject(id, Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined)));
}

export function applyAction(plant: PlantMachine, action: LaterAction): Checked<unknown> {
  switch (action.kind) {
    case 'command': return plant.command(action.name, action.value);
    case 'order': return plant.order(action.device, action.position);
    case 'sensor': return plant.setMalfunction(action.tag, action.malfunction === null ? null : { kind: action.malfunction, size: action.size });
    case 'stick': return plant.setStuck(action.device, true);
    case 'unstick': return plant.setStuck(action.device, false);
    case 'people': return plant.placePeople(action.zone, action.count);
    case 'inject': {
      const { kind: _kind, ...fault } = action;
      return injectFault(plant, fault);
    }
    case 'clear': return plant.clear(action.id);
  }
}

/** What is done while the exercise runs: each deed once, at its time or when its trigger has held for `afterS`. */
export class Later {
  readonly #plant: PlantMachine;
  #waiting: { readonly expression: Expression | null; readonly afterS: number; readonly action: LaterAction; dueS: number | null }[] = [];

  private constructor(plant: PlantMachine) {
    this.#plant = plant;
  }

  /** A trigger that this plant cannot answer is refused. */
  static of(plant: PlantMachine, then: Scenario['then']): Checked<Later> {
    const later = new Later(plant);
    for (const { atS, when, afterS, do: action } of then) {
      const read = when === undefined ? null : checkedExpression(when, (name) => plant.meaningOf(name));
      if (read !== null && !read.ok) return { ok: false, message: `The trigger "${when ?? ''}" is not understood. ${read.message}` };
      later.#waiting.push({ expression: read === null ? null : read.value, afterS, action, dueS: read === null ? (atS ?? 0) + afterS : null });
    }
    return { ok: true, value: later };
  }

  /** Does what is due; answers with what was done, or with the first that could not be. */
  look(): Checked<readonly LaterAction[]> {
    if (this.#waiting.length === 0) return { ok: true, value: [] };
    const readings = this.#plant.readings();
    for (const each of this.#waiting) if (each.dueS === null && each.expression !== null && holds(each.expression, readings)) each.dueS = readings.timeS + each.afterS;
    const due = this.#waiting.filter(({ dueS }) => dueS !== null && dueS <= readings.timeS);
    this.#waiting = this.#waiting.filter((each) => !due.includes(each));
    for (const { action } of due) {
      const done = applyAction(this.#plant, action);
      if (!done.ok) return done;
    }
    return { ok: true, value: due.map(({ action }) => action) };
  }
}
