/** What the gates read of the work itself: the permit that a step needs, what stands in for a blind, who acknowledged a key step, what still stands on the spot. */
import type { PermitRequest } from '../../../contract/work-permits.ts';
import type { Verdict } from '../../../contract/refusal.ts';
import type { Text } from '../../../contract/text.ts';
import { decide } from '../../gates/decide.ts';
import { NO_FACTS } from '../../gates/gate-facts.ts';
import type { GateFacts } from '../../gates/gate-facts.ts';
import type { ProcedureDef, StepDef } from '../../packs/schema.ts';
import { bestPermit, isOwnApproval, PERMIT_KINDS, pressureObstacles, standInsOf } from '../../permits/work-permits.ts';
import { ownOf } from '../../procedures/course-context.ts';
import { placeOf, presentStepOf } from '../../procedures/machine.ts';
import { inPlaceOf } from '../../proof/register.ts';
import { plantSeenBy } from '../plant.ts';
import type { Plant } from '../plant.ts';
import type { ProcedureRun, StationState } from '../state.ts';
import { granted } from './authority-facts.ts';
import { unseenFacts } from './people-facts.ts';
import { lapsedProofs } from './run-facts.ts';
import type { Signer } from './signer.ts';

/** 3.7: why no permit carries the step now; null = it needs none, or has one. Asked again at every look, so that a permit that runs out takes the step with it. */
export function permitFact(state: StationState, procedure: ProcedureDef | undefined, step: StepDef, nowMs: number): GateFacts['permit'] {
  if (step.workPermit === undefined) return null;
  const { permit, obstacle } = bestPermit(state.permits, step.workPermit, procedure?.people.zones ?? [], nowMs);
  return obstacle === null ? null : { kind: PERMIT_KINDS[step.workPermit].title, obstacle, number: permit?.number ?? null };
}

/** 4.3.3(2), (3): a blind or a lock that stands there is not production. */
export function placedUnmet(state: StationState, run: ProcedureRun): GateFacts['unmet'] {
  return inPlaceOf(state.evidence, run.instance).map(({ kind, number }) => ({ text: kind === 'blind' ? { zh: `盲板 ${number ?? ''} 登记为仍在位`, en: `blind ${number ?? ''} still recorded in place` } : { zh: `锁 ${number ?? ''} 登记为仍在位`, en: `lock ${number ?? ''} still recorded in place` }, state: 'false' as const }));
}

const ISSUE: Text = { zh: '签发作业票', en: 'Issue a work permit' };
const HOLDS_WORK: Text = { zh: '是作业负责人', en: 'the work in hand' };

/** `request` and `signer` null: the standing verdict, before anything is written down. */
export function issueVerdict(plant: Plant, request: PermitRequest | null, nowMs: number, signer: Signer | null): Verdict {
  const facts: GateFacts = {
    ...NO_FACTS, signer, ...granted(plant, 'permit.issue', nowMs),
    pressure: request?.pressure === undefined ? [] : pressureObstacles(request.pressure),
    standIns: request === null ? [] : standInsOf(request.kind, request.isolation),
    mustDifferFrom: request !== null && signer !== null && isOwnApproval(request.holder, signer) ? [{ user: signer.user, part: HOLDS_WORK }] : [],
  };
  const what: Text = request === null ? ISSUE : { zh: `${ISSUE.zh}：${PERMIT_KINDS[request.kind].title.zh} ${request.number}`, en: `${ISSUE.en}: ${PERMIT_KINDS[request.kind].title.en} ${request.number}` };
  return decide({ id: 'permit.issue', direction: 'intervene', what }, facts);
}

/** V.2: a step that needs a work permit is a key step. */
export const isKeyStep = (step: StepDef): boolean => step.workPermit !== undefined;

/** Who signs on the spot does not acknowledge it at the post as well. */
function witnessFact(state: StationState, signer: Signer, witness: Signer | null): GateFacts['witness'] {
  if (witness === null || witness.user === signer.user) return 'missing';
  return state.watch?.user === witness.user ? 'acknowledged' : 'not-the-watch';
}

export function witnessVerdict(plant: Plant, state: StationState, procedure: ProcedureDef, step: StepDef, signer: Signer, witness: Signer | null): Verdict {
  const isKey = isKeyStep(step);
  const facts: GateFacts = { ...NO_FACTS, witness: isKey ? witnessFact(state, signer, witness) : null, unseen: isKey ? unseenFacts(plant, state, procedure.people.zones) : [] };
  return decide({ id: 'procedure.witness', direction: 'intervene', what: { zh: `确认关键步骤：${step.text.zh}`, en: `Confirm the key step: ${step.text.en}` } }, facts);
}

/** Does the present step of the handling lack its permit, or a proof that it stands on? `open`: people are let in on it at this moment. null = nothing is lacking, or nobody works. */
export function workLost(plant: Plant, state: StationState, procedure: ProcedureDef, run: ProcedureRun, nowMs: number): 'open' | 'shut' | null {
  const step = placeOf(run.course) === 'investigating' ? presentStepOf(procedure, run.course) : null;
  if (step?.direction !== 'intervene') return null;
  if (permitFact(state, procedure, step, nowMs) === null && lapsedProofs(plantSeenBy(plant, state), procedure, run, step).length === 0) return null;
  return ownOf(run.course.context.permits, step.id) === undefined ? 'shut' : 'open';
}
