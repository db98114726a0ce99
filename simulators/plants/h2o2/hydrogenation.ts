/**
 * R-4101 (three catalyst beds), its tail gas, V-4102 and V-4103. Equations: research/simulators.md 5.2, order 0 in anthraquinone, 1 in hydrogen.
 * Peroxide that comes back with the working solution falls apart on the palladium; the oxygen that does not recombine shows in the tail gas (A4-2(7)).
 */
import { arrheniusRatio } from '../../kernel/arrhenius.ts';
import * as D from './design-point.ts';
import { bedM3, towerDrainM3s } from './drain.ts';
import type { Inputs } from './inputs.ts';
import { P } from './parameters.ts';
import { X } from './states.ts';

const BED_MOL = [X.h1Mol, X.h2Mol, X.h3Mol] as const;
const BED_TEMP = [X.h1C, X.h2C, X.h3C] as const;
/** above this share of the quinone the bed slows down (order 0 holds up to 60 % conversion) */
const QUINONE_LIMIT_MOL_M3 = 500;
/** W/K of a bed under nitrogen with the circulation standing [A] */
const NITROGEN_W_K = 15e3;

/** P-4109: from the working-solution tank through the beds. */
export function towerFlowM3s(x: Float64Array, u: Inputs): number {
  // hydroquinone beyond 9 g/L falls out and blocks the beds
  const clear = 1 - 0.1 * Math.min(1, x[X.solids]!);
  return D.SOLUTION_M3S * u.solutionPump * clear * Math.min(1, Math.max(0, x[X.wsM3]! / 5));
}
/** from the bottom of the beds to V-4102; a tower that was drained fills first */
export function towerOutM3s(x: Float64Array, u: Inputs): number {
  return towerFlowM3s(x, u) * Math.min(1, Math.max(0, x[X.towerM3]! / (3 * P.bedVolumeM3)));
}
export function separatorOutM3s(x: Float64Array, u: Inputs): number {
  return D.SOLUTION_M3S * 2 * u.separatorValve * Math.min(1, Math.max(0, x[X.sepM3]! / 0.2));
}
export function oxidiserFeedM3s(x: Float64Array, u: Inputs): number {
  return (D.SOLUTION_M3S * u.feedPump * Math.max(0, x[X.tankM3]!)) / P.hydrogenatedTankM3;
}
export function towerPressureMPa(x: Float64Array): number {
  const mol = x[X.hH2Mol]! + x[X.hN2Mol]! + x[X.hO2Mol]!;
  return ((D.HYDROGENATOR_MPA + D.ATMOSPHERE_MPA) * mol) / D.TOWER_GAS_MOL - D.ATMOSPHERE_MPA;
}
/** H2 feed in mol/s; the valve is sized for twice the design flow */
export function hydrogenFeedMols(u: Inputs): number {
  return Math.max(u.hydrogen, 0.15 * u.hydrogenLeak) * 2 * D.HYDROGEN_MOLS;
}

export function hydrogenation(x: Float64Array, dx: Float64Array, u: Inputs): void {
  const flow = towerFlowM3s(x, u);
  const wsM3 = Math.max(1, x[X.wsM3]!);
  const consumed = beds(x, dx, u, flow, wsM3);
  gas(x, dx, u, flow, wsM3, consumed);
  separatorAndTank(x, dx, u);
  deadLegs(x, dx, u);
  const gramsL = ((x[X.h3Mol]! / bedM3(x)) * P.peroxideMolarMassGMol) / 1000;
  dx[X.solids] = Math.max(0, gramsL - 9) / 900 - x[X.solids]! / 7200;
  dx[X.bHydrogenated] = consumed;
}

function beds(x: Float64Array, dx: Float64Array, u: Inputs, flow: number, wsM3: number): number {
  const total = Math.max(1, x[X.hH2Mol]! + x[X.hN2Mol]! + x[X.hO2Mol]!);
  const volume = bedM3(x);
  const out = towerOutM3s(x, u);
  const drained = towerDrainM3s(x, u);
  // the level falls or rises in all three alike
  const swell = (flow - out - drained) / 3;
  dx[X.towerM3] = flow - out - drained;
  const activity = (1 + 0.33 * u.overHydrogenation) * Math.min(1, volume / P.bedVolumeM3) * (P.standingActivity + (1 - P.standingActivity) * Math.min(1, (4 * flow) / D.SOLUTION_M3S));
  // the bed sees pure hydrogen at the top and tail gas at the bottom
  const drive = (x[X.hH2Mol]! / total + 1) / (1 + P.tailHydrogenFraction);
  const pressure = (drive * total) / D.TOWER_GAS_MOL;
  const starved = Math.min(1, x[X.hH2Mol]! / 300);
  let consumed = 0;
  let inMol = (flow * x[X.wsAhq]!) / wsM3;
  let inC = D.HYDROGENATOR_INLET_C + 0.15 * (x[X.wsC]! - D.SOLUTION_TANK_C);
  let removedW = flow * D.SOLUTION_J_M3K * (x[X.wsC]! - inC) + drained * D.SOLUTION_J_M3K * x[X.h3C]!;
  let inM3s = flow;
  for (let i = 0; i < 3; i++) {
    const mol = x[BED_MOL[i]!]!;
    const tempC = x[BED_TEMP[i]!]!;
    const room = Math.max(0, 1 - mol / volume / QUINONE_LIMIT_MOL_M3) / (1 - ((i + 1) * D.AHQ_MOL_M3) / 3 / QUINONE_LIMIT_MOL_M3);
    const rate = activity * (D.HYDROGEN_MOLS / 3) * arrheniusRatio(P.hydrogenationEnergyJMol, tempC, D.BED_C[i]!) * pressure * starved * room;
    const outM3s = inM3s - swell;
    const outMol = (outM3s * mol) / volume;
    dx[BED_MOL[i]!] = inMol - outMol + rate;
    const gainW = u.catalystSteam * 2e6 - 300 * (tempC - 30);
    // hydrogen and nitrogen carry little heat, but all there is once the circulation stands: the bed cools under a nitrogen purge (A4-9)
    const purgeW = u.nitrogen * (1 - Math.min(1, u.solutionPump)) * NITROGEN_W_K * (tempC - 30);
    removedW += purgeW - gainW;
    dx[BED_TEMP[i]!] = (inM3s * D.SOLUTION_J_M3K * (inC - tempC) + rate * P.hydrogenationHeatJMol + gainW - purgeW) / (volume * D.SOLUTION_J_M3K);
    consumed += rate;
    inMol = outMol;
    inM3s = outM3s;
    inC = tempC;
  }
  dx[X.bLoopJ] = removedW;
  return consumed;
}

function gas(x: Float64Array, dx: Float64Array, u: Inputs, flow: number, wsM3: number, consumed: number): void {
  const total = Math.max(1, x[X.hH2Mol]! + x[X.hN2Mol]! + x[X.hO2Mol]!);
  const hydrogenFraction = x[X.hH2Mol]! / total;
  const gauge = Math.max(0, towerPressureMPa(x));
  // while it is purged, and hydrogen is shut, the vent stands wide open
  const purging = u.nitrogen * (u.hydrogen < 0.01 ? 1 : 0);
  const wide = 1 + (P.purgeVentFactor - 1) * purging;
  const vent = (D.TAIL_MOLS * gauge * wide) / D.HYDROGENATOR_MPA + u.reliefOpen * 30 * gauge;
  const peroxideIn = (flow * x[X.wsPer]!) / wsM3;
  const nitrogen = D.MAKEUP_NITROGEN_MOLS + u.nitrogen * 40 * Math.max(0, 1 - gauge / 0.25);
  dx[X.hH2Mol] = hydrogenFeedMols(u) - consumed - vent * hydrogenFraction - P.recombination * peroxideIn;
  const oxygenFraction = x[X.hO2Mol]! / total;
  dx[X.hN2Mol] = nitrogen - vent * (1 - hydrogenFraction - oxygenFraction);
  dx[X.hO2Mol] = -vent * oxygenFraction;
  const released = (peroxideIn / 2) * (1 - P.recombination);
  dx[X.tailO2Mol] = released + vent * oxygenFraction - ((vent + released + nitrogen - D.MAKEUP_NITROGEN_MOLS) * x[X.tailO2Mol]!) / D.TAIL_GAS_MOL;
  dx[X.bPalladium] = peroxideIn;
}

/** dead legs that the nitrogen does not reach: vol% of hydrogen and oxygen there; a long purge gets them too (F4-15) */
function deadLegs(x: Float64Array, dx: Float64Array, u: Inputs): void {
  const purge = u.nitrogen / 1500;
  // at an opened flange or manhole the tower gas meets the air
  const total = Math.max(1, x[X.hH2Mol]! + x[X.hN2Mol]! + x[X.hO2Mol]!);
  const towerIn = (u.opened * ((100 * x[X.hH2Mol]!) / total - x[X.deadH2]!)) / P.openedMixS;
  const airIn = (u.opened * Math.max(0, 12 - x[X.deadO2]!)) / P.openedMixS;
  const hydrogenIn = u.purgeShort > 0 && u.hydrogen > 0.01 ? (6 - x[X.deadH2]!) / 120 : 0;
  dx[X.deadH2] = (u.purgeShort * Math.max(0, 0.9 - x[X.deadH2]!)) / 60 + hydrogenIn + towerIn - purge * x[X.deadH2]!;
  dx[X.deadO2] = (Math.min(1, u.purgeShort) * Math.max(0, 3 * u.purgeShort - x[X.deadO2]!)) / 60 + airIn - purge * x[X.deadO2]!;
}

function separatorAndTank(x: Float64Array, dx: Float64Array, u: Inputs): void {
  const flow = towerOutM3s(x, u);
  const sepM3 = Math.max(0.05, x[X.sepM3]!);
  const out = separatorOutM3s(x, u);
  dx[X.sepM3] = flow - out;
  dx[X.sepMol] = (flow * x[X.h3Mol]!) / bedM3(x) - (out * x[X.sepMol]!) / sepM3;
  dx[X.sepC] = (flow / sepM3) * (x[X.h3C]! - x[X.sepC]!);
  const tankM3 = Math.max(1, x[X.tankM3]!);
  const feed = oxidiserFeedM3s(x, u);
  dx[X.tankM3] = out - feed;
  dx[X.tankMol] = (out * x[X.sepMol]!) / sepM3 - (feed * x[X.tankMol]!) / tankM3;
  dx[X.tankC] = (out / tankM3) * (x[X.sepC]! - x[X.tankC]!);
}
