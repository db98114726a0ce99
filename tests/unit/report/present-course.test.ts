/** REQ-CRS-01: which records of an exercise that was led back are of the course that leads to its end. */
import { describe, expect, it } from 'vitest';
import { PresentCourse, presentOf } from '../../../src/domain/report/present-course.ts';
import { plantTimeOf } from '../../../src/domain/report/what-if.ts';
import { fact } from '../../../src/domain/station/facts.ts';
import type { Fact } from '../../../src/domain/station/facts.ts';
import { T0 } from '../domain/bench.ts';

const at = (s: number): number => T0 + s * 1_000;
/** Led back at `s`, told a second later, to what was lived at `toS` on the station's clock. */
const back = (s: number, toS: number, plantS = toS): Fact => fact('training.led-back', at(s + 1), 'ins1', { fromS: 0, toS: plantS, fromMs: at(s), toMs: at(toS), standing: null });
const alarm = (s: number): Fact => fact('alarm.acknowledged', at(s), 'op1', { id: `A${String(s)}` });
const seconds = (course: PresentCourse): number[] => Array.from({ length: 20 }, (_, i) => i * 10 + 5).filter((s) => course.has(at(s)));

describe('REQ-CRS-01 the course that leads to the present', () => {
  it('never led back, everything counts; led back, what lies between does not; twice, to before the first, neither of the two', () => {
    expect(seconds(new PresentCourse([alarm(5)]))).toHaveLength(20);
    expect(seconds(new PresentCourse([back(100, 40)])).filter((s) => s < 120)).toEqual([5, 15, 25, 35, 105, 115]);
    expect(seconds(new PresentCourse([back(60, 40), back(100, 20)])).filter((s) => s < 120)).toEqual([5, 15, 105, 115]);
    expect(seconds(new PresentCourse([back(60, 20), back(100, 70)])).filter((s) => s < 120)).toEqual([5, 15, 65, 105, 115]);
  });

  it('back to a moment of a course that was left: what led to it counts again, and the one in between does not', () => {
    expect(seconds(new PresentCourse([back(60, 20), back(100, 50)])).filter((s) => s < 120)).toEqual([5, 15, 25, 35, 45, 105, 115]);
    expect(seconds(new PresentCourse([back(60, -5)])).filter((s) => s < 80)).toEqual([65, 75]);
  });

  it('who leads and who is there stands beside the courses; hands, hints and deeds are of theirs; a stop in the second before the station knows acts on the new plant', () => {
    const course = new PresentCourse([back(60, 20)]);
    const instructed = (command: string): Fact => fact('training.instructed', at(40), 'op1', { command });
    const told: Fact[] = [instructed('speed 5'), fact('training.posted', at(40), 'op1', { name: 'Li', post: 'board' }), instructed('order XV-1 0'), instructed('key I-1 on'), fact('training.hinted', at(40), 'op1', { exercise: 'E', hint: { zh: '', en: '' } }), alarm(40), fact('retreat.stop', at(60.5), 'op1', { actedOn: 'simulator' }), alarm(60.5), alarm(62)];
    expect(told.map((each) => course.hasFact(each))).toEqual([true, true, false, false, false, false, true, false, true]);
    const { records, left } = presentOf([...told, back(60, 20)].map((each, i) => ({ n: i + 1, wallMs: each.atMs, fact: each })));
    expect([records.map(({ n }) => n), left]).toEqual([[1, 2, 7, 9, 10], [3, 4, 5, 6, 8]]);
  });

  it('the time of the plant goes back with it', () => {
    const time = plantTimeOf(T0, [fact('training.instructed', at(10), 'ins1', { command: 'speed 2' }), back(49, 20, 30)]);
    expect([time.secondAt(at(10)), time.secondAt(at(20)), time.secondAt(at(40)), time.secondAt(at(50)), time.secondAt(at(55))]).toEqual([10, 30, 70, 30, 40]);
  });
});
