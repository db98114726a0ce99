/**
 * The faults that are on a plant: which wait for their trigger, which have begun, which did not happen. Plain state, so that a snapshot holds it whole.
 * A fault with nothing to wait for begins at the moment of its injection; every other begins at a scan.
 */
import type { Checked, FaultOptions } from '../kernel/fault-envelope.ts';
import { no } from '../kernel/fault-envelope.ts';
import { envelope, readFaultOptions } from '../kernel/fault-envelope.ts';
import type { RandomSource } from '../kernel/random.ts';
import type { FaultDefinition, Numbers } from './definition.ts';
import type { Expression, Readings, Vocabulary } from './expression.ts';
import { checkedExpression, holds } from './expression.ts';

/** `sinceS`: when it began, or when it was put on while it waits. `missed`: it came to its moment and the draw was against it. */
export interface ActiveFault { readonly id: string; readonly options: FaultOptions; readonly sinceS: number; readonly phase: 'waiting' | 'begun' | 'missed' }

const MAX_FAULTS = 50;

export class FaultBoard {
  readonly #definitions: ReadonlyMap<string, FaultDefinition<Numbers>>;
  readonly #vocabulary: Vocabulary;
  /** read once; not part of the state, because the text is */
  readonly #read = new Map<string, Expression>();
  #faults: readonly ActiveFault[] = [];
  #acting: FaultDefinition<Numbers>[] = [];

  constructor(definitions: readonly FaultDefinition<Numbers>[], vocabulary: Vocabulary) {
    this.#definitions = new Map(definitions.map((f) => [f.id, f]));
    this.#vocabulary = vocabulary;
  }

  get all(): readonly ActiveFault[] {
    return this.#faults;
  }
  get isWaiting(): boolean {
    return this.#faults.some(({ phase }) => phase === 'waiting');
  }
  /** what acted on the physics in the last macro-step */
  get acting(): readonly FaultDefinition<Numbers>[] {
    return this.#acting;
  }
  restore(faults: readonly ActiveFault[]): void {
    this.#faults = faults;
  }
  has(id: string): boolean {
    return this.#definitions.has(id);
  }

  inject(id: string, rawOptions: unknown, timeS: number): Checked<ActiveFault> {
    const definition = this.#definitions.get(id);
    if (!definition) return no(`本装置没有故障“${id}”；有 ${[...this.#definitions.keys()].join('、')}。`, `This plant has no fault "${id}"; it has ${[...this.#definitions.keys()].join(', ')}.`);
    if (this.#faults.length >= MAX_FAULTS) return no(`同时存在的故障不能超过 ${MAX_FAULTS} 个。`, `More than ${MAX_FAULTS} faults cannot be active at once.`);
    const options = readFaultOptions(rawOptions, definition.defaults);
    if (!options.ok) return options;
    const { when, group, probability } = options.value;
    if (when !== undefined) {
      const read = this.#expression(when);
      if (!read.ok) return no(`看不懂 ${id} 的触发条件。${read.zh ?? read.message}`, `The trigger of ${id} is not understood. ${read.message}`);
    }
    const waits = when !== undefined || group !== undefined || probability !== undefined;
    const fault: ActiveFault = { id, options: options.value, sinceS: timeS, phase: waits ? 'waiting' : 'begun' };
    this.#faults = [...this.#faults.filter((f) => f.id !== id), fault];
    return { ok: true, value: fault };
  }

  clear(id: string): Checked<ActiveFault | null> {
    if (!this.has(id)) return no(`本装置没有故障“${id}”。`, `This plant has no fault "${id}".`);
    const gone = this.#faults.find((f) => f.id === id) ?? null;
    this.#faults = this.#faults.filter((f) => f.id !== id);
    return { ok: true, value: gone };
  }

  clearAll(): void {
    this.#faults = [];
  }

  /** Begins what is due now; returns what began. One draw for each cause, whatever its size. */
  trigger(timeS: number, readings: Readings, chance: RandomSource): ActiveFault[] {
    const waiting = this.#faults.filter(({ phase }) => phase === 'waiting');
    if (waiting.length === 0) return [];
    const draws = new Map<string, number>();
    const due = waiting.filter((fault) => this.#isDue(fault, waiting, readings));
    for (const fault of due) {
      const cause = causeOf(fault);
      if (!draws.has(cause)) draws.set(cause, chance.uniform());
    }
    const began: ActiveFault[] = [];
    this.#faults = this.#faults.map((fault) => {
      const draw = fault.phase === 'waiting' ? draws.get(causeOf(fault)) : undefined;
      if (draw === undefined) return fault;
      const next: ActiveFault = { ...fault, sinceS: timeS, phase: draw < (fault.options.probability ?? 1) ? 'begun' : 'missed' };
      if (next.phase === 'begun') began.push(next);
      return next;
    });
    return began;
  }

  apply(effects: Numbers, timeS: number): void {
    this.#acting = [];
    for (const fault of this.#faults) {
      const definition = this.#definitions.get(fault.id);
      if (fault.phase !== 'begun' || !definition) continue;
      const strength = envelope(fault.options, timeS - fault.sinceS);
      if (strength <= 0) continue;
      definition.apply(effects, strength);
      this.#acting.push(definition);
    }
  }

  /** A member of a group without a trigger of its own waits for one that has; when none has, the group begins at once. */
  #isDue({ options }: ActiveFault, waiting: readonly ActiveFault[], readings: Readings): boolean {
    if (options.when !== undefined) {
      const read = this.#expression(options.when);
      return read.ok && holds(read.value, readings);
    }
    const { group } = options;
    if (group === undefined) return true;
    return !waiting.some((other) => other.options.group === group && other.options.when !== undefined);
  }

  #expression(text: string): Checked<Expression> {
    const known = this.#read.get(text);
    if (known) return { ok: true, value: known };
    const read = checkedExpression(text, this.#vocabulary);
    if (read.ok) this.#read.set(text, read.value);
    return read;
  }
}

const causeOf = (fault: ActiveFault): string => (fault.options.group === undefined ? `fault ${fault.id}` : `group ${fault.options.group}`);
