/** The whole right-hand side: areas in the order of the flow. Pure and without allocation; what it works with between areas stands in two scratch objects. */
import { compressor, flashMPa, newLoopNow, synthesis } from './loop.ts';
import { flareAndGas } from './flare.ts';
import type { FrontFlows } from './front-end.ts';
import { frontEnd, frontFlows, headerMPa, methMPa, suctionMPa } from './front-end.ts';
import { crudeFlows, crudeMPa, gasification, gasifierNow } from './gasification.ts';
import type { Inputs } from './inputs.ts';
import type { PlantMemory } from './memory.ts';
import { STATE_COUNT, X } from './states.ts';

const SYNGAS_KG = 8.52, CRUDE_KG = 20.5, NITROGEN_KG = 28;
const front: FrontFlows = { headerToMeth: 0, methToSuction: 0, export: 0, makeUp: 0, headerToFlare: 0, ventsToFlare: 0, reformer: 0 };
const loop = newLoopNow();
const sources = { flareTh: 0, crudeMPa: 0, dischargeMPa: 0, productMPa: 0, loopMPa: 0, methMPa: 0 };

export function physics(x: Float64Array, dx: Float64Array, u: Inputs, m: PlantMemory): void {
  const g = gasifierNow(x, u);
  const crude = crudeFlows(x, u, m, headerMPa(x));
  gasification(x, dx, u, m, g, crude.flare, crude.shift);
  frontFlows(x, u, front);
  frontEnd(x, dx, u, front, crude.shift);
  synthesis(x, dx, u, m, loop, front.makeUp);
  compressor(x, dx, u, loop.mpa, suctionMPa(x), front.makeUp);
  // steam goes with the crude gas to the flare; a cold gasifier sends its nitrogen
  const crudeKg = x[X.flame]! > 0.5 ? CRUDE_KG + 9 : u.nitrogenPurge > 0 ? NITROGEN_KG : CRUDE_KG;
  sources.flareTh = 3.6 * (crude.flare * crudeKg + (front.headerToFlare + front.ventsToFlare) * SYNGAS_KG + loop.ventKmolS * 8.9 + loop.psvKgS + loop.chillerVentKgS);
  sources.crudeMPa = crudeMPa(x);
  sources.dischargeMPa = x[X.dischargeMPa]!;
  sources.productMPa = u.letdownShut > 0.05 ? Math.max(0, flashMPa(x)) / 1.8 : 0;
  sources.loopMPa = loop.mpa;
  sources.methMPa = methMPa(x);
  flareAndGas(x, dx, u, m, sources);
}

/** The loop as the last right-hand side left it is nobody's memory: asked for again where a transmitter needs it. Mass fraction of ammonia. */
export function outletAmmonia(x: Float64Array, u: Inputs, m: PlantMemory): number {
  frontFlows(x, u, front);
  synthesis(x, scratch, u, m, loop, front.makeUp);
  return loop.result.outletAmmonia;
}

/** kmol/s through the compressor */
export function makeUpKmolS(x: Float64Array, u: Inputs): number {
  frontFlows(x, u, front);
  return front.makeUp;
}
const scratch = new Float64Array(STATE_COUNT);
