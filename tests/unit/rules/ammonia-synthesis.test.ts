/** Annex 3 through the shipped rules of the ammonia plant and the real engine. Signatures: research/simulators.md 4.5. */
import { describe, expect, test } from 'vitest';
import type { SampleValue } from '../../../src/domain/samples/sample.ts';
import { ammoniaNormal } from '../../support/rules/ammonia-normal.ts';
import { PlantStory, shippedPlant } from '../../support/rules/plant-story.ts';
import type { Course, Values } from '../../support/rules/plant-story.ts';

const pack = shippedPlant('ammonia-synthesis');
const normal = ammoniaNormal(pack);
/** The fastest instruments of the plant are due every 2 s. */
const STEP = { stepMs: 2_000 };
const running = (): PlantStory => new PlantStory(pack, normal);
const alarmed = (story: PlantStory, id: string): boolean => story.state.alarms.get(id) !== undefined;
/** Values of a wave round a middle, a point every `stepS`. */
const wave = (minutes: number, periodS: number, of: (phase: number) => Values, stepS = 5): Course =>
  Array.from({ length: Math.floor((minutes * 60) / stepS) + 1 }, (_, i) => [(i * stepS) / 60, of(Math.sin((2 * Math.PI * i * stepS) / periodS))] as const);

test('A3.1 A3.7 half an hour of normal running with noise raises nothing', { timeout: 120_000 }, () => {
  const story = running().play([[0, {}], [30, {}]], { stepMs: 2_000, noisePercent: 0.1, seed: 7 });
  expect(story.everRaised('trigger', 'warning', 'prohibition')).toEqual([]);
});

/** [what, condition, context, just within, just beyond, seconds until it counts] */
type Row = readonly [what: string, condition: string, context: Values, within: Values, beyond: Values, waitS: number];
const FIGURES: readonly Row[] = [
  ['A3.1(1) two CO detectors at the second level', 'C-A3.1(1)-COAL-GAS-GAS', {}, { 'GD-3101A': 47.9, 'GD-3101C': 47.9 }, { 'GD-3101A': 48, 'GD-3101C': 48 }, 1],
  ['A3.1(1) two ammonia detectors at the second level', 'C-A3.1(1)-AMMONIA-GAS', {}, { 'GD-3501A': 79.9, 'GD-3501B': 79.9 }, { 'GD-3501A': 80, 'GD-3501B': 80 }, 1],
  ['A3.1(1) two hydrogen detectors at the second level', 'C-A3.1(1)-SYNGAS-GAS', {}, { 'GD-3401A': 49.9, 'GD-3502B': 49.9 }, { 'GD-3401A': 50, 'GD-3502B': 50 }, 1],
  ['A3.1(2) a wall at its design thickness is not below it', 'C-A3.1(2)-WT-3101', {}, { 'lab:WT-3101': 12 }, { 'lab:WT-3101': 11.9 }, 1],
  ['A3.1(2) the make-up line', 'C-A3.1(2)-WT-3401', {}, { 'lab:WT-3401': 22 }, { 'lab:WT-3401': 21.9 }, 1],
  ['A3.1(2) the loop line', 'C-A3.1(2)-WT-3501', {}, { 'lab:WT-3501': 28 }, { 'lab:WT-3501': 27.9 }, 1],
  ['A3.1(3) separator empty while the letdown is open', 'C-A3.1(3)-LI-3541', {}, { 'LI-3541A': 12.1, 'LI-3541B': 12.1 }, { 'LI-3541A': 12, 'LI-3541B': 12 }, 1],
  ['A3.1(3) the independent level alone', 'C-A3.1(3)-LI-3542', {}, { 'LI-3542': 12.1 }, { 'LI-3542': 12 }, 1],
  ['A3.1(3) flash drum at its high-high', 'C-A3.1(3)-PI-3551', {}, { 'PI-3551A': 2.39, 'PI-3551B': 2.39 }, { 'PI-3551A': 2.4, 'PI-3551B': 2.4 }, 1],
  ['A3.1(3) quench chamber above the black-water flash', 'C-A3.1(3)-LI-3107', {}, { 'LI-3107A': 30.1, 'LI-3107B': 30.1 }, { 'LI-3107A': 30, 'LI-3107B': 30 }, 1],
  ['A3.1(3) levels 14.9 % apart agree, 15.1 % do not', 'C-A3.1(3)-DISAGREE', { 'LI-3541B': 49.8 }, { 'LI-3542': 35.1 }, { 'LI-3542': 34.9 }, 3],
  ['A3.1(4) water at 0.25 MPa during reduction', 'C-A3.1(4)-WATER', { 'XS-3209': true, 'FI-3211': 10_000 }, { 'PI-3912': 0.26 }, { 'PI-3912': 0.25 }, 3],
  ['A3.1(4) carrier gas during reduction of shift', 'C-A3.1(4)-GAS', { 'XS-3209': true, 'FI-3211': 10_000 }, { 'FI-3211': 3_001 }, { 'FI-3211': 3_000 }, 3],
  ['A3.1(4) hydrogen in the carrier', 'C-A3.1(4)-AI-3208', { 'XS-3209': true, 'FI-3211': 10_000 }, { 'AI-3208': 1.99 }, { 'AI-3208': 2 }, 1],
  ['A3.1(5) flow to flare without pressure', 'C-A3.1(5)-OPEN', { 'FI-3904': 20 }, { 'PI-3901': 0.21 }, { 'PI-3901': 0.2 }, 6],
  ['A3.1(5) gas on the rack while releasing', 'C-A3.1(5)-RACK-GAS', { 'FI-3904': 20 }, { 'GD-3903': 49.9 }, { 'GD-3903': 50 }, 1],
  ['A3.1(6) over temperature', 'C-A3.1(6)-TEMPERATURE', {}, { 'TI-3403': 159.9 }, { 'TI-3403': 160 }, 3],
  ['A3.1(6) over pressure', 'C-A3.1(6)-PRESSURE', {}, { 'PI-3402': 20.99 }, { 'PI-3402': 21 }, 1],
  ['A3.1(6) liquid', 'C-A3.1(6)-LIQUID', {}, { 'LI-3405': 49.9 }, { 'LI-3405': 50 }, 3],
  ['A3.1(6) current', 'C-A3.1(6)-CURRENT', {}, { 'II-3406': 1049 }, { 'II-3406': 1050 }, 2],
  ['A3.1(6) vibration', 'C-A3.1(6)-VIBRATION', {}, { 'VI-3407': 89.9 }, { 'VI-3407': 90 }, 3],
  ['A3.1(6) leaking', 'C-A3.1(6)-LEAK-GAS', {}, { 'GD-3401A': 49.9 }, { 'GD-3401A': 50 }, 1],
  ['A3.1(7) steam drum pressure', 'C-A3.1(7)-PI-3561', {}, { 'PI-3561': 4.59 }, { 'PI-3561': 4.6 }, 1],
  ['A3.1(7) hydrogen in the steam', 'C-A3.1(7)-AI-3563', {}, { 'AI-3563': 199 }, { 'AI-3563': 200 }, 6],
  ['A3.1(7) chiller pressure', 'C-A3.1(7)-PI-3571', {}, { 'PI-3571': 0.79 }, { 'PI-3571': 0.8 }, 3],
  ['A3.1(7) hydrogen in the ammonia', 'C-A3.1(7)-AI-3572', {}, { 'AI-3572': 199 }, { 'AI-3572': 200 }, 6],
  ['A3.1(8) gasifier over pressure', 'C-A3.1(8)-PI-3105', {}, { 'PI-3105A': 4.34, 'PI-3105C': 4.34 }, { 'PI-3105A': 4.35, 'PI-3105C': 4.35 }, 1],
  ['A3.1(8) ratio oscillation', 'C-A3.1(8)-FSD-3103', {}, { 'FSD-3103': 2.99 }, { 'FSD-3103': 3 }, 1],
  ['A3.1(8) ratio', 'C-A3.1(8)-FFI-3103', {}, { 'FFI-3103': 474.9 }, { 'FFI-3103': 475 }, 3],
  ['A3.1(8) slurry lost with oxygen on', 'C-A3.1(8)-FI-3101', {}, { 'FI-3101A': 53.1, 'FI-3101B': 53.1 }, { 'FI-3101A': 53, 'FI-3101B': 53 }, 1],
  ['A3.1(8) oxygen', 'C-A3.1(8)-FI-3102', {}, { 'FI-3102A': 33_490, 'FI-3102B': 33_490 }, { 'FI-3102A': 33_500, 'FI-3102B': 33_500 }, 1],
  ['A3.1(8) temperature', 'C-4.1.1(1)-TI-3104', {}, { 'TI-3104A': 1379, 'TI-3104D': 1379 }, { 'TI-3104A': 1380, 'TI-3104D': 1380 }, 1],
  ['A3.1(8) oxygen breaks through', 'C-4.1.1(1)-AI-3109', {}, { 'AI-3109': 0.49 }, { 'AI-3109': 0.5 }, 1],
  ['A3.1(3) back-flow into the oxygen line', 'C-4.1.1(1)-PDI-3106', {}, { 'PDI-3106': 0.61 }, { 'PDI-3106': 0.6 }, 1],
  ['A3.1(9) steam/carbon', 'C-A3.1(9)-FFI-3603', {}, { 'FFI-3603': 2.41 }, { 'FFI-3603': 2.4 }, 3],
  ['A3.1(9) air/carbon high', 'C-A3.1(9)-FFI-3604-HH', {}, { 'FFI-3604': 1.79 }, { 'FFI-3604': 1.8 }, 3],
  ['A3.1(9) air/carbon low', 'C-A3.1(9)-FFI-3604-LL', {}, { 'FFI-3604': 1.26 }, { 'FFI-3604': 1.25 }, 3],
  ['A3.7 CO and CO2 before the methanator', 'C-A3.7-AI-3305', {}, { 'AI-3305': 1.19 }, { 'AI-3305': 1.2 }, 3],
];

describe('A3.1(1) A3.1(2) A3.1(3) A3.1(4) A3.1(5) A3.1(6) A3.1(7) A3.1(8) A3.1(9) A3.7 figures: within is silent, at the figure it is a stop, a bad value is never a reason', () => {
  test.each(FIGURES)('%s (%s)', (_what, id, context, within, beyond, waitS) => {
    const story = running().set(context).set(within).run((waitS + 2) * 1000);
    expect(story.isRaised(id)).toBe(false);
    story.set(beyond).run(waitS * 1000);
    expect(story.isRaised(id)).toBe(true);
    expect(alarmed(story, id)).toBe(true);
    const blind = running().set(context).bad(...Object.keys(beyond)).set(beyond).run((waitS + 2) * 1000);
    expect(blind.isRaised(id)).toBe(false);
  });
});

describe('A3.1(3) A3.1(8) two of three vote; one at the limit counts while another is in doubt', () => {
  test.each([
    ['C-A3.1(8)-PI-3105', { 'PI-3105A': 4.5 }, 'PI-3105B'], ['C-A3.1(3)-LI-3541', { 'LI-3541A': 5 }, 'LI-3541C'], ['C-A3.1(3)-PI-3551', { 'PI-3551B': 3 }, 'PI-3551A'],
    ['C-A3.1(8)-FI-3101', { 'FI-3101C': 0 }, 'FI-3101A'], ['C-A3.1(8)-FI-3102', { 'FI-3102C': 40_000 }, 'FI-3102A'], ['C-A3.1(3)-LI-3107', { 'LI-3107B': 3 }, 'LI-3107C'],
  ] as const)('%s', (id, alone, other) => {
    const story = running().set(alone).run(3_000);
    expect(story.isRaised(id)).toBe(false);
    expect(story.bad(other).run(3_000).isRaised(id)).toBe(true);
  });
});

describe('A3.1(1) A3.1(3) A3.1(5) A3.1(6) A3.1(7) what people or cameras see is enough', () => {
  test.each([
    ['AMMONIA-LEAK', 'C-A3.1(1)-AMMONIA-SEEN'], ['COAL-GAS-LEAK', 'C-A3.1(1)-COAL-GAS-SEEN'], ['SYNGAS-LEAK', 'C-A3.1(1)-SYNGAS-SEEN'], ['INTERFACE-ABNORMAL', 'C-A3.1(3)-SEEN'],
    ['FLARE-LINE-CRACKED', 'C-A3.1(5)-CRACKED'], ['FLARE-LINE-DEFORMED', 'C-A3.1(5)-DEFORMED'], ['FLARE-LINE-DISPLACED', 'C-A3.1(5)-DISPLACED'],
    ['COMPRESSOR-LEAK', 'C-A3.1(6)-LEAK-SEEN'], ['TUBE-LEAK', 'C-A3.1(7)-SEEN'],
  ])('%s', (observation, id) => {
    const story = running();
    expect(story.see(observation, false).isRaised(id)).toBe(false);
    expect(alarmed(story.see(observation), id)).toBe(true);
  });
});

describe('A3.1(3) high pressure breaks through to low pressure', () => {
  test('the level transmitters stand still while the separator runs empty: the independent one tells it, then the drum jumps (F3-20)', () => {
    const story = running().play([
      [0, { 'LI-3542': 50 }], [3, { 'LI-3542': 2, 'PI-3551A': 1.8, 'PI-3551B': 1.8, 'PI-3551C': 1.8 }], [3.2, { 'PI-3551A': 2.5, 'PI-3551B': 2.5, 'PI-3551C': 2.5 }],
    ], { stepMs: 1_000 });
    const disagree = story.firstRaisedMin.get('C-A3.1(3)-DISAGREE') ?? Infinity;
    const empty = story.firstRaisedMin.get('C-A3.1(3)-LI-3542') ?? Infinity;
    const jump = story.firstRaisedMin.get('C-A3.1(3)-PI-3551-RATE') ?? Infinity;
    expect(disagree).toBeLessThan(empty);
    expect(empty).toBeLessThan(3);
    expect(jump).toBeLessThan(story.firstRaisedMin.get('C-A3.1(3)-PI-3551') ?? 0);
    expect(story.isRaised('C-A3.1(3)-LI-3541')).toBe(false);
  });
  test('with the letdown proved shut a low level leads to no stop; a letdown whose state is not known counts as open', () => {
    const story = running().set({ 'XV-3543': 'closed', 'LI-3541A': 5, 'LI-3541B': 5, 'LI-3541C': 5, 'LI-3542': 5 }).run(5_000);
    expect(story.everRaised('trigger')).toEqual([]);
    expect(story.bad('XV-3543').run(2_000).isRaised('C-A3.1(3)-LI-3541')).toBe(true);
  });
  test('one bad transmitter warns, a second one is a failed instrument', () => {
    const story = running().bad('LI-3541B').run(5_000);
    expect(story.isRaised('W-A3.1(3)-INSTRUMENT')).toBe(true);
    expect(story.isRaised('C-A3.1(3)-INSTRUMENT')).toBe(false);
    expect(story.bad('LI-3541C').run(5_000).isRaised('C-A3.1(3)-INSTRUMENT')).toBe(true);
  });
});

describe('A3.1(4) power, water or gas lost matters while catalyst is heated and reduced', () => {
  test.each([
    ['power', { 'XS-3911': false }, 'C-A3.1(4)-POWER'], ['water', { 'PI-3912': 0.1 }, 'C-A3.1(4)-WATER'], ['circulation', { 'K-3402': 'stopped' }, 'C-A3.1(4)-GAS'], ['nitrogen', { 'PI-3915': 0.1 }, 'C-A3.1(4)-GAS'],
  ] as const)('%s', (_what, lost, id) => {
    expect(running().set(lost).run(5_000).isRaised(id)).toBe(false);
    expect(running().set({ 'XS-3507': true }).set(lost).run(5_000).isRaised(id)).toBe(true);
  });
  test('a carrier flow of nothing is normal when nothing is being reduced', () => {
    expect(running().set({ 'FI-3211': 0 }).run(5_000).everRaised('trigger')).toEqual([]);
  });
});

describe('A3.1(6) with a standby machine the machine is changed over, without one, or one that nobody knows of, it is a stop', () => {
  const hot: Values = { 'TI-3403': 170 };
  test('standby ready', () => {
    const story = running().set({ 'XS-3408': true }).set(hot).run(5_000);
    expect(story.isRaised('W-A3.1(6)-CHANGE-OVER')).toBe(true);
    expect(story.everRaised('trigger')).toEqual([]);
  });
  test('no standby', () => {
    const story = running().set(hot).run(5_000);
    expect(story.isRaised('C-A3.1(6)-TEMPERATURE')).toBe(true);
    expect(story.isRaised('W-A3.1(6)-CHANGE-OVER')).toBe(false);
  });
  test('standby not known', () => expect(running().set({ 'XS-3408': true }).bad('XS-3408').set(hot).run(5_000).isRaised('C-A3.1(6)-TEMPERATURE')).toBe(true));
  test('liquid carried over: the current jumps before it is high, then the machine shakes (F3-18)', () => {
    const story = running().play([[0, { 'LI-3405': 5, 'II-3406': 820, 'VI-3407': 25 }], [1, { 'LI-3405': 45, 'II-3406': 820, 'VI-3407': 25 }], [1.5, { 'LI-3405': 60, 'II-3406': 1060, 'VI-3407': 95 }]], { stepMs: 1_000 });
    const jump = story.firstRaisedMin.get('C-A3.1(6)-CURRENT-JUMP') ?? Infinity;
    expect(jump).toBeLessThan(story.firstRaisedMin.get('C-A3.1(6)-CURRENT') ?? 0);
    expect(story.everRaised('trigger')).toEqual(expect.arrayContaining(['C-A3.1(6)-LIQUID', 'C-A3.1(6)-VIBRATION']));
  });
  test('a machine that trips by itself', () => expect(running().set({ 'K-3401': 'fault' }).run(3_000).isRaised('C-A3.1(6)-FAULT')).toBe(true));
});

describe('A3.1(7) the low-pressure side jumps up', () => {
  test.each([
    ['a tube of the boiler leaks 0.1 kg/s (F3-21)', 'C-A3.1(7)-PI-3561-RATE', 'PI-3561', 4, 0.18, 0.08], ['a coil of the chiller is cracked (F3-22)', 'C-A3.1(7)-PI-3571-RATE', 'PI-3571', 0.45, 0.05, 0.02],
  ] as const)('%s', (_what, id, tag, from, perMin, loadPerMin) => {
    const rising = (slope: number): PlantStory => running().play([[0, { [tag]: from }], [2, { [tag]: from + 2 * slope }]], { stepMs: 1_000 });
    expect(rising(perMin).everRaised('trigger')).toContain(id);
    expect(rising(loadPerMin).everRaised('trigger')).toEqual([]);
  });
});

describe('A3.1(8) A3.1(9) ratios that swing', () => {
  const oxygen = (amplitude: number) => wave(6, 90, (x) => ({ 'FI-3102A': 29_900 * (1 + amplitude * x), 'FFI-3103': 453 }));
  test('oxygen swings by 3 % every 90 s (F3-01); the unrest of normal running does not count', () => {
    const story = running().play(oxygen(0.03), STEP);
    expect(story.everRaised('trigger')).toContain('C-A3.1(8)-RATIO-SWING');
    expect(running().play(oxygen(0.008), STEP).everRaised('trigger')).toEqual([]);
  });
  test("the DCS's own ratio swings while the flow transmitters stand still", () => {
    expect(running().play(wave(6, 90, (x) => ({ 'FFI-3103': 453 + 14 * x })), STEP).everRaised('trigger')).toContain('C-A3.1(8)-RATIO-SWING');
  });
  test('a step to another load is no swing', () => {
    expect(running().play([[0, { 'FI-3102A': 29_900, 'FI-3101A': 66 }], [2, { 'FI-3102A': 31_500, 'FI-3101A': 69.5 }], [8, { 'FI-3102A': 31_500, 'FI-3101A': 69.5 }]], STEP).everRaised('trigger')).toEqual([]);
  });
  test.each([
    ['C-A3.1(9)-SC-SWING', 'FFI-3603', 3, 0.21, 0.08], ['C-A3.1(9)-AC-SWING', 'FFI-3604', 1.55, 0.11, 0.04],
  ] as const)('%s', (id, tag, middle, wide, narrow) => {
    expect(running().play(wave(11, 180, (x) => ({ [tag]: middle + wide * x })), STEP).everRaised('trigger')).toContain(id);
    expect(running().play(wave(11, 180, (x) => ({ [tag]: middle + narrow * x })), STEP).everRaised('trigger')).toEqual([]);
  });
});

describe('A3.2 no gathering at a gasifier that starts, stops or moves before isolation is confirmed', () => {
  const starting: Values = { 'XS-3115': 'starting' };
  test('three people while it starts', () => {
    const story = running().set({ 'PC-3100': 2 }).set(starting).run(2_000);
    expect(alarmed(story, 'N-A3.2-GATHERING')).toBe(false);
    expect(alarmed(story.set({ 'PC-3100': 3 }), 'N-A3.2-GATHERING')).toBe(true);
  });
  test('steady running, or isolation done and confirmed, allows them; isolation that nobody knows of does not', () => {
    expect(running().set({ 'PC-3100': 8 }).run(3_000).everRaised('prohibition')).toEqual([]);
    const story = running().set({ ...starting, 'XS-3116': true, 'PC-3100': 3 }).run(3_000);
    expect(story.everRaised('prohibition')).toEqual([]);
    expect(alarmed(story.bad('XS-3116').run(3_000), 'N-A3.2-GATHERING')).toBe(true);
  });
  test('a pressure that moves by itself counts as well', () => {
    const story = running().set({ 'PC-3100': 5 }).play([[0, { 'PI-3105B': 4 }], [2, { 'PI-3105B': 3.7 }]], { stepMs: 1_000 });
    expect(alarmed(story, 'N-A3.2-GATHERING')).toBe(true);
  });
});

describe('A3.5 the oxygen line is not depressurised before the gasifier', () => {
  const stopped: Values = { 'XS-3110': false, 'XV-3102A': 'closed', 'XV-3102B': 'closed', 'XS-3115': 'stopped' };
  const empty: Values = { 'PI-3105A': 0.05, 'PI-3105B': 0.05, 'PI-3105C': 0.05 };
  test('vent opened while one transmitter still shows pressure', () => {
    const story = running().set({ ...stopped, ...empty, 'PI-3105B': 0.11 }).run(3_000);
    expect(story.everRaised('prohibition')).toEqual([]);
    expect(alarmed(story.set({ 'XV-3103': 'travelling' }), 'N-A3.5-OXYGEN-VENT')).toBe(true);
  });
  test('after the gasifier is empty the vent may be opened, but not while its pressure is not known', () => {
    const story = running().set({ ...stopped, ...empty }).run(3_000).set({ 'XV-3103': 'open' }).run(3_000);
    expect(story.everRaised('prohibition')).toEqual([]);
    expect(alarmed(story.bad('PI-3105A').run(3_000), 'N-A3.5-OXYGEN-VENT')).toBe(true);
  });
  test('a vent without a switch shows by the falling pressure of the line', () => {
    const story = running().set(stopped).play([[0, { 'PI-3117': 5.6 }], [1, { 'PI-3117': 4.6 }]], STEP);
    expect(alarmed(story, 'N-A3.5-OXYGEN-VENT')).toBe(true);
  });
});

describe('A3.6 no relighting before the purge sample is good', () => {
  const dark: Values = { 'XS-3110': false, 'XV-3102A': 'closed', 'XV-3102B': 'closed' };
  const good: Values = { 'KQ-3111': 3, 'XS-3114': true, 'AI-3112': 0.1, 'AI-3109': 0.1, 'lab:PURGE-O2': 0.2, 'lab:PURGE-FUEL': 0.1 };
  const light: Values = { 'XS-3113': true };
  test('a good purge, a good sample: lit', () => expect(running().set({ ...dark, ...good }).set(light).run(3_000).everRaised('prohibition')).toEqual([]));
  test.each<readonly [string, string, SampleValue]>([
    ['two volumes purged', 'KQ-3111', 2.9], ['the sample of this purge not accepted', 'XS-3114', false], ['oxygen in the sample', 'lab:PURGE-O2', 0.5], ['gas in the sample', 'lab:PURGE-FUEL', 0.5], ['gas online', 'AI-3112', 0.5],
  ])('%s: never', (_what, input, value) => {
    const story = running().set({ ...dark, ...good }).set({ [input]: value }).run(2_000);
    expect(story.everRaised('prohibition')).toEqual([]);
    expect(alarmed(story.set(light), 'N-A3.6-RELIGHT')).toBe(true);
  });
  test('a purge that nobody can see is none', () => expect(alarmed(running().set({ ...dark, ...good }).bad('KQ-3111').set(light).run(1_000), 'N-A3.6-RELIGHT')).toBe(true));
  test('a flame lost in running: the valve closes in 3 s, and nobody is accused', () => {
    const story = running().set({ 'XS-3110': false, 'KQ-3111': 0, 'XS-3114': false }).run(3_000).set({ 'XV-3102A': 'closed', 'XV-3102B': 'closed' }).run(10_000);
    expect(story.everRaised('prohibition')).toEqual([]);
    expect(story.isRaised('W-A3.6-FLAME')).toBe(true);
  });
  test('oxygen that stays on without a flame', () => expect(alarmed(running().set({ 'XS-3110': false, 'KQ-3111': 0 }).run(6_000), 'N-A3.6-RELIGHT')).toBe(true));
});

const HOT_SPOTS = [
  ...['TI-3201', 'TI-3202', 'TI-3203', 'TI-3204'].map((tag) => [tag, 470] as const), ['TI-3205', 420] as const, ...['TI-3301', 'TI-3302', 'TI-3303', 'TI-3304'].map((tag) => [tag, 420] as const), ['TI-3306', 380] as const,
  ...Array.from({ length: 9 }, (_, i) => [`TI-${3511 + i}`, 540] as const), ['TI-3520', 280] as const,
];

describe('A3.7 a hot spot above the permitted maximum that is not falling', () => {
  const course = (tag: string, from: number, to: number): PlantStory => running().play([[0, { [tag]: from }], [4, { [tag]: to }]], STEP);
  test.each(HOT_SPOTS)('%s: steady at %d degC is within, above it a stop unless it falls; a bad value never', (tag, maximum) => {
    const id = `C-A3.7-${tag}`;
    expect(course(tag, maximum, maximum).isRaised(id)).toBe(false);
    expect(course(tag, maximum + 1, maximum + 1).isRaised(id)).toBe(true);
    expect(new PlantStory(pack, { ...normal, [tag]: maximum + 40 }).play([[0, { [tag]: maximum + 40 }], [4, { [tag]: maximum + 20 }]], STEP).everRaised('trigger')).not.toContain(id);
    expect(running().bad(tag).play([[0, { [tag]: maximum + 20 }], [4, { [tag]: maximum + 20 }]], STEP).isRaised(id)).toBe(false);
  });
  test('quench 1 fails closed (F3-12): bed 1 from 442 to 539 degC in 5 min and on to 544: runaway told early, hot spot when it stays', () => {
    const story = running().play([[0, { 'TI-3513': 442 }], [5, { 'TI-3513': 539 }], [7, { 'TI-3513': 544 }], [10, { 'TI-3513': 544 }]], STEP);
    const hot = story.firstRaisedMin.get('C-A3.7-TI-3513') ?? Infinity;
    expect(story.firstRaisedMin.get('C-4.1.1(1)-RUNAWAY-TI-3513')).toBeLessThan(4);
    expect(hot).toBeGreaterThan(5);
    expect(hot).toBeLessThan(8);
  });
  test('positive pressure is kept while the catalyst is hot; a cold one may be opened', () => {
    const lost: Values = { 'PI-3501': 0.05 };
    expect(alarmed(running().set(lost).run(2_000), 'N-A3.7-LOOP-PRESSURE')).toBe(true);
    const cold = Object.fromEntries(Array.from({ length: 9 }, (_, i) => [`TI-${3511 + i}`, 60]));
    expect(running().set(cold).run(1_000).set(lost).run(2_000).everRaised('prohibition')).toEqual([]);
    expect(alarmed(running().set({ 'PI-3307': 0.01 }).run(2_000), 'N-A3.7-METHANATION-PRESSURE')).toBe(true);
    expect(alarmed(running().set({ 'PI-3210': 0.01 }).run(2_000), 'N-A3.7-SHIFT-PRESSURE')).toBe(true);
  });
});

test('4.1.1(3) every unit of the ammonia plant that cannot be seen is a trigger', () => {
  for (const [tag, id] of [['PI-3105A', 'GASIFICATION'], ['FFI-3603', 'REFORMING'], ['TI-3302', 'SHIFT'], ['II-3406', 'COMPRESSION'], ['TI-3519', 'SYNTHESIS'], ['I-3541-BYP', 'SIS']] as const) {
    expect(running().bad(tag).run(6_000).isRaised(`C-4.1.1(3)-${id}`), tag).toBe(true);
  }
});

test('4.2.5 a head count that is not known is told, and is not zero', () => {
  expect(running().bad('PC-3500').run(6_000).isRaised('W-4.2.5-PEOPLE')).toBe(true);
});
