/**
 * What procedures cost: how large they are to a proof, how soon they stand before a person, how much of them is kept, and how long a
 * station takes to stand again with twenty of them running. No peer: nothing comparable runs a procedure of this kind.
 */
import { clauseFigures } from '../packs/clause-register.ts';
import { join } from 'node:path';
import type { PlantPack } from '../../domain/packs/schema.ts';
import { proveProcedures } from '../../domain/prove/prove-plant.ts';
import { evolveAll } from '../../domain/station/evolve.ts';
import { fact } from '../../domain/station/facts.ts';
import type { Fact } from '../../domain/station/facts.ts';
import { observe } from '../../domain/station/observe.ts';
import { makePlant } from '../../domain/station/plant.ts';
import type { Plant } from '../../domain/station/plant.ts';
import { EMPTY_STATE } from '../../domain/station/state.ts';
import type { StationState } from '../../domain/station/state.ts';
import type { LoadedPacks } from '../packs/load.ts';
import { openJournal } from '../journal/journal.ts';
import { StationCore, toEntry } from '../station/core.ts';
import { upsetSection } from '../station/view.ts';
import type { BenchContext, Benchmark, Figure } from './benchmark.ts';
import { calmValues, packOf, sampleOf, shippedPacks, T0, TurnedClock } from './calm-plant.ts';
import { completeRun } from './complete-run.ts';
import { figureOf, percentile } from './statistics.ts';

const ROUNDS = 5;
const NOW_CARD_RUNS = 500;
/** First ones are for the compiler. */
const NOW_CARD_WARM_UP = 50;
const RESTART_PLANT = 'ammonia-synthesis';
const RESTART_RUNNING = 20;
const RESTART_RECORDS = 50_000;
const APPEND_SIZE = 1_000;

export const procedures: Benchmark = { name: 'procedures', about: 'proof, time to the now-card, size and restart of procedures, the shipped ones', needs: 'nothing', run };

async function run({ dir, progress }: BenchContext): Promise<readonly Figure[]> {
  progress('loading the shipped packs');
  const loaded = shippedPacks();
  const peroxide = packOf(loaded, 'h2o2');
  return [...proofFigures(loaded, progress), ...nowCardFigures(peroxide, progress), ...(await sizeFigures(peroxide, join(dir, 'size'))), ...restartFigures(packOf(loaded, RESTART_PLANT), join(dir, 'restart'), progress)];
}

const one = (name: string, unit: string, value: number): Figure => figureOf({ name, unit, values: [value] });

// --- (a) ----------------------------------------------------------------------------------------------------------------------------

function proofFigures(loaded: LoadedPacks, progress: (line: string) => void): Figure[] {
  const clauses = clauseFigures(loaded.clauses);
  const figures: Figure[] = [];
  const total = { procedures: 0, states: 0, transitions: 0, ms: 0 };
  for (const pack of [...loaded.plants, ...loaded.otherDesigns()]) {
    const where = `procedures/prove/${pack.id}${pack.design === undefined ? '' : `(${pack.design})`}`;
    const proofs = proveProcedures(pack, clauses, () => true);
    for (;;) {
      const startMs = performance.now();
      const { value: proof, done } = proofs.next() as IteratorResult<{ procedure: string; states: number; transitions: number; laws: readonly { id: string; holds: boolean }[] }>;
      const ms = performance.now() - startMs;
      if (done === true) break;
      progress(`${where}/${proof.procedure}: ${proof.states} states`);
      const broken = proof.laws.filter(({ holds }) => !holds);
      if (broken.length > 0) throw new Error(`${proof.procedure} breaks ${broken.map(({ id }) => id).join(', ')}; see haven prove ${proof.procedure}`);
      total.procedures += 1;
      total.states += proof.states;
      total.transitions += proof.transitions;
      total.ms += ms;
      figures.push(one(`${where}/${proof.procedure}/states`, 'states', proof.states), one(`${where}/${proof.procedure}/transitions`, 'transitions', proof.transitions), one(`${where}/${proof.procedure}/time`, 'ms', ms));
    }
  }
  return [one('procedures/prove/all/procedures', 'procedures', total.procedures), one('procedures/prove/all/states', 'states', total.states), one('procedures/prove/all/transitions', 'transitions', total.transitions), one('procedures/prove/all/time', 's', total.ms / 1_000), ...figures];
}

// --- (b) ----------------------------------------------------------------------------------------------------------------------------

/** The samples that make the clay bed hot and trip its interlock: the procedure is raised, retreats, and its first step stands on the now-card. */
const HOT = [['TI-4402', 86], ['I-4400-TRIP', true]] as const;
/** Until slopes and delays have forgotten the last run. */
const CALM_MS = 15 * 60_000;
const CALM_STEP_MS = 5_000;

function nowCardFigures(pack: PlantPack, progress: (line: string) => void): Figure[] {
  const plant = makePlant(pack);
  const calm = calmValues(pack);
  let nowMs = T0;
  const beCalm = (forMs: number): void => {
    for (const untilMs = nowMs + forMs; nowMs < untilMs;) {
      nowMs += CALM_STEP_MS;
      for (const [tag, value] of calm) plant.engine.push(sampleOf(tag, value, nowMs));
      plant.engine.advance(nowMs);
      plant.engine.drain();
    }
  };
  beCalm(CALM_MS);
  const quiet = observe(plant, evolveAll(EMPTY_STATE, [fact('link.changed', nowMs, null, { phase: 'connected', reason: null })], plant.machines), [], nowMs).state;
  if (quiet.runs.length > 0) throw new Error(`the calm plant runs ${quiet.runs.map(({ procedure }) => procedure).join(', ')}`);
  const times: number[] = [];
  for (let i = 0; i < NOW_CARD_RUNS + NOW_CARD_WARM_UP; i += 1) {
    if (i % 100 === 0) progress(`condition to now-card: ${i} of ${NOW_CARD_RUNS + NOW_CARD_WARM_UP}`);
    nowMs += 1_000;
    const ms = timeToNowCard(plant, quiet, nowMs);
    if (i >= NOW_CARD_WARM_UP) times.push(ms);
    beCalm(CALM_MS);
  }
  const name = 'procedures/condition-to-now-card';
  return [figureOf({ name: `${name}/p50`, unit: 'ms', values: times }), { ...one(`${name}/p99`, 'ms', percentile(times, 0.99)), runs: times.length }];
}

function timeToNowCard(plant: Plant, quiet: StationState, nowMs: number): number {
  const startMs = performance.now();
  for (const [tag, value] of HOT) plant.engine.push(sampleOf(tag, value, nowMs));
  plant.engine.advance(nowMs);
  const { state } = observe(plant, quiet, plant.engine.drain(), nowMs);
  const upset = upsetSection(plant, state, nowMs);
  const ms = performance.now() - startMs;
  if (upset.procedures.find(({ id }) => id === 'P-A4.9')?.steps.some((step) => step.state === 'now') !== true) throw new Error('the now-card did not come; expected P-A4.9 with a step to do');
  return ms;
}

// --- (c) ----------------------------------------------------------------------------------------------------------------------------

async function sizeFigures(pack: PlantPack, dir: string): Promise<Figure[]> {
  const { own, all, courseBytes } = completeRun(pack, dir);
  const bytes = (records: readonly unknown[]): number => records.reduce<number>((sum, record) => sum + Buffer.byteLength(JSON.stringify(record)), 0);
  const name = 'procedures/size/P-A4.9';
  return [
    one(`${name}/own-records`, 'records', own.length), one(`${name}/own-records/size`, 'bytes', bytes(own)),
    one(`${name}/all-records`, 'records', all.length), one(`${name}/all-records/size`, 'bytes', bytes(all)), one(`${name}/course-before-its-close`, 'bytes', courseBytes),
  ];
}

// --- (d) ----------------------------------------------------------------------------------------------------------------------------

function restartFigures(pack: PlantPack, dir: string, progress: (line: string) => void): Figure[] {
  progress(`writing ${RESTART_RECORDS} records`);
  const lastMs = writeJournal(pack, dir);
  const [opens, restores]: [number[], number[]] = [[], []];
  let records = 0;
  for (let round = 1; round <= ROUNDS; round += 1) {
    progress(`restart: round ${round} of ${ROUNDS}`);
    const clock = new TurnedClock();
    clock.now = lastMs + round * 60_000;
    const plant = makePlant(pack);
    const startMs = performance.now();
    const journal = journalIn(dir, clock);
    const openedMs = performance.now();
    const core = new StationCore({ plant, journal, clock, onFacts: () => undefined });
    records = core.restore({ version: 'bench', mode: 'TRAINING' }).records;
    restores.push(performance.now() - openedMs);
    opens.push(openedMs - startMs);
    journal.close();
    if (core.state.runs.length !== RESTART_RUNNING) throw new Error(`${core.state.runs.length} procedures run after the restart; expected ${RESTART_RUNNING}`);
  }
  const name = `procedures/restart/${RESTART_RUNNING}-running`;
  return [one(`${name}/records`, 'records', records), figureOf({ name: `${name}/open-journal`, unit: 'ms', values: opens }), figureOf({ name: `${name}/fold-and-restore`, unit: 'ms', values: restores })];
}

function journalIn(dir: string, clock: TurnedClock) {
  const opened = openJournal({ dir, mode: 'TRAINING', nowMs: () => clock.nowMs() });
  if (!opened.ok) throw new Error(opened.problem.message.en);
  return opened.value;
}

/** Twenty procedures raised and begun, and around them what a journal mostly holds: conditions and alarms that come and go. Answers the time of the last record. */
function writeJournal(pack: PlantPack, dir: string): number {
  const clock = new TurnedClock();
  const journal = journalIn(dir, clock);
  let waiting: Fact[] = [];
  let written = 0;
  const flush = (): void => {
    const appended = journal.append(waiting.map((f) => toEntry(f, f.atMs)));
    if (!appended.ok) throw new Error(appended.problem.message.en);
    written += waiting.length;
    waiting = [];
  };
  const add = (...facts: readonly Fact[]): void => {
    waiting.push(...facts);
    if (waiting.length >= APPEND_SIZE) flush();
  };
  const hashes = pack.sourceHashes;
  const chosen = pack.procedures.slice(0, RESTART_RUNNING);
  for (const [i, { id, version, steps }] of chosen.entries()) {
    const instance = `${id}:${i + 1}`;
    const atMs = (clock.now += 1_000);
    add(
      fact('procedure.raised', atMs, null, { instance, procedure: id, version, sourceHash: hashes[id] ?? '', because: [] }),
      fact('procedure.moved', atMs, 'bench', { instance, event: { type: 'START', atMs, by: 'bench', dueMs: atMs + (steps[0]?.within ?? 0) }, place: 'retreating' }),
    );
  }
  const conditions = pack.conditions.filter(({ role }) => role === 'trigger' || role === 'warning');
  for (let i = 0; written + waiting.length < RESTART_RECORDS; i += 1) {
    const condition = conditions[i % conditions.length];
    if (condition === undefined) throw new Error(`${pack.id} has no conditions`);
    const atMs = (clock.now += 1_000);
    add(...comesAndGoes(condition.id, condition.priority, atMs));
  }
  flush();
  journal.close();
  return clock.now;
}

function comesAndGoes(id: string, priority: 1 | 2 | 3 | 4, atMs: number): Fact[] {
  const reading = { sourceMs: atMs - 180, input: 'PI-3501', value: 19.25, limit: 19 };
  return [
    fact('condition.changed', atMs, null, { id, state: 'raised', ...reading }), fact('alarm.raised', atMs, null, { id, priority, group: null, firstOut: false, class: 'process', latching: false, ...reading }),
    fact('alarm.acknowledged', atMs + 300, 'bench', { id }), fact('condition.changed', atMs + 600, null, { id, state: 'cleared', ...reading }), fact('alarm.returned', atMs + 600, null, { id }),
  ];
}
