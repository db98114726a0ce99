/**
 * What people ask of running procedures, decided. Beginning to retreat, raising a procedure and everything on the way to safety ends in
 * facts; permits and returns pass the gate. Which rule of the course a request follows is looked up in the procedure's table.
 */
import type { Evidence } from '../../contract/evidence.ts';
import { FALSE, TRUE } from '../conditions/truth.ts';
import type { ProcedureDef, ProofDef, StepDef } from '../packs/schema.ts';
import type { CourseEvent, CourseEventType } from '../procedures/course-events.ts';
import { ownOf } from '../procedures/course-context.ts';
import { isGated } from '../procedures/course-table.ts';
import type { CourseRule } from '../procedures/course-table.ts';
import { isApproved, placeOf, presentStepOf, regionsOf, tableStateOf } from '../procedures/machine.ts';
import { recordAskedFor, recordProblem } from '../proof/evidence-record.ts';
import { worstValue } from '../proof/gas-test.ts';
import { badInput, done, notFound, refused } from './decision.ts';
import { isCovered } from './commanding.ts';
import type { Context, Decision } from './decision.ts';
import { evolveAll } from './evolve.ts';
import type { Fact } from './facts.ts';
import { fact } from './facts.ts';
import { cautionItems } from './gates/run-facts.ts';
import { reauthoriseVerdict, returnVerdict, stepVerdict } from './gates/verdicts.ts';
import type { Signer } from './gates/signer.ts';
import { isKeyStep, witnessVerdict } from './gates/work-facts.ts';
import { movedBy, raiseProcedure } from './look-at-courses.ts';
import { machineTruth, plantSeenBy, procedureOf } from './plant.ts';
import { dueAfter, openStepsOf, seenOption } from './progress.ts';
import type { ProcedureRun } from './state.ts';

interface Found { readonly run: ProcedureRun; readonly procedure: ProcedureDef }

const findRun = ({ state }: Context, instance: string): ProcedureRun | undefined => state.runs.find((run) => run.instance === instance);
const notRunning = ({ state }: Context, instance: string): Decision<never> => notFound(`procedure ${instance} is not running; expected one of ${state.runs.map((run) => run.instance).join(', ') || 'none'}`);
const moved = ({ plant, state, nowMs }: Context, run: ProcedureRun, event: CourseEvent, by: string | null): Fact => movedBy(plant, state, run, event, by, nowMs);

/** A run with the procedure that it was begun with. A run of another version is moved by nobody but START and STOP. */
function found(context: Context, instance: string): Found | Decision<never> {
  const run = findRun(context, instance);
  const procedure = run === undefined ? null : procedureOf(context.plant, run);
  if (run === undefined) return notRunning(context, instance);
  return procedure === null ? badInput(`procedure ${instance} was begun in another version than the pack now holds; only a stop still moves it`) : { run, procedure };
}

const isDecision = (each: Found | Decision<never>): each is Decision<never> => 'outcome' in each;

/** A person's rule from where the course stands. */
function ruleOf({ plant }: Context, run: ProcedureRun, event: CourseEventType, names: { step?: string; option?: string } = {}): CourseRule | undefined {
  const table = plant.machines.get(run.procedure)?.table;
  const state = table === undefined ? undefined : tableStateOf(table, run.course);
  return state === undefined ? undefined : table?.rulesFrom[state.index]?.find((rule) => rule.by === 'person' && rule.event === event && (names.step === undefined || rule.step === names.step) && (names.option === undefined || rule.option === names.option));
}

// --- the way to safety -----------------------------------------------------------------------------------------------------------

/** Begin to retreat by a raised procedure. Already begun is not an error: the person is right. */
export function startProcedure(context: Context, instance: string, by: string): Decision {
  const run = findRun(context, instance);
  if (run === undefined) return notRunning(context, instance);
  if (placeOf(run.course) !== 'raised') return done([]);
  const dueMs = context.nowMs + (context.plant.procedures.get(run.procedure)?.steps[0]?.within ?? 0);
  return done([moved(context, run, { type: 'START', atMs: context.nowMs, by, dueMs }, by)]);
}

/** A person sees what no condition shows: a storm warning, a plug, a line to be opened. Never refused; one that runs already is what was asked for. */
export function raiseByHand({ plant, state, nowMs }: Context, procedureId: string, reason: string, by: string): Decision<{ instance: string }> {
  if (!plant.procedures.has(procedureId)) return notFound(`no procedure '${procedureId}'; expected one of ${[...plant.procedures.keys()].join(', ')}`);
  const running = state.runs.find((run) => run.procedure === procedureId);
  if (running !== undefined) return { outcome: 'done', facts: [], output: { instance: running.instance } };
  const raised = raiseProcedure(plant, state, procedureId, [], nowMs);
  return { outcome: 'done', facts: [fact('procedure.raised', nowMs, by, { ...raised.data, reason })], output: { instance: raised.data.instance } };
}

// --- steps ------------------------------------------------------------------------------------------------------------------------

/** A person's signed word for a proof that no tag can give. Senses alone are recorded and never final (4.3.3). */
export interface Confirmation { readonly instance: string; readonly step: string; readonly proof: string; readonly note: string; readonly figure?: number | undefined; readonly evidence?: Evidence | undefined }

/** `witness`: who acknowledges it at the watching post; a key step of the handling needs one (V.2). */
export function confirmProof(context: Context, input: Confirmation, signer: Signer, witness: Signer | null = null): Decision {
  const at = found(context, input.instance);
  if (isDecision(at)) return at;
  const { run, procedure } = at;
  const proof = proofsOf(procedure, input.step).find(({ id }) => id === input.proof);
  if (proof === undefined) return notFound(`step ${input.step} has no proof ${input.proof}`);
  if ('when' in proof) return badInput(`proof ${proof.id} is given by tags; no word replaces it`);
  if (!signer.roles.includes(proof.signed)) return badInput(`proof ${proof.id} is signed by a ${proof.signed}; ${signer.user} is ${signer.roles.join(', ')}`);
  const problem = turnProblem(run, procedure, input.step, proof, signer);
  if (problem !== null) return badInput(problem);
  const kind = recordAskedFor(procedure, proof);
  const unfit = kind === null ? null : recordProblem(proof, kind, input.evidence, context.nowMs);
  if (unfit !== null) return badInput(unfit);
  // Of a gas test the worst point is the figure: nobody writes it down a second time.
  const value = proof.figure !== undefined && input.evidence?.points !== undefined ? (worstValue(input.evidence.points, proof.figure) ?? undefined) : input.figure;
  if (proof.figure !== undefined && value === undefined) return badInput(`proof ${proof.id} is a figure in ${proof.figure.unit}; expected a number`);
  const step = procedure.handling.find(({ id }) => id === input.step);
  const seen = step === undefined ? null : witnessVerdict(context.plant, context.state, procedure, step, signer, witness);
  if (seen !== null && !seen.allowed) return refused(seen, context.nowMs, signer.user);
  const more = {
    ...(proof.figure === undefined || value === undefined ? {} : { figure: value }), ...(kind === null || input.evidence === undefined ? {} : { evidence: { kind, ...input.evidence } }),
    ...(step === undefined || witness === null || !isKeyStep(step) ? {} : { witness: witness.user }),
  };
  return done([moved(context, run, { type: 'SIGNED', atMs: context.nowMs, proof: proof.id, by: signer.user, role: proof.signed, note: input.note, ...more }, signer.user)]);
}

function proofsOf(procedure: ProcedureDef, step: string): readonly ProofDef[] {
  if (step === 'safeState') return procedure.safeState;
  if (step === 'returnConditions') return procedure.returnConditions;
  const action = procedure.continuous.find(({ id }) => id === step);
  return action?.proof ?? [...procedure.steps, ...procedure.handling].find(({ id }) => id === step)?.proof ?? [];
}

/** What is signed for the return is signed in the safe state, and what is signed in the handling when its turn has come: permitted, and a hold point by somebody who has signed nothing else. */
function turnProblem(run: ProcedureRun, procedure: ProcedureDef, stepId: string, proof: ProofDef, signer: Signer): string | null {
  if (stepId === 'returnConditions' && !['safe', 'investigating', 'readyToReturn'].includes(placeOf(run.course))) return `a condition of return is signed once the safe state is proved; the procedure is '${placeOf(run.course)}'`;
  const step = procedure.handling.find(({ id }) => id === stepId);
  if (step === undefined || isRenewal(run, step, proof)) return null;
  const present = placeOf(run.course) === 'investigating' ? presentStepOf(procedure, run.course) : null;
  if (present?.id !== step.id) return `step ${step.id} is signed when its turn has come; the present one is ${present?.id ?? 'none'}`;
  if (isGated(step) && ownOf(run.course.context.permits, step.id) === undefined) return `step ${step.id} is not permitted; a supervisor or an engineer must permit it first`;
  if (step.kind === 'hold' && signersOf(run).has(signer.user)) return `${signer.user} has signed or permitted another step of this procedure; another person must look at hold point ${step.id}`;
  return null;
}

/** What the work stands on is proved again while the handling goes on: a gas test runs out, a blind is put back. */
function isRenewal(run: ProcedureRun, step: StepDef, proof: ProofDef): boolean {
  const record = ownOf(run.course.context.steps, step.id);
  return placeOf(run.course) === 'investigating' && record !== undefined && record.doneMs !== null && record.skipReason === null && proof.shows !== undefined;
}

function signersOf(run: ProcedureRun): Set<string> {
  const { signed, permits, steps } = run.course.context;
  return new Set([...Object.values(signed), ...Object.values(permits), ...Object.values(steps)].flatMap(({ by }) => by ?? []));
}

export function skipStep(context: Context, instance: string, step: string, reason: string, note: string, signer: Signer): Decision {
  const at = found(context, instance);
  if (isDecision(at)) return at;
  const present = presentStepOf(at.procedure, at.run.course);
  if (present === null || present.id !== step) return badInput(`step ${step} is not the present one; the present one is ${present?.id ?? 'none'}`);
  const rule = ruleOf(context, at.run, 'STEP_SKIPPED', { step });
  if (rule === undefined) return badInput(`step ${step} is passed over by nobody: ${present.kind === 'decide' ? 'choose a way' : 'it proves that it is safe to go on (4.3.3, 4.4.1)'}`);
  return done([moved(context, at.run, { type: 'STEP_SKIPPED', atMs: context.nowMs, step, by: signer.user, reason: `${reason}: ${note}`, dueMs: dueAfter(at.procedure, rule, context.nowMs) }, signer.user)]);
}

/** A way is chosen by a person. Against what the tags show it takes a signature and a reason; both assessments stand in the journal. */
export function chooseOption(context: Context, input: { instance: string; step: string; option: string; reason: string }, by: string, isSigned: boolean): Decision {
  const at = found(context, input.instance);
  if (isDecision(at)) return at;
  const { run, procedure } = at;
  const step = presentStepOf(procedure, run.course);
  const rule = ruleOf(context, run, 'CHOSEN', input);
  if (step === null || rule === undefined) return badInput(`step ${input.step} with option ${input.option} is not to be decided now; the present step is ${step?.id ?? 'none'}${step === null || step.options.length === 0 ? '' : ` with options ${step.options.map(({ id }) => id).join(', ')}`}`);
  const seen = seenOption(context.plant, procedure, step);
  if (seen !== null && seen !== input.option && (!isSigned || input.reason.trim() === '')) return badInput(`the tags show '${seen}'; choosing '${input.option}' takes a signature and a reason`);
  return done([moved(context, run, { type: 'CHOSEN', atMs: context.nowMs, step: input.step, option: input.option, by, seen, reason: input.reason, dueMs: dueAfter(procedure, rule, context.nowMs) }, by)]);
}

/** Cautions read, and warnings given. What was read already is not read again. */
export function acknowledgeItems(context: Context, instance: string, items: readonly string[], by: string): Decision {
  const at = found(context, instance);
  if (isDecision(at)) return at;
  const { run, procedure } = at;
  const steps = [...procedure.steps, ...procedure.handling];
  const known = new Set(steps.flatMap((step) => [...cautionItems(step), ...(step.kind === 'warn' ? [step.id] : [])]));
  const unknown = items.find((item) => !known.has(item));
  if (unknown !== undefined) return notFound(`procedure ${procedure.id} has no caution or warning '${unknown}'`);
  const unread = [...new Set(items)].filter((item) => ownOf(run.course.context.acknowledged, item) === undefined).map((item) => moved(context, run, { type: 'ACKNOWLEDGED', atMs: context.nowMs, item, by }, by));
  const given = procedure.steps.concat(procedure.handling).filter((step) => step.kind === 'warn' && items.includes(step.id)).flatMap((step) => warningGiven(context, at, step, by) ?? []);
  return done([...unread, ...given]);
}

/** The present warning is done with; one whose time ran out before anybody gave it is given late. */
function warningGiven(context: Context, { run, procedure }: Found, step: StepDef, by: string): Fact | null {
  const rule = presentStepOf(procedure, run.course)?.id === step.id ? ruleOf(context, run, 'STEP_DONE', { step: step.id }) : undefined;
  if (rule !== undefined) return moved(context, run, { type: 'STEP_DONE', atMs: context.nowMs, step: step.id, by, dueMs: dueAfter(procedure, rule, context.nowMs) }, by);
  return openStepsOf(procedure, run).some(({ id }) => id === step.id) ? moved(context, run, { type: 'STEP_LATE', atMs: context.nowMs, step: step.id, by }, by) : null;
}

/** A person's own assessment beside the machine's. Contesting takes a proof away; asserting proves nothing where tags tell. */
export function assessProof(context: Context, input: { instance: string; proof: string; assessment: 'contested' | 'asserted' | 'withdrawn'; reason: string }, signer: Signer): Decision {
  const at = found(context, input.instance);
  if (isDecision(at)) return at;
  const { run, procedure } = at;
  const all = [...procedure.steps, ...procedure.handling].flatMap(({ proof }) => proof).concat(procedure.safeState, procedure.returnConditions, procedure.continuous.flatMap(({ proof }) => proof));
  const proof = all.find(({ id }) => id === input.proof);
  if (proof === undefined) return notFound(`procedure ${procedure.id} has no proof '${input.proof}'`);
  const machine = machineTruth(plantSeenBy(context.plant, context.state), procedure, run.course, proof);
  if (input.assessment === 'contested' && machine === FALSE) return badInput(`proof ${proof.id} is not there; there is nothing to contest`);
  if (input.assessment === 'asserted' && machine === TRUE) return badInput(`proof ${proof.id} is there already`);
  return done([moved(context, run, { type: 'ASSESSED', atMs: context.nowMs, proof: proof.id, by: signer.user, assessment: input.assessment, reason: input.reason }, signer.user)]);
}

// --- the procedure as a whole -----------------------------------------------------------------------------------------------------

export function investigate(context: Context, instance: string, by: string): Decision {
  const at = found(context, instance);
  if (isDecision(at)) return at;
  const rule = ruleOf(context, at.run, 'INVESTIGATE');
  if (rule === undefined) return badInput(`procedure ${instance} is '${placeOf(at.run.course)}'; the cause is looked for once the safe state is proved ('safe')`);
  return done([moved(context, at.run, { type: 'INVESTIGATE', atMs: context.nowMs, by, dueMs: dueAfter(at.procedure, rule, context.nowMs) }, by)]);
}

export function recordCause(context: Context, instance: string, text: string, signer: Signer): Decision {
  const run = findRun(context, instance);
  if (run === undefined) return notRunning(context, instance);
  const place = placeOf(run.course);
  if (place !== 'investigating' && place !== 'readyToReturn') return badInput(`procedure ${instance} is '${place}'; a cause is recorded while 'investigating'`);
  if (!signer.roles.includes('engineer') && !signer.roles.includes('supervisor')) return badInput(`a cause is signed by an engineer or a supervisor; ${signer.user} is ${signer.roles.join(', ')}`);
  return done([moved(context, run, { type: 'CAUSE', atMs: context.nowMs, by: signer.user, text }, signer.user)]);
}

export function reauthorise(context: Context, instance: string, signer: Signer): Decision {
  const run = findRun(context, instance);
  if (run === undefined) return notRunning(context, instance);
  if (regionsOf(run.course).authority !== 'held') return done([]);
  const verdict = reauthoriseVerdict(context.plant, context.state, run, context.nowMs, signer);
  if (!verdict.allowed) return refused(verdict, context.nowMs, signer.user);
  return done([moved(context, run, { type: 'REAUTHORISED', atMs: context.nowMs, by: signer.user }, signer.user)]);
}

/** One owner for each procedure, who hands over by name; who takes it signs. */
export function ownProcedure(context: Context, instance: string, signer: Signer): Decision {
  const run = findRun(context, instance);
  if (run === undefined) return notRunning(context, instance);
  if (run.course.context.owner?.user === signer.user) return done([]);
  return done([moved(context, run, { type: 'OWNED', atMs: context.nowMs, by: signer.user, name: signer.name }, signer.user)]);
}

/** Put aside for a more urgent one. Nothing of it stops being watched. The last that is not put aside cannot be. */
export function suspendProcedure(context: Context, instance: string, reason: string, by: string): Decision {
  const run = findRun(context, instance);
  if (run === undefined) return notRunning(context, instance);
  if (run.course.context.suspended !== null) return done([]);
  if (!isCovered(context.plant, context.state, run)) return badInput(`procedure ${instance} is the most urgent that runs; only one with a running procedure of at least its priority beside it is put aside`);
  return done([moved(context, run, { type: 'SUSPENDED', atMs: context.nowMs, by, reason }, by)]);
}

export function resumeProcedure(context: Context, instance: string, by: string): Decision {
  const run = findRun(context, instance);
  if (run === undefined) return notRunning(context, instance);
  return run.course.context.suspended === null ? done([]) : done([moved(context, run, { type: 'RESUMED', atMs: context.nowMs, by }, by)]);
}

// --- gated -------------------------------------------------------------------------------------------------------------------------

/** People may go in and do this step: the gate is open, and who permits it answers for it. */
export function permitStep(context: Context, instance: string, step: string, signer: Signer): Decision {
  const at = found(context, instance);
  if (isDecision(at)) return at;
  const { run, procedure } = at;
  const present = presentStepOf(procedure, run.course);
  const rule = ruleOf(context, run, 'PERMITTED', { step });
  if (present === null || rule === undefined) return badInput(`step ${step} does not wait for a permit now; the present one is ${present?.id ?? 'none'}`);
  const verdict = stepVerdict(context.plant, context.state, run, present, context.nowMs, signer);
  if (!verdict.allowed) return refused(verdict, context.nowMs, signer.user);
  return done([moved(context, run, { type: 'PERMITTED', atMs: context.nowMs, step, by: signer.user, dueMs: dueAfter(procedure, rule, context.nowMs) }, signer.user)]);
}

/** One person's approval of the return; with the last one that is needed, the procedure closes. */
export function approveReturn(context: Context, instance: string, signer: Signer): Decision<{ closed: boolean }> {
  const { plant, state, nowMs } = context;
  const run = findRun(context, instance);
  const procedure = run === undefined ? undefined : plant.procedures.get(run.procedure);
  if (run === undefined || procedure === undefined) return notFound(`procedure ${instance} is not running`);
  const verdict = returnVerdict(plant, state, run, nowMs, signer);
  if (!verdict.allowed) return refused(verdict, nowMs, signer.user);
  const approvals = run.course.context.approvals;
  const role = procedure.returnApprovals.find((r) => signer.roles.includes(r) && !approvals.some((a) => a.role === r)) ?? procedure.returnApprovals.find((r) => signer.roles.includes(r));
  if (role === undefined) return badInput(`a return is approved by ${procedure.returnApprovals.join(' and ')}; ${signer.user} is ${signer.roles.join(', ')}`);
  const approved = moved(context, run, { type: 'APPROVED', atMs: nowMs, by: signer.user, role }, signer.user);
  if (!isApproved(procedure.returnApprovals, [...approvals, { user: signer.user, role }])) return { outcome: 'done', facts: [approved], output: { closed: false } };
  const after = evolveAll(state, [approved], plant.machines);
  const runAfter = after.runs.find((r) => r.instance === instance) ?? run;
  return { outcome: 'done', facts: [approved, moved({ ...context, state: after }, runAfter, { type: 'RETURNED', atMs: nowMs }, signer.user)], output: { closed: true } };
}

