/**
 * The state vector by name. Units by the ending: Kmol, MJ, C (degC), Pct (%), MPa gauge, Kg; the rest without unit (0..1) or as named. b* are boundary integrals
 * that close the balances (V29, V30, V31): they are no part of the plant.
 */
const NAMES = [
  // gasifier, oxygen line, quench chamber, crude gas up to the shift valve
  'gCO', 'gH2', 'gCO2', 'gH2O', 'gN2', 'gO2', 'gasMJ', 'faceC', 'brickC', 'flame', 'oxygenMPa', 'lineSyngas', 'quenchPct', 'crudeKmol',
  // reformer
  'feedNm3h', 'steamRatio', 'airRatio', 'tubeC', 'primaryC', 'secondaryC', 'coke',
  // shift and front-end header, methanation, suction of the compressor
  's1C', 's2C', 's3C', 's4C', 'sWallC', 's1Ox', 's2Ox', 's3Ox', 's4Ox', 'carrierNm3h', 'reductionH2', 'steamGas', 'coSlip', 'headerKmol',
  'm1C', 'm2C', 'm3C', 'm4C', 'mWallC', 'carbonOxides', 'methKmol', 'suctionKmol',
  // compressor
  'knockPct', 'dischargeC', 'dischargeMPa', 'liquid', 'current', 'vibration',
  // converter and loop
  'cat1C', 'cat2C', 'cat3C', 'cat4C', 'cat5C', 'cat6C', 'cat7C', 'cat8C', 'cat9C', 'cat10C', 'cat11C', 'cat12C', 'cat13C', 'cat14C', 'cat15C', 'cat16C', 'cat17C', 'cat18C', 'cat19C', 'cat20C', 'cat21C', 'cat22C', 'cat23C', 'cat24C', 'cat25C', 'cat26C', 'cat27C', 'cat28C', 'cat29C', 'cat30C',
  'shellC', 'feedC', 'nH2', 'nN2', 'nNH3', 'nInert', 'chillC',
  // high-pressure separator, flash drum, waste-heat boiler, chiller
  'sepKg', 'flashKg', 'flashKmol', 'drumMPa', 'drumPct', 'drumH2', 'chillerMPa', 'chillerH2',
  // flare, and gas around the plant
  'flareTh', 'flareKPa', 'rackGas', 'coGas', 'houseGas', 'nh3Gas', 'synGas',
  // boundary integrals: loop (H, N in kmol of atoms), gasifier (C, H, O in kmol of atoms, MJ), converter (MJ)
  'bLoopH', 'bLoopN', 'bGasC', 'bGasH', 'bGasO', 'bGasMJ', 'bConverterMJ',
] as const;

export type StateName = (typeof NAMES)[number];
export const STATE_NAMES: readonly StateName[] = NAMES;
export const STATE_COUNT = NAMES.length;
export const X = Object.fromEntries(NAMES.map((name, i) => [name, i])) as { readonly [K in StateName]: number };
