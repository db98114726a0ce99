/** Checks of what procedures command against what is forbidden, what interlocks do, and what other procedures command: the right hand and the left. */
import type { Sets } from '../../domain/packs/schema.ts';
import type { PlantCheck } from './check-plant.ts';
import type { Item, PlantDraft } from './draft.ts';
import type { ConditionsById } from './procedure-parts.ts';
import { allInputsOf } from '../../domain/conditions/compile.ts';
import { madeTrue } from './made-true.ts';
import { commandsOf, conditionsById, eachProcedure } from './procedure-parts.ts';
import type { Path } from './yaml-source.ts';

/** A step that opens what the interlock has closed fights with the safety system (3.3), and the person stands between. */
export const commandsAgreeWithInterlocks = eachProcedure((procedure, _names, report, plant) => {
  const listed = plant.interlocks.filter(({ value }) => procedure.value.interlocks.includes(value.id));
  for (const { title, path, sets } of commandsOf(procedure.value)) {
    for (const [tag, value] of Object.entries(sets)) {
      const against = listed.find(({ value: interlock }) => Object.hasOwn(interlock.sets, tag) && interlock.sets[tag] !== value);
      if (against !== undefined) report.error(procedure, [...path, 'sets', tag], `${title} commands ${tag} to '${String(value)}' and interlock ${against.value.id} trips it to '${String(against.value.sets[tag])}'; expected no command against an interlock of the same procedure (3.3)`);
    }
  }
});

/**
 * No procedure does what is forbidden: in itself, in any other that may be running beside it, or at all times. Where the command is only a
 * part of it (water into a vessel that is too hot), the prohibition must stand before the step: the person is told, the watch sees the rest.
 */
export const commandsKeepProhibitions = eachProcedure((procedure, _names, report, plant) => {
  const conditions = conditionsById(plant);
  const watched = new Set(plant.procedures.flatMap(({ value }) => value.prohibitions.flatMap(({ watchedBy }) => (watchedBy === undefined ? [] : [watchedBy]))));
  const forbidden = plant.conditions.map((item) => item.value).filter(({ id, role, standing }) => role === 'prohibition' && (standing === true || watched.has(id)));
  // That a prohibition of this procedure stands before its step is checked by itself.
  const named = new Set(procedure.value.prohibitions.map(({ watchedBy }) => watchedBy));
  for (const { title, path, sets } of commandsOf(procedure.value)) {
    for (const { id, clauses } of forbidden) {
      const does = madeTrue(id, sets, conditions);
      const key = Object.keys(sets).find((tag) => madeTrue(id, { [tag]: sets[tag] ?? '' }, conditions) !== 'no') ?? '';
      if (does === 'makes') report.error(procedure, [...path, 'sets', key], `${title} does what is forbidden: setting ${key} to '${String(sets[key])}' makes ${id} true (${clauses.join(', ')}); expected no command that a prohibition forbids`);
      if (does === 'helps' && !named.has(id) && !isAboutPeople(id, conditions, plant)) report.error(procedure, [...path, 'sets', key], `${title} sets ${key} to '${String(sets[key])}', which is a part of what ${id} forbids (${clauses.join(', ')}); expected a prohibition with watchedBy: ${id} in this procedure and before this step`);
    }
  }
});

/** Too many people while something stands: what is forbidden is that they gather, and stopping the pump only says when. */
function isAboutPeople(id: string, conditions: ConditionsById, plant: PlantDraft): boolean {
  const inputs = new Set(allInputsOf(id, conditions));
  return plant.tags.some(({ value }) => value.kind === 'count' && inputs.has(value.id));
}

interface Commanded { readonly procedure: Item<{ readonly id: string; readonly priority: number }>; readonly title: string; readonly path: Path; readonly value: Sets[string] }

/** Two procedures may run at the same time. What they command differently is decided by their priorities, or by nobody. */
export const proceduresAgree: PlantCheck = (plant, _names, report) => {
  const byTag = new Map<string, Commanded[]>();
  for (const procedure of plant.procedures) {
    for (const { title, path, sets } of commandsOf(procedure.value)) {
      for (const [tag, value] of Object.entries(sets)) {
        const before = byTag.get(tag) ?? [];
        const other = before.find((one) => one.value !== value && one.procedure.value.id !== procedure.value.id && one.procedure.value.priority === procedure.value.priority);
        if (other !== undefined) report.error(procedure, [...path, 'sets', tag], `${title} commands ${tag} to '${String(value)}' and ${other.title} of procedure ${other.procedure.value.id}, which may run at the same time with the same priority ${procedure.value.priority}, to '${String(other.value)}'; expected the same state, or different priorities`);
        byTag.set(tag, [...before, { procedure, title, path, value }]);
      }
    }
  }
};
