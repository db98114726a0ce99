/**
 * Gathers the facts of each gated operation from state and plant, and asks the one decision. The same for a button's standing
 * verdict and for the deed, which adds who signs.
 */
import type { Verdict } from '../../../contract/refusal.ts';
import type { Text } from '../../../contract/text.ts';
import { decide } from '../../gates/decide.ts';
import { NO_ENTRANT, NO_FACTS } from '../../gates/gate-facts.ts';
import type { GateFacts } from '../../gates/gate-facts.ts';
import { isOpenTrip } from '../../interlocks/trips.ts';
import { isUnreported } from '../../people/outages.ts';
import { headCount, zoneLimit } from '../../people/people.ts';
import { ownOf } from '../../procedures/course-context.ts';
import { placeOf, regionsOf } from '../../procedures/machine.ts';
import type { StepDef } from '../../packs/schema.ts';
import { procedureLimits, tagCount, zoneCount } from '../people-of.ts';
import { plantSeenBy } from '../plant.ts';
import type { Plant } from '../plant.ts';
import { EMPTY_ZONE } from '../state.ts';
import type { ProcedureRun, StationState } from '../state.ts';
import { granted } from './authority-facts.ts';
import { degradedOf, obstaclesOf } from './interlock-facts.ts';
import { entrantFacts, notClearedFacts, unseenFacts, zoneFacts } from './people-facts.ts';
import type { Entrant } from './people-facts.ts';
import { isCauseOfTripKnown, runsOf } from './reset-facts.ts';
import { cautionItems, isSafe, lapsedProofs, tripConditionsOf, unmetOf, violatedOf } from './run-facts.ts';
import { permitFact, placedUnmet } from './work-facts.ts';
import type { Signer } from './signer.ts';

/** Facts of the station as a whole, whatever is asked. */
function stationFacts(state: StationState): GateFacts {
  return {
    ...NO_FACTS,
    commander: state.commander,
    watch: state.watch,
    noProcedure: state.noProcedure !== null,
    linkGood: state.link === 'connected',
    held: state.runs.some((run) => regionsOf(run.course).authority === 'held'),
  };
}

export function returnVerdict(plant: Plant, state: StationState, run: ProcedureRun, nowMs: number, signer: Signer | null = null): Verdict {
  const procedure = plant.procedures.get(run.procedure);
  const place = placeOf(run.course);
  const approvals = run.course.context.approvals;
  const facts: GateFacts = {
    ...stationFacts(state),
    interlocks: obstaclesOf(state, procedure?.interlocks ?? [], nowMs),
    degraded: degradedOf(state, procedure?.interlocks ?? []),
    unmet: [...unmetOf(plant, state, run), ...placedUnmet(state, run)],
    violated: violatedOf(plant, [run]),
    place,
    safeProved: isSafe(run),
    causeFound: place === 'readyToReturn' && run.course.context.cause !== null,
    held: regionsOf(run.course).authority === 'held',
    zones: zoneFacts(plant, state, procedure?.people.zones ?? []),
    notCleared: notClearedFacts(plant, state),
    signer,
    signerRoles: procedure?.returnApprovals ?? [],
    mustDifferFrom: approvals.map(({ user }) => ({ user, part: { zh: '批准过这次返回', en: 'approved this return' } })),
  };
  return decide({ id: 'procedure.return', direction: 'return', what: { zh: '返回生产', en: 'Return to production' } }, facts);
}

/**
 * May people do this step of the handling? Everything that stands in the way of an intervention in the procedure's zones, and cautions that
 * nobody has read (NUREG-0700 8.1.4-5: every item gets attention).
 */
export function stepVerdict(plant: Plant, state: StationState, run: ProcedureRun, step: StepDef, nowMs: number, signer: Signer | null = null): Verdict {
  const procedure = plant.procedures.get(run.procedure);
  const zones = zoneFacts(plant, state, procedure?.people.zones ?? []);
  const worst = zones.find(({ stage }) => stage === 'unclear' || stage === 'normal') ?? zones.find(({ state: now }) => now !== 'within') ?? zones[0];
  const facts: GateFacts = {
    ...stationFacts(state),
    interlocks: obstaclesOf(state, procedure?.interlocks ?? [], nowMs),
    violated: violatedOf(plant, [run]),
    place: placeOf(run.course), safeProved: isSafe(run), causeFound: run.course.context.cause !== null,
    zones,
    entry: worst === undefined ? null : { ...NO_ENTRANT, zone: worst.title, stage: worst.stage === 'normal' ? 'unclear' : worst.stage, countAfter: zoneCount(plant, state, worst.id), limit: worst.limit },
    lapsed: procedure === undefined ? [] : lapsedProofs(plantSeenBy(plant, state), procedure, run, step),
    unseen: unseenFacts(plant, state, procedure?.people.zones ?? []),
    permit: permitFact(state, procedure, step, nowMs),
    unread: cautionItems(step).filter((item) => ownOf(run.course.context.acknowledged, item) === undefined).length,
    isOrder: true,
    signer, ...granted(plant, 'procedure.permit', nowMs),
  };
  return decide({ id: 'procedure.permit', direction: step.direction, what: { zh: `执行：${step.text.zh}`, en: `Do this: ${step.text.en}` } }, facts);
}

/** A reset is a way back: two different people, of the roles that the matrix names (domain.md). */
export function resetVerdict(plant: Plant, state: StationState, interlockId: string, nowMs: number, signer: Signer | null = null): Verdict {
  const what: Text = { zh: `复位联锁 ${interlockId}`, en: `Reset interlock ${interlockId}` };
  // Every procedure that the interlock protects, not the first one found: the last to be unsafe decides.
  const runs = runsOf(plant, state, interlockId);
  const decisive = runs.find((r) => !isSafe(r)) ?? runs[0];
  const facts: GateFacts = {
    ...stationFacts(state),
    interlocks: obstaclesOf(state, [interlockId], nowMs),
    degraded: degradedOf(state, [interlockId]),
    unmet: tripConditionsOf(plant, interlockId),
    // A trip without a procedure has a cause to be found all the same, and nothing that must be made safe first.
    place: decisive !== undefined ? placeOf(decisive.course) : isOpenTrip(state.trips[interlockId]) ? 'investigating' : null,
    safeProved: runs.every(isSafe),
    causeFound: isCauseOfTripKnown(plant, state, interlockId),
    violated: violatedOf(plant, runs),
    zones: zoneFacts(plant, state, runs.flatMap((r) => plant.procedures.get(r.procedure)?.people.zones ?? [])),
    notCleared: notClearedFacts(plant, state),
    signer,
    ...granted(plant, 'interlock.reset', nowMs, interlockId),
    mustDifferFrom: (Object.hasOwn(state.resets, interlockId) ? (state.resets[interlockId] ?? []) : []).map(({ user }) => ({ user, part: { zh: '批准过这次复位', en: 'approved this reset' } })),
  };
  return decide({ id: 'interlock.reset', direction: 'return', what }, facts);
}

const runsIn = (plant: Plant, { runs }: StationState, zone: string): ProcedureRun[] => runs.filter((run) => plant.procedures.get(run.procedure)?.people.zones.includes(zone));

const isBeingEvacuated = ({ rollCall }: StationState, zone: string): boolean => rollCall !== null && rollCall.endedMs === null && Object.hasOwn(rollCall.zones, zone);

/** The zone is concerned by an abnormal condition, or people were told to leave it: equipment and detector are demanded, and not only recorded. */
export const demandsProtection = (plant: Plant, state: StationState, zone: string): boolean => state.noProcedure !== null || isBeingEvacuated(state, zone) || runsIn(plant, state, zone).length > 0;

/** `entrant`: who goes in, where that is being done; a button's standing verdict is about the zone alone. */
export function enterVerdict(plant: Plant, state: StationState, zoneId: string, nowMs: number, signer: Signer | null = null, entrant: Entrant | null = null): Verdict {
  const zone = plant.pack.zones.find((z) => z.id === zoneId);
  const record = state.zones[zoneId] ?? EMPTY_ZONE;
  const runs = runsIn(plant, state, zoneId);
  // In normal running nobody commands an incident; the guideline's gates on people begin with the abnormal condition, or with the order to leave.
  const abnormal = demandsProtection(plant, state, zoneId);
  const limit = zoneLimit(record.stage, procedureLimits(plant, state, zoneId));
  const count = zone === undefined ? null : headCount(tagCount(plant, zone.countTag), record.entries);
  const title = zone?.title ?? { zh: zoneId, en: zoneId };
  const base = stationFacts(state);
  const facts: GateFacts = {
    ...base,
    abnormal,
    linkGood: base.linkGood || !abnormal,
    violated: violatedOf(plant, runs),
    interlocks: obstaclesOf(state, runs.flatMap((run) => plant.procedures.get(run.procedure)?.interlocks ?? []), nowMs),
    entry: { ...(zone === undefined ? NO_ENTRANT : entrantFacts(plant, state, zone, entrant, abnormal)), zone: title, stage: record.stage, countAfter: count === null ? null : count + 1, limit },
    unseen: abnormal ? unseenFacts(plant, state, [zoneId]) : [],
    isOrder: abnormal,
    signer,
    ...(abnormal ? granted(plant, 'people.enter', nowMs) : {}),
  };
  return decide({ id: 'people.enter', direction: 'intervene', what: { zh: `人员进入${title.zh}`, en: `People entering ${title.en}` } }, facts);
}

/** Raising a zone from unclear is itself an intervention: the plant must be seen, commanded and watched. Everything else is asked of each entry. */
export function assessVerdict(plant: Plant, state: StationState, zoneId: string, stage: 'unclear' | 'reconnaissance' | 'handling', signer: Signer, nowMs: number): Verdict {
  if (stage === 'unclear') return { allowed: true }; // lowering a limit is always allowed
  const title = plant.pack.zones.find((z) => z.id === zoneId)?.title ?? { zh: zoneId, en: zoneId };
  const facts: GateFacts = { ...stationFacts(state), isOrder: true, signer, ...granted(plant, 'people.assess', nowMs) };
  return decide({ id: 'people.assess', direction: 'intervene', what: { zh: `判定${title.zh}可进入`, en: `Judging ${title.en} enterable` } }, facts);
}

/** V.3: who approves an outage of a camera, and whether a long one is reported. */
export function outageVerdict(plant: Plant, state: StationState, asked: { camera: string; fromMs: number; untilMs: number; report: string }, nowMs: number, signer: Signer | null = null): Verdict {
  const title = plant.pack.zones.flatMap(({ cameras }) => cameras).find(({ id }) => id === asked.camera)?.title ?? { zh: asked.camera, en: asked.camera };
  const facts: GateFacts = { ...stationFacts(state), outageUnreported: isUnreported(state.outages, asked.camera, asked), signer, ...granted(plant, 'camera.outage', nowMs) };
  return decide({ id: 'camera.outage', direction: 'sustain', what: { zh: `停用视频：${title.zh}`, en: `Taking out of use: ${title.en}` } }, facts);
}

/** May the plant go on running as its interlocks now are (3.3)? */
export function sustainVerdict(state: StationState, interlockId: string, nowMs: number): Verdict {
  const facts: GateFacts = { ...NO_FACTS, interlocks: obstaclesOf(state, [interlockId], nowMs) };
  return decide({ id: 'sustain', direction: 'sustain', what: { zh: `${interlockId} 旁路状态下继续运行`, en: `Running on with ${interlockId} as it is` } }, facts);
}

/** Lifting the hold after a restart opens the way in and the way back again: it is the commander's, where one is named (4.5.1). */
export function reauthoriseVerdict(plant: Plant, state: StationState, run: ProcedureRun, nowMs: number, signer: Signer): Verdict {
  const title = plant.procedures.get(run.procedure)?.title ?? { zh: run.procedure, en: run.procedure };
  const facts: GateFacts = { ...stationFacts(state), isOrder: true, signer, ...granted(plant, 'procedure.reauthorise', nowMs) };
  return decide({ id: 'procedure.reauthorise', direction: 'intervene', what: { zh: `重新授权：${title.zh}`, en: `Re-authorise: ${title.en}` } }, facts);
}
