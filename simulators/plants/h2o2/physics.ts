/** The right-hand side of the whole plant: the areas in the order in which the working solution passes them. Allocates nothing. */
import * as D from './design-point.ts';
import { bedM3, drainTanks, sectionM3 } from './drain.ts';
import { extraction } from './extraction.ts';
import { finishing } from './finishing.ts';
import { hydrogenation } from './hydrogenation.ts';
import type { Inputs } from './inputs.ts';
import { oxidation } from './oxidation.ts';
import { P } from './parameters.ts';
import { residue } from './residue.ts';
import { X } from './states.ts';
import { storage, TANK_J_KGK } from './storage.ts';

/** `dx` comes with zeros or with what was there before: every state is written, or stands (a tank that holds nothing, the bottom of a co-current tower) */
export function physics(x: Float64Array, dx: Float64Array, u: Inputs): void {
  dx.fill(0);
  hydrogenation(x, dx, u);
  oxidation(x, dx, u);
  residue(x, dx, u);
  extraction(x, dx, u);
  storage(x, dx, u);
  finishing(x, dx, u);
  drainTanks(x, dx, u);
}

const PEROXIDE = [X.o1Per, X.o2Per, X.o3Per, X.botPer, X.osPer, X.e1Per, X.e2Per, X.e3Per, X.e4Per, X.e5Per, X.e6Per, X.ifPer, X.postPer, X.wsPer, X.dAPer, X.dBPer];
const HYDROQUINONE = [X.h1Mol, X.h2Mol, X.h3Mol, X.sepMol, X.tankMol, X.o1Ahq, X.o2Ahq, X.o3Ahq, X.botAhq, X.osAhq, X.extAhq, X.wsAhq, X.dAAhq, X.dBAhq];
const SOLUTION = [X.towerM3, X.sepM3, X.tankM3, X.oxM3, X.botM3, X.osM3, X.wsM3, X.dAM3, X.dBM3];
const sum = (x: Float64Array, indices: readonly number[]): number => indices.reduce((total, i) => total + x[i]!, 0);

/** Quantities that must not change: what is inside plus what left minus what came in since the start (V29, V31). mol, mol, m3. */
export function invariants(x: Float64Array): { peroxideMol: number; hydroquinoneMol: number; solutionM3: number } {
  return {
    peroxideMol: sum(x, PEROXIDE) + x[X.bDecomposed]! + x[X.bProduct]! + x[X.bPost]! + x[X.bPalladium]! - x[X.bOxidised]!,
    hydroquinoneMol: sum(x, HYDROQUINONE) + x[X.bOxidised]! - x[X.bHydrogenated]!,
    solutionM3: sum(x, SOLUTION),
  };
}

/**
 * Heat that must not change (V30), J: what the working solution of the loop, the product tank and the preparation vessel hold, plus what was taken out,
 * minus what the reactions set free. The drained liquor leaves the loop with its heat.
 */
export function energies(x: Float64Array): { loopJ: number; tankJ: number; prepJ: number } {
  const volumesC: readonly (readonly [number, number])[] = [
    [bedM3(x), x[X.h1C]! + x[X.h2C]! + x[X.h3C]!], [x[X.sepM3]!, x[X.sepC]!], [x[X.tankM3]!, x[X.tankC]!], [sectionM3(x), x[X.o1C]! + x[X.o2C]! + x[X.o3C]!],
    [x[X.botM3]!, x[X.botC]!], [x[X.osM3]!, x[X.osC]!], [x[X.wsM3]!, x[X.wsC]!],
  ];
  const held = volumesC.reduce((total, [m3, tempC]) => total + m3 * tempC * D.SOLUTION_J_M3K, 0) + P.extractionHeatJK * (x[X.eBotC]! + x[X.eMidC]! + x[X.eTopC]!);
  const freed = x[X.bHydrogenated]! * P.hydrogenationHeatJMol + x[X.bOxidised]! * P.oxidationHeatJMol + x[X.bDecomposed]! * P.decompositionHeatJMol;
  return {
    loopJ: held + x[X.bLoopJ]! - freed,
    tankJ: x[X.prodKg]! * TANK_J_KGK * x[X.prodC]! + x[X.bTankJ]! + x[X.prodPer]! * P.decompositionHeatJMol,
    prepJ: x[X.prepKg]! * P.solutionHeatCapacityJKgK * x[X.prepC]! + x[X.bPrepJ]! + x[X.prepPer]! * P.decompositionHeatJMol,
  };
}
