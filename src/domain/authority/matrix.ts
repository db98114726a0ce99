/**
 * The standing authority matrix (3.4): which roles may sign what, from when until when. Data of the plant; time comes in.
 *
 * Decides nothing by itself: what is not granted now is `null`, and the gate refuses on that (G-AUTHORITY). The loader lets no
 * two entries speak for the same operation at the same time, so that the first one found is the only one.
 */
import type { Role } from '../../contract/refusal.ts';
import type { About, Grant, Matrix } from './grant.ts';
import { GRANTED_OPERATIONS } from './granted.ts';
import type { GrantedOperation } from './granted.ts';

export type { About, Criticality, Grant, Matrix } from './grant.ts';

const isInForce = ({ fromMs, untilMs }: Grant, nowMs: number): boolean => nowMs >= fromMs && nowMs < untilMs;

/** The entry that speaks for the operation now; null = nothing valid. Without a criticality only an entry for all of them does. */
export function grantFor(matrix: Matrix, operation: GrantedOperation, about: About, nowMs: number): Grant | null {
  return matrix.find((grant) => grant.operation === operation && isInForce(grant, nowMs) && (grant.criticality === null || (about.criticality !== undefined && grant.criticality.includes(about.criticality)))) ?? null;
}

/** Roles that may sign now; null = nobody. */
export function rolesFor(matrix: Matrix, operation: GrantedOperation, about: About, nowMs: number): readonly Role[] | null {
  return grantFor(matrix, operation, about, nowMs)?.roles ?? null;
}

/** Operations for which nothing valid stands now, wholly or for some criticality that other entries of theirs name. */
export function lapsedOperations(matrix: Matrix, nowMs: number): readonly GrantedOperation[] {
  return GRANTED_OPERATIONS.filter((operation) => {
    const named = [...new Set(matrix.filter((grant) => grant.operation === operation).flatMap(({ criticality }) => criticality ?? []))];
    return named.length === 0 ? grantFor(matrix, operation, {}, nowMs) === null : named.some((criticality) => grantFor(matrix, operation, { criticality }, nowMs) === null);
  });
}

/** Moments after now at which an entry begins or ends. */
export function termsAfter(matrix: Matrix, nowMs: number): number[] {
  return matrix.flatMap(({ fromMs, untilMs }) => [fromMs, untilMs]).filter((ms) => ms > nowMs && Number.isFinite(ms));
}

/** The same grants without a term: for a replay, whose trace may stand on a made-up day and in which nobody signs. */
export function withoutTerm(matrix: Matrix): Matrix {
  return matrix.map((grant) => ({ ...grant, fromMs: Number.NEGATIVE_INFINITY, untilMs: Number.POSITIVE_INFINITY }));
}
