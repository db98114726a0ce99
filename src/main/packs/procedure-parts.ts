/** What the checks of procedures go through: what is commanded, what comes when a time runs out, which procedures are raised, and what a measure looks at in the end. */
import type { ConditionSource, Measure, OtherwiseDef, ProcedureDef, Sets, StepDef } from '../../domain/packs/schema.ts';
import type { PlantCheck } from './check-plant.ts';
import type { Report } from './complaint.ts';
import type { Item, PlantDraft } from './draft.ts';
import { inputsOf, partsOf, stepsOf } from './draft.ts';
import type { Names } from './names.ts';
import type { Path } from './yaml-source.ts';

export type ProcedureCheck = (procedure: Item<ProcedureDef>, names: Names, report: Report, plant: PlantDraft) => void;

/** A check of every procedure of a plant by itself. */
export const eachProcedure = (check: ProcedureCheck): PlantCheck => (plant, names, report) => { for (const procedure of plant.procedures) check(procedure, names, report, plant); };

/** A check of every step of a procedure, in both of its lists. */
export const eachStep = (check: (step: StepDef, path: Path, procedure: Item<ProcedureDef>, report: Report, names: Names) => void): PlantCheck =>
  eachProcedure((procedure, names, report) => { for (const { step, path } of stepsOf(procedure.value)) check(step, path, procedure, report, names); });

/** What is commanded, by a step or a continuous action, and what shows that it is done. */
export interface Command { readonly title: string; readonly path: Path; readonly sets: Sets; readonly proof: StepDef['proof']; readonly isStep: boolean }

export function commandsOf(procedure: ProcedureDef): Command[] {
  const all: Command[] = [
    ...stepsOf(procedure).map(({ step, path }) => ({ title: `step ${step.id}`, path, sets: step.sets, proof: step.proof, isStep: true })),
    ...procedure.continuous.map((action, index) => ({ title: `the continuous action ${action.id}`, path: ['continuous', index], sets: action.sets, proof: action.proof, isStep: false })),
  ];
  return all.filter(({ sets }) => Object.keys(sets).length > 0);
}

/** What comes when a time runs out, wherever that is said. `isOfStep`: false where there is no list whose course could go on elsewhere. */
export function otherwisesOf(procedure: ProcedureDef): { readonly path: Path; readonly otherwise: OtherwiseDef; readonly isOfStep: boolean }[] {
  return [
    ...stepsOf(procedure).map(({ step, path }) => ({ path: [...path, 'otherwise'], otherwise: step.otherwise, isOfStep: true })),
    ...procedure.deadlines.map(({ otherwise }, index) => ({ path: ['deadlines', index, 'otherwise'], otherwise, isOfStep: false })),
    ...procedure.continuous.map(({ otherwise }, index) => ({ path: ['continuous', index, 'otherwise'], otherwise, isOfStep: false })),
    { path: ['ifNotSafe'], otherwise: procedure.ifNotSafe, isOfStep: false },
  ];
}

/** Every procedure that one raises: by a step of kind goto, or when a time runs out. */
export function raisesOf(procedure: ProcedureDef): { readonly path: Path; readonly id: string }[] {
  return [
    ...stepsOf(procedure).flatMap(({ step, path }) => (step.procedure === undefined ? [] : [{ path: [...path, 'procedure'], id: step.procedure }])),
    ...otherwisesOf(procedure).flatMap(({ otherwise, path }) => (otherwise.raise === undefined ? [] : [{ path: [...path, 'raise'], id: otherwise.raise }])),
  ];
}

export type ConditionsById = ReadonlyMap<string, Pick<ConditionSource, 'id' | 'measure' | 'role'>>;

export function conditionsById(plant: PlantDraft): ConditionsById {
  return new Map(plant.conditions.map((item) => [item.value.id, item.value]));
}

/** Tags, laboratory results and observations that a measure looks at, through all its parts. A circle ends where it began. */
export function inputsBelow(measure: Measure, conditions: ConditionsById): Set<string> {
  const found = new Set(inputsOf(measure));
  const seen = new Set<string>();
  const open = [...partsOf(measure)];
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    const part = seen.has(id) ? undefined : conditions.get(id)?.measure;
    seen.add(id);
    if (part === undefined) continue;
    for (const input of inputsOf(part)) found.add(input);
    open.push(...partsOf(part));
  }
  return found;
}
