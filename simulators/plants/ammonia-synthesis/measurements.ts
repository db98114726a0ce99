/**
 * From the state vector to what the transmitters show: truth, lag, noise, sampling interval of every analog tag.
 * Source: research/simulators.md 1.2 and 4.3; noise is 0.02-0.2 % of span [A], small enough that no limit of 4.3 chatters in normal running.
 */
import type { Measurement as MeasurementOf } from '../../machine/definition.ts';
import { headerMPa, methMPa, suctionMPa } from './front-end.ts';
import { crudeMPa, gasifierNow } from './gasification.ts';
import { NM3_KMOL } from './gasifier.ts';
import type { Inputs } from './inputs.ts';
import { flashMPa, hopfBar, loopKmol, loopMPa, NH3_KG } from './loop.ts';
import type { PlantMemory } from './memory.ts';
import { HEADERS } from './operate.ts';
import { P } from './parameters.ts';
import { makeUpKmolS, outletAmmonia } from './physics.ts';
import { deviationPct } from './remember.ts';
import { X } from './states.ts';

type Truth = (x: Float64Array, u: Inputs, m: PlantMemory) => number;
type Measurement = MeasurementOf<Inputs, PlantMemory>;

const thermowell = (truth: Truth, lagS = 8, noiseSigma = 0.1): Measurement => ({ truth, lagS, noiseSigma, quantum: 0.01, sampleEveryS: 0 });
const bed = (index: number): Measurement => thermowell((x) => x[index]!, 6);
const quick = (truth: Truth, noiseSigma: number, quantum: number): Measurement => ({ truth, lagS: 0.5, noiseSigma, quantum, sampleEveryS: 0 });
const analyser = (truth: Truth, noiseSigma: number, quantum: number, lagS = 5): Measurement => ({ truth, lagS, noiseSigma, quantum, sampleEveryS: 0 });
const level = (truth: Truth): Measurement => ({ truth, lagS: 1, noiseSigma: 0.15, quantum: 0.01, sampleEveryS: 0 });
const gas = (index: number, share: number, noiseSigma: number): Measurement => ({ truth: (x) => x[index]! * share, lagS: 4, noiseSigma, quantum: 0.01, sampleEveryS: 0 });

const oxygenNm3h: Truth = (x, u) => gasifierNow(x, u).oxygenKmolS * NM3_KMOL * 3600;
const gasifierMPa: Truth = (x, u) => gasifierNow(x, u).pressureMPa;
/** soft sensor of the chamber: the face of the brick */
const chamberC = (offset: number): Measurement => thermowell((x) => x[X.faceC]! + offset, 4, 0.7);
const gasPct = (i: number): Truth => (x, u) => (100 * x[X.gCO + i]!) / Math.max(0.05, gasifierNow(x, u).kmol);
/** methane falls with temperature [A]: 500 ppm at 1215 degC, anti-phase to the oxygen */
const methanePpm: Truth = (x) => (x[X.flame]! > 0.5 ? 500 * Math.exp(-(x[X.faceC]! - 1215) / 80) : 300);
const separatorPct: Truth = (x) => (x[X.sepKg]! / P.sepFullKg) * 100;
const separatorShown: Truth = (x, u, m) => (u.levelStuck > 0 ? 50 : separatorPct(x, u, m));
const inletPct: Truth = (x) => (100 * x[X.nNH3]!) / Math.max(1e-6, loopKmol(x));
const outletPct: Truth = (x, u, m) => {
  const w = outletAmmonia(x, u, m);
  return (100 * (w / NH3_KG)) / (w / NH3_KG + (1 - w) / 8.515);
};

export const MEASUREMENTS: Readonly<Record<string, Measurement>> = {
  'FI-3101A': quick((_x, u) => u.slurryM3h, 0.08, 0.01), 'FI-3101B': quick((_x, u) => u.slurryM3h + 0.15, 0.08, 0.01), 'FI-3101C': quick((_x, u) => Math.max(0, u.slurryM3h - 0.15), 0.08, 0.01),
  'FI-3102A': quick(oxygenNm3h, 50, 1), 'FI-3102B': quick((x, u, m) => oxygenNm3h(x, u, m) * 1.002, 50, 1), 'FI-3102C': quick((x, u, m) => oxygenNm3h(x, u, m) * 0.998, 50, 1),
  'FFI-3103': { truth: (_x, _u, m) => m.ratioShown, lagS: 1, noiseSigma: 1, quantum: 0.01, sampleEveryS: 0 },
  'FSD-3103': analyser((_x, _u, m) => deviationPct(m.ratioSquare, m.ratioMean), 0.01, 0.01, 1),
  'TI-3104A': chamberC(0), 'TI-3104B': chamberC(2), 'TI-3104C': chamberC(-2), 'TI-3104D': chamberC(1),
  'PI-3105A': quick(gasifierMPa, 0.002, 0.001), 'PI-3105B': quick((x, u, m) => gasifierMPa(x, u, m) + 0.004, 0.002, 0.001), 'PI-3105C': quick((x, u, m) => gasifierMPa(x, u, m) - 0.004, 0.002, 0.001),
  'PDI-3106': quick((x, u, m) => x[X.oxygenMPa]! - gasifierMPa(x, u, m), 0.004, 0.001),
  'LI-3107A': level((x) => x[X.quenchPct]!), 'LI-3107B': level((x) => x[X.quenchPct]! + 0.3), 'LI-3107C': level((x) => x[X.quenchPct]! - 0.3),
  'AI-3108': analyser(methanePpm, 4, 1, 20),
  'AI-3109': analyser(gasPct(5), 0.004, 0.001, 6),
  'KQ-3111': { truth: (_x, _u, m) => m.purgeVolumes, lagS: 0, noiseSigma: 0, quantum: 0.01, sampleEveryS: 0 },
  'AI-3112': analyser((x, u) => (100 * (Math.max(0, x[X.gCO]!) + Math.max(0, x[X.gH2]!))) / Math.max(0.05, gasifierNow(x, u).kmol), 0.02, 0.01, 6),
  'PI-3117': quick((x) => x[X.oxygenMPa]!, 0.004, 0.001),
  'PDI-3118': quick((x, u, m) => gasifierMPa(x, u, m) - crudeMPa(x), 0.002, 0.001),
  'GD-3101A': gas(X.coGas, 1, 0.1), 'GD-3101B': gas(X.coGas, 0.95, 0.1), 'GD-3101C': gas(X.coGas, 0.85, 0.1),
  'FI-3602': quick((x) => x[X.feedNm3h]!, 60, 1),
  'FFI-3603': quick((_x, _u, m) => m.steamRatioShown, 0.006, 0.001),
  'FFI-3604': quick((_x, _u, m) => m.airRatioShown, 0.003, 0.001),
  'TI-3605': thermowell((x) => x[X.primaryC]!, 8, 0.3), 'TI-3606': thermowell((x) => x[X.secondaryC]!, 8, 0.3),
  'TI-3201': bed(X.s1C), 'TI-3202': bed(X.s2C), 'TI-3203': bed(X.s3C), 'TI-3204': bed(X.s4C),
  'TI-3205': thermowell((x) => x[X.sWallC]!),
  'AI-3206': analyser((x) => x[X.coSlip]!, 0.005, 0.001, 20),
  'AI-3207': analyser((_x, _u, m) => m.steamGasShown, 0.003, 0.001, 3),
  'AI-3208': analyser((x) => x[X.reductionH2]!, 0.005, 0.001, 4),
  'PI-3210': quick((x) => Math.max(0, headerMPa(x)), 0.002, 0.001),
  'FI-3211': quick((x) => x[X.carrierNm3h]!, 15, 1),
  'TI-3301': bed(X.m1C), 'TI-3302': bed(X.m2C), 'TI-3303': bed(X.m3C), 'TI-3304': bed(X.m4C),
  'AI-3305': analyser((x) => x[X.carbonOxides]!, 0.003, 0.001, 4),
  'TI-3306': thermowell((x) => x[X.mWallC]!),
  'PI-3307': quick((x) => Math.max(0, methMPa(x)), 0.002, 0.001),
  'PI-3401': quick((x) => Math.max(0, suctionMPa(x)), 0.002, 0.001),
  'PI-3402': quick((x) => x[X.dischargeMPa]!, 0.01, 0.001),
  'TI-3403': thermowell((x) => x[X.dischargeC]!),
  'FI-3404': quick((x, u) => makeUpKmolS(x, u) * NM3_KMOL * 3600, 200, 1),
  'LI-3405': level((x) => x[X.knockPct]!),
  'II-3406': quick((x) => x[X.current]!, 1, 0.1),
  'VI-3407': quick((x) => x[X.vibration]!, 0.3, 0.01),
  'GD-3401A': gas(X.houseGas, 1, 0.1), 'GD-3401B': gas(X.houseGas, 0.6, 0.1),
  'TI-3511': bed(X.cat1C), 'TI-3512': bed(X.cat5C), 'TI-3513': bed(X.cat10C), 'TI-3514': bed(X.cat11C), 'TI-3515': bed(X.cat15C), 'TI-3516': bed(X.cat20C),
  'TI-3517': bed(X.cat21C), 'TI-3518': bed(X.cat25C), 'TI-3519': bed(X.cat30C),
  'TI-3520': thermowell((x) => x[X.shellC]!),
  'PI-3501': quick((x) => loopMPa(x), 0.008, 0.001),
  'TI-3502': thermowell((x) => x[X.feedC]!),
  'AI-3503': analyser(inletPct, 0.01, 0.001, 15), 'AI-3504': analyser(outletPct, 0.02, 0.001, 15),
  'AI-3505': analyser((x) => x[X.nH2]! / Math.max(1e-6, x[X.nN2]!), 0.004, 0.001, 15),
  'MI-3506': quick((x, u) => stabilityMPa(x, u), 0.005, 0.001),
  'GD-3501A': gas(X.nh3Gas, 1, 0.15), 'GD-3501B': gas(X.nh3Gas, 0.95, 0.15), 'GD-3501C': gas(X.nh3Gas, 0.85, 0.15), 'GD-3502A': gas(X.synGas, 1, 0.1), 'GD-3502B': gas(X.synGas, 0.9, 0.1),
  'LI-3541A': level(separatorShown), 'LI-3541B': level((x, u, m) => separatorShown(x, u, m) + 0.2), 'LI-3541C': level((x, u, m) => Math.max(0, separatorShown(x, u, m) - 0.2)), 'LI-3542': level(separatorPct),
  'PI-3551A': quick(flashMPa, 0.002, 0.001), 'PI-3551B': quick((x) => flashMPa(x) + 0.003, 0.002, 0.001), 'PI-3551C': quick((x) => flashMPa(x) - 0.003, 0.002, 0.001),
  'LI-3552': level((x) => (x[X.flashKg]! / P.flashFullKg) * 100),
  'PI-3561': quick((x) => x[X.drumMPa]!, 0.002, 0.001),
  'LI-3562': level((x) => x[X.drumPct]!),
  'AI-3563': analyser((x) => x[X.drumH2]!, 0.5, 0.1, 3),
  'PI-3571': quick((x) => x[X.chillerMPa]!, 0.0005, 0.0001),
  'AI-3572': analyser((x) => x[X.chillerH2]!, 0.5, 0.1, 3),
  'PI-3901': quick((x) => x[X.flareKPa]!, 0.05, 0.01),
  'GD-3903': gas(X.rackGas, 1, 0.1),
  'FI-3904': quick((x) => x[X.flareTh]!, 0.03, 0.01),
  'PI-3912': { truth: (_x, u) => u.waterMPa, lagS: 3, noiseSigma: 0.001, quantum: 0.0001, sampleEveryS: 0 },
  'PI-3913': { truth: (_x, u) => u.steamMPa, lagS: 5, noiseSigma: 0.005, quantum: 0.001, sampleEveryS: 0 },
  'PI-3914': { truth: () => HEADERS.air, lagS: 3, noiseSigma: 0.001, quantum: 0.0001, sampleEveryS: 0 },
  'PI-3915': { truth: (_x, u) => u.nitrogenMPa, lagS: 3, noiseSigma: 0.001, quantum: 0.0001, sampleEveryS: 0 },
};

/** P - P_Hopf in MPa: what MI-3506 shows and the ground truth of A3.7 */
export function stabilityMPa(x: Float64Array, u: Inputs): number {
  const pct = (100 * x[X.nNH3]!) / Math.max(1e-6, loopKmol(x));
  return Math.min(10, Math.max(-10, ((loopMPa(x) + 0.1013) * 10 - hopfBar(x[X.feedC]!, pct, u.activity)) / 10));
}
