/**
 * Counter-current oxidation only: the liquid at the tower bottom, whose level is the seal between air and the liquor behind it (A4-2(1)), and the
 * receiver of what condenses from the tail gas (A4-2(3)). Levels and sizes: research/simulators.md 5.3, 5.5 F4-05.
 */
import * as D from './design-point.ts';
import { sectionM3 } from './drain.ts';
import type { Inputs } from './inputs.ts';
import { P } from './parameters.ts';
import { X } from './states.ts';

/** through XV-4207 and its level valve to the separator V-4202 */
export function bottomOutM3s(x: Float64Array, u: Inputs): number {
  return D.SOLUTION_M3S * 2 * u.bottomValve * Math.min(1, Math.max(0, x[X.botM3]! / 0.2));
}

/** `inM3s`: from the last section. In the co-current design there is no such bottom, and nothing moves. */
export function towerBottom(x: Float64Array, dx: Float64Array, u: Inputs, inM3s: number): void {
  if (u.counterCurrent < 0.5) return;
  const m3 = Math.max(0.05, x[X.botM3]!);
  const section = sectionM3(x);
  const out = bottomOutM3s(x, u);
  dx[X.botM3] = inM3s - out;
  dx[X.botAhq] = (inM3s * x[X.o3Ahq]!) / section - (out * x[X.botAhq]!) / m3;
  dx[X.botPer] = (inM3s * x[X.o3Per]!) / section - (out * x[X.botPer]!) / m3;
  dx[X.botC] = (inM3s / m3) * (x[X.o3C]! - x[X.botC]!);
  // u.condensateValve: share of what it can drain, 5 times the condensation
  dx[X.condM3] = P.condensateM3S * u.air - 5 * P.condensateM3S * u.condensateValve * Math.min(1, Math.max(0, x[X.condM3]! / 0.05));
}
