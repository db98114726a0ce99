/** One running procedure as the Upset screen shows it: course, steps with their proofs, prohibitions, modes, the way back. */
import type { ProcedureView, ProofView, StepView } from '../../contract/view.ts';
import type { Text } from '../../contract/text.ts';
import { FALSE, TRUE } from '../../domain/conditions/truth.ts';
import { allInputsOf, inputsOf } from '../../domain/conditions/compile.ts';
import { placeOf, presentStepOf, regionsOf } from '../../domain/procedures/machine.ts';
import type { Measure, ProcedureDef, ProofDef, RetreatMode, StepDef } from '../../domain/packs/schema.ts';
import { resetVerdict, returnVerdict, enterVerdict } from '../../domain/station/gates-of.ts';
import { proofTruth } from '../../domain/station/plant.ts';
import type { Plant } from '../../domain/station/plant.ts';
import type { ProcedureRun, StationState } from '../../domain/station/state.ts';
import { readingOf } from './reading.ts';

export const MODE_TITLES: Readonly<Record<RetreatMode, Text>> = {
  'whole-plant-stop': { zh: '全装置停车', en: 'Whole-plant stop' },
  'partial-stop': { zh: '局部停车', en: 'Partial stop' },
  'stop-heating': { zh: '停止加热', en: 'Stop heating' },
  'emergency-cooling': { zh: '紧急冷却', en: 'Emergency cooling' },
  'stop-feeding': { zh: '停止进料', en: 'Stop feeding' },
  'terminate-reaction': { zh: '终止反应', en: 'Terminate the reaction' },
  'discharge': { zh: '卸料泄压', en: 'Discharge and depressurise' },
  'unit-isolation': { zh: '单元隔离', en: 'Isolate the unit' },
  'evacuation': { zh: '人员撤离', en: 'Evacuate people' },
};

/** The first ones began it; a console that is told nothing because a list is too long would be worse than a list that ends. */
const BECAUSE_MAX = 50;

export function procedureView(plant: Plant, state: StationState, run: ProcedureRun, nowMs: number): ProcedureView {
  const def = plant.procedures.get(run.procedure);
  const { context } = run.course;
  const head = {
    instance: run.instance, id: run.procedure, version: run.version, place: placeOf(run.course), raisedMs: context.raisedMs, held: regionsOf(run.course).authority === 'held',
    because: run.because.slice(0, BECAUSE_MAX).map(({ condition, atMs }) => ({ condition, title: plant.conditions.get(condition)?.title ?? { zh: condition, en: condition }, atMs })),
    cause: context.cause, approvals: context.approvals.map((a) => ({ ...a })),
  };
  if (def === undefined) return { ...head, ...UNKNOWN_PROCEDURE, title: { zh: run.procedure, en: run.procedure } };
  const proof = (p: ProofDef): ProofView => proofView(plant, def, run, p);
  const steps = stepViews(plant, def, run);
  return {
    ...head,
    title: def.title, goal: def.goal, clauses: [...def.clauses], steps, modes: modesOf(def, run),
    prohibitions: def.prohibitions.map((p) => ({ id: p.id, clause: p.clause, text: p.text, state: p.watchedBy === undefined ? 'unwatched' as const : (run.prohibitions[p.id] ?? 'unknown'), undo: p.undo ?? null })),
    safetyMeasures: [...def.safetyMeasures], shutdownConditions: [...def.shutdownConditions],
    safeState: def.safeState.map(proof), returnConditions: def.returnConditions.map(proof),
    peopleLimit: def.people.limit, interlocks: [...def.interlocks],
    wayBack: wayBackOf(plant, state, def, run, nowMs),
  };
}

/** A procedure whose pack is gone: what it was cannot be shown, that it runs can. */
const UNKNOWN_PROCEDURE = { goal: { zh: '规程包中已无此程序', en: 'The pack no longer holds this procedure' }, clauses: [], steps: [], modes: [], prohibitions: [], safetyMeasures: [], shutdownConditions: [], safeState: [], returnConditions: [], peopleLimit: 0, interlocks: [], wayBack: [] };

function stepViews(plant: Plant, def: ProcedureDef, run: ProcedureRun): StepView[] {
  const present = presentStepOf(def, run.course);
  return def.steps.map((step, i) => {
    const record = run.course.context.steps[step.id];
    const isNow = present?.id === step.id;
    return {
      id: step.id, number: i + 1, who: step.who, direction: step.direction, text: step.text,
      cautions: [...step.cautions], prohibitions: [...step.prohibitions], proofs: step.proof.map((p) => proofView(plant, def, run, p)),
      state: record?.skipReason != null ? 'skipped' : record?.doneMs != null ? 'done' : isNow ? 'now' : 'next',
      startedMs: record?.startedMs ?? null, dueMs: isNow ? (record?.dueMs ?? null) : null, overdue: record?.overdue ?? false,
      doneMs: record?.doneMs ?? null, doneBy: record?.by ?? null, skipReason: record?.skipReason?.slice(0, 300) ?? null, otherwise: step.otherwise,
    };
  });
}

function proofView(plant: Plant, def: ProcedureDef, run: ProcedureRun, proof: ProofDef): ProofView {
  const truth = proofTruth(plant, def, run.course, proof);
  const base = { id: proof.id, text: proof.text, expected: proof.expected, state: truth === TRUE ? 'true' as const : truth === FALSE ? 'false' as const : 'unknown' as const };
  if ('when' in proof) {
    const tag = firstInput(plant, proof.when);
    return { ...base, kind: 'tag', reading: tag === undefined ? null : readingOf(plant, tag), signedBy: null };
  }
  return { ...base, kind: proof.senses ? 'sensory' : 'signed', reading: null, signedBy: run.course.context.signed[proof.id]?.by ?? null };
}

function firstInput(plant: Plant, measure: Measure): string | undefined {
  const own = inputsOf(measure)[0];
  if (own !== undefined) return own;
  const child = measure.kind === 'not' ? measure.of : measure.kind === 'all' || measure.kind === 'any' ? measure.of[0] : undefined;
  return child === undefined ? undefined : allInputsOf(child, plant.conditions)[0];
}

/** A mode of retreat is proved when every step that carries it is done; a skipped step proves nothing. */
function modesOf(def: ProcedureDef, run: ProcedureRun): ProcedureView['modes'] {
  return def.modes.map((mode) => {
    const records = def.steps.filter((step: StepDef) => step.modes.includes(mode)).map((step) => run.course.context.steps[step.id]);
    const isProved = records.length > 0 && records.every((r) => r?.doneMs != null && r.skipReason === null);
    const isBegun = records.some((r) => r !== undefined);
    return { id: mode, title: MODE_TITLES[mode], state: isProved ? 'proved' as const : isBegun ? 'inProgress' as const : 'pending' as const, atMs: isProved ? Math.max(...records.map((r) => r?.doneMs ?? 0)) : null };
  });
}

function wayBackOf(plant: Plant, state: StationState, def: ProcedureDef, run: ProcedureRun, nowMs: number): ProcedureView['wayBack'] {
  // Only what has tripped is there to be reset.
  const tripped = def.interlocks.find((id) => state.interlocks[id]?.state === 'tripped');
  const zone = def.people.zones[0];
  return [
    ...(tripped === undefined ? [] : [{ operation: 'interlock.reset' as const, direction: 'return' as const, title: { zh: `复位联锁 ${tripped}`, en: `Reset interlock ${tripped}` }, verdict: resetVerdict(plant, state, tripped, nowMs) }]),
    ...(zone === undefined ? [] : [{ operation: 'people.enter' as const, direction: 'intervene' as const, title: { zh: '人员进入', en: 'People entering' }, verdict: enterVerdict(plant, state, zone, nowMs) }]),
    { operation: 'procedure.return' as const, direction: 'return' as const, title: { zh: '返回生产', en: 'Return to production' }, verdict: returnVerdict(plant, state, run, nowMs) },
  ];
}
