/**
 * The demonstration accounts as a scripted crew signs with them: the same people, roles and secret as in TRAINING, without the slow check of a
 * sealed secret, which guards nothing here: nobody but the script signs.
 */
import { DEMONSTRATION, TRAINING_SECRET } from '../users/users.ts';
import type { Account, Result, Users } from '../users/users.ts';
import type { CrewRole } from './script.ts';

/** Who of them acts in which part. The operator has the console, a second one the watch (4.5.2). */
export const USER_OF: Readonly<Record<CrewRole, string>> = { operator: 'op1', fieldOperator: 'op2', shiftLeader: 'sup1', supervisor: 'sup1', engineer: 'eng1', manager: 'eng2' };
/** A second person of the role, where two must answer. */
export const SECOND_OF: Readonly<Record<string, string>> = { operator: 'op2', supervisor: 'sup2', engineer: 'eng2' };

export const signatureOf = (user: string): { user: string; secret: string } => ({ user, secret: TRAINING_SECRET });

const no = <T>(message: string): Result<T> => ({ ok: false, problem: { code: 'wrong-secret', message: { zh: message, en: message } } });

export function crewAccounts(): Users {
  const find = (user: string): Account | undefined => DEMONSTRATION.find((account) => account.user === user);
  const fixed = <T>(): Promise<Result<T>> => Promise.resolve(no('These accounts are not changed in an exercise.'));
  return {
    list: () => [...DEMONSTRATION], rows: () => DEMONSTRATION.map((account) => ({ ...account, mustChange: false, disabled: false })),
    standing: (user) => { const account = find(user); return account === undefined ? { state: 'gone' } : { state: 'good', account, seal: user }; },
    check: (user, secret) => { const account = find(user); return Promise.resolve(account !== undefined && secret === TRAINING_SECRET ? { ok: true, value: account } : no('User and secret do not belong together.')); },
    changeSecret: fixed, add: fixed, resetSecret: fixed, setDisabled: fixed, setRoles: fixed,
  };
}
