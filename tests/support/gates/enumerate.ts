/** Walks combinations of facts and holds the decision against the oracle. */
import type { Direction } from '../../../src/contract/refusal.ts';
import type { Decide } from '../../../src/domain/gates/decide.ts';
import type { GateFacts } from '../../../src/domain/gates/gate-facts.ts';
import type { OperationId } from '../../../src/domain/gates/operations.ts';
import { CLEAR } from './dimensions.ts';
import type { Dimension } from './dimensions.ts';
import { oracle } from './oracle.ts';

const WHAT = { zh: '做', en: 'do' };
export interface Difference { readonly operation: string; readonly direction: Direction; readonly facts: GateFacts; readonly said: readonly string[]; readonly expected: readonly string[] }

/** What the decision says, or null where it says what the oracle does. */
export function differenceAt(decide: Decide, operation: OperationId, direction: Direction, facts: GateFacts): Difference | null {
  const verdict = decide({ id: operation, direction, what: WHAT }, facts);
  const expected = oracle(operation, direction, facts);
  let found = 0;
  let isStrange = false;
  let last = '';
  if (!verdict.allowed) for (const { rule } of verdict.refusal.obstacles) {
    if (rule === last) continue; // several things under one rule
    last = rule;
    if (expected.has(rule)) found += 1; else isStrange = true;
  }
  if (!isStrange && found === expected.size && verdict.allowed === (expected.size === 0)) return null;
  return { operation, direction, facts, said: verdict.allowed ? [] : [...new Set(verdict.refusal.obstacles.map(({ rule }) => rule))], expected: [...expected] };
}

/** Every combination of the values of these dimensions, over a ground. Counts on an odometer, so that each step changes little. */
export function* combinations(dimensions: readonly Dimension[], ground: GateFacts = CLEAR): Generator<GateFacts> {
  const at = dimensions.map(() => 0);
  const facts = { ...ground };
  for (const { values } of dimensions) Object.assign(facts, values[0]);
  for (;;) {
    yield facts;
    let i = 0;
    for (; i < dimensions.length; i += 1) {
      const values = dimensions[i]!.values;
      at[i] = (at[i]! + 1) % values.length;
      Object.assign(facts, values[at[i]!]);
      if (at[i] !== 0) break;
    }
    if (i === dimensions.length) return;
  }
}

/** The good value and one bad one of each: for the large products. */
export const twoValued = ({ name, values }: Dimension, bad = 1): Dimension => ({ name, values: [values[0]!, values[Math.min(bad, values.length - 1)]!] });
