/** The general rules (sections 3-4 of the guideline) in a plant that has one tag of every service, through the real loader and engine. */
import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { SERVICES } from '../../../src/domain/packs/schema.ts';
import type { PlantPack } from '../../../src/domain/packs/schema.ts';
import type { SampleValue } from '../../../src/domain/samples/sample.ts';
import { assemblePacks } from '../../../src/main/packs/load.ts';
import { PlantStory, shippedPlant } from '../../support/rules/plant-story.ts';
import type { Values } from '../../support/rules/plant-story.ts';

const GENERAL = path.resolve(import.meta.dirname, '../../../rules/general');

/** One tag of every service: T-<service>. */
const PLANT = `plant: any
title: {zh: "某装置", en: "Any plant"}
namespaceUri: urn:any
includes: [general]
areas:
  - {id: unit, title: {zh: "单元", en: "Unit"}}
tags:
  - {id: T-reaction-temperature, service: reaction-temperature, unit: degC, low: 0, high: 150, area: unit, zh: 釜温, en: Reactor temperature}
  - {id: T-reaction-pressure, service: reaction-pressure, unit: kPa, low: 0, high: 600, area: unit, zh: 釜压, en: Reactor pressure}
  - {id: T-agitator, service: agitator, kind: discrete, states: [stopped, running, fault], area: unit, zh: 搅拌, en: Stirrer}
  - {id: T-vibration, service: vibration, unit: um, low: 0, high: 200, area: unit, zh: 振动, en: Vibration}
  - {id: T-blockage, service: blockage, unit: kPa, low: 0, high: 100, area: unit, zh: 压差, en: Differential pressure}
  - {id: T-crossover, service: crossover, unit: ppm, low: 0, high: 1000, area: unit, zh: 互串分析, en: Crossover analyser}
  - {id: T-relief-device, service: relief-device, kind: boolean, area: unit, zh: 安全阀动作, en: Safety valve open}
  - {id: T-key-equipment, service: key-equipment, kind: discrete, states: [stopped, running, fault], area: unit, zh: 主泵, en: Main pump}
  - {id: T-power, service: power, kind: boolean, area: unit, zh: 电源, en: Power}
  - {id: T-steam-supply, service: steam-supply, unit: MPa, low: 0, high: 1.5, area: unit, zh: 蒸汽压力, en: Steam pressure}
  - {id: T-cooling-water, service: cooling-water, unit: MPa, low: 0, high: 0.8, area: unit, zh: 冷却水压力, en: Cooling water pressure}
  - {id: T-instrument-air, service: instrument-air, unit: MPa, low: 0, high: 1, area: unit, zh: 仪表风压力, en: Instrument air pressure}
  - {id: T-nitrogen, service: nitrogen, unit: MPa, low: 0, high: 1, area: unit, zh: 氮气压力, en: Nitrogen pressure}
  - {id: T-control-system, service: control-system, kind: boolean, area: unit, zh: 控制系统故障, en: Control system fault}
  - {id: T-flammable-gas, service: flammable-gas, unit: "%LEL", low: 0, high: 100, area: unit, zh: 可燃气, en: Flammable gas}
  - {id: T-toxic-gas, service: toxic-gas, unit: ppm, low: 0, high: 75, area: unit, zh: 有毒气, en: Toxic gas}
  - {id: T-fire, service: fire, kind: boolean, area: unit, zh: 火焰, en: Flame}
  - {id: T-intrusion, service: intrusion, kind: boolean, area: unit, zh: 围栏闯入, en: Fence crossed}
  - {id: T-heartbeat, service: heartbeat, kind: count, unit: "1", low: 0, high: 1000000, area: unit, zh: 心跳, en: Heartbeat}
`;
const general = readdirSync(GENERAL).filter((name) => name.endsWith('.yaml')).map((name) => ({ name: `general/${name}`, kind: 'rules' as const, bytes: readFileSync(path.join(GENERAL, name)) }));
const clauses = { name: 'clauses.yaml', kind: 'clauses' as const, bytes: readFileSync(path.resolve(GENERAL, '../../procedures/clauses.yaml')) };
const { plants, findings } = assemblePacks([...general, clauses, { name: 'any/plant.yaml', kind: 'rules', bytes: new TextEncoder().encode(PLANT) }]);
const pack = plants.find((plant) => plant.id === 'any') as PlantPack;
const NORMAL: Values = {
  'T-reaction-temperature': 60, 'T-reaction-pressure': 200, 'T-agitator': 'running', 'T-vibration': 40, 'T-blockage': 20, 'T-crossover': 0, 'T-relief-device': false, 'T-key-equipment': 'running',
  'T-power': true, 'T-steam-supply': 1, 'T-cooling-water': 0.5, 'T-instrument-air': 0.65, 'T-nitrogen': 0.7, 'T-control-system': false, 'T-flammable-gas': 0, 'T-toxic-gas': 0, 'T-fire': false, 'T-intrusion': false, 'T-heartbeat': 1,
};
const running = (): PlantStory => new PlantStory(pack, NORMAL);
const alarm = (story: PlantStory, id: string) => story.state.alarms.get(id);

test('4.1.1(1) 4.1.1(2) 4.1.1(3) 4.1.1(4) every service is looked at, every condition has both names of its tag and a whole card', () => {
  // No plant beside this one, so no procedure either; that the starts hold where there is one is the last story below.
  expect(findings.filter((finding) => finding.severity === 'error' && !finding.message.includes("unknown procedure 'P-4.1."))).toEqual([]);
  const looked = new Set(pack.conditions.flatMap((one) => SERVICES.filter((service) => one.id.endsWith(`-T-${service}`))));
  expect([...looked].sort()).toEqual([...SERVICES].sort());
  expect(pack.conditions.filter((one) => `${JSON.stringify(one.title)}${JSON.stringify(one.card)}`.includes('{tag}'))).toEqual([]);
  expect(pack.conditions.filter((one) => one.role !== 'input' && one.card === undefined)).toEqual([]);
});

test('4.1.1(1) an hour with noise raises nothing in any plant', { timeout: 60_000 }, () => {
  const story = running().play([[0, {}], [60, {}]], { noisePercent: 0.3, seed: 11 });
  expect(story.everRaised('trigger', 'warning')).toEqual([]);
});

/** [service, condition, just within, just beyond, seconds until it counts] */
const FIGURES: readonly (readonly [service: string, condition: string, within: SampleValue, beyond: SampleValue, waitS: number])[] = [
  ['vibration', 'C-4.1.1(1)-VIBRATION', 89.9, 90, 2], ['vibration', 'W-4.1.1(1)-VIBRATION', 59.9, 60, 5],
  ['blockage', 'C-4.1.1(1)-BLOCKED', 79.9, 80, 10], ['crossover', 'C-4.1.1(1)-CROSSOVER', 199, 200, 5], ['crossover', 'W-4.1.1(1)-CROSSOVER', 49, 50, 10],
  ['agitator', 'C-4.1.1(1)-AGITATOR', 'stopped', 'fault', 1], ['relief-device', 'C-4.1.1(2)-RELIEF', false, true, 1],
  ['key-equipment', 'C-4.1.1(3)-EQUIPMENT', 'stopped', 'fault', 5], ['power', 'C-4.1.1(3)-POWER', true, false, 2],
  ['steam-supply', 'C-4.1.1(3)-STEAM', 0.61, 0.6, 10], ['steam-supply', 'W-4.1.1(3)-STEAM', 0.76, 0.75, 10], ['cooling-water', 'C-4.1.1(3)-COOLING-WATER', 0.33, 0.32, 5],
  ['instrument-air', 'C-4.1.1(3)-INSTRUMENT-AIR', 0.41, 0.4, 5], ['nitrogen', 'C-4.1.1(3)-NITROGEN', 0.41, 0.4, 10], ['control-system', 'C-4.1.1(3)-CONTROL-SYSTEM', false, true, 1],
  ['flammable-gas', 'W-4.1.1(4)-FLAMMABLE', 24.9, 25, 1], ['flammable-gas', 'C-4.1.1(4)-FLAMMABLE', 49.9, 50, 1],
  ['toxic-gas', 'W-4.1.1(4)-TOXIC', 24.7, 24.75, 1], ['toxic-gas', 'C-4.1.1(4)-TOXIC', 49.4, 49.5, 1], ['fire', 'C-4.1.1(4)-FIRE', false, true, 1], ['intrusion', 'W-V.4-INTRUSION', false, true, 1],
];

describe('4.1.1(1) 4.1.1(2) 4.1.1(3) 4.1.1(4) V.4 figures for any tag of a service: within is silent, at the figure it counts, a bad value never does', () => {
  test.each(FIGURES)('%s: %s', (service, template, within, beyond, waitS) => {
    const [tag, id] = [`T-${service}`, `${template}-T-${service}`];
    const story = running().set({ [tag]: within }).run((waitS + 2) * 1000);
    expect(story.isRaised(id)).toBe(false);
    expect(alarm(story.set({ [tag]: beyond }).run(waitS * 1000), id)).toBeDefined();
    expect(running().bad(tag).set({ [tag]: beyond }).run((waitS + 2) * 1000).isRaised(id)).toBe(false);
  });
});

describe('4.1.1(1) temperature running away and pressure changing suddenly', () => {
  const course = (tag: string, perMin: number, minutes = 3): PlantStory => running().play([[0, { [tag]: Number(NORMAL[tag]) }], [minutes, { [tag]: Number(NORMAL[tag]) + perMin * minutes }]]);
  test.each([
    ['W-4.1.1(1)-RISING-T-reaction-temperature', 'T-reaction-temperature', 1.4, 1.6, 4], ['C-4.1.1(1)-RUNAWAY-T-reaction-temperature', 'T-reaction-temperature', 2.9, 3.1, 4],
    ['C-4.1.1(1)-PRESSURE-T-reaction-pressure', 'T-reaction-pressure', 59, 61, 1], ['C-4.1.1(1)-PRESSURE-T-reaction-pressure', 'T-reaction-pressure', -59, -61, 1],
  ] as const)('%s %s: %d a minute is within, %d is not', (id, tag, within, beyond, minutes) => {
    expect(course(tag, within, minutes).isRaised(id)).toBe(false);
    expect(course(tag, beyond, minutes).isRaised(id)).toBe(true);
  });
  test('a temperature falling fast runs away from nothing', () => expect(course('T-reaction-temperature', -10).everRaised('trigger')).toEqual([]));
});

describe('4.1.1(1) 4.1.1(2) 4.1.1(3) 4.1.1(4) 4.1.1(5) 4.1.2 H.3 V.4 what people see and report', () => {
  test.each([
    ['RUNAWAY-SEEN', 'C-4.1.1(1)-RUNAWAY-SEEN'], ['EXPLOSIVE-POLYMERISATION', 'C-4.1.1(1)-EXPLOSIVE-POLYMERISATION'], ['BOIL-OVER', 'C-4.1.1(1)-BOIL-OVER'], ['LINE-BLOCKED', 'C-4.1.1(1)-LINE-BLOCKED'],
    ['MEDIA-CROSSOVER', 'C-4.1.1(1)-MEDIA-CROSSOVER'], ['AGITATION-LOST', 'C-4.1.1(1)-AGITATION-LOST'], ['VIOLENT-VIBRATION', 'C-4.1.1(1)-VIOLENT-VIBRATION'], ['RELIEF-OPENED', 'C-4.1.1(2)-RELIEF-OPENED'],
    ['KEY-EQUIPMENT-FAILED', 'C-4.1.1(3)-KEY-EQUIPMENT-FAILED'], ['UTILITY-LOST', 'C-4.1.1(3)-UTILITY-LOST'], ['DCS-PANEL-LOST', 'C-4.1.1(3)-PANEL'], ['LEAK-SEEN', 'C-4.1.1(4)-LEAK-SEEN'], ['FIRE-SEEN', 'C-4.1.1(4)-FIRE-SEEN'],
    ['EARTHQUAKE', 'C-4.1.1(5)-EARTHQUAKE'], ['TYPHOON', 'C-4.1.1(5)-TYPHOON'], ['HEAVY-RAIN', 'C-4.1.1(5)-HEAVY-RAIN'], ['NATURAL-DISASTER', 'C-4.1.1(5)-NATURAL-DISASTER'], ['WITHDRAWAL-ORDER', 'C-H.3-WITHDRAWAL-ORDER'],
    ['HAZARD-WARNING', 'W-H.3-HAZARD-WARNING'], ['INTRUSION-SEEN', 'W-V.4-INTRUSION-SEEN'], ['UNFORESEEN', 'C-4.1.2-UNFORESEEN'],
  ])('%s', (observation, id) => {
    const story = running().see(observation, false);
    expect(story.isRaised(id)).toBe(false);
    expect(alarm(story.see(observation), id)).toBeDefined();
  });
});

describe('4.1.1(3) 3.6 what cannot be seen is not good', () => {
  test.each([['T-reaction-temperature', 'W-4.1.1(3)-TEMPERATURE-BLIND', 6], ['T-reaction-temperature', 'W-4.1.1(3)-TEMPERATURE-BAD', 3], ['T-reaction-pressure', 'W-4.1.1(3)-PRESSURE-BLIND', 6], ['T-flammable-gas', 'W-4.1.1(4)-FLAMMABLE-BLIND', 11], ['T-toxic-gas', 'W-4.1.1(4)-TOXIC-BLIND', 11], ['T-heartbeat', 'C-4.1.1(3)-BEAT', 1]] as const)('%s: %s', (tag, template, waitS) => {
    expect(running().bad(tag).run(waitS * 1000).isRaised(`${template}-${tag}`)).toBe(true);
  });
});

test('4.1.2 a trigger of a plant without procedures leads to the plain stop', () => {
  const story = running().set({ 'T-relief-device': true });
  expect(story.facts.some((fact) => fact.type === 'no-procedure.raised' && fact.data.because.includes('C-4.1.1(2)-RELIEF-T-relief-device'))).toBe(true);
});

test('4.1.1(2) 4.1.1(4) 3.6 relief, gas and fire alarms stay after the value is good again', () => {
  const story = running().set({ 'T-relief-device': true, 'T-flammable-gas': 60, 'T-fire': true }).run(1_000).set({ 'T-relief-device': false, 'T-flammable-gas': 0, 'T-fire': false }).run(5_000);
  for (const id of ['C-4.1.1(2)-RELIEF-T-relief-device', 'C-4.1.1(4)-FLAMMABLE-T-flammable-gas', 'C-4.1.1(4)-FIRE-T-fire']) {
    expect(story.isRaised(id), id).toBe(false);
    expect(alarm(story, id), id).toBeDefined();
  }
});

test('4.1.1(3) 4.1.2 a plant that has the procedures starts them from the general rules', () => {
  const h2o2 = new Map(shippedPlant('h2o2').conditions.map((one) => [one.id, one]));
  expect(h2o2.get('C-4.1.1(3)-EQUIPMENT-K-4201')?.starts).toEqual(['P-4.1.1(3)']);
  expect(h2o2.get('C-4.1.1(3)-PANEL')?.starts).toEqual(['P-4.1.1(3)']);
  expect(h2o2.get('C-4.1.2-UNFORESEEN')?.starts).toEqual(['P-4.1.2']);
});
