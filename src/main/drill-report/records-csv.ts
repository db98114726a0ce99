/** Records per person as CSV (RFC 4180; a cell that would be a formula is text). All of them; what counts now says `current`. */
import { currentRecords, standingOf } from '../../domain/drills/competence.ts';
import { csvPieces, isoIn } from '../reports/csv.ts';
import type { CsvValue } from '../reports/csv.ts';
import type { SignedRecord } from './read-exercise.ts';

export const RECORD_COLUMNS = ['record', 'id', 'user', 'name', 'post', 'plant', 'scenario', 'title_zh', 'title_en', 'clauses', 'exercise', 'held', 'total', 'passed', 'valid_until', 'retrain_by', 'standing', 'current', 'instructor', 'comment', 'breaches', 'signed', 'mode', 'lasted_s', 'completed'] as const;

export function* recordsCsv(records: readonly SignedRecord[], timeZone: string, nowMs: number): Generator<string> {
  const time = isoIn(timeZone);
  const current = new Set(currentRecords({ records: records.map(({ record }) => record).toReversed() }));
  const whole = (ms: number | null): string => (ms === null ? '' : time(ms));
  yield* csvPieces(RECORD_COLUMNS, records.map(({ record: r, n, recordedMs }): CsvValue[] => [
    n, r.id, r.user, r.name, r.post, r.plant, r.scenario, r.title.zh, r.title.en, r.clauses.join(' '), r.exercise, time(r.atMs), r.total, r.passed ? 'yes' : 'no', whole(r.validUntilMs), whole(r.retrainByMs), standingOf(r, nowMs), current.has(r) ? 'yes' : 'no', r.instructor ?? '', r.comment, r.breaches.join(' '), time(recordedMs), 'TRAINING', r.lastedS ?? '', r.completed === undefined ? '' : r.completed ? 'yes' : 'no',
  ]));
}
