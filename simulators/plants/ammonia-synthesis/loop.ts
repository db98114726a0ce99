/** Compressor, loop with converter and separator, flash drum, boiler and chiller. Flows in kmol/s and kg/s, pressures in MPa gauge, temperatures in degC. */
import type { OrificeGas } from '../../kernel/flow.ts';
import { GAS_CONSTANT_J_MOL_K, orificeFlowKgS } from '../../kernel/flow.ts';
import type { ConverterFeed, ConverterResult } from './converter.ts';
import { CONVERTER, converter } from './converter.ts';
import type { Inputs } from './inputs.ts';
import type { PlantMemory } from './memory.ts';
import { P } from './parameters.ts';
import { X } from './states.ts';

export const H2_KG = 2.016, N2_KG = 28.014, NH3_KG = 17.03, INERT_KG = 16.04;
const ATM_MPA = 0.1013;
export const REFERENCE_KG_S = (CONVERTER.feedTh + CONVERTER.quenchTh[0] + CONVERTER.quenchTh[1] + CONVERTER.quenchTh[2]) / 3.6;
/** shell and annulus that a standing basket cools towards, degC, and how fast, s [A]; what air does to the top of the bed, K/s [A] */
const BASKET_C = 150, BASKET_S = 5000, AIR_K_S = 2;
/** natural convection through a converter whose circulator stands */
const STANDING = 0.004;

export const loopKmol = (x: Float64Array): number => x[X.nH2]! + x[X.nN2]! + x[X.nNH3]! + x[X.nInert]!;
/** MPa gauge */
export const loopMPa = (x: Float64Array): number => (P.compressibility * loopKmol(x) * GAS_CONSTANT_J_MOL_K * P.loopK) / P.loopM3 / 1000 - ATM_MPA;
/** saturation pressure of ammonia, bar (Antoine, NIST) */
export const ammoniaBar = (tempC: number): number => 10 ** (4.86886 - 1113.928 / (tempC + 273.15 - 10.409));
/** volume fraction in the gas of the separator */
export const saturated = (tempC: number, bar: number): number => Math.min(0.9, (P.poynting * ammoniaBar(tempC)) / bar);
/** limit of swinging in bar absolute: fit of the eigenvalues of the 30-cell model over 238-256 degC, 2.5-6 % NH3, activity 3.5-4.75 [C], within 5 bar */
export const hopfBar = (feedC: number, ammoniaPct: number, activity: number): number =>
  177.5 + 21.58 * (ammoniaPct - 4.17) - 1.95 * (feedC - 250) - 25.07 * (activity - CONVERTER.activity) - 0.165 * (feedC - 250) * (ammoniaPct - 4.17);

export const BREAK_THROUGH: OrificeGas = { heatRatio: 1.4, molarMassKgMol: P.breakThroughKgMol, temperatureK: P.breakThroughK, compressibility: 1 };
/** kg/s of gas through the letdown when the separator is empty; `opening` 0.5 is the normal one */
export const breakThroughKgS = (opening: number, loopBar: number, flashBar: number): number =>
  orificeFlowKgS(P.letdownCd * P.letdownM2 * (opening / 0.5), loopBar * 1e5, flashBar * 1e5, BREAK_THROUGH);
/** MPa/s in the flash drum for one kg/s of gas */
export const FLASH_MPA_PER_KG = (GAS_CONSTANT_J_MOL_K * P.breakThroughK) / P.breakThroughKgMol / P.flashM3 / 1e6;
export const flashMPa = (x: Float64Array): number => x[X.flashKmol]! * (GAS_CONSTANT_J_MOL_K * P.breakThroughK) / P.flashM3 / 1000 - ATM_MPA;

export interface LoopNow { feed: ConverterFeed; result: ConverterResult; mpa: number; letdownKgS: number; blowKgS: number; flashGasKgS: number; psvKgS: number; ventKmolS: number; tubeKgS: number; coilKgS: number; drumVentKgS: number; chillerVentKgS: number }

/** The vent of the boiler drum shuts towards 2 MPa over this band, as a pressure controller does; a switch here would chatter and cost the solver everything. [A] */
const VENT_BAND_MPA = 0.2;

export function newLoopNow(): LoopNow {
  return {
    feed: { feedKgS: 0, quench1KgS: 0, quench2KgS: 0, quench3KgS: 0, feedC: 250, pressureBar: 200, activity: 4.75, hydrogenKmolKg: 0, nitrogenKmolKg: 0, ammoniaKmolKg: 0, inertKmolKg: 0 },
    result: { outletAmmonia: 0, outletKgS: 0, bedOutletC: 0, effluentC: 0, formedKgS: 0 },
    mpa: 0, letdownKgS: 0, blowKgS: 0, flashGasKgS: 0, psvKgS: 0, ventKmolS: 0, tubeKgS: 0, coilKgS: 0, drumVentKgS: 0, chillerVentKgS: 0,
  };
}

export function synthesis(x: Float64Array, dx: Float64Array, u: Inputs, m: PlantMemory, now: LoopNow, makeUp: number): void {
  const kmol = Math.max(1e-6, loopKmol(x));
  const mpa = loopMPa(x);
  const bar = Math.max(0.5, (mpa + ATM_MPA) * 10);
  const kg = x[X.nH2]! * H2_KG + x[X.nN2]! * N2_KG + x[X.nNH3]! * NH3_KG + x[X.nInert]! * INERT_KG;
  const { feed, result } = now;
  now.mpa = mpa;
  // --- converter
  const flow = Math.max(STANDING, u.circulator) * Math.min(1, bar / 60);
  feed.feedKgS = (CONVERTER.feedTh / 3.6) * flow;
  feed.quench1KgS = (CONVERTER.quenchTh[0] / 3.6) * flow * u.quench1;
  feed.quench2KgS = (CONVERTER.quenchTh[1] / 3.6) * flow * u.quench2;
  feed.quench3KgS = (CONVERTER.quenchTh[2] / 3.6) * flow * u.quench3;
  feed.feedC = x[X.feedC]!;
  feed.pressureBar = bar;
  feed.activity = u.activity;
  feed.hydrogenKmolKg = x[X.nH2]! / kg;
  feed.nitrogenKmolKg = x[X.nN2]! / kg;
  feed.ammoniaKmolKg = x[X.nNH3]! / kg;
  feed.inertKmolKg = x[X.nInert]! / kg;
  converter(x, dx, X.cat1C, feed, result);
  const lostMW = standing(x, dx, u);
  dx[X.feedC] = (u.feedWantC - x[X.feedC]!) / 120;
  let hot = 0;
  for (let i = 0; i < 30; i++) hot = Math.max(hot, x[X.cat1C + i]!);
  const shell = 30 + 0.6 * (feed.feedC) + Math.max(0, hot - 525) * 1.2 + (u.circulator < 0.3 ? 30 : 0) + u.loopAir * 150;
  dx[X.shellC] = (shell - x[X.shellC]!) / 400;
  // --- what the converter makes, what the separator takes out
  const F = result.outletKgS;
  const made = result.formedKgS / NH3_KG;
  const rest = F * (feed.hydrogenKmolKg + feed.nitrogenKmolKg + feed.inertKmolKg) - 2 * made;
  const ammoniaOut = F * feed.ammoniaKmolKg + made;
  const y = saturated(x[X.chillC]!, bar);
  const condensed = Math.max(0, ammoniaOut - (y / (1 - y)) * rest);
  // --- what leaves the loop as it is: purge, vent, leaks, letdown without liquid
  now.blowKgS = x[X.sepKg]! < 60 ? breakThroughKgS(u.letdown * u.letdownShut, bar, (flashMPa(x) + ATM_MPA) * 10) * (1 - Math.max(0, x[X.sepKg]! / 60)) : 0;
  now.ventKmolS = u.loopVent * 3.2 * Math.min(1, Math.max(0, mpa) / 14);
  now.tubeKgS = u.tubeLeakKgS * Math.min(1, Math.max(0, (mpa - x[X.drumMPa]!) / 15.9));
  now.coilKgS = u.coilLeakKgS * Math.min(1, Math.max(0, (mpa - x[X.chillerMPa]!) / 19.4));
  const asItIs = (P.loopPurgeKmolS * (mpa > 5 ? u.circulator : 0) + u.extraPurge + now.ventKmolS) / kmol + (now.blowKgS + now.tubeKgS + now.coilKgS + u.synLeak * 0.01 * Math.max(0, mpa) / 20) / kg;
  const nitrogen = u.loopNitrogen * Math.max(0, 0.4 * (Math.min(u.nitrogenMPa, 0.6) - mpa));
  const inertIn = makeUp * P.inertShare;
  const h2In = (makeUp - inertIn) * 0.75, n2In = (makeUp - inertIn) * 0.25;
  dx[X.nH2] = h2In - 1.5 * made - asItIs * x[X.nH2]!;
  dx[X.nN2] = n2In + nitrogen - 0.5 * made - asItIs * x[X.nN2]!;
  dx[X.nNH3] = made - condensed - asItIs * x[X.nNH3]!;
  dx[X.nInert] = inertIn - asItIs * x[X.nInert]!;
  dx[X.chillC] = (P.chillC + u.chillBiasC + 40 * (x[X.chillerMPa]! - P.chillerMPa) - x[X.chillC]!) / 150;
  separation(x, dx, u, m, now, condensed);
  // --- boundary integrals: atoms that came in less atoms that left the gas of the loop and the separator
  const letdownKmol = now.letdownKgS / NH3_KG;
  dx[X.bLoopH] = 2 * h2In - asItIs * (2 * x[X.nH2]! + 3 * x[X.nNH3]!) - 3 * letdownKmol;
  dx[X.bLoopN] = 2 * (n2In + nitrogen) - asItIs * (2 * x[X.nN2]! + x[X.nNH3]!) - letdownKmol;
  dx[X.bConverterMJ] = (F * CONVERTER.gasJKgK * (feed.feedC - result.effluentC) + result.formedKgS * CONVERTER.heatJKg) / 1e6 - lostMW;
}

/**
 * Without circulation the basket gives its heat to the shell within hours; air at a hot catalyst burns it. Adds to the cells, returns what is lost, MW.
 */
function standing(x: Float64Array, dx: Float64Array, u: Inputs): number {
  const still = Math.max(0, 1 - u.circulator / 0.3);
  if (still === 0 && u.loopAir === 0) return 0;
  let lostMW = 0;
  for (let i = 0; i < 30; i++) {
    const change = (-still * (x[X.cat1C + i]! - BASKET_C)) / BASKET_S + (i < 3 ? u.loopAir * AIR_K_S : 0);
    dx[X.cat1C + i] = dx[X.cat1C + i]! + change;
    lostMW -= (change * CONVERTER.bedM3[Math.floor(i / 10)]! * CONVERTER.catalystKgM3 * CONVERTER.catalystJKgK) / 10 / 1e6;
  }
  return lostMW;
}

function separation(x: Float64Array, dx: Float64Array, u: Inputs, m: PlantMemory, now: LoopNow, condensedKmol: number): void {
  const wet = Math.min(1, Math.max(0, x[X.sepKg]! / 60));
  now.letdownKgS = 2 * P.letdownKgS * u.letdown * u.letdownShut * wet * Math.sqrt(Math.max(0, (now.mpa - flashMPa(x)) / 18.1));
  dx[X.sepKg] = condensedKmol * NH3_KG - now.letdownKgS;
  const flashed = now.letdownKgS * P.flashGasShare;
  const mpa = flashMPa(x);
  now.flashGasKgS = 0.26 * u.flashGas * Math.max(0, mpa) / P.flashMPa;
  now.psvKgS = m.flashPsv ? P.flashPsvKgS * Math.max(0, mpa) / P.flashPsvMPa : 0;
  const burst = m.flashBurst ? 20 * Math.max(0, mpa) : 0;
  const product = 2 * P.letdownKgS * u.flashLiquid * (x[X.flashKg]! > 50 ? 1 : 0);
  dx[X.flashKg] = now.letdownKgS - flashed - product;
  // flash gas is counted with the molar mass of the break-through gas: only its pressure matters
  dx[X.flashKmol] = (flashed + now.blowKgS - now.flashGasKgS - now.psvKgS - burst) / (P.breakThroughKgMol * 1000);
  // --- boiler: steam from the effluent's heat, gas from a broken tube
  const steam = now.result.formedKgS / P.letdownKgS;
  now.drumVentKgS = u.drumVent * 6 * Math.max(0, x[X.drumMPa]!) / P.drumMPa;
  dx[X.drumMPa] = (steam - 2 * u.steamValve * Math.max(0, x[X.drumMPa]!) / P.drumMPa) * 0.01 + (now.tubeKgS - now.drumVentKgS * Math.min(1, Math.max(0, (x[X.drumMPa]! - 2) / VENT_BAND_MPA))) * P.drumMPaPerKg * (m.drumBurst ? 0 : 1) - (m.drumBurst ? x[X.drumMPa]! : 0);
  dx[X.drumPct] = 0.15 * (u.feedWater * 2 - steam) - 0.05 * now.tubeKgS;
  const steamKmol = Math.max(0.02, 0.23 * steam);
  const h2ppm = Math.min(5000, (1e6 * now.tubeKgS * 0.084) / steamKmol);
  dx[X.drumH2] = (h2ppm - x[X.drumH2]!) / 30;
  // --- chiller
  const load = Math.min(1.5, steam);
  now.chillerVentKgS = u.chillerVent * 0.4 * Math.max(0, x[X.chillerMPa]!) / P.chillerMPa;
  dx[X.chillerMPa] = 0.0008 * (load - 2 * u.chillerCompressor * Math.max(0, x[X.chillerMPa]!) / P.chillerMPa) + (now.coilKgS - now.chillerVentKgS * (x[X.chillerMPa]! > 0.1 ? 1 : 0)) * P.chillerMPaPerKg;
  const chillerPpm = Math.min(5000, now.coilKgS * 30_000);
  dx[X.chillerH2] = (chillerPpm - x[X.chillerH2]!) / 90;
}

/** K-3401: knock-out drum, last stage, current and vibration */
export function compressor(x: Float64Array, dx: Float64Array, u: Inputs, loop: number, suction: number, makeUp: number): void {
  const runs = u.compressor;
  const level = x[X.knockPct]!;
  dx[X.knockPct] = u.knockIn - u.knockDrain * 0.02 * Math.max(0, level - 5);
  const carried = Math.max(0, level - 30) * 0.0044 * runs;
  dx[X.liquid] = (carried - x[X.liquid]!) / 2;
  const pressure = runs > 0.2 ? loop - 0.3 + 0.2 * (makeUp / P.makeUpKmolS) ** 2 + u.dischargeBlocked * 2.2 : Math.max(0, Math.min(x[X.dischargeMPa]!, loop) * 0.3);
  dx[X.dischargeMPa] = (pressure - x[X.dischargeMPa]!) / (runs > 0.2 ? 6 : 40);
  const ratio = Math.max(1, (x[X.dischargeMPa]! + ATM_MPA) / (Math.max(0, suction) + ATM_MPA));
  // three stages; exponent (g - 1)/(g eta) with g 1.4 and eta 0.76; liquid that evaporates cools first [A]
  const last = (318 + 60 * u.coolLoss) * Math.min(3, ratio ** (1 / 2.71)) ** 0.376 - 273.15;
  dx[X.dischargeC] = ((runs > 0.2 ? last - 150 * x[X.liquid]! : 45) - x[X.dischargeC]!) / (runs > 0.2 ? 30 : 120);
  const loading = 0.35 + 0.65 * Math.min(1.3, makeUp / P.makeUpKmolS);
  dx[X.current] = (P.currentA * runs * loading * (1 + 2.5 * x[X.liquid]!) - x[X.current]!) / 2;
  dx[X.vibration] = ((runs > 0.2 ? 25 + 625 * x[X.liquid]! + u.houseLeak * 20 : 1) - x[X.vibration]!) / 3;
}
