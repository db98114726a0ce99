/**
 * L8 on proofs: a tag that is lost (stale, bad, missing) must never turn into proof. Every leaf of a proof's conditions is given every value;
 * losing any one tag may make the proof unknown or leave it as it was, and never make it true where some value of the tag would not.
 */
import { allInputsOf, childrenOf, inputsOf } from '../conditions/compile.ts';
import { allOf, anyOf, FALSE, TRUE, UNKNOWN } from '../conditions/truth.ts';
import type { Truth } from '../conditions/truth.ts';
import type { ConditionDef, Measure, PlantPack, ProcedureDef, ProofDef } from '../packs/schema.ts';

/** More leaves than this are not enumerated one by one; then each leaf is turned alone. */
const LEAVES_MAX = 6;
const TRUTHS = [TRUE, FALSE, UNKNOWN] as const;

type Conditions = ReadonlyMap<string, ConditionDef>;
interface Leaf { readonly key: string; readonly measure: Measure }

export function losingATagProves(procedure: ProcedureDef, pack: PlantPack): string[] {
  const conditions: Conditions = new Map(pack.conditions.map((condition) => [condition.id, condition]));
  const proofs: ProofDef[] = [...[...procedure.steps, ...procedure.handling].flatMap(({ proof }) => proof), ...procedure.safeState, ...procedure.returnConditions, ...procedure.continuous.flatMap(({ proof }) => proof)];
  return proofs.flatMap((proof) => {
    if (!('when' in proof)) return [];
    const tag = provedByLoss(proof.when, conditions);
    return tag === null ? [] : [`losing ${tag} makes proof ${proof.id} true`];
  });
}

function leavesOf(measure: Measure, conditions: Conditions, key: string, depth = 0): Leaf[] {
  const children = childrenOf(measure);
  if (children.length === 0 || depth > 20) return [{ key, measure }];
  return children.flatMap((id) => { const child = conditions.get(id); return child === undefined ? [] : leavesOf(child.measure, conditions, id, depth + 1); });
}

function truthOf(measure: Measure, conditions: Conditions, key: string, leaf: (key: string, measure: Measure) => Truth, depth = 0): Truth {
  const child = (id: string): Truth => { const found = conditions.get(id); return found === undefined ? UNKNOWN : truthOf(found.measure, conditions, id, leaf, depth + 1); };
  if (depth > 20) return UNKNOWN;
  switch (measure.kind) {
    case 'all': return allOf(measure.of.map(child));
    case 'any': return anyOf(measure.of.map(child));
    case 'not': { const truth = child(measure.of); return truth === UNKNOWN ? UNKNOWN : truth === TRUE ? FALSE : TRUE; }
    case 'duration': return child(measure.of);
    default: return leaf(key, measure);
  }
}

/** What a leaf can say once a tag is lost. A vote of several may still stand; whether anything is stale is known for certain. */
function lostValues(measure: Measure): readonly Truth[] {
  switch (measure.kind) {
    case 'stale': case 'badQuality': return [TRUE];
    case 'voted': case 'discrepancy': return TRUTHS;
    default: return [UNKNOWN];
  }
}

function provedByLoss(measure: Measure, conditions: Conditions): string | null {
  const leaves = [...new Map(leavesOf(measure, conditions, '').map((leaf) => [leaf.key, leaf])).values()];
  const tags = new Set(leaves.flatMap(({ measure: own, key }) => (key === '' ? inputsOf(own) : allInputsOf(key, conditions))));
  for (const tag of tags) {
    const touched = leaves.filter(({ measure: own }) => inputsOf(own).includes(tag));
    const others = leaves.filter((leaf) => !touched.includes(leaf));
    for (const values of valuations(others.length)) {
      const base = new Map(others.map((leaf, i) => [leaf.key, values[i] as Truth]));
      const say = (own: readonly Truth[]): Truth => truthOf(measure, conditions, '', (key) => base.get(key) ?? own[touched.findIndex((leaf) => leaf.key === key)] ?? UNKNOWN);
      // A vote that still stands without the tag does not rest on it.
      const resting = touched.filter(({ measure: own }) => own.kind !== 'voted' && own.kind !== 'discrepancy');
      if (resting.length < touched.length) continue;
      const lost = say(touched.map(({ measure: own }) => lostValues(own)[0] as Truth));
      const isAlwaysTrue = valuations(touched.length).every((own) => say(own) === TRUE);
      if (lost === TRUE && !isAlwaysTrue) return tag;
    }
  }
  return null;
}

function valuations(count: number): Truth[][] {
  if (count > LEAVES_MAX) return [...TRUTHS.map((truth) => Array<Truth>(count).fill(truth)), ...Array.from({ length: count }, (_, k) => TRUTHS.map((truth) => Array.from({ length: count }, (_each, i): Truth => (i === k ? truth : TRUE)))).flat()];
  return Array.from({ length: count }).reduce<Truth[][]>((all) => all.flatMap((values) => TRUTHS.map((truth) => [...values, truth])), [[]]);
}
