/** Records by the kind of their fact, and stretches of time. */
import type { FactMap, FactType } from '../../station/facts.ts';
import type { NumberedFact } from '../incident.ts';

export interface Span { readonly fromMs: number; readonly toMs: number }

/** A fact of a known kind with its place. */
export interface Seen<T extends FactType> { readonly n: number; readonly atMs: number; readonly by: string | null; readonly data: FactMap[T] }

export class Records {
  readonly all: readonly NumberedFact[];
  readonly #byType = new Map<FactType, NumberedFact[]>();

  constructor(all: readonly NumberedFact[]) {
    this.all = all;
    for (const record of all) {
      const known = this.#byType.get(record.fact.type);
      if (known === undefined) this.#byType.set(record.fact.type, [record]);
      else known.push(record);
    }
  }

  of<T extends FactType>(type: T): Seen<T>[] {
    return (this.#byType.get(type) ?? []).map(({ n, fact }) => ({ n, atMs: fact.atMs, by: fact.by, data: fact.data as FactMap[T] }));
  }
}

/** The part of one span that lies in another; null = none. */
export function overlap(a: Span, b: Span): Span | null {
  const [fromMs, toMs] = [Math.max(a.fromMs, b.fromMs), Math.min(a.toMs, b.toMs)];
  return fromMs < toMs ? { fromMs, toMs } : null;
}

export const lengthOf = (spans: readonly Span[]): number => spans.reduce((sum, { fromMs, toMs }) => sum + toMs - fromMs, 0);
