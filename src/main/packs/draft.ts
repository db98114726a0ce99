/** The packs while they are being checked: every item still knows the file, line and column it came from. */
import type { z } from 'zod';
import type { Text } from '../../contract/text.ts';
import type { AuthoritySource, CardPart, ConditionSource, HazardDef, InterlockDef, Measure, ProcedureDef, ProtectionDef, RulesFile, SiteFile, StepDef, TagDef, TemplateDef, ZoneDef, labSchema, observationSchema } from '../../domain/packs/schema.ts';
import type { ClauseDef } from './clause-register.ts';
import type { Path, YamlSource } from './yaml-source.ts';

export interface Item<T> {
  readonly value: T;
  readonly source: YamlSource;
  readonly path: Path;
  /** The tag that a template was expanded for: one line of a file speaks for many conditions. */
  readonly madeFor?: string;
  /** Taken over from the general rules. */
  readonly included?: boolean;
  /** The override of a site that gave it its figures: what is wrong with them is said there. */
  readonly override?: { readonly source: YamlSource; readonly path: Path };
}
export type LabDef = z.infer<typeof labSchema>;
export type ObservationDef = z.infer<typeof observationSchema>;
export interface AreaDef { readonly id: string; readonly title: Text; readonly card?: CardPart | undefined }

export interface RulesSource { readonly kind: 'rules'; readonly source: YamlSource; readonly content: RulesFile }
export interface SiteSource { readonly kind: 'site'; readonly source: YamlSource; readonly content: SiteFile }
export interface ProcedureSource { readonly kind: 'procedure'; readonly source: YamlSource; readonly content: ProcedureDef }
export interface ClausesSource { readonly kind: 'clauses'; readonly source: YamlSource; readonly content: { readonly clauses: readonly ClauseDef[] } }
export type ParsedFile = RulesSource | SiteSource | ProcedureSource | ClausesSource;

export interface PlantDraft {
  readonly id: string;
  readonly plantKeys: Item<string>[];
  readonly titles: Item<Text>[];
  readonly namespaceUris: Item<string>[];
  readonly includes: Item<string>[];
  /** What every response card of the plant says. */
  readonly cards: Item<CardPart>[];
  readonly templates: Item<TemplateDef>[];
  readonly areas: Item<AreaDef>[];
  readonly zones: Item<ZoneDef>[];
  readonly protection: Item<ProtectionDef>[];
  readonly tags: Item<TagDef>[];
  readonly labs: Item<LabDef>[];
  readonly observations: Item<ObservationDef>[];
  readonly conditions: Item<ConditionSource>[];
  readonly hazards: Item<HazardDef>[];
  readonly interlocks: Item<InterlockDef>[];
  /** The standing authority matrix. */
  readonly authority: Item<AuthoritySource>[];
  readonly procedures: Item<ProcedureDef>[];
}

export interface Draft {
  readonly plants: ReadonlyMap<string, PlantDraft>;
  /** Procedures of plants that no rules file knows. */
  readonly homeless: readonly Item<ProcedureDef>[];
  readonly clauses: readonly Item<ClauseDef>[];
}

/** Joins the files of each plant, those of its chosen design before the others. Keeps duplicates: telling them is the checks' work. */
export function joinFiles(files: readonly ParsedFile[]): Draft {
  const plants = new Map<string, PlantDraft>();
  const ofDesign = new Set(files.filter((file) => file.kind !== 'clauses' && file.content.design !== undefined).map(({ source }) => source));
  for (const file of files) if (file.kind === 'rules') addRules(plantOf(plants, file.content.plant), file);
  const homeless: Item<ProcedureDef>[] = [];
  const clauses: Item<ClauseDef>[] = [];
  for (const file of files) {
    if (file.kind === 'procedure') (plants.get(file.content.plant)?.procedures ?? homeless).push({ value: file.content, source: file.source, path: [] });
    if (file.kind === 'clauses') clauses.push(...file.content.clauses.map((value, index) => ({ value, source: file.source, path: ['clauses', index] })));
  }
  return { plants: new Map([...plants].map(([id, plant]) => [id, nearerFirst(plant, ofDesign)])), homeless, clauses };
}

/** What the files of a design say under an id stands in place of what the plant says under it. */
function nearerFirst(plant: PlantDraft, ofDesign: ReadonlySet<YamlSource>): PlantDraft {
  if (ofDesign.size === 0) return plant;
  const nearer = <T extends { readonly id: string }>(items: Item<T>[]): Item<T>[] => {
    const said = new Set(items.filter(({ source }) => ofDesign.has(source)).map(({ value }) => value.id));
    return items.filter(({ source, value }) => ofDesign.has(source) || !said.has(value.id));
  };
  return {
    ...plant, templates: nearer(plant.templates), areas: nearer(plant.areas), zones: nearer(plant.zones), protection: nearer(plant.protection), tags: nearer(plant.tags), labs: nearer(plant.labs),
    observations: nearer(plant.observations), conditions: nearer(plant.conditions), hazards: nearer(plant.hazards), interlocks: nearer(plant.interlocks), authority: nearer(plant.authority), procedures: nearer(plant.procedures),
  };
}

function plantOf(plants: Map<string, PlantDraft>, id: string): PlantDraft {
  const known = plants.get(id);
  if (known !== undefined) return known;
  const fresh: PlantDraft = { id, plantKeys: [], titles: [], namespaceUris: [], includes: [], cards: [], templates: [], areas: [], zones: [], protection: [], tags: [], labs: [], observations: [], conditions: [], hazards: [], interlocks: [], authority: [], procedures: [] };
  plants.set(id, fresh);
  return fresh;
}

function addRules(plant: PlantDraft, { source, content }: RulesSource): void {
  const items = <T>(key: string, values: readonly T[] | undefined): Item<T>[] => (values ?? []).map((value, index) => ({ value, source, path: [key, index] }));
  plant.plantKeys.push({ value: content.plant, source, path: ['plant'] });
  if (content.title !== undefined) plant.titles.push({ value: content.title, source, path: ['title'] });
  if (content.namespaceUri !== undefined) plant.namespaceUris.push({ value: content.namespaceUri, source, path: ['namespaceUri'] });
  plant.includes.push(...items('includes', content.includes));
  if (content.card !== undefined) plant.cards.push({ value: content.card, source, path: ['card'] });
  plant.templates.push(...items('templates', content.templates));
  plant.areas.push(...items('areas', content.areas));
  plant.zones.push(...items('zones', content.zones));
  plant.protection.push(...items('protection', content.protection));
  plant.tags.push(...items('tags', content.tags));
  plant.labs.push(...items('labs', content.labs));
  plant.observations.push(...items('observations', content.observations));
  plant.conditions.push(...items('conditions', content.conditions));
  plant.hazards.push(...items('hazards', content.hazards));
  plant.interlocks.push(...items('interlocks', content.interlocks));
  plant.authority.push(...items('authority', content.authority));
}

/** Every measure of a plant, wherever it stands: a condition's own, or a proof's. */
export function* measuresOf(plant: PlantDraft): Generator<Item<Measure>> {
  for (const item of plant.conditions) yield { ...item, value: item.value.measure, path: [...item.path, 'measure'] };
  for (const { value: procedure, source } of plant.procedures) {
    for (const { path, proof } of proofListsOf(procedure)) {
      for (const [index, one] of proof.entries()) if ('when' in one) yield { value: one.when, source, path: [...path, index, 'when'] };
    }
    for (const { path, measure } of looksOf(procedure)) yield { value: measure, source, path };
  }
}

/** Steps of a procedure with where they stand: those that lead to the safe state, and those of the handling. */
export function stepsOf(procedure: ProcedureDef): { readonly list: 'steps' | 'handling'; readonly path: Path; readonly step: StepDef }[] {
  const under = (list: 'steps' | 'handling') => procedure[list].map((step, index) => ({ list, path: [list, index], step }));
  return [...under('steps'), ...under('handling')];
}

/** What the product looks at beside proofs: options, cautions, continuous actions. */
export function looksOf(procedure: ProcedureDef): { readonly path: Path; readonly measure: Measure }[] {
  return [
    ...stepsOf(procedure).flatMap(({ path, step }) => [
      ...step.options.flatMap(({ when }, index) => (when === undefined ? [] : [{ path: [...path, 'options', index, 'when'], measure: when }])),
      ...step.cautions.flatMap((caution, index) => ('when' in caution ? [{ path: [...path, 'cautions', index, 'when'], measure: caution.when }] : [])),
    ]),
    ...procedure.continuous.map(({ when }, index) => ({ path: ['continuous', index, 'when'], measure: when })),
  ];
}

/** The lists of proof of one procedure: of each step and continuous action, of its safe state, of its return. */
export function proofListsOf(procedure: ProcedureDef): { readonly path: Path; readonly title: string; readonly proof: ProcedureDef['safeState'] }[] {
  return [
    ...stepsOf(procedure).map(({ path, step }) => ({ path: [...path, 'proof'], title: `step ${step.id}`, proof: step.proof })),
    ...procedure.continuous.map((action, index) => ({ path: ['continuous', index, 'proof'], title: `the continuous action ${action.id}`, proof: action.proof })),
    { path: ['safeState'], title: 'the safe state', proof: procedure.safeState },
    { path: ['returnConditions'], title: 'the return conditions', proof: procedure.returnConditions },
  ];
}

/** What a measure looks at, and the conditions it is made of: as the engine itself takes it. */
export { inputsOf, childrenOf as partsOf } from '../../domain/conditions/compile.ts';
