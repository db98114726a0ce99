/** REQ-PACK-16: what `haven clauses` counts as carried is carried by something that acts, and what the product claims to carry exists. */
import { describe, expect, it } from 'vitest';
import { COMMANDS } from '../../../src/contract/commands.ts';
import { GATE_RULES } from '../../../src/domain/gates/rules.ts';
import { uncoveredOf } from '../../../src/main/packs/coverage.ts';
import type { ClauseCoverage } from '../../../src/main/packs/coverage.ts';
import { loadPacks } from '../../../src/main/packs/load.ts';
import { PRODUCT_CARRIERS } from '../../../src/main/packs/product-carriers.ts';
import { loadWith, swap } from './small-plant.ts';

const clause = (kind: string, type: ClauseCoverage['carriers'][number]['type'] | null, tests: readonly string[] = ['a.test.ts:A9 title']): ClauseCoverage => ({ id: 'A9', kind, carriers: type === null ? [] : [{ type, id: 'X' }], tests });

describe('REQ-PACK-16 a clause counts as covered only by what carries it out', () => {
  it.each([
    ['trigger', 'condition', true], ['trigger', 'interlock', true], ['trigger', 'rule', true], ['trigger', 'procedure', false], ['trigger', 'prohibition', false], ['trigger', 'check', false], ['trigger', null, false],
    ['limit', 'condition', true], ['limit', 'procedure', true], ['limit', 'prohibition', false], ['limit', 'check', false],
    ['never', 'prohibition', true], ['action', 'procedure', true], ['govern', 'check', true], ['govern', null, false],
  ] as const)('%s by %s: %s', (kind, type, covered) => {
    expect(uncoveredOf([clause(kind, type)], true)).toEqual(covered ? [] : ['A9']);
  });

  it('without a test it is uncovered, unless there are no tests at all, as in an installed copy', () => {
    expect(uncoveredOf([clause('trigger', 'condition', [])], true)).toEqual(['A9']);
    expect(uncoveredOf([clause('trigger', 'condition', [])], false)).toEqual([]);
  });

  it('every gate and command that the product names as a carrier exists, and the gate carries that clause', () => {
    for (const [id, carriers] of Object.entries(PRODUCT_CARRIERS)) {
      for (const carrier of carriers) {
        if (carrier.type === 'gate') expect(GATE_RULES.map((rule) => rule.id), `${id} ${carrier.id}`).toContain(carrier.id);
        if (carrier.type === 'command') expect(Object.keys(COMMANDS), `${id} ${carrier.id}`).toContain(carrier.id);
      }
      const gates = carriers.filter((carrier) => carrier.type === 'gate');
      if (gates.length > 0) expect(GATE_RULES.filter((rule) => gates.some((gate) => gate.id === rule.id)).map((rule) => rule.clause), id).toContain(id);
    }
  });

  it('3.2 4.3.3 the checks that the product names as carriers refuse what the clause forbids', () => {
    expect(loadWith('procedure', swap('shutdownConditions:', 'shutdown:')).plants[0]?.procedures).toEqual([]);
    expect(loadWith('procedure', swap('signed: engineer}', 'signed: engineer, senses: true}')).plants[0]?.procedures).toEqual([]);
  });

  it('every trigger and limit of the guideline is carried by a condition of the shipped rules; 4.2.1 is held by its gate', () => {
    const { clauses, plants } = loadPacks({ rulesDir: 'rules', proceduresDir: 'procedures' });
    const carried = new Set(plants.flatMap((plant) => plant.conditions.filter((condition) => condition.role !== 'input').flatMap((condition) => condition.clauses)));
    expect(clauses.filter(({ kind, id }) => (kind === 'trigger' || kind === 'limit') && !carried.has(id)).map(({ id }) => id)).toEqual(['4.2.1']);
  });
});
