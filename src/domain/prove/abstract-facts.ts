/**
 * Values abstracted to the facts that guards and gates read. The prover puts in every combination; the running station puts in what tags,
 * state and people say. Gates are not re-told here: the very `decide()` of the product is asked.
 */
import { FALSE, TRUE, UNKNOWN } from '../conditions/truth.ts';
import type { Truth } from '../conditions/truth.ts';
import { NO_ENTRANT, NO_FACTS } from '../gates/gate-facts.ts';
import type { GateFacts } from '../gates/gate-facts.ts';
import type { Direction, Role, Verdict } from '../../contract/refusal.ts';
import type { Operation } from '../gates/decide.ts';

/** What a linked interlock may be. Everything but `clear` stands in the way of anything that is not retreat or hold (3.3). */
export const INTERLOCK_VALUES = ['clear', 'no-entry', 'expired', 'unknown'] as const;
export type InterlockValue = (typeof INTERLOCK_VALUES)[number];
/** People in the zone once somebody more goes in. */
export const ENTRY_VALUES = ['within', 'over', 'unknown', 'unclear'] as const;
export type EntryValue = (typeof ENTRY_VALUES)[number];
export const PEOPLE_VALUES = ['within', 'exceeded', 'unknown'] as const;
/** Conditions of return, safe state and trip conditions together. */
export const UNMET_VALUES = ['none', 'false', 'unknown'] as const;

/** Everything around a procedure that a gate reads. */
export interface GateEnv {
  readonly interlock: InterlockValue;
  readonly link: boolean;
  readonly foreseen: boolean;
  readonly prohibitionsKept: boolean;
  readonly commander: boolean;
  readonly watch: boolean;
  readonly entry: EntryValue;
  readonly people: (typeof PEOPLE_VALUES)[number];
  readonly unmet: (typeof UNMET_VALUES)[number];
  readonly proofsHold: boolean;
  readonly cautionsRead: boolean;
  /** The signer holds a role that may. */
  readonly entitled: boolean;
}

export const GOOD_ENV: GateEnv = { interlock: 'clear', link: true, foreseen: true, prohibitionsKept: true, commander: true, watch: true, entry: 'within', people: 'within', unmet: 'none', proofsHold: true, cautionsRead: true, entitled: true };
/** Link gone, every tag unknown, nobody there: what losing the DCS or the power looks like. */
export const LOST_ENV: GateEnv = { interlock: 'unknown', link: false, foreseen: false, prohibitionsKept: true, commander: false, watch: false, entry: 'unknown', people: 'unknown', unmet: 'unknown', proofsHold: false, cautionsRead: false, entitled: false };

const BOTH = [true, false] as const;

/** Every environment that the gate before a step of the handling can meet. */
export const STEP_ENVS: readonly GateEnv[] = INTERLOCK_VALUES.flatMap((interlock) => BOTH.flatMap((link) => BOTH.flatMap((foreseen) => BOTH.flatMap((prohibitionsKept) => BOTH.flatMap((commander) => BOTH.flatMap((watch) =>
  ENTRY_VALUES.flatMap((entry) => BOTH.flatMap((proofsHold) => BOTH.flatMap((cautionsRead) => BOTH.map((entitled) => ({ ...GOOD_ENV, interlock, link, foreseen, prohibitionsKept, commander, watch, entry, proofsHold, cautionsRead, entitled }))))))))))); 

/** Every environment that the gate before a return can meet. */
export const RETURN_ENVS: readonly GateEnv[] = INTERLOCK_VALUES.flatMap((interlock) => BOTH.flatMap((link) => BOTH.flatMap((foreseen) => BOTH.flatMap((prohibitionsKept) => BOTH.flatMap((commander) => BOTH.flatMap((watch) =>
  PEOPLE_VALUES.flatMap((people) => UNMET_VALUES.map((unmet) => ({ ...GOOD_ENV, interlock, link, foreseen, prohibitionsKept, commander, watch, people, unmet })))))))));

/** Of the course itself, what the gates read. */
export interface CourseSide { readonly held: boolean; readonly isSafePlace: boolean; readonly causeKnown: boolean }

export type GateFunction = (operation: Operation, facts: GateFacts) => Verdict;
const WORD = { zh: '', en: '' };
const ENTRY: Readonly<Record<EntryValue, GateFacts['entry']>> = {
  within: { ...NO_ENTRANT, zone: WORD, stage: 'handling', countAfter: 1, limit: 2 }, over: { ...NO_ENTRANT, zone: WORD, stage: 'handling', countAfter: 3, limit: 2 },
  unknown: { ...NO_ENTRANT, zone: WORD, stage: 'handling', countAfter: null, limit: 2 }, unclear: { ...NO_ENTRANT, zone: WORD, stage: 'unclear', countAfter: 0, limit: 0 },
};

function factsOf(env: GateEnv, side: CourseSide): GateFacts {
  return {
    ...NO_FACTS,
    interlocks: env.interlock === 'clear' ? [] : [{ id: 'I', obstacle: env.interlock }],
    unmet: env.unmet === 'none' ? [] : [{ text: WORD, state: env.unmet }],
    place: side.isSafePlace ? 'readyToReturn' : 'retreating', safeProved: side.isSafePlace, causeFound: side.causeKnown, held: side.held,
    commander: env.commander ? { user: 'c', name: '' } : null, watch: env.watch ? { user: 'w', name: '' } : null, noProcedure: !env.foreseen, linkGood: env.link,
    violated: env.prohibitionsKept ? [] : [{ clause: '', text: WORD }],
    lapsed: env.proofsHold ? [] : [WORD], unread: env.cautionsRead ? 0 : 1,
  };
}

/** May people do a step of this direction? Asked of the gate itself. */
export function mayDoStep(gate: GateFunction, direction: Direction, env: GateEnv, side: CourseSide, isSigning: boolean): boolean {
  const roles: readonly Role[] = ['supervisor', 'engineer'];
  const signer = isSigning ? { user: 'p', roles: env.entitled ? roles : (['operator'] as const) } : null;
  return gate({ id: 'procedure.permit', direction, what: WORD }, { ...factsOf(env, side), entry: ENTRY[env.entry], signer, signerRoles: roles }).allowed;
}

/** May this person approve the return? `roles`: those of the signer; `before`: who has approved already. */
export function mayReturn(gate: GateFunction, env: GateEnv, side: CourseSide, signer: { user: string; roles: readonly Role[] }, before: readonly string[], required: readonly Role[]): boolean {
  return gate({ id: 'procedure.return', direction: 'return', what: WORD }, {
    ...factsOf(env, side), zones: [{ id: 'Z', title: WORD, stage: 'handling', state: env.people, count: 1, limit: 2 }],
    signer, signerRoles: required, mustDifferFrom: before.map((user) => ({ user, part: WORD })),
  }).allowed;
}

/** What the guards of a step read, besides the gate. */
export interface StepValues { readonly proof: Truth; readonly waited: boolean; readonly due: boolean; readonly seen: string | null }
const TRUTHS = [TRUE, FALSE, UNKNOWN] as const;

/** Every value of a step: its proof, its least time, its time, and what its options show. */
export function stepValues(options: readonly string[]): StepValues[] {
  return TRUTHS.flatMap((proof) => BOTH.flatMap((waited) => BOTH.flatMap((due) => [null, ...options].map((seen) => ({ proof, waited, due, seen })))));
}

/** Every value of the safe state's proofs, of the evacuations begun, and of its time. */
export interface SafeValues { readonly safe: Truth; readonly isCleared: boolean; readonly safeDue: boolean }
export const SAFE_VALUES: readonly SafeValues[] = TRUTHS.flatMap((safe) => BOTH.flatMap((isCleared) => BOTH.map((safeDue) => ({ safe, isCleared, safeDue }))));
