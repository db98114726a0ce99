/**
 * What every solver of this kernel shares: the shape of a right-hand side, tolerances, the error norm.
 * Source: Hairer, Norsett & Wanner, Solving Ordinary Differential Equations I, II.4. Time in seconds.
 */

/** dx = f(t, x). Must not allocate and must not keep anything between calls. */
export type Rhs = (tS: number, x: Float64Array, dx: Float64Array) => void;

export interface Tolerance {
  readonly relative: number;
  /** one value for all states, or one a state */
  readonly absolute: number | Float64Array;
}

/** One step of a method: an error estimate (1 = exactly at tolerance) and a dense output over the step. */
export interface Stepper {
  /** tries the step from (tS, x) with length hS into `xNew`; the scaled error, NaN when the step is not finite */
  attempt(tS: number, x: Float64Array, hS: number, tolerance: Tolerance): number;
  readonly xNew: Float64Array;
  /** the order used to scale the next step */
  readonly errorExponent: number;
  /** value at tS + theta * hS of the last attempt, theta in 0..1 */
  interpolate(theta: number, out: Float64Array): void;
  /** the last attempt was taken: the next one starts where it ended */
  accept(): void;
  /** forget what was kept from the step before (inputs changed) */
  restart(): void;
}

export function scaledError(x: Float64Array, xNew: Float64Array, error: Float64Array, tolerance: Tolerance): number {
  const n = x.length;
  let sum = 0;
  for (let i = 0; i < n; i++) {
    const absolute = typeof tolerance.absolute === 'number' ? tolerance.absolute : tolerance.absolute[i]!;
    const ratio = error[i]! / (absolute + tolerance.relative * Math.max(Math.abs(x[i]!), Math.abs(xNew[i]!)));
    sum += ratio * ratio;
  }
  return Math.sqrt(sum / n);
}
