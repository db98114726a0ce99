/**
 * Clay bed V-4402, preparation vessel R-4502 and product tank T-4801. Equations and figures: research/simulators.md 5.2.
 * The preparation vessel obeys A4-5 (vent open, no water), the clay bed A4-9 (no air), the tank is a Semenov body (A4-11).
 */
import { arrheniusRatio } from '../../kernel/arrhenius.ts';
import * as D from './design-point.ts';
import type { Inputs } from './inputs.ts';
import { P } from './parameters.ts';
import { solutionJKgK } from './solution.ts';
import { X } from './states.ts';

const TEMPS = [X.clayTopC, X.clayMidC, X.clayBotC] as const;
const HOT_SPOT_SHARE = [0.4, 1, 0.5] as const;
const SOLUTION_J_KGK = P.solutionHeatCapacityJKgK;
export const TANK_J_KGK = solutionJKgK(P.tankStrength);

export function storage(x: Float64Array, dx: Float64Array, u: Inputs): void {
  clayBed(x, dx, u);
  preparation(x, dx, u);
  productTank(x, dx, u);
}

function clayBed(x: Float64Array, dx: Float64Array, u: Inputs): void {
  const throughFlow = Math.max(0, 1 - u.clayHotSpot) * Math.min(1, u.solutionPump);
  const oxidation = 1 + u.clayAir;
  for (let i = 0; i < 3; i++) {
    const tempC = x[TEMPS[i]!]!;
    const selfHeat = (u.clayHotSpot + 0.15 * u.clayAir) * HOT_SPOT_SHARE[i]! * P.claySelfHeatKS * Math.exp((Math.min(250, tempC) - D.CLAY_C) / 60);
    const flow = (throughFlow * (D.CLAY_C - tempC)) / P.clayFlowTimeS;
    const steam = u.claySteam * 0.004 * Math.max(0, (150 - tempC) / 100);
    const nitrogen = (u.clayNitrogen * (35 - tempC)) / P.clayNitrogenTimeS;
    dx[TEMPS[i]!] = flow + selfHeat * oxidation * (1 - 0.85 * u.clayNitrogen) + steam + nitrogen;
  }
}

function preparation(x: Float64Array, dx: Float64Array, u: Inputs): void {
  const kg = Math.max(50, x[X.prepKg]!);
  const tempC = x[X.prepC]!;
  // water drags peroxide out of the solution into a phase of its own, where it falls apart faster (A4-5)
  const rate = P.prepRate45PerS * Math.min(200, arrheniusRatio(P.prepEnergyJMol, tempC, D.PREP_C)) * (1 + 2 * u.prepWater);
  const decomposed = rate * x[X.prepPer]!;
  const drainKgS = u.prepDrain * 31 * Math.min(1, Math.max(0, x[X.prepKg]!) / 500);
  const waterKgS = u.prepWater * 5;
  const flashMolS = waterKgS * 6 * Math.max(0, (tempC - 68) / 20);
  const feedKgS = (u.prepPeroxideMolS * P.peroxideMolarMassGMol) / 1000 / 0.7;
  const capacity = kg * SOLUTION_J_KGK;
  const heatW = decomposed * P.decompositionHeatJMol + u.prepSteam * D.PREP_STEAM_W - D.PREP_LOSS_WK * (tempC - 25) - u.prepCooling * 15e3 * (tempC - P.coolingWaterC)
    - waterKgS * 4180 * (tempC - 25) - flashMolS * 40e3 - feedKgS * 2900 * (tempC - 25) - 2e6 * Math.max(0, tempC - 105);
  // V30: heat removed less heat brought, the heat of what came and went and the reaction that it still could make
  dx[X.bPrepJ] = decomposed * P.decompositionHeatJMol - heatW - (feedKgS + waterKgS - drainKgS) * SOLUTION_J_KGK * tempC
    + P.decompositionHeatJMol * ((drainKgS * x[X.prepPer]!) / kg - u.prepPeroxideMolS);
  dx[X.prepKg] = feedKgS + waterKgS - drainKgS;
  dx[X.prepPer] = u.prepPeroxideMolS - decomposed - (drainKgS * x[X.prepPer]!) / kg;
  dx[X.prepC] = heatW / capacity;
  const boilMolS = (2e6 * Math.max(0, tempC - 105)) / 40e3;
  const opening = 0.02 + u.prepVent + 20 * u.prepDiscOpen;
  const ventMolS = opening * P.prepVentMolSMPa05 * rootFlow(x[X.prepMPa]!);
  dx[X.prepMPa] = (decomposed / 2 + flashMolS + boilMolS - ventMolS) / P.prepHeadspaceMolMPa;
}

/** sqrt of the gauge pressure with a finite slope near zero, so that an open vent is not a stiff corner */
function rootFlow(gaugeMPa: number): number {
  const p = Math.max(0, gaugeMPa);
  return p / Math.sqrt(p + 1e-3);
}

function productTank(x: Float64Array, dx: Float64Array, u: Inputs): void {
  const kg = x[X.prodKg]!;
  const tempC = x[X.prodC]!;
  const clean = P.cleanRate30PerS * Math.min(1e5, arrheniusRatio(P.cleanEnergyJMol, tempC, 30));
  const metal = P.cleanRate30PerS * x[X.prodMetal]! * Math.min(1e5, arrheniusRatio(P.metalEnergyJMol, tempC, 30));
  const decomposed = (clean + metal) * x[X.prodPer]!;
  const waterKgS = u.tankWater * 40;
  const uaWK = P.tankCoolingWK * (1 + 8 * u.tankSpray);
  // evaporation ends the rise near the boiling point of the solution
  const boilingW = 20e6 * Math.max(0, tempC - 112);
  const heatW = decomposed * P.decompositionHeatJMol - uaWK * (tempC - P.tankAmbientC) - waterKgS * 4180 * (tempC - 25) - boilingW;
  dx[X.bTankJ] = decomposed * P.decompositionHeatJMol - heatW - waterKgS * TANK_J_KGK * tempC;
  dx[X.prodKg] = waterKgS;
  dx[X.prodPer] = -decomposed;
  dx[X.prodC] = heatW / (kg * TANK_J_KGK);
  // f = 10^(4 severity): severity 1 is the F4-17 of the research note; stabiliser binds the metal
  const target = u.tankContamination > 0 ? 10 ** (4 * Math.min(1.5, u.tankContamination)) : 0;
  dx[X.prodMetal] = (Math.max(0, target - x[X.prodMetal]!) / 60) * (1 - u.tankStabiliser) - (u.tankStabiliser * x[X.prodMetal]!) / P.stabiliserTimeS;
  const restKPa = 0.5;
  const gasMolS = decomposed / 2 + boilingW / 40e3;
  dx[X.prodKPa] = (gasMolS - (P.tankVentMolSKPa * Math.max(-1, x[X.prodKPa]! - restKPa)) / Math.sqrt(Math.abs(x[X.prodKPa]! - restKPa) + 0.5)) / 60;
}
