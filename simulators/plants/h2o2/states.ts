/** The state vector by name. Units: Mol in mol, C in degC, M3 in m3, MPa gauge, Kg in kg. b* are boundary integrals for the balances (V29, V30, V31); bLoopJ, bTankJ, bPrepJ in J. */
const NAMES = [
  // hydrogenation
  'h1Mol', 'h2Mol', 'h3Mol', 'h1C', 'h2C', 'h3C', 'hH2Mol', 'hN2Mol', 'tailO2Mol', 'sepM3', 'sepMol', 'sepC', 'tankM3', 'tankMol', 'tankC',
  // oxidation
  'coolerC', 'o1Ahq', 'o2Ahq', 'o3Ahq', 'o1Per', 'o2Per', 'o3Per', 'o1C', 'o2C', 'o3C', 'o1O2', 'o2O2', 'o3O2', 'oMPa', 'osM3', 'osAhq', 'osPer', 'osC',
  'acidOx', 'acidLoop', 'resC', 'resTankC',
  // liquid in the towers (they can be drained), solids from over-hydrogenation, oxygen and dead legs of the hydrogenation gas (vol%)
  'towerM3', 'oxM3', 'solids', 'hO2Mol', 'deadH2', 'deadO2',
  // drain tanks: A takes hydrogenation, B oxidation, or both when somebody lines them up so (Alien: m3 of hydrogenation liquor in B)
  'dAM3', 'dAAhq', 'dAPer', 'dAC', 'dBM3', 'dBAhq', 'dBPer', 'dBC', 'dBAlien',
  // residue: strength (1 = undiluted), pressure, level of the separator in %; resin column: free peroxide g/L, degC, share under liquid; concentrator, its product in wt%
  'resStrength', 'resMPa', 'resLevel', 'resinGL', 'resinC', 'resinFlood', 'concC', 'concKPa', 'concWt',
  // counter-current only: bottom of the tower, condensate receiver of the tail gas
  'botM3', 'botAhq', 'botPer', 'botC', 'condM3',
  // extraction and return of the working solution
  'e1Per', 'e2Per', 'e3Per', 'e4Per', 'e5Per', 'e6Per', 'eBotC', 'eMidC', 'eTopC', 'eMPa', 'ifM3', 'ifPer', 'emulsion', 'stability', 'purC', 'extAhq', 'postPer',
  'wsM3', 'wsAhq', 'wsPer', 'wsC',
  // clay bed, preparation vessel, product tank
  'clayTopC', 'clayMidC', 'clayBotC', 'prepKg', 'prepPer', 'prepC', 'prepMPa', 'prodKg', 'prodPer', 'prodC', 'prodKPa', 'prodMetal',
  // boundary integrals
  'bHydrogenated', 'bOxidised', 'bDecomposed', 'bProduct', 'bPost', 'bPalladium', 'bLoopJ', 'bTankJ', 'bPrepJ',
] as const;

export type StateName = (typeof NAMES)[number];
export const STATE_NAMES: readonly StateName[] = NAMES;
export const STATE_COUNT = NAMES.length;
export const X = Object.fromEntries(NAMES.map((name, i) => [name, i])) as { readonly [K in StateName]: number };
