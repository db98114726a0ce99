/** The right-hand side of the whole plant, in the order in which the nitrate passes it, and the quantities that must not change. Allocates nothing. */
import { ammonia } from './ammonia.ts';
import { evaporation } from './evaporation.ts';
import type { Inputs } from './inputs.ts';
import { melt } from './melt.ts';
import { mixing } from './mixing.ts';
import { neutraliser } from './neutraliser.ts';
import { P } from './parameters.ts';
import { massKg } from './solution.ts';
import { X } from './states.ts';
import { tank } from './tank.ts';

export function physics(x: Float64Array, dx: Float64Array, u: Inputs): void {
  dx.fill(0);
  ammonia(x, dx, u);
  neutraliser(x, dx, u);
  tank(x, dx, u);
  evaporation(x, dx, u);
  melt(x, dx, u);
  mixing(x, dx, u);
}

const VESSELS = [X.rA, X.fA, X.tA, X.e1A, X.e2A, X.sA, X.mA, X.hA];
const MIXERS = [X.m1N, X.m2N];
const ENTHALPIES = [X.evapJ, X.warmJ, X.preJ, X.pumpAJ, X.pumpBJ, X.pumpMJ];

/** What is inside less what crossed the boundary since the start (V29, V30, V31): kg, mol of nitrogen, J. */
export function invariants(x: Float64Array): { massKg: number; nitrogenMol: number; energyJ: number } {
  let kg = x[X.evapKg]! + x[X.koKg]! - x[X.bKg]!;
  let nitrogen = (x[X.evapKg]! + x[X.koKg]!) / P.ammoniaKgMol - x[X.bN]!;
  let energy = -x[X.bJ]!;
  for (const i of ENTHALPIES) energy += x[i]!;
  for (const i of VESSELS) {
    kg += massKg(x, i);
    nitrogen += x[i]! + x[i + 1]!;
    energy += x[i + 3]!;
  }
  for (const i of MIXERS) {
    kg += x[i]! * P.nitrateKgMol + x[i + 1]! * P.waterKgMol + x[i + 2]!;
    nitrogen += 2 * x[i]!;
    energy += x[i + 3]!;
  }
  return { massKg: kg, nitrogenMol: nitrogen, energyJ: energy };
}
