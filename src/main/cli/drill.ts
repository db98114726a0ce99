/** `haven drill SCENARIO --plant ID`: an exercise without a console, as fast as it can. `--batch N`: randomised ones. `--from-journal DIR`: a record as a script. */
import { accessSync, constants, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { randomisedUpsets } from '../drill/batch.ts';
import type { BatchReport } from '../drill/batch.ts';
import { batchTable, writeBatchTable } from '../drill/batch-table.ts';
import { exercisesOf, readExercise, SCENARIOS } from '../drill/exercise-files.ts';
import { exerciseFromJournal } from '../drill/from-journal.ts';
import { doTask } from '../drill/do-task.ts';
import { HEADLESS, HeadlessPlant } from '../drill/headless-plant.ts';
import type { DrillTask } from '../drill/job.ts';
import { runTasks } from '../drill/pool.ts';
import type { PoolOptions, TaskResult } from '../drill/pool.ts';
import type { Exercise } from '../drill/script.ts';
import type { DrillSummary } from '../drill/summary.ts';
import { seedOf } from '../drill/variant.ts';
import { loadPacks } from '../packs/load.ts';
import type { CommandIo } from './io.ts';
import { EXIT_CANCELLED, EXIT_DONE, EXIT_FINDINGS, EXIT_WRONG_CALL } from './io.ts';
import { PhaseLine } from './phase-line.ts';
import { isFaultOfOurs } from './unforeseen.ts';

const HELP = `haven drill SCENARIO --plant ID [--person NAME] [--seed N] [--variant N | --variants N] [--journal DIR] [--json]
haven drill --batch N --seed S [--plant ID] [--write FILE] [--json]
haven drill --from-journal DIR --incident ID --out FILE

Runs an exercise against the simulator without a console, as fast as it can, with the people of its script.

  SCENARIO           an id, or a file; 'all' for every exercise of the plant
  --person NAME      one of its people; default each of them
  --seed N           of the plant's noise, and of the variants of a batch; default 1
  --variant N        the exercise as the seed N varies it (faults, state at the beginning, who is where, when); default as it is written
  --variants N       N variants of each, drawn by plan from --seed, so that each figure comes from all of its range
  --journal DIR      keeps the record of the run in DIR, a new folder, with its truth and its score: a journal for
                     'haven report' and 'haven debrief'; with one person only
  --batch N          N randomised upsets with nobody acting, and runs without any fault: how soon each clause is told,
                     what is missed, what is told without a reason, how long before the margin is lost
  --write FILE       puts the table of the batch into FILE, between its two marks (docs/benchmarks.md)
  --from-journal DIR --incident ID --out FILE
                     what people did in an exercise, out of the station's journal, as a person of a scenario file
  --workers N        processes at a time; default one for each core
  --json             one JSON document: {mode:"TRAINING", score, verdicts:[{clause, met, at}], traversal:[...], end},
                     {mode, runs:[...]} for more than one, or the batch

Exit: 0 done and as the scripts say, 1 somebody was not caught or did not come to the safe state, 2 wrong call or bad
input, 70 a fault of the program, 130 ended by Ctrl-C.
`;
/** On everything that is printed: none of it happened on a plant. */
const MODE = 'TRAINING';
const BATCH_MAX = 10_000;
const VARIANTS_MAX = 1_000;
const SEED_MAX = 2 ** 32 - 1;

interface Call {
  readonly help: boolean;
  readonly json: boolean;
  readonly scenario: string | undefined;
  readonly plant: string | undefined;
  readonly person: string | undefined;
  readonly seed: number;
  readonly variant: number | undefined;
  readonly variants: number | undefined;
  readonly journal: string | undefined;
  readonly batch: number | undefined;
  readonly write: string | undefined;
  readonly workers: number | undefined;
  readonly rules: string;
  readonly procedures: string;
  readonly fromJournal: string | undefined;
  readonly incident: string | undefined;
  readonly out: string | undefined;
}

export async function run(args: readonly string[], io: CommandIo): Promise<number> {
  const call = readCall(args);
  if ('wrong' in call) return wrong(io, `${call.wrong}; expected ${HELP.split('\n')[0] ?? ''}`);
  if (call.help) {
    io.stdout(HELP);
    return EXIT_DONE;
  }
  if (call.fromJournal !== undefined) return fromJournal(call, call.fromJournal, io);
  if (!existsSync(HEADLESS)) return wrong(io, 'there is no simulator here; it is part of a checkout of the repository');
  const cancel = new AbortController();
  // The first Ctrl-C ends the runs; a second one ends the process as usual.
  const onInterrupt = (): void => cancel.abort();
  process.once('SIGINT', onInterrupt);
  try {
    return await (call.batch === undefined ? exercises(call, io, cancel.signal) : batch(call, call.batch, io, cancel.signal));
  } finally {
    process.off('SIGINT', onInterrupt);
  }
}

function poolOptions(call: Call, io: CommandIo, signal: AbortSignal, onResult: PoolOptions['onResult']): PoolOptions {
  return { rulesDir: path.resolve(io.cwd, call.rules), proceduresDir: path.resolve(io.cwd, call.procedures), signal, ...(call.workers === undefined ? {} : { workers: call.workers }), ...(onResult === undefined ? {} : { onResult }) };
}

// --- exercises ---

async function exercises(call: Call, io: CommandIo, signal: AbortSignal): Promise<number> {
  const found = find(call, io);
  if ('wrong' in found) return wrong(io, found.wrong);
  const tasks: DrillTask[] = [];
  for (const { file, script } of found.exercises) {
    const people = call.person === undefined ? script.people.map(({ id }) => id) : [call.person];
    const unknown = people.find((id) => !script.people.some((person) => person.id === id));
    if (unknown !== undefined) return wrong(io, `${script.id} has no person '${unknown}'; it has ${script.people.map(({ id }) => id).join(', ') || 'none'}`);
    // An exercise without people is run with nobody.
    for (const person of people.length === 0 ? [null] : people) for (const drawn of drawnFor(call)) tasks.push({ n: tasks.length, plant: script.plant, file, person, seed: call.seed, ...drawn });
  }
  if (call.journal !== undefined) return keptRun(tasks, path.resolve(io.cwd, call.journal), call, io, signal);
  const line = new PhaseLine(io);
  const results = await runTasks(tasks, poolOptions(call, io, signal, ({ task }, done) => line.show({ phase: { zh: `演练 ${path.basename(task.file)}`, en: `exercise ${task.person ?? 'nobody'}` }, done: done / tasks.length })));
  line.clear();
  if (signal.aborted) return cancelled(io);
  return tellRuns(results, call.json, io);
}

/** As it is written, the one variant that was asked for, or so many by plan. */
function drawnFor({ variant, variants, seed }: Call): readonly Pick<DrillTask, 'variant' | 'stratum'>[] {
  if (variants === undefined) return [variant === undefined ? {} : { variant }];
  return Array.from({ length: variants }, (_, k) => ({ variant: seedOf(seed, k), stratum: { seed, k, of: variants } }));
}

/** In this process, with a journal like any station's. */
async function keptRun([task, ...more]: readonly DrillTask[], dir: string, call: Call, io: CommandIo, signal: AbortSignal): Promise<number> {
  if (task === undefined || more.length > 0) return wrong(io, `--journal keeps one run, and this would be ${String(more.length + 1)}; name one --person`);
  if (existsSync(dir)) return wrong(io, `${dir} is there already; --journal makes a new folder`);
  // What was made of it and did not come to its end is taken away: the folder is ours, it was not there before.
  const undo = (): void => rmSync(dir, { recursive: true, force: true });
  const loaded = loadPacks({ rulesDir: path.resolve(io.cwd, call.rules), proceduresDir: path.resolve(io.cwd, call.procedures) });
  const plant = HeadlessPlant.start();
  const line = new PhaseLine(io);
  try {
    const { summary, run: { end } } = await doTask(task, { packs: loaded, plant, signal, keptIn: dir, onStep: (atS) => line.show({ phase: { zh: '演练', en: 'exercise' }, done: Math.min(1, atS / 3_600) }) });
    line.clear();
    if (end !== 'cancelled') return tellRuns([{ task, ok: true, summary, tookMs: 0 }], call.json, io);
    undo();
    return cancelled(io);
  } catch (error) {
    line.clear();
    undo();
    if (isFaultOfOurs(error)) throw error;
    return wrong(io, error instanceof Error ? error.message : String(error));
  } finally {
    plant.close();
  }
}

function find(call: Call, io: CommandIo): { readonly exercises: readonly Exercise[] } | { readonly wrong: string } {
  const { scenario, plant } = call;
  if (scenario === undefined) return { wrong: 'no SCENARIO is named' };
  const file = path.resolve(io.cwd, scenario);
  if (/\.ya?ml$/u.test(scenario)) {
    if (!existsSync(file)) return { wrong: `there is no file ${file}` };
    const read = readExercise(file, readFileSync(file));
    if (!read.ok) return { wrong: read.message };
    return plant === undefined || plant === read.value.script.plant ? { exercises: [read.value] } : { wrong: `${read.value.script.id} is an exercise of ${read.value.script.plant}, not of ${plant}` };
  }
  if (plant === undefined) return { wrong: '--plant is missing' };
  const { exercises: all, problems } = exercisesOf(plant);
  const chosen = scenario === 'all' ? all : all.filter(({ script }) => script.id === scenario);
  for (const problem of problems) io.stderr(`${problem}\n`);
  return chosen.length > 0 ? { exercises: chosen } : { wrong: `${plant} has no exercise '${scenario}'; it has ${all.map(({ script }) => script.id).join(', ') || 'none'}` };
}

function tellRuns(results: readonly TaskResult[], json: boolean, io: CommandIo): number {
  const failed = results.flatMap((result) => (result.ok ? [] : [result]));
  for (const { task, message } of failed) io.stderr(`haven drill: ${path.basename(task.file)} ${task.person ?? ''}: ${message}\n`);
  if (failed.length > 0) return EXIT_WRONG_CALL;
  const runs = results.flatMap((result) => (result.ok ? [result.summary] : []));
  const [only] = runs;
  if (json) io.stdout(`${JSON.stringify({ mode: MODE, ...(runs.length === 1 && only !== undefined ? only : { runs }) })}\n`);
  else for (const summary of runs) io.stdout(sentences(summary));
  return runs.some(({ amiss }) => amiss.length > 0) ? EXIT_FINDINGS : EXIT_DONE;
}

function sentences({ scenario, person, score, end, endS, breaches, traversal, amiss, complaints }: DrillSummary): string {
  const lines = [
    `${MODE} ${scenario} ${person ?? 'nobody'}: ${end} after ${String(Math.round(endS))} s, ${String(score.total)} of 100${score.passed ? '' : ', not passed'}`,
    ...traversal.filter(({ step }) => step === undefined).map(({ t, procedure, state }) => `  ${t.toFixed(0).padStart(6)} s  ${procedure} ${state}`),
    ...breaches.map(({ clause, kind, atS, text }) => `  ${atS.toFixed(0).padStart(6)} s  ${clause} ${kind}: ${text.en}`),
    ...complaints.map((each) => `  came to nothing: ${each}`), ...amiss.map((each) => `  AMISS: ${each}`),
  ];
  return `${lines.join('\n')}\n`;
}

// --- batch ---

async function batch(call: Call, count: number, io: CommandIo, signal: AbortSignal): Promise<number> {
  // Whether there is a place for it is asked before the hours, not after them.
  const place = call.write === undefined ? null : placeFor(path.resolve(io.cwd, call.write));
  if (place !== null && 'wrong' in place) return wrong(io, place.wrong);
  const line = new PhaseLine(io);
  const told = await randomisedUpsets({ count, seed: call.seed, plant: call.plant, dir: SCENARIOS }, (tasks) => runTasks(tasks, poolOptions(call, io, signal, ({ task }, done) => line.show({ phase: { zh: `随机扰动 ${path.basename(task.file)}`, en: 'randomised upsets' }, done: done / tasks.length }))));
  line.clear();
  if (signal.aborted) return cancelled(io);
  if (!told.ok) return wrong(io, told.message);
  const command = `haven drill --batch ${String(count)} --seed ${String(call.seed)}${call.plant === undefined ? '' : ` --plant ${call.plant}`}`;
  return tellBatch(told.value, command, place, call, io);
}

/** A file with the two marks that may be written; what stands between them when the batch is over is read then. */
function placeFor(file: string): { readonly file: string } | { readonly wrong: string } {
  try {
    accessSync(file, constants.R_OK | constants.W_OK);
    return writeBatchTable(readFileSync(file, 'utf8'), '') === null ? { wrong: `${file} has no place for the table` } : { file };
  } catch (error) {
    return { wrong: `${file} cannot be written: ${reasonOf(error)}` };
  }
}

function tellBatch(report: BatchReport, command: string, place: { readonly file: string } | null, call: Call, io: CommandIo): number {
  for (const problem of report.problems) io.stderr(`haven drill: ${problem}\n`);
  // A table of half the runs, or of none, is not put in the place of one of all.
  if (report.problems.length > 0) return EXIT_WRONG_CALL;
  const table = batchTable(report, command, new Date().toISOString().slice(0, 10));
  if (place !== null) {
    const written = writeBatchTable(readFileSync(place.file, 'utf8'), table);
    if (written === null) return wrong(io, `${place.file} has no place for the table any more`);
    writeFileSync(place.file, written);
  }
  io.stdout(call.json ? `${JSON.stringify({ mode: MODE, ...report })}\n` : table);
  return report.clauses.some(({ missed, unshown }) => missed + unshown > 0) ? EXIT_FINDINGS : EXIT_DONE;
}

// --- journal ---

function fromJournal(call: Call, dir: string, io: CommandIo): number {
  if (call.incident === undefined || call.out === undefined) return wrong(io, '--from-journal takes --incident and --out');
  const made = exerciseFromJournal(path.resolve(io.cwd, dir), call.incident);
  if (!made.ok) return wrong(io, made.message);
  const out = path.resolve(io.cwd, call.out);
  try {
    writeFileSync(out, made.value.text);
  } catch (error) {
    return wrong(io, `${out} cannot be written: ${reasonOf(error)}`);
  }
  io.stdout(call.json ? `${JSON.stringify({ mode: MODE, file: out, scenario: made.value.id, deeds: made.value.deeds })}\n` : `${out}: ${made.value.id}, ${String(made.value.deeds)} deeds\n`);
  return EXIT_DONE;
}

// --- the call ---

function readCall(args: readonly string[]): Call | { readonly wrong: string } {
  try {
    const { values, positionals } = parseArgs({
      args: [...args], allowPositionals: true, strict: true,
      options: {
        'help': { type: 'boolean', short: 'h', default: false }, 'json': { type: 'boolean', default: false }, 'plant': { type: 'string' }, 'person': { type: 'string' }, 'seed': { type: 'string', default: '1' }, 'variant': { type: 'string' }, 'variants': { type: 'string' }, 'batch': { type: 'string' },
        'write': { type: 'string' }, 'journal': { type: 'string' }, 'workers': { type: 'string' }, 'rules': { type: 'string', default: 'rules' }, 'procedures': { type: 'string', default: 'procedures' }, 'from-journal': { type: 'string' }, 'incident': { type: 'string' }, 'out': { type: 'string' },
      },
    });
    if (positionals.length > 1) return { wrong: `${String(positionals.length)} scenarios are named` };
    const seed = wholeOf(values.seed, 0, SEED_MAX);
    const variant = values.variant === undefined ? undefined : wholeOf(values.variant, 0, SEED_MAX);
    const variants = values.variants === undefined ? undefined : wholeOf(values.variants, 1, VARIANTS_MAX);
    const count = values.batch === undefined ? undefined : wholeOf(values.batch, 1, BATCH_MAX);
    const workers = values.workers === undefined ? undefined : wholeOf(values.workers, 1, 64);
    if (seed === null) return { wrong: `--seed ${values.seed} is no whole number from 0 to ${String(SEED_MAX)}` };
    if (variant === null) return { wrong: `--variant ${values.variant ?? ''} is no whole number from 0 to ${String(SEED_MAX)}` };
    if (variants === null) return { wrong: `--variants ${values.variants ?? ''} is no whole number from 1 to ${String(VARIANTS_MAX)}` };
    if (variants !== undefined && variant !== undefined) return { wrong: '--variant and --variants are given; expected one of them' };
    if (count === null) return { wrong: `--batch ${values.batch ?? ''} is no whole number from 1 to ${String(BATCH_MAX)}` };
    if (workers === null) return { wrong: `--workers ${values.workers ?? ''} is no whole number from 1 to 64` };
    const odd = strayIn(values, positionals);
    if (odd !== null) return { wrong: odd };
    const { help, json, plant, person, write, rules, procedures, incident, out, journal } = values;
    return { help, json, scenario: positionals[0], plant, person, seed, variant, variants, journal, batch: count, write, workers, rules, procedures, fromJournal: values['from-journal'], incident, out };
  } catch (error) {
    return { wrong: error instanceof Error ? (error.message.split('\n')[0] ?? 'wrong arguments') : 'wrong arguments' };
  }
}

/** What belongs to another of the three calls: it would be passed over in silence. */
const ONLY_WITH = {
  'batch': ['write'], 'from-journal': ['incident', 'out'], 'scenario': ['person', 'journal', 'variant', 'variants'],
} as const;

function strayIn(values: Readonly<Record<string, string | boolean | undefined>>, [scenario]: readonly string[]): string | null {
  const given: Readonly<Record<string, string | boolean | undefined>> = { ...values, scenario };
  const calls = (Object.keys(ONLY_WITH) as (keyof typeof ONLY_WITH)[]).filter((call) => given[call] !== undefined);
  const named = { 'batch': '--batch', 'from-journal': '--from-journal', 'scenario': 'SCENARIO' } as const;
  if (calls.length > 1) return `${calls.map((call) => named[call]).join(' and ')} are two calls; expected one of them`;
  for (const [call, options] of Object.entries(ONLY_WITH)) {
    const stray = options.find((option) => given[option] !== undefined);
    if (stray !== undefined && calls[0] !== call) return `--${stray} goes with ${named[call as keyof typeof ONLY_WITH]} only`;
  }
  return null;
}

function wholeOf(text: string, low: number, high: number): number | null {
  const value = Number(text);
  return /^\d+$/u.test(text) && value >= low && value <= high ? value : null;
}

const reasonOf = (error: unknown): string => (error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error));

function wrong(io: CommandIo, what: string): number {
  io.stderr(`haven drill: ${what}\n`);
  return EXIT_WRONG_CALL;
}

function cancelled(io: CommandIo): number {
  io.stderr('haven drill: ended by Ctrl-C; nothing was written\n');
  return EXIT_CANCELLED;
}
