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
import type { GateRule } from './rules.ts';

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

/** The rules that an operation is asked, of those of its direction. */
export function rulesOf(id: OperationId, direction: Direction): readonly GateRule[] {
  const { asks }: OperationSpec = OPERATIONS[id];
  return GATE_RULES.filter((rule) => (rule.directions as readonly Direction[]).includes(direction) && (asks === 'all' || asks.includes(rule.id)));
}

export function decide(operation: Operation, facts: GateFacts): Verdict {
  const { direction } = operation;
  if (direction === 'retreat' || direction === 'hold') return { allowed: true };
  const obstacles: Obstacle[] = rulesOf(operation.id, direction).flatMap((rule) =>
    rule.stands(facts).map(({ fact, clause, subject }) => ({ rule: rule.id, clause: clause ?? rule.clause, fact, whoCanChange: [...rule.whoCanChange], ...(subject === undefined ? {} : { subject }) })),
  );
  if (obstacles.length === 0) return { allowed: true };
  return { allowed: false, refusal: { operation: operation.id, direction, what: operation.what, obstacles: obstacles.slice(0, OBSTACLES_MAX), meanwhile: [...MEANWHILE] } };
}
