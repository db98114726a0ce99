/**
 * Breadth first through all reachable states of one procedure, with every value of every fact that a guard or a gate reads. Every move is
 * handed to the laws; the shortest way to the first that breaks one is its counterexample.
 */
import { UNKNOWN } from '../conditions/truth.ts';
import type { Truth } from '../conditions/truth.ts';
import { isApproved } from '../procedures/machine.ts';
import { isGated } from '../procedures/course-table.ts';
import type { CourseRule, CourseTable } from '../procedures/course-table.ts';
import { guardHolds as realGuard } from '../procedures/guards.ts';
import type { CourseFacts } from '../procedures/guards.ts';
import { decide } from '../gates/decide.ts';
import { GOOD_ENV, mayDoStep, mayReturn, RETURN_ENVS, SAFE_VALUES, STEP_ENVS, stepValues } from './abstract-facts.ts';
import type { CourseSide, GateEnv, GateFunction } from './abstract-facts.ts';
import { afterRule, initialControl, Packing, peopleOf } from './control.ts';
import type { Control, Person, Signing } from './control.ts';
import { moveWords } from './words.ts';
import type { Move } from './words.ts';

/** What is proved: the table that runs, with its guards and gates. Mutants put in their own. */
export interface Subject {
  readonly table: CourseTable;
  readonly guardHolds: (rule: Pick<CourseRule, 'guard' | 'option'>, facts: CourseFacts) => boolean;
  readonly gate: GateFunction;
}

export const subjectOf = (table: CourseTable): Subject => ({ table, guardHolds: realGuard, gate: decide });

export interface Step extends Move {
  readonly before: Control;
  readonly after: Control;
  readonly safe: Truth;
  readonly isCleared: boolean;
  /** How many combinations of facts around it this move stands for. */
  readonly count: number;
}
export interface Explored {
  readonly states: readonly Control[];
  readonly transitions: number;
  /** Which states can be reached from which, by any move: for the laws about ways. */
  readonly next: readonly ReadonlySet<number>[];
  /** The moves that lead to a state, in words. */
  readonly wayTo: (index: number) => string[];
}

/** More states than this is no procedure of this language. */
const STATES_MAX = 2_000_000;
const BAD: CourseFacts = { tripped: false, proof: UNKNOWN, waited: false, due: false, overdue: false, seen: null, safe: UNKNOWN, isCleared: false, safeDue: false, causeKnown: false, mayDoStep: false, mayReturn: false, isApproved: false };

/** A gate is a pure function: what it once said of all environments it says again. */
const VERDICTS = new WeakMap<GateFunction, Map<string, Uint8Array>>();
function cacheOf(gate: GateFunction): Map<string, Uint8Array> {
  const known = VERDICTS.get(gate) ?? new Map<string, Uint8Array>();
  VERDICTS.set(gate, known);
  return known;
}
const BEHIND = new WeakMap<Uint8Array, (readonly { readonly env: GateEnv; readonly count: number }[])[]>();

export class Explorer {
  readonly subject: Subject;
  readonly table: CourseTable;
  readonly #people: readonly Person[];

  constructor(subject: Subject) {
    this.subject = subject;
    this.table = subject.table;
    this.#people = peopleOf(subject.table);
  }

  sideOf(control: Control): CourseSide {
    const place = this.table.states[control.at]?.place ?? 'standby';
    return { held: control.held, isSafePlace: ['safe', 'investigating', 'readyToReturn'].includes(place), causeKnown: control.causeKnown };
  }

  /** The gate's verdicts before the present step, one for each environment. */
  stepVerdicts(control: Control, isSigning: boolean): Uint8Array {
    const step = this.table.states[control.at]?.step;
    const direction = step?.direction ?? 'retreat';
    const side = this.sideOf(control);
    const key = JSON.stringify([direction, side, isSigning]);
    const cache = cacheOf(this.subject.gate);
    const known = cache.get(key);
    if (known !== undefined) return known;
    const verdicts = Uint8Array.from(STEP_ENVS, (env) => (mayDoStep(this.subject.gate, direction, env, side, isSigning) ? 1 : 0));
    cache.set(key, verdicts);
    return verdicts;
  }

  returnVerdicts(control: Control, signer: Person): Uint8Array {
    const side = this.sideOf(control);
    const before = control.approvals.map(({ user }) => user);
    const required = this.table.procedure.returnApprovals;
    const key = JSON.stringify([side, signer, before, required]);
    const cache = cacheOf(this.subject.gate);
    const known = cache.get(key);
    if (known !== undefined) return known;
    const verdicts = Uint8Array.from(RETURN_ENVS, (env) => (mayReturn(this.subject.gate, env, side, signer, before, required) ? 1 : 0));
    cache.set(key, verdicts);
    return verdicts;
  }

  /** The facts that the guards would read. */
  factsOf(control: Control, values: Partial<CourseFacts>): CourseFacts {
    return { ...BAD, overdue: control.stepOverdue, causeKnown: control.causeKnown, isApproved: isApproved(this.table.procedure.returnApprovals, control.approvals), ...values };
  }

  /** Every way in which this rule can be taken from this state. */
  *ways(control: Control, rule: CourseRule): Generator<Step> {
    const make = (move: Partial<Omit<Step, 'before' | 'after'>> & { signing?: Signing }): Step => {
      const signing = move.signing ?? null;
      return { rule, told: null, env: null, values: null, safe: UNKNOWN, isCleared: false, count: 1, ...move, signing, before: control, after: afterRule(this.table, control, rule, signing) };
    };
    const holds = (values: Partial<CourseFacts>): boolean => this.subject.guardHolds(rule, this.factsOf(control, values));
    const state = this.table.states[control.at];
    switch (rule.event) {
      case 'SAFE_PROVED': case 'SAFE_LOST': case 'SAFE_OVERDUE':
        for (const { safe, isCleared, safeDue } of SAFE_VALUES) if (holds({ safe, isCleared, safeDue: safeDue && !control.safeOverdue })) yield make({ safe, isCleared });
        return;
      case 'START': for (const tripped of [false, true]) if (holds({ tripped })) yield make({}); return;
      case 'APPROVED': case 'RETURNED': yield* this.#returnWays(control, rule, make, holds); return;
      case 'PERMITTED': case 'WITHDRAWN': case 'STEP_DONE': case 'STEP_OVERDUE': case 'STEP_SKIPPED': case 'STEP_PASSED': case 'CHOSEN': {
        const gated = state?.step !== null && state?.step !== undefined && isGated(state.step) ? this.stepVerdicts(control, rule.event === 'PERMITTED') : null;
        for (const values of stepValues(state?.step?.options.map(({ id }) => id) ?? [])) {
          if (gated === null) { if (holds(values)) yield make({ values }); continue; }
          // The guard reads only the verdict; the laws look at what may stand behind it.
          for (const verdict of [0, 1] as const) if (holds({ ...values, mayDoStep: verdict === 1 })) yield* this.#behind(gated, verdict, STEP_ENVS).map(({ env, count }) => make({ values, env, count }));
        }
        return;
      }
      default: if (holds({})) yield make({});
    }
  }

  /**
   * All environments with this verdict, partitioned: for every fact one in which it is not as it should be, if there is any, and one more.
   * A law that looks at one fact at a time sees every combination that matters to it; `count` says how many each stands for.
   */
  #behind(verdicts: Uint8Array, verdict: 0 | 1, envs: readonly GateEnv[]): readonly { readonly env: GateEnv; readonly count: number }[] {
    const cache = BEHIND.get(verdicts) ?? [];
    const known = cache[verdict];
    if (known !== undefined) return known;
    const all = envs.filter((_env, i) => verdicts[i] === verdict);
    const bad = (Object.keys(GOOD_ENV) as (keyof GateEnv)[]).flatMap((key) => all.find((env) => env[key] !== GOOD_ENV[key]) ?? []);
    const chosen = [...new Set([...bad, ...all.slice(0, 1)])];
    const found = chosen.map((env, i) => ({ env, count: i === 0 ? all.length - chosen.length + 1 : 1 }));
    cache[verdict] = found;
    BEHIND.set(verdicts, cache);
    return found;
  }

  *#returnWays(control: Control, rule: CourseRule, make: (move: Partial<Step>) => Step, holds: (values: Partial<CourseFacts>) => boolean): Generator<Step> {
    for (const person of this.#people) {
      const verdicts = this.returnVerdicts(control, person);
      for (const verdict of [0, 1] as const) {
        if (!holds({ mayReturn: verdict === 1 })) continue;
        for (const { env, count } of this.#behind(verdicts, verdict, RETURN_ENVS)) {
          if (rule.event === 'RETURNED') yield make({ env, count });
          else for (const role of person.roles) yield make({ env, count, signing: { user: person.user, role } });
        }
      }
      // The closing itself is nobody's signature: once is enough.
      if (rule.event === 'RETURNED') return;
    }
  }

  /** Everything that can happen in a state: the rules of the course, a restart, a re-authorisation. */
  *steps(control: Control): Generator<Step> {
    for (const rule of this.table.rulesFrom[control.at] ?? []) yield* this.ways(control, rule);
    const told = (event: 'HELD' | 'REAUTHORISED', held: boolean): Step => ({ rule: null, told: event, env: null, values: null, signing: null, safe: UNKNOWN, isCleared: false, count: 1, before: control, after: { ...control, held } });
    yield control.held ? told('REAUTHORISED', false) : told('HELD', true);
  }

  explore(visit: (step: Step, from: number) => void): Explored {
    const packing = new Packing(this.table);
    const first = initialControl(this.table);
    const states: Control[] = [first];
    const index = new Map<number, number>([[packing.pack(first), 0]]);
    const parents: { readonly from: number; readonly step: Step }[] = [];
    const next: Set<number>[] = [];
    let transitions = 0;
    for (let at = 0; at < states.length; at += 1) {
      const here = new Set<number>();
      next.push(here);
      for (const step of this.steps(states[at] as Control)) {
        transitions += step.count;
        visit(step, at);
        const key = packing.pack(step.after);
        let to = index.get(key);
        if (to === undefined) {
          if (states.length >= STATES_MAX) throw new Error(`broken invariant: more than ${STATES_MAX} states`);
          to = states.length;
          index.set(key, to);
          states.push(step.after);
          parents[to] = { from: at, step };
        }
        here.add(to);
      }
    }
    const wayTo = (target: number): string[] => {
      const words: string[] = [];
      for (let at = target; at !== 0;) { const parent = parents[at]; if (parent === undefined) break; words.unshift(moveWords(this.table, parent.step)); at = parent.from; }
      return words;
    };
    return { states, transitions, next, wayTo };
  }
}
