/** What the gates read of running procedures: safe state, cause, conditions of return, prohibitions, proofs that hold now. */
import type { Text } from '../../../contract/text.ts';
import { FALSE, TRUE } from '../../conditions/truth.ts';
import type { GateFacts } from '../../gates/gate-facts.ts';
import type { ProcedureDef, StepDef } from '../../packs/schema.ts';
import { ownOf } from '../../procedures/course-context.ts';
import { placeOf } from '../../procedures/machine.ts';
import { plantSeenBy, procedureOf, proofTruth } from '../plant.ts';
import type { Plant } from '../plant.ts';
import type { ProcedureRun, StationState } from '../state.ts';

/** Places at which the safe state has been proved. */
const SAFE_PLACES = ['safe', 'investigating', 'readyToReturn'] as const;

export const isSafe = (run: ProcedureRun): boolean => (SAFE_PLACES as readonly string[]).includes(placeOf(run.course));

/** What of the way back is not yet shown: conditions of return, and abnormal conditions that are still there. */
export function unmetOf(plant: Plant, state: StationState, run: ProcedureRun): GateFacts['unmet'] {
  const procedure = procedureOf(plant, run);
  if (procedure === null) return [{ text: { zh: '程序版本已变，状态不再可信', en: 'The procedure has another version; its state is not trusted' }, state: 'unknown' }];
  const seen = plantSeenBy(plant, state);
  const proofs = [...procedure.returnConditions, ...procedure.safeState].flatMap((proof) => {
    const truth = proofTruth(seen, procedure, run.course, proof);
    return truth === TRUE ? [] : [{ text: proof.text, state: truth === FALSE ? 'false' as const : 'unknown' as const }];
  });
  const standing = run.because.flatMap(({ condition }) => {
    const record = state.conditions.get(condition);
    const title = plant.conditions.get(condition)?.title;
    if (record?.held !== true || title === undefined) return [];
    return [{ text: { zh: `异常工况须已消除：${title.zh}`, en: `abnormal condition must be gone: ${title.en}` }, state: record.state === 'unknown' ? 'unknown' as const : 'false' as const }];
  });
  return [...proofs, ...standing];
}

/** Trip conditions that are not shown false (3.5). */
export function tripConditionsOf(plant: Plant, interlockId: string): GateFacts['unmet'] {
  return (plant.interlocks.get(interlockId)?.tripConditions ?? []).flatMap((id) => {
    const truth = plant.engine.truthOf(id);
    const title = plant.conditions.get(id)?.title ?? { zh: id, en: id };
    return truth === FALSE ? [] : [{ text: { zh: `联锁触发条件须已消除：${title.zh}`, en: `trip condition must be gone: ${title.en}` }, state: truth === TRUE ? 'false' as const : 'unknown' as const }];
  });
}

export function violatedOf(plant: Plant, runs: readonly ProcedureRun[]): GateFacts['violated'] {
  return runs.flatMap((run) => (plant.procedures.get(run.procedure)?.prohibitions ?? []).filter((p) => run.prohibitions[p.id] === 'violated').map(({ clause, text }) => ({ clause, text })));
}

/** What 4.3.3 and 4.4.1 want proved (depressurised, isolated, power off, gas-free) and an earlier step has proved: it must hold now, not only then. */
export function lapsedProofs(plant: Plant, procedure: ProcedureDef, run: ProcedureRun, step: StepDef): Text[] {
  const earlier = procedure.handling.slice(0, procedure.handling.findIndex(({ id }) => id === step.id));
  const shown = earlier.filter(({ id }) => ownOf(run.course.context.steps, id)?.doneMs != null).flatMap(({ proof }) => proof.filter(({ shows }) => shows !== undefined));
  return shown.filter((proof) => proofTruth(plant, procedure, run.course, proof, step.putsBack === true) !== TRUE).map(({ text }) => text);
}

/** Names under which the cautions of a step are acknowledged. */
export function cautionItems(step: StepDef): string[] {
  return step.cautions.map((caution, index) => `${step.id}/${'id' in caution ? caution.id : `caution-${index + 1}`}`);
}
