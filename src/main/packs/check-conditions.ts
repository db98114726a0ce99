/** Checks of conditions as alarms: do they lead somewhere, and does the operator get a card? */
import type { PlantCheck } from './check-plant.ts';

/** A start that is not there must not silence its condition: the condition stays and leads to a plain stop (4.1.2). */
export const startsExist: PlantCheck = (plant, names, report) => {
  for (const condition of plant.conditions) {
    for (const [index, id] of condition.value.starts.entries()) {
      if (!names.has('procedure', id)) report.errorKeepingFile(condition, ['starts', index], names.lacking('procedure', id));
    }
  }
};

export const rolesFitStarts: PlantCheck = (plant, _names, report) => {
  for (const condition of plant.conditions) {
    const { id, role, starts } = condition.value;
    if (role === 'trigger' && starts.length === 0) report.warning(condition, ['id'], `trigger ${id} starts no procedure and leads to a plain stop (4.1.2); expected 'starts'`);
    if (role !== 'trigger' && starts.length > 0) report.error(condition, ['starts'], `condition ${id} has the role ${role} and 'starts'; expected the role trigger, which alone starts procedures`);
  }
};

/** An alarm without a card tells a person that something is wrong and nothing else. */
export const alarmsHaveCards: PlantCheck = (plant, _names, report) => {
  for (const condition of plant.conditions) {
    const { id, role, card } = condition.value;
    if (role !== 'input' && card === undefined) report.error(condition, ['id'], `condition ${id} raises an alarm without a response card; expected 'card' with cause, consequence and action`);
  }
};

export const inputsAreUsed: PlantCheck = (plant, _names, report) => {
  const used = new Set(plant.conditions.flatMap(({ value: { measure } }) => (measure.kind === 'all' || measure.kind === 'any' ? measure.of : measure.kind === 'not' ? [measure.of] : [])));
  for (const { value: procedure } of plant.procedures) {
    for (const proof of [...procedure.steps.flatMap((step) => step.proof), ...procedure.safeState, ...procedure.returnConditions]) {
      if (!('when' in proof)) continue;
      if (proof.when.kind === 'all' || proof.when.kind === 'any') for (const id of proof.when.of) used.add(id);
      if (proof.when.kind === 'not') used.add(proof.when.of);
    }
  }
  for (const condition of plant.conditions) {
    const { id, role } = condition.value;
    if (role === 'input' && !used.has(id)) report.warning(condition, ['id'], `condition ${id} has the role input and is part of nothing; expected a use, or another role`);
  }
};

export const prohibitionsAreNamed: PlantCheck = (plant, _names, report) => {
  const watched = new Set(plant.procedures.flatMap(({ value }) => value.prohibitions.map((prohibition) => prohibition.watchedBy)));
  for (const condition of plant.conditions) {
    const { id, role } = condition.value;
    if (role === 'prohibition' && !watched.has(id)) report.warning(condition, ['id'], `prohibition ${id} is named by no procedure and will never be watched; expected a prohibition with watchedBy: ${id}`);
  }
};
