/**
 * The general rules (4.1.1, 4.1.2) inside a plant: their conditions and observations as they stand, and each template once for every
 * tag of its service. What the plant itself says under the same id is nearer and replaces the general one.
 */
import type { CardPart, ConditionSource, Measure, TagDef, TemplateDef } from '../../domain/packs/schema.ts';
import type { Text } from '../../contract/text.ts';
import type { Item, PlantDraft } from './draft.ts';

/** Rules files with `plant: general` are no plant of their own; a plant takes them over with `includes: [general]`. */
export const GENERAL = 'general';
/** As `idSchema` has it. */
export const ID_MAX_LENGTH = 80;

/** The plant with what it takes over. Ids that grow too long are left as they are: the check of ids tells them. */
export function includeGeneral(plant: PlantDraft, general: PlantDraft): PlantDraft {
  const templates = new Map(general.templates.map((item) => [item.value.id, item]));
  const taken = [...general.conditions.map((item) => ({ ...item, included: true })), ...expandTemplates(firstOfEach(general.templates), plant, templates)];
  const own = new Set(plant.conditions.map((item) => item.value.id));
  return {
    ...plant,
    observations: withoutOwn(plant.observations, general.observations),
    labs: withoutOwn(plant.labs, general.labs),
    authority: withoutOwn(plant.authority, general.authority),
    conditions: [...plant.conditions, ...taken.filter((item) => !own.has(item.value.id))],
  };
}

/** The plant's own templates: rules that it has for every tag of a service. */
export function expandOwn(plant: PlantDraft): PlantDraft {
  if (plant.templates.length === 0) return plant;
  const own = new Set(plant.conditions.map((item) => item.value.id));
  const made = expandTemplates(firstOfEach(plant.templates), plant, new Map(plant.templates.map((item) => [item.value.id, item])));
  return { ...plant, conditions: [...plant.conditions, ...made.filter((item) => !own.has(item.value.id)).map(({ included: _included, ...item }) => item)] };
}

export function expandedId(template: string, tag: string): string {
  return `${template}-${tag}`;
}

export function isTooLong(id: string): boolean {
  return id.length > ID_MAX_LENGTH;
}

function expandTemplates(templates: readonly Item<TemplateDef>[], plant: PlantDraft, all: ReadonlyMap<string, Item<TemplateDef>>): Item<ConditionSource>[] {
  return templates.flatMap((template) => plant.tags.filter(({ value }) => value.service === template.value.each).map(({ value: tag }) => ({
    value: expand(template.value, tag, all), source: template.source, path: template.path, madeFor: tag.id, included: true,
  })));
}

function expand({ each, ...template }: TemplateDef, tag: TagDef, all: ReadonlyMap<string, Item<TemplateDef>>): ConditionSource {
  // A part that is itself a template of the same service means the one made for the same tag.
  const part = (id: string): string => (all.get(id)?.value.each === each ? expandedId(id, tag.id) : id);
  const text = (value: Text): Text => ({ zh: value.zh.replaceAll('{tag}', tag.zh), en: value.en.replaceAll('{tag}', tag.en) });
  return {
    ...template,
    id: expandedId(template.id, tag.id),
    title: text(template.title),
    reason: template.reason.replaceAll('{tag}', tag.id),
    measure: withInputs(template.measure, (input) => (input === '$tag' ? tag.id : input), part),
    ...(template.card === undefined ? {} : { card: cardWith(template.card, text) }),
    ...(template.alarm === undefined ? {} : { alarm: { ...template.alarm, suppressedWhile: template.alarm.suppressedWhile.map(part) } }),
  };
}

function cardWith(card: CardPart, text: (value: Text) => Text): CardPart {
  const { cause, consequence, action } = card;
  return { ...card, ...(cause === undefined ? {} : { cause: text(cause) }), ...(consequence === undefined ? {} : { consequence: text(consequence) }), ...(action === undefined ? {} : { action: text(action) }) };
}

export function withInputs(measure: Measure, input: (id: string) => string, part: (id: string) => string): Measure {
  switch (measure.kind) {
    case 'limit': case 'rate': case 'trend': case 'notFalling': case 'state': case 'lab': case 'seen': return { ...measure, input: input(measure.input) };
    case 'swing': return { ...measure, input: input(measure.input), ...(measure.over === undefined ? {} : { over: input(measure.over) }) };
    case 'ratio': return { ...measure, input: input(measure.input), over: input(measure.over) };
    case 'deviation': return { ...measure, input: input(measure.input), from: input(measure.from) };
    case 'discrepancy': case 'voted': case 'stale': case 'badQuality': return { ...measure, inputs: measure.inputs.map(input) };
    case 'all': case 'any': return { ...measure, of: measure.of.map(part) };
    case 'not': case 'duration': return { ...measure, of: part(measure.of) };
  }
}

/** A second template of the same id is told as a duplicate; expanding it too would tell it once more for every tag. */
function firstOfEach(templates: readonly Item<TemplateDef>[]): readonly Item<TemplateDef>[] {
  const seen = new Set<string>();
  return templates.filter(({ value }) => !seen.has(value.id) && seen.add(value.id).size > 0);
}

function withoutOwn<T extends { readonly id: string }>(own: readonly Item<T>[], general: readonly Item<T>[]): Item<T>[] {
  const ids = new Set(own.map((item) => item.value.id));
  return [...own, ...general.filter((item) => !ids.has(item.value.id)).map((item) => ({ ...item, included: true }))];
}
