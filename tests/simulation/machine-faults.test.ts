/** REQ-INS-02: faults begin by a trigger, together, by chance, and again; a trigger that cannot be read is refused with its column; all of it is in the snapshot. */
import { describe, expect, test } from 'vitest';
import { envelope } from '../../simulators/kernel/fault-envelope.ts';
import { H2o2Plant } from '../../simulators/plants/h2o2/plant.ts';

const phases = (plant: H2o2Plant): Record<string, string> => Object.fromEntries(plant.faults.map(({ id, phase, sinceS }) => [id, phase === 'begun' ? `begun ${sinceS}` : phase]));

describe('REQ-INS-02 triggers of faults', () => {
  test('a bad trigger is refused with the column, a bad option with its bounds, and nothing is put on', () => {
    const plant = new H2o2Plant(1);
    expect(plant.inject('F4-02', { when: 'TI-4203 > 55 and TI-9999 > 1' })).toMatchObject({ ok: false, message: expect.stringMatching(/F4-02.*Column 18.*TI-9999/u) as unknown });
    expect(plant.inject('F4-02', { when: 7 }).ok).toBe(false);
    for (const options of [{ group: '' }, { probability: 1.01 }, { repeatS: 60 }, { repeats: 3 }, { repeatS: 60, durationS: 61 }, { repeatS: 60, durationS: 5, repeats: 1.5 }, { sometimes: true }]) expect(plant.inject('F4-02', options), JSON.stringify(options)).toMatchObject({ ok: false, message: expect.stringMatching(/.{20}/u) as unknown });
    expect(plant.faults).toEqual([]);
  });

  test('a group begins at one moment, when the trigger of one of its members holds; an outsider without a trigger begins at once', () => {
    const plant = new H2o2Plant(1);
    plant.step(2);
    plant.markBeginning();
    for (const [id, options] of [['F4-03', { group: 'dip' }], ['F4-02', { group: 'dip', when: 't >= 3 and XV-4101 = open' }], ['F4-07', { group: 'other' }], ['F4-01', { when: 'HS-4002' }]] as const) expect(plant.inject(id, options).ok).toBe(true);
    plant.step(2.75);
    expect(phases(plant)).toEqual({ 'F4-03': 'waiting', 'F4-02': 'waiting', 'F4-07': 'begun 2', 'F4-01': 'waiting' });
    plant.step(0.5);
    expect(phases(plant)).toMatchObject({ 'F4-03': 'begun 5', 'F4-02': 'begun 5', 'F4-01': 'waiting' });
    plant.command('HS-4002', true);
    plant.step(0.25);
    expect(phases(plant)).toMatchObject({ 'F4-01': 'begun 5.25' });
  });

  test('chance is drawn once for a cause, by the seed, leaves the noise alone, and a snapshot taken before it draws the same again', () => {
    const outcomes = Array.from({ length: 40 }, (_, seed) => {
      const plant = new H2o2Plant(seed);
      plant.inject('F4-02', { group: 'dip', probability: 0.5, delayS: 100 });
      plant.inject('F4-03', { group: 'dip', probability: 0.5, delayS: 100 });
      plant.inject('F4-01', { probability: 0, delayS: 100 });
      const before = plant.snapshot();
      plant.step(0.25);
      const first = phases(plant);
      expect(first['F4-01']).toBe('missed');
      expect(first['F4-02']).toBe(first['F4-03']);
      expect(plant.restore(before).ok).toBe(true);
      plant.step(0.25);
      expect(phases(plant)).toEqual(first);
      const quiet = new H2o2Plant(seed);
      quiet.step(0.25);
      expect(plant.tags()).toEqual(quiet.tags());
      return first['F4-02'] === 'missed' ? 0 : 1;
    });
    const share = outcomes.reduce<number>((sum, each) => sum + each, 0) / outcomes.length;
    expect(share).toBeGreaterThan(0.2);
    expect(share).toBeLessThan(0.8);
  });

  test('a repeating fault comes so often, each time for its duration, and not once more', () => {
    const options = { severity: 1, rampS: 0, delayS: 2, durationS: 3, repeatS: 10, repeats: 3 };
    const on = Array.from({ length: 50 }, (_, s) => envelope(options, s)).flatMap((strength, s) => (strength > 0 ? [s] : []));
    expect(on).toEqual([2, 3, 4, 12, 13, 14, 22, 23, 24]);
  });
});
