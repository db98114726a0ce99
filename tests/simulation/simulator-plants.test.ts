/** REQ-INS-17: what the machine and the server promise holds for every plant and every design of it. */
import { describe, expect, test } from 'vitest';
import { runAhead } from '../../simulators/machine/ahead.ts';
import { PlantMachine } from '../../simulators/machine/machine.ts';
import { limitsNow } from '../../simulators/machine/alarm-limits.ts';
import { alarmTableOf } from '../../simulators/plants/alarm-limits.ts';
import { designsOf, plantOf, PLANTS } from '../../simulators/plants/index.ts';
import { SnapshotArchive } from '../../simulators/server/archive.ts';

const ALL = Object.values(PLANTS).flatMap((plant) => (designsOf(plant.id).length === 0 ? [plant] : designsOf(plant.id).flatMap((design) => plantOf(plant.id, design) ?? []))).map((plant) => ({ model: plant.model, plant }));

describe('REQ-INS-17 every plant', () => {
  test.each(ALL)('V33 $model: put away, taken out and restored, the same deeds give the same bytes', ({ plant: definition }) => {
    const plant = new PlantMachine(definition, 11);
    const archive = new SnapshotArchive();
    plant.step(30);
    plant.markBeginning();
    const [fault] = definition.faults;
    const [device] = Object.keys(definition.devices);
    const [sensor] = plant.sensors.keys();
    if (fault === undefined || device === undefined || sensor === undefined) throw new Error('a plant without faults, devices or transmitters');
    expect(plant.inject(fault.id, { when: 't > 10', probability: 0.9 }).ok).toBe(true);
    expect(plant.setMalfunction(sensor, { kind: 'delayed', size: 20 }).ok).toBe(true);
    plant.step(5);
    const packed = archive.pack(plant.snapshot());
    const run = (): string => {
      plant.order(device, 0);
      plant.step(15);
      plant.command(plant.commands[0]!.id, true);
      plant.step(40);
      return JSON.stringify([plant.snapshot(), plant.tags(), plant.margins()]);
    };
    const first = run();
    expect(plant.restore(archive.unpack(packed)).ok).toBe(true);
    expect(run()).toBe(first);
  });

  test.each(ALL)('REQ-INS-09 $model: ahead of a moment nothing is forgotten - hands on faceplates, keys, forced inputs, faults that wait, crews on their way, dead lines; with nothing done it is the plant as it goes on', ({ plant: definition }) => {
    const plant = new PlantMachine(definition, 12);
    const [first, second] = Object.keys(definition.devices);
    const [fault, other] = definition.faults;
    const [interlock] = Object.keys(definition.functions);
    const [zone] = Object.keys(definition.zones);
    if (first === undefined || second === undefined || fault === undefined || other === undefined || interlock === undefined || zone === undefined) throw new Error('a plant without devices, faults, functions or zones');
    for (const done of [
      plant.order(first, 0.3), plant.command(`HS-${interlock}-BYP`, true), plant.command(`HS-${interlock}-FRC`, true), plant.inject(fault.id, { rampS: 20 }), plant.inject(other.id, { when: 't > 25' }), plant.setFailure(second, { kind: 'slow', size: 3 }),
      plant.fieldAction({ kind: 'field', action: 'close', device: second, zone, crew: 2, walkS: 12, staysS: 5 }), plant.setComms({ radioLost: ['all'], dcs: 'still' }),
    ]) expect(done).toMatchObject({ ok: true });
    plant.step(8);
    const tags = [...plant.sensors.keys()].slice(0, 20);
    const ahead = runAhead(definition, plant.snapshot(), { id: 'nothing', title: { zh: '无', en: 'none' }, acts: [] }, { tags, endS: 30 });
    if (!ahead.ok) throw new Error(ahead.message);
    plant.step(30);
    expect(plant.orders.get(first)).toBe(0.3);
    expect(plant.orders.get(second)).toBe(0);
    expect(ahead.value.tags.map(({ tag, last }) => [tag, last])).toEqual(tags.map((tag) => [tag, plant.analog(tag)]));
    expect(ahead.value.end).toMatchObject({ running: plant.machine.running, tripped: plant.tripped() });
  });

  test.each(ALL)('$model: each limit of its DCS is one of an analog tag, within its range, in order, and none is passed in normal running', ({ plant: definition }) => {
    const { limits, rates } = alarmTableOf(definition.id);
    expect(limits.length).toBeGreaterThan(15);
    expect(new Set(limits.map(({ tag }) => tag)).size).toBe(limits.length);
    const plant = new PlantMachine(definition, 1);
    plant.step(120);
    for (const { tag, lowLow, low, high, highHigh } of limits) {
      const found = definition.tags.find(({ id }) => id === tag);
      // a design without this part of the plant has not its tags
      if (found === undefined && ALL.some(({ plant: other }) => other.id === definition.id && other.tags.some(({ id }) => id === tag))) continue;
      if (found?.kind !== 'analog') throw new Error(`${tag} is not an analog tag`);
      const inOrder = [lowLow, low, high, highHigh].filter((value) => value !== undefined);
      expect(inOrder, tag).toEqual([...inOrder].sort((a, b) => a - b));
      for (const value of inOrder) expect(value >= found.low && value <= found.high, `${tag} ${value}`).toBe(true);
      const shown = plant.analog(tag);
      expect([tag, shown, shown < (low ?? lowLow ?? Number.NEGATIVE_INFINITY), shown > (high ?? highHigh ?? Number.POSITIVE_INFINITY)]).toEqual([tag, shown, false, false]);
    }
    for (const { tag, inState } of limits) {
      if (inState === undefined) continue;
      const state = definition.tags.find(({ id }) => id === inState.tag);
      expect(state?.kind === 'discrete' && state.states.includes(inState.is), `${tag} while ${inState.tag} is ${inState.is}`).toBe(true);
    }
    for (const { tag } of rates) expect(plant.sensors.has(tag), tag).toBe(true);
  });

  test('A2.9 TI-2501 has the limits of running while it runs and those of the short stop (160 degC) while it is held', () => {
    const limit = alarmTableOf('ammonium-nitrate').limits.find(({ tag }) => tag === 'TI-2501');
    if (limit === undefined) throw new Error('no limit of TI-2501');
    const plant = new PlantMachine(PLANTS['ammonium-nitrate'], 1);
    plant.step(60);
    const now = (): { highHigh?: number } => limitsNow(limit, plant.readings().reading('XS-2501').value);
    expect(now()).toMatchObject({ low: 150, high: 170, highHigh: 175 });
    plant.command('HS-2501', true);
    plant.step(10);
    expect(plant.readings().reading('XS-2501').value).toBe('short-stop');
    expect(now()).toEqual({ low: 128, high: 145, highHigh: 160 });
  });
});
