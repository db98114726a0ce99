/** What annex 4 speaks of beside the main loop, and the forbidden actions of it: each can be done, and each hurts (research/simulators.md 5.5, 6.3). */
import { describe, expect, test, vi } from 'vitest';
import { H2o2Plant } from '../../simulators/plants/h2o2/plant.ts';

// hours of plant time: a busy machine may take its time, speed is not what is tested
vi.setConfig({ testTimeout: 240_000 });

function begun(start: string, ...faults: readonly [string, object?][]): H2o2Plant {
  const plant = new H2o2Plant(3);
  expect(plant.begin(start)).toEqual({ ok: true, value: null });
  for (const [id, options] of faults) expect(plant.inject(id, options).ok).toBe(true);
  return plant;
}
const lost = (plant: H2o2Plant): string[] => plant.margins().filter(({ isLost }) => isLost).map(({ id }) => id);
const lab = (plant: H2o2Plant, id: string): number => {
  const result = plant.laboratory(id);
  return result.ok ? result.value.value : Number.NaN;
};
const sees = (plant: H2o2Plant, id: string): boolean => {
  const seen = plant.observation(id);
  return seen.ok && seen.value;
};
const state = (plant: H2o2Plant, name: string): number => plant.truth()[name] ?? Number.NaN;

describe('REQ-SIM-21 A4.3 draining', () => {
  test('F4-14 hydrogen that leaks keeps the efficiency at 2 g/L; without the leak both come below 1 g/L while the solution circulates, and then draining is harmless', () => {
    const leaking = begun('stopped-residual', ['F4-14']);
    leaking.step(900);
    expect(leaking.analog('AI-4107')).toBeGreaterThan(1.8);
    const plant = begun('stopped-residual');
    expect(plant.analog('AI-4209')).toBeGreaterThan(2);
    plant.step(1500);
    expect(plant.analog('AI-4107')).toBeLessThan(0.5);
    expect(plant.analog('AI-4209')).toBeLessThan(1);
    plant.order('P-4109', 0);
    plant.order('XV-4105', 1);
    plant.order('XV-4206', 1);
    plant.step(900);
    expect(state(plant, 'towerM3')).toBeLessThan(22);
    expect(state(plant, 'dBM3')).toBeGreaterThan(20);
    expect(lost(plant)).toEqual([]);
    expect(Math.max(state(plant, 'dAC'), state(plant, 'dBC'))).toBeLessThan(60);
  });

  test('drained at 7 g/L the liquor makes peroxide and heat in its tank; two liquors in one tank run away at 2 g/L already', () => {
    const early = begun('normal');
    early.command('HS-XV-4105', true);
    early.step(420);
    expect(state(early, 'dAC')).toBeGreaterThan(80);
    expect(lost(early)).toContain('drained-liquor');
    const mixed = begun('stopped-residual');
    for (const device of ['HV-4106', 'XV-4105', 'XV-4206']) expect(mixed.order(device, 1).ok).toBe(true);
    mixed.step(300);
    expect(sees(mixed, 'DRAINS-MIXED')).toBe(true);
    expect(state(mixed, 'dAM3')).toBeLessThan(0.3);
    expect(lost(mixed)).toContain('drained-liquor');
  });
});

describe('REQ-SIM-22 A4.6 nitrogen purge of hydrogenation', () => {
  test('after a stop hydrogen goes from some 14 % below 0.5 % within an hour, at a pressure that holds; F4-15 leaves it in dead legs that only the laboratory sees', () => {
    const plant = begun('stopped', ['F4-15']);
    expect(lab(plant, 'PURGE-H2')).toBeGreaterThan(10);
    plant.step(3000);
    expect(plant.analog('PI-4104')).toBeGreaterThan(0.1);
    expect((100 * state(plant, 'hH2Mol')) / (state(plant, 'hH2Mol') + state(plant, 'hN2Mol'))).toBeLessThan(0.5);
    expect(lab(plant, 'PURGE-H2')).toBeGreaterThan(0.5);
    expect(lab(plant, 'PURGE-O2')).toBeGreaterThan(2);
    expect(plant.analog('AI-4106A')).toBeLessThan(0.3);
  });

  test('opened before the purge the gas explodes; opened after it, it does not; hydrogen let in at 6 % of oxygen explodes', () => {
    const early = begun('stopped');
    early.command('HS-WORK-4100', true);
    early.step(180);
    expect(sees(early, 'HYDROGENATION-WORK')).toBe(true);
    expect([early.memory['gasExploded'], sees(early, 'FIRE-SEEN')]).toEqual([true, true]);
    const good = begun('stopped-purged');
    good.command('HS-WORK-4100', true);
    good.step(600);
    expect(good.memory['gasExploded']).toBe(false);
    const started = begun('stopped-purged', ['F4-15', { severity: 2 }]);
    started.step(200);
    for (const button of ['HS-4003', 'HS-4005']) expect(started.command(button, true).ok).toBe(true);
    started.step(300);
    expect(started.memory['gasExploded']).toBe(true);
  });
});

describe('REQ-SIM-23 A4.8 oxidation residue', () => {
  test('by itself it goes to 55 degC and I-4211 dilutes; pure water and withdrawal in time cool it below 48 degC; closed vents burst the separator', () => {
    const alone = begun('residue-warm', ['F4-10']);
    alone.step(660);
    expect(alone.analog('TI-4211')).toBeGreaterThan(54);
    expect(sees(alone, 'RESIDUE-UNSTABLE')).toBe(true);
    alone.step(180);
    expect(alone.tripped()).toEqual(['I-4211']);
    expect(alone.analog('TI-4211')).toBeLessThan(50);
    const helped = begun('residue-warm', ['F4-10']);
    helped.step(240);
    for (const device of ['XV-4214', 'XV-4215']) helped.order(device, 1);
    helped.step(180);
    expect(helped.analog('TI-4211')).toBeLessThan(44);
    const shut = begun('residue-warm', ['F4-10']);
    for (const command of ['HS-ZS-4211', 'HS-ZS-4212', 'HS-I-4211-BYP']) shut.command(command, true);
    shut.step(420);
    expect([shut.memory['residueBurst'], sees(shut, 'RELIEF-OPENED')]).toEqual([true, true]);
  });
});

describe('REQ-SIM-24 A4.10 resin column, A4.1 concentrator', () => {
  test('washed from the bottom the column comes below 0.5 g/L in about 25 min; pressed empty with nitrogen alone (F4-16) it heats by 2 K/min and runs away', () => {
    const washed = begun('resin-idle');
    washed.order('XV-4302', 0);
    washed.order('HV-4702', 1);
    washed.step(1500);
    expect(lab(washed, 'RESIN-WASH-H2O2')).toBeLessThan(0.5);
    expect(lost(washed)).toEqual([]);
    const pressed = begun('resin-idle', ['F4-16']);
    pressed.order('XV-4302', 0);
    pressed.command('HS-I-4701-BYP', true);
    pressed.step(240);
    expect(sees(pressed, 'RESIN-NITROGEN-ONLY')).toBe(true);
    expect(lab(pressed, 'RESIN-WASH-H2O2')).toBeGreaterThan(25);
    const from = state(pressed, 'resinC');
    pressed.step(120);
    expect(state(pressed, 'resinC') - from).toBeGreaterThan(4);
    pressed.step(720);
    expect(lost(pressed)).toContain('resin');
    expect(sees(pressed, 'PEROXIDE-VESSEL-HEATING')).toBe(true);
  });

  test('F4-18 the concentrator goes to 40 kPa and +28 K while I-4601 is bypassed; not bypassed, steam is off and water in within a minute', () => {
    const bypassed = begun('normal', ['F4-18']);
    bypassed.command('HS-I-4601-BYP', true);
    bypassed.step(900);
    expect(state(bypassed, 'concKPa')).toBeGreaterThan(38);
    expect(state(bypassed, 'concC') - 55).toBeGreaterThan(26);
    expect(lost(bypassed)).toContain('concentrator');
    const kept = begun('normal', ['F4-18']);
    kept.step(240);
    expect(kept.tripped()).toEqual(['I-4601']);
    expect(state(kept, 'concC')).toBeLessThan(55);
  });
});

describe('REQ-SIM-25 over-hydrogenation and faults of section 4', () => {
  test('F4-19 the efficiency goes to 9.5 g/L, TI-4103 by some 4 K, solids fall out and the circulation gets less', () => {
    const plant = begun('full-hydroquinone', ['F4-19']);
    plant.step(2100);
    expect(plant.analog('AI-4107')).toBeGreaterThan(9);
    expect(plant.analog('AI-4107')).toBeLessThan(10.5);
    expect(plant.analog('TI-4103') - 56).toBeGreaterThan(3);
    expect(plant.analog('TI-4103') - 56).toBeLessThan(6);
    expect(state(plant, 'solids')).toBeGreaterThan(0.05);
    expect(plant.analog('FI-4109')).toBeLessThan(890);
  });

  test('4.1.1(1) a blocked line, 4.1.1(2) a relief valve, 4.1.1(3) a compressor, 4.1.1(4) a leak: each is seen on the spot and shows on the screens', () => {
    const plant = begun('normal', ['F4-23'], ['F4-22', { severity: 1.5 }]);
    plant.step(120);
    expect([sees(plant, 'RELIEF-OPENED'), sees(plant, 'LEAK-SEEN'), sees(plant, 'LINE-BLOCKED'), sees(plant, 'KEY-EQUIPMENT-FAILED')]).toEqual([true, true, false, false]);
    expect(plant.analog('FI-4105')).toBeGreaterThan(4300);
    expect(plant.analog('LDI-4304')).toBeLessThan(49);
    plant.inject('F4-24');
    plant.inject('F4-21', { severity: 0.5 });
    plant.step(120);
    expect([sees(plant, 'LINE-BLOCKED'), sees(plant, 'KEY-EQUIPMENT-FAILED')]).toEqual([true, true]);
    expect(plant.analog('FI-4210')).toBeLessThan(500);
    expect(plant.analog('LI-4204A')).toBeGreaterThan(75);
  });
});
