/**
 * Parameters of the ammonia plant beside those of the converter and the gasifier, each with unit, source and evidence mark.
 * Marks (research/simulators.md): S read from the source, C computed, L literature, A assumed engineering value, G guideline text.
 */
import type { ParameterTable } from '../parameter.ts';
import { p, valuesOf } from '../parameter.ts';

export const PARAMETERS = {
  // --- gasification
  slurryM3h: p(66, 'm3/h', 'A', '4.3'),
  oxygenRatio: p(453, 'Nm3/m3', 'S', '4.3, Zhenhai window'),
  oxygenHeaderMPa: p(5.6, 'MPa', 'A', '4.3: gasifier 4.0 + difference 1.6'),
  gasifierMPa: p(4, 'MPa', 'A', '4.3'),
  slagDropMPa: p(0.15, 'MPa', 'A', 'slag tap and quench at design'),
  crudeKmolMPa: p(16.6, 'kmol/MPa', 'A', 'crude gas piping, scrubber: 150 m3 at 220 degC, dry gas share'),
  dryKmolS: p(1.261, 'kmol/s', 'C', 'dry gas at 66 m3/h'),
  purgeKmolS: p(0.031, 'kmol/s', 'A', '2500 Nm3/h of nitrogen through XV-3104'),
  flareValveKmolS: p(1.55, 'kmol/s', 'A', 'XV-3105 wide open at 4 MPa'),
  gasifierPsvMPa: p(4.8, 'MPa', 'A', 'PSV-3105; closes at 4.4'),
  // --- front end behind the shift
  makeUpPerDry: p(1.161, 'kmol/kmol', 'C', '(CO + H2) 4/3 of the dry gas: nitrogen wash to H2/N2 = 3'),
  headerKmolMPa: p(70, 'kmol/MPa', 'A', '300 m3'),
  methKmolMPa: p(33, 'kmol/MPa', 'A', '100 m3'),
  shiftCellMJK: p(2.3, 'MJ/K', 'A', 'a quarter of the instrumented bed: 25 s of gas'),
  wetGasMJK: p(0.033, 'MJ/kmolK', 'L', 'CO, H2, CO2 and steam at 340 degC'),
  shiftRiseK: p(12, 'K per mol% CO of the wet gas', 'C', '4.2'),
  methCellMJK: p(2.2, 'MJ/K', 'A', '25 s of gas at 2.9 kmol/s'),
  methGasMJK: p(0.0295, 'MJ/kmolK', 'L', 'N2 + 3 H2 at 600 K, JANAF'),
  methanationMJKmol: p(216.9, 'MJ/kmol', 'L', 'CO + 3 H2 at 583 K: 206.1 at 298 K and JANAF heat capacities'),
  sabatierMJKmol: p(177.9, 'MJ/kmol', 'L', 'CO2 + 4 H2 at 583 K: 165.0 at 298 K and JANAF heat capacities'),
  copperHeatJMol: p(86_700, 'J/mol', 'L', 'CuO + H2 = Cu + H2O'),
  nitrogenJMolK: p(29.5, 'J/molK', 'L', 'nitrogen at 200 degC'),
  carrierNm3h: p(8000, 'Nm3/h', 'A', 'reduction carrier'),
  copperKmolCell: p(24, 'kmol', 'A', 'oxygen to be taken from a quarter of the bed'),
  feedNm3h: p(35_000, 'Nm3/h', 'A', 'natural gas to the reformer'),
  gasPerFeed: p(4.57, 'kmol/kmol', 'C', 'N2 + 3 H2 from CH4, steam and 1.55 of air'),
  // --- compressor
  makeUpKmolS: p(1.946, 'kmol/s', 'C', '58.2 t/h of ammonia need 153 000 Nm3/h; 4.3 says 125 000, which does not carry the converter'),
  suctionMPa: p(3.2, 'MPa', 'A', '4.3'),
  suctionKmolMPa: p(16, 'kmol/MPa', 'A', '50 m3'),
  currentA: p(820, 'A', 'A', '4.3; I = I0 (1 + 2.5 x)'),
  // --- loop
  loopM3: p(250, 'm3', 'A', 'converter, exchangers and piping'),
  loopK: p(330, 'K', 'A', 'mean of the loop gas'),
  compressibility: p(1.06, '-', 'L', 'N2 + 3 H2 at 200 bar'),
  loopMPa: p(19.9, 'MPa', 'A', '4.3'),
  poynting: p(1.25, '-', 'A', '4.2'),
  chillC: p(21.27, 'degC', 'C', 'the separator that gives 4.17 % at the converter; 4.2 says -8 degC, which would give 1.5 %'),
  inertShare: p(5e-5, '-', 'A', 'nitrogen-washed make-up'),
  loopPurgeKmolS: p(0.05, 'kmol/s', 'A', '0.3 % of what circulates'),
  sepFullKg: p(12_000, 'kg', 'A', '100 % of LI-3541'),
  letdownKgS: p(16.2, 'kg/s', 'C', '58.2 t/h at normal opening'),
  // --- flash drum
  flashM3: p(18, 'm3', 'A', 'gas space of the drum at its working level'),
  flashFullKg: p(14_000, 'kg', 'A', '100 % of LI-3552'),
  flashMPa: p(1.8, 'MPa', 'A', '4.3'),
  flashPsvMPa: p(2.5, 'MPa', 'A', '4.3; closes at 2.3'),
  flashPsvKgS: p(1.5, 'kg/s', 'A', 'sized for fire, not for gas break-through: the lesson of Grangemouth'),
  flashBurstMPa: p(4, 'MPa', 'A', '1.6 times the design pressure of 2.5 MPa'),
  letdownM2: p(1.75e-4, 'm2', 'C', '4.2, at normal opening'),
  letdownCd: p(0.61, '-', 'L', 'sharp orifice'),
  breakThroughK: p(290, 'K', 'A', 'gas behind the letdown'),
  breakThroughKgMol: p(8.67e-3, 'kg/mol', 'A', 'loop gas'),
  flashGasShare: p(0.008, '-', 'A', 'dissolved gas of the letdown'),
  // --- boiler and chiller
  drumMPa: p(4, 'MPa', 'A', '4.3'),
  drumMPaPerKg: p(0.0278, 'MPa/kg', 'C', '3.6 kg/s of syngas: 1 bar/s in 15 m3'),
  chillerMPa: p(0.45, 'MPa', 'A', '4.3'),
  chillerMPaPerKg: p(0.00694, 'MPa/kg', 'C', '0.12 kg/s: 0.5 bar/min'),
  // --- flare
  flareSweepTh: p(0.8, 't/h', 'A', 'sweep gas of the header'),
} as const satisfies ParameterTable;

export const P = valuesOf(PARAMETERS);
