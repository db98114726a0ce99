/** One running procedure as the Upset screen shows it: course, steps with their proofs, prohibitions, modes, the way back. */
import type { ProcedureView, ProofView } from '../../contract/view.ts';
import type { Text } from '../../contract/text.ts';
import type { GivesWay } from '../../domain/procedures/conflicts.ts';
import { ownOf } from '../../domain/procedures/course-context.ts';
import { placeOf, regionsOf } from '../../domain/procedures/machine.ts';
import type { ProcedureDef, ProofDef, RetreatMode, StepDef } from '../../domain/packs/schema.ts';
import { resetVerdict, returnVerdict, enterVerdict } from '../../domain/station/gates/verdicts.ts';
import { plantSeenBy } from '../../domain/station/plant.ts';
import type { Plant } from '../../domain/station/plant.ts';
import type { ProcedureRun, StationState } from '../../domain/station/state.ts';
import { firstReading, proofView, stepView } from './step-view.ts';
import type { StepScene } from './step-view.ts';

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
const REVISION_LENGTH = 8;

/** `givesWay`: what of all running procedures gives way to another. */
export function procedureView(plant: Plant, state: StationState, run: ProcedureRun, nowMs: number, givesWay: readonly GivesWay[]): ProcedureView {
  const def = plant.procedures.get(run.procedure);
  const { context } = run.course;
  const head = {
    instance: run.instance, id: run.procedure, version: run.version, revision: run.sourceHash.slice(0, REVISION_LENGTH), place: placeOf(run.course), raisedMs: context.raisedMs, held: regionsOf(run.course).authority === 'held',
    because: run.because.slice(0, BECAUSE_MAX).map(({ condition, atMs }) => ({ condition, title: plant.conditions.get(condition)?.title ?? { zh: condition, en: condition }, atMs })),
    cause: context.cause, approvals: context.approvals.map((a) => ({ ...a })), owner: context.owner, suspended: context.suspended,
    safeDueMs: context.safeDueMs, safeOverdue: context.safeOverdue, led: ledOf(plant, run),
  };
  if (def === undefined) return { ...head, ...UNKNOWN_PROCEDURE, title: { zh: run.procedure, en: run.procedure } };
  // As the roll-call of an evacuation has it: what is shown is what decides.
  const seen = plantSeenBy(plant, state);
  const proof = (p: ProofDef): ProofView => proofView(seen, def, run, p);
  const scene: StepScene = { plant: seen, state, run, def, nowMs, givesWay };
  return {
    ...head,
    title: def.title, goal: def.goal, applies: def.applies ?? null, priority: def.priority, clauses: [...def.clauses], modes: modesOf(def, run),
    steps: def.steps.map((step, i) => stepView(scene, step, i + 1)), handling: def.handling.map((step, i) => stepView(scene, step, i + 1)),
    continuous: continuousOf(scene), deadlines: deadlinesOf(def, run), ifNotSafe: { zh: def.ifNotSafe.zh, en: def.ifNotSafe.en },
    prohibitions: def.prohibitions.map((p) => ({ id: p.id, clause: p.clause, text: p.text, state: p.watchedBy === undefined ? 'unwatched' as const : (run.prohibitions[p.id] ?? 'unknown'), undo: p.undo ?? null })),
    safetyMeasures: [...def.safetyMeasures], shutdownConditions: [...def.shutdownConditions],
    safeState: def.safeState.map(proof), returnConditions: def.returnConditions.map(proof),
    peopleLimit: def.people.limit, zones: [...def.people.zones], interlocks: [...def.interlocks],
    wayBack: wayBackOf(plant, state, def, run, nowMs),
  };
}

/** A procedure whose pack is gone: what it was cannot be shown, that it runs can. */
const UNKNOWN_PROCEDURE = {
  goal: { zh: '规程包中已无此程序', en: 'The pack no longer holds this procedure' }, applies: null, priority: 1, clauses: [], steps: [], handling: [], continuous: [], deadlines: [], ifNotSafe: { zh: '紧急停车', en: 'Emergency stop' },
  modes: [], prohibitions: [], safetyMeasures: [], shutdownConditions: [], safeState: [], returnConditions: [], peopleLimit: 0, zones: [], interlocks: [], wayBack: [],
};

function ledOf(plant: Plant, run: ProcedureRun): ProcedureView['led'] {
  return Object.entries(run.course.context.led).map(([from, { procedure, atMs }]) => ({ from, procedure, title: plant.procedures.get(procedure)?.title ?? { zh: procedure, en: procedure }, atMs }));
}

function continuousOf({ plant, def, run }: StepScene): ProcedureView['continuous'] {
  return def.continuous.map((action) => {
    const record = ownOf(run.course.context.continuous, action.id);
    return {
      id: action.id, who: action.who, text: action.text, state: record?.state ?? 'quiet', dueMs: record?.state === 'inEffect' ? record.dueMs : null, reading: firstReading(plant, action.when),
      proofs: action.proof.map((each) => proofView(plant, def, run, each)), otherwise: { zh: action.otherwise.zh, en: action.otherwise.en },
    };
  });
}

function deadlinesOf(def: ProcedureDef, run: ProcedureRun): ProcedureView['deadlines'] {
  return def.deadlines.map(({ id, clause, text, otherwise }) => {
    const record = ownOf(run.course.context.deadlines, id);
    return { id, clause, text, state: record?.state ?? 'idle', dueMs: record?.dueMs ?? null, otherwise: { zh: otherwise.zh, en: otherwise.en } };
  });
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
