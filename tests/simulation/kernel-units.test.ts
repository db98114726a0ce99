import { describe, expect, test } from 'vitest';
import { Actuator } from '../../simulators/kernel/actuator.ts';
import { envelope } from '../../simulators/kernel/fault-envelope.ts';
import { deadHeadKS, liquidValveM3h, orificeFlowKgS, pumpHeadM } from '../../simulators/kernel/flow.ts';
import { luFactor, luSolve } from '../../simulators/kernel/linear.ts';
import { Pid } from '../../simulators/kernel/pid.ts';
import { RandomSource } from '../../simulators/kernel/random.ts';
import type { MalfunctionKind } from '../../simulators/kernel/sensor.ts';
import { Sensor } from '../../simulators/kernel/sensor.ts';
import { filmWM2K, jacketHeatingKS, overallWK, vesselHeatingKS } from '../../simulators/kernel/vessel.ts';
import type { Demand } from '../../simulators/kernel/voter.ts';
import { SafetyFunction } from '../../simulators/kernel/voter.ts';

describe('REQ-SIM-15 flow and heat', () => {
  test('V28 a dead-headed 22 kW pump with 60 kg of melt heats by 11 K/min', () => {
    expect(deadHeadKS(22_000, 60, 2000) * 60).toBeCloseTo(11, 1);
  });

  test('an orifice chokes: below the critical ratio the flow no longer depends on the downstream pressure', () => {
    const air = { heatRatio: 1.4, molarMassKgMol: 0.02896, temperatureK: 293.15, compressibility: 1 };
    const flow = (downstreamPa: number): number => orificeFlowKgS(1e-4, 5e5, downstreamPa, air);
    expect(flow(1e5)).toBe(flow(2e5));
    expect(flow(4e5)).toBeLessThan(flow(2e5));
    expect(flow(5e5)).toBe(0);
    // 0.0404 sqrt(K)/(m/s) critical flow of air: m = 0.0404 A p / sqrt(T)
    expect(flow(1e5)).toBeCloseTo((0.0404 * 1e-4 * 5e5) / Math.sqrt(293.15), 3);
  });

  test('an equal-percentage valve gives 50 times less closed than open, a pump curve ends at zero', () => {
    expect(liquidValveM3h(100, 1, 1, 1)).toBe(100);
    expect(liquidValveM3h(100, 0.0001, 1, 1)).toBeCloseTo(2, 1);
    expect(liquidValveM3h(100, 0, 1, 1)).toBe(0);
    expect(pumpHeadM(50, 0.005, 60)).toBe(32);
    expect(pumpHeadM(50, 0.005, 200)).toBe(0);
  });

  test('a stopped agitator keeps 60 W/m2K, and a vessel with its jacket shut off still exchanges with it', () => {
    expect(filmWM2K(600, 0)).toBe(60);
    expect(filmWM2K(600, 1)).toBe(600);
    expect(overallWK(10, 500, 0, 0, 500)).toBe(2500);
    expect(vesselHeatingKS(60, 1000, 2000, 0, { flowKgS: 0, tempC: 20, heatCapacityJKgK: 2000 }, 20_000, 0)).toBeCloseTo(0.01, 9);
    expect(jacketHeatingKS(30, 60, 0, 20, 500, 4180, 6000)).toBeGreaterThan(0);
  });

  test('LU solves a system that needs pivoting and names a singular one', () => {
    const a = Float64Array.from([0, 2, 1, 1, 1, 0, 2, 0, 3]);
    const b = Float64Array.from([7, 3, 11]);
    const pivots = new Int32Array(3);
    expect(luFactor(a, pivots, 3)).toBe(true);
    luSolve(a, pivots, b, 3);
    expect([...b].map((v) => Math.round(v * 1e9) / 1e9)).toEqual([1, 2, 3]);
    expect(luFactor(Float64Array.from([1, 2, 2, 4]), new Int32Array(2), 2)).toBe(false);
  });
});

describe('REQ-SIM-16 control, actuators, transmitters, voting', () => {
  test('a PID holds a first-order process without offset, does not wind up, and changes mode without a bump', () => {
    const pid = new Pid({ gain: 2, integralTimeS: 10, derivativeTimeS: 0, outputLow: 0, outputHigh: 1 }, 0.5, 0);
    let y = 0;
    const run = (steps: number): void => { for (let i = 0; i < steps; i++) y += (0.1 * (pid.step(y, 0.5) - y)) * 0.5; };
    run(2000);
    expect(y).toBeCloseTo(0.5, 3);
    pid.state.setPoint = 5;
    run(2000);
    expect(pid.state.output).toBe(1);
    pid.state.setPoint = 0.5;
    run(200);
    expect(y).toBeLessThan(0.75);
    run(2000);
    const before = pid.state.output;
    pid.setMode('manual', 0.3);
    run(50);
    pid.setMode('auto');
    const handed = pid.step(y, 0.5);
    expect(Math.abs(handed - 0.3)).toBeLessThan(0.05);
    expect(before).toBeCloseTo(0.5, 1);
  });

  test('a valve takes its time, a stuck one shows a fault, a sticky one ignores small orders', () => {
    const valve = new Actuator({ openingTimeS: 4, closingTimeS: 2, deadBand: 0.05 }, 1);
    valve.step(0, 1);
    expect(valve.word).toBe('travelling');
    valve.step(0, 1);
    expect(valve.word).toBe('closed');
    valve.state.stuck = true;
    valve.step(1, 10);
    expect(valve.word).toBe('fault');
    valve.state.stuck = false;
    valve.step(0.5, 10);
    expect(valve.step(0.53, 10)).toBe(0.5);
  });

  const settings = { low: 0, high: 100, lagS: 0, noiseSigma: 0.1, quantum: 0.01, sampleEveryS: 0 };
  const shownWith = (kind: MalfunctionKind | null, size: number, seconds = 10): { shown: number[]; quality: string } => {
    const sensor = new Sensor(settings, 50);
    const random = new RandomSource(9);
    sensor.step(50, 1, random);
    if (kind) sensor.malfunction = { kind, size };
    const shown = Array.from({ length: seconds }, () => { sensor.step(60, 1, random); return sensor.state.shown; });
    return { shown, quality: sensor.state.quality };
  };
  test('every malfunction of a transmitter does what its name says', () => {
    expect(shownWith(null, 0).shown.at(-1)).toBeCloseTo(60, 0);
    expect(new Set(shownWith('freeze', 0).shown).size).toBe(1);
    expect(shownWith('bias', -3).shown.at(-1)).toBeCloseTo(57, 0);
    expect(shownWith('drift', 3600).shown.at(-1)).toBeCloseTo(70, 0);
    expect(Math.max(...shownWith('noise', 50, 200).shown)).toBeGreaterThan(65);
    expect(Math.max(...shownWith('spike', 30, 500).shown)).toBeGreaterThan(85);
    expect(shownWith('fail-high', 0).shown.at(-1)).toBe(100);
    expect(shownWith('fail-low', 0).shown.at(-1)).toBe(0);
    expect(shownWith('bad-quality', 0).quality).toBe('bad');
  });

  test('what is shown stays inside the range and on the grid of the quantum', () => {
    const sensor = new Sensor(settings, 50);
    const random = new RandomSource(1);
    for (const truth of [-50, 33.333, 500]) {
      sensor.step(truth, 1, random);
      expect(sensor.state.shown).toBeGreaterThanOrEqual(0);
      expect(sensor.state.shown).toBeLessThanOrEqual(100);
      expect(String(sensor.state.shown).replace(/^\d+\.?/, '').length).toBeLessThanOrEqual(2);
    }
  });

  test('two of three vote; a bad one leaves two of two; the trip waits its delay and latches', () => {
    const sif = new SafetyFunction('I', [{ name: 'T', needed: 2, delayS: 1 }]);
    const scan = (...demands: Demand[]): boolean => { sif.step([demands], 0.5); return sif.state.tripped; };
    expect([scan('trip', 'healthy', 'healthy'), scan('trip', 'healthy', 'healthy'), scan('bad', 'healthy', 'healthy')]).toEqual([false, false, false]);
    expect(sif.state.faulted).toBe(true);
    expect(scan('trip', 'trip', 'healthy')).toBe(false);
    expect(scan('trip', 'bad', 'trip')).toBe(true);
    expect(sif.reset()).toBe(false);
    expect(scan('healthy', 'healthy', 'healthy')).toBe(true);
    expect(sif.reset()).toBe(true);
    expect(sif.state.firstOut).toBeNull();
  });

  test('REQ-SIM-36 with no reading left that can be trusted a function trips after its delay, or holds where that was chosen; neither can be reset before it sees again', () => {
    const fates = (['trip', 'hold'] as const).map((whenBlind) => {
      const sif = new SafetyFunction('I', [{ name: 'T', needed: 2, delayS: 1 }], whenBlind);
      const scan = (...demands: Demand[]): boolean => { sif.step([demands], 0.5); return sif.state.tripped; };
      const seen = [scan('bad', 'bad', 'bad'), scan('bad', 'bad', 'bad')];
      const { faulted, blind, firstOut } = sif.state;
      const reset = [sif.reset()];
      scan('healthy', 'bad', 'bad');
      reset.push(sif.reset());
      return { seen, faulted, blind, firstOut, reset };
    });
    expect(fates).toEqual([
      { seen: [false, true], faulted: true, blind: true, firstOut: 'T, blind', reset: [false, true] },
      { seen: [false, false], faulted: true, blind: true, firstOut: null, reset: [false, true] },
    ]);
    const idle = new SafetyFunction('I', [{ name: 'T', needed: 1, delayS: 0 }]);
    idle.step([['bad-idle']], 0.5);
    expect([idle.state.faulted, idle.state.blind, idle.state.tripped]).toEqual([true, false, false]);
    const bypassed = new SafetyFunction('I', [{ name: 'T', needed: 1, delayS: 0 }]);
    bypassed.state.bypassed = true;
    bypassed.step([['bad']], 0.5);
    expect(bypassed.state.tripped).toBe(false);
  });

  test('the same seed gives the same noise, the state can be kept and brought back, the deviates are normal', () => {
    const a = new RandomSource(7);
    const words = a.snapshot();
    const first = Array.from({ length: 5 }, () => a.normal());
    a.restore(words);
    expect(Array.from({ length: 5 }, () => a.normal())).toEqual(first);
    const many = Array.from({ length: 20_000 }, () => a.normal());
    const mean = many.reduce((s, v) => s + v, 0) / many.length;
    const sigma = Math.sqrt(many.reduce((s, v) => s + (v - mean) ** 2, 0) / many.length);
    expect(Math.abs(mean)).toBeLessThan(0.03);
    expect(Math.abs(sigma - 1)).toBeLessThan(0.03);
  });

  test('a fault waits, rises, holds, and goes as it came', () => {
    const options = { severity: 2, delayS: 10, rampS: 10, durationS: 30 };
    expect([0, 10, 15, 20, 39, 45, 60].map((t) => envelope(options, t))).toEqual([0, 0, 1, 2, 2, 1, 0]);
    expect(envelope({ severity: 1, delayS: 0, rampS: 0, durationS: null }, 0)).toBe(1);
  });
});
