/** The converter of the ammonia plant against the published case (research/simulators.md 8.1, V17-V19): the module by itself, without the plant. */
import { beforeAll, describe, expect, test } from 'vitest';
import { Integrator } from '../../simulators/kernel/integrator.ts';
import { luFactor, luSolve } from '../../simulators/kernel/linear.ts';
import type { ConverterFeed, ConverterResult } from '../../simulators/plants/ammonia-synthesis/converter.ts';
import { CELLS, converter, referenceFeed } from '../../simulators/plants/ammonia-synthesis/converter.ts';

const result: ConverterResult = { outletAmmonia: 0, outletKgS: 0, bedOutletC: 0, effluentC: 0, formedKgS: 0 };
const integrate = (x: Float64Array, feed: ConverterFeed, seconds: number, each?: (tS: number) => void): void => {
  const integrator = new Integrator(CELLS, (_t, y, dy) => converter(y, dy, 0, feed, result), { relative: 1e-7, absolute: 1e-7, firstStepS: 0.1 });
  for (let t = 0; t < seconds; t += 4) {
    integrator.advance(x, t, t + 4);
    each?.(t + 4);
  }
};

let steady: Float64Array;
beforeAll(() => {
  steady = Float64Array.from({ length: CELLS }, (_, i) => 400 + i * 3.5);
  integrate(steady, referenceFeed(), 20_000);
});

/** Newton on the 30 cells from the stable answer: the unstable steady state can be reached as well */
function steadyAt(pressureBar: number): Float64Array {
  const feed = { ...referenceFeed(), pressureBar };
  const x = steady.slice();
  for (let step = 0; step < 60; step++) {
    const f = new Float64Array(CELLS), up = new Float64Array(CELLS), down = new Float64Array(CELLS);
    converter(x, f, 0, feed, result);
    if (Math.max(...f.map(Math.abs)) < 1e-10) return x;
    const jacobian = new Float64Array(CELLS * CELLS);
    for (let j = 0; j < CELLS; j++) {
      const y = x.slice();
      y[j]! += 1e-3;
      converter(y, up, 0, feed, result);
      y[j]! -= 2e-3;
      converter(y, down, 0, feed, result);
      for (let i = 0; i < CELLS; i++) jacobian[i * CELLS + j] = (up[i]! - down[i]!) / 2e-3;
    }
    const pivots = new Int32Array(CELLS);
    luFactor(jacobian, pivots, CELLS);
    luSolve(jacobian, pivots, f, CELLS);
    const most = Math.max(...f.map(Math.abs));
    for (let i = 0; i < CELLS; i++) x[i]! -= f[i]! * Math.min(1, 20 / most);
  }
  throw new Error(`no steady state at ${pressureBar} bar`);
}

/** how a small disturbance has grown between the second and the fourth hour */
function growth(pressureBar: number): number {
  const at = steadyAt(pressureBar);
  const x = at.slice();
  x[5]! += 0.01;
  let early = 0, late = 0;
  integrate(x, { ...referenceFeed(), pressureBar }, 16_000, (t) => {
    const away = Math.abs(x[29]! - at[29]!);
    if (t > 7000 && t < 8500) early = Math.max(early, away);
    if (t > 14_500) late = Math.max(late, away);
  });
  return late / early;
}

describe('REQ-SAS-02 the converter is the one of the paper', () => {
  test('V17 200 bar, 250 degC: bed outlets 442, 511, 510 degC (1 K), 31.1 % of ammonia by mass (0.001)', () => {
    expect(Math.abs(steady[9]! - 442)).toBeLessThan(1);
    expect(Math.abs(steady[19]! - 511)).toBeLessThan(1);
    expect(Math.abs(steady[29]! - 510)).toBeLessThan(1);
    expect(Math.abs(result.outletAmmonia - 0.311)).toBeLessThan(0.001);
  });

  test('V18 a small disturbance grows at 177.0 bar and dies at 178.1: the limit of swinging is 177.5 bar (0.5)', () => {
    expect(growth(177)).toBeGreaterThan(1.1);
    expect(growth(178.1)).toBeLessThan(0.95);
  });

  test('V19 170 bar swings between 347 and 540 degC with a period of 6.8 min; 150 bar goes out after 26.6 min', () => {
    const x = steady.slice();
    const peaks: number[] = [];
    let low = Number.MAX_VALUE, high = 0, before = 0, last = 0;
    integrate(x, { ...referenceFeed(), pressureBar: 170 }, 18_000, (t) => {
      const outlet = x[29]!;
      if (t > 15_000) {
        low = Math.min(low, outlet);
        high = Math.max(high, outlet);
        if (last > before && last >= outlet) peaks.push(t);
      }
      before = last;
      last = outlet;
    });
    expect(Math.abs(low - 347)).toBeLessThan(2);
    expect(Math.abs(high - 540)).toBeLessThan(2);
    expect(Math.abs((peaks.at(-1)! - peaks[0]!) / (peaks.length - 1) / 60 - 6.8)).toBeLessThan(0.1);
    const cold = steady.slice();
    let outMin = Number.NaN;
    integrate(cold, { ...referenceFeed(), pressureBar: 150 }, 3600, (t) => { if (Number.isNaN(outMin) && cold[29]! < 350) outMin = t / 60; });
    expect(Math.abs(outMin - 26.6)).toBeLessThan(0.2);
    expect(Math.abs(cold[29]! - 256)).toBeLessThan(2);
  });

  test('4.5 F3-11 to F3-17 with the loop held: the figures that were computed', () => {
    const first = (change: Partial<ConverterFeed>, minutes: number, limitC: number): { atMin: number; most: number } => {
      const x = steady.slice();
      let atMin = Number.NaN, most = 0;
      integrate(x, { ...referenceFeed(), ...change }, minutes * 60, (t) => {
        const hot = Math.max(...x);
        most = Math.max(most, hot);
        if (Number.isNaN(atMin) && hot >= limitC) atMin = t / 60;
      });
      return { atMin, most };
    };
    expect(first({ feedC: 235 }, 60, 520).atMin).toBeCloseTo(54, -0.3);
    const quench1 = first({ quench1KgS: 0 }, 8, 538);
    expect(quench1.most).toBeLessThan(546);
    expect(quench1.atMin).toBeLessThan(5);
    expect(first({ quench2KgS: 0 }, 6, 520).most).toBeCloseTo(524, -0.3);
    expect(first({ activity: 3 }, 62, 540).most).toBeCloseTo(559, -0.3);
  });
});
