/** What signed evidence says now: what was measured, what was taken away again, what has run out, and what another method says. */
import type { Evidence } from '../../contract/evidence.ts';
import { FALSE, TRUE, UNKNOWN } from '../conditions/truth.ts';
import type { Truth } from '../conditions/truth.ts';
import type { EvidenceKind } from '../packs/schema.ts';
import { agree, isTimed, pointsTruth, untilMsOf } from './gas-test.ts';
import type { Figure } from './gas-test.ts';

/** A signed proof, as far as its evidence goes. */
export interface SignedEvidence {
  readonly kind: EvidenceKind;
  /** Absent: signed before evidence was recorded, or where none is asked for. */
  readonly evidence?: Evidence | undefined;
  /** Numbers that were taken away again. */
  readonly removed?: readonly string[] | undefined;
  readonly figure?: Figure | undefined;
}

/** Gas tests hold against each other; nothing else is compared here: two kinds for `depressurised` are two proofs, and both must be there. */
export function evidenceTruth(own: SignedEvidence, others: readonly SignedEvidence[], nowMs: number, isPuttingBack = false): Truth {
  const { kind, evidence, removed, figure } = own;
  if (!isPuttingBack && (removed ?? []).length > 0) return FALSE;
  // A gas test that nobody wrote down has no time at which it runs out: it cannot be told to hold.
  if (evidence === undefined) return isTimed(kind) ? UNKNOWN : TRUE;
  if (evidence.result === 'bad') return FALSE;
  if (!isTimed(kind)) return TRUE;
  const points = evidence.points ?? [];
  const measured = pointsTruth(points, figure);
  if (measured !== TRUE) return measured;
  const untilMs = untilMsOf(evidence);
  if (untilMs === null || nowMs >= untilMs) return UNKNOWN;
  const contradicted = others.some((other) => isTimed(other.kind) && other.kind !== kind && other.evidence?.points !== undefined && !agree(points, other.evidence.points));
  return contradicted ? UNKNOWN : TRUE;
}
