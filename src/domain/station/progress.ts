/**
 * How a running procedure moves by itself: proofs tick steps, deadlines run out, the safe state is proved or lost.
 * Answers the events that follow now, the most urgent first; the caller applies one and asks again.
 *
 * Which rule of the course holds is asked of the procedure's table (course-table.ts), with facts from tags, state and gates: the very
 * table that the prover explores.
 */
import { continuousNodeId, optionNodeId } from '../conditions/compile.ts';
import { FALSE, TRUE, UNKNOWN } from '../conditions/truth.ts';
import type { Truth } from '../conditions/truth.ts';
import type { ContinuousDef, DeadlineDef, ProcedureDef, ProofDef, StepDef } from '../packs/schema.ts';
import type { CourseEvent } from '../procedures/course-events.ts';
import { ownOf } from '../procedures/course-context.ts';
import { isGated } from '../procedures/course-table.ts';
import type { CourseRule, CourseTable } from '../procedures/course-table.ts';
import { guardHolds } from '../procedures/guards.ts';
import type { CourseFacts } from '../procedures/guards.ts';
import { isApproved, placeOf, presentStepOf, regionsOf, tableStateOf } from '../procedures/machine.ts';
import { proofTruth } from './plant.ts';
import type { Plant } from './plant.ts';
import type { ProcedureRun } from './state.ts';

export interface Surroundings {
  readonly interlocks: 'clear' | 'blocked';
  readonly people: 'within' | 'exceeded' | 'unknown';
  /** Linked interlocks that have tripped: the plant is retreating by itself. */
  readonly tripped: readonly string[];
  /** Procedures that run now. */
  readonly running: ReadonlySet<string>;
  /** The gate's verdict on the present step of the handling; asked only there. */
  readonly mayDoStep: () => boolean;
  /** The gate's verdict on the return; asked only there. */
  readonly mayReturn: () => boolean;
}

/** The step of any list by its id. */
export function stepOf(procedure: ProcedureDef, id: string): StepDef | undefined {
  return procedure.steps.find((step) => step.id === id) ?? procedure.handling.find((step) => step.id === id);
}

/** The deadline of what a rule leads to: of the step that is opened, or of the safe state. */
export function dueAfter(procedure: ProcedureDef, rule: Pick<CourseRule, 'effects'>, nowMs: number): number {
  for (const { name, step } of rule.effects) {
    if ((name === 'openStep' || name === 'permit') && step !== null) return nowMs + (stepOf(procedure, step)?.within ?? 0);
    if (name === 'awaitSafe') return nowMs + procedure.safeWithin;
  }
  return nowMs;
}

/** What a list of proofs says together: FALSE as soon as one is false, TRUE only when all are. */
export function together(proofs: readonly ProofDef[], truth: (proof: ProofDef) => Truth): Truth {
  const truths = proofs.map(truth);
  return truths.includes(FALSE) ? FALSE : truths.every((each) => each === TRUE) ? TRUE : UNKNOWN;
}

/** What a step's proof says now. Of the kinds that prove nothing by tags: a `goto` when its procedure runs, a `warn` by a person only. */
export function stepTruth(plant: Plant, procedure: ProcedureDef, run: ProcedureRun, step: StepDef, running: ReadonlySet<string>): Truth {
  if ((ownOf(run.course.context.steps, step.id)?.doneMs ?? null) !== null) return TRUE;
  if (step.kind === 'goto') return step.procedure !== undefined && running.has(step.procedure) ? TRUE : FALSE;
  if (step.kind === 'warn' && step.proof.length === 0) return FALSE;
  return together(step.proof, (proof) => proofTruth(plant, procedure, run.course, proof));
}

/** The one option whose condition is true; null when the tags show none, or more than one. */
export function seenOption(plant: Plant, procedure: ProcedureDef, step: StepDef): string | null {
  const seen = step.options.filter((option) => option.when !== undefined && plant.engine.truthOf(optionNodeId(procedure.id, step.id, option.id)) === TRUE);
  return seen.length === 1 ? (seen[0]?.id ?? null) : null;
}

/** The facts that the guards of the course read, asked of the plant only when a guard does. */
export function courseFacts(plant: Plant, procedure: ProcedureDef, run: ProcedureRun, around: Surroundings, nowMs: number): CourseFacts {
  const { context } = run.course;
  const step = presentStepOf(procedure, run.course);
  const record = step === null ? undefined : ownOf(context.steps, step.id);
  return {
    get tripped() { return around.tripped.length > 0; },
    get proof() { return step === null ? UNKNOWN : stepTruth(plant, procedure, run, step, around.running); },
    get waited() { return step === null || hasWaited(run, step, nowMs); },
    get due() { return record !== undefined && nowMs >= record.dueMs; },
    get overdue() { return record?.overdue === true; },
    get seen() { return step === null ? null : seenOption(plant, procedure, step); },
    get safe() { return together(procedure.safeState, (proof) => proofTruth(plant, procedure, run.course, proof)); },
    get isCleared() { return !openStepsOf(procedure, run).some(({ modes }) => modes.includes('evacuation')); },
    get safeDue() { return context.safeDueMs !== null && !context.safeOverdue && nowMs >= context.safeDueMs; },
    get causeKnown() { return context.cause !== null; },
    get mayDoStep() { return around.mayDoStep(); },
    get mayReturn() { return around.mayReturn(); },
    get isApproved() { return isApproved(procedure.returnApprovals, context.approvals); },
  };
}

/** The least time of a waiting step is over. A step that was done before, or passed over, is not waited for again. */
function hasWaited({ course }: ProcedureRun, { id, atLeast }: StepDef, nowMs: number): boolean {
  const record = ownOf(course.context.steps, id);
  return atLeast === undefined || (record !== undefined && (record.doneMs !== null || nowMs >= record.startedMs + atLeast));
}

/** The product's rule that holds now, if any: the first of the table. */
export function dueRule(table: CourseTable, run: ProcedureRun, facts: CourseFacts): CourseRule | null {
  const state = tableStateOf(table, run.course);
  return (state === undefined ? undefined : table.rulesFrom[state.index]?.find((rule) => rule.by === 'product' && guardHolds(rule, facts))) ?? null;
}

export function nextCourseEvents(plant: Plant, procedure: ProcedureDef, run: ProcedureRun, around: Surroundings, nowMs: number): CourseEvent[] {
  const table = plant.machines.get(run.procedure)?.table;
  const events = regionEvents(run, around, nowMs);
  if (table === undefined) return events;
  const facts = courseFacts(plant, procedure, run, around, nowMs);
  const rule = dueRule(table, run, facts);
  if (rule !== null && rule.event !== 'RAISE') events.push(eventOf(procedure, run, rule, facts, around, nowMs));
  const place = placeOf(run.course);
  if (place === 'standby' || place === 'raised' || place === 'closed') return events;
  return [...events, ...openStepEvents(plant, procedure, run, around, nowMs), ...deadlineEvents(plant, procedure, run, nowMs), ...continuousEvents(plant, procedure, run, nowMs)];
}

/** What the regions beside the course are to be told. */
function regionEvents(run: ProcedureRun, around: Surroundings, nowMs: number): CourseEvent[] {
  const regions = regionsOf(run.course);
  const events: CourseEvent[] = [];
  const violated = Object.values(run.prohibitions).includes('violated') ? 'violated' as const : 'kept' as const;
  if (regions.prohibitions !== violated) events.push({ type: 'PROHIBITIONS', atMs: nowMs, state: violated });
  if (regions.interlocks !== around.interlocks) events.push({ type: 'INTERLOCKS', atMs: nowMs, state: around.interlocks });
  if (regions.people !== around.people) events.push({ type: 'PEOPLE', atMs: nowMs, state: around.people });
  return events;
}

/** The event that carries out a rule of the product. */
function eventOf(procedure: ProcedureDef, run: ProcedureRun, rule: CourseRule, facts: CourseFacts, around: Surroundings, nowMs: number): CourseEvent {
  const head = { atMs: nowMs, dueMs: dueAfter(procedure, rule, nowMs) };
  const step = rule.step ?? '';
  switch (rule.event) {
    case 'START': return { type: 'START', ...head, by: around.tripped[0] ?? 'interlock' };
    case 'STEP_DONE': return { type: 'STEP_DONE', ...head, step, by: stepProvedBy(procedure, run, step) };
    case 'STEP_PASSED': return { type: 'STEP_PASSED', ...head, step };
    case 'STEP_OVERDUE': return { type: 'STEP_OVERDUE', ...head, step };
    case 'CHOSEN': return { type: 'CHOSEN', ...head, step, option: rule.option ?? '', by: rule.guard === 'optionSeen' ? 'tags' : 'deadline', seen: facts.seen, reason: '' };
    case 'SAFE_LOST': return { type: 'SAFE_LOST', ...head };
    case 'WITHDRAWN': return { type: 'WITHDRAWN', atMs: nowMs, step };
    case 'SAFE_PROVED': case 'SAFE_OVERDUE': case 'READY': case 'RAISE': case 'RETURNED': return { type: rule.event, atMs: nowMs };
    default: throw new Error(`broken invariant: the product brings no ${rule.event}`);
  }
}

/** Steps that the course has left without their proof: a late proof ticks them, and those it never waited for run out of time here. */
function openStepEvents(plant: Plant, procedure: ProcedureDef, run: ProcedureRun, around: Surroundings, nowMs: number): CourseEvent[] {
  const present = presentStepOf(procedure, run.course)?.id;
  return openStepsOf(procedure, run).filter((step) => step.id !== present).flatMap((step): CourseEvent[] => {
    if (step.kind !== 'decide' && hasWaited(run, step, nowMs) && stepTruth(plant, procedure, run, step, around.running) === TRUE) return [{ type: 'STEP_LATE', atMs: nowMs, step: step.id, by: stepProvedBy(procedure, run, step.id) }];
    const record = ownOf(run.course.context.steps, step.id);
    return record !== undefined && !record.overdue && nowMs >= record.dueMs ? [{ type: 'STEP_OVERDUE', atMs: nowMs, step: step.id }] : [];
  });
}

/** Steps of the retreat that were begun and are not done: the present one, and those that stay open behind it. */
export function openStepsOf(procedure: ProcedureDef, run: ProcedureRun): StepDef[] {
  return procedure.steps.filter((step) => {
    const record = ownOf(run.course.context.steps, step.id);
    return record !== undefined && record.doneMs === null;
  });
}

function deadlineEvents(plant: Plant, procedure: ProcedureDef, run: ProcedureRun, nowMs: number): CourseEvent[] {
  return procedure.deadlines.flatMap((deadline) => deadlineEvent(plant, procedure, deadline, run, nowMs) ?? []);
}

/** Runs from its beginning; met by its end; exceeded once when the time is over, and met later all the same. */
function deadlineEvent(plant: Plant, procedure: ProcedureDef, deadline: DeadlineDef, run: ProcedureRun, nowMs: number): CourseEvent | null {
  const { context } = run.course;
  const known = ownOf(context.deadlines, deadline.id);
  const fromMs = deadline.from === 'start' ? startedMs(run) : (ownOf(context.steps, deadline.from)?.startedMs ?? null);
  if (fromMs === null) return null;
  const dueMs = known?.dueMs ?? fromMs + deadline.within;
  const isMet = deadline.until === 'safe' ? ['safe', 'investigating', 'readyToReturn'].includes(placeOf(run.course)) : isProved(plant, procedure, run, deadline.until);
  const state = isMet ? 'met' as const : nowMs >= dueMs || known?.state === 'exceeded' ? 'exceeded' as const : 'running' as const;
  return known?.state === state ? null : { type: 'DEADLINE', atMs: nowMs, id: deadline.id, state, dueMs };
}

/** Done by its proof. One that was passed over proves nothing by itself. */
function isProved(plant: Plant, procedure: ProcedureDef, run: ProcedureRun, id: string): boolean {
  const record = ownOf(run.course.context.steps, id);
  if ((record?.doneMs ?? null) === null) return false;
  const proof = stepOf(procedure, id)?.proof ?? [];
  return record?.skipReason === null || (proof.length > 0 && together(proof, (each) => proofTruth(plant, procedure, run.course, each)) === TRUE);
}

/** When the retreat began: the first step's own beginning; a stop begins it anew, its deadlines run on. */
function startedMs(run: ProcedureRun): number | null {
  const times = Object.values(run.course.context.steps).map((record) => record.startedMs);
  return times.length === 0 ? null : Math.min(...times);
}

function continuousEvents(plant: Plant, procedure: ProcedureDef, run: ProcedureRun, nowMs: number): CourseEvent[] {
  return procedure.continuous.flatMap((action) => continuousEvent(plant, procedure, action, run, nowMs) ?? []);
}

/** In effect while what calls for it is true; unknown neither calls for it nor lets it go. */
function continuousEvent(plant: Plant, procedure: ProcedureDef, action: ContinuousDef, run: ProcedureRun, nowMs: number): CourseEvent | null {
  const known = ownOf(run.course.context.continuous, action.id);
  const called = plant.engine.truthOf(continuousNodeId(procedure.id, action.id)) ?? UNKNOWN;
  const say = (state: 'quiet' | 'inEffect' | 'answered' | 'overdue', dueMs: number): CourseEvent => ({ type: 'CONTINUOUS', atMs: nowMs, id: action.id, state, dueMs });
  if (known === undefined || known.state === 'quiet') return called === TRUE ? say('inEffect', nowMs + action.within) : null;
  if (called === FALSE) return say('quiet', known.dueMs);
  const proof = together(action.proof, (each) => proofTruth(plant, procedure, run.course, each));
  if (known.state === 'answered') return proof === FALSE && called === TRUE ? say('inEffect', nowMs + action.within) : null;
  if (proof === TRUE) return say('answered', known.dueMs);
  return known.state === 'inEffect' && nowMs >= known.dueMs ? say('overdue', known.dueMs) : null;
}

/** What raises another procedure now and has not done so yet: a step or a time that ran out, a safe state that does not come, a `goto` step. */
export function leadsOf(procedure: ProcedureDef, run: ProcedureRun): { readonly from: string; readonly procedure: string }[] {
  const { calls } = run.course.context;
  const present = presentStepOf(procedure, run.course);
  const leads = [
    ...[...procedure.steps, ...procedure.handling].map((step) => ({ from: step.id, to: step.otherwise.raise })),
    ...(present?.kind === 'goto' && !isGated(present) ? [{ from: `goto/${present.id}`, to: present.procedure }] : []),
    { from: 'safe', to: procedure.ifNotSafe.raise },
    ...procedure.deadlines.map((deadline) => ({ from: `deadline/${deadline.id}`, to: deadline.otherwise.raise })),
    ...procedure.continuous.map((action) => ({ from: `continuous/${action.id}`, to: action.otherwise.raise })),
  ];
  return leads.flatMap(({ from, to }) => (to !== undefined && ownOf(calls, from) !== undefined ? [{ from, procedure: to }] : []));
}

/** `tags` when the product saw everything itself, else the last person who signed. */
function stepProvedBy(procedure: ProcedureDef, run: ProcedureRun, id: string): string {
  const signers = (stepOf(procedure, id)?.proof ?? []).flatMap((proof) => ('when' in proof ? [] : [ownOf(run.course.context.signed, proof.id)?.by ?? '']));
  return signers.at(-1) ?? 'tags';
}
