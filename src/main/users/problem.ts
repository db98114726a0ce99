/** How accounts say no: a code for the program, a sentence for people. */
import type { Text } from '../../contract/text.ts';

export type UsersProblemCode = 'wrong-secret' | 'locked-out' | 'must-change' | 'disabled' | 'no-account' | 'busy' | 'bad-account' | 'taken' | 'too-many' | 'damaged' | 'wrong-mode' | 'io';

export interface UsersProblem {
  readonly code: UsersProblemCode;
  readonly message: Text;
}
export type Result<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly problem: UsersProblem };

export function problem(code: UsersProblemCode, en: string, zh: string): UsersProblem {
  return { code, message: { en, zh } };
}
