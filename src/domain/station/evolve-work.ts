/** Folds what was said of work permits and evidence. No decisions here. */
import type { WorkPermit } from '../permits/work-permits.ts';
import { PERMITS_MAX } from '../permits/work-permits.ts';
import { withRecord, withRemoval } from '../proof/register.ts';
import type { Fact } from './facts.ts';
import type { StationState } from './state.ts';

type PermitFact = Extract<Fact, { type: `permit.${string}` }>;

export function evolvePermit(state: StationState, fact: PermitFact): StationState {
  if (fact.type === 'permit.issued') {
    const { approver, pressure, ...rest } = fact.data;
    const permit: WorkPermit = { ...rest, approver: { user: fact.by ?? '', name: approver }, issuedMs: fact.atMs, pressure: pressure ?? null, phase: 'issued', closed: null };
    return { ...state, permits: kept([...state.permits, permit]) };
  }
  return { ...state, permits: state.permits.map((permit) => (permit.number === fact.data.permit ? changed(permit, fact) : permit)) };
}

function changed(permit: WorkPermit, fact: Exclude<PermitFact, { type: 'permit.issued' }>): WorkPermit {
  switch (fact.type) {
    case 'permit.expired': return permit.phase === 'issued' ? { ...permit, phase: 'expired' } : permit;
    case 'permit.closed': return { ...permit, phase: 'closed', closed: { by: fact.by ?? '', atMs: fact.atMs, reason: fact.data.reason } };
  }
}

/** Open ones are never dropped. */
function kept(permits: readonly WorkPermit[]): readonly WorkPermit[] {
  const surplus = permits.length - PERMITS_MAX;
  if (surplus <= 0) return permits;
  const dropped = new Set(permits.filter(({ phase }) => phase !== 'issued').slice(0, surplus));
  return permits.filter((permit) => !dropped.has(permit));
}

/**
 * A signature with evidence, and a removal, stand in the register too: there they outlast the course, which forgets what a lost safe state
 * made void. Nothing of it is asked of the packs: a blind is in its flange whatever version the procedure has.
 */
export function evolveEvidence(state: StationState, fact: Extract<Fact, { type: 'procedure.moved' }>): StationState {
  const { instance, event } = fact.data;
  if (event.type === 'REMOVED') return { ...state, evidence: withRemoval(state.evidence, { instance, proof: event.proof, number: event.number, by: event.by, atMs: event.atMs }) };
  if (event.type !== 'SIGNED' || event.evidence === undefined) return state;
  const { kind, ...evidence } = event.evidence;
  return { ...state, evidence: withRecord(state.evidence, { instance, procedure: procedureOfInstance(instance), proof: event.proof, kind, evidence, by: event.by, atMs: event.atMs, witness: event.witness ?? null }) };
}

/** Instances are a procedure's id and a number. */
const procedureOfInstance = (instance: string): string => instance.replace(/:\d+$/u, '');
