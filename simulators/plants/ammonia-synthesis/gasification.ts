/** Gasification as differential equations: burner, gas, brick, oxygen line, quench chamber, crude gas. Flows in kmol/s, pressures in MPa gauge. */
import { conversionAt, FORMATION, GASIFIER, gasPressureMPa, gasTemperatureC, HEAT, NM3_KMOL, shiftEquilibrium, slurry } from './gasifier.ts';
import type { Inputs } from './inputs.ts';
import type { PlantMemory } from './memory.ts';
import { P } from './parameters.ts';
import { X } from './states.ts';

const ATM_MPA = 0.1013;
const NITROGEN_C = 25;
/** the bleed stands so much over the nitrogen header [A] */
const BLEED_MPA = 0.06;

export interface GasifierNow { tempC: number; pressureMPa: number; kmol: number; oxygenKmolS: number; outKmolS: number; purgeKmolS: number }

/** What can be read off the states. */
export function gasifierNow(x: Float64Array, u: Inputs): GasifierNow {
  const tempC = gasTemperatureC(x, X.gCO, x[X.gasMJ]!);
  let kmol = 0;
  for (let i = 0; i < 6; i++) kmol += x[X.gCO + i]!;
  const pressureMPa = gasPressureMPa(kmol, tempC);
  const head = x[X.oxygenMPa]! - pressureMPa;
  const oxygen = head > 0 ? (u.oxygenNm3h * (1 + u.headerSurge) * Math.min(u.oxygenOpen, u.burnerOpen) * Math.min(1, head / 0.3)) / NM3_KMOL / 3600 : 0;
  const drop = pressureMPa - crudeMPa(x);
  const conductance = (1.75 / P.slagDropMPa) * Math.max(0.002, 1 - u.slag);
  const purge = u.nitrogenPurge * P.purgeKmolS * (pressureMPa < 5.4 ? 1 : 0);
  return { tempC, pressureMPa, kmol, oxygenKmolS: oxygen, outKmolS: conductance * drop + (u.gasifierOpen > 0 ? 0.5 * Math.max(0, pressureMPa) : 0), purgeKmolS: purge };
}

export const crudeMPa = (x: Float64Array): number => x[X.crudeKmol]! / P.crudeKmolMPa - ATM_MPA;

/** kmol/s to the flare through XV-3105 and the safety valve, to the shift */
export function crudeFlows(x: Float64Array, u: Inputs, m: PlantMemory, headerMPa: number): { flare: number; shift: number } {
  const mpa = crudeMPa(x);
  const through = mpa > 0 ? (mpa > 0.1 ? mpa + ATM_MPA : Math.sqrt(mpa * 0.4)) / (P.gasifierMPa + ATM_MPA) : 0;
  const flare = P.flareValveKmolS * u.flareValve * through + (m.gasifierPsv ? 1.6 * through : 0);
  const shift = Math.max(0, u.crudeValve * (2 * P.dryKmolS / 0.25) * (mpa - headerMPa)) * (u.reducing > 0 ? 0 : 1);
  return { flare, shift };
}

export function gasification(x: Float64Array, dx: Float64Array, u: Inputs, m: PlantMemory, g: GasifierNow, toFlare: number, toShift: number): void {
  const feed = slurry(u.slurryM3h);
  const flame = x[X.flame]!;
  const tempC = g.tempC;
  // --- burner: fuel and oxygen meet; without flame both pass by
  const lights = u.slurryM3h > 15 && g.oxygenKmolS > 0.05 && u.flameOut < 0.5 ? (flame > 0.5 || u.ignition > 0 ? 1 : 0) : 0;
  dx[X.flame] = (lights - flame) / 0.4;
  const reacting = Math.max(0, Math.min(1, flame));
  const conversion = conversionAt(tempC) * reacting;
  const carbon = feed.carbon * conversion;
  const mostOxygen = (GASIFIER.mostOxygen * u.slurryM3h) / NM3_KMOL / 3600;
  const o2 = Math.max(0, x[X.gO2]!);
  // oxygen that finds fuel is gone within the flame; what comes late burns slowly as long as there is fire
  const direct = Math.min(g.oxygenKmolS, mostOxygen) * reacting;
  const late = (reacting * Math.min(1, u.slurryM3h / 30) * o2) / 1;
  const burnt = direct + late;
  const fromWater = carbon - feed.oxygen * reacting - 2 * burnt;
  const co = Math.max(0, x[X.gCO]!), h2 = Math.max(0, x[X.gH2]!), co2 = Math.max(0, x[X.gCO2]!), h2o = Math.max(0, x[X.gH2O]!);
  const kmol = Math.max(1e-3, g.kmol);
  const hot = tempC > 700 ? Math.min(1, (tempC - 700) / 200) : 0;
  const shift = ((hot / GASIFIER.shiftS) * (co * h2o - (co2 * h2) / shiftEquilibrium(tempC + 273.15))) / kmol;
  // --- what leaves takes the mixture with it
  const share = g.outKmolS / kmol;
  const steamIn = feed.water * Math.max(reacting, tempC > 300 ? 1 : 0);
  dx[X.gCO] = carbon - shift - share * x[X.gCO]!;
  dx[X.gH2] = feed.hydrogen2 * reacting + fromWater + shift - share * x[X.gH2]!;
  dx[X.gCO2] = shift - share * x[X.gCO2]!;
  dx[X.gH2O] = steamIn - fromWater - shift - share * x[X.gH2O]!;
  dx[X.gN2] = feed.nitrogen2 * reacting + g.purgeKmolS - share * x[X.gN2]!;
  dx[X.gO2] = g.oxygenKmolS - burnt - share * x[X.gO2]!;
  // --- energy: slurry in, gas out, slag, shell, brick. Slurry without flame leaves as it came; its water is heated by the brick.
  let outMW = 0;
  for (let i = 0; i < 6; i++) outMW += share * x[X.gCO + i]! * (FORMATION[i]! + HEAT[i]! * (tempC - 25));
  const coldWater = steamIn > 0 && reacting < 1 ? steamIn * (1 - reacting) * FORMATION[3] : 0;
  const brickMW = 0.05 * (x[X.brickC]! - tempC);
  const lossMW = GASIFIER.lossMW * (tempC / 1214) * reacting + 0.0005 * Math.max(0, tempC - 100) * (1 - reacting);
  const inMW = feed.enthalpyMW * reacting + coldWater + g.purgeKmolS * HEAT[4] * (NITROGEN_C - 25);
  const energy = inMW - outMW - lossMW - feed.ashKgS * GASIFIER.slagMJKg * reacting + brickMW;
  dx[X.gasMJ] = energy;
  // --- boundary integrals: what came in less what went out
  dx[X.bGasC] = carbon - share * (x[X.gCO]! + x[X.gCO2]!);
  dx[X.bGasH] = 2 * (feed.hydrogen2 * reacting + steamIn) - share * 2 * (x[X.gH2]! + x[X.gH2O]!);
  dx[X.bGasO] = feed.oxygen * reacting + steamIn + 2 * g.oxygenKmolS - share * (x[X.gCO]! + 2 * x[X.gCO2]! + x[X.gH2O]! + 2 * x[X.gO2]!);
  dx[X.bGasMJ] = energy;
  // --- brick: a face that follows the gas, a mass behind it
  const stream = Math.min(1, Math.max(0.02, Math.abs(g.outKmolS) / 1.6));
  dx[X.faceC] = (stream * (tempC - x[X.faceC]!)) / 19 + (x[X.brickC]! - x[X.faceC]!) / 80;
  dx[X.brickC] = (x[X.faceC]! - x[X.brickC]!) / 4000 - brickMW / 60 - 0.002 * (1 - reacting);
  // --- oxygen line between the block valves
  const backflow = x[X.oxygenMPa]! < g.pressureMPa ? 0.5 * (g.pressureMPa - x[X.oxygenMPa]!) * (0.03 + u.burnerOpen) : 0;
  const fill = u.oxygenOpen > 0.02 ? (P.oxygenHeaderMPa * (1 + 0.05 * u.headerSurge) - x[X.oxygenMPa]!) * 2 * u.oxygenOpen : 0;
  // nitrogen between the shut block valves keeps air and gas out of the line, vented or not
  const bleed = u.oxygenOpen < 0.02 ? 2 * Math.max(0, u.nitrogenMPa + BLEED_MPA - x[X.oxygenMPa]!) : 0;
  dx[X.oxygenMPa] = fill + bleed - (u.oxygenVent * Math.max(0, x[X.oxygenMPa]! - 0.01)) / 6 + backflow;
  dx[X.lineSyngas] = backflow * 0.5 - x[X.lineSyngas]! * (u.oxygenOpen > 0.5 ? 0.5 : 0);
  // --- quench chamber and crude gas piping
  // water goes with the gas and the slag; without fire nothing is drawn and the blow-down is shut
  dx[X.quenchPct] = 1.2 * (u.quenchIn - u.quenchOut) * (flame > 0.5 ? 1 : 0);
  const dryShare = Math.max(0, kmol - x[X.gH2O]!) / kmol;
  dx[X.crudeKmol] = g.outKmolS * dryShare - toFlare - toShift;
}
