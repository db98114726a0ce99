/**
 * Is the converter of the ammonia plant stable? Its steady state by Newton (the unstable one too), its Jacobian, and the pair of eigenvalues that decides.
 * Temperatures in degC, pressure in bar absolute, eigenvalues in 1/s.
 */
import { luFactor, luSolve } from '../kernel/linear.ts';
import type { ConverterFeed, ConverterResult } from '../plants/ammonia-synthesis/converter.ts';
import { CELLS, converter, referenceFeed } from '../plants/ammonia-synthesis/converter.ts';

const result: ConverterResult = { outletAmmonia: 0, outletKgS: 0, bedOutletC: 0, effluentC: 0, formedKgS: 0 };
const STEP_C = 1e-3;
const NEWTON_STEPS = 60;
/** where the deciding pair lies between 150 and 200 bar */
const GUESS: Eigenvalue = { real: 0, imaginary: 0.0165 };

export interface Eigenvalue { readonly real: number; readonly imaginary: number }

export const feedAt = (pressureBar: number): ConverterFeed => ({ ...referenceFeed(), pressureBar });

/** dT/dt of the cells by their temperatures, row by row, by central differences */
export function jacobianAt(x: Float64Array, feed: ConverterFeed): Float64Array {
  const jacobian = new Float64Array(CELLS * CELLS), up = new Float64Array(CELLS), down = new Float64Array(CELLS);
  for (let j = 0; j < CELLS; j++) {
    const y = x.slice();
    y[j]! += STEP_C;
    converter(y, up, 0, feed, result);
    y[j]! -= 2 * STEP_C;
    converter(y, down, 0, feed, result);
    for (let i = 0; i < CELLS; i++) jacobian[i * CELLS + j] = (up[i]! - down[i]!) / (2 * STEP_C);
  }
  return jacobian;
}

/** The burning steady state near `from`, stable or not; null: Newton does not find one. */
export function steadyState(from: Float64Array, feed: ConverterFeed): Float64Array | null {
  const x = from.slice();
  const f = new Float64Array(CELLS);
  const pivots = new Int32Array(CELLS);
  for (let step = 0; step < NEWTON_STEPS; step++) {
    converter(x, f, 0, feed, result);
    if (Math.max(...f.map(Math.abs)) < 1e-10) return x;
    const jacobian = jacobianAt(x, feed);
    luFactor(jacobian, pivots, CELLS);
    luSolve(jacobian, pivots, f, CELLS);
    const most = Math.max(...f.map(Math.abs));
    for (let i = 0; i < CELLS; i++) x[i]! -= f[i]! * Math.min(1, 20 / most);
  }
  return null;
}

/** The eigenvalue next to `guess`, by inverse iteration with its own quotient as the shift; complex numbers as pairs of reals. */
export function eigenvalueNear(matrix: Float64Array, n: number, guess: Eigenvalue): Eigenvalue {
  let { real, imaginary } = guess;
  let v = Float64Array.from({ length: 2 * n }, (_, i) => 1 + 0.3 * Math.sin(i));
  for (let round = 0; round < 40; round++) {
    const m = new Float64Array(4 * n * n), w = v.slice(), pivots = new Int32Array(2 * n);
    for (let i = 0; i < n; i++) {
      for (let j = 0; j < n; j++) {
        const a = matrix[i * n + j]! - (i === j ? real : 0);
        m[i * 2 * n + j] = a;
        m[(i + n) * 2 * n + j + n] = a;
      }
      m[i * 2 * n + i + n] = imaginary;
      m[(i + n) * 2 * n + i] = -imaginary;
    }
    luFactor(m, pivots, 2 * n);
    luSolve(m, pivots, w, 2 * n);
    // w = (A - s)^-1 v; with v of length 1, s + 1 / (v* w) is nearer
    let length = 0, re = 0, im = 0;
    for (let i = 0; i < n; i++) {
      length += v[i]! ** 2 + v[i + n]! ** 2;
      re += v[i]! * w[i]! + v[i + n]! * w[i + n]!;
      im += v[i]! * w[i + n]! - v[i + n]! * w[i]!;
    }
    const size = re * re + im * im;
    const dr = (length * re) / size, di = (-length * im) / size;
    // the first rounds keep the shift, so that the iteration finds the nearest one
    if (round >= 4) {
      real += dr;
      imaginary += di;
      if (Math.hypot(dr, di) < 1e-12) break;
    }
    const norm = Math.sqrt(w.reduce((sum, each) => sum + each * each, 0));
    v = w.map((each) => each / norm);
  }
  return { real, imaginary };
}

/** the pair that decides whether the converter swings at this pressure */
export function decidingPair(steady: Float64Array, pressureBar: number): Eigenvalue {
  const feed = feedAt(pressureBar);
  const x = steadyState(steady, feed);
  if (x === null) throw new Error(`no steady state at ${pressureBar} bar`);
  return eigenvalueNear(jacobianAt(x, feed), CELLS, GUESS);
}

/** bar at which the pair crosses into growth (Hopf) */
export function swingingLimitBar(steady: Float64Array): number {
  let grows = 172, dies = 185;
  while (dies - grows > 0.001) {
    const middle = (grows + dies) / 2;
    if (decidingPair(steady, middle).real > 0) grows = middle;
    else dies = middle;
  }
  return (grows + dies) / 2;
}
