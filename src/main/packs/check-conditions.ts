/** Checks of conditions as alarms: do they lead somewhere, and does the operator get a card? */
import { CARD_FIELD_COUNT, lackingFields } from './cards.ts';
import { looksOf, partsOf, proofListsOf } from './draft.ts';
import type { PlantCheck } from './check-plant.ts';

/** A start that is not there must not silence its condition: the condition stays and leads to a plain stop (4.1.2). */
export const startsExist: PlantCheck = (plant, names, report) => {
  for (const condition of plant.conditions) {
    for (const [index, id] of condition.value.starts.entries()) {
      // A general rule starts what the plant has of it; where it has none, the condition leads to a plain stop.
      if (condition.included === true && names.anyProcedure.has(id)) continue;
      if (!names.has('procedure', id)) report.errorKeepingFile(condition, ['starts', index], names.lacking('procedure', id));
    }
  }
};

export const rolesFitStarts: PlantCheck = (plant, _names, report) => {
  for (const condition of plant.conditions) {
    const { id, role, starts } = condition.value;
    if (role === 'trigger' && starts.length === 0 && condition.included !== true && plant.procedures.length > 0) report.warning(condition, ['id'], `trigger ${id} starts no procedure and leads to a plain stop (4.1.2); expected 'starts'`);
    if (role !== 'trigger' && starts.length > 0) report.error(condition, ['starts'], `condition ${id} has the role ${role} and 'starts'; expected the role trigger, which alone starts procedures`);
  }
};

/** An alarm without a card tells a person that something is wrong and nothing else. */
export const alarmsHaveCards: PlantCheck = (plant, _names, report) => {
  for (const condition of plant.conditions) {
    const { id, role, card } = condition.value;
    const lacking = role === 'input' ? [] : lackingFields(card);
    if (lacking.length > 0) report.error(condition, ['id'], `condition ${id} raises an alarm without a ${lacking.length === CARD_FIELD_COUNT ? '' : 'whole '}response card: it lacks ${lacking.join(', ')}; expected them in 'card' of the condition, its tag, its area or the plant`);
  }
};

export const inputsAreUsed: PlantCheck = (plant, _names, report) => {
  const used = new Set(plant.conditions.flatMap(({ value: { measure, alarm } }) => [...partsOf(measure), ...(alarm?.suppressedWhile ?? [])]));
  for (const { value: procedure } of plant.procedures) {
    for (const { proof } of proofListsOf(procedure)) for (const one of proof) if ('when' in one) for (const id of partsOf(one.when)) used.add(id);
    for (const { measure } of looksOf(procedure)) for (const id of partsOf(measure)) used.add(id);
  }
  for (const { value } of plant.interlocks) for (const id of value.tripConditions) used.add(id);
  for (const condition of plant.conditions) {
    const { id, role } = condition.value;
    if (role === 'input' && !used.has(id)) report.warning(condition, ['id'], `condition ${id} has the role input and is part of nothing; expected a use, or another role`);
  }
};

export const prohibitionsAreNamed: PlantCheck = (plant, _names, report) => {
  if (plant.procedures.length === 0) return;
  const watched = new Set(plant.procedures.flatMap(({ value }) => value.prohibitions.map((prohibition) => prohibition.watchedBy)));
  for (const condition of plant.conditions) {
    const { id, role, standing } = condition.value;
    if (role === 'prohibition' && standing !== true && !watched.has(id)) report.warning(condition, ['id'], `prohibition ${id} is named by no procedure and will never be watched; expected a prohibition with watchedBy: ${id}`);
  }
};
