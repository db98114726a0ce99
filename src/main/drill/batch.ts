/**
 * Randomised upsets with nobody acting: what the product tells of them, how soon, and how long before the margin is lost; and runs in which nothing is
 * wrong, in which nothing may be told. By clause. The same seed gives the same figures.
 */
import { readdirSync } from 'node:fs';
import { exercisesOf } from './exercise-files.ts';
import type { DrillTask } from './job.ts';
import type { TaskResult } from './pool.ts';
import type { Exercise } from './script.ts';
import type { ConditionSeen, DrillSummary } from './summary.ts';
import { seedOf } from './variant.ts';

/** One run without any fault for so many with one, at least one of each plant. */
const CONTROL_EVERY = 8;
const CONTROL_S = 1_200;

export interface BatchCall {
  readonly count: number;
  readonly seed: number;
  readonly plant: string | undefined;
  /** The folder of all plants' exercises. */
  readonly dir: string;
  /** Upper limit of each run, s of plant time; the exercise's own end where it is not said. */
  readonly endS?: number;
}

/** Times in s of plant time; null: there was none to take it from. */
export interface ClauseFigures {
  readonly clause: string;
  readonly plant: string;
  readonly runs: number;
  /** From the beginning of the fault to the first condition of the clause, or that the exercise names (a warning counts). */
  readonly detectMedianS: number | null;
  readonly detect90S: number | null;
  /** No such condition until the end, though the plant showed what the exercise promises, or the exercise promises nothing. */
  readonly missed: number;
  /** No such condition, and nothing of what the exercise promises showed either: the variant was too weak or the run too short, and the exercise is to be mended. */
  readonly unshown: number;
  /** From the first condition to the moment at which the margin is lost, where it is lost. */
  readonly lost: number;
  readonly leadMedianS: number | null;
  readonly leadWorstS: number | null;
}

export interface FalseAlarms { readonly plant: string; readonly runs: number; readonly hours: number; readonly conditions: readonly { readonly id: string; readonly count: number }[] }
export interface BatchReport { readonly seed: number; readonly runs: number; readonly clauses: readonly ClauseFigures[]; readonly falseAlarms: readonly FalseAlarms[]; readonly problems: readonly string[] }
export type BatchResult = { readonly ok: true; readonly value: BatchReport } | { readonly ok: false; readonly message: string };

/** Of the plant's own conditions: the annexes, and the abnormal conditions of 4.1. */
const PLANT_CLAUSE = /^(?:A[1-4]\.|4\.1\.)/u;

export function batchTasks(exercises: readonly Exercise[], { count, seed, endS }: BatchCall): DrillTask[] {
  // What people do against the rules (3, 4.2 and on), and what only they can know (4.1.2), no fault brings about: with nobody acting there is nothing to tell. What is to be told, the exercise names.
  const upsets = exercises.filter(({ script }) => script.faults.length > 0 && PLANT_CLAUSE.test(script.clauses[0] ?? '') && (script.expect.conditions ?? []).length > 0);
  const tasks: DrillTask[] = [];
  const add = (exercise: Exercise, more: Partial<DrillTask>): void => {
    const n = tasks.length;
    tasks.push({ n, plant: exercise.script.plant, file: exercise.file, person: null, seed: seedOf(seed, n), variant: seedOf(seed, n + 1_000_000), ...(endS === undefined ? {} : { endS }), ...more });
  };
  for (let i = 0; i < count; i += 1) {
    // Fewer than there are: spread over all plants.
    const exercise = upsets[count < upsets.length ? Math.floor((i * upsets.length) / count) : i % Math.max(1, upsets.length)];
    if (exercise !== undefined) add(exercise, { untilKnown: true, ...(isAtRest(exercise) ? {} : { beginsUpset: true }) });
  }
  for (const own of Map.groupBy(upsets, ({ script }) => script.plant).values()) {
    const controls = Math.max(1, Math.round(count / CONTROL_EVERY / new Set(upsets.map(({ script }) => script.plant)).size));
    for (let i = 0; i < controls; i += 1) {
      // The plant at rest: a start of its own may be something to tell already.
      const exercise = own[i % own.length];
      if (exercise !== undefined) add(exercise, { isControl: true, endS: Math.min(CONTROL_S, endS ?? CONTROL_S) });
    }
  }
  return tasks;
}

/** Begins as the plant runs: neither in a start of its own nor with a hand on it. A valve that the exercise shuts beforehand shows before the fault does, and rightly so. */
function isAtRest({ script, raw }: Exercise): boolean {
  const setup = Array.isArray(raw['setup']) ? (raw['setup'] as readonly { readonly kind?: unknown; readonly name?: unknown }[]) : [];
  return script.start === 'normal' && setup.every(({ kind, name }) => kind === 'sensor' || kind === 'people' || (kind === 'command' && BYPASS_KEY.test(String(name))));
}
/** A key moves nothing. */
const BYPASS_KEY = /-BYP$/u;

export async function randomisedUpsets(call: BatchCall, run: (tasks: readonly DrillTask[]) => Promise<readonly TaskResult[]>): Promise<BatchResult> {
  const plants = call.plant === undefined ? readdirSync(call.dir, { withFileTypes: true }).filter((each) => each.isDirectory()).map(({ name }) => name).sort() : [call.plant];
  const read = plants.map((plant) => exercisesOf(plant, call.dir));
  const exercises = read.flatMap((each) => each.exercises);
  const problems = read.flatMap((each) => each.problems);
  if (exercises.length === 0) return { ok: false, message: call.plant === undefined ? `there are no exercises in ${call.dir}` : `there are no exercises of '${call.plant}'; expected one of ${readdirSync(call.dir).filter((name) => !name.includes('.')).join(', ')}` };
  const results = await run(batchTasks(exercises, call));
  return { ok: true, value: reportOf(results, call.seed, problems) };
}

export function reportOf(results: readonly TaskResult[], seed: number, problems: readonly string[] = []): BatchReport {
  const done = results.flatMap((result) => (result.ok ? [result] : []));
  const [controls, upsets] = [done.filter(({ task }) => task.isControl === true), done.filter(({ task }) => task.isControl !== true)];
  const byClause = Map.groupBy(upsets, ({ summary }) => `${summary.plant} ${summary.clauses[0] ?? ''}`);
  return {
    seed, runs: done.length, problems: [...problems, ...results.flatMap((result) => (result.ok ? [] : [`${result.task.file}: ${result.message}`]))],
    clauses: [...byClause.values()].map((own) => figuresOf(own.map(({ summary }) => summary))).sort((a, b) => byName(a.plant, b.plant) || byName(a.clause, b.clause)),
    falseAlarms: [...Map.groupBy(done, ({ summary }) => summary.plant)].map(([plant, own]) => falseAlarmsOf(plant, own.filter((each) => controls.includes(each)).map(({ summary }) => summary), own.filter((each) => upsets.includes(each) && each.task.beginsUpset !== true).map(({ summary }) => summary))).sort((a, b) => byName(a.plant, b.plant)),
  };
}

const byName = (a: string, b: string): number => a.localeCompare(b, 'en', { numeric: true });

/** A clause, or one below or above it: A4.2(3) tells of A4.2. */
const isOf = (clause: string, other: string): boolean => clause === other || other.startsWith(`${clause}(`) || clause.startsWith(`${other}(`);

/** A level that swings may reach its low end first: what the exercise names is told as well as what its clauses are. */
const isAbout = ({ id, clauses }: ConditionSeen, run: DrillSummary): boolean => clauses.some((of) => run.clauses.some((own) => isOf(own, of))) || run.expects.some((each) => id === each || id.startsWith(`${each}-`));

function figuresOf(runs: readonly DrillSummary[]): ClauseFigures {
  const [first] = runs;
  const clause = first?.clauses[0] ?? '';
  const told = runs.map((run) => {
    const beganS = Math.min(...run.faults.map(({ atS }) => atS));
    const atS = run.conditions.filter((each) => ['trigger', 'warning'].includes(each.role) && each.atS >= beganS && isAbout(each, run)).map((each) => each.atS)[0];
    const lostS = run.lost.filter(({ clauses }) => clauses.some((of) => run.clauses.some((own) => isOf(own, of)))).map((each) => each.atS)[0];
    const isUnshown = atS === undefined && run.promises.length > 0 && run.promises.every((each) => each === null);
    return { isUnshown, delayS: atS === undefined || !Number.isFinite(beganS) ? null : atS - beganS, leadS: lostS === undefined ? null : atS === undefined ? 0 : lostS - atS, isLost: lostS !== undefined };
  });
  const unshown = told.filter((each) => each.isUnshown).length;
  const delays = told.flatMap(({ delayS }) => delayS ?? []);
  const leads = told.flatMap(({ leadS }) => leadS ?? []);
  return {
    clause, plant: first?.plant ?? '', runs: runs.length, detectMedianS: share(delays, 0.5), detect90S: share(delays, 0.9), missed: runs.length - delays.length - unshown, unshown,
    lost: told.filter(({ isLost }) => isLost).length, leadMedianS: share(leads, 0.5), leadWorstS: leads.length === 0 ? null : Math.min(...leads),
  };
}

/** Nearest rank. */
function share(values: readonly number[], part: number): number | null {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(sorted.length * part) - 1)] ?? null;
}

/** What was told while nothing was wrong: in control runs, and before any fault had begun. */
function falseAlarmsOf(plant: string, controls: readonly DrillSummary[], upsets: readonly DrillSummary[]): FalseAlarms {
  const told = [
    ...controls.flatMap(({ conditions }) => conditions),
    // What the exercise itself prepared (a key turned, a transmitter frozen) may be told at once, and is no false alarm.
    ...upsets.flatMap(({ conditions, faults }) => { const beganS = Math.min(...faults.map(({ atS }) => atS)); return conditions.filter(({ atS }) => atS > PREPARED_S && atS < beganS); }),
  ].filter(({ role }) => role === 'trigger' || role === 'warning');
  const counts = Map.groupBy(told, ({ id }) => id);
  const calmS = controls.reduce((sum, { endS }) => sum + endS, 0) + upsets.reduce((sum, { faults, endS }) => sum + Math.min(endS, ...faults.map(({ atS }) => atS)), 0);
  return { plant, runs: controls.length, hours: Math.round((calmS / 3_600) * 100) / 100, conditions: [...counts].map(([id, all]) => ({ id, count: all.length })).sort((a, b) => byName(a.id, b.id)) };
}
const PREPARED_S = 5;
