/** Which limits a tag may reach: those of its conditions that compare one value with one figure. */
import { limitOf } from '../conditions/comparison.ts';
import type { Comparison, ConditionDef } from '../packs/schema.ts';

export interface TagLimit {
  readonly condition: string;
  readonly comparison: Comparison;
  readonly limit: number;
}

/** Limits by tag, from conditions of the kinds limit, voted (each input) and notFalling. Laboratory results do not move, they are told. */
export function limitsByTag(conditions: readonly Pick<ConditionDef, 'id' | 'measure'>[]): ReadonlyMap<string, readonly TagLimit[]> {
  const byTag = new Map<string, TagLimit[]>();
  for (const { id, measure } of conditions) {
    if (measure.kind !== 'limit' && measure.kind !== 'voted' && measure.kind !== 'notFalling') continue;
    const found = measure.kind === 'notFalling' ? { comparison: 'above' as const, limit: measure.above } : limitOf(measure);
    if (found === null) continue;
    for (const tag of measure.kind === 'voted' ? measure.inputs : [measure.input]) byTag.set(tag, [...(byTag.get(tag) ?? []), { condition: id, ...found }]);
  }
  return byTag;
}

export const isUpper = (comparison: Comparison): boolean => comparison === 'above' || comparison === 'atOrAbove';

/** Is the value beyond the limit, without any deadband? */
export function isBeyond(value: number, { comparison, limit }: Pick<TagLimit, 'comparison' | 'limit'>): boolean {
  switch (comparison) {
    case 'above': return value > limit;
    case 'atOrAbove': return value >= limit;
    case 'below': return value < limit;
    case 'atOrBelow': return value <= limit;
  }
}

/** The nearest limit that the value is not beyond, on each side. */
export function limitsAhead(value: number, limits: readonly TagLimit[]): { readonly up: TagLimit | null; readonly down: TagLimit | null } {
  let up: TagLimit | null = null;
  let down: TagLimit | null = null;
  for (const each of limits) {
    if (isBeyond(value, each)) continue;
    if (isUpper(each.comparison)) up = up === null || each.limit < up.limit ? each : up;
    else down = down === null || each.limit > down.limit ? each : down;
  }
  return { up, down };
}
