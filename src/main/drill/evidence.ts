/** What a careful person writes down with a signature: everything that the kind of evidence needs, all of it good. */
import type { Evidence } from '../../contract/evidence.ts';
import type { ProcedureDef, ProofDef } from '../../domain/packs/schema.ts';
import { EVIDENCE_RECORD, recordAskedFor } from '../../domain/proof/evidence-record.ts';

const VALID_FOR_MS = 30 * 60_000;
/** Oxygen in air, vol %. */
const AIR_O2 = 20.9;

/** The figure of a proof: the middle of what proves. */
export function figureFor(proof: ProofDef): { figure?: number } {
  return 'signed' in proof && proof.figure !== undefined ? { figure: (proof.figure.low + proof.figure.high) / 2 } : {};
}

export function evidenceFor(procedure: ProcedureDef, proof: ProofDef, nowMs: number): { evidence?: Evidence } {
  const kind = recordAskedFor(procedure, proof);
  if (kind === null) return {};
  const figure = 'signed' in proof ? proof.figure : undefined;
  const value = figure === undefined || figure.gas === 'O2' ? AIR_O2 : (figure.low + figure.high) / 2;
  const values = [{ gas: figure?.gas ?? (figure === undefined ? 'O2' as const : 'LEL' as const), value }];
  const all: Required<Evidence> = {
    numbers: ['B-12'], lock: 'L-31', tag: 'T-88', instrument: 'GD-07', sample: 'LAB-1', place: 'inlet flange', result: 'good',
    points: [{ place: 'top', values }, { place: 'bottom', values }], sampledMs: nowMs, validForMs: VALID_FOR_MS,
  };
  return { evidence: Object.fromEntries(EVIDENCE_RECORD[kind].needs.map((field) => [field, all[field]])) };
}
