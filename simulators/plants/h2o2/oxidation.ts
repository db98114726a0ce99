/**
 * R-4201: three sections in series, each with liquid, gas and coil; V-4202; acidity. Co-current: air and solution enter the first section together;
 * counter-current: air enters the last one and the solution gathers at the tower bottom (bottom.ts).
 * Equations: research/simulators.md 5.2: r = k c^0.7 pO2^1.4; peroxide decomposition grows where the acid is missing (A4-7).
 */
import { arrheniusRatio } from '../../kernel/arrhenius.ts';
import { bottomOutM3s, towerBottom } from './bottom.ts';
import * as D from './design-point.ts';
import { oxidiserDrainM3s, sectionM3 } from './drain.ts';
import { oxidiserFeedM3s } from './hydrogenation.ts';
import type { Inputs } from './inputs.ts';
import { P } from './parameters.ts';
import { X } from './states.ts';

const AHQ = [X.o1Ahq, X.o2Ahq, X.o3Ahq] as const;
const PER = [X.o1Per, X.o2Per, X.o3Per] as const;
const TEMP = [X.o1C, X.o2C, X.o3C] as const;
const OXYGEN = [X.o1O2, X.o2O2, X.o3O2] as const;
/** F4-02F: how the heat that passes the exchanger spreads over the sections */
const BYPASS_SHARE = [0.24, 0.34, 0.42] as const;
const BOILING_W_K = 4e6;
const OXIDISER_GAS_MOL_MPA = (120e6 / (8.314462618 * 323.15)) as number;
const VENT_MOLS = D.AIR_MOLS - D.HYDROGEN_MOLS * (D.CONVERSION[0] + D.CONVERSION[1] + D.CONVERSION[2]);

export function oxidiserOutM3s(x: Float64Array, u: Inputs): number {
  return D.SOLUTION_M3S * 2 * u.oxidiserValve * u.extractionOpen * Math.max(0, 1 - u.blockage) * Math.min(1, Math.max(0, x[X.osM3]! / 0.2));
}

/** factor on the decomposition rate: one from the design acidity upwards, growing by decades below 3 mg/L */
export function acidFactor(acidityMgL: number): number {
  return 10 ** (P.acidDecades * Math.max(0, 3 - Math.max(-1, acidityMgL)));
}

export function oxidation(x: Float64Array, dx: Float64Array, u: Inputs): void {
  const flow = oxidiserFeedM3s(x, u);
  const cooling = (Math.max(0, u.coolingM3h) / D.COOLING_M3H) ** 0.6;
  const cooledC = x[X.tankC]! - Math.min(0.9, D.FEED_COOLER_EFFECT * cooling) * (x[X.tankC]! - P.coolingWaterC);
  dx[X.coolerC] = (cooledC - x[X.coolerC]!) / P.coolerLagS;
  dx[X.bLoopJ] = dx[X.bLoopJ]! + flow * D.SOLUTION_J_M3K * (x[X.tankC]! - x[X.coolerC]!);
  sections(x, dx, u, flow, cooling);
  towerBottom(x, dx, u, towerOutM3s(x, flow));
  separator(x, dx, u, flow);
  acidity(x, dx, u, flow);
}

/** out of the last section; a tower that was drained fills first */
function towerOutM3s(x: Float64Array, flow: number): number {
  return flow * Math.min(1, Math.max(0, x[X.oxM3]! / (3 * P.sectionM3)));
}

const GAS_IN = new Float64Array(3);
const OXYGEN_IN = new Float64Array(3);
const REACTED = new Float64Array(3);
const DECOMPOSED = new Float64Array(3);

/** rates of the three sections, and what gas enters each: from the first to the last or, counter-current, from the last to the first */
function reactions(x: Float64Array, u: Inputs, gasMol: number, pressure: number, volume: number): void {
  const acid = acidFactor(x[X.acidOx]!);
  const counter = u.counterCurrent > 0.5;
  const designs = counter ? D.SECTIONS_COUNTER_CURRENT : D.SECTIONS;
  let gasIn = D.AIR_MOLS * u.air;
  let oxygenIn = gasIn * D.AIR_OXYGEN;
  for (let k = 0; k < 3; k++) {
    const i = counter ? 2 - k : k;
    const tempC = x[TEMP[i]!]!;
    const ahq = Math.max(0, x[AHQ[i]!]!) / volume;
    const y = Math.min(1, Math.max(0, x[OXYGEN[i]!]! / gasMol));
    const reacted = Math.min(1, volume / P.sectionM3) * designs[i]!.activityMolS * arrheniusRatio(P.oxidationEnergyJMol, tempC, D.SECTION_C[i]!) * power07(ahq) * (y * pressure) ** 1.4;
    const decomposed = P.oxidiserDecomposition50PerS * arrheniusRatio(P.metalEnergyJMol, tempC, 50) * acid * x[PER[i]!]!;
    GAS_IN[i] = gasIn;
    OXYGEN_IN[i] = oxygenIn;
    REACTED[i] = reacted;
    DECOMPOSED[i] = decomposed;
    gasIn = Math.max(0, gasIn - reacted + decomposed / 2);
    oxygenIn = gasIn * y;
  }
}

function sections(x: Float64Array, dx: Float64Array, u: Inputs, flow: number, cooling: number): void {
  const feedM3 = Math.max(1, x[X.tankM3]!);
  const pressure = Math.max(0, (x[X.oMPa]! + D.ATMOSPHERE_MPA) / (D.OXIDISER_MPA + D.ATMOSPHERE_MPA));
  const gasMol = D.SECTION_GAS_MOL * pressure;
  const volume = sectionM3(x);
  reactions(x, u, gasMol, pressure, volume);
  const drained = oxidiserDrainM3s(x, u);
  const out = towerOutM3s(x, flow);
  const swell = (flow - out - drained) / 3;
  dx[X.oxM3] = flow - out - drained;
  const designs = u.counterCurrent > 0.5 ? D.SECTIONS_COUNTER_CURRENT : D.SECTIONS;
  let inM3s = flow;
  let ahqIn = (flow * x[X.tankMol]!) / feedM3;
  let perIn = 0;
  let inC = x[X.coolerC]!;
  let reactedAll = 0;
  let decomposedAll = 0;
  let removedAll = drained * D.SOLUTION_J_M3K * x[X.o3C]!;
  for (let i = 0; i < 3; i++) {
    const tempC = x[TEMP[i]!]!;
    const reacted = REACTED[i]!;
    const decomposed = DECOMPOSED[i]!;
    const y = Math.min(1, Math.max(0, x[OXYGEN[i]!]! / gasMol));
    const outM3s = inM3s - swell;
    const ahqOut = (outM3s * x[AHQ[i]!]!) / volume;
    const perOut = (outM3s * x[PER[i]!]!) / volume;
    const gasOut = Math.max(0, GAS_IN[i]! - reacted + decomposed / 2);
    dx[AHQ[i]!] = ahqIn - ahqOut - reacted;
    dx[PER[i]!] = perIn - perOut + reacted - decomposed;
    dx[OXYGEN[i]!] = OXYGEN_IN[i]! - gasOut * y - reacted + decomposed / 2;
    const reactionW = reacted * P.oxidationHeatJMol + decomposed * P.decompositionHeatJMol;
    const takenW = removedW(tempC, designs[i]!.coilWK, cooling, u) - u.hotBypass * P.fastBypassW * BYPASS_SHARE[i]! * (flow / D.SOLUTION_M3S);
    dx[TEMP[i]!] = (inM3s * D.SOLUTION_J_M3K * (inC - tempC) + reactionW - takenW) / (volume * D.SOLUTION_J_M3K);
    ahqIn = ahqOut;
    perIn = perOut;
    inC = tempC;
    inM3s = outM3s;
    removedAll += takenW;
    reactedAll += reacted;
    decomposedAll += decomposed;
  }
  const over = (x[X.oMPa]! - D.OXIDISER_MPA) / D.OXIDISER_MPA;
  const vent = (VENT_MOLS * Math.max(0, x[X.oMPa]!)) / D.OXIDISER_MPA * Math.max(0, 1 + 5 * over);
  dx[X.oMPa] = (D.AIR_MOLS * u.air - reactedAll + decomposedAll / 2 - vent) / OXIDISER_GAS_MOL_MPA;
  dx[X.bOxidised] = reactedAll;
  dx[X.bDecomposed] = decomposedAll;
  dx[X.bLoopJ] = dx[X.bLoopJ]! + removedAll;
}

function removedW(tempC: number, coilWK: number, cooling: number, u: Inputs): number {
  const coil = coilWK * cooling * (tempC - P.coolingWaterC);
  const emergency = u.emergencyCooling * P.emergencyCoolingWK * (tempC - P.emergencyWaterC);
  return coil + emergency + BOILING_W_K * Math.max(0, tempC - P.boilingC);
}

/** c^0.7 with a finite slope at zero, so that the solver can walk to an empty section */
function power07(c: number): number {
  return c / (c + 1e-3) ** 0.3;
}

function separator(x: Float64Array, dx: Float64Array, u: Inputs, flow: number): void {
  const m3 = Math.max(0.05, x[X.osM3]!);
  const out = oxidiserOutM3s(x, u);
  const counter = u.counterCurrent > 0.5;
  const inM3s = counter ? bottomOutM3s(x, u) : towerOutM3s(x, flow);
  const fromM3 = counter ? Math.max(0.05, x[X.botM3]!) : sectionM3(x);
  dx[X.osM3] = inM3s - out;
  dx[X.osAhq] = (inM3s * x[counter ? X.botAhq : X.o3Ahq]!) / fromM3 - (out * x[X.osAhq]!) / m3;
  dx[X.osPer] = (inM3s * x[counter ? X.botPer : X.o3Per]!) / fromM3 - (out * x[X.osPer]!) / m3;
  dx[X.osC] = (inM3s / m3) * (x[counter ? X.botC : X.o3C]! - x[X.osC]!);
}

/** mg/L = g/m3; dosing in g/s. The automatic line doses into the loop; after a trip for low acid it goes straight to the oxidiser. */
function acidity(x: Float64Array, dx: Float64Array, u: Inputs, flow: number): void {
  const dosed = ((u.acidLh * P.acidSolutionKgL + u.manualAcid * 20) * 1000) / D.SECONDS_PER_HOUR;
  const alkali = ((flow / D.SOLUTION_M3S) * (P.alkaliKgH + u.alkaliKgH) * 1000) / D.SECONDS_PER_HOUR;
  const direct = flow < 0.02 * D.SOLUTION_M3S ? 0.5 : 0;
  dx[X.acidOx] = (flow * (x[X.acidLoop]! - x[X.acidOx]!) + direct * dosed) / P.acidOxidisedM3;
  dx[X.acidLoop] = (flow * (P.acidKept * x[X.acidOx]! - x[X.acidLoop]!) + (1 - direct) * dosed - alkali) / P.acidLoopM3;
}
