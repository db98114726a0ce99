/** Where a run is to end by itself: at a time, or at the next alarm. */
import type { Checked } from '../kernel/fault-envelope.ts';
import { no } from '../kernel/fault-envelope.ts';
import type { PlantMachine } from '../machine/machine.ts';

export interface Limit { readonly tag: string; readonly side: 'above' | 'below'; readonly value: number }
export type Goal =
  | { readonly kind: 'time'; readonly fast: boolean; readonly untilS: number }
  | { readonly kind: 'alarm'; readonly fast: boolean; readonly untilS: number; readonly limits: readonly Limit[]; /** beyond when it began: they do not count */ readonly already: readonly Limit[]; readonly tripped: readonly string[] };

const LIMITS_MAX = 500;

/** `[{"tag", "atOrAbove": n} | {"tag", "atOrBelow": n}]` */
export function readLimits(raw: unknown, plant: PlantMachine): Checked<Limit[]> {
  if (!Array.isArray(raw) || raw.length > LIMITS_MAX) return no(`限值是最多 ${LIMITS_MAX} 个的列表。`, `The limits are a list of at most ${LIMITS_MAX}.`);
  const limits: Limit[] = [];
  for (const each of raw as readonly unknown[]) {
    const fields = typeof each === 'object' && each !== null ? each as Readonly<Record<string, unknown>> : {};
    const { tag, atOrAbove, atOrBelow } = fields;
    if (typeof tag !== 'string' || !plant.sensors.has(tag)) return no(`“${String(tag)}”不是本装置的模拟量位号。`, `"${String(tag)}" is not an analog tag of this plant.`);
    if (typeof atOrAbove === 'number' && Number.isFinite(atOrAbove)) limits.push({ tag, side: 'above', value: atOrAbove });
    else if (typeof atOrBelow === 'number' && Number.isFinite(atOrBelow)) limits.push({ tag, side: 'below', value: atOrBelow });
    else return no(`${tag} 的限值须给出数 atOrAbove 或 atOrBelow。`, `The limit of ${tag} has a number atOrAbove or atOrBelow.`);
  }
  return { ok: true, value: limits };
}

export function passedLimit(plant: PlantMachine, { tag, side, value }: Limit): boolean {
  const shown = plant.analog(tag);
  return side === 'above' ? shown >= value : shown <= value;
}
