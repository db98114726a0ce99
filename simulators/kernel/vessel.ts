/**
 * Lumped vessel and jacket: mass, energy, heat transfer with and without stirring.
 * Source: research/simulators.md 1.2; film with a natural-convection floor after VDI Heat Atlas. SI units, temperatures in degC.
 */
export interface Stream {
  readonly flowKgS: number;
  readonly tempC: number;
  readonly heatCapacityJKgK: number;
}

/** dT/dt in K/s of a well-mixed vessel: inflow enthalpy, heat source (W) and heat removed (W) over its heat capacity. */
export function vesselHeatingKS(tempC: number, massKg: number, heatCapacityJKgK: number, wallJK: number, inflow: Stream, sourceW: number, removedW: number): number {
  const carried = inflow.flowKgS * inflow.heatCapacityJKgK * (inflow.tempC - tempC);
  return (carried + sourceW - removedW) / (massKg * heatCapacityJKgK + wallJK);
}

/** dT/dt in K/s of a jacket fed with coolant; a lost circulation (flow 0) leaves only the wall. */
export function jacketHeatingKS(jacketC: number, vesselC: number, flowKgS: number, inletC: number, massKg: number, heatCapacityJKgK: number, uaWK: number): number {
  return (flowKgS * heatCapacityJKgK * (inletC - jacketC) + uaWK * (vesselC - jacketC)) / (massKg * heatCapacityJKgK);
}

/** Inside film coefficient in W/m2K: (N/N0)^(2/3) with a floor of 60 for natural convection when the agitator stands. */
export function filmWM2K(nominalWM2K: number, speedRatio: number): number {
  return Math.max(60, nominalWM2K * Math.max(0, speedRatio) ** (2 / 3));
}

/** UA in W/K of film, wall, fouling and outer film in series over one area. */
export function overallWK(areaM2: number, insideWM2K: number, wallM2KW: number, foulingM2KW: number, outsideWM2K: number): number {
  return areaM2 / (1 / insideWM2K + wallM2KW + foulingM2KW + 1 / outsideWM2K);
}
