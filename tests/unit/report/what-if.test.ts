/** What is asked of a simulator about an exercise, out of the incident's records. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { IncidentRecords } from '../../../src/domain/report/incident.ts';
import { criteriaOf, fidelityOf, plantCourse, PlantTime, questionOf, valueAt } from '../../../src/domain/report/what-if.ts';
import type { PlantCourse } from '../../../src/domain/report/what-if.ts';
import { fact } from '../../../src/domain/station/facts.ts';
import type { Fact } from '../../../src/domain/station/facts.ts';
import { makePlant } from '../../../src/domain/station/plant.ts';
import { EMPTY_STATE } from '../../../src/domain/station/state.ts';
import { shippedPack, T0 } from '../domain/bench.ts';

const MINUTE = 60_000;
const plant = makePlant(shippedPack());
const s = (seconds: number): number => T0 + seconds * 1_000;
const instructed = (atMs: number, command: string): Fact => fact('training.instructed', atMs, 'ins1', { command });
const stop = (atMs: number, actedOn: 'simulator' | 'people' = 'simulator'): Fact => fact('retreat.stop', atMs, 'op1', { actedOn });

function incidentOf(facts: readonly Fact[], openedMs = s(100), toMs = s(1_000)): IncidentRecords {
  return { plant, packHash: '', clauses: [], before: EMPTY_STATE, incident: { id: 'I-1', openedMs, closedMs: null, firstCondition: null, fromMs: T0 - 30 * MINUTE, toMs }, records: facts.map((each, i) => ({ n: i + 1, wallMs: each.atMs, fact: each })) };
}
const started = [instructed(s(-1), 'start S-OX-RUNAWAY'), fact('training.started', s(0), 'ins1', { scenario: 'S-OX-RUNAWAY' })];
const courseOf = (...facts: Fact[]): PlantCourse => { const course = plantCourse(incidentOf([...started, ...facts])); if (!course.ok) throw new Error(course.reason.en); return course; };
const reasonOf = (records: IncidentRecords): string => { const course = plantCourse(records); return course.ok ? '' : course.reason.en; };

describe('REQ-WIF-03 the time of the plant', () => {
  it('an exercise at twice the speed, frozen for a while, with its keys and its stop', () => {
    const course = courseOf(instructed(s(10), 'speed 2'), instructed(s(20), 'key I-4200 off'), instructed(s(40), 'freeze'), instructed(s(90), 'resume'), fact('refused', s(95), 'op1', { operation: 'x', direction: 'return', obstacles: [] }), stop(s(100)), fact('interlock.reset', s(200), 'eng1', { interlock: 'I-4200' }), instructed(s(300), 'end'), stop(s(310)));
    expect(course.events).toEqual([{ atS: 30, do: 'key', interlock: 'I-4200', on: false }, { atS: 90, do: 'stop' }, { atS: 290, do: 'reset' }]);
    expect([course.scenario, course.endS, course.endMs]).toEqual(['S-OX-RUNAWAY', 490, s(300)]);
  });

  it('a speed that is set while frozen counts from the resume', () => {
    expect(courseOf(instructed(s(10), 'freeze'), instructed(s(20), 'speed 5'), instructed(s(30), 'resume'), stop(s(100))).events).toEqual([{ atS: 10 + 70 * 5, do: 'stop' }]);
  });

  const change = fc.record({ afterMs: fc.integer({ min: 0, max: 100_000 }), rate: fc.constantFrom(0, 0.5, 1, 2, 10) });
  it('is the sum of rate by duration, never goes back, and stands still while frozen', () => {
    fc.assert(fc.property(fc.array(change, { maxLength: 20 }), fc.integer({ min: 0, max: 2_000_000 }), (changes, atMs) => {
      const time = new PlantTime(T0);
      let [expectedMs, lastMs, rate] = [0, 0, 1];
      for (const each of changes) {
        const nextMs = lastMs + each.afterMs;
        time.changeTo(T0 + nextMs, each.rate);
        expectedMs += Math.max(0, Math.min(nextMs, atMs) - Math.min(lastMs, atMs)) * rate;
        [lastMs, rate] = [nextMs, each.rate];
      }
      expectedMs += Math.max(0, atMs - lastMs) * rate;
      expect(time.secondAt(T0 + atMs)).toBeCloseTo(expectedMs / 1_000, 6);
      expect(time.secondAt(T0 + atMs + 1_000)).toBeGreaterThanOrEqual(time.secondAt(T0 + atMs));
    }));
  });
});

describe('REQ-WIF-04 what cannot be asked is said', () => {
  it.each<[string, IncidentRecords, RegExp]>([
    ['no exercise', incidentOf([stop(s(100))]), /No exercise/u],
    ['begun before the report does', { ...incidentOf([stop(s(100))]), before: { ...EMPTY_STATE, training: { scenario: 'S-TANK', startedMs: 1 } } }, /began before the report/u],
    ['over before the incident', incidentOf([...started, instructed(s(50), 'end'), stop(s(100))]), /over before/u],
    ['nobody stopped', incidentOf(started), /Nobody stopped/u],
    ['a stop for people, not for the simulator', incidentOf([...started, stop(s(100), 'people')]), /Nobody stopped/u],
    ['longer than four hours', incidentOf([...started, instructed(s(1), 'speed 50'), stop(s(100))]), /longer than 4 hours/u],
  ])('%s', (_what, records, words) => expect(reasonOf(records)).toMatch(words));
});

describe('REQ-WIF-05 which values decide, and what safe means', () => {
  const trigger = plant.triggers.find(({ id, measure }) => measure.kind === 'limit' && measure.input === 'TI-4203' && id.length > 0) ?? plant.triggers.find(({ measure }) => measure.kind === 'voted' && measure.inputs.includes('TI-4203'));
  const records = incidentOf([...started, fact('condition.changed', s(90), null, { id: trigger?.id ?? '', state: 'raised', sourceMs: s(90), input: 'TI-4203', value: 61, limit: 60 }), fact('procedure.raised', s(90), null, { instance: 'P-A4.2:1', procedure: 'P-A4.2', version: 1, sourceHash: '', because: [] }), stop(s(100))]);
  const course = plantCourse(records);
  if (!course.ok) throw new Error(course.reason.en);
  const question = questionOf(records, course, [-60_000]);

  it('the tag whose limit made the condition, on the side of the limit', () => {
    expect(question.tags).toEqual([{ tag: 'TI-4203', side: 'high', limit: 60 }]);
  });
  it('the safe state of the procedure, taken apart into what a simulator shows', () => {
    expect(question.safe.length).toBeGreaterThan(8);
    expect(question.safe[0]).toEqual({ all: [{ tag: 'XV-4101', is: ['closed'] }], holdS: 0 });
    expect(question.safe.at(-1)).toMatchObject({ holdS: 60, all: expect.arrayContaining([{ tag: 'TI-4203', below: 55 }]) as unknown });
  });
  it('what cannot be said as a list of all that must hold is not said wrongly', () => {
    expect(criteriaOf({ kind: 'any', of: ['a'] }, new Map(), 0)).toBeNull();
    const endless = new Map([['a', { measure: { kind: 'all' as const, of: ['a'] } }]]);
    expect(criteriaOf({ kind: 'all', of: ['a'] }, endless, 0)).toBeNull();
  });
});

describe('REQ-WIF-06 how far the unmoved run can be trusted', () => {
  const course = courseOf(instructed(s(10), 'speed 2'), stop(s(100)));
  const run = { shiftMs: 0, stopS: 190, safeAfterS: null, outcome: { zh: '', en: '' }, worst: [], series: [{ tag: 'TI-4203', points: [[0, 50], [100, 60], [200, 80]] as [number, number][] }, { tag: 'FI-4213', points: [[0, 1], [200, 1]] as [number, number][] }] };
  it('is the greatest difference between what was recorded and what was run, at the same second of the plant', () => {
    // 55 s of the station are 100 s of the plant.
    const samples = { series: (tag: string) => (tag === 'TI-4203' ? [[s(-5), 999], [s(0), 50.5], [s(30), null], [s(55), 57], [s(105), 81], [s(5_000), 999]] as [number, number | null][] : []) };
    expect(fidelityOf(course, run, samples, () => 'degC')).toEqual([{ tag: 'TI-4203', unit: 'degC', atMost: 3 }]);
  });
  it('between two points on the line between them, and outside of them nothing', () => {
    fc.assert(fc.property(fc.array(fc.tuple(fc.integer({ min: 0, max: 1_000 }), fc.integer({ min: -50, max: 50 })), { minLength: 1, maxLength: 30 }), fc.integer({ min: -10, max: 1_010 }), (raw, atS) => {
      const points = [...new Map(raw)].sort(([a], [b]) => a - b);
      const value = valueAt(points, atS);
      const [first, last] = [points[0], points.at(-1)];
      if (atS < (first?.[0] ?? 0) || atS > (last?.[0] ?? 0)) { expect(value).toBeNull(); return; }
      const below = points.findLast(([t]) => t <= atS);
      const above = points.find(([t]) => t >= atS);
      expect(value).toBeGreaterThanOrEqual(Math.min(below?.[1] ?? 0, above?.[1] ?? 0) - 1e-9);
      expect(value).toBeLessThanOrEqual(Math.max(below?.[1] ?? 0, above?.[1] ?? 0) + 1e-9);
    }));
  });
});
