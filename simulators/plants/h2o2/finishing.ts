/**
 * Resin column T-4701 (A4-10) and vacuum concentrator E-4601 (A4-1). Source: research/simulators.md 5.2: c = c0 exp(-F t/V) while washing;
 * the resin is oxidised where it stands without liquid in a film of peroxide; 10 kPa, 55 degC, 83 degC at 40 kPa (5.5 F4-18).
 */
import type { Inputs } from './inputs.ts';
import { P } from './parameters.ts';
import { X } from './states.ts';
import type { RESIN_STATES } from './tags.ts';

/** half of the resin above the liquid counts as drained */
export function resinState(x: Float64Array, u: Inputs): (typeof RESIN_STATES)[number] {
  if (x[X.resinFlood]! < 0.5) return 'drained';
  return u.purificationOpen > 0.5 ? 'running' : 'standing';
}

export function finishing(x: Float64Array, dx: Float64Array, u: Inputs): void {
  resin(x, dx, u);
  concentrator(x, dx, u);
}

function resin(x: Float64Array, dx: Float64Array, u: Inputs): void {
  const free = x[X.resinGL]!;
  const flood = x[X.resinFlood]!;
  const pushing = u.resinNitrogen * (1 - u.resinWater);
  const tempC = x[X.resinC]!;
  dx[X.resinGL] = (u.purificationOpen * (P.productGL - free) * (1 - u.resinWater) * (1 - pushing)) / P.resinTurnoverS - (u.resinWater * free) / P.resinTurnoverS
    - (pushing * Math.max(0, free - P.resinFilmGL)) / 60;
  dx[X.resinFlood] = (u.resinWater * (1 - flood)) / 60 + (u.purificationOpen * (1 - pushing) * (1 - flood)) / 120 - (pushing * flood) / 60;
  const heating = P.resinHeatKS * (1 - flood) * Math.min(1.5, free / P.resinFilmGL) * Math.min(20, Math.exp((Math.min(150, tempC) - P.resinNormalC) / 40));
  const flowing = (u.purificationOpen * (1 - pushing)) / 600;
  dx[X.resinC] = heating + flowing * (P.resinNormalC - tempC) + (u.resinWater * (25 - tempC)) / 200 + ((1 - u.purificationOpen) * (25 - tempC)) / 20_000;
}

function concentrator(x: Float64Array, dx: Float64Array, u: Inputs): void {
  const kPa = x[X.concKPa]!;
  const tempC = x[X.concC]!;
  const vacuumKPa = P.concentratorKPa + 30 * u.vacuumLoss * u.concentratorSteam;
  dx[X.concKPa] = (vacuumKPa - kPa) / 90;
  const boilingC = P.concentratorC + (28 * (kPa - P.concentratorKPa)) / 30;
  const steam = (u.concentratorSteam * (boilingC - tempC)) / 180;
  const cooling = ((1 - u.concentratorSteam) * (tempC - 40)) / 1800 + (u.concentratorWater * (tempC - 30)) / 240;
  // vapour and liquor beyond 75 degC fall apart on the hot surface
  const falling = (1 - u.concentratorWater) * 8e-3 * (Math.exp(Math.max(0, Math.min(30, tempC - 75)) / 8) - 1);
  dx[X.concC] = steam - cooling + falling;
  // fed at 35 %: without steam it stays as it stands, water thins it, what falls apart is gone
  const wt = x[X.concWt]!;
  dx[X.concWt] = (u.concentratorSteam * (P.concentratorWt - wt)) / P.concentratorTurnoverS - (u.concentratorWater * wt) / 240 - 0.2 * falling;
}
