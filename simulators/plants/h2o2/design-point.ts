/**
 * The design point: flows, concentrations and temperatures of normal running (research/simulators.md 5.2 and 5.3), and the coefficients that follow
 * from them. Catalyst activities, heat-exchange areas and losses are solved from the balances here, so that the plant starts settled.
 */
import { arrheniusRatio } from '../../kernel/arrhenius.ts';
import { P } from './parameters.ts';

export const ATMOSPHERE_MPA = 0.101325;
export const SECONDS_PER_HOUR = 3600;

export const SOLUTION_M3S = P.productKgH / P.hydrogenationEfficiencyGL / SECONDS_PER_HOUR;
export const AHQ_MOL_M3 = (P.hydrogenationEfficiencyGL * 1000) / P.peroxideMolarMassGMol;
export const HYDROGEN_MOLS = SOLUTION_M3S * AHQ_MOL_M3;
export const NM3H_PER_MOLS = (SECONDS_PER_HOUR * P.molarVolumeNm3Kmol) / 1000;
export const SOLUTION_J_M3K = P.solutionDensityKgM3 * P.solutionHeatCapacityJKgK;
export const SOLUTION_WK = SOLUTION_M3S * SOLUTION_J_M3K;
export const HYDROGENATION_RISE_K = (AHQ_MOL_M3 * P.hydrogenationHeatJMol) / SOLUTION_J_M3K;
export const OXIDATION_RISE_K = (AHQ_MOL_M3 * P.oxidationHeatJMol) / SOLUTION_J_M3K;

// --- hydrogenation
export const BED_C = [48, 52, 56] as const;
export const HYDROGENATOR_MPA = 0.28;
export const HYDROGENATOR_INLET_C = BED_C[2] - HYDROGENATION_RISE_K;
export const SOLUTION_TANK_C = 45;
/** mol in the gas space of the tower at design pressure, 52 degC */
export const TOWER_GAS_MOL = ((HYDROGENATOR_MPA + ATMOSPHERE_MPA) * 1e6 * P.towerGasM3) / (8.314462618 * 325.15);
export const TAIL_GAS_MOL = (TOWER_GAS_MOL * P.tailGasM3) / P.towerGasM3;
export const TAIL_MOLS = P.tailGasNm3H / NM3H_PER_MOLS;
export const MAKEUP_NITROGEN_MOLS = TAIL_MOLS * (1 - P.tailHydrogenFraction);

// --- oxidation
export const CONVERSION = [0.36, 0.335, 0.3] as const;
export const SECTION_C = [48, 50, 52] as const;
export const OXIDISER_MPA = 0.25;
export const FEED_COOLER_C = 45.7;
export const COOLING_M3H = 1050;
export const FEED_COOLER_EFFECT = (BED_C[2] - FEED_COOLER_C) / (BED_C[2] - P.coolingWaterC);
const CONVERTED = CONVERSION[0] + CONVERSION[1] + CONVERSION[2];
const OXYGEN_IN_AIR = 0.2095;
const OXIDATION_MOLS = HYDROGEN_MOLS * CONVERTED;
export const AIR_MOLS = OXIDATION_MOLS / (OXYGEN_IN_AIR - ((1 - OXYGEN_IN_AIR) * P.tailOxygenFraction) / (1 - P.tailOxygenFraction));
export const AIR_OXYGEN = OXYGEN_IN_AIR;
export const SECTION_GAS_MOL = ((OXIDISER_MPA + ATMOSPHERE_MPA) * 1e6 * P.sectionGasM3) / (8.314462618 * 323.15);

export interface SectionDesign {
  readonly ahqMolM3: number;
  readonly peroxideMolM3: number;
  readonly oxygenFraction: number;
  readonly activityMolS: number;
  readonly coilWK: number;
}

export const SECTIONS: readonly SectionDesign[] = designSections(false);
/** air from below: the last section sees fresh air, the first what is left of it */
export const SECTIONS_COUNTER_CURRENT: readonly SectionDesign[] = designSections(true);

function designSections(counterCurrent: boolean): SectionDesign[] {
  const sections: SectionDesign[] = [];
  const gas = counterCurrent ? gasFromBelow() : null;
  let ahq = AHQ_MOL_M3;
  let peroxide = 0;
  let inletC = FEED_COOLER_C;
  let gasMols = AIR_MOLS;
  let oxygenMols = AIR_MOLS * AIR_OXYGEN;
  for (let i = 0; i < CONVERSION.length; i++) {
    const tempC = SECTION_C[i]!;
    const reactedMols = HYDROGEN_MOLS * CONVERSION[i]!;
    ahq -= reactedMols / SOLUTION_M3S;
    const decay = P.oxidiserDecomposition50PerS * arrheniusRatio(P.metalEnergyJMol, tempC, 50);
    peroxide = (peroxide + reactedMols / SOLUTION_M3S) / (1 + (decay * P.sectionM3) / SOLUTION_M3S);
    const decomposedMols = decay * peroxide * P.sectionM3;
    gasMols += -reactedMols + decomposedMols / 2;
    oxygenMols += -reactedMols + decomposedMols / 2;
    const heatW = reactedMols * P.oxidationHeatJMol + decomposedMols * P.decompositionHeatJMol + SOLUTION_WK * (inletC - tempC);
    const oxygenFraction = gas?.[i] ?? oxygenMols / gasMols;
    sections.push({
      ahqMolM3: ahq, peroxideMolM3: peroxide, oxygenFraction,
      activityMolS: reactedMols / (ahq ** 0.7 * oxygenFraction ** 1.4),
      coilWK: heatW / (tempC - P.coolingWaterC),
    });
    inletC = tempC;
  }
  return sections;
}

/** mole fraction of oxygen in each section when air rises; decomposition adds less than 1 % and is left out of the design */
function gasFromBelow(): number[] {
  const fractions: number[] = [];
  let used = 0;
  for (let i = CONVERSION.length - 1; i >= 0; i--) {
    used += HYDROGEN_MOLS * CONVERSION[i]!;
    fractions[i] = (AIR_MOLS * AIR_OXYGEN - used) / (AIR_MOLS - used);
  }
  return fractions;
}

// --- acidity
export const ACIDITY_MGL = 3.5;
export const ACID_LH = 2.1;

// --- extraction
export const WATER_M3H = 20;
export const EXTRACTION_C = [47, 46, 45] as const;
export const EXTRACTION_INLET_C = 47.6;
export const EXTRACTION_MPA = 0.08;
export const RAFFINATE_GL = 0.19;

/** heat that leaves a third of the extraction tower, in W at design temperature */
export const EXTRACTION_LOSS_W = [
  SOLUTION_WK * (EXTRACTION_INLET_C - EXTRACTION_C[0]), SOLUTION_WK * (EXTRACTION_C[0] - EXTRACTION_C[1]), SOLUTION_WK * (EXTRACTION_C[1] - EXTRACTION_C[2]),
] as const;

// --- the rest
export const CLAY_C = 50;
export const PREP_C = 45;
export const PREP_STEAM_W = 60e3;
export const PREP_LOSS_WK = PREP_STEAM_W / (PREP_C - 25);
export const TANK_PEROXIDE_MOL = (P.tankMassKg * P.tankStrength * 1000) / P.peroxideMolarMassGMol;
