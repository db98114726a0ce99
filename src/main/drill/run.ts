/**
 * One exercise with one person of its script, from the settled plant to its end, as fast as station and plant can go. The same exercise, person and
 * seed give the same records.
 */
import type { Breach, Score, TruthEvent, TruthTrack } from '../../contract/drill.ts';
import type { ClauseVerdict } from '../../contract/report.ts';
import type { RecordedClause } from '../../domain/packs/recorded-pack.ts';
import type { PlantPack } from '../../domain/packs/schema.ts';
import type { NumberedFact } from '../../domain/report/incident.ts';
import { breachesOf } from '../../domain/drills/breaches.ts';
import { openExercise } from '../../domain/drills/exercise.ts';
import type { ExerciseCase } from '../../domain/drills/exercise.ts';
import { abortedIn, scoreCase } from '../../domain/drills/score.ts';
import { fact } from '../../domain/station/facts.ts';
import type { Fact } from '../../domain/station/facts.ts';
import { isSafe } from '../../domain/station/gates/run-facts.ts';
import type { Plant } from '../../domain/station/plant.ts';
import type { StationState } from '../../domain/station/state.ts';
import { EMPTY_STATE } from '../../domain/station/state.ts';
import { toFact } from '../station/core.ts';
import { recordText } from '../station/record-text.ts';
import { perform } from './acts.ts';
import { RunCourse } from './course.ts';
import { Crew } from './crew.ts';
import { USER_OF } from './crew-accounts.ts';
import type { HeadlessPlant, PlantAnswer } from './headless-plant.ts';
import { Samples } from './samples.ts';
import type { Exercise, Person, Timed } from './script.ts';
import { DrillStation } from './station.ts';
import type { DrillStationOptions } from './station.ts';
import { World } from './world.ts';

/** What the plant shows reaches the station so often, s of plant time. */
const STEP_S = 1;
/** The station looks at the settled plant for so long before anything happens, s: rates and trends must know what is normal. */
const CALM_S = 60;
const CALM_STEP_S = 2;
/** How often what lies behind the transmitters is kept, s. */
const TRUTH_EVERY_S = 5;
/** What the instructor prepared shows itself within the first step; from then on it counts, ms after the start. */
const PREPARED_MS = 1_001;
/** Whether everything that must catch a person has: looked at after so long, s, and then again after half as long once more. */
const CAUGHT_FIRST_S = 45;
const CAUGHT_AGAIN = 1.5;
/** Everything has been safe for so long, s: the exercise is over. */
const SAFE_FOR_S = 15;

export interface DrillOptions {
  readonly exercise: Exercise;
  /** Null: nobody, and nothing happens either (a control run). */
  readonly person: Person | null;
  readonly pack: PlantPack;
  readonly clauses: readonly RecordedClause[];
  readonly plant: HeadlessPlant;
  readonly seed: number;
  readonly signal?: AbortSignal;
  /** Stops as soon as every clause that must catch the person has: for tests. */
  readonly untilCaught?: boolean;
  /** The exercise's faults and what happens later are left out: nothing is wrong, and nothing may be told. */
  readonly isControl?: boolean;
  /** Not longer than this, s. */
  readonly endS?: number;
  readonly station?: Pick<DrillStationOptions, 'journal' | 'packOnRecord' | 'onSamples' | 'onFacts'>;
  /** How often what the plant shows reaches the station, s of plant time; 1 where it is not said. */
  readonly stepS?: number;
  /** Ends the run for another reason: everything that was asked for is known. */
  readonly isKnown?: (events: readonly TruthEvent[], state: StationState) => boolean;
  readonly onStep?: (atS: number) => void;
  /** What else goes on record when it has ended, before the journal is closed. */
  readonly onEnded?: (run: DrillRun) => Promise<readonly Fact[]>;
}

export type DrillEnd = 'safe' | 'end' | 'aborted' | 'caught' | 'cancelled';

export interface DrillRun {
  readonly end: DrillEnd;
  readonly atS: number;
  readonly startMs: number;
  readonly endMs: number;
  /** What counts; `startedN` is the record of the beginning, which stands before it. */
  readonly records: readonly NumberedFact[];
  readonly startedN: number;
  readonly track: TruthTrack;
  readonly file: ExerciseCase;
  readonly score: Score;
  readonly verdicts: readonly ClauseVerdict[];
  readonly breaches: readonly Breach[];
  /** Every procedure that was raised is in its safe state. */
  readonly isSafe: boolean;
  readonly procedures: readonly { readonly procedure: string; readonly place: string; readonly step: string | null }[];
  /** Deeds of the script that came to nothing for another reason than a refusal. */
  readonly complaints: readonly string[];
  /** For promises: what each tag showed, second by second, is not kept; the first time at which each promise held is. */
  readonly promises: readonly (number | null)[];
  readonly plant: Plant;
}

interface Waiting { readonly timed: Timed; readonly watch: string | null; dueS: number | null }

export async function runDrill(options: DrillOptions): Promise<DrillRun> {
  const run = new Running(options, await beginPlant(options));
  try {
    const ended = await run.toTheEnd();
    if (options.onEnded !== undefined) run.record(await options.onEnded(ended));
    return ended;
  } finally {
    run.close();
  }
}

async function beginPlant({ plant, exercise: { script, begin }, seed, isControl }: DrillOptions): Promise<PlantAnswer> {
  return plant.must({ do: 'begin', plant: script.plant, seed, ...(isControl === true ? { start: 'normal' } : { start: script.start, ...begin }), ...(script.design === undefined ? {} : { design: script.design }) });
}

class Running {
  readonly #options: DrillOptions;
  readonly #station: DrillStation;
  readonly #world: World;
  readonly #crew: Crew | null;
  readonly #laboratory: Samples;
  readonly #waiting: Waiting[];
  readonly #course: RunCourse;
  readonly #first: PlantAnswer;
  #records: NumberedFact[] = [];
  #read = 0;
  #startMs = 0;
  #startedN = 1;
  /** The station when it counts, and when that is. */
  #before: StationState = EMPTY_STATE;
  #lookS = CAUGHT_FIRST_S;
  #truthDueS = 0;
  #safeSinceS: number | null = null;

  constructor(options: DrillOptions, first: PlantAnswer) {
    this.#options = options;
    this.#first = first;
    if (first.described === undefined) throw new Error('the simulator did not describe its plant');
    this.#station = new DrillStation({ pack: options.pack, ...options.station });
    this.#world = new World(this.#station, options.plant, first.described);
    const does = options.person?.does ?? [];
    const follow = does.flatMap((each) => ('follow' in each ? [each.follow] : []))[0];
    this.#laboratory = new Samples(this.#world, { except: [] });
    this.#crew = follow === undefined ? null : new Crew(this.#world, follow);
    this.#waiting = does.flatMap((each, i) => ('follow' in each ? [] : [{ timed: each, watch: each.when === undefined ? null : `does.${String(i)}`, dueS: each.atS === undefined ? null : each.atS + each.afterS }]));
    this.#course = new RunCourse(this.#world, this.#station.plant.pack, options.exercise.script.promises);
  }

  record(facts: readonly Fact[]): void {
    if (facts.length > 0) this.#station.record(facts);
  }

  close(): void {
    this.#station.close();
  }

  async toTheEnd(): Promise<DrillRun> {
    await this.#calm();
    await this.#begin();
    const { exercise: { script }, signal, stepS } = this.#options;
    const endS = Math.min(script.endS, this.#options.endS ?? Number.POSITIVE_INFINITY);
    for (;;) {
      const { atS } = this.#world;
      if (signal?.aborted === true) return this.#ended('cancelled');
      await this.#act();
      const isDue = atS >= this.#truthDueS;
      if (isDue) this.#truthDueS += TRUTH_EVERY_S;
      // The first step is always the short one: what was prepared must have shown itself before it counts.
      const answer = await this.#world.step(atS < STEP_S ? STEP_S : (stepS ?? STEP_S), isDue);
      this.#course.keep(answer);
      this.#options.onStep?.(this.#world.atS);
      if (this.#before === EMPTY_STATE) this.#before = this.#station.state;
      const end = this.#isOver(endS);
      if (end !== null) return this.#ended(end);
    }
  }

  async #calm(): Promise<void> {
    this.#world.take(this.#first);
    for (let s = 0; s < CALM_S; s += CALM_STEP_S) await this.#world.step(CALM_STEP_S, false);
  }

  async #begin(): Promise<void> {
    const { exercise: { raw, script }, isControl, plant } = this.#options;
    const scenario = isControl === true ? { ...raw, setup: [], faults: [], then: [], vary: {} } : raw;
    const watch = Object.fromEntries(this.#waiting.flatMap(({ watch: name, timed }) => (name === null || timed.when === undefined ? [] : [[name, timed.when]])));
    this.#startMs = this.#world.nowMs;
    // Before the plant is touched: nothing of what it shows from now on is a reset without a person (3.5).
    this.#station.record([fact('training.instructed', this.#startMs, USER_OF.operator, { command: `start ${script.id}` }), fact('training.started', this.#startMs, USER_OF.operator, { scenario: script.id, plant: { start: isControl === true ? 'normal' : script.start, seed: this.#options.seed, ranS: this.#world.plantS } })]);
    this.#world.begin();
    this.#world.take(await plant.must({ do: 'exercise', scenario, watch }));
  }

  async #act(): Promise<void> {
    const { atS, holds } = this.#world;
    for (const each of this.#waiting) if (each.dueS === null && each.watch !== null && holds.has(each.watch)) each.dueS = atS + each.timed.afterS;
    for (;;) {
      const next = this.#waiting.findIndex(({ dueS }) => dueS !== null && dueS <= atS);
      if (next < 0) break;
      const [due] = this.#waiting.splice(next, 1);
      if (due !== undefined) await this.#perform(due.timed);
    }
    if (this.#crew !== null) return this.#crew.look();
    // Nobody follows: what somebody sent to the laboratory is written down all the same when it comes.
    for (const [, deed] of this.#laboratory.results()) await deed();
  }

  async #perform({ do: act }: Timed): Promise<void> {
    if ('leave' in act) this.#crew?.leave();
    const { complaints } = this.#world;
    const before = complaints.length;
    const result = await perform(this.#world, act);
    if (result.outcome === 'failed' && complaints.length === before) complaints.push(`${String(Math.round(this.#world.atS))} s ${JSON.stringify(act)}: ${result.message}`);
  }

  #isOver(endS: number): DrillEnd | null {
    const { exercise: { scored } } = this.#options;
    const { atS } = this.#world;
    if (abortedIn({ truth: { margins: [], samples: this.#course.last, events: [] }, scenario: scored }) !== null) return 'aborted';
    if (this.#isCaught()) return 'caught';
    if (this.#options.isKnown?.(this.#world.events, this.#station.state) === true) return 'end';
    if (this.#isAllSafe()) this.#safeSinceS ??= atS;
    else this.#safeSinceS = null;
    const isDone = this.#safeSinceS !== null && atS - this.#safeSinceS >= SAFE_FOR_S && !this.#waiting.some(({ dueS, timed }) => dueS !== null || timed.atS !== undefined);
    return isDone ? 'safe' : atS >= endS ? 'end' : null;
  }

  /** A verdict is one at the end only; what was forbidden, refused or too late stays so. Of somebody who does nothing nothing more will come, once the plant has shown what it promises. */
  #isCaught(): boolean {
    const { person, untilCaught } = this.#options;
    if (untilCaught !== true || person === null || person.caught.length === 0 || this.#world.atS < this.#lookS) return false;
    this.#lookS *= CAUGHT_AGAIN;
    const isIdle = person.does.length === 0;
    if (isIdle && this.#course.promises.includes(null)) return false;
    const breaches = breachesOf(this.#open()).filter(({ kind }) => isIdle || kind !== 'verdict');
    return person.caught.every((clause) => breaches.some((breach) => isCaughtBy(clause, breach)));
  }

  /** Records, truth and register as they now are, for whoever judges. */
  #open(): ExerciseCase {
    const { exercise: { script }, clauses, exercise } = this.#options;
    for (const record of this.#station.journal.records(this.#read + 1)) {
      this.#read = record.n;
      const found = toFact(record);
      if (found?.type === 'training.started') this.#startedN = record.n;
      if (found !== null && found.atMs >= this.#countsFromMs) this.#records.push({ n: record.n, wallMs: record.wallMs, fact: found });
    }
    const { plant } = this.#station;
    return openExercise({
      exercise: `${script.id}-${String(this.#options.seed)}`.slice(0, 80), scenario: exercise.scored, plant, clauses, records: this.#records, before: this.#before, startedMs: this.#countsFromMs, endedMs: Math.max(this.#countsFromMs, this.#world.nowMs),
      truth: this.#course.track(), tell: (told) => recordText(told, plant),
    });
  }

  get #countsFromMs(): number {
    return this.#startMs + PREPARED_MS;
  }

  /** Procedures have been raised, all are in the safe state, and the crew has nothing left to do: alarms, roll-call, causes. */
  #isAllSafe(): boolean {
    const { state } = this.#station;
    return state.runs.length > 0 && state.runs.every((run) => isSafe(run)) && (this.#crew === null || this.#crew.isIdle());
  }

  #ended(end: DrillEnd): DrillRun {
    const { state, plant } = this.#station;
    const [endMs, { atS }] = [this.#world.nowMs, this.#world];
    this.#station.record([fact('training.ended', endMs, USER_OF.operator, {})]);
    const file = this.#open();
    const score = scoreCase(file);
    return {
      end, atS, startMs: this.#startMs, endMs, records: this.#records, startedN: this.#startedN, file, score, verdicts: file.verdicts, breaches: score.breaches, plant, complaints: this.#world.complaints, promises: this.#course.promises, track: this.#course.track(),
      isSafe: state.runs.length > 0 && state.runs.every((run) => isSafe(run)),
      procedures: state.runs.map((run) => ({ procedure: run.procedure, place: placeText(run.course.value), step: null })),
    };
  }
}

/** The clause itself, or one below it: A4.2 is broken where A4.2(3) is. */
export const isCaughtBy = (clause: string, breach: Pick<Breach, 'clause'>): boolean => breach.clause === clause || breach.clause.startsWith(`${clause}(`) || breach.clause.startsWith(`${clause}.`);

function placeText(value: unknown): string {
  const course = typeof value === 'object' && value !== null && 'course' in value ? value.course : value;
  return typeof course === 'string' ? course : JSON.stringify(course);
}
