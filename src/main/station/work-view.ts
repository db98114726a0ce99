/** Work permits and the register of evidence, as the console shows them. */
import { GASES } from '../../contract/evidence.ts';
import type { EvidenceRecordView, WorkPermitView } from '../../contract/work.ts';
import type { View } from '../../contract/view.ts';
import { WORK_PERMIT_KINDS } from '../../contract/work-permits.ts';
import type { Text } from '../../contract/text.ts';
import type { ProcedureDef } from '../../domain/packs/schema.ts';
import { bestPermit, PERMIT_KINDS, permitState } from '../../domain/permits/work-permits.ts';
import type { WorkPermit } from '../../domain/permits/work-permits.ts';
import { placeOf, presentStepOf } from '../../domain/procedures/machine.ts';
import { isPlaced } from '../../domain/proof/evidence-record.ts';
import { GAS_LIMITS, untilMsOf } from '../../domain/proof/gas-test.ts';
import { isInPlace } from '../../domain/proof/register.ts';
import type { EvidenceEntry } from '../../domain/proof/register.ts';
import { issueVerdict } from '../../domain/station/gates/work-facts.ts';
import { procedureOf } from '../../domain/station/plant.ts';
import type { Plant } from '../../domain/station/plant.ts';
import type { StationState } from '../../domain/station/state.ts';

const named = (id: string, title: Text | undefined): Text => title ?? { zh: id, en: id };

export function workSection(plant: Plant, state: StationState, nowMs: number): View['work'] {
  const open = state.permits.filter((permit) => permitState(permit, nowMs) !== 'closed' && permitState(permit, nowMs) !== 'expired');
  const over = state.permits.filter((permit) => !open.includes(permit));
  return {
    permits: [...open.reverse(), ...over.reverse()].map((permit) => permitView(plant, state, permit, nowMs)),
    kinds: WORK_PERMIT_KINDS.map((kind) => ({ kind, ...PERMIT_KINDS[kind] })),
    gases: GASES.map((gas) => ({ gas, unit: GAS_LIMITS[gas].unit, low: GAS_LIMITS[gas].low, high: GAS_LIMITS[gas].high })),
    issue: issueVerdict(plant, null, nowMs, null),
    evidence: [...state.evidence].reverse().map((entry) => evidenceView(plant, entry)),
  };
}

function permitView(plant: Plant, state: StationState, permit: WorkPermit, nowMs: number): WorkPermitView {
  const { number, kind, scope, zone, holder, approver, issuedMs, fromMs, untilMs, isolation, closed } = permit;
  return {
    number, kind, title: PERMIT_KINDS[kind].title, scope, zone: { id: zone, title: named(zone, plant.pack.zones.find(({ id }) => id === zone)?.title) }, holder, approver: { ...approver }, issuedMs, fromMs, untilMs,
    state: permitState(permit, nowMs), isolation: isolation.map((each) => ({ ...each })), closed, carries: carriedBy(plant, state, permit, nowMs),
  };
}

/** Present steps that stand on this permit. */
function carriedBy(plant: Plant, state: StationState, permit: WorkPermit, nowMs: number): WorkPermitView['carries'] {
  return state.runs.flatMap((run) => {
    const procedure = procedureOf(plant, run);
    const step = procedure === null || placeOf(run.course) !== 'investigating' ? null : presentStepOf(procedure, run.course);
    if (procedure === null || step?.workPermit !== permit.kind) return [];
    const best = bestPermit(state.permits, permit.kind, procedure.people.zones, nowMs);
    return best.obstacle === null && best.permit === permit ? [{ instance: run.instance, procedure: procedure.title, step: step.text }] : [];
  });
}

const proofsOf = (procedure: ProcedureDef) => [
  ...[...procedure.steps, ...procedure.handling].flatMap((step) => step.proof.map((proof) => ({ step: { id: step.id, text: step.text }, proof }))),
  ...procedure.returnConditions.map((proof) => ({ step: null, proof })),
];

function evidenceView(plant: Plant, entry: EvidenceEntry): EvidenceRecordView {
  const procedure = plant.procedures.get(entry.procedure);
  const found = procedure === undefined ? undefined : proofsOf(procedure).find(({ proof }) => proof.id === entry.proof);
  return {
    instance: entry.instance, procedure: named(entry.procedure, procedure?.title), step: found?.step ?? null, proof: { id: entry.proof, text: named(entry.proof, found?.proof.text) }, kind: entry.kind, number: entry.number,
    evidence: { ...entry.evidence }, by: entry.by, atMs: entry.atMs, witness: entry.witness, untilMs: untilMsOf(entry.evidence), inPlace: isPlaced(entry.kind) ? isInPlace(entry) : null, removed: entry.removed,
  };
}
