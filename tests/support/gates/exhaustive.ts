/**
 * `npm run gates:exhaustive [OPERATION...]`: every combination, good and bad, of everything that is asked of each operation, against the oracle. Minutes;
 * the test suite takes all pairs of parts of the full operations instead (tests/unit/domain/gates-decide.test.ts).
 */
import { decide } from '../../../src/domain/gates/decide.ts';
import type { OperationId, OperationSpec } from '../../../src/domain/gates/operations.ts';
import { OPERATIONS } from '../../../src/domain/gates/operations.ts';
import { dimensionsAsked } from './asked.ts';
import { combinations, differenceAt } from './enumerate.ts';

let total = 0;
let wrong = 0;
const chosen = process.argv.slice(2);
const unknown = chosen.find((id) => !Object.hasOwn(OPERATIONS, id));
if (unknown !== undefined) {
  process.stderr.write(`no operation '${unknown}'; expected some of ${Object.keys(OPERATIONS).join(', ')}\n`);
  process.exit(2);
}
for (const id of (chosen.length > 0 ? chosen : Object.keys(OPERATIONS)) as OperationId[]) {
  const { direction } = OPERATIONS[id] as OperationSpec;
  const dimensions = dimensionsAsked(id);
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
