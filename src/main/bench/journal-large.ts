/**
 * A journal of ten million records over its segments, as years of a plant make one: how long it takes to write, to verify, to start a
 * station on, to show its last page and a page of its alarm history. About half an hour and 8 GB; only when it is asked for by name.
 */
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { carriedEntries } from '../../domain/station/carried-state.ts';
import { evolveAll } from '../../domain/station/evolve.ts';
import { fact } from '../../domain/station/facts.ts';
import type { Fact } from '../../domain/station/facts.ts';
import { makePlant } from '../../domain/station/plant.ts';
import type { Plant } from '../../domain/station/plant.ts';
import { EMPTY_STATE } from '../../domain/station/state.ts';
import type { StationState } from '../../domain/station/state.ts';
import type { PlantPack } from '../../domain/packs/schema.ts';
import { openJournal } from '../journal/journal.ts';
import type { Journal, JournalOptions } from '../journal/journal.ts';
import { verifyJournal } from '../journal/verify.ts';
import { readAlarmHistory } from '../station/alarm-history.ts';
import { StationCore, toEntry } from '../station/core.ts';
import { kpiHistory } from '../station/kpi-history.ts';
import type { BenchContext, Benchmark, Figure } from './benchmark.ts';
import { packOf, shippedPacks, TurnedClock } from './calm-plant.ts';
import { figureOf } from './statistics.ts';

const RECORDS = Number(process.env['HAVEN_BENCH_RECORDS'] ?? 10_000_000);
const APPEND_SIZE = 1_000;
/** Between two events: ten million records in about three months. */
const STEP_MS = 4_000;
const ROUNDS = 5;
const DAY_MS = 86_400_000;
const PAGE = { limit: 100, filter: {} } as const;

export const journalLarge: Benchmark = { name: 'journal-large', about: 'ten million records over segments: verify, restart, last page, alarm history', needs: 'nothing', onlyByName: true, run };

async function run({ dir, progress }: BenchContext): Promise<readonly Figure[]> {
  const pack = packOf(shippedPacks(), 'h2o2');
  const clock = new TurnedClock();
  const firstMs = clock.now;
  progress(`writing ${RECORDS} records`);
  const startMs = performance.now();
  write(pack, dir, clock, progress);
  const writtenS = (performance.now() - startMs) / 1_000;
  const figures = [one('write-and-fold', 'records/s', RECORDS / writtenS), ...sizes(dir), ...restarts(pack, dir, clock, firstMs, progress)];
  progress('verifying');
  const verifyMs = performance.now();
  const { verdict, records, detail } = verifyJournal(dir);
  const verifyS = (performance.now() - verifyMs) / 1_000;
  if (verdict !== 'sound') throw new Error(`the journal is ${verdict}: ${detail}`);
  return [...figures, one('records', 'records', records), one('verify', 's per million records', verifyS / (records / 1_000_000)), one('verify/memory', 'MB resident', process.memoryUsage.rss() / 1e6)];
}

const one = (name: string, unit: string, value: number): Figure => several(name, unit, [value]);
const several = (name: string, unit: string, values: readonly number[]): Figure => figureOf({ name: `journal-large/${name}`, unit, values });

function journalIn(dir: string, clock: TurnedClock, carried?: JournalOptions['carried']): Journal {
  const opened = openJournal({ dir, mode: 'TRAINING', nowMs: () => clock.nowMs(), ...(carried === undefined ? {} : { carried }) });
  if (!opened.ok) throw new Error(opened.problem.message.en);
  return opened.value;
}

/** Alarms that come, are acknowledged and go, of all conditions in turn; the state is folded beside it and carried into every segment. */
function write(pack: PlantPack, dir: string, clock: TurnedClock, progress: (line: string) => void): void {
  const { machines } = makePlant(pack);
  let state: StationState = EMPTY_STATE;
  const journal = journalIn(dir, clock, () => carriedEntries(state, clock.now, clock.now));
  const conditions = pack.conditions.filter(({ role }) => role === 'trigger' || role === 'warning');
  let [facts, sinceCarried]: [Fact[], number] = [[], 0];
  for (let i = 0; journal.status().records < RECORDS; i += 1) {
    const condition = conditions[i % conditions.length];
    if (condition === undefined) throw new Error(`${pack.id} has no conditions`);
    clock.now += STEP_MS;
    facts.push(...comesAndGoes(condition.id, condition.priority, clock.now));
    if (facts.length < APPEND_SIZE) continue;
    const appended = journal.append(facts.map((f) => toEntry(f, f.atMs)));
    if (!appended.ok) throw new Error(appended.problem.message.en);
    state = evolveAll(state, facts, machines);
    facts = [];
    // As the station does it, in the midst of a segment too.
    if ((sinceCarried += appended.records.length) >= 50_000) {
      journal.append(carriedEntries(state, clock.now, clock.now));
      sinceCarried = 0;
    }
    if (i % 50_000 === 0) progress(`${journal.status().records} of ${RECORDS} records`);
  }
  journal.close();
}

function comesAndGoes(id: string, priority: 1 | 2 | 3 | 4, atMs: number): Fact[] {
  const reading = { sourceMs: atMs - 180, input: 'TI-4202', value: 61.25, limit: 60 };
  return [
    fact('condition.changed', atMs, null, { id, state: 'raised', ...reading }), fact('alarm.raised', atMs, null, { id, priority, group: null, firstOut: false, class: 'process', latching: false, ...reading }),
    fact('alarm.acknowledged', atMs + 300, 'bench', { id }), fact('condition.changed', atMs + 600, null, { id, state: 'cleared', ...reading }), fact('alarm.returned', atMs + 600, null, { id }),
  ];
}

function sizes(dir: string): Figure[] {
  const files = readdirSync(dir).filter((name) => name.endsWith('.sqlite'));
  const bytes = files.reduce((sum, name) => sum + statSync(join(dir, name)).size, 0);
  return [one('segments', 'files', files.length), one('size', 'bytes per record', bytes / RECORDS)];
}

function restarts(pack: PlantPack, dir: string, clock: TurnedClock, firstMs: number, progress: (line: string) => void): Figure[] {
  const times: Record<'open' | 'restore' | 'folded' | 'tail' | 'newest' | 'oldest', number[]> = { open: [], restore: [], folded: [], tail: [], newest: [], oldest: [] };
  const timed = (into: keyof typeof times, work: () => void): void => {
    const startMs = performance.now();
    work();
    times[into].push(performance.now() - startMs);
  };
  let history = 0;
  for (let round = 1; round <= ROUNDS; round += 1) {
    progress(`restart: round ${round} of ${ROUNDS}`);
    clock.now += 60_000;
    const plant = makePlant(pack);
    let journal: Journal | undefined;
    timed('open', () => { journal = journalIn(dir, clock); });
    if (journal === undefined) throw new Error('the journal does not open');
    const [station, { records }] = [new StationCore({ plant, journal, clock, onFacts: () => undefined }), journal.status()];
    timed('restore', () => { times.folded.push(station.restore({ version: 'bench', mode: 'TRAINING' }).records); });
    const read = journal;
    timed('tail', () => { if (read.tail(200).length !== 200) throw new Error('the last page is short'); });
    timed('newest', () => { page(read, plant, clock.now); });
    timed('oldest', () => { page(read, plant, firstMs + DAY_MS); });
    if (round === 1) history = historyRate(read, clock.now);
    if (records < RECORDS) throw new Error(`${records} records are there; expected ${RECORDS}`);
    journal.close();
  }
  return [
    several('restart/open', 'ms', times.open), several('restart/restore', 'ms', times.restore), several('restart/records-folded', 'records', times.folded), one('restart/kpi-history', 'records/s', history),
    several('last-page-of-200', 'ms', times.tail), several('alarm-history/newest-page', 'ms', times.newest), several('alarm-history/oldest-page', 'ms', times.oldest),
  ];
}

function page(journal: Journal, plant: Plant, toMs: number): void {
  const { events } = readAlarmHistory(journal, plant, { fromMs: 0, toMs, ...PAGE });
  if (events.length !== PAGE.limit) throw new Error('the page of the alarm history is short');
}

/** In the background after a start, for the figures of 30 days. */
function historyRate(journal: Journal, nowMs: number): number {
  const startMs = performance.now();
  let events = 0;
  for (const _ of kpiHistory(journal, nowMs)) events += 1;
  return events / ((performance.now() - startMs) / 1_000);
}
