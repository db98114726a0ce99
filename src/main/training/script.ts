/**
 * What a scenario does while it runs (`then`). Whatever waits for an expression over tags and is an injection, the simulator triggers by itself
 * (`when` of its options); what has a time, and other deeds that wait, the station's training loop carries out. Pure: what is due is told, not done.
 */
import type { ScenarioAction, ScenarioThen } from './scenario.ts';

/** Null: not understood or not known, and then it is not due. */
export type Holds = (expression: string) => boolean | null;

export class Script {
  #waiting: { readonly then: ScenarioThen; dueS: number | null }[];

  constructor(then: readonly ScenarioThen[]) {
    this.#waiting = then.map((each) => ({ then: each, dueS: 'atS' in each ? each.atS : null }));
  }

  /** What is due at `atS`, in the order of the file, each once. */
  due(atS: number, holds: Holds): ScenarioAction[] {
    for (const each of this.#waiting) if (each.dueS === null && 'when' in each.then && holds(each.then.when) === true) each.dueS = atS + each.then.afterS;
    const isDue = ({ dueS }: { dueS: number | null }): boolean => dueS !== null && dueS <= atS;
    const now = this.#waiting.filter(isDue);
    this.#waiting = this.#waiting.filter((each) => !isDue(each));
    return now.map(({ then }) => then.do);
  }
}
