/**
 * The gate: direction and facts in, verdict out. `retreat` and `hold` return before any rule is looked at, so that no
 * rule, however wrong, can ever lock the way to safety.
 */
import type { Direction, Obstacle, Verdict } from '../../contract/refusal.ts';
import type { Text } from '../../contract/text.ts';
import type { GateFacts } from './gate-facts.ts';
import { GATE_RULES } from './rules.ts';

/** What may always be done while something else is refused. */
export const MEANWHILE: readonly Text[] = [
  { zh: '紧急停车、撤离和全部退守步骤随时可用', en: 'Emergency stop, evacuation and every retreat step stay open' },
  { zh: '保持安全状态，继续监视', en: 'Hold the safe state and keep watching' },
];

/** Most obstacles a refusal lists; the contract's own limit. */
const OBSTACLES_MAX = 50;

export interface Operation {
  /** Stable name, e.g. `procedure.return`. */
  readonly id: string;
  readonly direction: Direction;
  /** What is asked for, in words. */
  readonly what: Text;
}

export function gate(operation: Operation, facts: GateFacts): Verdict {
  const { direction } = operation;
  if (direction === 'retreat' || direction === 'hold') return { allowed: true };
  const obstacles: Obstacle[] = GATE_RULES.filter((rule) => rule.directions.includes(direction)).flatMap((rule) =>
    rule.stands(facts).map((standing) => ({ rule: rule.id, clause: standing.clause ?? rule.clause, fact: standing.fact, whoCanChange: [...rule.whoCanChange], ...(standing.subject === undefined ? {} : { subject: standing.subject }) })),
  );
  if (obstacles.length === 0) return { allowed: true };
  return { allowed: false, refusal: { operation: operation.id, direction, what: operation.what, obstacles: obstacles.slice(0, OBSTACLES_MAX), meanwhile: [...MEANWHILE] } };
}
