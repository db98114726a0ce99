/** What an operation is asked, as dimensions with a good and a bad value each. */
import { decide, GATES, rulesOf } from '../../../src/domain/gates/decide.ts';
import type { OperationId, OperationSpec } from '../../../src/domain/gates/operations.ts';
import { OPERATIONS } from '../../../src/domain/gates/operations.ts';
import { CLEAR, DIMENSIONS } from './dimensions.ts';
import type { Dimension } from './dimensions.ts';
import { twoValued } from './enumerate.ts';

/** One good entry, one for each thing that can be wrong with it, and none. */
function entryOneByOne({ name, values }: Dimension): Dimension {
  const good = JSON.stringify(values[0]);
  const apart = (value: unknown): number => [...JSON.stringify(value)].filter((letter, i) => letter !== good[i]).length;
  const stages = new Map(values.map((value) => [standsOn(value), value]));
  return { name, values: [...stages.values()].sort((a, b) => apart(a) - apart(b)) };
}

/** What stands in the way of entering on this alone. */
function standsOn(value: object): string {
  const verdict = decide({ id: 'people.enter', direction: 'intervene', what: { zh: '', en: '' } }, { ...CLEAR, ...value });
  return verdict.allowed ? 'nothing' : verdict.refusal.obstacles.map(({ rule }) => rule).join();
}

/** Dimensions that change what is said of this operation, found by letting its rules read. */
export function dimensionsAsked(id: OperationId): Dimension[] {
  const rules = rulesOf(GATES, id, (OPERATIONS[id] as OperationSpec).direction);
  const reads = new Set<string>();
  const spy = new Proxy(CLEAR, { get: (facts, key: string) => { reads.add(key); return facts[key as keyof typeof facts]; } });
  for (const rule of rules) rule.stands(spy);
  return DIMENSIONS.filter(({ name, values }) => Object.keys(values[0]!).some((key) => reads.has(key)) || name === 'signer' || name === 'commander').map((each) => (each.name === 'entry' ? entryOneByOne(each) : twoValued(each)));
}
