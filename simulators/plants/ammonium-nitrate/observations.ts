/** What a person or a camera sees (`seen:` ids of the rules), and results that a laboratory gives. */
import type { LaboratoryDefinition } from '../../machine/definition.ts';
import { carried } from './ammonia.ts';
import type { Inputs } from './inputs.ts';
import type { PlantMemory } from './memory.ts';
import { leakKgS } from './neutraliser.ts';
import { P } from './parameters.ts';
import type { AnScan } from './signals.ts';
import { blueSmoke, coloured, overflow, tankSmoke, towerSmoke } from './signals.ts';
import { massKg, ph, tempC, weightAn } from './solution.ts';
import { X } from './states.ts';
import { tankFactor } from './tank.ts';
import { neutraliserKPa } from './ammonia.ts';

const leaks = (s: AnScan): boolean => leakKgS(s.x, s.u) > 0.05;

export const OBSERVATIONS: Readonly<Record<string, (scan: AnScan) => boolean>> = {
  'TANK-SMOKE-BLUE': (s) => s.x[X.tNox]! > 60, 'TANK-SMOKE-YELLOW': (s) => s.x[X.tNox]! > 150, 'TANK-SMOKE-DENSE': (s) => s.x[X.tNox]! > 300,
  'STORE-SMOKE-BLUE': (s) => s.x[X.storeC]! > 65, 'STORE-SMOKE-YELLOW': (s) => s.x[X.storeC]! > 90, 'STORE-SMOKE-DENSE': (s) => s.x[X.storeC]! > 120,
  'DECOMPOSITION-SIGNS': (s) => s.x[X.tNox]! > 30 || tankSmoke(s),
  'AMMONIA-CARRY-OVER': (s) => carried(s.x) > 0.02 && s.u.ammonia > 0.05,
  'STEAM-BLUE-SMOKE': blueSmoke, 'SOLUTION-GREEN': coloured, 'SOLUTION-RED': (s) => s.x[X.rCorr]! > 0.9,
  'NEUTRALISER-LEAK': leaks, 'HOT-WORK': (s) => s.command('HS-HOT-WORK'),
  'DOWN-LEG-PLUGGED': (s) => (s.x[X.e1Phi]! > 0.6 || s.x[X.e2Phi]! > 0.6) && (s.u.plug1 + s.u.plug2 > 0 || s.position('XV-2403') > 0.5), 'PUMP-LINE-PLUGGED': (s) => s.x[X.phiM]! > 0.6 || s.x[X.phiS]! > 0.6,
  'METAL-TOOLS': (s) => s.command('HS-METAL-TOOLS'),
  'TOWER-SMOKE': towerSmoke, 'TOWER-IRRITANT-GAS': (s) => s.x[X.hNox]! > 10, 'TOWER-OVERFLOW': overflow,
  'LIFT-USED': (s) => s.command('HS-LIFT-USED'), 'CLIMBING-UP': (s) => s.command('HS-CLIMBING-UP'),
  'RELIEF-OPENED': (s) => neutraliserKPa(s.x) - P.atmosphereKPa > P.reliefKPa, 'FIRE-SEEN': (s) => s.m.fire, 'RUNAWAY-SEEN': (s) => tempC(s.x, X.tA) > 200 || tempC(s.x, X.hA) > 230,
  'AGITATION-LOST': (s) => s.effects.power === 0 && (s.position('MS-2501') < 0.5 || s.position('MS-2502') < 0.5), 'UTILITY-LOST': (s) => s.effects.power > 0,
};

const result = (value: (x: Float64Array) => number, turnaroundS: number): LaboratoryDefinition<Inputs, PlantMemory> => ({ value: (x) => value(x), turnaroundS });

/** the rules ask for none yet; samples as a plant takes them: pH of 10 wt % at 25 degC, weight per cent, mg/kg */
export const LABORATORY: Readonly<Record<string, LaboratoryDefinition<Inputs, PlantMemory>>> = {
  'PH-R2201': result((x) => ph(x, X.rA), 300), 'PH-T2301': result((x) => ph(x, X.tA), 300), 'CL-T2301': result((x) => (1e6 * x[X.tCl]!) / massKg(x, X.tA), 900),
  'OIL-T2301': result((x) => (1e6 * x[X.tOrg]!) / massKg(x, X.tA), 1800), 'AN-T2301': result((x) => 100 * weightAn(x, X.tA), 600), 'CATALYSIS-T2301': result(tankFactor, 3600),
};
