/**
 * Where a run begins. `initialState` is the settled state of normal running: `designState` run on by settle.ts and kept in settled.json, so that a run starts
 * without a transient; a test holds the two together. `put` fills a vessel from mass, strength, temperature and excess.
 */
import { P } from './parameters.ts';
import settled from './settled.json' with { type: 'json' };
import type { StateName } from './states.ts';
import { STATE_COUNT, STATE_NAMES, X } from './states.ts';

/** not here: the boundary integrals, which begin at zero */
const BOUNDARIES = 5;

export function initialState(): Float64Array {
  const x = Float64Array.from(STATE_NAMES, (name) => (settled as Record<string, number>)[name] ?? 0);
  x.fill(0, STATE_COUNT - BOUNDARIES);
  return x;
}

/** fills the vessel at `i`: kg, weight share of nitrate, degC, excess of ammonia over acid a mol of nitrate */
export function put(x: Float64Array, i: number, kg: number, weightAn: number, tempC: number, excess = 3e-4): void {
  const mol = (kg * weightAn) / P.nitrateKgMol;
  x[i] = mol * (1 + Math.max(0, excess));
  x[i + 1] = mol * (1 + Math.max(0, -excess));
  x[i + 2] = (kg * (1 - weightAn)) / P.waterKgMol;
  x[i + 3] = (x[i] * P.ammoniaKgMol * P.ammoniaJKgK + x[i + 1]! * P.acidKgMol * P.acidJKgK + x[i + 2]! * P.waterKgMol * P.waterJKgK) * tempC;
}

export function putMixer(x: Float64Array, i: number, kg: number, tempC: number): void {
  x[i] = (kg * P.mixShare) / P.nitrateKgMol;
  x[i + 1] = (kg * P.mixWater) / P.waterKgMol;
  x[i + 2] = kg * (1 - P.mixShare - P.mixWater);
  x[i + 3] = kg * 2000 * tempC;
}

export function designState(): Float64Array {
  const x = new Float64Array(STATE_COUNT);
  const set = (values: Partial<Record<StateName, number>>): void => {
    for (const [name, value] of Object.entries(values)) x[X[name as StateName]] = value;
  };
  set({ evapKg: P.evaporatorKg / 2, koKg: 1.2, warmJ: P.warmKg * P.waterJKgK * 40, preJ: P.preheaterJK * 65, rNox: 5, rGas: 2, tNox: 2, hNox: 0.2, e1P: P.first.vacuumKPa, e2P: P.second.vacuumKPa });
  x[X.evapJ] = (P.evaporatorKg / 2 + 1.2) * (P.liquidAmmoniaJKgK * P.evaporatorC - P.evaporationJKg);
  put(x, X.rA, P.neutraliserKg, 0.772, 178.9, 6e-4);
  put(x, X.fA, 1500, 0.835, 135, 3e-4);
  put(x, X.tA, 0.6 * P.tankKg, 0.835, 132, 3e-4);
  put(x, X.e1A, 0.3 * P.first.fullKg, 0.925, 122);
  put(x, X.e2A, 0.3 * P.second.fullKg, 0.995, 175);
  put(x, X.sA, P.sealKg, 0.995, 174);
  put(x, X.mA, P.middleKg, 0.995, 173);
  put(x, X.hA, P.towerKg, 0.995, 172);
  x[X.pumpAJ] = P.casingJK * 134;
  x[X.pumpBJ] = P.casingJK * 85;
  x[X.pumpMJ] = P.casingJK * 175;
  x[X.tHx] = 3000 * 2290 * 2.6;
  x[X.tCl] = 0.6 * P.tankKg * 10e-6;
  putMixer(x, X.m1N, P.mixKg, 165);
  putMixer(x, X.m2N, P.mixKg, 138);
  x[X.storeC] = 28;
  return x;
}
