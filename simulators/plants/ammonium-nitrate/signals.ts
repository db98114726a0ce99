/** Cameras, switches and states that are no device: what their tags show. Smoke and colour thresholds [A]. */
import type { Scan } from '../../machine/definition.ts';
import { neutraliserKPa } from './ammonia.ts';
import type { LoopId } from './control.ts';
import type { DeviceId } from './devices.ts';
import type { Effects } from './faults.ts';
import type { Inputs } from './inputs.ts';
import type { PlantMemory } from './memory.ts';
import { P } from './parameters.ts';
import type { FunctionId } from './safety-system.ts';
import { massKg } from './solution.ts';
import { X } from './states.ts';

export type AnScan = Scan<Inputs, Effects, DeviceId, FunctionId, LoopId, PlantMemory>;

export const prillingRuns = (s: AnScan): boolean => s.position('P-2405') > 0.5 && s.position('XV-2520') > 0.5 && s.effects.prillingStop === 0 && !s.command('HS-2500');
export const blueSmoke = (s: AnScan): boolean => s.x[X.rNox]! > 50;
export const coloured = (s: AnScan): boolean => s.x[X.rCorr]! > 0.5;
export const tankSmoke = (s: AnScan): boolean => s.x[X.tNox]! > 60;
export const towerSmoke = (s: AnScan): boolean => s.x[X.hNox]! > 25;
export const overflow = (s: AnScan): boolean => massKg(s.x, X.hA) > P.towerOverKg;

export const SIGNALS: Readonly<Record<string, (scan: AnScan) => number | boolean>> = {
  'XS-2208': blueSmoke, 'XS-2209': coloured, 'PSV-2201': (s) => neutraliserKPa(s.x) - P.atmosphereKPa > P.reliefKPa,
  'XS-2305': tankSmoke, 'XS-2500': (s) => (prillingRuns(s) ? 0 : 1), 'XS-2501': (s) => s.m.mix1, 'XS-2502': (s) => s.m.mix2,
  'XS-2521': towerSmoke, 'LS-2524': overflow, 'XS-2601': (s) => s.x[X.storeC]! > 70,
  'JS-2901': (s) => s.effects.power === 0, 'XA-2902': () => false, 'XA-2903': (s) => s.m.fire,
};
