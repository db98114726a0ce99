/** Where in a procedure people are. Only looks things up: what a step's state is, the station says. */
import type { ProcedureView, StepView } from '../../../contract/view.ts';

/** The step to do now, in the retreat or in the handling. */
export const nowOf = ({ steps, handling }: ProcedureView): StepView | undefined => [...steps, ...handling].find(({ state }) => state === 'now');

/** Steps that the course has left without their proof, in either list. */
export const openOf = ({ steps, handling }: ProcedureView): StepView[] => [...steps, ...handling].filter(({ state }) => state === 'open');

/** The leg of the course that is drawn: the one with the present step in it, else the retreat. */
export function legOf(procedure: ProcedureView): { kind: 'steps' | 'handling'; steps: readonly StepView[] } {
  const isHandling = procedure.handling.length > 0 && (procedure.place === 'investigating' || procedure.place === 'readyToReturn' || procedure.handling.some(({ state }) => state === 'now'));
  return isHandling ? { kind: 'handling', steps: procedure.handling } : { kind: 'steps', steps: procedure.steps };
}

/** What a tab must not keep to itself. */
export function marksOf(procedure: ProcedureView): { violated: boolean; overdue: boolean } {
  return {
    violated: procedure.prohibitions.some(({ state }) => state === 'violated'),
    overdue: procedure.safeOverdue || [...procedure.steps, ...procedure.handling].some((step) => step.overdue && step.doneMs === null) || procedure.deadlines.some(({ state }) => state === 'exceeded') || procedure.continuous.some(({ state }) => state === 'overdue'),
  };
}
