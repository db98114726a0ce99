/** Checks of prohibitions: each is shown before the step it guards, and what is watched has a way back. */
import type { ProcedureDef } from '../../domain/packs/schema.ts';
import type { Report } from './complaint.ts';
import type { Item, PlantDraft } from './draft.ts';
import { stepsOf } from './draft.ts';
import { lackingName } from './names.ts';
import type { Names } from './names.ts';
import { conditionsById, eachProcedure, eachStep, inputsBelow } from './procedure-parts.ts';

/** A prohibition that stands before no step is shown to nobody. */
export const prohibitionsAreShown = eachProcedure((procedure, _names, report) => {
  const shown = new Set(stepsOf(procedure.value).flatMap(({ step }) => step.prohibitions));
  for (const [index, { id }] of procedure.value.prohibitions.entries()) {
    if (!shown.has(id)) report.error(procedure, ['prohibitions', index, 'id'], `prohibition ${id} stands before no step; expected it in the 'prohibitions' of the step it guards`);
  }
});

export const prohibitionsExist = eachStep((step, path, procedure, report) => {
  const known = new Set(procedure.value.prohibitions.map((prohibition) => prohibition.id));
  for (const [index, id] of step.prohibitions.entries()) if (!known.has(id)) report.error(procedure, [...path, 'prohibitions', index], lackingName('prohibition', id, known));
});

export const watchersFit = eachProcedure((procedure, names, report, plant) => {
  for (const [index, prohibition] of procedure.value.prohibitions.entries()) {
    watcherFits(procedure, index, prohibition.watchedBy, names, report, plant);
    // The operator is alarmed that it is broken: what then is the question that the alarm must answer.
    if (prohibition.watchedBy !== undefined && prohibition.undo === undefined) report.error(procedure, ['prohibitions', index, 'watchedBy'], `prohibition ${prohibition.id} is watched and says nothing of what to do when it is broken; expected 'undo'`);
  }
});

function watcherFits(procedure: Item<ProcedureDef>, index: number, watchedBy: string | undefined, names: Names, report: Report, plant: PlantDraft): void {
  if (watchedBy === undefined) return;
  const path = ['prohibitions', index, 'watchedBy'];
  if (!names.has('condition', watchedBy)) { report.error(procedure, path, names.lacking('condition', watchedBy)); return; }
  const role = plant.conditions.find((condition) => condition.value.id === watchedBy)?.value.role;
  if (role !== 'prohibition') report.error(procedure, path, `condition ${watchedBy} has the role ${String(role)}; expected the role prohibition`);
}

/** Before a person touches the water valve he reads what is forbidden with it, not after. */
export const prohibitionsStandBeforeTheirSteps = eachProcedure((procedure, _names, report, plant) => {
  const conditions = conditionsById(plant);
  const watched = procedure.value.prohibitions.flatMap(({ id, watchedBy }) => {
    const measure = watchedBy === undefined ? undefined : conditions.get(watchedBy)?.measure;
    return measure === undefined ? [] : [{ id, watchedBy, inputs: inputsBelow(measure, conditions) }];
  });
  for (const { step, path } of stepsOf(procedure.value)) {
    for (const { id, watchedBy, inputs } of watched) {
      const tag = Object.keys(step.sets).find((one) => inputs.has(one));
      if (tag !== undefined && !step.prohibitions.includes(id)) report.error(procedure, [...path, 'sets', tag], `step ${step.id} commands ${tag}, which ${String(watchedBy)} watches, and does not show the prohibition ${id}; expected ${id} in its 'prohibitions'`);
    }
  }
});
