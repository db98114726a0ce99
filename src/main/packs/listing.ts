/** The packs as outside programs see them (`haven packs --json`). Adding a field is fine; changing one is a breaking change. */
import { COMPARISONS } from '../../domain/packs/schema.ts';
import type { Comparison, ConditionDef, Measure, PlantPack, ProcedureDef, StepDef, TagDef } from '../../domain/packs/schema.ts';
import { inputsOf, partsOf } from './draft.ts';

export function plantListing(pack: PlantPack): object {
  const conditions = new Map(pack.conditions.map((condition) => [condition.id, condition]));
  return {
    id: pack.id, ...(pack.design === undefined ? {} : { design: pack.design }), title: pack.title, namespaceUri: pack.namespaceUri,
    tags: pack.tags.map(tagListing),
    labs: pack.labs, observations: pack.observations,
    conditions: pack.conditions.map((condition) => conditionListing(condition, conditions, pack)),
    hazards: pack.hazards,
    interlocks: pack.interlocks.map(({ maxBypass, ...interlock }) => ({ ...interlock, maxBypassMs: maxBypass })),
    zones: pack.zones, areas: pack.areas,
  };
}

const stepListing = ({ id, kind, who, direction, within, proof }: StepDef) => ({ id, kind, who, direction, withinMs: within, proofs: proof.length });

export function procedureListing(procedure: ProcedureDef, sourceHash: string | undefined): object {
  return {
    id: procedure.id, plant: procedure.plant, version: procedure.version, clauses: procedure.clauses, title: procedure.title,
    priority: procedure.priority, answers: procedure.answers, ...(procedure.byHand === undefined ? {} : { byHand: procedure.byHand }),
    directions: [...new Set([...procedure.steps, ...procedure.handling].map((step) => step.direction))],
    modes: procedure.modes, interlocks: procedure.interlocks, maxPeople: procedure.people.limit, zones: procedure.people.zones,
    prohibitions: procedure.prohibitions.map(({ id, clause, watchedBy, text }) => ({ id, clause, ...(watchedBy === undefined ? {} : { watchedBy }), text })),
    steps: procedure.steps.map(stepListing), handling: procedure.handling.map(stepListing),
    deadlines: procedure.deadlines.map(({ id, clause, within }) => ({ id, clause, withinMs: within })), continuous: procedure.continuous.map(({ id }) => id),
    ...(sourceHash === undefined ? {} : { sourceHash }),
  };
}

function tagListing(tag: TagDef): object {
  const { zh, en, scan, ...rest } = tag;
  return { ...rest, ...(scan === undefined ? {} : { scanMs: scan }), description: en, title: { en, zh } };
}

function conditionListing(condition: ConditionDef, conditions: ReadonlyMap<string, ConditionDef>, pack: PlantPack): object {
  const { id, clauses, measure, priority, role, starts, onDelay, offDelay, title, group, source } = condition;
  const leaves = leavesOf(measure, conditions);
  const inputs = [...new Set(leaves.flatMap((leaf) => inputsOf(leaf)))];
  return {
    id, clauses, title, kind: measure.kind, role, priority, inputs,
    ...figureOf(measure, leaves, inputs, pack),
    ...(partsOf(measure).length > 0 ? { of: partsOf(measure) } : {}),
    ...(onDelay > 0 ? { onDelayMs: onDelay } : {}), ...(offDelay > 0 ? { offDelayMs: offDelay } : {}),
    ...(starts.length > 0 ? { starts } : {}), ...(group === undefined ? {} : { group }), source,
  };
}

/** What a condition looks at in the end, through all its parts. The loader has refused circles; the trail is a second belt. */
function leavesOf(measure: Measure, conditions: ReadonlyMap<string, ConditionDef>, trail: readonly string[] = []): Measure[] {
  const parts = partsOf(measure);
  if (parts.length === 0) return [measure];
  return parts.filter((part) => !trail.includes(part)).flatMap((part) => {
    const inner = conditions.get(part)?.measure;
    return inner === undefined ? [] : leavesOf(inner, conditions, [...trail, part]);
  });
}

interface Figure { readonly limit: number; readonly comparison: string; readonly deadband?: number }

/** The number of the condition. A combination has one when all its limits are the same. */
function figureOf(measure: Measure, leaves: readonly Measure[], inputs: readonly string[], pack: PlantPack): object {
  const unit = unitOf(inputs, pack);
  const withUnit = (per: string): object => (unit === undefined ? {} : { unit: unit + per });
  switch (measure.kind) {
    case 'limit': return { ...limitFigure(measure), ...withUnit('') };
    case 'lab': return { ...limitFigure(measure), ...withUnit(''), phase: measure.phase, reanalyseWithinMs: measure.reanalyseWithin };
    case 'rate': return {
      limit: measure.risingFasterThan ?? measure.fallingFasterThan, comparison: measure.risingFasterThan === undefined ? 'fallingFasterThan' : 'risingFasterThan',
      deadband: measure.deadband, windowMs: measure.window, ...withUnit('/min'),
    };
    case 'trend': return { limit: measure.minChange, comparison: measure.direction, deadband: measure.tolerance, windowMs: measure.window, ...withUnit('') };
    case 'state': return { is: Array.isArray(measure.is) ? measure.is : [measure.is] };
    case 'all': case 'any': case 'not': return { ...sharedFigure(leaves), ...withUnit('') };
    case 'ratio': return { ...limitFigure(measure), unit: ratioUnit(measure.input, measure.over, pack) };
    case 'deviation': case 'voted': return { ...limitFigure(measure), ...withUnit('') };
    case 'notFalling': return { limit: measure.above, comparison: 'above', deadband: measure.deadband, windowMs: measure.window, ...withUnit('') };
    case 'swing': return { limit: measure.amplitude, comparison: 'swing', reversals: measure.reversals, windowMs: measure.window, ...(measure.over === undefined ? withUnit('') : { unit: ratioUnit(measure.input, measure.over, pack) }) };
    case 'discrepancy': return { limit: measure.tolerance, comparison: 'apart', deadband: measure.deadband, ...withUnit('') };
    case 'duration': return { limit: measure.longerThan, comparison: 'longerThan', unit: 'ms' };
    case 'stale': case 'badQuality': case 'seen': return {};
  }
}

function limitFigure(measure: { readonly [K in Comparison]?: number | undefined } & { readonly deadband?: number | undefined }): Figure | object {
  const comparison = COMPARISONS.find((one) => measure[one] !== undefined);
  if (comparison === undefined) return {};
  return { limit: measure[comparison], comparison, ...(measure.deadband === undefined ? {} : { deadband: measure.deadband }) };
}

function sharedFigure(leaves: readonly Measure[]): object {
  const figures = leaves.flatMap((leaf) => (leaf.kind === 'limit' ? [limitFigure(leaf)] : []));
  const [first] = figures;
  return first !== undefined && figures.every((figure) => JSON.stringify(figure) === JSON.stringify(first)) ? first : {};
}

/** `1` where the units cancel out. */
function ratioUnit(input: string, over: string, pack: PlantPack): string {
  const [unit, per] = [unitOf([input], pack), unitOf([over], pack)];
  return unit === per ? '1' : `${unit ?? '1'}/${per ?? '1'}`;
}

function unitOf(inputs: readonly string[], pack: PlantPack): string | undefined {
  const units = new Set(inputs.map((input) => {
    const tag = pack.tags.find((one) => one.id === input);
    const lab = pack.labs.find((one) => `lab:${one.id}` === input);
    return tag !== undefined && 'unit' in tag ? tag.unit : lab?.unit;
  }));
  const [unit] = units;
  return units.size === 1 ? unit : undefined;
}
