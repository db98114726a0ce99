/** The flare header, and the gas that hangs about where something leaks. t/h, kPa gauge, ppm, % of the lower explosive limit. */
import type { Inputs } from './inputs.ts';
import type { PlantMemory } from './memory.ts';
import { P } from './parameters.ts';
import { X } from './states.ts';

/** how long a cloud hangs about, s [A] */
const CLOUD_S = 45;

export interface Sources { flareTh: number; crudeMPa: number; dischargeMPa: number; productMPa: number; loopMPa: number; methMPa: number }

export function flareAndGas(x: Float64Array, dx: Float64Array, u: Inputs, m: PlantMemory, s: Sources): void {
  dx[X.flareTh] = (P.flareSweepTh + s.flareTh - x[X.flareTh]!) / 2;
  // 3 kPa of the seal at rest, friction with the square of the flow; nothing in a header that is torn off
  const kPa = u.flareBroken > 0 ? 0 : 3 + 0.0012 * x[X.flareTh]! ** 2;
  dx[X.flareKPa] = (kPa - x[X.flareKPa]!) / 3;
  dx[X.rackGas] = (Math.min(100, u.flareBroken * 5 * Math.max(0, x[X.flareTh]! - P.flareSweepTh)) - x[X.rackGas]!) / 15;
  const burst = m.gasifierBurst || m.oxygenLineFire ? 60 : 0;
  dx[X.coGas] = (Math.min(120, u.coLeak * 90 * Math.max(0, s.crudeMPa) / 3.9 + burst + u.gasifierOpen * 100 * Math.min(1, Math.max(0, s.crudeMPa))) - x[X.coGas]!) / CLOUD_S;
  dx[X.houseGas] = (Math.min(120, u.houseLeak * 75 * Math.max(0, s.dischargeMPa) / 19.8 + (u.flangeOpen > 0 ? 90 * Math.min(1, Math.max(0, s.methMPa) * 2) : 0)) - x[X.houseGas]!) / CLOUD_S;
  dx[X.nh3Gas] = (Math.min(300, u.nh3Leak * 130 * Math.max(0, s.productMPa) + (m.flashBurst ? 300 : 0)) - x[X.nh3Gas]!) / CLOUD_S;
  dx[X.synGas] = (Math.min(120, u.synLeak * 80 * Math.max(0, s.dischargeMPa) / 19.8) - x[X.synGas]!) / CLOUD_S;
}
