/** What the gates read where a bypass, or more time for one, is asked for, assessed, approved or accepted (3.3). */
import type { Verdict } from '../../../contract/refusal.ts';
import type { Text } from '../../../contract/text.ts';
import { grantFor } from '../../authority/matrix.ts';
import { decide } from '../../gates/decide.ts';
import { NO_FACTS } from '../../gates/gate-facts.ts';
import type { GateFacts } from '../../gates/gate-facts.ts';
import { OPEN_ENTRY_PHASES } from '../../interlocks/bypass.ts';
import type { BypassEntry } from '../../interlocks/bypass.ts';
import type { InterlockDef } from '../../packs/schema.ts';
import type { Plant } from '../plant.ts';
import type { StationState } from '../state.ts';
import { granted } from './authority-facts.ts';
import type { Signer } from './signer.ts';

/** An abnormal condition is being handled: what it is; null = none is. */
function upsetOf(plant: Plant, state: StationState): Text | null {
  const [run] = state.runs;
  if (run !== undefined) return plant.procedures.get(run.procedure)?.title ?? { zh: run.procedure, en: run.procedure };
  if (state.noProcedure !== null) return { zh: '没有对应程序的异常工况', en: 'an abnormal condition that no procedure answers' };
  return state.incident === null ? null : { zh: `事件 ${state.incident.id}`, en: `incident ${state.incident.id}` };
}

/** Other functions against a common hazard that are in the register, or whose tags do not plainly show them unbypassed. */
export function sameHazardOf(plant: Plant, state: StationState, interlock: InterlockDef): { readonly interlock: string; readonly hazard: Text }[] {
  return plant.pack.interlocks.flatMap((other) => {
    const shared = other.guards.find((hazard) => interlock.guards.includes(hazard));
    if (other.id === interlock.id || shared === undefined) return [];
    const isInRegister = state.bypasses.some((entry) => entry.interlock === other.id && OPEN_ENTRY_PHASES.includes(entry.phase));
    const seen = state.interlocks[other.id]?.state ?? 'unknown';
    if (!isInRegister && seen !== 'bypassed' && seen !== 'unknown') return [];
    return [{ interlock: other.id, hazard: plant.pack.hazards.find(({ id }) => id === shared)?.title ?? { zh: shared, en: shared } }];
  });
}

const PARTS = {
  requested: { zh: '申请了这个旁路', en: 'asked for this bypass' },
  assessed: { zh: '评估了这个旁路', en: 'assessed this bypass' },
  approved: { zh: '审批了这个旁路', en: 'approved this bypass' },
} as const satisfies Record<string, Text>;

/** Who has signed already, of an entry or of the more time that is asked for in it. */
function signedParts(entry: BypassEntry): Record<keyof typeof PARTS, readonly string[]> {
  const { extension } = entry;
  if (extension !== null) return { requested: [extension.requestedBy], assessed: extension.assessment === null ? [] : [extension.assessment.by], approved: extension.approvals.map(({ by }) => by) };
  return { requested: [entry.requestedBy], assessed: entry.assessment === null ? [] : [entry.assessment.by], approved: entry.approvals.map(({ by }) => by) };
}

const differFrom = (entry: BypassEntry, parts: readonly (keyof typeof PARTS)[]): GateFacts['mustDifferFrom'] => parts.flatMap((part) => signedParts(entry)[part].map((user) => ({ user, part: PARTS[part] })));

/** So many different people approve a bypass of this criticality, by the standing authority matrix. Granted to nobody: one more than there can be, and the gate refuses before it matters. */
export function approvalsNeeded(plant: Plant, interlock: InterlockDef, nowMs: number): number {
  return grantFor(plant.pack.authority, 'bypass.approve', { criticality: interlock.criticality }, nowMs)?.signatures ?? Number.POSITIVE_INFINITY;
}

export type BypassStep = 'request' | 'assess' | 'approve' | 'accept';

/** The standing verdict of a step of the register, or that of the deed when somebody signs. `entry` is null where it is only being asked for. */
export function bypassVerdict(plant: Plant, state: StationState, step: BypassStep, interlock: InterlockDef, entry: BypassEntry | null, nowMs: number, signer: Signer | null = null): Verdict {
  const bypass = { upset: upsetOf(plant, state), sameHazard: sameHazardOf(plant, state, interlock) };
  const what = (zh: string, en: string): Text => ({ zh: `${zh}：${interlock.id}`, en: `${en}: ${interlock.id}` });
  const facts: GateFacts = { ...NO_FACTS, bypass, signer, ...granted(plant, `bypass.${step}`, nowMs, interlock.id) };
  switch (step) {
    case 'request': return decide({ id: 'bypass.request', direction: 'sustain', what: entry === null ? what('申请旁路', 'Asking for a bypass') : what('申请延长旁路', 'Asking for more bypass time') }, facts);
    case 'assess': return decide({ id: 'bypass.assess', direction: 'sustain', what: what('评估旁路', 'Assessing a bypass') }, { ...facts, mustDifferFrom: entry === null ? [] : differFrom(entry, ['requested']) });
    case 'approve': return decide({ id: 'bypass.approve', direction: 'sustain', what: what('审批旁路', 'Approving a bypass') }, { ...facts, mustDifferFrom: entry === null ? [] : differFrom(entry, ['requested', 'assessed', 'approved']) });
    case 'accept': return decide({ id: 'bypass.accept', direction: 'sustain', what: what('接受旁路', 'Accepting a bypass') }, facts);
  }
}
