/**
 * From the state vector to what the transmitters show: truth, lag, noise, sampling interval of every analog tag.
 * Source: research/simulators.md 1.2 and 5.3; noise is 0.02-0.2 % of span [A], small enough that no limit of 5.3 chatters in normal running.
 */
import type { Measurement as MeasurementOf } from '../../machine/definition.ts';
import { EMERGENCY_FULL_M3H } from './control.ts';
import * as D from './design-point.ts';
import { bedM3, sectionM3 } from './drain.ts';
import { raffinateGL } from './extraction.ts';
import { hydrogenFeedMols, towerFlowM3s, towerPressureMPa } from './hydrogenation.ts';
import type { Inputs } from './inputs.ts';
import type { PlantMemory } from './memory.ts';
import { P } from './parameters.ts';
import { X } from './states.ts';

type Truth = (x: Float64Array, u: Inputs) => number;
type Measurement = MeasurementOf<Inputs, PlantMemory>;

const thermowell = (index: number, offset = 0, noiseSigma = 0.06): Measurement => ({ truth: (x) => x[index]! + offset, lagS: 8, noiseSigma, quantum: 0.01, sampleEveryS: 0 });
const quick = (truth: Truth, noiseSigma: number, quantum: number): Measurement => ({ truth, lagS: 0.7, noiseSigma, quantum, sampleEveryS: 0 });
const analyser = (truth: Truth, noiseSigma: number, quantum: number, sampleEveryS: number): Measurement => ({ truth, lagS: 5, noiseSigma, quantum, sampleEveryS });
const level = (truth: Truth, offset: number): Measurement => ({ truth: (x, u) => truth(x, u) + offset, lagS: 2, noiseSigma: 0.15, quantum: 0.01, sampleEveryS: 0 });
const gramsPerLitre = (index: number, volumeM3: (x: Float64Array) => number): Truth => (x) => (x[index]! * P.peroxideMolarMassGMol) / volumeM3(x) / 1000;

const separatorLevel: Truth = (x) => (x[X.sepM3]! / P.separatorM3) * 100;
const oxidiserLevel: Truth = (x) => (x[X.osM3]! / P.oxidiserSeparatorM3) * 100;
const tailOxygen: Truth = (x) => (x[X.tailO2Mol]! / D.TAIL_GAS_MOL) * 100;
/** the last section that the air passes */
const oxidiserTail: Truth = (x, u) => (x[u.counterCurrent > 0.5 ? X.o1O2 : X.o3O2]! / (D.SECTION_GAS_MOL * ((x[X.oMPa]! + D.ATMOSPHERE_MPA) / (D.OXIDISER_MPA + D.ATMOSPHERE_MPA)))) * 100;

export const MEASUREMENTS: Readonly<Record<string, Measurement>> = {
  'TI-4101': thermowell(X.h1C), 'TI-4102': thermowell(X.h2C), 'TI-4103': thermowell(X.h3C),
  'PI-4104': quick(towerPressureMPa, 0.0005, 0.0001),
  'FI-4105': quick((_x, u) => hydrogenFeedMols(u) * D.NM3H_PER_MOLS, 4, 0.1),
  'AI-4106A': analyser(tailOxygen, 0.005, 0.001, 0), 'AI-4106B': analyser(tailOxygen, 0.005, 0.001, 0), 'AI-4106C': analyser(tailOxygen, 0.005, 0.001, 0),
  'AI-4107': analyser(gramsPerLitre(X.h3Mol, bedM3), 0.02, 0.01, 60),
  'LI-4108A': level(separatorLevel, 0), 'LI-4108B': level(separatorLevel, 0.2), 'LI-4108C': level(separatorLevel, -0.2),
  'FI-4109': quick((x, u) => towerFlowM3s(x, u) * D.SECONDS_PER_HOUR, 1, 0.01),
  'TI-4201': thermowell(X.o1C), 'TI-4202': thermowell(X.o2C), 'TI-4203': thermowell(X.o3C),
  'PI-4204': quick((x) => x[X.oMPa]!, 0.0005, 0.0001),
  'LI-4204A': level(oxidiserLevel, 0), 'LI-4204B': level(oxidiserLevel, 0.2), 'LI-4204C': level(oxidiserLevel, -0.2),
  'AI-4207': analyser((x) => x[X.acidOx]!, 0.02, 0.01, 30),
  'AI-4208': analyser(oxidiserTail, 0.02, 0.01, 0),
  'AI-4209': analyser(gramsPerLitre(X.o3Per, sectionM3), 0.02, 0.01, 60),
  'FI-4210': quick((_x, u) => D.AIR_MOLS * u.air * D.NM3H_PER_MOLS, 20, 1),
  'TI-4211': thermowell(X.resC), 'TI-4212': thermowell(X.resTankC),
  'LI-4211': level((x) => x[X.resLevel]!, 0),
  'FI-4213': quick((_x, u) => u.coolingM3h + u.emergencyCooling * EMERGENCY_FULL_M3H, 1.5, 0.1),
  'TI-4301': thermowell(X.eTopC), 'TI-4302': thermowell(X.eMidC), 'TI-4303': thermowell(X.eBotC),
  'PI-4303': quick((x) => x[X.eMPa]!, 0.0005, 0.0001),
  'LDI-4304': level((x) => (x[X.ifM3]! / P.interfaceM3) * 100, 0),
  'AI-4305A': analyser(raffinateGL, 0.003, 0.001, 60), 'AI-4305B': analyser(raffinateGL, 0.003, 0.001, 60),
  'XS-4306': analyser((x) => x[X.emulsion]!, 0.003, 0.001, 0),
  'AI-4307': analyser((x) => x[X.stability]!, 0.1, 0.01, 60),
  'TI-4308': thermowell(X.purC),
  'TI-4401': thermowell(X.clayTopC), 'TI-4402': thermowell(X.clayMidC), 'TI-4403': thermowell(X.clayBotC),
  'AI-4404': analyser((_x, u) => P.basicityNormalMgL + P.basicityPerAlkali * u.alkaliKgH, 0.05, 0.01, 60),
  'TI-4601': thermowell(X.concC), 'PI-4602': quick((x) => x[X.concKPa]!, 0.05, 0.01), 'AI-4603': analyser((x) => x[X.concWt]!, 0.05, 0.01, 60),
  'TI-4701': thermowell(X.resinC), 'AI-4702': analyser((x) => x[X.resinGL]!, 0.02, 0.01, 60),
  'TI-4502A': thermowell(X.prepC), 'TI-4502B': thermowell(X.prepC, 0.2),
  'PI-4502': quick((x) => Math.max(0, x[X.prepMPa]!), 0.0003, 0.0001),
  'LI-4502': level((x) => (x[X.prepKg]! / P.prepFullKg) * 100, 0),
  'TI-4801A': thermowell(X.prodC, 0, 0.02), 'TI-4801B': thermowell(X.prodC, 0.1, 0.02), 'TI-4801C': thermowell(X.prodC, -0.1, 0.02),
  'PI-4801': quick((x) => x[X.prodKPa]!, 0.03, 0.01),
  'LI-4801': level((x) => (x[X.prodKg]! / P.tankMassKg) * 70, 0),
  'AI-4802': analyser((x) => P.tankPureUSCm + P.tankMetalUSCm * Math.log10(1 + x[X.prodMetal]! / 10), 0.1, 0.01, 0),
  'FI-4901': quick((_x, u) => u.acidLh, 0.005, 0.001),
  'FI-4902': quick((_x, u) => u.waterM3h, 0.03, 0.01),
};

const bottomLevel: Truth = (x) => (x[X.botM3]! / P.bottomM3) * 100;
const receiverLevel: Truth = (x) => (x[X.condM3]! / P.condensateM3) * 100;

export const MEASUREMENTS_COUNTER_CURRENT: Readonly<Record<string, Measurement>> = {
  ...MEASUREMENTS,
  'LI-4205A': level(bottomLevel, 0), 'LI-4205B': level(bottomLevel, 0.2), 'LI-4205C': level(bottomLevel, -0.2),
  'LI-4206A': level(receiverLevel, 0), 'LI-4206B': level(receiverLevel, 0.2), 'LI-4206C': level(receiverLevel, -0.2),
};
