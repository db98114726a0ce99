/** Two vacuum evaporators with their separators and down-legs. */
import type { Inputs } from './inputs.ts';
import { P } from './parameters.ts';
import { addHeat, addWater, boil, chloridePercent, decompose, factorOf, massKg, move, organicPercent, strip, tempC, vapourKPa, weightAn } from './solution.ts';
import { X } from './states.ts';
import { crystallisationC } from './thermo.ts';

export const level1 = (x: Float64Array): number => massKg(x, X.e1A) / P.first.fullKg;
export const level2 = (x: Float64Array): number => massKg(x, X.e2A) / P.second.fullKg;
/** what comes down a leg, kg/s: head, plug, and room below */
function legKgS(nominal: number, level: number, phi: number, room: number): number {
  const head = Math.max(0, level - 0.01) / P.legLevel;
  return nominal * (1 - Math.min(1, phi)) ** 2 * (head / Math.sqrt(head + 0.02)) * Math.max(0, Math.min(1, room));
}
export const leg1KgS = (x: Float64Array): number => legKgS(P.first.outKgS, level1(x), x[X.e1Phi]!, (1.3 - level2(x)) * 5);
export const leg2KgS = (x: Float64Array, u: Inputs): number => legKgS(P.second.outKgS, level2(x), x[X.e2Phi]!, u.divert > 0 ? 1 : (1.9 - massKg(x, X.sA) / P.sealKg) * 10);

export function evaporation(x: Float64Array, dx: Float64Array, u: Inputs): void {
  body(x, dx, u, X.e1A, P.first, u.steam1, level1(x));
  body(x, dx, u, X.e2A, P.second, u.steam2, level2(x));
  strip(x, dx, X.e2A);
  move(x, dx, X.e1A, X.e2A, leg1KgS(x));
  // with prilling stopped the melt goes back to the solution tank
  move(x, dx, X.e2A, u.divert > 0 ? X.tA : X.sA, leg2KgS(x, u));
  plug(x, dx, u, X.e1A, X.e1Phi, u.plug1);
  plug(x, dx, u, X.e2A, X.e2Phi, u.plug2);
  dx[X.e1P]! += ((u.vacuum > 0.5 ? P.first.vacuumKPa : P.first.standingKPa) - x[X.e1P]!) / P.vacuumS;
  dx[X.e2P]! += ((u.vacuum > 0.5 ? P.second.vacuumKPa : P.second.standingKPa) - x[X.e2P]!) / P.vacuumS;
}

function body(x: Float64Array, dx: Float64Array, u: Inputs, i: number, p: typeof P.first | typeof P.second, steam: number, level: number): void {
  const t = tempC(x, i);
  const wet = Math.min(1, Math.max(0, level) / 0.02);
  // liquid that backs up covers more of the tubes
  const covered = Math.min(1.15, 1 - P.coverage + (P.coverage * level) / P.legLevel);
  addHeat(dx, i, p.heatWK * steam * covered * wet * (p.heatC - t) - 100 * wet * (t - 25));
  addWater(dx, i, (P.condensateKgS * u.condensate * u.header) / 2, P.condensateC);
  const pressure = p === P.first ? x[X.e1P]! : x[X.e2P]!;
  boil(x, dx, i, p.boilKgSKPa * wet * Math.max(0, vapourKPa(x, i) - pressure));
  decompose(x, dx, i, factorOf(x, i, chloridePercent(x) * P.leftInMelt, organicPercent(x) * P.leftInMelt));
}

/** a leg below its crystallisation point grows shut; condensate dissolves what plugs it */
function plug(x: Float64Array, dx: Float64Array, u: Inputs, i: number, index: number, fault: number): void {
  const phi = x[index]!;
  const cold = crystallisationC(weightAn(x, i)) + 5 - tempC(x, i);
  const freezes = massKg(x, i) > 60 ? P.freezePerSK * Math.max(0, Math.min(20, cold)) * Math.max(0, 0.95 - phi) : 0;
  const waterTh = P.condensateKgS * 3.6 * u.condensate * u.header;
  dx[index]! += (fault * Math.max(0, 0.95 - phi)) / 0.3 + freezes - P.unplugPerSTh * waterTh * phi;
}
