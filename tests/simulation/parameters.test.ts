/** Each figure of a plant carries unit, evidence mark and source, and is used. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { CONVERTER_FIGURES } from '../../simulators/plants/ammonia-synthesis/converter.ts';
import { GASIFIER_FIGURES } from '../../simulators/plants/ammonia-synthesis/gasifier.ts';
import { PARAMETERS as SYNTHESIS } from '../../simulators/plants/ammonia-synthesis/parameters.ts';
import { EVAPORATORS, PARAMETERS as NITRATE } from '../../simulators/plants/ammonium-nitrate/parameters.ts';
import { PARAMETERS as FINE } from '../../simulators/plants/fine-chemicals/parameters.ts';
import { PARAMETERS as PEROXIDE } from '../../simulators/plants/h2o2/parameters.ts';
import type { ParameterTable } from '../../simulators/plants/parameter.ts';

const TABLES: readonly (readonly [plant: string, what: string, table: ParameterTable])[] = [
  ['fine-chemicals', 'plant', FINE], ['ammonium-nitrate', 'plant', NITRATE], ['ammonium-nitrate', 'first evaporator', EVAPORATORS.first], ['ammonium-nitrate', 'second evaporator', EVAPORATORS.second],
  ['ammonia-synthesis', 'plant', SYNTHESIS], ['ammonia-synthesis', 'converter', CONVERTER_FIGURES], ['ammonia-synthesis', 'gasifier', GASIFIER_FIGURES], ['h2o2', 'plant', PEROXIDE],
];
/** a section of the research note alone, as "4.3" or "2.2:", names no source that was read */
const ONLY_A_SECTION = /^[\d.]*:?\s*$/u;

function flawsOf(table: ParameterTable): string[] {
  return Object.entries(table).flatMap(([name, { value, unit, mark, source }]) => [
    ...(Number.isFinite(value) ? [] : [`${name}: no number`]), ...(unit.trim() === '' ? [`${name}: no unit`] : []), ...(source.trim() === '' ? [`${name}: no source`] : []),
    ...(['S', 'C', 'L', 'A', 'G'].includes(mark) ? [] : [`${name}: no evidence mark`]), ...(mark === 'S' && ONLY_A_SECTION.test(source) ? [`${name}: said to be read from a source that it does not name`] : []),
  ]);
}

describe('REQ-SIM-31 where the figures of the plants are from', () => {
  test.each(TABLES)('%s, %s: every figure has number, unit, evidence mark and source', (_plant, _what, table) => {
    expect(Object.keys(table).length).toBeGreaterThan(5);
    expect(flawsOf(table)).toEqual([]);
  });

  test('a figure without unit, mark or source would be found, and one that calls a section of the note its source', () => {
    const bad = { a: { value: Number.NaN, unit: '', mark: 'X', source: ' ' }, b: { value: 1, unit: 'K', mark: 'S', source: '4.3' } } as unknown as ParameterTable;
    expect(flawsOf(bad)).toEqual(['a: no number', 'a: no unit', 'a: no source', 'a: no evidence mark', 'b: said to be read from a source that it does not name']);
  });

  test('no figure is left over: each is used by an equation of its plant', () => {
    const left = TABLES.flatMap(([plant, what, table]) => {
      const folders = [`plants/${plant}`, 'acceptance'].map((folder) => join(import.meta.dirname, '../../simulators', folder));
      const text = folders.flatMap((folder) => readdirSync(folder).filter((name) => name.endsWith('.ts')).map((name) => readFileSync(join(folder, name), 'utf8'))).join('\n');
      return Object.keys(table).filter((name) => !new RegExp(`\\b${name}\\b(?!: p\\()`, 'u').test(text)).map((name) => `${plant}, ${what}: ${name}`);
    });
    expect(left).toEqual([]);
  });
});
