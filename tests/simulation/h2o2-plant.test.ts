import { describe, expect, test, vi } from 'vitest';
import { H2o2Plant } from '../../simulators/plants/h2o2/plant.ts';

// hours of plant time: a busy machine may take its time, speed is not what is tested
vi.setConfig({ testTimeout: 240_000 });

function started(): H2o2Plant {
  const plant = new H2o2Plant(5);
  plant.step(30);
  return plant;
}

/** minutes until every condition has been met once; NaN for one that never was */
function minutesUntil(plant: H2o2Plant, limitMin: number, conditions: readonly [string, 'above' | 'below', number][]): number[] {
  const startS = plant.timeS;
  const met = conditions.map(() => Number.NaN);
  while (plant.timeS - startS < limitMin * 60 && met.some(Number.isNaN)) {
    expect(plant.step(1).ok).toBe(true);
    conditions.forEach(([tag, side, limit], i) => {
      const value = plant.analog(tag);
      if (Number.isNaN(met[i]!) && (side === 'above' ? value >= limit : value <= limit)) met[i] = (plant.timeS - startS) / 60;
    });
  }
  return met;
}

function word(plant: H2o2Plant, id: string): number {
  return Number(plant.tag(id).value);
}
const CLOSED = 0, OPEN = 1, STOPPED = 0, RUNNING = 1;

/** research/simulators.md 5.3: low and high limits (the first ones) */
const LIMITS: readonly [string, number | null, number | null][] = [
  ['TI-4101', 40, 65], ['TI-4102', 40, 65], ['TI-4103', 40, 65], ['PI-4104', 0.22, 0.32], ['AI-4106A', null, 1], ['AI-4106B', null, 1], ['AI-4106C', null, 1], ['AI-4107', 6, 8],
  ['LI-4108A', 30, 75], ['LI-4108B', 30, 75], ['LI-4108C', 30, 75], ['TI-4201', 42, 55], ['TI-4202', 42, 55], ['TI-4203', 42, 55], ['LI-4204A', 30, 75], ['AI-4207', 2, 6], ['AI-4208', 4, 9],
  ['TI-4211', null, 48], ['TI-4212', null, 48], ['TI-4301', null, 53], ['TI-4302', null, 53], ['TI-4303', null, 53], ['LDI-4304', 35, 70], ['AI-4305A', null, 0.25], ['AI-4305B', null, 0.25],
  ['XS-4306', null, 0.3], ['AI-4307', 94, null], ['TI-4308', null, 53], ['TI-4401', null, 70], ['TI-4402', null, 70], ['TI-4403', null, 70], ['TI-4502A', null, 60], ['TI-4502B', null, 60],
  ['PI-4502', null, 0.02], ['TI-4801A', null, 35], ['TI-4801B', null, 35], ['TI-4801C', null, 35], ['FI-4901', 1.5, null], ['FI-4902', 18.5, null],
];
const NORMAL: readonly [string, number, number][] = [
  ['TI-4101', 48, 0.5], ['TI-4102', 52, 0.5], ['TI-4103', 56, 0.5], ['PI-4104', 0.28, 0.01], ['FI-4105', 4120, 60], ['AI-4107', 7, 0.15], ['LI-4108A', 50, 2], ['TI-4201', 48, 0.6], ['TI-4202', 50, 0.6],
  ['TI-4203', 52, 0.6], ['LI-4204A', 50, 2], ['AI-4207', 3.5, 0.15], ['AI-4209', 6.9, 0.15], ['TI-4301', 45, 0.6], ['TI-4302', 46, 0.6], ['TI-4303', 47, 0.6], ['LDI-4304', 50, 2], ['AI-4305A', 0.19, 0.02],
  ['XS-4306', 0.05, 0.02], ['AI-4307', 97, 0.6], ['TI-4402', 50, 0.6], ['TI-4502A', 45, 0.6], ['LI-4502', 60, 1], ['TI-4801A', 28, 0.3], ['LI-4801', 70, 1], ['FI-4901', 2.1, 0.05], ['FI-4902', 20, 0.3], ['FI-4109', 893, 6],
];

describe('REQ-SIM-05 normal running is settled', () => {
  test('thirty minutes of normal running, noise included, touch no limit of 5.3, move no rate, trip nothing', () => {
    const plant = started();
    for (let second = 0; second < 1800; second++) {
      plant.step(1);
      for (const [tag, low, high] of LIMITS) {
        const value = plant.analog(tag);
        if ((low !== null && value <= low) || (high !== null && value >= high)) expect.fail(`${tag} = ${value} after ${second} s`);
      }
    }
    for (const [tag, normal, tolerance] of NORMAL) expect(Math.abs(plant.analog(tag) - normal), `${tag} ${plant.analog(tag)}`).toBeLessThan(tolerance);
    expect(plant.tripped()).toEqual([]);
    expect(plant.memory['tankRateKh']).toBeLessThan(1);
  });
});

describe('REQ-SIM-07 faults leave their signatures (5.5)', () => {
  test('F4-02 A4-2(2) cooling water lost: TI-4203 passes 60 degC after 9-12 min, its neighbours a bit less or later, then I-4200 trips', () => {
    const plant = started();
    plant.inject('F4-02');
    const [at60] = minutesUntil(plant, 14, [['TI-4203', 'above', 60]]);
    expect(at60).toBeGreaterThan(9);
    expect(at60).toBeLessThan(12);
    expect(plant.analog('TI-4201')).toBeLessThan(60);
    expect(plant.analog('FI-4213')).toBeLessThan(50);
    plant.step(60);
    expect(plant.tripped()).toEqual(['I-4200']);
  });

  test('F4-02F the fast one takes 60-95 s and goes on beyond 70 degC while I-4200 is bypassed', () => {
    const plant = started();
    plant.command('HS-I-4200-BYP', true);
    plant.inject('F4-02F');
    const [at60] = minutesUntil(plant, 3, [['TI-4203', 'above', 60]]);
    expect(at60! * 60).toBeGreaterThan(60);
    expect(at60! * 60).toBeLessThan(95);
    plant.step(180);
    expect(plant.analog('TI-4203')).toBeGreaterThan(70);
    expect(plant.tripped()).toEqual([]);
  });

  const signatures: readonly [string, string, number, readonly [string, 'above' | 'below', number, number, number][]][] = [
    ['F4-01', 'A4-2(1) separator valve stuck open', 6, [['LI-4108A', 'below', 15.2, 3, 5]]],
    // units that have nothing to do with each other share a run: acid, residue, preparation vessel, clay bed, product tank
    ['F4-03 F4-10 F4-11 F4-12 F4-17', 'A4-7 acid lost, A4-8 residue heats itself, A4-5 preparation vessel sucks peroxide, A4-9 hot spot in the clay, A4-11 tank contaminated', 75, [
      ['AI-4207', 'below', 2, 25, 36], ['AI-4207', 'below', 1, 48, 62], ['TI-4211', 'above', 54.9, 12, 18], ['PI-4502', 'above', 0.05, 0.5, 3], ['TI-4502A', 'above', 60, 1, 4], ['TI-4502B', 'above', 70, 2, 6],
      ['TI-4402', 'above', 70, 10, 18], ['TI-4402', 'above', 84.9, 18, 26], ['TI-4801A', 'above', 31, 20, 60],
    ]],
    ['F4-04', 'A4-2(3) level hunting', 25, [['LI-4204A', 'above', 75, 5, 18], ['LI-4204A', 'above', 84.9, 8, 22]]],
    ['F4-07', 'A4-2(4) interface stuck', 15, [['LDI-4304', 'above', 84.9, 10, 14]]],
    ['F4-08', 'A4-2(6) emulsion', 15, [['XS-4306', 'above', 0.3, 1, 5], ['XS-4306', 'above', 0.59, 5, 14]]],
    ['F4-09', 'A4-1 metal in the extraction', 40, [['PI-4303', 'above', 0.12, 2, 15], ['TI-4302', 'above', 53, 5, 20], ['TI-4303', 'above', 59.9, 20, 40]]],
    ['F4-20', 'A4-2 power failure', 2, [['FI-4109', 'below', 20, 0, 0.5], ['FI-4210', 'below', 100, 0, 0.5]]],
  ];
  test.each(signatures)('%s %s', (id, _title, limitMin, conditions) => {
    const plant = started();
    for (const each of id.split(' ')) expect(plant.inject(each).ok).toBe(true);
    const times = minutesUntil(plant, limitMin, conditions.map(([tag, side, limit]) => [tag, side, limit]));
    conditions.forEach(([tag, , limit, fromMin, toMin], i) => {
      expect(times[i], `${tag} to ${limit}`).toBeGreaterThan(fromMin);
      expect(times[i], `${tag} to ${limit}`).toBeLessThan(toMin);
    });
  });

  test('F4-06 A4-2(5) water to extraction low: 0.25 then 0.30 g/L; A4-2(7) with I-4300 bypassed the oxygen in the tail gas follows: 1 then 2 vol% within 20-40 min of 0.30 g/L', () => {
    const plant = started();
    plant.command('HS-I-4300-BYP', true);
    plant.inject('F4-06');
    const [high, raffinate, one, two] = minutesUntil(plant, 62, [['AI-4305A', 'above', 0.25], ['AI-4305A', 'above', 0.301], ['AI-4106A', 'above', 1], ['AI-4106A', 'above', 2]]);
    expect(high).toBeGreaterThan(5);
    expect(high).toBeLessThan(18);
    expect(raffinate).toBeGreaterThan(15);
    expect(raffinate).toBeLessThan(26);
    expect(one).toBeGreaterThan(raffinate!);
    expect(two! - raffinate!).toBeGreaterThan(15);
    expect(two! - raffinate!).toBeLessThan(40);
  });

  test('a fault has severity, delay, ramp and duration, and unknown or wild options are refused', () => {
    const plant = started();
    expect(plant.inject('F4-06', { severity: 0.5, delayS: 20, rampS: 10, durationS: 60 }).ok).toBe(true);
    plant.step(15);
    expect(plant.analog('FI-4902')).toBeGreaterThan(19.5);
    plant.step(30);
    expect(plant.analog('FI-4902')).toBeCloseTo(17.5, 0);
    plant.step(90);
    expect(plant.analog('FI-4902')).toBeGreaterThan(19.5);
    for (const bad of [{ severity: 3 }, { severity: -1 }, { rampS: 'x' }, { nonsense: 1 }, [], 'text']) expect(plant.inject('F4-06', bad).ok).toBe(false);
    expect(plant.inject('F9-99').ok).toBe(false);
  });
});

describe('REQ-SIM-08 stop and SIS by the cause-and-effect matrix (5.4)', () => {
  const expectStopped = (plant: H2o2Plant): void => {
    plant.step(30);
    for (const id of ['XV-4101', 'XV-4203', 'XV-4301', 'XV-4302', 'XV-4104', 'XV-4401', 'XV-4502']) expect(word(plant, id), id).toBe(CLOSED);
    for (const id of ['XV-4102', 'XV-4205']) expect(word(plant, id), id).toBe(OPEN);
    for (const id of ['K-4201', 'P-4109']) expect(word(plant, id), id).toBe(STOPPED);
    expect(word(plant, 'P-4901')).toBe(RUNNING);
    expect(plant.analog('FI-4109')).toBeLessThan(20);
    expect(plant.analog('FI-4902')).toBeGreaterThan(19);
    expect(plant.analog('FI-4901')).toBeGreaterThan(1.9);
  };

  test.each([
    ['I-4100', ['LI-4108A', 'LI-4108B'], 14.9], ['I-4100', ['AI-4106A', 'AI-4106C'], 2.1], ['I-4200', ['TI-4202', 'TI-4203'], 60], ['I-4200', ['LI-4204B', 'LI-4204C'], 85],
    ['I-4210', ['AI-4207'], 0.9], ['I-4300', ['TI-4302'], 60], ['I-4300', ['TI-4308'], 60.5], ['I-4300', ['LDI-4304'], 86], ['I-4300', ['AI-4305A', 'AI-4305B'], 0.31], ['I-4300', ['XS-4306'], 0.61],
  ] as const)('%s trips on %j at %d and stops the whole plant', (id, tags, value) => {
    const plant = started();
    for (const tag of tags) plant.setTag(tag, value);
    plant.step(65);
    expect(plant.tripped()).toContain(id);
    expectStopped(plant);
  });

  test('one of three high is no trip, and 59.9 is not 60', () => {
    const plant = started();
    plant.setTag('TI-4201', 80);
    plant.setTag('TI-4202', 59.9);
    plant.setTag('TI-4203', 59.9);
    plant.step(60);
    expect(plant.tripped()).toEqual([]);
    plant.setTag('TI-4203', 60);
    plant.step(2);
    expect(plant.tripped()).toEqual(['I-4200']);
  });

  test.each([
    ['I-4400', 'TI-4402', 85, { 'XV-4401': CLOSED, 'XV-4104': CLOSED, 'XV-4402': OPEN }], ['I-4502', 'PI-4502', 0.05, { 'XV-4502': CLOSED, 'XV-4503': OPEN, 'XV-4504': OPEN, 'XV-4505': CLOSED, 'ZS-4502': OPEN }],
    ['I-4801', 'PI-4801', 10, { 'XV-4801': OPEN, 'XV-4802': OPEN, 'XV-4803': OPEN }],
  ] as const)('%s acts on its own unit only', (id, tag, value, effects) => {
    const plant = started();
    plant.setTag(tag, value);
    plant.step(20);
    expect(plant.tripped()).toEqual([id]);
    for (const [device, expected] of Object.entries(effects)) expect(word(plant, device), device).toBe(expected);
    expect(word(plant, 'K-4201')).toBe(RUNNING);
  });

  test('emergency stop from a runaway: hydrogen shut in 3 s, pumps 5 s later, below 50 degC within 8 min, no level trips afterwards', () => {
    const plant = started();
    plant.command('HS-I-4200-BYP', true);
    plant.inject('F4-02F');
    minutesUntil(plant, 3, [['TI-4203', 'above', 61]]);
    plant.command('HS-4001', true);
    plant.step(3.25);
    expect(word(plant, 'XV-4101')).toBe(CLOSED);
    expect(word(plant, 'P-4109')).toBe(RUNNING);
    expectStopped(plant);
    const [below50] = minutesUntil(plant, 10, [['TI-4203', 'below', 50]]);
    expect(below50).toBeGreaterThan(3);
    expect(below50).toBeLessThan(8);
    expect(plant.tripped()).toEqual([]);
  });

  test('3.3 a bypassed function does not trip and shows its key; a bad transmitter shows as fault', () => {
    const plant = started();
    plant.command('HS-I-4200-BYP', true);
    plant.setTag('TI-4202', 70);
    plant.setTag('TI-4203', 70);
    plant.setMalfunction('TI-4101', { kind: 'bad-quality', size: 0 });
    plant.setMalfunction('LI-4108A', { kind: 'bad-quality', size: 0 });
    plant.step(30);
    expect(plant.tag('I-4200-BYP').value).toBe(true);
    expect(plant.tag('I-4200-TRIP').value).toBe(false);
    expect(plant.tag('I-4100-FLT').value).toBe(true);
    expect(plant.tag('TI-4101').good).toBe(false);
  });

  test('REQ-ILK-15 3.3 a function whose inputs are forced sees nothing, and shows it; the key shows commanded and confirmed', () => {
    const plant = started();
    plant.command('HS-I-4200-FRC', true);
    plant.command('HS-I-4100-BYP', true);
    plant.setTag('TI-4202', 70);
    plant.setTag('TI-4203', 70);
    plant.step(30);
    expect(['I-4200-FRC', 'I-4200-TRIP', 'I-4200-BYP', 'I-4200-BYPC', 'I-4100-BYP', 'I-4100-BYPC', 'I-4100-FRC'].map((id) => plant.tag(id).value)).toEqual([true, false, false, false, true, true, false]);
    plant.command('HS-I-4200-FRC', false);
    plant.step(10);
    expect(['I-4200-FRC', 'I-4200-TRIP'].map((id) => plant.tag(id).value)).toEqual([false, true]);
  });

  test('3.5 reset works only when initiators are healthy, restart only after reset; a forced reset holds for 60 s and then the function trips again', () => {
    const plant = started();
    plant.setTag('TI-4202', 61);
    plant.setTag('TI-4203', 61);
    plant.step(10);
    expect(plant.command('HS-4003', true)).toMatchObject({ ok: false });
    plant.command('HS-4003', false);
    expect(plant.command('HS-4005', true).ok).toBe(false);
    plant.command('HS-4005', false);
    plant.command('HS-4004', true);
    expect(plant.forcedReset).toBe(true);
    plant.step(50);
    expect(plant.tripped()).toEqual([]);
    plant.step(15);
    expect(plant.forcedReset).toBe(false);
    expect(plant.tripped()).toEqual(['I-4200']);
    plant.setTag('TI-4202', null);
    plant.setTag('TI-4203', null);
    plant.step(60);
    expect(plant.command('HS-4003', true).ok).toBe(true);
    expect(plant.command('HS-4005', true).ok).toBe(true);
    plant.step(120);
    expect(word(plant, 'XV-4101')).toBe(OPEN);
    expect(plant.analog('FI-4109')).toBeGreaterThan(850);
  });
});

describe('REQ-SIM-09 forbidden actions hurt', () => {
  test('A4-5 closing the vent lets the pressure of the preparation vessel run to its rupture disc', () => {
    const plant = started();
    plant.command('HS-I-4502-BYP', true);
    plant.command('HS-ZS-4502', true);
    plant.step(10);
    plant.inject('F4-11');
    const [high] = minutesUntil(plant, 8, [['PI-4502', 'above', 0.4]]);
    expect(high).toBeLessThan(6);
    plant.step(120);
    expect(plant.memory['prepDiscBroken']).toBe(true);
  });

  test('A4-5 water into the hot preparation vessel makes pressure, not safety', () => {
    const peak = (water: boolean): number => {
      const plant = started();
      plant.command('HS-I-4502-BYP', true);
      plant.inject('F4-11');
      plant.step(100);
      plant.command('HS-XV-4505', water);
      let highest = 0;
      for (let i = 0; i < 200; i++) {
        plant.step(1);
        highest = Math.max(highest, plant.analog('PI-4502'));
      }
      return highest;
    };
    expect(peak(true)).toBeGreaterThan(1.3 * peak(false));
  });

  test('A4-9 air to the hot clay bed doubles the rise', () => {
    const rise = (air: boolean): number => {
      const plant = started();
      plant.command('HS-XV-4403', air);
      plant.inject('F4-12');
      plant.step(300);
      return plant.analog('TI-4402') - 50;
    };
    expect(rise(true)).toBeGreaterThan(1.6 * rise(false));
  });

  test('A4-7 the manual acid port shows that it was opened', () => {
    const plant = started();
    plant.command('HS-XV-4902', true);
    plant.step(10);
    expect(word(plant, 'XV-4902')).toBe(OPEN);
  });
});

describe('REQ-SIM-10 people', () => {
  const heads = (plant: H2o2Plant): number[] => ['PC-4100', 'PC-4200', 'PC-4300', 'PC-4500', 'PC-4800'].map((id) => word(plant, id));
  test('4.2 the order to leave empties every zone within 60 s, the instructor moves people back in', () => {
    const plant = started();
    expect(heads(plant)).toEqual([2, 1, 1, 0, 0]);
    plant.placePeople('PC-4800', 3);
    plant.command('HS-4002', true);
    plant.step(30);
    expect(heads(plant).reduce((a, b) => a + b, 0)).toBeGreaterThan(0);
    plant.step(31);
    expect(heads(plant)).toEqual([0, 0, 0, 0, 0]);
    expect(plant.placePeople('PC-4200', 7)).toEqual({ ok: true, value: null });
    plant.step(1);
    expect(heads(plant)).toEqual([0, 7, 0, 0, 0]);
    expect(plant.placePeople('PC-4200', -1).ok).toBe(false);
    expect(plant.placePeople('PC-9', 1).ok).toBe(false);
  });
});
