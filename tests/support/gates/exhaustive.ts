/**
 * `npm run gates:exhaustive`: every combination, good and bad, of everything that is asked of each operation, against the oracle. Minutes;
 * the test suite takes all pairs of parts instead (tests/unit/domain/gates-decide.test.ts).
 */
import { decide, GATES, rulesOf } from '../../../src/domain/gates/decide.ts';
import type { OperationId, OperationSpec } from '../../../src/domain/gates/operations.ts';
import { OPERATIONS } from '../../../src/domain/gates/operations.ts';
import { CLEAR, DIMENSIONS } from './dimensions.ts';
import type { Dimension } from './dimensions.ts';
import { combinations, differenceAt, twoValued } from './enumerate.ts';

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

/** Dimensions that change what is said of this operation, found by trying each value alone. */
function asked(id: OperationId, direction: OperationSpec['direction']): Dimension[] {
  const rules = rulesOf(GATES, id, direction);
  const reads = new Set<string>();
  const spy = new Proxy(CLEAR, { get: (facts, key: string) => { reads.add(key); return facts[key as keyof typeof facts]; } });
  for (const rule of rules) rule.stands(spy);
  return DIMENSIONS.filter(({ name, values }) => Object.keys(values[0]!).some((key) => reads.has(key)) || name === 'signer' || name === 'commander').map((each) => (each.name === 'entry' ? entryOneByOne(each) : twoValued(each)));
}

let total = 0;
let wrong = 0;
for (const id of Object.keys(OPERATIONS) as OperationId[]) {
  const { direction } = OPERATIONS[id] as OperationSpec;
  const dimensions = asked(id, direction);
  const startedMs = performance.now();
  let compared = 0;
  for (const facts of combinations(dimensions)) {
    compared += 1;
    const difference = differenceAt(decide, id, direction, facts);
    if (difference === null) continue;
    wrong += 1;
    if (wrong <= 5) process.stderr.write(`${JSON.stringify(difference)}\n`);
  }
  total += compared;
  process.stdout.write(`${id.padEnd(20)} ${String(dimensions.length).padStart(2)} facts, ${compared.toLocaleString('en')} combinations, ${Math.round((performance.now() - startedMs) / 1000)} s\n`);
}
process.stdout.write(`${total.toLocaleString('en')} combinations, ${wrong} differences\n`);
process.exitCode = wrong === 0 ? 0 : 1;
