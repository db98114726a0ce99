/**
 * The one decision: operation and facts in, verdict out. Pure and total. `retreat` and `hold` return before any rule is looked
 * at, so that no rule, however wrong, can ever lock the way to safety.
 */
import type { Direction, Obstacle, Verdict } from '../../contract/refusal.ts';
import type { Text } from '../../contract/text.ts';
import type { GateFacts } from './gate-facts.ts';
import { OPERATIONS } from './operations.ts';
import type { OperationId, OperationSpec } from './operations.ts';
import { GATE_RULES } from './rules.ts';
import type { GateRule, Standing } from './rules.ts';

/** What may always be done while something else is refused. */
export const MEANWHILE: readonly Text[] = [
  { zh: '紧急停车、撤离和全部退守步骤随时可用', en: 'Emergency stop, evacuation and every retreat step stay open' },
  { zh: '保持安全状态，继续监视', en: 'Hold the safe state and keep watching' },
];

/** Most obstacles a refusal lists; the contract's own limit. */
const OBSTACLES_MAX = 50;

export interface Operation {
  readonly id: OperationId;
  /** That of the table, but for a step of the handling, which has its own. */
  readonly direction: Direction;
  /** What is asked for, in words. */
  readonly what: Text;
}

/** The rules and what each operation asks of them: the product's own below, a mutated one in the tests. */
export interface GateTable {
  readonly rules: readonly GateRule[];
  readonly operations: Readonly<Record<OperationId, OperationSpec>>;
}

/** The rules that an operation is asked, of those of its direction. */
export function rulesOf({ rules, operations }: GateTable, id: OperationId, direction: Direction): readonly GateRule[] {
  const { asks } = operations[id];
  return rules.filter((rule) => (rule.directions as readonly Direction[]).includes(direction) && (asks === 'all' || asks.includes(rule.id)));
}

export type Decide = (operation: Operation, facts: GateFacts) => Verdict;

/** The directions that rules may refuse. */
type Gated = Exclude<Direction, 'retreat' | 'hold'>;

/** Makes the decision of a table. Which rules are asked is looked up once, because verdicts stand beside every button. */
export function decideBy(table: GateTable): Decide {
  const ids = Object.keys(table.operations) as OperationId[];
  const asked = new Map(ids.map((id) => [id, { sustain: rulesOf(table, id, 'sustain'), intervene: rulesOf(table, id, 'intervene'), return: rulesOf(table, id, 'return') } satisfies Record<Gated, readonly GateRule[]>]));
  return (operation, facts) => {
    const { id, direction, what } = operation;
    if (direction === 'retreat' || direction === 'hold') return { allowed: true };
    const obstacles: Obstacle[] = [];
    // Loops and not flatMap: millions of times in the proof of the gates, and for every button of every view.
    for (const rule of asked.get(id)?.[direction] ?? []) for (const standing of rule.stands(facts)) obstacles.push(obstacleOf(rule, standing));
    if (obstacles.length === 0) return { allowed: true };
    return { allowed: false, refusal: { operation: id, direction, what, obstacles: obstacles.slice(0, OBSTACLES_MAX), meanwhile: [...MEANWHILE] } };
  };
}

function obstacleOf(rule: GateRule, { fact, clause, subject }: Standing): Obstacle {
  return { rule: rule.id, clause: clause ?? rule.clause, fact, whoCanChange: [...rule.whoCanChange], ...(subject === undefined ? {} : { subject }) };
}

export const GATES: GateTable = { rules: GATE_RULES, operations: OPERATIONS };

export const decide: Decide = decideBy(GATES);
