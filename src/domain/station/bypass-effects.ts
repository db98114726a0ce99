/** What a bypass means for every procedure that relies on the function: shown before anybody approves it (3.3). */
import type { Text } from '../../contract/text.ts';
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

/** In every one of them entry and return are refused unless the bypass is approved, accepted and in time: that needs no list. */
export function bypassEffects(plant: Plant, interlock: InterlockDef): BypassEffect[] {
  return plant.pack.procedures.filter(({ interlocks }) => interlocks.includes(interlock.id)).map((procedure) => ({
    procedure: procedure.id,
    title: procedure.title,
    notActing: interlock.tripConditions.flatMap((id) => { const condition = plant.conditions.get(id); return condition?.starts.includes(procedure.id) === true ? [condition.title] : []; }),
    byHand: procedure.steps.filter((step) => doesSame(step.sets, interlock)).map(({ id, text }) => ({ zh: `${id} ${text.zh}`, en: `${id} ${text.en}` })),
    prohibitions: procedure.prohibitions.map(({ clause, text }) => ({ clause, text })),
  }));
}

function doesSame(sets: ProcedureDef['steps'][number]['sets'], interlock: InterlockDef): boolean {
  return Object.entries(sets).some(([tag, value]) => Object.hasOwn(interlock.sets, tag) && interlock.sets[tag] === value);
}
