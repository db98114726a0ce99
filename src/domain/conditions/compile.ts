/**
 * Turns conditions (and the proofs of procedures, which are conditions too) into nodes in dependency order.
 * The loader has checked names and cycles; a broken pack here is a broken invariant and throws.
 */
import type { ConditionDef, Measure, PlantPack, ProcedureDef } from '../packs/schema.ts';
import { SCAN_DEFAULT_MS } from '../packs/schema.ts';
import type { ChannelSpec } from './channels.ts';

export interface NodeSpec {
  readonly id: string;
  readonly measure: Measure;
  readonly onDelayMs: number;
  readonly offDelayMs: number;
  /** A proof's hold time counts over an unbroken stretch only; an alarm's delay goes on through an outage. Each errs on the safe side. */
  readonly isProof?: boolean;
}

/** Id of the hidden condition behind a proof: procedure, then the proof's own id. */
export function proofNodeId(procedureId: string, proofId: string): string {
  return `${procedureId}//${proofId}`;
}

/** What the option of a `decide` step looks at. `?`, `!` and `~` stand in no id, so that none of these is ever a proof's. */
export const optionNodeId = (procedureId: string, stepId: string, optionId: string): string => `${procedureId}//${stepId}?${optionId}`;
/** What a caution looks at. */
export const cautionNodeId = (procedureId: string, stepId: string, cautionId: string): string => `${procedureId}//${stepId}!${cautionId}`;
/** What a continuous action looks at. */
export const continuousNodeId = (procedureId: string, actionId: string): string => `${procedureId}//~${actionId}`;

const TRUTHS = [false, true] as const;

/** All channels of a plant: its tags, its laboratory results and its observations. */
export function channelsOf(pack: PlantPack): ChannelSpec[] {
  return [
    ...pack.tags.map((tag): ChannelSpec => ({ id: tag.id, scanMs: tag.scan ?? SCAN_DEFAULT_MS, ...(tag.kind === 'discrete' ? { words: tag.states } : tag.kind === 'boolean' ? { words: TRUTHS } : {}) })),
    ...pack.labs.map((lab) => ({ id: `lab:${lab.id}`, scanMs: 0 })),
    ...pack.observations.map((seen) => ({ id: `seen:${seen.id}`, scanMs: 0, words: TRUTHS })),
  ];
}

/** Nodes for every condition and every proof by tags of a plant. */
export function nodesOf(pack: PlantPack): NodeSpec[] {
  const conditions = pack.conditions.map((c) => ({ id: c.id, measure: c.measure, onDelayMs: c.onDelay, offDelayMs: c.offDelay }));
  return [...conditions, ...pack.procedures.flatMap(nodesOfProcedure)];
}

/** The hidden conditions of one procedure: its proofs by tags, what its options, cautions and continuous actions look at. */
function nodesOfProcedure(procedure: ProcedureDef): NodeSpec[] {
  const steps = [...procedure.steps, ...procedure.handling];
  const proofs = [...steps.flatMap((step) => step.proof), ...procedure.continuous.flatMap((action) => action.proof), ...procedure.safeState, ...procedure.returnConditions];
  const looks = [
    ...steps.flatMap((step) => step.options.flatMap((option) => (option.when === undefined ? [] : [{ id: optionNodeId(procedure.id, step.id, option.id), measure: option.when }]))),
    ...steps.flatMap((step) => step.cautions.flatMap((caution) => ('when' in caution ? [{ id: cautionNodeId(procedure.id, step.id, caution.id), measure: caution.when }] : []))),
    ...procedure.continuous.map((action) => ({ id: continuousNodeId(procedure.id, action.id), measure: action.when })),
  ];
  return [
    ...proofs.flatMap((proof) => ('when' in proof ? [{ id: proofNodeId(procedure.id, proof.id), measure: proof.when, onDelayMs: proof.for, offDelayMs: 0, isProof: true }] : [])),
    ...looks.map((look) => ({ ...look, onDelayMs: 0, offDelayMs: 0 })),
  ];
}

/** Channels that a measure reads by itself (not through other conditions). */
export function inputsOf(measure: Measure): readonly string[] {
  switch (measure.kind) {
    case 'limit': case 'rate': case 'trend': case 'notFalling': case 'state': case 'lab': case 'seen': return [measure.input];
    case 'swing': return measure.over === undefined ? [measure.input] : [measure.input, measure.over];
    case 'ratio': return [measure.input, measure.over];
    case 'deviation': return [measure.input, measure.from];
    case 'discrepancy': case 'voted': case 'stale': case 'badQuality': return measure.inputs;
    case 'all': case 'any': case 'not': case 'duration': return [];
  }
}

/** Conditions that a measure is made of. */
export function childrenOf(measure: Measure): readonly string[] {
  switch (measure.kind) {
    case 'all': case 'any': return measure.of;
    case 'not': case 'duration': return [measure.of];
    case 'limit': case 'rate': case 'trend': case 'swing': case 'notFalling': case 'ratio': case 'deviation': case 'discrepancy': case 'voted':
    case 'state': case 'stale': case 'badQuality': case 'lab': case 'seen': return [];
  }
}

/** Every channel below a condition, through all its parts; for showing its evidence. */
export function allInputsOf(id: string, conditions: ReadonlyMap<string, Pick<ConditionDef, 'measure'>>): string[] {
  const found = new Set<string>();
  const visit = (conditionId: string, depth: number): void => {
    const measure = conditions.get(conditionId)?.measure;
    if (measure === undefined || depth > 50) return;
    for (const input of inputsOf(measure)) found.add(input);
    for (const child of childrenOf(measure)) visit(child, depth + 1);
  };
  visit(id, 0);
  return [...found];
}

/** Children before parents. Throws on a cycle or an unknown name. */
export function inDependencyOrder(nodes: readonly NodeSpec[]): NodeSpec[] {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const state = new Map<string, 'open' | 'done'>();
  const ordered: NodeSpec[] = [];
  const visit = (id: string): void => {
    const node = byId.get(id);
    if (node === undefined) throw new Error(`broken invariant: condition '${id}' is not in the pack`);
    if (state.get(id) === 'done') return;
    if (state.get(id) === 'open') throw new Error(`broken invariant: condition '${id}' depends on itself`);
    state.set(id, 'open');
    for (const child of childrenOf(node.measure)) visit(child);
    state.set(id, 'done');
    ordered.push(node);
  };
  for (const node of nodes) visit(node.id);
  return ordered;
}
