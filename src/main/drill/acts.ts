/** The deeds of a script, each carried out as its person would: at the console through the gates, or with a hand on the plant. */
import type { CommandName } from '../../contract/commands.ts';
import { COMMANDS } from '../../contract/commands.ts';
import type { Response } from '../../contract/envelope.ts';
import { presentStepOf } from '../../domain/procedures/machine.ts';
import type { ProcedureRun } from '../../domain/station/state.ts';
import { signatureOf, USER_OF } from './crew-accounts.ts';
import { evidenceFor, figureFor } from './evidence.ts';
import type { Act, CrewRole } from './script.ts';
import { CREW_ROLES } from './script.ts';
import type { World } from './world.ts';

const SHELVE_MS = 10 * 60_000;

/** Null: it was done. Otherwise why not: a refusal of a gate is on record and no mistake; the person goes on. */
export type ActResult = { readonly outcome: 'done' | 'refused' } | { readonly outcome: 'failed'; readonly message: string };
const DONE: ActResult = { outcome: 'done' };

const resultOf = (response: Response): ActResult => (response.outcome === 'failed' ? { outcome: 'failed', message: `${response.problem.code}: ${response.problem.message}` } : { outcome: response.outcome });
const failed = (message: string): ActResult => ({ outcome: 'failed', message });
const sign = (role: CrewRole) => ({ signature: signatureOf(USER_OF[role]) });

export async function perform(world: World, act: Act): Promise<ActResult> {
  if ('order' in act) return hand(world.order(act.order.device, act.order.position));
  if ('press' in act) return hand(world.pressByHand(act.press, USER_OF.operator));
  if ('key' in act) return hand(world.key(act.key.interlock, act.key.on, USER_OF.fieldOperator));
  if ('people' in act) return hand(world.people(act.people.zone, act.people.count, USER_OF.fieldOperator));
  if ('lab' in act) return hand(world.sample(act.lab.id));
  if ('forcedReset' in act) return hand(world.pressByHand(world.described.buttons.forcedReset, USER_OF.operator));
  if ('restart' in act) return hand(world.pressByHand(world.described.buttons.restart, USER_OF.operator));
  if ('leave' in act) return DONE;
  if ('stop' in act) return resultOf(await world.ask('retreat.stop'));
  if ('evacuate' in act) return resultOf(await world.ask('retreat.evacuate'));
  if ('see' in act) return resultOf(await world.ask('seen.report', { ...act.see, note: '' }));
  if ('acknowledge' in act) return acknowledge(world);
  if ('silence' in act) return resultOf(await world.ask('alarm.shelve', { alarms: [act.silence], reason: 'nuisance', forMs: SHELVE_MS, ...sign('operator') }));
  if ('reset' in act) return act.reset === true ? hand(world.pressByHand(world.described.buttons.reset, USER_OF.operator)) : reset(world, act.reset);
  if ('rollCall' in act) return resultOf(await world.ask('people.rollCall', { zone: world.zoneOf(act.rollCall.zone), empty: act.rollCall.empty, note: '', ...sign('operator') }));
  if ('enter' in act) return enter(world, act.enter.zone, act.enter.count, act.enter.purpose ?? 'look', act.as ?? 'supervisor');
  if ('start' in act) return start(world, act.start);
  if ('command' in act) return command(world, act.command.name, act.command.input, act.as ?? 'operator');
  return inRun(world, act);
}

async function hand(done: Promise<void>): Promise<ActResult> {
  await done;
  return DONE;
}

/** Everything that sounds, at once. */
export async function acknowledge(world: World): Promise<ActResult> {
  const alarms = [...world.station.state.alarms.values()].filter(({ acknowledged }) => !acknowledged).map(({ id }) => id).slice(0, 500);
  return alarms.length === 0 ? DONE : resultOf(await world.ask('alarm.acknowledge', { alarms }));
}

/** Both who must approve it sign; the station presses when both have. */
async function reset(world: World, interlock: string): Promise<ActResult> {
  let result = DONE;
  for (const role of ['supervisor', 'engineer'] as const) {
    result = resultOf(await world.ask('interlock.reset', { interlock, ...sign(role) }, USER_OF[role]));
    if (result.outcome !== 'done') return result;
  }
  return result;
}

/** One after the other, each by name; who is refused stays out. */
async function enter(world: World, zone: string, count: number, task: string, as: CrewRole): Promise<ActResult> {
  const def = world.station.plant.pack.zones.find(({ id, countTag }) => id === zone || countTag === zone);
  if (def === undefined) return failed(`there is no zone '${zone}'`);
  let result: ActResult = DONE;
  for (let i = 1; i <= count; i += 1) {
    const inside = world.station.state.zones[def.id]?.entries.length ?? 0;
    result = resultOf(await world.ask('people.enter', { zone: def.id, name: `${def.id} ${String(inside + 1)}`, task, part: `${task} ${String(inside + 1)}`, gasDetector: `GD-${String(inside + 1)}`, confirmed: def.protection, ...sign(as) }, USER_OF[as]));
    if (result.outcome !== 'done') return result;
    await world.people(def.id, Number(world.reading(def.countTag) ?? 0) + 1, USER_OF.fieldOperator);
  }
  return result;
}

/** The one that waits; else by hand. */
async function start(world: World, procedure: string): Promise<ActResult> {
  const waiting = world.station.state.runs.find((run) => run.procedure === procedure);
  const instance = waiting?.instance ?? await raised(world, procedure);
  return instance === null ? failed(`${procedure} cannot be raised`) : resultOf(await world.ask('procedure.start', { instance }));
}

async function raised(world: World, procedure: string): Promise<string | null> {
  const response = await world.ask('procedure.raise', { procedure, reason: 'script' });
  return response.outcome === 'done' ? (response.output as { instance: string }).instance : null;
}

async function command(world: World, name: string, input: Readonly<Record<string, unknown>>, as: CrewRole): Promise<ActResult> {
  if (!Object.hasOwn(COMMANDS, name)) return failed(`there is no command '${name}'`);
  return resultOf(await world.ask(name as CommandName, filledIn(world, input), USER_OF[as]));
}

/** `{as: role}`, `{run: procedure}`, `{nowMs: offset}` of a script are what they stand for. */
export function filledIn(world: World, value: unknown): unknown {
  if (Array.isArray(value)) return value.map((each) => filledIn(world, each));
  if (typeof value !== 'object' || value === null) return value;
  const keys = Object.keys(value);
  const [only] = keys;
  if (keys.length === 1) {
    const inner: unknown = Object.values(value)[0];
    const role = CREW_ROLES.find((each) => each === inner);
    if (only === 'as' && role !== undefined) return signatureOf(USER_OF[role]);
    if (only === 'as' && typeof inner === 'string') return signatureOf(inner);
    if (only === 'run') return world.station.state.runs.find(({ procedure }) => procedure === inner)?.instance ?? String(inner);
    if (only === 'nowMs' && typeof inner === 'number') return world.nowMs + inner;
  }
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, filledIn(world, each)]));
}

type RunAct = Extract<Act, { choose: unknown } | { skip: unknown } | { confirm: unknown } | { return: unknown }>;

async function inRun(world: World, act: RunAct): Promise<ActResult> {
  const { runs } = world.station.state;
  if ('return' in act) {
    const run = runs.find(({ procedure }) => procedure === act.return.procedure);
    return run === undefined ? failed(`${act.return.procedure} is not running`) : resultOf(await world.ask('procedure.return', { instance: run.instance, ...sign('supervisor') }, USER_OF.supervisor));
  }
  if ('confirm' in act) {
    const run = runs.find((each) => proofIn(world, each, act.confirm.proof) !== null);
    if (run === undefined) return failed(`no running procedure has the proof '${act.confirm.proof}'`);
    return confirm(world, run, act.confirm.proof, act.as);
  }
  const wanted = 'choose' in act ? act.choose.step : act.skip.step;
  const run = runs.find((each) => { const step = presentOf(world, each); return step !== null && (wanted === undefined || step.id === wanted) && (!('choose' in act) || step.options.some(({ id }) => id === act.choose.option)); });
  const step = run === undefined ? null : presentOf(world, run);
  if (run === undefined || step === null) return failed('no step waits for this now');
  if ('choose' in act) return resultOf(await world.ask('procedure.choose', { instance: run.instance, step: step.id, option: act.choose.option, reason: act.choose.reason ?? 'script', ...sign('operator') }));
  const as = act.as ?? 'supervisor';
  return resultOf(await world.ask('procedure.skip', { instance: run.instance, step: step.id, reason: 'done-otherwise', note: act.skip.reason ?? 'script', ...sign(as) }, USER_OF[as]));
}

export function presentOf(world: World, run: ProcedureRun) {
  const procedure = world.station.plant.procedures.get(run.procedure);
  return procedure === undefined ? null : presentStepOf(procedure, run.course);
}

function proofIn(world: World, run: ProcedureRun, id: string) {
  const procedure = world.station.plant.procedures.get(run.procedure);
  if (procedure === undefined) return null;
  const step = [...procedure.steps, ...procedure.handling].find(({ proof }) => proof.some((each) => each.id === id));
  const list = step?.id ?? (procedure.safeState.some((each) => each.id === id) ? 'safeState' : procedure.returnConditions.some((each) => each.id === id) ? 'returnConditions' : procedure.continuous.find(({ proof }) => proof.some((each) => each.id === id))?.id ?? null);
  const proof = [...procedure.steps, ...procedure.handling].flatMap((each) => each.proof).concat(procedure.safeState, procedure.returnConditions, procedure.continuous.flatMap((each) => each.proof)).find((each) => each.id === id);
  return list === null || proof === undefined ? null : { procedure, list, proof };
}

const ROLE_OF: Readonly<Record<string, CrewRole>> = { operator: 'operator', supervisor: 'supervisor', engineer: 'engineer' };

/** Signed by whom the proof asks for, with everything that it wants written down. */
export async function confirm(world: World, run: ProcedureRun, id: string, as?: CrewRole): Promise<ActResult> {
  const found = proofIn(world, run, id);
  if (found === null || 'when' in found.proof) return failed(`${run.procedure} has no proof '${id}' that is signed`);
  const { procedure, list, proof } = found;
  const role = as ?? ROLE_OF[proof.signed] ?? 'supervisor';
  return resultOf(await world.ask('procedure.confirm', { instance: run.instance, step: list, proof: id, note: '', ...figureFor(proof), ...evidenceFor(procedure, proof, world.nowMs), ...sign(role) }, USER_OF[role]));
}
