/**
 * RODAS4: an L-stable, stiffly accurate Rosenbrock method of order 4(3) with 6 stages, for stiff stretches.
 * Source: Hairer & Wanner, Solving Ordinary Differential Equations II, IV.7 and IV.10 (code RODAS); coefficients in the transformed form of that code.
 * The Jacobian is taken by forward differences at every step, the time derivative likewise.
 */
import { luFactor, luSolve } from './linear.ts';
import type { Rhs, Stepper, Tolerance } from './ode.ts';
import { scaledError } from './ode.ts';

const STAGES = 6;
const GAMMA = 0.25;
const NODE = [0, 0.386, 0.21, 0.63, 1, 1];
const GAMMA_SUM = [0.25, -0.1043, 0.1035, -0.0362, 0, 0];
const A = [
  [],
  [1.544],
  [0.9466785280815826, 0.2557011698983284],
  [3.314825187068521, 2.896124015972201, 0.9986419139977817],
  [1.221224509226641, 6.019134481288629, 12.53708332932087, -0.687886036105895],
  [1.221224509226641, 6.019134481288629, 12.53708332932087, -0.687886036105895, 1],
];
const C = [
  [],
  [-5.6688],
  [-2.430093356833875, -0.2063599157091915],
  [-0.1073529058151375, -9.594562251023355, -20.47028614809616],
  [7.496443313967647, -10.24680431464352, -33.99990352819905, 11.7089089320616],
  [8.083246795921522, -7.981132988064893, -31.52159432874371, 16.31930543123136, -6.058818238834054],
];
/** below this a state is treated as small when its difference step is chosen */
const SMALL_STATE = 1e-5;

export class Rosenbrock implements Stepper {
  readonly xNew: Float64Array;
  readonly errorExponent = 1 / 4;
  readonly #rhs: Rhs;
  readonly #n: number;
  readonly #jacobian: Float64Array;
  readonly #matrix: Float64Array;
  readonly #pivots: Int32Array;
  readonly #u: Float64Array[];
  readonly #f0: Float64Array;
  readonly #f: Float64Array;
  readonly #dfdt: Float64Array;
  readonly #start: Float64Array;
  readonly #fEnd: Float64Array;
  #hS = 0;
  #tS = 0;
  #jacobianKnown = false;

  constructor(n: number, rhs: Rhs) {
    this.#n = n;
    this.#rhs = rhs;
    this.xNew = new Float64Array(n);
    this.#jacobian = new Float64Array(n * n);
    this.#matrix = new Float64Array(n * n);
    this.#pivots = new Int32Array(n);
    this.#u = Array.from({ length: STAGES }, () => new Float64Array(n));
    this.#f0 = new Float64Array(n);
    this.#f = new Float64Array(n);
    this.#dfdt = new Float64Array(n);
    this.#start = new Float64Array(n);
    this.#fEnd = new Float64Array(n);
  }

  restart(): void {
    this.#jacobianKnown = false;
  }

  attempt(tS: number, x: Float64Array, hS: number, tolerance: Tolerance): number {
    const n = this.#n;
    this.#start.set(x);
    this.#hS = hS;
    this.#tS = tS;
    if (!this.#jacobianKnown) this.#linearise(tS, x, hS);
    for (let i = 0; i < n * n; i++) this.#matrix[i] = -this.#jacobian[i]!;
    for (let i = 0; i < n; i++) this.#matrix[i * n + i] = this.#matrix[i * n + i]! + 1 / (hS * GAMMA);
    if (!luFactor(this.#matrix, this.#pivots, n)) return Number.NaN;
    for (let stage = 0; stage < STAGES; stage++) this.#runStage(stage, tS, x, hS);
    const last = this.#u[STAGES - 1]!;
    for (let i = 0; i < n; i++) this.xNew[i] = this.xNew[i]! + last[i]!;
    return scaledError(x, this.xNew, last, tolerance);
  }

  /** cubic Hermite: enough to locate an event inside a step whose ends are of order 4 */
  interpolate(theta: number, out: Float64Array): void {
    this.#rhs(this.#tS + this.#hS, this.xNew, this.#fEnd);
    const t2 = theta * theta;
    const t3 = t2 * theta;
    const a = 2 * t3 - 3 * t2 + 1;
    const b = (t3 - 2 * t2 + theta) * this.#hS;
    const c = 3 * t2 - 2 * t3;
    const d = (t3 - t2) * this.#hS;
    for (let i = 0; i < out.length; i++) out[i] = a * this.#start[i]! + b * this.#f0[i]! + c * this.xNew[i]! + d * this.#fEnd[i]!;
  }

  accept(): void {
    this.#jacobianKnown = false;
  }

  #runStage(stage: number, tS: number, x: Float64Array, hS: number): void {
    const n = this.#n;
    const u = this.#u[stage]!;
    const a = A[stage]!;
    const c = C[stage]!;
    const s = this.xNew;
    s.set(x);
    for (let j = 0; j < stage; j++) {
      const uj = this.#u[j]!;
      const aj = a[j]!;
      for (let i = 0; i < n; i++) s[i] = s[i]! + aj * uj[i]!;
    }
    if (stage === 0) this.#f.set(this.#f0);
    else this.#rhs(tS + NODE[stage]! * hS, s, this.#f);
    const gammaH = GAMMA_SUM[stage]! * hS;
    for (let i = 0; i < n; i++) u[i] = this.#f[i]! + gammaH * this.#dfdt[i]!;
    for (let j = 0; j < stage; j++) {
      const uj = this.#u[j]!;
      const cj = c[j]! / hS;
      for (let i = 0; i < n; i++) u[i] = u[i]! + cj * uj[i]!;
    }
    luSolve(this.#matrix, this.#pivots, u, n);
  }

  #linearise(tS: number, x: Float64Array, hS: number): void {
    const n = this.#n;
    const s = this.xNew;
    this.#rhs(tS, x, this.#f0);
    s.set(x);
    for (let j = 0; j < n; j++) {
      const delta = Math.sqrt(Number.EPSILON * Math.max(SMALL_STATE, Math.abs(x[j]!)));
      s[j] = x[j]! + delta;
      this.#rhs(tS, s, this.#f);
      const inverse = 1 / (s[j]! - x[j]!);
      for (let i = 0; i < n; i++) this.#jacobian[i * n + j] = (this.#f[i]! - this.#f0[i]!) * inverse;
      s[j] = x[j]!;
    }
    const dt = Math.max(1e-7, 1e-6 * hS);
    this.#rhs(tS + dt, x, this.#f);
    for (let i = 0; i < n; i++) this.#dfdt[i] = (this.#f[i]! - this.#f0[i]!) / dt;
    this.#jacobianKnown = true;
  }
}
