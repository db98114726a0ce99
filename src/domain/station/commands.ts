/**
 * What people ask, decided: (plant, state, input, now, who) -> facts, a refusal with its reasons, or a problem with the
 * input. Nothing here writes, waits or asks anybody. Retreat has no path that ends in anything but facts.
 */
import { OPEN_PHASES } from '../interlocks/interlocks.ts';
import type { Bypass } from '../interlocks/interlocks.ts';
import type { CourseEvent } from '../procedures/course-events.ts';
import { isApproved, placeOf, presentStepOf, regionsOf } from '../procedures/machine.ts';
import type { ProcedureDef, ProofDef } from '../packs/schema.ts';
import { badInput, done, notFound, refused } from './decision.ts';
import type { Context, Decision } from './decision.ts';
import { evolveAll } from './evolve.ts';
import { fact } from './facts.ts';
import type { Fact, FactMap } from './facts.ts';
import { assessVerdict, enterVerdict, RESET_ROLES, resetVerdict, returnVerdict } from './gates-of.ts';
import type { Signer } from './gates-of.ts';
import { raiseProcedure } from './observe.ts';
import type { Plant } from './plant.ts';
import { procedureOf } from './plant.ts';
import { dueAfter } from './progress.ts';
import type { ProcedureRun, StationState } from './state.ts';

export type { Context, Decision } from './decision.ts';

function findRun({ state }: Context, instance: string): ProcedureRun | undefined {
  return state.runs.find((run) => run.instance === instance);
}

/** The fact that a course moves, with the place it moves to. */
function moved({ plant, state, nowMs }: Context, run: ProcedureRun, event: CourseEvent, by: string | null): Fact {
  const probe = fact('procedure.moved', nowMs, by, { instance: run.instance, event, place: placeOf(run.course) });
  const after = evolveAll(state, [probe], plant.machines).runs.find((r) => r.instance === run.instance);
  return fact('procedure.moved', nowMs, by, { instance: run.instance, event, place: after === undefined ? 'closed' : placeOf(after.course) });
}

// --- the way to safety -----------------------------------------------------------------------------------------------------

/** Emergency stop. Every running procedure goes to `stopping`; where none stops the whole plant, the one for it is raised. */
export function stop(context: Context, by: string, actedOn: 'simulator' | 'people'): Decision<{ atMs: number; actedOn: 'simulator' | 'people' }> {
  const { plant, state, nowMs } = context;
  const facts: Fact[] = [fact('retreat.stop', nowMs, by, { actedOn })];
  const isWholeStop = (id: string): boolean => plant.procedures.get(id)?.modes.includes('whole-plant-stop') === true;
  let runs = state.runs;
  let after = evolveAll(state, facts, plant.machines);
  if (!state.runs.some((run) => isWholeStop(run.procedure))) {
    const whole = stopProcedureOf(plant);
    if (whole !== null) {
      const raised = raiseProcedure(plant, state, whole.id, [], nowMs);
      facts.push(raised);
      after = evolveAll(after, [raised], plant.machines);
      runs = after.runs;
    }
  }
  for (const run of runs) {
    if (placeOf(run.course) !== 'stopping') facts.push(moved({ ...context, state: after }, run, { type: 'STOP', atMs: nowMs, by, dueMs: firstDueMs(context, run) }, by));
  }
  return { outcome: 'done', facts, output: { atMs: nowMs, actedOn } };
}

/** When the first step is due. Of whatever version the run is: on the way to safety nothing is asked that could be missing. */
function firstDueMs({ plant, nowMs }: Context, run: ProcedureRun): number {
  const procedure = plant.procedures.get(run.procedure);
  return procedure === undefined ? nowMs : dueAfter(procedure, null, nowMs);
}

/** The procedure that an emergency stop without any other raises: the one for the unforeseen (4.1.2), else any that stops the whole plant. */
function stopProcedureOf(plant: Plant): ProcedureDef | null {
  const whole = plant.pack.procedures.filter((p) => p.modes.includes('whole-plant-stop'));
  return whole.find((p) => p.clauses.includes('4.1.2')) ?? whole[0] ?? null;
}

export function evacuate({ nowMs }: Context, by: string, actedOn: 'simulator' | 'people'): Decision<{ atMs: number; actedOn: 'simulator' | 'people' }> {
  return { outcome: 'done', facts: [fact('retreat.evacuate', nowMs, by, { actedOn })], output: { atMs: nowMs, actedOn } };
}

/** Begin to retreat by a raised procedure. Already begun is not an error: the person is right. */
export function startProcedure(context: Context, instance: string, by: string): Decision {
  const run = findRun(context, instance);
  if (run === undefined) return notFound(`procedure ${instance} is not running; expected one of ${context.state.runs.map((r) => r.instance).join(', ') || 'none'}`);
  if (placeOf(run.course) !== 'raised') return done([]);
  return done([moved(context, run, { type: 'START', atMs: context.nowMs, by, dueMs: firstDueMs(context, run) }, by)]);
}

// --- holding -----------------------------------------------------------------------------------------------------------------

/** A person's signed word for a proof that no tag can give. Senses alone are recorded and never final (4.3.3). */
export function confirmProof(context: Context, instance: string, step: string, proofId: string, note: string, signer: Signer): Decision {
  const run = findRun(context, instance);
  if (run === undefined) return notFound(`procedure ${instance} is not running`);
  const procedure = context.plant.procedures.get(run.procedure);
  const proof = proofsOf(procedure, step).find((p) => p.id === proofId);
  if (proof === undefined) return notFound(`step ${step} has no proof ${proofId}`);
  if ('when' in proof) return badInput(`proof ${proofId} is given by tags; no word replaces it`);
  if (!signer.roles.includes(proof.signed)) return badInput(`proof ${proofId} is signed by a ${proof.signed}; ${signer.user} is ${signer.roles.join(', ')}`);
  return done([moved(context, run, { type: 'SIGNED', atMs: context.nowMs, proof: proofId, by: signer.user, role: proof.signed, note }, signer.user)]);
}

function proofsOf(procedure: ProcedureDef | undefined, step: string): readonly ProofDef[] {
  if (procedure === undefined) return [];
  if (step === 'safeState') return procedure.safeState;
  if (step === 'returnConditions') return procedure.returnConditions;
  return procedure.steps.find((s) => s.id === step)?.proof ?? [];
}

export function skipStep(context: Context, instance: string, step: string, reason: string, note: string, signer: Signer): Decision {
  const run = findRun(context, instance);
  const procedure = run === undefined ? null : procedureOf(context.plant, run);
  if (run === undefined || procedure === null) return notFound(`procedure ${instance} is not running`);
  const present = presentStepOf(procedure, run.course);
  if (present === null || present.id !== step) return badInput(`step ${step} is not the present one; the present one is ${present?.id ?? 'none'}`);
  return done([moved(context, run, { type: 'STEP_SKIPPED', atMs: context.nowMs, step, by: signer.user, reason: `${reason}: ${note}`, dueMs: dueAfter(procedure, present, context.nowMs) }, signer.user)]);
}

export function investigate(context: Context, instance: string, by: string): Decision {
  const run = findRun(context, instance);
  if (run === undefined) return notFound(`procedure ${instance} is not running`);
  if (placeOf(run.course) !== 'safe') return badInput(`procedure ${instance} is '${placeOf(run.course)}'; the cause is looked for once the safe state is proved ('safe')`);
  return done([moved(context, run, { type: 'INVESTIGATE', atMs: context.nowMs, by }, by)]);
}

export function recordCause(context: Context, instance: string, text: string, signer: Signer): Decision {
  const run = findRun(context, instance);
  if (run === undefined) return notFound(`procedure ${instance} is not running`);
  const place = placeOf(run.course);
  if (place !== 'investigating' && place !== 'readyToReturn') return badInput(`procedure ${instance} is '${place}'; a cause is recorded while 'investigating'`);
  if (!signer.roles.includes('engineer') && !signer.roles.includes('supervisor')) return badInput(`a cause is signed by an engineer or a supervisor; ${signer.user} is ${signer.roles.join(', ')}`);
  return done([moved(context, run, { type: 'CAUSE', atMs: context.nowMs, by: signer.user, text }, signer.user)]);
}

export function reauthorise(context: Context, instance: string, signer: Signer): Decision {
  const run = findRun(context, instance);
  if (run === undefined) return notFound(`procedure ${instance} is not running`);
  if (regionsOf(run.course).authority !== 'held') return done([]);
  if (!signer.roles.includes('supervisor')) return badInput(`a procedure is re-authorised by a supervisor; ${signer.user} is ${signer.roles.join(', ')}`);
  return done([moved(context, run, { type: 'REAUTHORISED', atMs: context.nowMs, by: signer.user }, signer.user)]);
}

export function enterLab({ plant, nowMs }: Context, lab: string, value: number, sampledMs: number, signer: Signer): Decision {
  const def = plant.pack.labs.find((l) => l.id === lab);
  if (def === undefined) return notFound(`no laboratory result '${lab}'; expected one of ${plant.pack.labs.map((l) => l.id).join(', ')}`);
  if (value < def.low || value > def.high) return badInput(`${lab} = ${value} ${def.unit}; expected ${def.low} to ${def.high} ${def.unit}`);
  if (sampledMs > nowMs + 60_000) return badInput('the sample was taken in the future; expected a time up to now');
  return done([fact('lab.entered', nowMs, signer.user, { lab, value, sampledMs })]);
}

export function reportSeen({ plant, nowMs }: Context, observation: string, present: boolean, note: string, by: string): Decision {
  if (!plant.pack.observations.some((o) => o.id === observation)) return notFound(`no observation '${observation}'; expected one of ${plant.pack.observations.map((o) => o.id).join(', ')}`);
  return done([fact('seen.reported', nowMs, by, { observation, present, note })]);
}

/** 4.5.1, 4.5.2: one commander and one watch post, by name. Handing over between two people comes with the authority issue; here the entitled person takes it. */
export function takePost({ nowMs }: Context, post: 'commander' | 'watch', signer: Signer): Decision {
  const wanted = post === 'commander' ? ['supervisor'] as const : ['operator', 'supervisor', 'engineer'] as const;
  if (!wanted.some((role) => signer.roles.includes(role))) return badInput(`the ${post} is a ${wanted.join(' or ')}; ${signer.user} is ${signer.roles.join(', ')}`);
  return done([fact('post.taken', nowMs, signer.user, { post, user: signer.user, name: signer.name })]);
}

// --- bypass register ---------------------------------------------------------------------------------------------------------

export function requestBypass(context: Context, input: Omit<FactMap['bypass.requested'], 'bypass'>, signer: Signer): Decision<{ bypass: string }> {
  const { plant, state, nowMs } = context;
  const interlock = plant.interlocks.get(input.interlock);
  if (interlock === undefined) return notFound(`no interlock '${input.interlock}'`);
  if (input.untilMs <= nowMs) return badInput('the bypass ends before it begins; expected an end in the future');
  if (input.untilMs > nowMs + interlock.maxBypass) return badInput(`the bypass lasts longer than ${interlock.criticality} allows; expected at most ${Math.round(interlock.maxBypass / 60_000)} min`);
  if (state.bypasses.some((b) => b.interlock === input.interlock && OPEN_PHASES.includes(b.phase) && b.phase !== 'expired')) return badInput(`the register already holds an open bypass of ${input.interlock}; close it first`);
  const bypass = `B-${input.interlock}-${state.bypasses.length + 1}`;
  return { outcome: 'done', facts: [fact('bypass.requested', nowMs, signer.user, { bypass, ...input })], output: { bypass } };
}

function findBypass(state: StationState, id: string): Bypass | undefined {
  return state.bypasses.find((b) => b.id === id);
}

/** 3.3: assessed by an engineer who did not ask for it. */
export function assessBypass({ state, nowMs }: Context, id: string, text: string, acceptable: boolean, signer: Signer): Decision {
  const bypass = findBypass(state, id);
  if (bypass === undefined) return notFound(`no bypass '${id}'`);
  if (bypass.phase !== 'requested') return badInput(`bypass ${id} is '${bypass.phase}'; expected 'requested'`);
  if (!signer.roles.includes('engineer')) return badInput(`a bypass is assessed by an engineer; ${signer.user} is ${signer.roles.join(', ')}`);
  if (signer.user === bypass.requestedBy) return badInput(`${signer.user} asked for this bypass; another person must assess it (3.3)`);
  return done([fact('bypass.assessed', nowMs, signer.user, { bypass: id, text, acceptable })]);
}

/** 3.3: approved by a third person. */
export function approveBypass({ state, nowMs }: Context, id: string, signer: Signer): Decision {
  const bypass = findBypass(state, id);
  if (bypass === undefined) return notFound(`no bypass '${id}'`);
  if (bypass.phase !== 'assessed') return badInput(`bypass ${id} is '${bypass.phase}'; expected 'assessed'`);
  if (!signer.roles.includes('supervisor') && !signer.roles.includes('engineer')) return badInput(`a bypass is approved by a supervisor or an engineer; ${signer.user} is ${signer.roles.join(', ')}`);
  if (signer.user === bypass.assessment?.by || signer.user === bypass.requestedBy) return badInput(`${signer.user} has ${signer.user === bypass.requestedBy ? 'asked for' : 'assessed'} this bypass; another person must approve it (3.3)`);
  if (nowMs >= bypass.untilMs) return badInput(`bypass ${id} has run out; it needs a new request and assessment`);
  return done([fact('bypass.approved', nowMs, signer.user, { bypass: id })]);
}

export function closeBypass({ state, nowMs }: Context, id: string, signer: Signer): Decision {
  const bypass = findBypass(state, id);
  if (bypass === undefined) return notFound(`no bypass '${id}'`);
  if (bypass.phase === 'closed') return done([]);
  return done([fact('bypass.closed', nowMs, signer.user, { bypass: id })]);
}

// --- gated ---------------------------------------------------------------------------------------------------------------------

export function assessZone(context: Context, zone: string, stage: 'unclear' | 'reconnaissance' | 'handling', assessment: string, signer: Signer): Decision {
  const { plant, state, nowMs } = context;
  if (!plant.pack.zones.some((z) => z.id === zone)) return notFound(`no zone '${zone}'`);
  const verdict = assessVerdict(plant, state, zone, stage, signer);
  if (!verdict.allowed) return refused(verdict, nowMs, signer.user);
  return done([fact('people.staged', nowMs, signer.user, { zone, stage, assessment })]);
}

export function enterZone(context: Context, input: { zone: string; name: string; task: string; protection: string }, signer: Signer): Decision {
  const { plant, state, nowMs } = context;
  if (!plant.pack.zones.some((z) => z.id === input.zone)) return notFound(`no zone '${input.zone}'`);
  const verdict = enterVerdict(plant, state, input.zone, nowMs, signer);
  if (!verdict.allowed) return refused(verdict, nowMs, signer.user);
  return done([fact('people.entered', nowMs, signer.user, { entry: `E-${String(nowMs)}-${String(state.zones[input.zone]?.entries.length ?? 0)}`, ...input })]);
}

export function leaveZone({ state, nowMs }: Context, zone: string, entry: string, by: string): Decision {
  if (!Object.hasOwn(state.zones, zone) || !state.zones[zone]?.entries.some((e) => e.id === entry)) return notFound(`nobody signed in as ${entry} in zone ${zone}`);
  return done([fact('people.left', nowMs, by, { zone, entry })]);
}

/** One person's approval of a reset; with the second, different one it is reset (3.5). */
export function resetInterlock(context: Context, interlock: string, signer: Signer): Decision<{ reset: boolean }> {
  const { plant, state, nowMs } = context;
  if (!plant.interlocks.has(interlock)) return notFound(`no interlock '${interlock}'`);
  const verdict = resetVerdict(plant, state, interlock, nowMs, signer);
  if (!verdict.allowed) return refused(verdict, nowMs, signer.user);
  const approvals = Object.hasOwn(state.resets, interlock) ? (state.resets[interlock] ?? []) : [];
  const role = RESET_ROLES.find((r) => signer.roles.includes(r) && !approvals.some((a) => a.role === r)) ?? RESET_ROLES.find((r) => signer.roles.includes(r));
  if (role === undefined) return badInput(`a reset is approved by ${RESET_ROLES.join(' and ')}; ${signer.user} is ${signer.roles.join(', ')}`);
  const approved = fact('interlock.reset-approved', nowMs, signer.user, { interlock, role });
  if (!isApproved(RESET_ROLES, [...approvals, { user: signer.user, role }])) return { outcome: 'done', facts: [approved], output: { reset: false } };
  return { outcome: 'done', facts: [approved, fact('interlock.reset', nowMs, signer.user, { interlock })], output: { reset: true } };
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

/** After a restart every running procedure is held for intervene and return, never for retreat. */
export function holdAll(context: Context): Fact[] {
  return context.state.runs.filter((run) => regionsOf(run.course).authority !== 'held').map((run) => moved(context, run, { type: 'HELD', atMs: context.nowMs }, null));
}
