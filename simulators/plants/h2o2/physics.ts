/** The right-hand side of the whole plant: four areas in the order in which the working solution passes them. Allocates nothing. */
import { extraction } from './extraction.ts';
import { hydrogenation } from './hydrogenation.ts';
import type { Inputs } from './inputs.ts';
import { oxidation } from './oxidation.ts';
import { X } from './states.ts';
import { storage } from './storage.ts';

export function physics(x: Float64Array, dx: Float64Array, u: Inputs): void {
  hydrogenation(x, dx, u);
  oxidation(x, dx, u);
  extraction(x, dx, u);
  storage(x, dx, u);
}

const PEROXIDE = [X.o1Per, X.o2Per, X.o3Per, X.osPer, X.e1Per, X.e2Per, X.e3Per, X.e4Per, X.e5Per, X.e6Per, X.ifPer, X.postPer, X.wsPer];
const HYDROQUINONE = [X.h1Mol, X.h2Mol, X.h3Mol, X.sepMol, X.tankMol, X.o1Ahq, X.o2Ahq, X.o3Ahq, X.osAhq, X.extAhq, X.wsAhq];
const SOLUTION = [X.sepM3, X.tankM3, X.osM3, X.wsM3];
const sum = (x: Float64Array, indices: readonly number[]): number => indices.reduce((total, i) => total + x[i]!, 0);

/** Quantities that must not change: what is inside plus what left minus what came in since the start (V29, V31). mol, mol, m3. */
export function invariants(x: Float64Array): { peroxideMol: number; hydroquinoneMol: number; solutionM3: number } {
  return {
    peroxideMol: sum(x, PEROXIDE) + x[X.bDecomposed]! + x[X.bProduct]! + x[X.bPost]! + x[X.bPalladium]! - x[X.bOxidised]!,
    hydroquinoneMol: sum(x, HYDROQUINONE) + x[X.bOxidised]! - x[X.bHydrogenated]!,
    solutionM3: sum(x, SOLUTION),
  };
}
