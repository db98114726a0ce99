/** Checks of work permits (3.7) and of what people take apart and put back (4.3.3, 4.4.1). */
import type { ProcedureDef, Shown, StepDef, StepKind } from '../../domain/packs/schema.ts';
import { isTimed } from '../../domain/proof/gas-test.ts';
import { proofListsOf, stepsOf } from './draft.ts';
import { eachProcedure } from './procedure-parts.ts';

/** What is proved before people open something or go in: what follows it and proves nothing of the kind is the work itself. */
const BEFORE_THE_WORK: readonly Shown[] = ['isolated', 'gas-free'];

/** Kinds of steps in which people do something on the spot. */
const WORK_KINDS: readonly StepKind[] = ['command', 'verify', 'wait'];

const provesConditions = ({ proof }: StepDef): boolean => proof.some(({ shows }) => shows !== undefined);
const setsBlinds = ({ proof }: StepDef): boolean => proof.some(({ evidence }) => evidence === 'blind');

/** Why a step of the handling is work that a permit must carry; null = it is none that can be told from the data. */
function workOf({ handling }: ProcedureDef, index: number): string | null {
  const step = handling[index];
  if (step === undefined || step.direction !== 'intervene' || !WORK_KINDS.includes(step.kind)) return null;
  if (setsBlinds(step)) return 'sets blinds';
  const isAfter = handling.slice(0, index).some((earlier) => earlier.proof.some(({ shows }) => shows !== undefined && BEFORE_THE_WORK.includes(shows)));
  return isAfter && !provesConditions(step) ? 'sends people to what was isolated or gas-tested before' : null;
}

/** 3.7. A warning: the words of a step may say that nothing is opened. */
export const workHasPermit = eachProcedure((procedure, _names, report) => {
  procedure.value.handling.forEach((step, index) => {
    const work = step.workPermit === undefined ? workOf(procedure.value, index) : null;
    if (work !== null) report.warning(procedure, ['handling', index, 'id'], `step ${step.id} ${work} and waits for no work permit (3.7); expected 'workPermit' with its kind`);
  });
});

/** A retreat waits for no paper, and a field that nobody looks at would be read as a safeguard. */
export const permitsStandInTheHandling = eachProcedure((procedure, _names, report) => {
  for (const { list, path, step } of stepsOf(procedure.value)) {
    const isWork = list === 'handling' && step.direction === 'intervene';
    if (step.workPermit !== undefined && !isWork) report.error(procedure, [...path, 'workPermit'], `step ${step.id} would wait for a work permit and is of direction ${step.direction} in '${list}'; expected 'workPermit' on steps of direction intervene in 'handling' only (3.4)`);
    if (step.putsBack === true && !isWork) report.error(procedure, [...path, 'putsBack'], `step ${step.id} puts nothing back where it stands; expected 'putsBack' on steps of direction intervene in 'handling' only`);
  }
});

/** 4.3.3(4): a figure of a gas test that names no gas would be held against whatever is measured. */
export const gasFiguresNameTheirGas = eachProcedure((procedure, _names, report) => {
  for (const { path, proof } of proofListsOf(procedure.value)) {
    for (const [index, one] of proof.entries()) {
      if (!('signed' in one) || one.figure === undefined) continue;
      if (isTimed(one.evidence) && one.figure.gas === undefined) report.warning(procedure, [...path, index, 'figure'], `the figure of gas test ${one.id} names no gas (4.3.3(4)); expected 'gas' in it`);
      if (!isTimed(one.evidence) && one.figure.gas !== undefined) report.error(procedure, [...path, index, 'figure', 'gas'], `proof ${one.id} is no gas test and its figure names a gas; expected 'gas' only with evidence portable-test or laboratory`);
    }
  }
});
