// The 90 % intervals of the time to a limit hold the truth on runs that they were not calibrated on. The large measurement is
// `node tests/simulation/forecast-coverage.ts`; this is a small one of it, with fast faults and seeds of its own.
import { join } from 'node:path';
import { beforeAll, describe, expect, test, vi } from 'vitest';
import { limitsByTag } from '../../src/domain/forecast/limits.ts';
import { CALIBRATION } from '../../src/domain/forecast/calibration.ts';
import { loadPacks } from '../../src/main/packs/load.ts';
import { calibrate, coverageOf, judge } from './forecast-judgement.ts';
import { momentsOf } from './forecast-moments.ts';
import type { Moment } from './forecast-moments.ts';
import { recordRun } from './forecast-runs.ts';

// minutes of plant time: a busy machine may take its time, speed is not what is tested
vi.setConfig({ testTimeout: 240_000, hookTimeout: 240_000 });

const ROOT = join(import.meta.dirname, '../..');
const FAULTS = ['F4-01', 'F4-02', 'F4-02F', 'F4-06', 'F4-07', 'F4-08', 'F4-10', 'F4-11', 'F4-12'];
const SEEDS = [200_001, 200_002, 200_003, 200_004, 200_005];

function gathered(): Moment[] {
  const pack = loadPacks({ rulesDir: join(ROOT, 'rules'), proceduresDir: join(ROOT, 'procedures') }).plants.find(({ id }) => id === 'h2o2');
  const limits = limitsByTag(pack?.conditions ?? []);
  return SEEDS.flatMap((seed) => momentsOf(recordRun({ seed, lengthS: 1_200, faults: FAULTS }), limits));
}

describe('on runs of the simulated plant', () => {
  let moments: Moment[] = [];
  beforeAll(() => { moments = gathered(); });

  test('FCT-13 at least nine in ten of the 90 % intervals hold the truth, and seldom is anybody told more time than there is', () => {
    const measured = coverageOf(moments);
    expect(measured.forecasts).toBeGreaterThan(200);
    expect(measured.coverage).toBeGreaterThanOrEqual(0.9);
    expect(measured.tooLate).toBeLessThanOrEqual(0.07);
  });

  test('FCT-14 the intervals are of use: the low end promises a good part of the time there is, and closed ones are not endless', () => {
    const measured = coverageOf(moments);
    expect(measured.lowByTrue).toBeGreaterThan(0.4);
    expect(measured.relativeWidth).toBeLessThan(3);
  });

  test('FCT-15 the measurement can fail: intervals that promise too much, and intervals that are too narrow, are found out', () => {
    const wrong = (low: number, high: number) => Object.fromEntries(Object.entries(CALIBRATION).map(([course, each]) => [course, { ...each, low, high }]));
    expect(coverageOf(moments, wrong(3, 9)).tooLate).toBeGreaterThan(0.3);
    expect(coverageOf(moments, wrong(0.99, 1.01)).coverage).toBeLessThan(0.5);
  });
});

describe('the judgement', () => {
  const reckoned = { baseS: 100, slackS: 0, course: 'steady/middle/straight' as const };
  const motion = { value: 50, rate: 0.1, rateError: 0.001, bend: 0, noise: 0, stretchS: 60, spacingS: 1, directness: 1 };
  const moment = (trueS: number | null, aloneS: number, seed = 1): Moment => ({ seed, tag: 'T', kind: 'temperature', limit: { condition: 'H', comparison: 'atOrAbove', limit: 60 }, atS: 0, value: 50, motion, reckoned, trueS, aloneS });
  const calibration = { 'steady/middle/straight': { low: 0.8, middle: 1, high: 1.5, forecasts: 100, episodes: 50 } };

  test('FCT-16 held, too late, too early, and undecided where the course was broken off within the interval', () => {
    const said = (trueS: number | null, aloneS: number) => judge(moment(trueS, aloneS), calibration).judgement;
    expect([said(100, 900), said(60, 900), said(200, 900), said(null, 900), said(null, 120)]).toEqual(['held', 'tooLate', 'tooEarly', 'tooEarly', 'undecided']);
    const open = { 'steady/middle/straight': { low: 0.8, middle: 1, high: null, forecasts: 100, episodes: 50 } };
    expect([judge(moment(null, 900), open).judgement, judge(moment(60, 900), open).judgement, judge(moment(60, 900), {}).judgement]).toEqual(['held', 'tooLate', 'silent']);
  });

  test('FCT-17 calibration takes the quantiles by class, opens where too many never got there, and leaves out what was seen too seldom', () => {
    const times = Array.from({ length: 200 }, (_, i) => moment(51 + i, 900, i));
    const straight = calibrate(times)['steady/middle/straight'];
    expect(straight).toMatchObject({ low: 0.55, middle: 1.5, high: 2.4, forecasts: 200, episodes: 200 });
    const some = [...times, ...Array.from({ length: 20 }, (_, i) => moment(null, 9_000, 1_000 + i))];
    expect(calibrate(some)['steady/middle/straight']).toMatchObject({ high: null });
    expect(calibrate(times.slice(0, 10))).toEqual({});
  });
});
