/** What a bypass means for every procedure that relies on the function: shown before anybody approves it (3.3). */
import type { Text } from '../../contract/text.ts';
import { allInputsOf } from '../conditions/compile.ts';
import { withoutOne } from '../interlocks/channels.ts';
import { isActingWithout } from '../interlocks/weakened.ts';
import type { InterlockDef, ProcedureDef } from '../packs/schema.ts';
import type { Plant } from './plant.ts';

export interface BypassEffect {
  readonly procedure: string;
  readonly title: Text;
  /** Trip conditions that start this procedure and would no longer act by themselves. */
  readonly notActing: readonly Text[];
  /** Steps that the function does by itself, and people would then have to do. */
  readonly byHand: readonly Text[];
  readonly prohibitions: readonly { readonly clause: string; readonly text: Text }[];
}

/**
 * In every one of them entry and return are refused unless the bypass is approved, accepted and in time: that needs no list.
 * `element`: only this initiator is bypassed.
 */
export function bypassEffects(plant: Plant, interlock: InterlockDef, element: string | null = null): BypassEffect[] {
  const silenced = silencedBy(plant, interlock, element);
  const isActing = element !== null && isActingWithout(interlock, element);
  return plant.pack.procedures.filter(({ interlocks }) => interlocks.includes(interlock.id)).map((procedure) => ({
    procedure: procedure.id,
    title: procedure.title,
    notActing: silenced.flatMap((id) => { const condition = plant.conditions.get(id); return condition?.starts.includes(procedure.id) === true ? [condition.title] : []; }),
    byHand: isActing ? [] : procedure.steps.filter((step) => doesSame(step.sets, interlock)).map(({ id, text }) => ({ zh: `${id} ${text.zh}`, en: `${id} ${text.en}` })),
    prohibitions: procedure.prohibitions.map(({ clause, text }) => ({ clause, text })),
  }));
}

/** Trip conditions that demand nothing any more: of one initiator those that read it, and every other of a cause that it leaves too weak to trip. */
function silencedBy(plant: Plant, { tripConditions, causes }: InterlockDef, element: string | null): readonly string[] {
  if (element === null) return tripConditions;
  const lost = new Set([element, ...causes.flatMap(({ voting = '', tags = [] }) => (tags.includes(element) && withoutOne(voting) === null ? tags : []))]);
  return tripConditions.filter((id) => allInputsOf(id, plant.conditions).some((input) => lost.has(input)));
}

function doesSame(sets: ProcedureDef['steps'][number]['sets'], interlock: InterlockDef): boolean {
  return Object.entries(sets).some(([tag, value]) => Object.hasOwn(interlock.sets, tag) && interlock.sets[tag] === value);
}
