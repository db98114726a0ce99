/**
 * Dense LU with partial pivoting, in place, row-major. Source: Golub & Van Loan, Matrix Computations, 3.4.
 * No allocation: the caller owns every array. Dimensionless.
 */

/** Factorises `a` (n x n) in place; false when the matrix is singular to working precision. */
export function luFactor(a: Float64Array, pivots: Int32Array, n: number): boolean {
  for (let k = 0; k < n; k++) {
    const p = pivotRow(a, n, k);
    const pivot = a[p * n + k]!;
    if (!(Math.abs(pivot) > 0) || !Number.isFinite(pivot)) return false;
    pivots[k] = p;
    if (p !== k) swapRows(a, n, k, p);
    for (let i = k + 1; i < n; i++) {
      const factor = a[i * n + k]! / pivot;
      a[i * n + k] = factor;
      if (factor === 0) continue;
      for (let j = k + 1; j < n; j++) a[i * n + j] = a[i * n + j]! - factor * a[k * n + j]!;
    }
  }
  return true;
}

/** Solves `a x = b` after `luFactor`; `b` becomes `x`. */
export function luSolve(a: Float64Array, pivots: Int32Array, b: Float64Array, n: number): void {
  for (let k = 0; k < n; k++) {
    const p = pivots[k]!;
    const held = b[p]!;
    b[p] = b[k]!;
    b[k] = held;
  }
  for (let i = 1; i < n; i++) {
    let sum = b[i]!;
    for (let j = 0; j < i; j++) sum -= a[i * n + j]! * b[j]!;
    b[i] = sum;
  }
  for (let i = n - 1; i >= 0; i--) {
    let sum = b[i]!;
    for (let j = i + 1; j < n; j++) sum -= a[i * n + j]! * b[j]!;
    b[i] = sum / a[i * n + i]!;
  }
}

function pivotRow(a: Float64Array, n: number, k: number): number {
  let best = k;
  for (let i = k + 1; i < n; i++) if (Math.abs(a[i * n + k]!) > Math.abs(a[best * n + k]!)) best = i;
  return best;
}

function swapRows(a: Float64Array, n: number, r: number, s: number): void {
  for (let j = 0; j < n; j++) {
    const held = a[r * n + j]!;
    a[r * n + j] = a[s * n + j]!;
    a[s * n + j] = held;
  }
}
