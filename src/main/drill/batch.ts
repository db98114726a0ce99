/**
 * Randomised upsets with nobody acting: what the product tells of them, how soon, and how long before the margin is lost; and runs in which nothing is
 * wrong, in which nothing may be told. By clause. The same seed gives the same figures.
 */
import { readdirSync } from 'node:fs';
import { isOf, isTelling } from './about.ts';
import { exercisesOf } from './exercise-files.ts';
import type { DrillTask } from './job.ts';
import type { TaskResult } from './pool.ts';
import type { Exercise } from './script.ts';
import type { DrillSummary, TellingBy } from './summary.ts';
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
  /** Different exercises among the runs. */
  readonly exercises: number;
  readonly runs: number;
  /** From the beginning of the upset to the first condition of this clause, or that the exercise names (a warning counts). */
  readonly detectMedianS: number | null;
  readonly detect90S: number | null;
  /** What the first condition was told by. By eyes: the figure is mostly how long somebody is supposed to take to look and say so (10 s). By a sample: mostly the round of the laboratory (600 s) and the time of its analysis. */
  readonly byTag: number;
  readonly byEyes: number;
  readonly bySample: number;
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
  const upsets = exercises.filter(isUpset);
  const tasks: DrillTask[] = [];
  const add = ({ script: { plant }, file }: Exercise, more: Partial<DrillTask>): void => {
    const n = tasks.length;
    tasks.push({ n, plant, file, person: null, seed: seedOf(seed, n), variant: seedOf(seed, n + VARIANTS), ...(endS === undefined ? {} : { endS }), ...more });
  };
  const plan = planOf(upsets, count);
  const runsOf = new Map([...Map.groupBy(plan, (each) => each)].map(([exercise, runs]) => [exercise, runs.length]));
  const done = new Map<Exercise, number>();
  for (const exercise of plan) {
    const k = done.get(exercise) ?? 0;
    done.set(exercise, k + 1);
    add(exercise, { untilKnown: true, stratum: { seed: seedOf(seed, upsets.indexOf(exercise) + STRATA), k, of: runsOf.get(exercise) ?? 1 }, ...(isAtRest(exercise) ? {} : { beginsUpset: true }) });
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
/** Streams of seeds that do not meet: a batch has fewer runs than that. */
const VARIANTS = 1_000_000;
const STRATA = 2_000_000;

/**
 * What people do against the rules (3, 4.2 and on), and what only they can know (4.1.2), nothing on the plant brings about: with nobody acting there is nothing to tell. What is to be told, the exercise
 * names; without a fault it is a state that shows by itself (`promises`), or a transmitter that lies later.
 */
const isUpset = ({ script: { faults, promises, expect, clauses }, raw }: Exercise): boolean =>
  PLANT_CLAUSE.test(clauses[0] ?? '') && (expect.conditions ?? []).length > 0 && (faults.length > 0 || promises.length > 0 || (Array.isArray(raw['then']) && raw['then'].length > 0));

const rowOf = ({ script: { plant, clauses } }: Exercise): string => `${plant} ${clauses[0] ?? ''}`;

/**
 * Which upset each run has. Clause by clause in turn, the first exercise of each, then the second, until every one has had its run; what is left goes to the clause with the fewest runs, and within
 * it to the exercise with the fewest. Fewer runs than clauses: spread over all of them.
 */
export function planOf(upsets: readonly Exercise[], count: number): Exercise[] {
  const rows = [...Map.groupBy(upsets, rowOf).values()];
  if (count < rows.length) return Array.from({ length: count }, (_, i) => rows[Math.floor((i * rows.length) / count)]?.[0]).filter((each) => each !== undefined);
  const longest = Math.max(0, ...rows.map(({ length }) => length));
  const plan = Array.from({ length: longest }, (_, round) => rows.flatMap((own) => own[round] ?? [])).flat().slice(0, count);
  const runs = new Map<string, number>();
  for (const each of plan) runs.set(rowOf(each), (runs.get(rowOf(each)) ?? 0) + 1);
  while (plan.length < count && rows.length > 0) {
    const least = rows.reduce((few, own) => ((runs.get(rowOf(own[0]!)) ?? 0) < (runs.get(rowOf(few[0]!)) ?? 0) ? own : few));
    const done = runs.get(rowOf(least[0]!)) ?? 0;
    // Its exercises have had one run each: the next in turn has the fewest.
    plan.push(least[done % least.length]!);
    runs.set(rowOf(least[0]!), done + 1);
  }
  return plan;
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

function figuresOf(runs: readonly DrillSummary[]): ClauseFigures {
  const [first] = runs;
  const clause = first?.clauses[0] ?? '';
  const told = runs.map(toldIn);
  const unshown = told.filter((each) => each.isUnshown).length;
  const delays = told.flatMap(({ delayS }) => delayS ?? []);
  const leads = told.flatMap(({ leadS }) => leadS ?? []);
  const count = (by: TellingBy): number => told.filter((each) => each.by === by).length;
  return {
    clause, plant: first?.plant ?? '', exercises: new Set(runs.map(({ scenario }) => scenario)).size, runs: runs.length, detectMedianS: share(delays, 0.5), detect90S: share(delays, 0.9), byTag: count('tag'), byEyes: count('eyes'), bySample: count('sample'),
    missed: runs.length - delays.length - unshown, unshown, lost: told.filter(({ isLost }) => isLost).length, leadMedianS: share(leads, 0.5), leadWorstS: leads.length === 0 ? null : Math.min(...leads),
  };
}

/** What was told of one upset since it began. A lead below 0: told when the margin was lost already; never told before its end, the margin lost: no lead at all. */
function toldIn(run: DrillSummary) {
  const { beganS, promises, clauses, expects } = run;
  const first = run.conditions.find((each) => beganS !== null && each.atS >= beganS && isTelling(each, { clauses: [...clauses], expect: { conditions: [...expects] } }));
  const lostS = run.lost.find((each) => each.clauses.some((of) => isOf(clauses[0] ?? '', of)))?.atS;
  const isShown = promises.length === 0 || promises.some((each) => each !== null);
  return {
    isUnshown: first === undefined && !isShown, by: first?.by ?? null, delayS: first === undefined || beganS === null ? null : first.atS - beganS,
    leadS: lostS === undefined ? null : first === undefined ? 0 : lostS - first.atS, isLost: lostS !== undefined,
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
    ...upsets.flatMap(({ conditions, beganS, endS }) => conditions.filter(({ atS }) => atS > PREPARED_S && atS < (beganS ?? endS))),
  ].filter(({ role }) => role === 'trigger' || role === 'warning');
  const counts = Map.groupBy(told, ({ id }) => id);
  const calmS = controls.reduce((sum, { endS }) => sum + endS, 0) + upsets.reduce((sum, { beganS, endS }) => sum + Math.min(endS, beganS ?? endS), 0);
  return { plant, runs: controls.length, hours: Math.round((calmS / 3_600) * 100) / 100, conditions: [...counts].map(([id, all]) => ({ id, count: all.length })).sort((a, b) => byName(a.id, b.id)) };
}
const PREPARED_S = 5;
