/** What a hand on the DCS orders when a step says a state: the two ends of a device, in the simulator's 0 and 1. */
import type { PlantPack } from '../../domain/packs/schema.ts';

const ENDS: ReadonlyMap<unknown, number> = new Map<unknown, number>([['closed', 0], ['stopped', 0], ['open', 1], ['running', 1], [false, 0], [true, 1]]);

/**
 * @param value of `sets` in a procedure: a state word, a flag or a share
 * @returns 0 to 1; null: nothing that a device can be ordered to. Words of its own (a change-over, a lift, a mast) stand in the order of the tag's states.
 */
export function devicePosition({ tags }: Pick<PlantPack, 'tags'>, tag: string, value: string | number | boolean): number | null {
  if (typeof value === 'number') return value >= 0 && value <= 1 ? value : null;
  const end = ENDS.get(value);
  if (end !== undefined) return end;
  const def = tags.find(({ id }) => id === tag);
  const index = def !== undefined && 'states' in def ? def.states.indexOf(String(value)) : -1;
  return index < 0 ? null : Math.min(1, index);
}
