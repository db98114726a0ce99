/** What the running procedures command now, and which of it gives way (domain/procedures/conflicts.ts). */
import { byUrgency, conflictsOf } from '../procedures/conflicts.ts';
import type { Commanding, GivesWay } from '../procedures/conflicts.ts';
import { ownOf } from '../procedures/course-context.ts';
import { presentStepOf } from '../procedures/machine.ts';
import { procedureOf } from './plant.ts';
import type { Plant } from './plant.ts';
import { openStepsOf } from './progress.ts';
import type { ProcedureRun, StationState } from './state.ts';

/** Present steps, steps that stay open, continuous actions in effect: each with the tags that it sets. */
export function commandingOf(plant: Plant, state: StationState): Commanding[] {
  return state.runs.flatMap((run) => {
    const procedure = procedureOf(plant, run);
    if (procedure === null) return [];
    const head = urgencyOf(plant, run);
    const present = presentStepOf(procedure, run.course);
    const steps = new Map([...openStepsOf(procedure, run), ...(present === null ? [] : [present])].map((step) => [step.id, step.sets]));
    const actions = procedure.continuous.filter(({ id }) => ['inEffect', 'overdue'].includes(ownOf(run.course.context.continuous, id)?.state ?? '')).map(({ id, sets }) => [id, sets] as const);
    return [...steps, ...actions].map(([item, sets]) => ({ ...head, item, sets }));
  });
}

export const givesWayOf = (plant: Plant, state: StationState): GivesWay[] => conflictsOf(commandingOf(plant, state));

const urgencyOf = (plant: Plant, run: ProcedureRun) => ({ instance: run.instance, priority: plant.procedures.get(run.procedure)?.priority ?? 1, raisedMs: run.course.context.raisedMs });

/** The order in which running procedures stand before people: what is put aside last, then by urgency. */
export function compareRuns(plant: Plant, a: ProcedureRun, b: ProcedureRun): number {
  const aside = (run: ProcedureRun): number => (run.course.context.suspended === null ? 0 : 1);
  return aside(a) - aside(b) || byUrgency(urgencyOf(plant, a), urgencyOf(plant, b));
}

/** Another that is not put aside runs beside it, of at least its priority. */
export function isCovered(plant: Plant, { runs }: StationState, run: ProcedureRun): boolean {
  const { priority } = urgencyOf(plant, run);
  return runs.some((other) => other.instance !== run.instance && other.course.context.suspended === null && urgencyOf(plant, other).priority <= priority);
}
