/**
 * From the state vector to what the transmitters show: truth, lag, noise, sampling interval of every analog tag.
 * Source: research/simulators.md 1.2 and 2.3; noise is 0.02-0.1 % of span [A], small enough that no limit of 2.3 chatters in normal running.
 */
import type { Measurement as MeasurementOf } from '../../machine/definition.ts';
import { grignardC, grignardJacketC, quenchVesselC } from './grignard.ts';
import { hydrogenatorC, hydrogenatorMPa, oxygenPercent } from './hydrogenator.ts';
import type { Inputs } from './inputs.ts';
import type { PlantMemory } from './memory.ts';
import { causticPh, hallPpm, stackMgM3, sumpC } from './off-gas.ts';
import { NM3_KMOL, P } from './parameters.ts';
import { dumpTankC, dumpTankMPa, jacketC, reactorC, reactorLevel, reactorMPa, sisterC } from './reactor.ts';
import { X } from './states.ts';
import { distillateKgS, potC, potLevel, steamMW, wallC } from './still.ts';

type Measurement = MeasurementOf<Inputs, PlantMemory>;
type Truth = Measurement['truth'];

const thermowell = (truth: Truth, noiseSigma = 0.06, lagS = 8): Measurement => ({ truth, lagS, noiseSigma, quantum: 0.01, sampleEveryS: 0 });
const quick = (truth: Truth, noiseSigma: number, quantum: number): Measurement => ({ truth, lagS: 0.7, noiseSigma, quantum, sampleEveryS: 0 });
const analyser = (truth: Truth, noiseSigma: number, quantum: number): Measurement => ({ truth, lagS: 10, noiseSigma, quantum, sampleEveryS: 0 });
const level = (truth: Truth, noiseSigma = 0.12): Measurement => ({ truth, lagS: 2, noiseSigma, quantum: 0.01, sampleEveryS: 0 });
const moving = (running: number, atRest: number): number => atRest + (2 - atRest) * running;

export const coolingM3h: Truth = (_x, u) => u.circulationM3h + u.backupM3h;
/** A: the motor turns at its speed whether or not the blades are on it; that is why II-1105 has a limit of its own */
const motorRpm: Truth = (_x, u) => P.stirrerRpm * u.motor;
const motorA: Truth = (x, u) => u.motor * (11 + 17 * u.coupled * (x[X.rRpm]! / P.stirrerRpm) ** 2);

export const MEASUREMENTS: Readonly<Record<string, Measurement>> = {
  'TI-1101A': thermowell((x, u, m) => (u.frozenTemperature > 0 ? (m.frozenC ?? reactorC(x)) : reactorC(x))),
  'TI-1101B': thermowell((x) => reactorC(x) + 0.1), 'TI-1101C': thermowell((x) => reactorC(x) - 0.1),
  'TRC-1101': { truth: (_x, _u, m) => m.rateKmin, lagS: 0, noiseSigma: 0.01, quantum: 0.01, sampleEveryS: 0 },
  'PI-1101A': quick(reactorMPa, 0.0003, 0.0001), 'PI-1101B': quick((x) => reactorMPa(x) + 0.0005, 0.0003, 0.0001),
  'LI-1101': level(reactorLevel), 'TI-1103': thermowell(jacketC), 'FI-1104': quick(coolingM3h, 0.08, 0.01),
  'SI-1105': quick(motorRpm, 0.15, 0.01), 'II-1105': quick(motorA, 0.06, 0.01), 'VI-1105': quick((_x, u) => moving(u.motor, 0.2) + 12 * u.vibrationR1101, 0.05, 0.01),
  'FIC-1106': quick((_x, u) => u.doseKgS * 3600, 0.8, 0.1), 'FQ-1106': quick((x) => x[X.bDose]!, 0, 0.1),
  'LI-1112': level((x) => x[X.dKg]! / 1000 / P.quenchTankM3 * 100, 0.06), 'TI-1112': thermowell(dumpTankC), 'PI-1112': quick(dumpTankMPa, 0.0003, 0.0001),
  'TI-1131': thermowell(sisterC), 'LI-1131': level((x) => ((100 * x[X.sKg]!) / P.densityKgM3 / P.sisterM3)),
  'TI-1201': thermowell(hydrogenatorC), 'PIC-1201': quick(hydrogenatorMPa, 0.0006, 0.0001),
  'FI-1202': quick((_x, u) => u.hydrogenKmolS * 3600 * NM3_KMOL, 0.15, 0.01),
  'AI-1203A': analyser(oxygenPercent, 0.002, 0.001), 'AI-1203B': analyser((x) => oxygenPercent(x) + 0.005, 0.002, 0.001),
  'SI-1205': quick((x) => x[X.hRpm]!, 0.3, 0.01), 'GD-1205': analyser((x) => x[X.hallLel]!, 0.05, 0.01),
  'TI-1301': thermowell(grignardC, 0.04, 3), 'TDI-1302': thermowell((x) => grignardC(x) - grignardJacketC(x), 0.03, 3),
  'FQ-1303': quick((x) => (100 * x[X.bHalide]!) / P.halideKmol, 0, 0.01), 'PI-1301': quick((x) => x[X.gMPa]!, 0.0002, 0.0001),
  'TI-1308': thermowell(quenchVesselC), 'LI-1308': level((x) => (100 * x[X.vKg]!) / P.quenchVesselKg), 'PI-1308': quick((x) => x[X.vMPa]!, 0.0002, 0.0001),
  'FI-1309': quick((_x, u) => P.quenchDripKgH * u.drip, 0.3, 0.1),
  'TI-1401': thermowell(potC), 'TI-1402': thermowell((x) => x[X.cTopC]!), 'TI-1406': thermowell(wallC),
  'FI-1403': quick((x, u) => distillateKgS(x, u) * 3600, 1.5, 0.1), 'LI-1401': level((x, u) => (u.frozenLevel > 0 ? 35 : potLevel(x))),
  'FI-1405': quick((x, u) => (steamMW(x, u) / P.steamMJKg) * 3.6, 0.002, 0.001), 'PI-1404': quick((x) => x[X.cKPa]!, 0.1, 0.01),
  'PI-1501A': quick((x) => x[X.tDuctPa]!, 4, 1), 'PI-1501B': quick((x) => x[X.tDuctPa]! + 3, 4, 1),
  'AI-1503': analyser(stackMgM3, 0.02, 0.01), 'AI-1504': analyser(causticPh, 0.01, 0.01), 'TI-1505': thermowell(sumpC),
  'FI-1506': quick((_x, u) => P.causticM3h * u.caustic, 0.15, 0.01), 'GD-1507': analyser(hallPpm, 0.003, 0.001),
  'VI-1501': quick((_x, u) => moving(Math.max(u.fanA, u.fanB), 0.2) + 0.5 + 12 * u.vibrationFan, 0.05, 0.01),
  'PI-1901': quick((_x, u) => u.waterMPa, 0.001, 0.001), 'PI-1902': quick((_x, u) => u.airMPa, 0.001, 0.001),
  'PI-1903': quick((_x, u) => u.nitrogenMPa, 0.001, 0.001), 'PI-1904': quick((_x, u) => u.steamMPa, 0.001, 0.001),
};
