/** The ammonium-nitrate plant: acceptance numbers of research/simulators.md 8.1, closure, replay, faults, SIS, what is forbidden. docs/design/simulator-ammonium-nitrate.md */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import { parse } from 'yaml';
import { nitrateDay } from '../../simulators/acceptance/closure.ts';
import { Integrator } from '../../simulators/kernel/integrator.ts';
import { initialState, putMixer } from '../../simulators/plants/ammonium-nitrate/initial.ts';
import { normalInputs } from '../../simulators/plants/ammonium-nitrate/inputs.ts';
import { mixC } from '../../simulators/plants/ammonium-nitrate/mixing.ts';
import { P } from '../../simulators/plants/ammonium-nitrate/parameters.ts';
import { invariants, physics } from '../../simulators/plants/ammonium-nitrate/physics.ts';
import { AMMONIUM_NITRATE, AmmoniumNitratePlant } from '../../simulators/plants/ammonium-nitrate/plant.ts';
import { massKg } from '../../simulators/plants/ammonium-nitrate/solution.ts';
import { STATE_COUNT, X } from '../../simulators/plants/ammonium-nitrate/states.ts';
import * as T from '../../simulators/plants/ammonium-nitrate/thermo.ts';
import { tagsAsRules } from '../support/simulators/tags-as-rules.ts';
import { WatchedPlant } from '../support/simulators/watched-plant.ts';

// hours of plant time: a busy machine may take its time, speed is not what is tested
vi.setConfig({ testTimeout: 240_000 });

const ROOT = join(import.meta.dirname, '../..');
const near = (value: number, expected: number, tolerance: number): void => expect(Math.abs(value - expected), `${String(value)} against ${String(expected)}`).toBeLessThanOrEqual(tolerance);
const within = (value: number, expected: number, share: number): void => near(value, expected, share * expected);
const begun = (start = 'normal', seed = 1): AmmoniumNitratePlant => {
  const plant = new AmmoniumNitratePlant(seed);
  expect(plant.begin(start)).toEqual({ ok: true, value: null });
  plant.step(5);
  return plant;
};
const bypass = (plant: AmmoniumNitratePlant, ...functions: string[]): void => functions.forEach((id) => plant.command(`HS-${id}-BYP`, true));
const word = (plant: AmmoniumNitratePlant, id: string): string => {
  const tag = AMMONIUM_NITRATE.tags.find((t) => t.id === id);
  return tag?.kind === 'discrete' ? String(tag.states[Number(plant.tag(id).value)]) : '';
};
/** minutes until a tag has reached a value; NaN: never within the limit */
function minutesUntil(plant: AmmoniumNitratePlant, limitMin: number, tag: string, side: 'above' | 'below', value: number): number {
  const startS = plant.timeS;
  while (plant.timeS - startS < limitMin * 60) {
    const now = Number(plant.tag(tag).value);
    if (side === 'above' ? now >= value : now <= value) return (plant.timeS - startS) / 60;
    expect(plant.step(1).ok).toBe(true);
  }
  return Number.NaN;
}

describe('REQ-SAN-01 tags', () => tagsAsRules(AMMONIUM_NITRATE, 'REQ-SAN-01'));

describe('REQ-SAN-02 the numbers of ammonium nitrate', () => {
  test('EFMA: crystallisation points of its table, and 92.5 % boils at 122 degC under 40 kPa', () => {
    for (const [percent, freezes] of [[80, 57], [82.5, 65], [85, 75], [87.5, 85], [90, 96], [92.5, 108], [95, 122], [98, 146]] as const) near(T.crystallisationC(percent / 100), freezes, 1e-9);
    near(T.boilingC(0.925, 40), 122, 1.5);
    for (const ph of [1, 2, 4.57, 6]) near(T.samplePh(T.excessOf(ph)), ph, 1e-6);
  });

  test('A2.9 A2.10 the tanks left alone from 140 degC: nitro-sulfur 150 at 162, 160 at 217 min; nitro-chlorine 150 at 41, 160 at 55, 250 at 63 min', () => {
    const x = initialState();
    putMixer(x, X.m1N, P.mixKg, 140);
    putMixer(x, X.m2N, P.mixKg, 140);
    const u = { ...normalInputs(), mix1Run: 0, mix1Steam: 0, mix2Run: 0, mix2Steam: 0 };
    const integrator = new Integrator(STATE_COUNT, (_t, y, dy) => physics(y, dy, u), { maxStepS: 60, absolute: 1e-3 });
    let fromS = 0;
    for (const [i, temperature, minutes] of [[X.m2N, 150, 41], [X.m2N, 160, 55], [X.m2N, 250, 63], [X.m1N, 150, 162], [X.m1N, 160, 217]] as const) {
      const reached = integrator.advance(x, fromS, 5 * 3600, [{ name: 'hot', direction: 'rising', value: (_t, y) => mixC(y, i) - temperature }]);
      expect(reached.ok).toBe(true);
      fromS = reached.tS;
      within(fromS / 60, minutes, 0.08);
    }
  });
});

describe('REQ-SAN-03 nothing is lost, and the same again', () => {
  test('V29 V30 V31 mass, energy and nitrogen close over 24 h of disturbed running', () => {
    const { x, remainders } = nitrateDay();
    expect(x[X.bInKg]!).toBeGreaterThan(5e5);
    expect(remainders.filter(({ kind, share }) => !(share < (kind === 'V30' ? 1e-8 : 1e-9)))).toEqual([]);
  });

  test('V29 V30 V31 they close through a stop, a runaway of the mixing tank and water everywhere', () => {
    const plant = begun('nitro-cl-140');
    const before = invariants(plant.x);
    bypass(plant, 'I-2501');
    plant.inject('F2-16');
    plant.step(300);
    plant.command('HS-2001', true);
    plant.command('HS-2007', true);
    plant.step(300);
    const after = invariants(plant.x);
    expect(Math.abs(after.massKg - before.massKg) / plant.x[X.bInKg]!).toBeLessThan(1e-9);
    expect(Math.abs(after.nitrogenMol - before.nitrogenMol) / (plant.x[X.bInKg]! / 0.04)).toBeLessThan(1e-9);
    expect(Math.abs(after.energyJ - before.energyJ) / plant.x[X.bInJ]!).toBeLessThan(1e-8);
  });

});

describe('REQ-SAN-04 normal running', () => {
  test('V33 settled: an hour without a trip, every figure where research/simulators.md 3.3 has it; from a snapshot its last quarter again, byte for byte', () => {
    const plant = begun('normal', 42);
    plant.setMalfunction('TI-2205B', { kind: 'spike', size: 3 });
    plant.step(2700);
    const snapshot = JSON.stringify(plant.snapshot());
    plant.step(900);
    const other = new AmmoniumNitratePlant(1);
    expect(other.restore(JSON.parse(snapshot))).toEqual({ ok: true, value: null });
    other.step(900);
    expect(JSON.stringify([other.snapshot(), other.tags()])).toBe(JSON.stringify([plant.snapshot(), plant.tags()]));
    expect(plant.tripped()).toEqual([]);
    for (const [tag, value, tolerance] of [
      ['LIC-2101', 50, 3], ['TI-2102', 65, 1], ['PIC-2101', 0.52, 0.01], ['FI-2201', 4.26, 0.1], ['FI-2202', 28.6, 0.6], ['FFI-2203', 1.003, 0.006], ['FSD-2203', 0.8, 0.6], ['AI-2204A', 6, 0.5], ['TI-2205A', 179, 1], ['PI-2206', 0.3, 0.01],
      ['TI-2211', 135, 3], ['AI-2212', 5.5, 0.5], ['PI-2211', 110, 4], ['TI-2301A', 132, 1], ['AI-2302', 5.5, 0.5], ['TI-2401', 122, 1.5], ['PI-2401', 40, 1], ['TI-2402', 175, 1.5], ['PI-2402', 14, 1], ['LI-2403', 30, 3], ['LI-2404', 30, 3], ['FI-2406', 20, 1],
      ['TI-2411', 174, 1.5], ['KQ-2411', 4, 0.3], ['TI-2412', 173, 1.5], ['KQ-2412', 8, 0.5], ['II-2413', 48, 2], ['TI-2414', 176, 2], ['PI-2415', 1.2, 0.05], ['FI-2416', 20, 1], ['TI-2501', 165, 1.5], ['TI-2502', 138, 2], ['TI-2520A', 172, 2],
    ] as const) near(Number(plant.tag(tag).value), value, tolerance);
    expect(plant.margins().filter((m) => m.isLost)).toEqual([]);
  });

  test('the real conditions engine raises nothing that a person would hear of in normal running', () => {
    const watched = new WatchedPlant(AMMONIUM_NITRATE, { seed: 5 }).run(240);
    expect([...watched.story.firstRaisedMin.keys()].filter((id) => /^[CWN]-/u.test(id) && !id.includes('//'))).toEqual([]);
  });
});

describe('REQ-SAN-05 faults show the signatures of research/simulators.md 3.5', () => {
  test('F2-01 foaming: evaporator 50 to 85 % and preheater 65 to about 38 degC in 6 min; F2-02 1 to 4 K/min (A2.2)', () => {
    const plant = begun();
    bypass(plant, 'I-2101');
    plant.inject('F2-01');
    plant.step(400);
    near(plant.analog('LIC-2101'), 85, 6);
    near(plant.analog('TI-2102'), 38, 6);
    expect(plant.observation('AMMONIA-CARRY-OVER')).toEqual({ ok: true, value: true });
    const cold = begun();
    cold.inject('F2-02');
    cold.step(150);
    expect(65 - cold.analog('TI-2102')).toBeGreaterThan(2.5);
    expect(65 - cold.analog('TI-2102')).toBeLessThan(10);
  });

  test('F2-03 hunting: oscillation 12 to 18 % (A2.3); F2-04 ammonia 20 % short: pH 2 within 40 s, 1.0 at 2.9 min, blue smoke, colour (A2.4)', () => {
    const hunting = begun();
    bypass(hunting, 'I-2201');
    hunting.inject('F2-03');
    hunting.step(120);
    expect(hunting.analog('FSD-2203')).toBeGreaterThan(12);
    expect(hunting.analog('FSD-2203')).toBeLessThan(19);
    const acid = begun();
    bypass(acid, 'I-2201', 'I-2202');
    acid.inject('F2-04');
    expect(minutesUntil(acid, 2, 'AI-2204A', 'below', 2)).toBeLessThan(0.7);
    near(minutesUntil(acid, 6, 'AI-2204A', 'below', 1) + 0.4, 2.9, 0.6);
    expect(minutesUntil(acid, 6, 'XS-2209', 'above', 1)).toBeLessThan(4);
    expect(acid.tag('XS-2208').value).toBe(true);
    expect(acid.margins().find((m) => m.id === 'PH-NEUTRALISER')?.value).toBeLessThan(1.1);
  });

  test('F2-05 a coated probe goes on reading 6 while the truth is acid; F2-06 a leak empties the neutraliser and smells of ammonia (A2.5)', () => {
    const plant = begun();
    bypass(plant, 'I-2201', 'I-2202');
    plant.inject('F2-05');
    plant.inject('F2-04');
    plant.inject('F2-06');
    plant.step(180);
    near(plant.analog('AI-2204A'), 6, 0.3);
    expect(plant.laboratory('PH-R2201')).toMatchObject({ ok: true });
    expect(plant.margins().find((m) => m.id === 'PH-NEUTRALISER')?.value).toBeLessThan(1.3);
    expect(plant.analog('GD-2207')).toBeGreaterThan(45);
    expect(plant.analog('LI-2207')).toBeLessThan(35);
  });

  test('F2-07 F2-17 chloride and oil have no effect until something heats the tank; F2-08 acid and chloride take its margin (A2.1)', () => {
    const plant = begun();
    plant.inject('F2-07');
    plant.inject('F2-17');
    plant.step(600);
    expect(plant.analog('AI-2303')).toBeGreaterThan(22);
    near(plant.analog('TI-2301A'), 132, 1.5);
    const acid = begun('tank-hot');
    const ofTank = (): number => acid.margins().find((m) => m.id === 'TMRAD-TANK')?.value ?? 0;
    const before = ofTank();
    acid.inject('F2-08');
    acid.step(600);
    expect(acid.analog('TI-2301C') - acid.analog('TI-2301B')).toBeGreaterThan(1.5);
    near(acid.analog('AI-2302'), 2, 0.2);
    expect(ofTank()).toBeLessThan(0.3 * before);
  });

  test('F2-10 the second leg plugs: separator 30 to 75 %, melt 20 to below 3 t/h in 5 min; condensate dissolves it (A2.6); F2-11 vacuum 14 to 60 kPa', () => {
    const plant = begun();
    bypass(plant, 'I-2401');
    plant.inject('F2-10');
    plant.step(300);
    expect(plant.analog('LI-2404')).toBeGreaterThan(75);
    expect(plant.analog('FI-2406')).toBeLessThan(3);
    plant.clear('F2-10');
    plant.order('XV-2404', 1);
    expect(plant.truth()['e2Phi']).toBeGreaterThan(0.85);
    plant.step(90);
    expect(plant.truth()['e2Phi']).toBeLessThan(0.1);
    const vacuum = begun();
    vacuum.inject('F2-11');
    vacuum.step(420);
    near(vacuum.analog('PI-2402'), 60, 4);
  });

  test('F2-12 prilling stops with the steam on: the clocks count, the seal tank rises by 0.6 K/min (A2.7)', () => {
    const plant = begun();
    bypass(plant, 'I-2402');
    plant.inject('F2-12');
    plant.step(120);
    const [from, min] = [plant.analog('TI-2411'), plant.analog('KQ-2411')];
    plant.step(600);
    near((plant.analog('TI-2411') - from) / 10, 0.7, 0.2);
    near(plant.analog('KQ-2411') - min, 10, 0.1);
    expect(word(plant, 'XS-2500')).toBe('stopped');
  });

  test('F2-13 the melt pump against a plug: pressure to shut-off, no flow, casing 6 K/min and more (A2.8); metal makes it worse', () => {
    const plant = begun();
    bypass(plant, 'I-2403');
    plant.inject('F2-13');
    plant.step(90);
    expect(plant.analog('PI-2415')).toBeGreaterThan(1.9);
    expect(plant.analog('FI-2416')).toBeLessThan(0.5);
    const from = plant.analog('TI-2414');
    plant.step(60);
    expect(plant.analog('TI-2414') - from).toBeGreaterThan(5);
    expect(plant.analog('TI-2414') - from).toBeLessThan(11);
    plant.command('HS-METAL-TOOLS', true);
    plant.step(65);
    expect(plant.observation('METAL-TOOLS')).toEqual({ ok: true, value: true });
    expect(plant.tag('XA-2903').value).toBe(true);
  });

  test('F2-14 from 150 degC: 160 at about 52 min (A2.9); F2-16 the tower above 185 degC with smoke and gas, water from afar cools it (A2.11)', () => {
    const plant = begun('nitro-s-150');
    bypass(plant, 'I-2501');
    plant.inject('F2-14');
    within(minutesUntil(plant, 70, 'TI-2501', 'above', 160), 52, 0.12);
    const tower = begun();
    tower.inject('F2-16');
    expect(minutesUntil(tower, 3, 'I-2502-TRIP', 'above', 1)).toBeLessThan(2);
    expect(tower.tag('XS-2521').value).toBe(true);
    expect(word(tower, 'ZS-2530')).toBe('run');
    tower.step(240);
    expect([word(tower, 'ZS-2530'), word(tower, 'JS-2520'), word(tower, 'XV-2521'), word(tower, 'XV-2520')]).toEqual(['locked', 'off', 'open', 'closed']);
    expect(tower.analog('TI-2520A')).toBeLessThan(150);
    expect(tower.analog('GD-2522')).toBeLessThan(5);
  });

  test('F2-09 the accident of 1994: probes read well, colour and temperature tell; F2-18 water that does not come; F2-19 the store', () => {
    const plant = begun('stopped');
    plant.inject('F2-09');
    plant.inject('F2-19');
    expect(minutesUntil(plant, 15, 'XS-2209', 'above', 1)).toBeLessThan(14);
    expect(minutesUntil(plant, 10, 'XS-2601', 'above', 1)).toBeLessThan(10);
    expect(plant.analog('AI-2204A')).toBeGreaterThan(4);
    expect(plant.analog('TI-2205A')).toBeGreaterThan(126);
    plant.inject('F2-18');
    plant.order('XV-2302', 1);
    plant.step(20);
    expect(plant.analog('FI-2302')).toBeLessThan(0.5);
  });
});

describe('REQ-SAN-06 the SIS does what rules/ammonium-nitrate/interlocks.yaml says it sets', () => {
  const interlocks = (parse(readFileSync(join(ROOT, 'rules/ammonium-nitrate/interlocks.yaml'), 'utf8')) as { interlocks: { id: string; sets: Record<string, string> }[] }).interlocks;
  /** how each function is made to trip: what its transmitters are made to show */
  const DEMANDS: Record<string, Record<string, number>> = {
    'I-2101': { 'LI-2103': 40 }, 'I-2201': { 'FFI-2203': 0.9 }, 'I-2202': { 'AI-2204A': 0.5, 'AI-2204B': 0.5 }, 'I-2203': { 'TI-2205A': 200, 'TI-2205C': 200 }, 'I-2301': { 'AI-2304': 80 },
    'I-2401': { 'LI-2404': 80 }, 'I-2402': { 'TI-2412': 190 }, 'I-2403': { 'PI-2415': 1.9 }, 'I-2501': { 'TI-2502': 157 }, 'I-2502': { 'TI-2520A': 190, 'GD-2522': 30 },
  };
  test.each(interlocks.map(({ id, sets }) => [id, sets] as const))('%s', (id, sets) => {
    const plant = begun();
    for (const [tag, value] of Object.entries(DEMANDS[id]!)) plant.setTag(tag, value);
    plant.step(45);
    expect(plant.tripped()).toContain(id);
    expect(plant.functions[id]?.state.firstOut).not.toBeNull();
    // I-2501 moves the valves of the tank that tripped
    for (const [device, state] of Object.entries(sets)) if (!(id === 'I-2501' && device.startsWith('XV-2501') && state === 'open')) expect(word(plant, device), device).toBe(state);
    // both feeds gone: I-2201 has nothing to demand any more, the others still do
    expect(plant.command('HS-2003', true).ok).toBe(id === 'I-2201');
  });

  test('one of three pH probes alone does not trip; a bypassed function does not act; a reset does not feed again by itself (3.3, 3.5)', () => {
    const plant = begun();
    plant.setTag('AI-2204A', 0.5);
    plant.step(10);
    expect(plant.tripped()).toEqual([]);
    bypass(plant, 'I-2202');
    plant.setTag('AI-2204B', 0.5);
    plant.step(10);
    expect(plant.tripped()).toEqual([]);
    plant.command('HS-I-2202-BYP', false);
    plant.step(5);
    expect(plant.tripped()).toEqual(['I-2202']);
    plant.setTag('AI-2204A', null);
    plant.setTag('AI-2204B', null);
    plant.step(20);
    expect(plant.command('HS-2003', true).ok).toBe(true);
    plant.step(20);
    expect(word(plant, 'XV-2202')).toBe('closed');
    // A2.3: whoever opens it by hand does
    plant.order('XV-2202', 1);
    plant.order('XV-2201', 1);
    plant.step(20);
    expect(plant.analog('FI-2202')).toBeGreaterThan(20);
  });
});

describe('REQ-SAN-07 what is forbidden can be done, and hurts', () => {
  test('A2.6 heating on with a plugged leg dries and overheats the melt; A2.2 running on with foam fills the drum and chills the preheater', () => {
    const plant = begun();
    bypass(plant, 'I-2401', 'I-2101');
    plant.inject('F2-10');
    plant.order('XV-2403', 0);
    plant.inject('F2-01', { severity: 1.5 });
    const from = plant.analog('LI-2103');
    plant.step(420);
    expect(plant.analog('LI-2103')).toBeGreaterThan(from + 5);
    expect(plant.analog('TI-2102')).toBeLessThan(35);
  });

  test('A2.5 hot work at the leak sets fire; A2.8 the solution pump that is not stopped passes 155 degC', () => {
    const plant = begun();
    plant.inject('F2-06');
    plant.inject('F2-13B');
    plant.step(120);
    expect(plant.tag('XA-2903').value).toBe(false);
    plant.command('HS-HOT-WORK', true);
    plant.step(2);
    expect(plant.tag('XA-2903').value).toBe(true);
    expect(minutesUntil(plant, 4, 'TI-2311A', 'above', 155)).toBeLessThan(4);
  });
});

describe('REQ-SAN-08 every start and every device of the procedures is there', () => {
  test('each start begins; the tanks that are held are where the start says', () => {
    for (const { id } of AMMONIUM_NITRATE.starts) begun(id);
    near(begun('nitro-s-157').analog('TI-2501'), 157, 0.5);
    const held = begun('prilling-held');
    held.command('HS-2500', true);
    held.step(12);
    expect(word(held, 'XS-2500')).toBe('stopped');
    near(held.analog('KQ-2411'), 14.2, 0.3);
    expect(begun('tank-hot').analog('AI-2302')).toBeLessThan(3.2);
  });

  test('every valve and machine that a step of Annex 2 or an -AN procedure sets is a device that moves', () => {
    const files = ['annex-2', 'general'].flatMap((folder) => readdirSync(join(ROOT, 'procedures', folder)).filter((f) => folder === 'annex-2' || f.includes('-AN')).map((f) => join(ROOT, 'procedures', folder, f)));
    const named = new Set(files.flatMap((file) => (parse(readFileSync(file, 'utf8')) as { steps: { sets?: Record<string, string> }[] }).steps.flatMap(({ sets }) => Object.keys(sets ?? {}))));
    expect(named.size).toBeGreaterThan(25);
    const plant = begun();
    for (const device of named) {
      const before = plant.devices[device]?.position;
      expect(before, device).toBeDefined();
      expect(plant.order(device, before! > 0.5 ? 0 : 1).ok, device).toBe(true);
    }
    const start = Object.fromEntries([...named].map((device) => [device, plant.devices[device]!.position]));
    plant.step(15);
    for (const device of named) expect(Math.abs(plant.devices[device]!.position - start[device]!), device).toBeGreaterThan(0.9);
    // water, dump and steam do what they are for
    expect(plant.analog('FI-2302')).toBeGreaterThan(25);
    expect(massKg(plant.x, X.sA)).toBeLessThan(P.sealKg * 0.95);
    expect(plant.analog('FI-2202')).toBeLessThan(1);
  });
});
