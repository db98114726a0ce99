/** Annex 4 as far as the pure chain's own tests (tests/unit/domain, tests/unit/packs) do not tell it: drains, purges, residue, resin, people, votes, swings. */
import { describe, expect, test } from 'vitest';
import type { SampleValue } from '../../../src/domain/samples/sample.ts';
import { h2o2Normal } from '../../support/rules/h2o2-normal.ts';
import { PlantStory, shippedPlant } from '../../support/rules/plant-story.ts';
import type { Values } from '../../support/rules/plant-story.ts';

const pack = shippedPlant('h2o2');
const normal = h2o2Normal(pack);
const running = (): PlantStory => new PlantStory(pack, normal);
const alarmed = (story: PlantStory, id: string): boolean => story.state.alarms.get(id) !== undefined;
const started = (story: PlantStory): string[] => story.state.runs.map((run) => run.procedure);

test('A4.1 A4.2 an hour of normal running with noise raises nothing', { timeout: 60_000 }, () => {
  expect(running().play([[0, {}], [60, {}]], { noisePercent: 0.1, seed: 3 }).everRaised('trigger', 'warning', 'prohibition')).toEqual([]);
});

/** [what, condition, context, just within, just beyond, seconds until it counts] */
type Row = readonly [what: string, condition: string, context: Values, within: Values, beyond: Values, waitS: number];
const stopped: Values = { 'XV-4101': 'closed', 'P-4109': 'stopped', 'FI-4109': 0, 'AI-4107': 0.5, 'AI-4209': 0.5 };
const FIGURES: readonly Row[] = [
  ['A4.2(1) hydrogenation separator, two of three', 'C-A4.2(1)-LI-4108-LL', {}, { 'LI-4108A': 15.1, 'LI-4108C': 15.1 }, { 'LI-4108A': 15, 'LI-4108C': 15 }, 1],
  ['A4.2(1) oxidation separator, two of three', 'C-A4.2(1)-LI-4204-LL', {}, { 'LI-4204A': 15.1, 'LI-4204B': 15.1 }, { 'LI-4204A': 15, 'LI-4204B': 15 }, 1],
  ['A4.2(2) oxidation tower', 'C-A4.2(2)-TI-4202', {}, { 'TI-4202': 59.9 }, { 'TI-4202': 60 }, 1],
  ['A4.2(2) purification tower', 'C-A4.2(2)-TI-4308', {}, { 'TI-4308': 59.9 }, { 'TI-4308': 60 }, 1],
  ['A4.2(3) upper oxidation separator, two of three', 'C-A4.2(3)-LI-4204-HH', {}, { 'LI-4204B': 84.9, 'LI-4204C': 84.9 }, { 'LI-4204B': 85, 'LI-4204C': 85 }, 1],
  ['A4.2(5) both analysers', 'C-A4.2(5)-AI-4305', {}, { 'AI-4305A': 0.3, 'AI-4305B': 0.31 }, { 'AI-4305A': 0.31, 'AI-4305B': 0.31 }, 1],
  ['A4.3 hydrogenation efficiency of 1 g/L is not below it', 'N-A4.3-DRAIN', { ...stopped, 'XV-4105': 'open' }, { 'AI-4107': 0.99 }, { 'AI-4107': 1 }, 1],
  ['A4.3 oxidation efficiency of 1 g/L is not below it', 'N-A4.3-DRAIN', { ...stopped, 'XV-4206': 'travelling' }, { 'AI-4209': 0.99 }, { 'AI-4209': 1 }, 1],
  ['A4.4 six at the clay bed, never seven', 'N-A4.4-PC-4500', stopped, { 'PC-4500': 6 }, { 'PC-4500': 7 }, 1],
  ['A4.4 six at the filters, never seven', 'N-A4.4-PC-4100', stopped, { 'PC-4100': 6 }, { 'PC-4100': 7 }, 1],
  ['A4.6 hydrogen let in with 2 % oxygen', 'N-A4.6-START', {}, { 'lab:PURGE-O2': 1.9 }, { 'lab:PURGE-O2': 2 }, 1],
  ['A4.6 nitrogen hold lost', 'W-A4.6-HOLD', stopped, { 'PI-4104': 0.02 }, { 'PI-4104': 0.019 }, 61],
  ['A4.8 residue separator', 'C-4.1.2-TI-4211', {}, { 'TI-4211': 54.9 }, { 'TI-4211': 55 }, 1],
  ['A4.8 residue tank', 'C-4.1.2-TI-4212', {}, { 'TI-4212': 54.9 }, { 'TI-4212': 55 }, 1],
  ['A4.10 peroxide in the wash of the resin', 'N-A4.10-FREE-H2O2', {}, { 'lab:RESIN-WASH-H2O2': 0.5 }, { 'lab:RESIN-WASH-H2O2': 0.6 }, 1],
  ['A4.11 tank pressure', 'C-A4.11-PI-4801', {}, { 'PI-4801': 4.9 }, { 'PI-4801': 5 }, 1],
];

describe('A4.2(1) A4.2(2) A4.2(3) A4.2(5) A4.3 A4.4 A4.6 A4.8 A4.10 A4.11 figures: within is silent, beyond it counts, a bad value never does', () => {
  test.each(FIGURES)('%s (%s)', (_what, id, context, within, beyond, waitS) => {
    const story = running().set(context).set(within).run((waitS + 1) * 1000);
    expect(story.isRaised(id)).toBe(false);
    expect(alarmed(story.set(beyond).run(waitS * 1000), id)).toBe(true);
  });
  // A4.3 is the exception on purpose: an efficiency that is not known is not below 1 g/L.
  test.each(FIGURES.filter(([, id]) => id !== 'N-A4.3-DRAIN'))('%s (%s): bad', (_what, id, context, _within, beyond, waitS) => {
    expect(running().set(context).bad(...Object.keys(beyond)).set(beyond).run((waitS + 1) * 1000).isRaised(id)).toBe(false);
  });
});

describe('A4.1 A4.2(6) A4.3 A4.6 A4.8 A4.10 what people see', () => {
  test.each([
    ['PEROXIDE-VESSEL-HEATING', 'C-A4.1-SEEN', 'P-A4.1'], ['EXTRACTION-TURBID', 'C-A4.2(6)-TURBID', 'P-A4.2'], ['WS-EMULSIFIED', 'C-A4.2(6)-EMULSIFIED', 'P-A4.2'], ['RESIDUE-UNSTABLE', 'C-A4.8-RESIDUE-UNSTABLE', 'P-A4.8'],
    ['DRAINS-MIXED', 'N-A4.3-MIXED', null], ['RESIN-NITROGEN-ONLY', 'N-A4.10-NITROGEN-ONLY', null],
  ])('%s', (observation, id, procedure) => {
    const story = running().see(observation, false);
    expect(alarmed(story, id)).toBe(false);
    expect(alarmed(story.see(observation), id)).toBe(true);
    expect(started(story)).toEqual(procedure === null ? [] : [procedure]);
  });
});

describe('A4.3 nothing is drained before both efficiencies are below 1 g/L', () => {
  test('both below: drained', () => expect(running().set(stopped).set({ 'XV-4105': 'open', 'XV-4206': 'open' }).run(2_000).everRaised('prohibition')).toEqual([]));
  test('one of them not known: never', () => expect(alarmed(running().set(stopped).bad('AI-4209').set({ 'XV-4105': 'open' }), 'N-A4.3-DRAIN')).toBe(true));
  test('closing the drain ends it; a drain that cannot be seen does not', () => {
    const story = running().set({ ...stopped, 'AI-4107': 3 }).set({ 'XV-4105': 'open' });
    expect(story.isRaised('N-A4.3-DRAIN')).toBe(true);
    story.bad('XV-4105').set({ 'XV-4105': 'closed' }).run(1_000);
    expect(alarmed(story, 'N-A4.3-DRAIN')).toBe(true);
    const closed = running().set({ ...stopped, 'AI-4107': 3 }).set({ 'XV-4105': 'open' }).set({ 'XV-4105': 'closed' });
    expect(closed.isRaised('N-A4.3-DRAIN')).toBe(false);
  });
});

describe('A4.6 no work on hydrogenation before the purge is good', () => {
  test.each<readonly [string, Values, boolean]>([
    ['hydrogen at 0.5 % is not below it', { 'lab:PURGE-H2': 0.5 }, true], ['hydrogen at 0.4 %', { 'lab:PURGE-H2': 0.4 }, false], ['the hydrogen valve not closed', { 'lab:PURGE-H2': 0.1, 'XV-4101': 'fault' }, true],
  ])('%s', (_what, values, broken) => {
    expect(alarmed(running().set(stopped).set(values).see('HYDROGENATION-WORK'), 'N-A4.6-WORK')).toBe(broken);
  });
});

describe('A4.8 the vents of the residue are never closed, procedure or not', () => {
  test.each<readonly [string, SampleValue]>([['ZS-4211', 'closed'], ['ZS-4212', 'closed'], ['ZS-4211', 'travelling'], ['ZS-4212', 'fault']])('%s %s', (tag, word) => {
    const story = running();
    expect(alarmed(story, 'N-A4.8-VENT')).toBe(false);
    expect(alarmed(story.set({ [tag]: word }), 'N-A4.8-VENT')).toBe(true);
    expect(started(story)).toEqual([]);
  });
  test('a residue separator that heats itself by 1.5 K/min is told long before its limit (F4-10)', () => {
    const story = running().play([[0, { 'TI-4211': 38 }], [5, { 'TI-4211': 45.5 }]]);
    expect(story.everRaised('trigger')).toEqual(['C-A4.8-TI-4211-RATE']);
  });
});

describe('A4.2(3) A4.2(4) A4.2(6) swinging, running high, falling on and on', () => {
  test('the separator level hunts by 20 % either way (F4-04) and is told before high-high', () => {
    const story = running().play(Array.from({ length: 121 }, (_, i) => { const level = 50 + 20 * Math.sin((2 * Math.PI * i) / 24); return [i / 12, { 'LI-4204A': level, 'LI-4204B': level, 'LI-4204C': level }] as const; }));
    expect(story.everRaised('warning')).toContain('W-A4.2(3)-LI-4204-SWING');
    expect(story.everRaised('trigger')).toEqual([]);
  });
  test('the interface runs high for ten minutes without reaching high-high', () => {
    const story = running().set({ 'LDI-4304': 75 }).run(9 * 60_000);
    expect(story.isRaised('W-A4.2(4)-LDI-4304-LASTING')).toBe(false);
    expect(story.run(61_000).isRaised('W-A4.2(4)-LDI-4304-LASTING')).toBe(true);
  });
  test('stability falls on and on: a warning; with water that cannot be cured: the stop', () => {
    const falling = (): PlantStory => running().play([[0, { 'AI-4307': 97 }], [35, { 'AI-4307': 92 }]], { stepMs: 30_000 });
    const story = falling();
    expect(story.isRaised('W-A4.2(6)-AI-4307-FALLING')).toBe(true);
    expect(story.isRaised('C-A4.2(6)-STABILITY')).toBe(false);
    expect(story.see('WATER-NOT-CURED').isRaised('C-A4.2(6)-STABILITY')).toBe(true);
  });
});

test('A4.2(1) one transmitter at low-low warns; while another cannot be trusted it stops the plant', () => {
  const story = running().set({ 'LI-4108A': 10 }).run(2_000);
  expect(story.isRaised('C-A4.2(1)-LI-4108-LL')).toBe(false);
  expect(story.bad('LI-4108B').run(1_000).isRaised('C-A4.2(1)-LI-4108-LL')).toBe(true);
});

test('A4.2(1) A4.2(3) A4.2(5) A4.2(7) redundant measurements that disagree are told', () => {
  for (const [tag, value, id] of [['LI-4108B', 60, 'W-A4.2(1)-LI-4108-DISAGREE'], ['LI-4204C', 60, 'W-A4.2(3)-LI-4204-DISAGREE'], ['AI-4305A', 0.28, 'W-A4.2(5)-AI-4305-DISAGREE'], ['AI-4106A', 0.8, 'W-A4.2(7)-AI-4106-DISAGREE']] as const) {
    expect(running().set({ [tag]: value }).run(11_000).isRaised(id), id).toBe(true);
  }
});
