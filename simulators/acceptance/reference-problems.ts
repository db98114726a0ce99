/** Problems with a known answer, for the solver. Sources at each. Time in seconds unless said otherwise. */
import type { Rhs } from '../kernel/ode.ts';

export interface Problem {
  readonly rhs: Rhs;
  readonly x0: readonly number[];
  readonly endS: number;
  readonly expected: readonly number[];
}

/** Robertson 1966; reference of research/simulators.md V01 and Hairer & Wanner II */
export const ROBERTSON: Problem = {
  rhs: (_t, x, dx) => {
    const [a, b, c] = x as unknown as [number, number, number];
    dx[0] = -0.04 * a + 1e4 * b * c;
    dx[1] = 0.04 * a - 1e4 * b * c - 3e7 * b * b;
    dx[2] = 3e7 * b * b;
  },
  x0: [1, 0, 0], endS: 40, expected: [0.7158270688, 9.185534765e-6, 0.2841637457],
};

/** van der Pol, mu = 1000 in scaled time; Test Set for IVP Solvers, Univ. Bari, problem VDPOL at t = 2 */
export const VAN_DER_POL: Problem = {
  rhs: (_t, x, dx) => {
    dx[0] = x[1]!;
    dx[1] = ((1 - x[0]! * x[0]!) * x[1]! - x[0]!) / 1e-6;
  },
  x0: [2, 0], endS: 2, expected: [1.706167732170483, -0.8928097010247975],
};

/** HIRES (plant physiology, 8 equations); Test Set for IVP Solvers, Univ. Bari */
export const HIRES: Problem = {
  rhs: (_t, y, dy) => {
    const [y1, y2, y3, y4, y5, y6, y7, y8] = y as unknown as [number, number, number, number, number, number, number, number];
    dy[0] = -1.71 * y1 + 0.43 * y2 + 8.32 * y3 + 0.0007;
    dy[1] = 1.71 * y1 - 8.75 * y2;
    dy[2] = -10.03 * y3 + 0.43 * y4 + 0.035 * y5;
    dy[3] = 8.32 * y2 + 1.71 * y3 - 1.12 * y4;
    dy[4] = -1.745 * y5 + 0.43 * y6 + 0.43 * y7;
    dy[5] = -280 * y6 * y8 + 0.69 * y4 + 1.71 * y5 - 0.43 * y6 + 0.69 * y7;
    dy[6] = 280 * y6 * y8 - 1.81 * y7;
    dy[7] = -280 * y6 * y8 + 1.81 * y7;
  },
  x0: [1, 0, 0, 0, 0, 0, 0, 0.0057], endS: 321.8122,
  expected: [0.7371312573325668e-3, 0.1442485726316185e-3, 0.5888729740967575e-4, 0.1175651343283149e-2, 0.2386356198831331e-2, 0.6238968252742796e-2, 0.2849998395185769e-2, 0.2850001604814231e-2],
};

/** Lotka-Volterra: smooth, periodic, not stiff */
export const PREDATOR_PREY: Problem = {
  rhs: (_t, x, dx) => {
    dx[0] = 1.5 * x[0]! - x[0]! * x[1]!;
    dx[1] = x[0]! * x[1]! - 3 * x[1]!;
  },
  x0: [10, 5], endS: 10, expected: [],
};

/** T2 Laboratories 2007, Fogler/SAChE fit (research/simulators.md 2.2): c_A, c_B, c_S in mol/L, T in K, P in atm; cooling lost from the start */
export const T2_PRESSURE = 4;
export const T2_TEMPERATURE = 3;
export const T2: Problem = {
  rhs: (_t, x, dx) => {
    const [a, b, s, tempK, pressureAtm] = x as unknown as [number, number, number, number, number];
    const first = 4e14 * Math.exp(-128_000 / 8.314 / tempK) * a * b;
    const second = 1e84 * Math.exp(-800_000 / 8.314 / tempK) * s;
    const gasMolH = (0.5 * first + 3 * second) * 4000;
    const ventMolH = gasMolH < 11_400 ? gasMolH : (pressureAtm - 1) * 3360;
    dx[0] = -first / 3600;
    dx[1] = -first / 3600;
    dx[2] = -second / 3600;
    dx[3] = (4000 * (45_400 * first + 320_000 * second)) / 1.26e7 / 3600;
    dx[4] = ((gasMolH - ventMolH) * 0.082 * tempK) / 5000 / 3600;
  },
  x0: [4.3, 5.1, 3, 422, 4.4], endS: 13_000, expected: [],
};
