/** Shift, reformer, methanation and the suction of the compressor. Flows in kmol/s of dry make-up gas unless the name says otherwise, pressures in MPa gauge. */
import type { Inputs } from './inputs.ts';
import { P } from './parameters.ts';
import { X } from './states.ts';
import { NM3_KMOL } from './gasifier.ts';

const ATM_MPA = 0.1013;
const SHIFT_INLET_C = 265;
const METH_INLET_C = 310;
/** K that one mol % heats the gas by when all of it turns to methane */
const CO_RISE_K = P.methanationMJKmol / 100 / P.methGasMJK, CO2_RISE_K = P.sabatierMJKmol / 100 / P.methGasMJK;
const REDUCTION_INLET_C = 200;
/** mol % of the wet gas that the instrumented bed turns over: 265 -> 415 degC at 12 K a per cent; the rest is done in the cold bed behind it [A] */
const BED_CONVERSION = [5, 3.33, 2.5, 1.67] as const;

export const headerMPa = (x: Float64Array): number => x[X.headerKmol]! / P.headerKmolMPa - ATM_MPA;
export const methMPa = (x: Float64Array): number => x[X.methKmol]! / P.methKmolMPa - ATM_MPA;
export const suctionMPa = (x: Float64Array): number => x[X.suctionKmol]! / P.suctionKmolMPa - ATM_MPA;
export const reformerKmolS = (x: Float64Array): number => (x[X.feedNm3h]! * P.gasPerFeed) / NM3_KMOL / 3600;

export interface FrontFlows { headerToMeth: number; methToSuction: number; export: number; makeUp: number; headerToFlare: number; ventsToFlare: number; reformer: number }

export function frontFlows(x: Float64Array, u: Inputs, out: FrontFlows): void {
  const header = headerMPa(x), meth = methMPa(x), suction = suctionMPa(x);
  out.reformer = header < 5 ? reformerKmolS(x) : 0;
  out.headerToMeth = Math.max(0, u.methInlet * (3.44 / 0.25) * (header - meth));
  out.methToSuction = Math.max(0, (3.44 / 0.15) * (meth - suction));
  const machines = Math.min(1.2, u.compressor + u.standby);
  out.makeUp = P.makeUpKmolS * u.capacity * machines * Math.max(0, Math.min(1.1, (suction + ATM_MPA) / (P.suctionMPa + ATM_MPA)));
  out.export = 3.1 * u.exportValve * Math.max(0, suction / P.suctionMPa);
  // the header's own valve to the flare: opens above 3.68 MPa
  out.headerToFlare = 3.6 * Math.min(1, Math.max(0, (header - 3.68) / 0.17));
  out.ventsToFlare = vent(u.shiftVent, header) + vent(u.methVent, meth) * 2.5 + Math.max(0, (suction - 3.6) * 8);
}

/** kmol/s of a depressurising valve: 2 % of full flow a bar */
const vent = (valve: number, mpa: number): number => (mpa > 0 ? valve * 0.7 * Math.min(1, (mpa + 0.02) / 3.6) : 0);

const nitrogenIn = (valve: number, nitrogenMPa: number, mpa: number): number => valve * Math.max(0, 0.6 * (Math.min(nitrogenMPa, 0.6) - mpa));

export function frontEnd(x: Float64Array, dx: Float64Array, u: Inputs, f: FrontFlows, crudeToShift: number): void {
  reformer(x, dx, u);
  shiftBed(x, dx, u, crudeToShift);
  const header = headerMPa(x), meth = methMPa(x);
  const opened = u.flangeOpen > 0 ? 0.2 * Math.max(0, meth) : 0;
  dx[X.headerKmol] = crudeToShift * P.makeUpPerDry + f.reformer - f.headerToMeth - f.headerToFlare - vent(u.shiftVent, header) + nitrogenIn(u.shiftNitrogen, u.nitrogenMPa, header);
  dx[X.methKmol] = f.headerToMeth - f.methToSuction - vent(u.methVent, meth) * 2.5 - opened + nitrogenIn(u.methNitrogen, u.nitrogenMPa, meth);
  const suction = suctionMPa(x);
  dx[X.suctionKmol] = f.methToSuction - f.makeUp - f.export - Math.max(0, (suction - 3.6) * 8);
  methanator(x, dx, u, f.headerToMeth, crudeToShift);
}

function reformer(x: Float64Array, dx: Float64Array, u: Inputs): void {
  // fuel shut takes the natural gas with it, air shut takes the heat of the secondary; steam goes on for ten minutes
  const running = u.reformerFuel > 0.5 ? 1 : 0;
  dx[X.feedNm3h] = (u.feedWantNm3h * running - x[X.feedNm3h]!) / (running ? 4 : 6);
  dx[X.steamRatio] = (u.steamRatioWant - x[X.steamRatio]!) / 3;
  dx[X.airRatio] = (u.airRatioWant * (u.reformerAir > 0.5 ? 1 : 0) - x[X.airRatio]!) / 3;
  const load = x[X.feedNm3h]! / P.feedNm3h;
  const fired = 800 + 40 * (3 - x[X.steamRatio]!) + 20 * x[X.coke]!;
  const tube = running ? fired : 500;
  dx[X.tubeC] = (tube - x[X.tubeC]!) / (running ? 120 : 500);
  dx[X.primaryC] = (x[X.tubeC]! - x[X.primaryC]!) / 15;
  // 9 K for each per cent of air [A]
  const secondary = load > 0.05 && u.reformerAir > 0.5 ? x[X.primaryC]! + 160 + 900 * (x[X.airRatio]! / 1.55 - 1) : Math.min(x[X.primaryC]!, x[X.secondaryC]!);
  dx[X.secondaryC] = (secondary - x[X.secondaryC]!) / (load > 0.05 && u.reformerAir > 0.5 ? 12 : 400);
  dx[X.coke] = load > 0.05 ? 0.004 * Math.max(0, 2.6 - x[X.steamRatio]!) : 0;
}

/** K/s that a bed without flow loses to its wall and to the nitrogen that holds it [A] */
const standing = (flowMWK: number, tempC: number): number => (flowMWK < 0.001 ? Math.max(0, tempC - 150) / 4000 : 0);

function shiftBed(x: Float64Array, dx: Float64Array, u: Inputs, dryKmolS: number): void {
  const steamGas = x[X.steamGas]!;
  dx[X.steamGas] = (u.shiftSteam - steamGas) / 20;
  dx[X.carrierNm3h] = (u.carrierWantNm3h - x[X.carrierNm3h]!) / 3;
  // hydrogen is let in by its valve at a flow for 0.8 % of the carrier; without carrier the pressure falls and the valve gives all it can [A]
  const carrier = x[X.carrierNm3h]!;
  const hydrogenNm3h = u.reducing * u.reductionValve * (carrier > 3000 ? 0.008 * P.carrierNm3h : 1500);
  const hydrogenPct = u.reducing > 0 ? (100 * hydrogenNm3h) / Math.max(100, carrier + hydrogenNm3h) : 0;
  dx[X.reductionH2] = (hydrogenPct - x[X.reductionH2]!) / 8;
  const wet = dryKmolS * (1 + steamGas);
  const flowMWK = wet * P.wetGasMJK + (u.reducing * carrier * P.nitrogenJMolK) / NM3_KMOL / 3.6e6;
  // too little steam: CO turns to methane and carbon as well, and that is the hotter reaction [A]
  const short = Math.max(0, (1.15 - steamGas) / 0.35);
  let tIn = u.reducing > 0 ? REDUCTION_INLET_C : SHIFT_INLET_C;
  let hydrogen = hydrogenNm3h / NM3_KMOL / 3600;
  for (let i = 0; i < 4; i++) {
    const t = x[X.s1C + i]!;
    const ox = Math.max(0, x[X.s1Ox + i]!);
    const rise = dryKmolS > 0.02 ? P.shiftRiseK * BED_CONVERSION[i]! * Math.min(1, Math.max(0, steamGas)) * (1 + short * 0.25) + short * 10.5 * Math.exp(Math.min(2, Math.max(-3, (t - 400) / 60))) : 0;
    const taken = u.reducing > 0 ? hydrogen * Math.min(1, ox * 4) * (t > 150 ? 0.75 : 0) : 0;
    hydrogen -= taken;
    const air = u.shiftAir * (i === 0 ? 2.5 : 0.6);
    dx[X.s1C + i] = (flowMWK * (tIn + rise - t) + taken * P.copperHeatJMol / 1000) / P.shiftCellMJK + air - standing(flowMWK, t);
    dx[X.s1Ox + i] = -taken / P.copperKmolCell;
    tIn = t;
  }
  const hot = Math.max(x[X.s1C]!, x[X.s2C]!, x[X.s3C]!, x[X.s4C]!);
  dx[X.sWallC] = (30 + 0.701 * (hot - 30) + u.shiftAir * 200 - x[X.sWallC]!) / 300;
  dx[X.coSlip] = (0.4 * Math.exp(3 * Math.max(0, 1.2 - steamGas)) - x[X.coSlip]!) / 30;
}

function methanator(x: Float64Array, dx: Float64Array, u: Inputs, flow: number, crudeToShift: number): void {
  const share = flow > 0.05 ? Math.min(1, (crudeToShift * P.makeUpPerDry) / flow) : 0;
  // carbon monoxide that slips the shift, carbon dioxide that slips the wash, in % of the gas that enters; the reformer's gas brings its own 0.3
  const co = 0.3 + 0.75 * Math.max(0, x[X.coSlip]! - 0.4) * share;
  const co2 = 0.05 + u.extraCO2;
  // the analyser draws its sample behind XV-3301: without flow it sees what stands there, and that is used up
  dx[X.carbonOxides] = flow > 0.05 ? (co + co2 - x[X.carbonOxides]!) / 5 : (0.05 - x[X.carbonOxides]!) / 30;
  const flowMWK = flow * P.methGasMJK;
  let left = 1;
  let tIn = METH_INLET_C;
  for (let i = 0; i < 4; i++) {
    const t = x[X.m1C + i]!;
    const turned = left * 0.88;
    left -= turned;
    const rise = turned * (co * CO_RISE_K + co2 * CO2_RISE_K);
    const air = u.methAir * (i === 0 ? 2.5 : 0.6);
    dx[X.m1C + i] = (flowMWK * (tIn + rise - t)) / P.methCellMJK + air - standing(flowMWK, t);
    tIn = t;
  }
  const hot = Math.max(x[X.m1C]!, x[X.m2C]!, x[X.m3C]!, x[X.m4C]!);
  dx[X.mWallC] = (30 + 0.75 * (hot - 30) + u.methAir * 200 - x[X.mWallC]!) / 300;
}
