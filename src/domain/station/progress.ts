/**
 * How a running procedure moves by itself: proofs tick steps, deadlines run out, the safe state is proved or lost.
 * Answers the events that follow now, the most urgent first; the caller applies one and asks again.
 */
import { FALSE, TRUE } from '../conditions/truth.ts';
import type { Truth } from '../conditions/truth.ts';
import type { ProcedureDef, ProofDef, StepDef } from '../packs/schema.ts';
import { proofTruth } from './plant.ts';
import type { Plant } from './plant.ts';
import type { ProcedureRun } from './state.ts';
import type { CourseEvent } from '../procedures/course-events.ts';
import { placeOf, presentStepOf, regionsOf } from '../procedures/machine.ts';

export interface Surroundings {
  readonly interlocks: 'clear' | 'blocked';
  readonly people: 'within' | 'exceeded' | 'unknown';
  /** Linked interlocks that have tripped: the plant is retreating by itself. */
  readonly tripped: readonly string[];
}

/** When the step after `step` (or the first) must be proved, counted from `nowMs`. */
export function dueAfter(procedure: ProcedureDef, step: StepDef | null, nowMs: number): number {
  const next = step === null ? procedure.steps[0] : procedure.steps[procedure.steps.indexOf(step) + 1];
  return nowMs + (next?.within ?? 0);
}

export function nextCourseEvents(plant: Plant, procedure: ProcedureDef, run: ProcedureRun, around: Surroundings, nowMs: number): CourseEvent[] {
  const regions = regionsOf(run.course);
  const events: CourseEvent[] = [];
  const violated = Object.values(run.prohibitions).includes('violated') ? 'violated' as const : 'kept' as const;
  if (regions.prohibitions !== violated) events.push({ type: 'PROHIBITIONS', atMs: nowMs, state: violated });
  if (regions.interlocks !== around.interlocks) events.push({ type: 'INTERLOCKS', atMs: nowMs, state: around.interlocks });
  if (regions.people !== around.people) events.push({ type: 'PEOPLE', atMs: nowMs, state: around.people });
  const truth = (proof: ProofDef): Truth => proofTruth(plant, procedure, run.course, proof);
  const place = placeOf(run.course);
  switch (place) {
    case 'raised': {
      const by = around.tripped[0];
      if (by !== undefined) events.push({ type: 'START', atMs: nowMs, by, dueMs: dueAfter(procedure, null, nowMs) });
      break;
    }
    case 'retreating': case 'stopping': events.push(...retreatEvents(procedure, run, truth, nowMs)); break;
    case 'safe': case 'investigating': case 'readyToReturn':
      // Lost only on evidence: an unknown value does not send people back, but it does stop the return (gate).
      if (procedure.safeState.some((proof) => truth(proof) === FALSE)) events.push({ type: 'SAFE_LOST', atMs: nowMs });
      break;
    case 'standby': case 'closed': break;
  }
  return events;
}

function retreatEvents(procedure: ProcedureDef, run: ProcedureRun, truth: (proof: ProofDef) => Truth, nowMs: number): CourseEvent[] {
  const step = presentStepOf(procedure, run.course);
  if (step === null) return procedure.safeState.every((proof) => truth(proof) === TRUE) ? [{ type: 'SAFE_PROVED', atMs: nowMs }] : [];
  const record = run.course.context.steps[step.id];
  const isDone = (record?.doneMs ?? null) !== null || step.proof.every((proof) => truth(proof) === TRUE);
  if (isDone) return [{ type: 'STEP_DONE', atMs: nowMs, step: step.id, by: stepProvedBy(step, run), dueMs: dueAfter(procedure, step, nowMs) }];
  if (record !== undefined && !record.overdue && nowMs >= record.dueMs) return [{ type: 'STEP_OVERDUE', atMs: nowMs, step: step.id }];
  return [];
}

/** `tags` when the product saw everything itself, else the last person who signed. */
function stepProvedBy(step: StepDef, run: ProcedureRun): string {
  const signers = step.proof.flatMap((proof) => ('when' in proof ? [] : [run.course.context.signed[proof.id]?.by ?? '']));
  return signers.at(-1) ?? 'tags';
}
