/** One task of a worker, or of the command itself: reads the exercise, draws its variant, runs it, tells what came of it. */
import { hash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { scoredExerciseOf } from '../../domain/drills/score.ts';
import { recordedPackText } from '../../domain/packs/recorded-pack.ts';
import type { RecordedClause } from '../../domain/packs/recorded-pack.ts';
import type { PlantPack } from '../../domain/packs/schema.ts';
import { fact } from '../../domain/station/facts.ts';
import type { Fact } from '../../domain/station/facts.ts';
import type { StationState } from '../../domain/station/state.ts';
import type { TruthEvent } from '../../contract/drill.ts';
import { TruthKeeper } from '../drill-report/truth-keeper.ts';
import { openJournal } from '../journal/journal.ts';
import type { LoadedPacks } from '../packs/load.ts';
import { readExercise } from './exercise-files.ts';
import type { HeadlessPlant } from './headless-plant.ts';
import type { DrillTask } from './job.ts';
import { packFor } from './pack-of.ts';
import { runDrill } from './run.ts';
import type { DrillOptions, DrillRun } from './run.ts';
import { isOf, isTelling } from './about.ts';
import { DUTIES } from './script.ts';
import type { Exercise, Person } from './script.ts';
import { summaryOf } from './summary.ts';
import type { DrillSummary } from './summary.ts';
import { variantOf } from './variant.ts';

export interface TaskParts {
  readonly packs: LoadedPacks;
  readonly plant: HeadlessPlant;
  readonly signal?: AbortSignal;
  /** A new folder in which the record is kept like any station's. */
  readonly keptIn?: string;
  readonly onStep?: (atS: number) => void;
}

export class TaskFailed extends Error {}

/** How often the laboratory is asked in a randomised upset, s. An assumption: of what only a sample shows (A3.1(2)) the delay that is measured is this round and the time of the analysis. */
const ROUND_S = 600;
/** Of a randomised upset: somebody looks and takes samples, and does nothing about it. What only eyes or an analysis can tell is told like everything else. */
const OBSERVER: Person = { id: 'observer', does: [{ follow: { delayS: 10, paceS: 1, roundS: ROUND_S, except: [], without: [...DUTIES] } }], end: 'any', caught: [] };

export function exerciseOf(task: Pick<DrillTask, 'file' | 'variant' | 'stratum' | 'person'>): { readonly exercise: Exercise; readonly person: Person | null } {
  const read = readExercise(task.file, readFileSync(task.file));
  if (!read.ok) throw new TaskFailed(read.message);
  const exercise = task.variant === undefined ? read.value : variantOf(read.value, task.variant, task.stratum);
  const person = task.person === null ? (task.variant === undefined ? null : OBSERVER) : exercise.script.people.find(({ id }) => id === task.person);
  if (person === undefined) throw new TaskFailed(`${exercise.script.id} has no person '${task.person ?? ''}'; it has ${exercise.script.people.map(({ id }) => id).join(', ') || 'none'}`);
  return { exercise, person };
}

export async function doTask(task: DrillTask, parts: TaskParts): Promise<{ readonly run: DrillRun; readonly summary: DrillSummary }> {
  const { exercise, person } = exerciseOf(task);
  const { isControl, untilCaught, stepS, endS } = task;
  const { keptIn, packs, ...rest } = parts;
  const { clauses } = packs;
  const pack = packFor(packs, exercise.script.plant, exercise.script.design);
  if (pack === undefined) throw new TaskFailed(`there are no rules of ${exercise.script.plant}${exercise.script.design === undefined ? '' : ` in the design ${exercise.script.design}`}`);
  const run = await runDrill({
    exercise, person, pack, clauses, ...rest, ...(keptIn === undefined ? {} : { station: keptStation(keptIn, pack, clauses), onEnded: (ended: DrillRun) => scoredIn(keptIn, ended, exercise) }), seed: task.seed, ...(isControl === undefined ? {} : { isControl }), ...(untilCaught === undefined ? {} : { untilCaught }), ...(stepS === undefined ? {} : { stepS }), ...(endS === undefined ? {} : { endS }),
    ...(task.untilKnown === true ? { isKnown: knownOf(exercise, pack) } : {}),
  });
  return { run, summary: summaryOf(run, exercise, person, task.seed) };
}

function keptStation(dir: string, pack: PlantPack, clauses: readonly RecordedClause[]): NonNullable<DrillOptions['station']> {
  const text = recordedPackText(pack, clauses);
  return {
    packOnRecord: { hash: hash('sha256', text, 'hex'), text },
    journal: (clock) => {
      const opened = openJournal({ dir, mode: 'TRAINING', nowMs: () => clock.nowMs() });
      if (!opened.ok) throw new TaskFailed(opened.problem.message.en);
      return opened.value;
    },
  };
}

/** As a station does when an exercise ends: the truth beside the journal, the score on record, so that there is a debrief of it. Of nobody: a script is no person (H.2). */
async function scoredIn(dir: string, { end, file, records, startedN, track, endMs }: DrillRun, { script: { title } }: Exercise): Promise<readonly Fact[]> {
  if (end === 'cancelled') return [];
  const kept = await new TruthKeeper(dir).keep(file.exercise, track);
  if (!kept.ok) throw new TaskFailed(`the truth cannot be kept: ${kept.reason}`);
  return [fact('training.scored', endMs, null, { ...scoredExerciseOf(file, title, [], kept.value), records: { fromN: startedN, toN: records.at(-1)?.n ?? startedN } })];
}

/** What it is about was told, and what could be lost is. */
function knownOf({ script }: Exercise, { conditions }: PlantPack): (events: readonly TruthEvent[], state: StationState) => boolean {
  const telling = conditions.filter((each) => isTelling(each, script));
  let isTold = false;
  return (events, state) => {
    isTold ||= telling.some(({ id }) => state.conditions.get(id)?.held === true);
    return isTold && events.some(({ kind, clauses }) => kind === 'margin-lost' && clauses.some((clause) => isOf(script.clauses[0] ?? '', clause)));
  };
}
