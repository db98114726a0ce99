/** Evidence as a careful person would write it down: everything that the kind needs, all of it good, unless the test says otherwise. */
import type { Evidence } from '../../../src/contract/evidence.ts';
import type { EvidenceKind, ProcedureDef, ProofDef } from '../../../src/domain/packs/schema.ts';
import { EVIDENCE_RECORD, recordAskedFor } from '../../../src/domain/proof/evidence-record.ts';
import { isTimed } from '../../../src/domain/proof/gas-test.ts';

const MINUTE = 60_000;

/** `value`: what the gas of the proof's figure measured, at every point. */
export function evidenceOf(kind: EvidenceKind, nowMs: number, proof: ProofDef | null = null, value?: number): Evidence {
  const figure = proof !== null && 'signed' in proof ? proof.figure : undefined;
  // Air, so that two methods agree; of anything else the middle of what is good.
  const measured = value ?? (figure === undefined || figure.gas === 'O2' ? 20.9 : (figure.low + figure.high) / 2);
  const values = [{ gas: figure?.gas ?? (figure === undefined ? 'O2' as const : 'LEL' as const), value: measured }];
  const all: Required<Evidence> = {
    numbers: ['B-12'], lock: 'L-31', tag: 'T-88', instrument: 'GD-07', sample: 'LAB-1', place: 'inlet flange', result: 'good',
    points: [{ place: 'top', values }, { place: 'bottom', values }], sampledMs: nowMs, validForMs: 30 * MINUTE,
  };
  return Object.fromEntries(EVIDENCE_RECORD[kind].needs.map((field) => [field, all[field]]));
}

/** For a proof of a procedure: the evidence that its confirmation asks for, if any. A figure is that of the test's points. */
export function evidenceFor(procedure: ProcedureDef | null | undefined, proofId: string, nowMs: number, value?: number): { evidence?: Evidence } {
  const proof = procedure?.handling.flatMap((step) => step.proof).concat(procedure.returnConditions).find(({ id }) => id === proofId);
  const kind = procedure == null || proof === undefined ? null : recordAskedFor(procedure, proof);
  return kind === null || proof === undefined ? {} : { evidence: evidenceOf(kind, nowMs, proof, isTimed(kind) ? value : undefined) };
}
