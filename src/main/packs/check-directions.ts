/** Checks of who is led where (3.4, 4.2): the way to safety waits for nobody who is not there, and people go in only where they are counted. */
import type { Direction, Role } from '../../contract/refusal.ts';
import { eachProcedure, eachStep } from './procedure-parts.ts';

/** Directions of the steps to the safe state: nothing in them waits for a permission. */
const WAY_TO_SAFETY: readonly Direction[] = ['retreat', 'hold'];
/** Who is at the post at any hour (3.4). An engineer may be at home. */
const AT_THE_POST: readonly Role[] = ['operator', 'supervisor'];

export const stepsLeadToSafety = eachProcedure((procedure, _names, report) => {
  for (const [index, step] of procedure.value.steps.entries()) {
    if (!WAY_TO_SAFETY.includes(step.direction)) report.error(procedure, ['steps', index, 'direction'], `step ${step.id} on the way to the safe state has the direction ${step.direction}; expected ${WAY_TO_SAFETY.join(' or ')}, and anything else in 'handling'`);
    if (step.kind === 'hold') report.error(procedure, ['steps', index, 'kind'], `step ${step.id} on the way to the safe state holds it up until another person has looked (3.4); expected kind hold in 'handling' only`);
  }
});

/** 3.4: a retreat that waits for the signature of somebody who has to be fetched is no retreat. */
export const retreatIsSignedAtThePost = eachStep((step, path, procedure, report) => {
  if (step.direction !== 'retreat') return;
  for (const [index, proof] of step.proof.entries()) {
    if ('signed' in proof && !AT_THE_POST.includes(proof.signed)) report.error(procedure, [...path, 'proof', index, 'signed'], `proof ${proof.id} of the retreat step ${step.id} waits for the role ${proof.signed}, who may not be at the post (3.4); expected ${AT_THE_POST.join(' or ')}`);
  }
});

/** 4.2.5: where people go in, they are counted. */
export const peopleGoInWhereTheyAreCounted = eachProcedure((procedure, _names, report) => {
  const { people, handling } = procedure.value;
  const step = handling.find(({ direction }) => direction === 'intervene');
  if (step !== undefined && people.zones.length === 0) report.error(procedure, ['people', 'zones'], `step ${step.id} of the handling intervenes, and the procedure names no zone where people are counted (4.2.5); expected at least one zone`);
});

/** No procedure lets more people in than the strictest of its clauses (4.2.1, 4.2.3, A4.1 ...). */
export const peopleLimitFitsClauses = eachProcedure((procedure, names, report) => {
  const { clauses, people } = procedure.value;
  const strictest = clauses.flatMap((clause) => { const most = names.mostPeople.get(clause); return most === undefined ? [] : [{ clause, most }]; }).sort((a, b) => a.most - b.most)[0];
  if (strictest !== undefined && people.limit > strictest.most) report.error(procedure, ['people', 'limit'], `people limit ${people.limit} is above ${strictest.most}, the most that clause ${strictest.clause} allows; expected at most ${strictest.most}`);
});
