/** The acceptance numbers of research/simulators.md 8.1, as `simulators/acceptance/` measures them on the models in use, and the page that tells what they reach. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { ACCEPTANCE, NUMBERS, rowOf, SPEED } from '../../simulators/acceptance/table.ts';

const ROOT = join(import.meta.dirname, '../..');
const page = readFileSync(join(ROOT, 'docs/acceptance.md'), 'utf8');
const rowsOf = (id: string): string[] => page.split('\n').filter((line) => line.startsWith(`| ${id} |`));

/** measured anew: each figure within its tolerance, and the page says what is reached */
function held(id: string): void {
  const acceptance = ACCEPTANCE.find((each) => each.id === id);
  const figures = acceptance?.measure() ?? [];
  expect(figures.length).toBeGreaterThan(0);
  expect(figures.filter(({ met }) => !met)).toEqual([]);
  const rows = rowsOf(id);
  expect(figures.map((figure) => rowOf(id, figure)).filter((row) => !rows.includes(row)), 'docs/acceptance.md is of another model: node simulators/acceptance.ts --all --write').toEqual([]);
}

describe('REQ-SIM-30 the table of acceptance numbers is whole', () => {
  test('each of V01 to V33 is measured, stands on the page as met or with its reason, and is carried by the title of a test', () => {
    expect([...ACCEPTANCE.map(({ id }) => id), SPEED.id].sort()).toEqual(NUMBERS);
    expect(NUMBERS.filter((id) => rowsOf(id).length === 0)).toEqual([]);
    const reasons = new Map(ACCEPTANCE.map(({ id, remark }) => [id, remark]));
    expect(page.split('\n').filter((line) => line.endsWith('**not met** |') && reasons.get(line.slice(2, 5)) === undefined)).toEqual([]);
    const folder = join(ROOT, 'tests/simulation');
    const titles = readdirSync(folder).filter((name) => name.endsWith('.test.ts')).flatMap((name) => [...readFileSync(join(folder, name), 'utf8').matchAll(/\b(?:test|describe)(?:\.each\(.*\))?\(\s*['`](.*)['`]/gu)].map(([, title]) => title ?? ''));
    const carried = (id: string): boolean => titles.some((title) => new RegExp(`\\b${id}\\b(?! to )`, 'u').test(title));
    expect(NUMBERS.filter((id) => !carried(id))).toEqual([]);
  });

  test('V32 has its command and its measured page', () => {
    const { scripts } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { scripts: Record<string, string> };
    expect(scripts[SPEED.command.replace('npm run ', '')]).toBe('node simulators/server/bench.ts');
    expect(readFileSync(join(ROOT, 'docs', SPEED.page), 'utf8')).toContain('(V32)');
  });
});

describe('REQ-SIM-01 the solver answers the literature', () => {
  test('V01 Robertson at 40 s, and the solver turns stiff by itself', () => held('V01'));
  test('V02 T2 2007: 28.2 atm after 205.57 min at 522.2 K, and both methods say so', () => held('V02'));
});

describe('REQ-SFC-02 A1.1 A1.2 the models agree with what is known outside them', () => {
  test('V03 ONCB 1969: cooling lost for 9 minutes is survived, for 10 it runs away', () => held('V03'));
  test('V04 ONCB with the normal charge survives the same 10 minutes', () => held('V04'));
  test('V05 Semenov, exact form, and its numbers for R-1101', () => held('V05'));
  test('V06 R-1101: time to maximum rate of 24 h from 105 degC, by the formula and by integration', () => held('V06'));
  test('V09 Frank-Kamenetskii: critical numbers of slab, cylinder and sphere', () => held('V09'));
});

describe('REQ-SAN-02 the numbers of ammonium nitrate', () => {
  test('V10 neutral nitrate reads pH 4.57', () => held('V10'));
  test('V11 the titration curve, pH 1 at 7.7 % of acid in excess (A2.4)', () => held('V11'));
  test('V12 the boiling table of EFMA within 2 K', () => held('V12'));
  test('V13 55 % acid makes 82.3 % nitrate at 132.6 degC and 1.03 bar by its own heat', () => held('V13'));
  test('V14 time to maximum rate at 185 and 200 degC', () => held('V14'));
  test('V15 4 h (A2.9) and 1 h (A2.10) at 140 degC', () => held('V15'));
  test('V16 dissociation caps a vented runaway', () => held('V16'));
  test('V28 a dead-headed pump heats by 11 K/min (A2.8)', () => held('V28'));
});

describe('REQ-SAS-02 the converter is the one of the paper', () => {
  test('V17 its steady state at 200 bar', () => held('V17'));
  test('V18 it begins to swing at 177.5 bar (A3.7), at 175 bar with a period of 7.0 min', () => held('V18'));
});

describe('REQ-SAS-03 the numbers of the ammonia plant', () => {
  test('V20 methanator: heat of carbon monoxide and dioxide', () => held('V20'));
  test('V21 reduction of shift: heat of hydrogen', () => held('V21'));
  test('V22 gasifier: temperature and gas by the oxygen ratio', () => held('V22'));
  test('V23 break-through into the flash drum', () => held('V23'));
});

describe('REQ-SIM-03 the numbers of the peroxide process', () => {
  test('V24 35 % peroxide that falls apart: heat and oxygen', () => held('V24'));
  test('V25 solution, hydrogen and heats of 50 kt a year', () => held('V25'));
  test('V26 extraction by Kremser, and the stages of the plant near it', () => held('V26'));
  test('V27 the product tank: critical rate, and runaway with f = 1e4 (A4.11)', () => held('V27'));
});
