/**
 * C-1401, a batch still: toluene over o-xylene and a residue that decomposes when it boils dry. Pressure finds itself between boil-up and condenser; a plugged
 * overhead line or a lost condenser shows as pressure, a dry pot as a wall at steam temperature. Equations: research/simulators.md 2.2. kPa absolute.
 */
import { arrheniusRatio } from '../../kernel/arrhenius.ts';
import type { Inputs } from './inputs.ts';
import { P } from './parameters.ts';
import { share } from './reactor.ts';
import { X } from './states.ts';

const LIGHT_KG_KMOL = 92.14;
const HEAVY_KG_KMOL = 106.17;
/** boil-up per K above the bubble point, MW/K [A]: keeps the pot within about a kelvin */
const BOIL_MW_K = 0.5;

export const volatileKg = (x: Float64Array): number => LIGHT_KG_KMOL * Math.max(0, x[X.cLight]!) + HEAVY_KG_KMOL * Math.max(0, x[X.cHeavy]!);
export const potKg = (x: Float64Array): number => volatileKg(x) + x[X.cResKg]!;
export const potMJK = (x: Float64Array): number => potKg(x) * P.potMJKgK + P.potMetalMJK;
export const potC = (x: Float64Array): number => x[X.cMJ]! / potMJK(x);
export const wallC = (x: Float64Array): number => x[X.cwMJ]! / P.wallMJK;
export const potLevel = (x: Float64Array): number => (100 * potKg(x)) / P.potFullKg;

const mmHg = (a: number, b: number, c: number, tempC: number): number => 10 ** (a - b / (c + tempC));
/** Antoine of 2.2 [L], kPa */
const lightKPa = (tempC: number): number => 0.133322 * mmHg(6.95464, 1344.8, 219.482, tempC);
const heavyKPa = (tempC: number): number => 0.133322 * mmHg(6.99891, 1474.679, 213.686, tempC);

/** bubble point of a mixture at a pressure, degC: safeguarded Newton from the last answer's neighbourhood */
export function bubbleC(light: number, kPa: number): number {
  let low = 20;
  let high = 220;
  let tempC = 112;
  for (let i = 0; i < 40; i++) {
    const excess = light * lightKPa(tempC) + (1 - light) * heavyKPa(tempC) - kPa;
    if (Math.abs(excess) < 1e-9 * kPa) break;
    if (excess > 0) high = tempC;
    else low = tempC;
    const slope = (light * lightKPa(tempC) * 1344.8) / (219.482 + tempC) ** 2 + ((1 - light) * heavyKPa(tempC) * 1474.679) / (213.686 + tempC) ** 2;
    const next = tempC - excess / (slope * Math.LN10);
    tempC = next > low && next < high ? next : (low + high) / 2;
  }
  return tempC;
}

const lightFraction = (x: Float64Array): number => {
  const light = Math.max(1e-6, x[X.cLight]!);
  return light / (light + Math.max(1e-6, x[X.cHeavy]!));
};
/** steam into the coils, MW */
export const steamMW = (x: Float64Array, u: Inputs): number => 1e-3 * P.steamSideKWK * u.steam * Math.min(1, u.steamMPa / 0.5) * Math.max(0, P.steamC - wallC(x));
/** vapour that reaches the condenser, kg/s */
const overheadKgS = (x: Float64Array, u: Inputs): number => P.overheadKgSKPa * Math.max(0, x[X.cKPa]! - P.columnBaseKPa) * (1 - u.plug) * (0.02 + 0.98 * u.condenser);
/** distillate, kg/s */
export const distillateKgS = (x: Float64Array, u: Inputs): number => (overheadKgS(x, u) * u.condenser) / (1 + P.refluxRatio);
const wetted = (x: Float64Array): number => Math.min(1, potLevel(x) / 100 / P.tubeTop) ** 1.5;

export function still(x: Float64Array, dx: Float64Array, u: Inputs): void {
  const tempC = potC(x);
  const liquidKg = volatileKg(x);
  const light = lightFraction(x);
  const boils = bubbleC(light, Math.max(20, x[X.cKPa]!));
  const vapour = (BOIL_MW_K * Math.max(0, tempC - boils) * share(liquidKg, 60)) / P.latentMJKg;
  const steam = steamMW(x, u);
  const intoPot = 1e-3 * P.potSideKWK * wetted(x) * (wallC(x) - tempC);
  // an empty pot loses half: no vapour warms the column
  const lost = 1e-3 * P.stillLossKWK * (0.5 + 0.5 * wetted(x)) * (tempC - P.ambientC);
  const overhead = overheadKgS(x, u);
  const product = distillateKgS(x, u);
  const relieved = 0.05 * u.stillRelief * Math.max(0, x[X.cKPa]! - 101);
  const gone = product + relieved;
  const richness = (P.relativeVolatility * light) / (1 + (P.relativeVolatility - 1) * light);
  const mixKg = richness * LIGHT_KG_KMOL + (1 - richness) * HEAVY_KG_KMOL;
  const drained = u.potDrainKgS * share(liquidKg, 150);
  const drainKmol = drained / (light * LIGHT_KG_KMOL + (1 - light) * HEAVY_KG_KMOL);
  const goneLight = (gone / mixKg) * richness * share(x[X.cLight]!, 0.5);
  const goneHeavy = (gone / mixKg) * (1 - richness) * share(x[X.cHeavy]!, 0.2);
  dx[X.cLight] = -goneLight - drainKmol * light;
  dx[X.cHeavy] = -goneHeavy - drainKmol * (1 - light);
  const decays = P.residueRate150PerS * arrheniusRatio(P.residueEnergyJMol, Math.min(400, tempC + 0.5 * Math.max(0, wallC(x) - tempC)), 150) * Math.max(0, P.residueKg - x[X.cDec]!);
  dx[X.cDec] = decays;
  // what is not taken off runs back: the pot loses the latent heat of what leaves and, by the condenser, of the reflux
  const condensed = vapour * P.latentMJKg;
  const leaveMJ = (goneLight * LIGHT_KG_KMOL + goneHeavy * HEAVY_KG_KMOL + drained) * P.potMJKgK * tempC;
  dx[X.cMJ] = intoPot + P.residueMJKg * decays - condensed - lost - leaveMJ;
  dx[X.cwMJ] = steam - intoPot;
  dx[X.cKPa] = P.columnKPaKg * (vapour - overhead - relieved) + 0.02 * Math.max(0, 101 - x[X.cKPa]!) + 40 * decays;
  const hot = bubbleC(richness, Math.max(20, x[X.cKPa]!));
  const reached = Math.min(1, overhead / 0.2);
  dx[X.cTopC] = ((hot - x[X.cTopC]!) * reached) / 20 + ((40 - x[X.cTopC]!) * (1 - reached)) / 1500;
  dx[X.bLight] = dx[X.cLight]!;
  dx[X.bHeavy] = dx[X.cHeavy]!;
  dx[X.bResidue] = decays;
  dx[X.bMJ] = dx[X.bMJ]! + steam - condensed - lost - leaveMJ;
}
