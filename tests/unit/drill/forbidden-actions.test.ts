/** The list of what is forbidden is whole: nothing of the guideline's prohibitions, and nothing that a condition watches, is left without somebody who does it. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { PLANTS } from '../../../simulators/plants/index.ts';
import { exercisesOf } from '../../../src/main/drill/exercise-files.ts';
import { loadPacks } from '../../../src/main/packs/load.ts';
import { FORBIDDEN, forbiddenPage, NOT_COMMITTED } from '../../support/drills/forbidden-actions.ts';
import { ROOT } from '../domain/bench.ts';

const PAGE = join(ROOT, 'docs/forbidden-actions.md');
/** The actions of research/simulators.md 6.3 and the `never` of the guideline's annexes, by clause: how many different deeds each names. */
const ASKED: Readonly<Record<string, number>> = {
  '3.3': 1, '3.5': 1, '3.6': 1, '4.2.1': 1, '4.2.3': 2, '4.3.2': 1, '4.3.3': 1, '4.4.1': 2, '4.4.2': 1, '4.4.3': 1, '4.5.1': 1, 'A1.2': 1, 'A1.4': 2, 'A1.6': 1, 'A2.2': 1, 'A2.3': 1, 'A2.5': 2, 'A2.6': 2, 'A2.8': 1, 'A2.11': 2,
  'A3.2': 1, 'A3.3': 1, 'A3.4': 1, 'A3.5': 1, 'A3.6': 1, 'A3.7': 1, 'A4.3': 2, 'A4.4': 1, 'A4.5': 2, 'A4.6': 1, 'A4.7': 1, 'A4.8': 1, 'A4.9': 1, 'A4.10': 2, 'A4.11': 1,
};
const { plants } = loadPacks({ rulesDir: join(ROOT, 'rules'), proceduresDir: join(ROOT, 'procedures') });
const exercises = Object.keys(PLANTS).flatMap((plant) => exercisesOf(plant).exercises);

describe('REQ-DRL-14 everything that is forbidden is done by somebody', () => {
  test('every action that the guideline forbids has its row, or its reason', () => {
    const done = (clause: string): number => new Set(FORBIDDEN.filter((each) => each.clause === clause).map(({ en }) => en)).size;
    expect(Object.entries(ASKED).filter(([clause, count]) => done(clause) < count && NOT_COMMITTED[clause] === undefined)).toEqual([]);
    const register = parse(readFileSync(join(ROOT, 'procedures/clauses.yaml'), 'utf8')) as { clauses: { id: string; kind: string }[] };
    expect(register.clauses.filter(({ id, kind }) => kind === 'never' && done(id) === 0).map(({ id }) => id)).toEqual([]);
  });

  test('every condition that watches a prohibition has its row, or its reason', () => {
    const watched = plants.flatMap(({ conditions }) => conditions.filter(({ role }) => role === 'prohibition').map(({ id }) => id));
    const rows = new Set(FORBIDDEN.map((each) => each.watched));
    expect(new Set(watched).size).toBeGreaterThan(30);
    expect([...new Set(watched)].filter((id) => !rows.has(id) && NOT_COMMITTED[id] === undefined)).toEqual([]);
    // And a reason that nobody needs any more goes.
    expect(Object.keys(NOT_COMMITTED).filter((what) => rows.has(what) || !(watched.includes(what) || Object.hasOwn(ASKED, what)))).toEqual([]);
  });

  test('each row names a person of an exercise whom that clause must catch', () => {
    const wrong = FORBIDDEN.filter(({ clause, by: [exercise, person] }) => exercises.find(({ script }) => script.id === exercise)?.script.people.find(({ id }) => id === person)?.caught.includes(clause) !== true);
    expect(wrong.map(({ clause, by }) => `${clause}: ${by.join(' ')}`)).toEqual([]);
  });

  test('the page is printed from the list', () => {
    if (process.env['HAVEN_WRITE'] === '1') writeFileSync(PAGE, forbiddenPage());
    expect(readFileSync(PAGE, 'utf8')).toBe(forbiddenPage());
  });
});
