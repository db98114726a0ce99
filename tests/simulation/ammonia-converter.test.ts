/** The converter of the ammonia plant against the published case (research/simulators.md 8.1, V17-V19): the module by itself, without the plant. */
import { describe, expect, test } from 'vitest';
import { limitCycle, runConverter, steadyConverter } from '../../simulators/acceptance/ammonia.ts';
import { feedAt, steadyState } from '../../simulators/acceptance/converter-stability.ts';
import type { ConverterFeed } from '../../simulators/plants/ammonia-synthesis/converter.ts';
import { referenceFeed } from '../../simulators/plants/ammonia-synthesis/converter.ts';

const steady = steadyConverter();

/** how a small disturbance has grown between the second and the fourth hour */
function growth(pressureBar: number): number {
  const feed = feedAt(pressureBar);
  const at = steadyState(steady, feed);
  if (at === null) throw new Error(`no steady state at ${pressureBar} bar`);
  const x = at.slice();
  x[5]! += 0.01;
  let early = 0, late = 0;
  runConverter(x, feed, 16_000, (t) => {
    const away = Math.abs(x[29]! - at[29]!);
    if (t > 7000 && t < 8500) early = Math.max(early, away);
    if (t > 14_500) late = Math.max(late, away);
  });
  return late / early;
}

describe('REQ-SAS-02 the converter is the one of the paper', () => {
  test('V18 what the eigenvalues say happens: a small disturbance grows at 177.0 bar and dies at 178.0; what it grows into at 175 bar has the period of V19', () => {
    expect(growth(177)).toBeGreaterThan(1.1);
    expect(growth(178)).toBeLessThan(0.95);
    expect(Math.abs(limitCycle(steady, 175).periodMin - 6.83)).toBeLessThan(0.05);
  });

  test('V19 170 bar swings between 347 and 540 degC with a period of 6.8 min; 150 bar goes out after 26.6 min', () => {
    const { lowC, highC, periodMin } = limitCycle(steady, 170);
    expect(Math.abs(lowC - 347)).toBeLessThan(2);
    expect(Math.abs(highC - 540)).toBeLessThan(2);
    expect(Math.abs(periodMin - 6.8)).toBeLessThan(0.1);
    const cold = steady.slice();
    let outMin = Number.NaN;
    runConverter(cold, feedAt(150), 3600, (t) => { if (Number.isNaN(outMin) && cold[29]! < 350) outMin = t / 60; });
    expect(Math.abs(outMin - 26.6)).toBeLessThan(0.2);
    expect(Math.abs(cold[29]! - 256)).toBeLessThan(2);
  });

  test('4.5 F3-11 to F3-17 with the loop held: the figures that were computed', () => {
    const first = (change: Partial<ConverterFeed>, minutes: number, limitC: number): { atMin: number; most: number } => {
      const x = steady.slice();
      let atMin = Number.NaN, most = 0;
      runConverter(x, { ...referenceFeed(), ...change }, minutes * 60, (t) => {
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
