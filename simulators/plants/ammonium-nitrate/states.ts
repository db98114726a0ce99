/**
 * Names and order of the states. A vessel of solution is four in a row: ammonia and nitrate (total, bound or not) and water in mol, enthalpy in J.
 * Nitrogen, mass and energy are then linear in the states, so that every Runge-Kutta step keeps their balances. The last four are boundary integrals.
 */
const vessel = <T extends string>(name: T): [`${T}A`, `${T}C`, `${T}W`, `${T}H`] => [`${name}A`, `${name}C`, `${name}W`, `${name}H`];

export const STATE_NAMES = [
  'evapKg', 'evapJ', 'warmJ', 'koKg', 'foam', 'preJ',
  ...vessel('r'), 'rNox', 'rCorr', 'rGas',
  ...vessel('f'),
  ...vessel('t'), 'tHx', 'tCl', 'tOrg', 'tNox',
  ...vessel('e1'), 'e1P', 'e1Phi', ...vessel('e2'), 'e2P', 'e2Phi',
  ...vessel('s'), ...vessel('m'), ...vessel('h'), 'hNox',
  'pumpAJ', 'pumpBJ', 'pumpMJ', 'phiS', 'phiM',
  'm1N', 'm1W', 'm1S', 'm1H', 'm2N', 'm2W', 'm2S', 'm2H', 'storeC',
  'bKg', 'bN', 'bJ', 'bInKg', 'bInJ',
] as const;
export type StateName = (typeof STATE_NAMES)[number];
export const STATE_COUNT = STATE_NAMES.length;
export const X = Object.fromEntries(STATE_NAMES.map((name, i) => [name, i])) as Readonly<Record<StateName, number>>;
