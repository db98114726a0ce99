/** REQ-SCO-08: whatever an exercise looks like, its score is within its bounds; a later reaction and one more breach never score more. */
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { SCORE_ITEMS, scoreSchema } from '../../src/contract/drill.ts';
import type { Score } from '../../src/contract/drill.ts';
import type { ExerciseRecords } from '../../src/domain/drills/exercise.ts';
import { scoreExercise } from '../../src/domain/drills/score.ts';
import { scoringOf, shareOf } from '../../src/domain/drills/scoring.ts';
import type { NumberedFact } from '../../src/domain/report/incident.ts';
import { fact } from '../../src/domain/station/facts.ts';
import type { Fact } from '../../src/domain/station/facts.ts';
import { exerciseOf } from '../support/drills/exercise.ts';
import { PEOPLE } from '../unit/domain/bench.ts';
import '../support/property-seed.ts';

const RUNS = 20;
let told: ReturnType<typeof exerciseOf> | null = null;
beforeAll(() => { told = exerciseOf(); }, 120_000);
const good = (): ReturnType<typeof exerciseOf> => told ?? expect.fail('no exercise');

const inOrder = (records: readonly NumberedFact[]): NumberedFact[] => records.toSorted((a, b) => a.fact.atMs - b.fact.atMs || a.n - b.n);
const points = (score: Score): number => score.items.reduce((sum, each) => sum + each.points, 0);

function inBounds(score: Score): void {
  expect(scoreSchema.safeParse(score).error).toBeUndefined();
  expect(score.items.map(({ item }) => item)).toEqual([...SCORE_ITEMS]);
  for (const { points: got, weight, figure } of score.items) expect(got >= 0 && got <= weight && (figure !== null || got === 0)).toBe(true);
  expect(score.total).toBeCloseTo(points(score), 1);
  expect(!score.passed || (score.total >= score.passMark && score.aborted === null && score.breaches.every(({ kind }) => kind !== 'prohibition'))).toBe(true);
}

/** The person answers so much later; what would come after the end of the exercise does not come. */
function later(exercise: ExerciseRecords, acknowledgeMs: number, procedureMs: number): ExerciseRecords {
  const startMs = exercise.records.find(({ fact: each }) => each.type === 'procedure.moved' && each.data.event.type === 'START')?.fact.atMs ?? Infinity;
  const records = exercise.records.map((record): NumberedFact => {
    const { fact: each } = record;
    if (each.type === 'alarm.acknowledged') return { ...record, fact: { ...each, atMs: each.atMs + acknowledgeMs } };
    if (each.type !== 'procedure.moved' || each.atMs < startMs) return record;
    return { ...record, fact: { ...each, atMs: each.atMs + procedureMs, data: { ...each.data, event: { ...each.data.event, atMs: each.data.event.atMs + procedureMs } } } };
  });
  return { ...exercise, records: inOrder(records).filter(({ fact: { atMs } }) => atMs <= exercise.endedMs) };
}

const instance = (): string => good().records.flatMap(({ fact: each }) => (each.type === 'procedure.raised' ? [each.data.instance] : []))[0] ?? '';
const moment = fc.integer({ min: 0, max: 470 }).map((s) => s * 1_000);
const breach = moment.chain((afterMs) => fc.constantFrom<(atMs: number) => Fact>(
  (atMs) => fact('prohibition.changed', atMs, null, { instance: instance(), id: 'NO-HAND-DOSING', clause: 'A4.7', state: 'violated' }),
  (atMs) => fact('refused', atMs, PEOPLE.operator.user, { operation: 'interlock.reset', direction: 'return', obstacles: [{ rule: 'r', clause: '3.5', fact: { zh: '否', en: 'no' }, whoCanChange: [] }] }),
  (atMs) => fact('refused', atMs, PEOPLE.operator.user, { operation: 'bypass.accept', direction: 'intervene', obstacles: [{ rule: 'r', clause: '3.3', fact: { zh: '否', en: 'no' }, whoCanChange: [] }] }),
  (atMs) => fact('interlock.changed', atMs, null, { id: 'I-4100', state: 'bypassed', approved: false }),
  (atMs) => fact('training.hinted', atMs, PEOPLE.operator.user, { exercise: 'EX-1', hint: { zh: '', en: '' } }),
).map((make) => ({ afterMs, make })));

describe('REQ-SCO-08 a score', () => {
  it('is within its bounds, of whatever records and truth', () => {
    fc.assert(fc.property(fc.array(fc.nat(200), { maxLength: 60 }), fc.boolean(), fc.boolean(), (gone, hasTruth, isBlind) => {
      const exercise = good();
      const records = exercise.records.filter((_record, i) => !gone.includes(i));
      inBounds(scoreExercise({ ...exercise, records, truth: hasTruth ? exercise.truth : null, clauses: isBlind ? [] : exercise.clauses }));
    }), { numRuns: RUNS });
  });

  it('never gets more by reacting later', () => {
    fc.assert(fc.property(moment, moment, moment, moment, (a, b, moreA, moreB) => {
      const [sooner, slower] = [scoreExercise(later(good(), a, b)), scoreExercise(later(good(), a + moreA, b + moreB))];
      inBounds(slower);
      for (const id of ['detect', 'diagnose', 'first-action', 'safe', 'alarms'] as const) {
        const [before, after] = [sooner, slower].map(({ items }) => items.find(({ item }) => item === id)?.points ?? -1);
        // An alarm that nobody answered yet is not due: then nothing is credited either.
        expect([id, (after ?? 0) <= (before ?? 0) + 1e-9]).toEqual([id, true]);
      }
    }), { numRuns: RUNS });
  });

  it('never gets more by one more breach, wherever it falls', () => {
    fc.assert(fc.property(fc.array(breach, { maxLength: 4 }), breach, (some, one) => {
      const put = (extra: readonly { afterMs: number; make: (atMs: number) => Fact }[]): ExerciseRecords => ({
        ...good(), records: inOrder([...good().records, ...extra.map(({ afterMs, make }, i) => { const each = make(good().startedMs + afterMs); return { n: 900 + i, wallMs: each.atMs, fact: each }; })]),
      });
      const [fewer, more] = [scoreExercise(put(some)), scoreExercise(put([...some, one]))];
      expect(more.total).toBeLessThanOrEqual(fewer.total);
      expect(more.passed && !fewer.passed).toBe(false);
    }), { numRuns: RUNS });
  });

  it('a figure that is worse never earns a greater share, whatever full and none are', () => {
    fc.assert(fc.property(fc.double({ min: 0, max: 1e4, noNaN: true }), fc.double({ min: 1e-3, max: 1e4, noNaN: true }), fc.double({ min: 0, max: 1e5, noNaN: true }), fc.double({ min: 0, max: 1e5, noNaN: true }), (full, width, value, worse) => {
      const less = { full, none: full + width };
      expect(shareOf(value + worse, less)).toBeLessThanOrEqual(shareOf(value, less));
      expect(shareOf(value, { full: full + width, none: full })).toBeLessThanOrEqual(shareOf(value + worse, { full: full + width, none: full }));
    }));
  });

  it('weights are taken exactly when they add up to 100', () => {
    fc.assert(fc.property(fc.dictionary(fc.constantFrom(...SCORE_ITEMS), fc.integer({ min: 0, max: 100 })), (weights) => {
      const scoring = scoringOf({ weights });
      const sum = Object.values({ 'detect': 10, 'diagnose': 10, 'first-action': 10, 'safe': 15, 'order': 5, 'completeness': 15, 'prohibitions': 15, 'exposure': 5, 'alarms': 5, 'envelope': 5, 'hints': 5, ...weights }).reduce((a, b) => a + b, 0);
      expect(scoring.ok).toBe(sum === 100);
    }));
  });
});
