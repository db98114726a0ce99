/** REQ-BKS-05: the truth of a running exercise on the disk, line by line. */
import { appendFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { TruthSample } from '../../../src/contract/drill.ts';
import { TRUTH_DIR } from '../../../src/main/drill-report/truth-keeper.ts';
import { dropSpool, hasSpools, spoolAt, spoolsIn, TruthSpool } from '../../../src/main/drill-report/truth-spool.ts';
import { TruthCourse } from '../../../src/main/training/truth-course.ts';
import type { TruthTold } from '../../../src/main/training/truth-course.ts';

let dir: string;
beforeEach(() => { dir = mkdtempSync(join(tmpdir(), 'haven-spool-')); });
afterEach(() => rmSync(dir, { recursive: true, force: true }));

const begun = { exercise: 'EX/1', scenario: { id: 'S-1', title: { zh: '退守', en: 'retreat' }, clauses: ['A1.1'] }, startedMs: 1_000, fromN: 7 };
const over = { endedMs: 9_000, toN: 90, participants: [{ user: 'op1', name: 'Opal', post: 'alone' }] };
const sample = (atS: number, value: number): TruthTold => ({ kind: 'sample', sample: { atS, atMs: atS * 1_000, truth: { T: value }, shown: { T: null }, margins: {}, lost: [], people: {} } satisfies TruthSample });
const told: TruthTold[] = [
  { kind: 'margins', margins: [{ id: 'M', title: { zh: '温度', en: 'temperature' }, unit: 'degC', clauses: [], side: 'above', lostAt: 62 }] },
  ...[1, 2, 3, 4].map((atS) => sample(atS, atS)),
  { kind: 'event', event: { atS: 2, atMs: 2_000, kind: 'note', subject: 'ins1', text: { zh: '换行\n', en: 'line\n' }, clauses: [] } },
  // Led back to 3 s: what lay after did not happen.
  sample(3, 30), sample(4, 40),
];

describe('REQ-BKS-05 the truth on the disk', () => {
  it('is the course as it was collected, with what is known of the exercise; read on, not anew; half a line waits', async () => {
    const spool = new TruthSpool(dir, begun);
    const course = new TruthCourse();
    for (const each of told) { spool.tell(each); course.tell(each); }
    expect(await spool.end(over)).toBeNull();
    const reader = spoolAt(dir, begun.exercise) ?? expect.fail('no spool');
    reader.readOn();
    expect([reader.begun, reader.over, reader.course.track]).toEqual([begun, over, course.track]);
    expect(course.track.samples.map(({ truth }) => truth['T'])).toEqual([1, 2, 30, 40]);
    const path = join(dir, TRUTH_DIR, readdirSync(join(dir, TRUTH_DIR))[0] ?? '');
    const line = JSON.stringify(sample(5, 50));
    appendFileSync(path, line.slice(0, 30));
    reader.readOn();
    expect(reader.course.last?.atS).toBe(4);
    appendFileSync(path, `${line.slice(30)}\nno line of ours\n`);
    reader.readOn();
    expect(reader.course.last?.atS).toBe(5);
    expect([await hasSpools(dir), spoolsIn(dir).length]).toEqual([true, 1]);
    await dropSpool(dir, begun.exercise);
    expect([await hasSpools(dir), spoolAt(dir, begun.exercise), readdirSync(join(dir, TRUTH_DIR))]).toEqual([false, null, []]);
  });

  it('a disk that does not take it is told at the end, and the exercise goes on', async () => {
    writeFileSync(join(dir, TRUTH_DIR), 'a file where the folder should be');
    const spool = new TruthSpool(dir, begun);
    for (const each of told) spool.tell(each);
    expect(await spool.end(over)).toMatch(/EEXIST|ENOTDIR/u);
    expect(readFileSync(join(dir, TRUTH_DIR), 'utf8')).toBe('a file where the folder should be');
  });
});
