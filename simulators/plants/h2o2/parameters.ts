/**
 * The parameters of the peroxide plant, each with unit, source and evidence mark.
 * Marks (research/simulators.md): S read from the source, C computed, L literature, A assumed engineering value, G guideline text.
 */
import type { ParameterTable } from '../parameter.ts';
import { p, valuesOf } from '../parameter.ts';

export const PARAMETERS = {
  // --- basis: 50 kt/a as 100 %, 5.2 first bullet
  productKgH: p(6250, 'kg/h', 'C', '50 kt/a over 8000 h'),
  hydrogenationEfficiencyGL: p(7.0, 'g/L', 'A', '5.2 normal 氢效'),
  peroxideMolarMassGMol: p(34.0147, 'g/mol', 'L', 'IUPAC'),
  molarVolumeNm3Kmol: p(22.414, 'Nm3/kmol', 'L', 'ideal gas at 0 degC, 101.325 kPa'),
  hydrogenationHeatJMol: p(105e3, 'J/mol', 'L', '5.2'),
  oxidationHeatJMol: p(83e3, 'J/mol', 'L', '5.2'),
  peroxideFormationJMol: p(187.8e3, 'J/mol', 'L', 'H2 + O2 -> H2O2(l), CODATA'),
  solutionDensityKgM3: p(930, 'kg/m3', 'A', 'working solution in C9/TOP'),
  solutionHeatCapacityJKgK: p(1904, 'J/kgK', 'C', 'fitted to 12.2 K and 9.7 K of 5.2'),
  waterJKgK: p(4180, 'J/kgK', 'L', 'liquid water'),
  peroxideJKgK: p(2630, 'J/kgK', 'L', 'liquid hydrogen peroxide'),
  peroxideKgM3: p(374, 'kg/m3', 'L', 'rise of the density with the strength: 1131 at 35 %, 1187 at 50 %'),
  // --- kinetics
  hydrogenationEnergyJMol: p(44e3, 'J/mol', 'A', '5.2, literature 30-60 (Santacesaria, CES 54 (1999) 2799)'),
  oxidationEnergyJMol: p(41.3e3, 'J/mol', 'S', '5.2, React. Kinet. Catal. Lett. 83 (2004) 71'),
  decompositionHeatJMol: p(98.1e3, 'J/mol', 'L', '5.2: 2.885 MJ/kg'),
  cleanEnergyJMol: p(71e3, 'J/mol', 'L', 'Takagi & Ishigure 1985'),
  cleanRate30PerS: p(3.17e-10, '1/s', 'C', '5.2: 1 %/year at 30 degC'),
  metalEnergyJMol: p(57.1e3, 'J/mol', 'S', 'IJHE 40 (2015) 1278'),
  oxidiserDecomposition50PerS: p(3.2e-5, '1/s', 'A', 'so that 氧效/氢效 = 0.985 at 50 degC and acidity 3.5'),
  acidDecades: p(0.75, 'decades per mg/L', 'A', '5.2 gives 0.5 [A]; 0.75 fits the tail oxygen of F4-03 (6 -> 9 %)'),
  // --- hydrogenation
  standingActivity: p(0.002, '-', 'A', 'a bed over which nothing trickles takes up hydrogen by diffusion only'),
  bedVolumeM3: p(15, 'm3', 'A', 'one minute of flow a section'),
  towerGasM3: p(60, 'm3', 'A', 'gas space of the tower'),
  tailGasM3: p(8, 'm3', 'A', 'gives AI-4106 its lag of about 8 min'),
  tailGasNm3H: p(200, 'Nm3/h', 'A', '5.2 link raffinate -> tail gas'),
  tailHydrogenFraction: p(0.15, '-', 'A', 'hydrogen left in the tail gas'),
  recombination: p(0.875, '-', 'A', '5.2 gives 0.95 [A]; with the post-treatment capacity below 0.875 meets 2.2 vol% at 0.30 g/L'),
  postTreatmentCapacityGL: p(0.183, 'g/L', 'A', 'drying and clay destroy so much peroxide; breakthrough above'),
  separatorM3: p(20, 'm3', 'A', 'V-4102: F4-01 empties 35 % in 4 min at 12 % excess outflow'),
  hydrogenatedTankM3: p(60, 'm3', 'A', 'V-4103'),
  // --- oxidation
  sectionM3: p(46, 'm3', 'A', 'residence 3.1 min, gives F4-02 its 9-12 min'),
  oxidiserSeparatorM3: p(20, 'm3', 'A', 'V-4202'),
  sectionGasM3: p(30, 'm3', 'A', 'gas hold-up of a section'),
  tailOxygenFraction: p(0.05, '-', 'A', '5.3 gives 6 %, but then air is 25 500 Nm3/h and leaves the range of FI-4210; 5 % needs 24 200'),
  emergencyCoolingWK: p(95e3, 'W/K', 'A', 'per section, XV-4205 full open'),
  coolingWaterC: p(28, 'degC', 'A', 'summer'),
  emergencyWaterC: p(22, 'degC', 'A', 'emergency main'),
  coolerLagS: p(75, 's', 'A', 'metal and water in E-4201'),
  fastBypassW: p(22e6, 'W', 'A', 'F4-02F only: heat let past the exchanger into the lower section; compressed time for a two-minute lesson'),
  boilingC: p(98, 'degC', 'A', 'water and solvent begin to evaporate: a heat sink that ends the rise'),
  // --- acidity
  acidOxidisedM3: p(140, 'm3', 'A', 'liquor between oxidation and extraction'),
  acidLoopM3: p(260, 'm3', 'A', 'the rest of the loop: hold-up of the tanks'),
  acidKept: p(0.764, '-', 'A', 'share of the acid that comes back with the raffinate; F4-03 2 mg/L at 30 min, 1 at 55'),
  acidSolutionKgL: p(0.5, 'kg/L', 'A', 'dosing solution'),
  alkaliKgH: p(0.315, 'kg/h', 'A', 'normal carry-over of K2CO3 as H3PO4'),
  // --- extraction
  partition: p(70, '(g/L)/(g/L)', 'A', '5.2'),
  stageOrganicM3: p(16, 'm3', 'A', 'a sixth of the tower'),
  stageAqueousM3: p(1.8, 'm3', 'A', 'F4-06: 0.30 g/L in about 20 min'),
  backMixing: p(0.03, '-', 'A', 'six stages with this back-mixing act like 5.9 theoretical ones'),
  interfaceM3: p(11.4, 'm3', 'A', 'F4-07 50 -> 85 % in 12 min'),
  extractionHeatJK: p(63e6, 'J/K', 'C', 'two stages of solution and water'),
  extractionGasMolMPa: p(9000, 'mol/MPa', 'A', 'vapour space of T-4301'),
  // --- draining (A4-3)
  drainM3S: p(0.03, 'm3/s', 'A', 'DN100 by gravity; the hydrogenation tower is empty in 25 min'),
  drainAmbientC: p(28, 'degC', 'A', 'summer'),
  drainOxidationPerS: p(1.5e-3, '1/s', 'A', 'hydroquinone of the drained liquor takes oxygen from the air over it within a quarter of an hour'),
  drainDecompositionPerS: p(2e-5, '1/s', 'A', 'as in the oxidiser at 50 degC'),
  drainMixedFactor: p(300, '-', 'A', 'palladium fines and alkali of one liquor on the peroxide of the other (5.2 f_res 1e4-1e5 on the clean rate)'),
  drainPocket: p(0.05, '-', 'A', 'share (a twentieth) of the tank that takes the heat: peroxide gathers in the water at its bottom'),
  // --- gas of hydrogenation (A4-6)
  purgeVentFactor: p(6, '-', 'A', 'vent fully open while purging; 15 % hydrogen to 0.5 % in about 40 min'),
  openedMixS: p(90, 's', 'A', 'tower gas and air mix at an opened manhole; up to 12 % of oxygen there'),
  hydrogenLimitVol: p(4, 'vol%', 'L', 'lower explosive limit of hydrogen in air'),
  oxygenLimitVol: p(5, 'vol%', 'L', 'limiting oxygen concentration of hydrogen with nitrogen'),
  // --- resin column and concentrator (A4-10, A4-1)
  productGL: p(312, 'g/L', 'C', '5.2 product of the extraction'),
  resinNormalC: p(30, 'degC', 'A', 'column in service'),
  resinTurnoverS: p(220, 's', 'A', 'void volume over wash flow: 312 to 0.5 g/L in 24 min by 5.2 c0 exp(-F t/V)'),
  resinFilmGL: p(30, 'g/L', 'A', '5.5 F4-16 AI-4702 30 g/L'),
  resinHeatKS: p(2 / 60, 'K/s', 'A', '5.5 F4-16 +2 K/min'),
  concentratorC: p(55, 'degC', 'A', '5.3 normal'),
  concentratorKPa: p(10, 'kPa', 'A', '5.3 normal, absolute'),
  // --- counter-current (A4-2(3))
  bottomM3: p(20, 'm3', 'A', 'as V-4202'),
  bottomNormal: p(0.6, '-', 'A', '5.3 LI-4205 60 %'),
  condensateM3: p(2, 'm3', 'A', 'receiver'),
  condensateNormal: p(0.25, '-', 'A', '5.3 LI-4206 25 %'),
  condensateM3S: p(0.000917, 'm3/s', 'C', '5.5 F4-05: 25 to 80 % of 2 m3 in 20 min'),
  // --- residue, clay, preparation, tank
  residueHeatKS: p(0.02, 'K/s', 'A', '5.2 1-3 K/min when f = 1e5; 5.5 F4-10'),
  residueBurstMPa: p(0.3, 'MPa', 'A', 'design pressure of the residue separator'),
  clayFlowTimeS: p(900, 's', 'A', 'bed volume over flow'),
  clayNitrogenTimeS: p(1200, 's', 'A', 'nitrogen blown through the bed'),
  stabiliserTimeS: p(400, 's', 'A', 'stabiliser mixes into the tank and binds the metal'),
  claySelfHeatKS: p(0.018, 'K/s', 'A', 'F4-12 50 -> 85 degC in about 25 min'),
  prepChargeKg: p(9300, 'kg', 'C', '5.2: 10 m3 of working solution'),
  prepFullKg: p(15500, 'kg', 'A', 'vessel brim-full'),
  prepRate45PerS: p(0.006, '1/s', 'A', 'violent within minutes (Luxi, 1 May 2023)'),
  prepEnergyJMol: p(62e3, 'J/mol', 'S', '5.2: field rule of peroxychem.com, x2 per 10 K'),
  prepHeadspaceMolMPa: p(1822, 'mol/MPa', 'C', '5 m3 at 60 degC'),
  prepVentMolSMPa05: p(60, 'mol/s/MPa^0.5', 'A', 'DN 80 vent'),
  prepDiscMPa: p(0.5, 'MPa', 'A', 'rupture disc of R-4502, gauge'),
  tankMassKg: p(600e3, 'kg', 'A', '5.2: 500 m3, 50 %'),
  tankStrength: p(0.5, 'kg/kg', 'A', '5.2'),
  tankCoolingWK: p(1450, 'W/K', 'A', '5.2'),
  tankAmbientC: p(28, 'degC', 'A', '5.3 normal value'),
  tankVentMolSKPa: p(14, 'mol/s/kPa^0.5', 'A', 'DN 200 vent'),
} as const satisfies ParameterTable;

export const P = valuesOf(PARAMETERS);
