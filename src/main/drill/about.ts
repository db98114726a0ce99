/** What tells of an exercise: the conditions of the clause that it is about, and those that it names. */
import type { Script } from './script.ts';

/** A clause, or one below or above it: A4.2(3) tells of A4.2. */
export const isOf = (clause: string, other: string): boolean => clause === other || other.startsWith(`${clause}(`) || clause.startsWith(`${other}(`);

interface Told { readonly id: string; readonly role: string; readonly clauses: readonly string[] }

/**
 * A trigger or a warning of the clause that the exercise is about (its first: the others stand for what else may come of it), or one that it names: a level that swings may reach its low end first.
 */
export const isTelling = ({ id, role, clauses }: Told, { clauses: [own = ''], expect }: Pick<Script, 'clauses' | 'expect'>): boolean =>
  (role === 'trigger' || role === 'warning') && (clauses.some((of) => isOf(own, of)) || (expect.conditions ?? []).some((each) => id === each || id.startsWith(`${each}-`)));
