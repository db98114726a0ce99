/**
 * Dormand-Prince 5(4) with dense output of order 4, for non-stiff stretches.
 * Source: Dormand & Prince, J. Comput. Appl. Math. 6 (1980) 19; dense output: Hairer, Norsett & Wanner I, II.6 (code DOPRI5).
 */
import type { Rhs, Stepper, Tolerance } from './ode.ts';
import { scaledError } from './ode.ts';

const A21 = 1 / 5;
const A31 = 3 / 40, A32 = 9 / 40;
const A41 = 44 / 45, A42 = -56 / 15, A43 = 32 / 9;
const A51 = 19372 / 6561, A52 = -25360 / 2187, A53 = 64448 / 6561, A54 = -212 / 729;
const A61 = 9017 / 3168, A62 = -355 / 33, A63 = 46732 / 5247, A64 = 49 / 176, A65 = -5103 / 18656;
const A71 = 35 / 384, A73 = 500 / 1113, A74 = 125 / 192, A75 = -2187 / 6784, A76 = 11 / 84;
const E1 = 71 / 57600, E3 = -71 / 16695, E4 = 71 / 1920, E5 = -17253 / 339200, E6 = 22 / 525, E7 = -1 / 40;
const D1 = -12715105075 / 11282082432, D3 = 87487479700 / 32700410799, D4 = -10690763975 / 1880347072;
const D5 = 701980252875 / 199316789632, D6 = -1453857185 / 822651844, D7 = 69997945 / 29380423;

export class DormandPrince implements Stepper {
  readonly xNew: Float64Array;
  readonly errorExponent = 1 / 5;
  readonly #rhs: Rhs;
  readonly #k: Float64Array[];
  readonly #stage: Float64Array;
  readonly #error: Float64Array;
  readonly #start: Float64Array;
  #hS = 0;
  #firstStageKnown = false;

  constructor(n: number, rhs: Rhs) {
    this.#rhs = rhs;
    this.xNew = new Float64Array(n);
    this.#k = Array.from({ length: 7 }, () => new Float64Array(n));
    this.#stage = new Float64Array(n);
    this.#error = new Float64Array(n);
    this.#start = new Float64Array(n);
  }

  restart(): void {
    this.#firstStageKnown = false;
  }

  attempt(tS: number, x: Float64Array, hS: number, tolerance: Tolerance): number {
    const n = x.length;
    const rhs = this.#rhs;
    const s = this.#stage;
    const [k1, k2, k3, k4, k5, k6, k7] = this.#k as [Float64Array, Float64Array, Float64Array, Float64Array, Float64Array, Float64Array, Float64Array];
    this.#start.set(x);
    this.#hS = hS;
    if (!this.#firstStageKnown) rhs(tS, x, k1);
    this.#firstStageKnown = true;
    for (let i = 0; i < n; i++) s[i] = x[i]! + hS * A21 * k1[i]!;
    rhs(tS + hS / 5, s, k2);
    for (let i = 0; i < n; i++) s[i] = x[i]! + hS * (A31 * k1[i]! + A32 * k2[i]!);
    rhs(tS + 0.3 * hS, s, k3);
    for (let i = 0; i < n; i++) s[i] = x[i]! + hS * (A41 * k1[i]! + A42 * k2[i]! + A43 * k3[i]!);
    rhs(tS + 0.8 * hS, s, k4);
    for (let i = 0; i < n; i++) s[i] = x[i]! + hS * (A51 * k1[i]! + A52 * k2[i]! + A53 * k3[i]! + A54 * k4[i]!);
    rhs(tS + (8 / 9) * hS, s, k5);
    for (let i = 0; i < n; i++) s[i] = x[i]! + hS * (A61 * k1[i]! + A62 * k2[i]! + A63 * k3[i]! + A64 * k4[i]! + A65 * k5[i]!);
    rhs(tS + hS, s, k6);
    const y = this.xNew;
    for (let i = 0; i < n; i++) y[i] = x[i]! + hS * (A71 * k1[i]! + A73 * k3[i]! + A74 * k4[i]! + A75 * k5[i]! + A76 * k6[i]!);
    rhs(tS + hS, y, k7);
    const e = this.#error;
    for (let i = 0; i < n; i++) e[i] = hS * (E1 * k1[i]! + E3 * k3[i]! + E4 * k4[i]! + E5 * k5[i]! + E6 * k6[i]! + E7 * k7[i]!);
    return scaledError(x, y, e, tolerance);
  }

  interpolate(theta: number, out: Float64Array): void {
    const [k1, , k3, k4, k5, k6, k7] = this.#k as [Float64Array, Float64Array, Float64Array, Float64Array, Float64Array, Float64Array, Float64Array];
    const h = this.#hS;
    const rest = 1 - theta;
    for (let i = 0; i < out.length; i++) {
      const x0 = this.#start[i]!;
      const rise = this.xNew[i]! - x0;
      const bend = h * k1[i]! - rise;
      const tail = h * (D1 * k1[i]! + D3 * k3[i]! + D4 * k4[i]! + D5 * k5[i]! + D6 * k6[i]! + D7 * k7[i]!);
      out[i] = x0 + theta * (rise + rest * (bend + theta * (rise - h * k7[i]! - bend + rest * tail)));
    }
  }

  accept(): void {
    // first same as last: stage 7 of this step is stage 1 of the next
    this.#k[0]!.set(this.#k[6]!);
    this.#firstStageKnown = true;
  }
}
