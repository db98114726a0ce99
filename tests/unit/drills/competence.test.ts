/** REQ-COM-01 to 04: who may say what of whom, how long it counts, how it is told when it no longer does. The shipped plant, the real station without a disk. */
import { beforeAll, describe, expect, it } from 'vitest';
import { competenceRecordSchema } from '../../../src/contract/drill.ts';
import { currentRecords, NO_COMPETENCE, overdueTraining, RECORDS_MAX, standingOf, VALIDITY, validityOf } from '../../../src/domain/drills/competence.ts';
import type { ScoredExercise } from '../../../src/domain/drills/competence.ts';
import { openExercise } from '../../../src/domain/drills/exercise.ts';
import { scoredExerciseOf } from '../../../src/domain/drills/score.ts';
import { markOf } from '../../../src/domain/incidents/readiness.ts';
import { carriedEntries, CarriedReader } from '../../../src/domain/station/carried-state.ts';
import { recordCompetence } from '../../../src/domain/station/competence-commands.ts';
import { evolve } from '../../../src/domain/station/evolve.ts';
import { fact } from '../../../src/domain/station/facts.ts';
import type { Signer } from '../../../src/domain/station/gates/signer.ts';
import { recordText } from '../../../src/main/station/record-text.ts';
import { exerciseOf, h2o2 } from '../../support/drills/exercise.ts';
import { Bench, PEOPLE, T0 } from '../domain/bench.ts';

const DAY = 86_400_000;
const INSTRUCTOR: Signer = { user: 'zhou', name: '周教员', roles: ['instructor'] };
const OTHER: Signer = { user: 'he', name: '何教员', roles: ['instructor', 'engineer'] };
const PARTICIPANTS = [{ user: 'li.na', name: '李娜', post: 'panel' }, { user: 'he', name: '何教员', post: 'field' }];

let [good, bad] = [null as ScoredExercise | null, null as ScoredExercise | null];
beforeAll(() => {
  good = scoredExerciseOf(openExercise(exerciseOf()), { zh: '冷却', en: 'Cooling' }, PARTICIPANTS, null);
  bad = { ...scoredExerciseOf(openExercise({ ...exerciseOf({ acknowledgeAfterMs: null, startAfterMs: null }), exercise: 'EX-2' }), { zh: '冷却', en: 'Cooling' }, PARTICIPANTS, null) };
}, 120_000);
const scored = (which: 'good' | 'bad'): ScoredExercise => (which === 'good' ? good : bad) ?? expect.fail('not scored');

/** A station that has held the exercises just now. */
function held(...which: readonly ('good' | 'bad')[]): Bench {
  const bench = Bench.calm(h2o2());
  for (const each of which) bench.commit([fact('training.scored', bench.nowMs, null, { ...scored(each), endedMs: bench.nowMs })]);
  return bench;
}
const assess = (bench: Bench, signer: Signer, { exercise = 'EX-1', user = 'li.na', passed = true, comment = '' } = {}) => bench.do((c) => recordCompetence(c, { exercise, user, passed, comment }, signer));
const problem = (decision: ReturnType<typeof assess>): string => (decision.outcome === 'failed' ? decision.message : decision.outcome);

describe('REQ-COM-01 H.2 an instructor signs what a participant has shown', () => {
  it('as it was scored, with the clauses, the points and until when it counts', () => {
    const bench = held('good');
    const decision = assess(bench, INSTRUCTOR);
    const record = decision.outcome === 'done' ? competenceRecordSchema.parse(decision.output.record) : expect.fail(problem(decision));
    expect(record).toMatchObject({ id: 'CR-1', user: 'li.na', name: '李娜', plant: 'h2o2', scenario: 'S-OX-COOLING', clauses: ['A4.2(2)'], total: 100, passed: true, instructor: '周教员', breaches: [] });
    expect([record.validUntilMs, record.retrainByMs]).toEqual([record.atMs + 365 * DAY, record.atMs + 335 * DAY]);
    const [told] = bench.factsOf('competence.recorded');
    expect([told?.by, told?.role]).toEqual(['zhou', 'instructor']);
    for (const type of ['training.scored', 'competence.recorded'] as const) for (const each of bench.factsOf(type)) expect(Object.values(recordText(each, bench.plant)).every((words) => words.length > 10 && words.length < 300)).toBe(true);
  });

  it('nobody else, not of oneself, not of who was not there, not more than the score, and less only with a word why', () => {
    const bench = held('good', 'bad');
    expect(problem(assess(bench, PEOPLE.engineer))).toContain('is signed by an instructor; zhao.min is engineer');
    expect(problem(assess(bench, OTHER, { user: 'he' }))).toContain('he took part in EX-1; another instructor signs it');
    expect(problem(assess(bench, OTHER))).toContain('another instructor');
    expect(problem(assess(bench, INSTRUCTOR, { user: 'wang.wei' }))).toContain('wang.wei took no part in EX-1; participants: li.na, he');
    expect(problem(assess(bench, INSTRUCTOR, { exercise: 'EX-9' }))).toContain("no exercise 'EX-9' that has ended");
    expect(problem(assess(bench, INSTRUCTOR, { exercise: 'EX-2' }))).toMatch(/^EX-2 was not passed \(10 points, breaches of .*A4\.2.*\); it can be recorded as not passed$/u);
    expect(problem(assess(bench, INSTRUCTOR, { passed: false }))).toContain('says why');
    expect(bench.factsOf('competence.recorded')).toEqual([]);
    expect(problem(assess(bench, INSTRUCTOR, { passed: false, comment: 'looked away' }))).toBe('done');
  });

  it('the later word counts, the journal keeps both; retreat is as free as ever', () => {
    const bench = held('good');
    assess(bench, INSTRUCTOR);
    bench.pass(60_000, 60_000);
    assess(bench, INSTRUCTOR, { passed: false, comment: 'it was the neighbour' });
    expect(currentRecords(bench.state.competence).map(({ id, passed }) => [id, passed])).toEqual([['CR-2', false]]);
    expect(bench.state.competence.records).toHaveLength(2);
    expect(standingOf(currentRecords(bench.state.competence)[0] ?? expect.fail('none'), bench.nowMs)).toBe('failed');
  });
});

describe('REQ-COM-01 H.2 what counts when it is signed late', () => {
  it('the latest exercise counts, not the latest signature: a pass of last week that is signed today takes nothing from a failure of yesterday', () => {
    const bench = held('good');
    const lastWeekMs = bench.nowMs;
    bench.pass(7 * DAY, DAY);
    bench.commit([fact('training.scored', bench.nowMs, null, { ...scored('bad'), endedMs: bench.nowMs })]);
    expect(problem(assess(bench, INSTRUCTOR, { exercise: 'EX-2', passed: false }))).toBe('done');
    bench.pass(60_000, 60_000);
    expect(problem(assess(bench, INSTRUCTOR))).toBe('done');
    expect(bench.state.competence.records.map(({ exercise }) => exercise)).toEqual(['EX-1', 'EX-2']);
    expect(currentRecords(bench.state.competence).map(({ exercise, passed, atMs }) => [exercise, passed, atMs > lastWeekMs])).toEqual([['EX-2', false, true]]);
    expect(overdueTraining(bench.state.competence, bench.nowMs).map(({ user }) => user)).toEqual(['li.na']);
  });

  it('a record says how long the exercise lasted and whether a limit ended it', () => {
    const bench = Bench.calm(h2o2());
    const cutShort = { ...scored('bad'), score: { ...scored('bad').score, aborted: { atS: 90, because: { zh: '限值', en: 'limit' } } }, startedMs: bench.nowMs - 90_500, endedMs: bench.nowMs };
    bench.commit([fact('training.scored', bench.nowMs, null, cutShort)]);
    const decision = assess(bench, INSTRUCTOR, { exercise: 'EX-2', passed: false });
    expect(decision.outcome === 'done' ? decision.output.record : problem(decision)).toMatchObject({ lastedS: 90.5, completed: false });
  });

  it('a validity that ends on 29 February, a retraining that is past and a clock that was turned back are told as they are', () => {
    const held2027 = Date.UTC(2027, 1, 28, 12);
    const pass = validityOf(['trigger'], true, held2027);
    expect(new Date(pass.validUntilMs ?? 0).toISOString()).toBe('2028-02-28T12:00:00.000Z');
    expect(new Date(validityOf(['trigger'], true, held2027 + DAY).validUntilMs ?? 0).toISOString()).toBe('2028-02-29T12:00:00.000Z');
    expect(new Date(validityOf(['trigger'], true, Date.UTC(2028, 1, 29, 12)).validUntilMs ?? 0).toISOString()).toBe('2029-02-28T12:00:00.000Z');
    const standings = [held2027 - DAY, held2027, pass.retrainByMs, (pass.validUntilMs ?? 0) - 1, pass.validUntilMs ?? 0].map((nowMs) => standingOf({ passed: true, ...pass }, nowMs));
    expect(standings).toEqual(['valid', 'valid', 'due', 'due', 'expired']);
  });
});

describe('REQ-COM-02 H.2 how long it counts', () => {
  it('by the kind of clause, of several the shortest; what is not known counts as the shortest there is; not passed: never, and train at once', () => {
    for (const [kind, { validDays, aheadDays }] of Object.entries(VALIDITY)) expect(validityOf([kind], true, T0)).toMatchObject({ validUntilMs: T0 + validDays * DAY, retrainByMs: T0 + (validDays - aheadDays) * DAY });
    expect(validityOf(['trigger', 'never'], true, T0).validUntilMs).toBe(T0 + 180 * DAY);
    expect(validityOf(['constructor'], true, T0).validUntilMs).toBe(T0 + 180 * DAY);
    expect(validityOf([], true, T0).validUntilMs).toBe(T0 + 180 * DAY);
    expect(validityOf(['trigger'], false, T0)).toMatchObject({ validUntilMs: null, retrainByMs: T0 });
  });
});

describe('REQ-COM-03 H.2, 3.1 training that is overdue is raised', () => {
  it('the moment it is due, with nobody looking; a later pass ends it', () => {
    const bench = held('good');
    assess(bench, INSTRUCTOR);
    expect(bench.state.alarms.get('TRAINING-OVERDUE')).toBeUndefined();
    const dueMs = currentRecords(bench.state.competence)[0]?.retrainByMs ?? 0;
    bench.pass(dueMs - bench.nowMs - 1_000, DAY * 400);
    expect(bench.state.alarms.get('TRAINING-OVERDUE')?.active ?? false).toBe(false);
    bench.pass(2_000);
    expect(bench.state.alarms.get('TRAINING-OVERDUE')).toMatchObject({ active: true, priority: 3, class: 'system' });
    expect(overdueTraining(bench.state.competence, bench.nowMs).map(({ user }) => user)).toEqual(['li.na']);
    bench.commit([fact('training.scored', bench.nowMs, null, { ...scored('good'), score: { ...scored('good').score, exercise: 'EX-3' }, endedMs: bench.nowMs })]);
    expect(problem(assess(bench, INSTRUCTOR, { exercise: 'EX-3' }))).toBe('done');
    bench.pass(1_000);
    expect(bench.state.alarms.get('TRAINING-OVERDUE')?.active).toBe(false);
  });

  it('at once when somebody has not passed', () => {
    const bench = held('bad');
    assess(bench, INSTRUCTOR, { exercise: 'EX-2', passed: false });
    expect(bench.state.alarms.get('TRAINING-OVERDUE')?.active).toBe(true);
  });
});

describe('REQ-COM-04 3.1 a drill that was passed and signed is evidence of readiness', () => {
  it('for the procedures that were carried out to the safe state in it, and only then', () => {
    const bench = held('good', 'bad');
    const drill = () => markOf(bench.state.aftermath.readiness, 'P-A4.2', 'drill', bench.nowMs).state;
    expect(drill()).toBe('never');
    assess(bench, INSTRUCTOR, { exercise: 'EX-2', passed: false });
    expect(drill()).toBe('never');
    assess(bench, INSTRUCTOR);
    expect([drill(), markOf(bench.state.aftermath.readiness, 'P-A4.2', 'drill', bench.nowMs).shown]).toEqual(['current', { atMs: scored('good').endedMs > 0 ? currentRecords(bench.state.competence)[0]?.atMs : 0, source: 'EX-1', document: 'CR-2', revision: '' }]);
    expect(markOf(bench.state.aftermath.readiness, 'P-A4.1', 'drill', bench.nowMs).state).toBe('never');
  });

  it('is bounded: what no longer counts is let go before what does', () => {
    const bench = held('good');
    const decision = assess(bench, INSTRUCTOR);
    const first = decision.outcome === 'done' ? decision.output.record : expect.fail(problem(decision));
    for (let i = 0; i < RECORDS_MAX + 5; i += 1) bench.state = evolve(bench.state, fact('competence.recorded', bench.nowMs, 'zhou', { record: { ...first, id: `X-${String(i)}`, user: 'op2' } }), bench.plant.machines);
    const { records } = bench.state.competence;
    expect([records.length, records.at(-1)?.id, currentRecords({ records }).map(({ user }) => user)]).toEqual([RECORDS_MAX, 'CR-1', ['op2', 'li.na']]);
  });

  it('is carried over into a new segment of the journal as it stands', () => {
    const bench = held('good');
    assess(bench, INSTRUCTOR);
    const reader = new CarriedReader();
    const [carried] = carriedEntries(bench.state, bench.nowMs, bench.nowMs).map(({ data }) => reader.add(data)).filter((state) => state !== null);
    expect(carried?.competence).toEqual(bench.state.competence);
    expect(bench.state.competence).not.toEqual(NO_COMPETENCE);
  });
});
