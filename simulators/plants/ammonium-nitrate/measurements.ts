/**
 * From the states to what the transmitters show: truth, lag, noise, sampling of every analog tag. Source: research/simulators.md 1.2 and 3.3; noise is
 * 0.02-0.2 % of span [A], small enough that no limit chatters in normal running. pH is that of a 10 wt % sample at 25 degC.
 */
import type { Measurement as MeasurementOf } from '../../machine/definition.ts';
import { ammoniaMolS, evaporatorKPa, level as ammoniaLevel, neutraliserKPa, preheaterC } from './ammonia.ts';
import { leg2KgS, level1, level2 } from './evaporation.ts';
import type { Inputs } from './inputs.ts';
import { casingC, meltKgS, middleLevel, sealLevel } from './melt.ts';
import type { PlantMemory } from './memory.ts';
import { mixC } from './mixing.ts';
import { flashSteamKgS } from './neutraliser.ts';
import { P } from './parameters.ts';
import { massKg, ph, tempC } from './solution.ts';
import { X } from './states.ts';
import { bulkC, coilC, transferKgS } from './tank.ts';

type Measurement = MeasurementOf<Inputs, PlantMemory>;
type Truth = Measurement['truth'];
const make = (truth: Truth, lagS: number, noiseSigma: number, quantum: number, sampleEveryS = 0): Measurement => ({ truth, lagS, noiseSigma, quantum, sampleEveryS });
const thermowell = (truth: Truth, offset = 0, lagS = 8): Measurement => make((x, u, m) => truth(x, u, m) + offset, lagS, 0.06, 0.01);
const level = (truth: Truth): Measurement => make((x, u, m) => 100 * truth(x, u, m), 2, 0.12, 0.01);
const constant = (value: number, noise: number): Measurement => make(() => value, 1, noise, 0.001);
const tH = (kgS: number): number => kgS * 3.6;

const ammoniaTh: Truth = (x, u) => tH(ammoniaMolS(x, u) * P.ammoniaKgMol);
/** what passes the meters: acid blown in beside them (F2-09) is not seen */
const acidTh: Truth = (_x, u) => tH((P.acidMolS * u.acid * P.acidKgMol) / 0.55);
const ratio: Truth = (x, u) => {
  const [n, c] = [ammoniaMolS(x, u), P.acidMolS * u.acid];
  if (c > 2) return n / c;
  return n > 2 ? 1.3 : 1;
};
/** probes that are coated go on showing what they showed */
const neutraliserPh = (offset: number): Measurement => make((x, u, m) => (u.coated > 0 ? m.coatedPh : ph(x, X.rA)) + offset, 3, 0.02, 0.01);
const meltFlow: Truth = (x, u) => tH(meltKgS(x, u));
const runs = (u: Inputs): number => Math.min(1, u.melt);

export const MEASUREMENTS: Readonly<Record<string, Measurement>> = {
  'LIC-2101': level(ammoniaLevel), 'LI-2103': make((x) => (100 * x[X.koKg]!) / P.drumKg, 2, 0.05, 0.01),
  'TI-2102': thermowell(preheaterC), 'TRC-2102': make((_x, _u, m) => m.tr2102, 0, 0, 0.01), 'PIC-2101': make((x) => (evaporatorKPa(x) - 101.3) / 1000, 0.7, 0.0006, 0.0001),
  'FI-2201': make(ammoniaTh, 0.7, 0.02, 0.001), 'FI-2202': make(acidTh, 0.7, 0.13, 0.01), 'FFI-2203': make(ratio, 1.5, 0.001, 0.0001), 'FSD-2203': make((_x, _u, m) => m.fsd, 0, 0, 0.01),
  'AI-2204A': neutraliserPh(0), 'AI-2204B': neutraliserPh(0.03), 'AI-2204C': neutraliserPh(-0.03),
  'TI-2205A': thermowell((x) => tempC(x, X.rA)), 'TI-2205B': thermowell((x) => tempC(x, X.rA), 0.2), 'TI-2205C': thermowell((x) => tempC(x, X.rA), -0.2),
  'PI-2206': make((x) => (neutraliserKPa(x) - 101.3) / 1000, 0.7, 0.0006, 0.0001), 'LI-2207': level((x) => massKg(x, X.rA) / (2 * P.neutraliserKg)), 'GD-2207': make((x) => x[X.rGas]!, 10, 0.1, 0.1),
  'TI-2211': thermowell((x) => tempC(x, X.fA)), 'AI-2212': make((x) => ph(x, X.fA), 3, 0.02, 0.01), 'PI-2211': make((x) => P.atmosphereKPa + flashSteamKgS(x) / P.flashKgSKPa, 0.7, 0.2, 0.1),
  'TI-2301A': thermowell(bulkC, 0.1), 'TI-2301B': thermowell(bulkC, -0.1), 'TI-2301C': thermowell(coilC), 'LI-2301': level((x) => massKg(x, X.tA) / P.tankKg),
  'AI-2302': make((x) => ph(x, X.tA), 5, 0.02, 0.01, 30), 'AI-2303': make((x) => (1e6 * x[X.tCl]!) / massKg(x, X.tA), 5, 0.3, 0.1, 60), 'AI-2304': make((x) => x[X.tNox]!, 10, 0.1, 0.1),
  'FI-2302': make((_x, u) => 30 * u.dilution * u.header, 0.7, 0.02, 0.01),
  'TI-2311A': thermowell((x) => x[X.pumpAJ]! / P.casingJK), 'TI-2311B': thermowell((x) => x[X.pumpBJ]! / P.casingJK), 'FI-2312': make((x, u) => tH(transferKgS(x, u)), 0.7, 0.08, 0.01),
  'TI-2401': thermowell((x) => tempC(x, X.e1A)), 'PI-2401': make((x) => x[X.e1P]!, 0.7, 0.1, 0.01), 'TI-2402': thermowell((x) => tempC(x, X.e2A)), 'PI-2402': make((x) => x[X.e2P]!, 0.7, 0.1, 0.01),
  'LI-2403': level(level1), 'LI-2404': level(level2), 'FI-2406': make((x, u) => (u.divert > 0 ? 0 : tH(leg2KgS(x, u))), 0.7, 0.08, 0.01),
  'TI-2411': thermowell((x) => tempC(x, X.sA)), 'KQ-2411': make((_x, _u, m) => m.kq2411Min, 0, 0, 0.01), 'LI-2411': level(sealLevel),
  'TI-2412': thermowell((x) => tempC(x, X.mA)), 'KQ-2412': make((_x, _u, m) => m.kq2412Min, 0, 0, 0.01), 'LI-2412': level(middleLevel),
  'II-2413': make((x, u) => runs(u) * (20 + (28 * tH(meltKgS(x, u))) / 20), 0.7, 0.1, 0.01), 'TI-2414': thermowell(casingC),
  'PI-2415': make((x, u) => runs(u) ** 2 * (1.95 - 0.75 * (tH(meltKgS(x, u)) / 20) ** 2), 0.7, 0.003, 0.001), 'FI-2416': make(meltFlow, 0.7, 0.08, 0.01),
  'TI-2501': thermowell((x) => mixC(x, X.m1N)), 'KQ-2501': make((_x, _u, m) => m.kq2501H, 0, 0, 0.0001), 'TI-2502': thermowell((x) => mixC(x, X.m2N)), 'KQ-2502': make((_x, _u, m) => m.kq2502H, 0, 0, 0.0001),
  'TI-2520A': thermowell((x) => tempC(x, X.hA), 0.1), 'TI-2520B': thermowell((x) => tempC(x, X.hA), -0.1), 'GD-2522': make((x) => x[X.hNox]!, 5, 0.03, 0.01),
  'TI-2602': thermowell((x) => x[X.storeC]!, 0, 30),
  'PI-2901': constant(0.4, 0.001), 'PI-2902': constant(0.6, 0.001), 'PI-2903': constant(0.6, 0.001), 'PI-2904': constant(1.3, 0.003), 'PI-2905': make((_x, u) => 0.5 * u.header, 1, 0.001, 0.001),
};
