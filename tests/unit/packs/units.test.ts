/** REQ-PACK-12: figures in any unit that measures the same thing; never across gauge and absolute, mg/m3 and ppm, Nm3 and m3. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { convertFigure, unitsLike } from '../../../src/main/packs/units.ts';
import type { FigureKind } from '../../../src/main/packs/units.ts';
import { loadWith, placeOf, RULES, PROCEDURE, swap } from './small-plant.ts';

describe('REQ-PACK-12 units that convert', () => {
  it.each<[number, string, string, FigureKind, number]>([
    [333.15, 'K', 'degC', 'value', 60], [1, 'K', 'degC', 'difference', 1], [140, 'degF', 'degC', 'value', 60], [1.8, 'degF', 'degC', 'difference', 1], [60, '℃', 'K', 'value', 333.15],
    [4, 'MPa', 'kPa', 'value', 4_000], [0.05, 'MPa', 'bar', 'value', 0.5], [1, 'atm', 'kPa', 'value', 101.325], [0.4, 'MPaG', 'kPa(g)', 'value', 400], [2, 'barA', 'MPaA', 'value', 0.2],
    [2, 'vol%', 'ppm', 'value', 20_000], [500, 'mg/L', 'g/L', 'value', 0.5], [0.3, 'g/L', 'mg/L', 'value', 300], [1, 'wt%', 'ppmw', 'value', 10_000],
    [1, 'm3/h', 'L/min', 'value', 16.6666666667], [60, 'L/min', 'm³/h', 'value', 3.6], [1, 't/h', 'kg/h', 'value', 1_000], [6, 'Nm3/h', 'Nm3/min', 'value', 0.1],
    [2, 'min', 's', 'value', 120], [50, 'mm', 'cm', 'value', 5], [3_000, 'r/min', 'rpm', 'value', 3_000], [45, 'µm', 'mm', 'value', 0.045],
    [60, 'K/h', 'degC', 'perMinute', 1], [0.1, 'bar/s', 'kPa', 'perMinute', 600], [2, 'K', 'degC', 'perMinute', 2], [1, 'MPa/min', 'kPa', 'perMinute', 1_000],
    [7, 'furlong', 'furlong', 'value', 7], [7, 'furlong/h', 'furlong', 'perMinute', 7 / 60],
  ])('%s %s is in %s (%s) %s', (figure, from, to, kind, expected) => {
    expect(convertFigure(figure, from, to, kind)).toBeCloseTo(expected, 8);
  });

  it.each<[string, string]>([
    ['kPa(g)', 'kPa(a)'], ['kPa', 'kPa(g)'], ['MPa(a)', 'bar'], ['mg/m3', 'ppm'], ['mg/Nm3', 'mg/m3'], ['Nm3/h', 'm3/h'], ['kg/h', 'm3/h'], ['%', 'vol%'], ['%LEL', 'vol%'], ['wt%', 'vol%'], ['ppm', 'ppmw'],
    ['degC', 'kPa'], ['rpm', '%'], ['pH', '1'], ['furlong', 'm'], ['K/h', 'degC'], ['s', 'rpm'],
  ])('%s never converts into %s', (from, to) => {
    expect(convertFigure(1, from, to, 'value')).toBeNull();
    expect(convertFigure(1, to, from, 'difference')).toBeNull();
  });

  it('there and back again is the same figure, for every pair of units that convert', () => {
    fc.assert(fc.property(fc.constantFrom('degC', 'kPa', 'kPa(a)', 'kPa(g)', 'vol%', 'g/L', 'm3/h', 'Nm3/h', 'kg/h', 's', 'm', 'kg', 'A', 'kW'), fc.nat(), fc.double({ min: -1e4, max: 1e4, noNaN: true }), fc.constantFrom<FigureKind>('value', 'difference', 'perMinute'), (unit, pick, figure, kind) => {
      const others = unitsLike(unit);
      const other = others[pick % others.length] ?? unit;
      const there = convertFigure(figure, unit, other, kind);
      expect(there).not.toBeNull();
      expect(convertFigure(there ?? 0, other, unit, kind)).toBeCloseTo(figure, 5);
    }), { seed: 12 });
  });
});

describe('REQ-PACK-12 a measure in another unit is loaded in the unit of its tag', () => {
  const hot = '{kind: limit, input: TI-1, atOrAbove: 60, deadband: 1}';
  const measureOf = (change: (text: string) => string, id = 'C-HOT'): unknown => loadWith('rules', change).plants[0]?.conditions.find((condition) => condition.id === id)?.measure;

  it('a limit as a point on the scale, its deadband as a difference', () => {
    expect(measureOf(swap(hot, '{kind: limit, input: TI-1, unit: K, atOrAbove: 333.15, deadband: 1}'))).toEqual({ kind: 'limit', input: 'TI-1', atOrAbove: 60, deadband: 1 });
    expect(measureOf(swap(hot, '{kind: limit, input: TI-1, unit: "%span", atOrAbove: 60, deadband: 1}'))).toEqual({ kind: 'limit', input: 'TI-1', atOrAbove: 60, deadband: 1 });
  });

  it('a rate, a trend, a laboratory limit', () => {
    expect(measureOf(swap('input: TI-1, risingFasterThan: 2, window: 1 min, deadband: 0.5', 'input: TI-1, unit: K/h, risingFasterThan: 120, window: 1 min, deadband: 30'), 'E-FAST')).toMatchObject({ risingFasterThan: 2, deadband: 0.5 });
    expect(measureOf(swap('direction: rising', 'unit: degF, direction: rising'), 'E-TREND')).toMatchObject({ minChange: 5.55555555556, tolerance: 1.11111111111 });
    expect(measureOf(swap('above: 0.3', 'unit: mg/L, above: 300'), 'E-LAB')).toMatchObject({ above: 0.3 });
  });

  it('a proof of a procedure', () => {
    const { plants, findings } = loadWith('procedure', swap('input: TI-1, below: 55', 'input: TI-1, unit: K, below: 328.15'));
    expect(findings).toEqual([]);
    expect(plants[0]?.procedures[0]?.safeState[0]).toMatchObject({ when: { kind: 'limit', input: 'TI-1', below: 55 } });
  });

  it('a unit that does not convert is told with both, and what would be accepted', () => {
    const change = swap(hot, '{kind: limit, input: TI-1, unit: kPa, atOrAbove: 60, deadband: 1}');
    expect(loadWith('rules', change).findings).toContainEqual({ file: 'rules.yaml', ...placeOf(change(RULES), 'kPa'), severity: 'error', message: "unit 'kPa' does not convert into 'degC', the unit of TI-1; expected degC, K, degF, %span" });
    const proof = swap('input: TI-1, below: 55', 'input: TI-1, unit: bar, below: 55');
    expect(loadWith('procedure', proof).findings).toContainEqual(expect.objectContaining({ file: 'procedure.yaml', ...placeOf(proof(PROCEDURE), 'bar') }));
  });
});
