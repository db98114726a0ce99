/**
 * Flow through valves and machines.
 * Sources: choked and subsonic orifice - Perry's Chemical Engineers' Handbook 10-14 / API 520; equal-percentage valve - IEC 60534-2-1;
 * pump dead-head heating - research/simulators.md 1.2. SI units unless the name says otherwise.
 */
export const GAS_CONSTANT_J_MOL_K = 8.314462618;

export interface OrificeGas {
  readonly heatRatio: number;
  readonly molarMassKgMol: number;
  readonly temperatureK: number;
  readonly compressibility: number;
}

/** Mass flow, kg/s, through an opening of area x discharge coefficient (m2) from `upstreamPa` to `downstreamPa` (absolute). */
export function orificeFlowKgS(areaM2: number, upstreamPa: number, downstreamPa: number, gas: OrificeGas): number {
  if (upstreamPa <= downstreamPa) return 0;
  const g = gas.heatRatio;
  const density = (upstreamPa * gas.molarMassKgMol) / (gas.compressibility * GAS_CONSTANT_J_MOL_K * gas.temperatureK);
  const critical = (2 / (g + 1)) ** (g / (g - 1));
  const ratio = Math.max(downstreamPa / upstreamPa, critical);
  return areaM2 * Math.sqrt(((2 * g) / (g - 1)) * upstreamPa * density * (ratio ** (2 / g) - ratio ** ((g + 1) / g)));
}

/** Volume flow in m3/h of a liquid valve; Kv in m3/h at 1 bar, pressure drop in bar, relative density to water, opening 0..1. */
export function liquidValveM3h(kvM3h: number, opening: number, dropBar: number, relativeDensity: number): number {
  if (opening <= 0 || dropBar <= 0) return 0;
  const rangeability = 50;
  return kvM3h * rangeability ** (Math.min(1, opening) - 1) * Math.sqrt(dropBar / relativeDensity);
}

/** Head of a centrifugal pump in m: H0 - a Q^2, never below zero. Q in m3/h. */
export function pumpHeadM(shutOffHeadM: number, curveMPerM6h2: number, flowM3h: number): number {
  return Math.max(0, shutOffHeadM - curveMPerM6h2 * flowM3h * flowM3h);
}

/** Rate of temperature rise in K/s of the liquid shut in a running pump. */
export function deadHeadKS(shaftPowerW: number, massKg: number, heatCapacityJKgK: number): number {
  return shaftPowerW / (massKg * heatCapacityJKgK);
}
