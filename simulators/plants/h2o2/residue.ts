/**
 * Oxidation residue separator V-4204 and tank V-4205 (A4-8): an aqueous phase with peroxide and metal that heats itself; gas leaves by the top vents,
 * pure water dilutes (XV-4214), withdrawal empties (XV-4215). Source: research/simulators.md 5.2; times [A].
 */
import type { Inputs } from './inputs.ts';
import { P } from './parameters.ts';
import { X } from './states.ts';

/** MPa/s of gas at full self-heating, and what an open vent lets go per MPa */
const GAS_MPA_S = 1.2e-3;
const VENT_PER_S = 0.5;
const WATER_C = 25;

export function residue(x: Float64Array, dx: Float64Array, u: Inputs): void {
  const strength = x[X.resStrength]!;
  const reacting = u.residueHeat * strength;
  // what cannot evaporate stays as heat
  const confined = 1 + 5 * Math.max(0, x[X.resMPa]! - 0.02);
  dx[X.resC] = (38 - x[X.resC]!) / 3600 + reacting * confined * P.residueHeatKS - (u.residueWater * (x[X.resC]! - WATER_C)) / 300;
  dx[X.resTankC] = (32 - x[X.resTankC]!) / 7200 + reacting * confined * 0.3 * P.residueHeatKS - (u.residueWater * (x[X.resTankC]! - WATER_C)) / 600;
  dx[X.resStrength] = u.residueHeat > 0 || strength > 0.999 ? -strength * (u.residueWater / 180 + u.residueDrain / 600) : (1 - strength) / 3600;
  const level = x[X.resLevel]!;
  // 5.3 LI-4211: what comes above the overflow at the top leaves by it
  dx[X.resLevel] = (P.residueLevel - level) / P.residueSettleS + u.residueWater * P.residueWaterPerS - (u.residueDrain * level) / P.residueDrawS - Math.max(0, level - 98) / 10;
  // the two top spaces are one; each vent carries half
  const vent = 0.003 + 0.5 * u.residueVent + 0.5 * u.residueTankVent;
  dx[X.resMPa] = reacting * GAS_MPA_S - VENT_PER_S * vent * x[X.resMPa]!;
}
