/**
 * What people ask, decided: (plant, state, input, now, who) -> facts, a refusal with its reasons, or a problem with the
 * input. Nothing here writes, waits or asks anybody. Retreat has no path that ends in anything but facts.
 */
import type { CourseEvent } from '../procedures/course-events.ts';
import { isApproved, placeOf, regionsOf } from '../procedures/machine.ts';
import type { ProcedureDef } from '../packs/schema.ts';
import { badInput, done, notFound, refused } from './decision.ts';
import type { Context, Decision } from './decision.ts';
import { evolveAll } from './evolve.ts';
import { fact } from './facts.ts';
import type { Fact } from './facts.ts';
import { assessVerdict, enterVerdict, RESET_ROLES, resetVerdict } from './gates/verdicts.ts';
import type { Signer } from './gates/signer.ts';
import { movedBy, raiseProcedure, unclearAgain } from './look-at-courses.ts';
import type { Plant } from './plant.ts';
import type { ProcedureRun } from './state.ts';

export type { Context, Decision } from './decision.ts';

function moved({ plant, state, nowMs }: Context, run: ProcedureRun, event: CourseEvent, by: string | null): Fact {
  return movedBy(plant, state, run, event, by, nowMs);
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
    const left = plant.procedures.get(run.procedure);
    if (left !== undefined && ['safe', 'investigating', 'readyToReturn'].includes(placeOf(run.course))) facts.push(...unclearAgain(after, left, nowMs));
    if (placeOf(run.course) !== 'stopping') facts.push(moved({ ...context, state: after }, run, { type: 'STOP', atMs: nowMs, by, dueMs: firstDueMs(context, run) }, by));
    // One that is stopping already goes on where it is; put aside it is no longer.
    else if (run.course.context.suspended !== null) facts.push(moved({ ...context, state: after }, run, { type: 'RESUMED', atMs: nowMs, by }, by));
  }
  return { outcome: 'done', facts, output: { atMs: nowMs, actedOn } };
}

/** When the first step is due. Of whatever version the run is: on the way to safety nothing is asked that could be missing. */
function firstDueMs({ plant, nowMs }: Context, run: ProcedureRun): number {
  const procedure = plant.procedures.get(run.procedure);
  return nowMs + (procedure?.steps[0]?.within ?? 0);
}

/** The procedure that an emergency stop without any other raises: the one for the unforeseen (4.1.2), else any that stops the whole plant. */
function stopProcedureOf(plant: Plant): ProcedureDef | null {
  const whole = plant.pack.procedures.filter((p) => p.modes.includes('whole-plant-stop'));
  return whole.find((p) => p.clauses.includes('4.1.2')) ?? whole[0] ?? null;
}

export function evacuate({ nowMs }: Context, by: string, actedOn: 'simulator' | 'people'): Decision<{ atMs: number; actedOn: 'simulator' | 'people' }> {
  return { outcome: 'done', facts: [fact('retreat.evacuate', nowMs, by, { actedOn })], output: { atMs: nowMs, actedOn } };
}

// --- holding -----------------------------------------------------------------------------------------------------------------

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

/** After a restart every running procedure is held for intervene and return, never for retreat. */
export function holdAll(context: Context): Fact[] {
  return context.state.runs.filter((run) => regionsOf(run.course).authority !== 'held').map((run) => moved(context, run, { type: 'HELD', atMs: context.nowMs }, null));
}
