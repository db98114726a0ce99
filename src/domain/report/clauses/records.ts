/** Records by the kind of their fact, and stretches of time. */
import type { FactMap, FactType } from '../../station/facts.ts';
import type { NumberedFact } from '../incident.ts';

export interface Span { readonly fromMs: number; readonly toMs: number }

/** A fact of a known kind with its place. */
export interface Seen<T extends FactType> { readonly n: number; readonly atMs: number; readonly by: string | null; readonly data: FactMap[T] }

export class Records {
  readonly all: readonly NumberedFact[];
  readonly #byType = new Map<FactType, Seen<FactType>[]>();

  constructor(all: readonly NumberedFact[]) {
    this.all = all;
    for (const { n, fact } of all) {
      const seen: Seen<FactType> = { n, atMs: fact.atMs, by: fact.by, data: fact.data };
      const known = this.#byType.get(fact.type);
      if (known === undefined) this.#byType.set(fact.type, [seen]);
      else known.push(seen);
    }
  }

  of<T extends FactType>(type: T): readonly Seen<T>[] {
    return (this.#byType.get(type) ?? []) as unknown as readonly Seen<T>[];
  }
}

/** The part of one span that lies in another; null = none. */
export function overlap(a: Span, b: Span): Span | null {
  const [fromMs, toMs] = [Math.max(a.fromMs, b.fromMs), Math.min(a.toMs, b.toMs)];
  return fromMs < toMs ? { fromMs, toMs } : null;
}

export const lengthOf = (spans: readonly Span[]): number => spans.reduce((sum, { fromMs, toMs }) => sum + toMs - fromMs, 0);
