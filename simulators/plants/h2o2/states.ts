/** The state vector by name. Units: Mol in mol, C in degC, M3 in m3, MPa gauge, Kg in kg. B* are boundary integrals for the balances (V29, V31). */
const NAMES = [
  // hydrogenation
  'h1Mol', 'h2Mol', 'h3Mol', 'h1C', 'h2C', 'h3C', 'hH2Mol', 'hN2Mol', 'tailO2Mol', 'sepM3', 'sepMol', 'sepC', 'tankM3', 'tankMol', 'tankC',
  // oxidation
  'coolerC', 'o1Ahq', 'o2Ahq', 'o3Ahq', 'o1Per', 'o2Per', 'o3Per', 'o1C', 'o2C', 'o3C', 'o1O2', 'o2O2', 'o3O2', 'oMPa', 'osM3', 'osAhq', 'osPer', 'osC',
  'acidOx', 'acidLoop', 'resC', 'resTankC',
  // extraction and return of the working solution
  'e1Per', 'e2Per', 'e3Per', 'e4Per', 'e5Per', 'e6Per', 'eBotC', 'eMidC', 'eTopC', 'eMPa', 'ifM3', 'ifPer', 'emulsion', 'stability', 'purC', 'extAhq', 'postPer',
  'wsM3', 'wsAhq', 'wsPer', 'wsC',
  // clay bed, preparation vessel, product tank
  'clayTopC', 'clayMidC', 'clayBotC', 'prepKg', 'prepPer', 'prepC', 'prepMPa', 'prodKg', 'prodPer', 'prodC', 'prodKPa', 'prodMetal',
  // boundary integrals
  'bHydrogenated', 'bOxidised', 'bDecomposed', 'bProduct', 'bPost', 'bPalladium',
] as const;

export type StateName = (typeof NAMES)[number];
export const STATE_NAMES: readonly StateName[] = NAMES;
export const STATE_COUNT = NAMES.length;
export const X = Object.fromEntries(NAMES.map((name, i) => [name, i])) as { readonly [K in StateName]: number };
