/** Weights of an exercise's own (docs/scenario-language.md, Scoring): where its clause is about something that the general weights leave little for. */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { PLANTS } from '../../../simulators/plants/index.ts';
import { SCORE_ITEMS } from '../../../src/contract/drill.ts';
import { scoreExercise } from '../../../src/domain/drills/score.ts';
import { WEIGHTS } from '../../../src/domain/drills/scoring.ts';
import { exercisesOf } from '../../../src/main/drill/exercise-files.ts';
import { exerciseOf } from '../../support/drills/exercise.ts';

const exercises = Object.keys(PLANTS).flatMap((plant) => exercisesOf(plant).exercises);
const own = exercises.filter(({ script }) => script.scoring.weights !== undefined);

/** By the clause that an exercise is about: what has to weigh more than it does in general. */
const ABOUT: readonly (readonly [RegExp, 'exposure' | 'first-action' | 'alarms' | 'prohibitions', string])[] = [
  [/^4\.2\.|^A2\.1\(|^A2\.5$|^A2\.11$|^A3\.2$|^A4\.4$/u, 'exposure', 'people'], [/^4\.1\.2$/u, 'first-action', 'the stop'], [/^3\.6$/u, 'alarms', 'answers'], [/^3\.3$|^3\.5$|^4\.3\.2$|^4\.4\.1$/u, 'prohibitions', 'the ban'],
];

describe('REQ-SCN-06 weights where the clause is about something else than the general weights', () => {
  test.each(ABOUT)('of %s: %s', (clause, item) => {
    const about = exercises.filter(({ script, scored }) => clause.test(script.clauses[0] ?? '') && scored.expect.procedure !== 'P-A2.4' && !/PORT-NEAL|NO-WATER|BLOCKED/u.test(script.id));
    expect(about.length).toBeGreaterThan(0);
    expect(about.filter(({ scored }) => scored.scoring.weights[item] <= WEIGHTS[item]).map(({ script }) => script.id)).toEqual([]);
  });

  test('each says why in its file, and hints are free in none', () => {
    expect(own.length).toBeGreaterThan(20);
    expect(own.filter(({ file }) => !/^# Weights: .{20,}$/mu.test(readFileSync(file, 'utf8'))).map(({ script }) => script.id)).toEqual([]);
    expect(own.filter(({ scored }) => scored.scoring.weights.hints <= 0).map(({ script }) => script.id)).toEqual([]);
  });

  test('the score of an exercise, and so its debrief, has its own weights', () => {
    const [exercise] = own.filter(({ script }) => script.id === 'S-4.2.3-CROWD');
    if (exercise === undefined) throw new Error('no S-4.2.3-CROWD');
    const told = exerciseOf();
    const { items } = scoreExercise({ ...told, scenario: { ...told.scenario, scoring: exercise.scored.scoring } });
    expect(Object.fromEntries(items.map(({ item, weight }) => [item, weight]))).toEqual(exercise.scored.scoring.weights);
    expect(items.map(({ item }) => item)).toEqual(SCORE_ITEMS);
    expect(exercise.scored.scoring.weights).not.toEqual(WEIGHTS);
  });
});
