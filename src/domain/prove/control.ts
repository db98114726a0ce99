/**
 * The course as integers: what of a running procedure decides what may come next, packed into one number, with the effects of the table told
 * on it. Beside it stand ghosts: an account of what really happened (safe state proved, cause found, who approved), kept from the events
 * alone and never read from the machine, so that a machine that forgets to ask is found out.
 */
import type { Role } from '../../contract/refusal.ts';
import { isApproved } from '../procedures/machine.ts';
import type { CourseRule, CourseTable } from '../procedures/course-table.ts';

/** People of the model: one for each required role, and one who holds them all. */
export interface Person { readonly user: string; readonly roles: readonly Role[] }
export interface Approval { readonly user: string; readonly role: Role }

export interface Control {
  readonly at: number;
  readonly held: boolean;
  /** What the machine remembers. */
  readonly causeKnown: boolean;
  readonly approvals: readonly Approval[];
  readonly safeOverdue: boolean;
  readonly stepOverdue: boolean;
  /** What really happened. */
  readonly ghostSafe: boolean;
  readonly ghostCause: boolean;
  readonly ghostApprovals: readonly Approval[];
}

export function peopleOf(table: CourseTable): Person[] {
  const roles = [...new Set(table.procedure.returnApprovals)];
  return [...table.procedure.returnApprovals.map((role, i) => ({ user: `${role}-${i + 1}`, roles: [role] })), { user: 'both', roles }];
}

/** A control state as one number: mixed radix over its parts. */
export class Packing {
  readonly #signs: readonly Approval[];
  readonly #table: CourseTable;

  constructor(table: CourseTable) {
    this.#table = table;
    this.#signs = peopleOf(table).flatMap(({ user, roles }) => roles.map((role) => ({ user, role })));
  }

  pack(control: Control): number {
    const flags = [control.held, control.causeKnown, control.safeOverdue, control.stepOverdue, control.ghostSafe, control.ghostCause].reduce((sum, flag, i) => sum + (flag ? 2 ** i : 0), 0);
    const masks = this.#mask(control.approvals) + this.#mask(control.ghostApprovals) * 2 ** this.#signs.length;
    return control.at + this.#table.states.length * (flags + 64 * masks);
  }

  #mask(approvals: readonly Approval[]): number {
    return this.#signs.reduce((sum, sign, i) => sum + (approvals.some(({ user, role }) => user === sign.user && role === sign.role) ? 2 ** i : 0), 0);
  }
}

export const initialControl = (table: CourseTable): Control => ({ at: table.initial, held: false, causeKnown: false, approvals: [], safeOverdue: false, stepOverdue: false, ghostSafe: false, ghostCause: false, ghostApprovals: [] });

/** Who signs, where a rule is a person's approval. */
export type Signing = Approval | null;

const signedBy = (approvals: readonly Approval[], signing: Signing): readonly Approval[] => (signing === null ? approvals : [...approvals.filter(({ user }) => user !== signing.user), signing]);

/** The control state after a rule: the table's effects on what the machine remembers, and the ghosts by the event alone. */
export function afterRule(table: CourseTable, control: Control, rule: CourseRule, signing: Signing): Control {
  let next: Control = { ...control, at: rule.to, stepOverdue: rule.to === control.at && control.stepOverdue };
  for (const { name } of rule.effects) {
    switch (name) {
      case 'begin': next = { ...next, approvals: [], safeOverdue: false }; break;
      case 'voidApprovals': next = { ...next, approvals: [] }; break;
      case 'voidCause': next = { ...next, causeKnown: false }; break;
      case 'recordCause': next = { ...next, causeKnown: true }; break;
      case 'approve': next = { ...next, approvals: signedBy(next.approvals, signing) }; break;
      case 'awaitSafe': next = { ...next, safeOverdue: false }; break;
      case 'markNotSafe': next = { ...next, safeOverdue: true }; break;
      case 'markOverdue': next = { ...next, stepOverdue: rule.to === control.at }; break;
      case 'remember': case 'closeStep': case 'openStep': case 'reopen': case 'choose': case 'permit': case 'withdraw': case 'voidHandling': break;
    }
  }
  return withGhosts(table, control, next, rule, signing);
}

function withGhosts(table: CourseTable, before: Control, next: Control, rule: CourseRule, signing: Signing): Control {
  const place = table.states[before.at]?.place;
  switch (rule.event) {
    case 'SAFE_PROVED': return { ...next, ghostSafe: true, ghostCause: false, ghostApprovals: [] };
    case 'SAFE_LOST': case 'STOP': case 'START': return { ...next, ghostSafe: false, ghostCause: false, ghostApprovals: [] };
    // A cause found is found; approvals given on another cause are not given on this one.
    case 'CAUSE': return { ...next, ghostCause: place === 'investigating' || place === 'readyToReturn', ghostApprovals: [] };
    case 'APPROVED': return { ...next, ghostApprovals: signedBy(before.ghostApprovals, signing) };
    default: return next;
  }
}

/** Have different people with the required roles really approved? */
export const reallyApproved = (required: readonly Role[], control: Control): boolean =>
  new Set(control.ghostApprovals.map(({ user }) => user)).size >= Math.max(2, required.length) && isApproved(required, control.ghostApprovals);
