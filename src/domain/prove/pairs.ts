/**
 * Two procedures running at once on one plant. Every pair that shares a commanded tag, an interlock or a zone is explored: all states of the
 * one with all states of the other, reached by either moving. Contradicting commands must be resolved by the stated priority, one way only,
 * and neither may ever stand in the way of the other's retreat.
 */
import type { ProcedureDef, Sets } from '../packs/schema.ts';
import { conflictsOf } from '../procedures/conflicts.ts';
import type { Commanding, GivesWay } from '../procedures/conflicts.ts';
import { zoneLimit } from '../people/people.ts';
import type { CourseTable } from '../procedures/course-table.ts';

export interface PairProof {
  readonly pair: readonly [string, string];
  readonly states: number;
  readonly transitions: number;
  /** Tags that the two may command differently at one moment. */
  readonly conflicts: readonly { readonly tag: string; readonly followed: string }[];
  readonly holds: boolean;
  readonly counterexample?: readonly string[];
}

export type Resolve = (commanding: readonly Commanding[]) => GivesWay[];

/** What the two have in common; nothing: they cannot meet. */
export function sharedBy(a: ProcedureDef, b: ProcedureDef): readonly string[] {
  const of = (procedure: ProcedureDef): Set<string> => new Set([...procedure.interlocks, ...procedure.people.zones, ...commandsOf(procedure).flatMap(({ sets }) => Object.keys(sets))]);
  const other = of(b);
  return [...of(a)].filter((name) => other.has(name));
}

const commandsOf = (procedure: ProcedureDef): { readonly id: string; readonly sets: Sets }[] => [...procedure.steps, ...procedure.handling, ...procedure.continuous].map(({ id, sets }) => ({ id, sets }));

/** What may be commanded in a state: its present step, any step that may have stayed open behind it, any continuous action. */
function commandedIn(table: CourseTable): readonly (readonly { readonly id: string; readonly sets: Sets }[])[] {
  const { procedure } = table;
  return table.states.map(({ place, step }) => {
    if (place === 'standby' || place === 'raised' || place === 'closed') return [];
    const isHandling = place === 'investigating';
    const behind = place === 'retreating' || place === 'stopping' ? procedure.steps.filter((each) => each.id !== step?.id) : isHandling || place === 'safe' ? procedure.steps : [];
    return [...(step === null ? [] : [step]), ...behind, ...procedure.continuous].filter(({ sets }) => Object.keys(sets).length > 0);
  });
}

/** Which states of a course can be reached at all, and by how many moves each is left. */
function reached(table: CourseTable): { readonly states: readonly number[]; readonly moves: readonly number[] } {
  const seen = new Set<number>([table.initial]);
  const queue = [table.initial];
  for (let at = queue.pop(); at !== undefined; at = queue.pop()) for (const { to } of table.rulesFrom[at] ?? []) if (!seen.has(to)) { seen.add(to); queue.push(to); }
  return { states: [...seen], moves: table.states.map((_state, i) => new Set((table.rulesFrom[i] ?? []).map(({ to }) => to)).size) };
}

/** The moves of the one never depend on the other, so all pairs of reached states are reached; each is looked at. */
export function provePair(a: CourseTable, b: CourseTable, resolve: Resolve = conflictsOf): PairProof {
  const [ra, rb] = [reached(a), reached(b)];
  const [ca, cb] = [commandedIn(a), commandedIn(b)];
  const conflicts = new Map<string, string>();
  const looked = new Map<string, string | null>();
  let [states, transitions] = [0, 0];
  let counterexample: readonly string[] | undefined;
  for (const i of ra.states) for (const j of rb.states) {
    states += 1;
    transitions += (ra.moves[i] ?? 0) + (rb.moves[j] ?? 0);
    for (const one of ca[i] ?? []) for (const other of cb[j] ?? []) {
      const key = `${one.id}|${other.id}`;
      let why = looked.get(key);
      if (why === undefined) {
        why = lookAt(a.procedure, one, b.procedure, other, resolve, conflicts);
        looked.set(key, why);
      }
      if (why !== null && counterexample === undefined) counterexample = [`${a.procedure.id} in ${placeWords(a, i)}`, `${b.procedure.id} in ${placeWords(b, j)}`, why];
    }
  }
  const limit = zoneLimit('handling', [a.procedure.people.limit, b.procedure.people.limit]);
  if (limit === null || limit > Math.min(6, a.procedure.people.limit, b.procedure.people.limit)) counterexample ??= [`together they allow ${String(limit)} people in a zone of both`];
  return {
    pair: [a.procedure.id, b.procedure.id], states, transitions, conflicts: [...conflicts].map(([tag, followed]) => ({ tag, followed })),
    holds: counterexample === undefined, ...(counterexample === undefined ? {} : { counterexample }),
  };
}

const placeWords = (table: CourseTable, at: number): string => { const state = table.states[at]; return state?.name == null ? (state?.place ?? '?') : `${state.place}, ${state.name}`; };

/** One command of each, in either order of raising. Null: they agree, or the more urgent one is followed and the other gives way. */
function lookAt(a: ProcedureDef, one: { id: string; sets: Sets }, b: ProcedureDef, other: { id: string; sets: Sets }, resolve: Resolve, conflicts: Map<string, string>): string | null {
  const tags = Object.keys(one.sets).filter((tag) => Object.hasOwn(other.sets, tag) && one.sets[tag] !== other.sets[tag]);
  for (const tag of tags) {
    if (a.priority === b.priority) return `${tag}: ${one.id} commands '${String(one.sets[tag])}', ${other.id} '${String(other.sets[tag])}', and both have priority ${a.priority}`;
    const winner = a.priority < b.priority ? a : b;
    for (const raised of [[1, 2], [2, 1]] as const) {
      const gives = resolve([
        { instance: 'a', item: one.id, priority: a.priority, raisedMs: raised[0], sets: one.sets },
        { instance: 'b', item: other.id, priority: b.priority, raisedMs: raised[1], sets: other.sets },
      ]).filter((each) => each.tag === tag);
      const expected = winner === a ? 'b' : 'a';
      if (gives.length !== 1 || gives[0]?.instance !== expected) return `${tag}: ${winner.id} has priority ${winner.priority} and must be followed; ${gives.length === 0 ? 'nobody gives way' : `${gives.map(({ instance }) => (instance === 'a' ? a.id : b.id)).join(' and ')} gives way`}`;
    }
    conflicts.set(tag, winner.id);
  }
  return null;
}
