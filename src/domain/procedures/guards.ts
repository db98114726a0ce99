/**
 * The guards of the course as one table. A guard looks at facts and nothing else; the running station fills them from tags, state and
 * gates, the prover with every value they can have.
 */
import { FALSE, TRUE } from '../conditions/truth.ts';
import type { Truth } from '../conditions/truth.ts';

/** What the guards read, about the state in which the course stands. */
export interface CourseFacts {
  /** A linked interlock has tripped: the plant retreats by itself. */
  readonly tripped: boolean;
  /** All proofs of the present step together. A step that was proved before is proved. */
  readonly proof: Truth;
  /** The least time of a waiting step is over. */
  readonly waited: boolean;
  /** The time of the present step is over. */
  readonly due: boolean;
  /** It has been marked already. */
  readonly overdue: boolean;
  /** The one option of a `decide` step that the tags show; null when they show none, or more than one. */
  readonly seen: string | null;
  /** All proofs of the safe state together. FALSE as soon as one is plainly false. */
  readonly safe: Truth;
  readonly safeDue: boolean;
  /** Every evacuation that was begun is proved: nobody is left where people were told to leave. */
  readonly isCleared: boolean;
  readonly causeKnown: boolean;
  /** The gate's verdict on the present step of the handling. */
  readonly mayDoStep: boolean;
  /** The gate's verdict on the return, for who signs. */
  readonly mayReturn: boolean;
  /** As many different people as the return needs have approved it. */
  readonly isApproved: boolean;
}

/** What a guard must know of its rule. */
interface OfOption { readonly option: string | null }
type Guard = (facts: CourseFacts, rule: OfOption) => boolean;

export const GUARDS = {
  always: () => true,
  tripped: (facts) => facts.tripped,
  stepProved: (facts) => facts.proof === TRUE && facts.waited,
  stepDue: (facts) => facts.due,
  stepDueOnce: (facts) => facts.due && !facts.overdue,
  optionSeen: (facts, rule) => facts.seen !== null && facts.seen === rule.option,
  // The course does not wait for people who walk out (decision 0010); the safe state does.
  safeProved: (facts) => facts.safe === TRUE && facts.isCleared,
  // Lost only on evidence: an unknown value does not send people back, but it does stop the return (gate).
  safeLost: (facts) => facts.safe === FALSE,
  safeDue: (facts) => facts.safeDue,
  causeKnown: (facts) => facts.causeKnown,
  mayDoStep: (facts) => facts.mayDoStep,
  mayNotDoStep: (facts) => !facts.mayDoStep,
  stepProvedAndMay: (facts) => facts.proof === TRUE && facts.waited && facts.mayDoStep,
  mayReturn: (facts) => facts.mayReturn,
  mayReturnApproved: (facts) => facts.mayReturn && facts.isApproved,
} as const satisfies Record<string, Guard>;

export type GuardName = keyof typeof GUARDS;

/** Does the rule's guard hold on these facts? */
export function guardHolds(rule: OfOption & { readonly guard: GuardName }, facts: CourseFacts): boolean {
  const guard: Guard = GUARDS[rule.guard];
  return guard(facts, rule);
}
