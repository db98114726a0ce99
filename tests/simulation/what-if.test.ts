/** The simulator that runs an exercise again with its stop moved. Hours of plant time: speed is not what is tested. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import { H2o2Plant } from '../../simulators/plants/h2o2/plant.ts';
import { applyScenario } from '../../simulators/scenarios/apply.ts';
import { loadScenarios } from '../../simulators/scenarios/load.ts';
import type { WhatIfEvent, WhatIfQuestion } from '../../simulators/scenarios/what-if-question.ts';
import { movedEvents, stopOf } from '../../simulators/scenarios/what-if-run.ts';
import { answerTo } from '../../simulators/what-if.ts';
import type { WhatIfAnswer } from '../../simulators/what-if.ts';

vi.setConfig({ testTimeout: 240_000 });

const PROGRAM = join(import.meta.dirname, '../../simulators/what-if.ts');
const runaway = loadScenarios(join(import.meta.dirname, '../../simulators/scenarios/h2o2')).flatMap((each) => (each.ok ? [each.value] : [])).find(({ id }) => id === 'S-OX-RUNAWAY')!;
const question: WhatIfQuestion = {
  plant: 'h2o2', scenario: 'S-OX-RUNAWAY', seed: 7, start: null, ranS: null, events: [{ atS: 100, do: 'key', interlock: 'I-4200', on: true }, { atS: 120.1, do: 'stop' }, { atS: 200, do: 'key', interlock: 'I-4200', on: false }], endS: 900, shifts: [-60_000, 120_000],
  tags: [{ tag: 'TI-4203', side: 'high', limit: 60 }, { tag: 'FI-4213', side: 'low', limit: null }], safe: [{ all: [{ tag: 'XV-4101', is: ['closed'] }, { tag: 'TI-4203', below: 55 }], holdS: 60 }],
};
/** asked once: most of the tests look at the same answer */
let asked: WhatIfAnswer | undefined;
const answered = (): WhatIfAnswer => (asked ??= answerTo(JSON.stringify(question)));
const runsOf = (answer: WhatIfAnswer) => { if (!answer.ok) throw new Error(answer.message); return answer.runs; };

describe('REQ-CRS-06 the plant as it was begun, and every hand that the record has', () => {
  test('what the plant told of hands, done again on a plant of its seed and age, is the run itself bit by bit; what the scenario does is done once', () => {
    const plant = new H2o2Plant(5);
    plant.step(150);
    expect(applyScenario(plant, runaway).ok).toBe(true);
    const shown: [number, number][] = [];
    for (let quarter = 0; quarter <= 300 * 4; quarter += 1) {
      if (quarter === 120) plant.order('XV-4206', 1);
      if (quarter === 160) plant.fieldAction({ kind: 'sensor', tag: 'TI-4203', malfunction: 'bias', size: 3 });
      if (quarter === 400) { plant.command('HS-4001', true); plant.command('HS-4001', false); }
      shown.push([quarter / 4, Number(plant.tag('TI-4203').value)]);
      plant.step(0.25);
    }
    const told = plant.events.since(0, 500).flatMap(({ atS, did }): WhatIfEvent[] => (did === undefined ? [] : [{ atS, do: 'hand', hand: did as never }]));
    expect(told.length).toBeGreaterThan(4);
    const ask = (events: readonly WhatIfEvent[], ranS: number | null) => runsOf(answerTo(JSON.stringify({ ...question, seed: 5, start: 'normal', ranS, events: [...events, { atS: 100, do: 'stop' }], endS: 300, shifts: [] })))[0]?.series[0]?.points ?? [];
    const same = (points: readonly (readonly [number, number])[]): boolean => points.length > 10 && points.every(([atS, value]) => shown.find(([at]) => at === atS)?.[1] === value);
    expect([same(ask(told, 150)), same(ask([], 150)), same(ask(told, null))]).toEqual([true, false, false]);
  });
});

describe('REQ-WIF-01 a scenario run again', () => {
  test('unmoved it is the run itself, bit by bit: the same plant, seed, scenario and deeds by hand', () => {
    const plant = new H2o2Plant(7);
    plant.step(120);
    expect(applyScenario(plant, runaway).ok).toBe(true);
    const byHand: [number, number][] = [];
    for (let quarter = 0; quarter <= 900 * 4; quarter += 1) {
      if (quarter === 400) plant.command('HS-I-4200-BYP', true);
      if (quarter === 480) { plant.command('HS-4001', true); plant.command('HS-4001', false); }
      if (quarter === 800) plant.command('HS-I-4200-BYP', false);
      byHand.push([quarter / 4, plant.analog('TI-4203')]);
      plant.step(0.25);
    }
    const [unmoved] = runsOf(answered());
    const points = unmoved?.series.find(({ tag }) => tag === 'TI-4203')?.points ?? [];
    expect(points.length).toBeGreaterThan(700);
    const at = new Map(byHand);
    expect(points).toEqual(points.map(([atS]) => [atS, at.get(atS)]));
    expect(unmoved?.worst[0]).toMatchObject({ tag: 'TI-4203', unit: 'degC', limit: 60, value: Math.max(...byHand.map(([, value]) => value)) });
    expect(unmoved?.worst[1]?.value).toBeLessThan(50);
  });

  test('the same question gives the same bytes, also from a process of its own', () => {
    const said = spawnSync(process.execPath, [PROGRAM], { input: JSON.stringify(question), encoding: 'utf8' });
    expect([said.status, said.stderr]).toEqual([0, '']);
    expect(said.stdout).toBe(`${JSON.stringify(answered())}\n`);
  });

  test('A4.2(2) the earlier the stop, the lower the highest temperature and the sooner it is safe', () => {
    const runs = runsOf(answered());
    const of = (shiftMs: number) => runs.find((run) => run.shiftMs === shiftMs)!;
    const peak = (shiftMs: number): number => of(shiftMs).worst[0]!.value;
    expect(runs.map(({ shiftMs }) => shiftMs)).toEqual([0, -60_000, 120_000]);
    expect(peak(-60_000)).toBeLessThan(60);
    expect(peak(0)).toBeGreaterThan(peak(-60_000) + 3);
    expect(peak(120_000)).toBeGreaterThan(peak(0) + 3);
    expect(of(-60_000).safeAfterS!).toBeLessThan(of(0).safeAfterS!);
    expect(of(0).safeAfterS!).toBeLessThan(of(120_000).safeAfterS!);
    expect([of(-60_000).stopS, of(0).stopS, of(120_000).stopS]).toEqual([60.1, 120.1, 240.1]);
  });

  test('it says how it ended, in both languages; without a sign of what safe is it does not pretend', () => {
    expect(runsOf(answered())[0]?.outcome.zh).toMatch(/^120 s 停车；.*达到安全状态$/u);
    const [blind] = runsOf(answerTo(JSON.stringify({ ...question, shifts: [], safe: [] })));
    expect([blind?.safeAfterS, blind?.outcome.en]).toEqual([null, expect.stringContaining('Nothing says when it is safe')]);
  });

  test.each<[string, unknown, RegExp]>([
    ['another plant', { ...question, plant: 'sugar' }, /no simulator of the plant/u], ['no such scenario', { ...question, scenario: 'S-NONE' }, /no scenario/u], ['no stop', { ...question, events: [] }, /no stop/u],
    ['too long', { ...question, endS: 1e9 }, /wrong at endS/u], ['a surprise', { ...question, surprise: 1 }, /wrong at/u],
  ])('%s is refused with a sentence', (_what, asked, words) => {
    const answer = answerTo(JSON.stringify(asked));
    expect(answer.ok ? '' : answer.message).toMatch(words);
  });
});

describe('REQ-WIF-02 the stop is moved, and what followed with it', () => {
  const event: fc.Arbitrary<WhatIfEvent> = fc.record({ atS: fc.integer({ min: 0, max: 5_000 }), do: fc.constantFrom('stop', 'evacuate', 'reset', 'key') });
  test('what came before stays; the stop moves by the shift, but not before the beginning; the distances behind it stay', () => {
    fc.assert(fc.property(fc.array(event, { maxLength: 20 }), fc.integer({ min: 0, max: 5_000 }), fc.integer({ min: -1_800, max: 1_800 }), (others, stopS, shiftS) => {
      const events: WhatIfEvent[] = [...others.filter((each) => each.do !== 'stop' || each.atS >= stopS), { atS: stopS, do: 'stop' }];
      const moved = movedEvents(events, shiftS * 1_000);
      const newStopS = Math.max(0, stopS + shiftS);
      expect(stopOf(moved)).toBe(newStopS);
      const sorted = (list: readonly number[]): number[] => list.toSorted((a, b) => a - b);
      expect(sorted(moved.map(({ atS }) => atS))).toEqual(sorted(events.map(({ atS }) => (atS < stopS ? atS : atS + newStopS - stopS))));
      expect(moved.map(({ atS }) => atS)).toEqual(sorted(moved.map(({ atS }) => atS)));
    }));
  });
});
