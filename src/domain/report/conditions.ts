/** Abnormal conditions: each from its onset to its end, with the stretches in which it was not known. Not known is never taken for gone. */
import type { IncidentReport } from '../../contract/report.ts';
import { shownValue, titleOfCondition } from './step.ts';
import type { FactOf, Section, Setting, Step } from './step.ts';

type Row = IncidentReport['conditions'][number];
const ROWS_MAX = 2_000;
const UNKNOWN_MAX = 500;

export class Conditions implements Section<IncidentReport['conditions']> {
  readonly #setting: Setting;
  readonly #rows: Row[] = [];
  readonly #open = new Map<string, Row>();

  constructor(setting: Setting) {
    this.#setting = setting;
  }

  see(step: Step): void {
    if (step.fact.type === 'condition.changed' && step.isIn) this.#changed(step as Step<FactOf<'condition.changed'>>);
  }

  #changed({ n, fact: { atMs, data } }: Step<FactOf<'condition.changed'>>): void {
    const row = this.#open.get(data.id);
    const last = row?.unknown.at(-1);
    switch (data.state) {
      case 'raised':
        if (last?.toMs === null) last.toMs = atMs;
        if (row === undefined) this.#begin(n, atMs, data);
        return;
      case 'unknown':
        if (row !== undefined && last?.toMs !== null && row.unknown.length < UNKNOWN_MAX) row.unknown.push({ n, fromMs: atMs, toMs: null });
        return;
      case 'cleared':
        if (last?.toMs === null) last.toMs = atMs;
        if (row !== undefined) row.clearedMs = atMs;
        this.#open.delete(data.id);
    }
  }

  #begin(n: number, onsetMs: number, { id, input, value, limit }: FactOf<'condition.changed'>['data']): void {
    if (this.#rows.length >= ROWS_MAX) return;
    const { plant } = this.#setting;
    const def = plant.conditions.get(id);
    const row: Row = {
      id, title: titleOfCondition(plant, id), clauses: [...(def?.clauses ?? [])], priority: def?.priority ?? 4, n, onsetMs, clearedMs: null, unknown: [], input, value: shownValue(value), limit,
      // A trigger without a procedure of its own calls for the stop (4.1.2): that is one too.
      startsProcedure: def?.role === 'trigger',
    };
    this.#rows.push(row);
    this.#open.set(id, row);
  }

  end(): IncidentReport['conditions'] {
    return this.#rows;
  }
}
