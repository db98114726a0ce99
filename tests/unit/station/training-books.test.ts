/** REQ-BKS-05 REQ-SCO-11: what the station's books order and say, with a stand-in for the process that makes them. */
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it, vi } from 'vitest';
import type { Fact } from '../../../src/domain/station/facts.ts';
import { debriefOf } from '../../../src/domain/drills/debrief.ts';
import { scoredExerciseOf } from '../../../src/domain/drills/score.ts';
import { openExercise } from '../../../src/domain/drills/exercise.ts';
import type { BooksJob, KeeperRunner } from '../../../src/main/drill-report/books-job.ts';
import { TRUTH_DIR } from '../../../src/main/drill-report/truth-keeper.ts';
import { StationBooks } from '../../../src/main/station/training-books.ts';
import { EXERCISE, exerciseOf } from '../../support/drills/exercise.ts';

const dir = mkdtempSync(join(tmpdir(), 'haven-station-books-'));
afterAll(() => rmSync(dir, { recursive: true, force: true }));
const SCENARIO = { id: 'S-1', title: { zh: '一', en: 'one' }, sees: { zh: '', en: '' }, clauses: ['A4.2(2)'], start: 'normal', setup: [], faults: [], then: [] };

function books(answer: (job: BooksJob) => unknown, scored: readonly string[] = []) {
  const [facts, jobs] = [[] as Fact[], [] as BooksJob[]];
  const runner: KeeperRunner = { start: (hearer) => ({ do: (number, job) => { jobs.push(job); hearer.done(number, { kind: job.kind, answered: { ok: true, value: answer(job) } } as never); }, kill: () => undefined }) };
  const core = { context: () => ({ nowMs: 9_000 }), state: { competence: { exercises: scored.map((exercise) => ({ exercise })), records: [] } }, record: (more: readonly Fact[]) => { facts.push(...more); }, plant: { pack: { title: { zh: '装置', en: 'Plant' } } } };
  const made = new StationBooks({ core: core as never, journal: { status: () => ({ path: join(dir, 'journal.sqlite'), records: 7 }) } as never, runner, version: '1', onChanged: () => undefined });
  return { made, facts, jobs };
}

describe('REQ-BKS-05 an exercise that another was begun over', () => {
  it('is told not to be scored, and why, on record and in the list; its truth is let go', async () => {
    const { made, facts } = books(() => null);
    made.begun(SCENARIO as never, 1_000);
    await vi.waitFor(() => expect(existsSync(join(dir, TRUTH_DIR, 'EX-1000.running.ndjson'))).toBe(true));
    made.begun(SCENARIO as never, 2_000);
    expect(facts).toMatchObject([{ type: 'effect.failed', data: { effect: 'score', reason: 'EX-1000: Another exercise was begun before it was ended: it was not scored' } }]);
    expect(made.past()).toMatchObject([{ exercise: 'EX-1000', total: null, passed: null }]);
    expect(made.debrief('EX-1000').because?.en).toContain('Another exercise was begun');
    await vi.waitFor(() => expect(readdirSync(join(dir, TRUTH_DIR))).toEqual(['EX-2000.running.ndjson']));
    await made.stop();
  });
});

describe('REQ-SCO-11 the debrief on paper', () => {
  it('is that of the screen, with what would have come of another stop; it is not run a second time', async () => {
    const told = exerciseOf();
    const scored = scoredExerciseOf(openExercise(told), SCENARIO.title, [], null);
    const whatIf = [{ shiftMs: -120_000, stopS: 60, safeAfterS: 200, outcome: { zh: '早', en: 'earlier' }, worst: [] }];
    const debrief = (minutes: readonly number[]) => debriefOf({ scored, plant: told.plant, records: [], truth: told.truth, counterfactuals: minutes.length === 0 ? [] : whatIf, tell: () => ({ zh: '', en: '' }) });
    const { made, jobs } = books((job) => (job.kind === 'debrief' ? debrief(job.minutes) : { name: 'x.pdf', type: 'application/pdf', base64: '' }), [EXERCISE]);
    expect(made.debrief(EXERCISE).debrief).toBeNull();
    await vi.waitFor(() => expect(made.debrief(EXERCISE).debrief?.counterfactuals).toEqual(whatIf));
    expect((await made.export({ format: 'pdf', what: { kind: 'debrief', exercise: EXERCISE }, language: 'en' }, 9_000)).ok).toBe(true);
    const last = jobs.at(-1);
    expect([last?.kind, last?.kind === 'export' ? last.ranAgain?.counterfactuals : null]).toEqual(['export', whatIf]);
    expect(jobs.filter(({ kind }) => kind === 'debrief')).toHaveLength(2);
    await made.stop();
  });
});
