/**
 * Response cards, inherited down the plant tree: general rules, plant, area, tag, condition. Field by field, and the nearer one
 * wins: a plant says once how long its people need, and the alarm says what is wrong.
 */
import type { CardPart, ConditionSource } from '../../domain/packs/schema.ts';
import type { Item, PlantDraft } from './draft.ts';
import { inputsOf, partsOf } from './draft.ts';

/** What a whole card has. `timeToAct: null` is a statement (nothing happens by itself); left out is none. */
const CARD_FIELDS = ['cause', 'consequence', 'action', 'timeToAct', 'timeNeeded'] as const satisfies readonly (keyof CardPart)[];
export const CARD_FIELD_COUNT = CARD_FIELDS.length;
type CardField = (typeof CARD_FIELDS)[number];

/** Every alarm of the plant with the card that it has in the end. `general`: what the included rules say for all. */
export function inheritCards(plant: PlantDraft, general: readonly CardPart[]): Item<ConditionSource>[] {
  const roots = [...general, ...plant.cards.map((item) => item.value)];
  const areas = new Map(plant.areas.map(({ value }) => [value.id, value.card]));
  const tags = new Map(plant.tags.map(({ value }) => [value.id, value]));
  const conditions = new Map(plant.conditions.map(({ value }) => [value.id, value]));
  return plant.conditions.map((item) => {
    if (item.value.role === 'input') return item;
    const tag = tags.get(firstTag(item.value, conditions, new Set()) ?? '');
    const area = tag === undefined ? undefined : areas.get(tag.area);
    return { ...item, value: { ...item.value, card: joinParts([...roots, area, tag?.card, item.value.card]) } };
  });
}

/** The fields that a card still lacks. */
export function lackingFields(card: CardPart | undefined): readonly CardField[] {
  return CARD_FIELDS.filter((field) => card?.[field] === undefined);
}

function joinParts(parts: readonly (CardPart | undefined)[]): CardPart {
  // `undefined` is not said; `null` is.
  const said = parts.map((part) => Object.fromEntries(Object.entries(part ?? {}).filter(([, value]) => value !== undefined)));
  return Object.assign({}, ...said) as CardPart;
}

/** The first tag that a condition looks at, through its parts: where in the plant the alarm belongs. */
function firstTag(condition: ConditionSource, conditions: ReadonlyMap<string, ConditionSource>, seen: Set<string>): string | null {
  if (seen.has(condition.id)) return null;
  seen.add(condition.id);
  const own = inputsOf(condition.measure).find((input) => !/^(?:lab|seen):/u.test(input));
  if (own !== undefined) return own;
  for (const part of partsOf(condition.measure)) {
    const inner = conditions.get(part);
    const found = inner === undefined ? null : firstTag(inner, conditions, seen);
    if (found !== null) return found;
  }
  return null;
}
