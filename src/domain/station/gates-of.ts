/** Gathers the facts of each gated operation from state and plant, and asks the gate. The same for a button's standing verdict and for the deed. */
import type { Role, Verdict } from '../../contract/refusal.ts';
import type { Text } from '../../contract/text.ts';
import { FALSE, TRUE } from '../conditions/truth.ts';
import { gate } from '../gates/gate.ts';
import { NO_FACTS } from '../gates/gate-facts.ts';
import type { GateFacts } from '../gates/gate-facts.ts';
import { interlockObstacle, openBypassOf } from '../interlocks/interlocks.ts';
import { headCount, zoneLimit } from '../people/people.ts';
import { placeOf, regionsOf } from '../procedures/machine.ts';
import { procedureLimits, tagCount, zoneCount } from './people-of.ts';
import type { ProcedureDef, StepDef } from '../packs/schema.ts';
import { ownOf } from '../procedures/course-context.ts';
import { procedureOf, proofTruth } from './plant.ts';
import type { Plant } from './plant.ts';
import { EMPTY_ZONE } from './state.ts';
import type { ProcedureRun, StationState } from './state.ts';

/** A person who signs, as the accounts know them. */
export interface Signer {
  readonly user: string;
  readonly name: string;
  readonly roles: readonly Role[];
}

/** Places at which the safe state has been proved. */
const SAFE_PLACES = ['safe', 'investigating', 'readyToReturn'] as const;

function stationFacts(state: StationState): GateFacts {
  return {
    ...NO_FACTS,
    hasCommander: state.commander !== null,
    hasWatch: state.watch !== null,
    noProcedure: state.noProcedure !== null,
    linkGood: state.link === 'connected',
    held: state.runs.some((run) => regionsOf(run.course).authority === 'held'),
  };
}

function obstaclesOf(state: StationState, interlocks: readonly string[], nowMs: number): GateFacts['interlocks'] {
  return [...new Set(interlocks)].flatMap((id) => {
    const obstacle = interlockObstacle(state.interlocks[id]?.state ?? 'unknown', openBypassOf(state.bypasses, id), nowMs);
    return obstacle === null ? [] : [{ id, obstacle }];
  });
}

/** What of the way back is not yet shown: conditions of return, and abnormal conditions that are still there. */
function unmetOf(plant: Plant, state: StationState, run: ProcedureRun): GateFacts['unmet'] {
  const procedure = procedureOf(plant, run);
  if (procedure === null) return [{ text: { zh: '程序版本已变，状态不再可信', en: 'The procedure has another version; its state is not trusted' }, state: 'unknown' }];
  const proofs = [...procedure.returnConditions, ...procedure.safeState].flatMap((proof) => {
    const truth = proofTruth(plant, procedure, run.course, proof);
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

function zoneFacts(plant: Plant, state: StationState, zones: readonly string[]): GateFacts['zones'] {
  return zones.flatMap((id) => {
    const zone = plant.pack.zones.find((z) => z.id === id);
    if (zone === undefined) return [];
    const record = state.zones[id] ?? EMPTY_ZONE;
    return [{ id, title: zone.title, stage: record.stage, state: record.state, count: record.count, limit: record.limit }];
  });
}

function violatedOf(plant: Plant, runs: readonly ProcedureRun[]): GateFacts['violated'] {
  return runs.flatMap((run) => (plant.procedures.get(run.procedure)?.prohibitions ?? []).filter((p) => run.prohibitions[p.id] === 'violated').map(({ clause, text }) => ({ clause, text })));
}

export function returnVerdict(plant: Plant, state: StationState, run: ProcedureRun, nowMs: number, signer: Signer | null = null): Verdict {
  const procedure = plant.procedures.get(run.procedure);
  const place = placeOf(run.course);
  const approvals = run.course.context.approvals;
  const facts: GateFacts = {
    ...stationFacts(state),
    interlocks: obstaclesOf(state, procedure?.interlocks ?? [], nowMs),
    unmet: unmetOf(plant, state, run),
    violated: violatedOf(plant, [run]),
    place,
    safeProved: (SAFE_PLACES as readonly string[]).includes(place),
    causeFound: place === 'readyToReturn' && run.course.context.cause !== null,
    held: regionsOf(run.course).authority === 'held',
    zones: zoneFacts(plant, state, procedure?.people.zones ?? []),
    signer,
    signerRoles: procedure?.returnApprovals ?? [],
    mustDifferFrom: approvals.map(({ user }) => ({ user, part: { zh: '批准过这次返回', en: 'approved this return' } })),
  };
  return gate({ id: 'procedure.return', direction: 'return', what: { zh: '返回生产', en: 'Return to production' } }, facts);
}

/**
 * May people do this step of the handling? Everything that stands in the way of an intervention in the procedure's zones, and cautions that
 * nobody has read (NUREG-0700 8.1.4-5: every item gets attention).
 */
export function stepVerdict(plant: Plant, state: StationState, run: ProcedureRun, step: StepDef, nowMs: number, signer: Signer | null = null): Verdict {
  const procedure = plant.procedures.get(run.procedure);
  const place = placeOf(run.course);
  const zones = zoneFacts(plant, state, procedure?.people.zones ?? []);
  const worst = zones.find(({ stage }) => stage === 'unclear' || stage === 'normal') ?? zones.find(({ state: now }) => now !== 'within') ?? zones[0];
  const facts: GateFacts = {
    ...stationFacts(state),
    interlocks: obstaclesOf(state, procedure?.interlocks ?? [], nowMs),
    violated: violatedOf(plant, [run]),
    place, safeProved: (SAFE_PLACES as readonly string[]).includes(place), causeFound: run.course.context.cause !== null,
    zones,
    entry: worst === undefined ? null : { zone: worst.title, stage: worst.stage === 'normal' ? 'unclear' : worst.stage, countAfter: zoneCount(plant, state, worst.id), limit: worst.limit },
    lapsed: procedure === undefined ? [] : lapsedProofs(plant, procedure, run, step),
    unread: cautionItems(step).filter((item) => ownOf(run.course.context.acknowledged, item) === undefined).length,
    signer, signerRoles: ['supervisor', 'engineer'],
  };
  return gate({ id: 'procedure.permit', direction: step.direction, what: { zh: `执行：${step.text.zh}`, en: `Do this: ${step.text.en}` } }, facts);
}

/** What 4.3.3 and 4.4.1 want proved (depressurised, isolated, power off, gas-free) and an earlier step has proved: it must hold now, not only then. */
function lapsedProofs(plant: Plant, procedure: ProcedureDef, run: ProcedureRun, step: StepDef): Text[] {
  const earlier = procedure.handling.slice(0, procedure.handling.findIndex(({ id }) => id === step.id));
  const shown = earlier.filter(({ id }) => ownOf(run.course.context.steps, id)?.doneMs != null).flatMap(({ proof }) => proof.filter(({ shows }) => shows !== undefined));
  return shown.filter((proof) => proofTruth(plant, procedure, run.course, proof) !== TRUE).map(({ text }) => text);
}

/** Names under which the cautions of a step are acknowledged. */
export function cautionItems(step: StepDef): string[] {
  return step.cautions.map((caution, index) => `${step.id}/${'id' in caution ? caution.id : `caution-${index + 1}`}`);
}

/** A reset is a way back: two different people with these roles (domain.md). */
export const RESET_ROLES: readonly Role[] = ['supervisor', 'engineer'];

export function resetVerdict(plant: Plant, state: StationState, interlockId: string, nowMs: number, signer: Signer | null = null): Verdict {
  const interlock = plant.interlocks.get(interlockId);
  const what: Text = { zh: `复位联锁 ${interlockId}`, en: `Reset interlock ${interlockId}` };
  // Every procedure that the interlock protects, not the first one found: the last to be unsafe decides.
  const runs = state.runs.filter((r) => plant.procedures.get(r.procedure)?.interlocks.includes(interlockId));
  const isSafe = (r: ProcedureRun): boolean => (SAFE_PLACES as readonly string[]).includes(placeOf(r.course));
  const decisive = runs.find((r) => !isSafe(r)) ?? runs[0];
  const trip = (interlock?.tripConditions ?? []).flatMap((id) => {
    const truth = plant.engine.truthOf(id);
    const title = plant.conditions.get(id)?.title ?? { zh: id, en: id };
    return truth === FALSE ? [] : [{ text: { zh: `联锁触发条件须已消除：${title.zh}`, en: `trip condition must be gone: ${title.en}` }, state: truth === TRUE ? 'false' as const : 'unknown' as const }];
  });
  const facts: GateFacts = {
    ...stationFacts(state),
    interlocks: obstaclesOf(state, [interlockId], nowMs),
    unmet: trip,
    place: decisive === undefined ? null : placeOf(decisive.course),
    safeProved: runs.every(isSafe),
    causeFound: runs.every((r) => r.course.context.cause !== null),
    violated: violatedOf(plant, runs),
    zones: zoneFacts(plant, state, runs.flatMap((r) => plant.procedures.get(r.procedure)?.people.zones ?? [])),
    signer,
    signerRoles: RESET_ROLES,
    mustDifferFrom: (Object.hasOwn(state.resets, interlockId) ? (state.resets[interlockId] ?? []) : []).map(({ user }) => ({ user, part: { zh: '批准过这次复位', en: 'approved this reset' } })),
  };
  return gate({ id: 'interlock.reset', direction: 'return', what }, facts);
}

export function enterVerdict(plant: Plant, state: StationState, zoneId: string, nowMs: number, signer: Signer | null = null): Verdict {
  const zone = plant.pack.zones.find((z) => z.id === zoneId);
  const record = state.zones[zoneId] ?? EMPTY_ZONE;
  const runs = state.runs.filter((run) => plant.procedures.get(run.procedure)?.people.zones.includes(zoneId));
  const isAbnormal = runs.length > 0 || state.noProcedure !== null;
  const limit = zoneLimit(record.stage, procedureLimits(plant, state, zoneId));
  const count = zone === undefined ? null : headCount(tagCount(plant, zone.countTag), record.entries);
  const title = zone?.title ?? { zh: zoneId, en: zoneId };
  const base = stationFacts(state);
  const facts: GateFacts = {
    ...base,
    // In normal running nobody commands an incident; the guideline's gates on people begin with the abnormal condition.
    hasCommander: base.hasCommander || !isAbnormal,
    hasWatch: base.hasWatch || !isAbnormal,
    linkGood: base.linkGood || !isAbnormal,
    violated: violatedOf(plant, runs),
    interlocks: obstaclesOf(state, runs.flatMap((run) => plant.procedures.get(run.procedure)?.interlocks ?? []), nowMs),
    entry: { zone: title, stage: record.stage, countAfter: count === null ? null : count + 1, limit },
    signer,
    signerRoles: isAbnormal ? ['supervisor', 'engineer'] : [],
  };
  return gate({ id: 'people.enter', direction: 'intervene', what: { zh: `人员进入${title.zh}`, en: `People entering ${title.en}` } }, facts);
}

/** Raising a zone from unclear is itself an intervention: the same facts stand in its way as in an entry's, but the people and the interlocks of one. */
export function assessVerdict(plant: Plant, state: StationState, zoneId: string, stage: 'unclear' | 'reconnaissance' | 'handling', signer: Signer): Verdict {
  if (stage === 'unclear') return { allowed: true }; // lowering a limit is always allowed
  const title = plant.pack.zones.find((z) => z.id === zoneId)?.title ?? { zh: zoneId, en: zoneId };
  const facts: GateFacts = { ...stationFacts(state), signer, signerRoles: ['supervisor', 'engineer'] };
  return gate({ id: 'people.assess', direction: 'intervene', what: { zh: `判定${title.zh}可进入`, en: `Judging ${title.en} enterable` } }, facts);
}

/** May the plant go on running as its interlocks now are (3.3)? */
export function sustainVerdict(state: StationState, interlockId: string, nowMs: number): Verdict {
  const facts: GateFacts = { ...NO_FACTS, interlocks: obstaclesOf(state, [interlockId], nowMs) };
  return gate({ id: 'sustain', direction: 'sustain', what: { zh: `${interlockId} 旁路状态下继续运行`, en: `Running on with ${interlockId} as it is` } }, facts);
}
