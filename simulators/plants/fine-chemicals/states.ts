/**
 * The state vector by name. Units: Kg, kmol (species), MJ = enthalpy against 0 degC, so that mass and energy balances are sums that every Runge-Kutta step
 * keeps to rounding (V29, V30). r R-1101, d D-1102, s R-1103, h R-1201, g R-1301, v V-1302, c C-1401, t T-1501. b* are boundary integrals for the balances.
 * The wall of R-1101 moves with its charge, as in the runs that V08 comes from.
 */
const NAMES = [
  // R-1101: jacket, speed of the stirrer
  'rKg', 'rA', 'rB', 'rP', 'rDecKg', 'rGas', 'rMJ', 'rjMJ', 'rRpm', 'rVented',
  // D-1102, R-1103
  'dKg', 'dQuenchKg', 'dA', 'dB', 'dDecKg', 'dGas', 'dMJ', 'sKg', 'sA', 'sB', 'sDecKg', 'sMJ',
  // R-1201: kmol
  'hNitro', 'hInt', 'hAmine', 'hLiqH2', 'hH2', 'hN2', 'hO2', 'hMJ', 'hjMJ', 'hRpm', 'hallLel',
  // R-1301 and V-1302
  'gKg', 'gRx', 'gRMgX', 'gZ', 'gW', 'gMJ', 'gjMJ', 'gMPa', 'vKg', 'vRx', 'vRMgX', 'vQuenchKg', 'vMJ', 'vMPa',
  // C-1401
  'cLight', 'cHeavy', 'cResKg', 'cDec', 'cMJ', 'cwMJ', 'cTopC', 'cKPa',
  // T-1501
  'tDuctPa', 'tAlkA', 'tAlkB', 'tMJ', 'tHallMgM3',
  // boundary integrals: kg, kmol, MJ that came in (net), and what the reactions gave
  'bKg1100', 'bA', 'bH2', 'bNitro', 'bO2', 'bRx', 'bLight', 'bHeavy', 'bMJ', 'bReaction', 'bDecomposed', 'bHydrogen', 'bIntDec', 'bGrignard', 'bQuench', 'bResidue',
  'bLeakHeat', 'bDose', 'bHalide',
] as const;

export type StateName = (typeof NAMES)[number];
export const STATE_NAMES: readonly StateName[] = NAMES;
export const STATE_COUNT = NAMES.length;
export const X = Object.fromEntries(NAMES.map((name, i) => [name, i])) as { readonly [K in StateName]: number };
