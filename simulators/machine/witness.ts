/** Sees what nobody on the plant sees: margins and when they are lost; faults beginning and ending; trips. Told once, when it begins to stand. */
import type { MarginDefinition, Memory, Numbers } from './definition.ts';
import { clauseOf } from './events.ts';
import type { Rig } from './rig.ts';

export interface MarginNow { readonly id: string; readonly clauses: readonly string[]; readonly value: number; readonly lostAt: number; readonly isLost: boolean }

export class Witness {
  readonly #rig: Rig;

  constructor(rig: Rig) {
    this.#rig = rig;
  }

  /** how far from where nothing helps: ground truth */
  margins(): MarginNow[] {
    return this.#rig.definition.margins.map((margin) => {
      const value = this.#valueOf(margin);
      return { id: margin.id, clauses: margin.clauses, value, lostAt: margin.lostAt, isLost: isLost(margin, value) };
    });
  }

  /** tells what began to stand and what no longer does */
  notice(): void {
    const rig = this.#rig;
    const before = rig.machine.standing;
    const now: string[] = [];
    const look = (key: string, tell: () => void): void => {
      now.push(key);
      if (!before.includes(key)) tell();
    };
    for (const fault of rig.faults.acting) look(`fault ${fault.id}`, () => rig.note('fault-began', fault.id, { zh: fault.zh, en: fault.en }, [clauseOf(fault.clause)]));
    for (const { id } of rig.watched) {
      const { tripped, firstOut } = rig.functions[id]!.state;
      if (tripped) look(`trip ${id}`, () => rig.note('trip', id, { zh: `${id} 联锁动作，首出 ${firstOut ?? '无'}`, en: `${id} tripped, first out ${firstOut ?? 'none'}` }));
    }
    for (const margin of rig.definition.margins) {
      if (isLost(margin, this.#valueOf(margin))) look(`margin ${margin.id}`, () => rig.note('margin-lost', margin.id, { zh: margin.zh, en: margin.en }, margin.clauses));
    }
    if (before.length === now.length && before.every((key, i) => key === now[i])) return;
    for (const key of before) {
      if (!now.includes(key) && key.startsWith('fault ')) rig.note('fault-ended', key.slice('fault '.length), { zh: '故障作用结束', en: 'The fault no longer acts' });
    }
    rig.machine.standing = now;
  }

  #valueOf(margin: MarginDefinition<Numbers, Memory>): number {
    return margin.value(this.#rig.x, this.#rig.inputs, this.#rig.memory);
  }
}

const isLost = ({ side, lostAt }: MarginDefinition<Numbers, Memory>, value: number): boolean => (side === 'above' ? value >= lostAt : value <= lostAt);
