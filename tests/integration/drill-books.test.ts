/**
 * REQ-BKS-01 to 05: score, debrief and exports are made outside of the station while its event loop leads on. A real station, a real journal with an
 * exercise of 50,000 records, real child processes; the station was ended before the score was made.
 */
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CommandInput, CommandName, CommandOutput } from '../../src/contract/commands.ts';
import { responseSchema } from '../../src/contract/envelope.ts';
import type { Response } from '../../src/contract/envelope.ts';
import { partsOf } from '../../src/domain/packs/recorded-pack.ts';
import { fact } from '../../src/domain/station/facts.ts';
import type { Fact } from '../../src/domain/station/facts.ts';
import { forkKeeper } from '../../src/main/drill-report/books-fork.ts';
import type { BooksJobKind, KeeperRunner } from '../../src/main/drill-report/books-job.ts';
import { TRUTH_DIR } from '../../src/main/drill-report/truth-keeper.ts';
import { TruthSpool } from '../../src/main/drill-report/truth-spool.ts';
import { openJournal } from '../../src/main/journal/journal.ts';
import { readRecords } from '../../src/main/journal/read.ts';
import { startStation } from '../../src/main/station/index.ts';
import type { Station } from '../../src/main/station/index.ts';
import { TRAINING_SECRET } from '../../src/main/users/users.ts';
import { exerciseOf } from '../support/drills/exercise.ts';
import { recordedRules } from '../support/report/incident-journal.ts';
import { ROOT } from '../support/station/processes.ts';

const RECORDS = 50_000;
const EXERCISE = 'EX-50000';
const LOST = 'EX-60000';
const dir = mkdtempSync(join(tmpdir(), 'haven-books-'));
const journalDir = join(dir, 'data', 'training');
const told = exerciseOf({ deceptionDegC: 8 });
const PARTICIPANTS = [{ user: 'op1', name: 'Opal', post: 'board' }];
const KILLER = join(ROOT, 'tests/support/drills/books-killed.process.ts');

beforeAll(async () => {
  const { text, hash } = recordedRules();
  const parts = partsOf(text);
  const facts: Fact[] = parts.map((part, i) => fact('pack.recorded', told.startedMs - 1_000, null, { hash, part: i + 1, of: parts.length, text: part }));
  const fromN = facts.length + 2; // Behind the first record of the journal and the rules.
  // A reading that chatters over its limit: what a flood leaves in a journal.
  const chatter = Array.from({ length: RECORDS - told.records.length }, (_, i): Fact => fact('condition.changed', told.endedMs - 1_000, null, { id: 'C-CHATTER', state: i % 2 === 0 ? 'raised' : 'cleared', sourceMs: told.endedMs - 1_000, input: 'TI-4203', value: 56 + (i % 2), limit: 57 }));
  const exercise = [...told.records.map(({ fact: each }) => each), ...chatter].sort((a, b) => a.atMs - b.atMs);
  facts.push(...exercise);
  const opened = openJournal({ dir: journalDir, mode: 'TRAINING', nowMs: () => told.endedMs });
  if (!opened.ok) throw new Error(opened.problem.message.en);
  for (let i = 0; i < facts.length; i += 2_500) {
    const written = opened.value.append(facts.slice(i, i + 2_500).map(({ type, atMs, by, data }) => ({ type, atMs, wallMs: atMs, by, data: data as never })));
    if (!written.ok) throw new Error(written.problem.message.en);
  }
  const toN = opened.value.status().records;
  // The next exercise began before this one had its score.
  const later = [fact('training.ended', told.endedMs, 'op1', {}), fact('training.started', told.endedMs, 'op1', { scenario: 'S-OTHER' }), fact('training.ended', told.endedMs, 'op1', {})];
  if (!opened.value.append(later.map(({ type, atMs, by, data }) => ({ type, atMs, wallMs: atMs, by, data: data as never }))).ok) throw new Error('not written');
  opened.value.close();
  // What the station had written down of the truth when it was ended, the end of the exercise with it.
  const spool = new TruthSpool(journalDir, { exercise: EXERCISE, scenario: { id: 'S-OX-COOLING', title: { zh: '氧化塔冷却中断', en: 'Cooling of the oxidation tower is lost' }, clauses: ['A4.2(2)'], expect: { procedure: 'P-A4.2' } }, startedMs: told.startedMs, fromN });
  spool.tell({ kind: 'margins', margins: told.truth.margins });
  for (const sample of told.truth.samples) spool.tell({ kind: 'sample', sample });
  for (const event of told.truth.events) spool.tell({ kind: 'event', event });
  // And one that was never ended.
  const lost = new TruthSpool(journalDir, { exercise: LOST, scenario: { id: 'S-OTHER', title: { zh: '另一场', en: 'Another' }, clauses: [] }, startedMs: told.endedMs, fromN: toN + 1 });
  expect(await lost.end(null)).toBeNull();
  expect(await spool.end({ endedMs: told.endedMs, toN, participants: PARTICIPANTS })).toBeNull();
}, 60_000);

async function until(what: string, isSo: () => boolean | Promise<boolean>, withinMs: number): Promise<void> {
  const endMs = performance.now() + withinMs;
  while (!(await isSo())) {
    if (performance.now() > endMs) throw new Error(`not in time: ${what}`);
    await pause(10);
  }
}

const stations: Station[] = [];
afterAll(async () => {
  for (const each of stations) await each.stop();
  rmSync(dir, { recursive: true, force: true });
});

/** TRAINING with a simulator that cannot be reached: an exercise cannot be begun, one that was is scored. */
async function open(booksRunner: KeeperRunner): Promise<{ station: Station; desk: Desk }> {
  const nowhere = 'opc.tcp://127.0.0.1:9/none';
  const started = await startStation({ dataDir: join(dir, 'data'), plant: 'h2o2', training: true, rulesDir: join(ROOT, 'rules'), proceduresDir: join(ROOT, 'procedures'), endpoint: nowhere, instructorEndpoint: nowhere, instructorSecret: 'x', booksRunner });
  if (!started.ok) throw new Error(started.problem.message);
  stations.push(started.station);
  const desk = new Desk(started.station);
  await desk.done('session.logOn', { user: 'op1', secret: TRAINING_SECRET });
  return { station: started.station, desk };
}

class Desk {
  #hear: (text: string) => void = () => undefined;
  readonly #heard = new Map<string, Response>();
  #asked = 0;

  constructor(to: Station) {
    to.connect({
      send: (text) => { const read = responseSchema.safeParse(JSON.parse(text)); if (read.success) this.#heard.set(read.data.id, read.data); },
      onMessage: (callback) => { this.#hear = callback; }, onClose: () => undefined,
    });
  }

  async done<N extends CommandName>(command: N, input: CommandInput<N>): Promise<CommandOutput<N>> {
    const id = `request-${String((this.#asked += 1)).padStart(4, '0')}`;
    this.#hear(JSON.stringify({ kind: 'request', id, command, input }));
    await until(`${command} is answered`, () => this.#heard.has(id), 30_000);
    const answer = this.#heard.get(id);
    if (answer?.outcome !== 'done') throw new Error(`${command}: ${JSON.stringify(answer)}`);
    return answer.output as CommandOutput<N>;
  }

  async past(): Promise<CommandOutput<'view.snapshot'>['view']['training']['past'][number] | undefined> {
    return (await this.done('view.snapshot', {})).view.training.past.find(({ exercise }) => exercise === EXERCISE);
  }
}

/** What was asked of the process and when it answered, between the turns of the station's loop; an answer can be held back. */
class Watched {
  readonly course: string[] = [];
  /** Turns of the loop while this job was worked at. */
  readonly turns = new Map<BooksJobKind, number>();
  #turns = 0;
  #hold: { kind: BooksJobKind; release: () => void; released: Promise<void> } | null = null;
  readonly #timer = setInterval(() => { this.#turns += 1; }, 1).unref();

  runner(of: KeeperRunner): KeeperRunner {
    return {
      start: (hearer) => {
        this.course.push('process');
        const jobs = new Map<number, { kind: BooksJobKind; turns: number }>();
        const keeper = of.start({
          done: (number, answer) => {
            this.turns.set(answer.kind, this.#turns - (jobs.get(number)?.turns ?? this.#turns));
            this.course.push(`${answer.kind} made`);
            const held = this.#hold?.kind === answer.kind ? this.#hold.released : null;
            if (held === null) hearer.done(number, answer);
            else void held.then(() => hearer.done(number, answer));
          },
          died: (how) => { this.course.push(`died ${how}`); hearer.died(how); },
        });
        return { do: (number, job) => { jobs.set(number, { kind: job.kind, turns: this.#turns }); keeper.do(number, job); }, kill: () => keeper.kill() };
      },
    };
  }

  hold(kind: BooksJobKind): void {
    const { promise, resolve } = Promise.withResolvers<undefined>();
    this.#hold = { kind, release: () => resolve(undefined), released: promise };
  }
  release(): void {
    this.#hold?.release();
    this.#hold = null;
  }
  end(): void { clearInterval(this.#timer); }
}

const spools = (): string[] => readdirSync(join(journalDir, TRUTH_DIR)).filter((name) => name.endsWith('.running.ndjson'));
const recorded = (type: string): unknown[] => [...readRecords(journalDir)].filter((record) => record.type === type).map(({ data }) => data);

describe('the books of an exercise of 50,000 records', () => {
  it('REQ-BKS-04 H.2 the process that makes the score is killed, and again: it is told in words, the facts stay, and what it is made of is kept', { timeout: 60_000 }, async () => {
    const watched = new Watched();
    const { station, desk } = await open(watched.runner(forkKeeper(KILLER)));
    // The fault has arrived: two processes, both ended by the signal.
    await until('both were killed', () => watched.course.filter((each) => each.startsWith('died')).length === 2, 20_000);
    expect(watched.course).toEqual(['process', 'left made', 'died SIGKILL', 'process', 'died SIGKILL']);
    await until('it is told', () => recorded('effect.failed').some((data) => JSON.stringify(data).includes('SIGKILL')), 10_000);
    expect(recorded('effect.failed')).toContainEqual({ effect: 'score', reason: expect.stringContaining('The process that keeps the books of exercises died: SIGKILL') as string });
    expect((await desk.done('training.debrief', { exercise: EXERCISE })).because?.en).toContain('SIGKILL');
    expect(await desk.past()).toMatchObject({ exercise: EXERCISE, total: null });
    expect(await desk.done('retreat.stop', {})).toMatchObject({ atMs: expect.any(Number) as number });
    // The one in whose midst the station was ended has no score to come, and that is said as well.
    expect((await desk.done('training.debrief', { exercise: LOST })).because?.en).toBe('The station was started again in the midst of it: it was not scored');
    expect(recorded('effect.failed')).toContainEqual({ effect: 'score', reason: `${LOST}: The station was started again in the midst of it: it was not scored` });
    expect([recorded('training.scored'), spools()]).toEqual([[], [`${EXERCISE}.running.ndjson`]]);
    await station.stop();
    watched.end();
  });

  it('REQ-BKS-01 REQ-BKS-03 REQ-BKS-05 3.4 H.2 taken up by the next start: while score, debrief and records are made, stop is answered, and nothing waits for them', { timeout: 60_000 }, async () => {
    const watched = new Watched();
    watched.hold('score');
    const { station, desk } = await open(watched.runner(forkKeeper()));
    // The score is owed and the console says so; the stop is answered while nobody has let the score come.
    await until('the score is ordered', async () => (await desk.past())?.exercise === EXERCISE, 20_000);
    expect(await desk.past()).toMatchObject({ exercise: EXERCISE, total: null, passed: null });
    expect((await desk.done('training.debrief', { exercise: EXERCISE })).because?.en).toBe('The score is being made …');
    expect(await desk.done('retreat.stop', {})).toMatchObject({ atMs: expect.any(Number) as number });
    watched.course.push('stop answered');
    await until('the score is made', () => watched.course.includes('score made'), 40_000);
    // It was not made on the loop: the loop went round all the while.
    expect(watched.turns.get('score')).toBeGreaterThan(20);
    expect(recorded('training.scored')).toEqual([]);
    watched.release();
    await until('the score stands', async () => (await desk.past())?.total !== null, 10_000);
    const [scored] = recorded('training.scored') as { score: { exercise: string; total: number }; participants: unknown; truth: { file: string; sha256: string } | null; records: { fromN: number; toN: number } }[];
    expect(scored).toMatchObject({ score: { exercise: EXERCISE }, participants: PARTICIPANTS, truth: { file: `${EXERCISE}.truth.json.gz` } });
    expect((scored?.records.toN ?? 0) - (scored?.records.fromN ?? 0)).toBe(RECORDS - 1);
    await until('what it was made of is gone', () => spools().length === 0, 5_000);
    expect(existsSync(join(journalDir, TRUTH_DIR, scored?.truth?.file ?? ''))).toBe(true);

    // The debrief the same way: at once in words, stop answered before it, then there, with the truth beside what was shown.
    watched.hold('debrief');
    expect(await desk.done('training.debrief', { exercise: EXERCISE })).toMatchObject({ debrief: null, because: { en: 'The debrief is being made …' } });
    expect(await desk.done('retreat.stop', {})).toMatchObject({ atMs: expect.any(Number) as number });
    watched.course.push('stop answered');
    await until('the debrief is made', () => watched.course.includes('debrief made'), 40_000);
    expect(watched.turns.get('debrief')).toBeGreaterThan(20);
    watched.release();
    await until('the debrief stands', async () => (await desk.done('training.debrief', { exercise: EXERCISE })).debrief !== null, 10_000);
    const { debrief } = await desk.done('training.debrief', { exercise: EXERCISE });
    expect(debrief).toMatchObject({ score: scored?.score, participants: PARTICIPANTS });
    expect(debrief?.trends.find(({ tag }) => tag === 'TI-4203')?.deceived).toHaveLength(1);
    // Though another exercise was begun before it was scored, its deeds are its own.
    expect(debrief?.deeds?.some(({ text }) => text.en.includes('S-OX-COOLING'))).toBe(true);
    expect(debrief?.deeds?.some(({ text }) => text.en.includes('S-OTHER'))).toBe(false);
    // Records per person: what the simulator is asked for the debrief gives way.
    const { base64 } = await desk.done('training.export', { format: 'csv', what: { kind: 'records', user: null }, language: 'en' });
    expect([Buffer.from(base64, 'base64').toString('utf8').slice(1, 7), watched.turns.has('export')]).toEqual(['record', true]);
    expect(watched.course.filter((each) => each !== 'process' && !each.startsWith('left')).slice(0, 4)).toEqual(['stop answered', 'score made', 'stop answered', 'debrief made']);
    await station.stop();
    watched.end();
    expect(readFileSync(join(journalDir, TRUTH_DIR, scored?.truth?.file ?? '')).byteLength).toBeGreaterThan(100);
  });
});
