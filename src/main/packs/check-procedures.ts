/** Checks of procedures: every name leads somewhere, and nothing unsafe is called proof. */
import type { Item } from './draft.ts';
import type { ResolvedDraft } from './resolve.ts';
import { proofListsOf, stepsOf } from './draft.ts';
import type { BrokenNames } from './broken-names.ts';
import { lackingName } from './names.ts';
import { duplicates } from './check-plant.ts';
import type { Report } from './complaint.ts';
import { eachProcedure } from './procedure-parts.ts';
import type { Path } from './yaml-source.ts';

export const procedureReferences = eachProcedure((procedure, names, report) => {
  for (const [index, id] of procedure.value.interlocks.entries()) if (!names.has('interlock', id)) report.error(procedure, ['interlocks', index], names.lacking('interlock', id));
  for (const [index, id] of procedure.value.people.zones.entries()) if (!names.has('zone', id)) report.error(procedure, ['people', 'zones', index], names.lacking('zone', id));
});

interface Named { readonly id: string }

/** One id, one thing, within a procedure: steps of both lists together, options and cautions within their step. */
export const procedureIdsOnce = eachProcedure(({ value, source, path }, _names, report) => {
  const under = (at: Path, values: readonly unknown[]): Item<Named>[] => values.flatMap((one, index) => (isNamed(one) ? [{ value: one, source, path: [...path, ...at, index] }] : []));
  duplicates('step', (['steps', 'handling'] as const).flatMap((list) => under([list], value[list])), report);
  for (const [kind, key] of [['prohibition', 'prohibitions'], ['deadline', 'deadlines'], ['continuous action', 'continuous']] as const) duplicates(kind, under([key], value[key]), report);
  duplicates('proof', proofListsOf(value).flatMap((list) => under(list.path, list.proof)), report);
  for (const { step, path: at } of stepsOf(value)) {
    duplicates('option', under([...at, 'options'], step.options), report);
    duplicates('caution', under([...at, 'cautions'], step.cautions), report);
  }
});

/** A caution without a condition has no id. */
function isNamed(value: unknown): value is Named {
  return typeof value === 'object' && value !== null && 'id' in value;
}

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
  for (const { step, path } of stepsOf(procedure.value)) {
    for (const [index, mode] of step.modes.entries()) {
      if (!announced.has(mode)) report.error(procedure, [...path, 'modes', index], `step ${step.id} carries out '${mode}', which the procedure does not announce; expected it in the procedure's 'modes'`);
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
