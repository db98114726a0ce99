/**
 * R-3101, oxygen-blown slurry gasifier. Six gases and one energy as states, so that elements and energy close exactly; reactions take the gas to the water-gas
 * equilibrium in about a second. Element balance, equilibrium, slopes: research/simulators.md 4.2 [C]. Amounts in kmol, energy in MJ, temperatures in degC,
 * flows in kmol/s. Enthalpy counts from the elements at 25 degC, with one mean heat capacity a gas (25..1400 degC).
 */
import { GAS_CONSTANT_J_MOL_K } from '../../kernel/flow.ts';
import type { ParameterTable } from '../parameter.ts';
import { p, valuesOf } from '../parameter.ts';

export const GASIFIER_FIGURES = {
  volumeM3: p(30, 'm3', 'C', '4.2: 1 % oxygen after 0.27 s of 30 000 Nm3/h'),
  slurryKgM3: p(1230, 'kg/m3', 'S', 'Zhenhai'),
  solids: p(0.615, 'kg/kg', 'S', 'Zhenhai'),
  carbon: p(0.72, 'kg/kg', 'S', 'coal of Zhenhai'),
  hydrogen: p(0.045, 'kg/kg', 'S', 'coal of Zhenhai'),
  oxygen: p(0.115, 'kg/kg', 'S', 'coal of Zhenhai'),
  nitrogen: p(0.011, 'kg/kg', 'S', 'coal of Zhenhai'),
  ash: p(0.1, 'kg/kg', 'S', 'coal of Zhenhai'),
  heatingMJKg: p(29.5, 'MJ/kg', 'S', 'coal of Zhenhai'),
  conversion: p(0.98, '-', 'A', '4.2: of the carbon'),
  lossMW: p(4.15, 'MW', 'A', 'lost to the shell: takes the model to 1214 degC at 453.5 Nm3/m3'),
  slagMJKg: p(1.7, 'MJ/kg', 'L', 'slag heated and molten, a kg of ash'),
  shiftS: p(0.4, 's', 'A', 'time to the water-gas equilibrium'),
  mostOxygen: p(560, 'Nm3/m3', 'A', 'oxygen beyond this ratio finds no fuel'),
} as const satisfies ParameterTable;
export const GASIFIER = valuesOf(GASIFIER_FIGURES);

export const NM3_KMOL = 22.414;
const C_KG = 12.011, H2_KG = 2.016, O_KG = 15.999, N2_KG = 28.014, H2O_KG = 18.015;
/** MJ/kmol of formation and MJ/kmolK, in the order CO, H2, CO2, H2O, N2, O2 [L] JANAF */
export const FORMATION = [-110.53, 0, -393.51, -241.83, 0, 0] as const;
export const HEAT = [0.0332, 0.0306, 0.0515, 0.0405, 0.0328, 0.0346] as const;
const WATER_LIQUID_MJ = -285.83;
/** formation of the coal from its heating value, MJ/kg */
const COAL_MJ_KG = GASIFIER.heatingMJKg - (GASIFIER.carbon / C_KG) * 393.51 - (GASIFIER.hydrogen / H2_KG) * 285.83;

/** What a cubic metre per hour of slurry brings, kmol/s of elements and water, MJ/s. */
export interface SlurryFeed { carbon: number; hydrogen2: number; oxygen: number; nitrogen2: number; water: number; enthalpyMW: number; ashKgS: number }
export function slurry(m3h: number): SlurryFeed {
  const kgS = (m3h * GASIFIER.slurryKgM3) / 3600;
  const coal = kgS * GASIFIER.solids;
  const water = (kgS - coal) / H2O_KG;
  return {
    carbon: (coal * GASIFIER.carbon) / C_KG, hydrogen2: (coal * GASIFIER.hydrogen) / H2_KG, oxygen: (coal * GASIFIER.oxygen) / O_KG, nitrogen2: (coal * GASIFIER.nitrogen) / N2_KG,
    water, enthalpyMW: coal * COAL_MJ_KG + water * WATER_LIQUID_MJ, ashKgS: coal * GASIFIER.ash,
  };
}

/** K of CO + H2O = CO2 + H2 (Moe, ACS Symp. 1962 [L]) */
export const shiftEquilibrium = (kelvin: number): number => Math.exp(4577.8 / kelvin - 4.33);

/** share of the carbon that turns to gas: falls where the slag freezes [A] */
export const conversionAt = (tempC: number): number => GASIFIER.conversion * Math.min(1, Math.max(0.5, 1 - (1180 - tempC) / 12_000));

/** degC of a gas of six amounts (kmol) and an energy (MJ) */
export function gasTemperatureC(n: readonly number[] | Float64Array, at: number, energyMJ: number): number {
  let formed = 0, heat = 0;
  for (let i = 0; i < 6; i++) {
    formed += n[at + i]! * FORMATION[i]!;
    heat += n[at + i]! * HEAT[i]!;
  }
  return 25 + (energyMJ - formed) / Math.max(1e-6, heat);
}

/** MPa gauge */
export function gasPressureMPa(kmol: number, tempC: number): number {
  return (kmol * GAS_CONSTANT_J_MOL_K * (tempC + 273.15)) / 1000 / GASIFIER.volumeM3 - 0.1013;
}

/** Steady gas of a ratio, dry, with its temperature: the algebraic answer, for tests and the start. */
export function steadyGas(ratio: number, slurryM3h: number): { tempC: number; dry: { CO: number; H2: number; CO2: number }; kmolS: number[] } {
  const s = slurry(slurryM3h);
  const o2 = (ratio * slurryM3h) / NM3_KMOL / 3600;
  let low = 600, high = 2200;
  let n: number[] = [];
  for (let i = 0; i < 80; i++) {
    const t = (low + high) / 2;
    n = equilibriumGas(s, o2, t);
    const out = n.reduce((sum, v, k) => sum + v * (FORMATION[k]! + HEAT[k]! * (t - 25)), 0) + GASIFIER.lossMW + s.ashKgS * GASIFIER.slagMJKg;
    if (out > s.enthalpyMW) high = t;
    else low = t;
  }
  const dry = n[0]! + n[1]! + n[2]! + n[4]!;
  return { tempC: (low + high) / 2, dry: { CO: n[0]! / dry, H2: n[1]! / dry, CO2: n[2]! / dry }, kmolS: n };
}

function equilibriumGas(s: SlurryFeed, o2: number, tempC: number): number[] {
  const c = s.carbon * conversionAt(tempC);
  const fromWater = c - s.oxygen - 2 * o2;
  const co = c, h2o = s.water - fromWater, h2 = s.hydrogen2 + fromWater;
  const k = shiftEquilibrium(tempC + 273.15);
  let low = Math.max(-h2, 0), high = Math.min(co, h2o);
  for (let i = 0; i < 80; i++) {
    const e = (low + high) / 2;
    if ((e * (h2 + e)) > k * (co - e) * (h2o - e)) high = e;
    else low = e;
  }
  return [co - low, h2 + low, low, h2o - low, s.nitrogen2, 0];
}
