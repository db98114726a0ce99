/** A step and its proofs as the console shows them: everything decided here, nothing in the renderer. */
import type { ProofView, StepView } from '../../contract/view.ts';
import { allInputsOf, cautionNodeId, inputsOf, optionNodeId } from '../../domain/conditions/compile.ts';
import { FALSE, TRUE, UNKNOWN } from '../../domain/conditions/truth.ts';
import type { Truth } from '../../domain/conditions/truth.ts';
import type { Measure, ProcedureDef, ProofDef, StepDef } from '../../domain/packs/schema.ts';
import type { GivesWay } from '../../domain/procedures/conflicts.ts';
import { ownOf } from '../../domain/procedures/course-context.ts';
import { isGated, mayBeSkipped } from '../../domain/procedures/course-table.ts';
import { presentStepOf } from '../../domain/procedures/machine.ts';
import { bestPermit, PERMIT_KINDS } from '../../domain/permits/work-permits.ts';
import { EVIDENCE_RECORD, recordAskedFor } from '../../domain/proof/evidence-record.ts';
import { untilMsOf } from '../../domain/proof/gas-test.ts';
import { isKeyStep } from '../../domain/station/gates/work-facts.ts';
import { cautionItems } from '../../domain/station/gates/run-facts.ts';
import { stepVerdict } from '../../domain/station/gates/verdicts.ts';
import { seenOption } from '../../domain/station/progress.ts';
import { machineTruth, proofTruth } from '../../domain/station/plant.ts';
import type { Plant } from '../../domain/station/plant.ts';
import type { ProcedureRun, StationState } from '../../domain/station/state.ts';
import { readingOf } from './reading.ts';

const WORDS = (truth: Truth): 'true' | 'false' | 'unknown' => (truth === TRUE ? 'true' : truth === FALSE ? 'false' : 'unknown');
const text = ({ zh, en }: { zh: string; en: string }) => ({ zh, en });

/** Everything that a step is shown from. */
export interface StepScene {
  readonly plant: Plant;
  readonly state: StationState;
  readonly run: ProcedureRun;
  readonly def: ProcedureDef;
  readonly nowMs: number;
  readonly givesWay: readonly GivesWay[];
}

export function stepView(scene: StepScene, step: StepDef, number: number): StepView {
  const { plant, def, run } = scene;
  const { context } = run.course;
  const record = ownOf(context.steps, step.id);
  const isNow = presentStepOf(def, run.course)?.id === step.id;
  const chosen = ownOf(context.chosen, step.id);
  const shown = step.options.length === 0 ? null : seenOption(plant, def, step);
  const isHandling = def.handling.some(({ id }) => id === step.id);
  return {
    id: step.id, number, kind: step.kind, who: step.who, direction: step.direction, text: step.text,
    cautions: cautionViews(scene, step), prohibitions: [...step.prohibitions], proofs: step.proof.map((proof) => proofView(plant, def, run, proof)),
    options: step.options.map((option) => ({
      id: option.id, takesSignature: shown !== null && shown !== option.id, text: option.text, because: option.because, against: option.against ?? null, isDefault: option.id === step.default,
      seen: option.when === undefined ? 'none' as const : WORDS(plant.engine.truthOf(optionNodeId(def.id, step.id, option.id)) ?? UNKNOWN),
      reading: option.when === undefined ? null : firstReading(plant, option.when),
    })),
    chosen: chosen === undefined ? null : { option: chosen.option, by: chosen.by, atMs: chosen.atMs, seen: chosen.seen, reason: chosen.reason },
    permit: permitView(scene, step), workPermit: workPermitView(scene, step), takesWitness: isHandling && isKeyStep(step), earlier: earlierView(scene, step), givesWay: givesWayView(scene, step.id),
    raises: step.procedure === undefined ? null : { id: step.procedure, title: plant.procedures.get(step.procedure)?.title ?? { zh: step.procedure, en: step.procedure } },
    state: record?.skipReason != null ? 'skipped' : record?.doneMs != null ? 'done' : isNow ? 'now' : record !== undefined ? 'open' : 'next',
    startedMs: record?.startedMs ?? null, dueMs: record !== undefined && record.doneMs === null ? record.dueMs : null, overdue: record?.overdue ?? false,
    doneMs: record?.doneMs ?? null, doneBy: record?.by ?? null, skipReason: record?.skipReason?.slice(0, 300) ?? null,
    maySkip: step.kind !== 'decide' && (!isHandling || mayBeSkipped(step)), otherwise: text(step.otherwise),
  };
}

function cautionViews({ plant, def, run }: StepScene, step: StepDef): StepView['cautions'] {
  const items = cautionItems(step);
  return step.cautions.map((caution, index) => ({
    id: items[index] ?? step.id, text: text(caution),
    inEffect: 'when' in caution ? WORDS(plant.engine.truthOf(cautionNodeId(def.id, step.id, caution.id)) ?? UNKNOWN) : null,
    readBy: ownOf(run.course.context.acknowledged, items[index] ?? '')?.by ?? null,
  }));
}

function permitView({ plant, state, run, nowMs }: StepScene, step: StepDef): StepView['permit'] {
  if (!isGated(step)) return null;
  const given = ownOf(run.course.context.permits, step.id);
  return { given: given === undefined ? null : { by: given.by, atMs: given.atMs }, verdict: stepVerdict(plant, state, run, step, nowMs) };
}

/** To whom a command gives way, in words. */
export function givesWayView({ plant, state, run, givesWay }: StepScene, item: string): StepView['givesWay'] {
  const found = givesWay.find((each) => each.instance === run.instance && each.item === item);
  if (found === undefined) return null;
  const other = plant.procedures.get(state.runs.find(({ instance }) => instance === found.to.instance)?.procedure ?? '');
  const command = [...(other?.steps ?? []), ...(other?.handling ?? []), ...(other?.continuous ?? [])].find(({ id }) => id === found.to.item);
  const unknown = { zh: found.to.instance, en: found.to.instance };
  return { instance: found.to.instance, title: other?.title ?? unknown, item: command?.text ?? unknown, tag: found.tag, state: found.to.state };
}

export function proofView(plant: Plant, def: ProcedureDef, run: ProcedureRun, proof: ProofDef): ProofView {
  const { context } = run.course;
  const assessment = ownOf(context.assessments, proof.id) ?? null;
  const base = {
    id: proof.id, text: proof.text, expected: proof.expected, state: WORDS(proofTruth(plant, def, run.course, proof)), machine: WORDS(machineTruth(plant, def, run.course, proof)),
    assessment: assessment === null ? null : { ...assessment }, shows: proof.shows ?? null, evidence: proof.evidence ?? null, asks: asksOf(def, proof), record: recordView(run, proof),
  };
  if ('when' in proof) return { ...base, kind: 'tag', reading: firstReading(plant, proof.when), signedBy: null, figure: null };
  const signed = ownOf(context.signed, proof.id);
  return { ...base, kind: proof.senses ? 'sensory' : 'signed', reading: null, signedBy: signed?.by ?? null, figure: proof.figure === undefined ? null : { unit: proof.figure.unit, low: proof.figure.low, high: proof.figure.high, gas: proof.figure.gas ?? null, value: signed?.figure ?? null } };
}

function asksOf(def: ProcedureDef, proof: ProofDef): ProofView['asks'] {
  const kind = recordAskedFor(def, proof);
  if (kind === null) return [];
  const { needs, may } = EVIDENCE_RECORD[kind];
  return [...needs.map((field) => ({ field, needed: true })), ...may.map((field) => ({ field, needed: false }))];
}

function recordView(run: ProcedureRun, proof: ProofDef): ProofView['record'] {
  const signed = ownOf(run.course.context.signed, proof.id);
  if (signed?.evidence === undefined) return null;
  const { kind: _kind, ...evidence } = signed.evidence;
  return { evidence, untilMs: untilMsOf(evidence), witness: signed.witness ?? null, removed: [...(signed.removed ?? [])] };
}

function workPermitView({ state, def, nowMs }: StepScene, step: StepDef): StepView['workPermit'] {
  if (step.workPermit === undefined) return null;
  const { permit, obstacle } = bestPermit(state.permits, step.workPermit, def.people.zones, nowMs);
  const carrying = obstacle === null ? permit : null;
  return { kind: step.workPermit, title: PERMIT_KINDS[step.workPermit].title, number: carrying?.number ?? null, untilMs: carrying?.untilMs ?? null };
}

/** Of the present step: what it stands on and does not hold, and what will run out. */
function earlierView({ plant, def, run }: StepScene, step: StepDef): StepView['earlier'] {
  const index = def.handling.findIndex(({ id }) => id === step.id);
  if (index < 0 || presentStepOf(def, run.course)?.id !== step.id) return [];
  return def.handling.slice(0, index).filter(({ id }) => { const record = ownOf(run.course.context.steps, id); return record?.doneMs != null && record.skipReason === null; })
    .flatMap((earlier) => earlier.proof.filter(({ shows }) => shows !== undefined).map((proof) => ({ step: earlier.id, takesWitness: isKeyStep(earlier), proof: proofView(plant, def, run, proof) })))
    .filter(({ proof }) => proof.state !== 'true' || proof.record?.untilMs != null);
}

/** The first thing that a measure looks at, through all its parts. */
export function firstReading(plant: Plant, measure: Measure): ProofView['reading'] {
  const own = inputsOf(measure)[0];
  const child = measure.kind === 'not' || measure.kind === 'duration' ? measure.of : measure.kind === 'all' || measure.kind === 'any' ? measure.of[0] : undefined;
  const tag = own ?? (child === undefined ? undefined : allInputsOf(child, plant.conditions)[0]);
  return tag === undefined ? null : readingOf(plant, tag);
}
