/** Mixing tanks M-2501 (nitro-sulfur) and M-2502 (nitro-chlorine): 60 % nitrate, salts, a little water; insulated, vented. Store heap. */
import type { Inputs } from './inputs.ts';
import { P } from './parameters.ts';
import { cross, heat } from './solution.ts';
import { X } from './states.ts';
import { decompositionPerS, drivenOff, solutionKPa } from './thermo.ts';

const N_J = P.nitrateKgMol * P.nitrateJKgK;
const W_J = P.waterKgMol * P.waterJKgK;
export const mixKg = (x: Float64Array, i: number): number => x[i]! * P.nitrateKgMol + x[i + 1]! * P.waterKgMol + x[i + 2]!;
const mixCapacity = (x: Float64Array, i: number): number => Math.max(50, x[i]! * N_J + x[i + 1]! * W_J + x[i + 2]! * P.saltJKgK);
export const mixC = (x: Float64Array, i: number): number => x[i + 3]! / mixCapacity(x, i);
export const mixCp = (x: Float64Array, i: number): number => mixCapacity(x, i) / Math.max(1, mixKg(x, i));
export const mixAn = (x: Float64Array, i: number): number => (x[i]! * P.nitrateKgMol) / Math.max(1, mixKg(x, i));

interface Mixer { readonly run: number; readonly steam: number; readonly water: number; readonly dump: number; readonly stir: number; readonly feedC: number; readonly factor: number }

export function mixing(x: Float64Array, dx: Float64Array, u: Inputs): void {
  mixer(x, dx, X.m1N, { run: u.mix1Run, steam: u.mix1Steam, water: u.mix1Water * u.header, dump: u.mix1Dump, stir: u.mix1Stir, feedC: P.sulfurFeedC, factor: P.sulfurFactor });
  mixer(x, dx, X.m2N, { run: u.mix2Run, steam: u.mix2Steam, water: u.mix2Water * u.header, dump: u.mix2Dump, stir: u.mix2Stir, feedC: P.chlorineFeedC, factor: P.chlorineFactor });
  // the heap smoulders, water from the monitors puts it out [A]
  const heapC = x[X.storeC]!;
  dx[X.storeC]! += u.storeFault * (heapC < 140 ? 0.12 : 0) - (u.storeWater * (heapC - 22)) / 90 - (heapC - 28) / 40_000;
}

function salt(dx: Float64Array, i: number, nitrateMolS: number, waterMolS: number, saltKgS: number, heatW: number): void {
  dx[i]! += nitrateMolS;
  dx[i + 1]! += waterMolS;
  dx[i + 2]! += saltKgS;
  dx[i + 3]! += heatW;
  cross(dx, nitrateMolS, nitrateMolS, waterMolS, heatW);
  dx[X.bKg]! += saltKgS;
}

function mixer(x: Float64Array, dx: Float64Array, i: number, m: Mixer): void {
  const kg = mixKg(x, i);
  const t = mixC(x, i);
  const share = kg > 1 ? 1 / kg : 0;
  const feed = P.mixKgS * m.run;
  salt(dx, i, (feed * P.mixShare) / P.nitrateKgMol, (feed * P.mixWater) / P.waterKgMol, feed * (1 - P.mixShare - P.mixWater), feed * 2000 * m.feedC);
  const out = feed * (kg / P.mixKg) + P.mixDumpKgS * m.dump * Math.min(1, Math.max(0, kg - 5) / 300);
  salt(dx, i, -out * share * x[i]!, -out * share * x[i + 1]!, -out * share * x[i + 2]!, -out * share * x[i + 3]!);
  const filled = Math.min(1, kg / 200);
  salt(dx, i, 0, (P.mixWaterKgS * m.water) / P.waterKgMol, 0, P.mixWaterKgS * m.water * P.waterJKgK * P.waterC);
  const steamW = P.mixHeatW * m.steam * filled;
  dx[i + 3]! += steamW;
  heat(dx, steamW);
  const fraction = Math.max(0, x[i + 1]!) / Math.max(1, x[i + 1]! + x[i]!);
  const boilMolS = ((0.2 * filled) / P.waterKgMol) * Math.max(0, solutionKPa(Math.min(300, t), fraction) - P.atmosphereKPa);
  salt(dx, i, 0, -boilMolS, 0, -boilMolS * P.waterKgMol * (P.steamJKg + P.steamJKgK * t));
  // a tank that is not stirred has hot corners: half as fast again [A]
  const rate = Math.min(P.fastestPerS, m.factor * (1.5 - 0.5 * m.stir) * decompositionPerS(Math.min(400, t)));
  const mol = rate * Math.max(0, x[i]!);
  const off = mol * drivenOff(Math.min(320, t));
  salt(dx, i, -(mol + off), 0, 0, mol * P.decompositionJMol - off * P.dissociationJMol - (mol + off) * N_J * t);
}
