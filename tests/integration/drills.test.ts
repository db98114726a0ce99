/**
 * Every exercise of every plant with every person of its script, through the station's own core, as fast as it goes: the same files that people train
 * with hold the procedures against the plants. One small batch of randomised upsets beside them.
 */
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { PLANTS } from '../../simulators/plants/index.ts';
import { randomisedUpsets } from '../../src/main/drill/batch.ts';
import type { BatchReport } from '../../src/main/drill/batch.ts';
import { exercisesOf, SCENARIOS } from '../../src/main/drill/exercise-files.ts';
import type { DrillTask } from '../../src/main/drill/job.ts';
import { runTasks } from '../../src/main/drill/pool.ts';
import type { TaskResult } from '../../src/main/drill/pool.ts';
import type { Exercise, Person } from '../../src/main/drill/script.ts';
import { seedOf } from '../../src/main/drill/variant.ts';
import { FORBIDDEN } from '../support/drills/forbidden-actions.ts';
import { ROOT } from '../unit/domain/bench.ts';

/** Hours of plant time over two processes; a busy machine may take its time. */
const WITHIN_MS = 900_000;
/** What the plant shows reaches the station so often, s: for those who are to have full marks as often as in a real exercise; for the others half the work of that is early enough. */
const GOOD_STEP_S = 1;
const STEP_S = 2;
const SEED = 1;
/** One variant of so many exercises, each followed for so long, s. */
const BATCH = { count: 16, seed: 20_261_130, endS: 900 };
/** So much later than written a variant may begin, s. */
const LATE_S = 60;
const FOLDERS = { rulesDir: join(ROOT, 'rules'), proceduresDir: join(ROOT, 'procedures'), workers: 2 };

/** For whoever writes exercises: only those whose id holds this. */
const ONLY = process.env['HAVEN_DRILLS'] ?? '';
const exercises = Object.keys(PLANTS).flatMap((plant) => exercisesOf(plant).exercises).filter(({ script }) => script.id.includes(ONLY));
const isIdle = ({ does }: Person): boolean => does.length === 0;
/** Does what the first-visit tour says and nothing else: not perfect, but it must be won (docs/design/training.md). */
const isTourist = ({ id }: Person): boolean => id === 'tour';
/** Its stop raises a procedure that has to watch for longer than a first visit lasts (decision 0040); the drill's own is safe all the same. */
const WATCHED_ON: ReadonlySet<string> = new Set(['S-TOUR-AN']);

/** One variant by plan of each exercise without a fault, with whoever is to end safe: that more than noise varies there is new, and cheap. Of the others by hand: `haven drill all --plant ID --person good --variants N`. */
const PLAN = { seed: 11, of: 2 };
interface Case { readonly exercise: Exercise; readonly person: Person | null; readonly k?: number }
/** Somebody who does nothing shows what the exercise promises; where the script has nobody like that, a run with nobody does. */
const cases: readonly Case[] = exercises.flatMap((exercise) => [
  ...exercise.script.people.map((person) => ({ exercise, person })), ...(exercise.script.promises.length > 0 && !exercise.script.people.some(isIdle) ? [{ exercise, person: null }] : []),
]);

const varied: readonly Case[] = exercises.filter(({ script }) => script.faults.length === 0).flatMap((exercise, i) => exercise.script.people.filter(({ end }) => end === 'safe').map((person) => ({ exercise, person, k: i % PLAN.of })));

function taskOf({ exercise: { file, script }, person, k }: Case): Omit<DrillTask, 'n'> {
  const promisedS = Math.max(0, ...script.promises.map(({ withinS }) => withinS)) + STEP_S;
  if (person === null) return { plant: script.plant, file, person: null, seed: SEED, stepS: STEP_S, endS: promisedS };
  if (k !== undefined) return { plant: script.plant, file, person: person.id, seed: SEED, stepS: GOOD_STEP_S, variant: seedOf(PLAN.seed, k), stratum: { ...PLAN, k } };
  return { plant: script.plant, file, person: person.id, seed: SEED, stepS: person.end === 'safe' || isTourist(person) ? GOOD_STEP_S : STEP_S, untilCaught: true };
}

const keyOf = ({ exercise: { script }, person, k }: Case): string => `${script.id} ${person?.id ?? '(nobody)'}${k === undefined ? '' : ' in a variant'}`;

let results: ReadonlyMap<string, TaskResult>;
let batch: BatchReport;
beforeAll(async () => {
  // The longest first, so that none is left alone at the end.
  const order = [...cases, ...varied].toSorted((a, b) => b.exercise.script.endS - a.exercise.script.endS);
  const upsets: DrillTask[] = [];
  if (ONLY === '') await randomisedUpsets({ ...BATCH, plant: undefined, dir: SCENARIOS }, (tasks) => { upsets.push(...tasks); return Promise.resolve([]); });
  const own = order.map((each, n) => ({ ...taskOf(each), n }));
  // One pool for all: packs are loaded once in each process.
  const all = await runTasks([...own, ...upsets.map((task) => ({ ...task, n: task.n + own.length, stepS: STEP_S }))], FOLDERS);
  results = new Map(all.filter(({ task }) => task.n < own.length).map((result) => { const found = order[result.task.n]; return [found === undefined ? '' : keyOf(found), result]; }));
  const told = await randomisedUpsets({ ...BATCH, plant: undefined, dir: SCENARIOS }, () => Promise.resolve(all.filter(({ task }) => task.n >= own.length)));
  if (!told.ok) throw new Error(told.message);
  batch = told.value;
}, WITHIN_MS);

afterAll(() => {
  const busy = [...results.values()].flatMap((result) => (result.ok ? [{ plant: result.task.plant, tookMs: result.tookMs, s: result.summary.endS }] : []));
  for (const [plant, own] of Map.groupBy(busy, (each) => each.plant)) console.log(`${plant}: ${own.length} runs, ${Math.round(own.reduce((sum, { s }) => sum + s, 0))} s of plant time, ${(own.reduce((sum, { tookMs }) => sum + tookMs, 0) / 1_000).toFixed(0)} s of processes`);
});

function summaryOf(each: Case) {
  const result = results.get(keyOf(each));
  if (result?.ok !== true) throw new Error(result === undefined ? 'it was not run' : result.message);
  return result.summary;
}

describe('REQ-DRL-11 every exercise, every person', () => {
  test.skipIf(ONLY !== '')('there is something to run, of every plant', () => {
    expect(Object.keys(PLANTS).filter((plant) => !exercises.some(({ script }) => script.plant === plant))).toEqual([]);
  });

  test.each(cases.filter(({ person }) => person?.end === 'safe').map((each) => [keyOf(each), each] as const))('%s: safe, with full marks', (_key, each) => {
    const { amiss, complaints, isSafe } = summaryOf(each);
    expect({ amiss, complaints, isSafe }).toEqual({ amiss: [], complaints: [], isSafe: true });
  });

  test.each(varied.map((each) => [keyOf(each), each] as const))('REQ-SCN-08 %s: safe and passed', (_key, each) => {
    const { amiss, complaints, isSafe, score: { passed } } = summaryOf(each);
    expect({ amiss, complaints, isSafe, passed }).toEqual({ amiss: [], complaints: [], isSafe: true, passed: true });
  });

  test.each(cases.filter(({ person }) => person !== null && person.end !== 'safe' && !isTourist(person)).map((each) => [`${keyOf(each)}: caught by ${each.person?.caught.join(', ') ?? ''}`, each] as const))('%s', (_key, each) => {
    expect(each.person?.caught.length, 'a bad person without a clause that catches it').toBeGreaterThan(0);
    const { amiss, complaints } = summaryOf(each);
    expect({ amiss, complaints }).toEqual({ amiss: [], complaints: [] });
  });

  test.each(cases.filter(({ person }) => person !== null && isTourist(person)).map((each) => [keyOf(each), each] as const))('REQ-TRN-17 %s: safe and passed', (_key, each) => {
    const { score, isSafe, complaints } = summaryOf(each);
    const ownSafe = score.items.find(({ item }) => item === 'safe');
    expect({ passed: score.passed, isSafe, ownSafe: ownSafe?.points, complaints }).toEqual({ passed: true, isSafe: !WATCHED_ON.has(each.exercise.script.id), ownSafe: ownSafe?.weight, complaints: [] });
  });

  const promising = exercises.filter(({ script }) => script.promises.length > 0).map((exercise) => ({ exercise, person: exercise.script.people.find(isIdle) ?? null }));
  test.each(promising.map((each) => [each.exercise.script.id, each] as const))('%s shows what it promises if nobody acts', (_id, each) => {
    const { promises } = summaryOf(each);
    const late = each.exercise.script.promises.filter(({ withinS }, i) => (promises[i] ?? Number.POSITIVE_INFINITY) > withinS + STEP_S);
    expect(late).toEqual([]);
  });
});

// With HAVEN_DRILLS none of them may be left.
describe.skipIf(!FORBIDDEN.some(({ by: [exercise] }) => exercise.includes(ONLY)))('REQ-DRL-14 what is forbidden is done, and caught by its clause', () => {
  const forbidden = FORBIDDEN.filter(({ by: [exercise] }) => exercise.includes(ONLY));
  test.each(forbidden.map((each) => [`${each.clause} ${each.en}: ${each.by.join(' ')}`, each] as const))('%s', (_what, { clause, by: [id, name], caughtAs, watched }) => {
    const found = cases.find(({ exercise: { script }, person }) => script.id === id && person?.id === name);
    if (found === undefined) throw new Error('there is no such person');
    const { breaches, broken } = summaryOf(found);
    expect(breaches.filter(({ kind }) => kind === caughtAs).map((each) => each.clause)).toContain(clause);
    if (watched !== undefined) expect(broken.map(({ condition }) => condition)).toContain(watched);
    // Told by the procedure that runs, by its own alarm, or by both: one deed is one breach.
    const deeds = breaches.filter(({ kind }) => kind === 'prohibition').map(({ clause: of, atMs, text }) => `${of} ${String(atMs)} ${text.en}`);
    expect(deeds.filter((each, i) => deeds.indexOf(each) !== i)).toEqual([]);
  });
});

describe.skipIf(ONLY !== '')('REQ-DRL-09 a small batch of randomised upsets', () => {
  test('every one is told, and nothing is told where nothing is wrong', () => {
    expect(batch.problems).toEqual([]);
    expect(batch.clauses.reduce((sum, { runs }) => sum + runs, 0)).toBe(Math.min(BATCH.count, batch.runs));
    // What shows only later than the run is followed is not missed yet: a variant may begin a minute late.
    const slow = new Set(exercises.filter(({ script: { promises } }) => promises.length > 0 && promises.every(({ withinS }) => withinS > BATCH.endS - LATE_S)).map(({ script }) => script.clauses[0]));
    expect(batch.clauses.filter(({ missed, unshown, clause }) => missed > 0 || (unshown > 0 && !slow.has(clause)))).toEqual([]);
    expect(batch.falseAlarms.flatMap(({ plant, conditions }) => conditions.map(({ id }) => `${plant} ${id}`))).toEqual([]);
    expect(batch.falseAlarms.map(({ plant }) => plant).sort()).toEqual(Object.keys(PLANTS).sort());
  });
});
