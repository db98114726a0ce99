/**
 * Corrective actions (H.1, 4.5.3): what is to be done after an incident, by whom, paid by what, until when, and what holds meanwhile.
 * A closed loop: open, its deadline moved at most once, closed with evidence by somebody else than who had to do it. Pure.
 */

export interface Reschedule {
  readonly fromMs: number;
  readonly toMs: number;
  readonly reason: string;
  readonly by: string;
  readonly atMs: number;
}

export interface CorrectiveAction {
  readonly id: string;
  /** null = it belongs to no incident: an audit, a drill, something that somebody saw. */
  readonly incident: string | null;
  readonly measure: string;
  /** As a person writes it: a name or an account. Whoever has to do it need not have an account here. */
  readonly responsible: string;
  readonly funding: string;
  readonly dueMs: number;
  readonly contingency: string;
  /** Procedures that it concerns. */
  readonly procedures: readonly string[];
  readonly openedBy: string;
  readonly openedMs: number;
  readonly extended: readonly Reschedule[];
  readonly closed: { readonly by: string; readonly atMs: number; readonly evidence: string } | null;
}

export interface ActionRegister {
  /** In the order in which they were opened. Never dropped. */
  readonly open: readonly CorrectiveAction[];
  /** Newest first, bounded; the journal keeps all. */
  readonly closed: readonly CorrectiveAction[];
  /** How many were ever opened: numbers are not given twice, though closed ones leave the memory. */
  readonly opened: number;
}

export const NO_ACTIONS: ActionRegister = { open: [], closed: [], opened: 0 };

/** Open at one time: more than this nobody looks after. */
export const OPEN_ACTIONS_MAX = 500;
/** Closed ones in memory. */
export const CLOSED_ACTIONS_MAX = 500;
/** A deadline that may be moved again and again is none. */
export const RESCHEDULES_MAX = 1;
/** Engineering default: what is due later than this is a project, and nobody would be reminded of it. */
export const DUE_AHEAD_MAX_MS = 3 * 366 * 86_400_000;

export const isOverdue = ({ closed, dueMs }: CorrectiveAction, nowMs: number): boolean => closed === null && nowMs >= dueMs;

export const overdueOf = ({ open }: ActionRegister, nowMs: number): readonly CorrectiveAction[] => open.filter((action) => isOverdue(action, nowMs));

const plain = (words: string): string => words.normalize('NFKC').trim().toLowerCase();

/**
 * Is this person the one who has to do it, by whichever of their names? The field is written by hand and may name several people: in doubt
 * it is them, and somebody else signs.
 */
export function isResponsible({ responsible }: Pick<CorrectiveAction, 'responsible'>, { user, name }: { readonly user: string; readonly name: string }): boolean {
  const words = plain(responsible);
  const names = words.split(/[^\p{L}\p{N}._-]+/u);
  return names.includes(plain(user)) || (plain(name) !== '' && words.includes(plain(name)));
}

export type Outline = Pick<CorrectiveAction, 'incident' | 'measure' | 'responsible' | 'funding' | 'dueMs' | 'contingency' | 'procedures'>;

/** A number that is taken is not taken again: what is open is not written over. */
export function withOpened(register: ActionRegister, id: string, outline: Outline, openedBy: string, openedMs: number): ActionRegister {
  if (register.open.some((each) => each.id === id)) return register;
  return { ...register, open: [...register.open, { id, ...outline, openedBy, openedMs, extended: [], closed: null }], opened: register.opened + 1 };
}

/** What is not open is left alone. */
export function withRescheduled(register: ActionRegister, id: string, toMs: number, reason: string, by: string, atMs: number): ActionRegister {
  return { ...register, open: register.open.map((action) => (action.id === id ? { ...action, dueMs: toMs, extended: [...action.extended, { fromMs: action.dueMs, toMs, reason, by, atMs }] } : action)) };
}

export function withClosed(register: ActionRegister, id: string, evidence: string, by: string, atMs: number): ActionRegister {
  const action = register.open.find((each) => each.id === id);
  if (action === undefined) return register;
  return { ...register, open: register.open.filter((each) => each !== action), closed: [{ ...action, closed: { by, atMs, evidence } }, ...register.closed].slice(0, CLOSED_ACTIONS_MAX) };
}
