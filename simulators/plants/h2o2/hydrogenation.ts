/**
 * R-4101 (three catalyst beds), its tail gas, V-4102 and V-4103. Equations: research/simulators.md 5.2, order 0 in anthraquinone, 1 in hydrogen.
 * Peroxide that comes back with the working solution falls apart on the palladium; the oxygen that does not recombine shows in the tail gas (A4-2(7)).
 */
import { arrheniusRatio } from '../../kernel/arrhenius.ts';
import * as D from './design-point.ts';
import type { Inputs } from './inputs.ts';
import { P } from './parameters.ts';
import { X } from './states.ts';

const BED_MOL = [X.h1Mol, X.h2Mol, X.h3Mol] as const;
const BED_TEMP = [X.h1C, X.h2C, X.h3C] as const;
/** above this share of the quinone the bed slows down (order 0 holds up to 60 % conversion) */
const QUINONE_LIMIT_MOL_M3 = 500;

/** P-4109: from the working-solution tank through the beds. */
export function towerFlowM3s(x: Float64Array, u: Inputs): number {
  return D.SOLUTION_M3S * u.solutionPump * Math.min(1, Math.max(0, x[X.wsM3]! / 5));
}
export function separatorOutM3s(x: Float64Array, u: Inputs): number {
  return D.SOLUTION_M3S * 2 * u.separatorValve * Math.min(1, Math.max(0, x[X.sepM3]! / 0.2));
}
export function oxidiserFeedM3s(x: Float64Array, u: Inputs): number {
  return (D.SOLUTION_M3S * u.feedPump * Math.max(0, x[X.tankM3]!)) / P.hydrogenatedTankM3;
}
export function towerPressureMPa(x: Float64Array): number {
  const mol = x[X.hH2Mol]! + x[X.hN2Mol]!;
  return ((D.HYDROGENATOR_MPA + D.ATMOSPHERE_MPA) * mol) / D.TOWER_GAS_MOL - D.ATMOSPHERE_MPA;
}
/** H2 feed in mol/s; the valve is sized for twice the design flow */
export function hydrogenFeedMols(u: Inputs): number {
  return u.hydrogen * 2 * D.HYDROGEN_MOLS;
}

export function hydrogenation(x: Float64Array, dx: Float64Array, u: Inputs): void {
  const flow = towerFlowM3s(x, u);
  const wsM3 = Math.max(1, x[X.wsM3]!);
  const consumed = beds(x, dx, u, flow, wsM3);
  gas(x, dx, u, flow, wsM3, consumed);
  separatorAndTank(x, dx, u, flow);
  dx[X.bHydrogenated] = consumed;
}

function beds(x: Float64Array, dx: Float64Array, u: Inputs, flow: number, wsM3: number): number {
  const total = Math.max(1, x[X.hH2Mol]! + x[X.hN2Mol]!);
  // the bed sees pure hydrogen at the top and tail gas at the bottom
  const drive = (x[X.hH2Mol]! / total + 1) / (1 + P.tailHydrogenFraction);
  const pressure = (drive * total) / D.TOWER_GAS_MOL;
  const starved = Math.min(1, x[X.hH2Mol]! / 50);
  let consumed = 0;
  let inMol = (flow * x[X.wsAhq]!) / wsM3;
  let inC = D.HYDROGENATOR_INLET_C + 0.15 * (x[X.wsC]! - D.SOLUTION_TANK_C);
  for (let i = 0; i < 3; i++) {
    const mol = x[BED_MOL[i]!]!;
    const tempC = x[BED_TEMP[i]!]!;
    const room = Math.max(0, 1 - mol / P.bedVolumeM3 / QUINONE_LIMIT_MOL_M3) / (1 - ((i + 1) * D.AHQ_MOL_M3) / 3 / QUINONE_LIMIT_MOL_M3);
    const rate = (D.HYDROGEN_MOLS / 3) * arrheniusRatio(P.hydrogenationEnergyJMol, tempC, D.BED_C[i]!) * pressure * starved * room;
    const outMol = (flow * mol) / P.bedVolumeM3;
    dx[BED_MOL[i]!] = inMol - outMol + rate;
    const heatW = rate * P.hydrogenationHeatJMol + u.catalystSteam * 2e6 - 300 * (tempC - 30);
    dx[BED_TEMP[i]!] = (flow * D.SOLUTION_J_M3K * (inC - tempC) + heatW) / (P.bedVolumeM3 * D.SOLUTION_J_M3K);
    consumed += rate;
    inMol = outMol;
    inC = tempC;
  }
  return consumed;
}

function gas(x: Float64Array, dx: Float64Array, u: Inputs, flow: number, wsM3: number, consumed: number): void {
  const total = Math.max(1, x[X.hH2Mol]! + x[X.hN2Mol]!);
  const hydrogenFraction = x[X.hH2Mol]! / total;
  const gauge = Math.max(0, towerPressureMPa(x));
  const vent = (D.TAIL_MOLS * gauge) / D.HYDROGENATOR_MPA;
  const peroxideIn = (flow * x[X.wsPer]!) / wsM3;
  const nitrogen = D.MAKEUP_NITROGEN_MOLS + u.nitrogen * 40 * Math.max(0, 1 - gauge / 0.25);
  dx[X.hH2Mol] = hydrogenFeedMols(u) - consumed - vent * hydrogenFraction - P.recombination * peroxideIn;
  dx[X.hN2Mol] = nitrogen - vent * (1 - hydrogenFraction);
  const released = (peroxideIn / 2) * (1 - P.recombination);
  dx[X.tailO2Mol] = released - ((vent + released + nitrogen - D.MAKEUP_NITROGEN_MOLS) * x[X.tailO2Mol]!) / D.TAIL_GAS_MOL;
  dx[X.bPalladium] = peroxideIn;
}

function separatorAndTank(x: Float64Array, dx: Float64Array, u: Inputs, flow: number): void {
  const sepM3 = Math.max(0.05, x[X.sepM3]!);
  const out = separatorOutM3s(x, u);
  dx[X.sepM3] = flow - out;
  dx[X.sepMol] = (flow * x[X.h3Mol]!) / P.bedVolumeM3 - (out * x[X.sepMol]!) / sepM3;
  dx[X.sepC] = (flow / sepM3) * (x[X.h3C]! - x[X.sepC]!);
  const tankM3 = Math.max(1, x[X.tankM3]!);
  const feed = oxidiserFeedM3s(x, u);
  dx[X.tankM3] = out - feed;
  dx[X.tankMol] = (out * x[X.sepMol]!) / sepM3 - (feed * x[X.tankMol]!) / tankM3;
  dx[X.tankC] = (out / tankM3) * (x[X.sepC]! - x[X.tankC]!);
}
