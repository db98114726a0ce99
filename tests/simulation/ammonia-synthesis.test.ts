/** The ammonia plant as the machine runs it (research/simulators.md 4 and 8; docs/design/simulator-ammonia-synthesis.md). */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import { parse } from 'yaml';
import { invariants, THROUGHPUT_S } from '../../simulators/plants/ammonia-synthesis/balances.ts';
import { AMMONIA_SYNTHESIS, AmmoniaPlant } from '../../simulators/plants/ammonia-synthesis/plant.ts';
import { tagsAsRules } from '../support/simulators/tags-as-rules.ts';
import { WatchedPlant } from '../support/simulators/watched-plant.ts';

vi.setConfig({ testTimeout: 240_000 });
const ROOT = join(import.meta.dirname, '../..');
const yaml = (file: string): unknown => parse(readFileSync(join(ROOT, file), 'utf8'));

function plantAt(start = 'normal', seed = 5): AmmoniaPlant {
  const plant = new AmmoniaPlant(seed);
  expect(plant.begin(start)).toMatchObject({ ok: true });
  plant.step(10);
  return plant;
}
const withoutInterlocks = (plant: AmmoniaPlant): AmmoniaPlant => {
  for (const id of Object.keys(plant.functions)) plant.command(`HS-${id}-BYP`, true);
  return plant;
};
/** seconds until the tag is there; NaN: never */
function secondsUntil(plant: AmmoniaPlant, tag: string, isThere: (value: number) => boolean, limitS: number): number {
  const fromS = plant.timeS;
  while (plant.timeS - fromS < limitS) {
    plant.step(0.5);
    if (isThere(Number(plant.tag(tag).value))) return plant.timeS - fromS;
  }
  return Number.NaN;
}

describe('tags', () => tagsAsRules(AMMONIA_SYNTHESIS, 'REQ-SAS-01'));

describe('REQ-SAS-04 nothing is lost', () => {
  test('V29-V31 through running, a trip, the flare, a restart: C, H, O and energy of the gasifier, H and N of the loop, energy of the converter', () => {
    const plant = plantAt();
    const before = invariants(plant.x);
    plant.step(600);
    plant.inject('F3-12', { severity: 1 });
    plant.step(300);
    expect(plant.tripped()).toContain('I-3501');
    plant.command('HS-3001', true);
    plant.step(240);
    const after = invariants(plant.x);
    for (const [sum, through] of Object.entries(THROUGHPUT_S) as [keyof typeof after, number][]) {
      expect(Math.abs(after[sum] - before[sum]) / (through * 900), sum).toBeLessThan(sum.endsWith('MJ') ? 1e-8 : 1e-9);
    }
  });

  test('V33 snapshot, on for ten minutes with a fault, back, the same again: identical bytes', () => {
    const plant = plantAt('normal', 11);
    plant.inject('F3-01', { severity: 0.8 });
    plant.step(20);
    const kept = plant.snapshot();
    plant.step(600);
    const once = JSON.stringify(plant.snapshot());
    expect(plant.restore(kept)).toMatchObject({ ok: true });
    plant.step(600);
    expect(JSON.stringify(plant.snapshot())).toBe(once);
  });
});

describe('REQ-SAS-05 normal running', () => {
  test('twenty minutes of settled running, noise included, raises no condition of the rules and trips nothing', () => {
    const watched = new WatchedPlant(AMMONIA_SYNTHESIS, { seed: 4 });
    watched.run(1200, undefined, 4);
    expect([...watched.story.firstRaisedMin.keys()].filter((id) => /^[CWN]-/u.test(id))).toEqual([]);
    expect(watched.machine.tripped()).toEqual([]);
    const normal: readonly [string, number, number][] = [
      ['TI-3104A', 1215, 15], ['PI-3105A', 4, 0.03], ['FFI-3103', 453, 4], ['PDI-3106', 1.6, 0.05], ['LI-3107A', 60, 2], ['AI-3108', 500, 60], ['TI-3605', 800, 3], ['TI-3606', 960, 3], ['TI-3204', 415, 3], ['TI-3205', 300, 5],
      ['AI-3206', 0.4, 0.05], ['TI-3304', 335, 3], ['AI-3305', 0.35, 0.06], ['PI-3401', 3.2, 0.03], ['PI-3402', 19.8, 0.1], ['TI-3403', 135, 2], ['II-3406', 820, 8], ['VI-3407', 25, 2], ['TI-3513', 442, 4], ['TI-3516', 511, 2], ['TI-3519', 510, 2],
      ['TI-3520', 180, 3], ['PI-3501', 19.9, 0.08], ['TI-3502', 250, 1], ['AI-3503', 4.17, 0.1], ['AI-3504', 18.4, 0.3], ['AI-3505', 3, 0.03], ['MI-3506', 2.25, 0.2], ['LI-3541A', 50, 2], ['PI-3551A', 1.8, 0.03], ['PI-3561', 4, 0.03], ['PI-3571', 0.45, 0.01], ['PI-3901', 3, 0.3],
    ];
    for (const [tag, value, tolerance] of normal) expect(Math.abs(watched.machine.analog(tag) - value), `${tag} ${watched.machine.analog(tag)}`).toBeLessThan(tolerance);
  });

  test('every other start begins, shows itself, and trips nothing for half a minute', () => {
    for (const { id } of AMMONIA_SYNTHESIS.starts) {
      const plant = plantAt(id);
      plant.step(30);
      expect(plant.tripped(), id).toEqual([]);
    }
    expect(plantAt('shift-reduction').tag('XS-3209').value).toBe(true);
    expect(plantAt('gasifier-at-pressure').analog('PI-3105A')).toBeGreaterThan(0.8);
    expect(plantAt('loop-170-swinging').analog('MI-3506')).toBeLessThan(0);
  });
});

interface Interlock { id: string; sets: Record<string, string> }
const STATES: Readonly<Record<string, number>> = { closed: 0, stopped: 0, open: 1, running: 1 };

describe('REQ-SAS-06 safety system (4.4)', () => {
  test('what rules/ammonia-synthesis/interlocks.yaml says that each function sets really happens within 6 s of its trip', () => {
    const demand: Readonly<Record<string, readonly [string, number][]>> = {
      'I-3101': [['FFI-3103', 490]], 'I-3102': [['PI-3105A', 4.5], ['PI-3105B', 4.5]], 'I-3201': [['TI-3203', 480], ['TI-3204', 480]], 'I-3301': [['AI-3305', 1.5]], 'I-3401': [['TI-3403', 170]],
      'I-3501': [['TI-3520', 290]], 'I-3541': [['LI-3541A', 5], ['LI-3541C', 5]], 'I-3561': [['PI-3561', 4.7]], 'I-3601': [['FFI-3603', 2.2]], 'I-3901': [['PI-3901', 90]],
    };
    for (const { id, sets } of (yaml('rules/ammonia-synthesis/interlocks.yaml') as { interlocks: Interlock[] }).interlocks) {
      const plant = plantAt();
      if (id === 'I-3401') plant.command('HS-3408', true);
      for (const [tag, value] of demand[id]!) plant.setTag(tag, value);
      expect(Number.isFinite(secondsUntil(plant, `${id}-TRIP`, (v) => v === 1, 8)), `${id} trips`).toBe(true);
      plant.step(6);
      for (const [tag, word] of Object.entries(sets)) expect(plant.tag(tag).value, `${id} sets ${tag}`).toBe(STATES[word]);
      expect(plant.functions[id]!.state.firstOut, id).not.toBeNull();
      expect(plant.command('HS-3003', true).ok, `${id} is not reset while it demands`).toBe(false);
    }
  });

  test('A3.5 after a trip the oxygen vent stays shut, ordered or not, until the gasifier is below 0.1 MPa; then it opens', () => {
    const plant = plantAt();
    plant.inject('F3-03');
    plant.step(20);
    expect(plant.tripped()).toContain('I-3101');
    plant.order('XV-3103', 1);
    plant.step(60);
    expect(plant.analog('PI-3105A')).toBeGreaterThan(0.5);
    expect(plant.tag('XV-3103').value).toBe(0);
    expect(Number.isFinite(secondsUntil(plant, 'XV-3103', (v) => v !== 0, 600))).toBe(true);
    expect(plant.analog('PI-3105A')).toBeLessThan(0.1);
  });

  test('the emergency stop leaves no oxygen, fuel or feed on, and pressure on every catalyst; a reset alone starts nothing', () => {
    const plant = plantAt();
    plant.command('HS-3001', true);
    plant.command('HS-3002', true);
    plant.step(120);
    for (const tag of ['XV-3102A', 'XV-3102B', 'P-3101', 'XV-3601', 'XV-3602', 'K-3401', 'K-3402', 'XV-3543', 'XV-3301']) expect(plant.tag(tag).value, tag).toBe(0);
    for (const tag of ['XV-3105', 'XV-3104', 'XV-3202', 'XV-3302', 'XV-3508']) expect(plant.tag(tag).value, tag).toBe(1);
    for (const tag of ['PC-3100', 'PC-3500']) expect(plant.tag(tag).value, tag).toBe(0);
    expect(plant.analog('PI-3210')).toBeGreaterThan(0.1);
    expect(plant.analog('PI-3307')).toBeGreaterThan(0.1);
    expect(plant.analog('FI-3602')).toBeLessThan(600);
    plant.command('HS-3003', true);
    plant.step(20);
    expect(plant.tag('XV-3102A').value).toBe(0);
  });

  test('every device that a procedure of Annex 3 orders is a device of the plant', () => {
    const files = [...readdirSync(join(ROOT, 'procedures/annex-3')).map((f) => `procedures/annex-3/${f}`), ...readdirSync(join(ROOT, 'procedures/general')).filter((f) => f.includes('-AS')).map((f) => `procedures/general/${f}`)];
    const named = new Set<string>();
    for (const file of files) {
      const { steps, continuous } = yaml(file) as { steps?: { sets?: object }[]; continuous?: { sets?: object }[] };
      for (const { sets } of [...(steps ?? []), ...(continuous ?? [])]) for (const tag of Object.keys(sets ?? {})) named.add(tag);
    }
    expect(named.size).toBeGreaterThan(15);
    expect([...named].filter((tag) => !Object.hasOwn(AMMONIA_SYNTHESIS.devices, tag))).toEqual([]);
  });
});

describe('REQ-SAS-07 faults leave their signatures (4.5)', () => {
  test('F3-03 A3.1(8): no slurry within 2 s, ratio beyond 550, oxygen in the gas within a second; F3-04: about 0.1 MPa a second', () => {
    const plant = withoutInterlocks(plantAt());
    plant.inject('F3-03');
    plant.step(3.5);
    expect(plant.analog('FI-3101A')).toBeLessThan(5);
    plant.step(0.5);
    expect(plant.analog('FFI-3103')).toBe(550);
    expect((100 * plant.truth()['gO2']!) / 10).toBeGreaterThan(5);
    const blocked = withoutInterlocks(plantAt());
    blocked.inject('F3-04', { rampS: 0 });
    blocked.step(2);
    const before = blocked.analog('PI-3105A');
    blocked.step(4);
    expect((blocked.analog('PI-3105A') - before) / 4).toBeGreaterThan(0.06);
    expect((blocked.analog('PI-3105A') - before) / 4).toBeLessThan(0.14);
  });

  test('F3-01 A3.1(8): FFI-3103 swings by 14, TI-3104 by 25 K or more, both about their normal values', () => {
    const plant = plantAt();
    plant.inject('F3-01');
    let low = 9999, high = 0, cold = 9999, hot = 0;
    for (let i = 0; i < 200; i++) {
      plant.step(1);
      low = Math.min(low, plant.analog('FFI-3103'));
      high = Math.max(high, plant.analog('FFI-3103'));
      if (i > 60) {
        cold = Math.min(cold, plant.analog('TI-3104A'));
        hot = Math.max(hot, plant.analog('TI-3104A'));
      }
    }
    expect(Math.abs((high - low) / 2 - 14)).toBeLessThan(3);
    expect((hot - cold) / 2).toBeGreaterThan(22);
    expect((hot - cold) / 2).toBeLessThan(45);
  });

  test('F3-09 A3.7: TI-3302 gains 121 K (5) within 200 s; F3-12: bed 1 passes 530 degC in less than 5 min; F3-20: 18 to 25 bar in 8 to 30 s', () => {
    const plant = withoutInterlocks(plantAt());
    const before = plant.analog('TI-3302');
    plant.inject('F3-09');
    plant.inject('F3-12');
    plant.inject('F3-20', { severity: 1 });
    plant.step(200);
    expect(Math.abs(plant.analog('TI-3302') - before - 121)).toBeLessThan(5);
    expect(secondsUntil(plant, 'TI-3513', (v) => v > 530, 100) + 200).toBeLessThan(300);
    expect(Number.isFinite(secondsUntil(plant, 'PI-3551A', (v) => v > 1.95 + 0.05, 240))).toBe(true);
    const rise = secondsUntil(plant, 'PI-3551A', (v) => v > 2.5, 60);
    expect(rise).toBeGreaterThan(4);
    expect(rise).toBeLessThan(30);
    expect(plant.analog('LI-3541A')).toBeGreaterThan(48);
    expect(plant.analog('LI-3542')).toBeLessThan(3);
    expect(plant.margins().find(({ id }) => id === 'M-FLASH')!.isLost).toBe(true);
  });

  test('F3-21, F3-22 A3.1(7): 1 bar/s at 3.6 kg/s, 0.5 bar/min from the coil; F3-18: current to about 1000 A, vibration beyond 80; F3-23 stops every machine', () => {
    const plant = withoutInterlocks(plantAt());
    plant.inject('F3-22');
    plant.inject('F3-18');
    const chiller = plant.analog('PI-3571');
    plant.step(60);
    expect(Math.abs(plant.analog('PI-3571') - chiller - 0.05)).toBeLessThan(0.02);
    plant.step(25);
    expect(plant.analog('II-3406')).toBeGreaterThan(950);
    expect(plant.analog('VI-3407')).toBeGreaterThan(75);
    const drum = plant.analog('PI-3561');
    plant.inject('F3-21', { severity: 2 });
    plant.step(5);
    expect((plant.analog('PI-3561') - drum) / 5).toBeGreaterThan(0.07);
    plant.inject('F3-23');
    plant.step(12);
    for (const tag of ['P-3101', 'K-3401', 'K-3402']) expect(plant.tag(tag).value, tag).toBe(0);
    expect(plant.tag('XS-3911').value).toBe(false);
  });
});

describe('REQ-SAS-08 what is forbidden can be done, and hurts', () => {
  const margin = (plant: AmmoniaPlant, id: string) => plant.margins().find((each) => each.id === id)!;

  test('A3.5 the oxygen line first: syngas runs back into it and burns', () => {
    const plant = plantAt('gasifier-at-pressure');
    expect(plant.order('XV-3103', 1)).toMatchObject({ ok: true });
    plant.step(40);
    expect(plant.analog('PI-3117')).toBeLessThan(plant.analog('PI-3105A'));
    expect(plant.truth()['lineSyngas']).toBeGreaterThan(0.01);
    plant.step(400);
    expect(margin(plant, 'M-OXYGEN-LINE').isLost).toBe(true);
    expect(plant.tag('XS-3119').value).toBe(true);
  });

  test('A3.6 lit without purge it explodes; purged and analysed it lights', () => {
    const light = (plant: AmmoniaPlant, slurryFirstS: number): void => {
      plant.order('BS-3113', 1);
      for (const device of ['P-3101', 'XV-3101']) plant.order(device, 1);
      plant.step(slurryFirstS);
      for (const device of ['XV-3102A', 'XV-3102B']) plant.order(device, 1);
      plant.step(10);
    };
    const dark = plantAt('gasifier-dark');
    expect(dark.laboratory('PURGE-FUEL')).toMatchObject({ ok: true });
    light(dark, 0);
    expect(margin(dark, 'M-BURST').isLost).toBe(true);
    const purged = plantAt('gasifier-purged');
    const fuel = purged.laboratory('PURGE-FUEL');
    expect(fuel.ok && fuel.value.value < 0.5).toBe(true);
    light(purged, 15);
    expect(margin(purged, 'M-BURST').isLost).toBe(false);
    expect(purged.tag('XS-3110').value).toBe(true);
  });

  test('A3.7 vented to nothing a hot catalyst draws air and heats up; A3.4 a flange opened under pressure lets gas into the house', () => {
    const plant = withoutInterlocks(plantAt());
    for (const [device, position] of [['XV-3301', 0], ['K-3401', 0], ['HV-3303', 1]] as const) plant.order(device, position);
    plant.step(20);
    plant.order('FL-3301', 1);
    plant.step(60);
    expect(margin(plant, 'M-OPENED').isLost).toBe(true);
    expect(plant.analog('GD-3401A')).toBeGreaterThan(20);
    plant.step(420);
    expect(plant.analog('PI-3307')).toBeLessThan(0.02);
    expect(margin(plant, 'M-METHANATOR-MPA').isLost).toBe(true);
    plant.step(60);
    expect(plant.analog('TI-3301')).toBeGreaterThan(450);
    expect(margin(plant, 'M-METHANATOR').isLost).toBe(true);
  });

  test('A3.2 people may crowd at the gasifier, and 3.5 a forced reset holds every function down', () => {
    const plant = plantAt();
    expect(plant.placePeople('PC-3100', 8)).toMatchObject({ ok: true });
    expect(plant.tag('PC-3100').value).toBe(8);
    plant.inject('F3-28', { rampS: 0 });
    plant.step(60);
    expect(plant.tripped()).toContain('I-3102');
    plant.command('HS-3004', true);
    plant.step(1);
    expect(plant.tripped()).toEqual([]);
  });
});
