/**
 * Draining (A4-3): what leaves the towers through XV-4105 and XV-4206 and what becomes of it in the tanks. Drained hydrogenation liquor still holds
 * hydroquinone, which makes peroxide with the air over it; palladium fines and alkali of one liquor make the peroxide of the other fall apart.
 * Figures [A]: parameters.ts, "draining".
 */
import { arrheniusRatio } from '../../kernel/arrhenius.ts';
import * as D from './design-point.ts';
import type { Inputs } from './inputs.ts';
import { P } from './parameters.ts';
import { X } from './states.ts';

const EMPTYING_M3 = 2;

/** m3/s out of the bottom of a tower that holds `holdM3` */
function drainM3s(opening: number, holdM3: number): number {
  return opening > 0 ? opening * P.drainM3S * Math.min(1, Math.max(0, holdM3) / EMPTYING_M3) : 0;
}
export const towerDrainM3s = (x: Float64Array, u: Inputs): number => drainM3s(u.towerDrain, x[X.towerM3]!);
export const oxidiserDrainM3s = (x: Float64Array, u: Inputs): number => drainM3s(u.oxidiserDrain, x[X.oxM3]!);

/** litre by litre: volume of one of the three beds and of one of the three sections, m3 */
export const bedM3 = (x: Float64Array): number => Math.max(0.15, x[X.towerM3]! / 3);
export const sectionM3 = (x: Float64Array): number => Math.max(0.46, x[X.oxM3]! / 3);

/** 0..1: how far the two liquors have met in tank B */
export function mixing(x: Float64Array): number {
  const alien = x[X.dBAlien]!;
  return Math.min(1, Math.max(0, Math.min(alien, x[X.dBM3]! - alien)) / 0.5);
}

export function drainTanks(x: Float64Array, dx: Float64Array, u: Inputs): void {
  const tower = towerDrainM3s(x, u);
  const oxidiser = oxidiserDrainM3s(x, u);
  // nothing was ever drained: nothing happens there
  if (tower === 0 && oxidiser === 0 && x[X.dAM3]! <= 0 && x[X.dBM3]! <= 0) return;
  const toB = u.drainsMixed > 0.5 ? 1 : 0;
  const bed = bedM3(x);
  const section = sectionM3(x);
  const towerAhq = (tower * x[X.h3Mol]!) / bed;
  const oxidiserAhq = (oxidiser * x[X.o3Ahq]!) / section;
  const madeA = P.drainOxidationPerS * x[X.dAAhq]!;
  const madeB = P.drainOxidationPerS * x[X.dBAhq]!;
  const lostA = decay(x[X.dAC]!, 1) * x[X.dAPer]!;
  const lostB = decay(x[X.dBC]!, 1 + P.drainMixedFactor * mixing(x)) * x[X.dBPer]!;
  dx[X.dAM3] = tower * (1 - toB);
  dx[X.dAAhq] = towerAhq * (1 - toB) - madeA;
  dx[X.dAPer] = madeA - lostA;
  dx[X.dAC] = heatingKS(x[X.dAC]!, x[X.dAM3]!, tower * (1 - toB), x[X.h3C]!, madeA * P.oxidationHeatJMol + lostA * P.decompositionHeatJMol);
  dx[X.dBM3] = oxidiser + tower * toB;
  dx[X.dBAlien] = tower * toB;
  dx[X.dBAhq] = oxidiserAhq + towerAhq * toB - madeB;
  dx[X.dBPer] = (oxidiser * x[X.o3Per]!) / section + madeB - lostB;
  dx[X.dBC] = heatingKS(x[X.dBC]!, x[X.dBM3]!, oxidiser, x[X.o3C]!, madeB * P.oxidationHeatJMol + lostB * P.decompositionHeatJMol);
  dx[X.bOxidised] = dx[X.bOxidised]! + madeA + madeB;
  dx[X.bDecomposed] = dx[X.bDecomposed]! + lostA + lostB;
  // what becomes warm in the tanks is no longer in the loop (V30)
  dx[X.bLoopJ] = dx[X.bLoopJ]! + (madeA + madeB) * P.oxidationHeatJMol + (lostA + lostB) * P.decompositionHeatJMol;
}

const decay = (tempC: number, factor: number): number => P.drainDecompositionPerS * factor * Math.min(50, arrheniusRatio(P.metalEnergyJMol, tempC, 50));

/** the heat goes into the water at the bottom of the tank, a twentieth of it; evaporation ends the rise */
function heatingKS(tempC: number, m3: number, inM3s: number, inC: number, heatW: number): number {
  const pocketJK = P.drainPocket * Math.max(0.5, m3) * D.SOLUTION_J_M3K;
  const boilingW = 1e5 * Math.max(0, tempC - 108);
  return (heatW - boilingW) / pocketJK - (tempC - P.drainAmbientC) / 3600 + (inM3s / Math.max(0.5, m3)) * (inC - tempC);
}
