/**
 * What a scenario does while it runs (`then`). Whatever waits for an expression over tags and is an injection, the simulator triggers by itself
 * (`when` of its options); what has a time, and other deeds that wait, the station's training loop carries out. Pure: what is due is told, not done.
 */
import type { ScenarioAction, ScenarioThen } from './scenario.ts';

/** Null: not understood or not known, and then it is not due. */
export type Holds = (expression: string) => boolean | null;

/** s of the exercise: when its trigger was seen to hold, when it is due, when it was done. */
interface Planned { readonly then: ScenarioThen; heldS: number | null; dueS: number | null; doneS: number | null }

export class Script {
  readonly #planned: readonly Planned[];

  constructor(then: readonly ScenarioThen[]) {
    this.#planned = then.map((each) => ({ then: each, heldS: null, dueS: 'atS' in each ? each.atS : null, doneS: null }));
  }

  /** What is due at `atS`, in the order of the file, each once. */
  due(atS: number, holds: Holds): ScenarioAction[] {
    const now: ScenarioAction[] = [];
    for (const each of this.#planned) {
      if (each.doneS !== null) continue;
      if (each.dueS === null && 'when' in each.then && holds(each.then.when) === true) Object.assign(each, { heldS: atS, dueS: atS + each.then.afterS });
      if (each.dueS === null || each.dueS > atS) continue;
      each.doneS = atS;
      now.push(each.then.do);
    }
    return now;
  }

  /** The exercise stands at `atS` again: what was done or seen later is still to come. */
  wentBack(atS: number): void {
    for (const each of this.#planned) {
      if (each.heldS !== null && each.heldS > atS) Object.assign(each, { heldS: null, dueS: null });
      if (each.doneS !== null && each.doneS > atS) each.doneS = null;
    }
  }
}
