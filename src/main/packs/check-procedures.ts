/** Checks of procedures: every name leads somewhere, and nothing unsafe is called proof. */
import type { ProcedureDef } from '../../domain/packs/schema.ts';
import type { Item, PlantDraft } from './draft.ts';
import type { ResolvedDraft } from './resolve.ts';
import { proofListsOf } from './draft.ts';
import type { BrokenNames } from './broken-names.ts';
import type { Names } from './names.ts';
import { lackingName } from './names.ts';
import { duplicates } from './check-plant.ts';
import type { PlantCheck } from './check-plant.ts';
import type { Report } from './complaint.ts';

const eachProcedure = (check: (procedure: Item<ProcedureDef>, names: Names, report: Report, plant: PlantDraft) => void): PlantCheck =>
  (plant, names, report) => { for (const procedure of plant.procedures) check(procedure, names, report, plant); };

export const procedureReferences = eachProcedure((procedure, names, report) => {
  for (const [index, id] of procedure.value.interlocks.entries()) if (!names.has('interlock', id)) report.error(procedure, ['interlocks', index], names.lacking('interlock', id));
  for (const [index, id] of procedure.value.people.zones.entries()) if (!names.has('zone', id)) report.error(procedure, ['people', 'zones', index], names.lacking('zone', id));
});

export const prohibitionsHold = eachProcedure((procedure, names, report, plant) => {
  const known = new Set(procedure.value.prohibitions.map((prohibition) => prohibition.id));
  const guarding = new Set(procedure.value.steps.flatMap((step) => step.prohibitions));
  for (const [index, prohibition] of procedure.value.prohibitions.entries()) {
    if (!guarding.has(prohibition.id)) report.warning(procedure, ['prohibitions', index, 'id'], `prohibition ${prohibition.id} stands before no step; expected it in the 'prohibitions' of the step it guards`);
    watcherFits(procedure, index, prohibition.watchedBy, names, report, plant);
  }
  for (const [stepIndex, step] of procedure.value.steps.entries()) {
    for (const [index, id] of step.prohibitions.entries()) {
      if (!known.has(id)) report.error(procedure, ['steps', stepIndex, 'prohibitions', index], lackingName('prohibition', id, known));
    }
  }
});

function watcherFits(procedure: Item<ProcedureDef>, index: number, watchedBy: string | undefined, names: Names, report: Report, plant: PlantDraft): void {
  if (watchedBy === undefined) return;
  const path = ['prohibitions', index, 'watchedBy'];
  if (!names.has('condition', watchedBy)) { report.error(procedure, path, names.lacking('condition', watchedBy)); return; }
  const role = plant.conditions.find((condition) => condition.value.id === watchedBy)?.value.role;
  if (role !== 'prohibition') report.error(procedure, path, `condition ${watchedBy} has the role ${String(role)}; expected the role prohibition`);
}

export const procedureIdsOnce = eachProcedure((procedure, _names, report) => {
  const under = (key: string, values: readonly { readonly id: string }[]): Item<{ readonly id: string }>[] => values.map((value, index) => ({ value, source: procedure.source, path: [...procedure.path, key, index] }));
  duplicates('step', under('steps', procedure.value.steps), report);
  duplicates('prohibition', under('prohibitions', procedure.value.prohibitions), report);
  duplicates('proof', proofListsOf(procedure.value).flatMap(({ path, proof }) => proof.map((value, index) => ({ value, source: procedure.source, path: [...path, index] }))), report);
});

/** 4.3.3: looking, smelling, listening or touching is never the final proof. */
export const sensesNeverSuffice = eachProcedure((procedure, _names, report) => {
  for (const { path, title, proof } of proofListsOf(procedure.value)) {
    if (proof.length > 0 && proof.every((one) => 'signed' in one && one.senses)) report.error(procedure, path, `the proof of ${title} rests on the senses alone; 4.3.3 requires a measurement or a signed statement of another kind`);
  }
});

/** The modes the steps carry out are those the procedure announces: the screen shows which are done, seen from tags. */
export const modesAgree = eachProcedure((procedure, _names, report) => {
  const announced = new Set(procedure.value.modes);
  const carried = new Set(procedure.value.steps.flatMap((step) => step.modes));
  for (const [index, mode] of procedure.value.modes.entries()) {
    if (!carried.has(mode)) report.warning(procedure, ['modes', index], `the mode '${mode}' is carried out by no step, so nothing can show it done; expected it in a step's 'modes'`);
  }
  for (const [stepIndex, step] of procedure.value.steps.entries()) {
    for (const [index, mode] of step.modes.entries()) {
      if (!announced.has(mode)) report.error(procedure, ['steps', stepIndex, 'modes', index], `step ${step.id} carries out '${mode}', which the procedure does not announce; expected it in the procedure's 'modes'`);
    }
  }
});

/** Procedure ids are one list over all plants: a journal record names a procedure by its id alone. */
export function checkAcrossPlants(draft: ResolvedDraft, broken: BrokenNames, report: Report): void {
  duplicates('procedure', [...[...draft.plants.values()].flatMap((plant) => plant.procedures), ...draft.homeless], report);
  for (const procedure of draft.general?.procedures ?? []) report.error(procedure, ['plant'], `procedure ${procedure.value.id} names the general rules as its plant; expected the plant whose tags prove its steps`);
  duplicates('clause', draft.clauses, report);
  const plants = new Set(draft.plants.keys());
  for (const procedure of draft.homeless) report.error(procedure, ['plant'], lackingName('plant', procedure.value.plant, plants, broken.fileOf('plant', procedure.value.plant, '')));
}
