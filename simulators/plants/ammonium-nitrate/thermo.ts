/** Closed forms of ammonium nitrate that tests check: vapour pressure, boiling and crystallisation, pH, decomposition. Temperatures in degC, pressures in kPa. */
import { P, R_J_MOL_K, ZERO_C_IN_K } from './parameters.ts';

const MMHG_KPA = 101.325 / 760;

/** Saturation pressure of pure water. Antoine, 99-374 degC [C]. */
export function waterKPa(tempC: number): number {
  return MMHG_KPA * 10 ** (8.14019 - 1810.94 / (244.485 + tempC));
}

/** Vapour pressure over the solution; `waterFraction` by mole. */
export function solutionKPa(tempC: number, waterFraction: number): number {
  return P.activity * waterFraction * waterKPa(tempC);
}

/** mole fraction of water from the weight fraction of ammonium nitrate */
export function waterFractionOf(weightAn: number): number {
  const water = (1 - weightAn) / P.waterKgMol;
  return water / (water + weightAn / P.nitrateKgMol);
}

export function boilingC(weightAn: number, kPa: number): number {
  const saturation = kPa / (P.activity * waterFractionOf(weightAn));
  return 1810.94 / (8.14019 - Math.log10(saturation / MMHG_KPA)) - 244.485;
}

/** EFMA, Storage of hot AN solutions [S]: weight per cent, degC */
const CRYSTALLISATION: readonly (readonly [number, number])[] = [[80, 57], [82.5, 65], [85, 75], [87.5, 85], [90, 96], [92.5, 108], [95, 122], [98, 146], [100, 169]];

export function crystallisationC(weightAn: number): number {
  const percent = weightAn * 100;
  if (percent <= 80) return 57 - (80 - percent) * 3.2;
  for (let i = 1; i < CRYSTALLISATION.length; i++) {
    const [w1, t1] = CRYSTALLISATION[i]!;
    const [w0, t0] = CRYSTALLISATION[i - 1]!;
    if (percent <= w1) return t0 + ((t1 - t0) * (percent - w0)) / (w1 - w0);
  }
  return 169;
}

/** pH of a 10 wt % sample at 25 degC; `excess` = (ammonia - acid) / nitrate. Charge balance with pKa 9.25, water's own ions left out. */
export function samplePh(excess: number): number {
  const ka = 10 ** -P.pKa;
  const b = excess * P.sampleMolL + ka;
  const root = Math.sqrt(b * b + 4 * P.sampleMolL * ka);
  // the form without cancellation on either side
  return -Math.log10(b > 0 ? (2 * P.sampleMolL * ka) / (b + root) : (root - b) / 2);
}

/** excess that gives a pH: the same balance solved for the excess */
export function excessOf(ph: number): number {
  const h = 10 ** -ph;
  const ka = 10 ** -P.pKa;
  return (P.sampleMolL * (h + ka) - h * (h + ka)) / h / P.sampleMolL - 1;
}

/** what acid, chloride and organics do to the rate; weight per cent [A, fitted to the guideline's holding times] */
export function catalysis(ph: number, chloridePercent: number, organicPercent: number): number {
  const acid = 10 ** (0.6 * Math.max(0, 4.5 - ph));
  const chloride = ph < 7 ? 1 + (480 * chloridePercent) / (chloridePercent + 0.2) : 1;
  return acid * chloride * (1 + (120 * organicPercent) / (organicPercent + 0.2));
}

/** 1/s, without catalysis */
export function decompositionPerS(tempC: number): number {
  return 10 ** P.rateLog10 * Math.exp(-P.energyJMol / (R_J_MOL_K * (tempC + ZERO_C_IN_K)));
}

/** W/kg of mixture */
export function decompositionWKg(tempC: number, weightAn: number, factor: number): number {
  return (weightAn * factor * decompositionPerS(tempC) * P.decompositionJMol) / P.nitrateKgMol;
}

/** time to maximum rate under adiabatic conditions, in hours */
export function tmradH(tempC: number, weightAn: number, factor: number, heatCapacityJKgK: number): number {
  const k = tempC + ZERO_C_IN_K;
  const hours = (heatCapacityJKgK * R_J_MOL_K * k * k) / (decompositionWKg(tempC, weightAn, factor) * P.energyJMol) / 3600;
  return Math.min(1e4, hours);
}

/** pressure of ammonia and acid over the melt, mmHg. Feick 1954 [L]; capped where the form ends */
export function dissociationMmHg(tempC: number): number {
  return Math.min(650, 10 ** (10.708 - 4670 / (tempC + ZERO_C_IN_K)));
}

/** mol of nitrate driven off as ammonia and acid with the three mol of gas of each mol decomposed, vented at 1 atm */
export function drivenOff(tempC: number): number {
  const p = dissociationMmHg(tempC);
  return (1.5 * p) / (760 - p);
}

/** Where the endothermic dissociation takes all the heat of decomposition at 1 atm: the cap of a vented runaway (V16). */
export function ventedCapC(): number {
  let low = 150;
  let high = 320;
  for (let i = 0; i < 60; i++) {
    const middle = (low + high) / 2;
    if (drivenOff(middle) * P.dissociationJMol < P.decompositionJMol) low = middle;
    else high = middle;
  }
  return low;
}
