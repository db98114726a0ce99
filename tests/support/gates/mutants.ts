/** The gates with one thing broken: every rule taken out, turned round, or asked less often than it should be. The oracle must see each. */
import { GATES, rulesOf } from '../../../src/domain/gates/decide.ts';
import type { GateTable } from '../../../src/domain/gates/decide.ts';
import { OPERATIONS } from '../../../src/domain/gates/operations.ts';
import type { OperationId, OperationSpec } from '../../../src/domain/gates/operations.ts';
import type { GateRule } from '../../../src/domain/gates/rules.ts';

export interface GateMutant { readonly name: string; readonly table: GateTable }

const withRule = (id: string, change: (rule: GateRule) => GateRule): GateTable => ({ ...GATES, rules: GATES.rules.map((rule) => (rule.id === id ? change(rule) : rule)) });
const turned: GateRule['stands'] = () => [{ fact: { zh: '总是', en: 'always' } }];

function ruleMutants(rule: GateRule): GateMutant[] {
  return [
    { name: `${rule.id} never stands`, table: withRule(rule.id, (r) => ({ ...r, stands: () => [] })) },
    { name: `${rule.id} always stands`, table: withRule(rule.id, (r) => ({ ...r, stands: turned })) },
    { name: `${rule.id} turned round`, table: withRule(rule.id, (r) => ({ ...r, stands: (f) => (r.stands(f).length > 0 ? [] : turned(f)) })) },
    ...rule.directions.map((gone) => ({ name: `${rule.id} without ${gone}`, table: withRule(rule.id, (r) => ({ ...r, directions: r.directions.filter((d) => d !== gone) })) })),
    ...(['sustain', 'intervene', 'return'] as const).filter((more) => !rule.directions.includes(more)).map((more) => ({ name: `${rule.id} with ${more}`, table: withRule(rule.id, (r) => ({ ...r, directions: [...r.directions, more] })) })),
  ];
}

function operationMutants(id: OperationId): GateMutant[] {
  const spec: OperationSpec = OPERATIONS[id];
  const asked = rulesOf(GATES, id, spec.direction).map((rule) => rule.id);
  const withAsks = (asks: readonly string[]): GateTable => ({ ...GATES, operations: { ...OPERATIONS, [id]: { ...spec, asks } } as GateTable['operations'] });
  return asked.map((gone) => ({ name: `${id} no longer asks ${gone}`, table: withAsks(asked.filter((rule) => rule !== gone)) }));
}

export const GATE_MUTANTS: readonly GateMutant[] = [...GATES.rules.flatMap(ruleMutants), ...(Object.keys(OPERATIONS) as OperationId[]).flatMap(operationMutants)];
