/**
 * Units that occur in plants, and what converts into what. Units of different quantities never convert, also where a factor could be
 * found: gauge and absolute pressure, mg/m3 and ppm, standard and actual cubic metres differ by something that no table knows.
 */

/** What a figure is: a point on the scale (60 degC), a difference on it (a deadband of 1 K), or a difference per minute. */
export type FigureKind = 'value' | 'difference' | 'perMinute';

/** Part of the tag's own range, in percent; converted where the range is known. */
export const SPAN_UNIT = '%span';

interface Unit {
  readonly quantity: string;
  /** Size of one, in the quantity's base unit. */
  readonly factor: number;
  /** Where its zero lies, in the quantity's base unit. Only temperatures have one. */
  readonly offset?: number;
}

const scaled = (quantity: string, factors: Readonly<Record<string, number>>): [string, Unit][] => Object.entries(factors).map(([unit, factor]) => [unit, { quantity, factor }]);

const PRESSURES = { Pa: 1, hPa: 100, mbar: 100, kPa: 1e3, bar: 1e5, MPa: 1e6, psi: 6_894.757_293_168, mmHg: 133.322_387_415, mmH2O: 9.806_65, atm: 101_325 };
const suffixed = (suffix: string): Readonly<Record<string, number>> => Object.fromEntries(Object.entries(PRESSURES).map(([unit, factor]) => [unit + suffix, factor]));

const UNITS: ReadonlyMap<string, Unit> = new Map<string, Unit>([
  ['degC', { quantity: 'temperature', factor: 1, offset: 273.15 }], ['K', { quantity: 'temperature', factor: 1, offset: 0 }], ['degF', { quantity: 'temperature', factor: 5 / 9, offset: 459.67 * (5 / 9) }],
  ...scaled('pressure', PRESSURES), ...scaled('gauge pressure', suffixed('(g)')), ...scaled('absolute pressure', suffixed('(a)')),
  ...scaled('volume fraction', { 'vol%': 1e-2, 'ppm': 1e-6, 'ppb': 1e-9 }), ...scaled('mass fraction', { 'wt%': 1e-2, 'ppmw': 1e-6 }), ...scaled('molar fraction', { 'mol%': 1e-2 }),
  ...scaled('part of the whole range', { '%': 1 }), ...scaled('part of the lower explosive limit', { '%LEL': 1 }),
  ...scaled('mass concentration', { 'ug/m3': 1e-9, 'mg/m3': 1e-6, 'g/m3': 1e-3, 'ug/L': 1e-6, 'mg/L': 1e-3, 'g/L': 1, 'kg/m3': 1 }), ...scaled('mass concentration at standard conditions', { 'mg/Nm3': 1e-6, 'g/Nm3': 1e-3 }),
  ...scaled('volume flow', { 'm3/h': 1, 'm3/min': 60, 'm3/s': 3_600, 'm3/d': 1 / 24, 'L/h': 1e-3, 'L/min': 0.06, 'L/s': 3.6 }), ...scaled('standard volume flow', { 'Nm3/h': 1, 'Nm3/min': 60, 'Nm3/s': 3_600 }),
  ...scaled('mass flow', { 'kg/h': 1, 'kg/min': 60, 'kg/s': 3_600, 't/h': 1e3, 't/d': 1e3 / 24 }),
  ...scaled('time', { ms: 1e-3, s: 1, min: 60, h: 3_600, d: 86_400 }), ...scaled('length', { um: 1e-6, mm: 1e-3, cm: 1e-2, m: 1 }), ...scaled('vibration velocity', { 'mm/s': 1, 'm/s': 1e3 }),
  ...scaled('speed of rotation', { 'rpm': 1, 'Hz': 60 }), ...scaled('mass', { g: 1e-3, kg: 1, t: 1e3 }), ...scaled('volume', { L: 1e-3, m3: 1 }), ...scaled('standard volume', { Nm3: 1 }),
  ...scaled('current', { mA: 1e-3, A: 1, kA: 1e3 }), ...scaled('voltage', { mV: 1e-3, V: 1, kV: 1e3 }), ...scaled('power', { W: 1, kW: 1e3, MW: 1e6 }),
  ...scaled('conductivity', { 'uS/cm': 1, 'mS/cm': 1e3 }), ...scaled('acidity', { pH: 1 }), ...scaled('number', { '1': 1 }),
]);

const SPELLINGS: readonly (readonly [RegExp, string])[] = [
  [/℃|°C/gu, 'degC'], [/℉|°F/gu, 'degF'], [/[µμ]/gu, 'u'], [/³|\^3/gu, '3'], [/％/gu, '%'], [/\s/gu, ''],
  [/^(Pa|hPa|mbar|kPa|bar|MPa|psi|mmHg|mmH2O|atm)\(?[gG]\)?$/u, '$1(g)'], [/^(Pa|hPa|mbar|kPa|bar|MPa|psi|mmHg|mmH2O|atm)\(?[aA]\)?$/u, '$1(a)'],
  [/^r\/min$/u, 'rpm'], [/^%\(?v(?:ol)?\)?$|^%vol$/u, 'vol%'], [/^ppmv$/u, 'ppm'], [/^l\//u, 'L/'], [/\/l$/u, '/L'],
];
const PER_TIME: Readonly<Record<string, number>> = { '/s': 60, '/min': 1, '/h': 1 / 60 };
/** Digits kept: enough for any figure a person writes, few enough that 4 MPa is 4000 kPa and not 4000.0000000000005. */
const DIGITS = 12;

/** `figure` in the unit `to`, or null when the units do not measure the same thing. A rate may name its time: K/h; else per minute. */
export function convertFigure(figure: number, from: string, to: string, kind: FigureKind): number | null {
  if (normal(from) === normal(to)) return figure;
  const target = UNITS.get(normal(to));
  const direct = UNITS.get(normal(from));
  if (target === undefined) return kind === 'perMinute' && direct === undefined ? perTime(figure, from, to) : null;
  if (direct?.quantity === target.quantity) return rounded(kind === 'value' ? (figure * direct.factor + (direct.offset ?? 0) - (target.offset ?? 0)) / target.factor : (figure * direct.factor) / target.factor);
  return kind === 'perMinute' ? perTime(figure, from, to) : null;
}

function perTime(figure: number, from: string, to: string): number | null {
  const match = /^(.+)(\/(?:s|min|h))$/u.exec(normal(from));
  const factor = PER_TIME[match?.[2] ?? ''];
  const inUnit = match?.[1] === undefined ? null : convertFigure(figure, match[1], to, 'difference');
  return inUnit === null || factor === undefined ? null : rounded(inUnit * factor);
}

/** Units that convert into `to`, itself first; for saying what would be accepted. */
export function unitsLike(to: string): readonly string[] {
  const quantity = UNITS.get(normal(to))?.quantity;
  return [to, ...[...UNITS].filter(([unit, one]) => one.quantity === quantity && unit !== normal(to)).map(([unit]) => unit)];
}

export function isSameUnit(one: string, other: string): boolean {
  return normal(one) === normal(other);
}

function normal(unit: string): string {
  return SPELLINGS.reduce((text, [pattern, plain]) => text.replace(pattern, plain), unit);
}

function rounded(figure: number): number {
  return Number(figure.toPrecision(DIGITS));
}
